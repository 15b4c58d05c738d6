"""What a notice says, as typed values. `load` makes them from a campaign's folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any
from weakref import ref

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.notice import patterns
from fazhi_xl.notice.choices import (
    AssessorRank,
    Confidence,
    Conversion,
    EarlyBonus,
    GivenBy,
    Graver,
    KeptBy,
    MailTime,
    Missing,
    NotApplicable,
    Rounding,
    Ties,
)
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import Input, Plain, Rule, inputs_of
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.notice.theme import Theme
from fazhi_xl.points import FINEST, Hundredths, Kept, from_decimal
from fazhi_xl.text.characters import folded_width

PLACES = "places"
"""What a validation's context says: how many places the points of the catalogue may have; the most without it."""


def _hundredths(raw: object, info: ValidationInfo) -> Hundredths:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not Decimal(raw).is_finite():
        raise ValueError(ShapeFault.FIGURE())
    return from_decimal(Decimal(raw), (info.context or {}).get(PLACES, FINEST))


CataloguePoints = Annotated[Hundredths, BeforeValidator(_hundredths)]
Text = Annotated[str, Field(min_length=1)]

FORMAT = 2
"""The format of catalogues that this module describes; `earlier_format` reads the one before."""

Id = Annotated[str, BeforeValidator(lambda raw: str(raw) if isinstance(raw, int) else raw), Field(min_length=1)]


def _default_id(field: str) -> Any:  # noqa: ANN401 - pydantic's own type is not public
    """Make the validator that takes another field for the id where the catalogue gives none."""

    def fill(raw: object) -> object:
        if isinstance(raw, dict) and not raw.get("id") and field in raw:
            return {**raw, "id": str(raw[field])}
        return raw

    return model_validator(mode="before")(fill)


class Dates(Plain):
    """The days of the notice, all inclusive."""

    period_start: date
    period_end: date
    ledger_due: date
    contacts_due: date | None = None
    issued: date  # the date the notice bears
    published: date | None = None
    corrections_due: date | None = None  # the day by which returned forms come back; the notice need not name one
    objections_due: date | None = None  # the day by which a unit says what is wrong with its receipt
    appeals_due: date | None = (
        None  # the day by which units ask for a review of their results; the notice need not name one
    )
    mail_time: MailTime = (
        MailTime.SERVER
    )  # where the server's is known; a mail that was saved by hand has the sender's alone

    @property
    def period(self) -> tuple[date, date]:
        """Give the first and the last day of the assessment period."""
        return self.period_start, self.period_end


class Scoring(Plain):
    """The figures of the notice's parts 三 and 四, and the readings of what it leaves open."""

    full: CataloguePoints = Field(gt=0)
    bonus_cap: CataloguePoints | None = Field(default=None, ge=0)
    deduction_cap: CataloguePoints | None = Field(default=None, ge=0)
    self_score: bool = True  # whether units score themselves beside the computed score
    not_applicable: NotApplicable = NotApplicable.ZERO_UNTIL_APPROVED
    percent: Conversion = Conversion.PERCENT
    ties: Ties = Ties.SKIPPING
    assessor: AssessorRank = AssessorRank.RANKED
    total_cap: CataloguePoints | None = Field(default=None, gt=0)
    graver: Graver = Graver.ALONE
    early_bonus: EarlyBonus = EarlyBonus.CLAIMED
    missing: Missing = Missing.UNRANKED
    index_coefficient: Decimal = Field(default=Decimal(1), gt=0, le=10)
    places: int = Field(default=2, ge=2, le=FINEST)
    rounding: Rounding = Rounding.HALF_UP

    @property
    def kept(self) -> Kept:
        """Say how scores are rounded: a sub-point's, the percent score, weighed totals and means, each once."""
        return Kept(places=self.places, down=self.rounding is Rounding.DOWN)


class Swing(Plain):
    """When a number differs much from an earlier round's: by the factor `times` or more, and by at least `least`."""

    times: int = Field(gt=1)
    least: int = Field(gt=0)


