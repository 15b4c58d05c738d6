"""An earlier round's answers, to stand beside this round's inputs: read from its results, kept with this round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.sheets.unit.tasks import fact_field, self_field
from fazhi_xl.form.unit_form import Previous
from fazhi_xl.notice.choices import NUMBERS, Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.rules import Input
from fazhi_xl.office.workspace.folder import Json, read_json

RESULTS = ("结果/report.json", "report.json")  # of a round's folder, or of its folder of results
Asked = tuple[str, str, str]
"""Label, kind and unit of measure of an input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The answers that can stand beside this round's inputs, and the earlier round's units that are not of this one."""

    answers: Previous
    unknown: tuple[str, ...]


def earlier_answers(notice: Notice, folder: Path) -> Earlier:
    """Read an earlier round's folder (report.json, campaign.json). Raises WrongUseError where they cannot be read.

    An answer is taken over where this round asks the same: sub-point and input of the same code, and the same label, kind
    and unit of measure; a score where the points are the same. Texts are not taken over.
    """
    report = read_json(existing(folder, RESULTS))
    campaign = read_json(existing(folder, ("campaign.json", "../campaign.json")))
    try:
        inputs = [each for shape in campaign["shapes"].values() for each in shape["inputs"]]
        labels = {f"{each['row']}.{each['column']}": (each["label"], each["kind"], each["measure"]) for each in inputs}
        return _earlier(notice, report, labels)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        message = (
            f"{folder} 里的 report.json 或 campaign.json 内容不全({type(error).__name__})。请在上一轮重新收表后再用。"
        )
        raise WrongUseError(message) from error


def _earlier(notice: Notice, report: Json, labels: Mapping[str, Asked]) -> Earlier:
    now = {each["unit"]: notice.unit_called(each["unit"]) for each in report["units"]}
    units = [each for each in report["units"] if each["sub_points"]]
    found = {each["unit"]: dict(_answers(notice, each, labels)) for each in units}
    return Earlier(
        answers={unit.short: answers for name, answers in found.items() if (unit := now[name]) and answers},
        unknown=tuple(name for name in found if now[name] is None),
    )


def existing(folder: Path, names: tuple[str, ...]) -> Path:
    """Find the first of the files in a round's folder. Raises WrongUseError."""
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        message = f"{folder} 里没有 {names[0]}。请指明上一轮的输出文件夹(里面有 campaign.json 和 结果)。"
        raise WrongUseError(message)
    return found


def _answers(notice: Notice, unit: Json, labels: Mapping[str, Asked]) -> Iterator[tuple[str, str]]:
    for each in unit["sub_points"]:
        sub = notice.sub_points.get(each["code"])
        if sub is None:
            continue
        score = each["reviewed"] or each["self"]
        if score is not None and Decimal(each["points"]) * 100 == sub.points:
            yield self_field(sub.code), score
        for fact in sub.inputs:
            key = fact_field(sub.code, fact.key)
            value, asked = each["inputs"].get(key), (fact.label, fact.kind, fact.measure)
            if value is not None and labels.get(key) == asked and _usable(fact, value):
                yield key, value


def _usable(fact: Input, value: str) -> bool:
    """Say whether the answer was valid: one of the options, or a finite number."""
    if fact.kind is Kind.CHOICE:
        return value in fact.options
    try:
        return fact.kind in NUMBERS and Decimal(value).is_finite()
    except InvalidOperation:
        return False
