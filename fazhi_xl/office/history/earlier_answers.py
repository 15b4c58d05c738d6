"""An earlier round's answers, to stand beside this round's inputs: read from its results, kept with this round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.sheets.unit.tasks import fact_field, self_field
from fazhi_xl.form.unit_form import REHEARSAL_MARK, Previous
from fazhi_xl.notice.choices import NUMBERS, Kind
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.rules import Input
from fazhi_xl.office.history.matches import How, Match, UnitMatch, confirmed, matches, unit_matches
from fazhi_xl.office.workspace.catalogue import kept_texts
from fazhi_xl.office.workspace.folder import Json, Workspace, read_json
from fazhi_xl.office.workspace.identities import recorded_sub_points

RESULTS = ("结果/report.json", "report.json")  # of a round's folder, or of its folder of results
CAMPAIGN = ("campaign.json", "../campaign.json")
Asked = tuple[str, str, str]
"""Label, kind and unit of measure of an input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier round's units answered, and which of this round's units and sub-points its own are.

    `returned` is what each unit answered, by its name then, and `labels` how its inputs were called, by their field codes then.
    """

    notice: Notice
    units: tuple[UnitMatch, ...]
    matches: tuple[Match, ...]
    returned: Mapping[str, tuple[Json, ...]]
    labels: Mapping[str, Asked]

    @property
    def to_confirm(self) -> tuple[Match, ...]:
        """The sub-points that only read alike: the office says whether they are the same."""
        return tuple(each for each in self.matches if each.asked)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The units that answered then and are not of this round."""
        return tuple(each.before for each in self.units if each.how is How.NONE and each.before in self.returned)

    def with_confirmed(self) -> Earlier:
        """Take over the answers to what only reads alike too."""
        return replace(self, matches=confirmed(self.matches))

    @property
    def answers(self) -> Previous:
        """The answers that can stand beside this round's inputs."""
        by_id_last = sorted(self.units, key=lambda each: each.how is How.ID)  # of two that are one unit now it counts
        found = {
            each.now.short: dict(self._answers(each.now.short, self.returned[each.before]))
            for each in by_id_last
            if each.now and each.before in self.returned
        }
        return {unit: answers for unit, answers in found.items() if answers}

    def _answers(self, unit: str, said: tuple[Json, ...]) -> Iterator[tuple[str, str]]:
        """Give a unit's answers under today's field codes: where the same is asked, and scores where the points are the same."""
        now = {each.before.code: each.now for each in self.matches if each.taken and each.now}
        own = self.notice.sub_points_of(unit)
        for each in said:
            sub = now.get(each["code"])
            if sub is not None:
                score = each["reviewed"] or each["self"]
                if score is not None and Decimal(each["points"]) * 100 == own[sub.code].points:
                    yield self_field(sub.code), score
                yield from self._facts(sub, each)

    def _facts(self, sub: SubPoint, said: Json) -> Iterator[tuple[str, str]]:
        for fact in sub.inputs:
            then = fact_field(said["code"], fact.key)
            value = said["inputs"].get(then)
            if value is not None and left_out(fact, self.labels.get(then)) is None and _usable(fact, value):
                yield fact_field(sub.code, fact.key), value


class LeftOut(StrEnum):
    """Why no answer of an earlier round stands beside an input; the values are what the office reads."""

    NEW = "上期没有这个填报指标"
    ASKED = "名称、类型或单位和上期的不同"
    WORDS = "日期和文字不带入"


def asked_for(fact: Input) -> Asked:
    """Give what an input asks, as the record of a round has it."""
    return fact.label, fact.kind.value, fact.measure


def left_out(fact: Input, then: Asked | None) -> LeftOut | None:
    """Say why no answer is taken over to an input, of which the earlier round asked `then`; None where one is."""
    if then is None:
        return LeftOut.NEW
    if then != asked_for(fact):
        return LeftOut.ASKED
    return None if fact.kind is Kind.CHOICE or fact.kind in NUMBERS else LeftOut.WORDS


def earlier_answers(notice: Notice, folder: Path, *, rehearsal: bool = False) -> Earlier:
    """Read an earlier round's folder (report.json, campaign.json).

    Raises WrongUseError where they cannot be read, and where the folder is a rehearsal's and this round is none.
    """
    report = read_json(existing(folder, RESULTS))
    record = existing(folder, CAMPAIGN)
    campaign = read_json(record)
    try:
        refuse_rehearsal(folder, report, rehearsal=rehearsal)
        return _earlier(notice, report, campaign, record.parent)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        message = (
            f"{folder} 里的 report.json 或 campaign.json 内容不全({type(error).__name__})。请在上一轮重新收表后再用。"
        )
        raise WrongUseError(message) from error


def refuse_rehearsal(place: Path, report: Json, *, rehearsal: bool) -> None:
    """Refuse a rehearsal's report for a real round. Raises WrongUseError."""
    if str(report["campaign"]).endswith(REHEARSAL_MARK) and not rehearsal:
        message = f"{place} 是演练的结果,里面的数都是编造的,不能作为正式一轮的上期。请指明上一轮正式的输出文件夹。"
        raise WrongUseError(message)


def _earlier(notice: Notice, report: Json, campaign: Json, root: Path) -> Earlier:
    inputs = [each for shape in campaign["shapes"].values() for each in shape["inputs"]]
    labels = {f"{each['row']}.{each['column']}": (each["label"], each["kind"], each["measure"]) for each in inputs}
    texts = {} if "sub_points" in campaign else kept_texts(Workspace(root), str(campaign["campaign"]))
    made = Earlier(
        notice=notice,
        units=unit_matches(notice, report["units"]),
        matches=matches(notice, recorded_sub_points(campaign, texts)),
        returned={each["unit"]: tuple(each["sub_points"]) for each in report["units"] if each["sub_points"]},
        labels=labels,
    )
    _ = made.answers  # what is missing in the record shows now
    return made


def existing(folder: Path, names: tuple[str, ...]) -> Path:
    """Find the first of the files in a round's folder. Raises WrongUseError."""
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        message = f"{folder} 里没有 {names[0]}。请指明上一轮的输出文件夹(里面有 campaign.json 和 结果)。"
        raise WrongUseError(message)
    return found


def _usable(fact: Input, value: str) -> bool:
    """Say whether the answer was valid: one of the options, or a finite number."""
    if fact.kind is Kind.CHOICE:
        return value in fact.options
    try:
        return fact.kind in NUMBERS and Decimal(value).is_finite()
    except InvalidOperation:
        return False