class Section(Plain):
    """Whoever reviews these items, by their ids; the name becomes part of a file's."""

    name: str = Field(pattern=patterns.SECTION_NAME)
    items: tuple[Id, ...] = Field(min_length=1)


class ReviewPlan(Plain):
    """The reasons for taking points off, and the sections that share the review; without sections it is not shared.

    Second opinions are drawn on all sub-points of `second_points` and more, and settled where they differ by `second_tolerance` at most.
    """

    reasons: tuple[Text, ...] = ()
    sections: tuple[Section, ...] = ()
    second_points: CataloguePoints = Field(default=500, ge=0)
    second_tolerance: CataloguePoints = Field(default=0, ge=0)


class GradeBand(Plain):
    """A grade and the total from which it is given; the last band has none and takes all below."""

    name: Text
    at_least: CataloguePoints | None = None


class Feedback(Plain):
    """What a unit's feedback sheet says. `material_reasons` are those of the review that ask for documents."""

    show_rank: bool = False
    supplement_due: date | None = None
    material_reasons: tuple[Text, ...] = ()


class Bulletin(Plain):
    """What the bulletin says of single units: grades, and scores only with `scores`."""

    scores: bool = False


class Texts(Plain):
    """Clauses printed on the forms word for word; without `evidence` no unit is asked for a list of documents and folders."""

    steps: tuple[Text, ...] = ()
    evidence: tuple[Text, ...] = ()
    scoring_clause: str = ""
    bonus_clause: str = ""
    deduction_clause: str = ""
    contact_clause: str = ""
    index_clause: str = ""
    grade_note: str = ""  # below the published grades
    appeal_clause: str = ""  # who may ask for a review of a result, and how


class Words(Plain):
    """What the notice calls the things that every assessment has."""

    assessment: Text = "评价"
    unit: Text = "参评单位"
    list: Text = "名单"  # of the units
    leader: Text = "负责人"  # who signs a unit's form
    grade: Text = "等次"
    item: Text = "项目"
    aspects: Text = "各方面"


class LossCap(Plain):
    """The most that some sub-points, by their ids, lose together."""

    text: Text
    sub_points: tuple[Text, ...] = Field(min_length=1)
    at_most: CataloguePoints = Field(gt=0)


class About(Plain):
    """The notice itself. `form_prefix` begins every form number."""

    title: Text
    number: Text
    short_title: Text
    year: int
    district: Text
    issuer: Text
    office: Text
    office_room: str = ""
    office_phone: str = ""
    form_prefix: str = Field(pattern=patterns.FORM_PREFIX)
    format: int = Field(default=1, ge=1, le=FORMAT)  # of the catalogue's files
    dates: Dates
    scoring: Scoring
    words: Words = Words()
    loss_caps: tuple[LossCap, ...] = ()
    swing: Swing | None = None
    review: ReviewPlan = ReviewPlan()
    grades: tuple[GradeBand, ...] = Field(default=(), max_length=50)  # best first; none where the office gives none
    feedback: Feedback = Feedback()
    bulletin: Bulletin = Bulletin()
    texts: Texts = Texts()


class Unit(Plain):
    """An assessed unit; `no` is its place in the notice's list, `name` as printed there, `short` without its brackets.

    `mail` are the addresses from which it sends its returns.
    """

    id: str = ""  # the short name where the catalogue gives none
    no: int = Field(gt=0)
    name: Text
    short: Text
    kind: Text
    ranking_group: Text
    aliases: tuple[str, ...] = ()
    absorbed: tuple[str, ...] = ()
    mail: tuple[Annotated[str, Field(pattern=patterns.MAIL)], ...] = ()
    assessor: bool = False

    _identity = _default_id("short")

    @property
    def names(self) -> tuple[str, ...]:
        """Give every name it may be called by: the short one, the printed one, its aliases, and the bodies it absorbed."""
        return tuple(dict.fromkeys((self.short, self.name, *self.aliases, *self.absorbed)))


