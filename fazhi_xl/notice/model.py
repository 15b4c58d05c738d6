"""What a notice says, as typed values. `load` makes them from a campaign's folder."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo

from fazhi_xl.notice.choices import (
    AssessorRank,
    Confidence,
    Conversion,
    EarlyBonus,
    Graver,
    NotApplicable,
    Rounding,
    Ties,
)
from fazhi_xl.notice.rules import Input, Plain, Rule
from fazhi_xl.points import FINEST, Hundredths, Kept, from_decimal

PLACES = "places"
"""What a validation's context says: how many places the points of the catalogue may have; the most without it."""


def _hundredths(raw: object, info: ValidationInfo) -> Hundredths:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not Decimal(raw).is_finite():
        message = "应为数字,例如 0.5"
        raise ValueError(message)
    return from_decimal(Decimal(raw), (info.context or {}).get(PLACES, FINEST))


CataloguePoints = Annotated[Hundredths, BeforeValidator(_hundredths)]
Text = Annotated[str, Field(min_length=1)]

# What the theme's colours are for; a catalogue gives each.
COLOUR_NAMES = ("input", "computed", "office", "head", "band", "error", "wrong", "warn", "ok", "line", "title", "muted")


class Dates(Plain):
    """The days of the notice, all inclusive."""

    period_start: date
    period_end: date
    ledger_due: date
    contacts_due: date
    report_day: int = Field(ge=1, le=28)  # monthly reports are on time up to this day of the month
    issued: date  # the date the notice bears
    published: date | None = None
    corrections_due: date | None = None  # the day by which returned forms come back; the notice need not name one

    @property
    def period(self) -> tuple[date, date]:
        """Give the first and the last day of the assessment period."""
        return self.period_start, self.period_end


class Scoring(Plain):
    """The figures of the notice's parts 三 and 四, and the readings of what it leaves open."""

    full: CataloguePoints
    bonus_each: CataloguePoints
    bonus_cap: CataloguePoints
    not_applicable: NotApplicable = NotApplicable.ZERO_UNTIL_APPROVED
    percent: Conversion = Conversion.PERCENT
    ties: Ties = Ties.SKIPPING
    assessor: AssessorRank = AssessorRank.RANKED
    total_cap: CataloguePoints | None = None
    graver: Graver = Graver.ALONE
    early_bonus: EarlyBonus = EarlyBonus.CLAIMED
    index_coefficient: Decimal = Decimal(1)
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
    """Whoever reviews these items, by their numbers; the name becomes part of a file's."""

    name: str = Field(pattern=r'^[^\s\\/:*?"<>|.~$]{1,30}$')
    items: tuple[int, ...] = Field(min_length=1)


class ReviewPlan(Plain):
    """The reasons for taking points off, and the sections that share the review; without sections it is not shared."""

    reasons: tuple[Text, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = ()


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
    """Clauses printed on the forms word for word."""

    steps: tuple[Text, ...]
    evidence: tuple[Text, ...]
    scoring_clause: Text
    bonus_clause: Text
    deduction_clause: Text
    report_clause: Text
    contact_clause: Text
    index_clause: Text


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
    form_prefix: str = Field(pattern=r"^[A-Z0-9]{2,10}$")
    dates: Dates
    scoring: Scoring
    swing: Swing | None = None
    review: ReviewPlan
    grades: tuple[GradeBand, ...] = ()  # for reference, best first; none where the office gives no grades
    feedback: Feedback = Feedback()
    bulletin: Bulletin = Bulletin()
    texts: Texts


class Unit(Plain):
    """An assessed unit; `no` is its place in Annex 1, `name` as printed there, `short` without its brackets.

    `mail` are the addresses from which it sends its returns.
    """

    no: int = Field(gt=0)
    name: Text
    short: Text
    kind: Text
    ranking_group: Text
    aliases: tuple[str, ...] = ()
    absorbed: tuple[str, ...] = ()
    mail: tuple[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")], ...] = ()
    assessor: bool = False

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
    """Units that are ranked among themselves."""

    code: Text
    name: Text


class SubPoint(Plain):
    """One scored sentence of an item, word for word, with its mark."""

    code: str = Field(pattern=r"^\d+\.\d+$")
    text: Text
    points: CataloguePoints = Field(gt=0)
    inputs: tuple[Input, ...] = ()
    rule: Rule
    evidence: Text
    answered_by: tuple[str, ...] = ()  # departments; the item's own where empty
    note: str = ""

    def input(self, key: str) -> Input:
        """Give an input by its key. Raises StopIteration if there is none."""
        return next(each for each in self.inputs if each.key == key)


class Item(Plain):
    """An item of the notice (附件2) with its sub-points."""

    no: int = Field(gt=0)
    aspect: Text
    name: Text
    points: CataloguePoints
    requirement: Text
    basis: Text
    responsible: tuple[Text, ...] = Field(min_length=1)
    sub_points: tuple[SubPoint, ...] = Field(min_length=1)


class Situation(Plain):
    """A bonus or deduction situation of part 四; `points` for each matter, `graver_points` where its graver form is met.

    `provided_by` are the departments that hold the facts of a deduction.
    """

    no: int
    text: Text
    label: Text
    points: CataloguePoints
    lighter: str = ""
    graver: str = ""
    graver_points: CataloguePoints | None = None
    provided_by: tuple[Text, ...] = ()


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
    """The index of the rule-of-law environment (附件3)."""

    title: Text
    projects: tuple[Project, ...]

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors in their order, each once."""
        return tuple(dict.fromkeys(project.factor for project in self.projects))


class Contacts(Plain):
    """The list of contact persons (附件4)."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[Text, ...]
    sign_off: tuple[Text, ...]


class Option(Plain):
    """One answer to an open question: `changes` patch the raw catalogue; what is not `available` cannot be chosen."""

    key: Text
    text: Text
    changes: dict[str, dict[str, object]] = Field(default_factory=dict)
    available: bool = True


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


class Theme(Plain):
    """Fonts and colours; colours are `#RRGGBB`."""

    title_font: Text
    head_font: Text
    body_font: Text
    section_font: Text = "楷体_GB2312"  # of headings of the second level in documents
    colours: dict[str, Annotated[str, Field(pattern=r"^#[0-9A-F]{6}$")]]


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
    index: Index
    contacts: Contacts
    readings: tuple[Reading, ...]
    theme: Theme

    @cached_property
    def sub_points(self) -> dict[str, SubPoint]:
        """Every sub-point by its code, in the notice's order."""
        return {sub.code: sub for item in self.items for sub in item.sub_points}

    @cached_property
    def item_of(self) -> dict[str, Item]:
        """The item of every sub-point, by the sub-point's code."""
        return {sub.code: item for item in self.items for sub in item.sub_points}

    @property
    def units_by_name(self) -> dict[str, Unit]:
        """Map every name of every unit, in NFKC, to the unit."""
        return {unicodedata.normalize("NFKC", name): unit for unit in self.units for name in unit.names}

    def unit_called(self, name: str) -> Unit | None:
        """Find a unit by any of its names, in characters of any width; None where no unit is called so."""
        return self.units_by_name.get(unicodedata.normalize("NFKC", name).strip())

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
