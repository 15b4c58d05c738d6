"""`--explain`: the figures that the office asks about, each with all the steps that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.decision_log import read_record
from fazhi_xl.office.review.names import names_of
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.reports.media.privacy import without_phones
from fazhi_xl.reports.trace import trace, unit_trace
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.commands import Command


def explanations(round_: Round, space: Workspace, asked: Iterable[str]) -> Iterator[str]:
    """Explain each `单位/得分点`, or a unit alone; a sub-point decided several times comes with every decision.

    Raises WrongUseError for an unknown unit or sub-point, or a unit without a score.
    """
    decisions = read_record(space, round_.notice, names_of(round_.notice, space).today).decisions
    for text in asked:
        name, _, code = text.partition("/")
        unit = _unit(round_, name.strip())
        lines = trace(round_, unit, _code(unit, code.strip())) if code else unit_trace(round_, unit)
        yield from ("", *map(without_phones, lines))
        own = [each for each in decisions if each.key == (unit.unit, code.strip())]
        if len(own) > 1:  # nothing is forgotten
            yield "审核记录:"
            for each in own:
                said = ",".join(f"{column}{value}" for column, value in each.values.texts.items()) or "撤回"
                yield f"  第{each.no}号 {each.recorded} {each.book}:{said}"


def _unit(round_: Round, name: str) -> UnitScore:
    called = round_.notice.unit_called(name)
    unit = next((each for each in round_.units if called and each.unit == called.short), None)
    if unit is None:
        near = round_.notice.nearest_name(name, cutoff=0.4)
        hint = f"是不是“{near}”?" if near else "请写单位简称。"
        raise WrongUseError(
            Command.EXPLAIN, f" 里的“{name}”不是{round_.notice.about.words.unit}。{hint}{_example(round_)}"
        )
    if unit.total is None:
        raise WrongUseError(f"{unit.unit}没有可以计分的表,没有数可以说明。")
    return unit


def _example(round_: Round) -> str:
    scored = next((each for each in round_.units if each.sub_points), None)
    return f"例如:{scored.unit}/{scored.sub_points[0].code}" if scored else ""


def _code(unit: UnitScore, code: str) -> str:
    codes = [each.code for each in unit.sub_points]
    if not codes:
        raise WrongUseError(f"{unit.unit}没有得分点,只写单位。例如:{unit.unit}")
    if code not in codes:
        raise WrongUseError(
            f"{unit.unit}没有“{code}”这个得分点。它的得分点:{'、'.join(codes)}。例如:{unit.unit}/{codes[0]}"
        )
    return code