class Member(Plain):
    """A unit of a group, by its short name."""

    unit: Text
    confidence: Confidence = Confidence.HIGH


class Group(Plain):
    """Units that the notice names together; `confidence` says how sure each membership is."""

    name: Text
    members: tuple[Member, ...] = Field(min_length=1)
    note: str = ""


class RankingGroup(Plain):
    """Units that are ranked among themselves; `full` is what the points asked of them add up to, where the notice says so."""

    code: Text
    name: Text
    full: CataloguePoints | None = Field(default=None, gt=0)


class SubPoint(Plain):
    """One scored sentence of an item, word for word, with its mark; its score lies between `least` and `most`.

    `points_by_group` gives the mark for the ranking groups that have another one.
    """

    id: str = ""  # the code where the catalogue gives none
    code: str = Field(pattern=patterns.CODE)
    text: Text
    points: CataloguePoints = Field(ge=0)
    least: CataloguePoints = Field(default=0, le=0)
    most: CataloguePoints | None = Field(default=None, ge=0)
    points_by_group: dict[str, Annotated[CataloguePoints, Field(ge=0)]] = Field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    rule: Rule
    evidence: str = ""
    answered_by: tuple[str, ...] = ()  # departments; the item's own where empty
    note: str = ""

    _identity = _default_id("code")

    def input(self, key: str) -> Input:
        """Give an input by its key. Raises StopIteration if there is none."""
        return next(each for each in self.inputs if each.key == key)

    @property
    def ceiling(self) -> Hundredths:
        """The most that it can be scored with."""
        return self.points if self.most is None else self.most

    def of_group(self, group: str) -> SubPoint:
        """Give the sub-point as a ranking group is asked for it."""
        points = self.points_by_group.get(group, self.points)
        return self if points == self.points else self.model_copy(update={"points": points})


class Item(Plain):
    """An item of the notice with its sub-points."""

    id: str = ""  # the number where the catalogue gives none
    no: int = Field(gt=0)
    aspect: Text
    name: Text
    points: CataloguePoints
    requirement: Text
    basis: str = ""
    responsible: tuple[Text, ...] = Field(min_length=1)
    sub_points: tuple[SubPoint, ...] = Field(min_length=1)

    _identity = _default_id("no")


class Level(Plain):
    """A level of an honour, or a degree of an offence, with its points."""

    name: Text
    points: CataloguePoints = Field(ge=0)


class Situation(Plain):
    """A bonus or deduction situation; `points` for each matter, or those of its level where it has `levels`.

    Every further matter of the same situation counts `again` times. `provided_by` are the departments that hold the facts of
    a deduction.
    """

    id: str = ""  # the label where the catalogue gives none
    no: int = Field(gt=0, le=999)
    text: Text
    label: Text
    points: CataloguePoints = Field(ge=0)
    levels: tuple[Level, ...] = ()
    again: int = Field(default=1, ge=1, le=100)
    provided_by: tuple[Text, ...] = ()

    _identity = _default_id("label")


class SituationLimit(Plain):
    """The most that some situations, by their ids, add or take off together."""

    name: Text
    of: tuple[Text, ...] = Field(min_length=1)
    at_most: CataloguePoints = Field(gt=0)


class Veto(Plain):
    """A matter that takes a unit out of the ranking (一票否决)."""

    id: str = ""  # the label where the catalogue gives none
    no: int
    text: Text
    label: Text

    _identity = _default_id("label")


class BonusForm(Plain):
    """Words and options of the sheet on which units claim a bonus; without `levels` or `recognition` it has no such column."""

    authority: Text = "授予机关"
    authority_hint: str = "填机关的全称。"
    matter_hint: str = "填表彰、称号或推广的名称。同一事项只填一次。"
    levels: tuple[Text, ...] = ()
    recognition: bool = False
    recognition_hint: str = "上级是否认可;还不知道的留空。选“没有认可”的不计分。"


class Indicator(Plain):
    """An indicator of the index, and what a unit should `keep` at hand for it."""

    no: int
    text: Text
    keep: str = ""


class Project(Plain):
    """A project of the index with its indicators."""

    factor: Text
    name: Text
    indicators: tuple[Indicator, ...] = Field(min_length=1)


class Index(Plain):
    """Indicators for reference, which are not scored."""

    sheet: Text = "参考指标"  # the name of the sheet
    title: Text
    projects: tuple[Project, ...]

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors in their order, each once."""
        return tuple(dict.fromkeys(project.factor for project in self.projects))


class Contacts(Plain):
    """The list of contact persons: its columns, of which the first names the role, a row for each role, and who signs it.

    A line of `sign_off` that ends in 单位 is filled with the unit's name; the others are asked for.
    """

    sheet: Text = "联系人"  # the name of the sheet
    title: Text
    columns: tuple[Text, ...] = Field(min_length=2)
    widths: tuple[
        Annotated[float, Field(ge=6, le=80)], ...
    ] = ()  # of the columns, in characters; shared out without it
    rows: tuple[Text, ...] = Field(min_length=1)
    sign_off: tuple[Text, ...] = ()
    hint: Text = "没有的留空。"

    @model_validator(mode="after")
    def _one_width_each(self) -> Contacts:
        if self.widths and len(self.widths) != len(self.columns):
            raise ValueError(ShapeFault.WIDTHS(widths=len(self.widths), columns=len(self.columns), at="widths"))
        return self


class Option(Plain):
    """One answer to an open question: `changes` patch the raw catalogue."""

    key: Text
    text: Text
    changes: dict[str, dict[str, object]] = Field(default_factory=dict)


class Reading(Plain):
    """An open question of the notice: the answer chosen, its reason, and the others. `chosen` decides the catalogue."""

    key: Text
    question: Text
    chosen: Text
    reason: Text
    confirmed: bool = False
    options: tuple[Option, ...] = Field(min_length=1)

    @property
    def choice(self) -> Option:
        """The chosen option."""
        return next(option for option in self.options if option.key == self.chosen)


class Switch(Plain):
    """What the office makes of a finding, by its code, in what comes in from a day on; of several on a finding the latest counts."""

    finding: Text
    severity: Weight
    since: date
    reason: Text
    by: Text  # who decided it


_TEXTS: dict[int, tuple[ref[Notice], str]] = {}
"""What notices say, by their identity, as long as they are there."""


def _forgotten(name: int, _: ref[Notice]) -> None:
    _TEXTS.pop(name, None)


class Notice(Plain):
    """A campaign's whole catalogue, with the chosen readings applied, and the folder it was read from."""

    campaign: str
    folder: Path
    about: About
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    ranking_groups: tuple[RankingGroup, ...]
    departments: dict[str, tuple[str, ...]]
    items: tuple[Item, ...]
    bonus: tuple[Situation, ...]
    deductions: tuple[Situation, ...]
    limits: tuple[SituationLimit, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    bonus_form: BonusForm = BonusForm()
    registers: tuple[Register, ...] = ()
    index: Index | None = None
    contacts: Contacts | None = None
    readings: tuple[Reading, ...]
    switches: tuple[Switch, ...] = ()
    theme: Theme

    def __repr__(self) -> str:
        """Say all that it holds. What is drawn is known by it, several times in a run; so it is put together once."""
        known = _TEXTS.get(id(self))
        if known is None or known[0]() is not self:
            known = _TEXTS[id(self)] = ref(self, partial(_forgotten, id(self))), super().__repr__()
        return known[1]

    @cached_property
    def units_by_short(self) -> Mapping[str, Unit]:
        """Every unit by its short name, in the notice's order."""
        return {unit.short: unit for unit in self.units}

    @cached_property
    def sub_points(self) -> dict[str, SubPoint]:
        """Every sub-point by its code, in the notice's order."""
        return {sub.code: sub for item in self.items for sub in item.sub_points}

    @cached_property
    def sub_points_by_id(self) -> dict[str, SubPoint]:
        """Every sub-point by its id, in the notice's order."""
        return {sub.id: sub for sub in self.sub_points.values()}

    def sub_points_of(self, unit: str) -> Mapping[str, SubPoint]:
        """Give every sub-point by its code, as the unit's ranking group is asked for it; the unit by its short name."""
        return self.sub_points_by_unit[unit]

    @cached_property
    def sub_points_by_unit(self) -> Mapping[str, Mapping[str, SubPoint]]:
        """Every sub-point by its code, for each unit, by its short name; units of one ranking group share them."""
        groups = dict.fromkeys(each.ranking_group for each in self.units)
        asked = {group: {code: sub.of_group(group) for code, sub in self.sub_points.items()} for group in groups}
        return {each.short: asked[each.ranking_group] for each in self.units}

    def registers_of(self, kept_by: KeptBy) -> tuple[Register, ...]:
        """Give the registers that the units, or the office, keep."""
        return tuple(register for register in self.registers if register.kept_by is kept_by)

    @cached_property
    def office_values(self) -> frozenset[tuple[str, str]]:
        """The inputs whose value the office gives by a register of its own, with their sub-points' ids."""
        kept = self.registers_of(KeptBy.OFFICE)
        return frozenset((feed.sub_point, feed.input) for each in kept for feed in each.feeds if feed.value)

    @cached_property
    def scored_by_office(self) -> frozenset[str]:
        """The codes of the sub-points whose rule reads a value that the office gives: no unit scores them itself."""
        return frozenset(
            code
            for code, sub in self.sub_points.items()
            if any((sub.id, key) in self.office_values for part in sub.rule.parts for key in inputs_of(part))
        )

    @cached_property
    def recorded_by_office(self) -> frozenset[str]:
        """The codes of the sub-points whose rule reads nothing but what the office keeps: no unit holds anything of it."""
        return frozenset(
            code
            for code, sub in self.sub_points.items()
            if (read := {key for part in sub.rule.parts for key in inputs_of(part)})
            and all(sub.input(key).given_by is GivenBy.OFFICE for key in read)
        )

    @cached_property
    def item_of(self) -> dict[str, Item]:
        """The item of every sub-point, by the sub-point's code."""
        return {sub.code: item for item in self.items for sub in item.sub_points}

    def item_at(self, code: str) -> Item | None:
        """Give the item of a sub-point's code, or of an item's number; None where the notice has none such any more."""
        number = code.partition(".")[0]
        return self.item_of.get(code) or next((each for each in self.items if str(each.no) == number), None)

    @property
    def situation_labels(self) -> dict[str, str]:
        """The labels of bonus and deduction situations and of vetoes, by their ids."""
        situations = {each.id: each.label for each in (*self.bonus, *self.deductions)}
        return {**situations, **{each.id: each.label for each in self.vetoes}}

    @property
    def units_by_name(self) -> dict[str, Unit]:
        """Map every name of every unit, in NFKC, to the unit."""
        return {folded_width(name): unit for unit in self.units for name in unit.names}

    def unit_called(self, name: str) -> Unit | None:
        """Find a unit by any of its names, in characters of any width; None where no unit is called so."""
        return self.units_by_name.get(folded_width(name).strip())

    def nearest_name(self, name: str, cutoff: float = 0.1) -> str | None:
        """Give the unit's name that is most like the one given; None where the likeness (0 to 1) is nowhere above the cutoff."""
        near = get_close_matches(name, [each for unit in self.units for each in unit.names], n=1, cutoff=cutoff)
        return near[0] if near else None

    @property
    def apart(self) -> frozenset[str]:
        """Name the units that have a total and take no rank."""
        assessors = (unit.short for unit in self.units if unit.assessor)
        return frozenset(assessors if self.about.scoring.assessor is AssessorRank.APART else ())

    @property
    def aspects(self) -> tuple[str, ...]:
        """The aspects in the notice's order, each once."""
        return tuple(dict.fromkeys(item.aspect for item in self.items))
