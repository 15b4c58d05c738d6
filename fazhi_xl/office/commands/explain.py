"""`--explain`: the figures that the office asks about, each with all the steps that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.decision_log import Decision, read_record
from fazhi_xl.office.review.names import names_of
from fazhi_xl.office.review.session import EVERYONE
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.points import show
from fazhi_xl.reports.media.privacy import without_phones
from fazhi_xl.reports.trace import sub_point_trace, trace, unit_trace
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.commands import Command
from fazhi_xl.text.dates import chinese_moment


def explanations(round_: Round, space: Workspace, asked: Iterable[str]) -> Iterator[str]:
    """Explain each `单位/得分点`, a unit alone, each sub-point of a `单位/全部`, or 全部 units; with every decision there was.

    Raises WrongUseError for an unknown unit or sub-point, or a unit without a score.
    """
    decisions = read_record(space, round_.notice, names_of(round_.notice, space).today).decisions
    for text in asked:
        name, _, code = (part.strip() for part in text.partition("/"))
        for unit in _units(round_, name, code):
            for lines in _traces(round_, unit, code, decisions):
                yield from ("", *map(without_phones, lines))


def _units(round_: Round, name: str, code: str) -> tuple[UnitScore, ...]:
    """Give the unit called so; of 全部, those that have the sub-point where one is named."""
    if name != EVERYONE:
        return (_unit(round_, name),)
    if not round_.scored:
        raise WrongUseError("还没有收到可以计分的表,没有数可以说明。请收到以后再来。")
    own = tuple(unit for unit in round_.scored if code in {each.code for each in unit.sub_points})
    return round_.scored if code in {"", EVERYONE} else own or round_.scored[:1]


def _traces(round_: Round, unit: UnitScore, code: str, decisions: tuple[Decision, ...]) -> Iterator[Iterable[str]]:
    """Give the lines of each figure that is asked for; of all sub-points, the unit's own total once, at the end."""
    if code != EVERYONE:
        yield (
            (*trace(round_, unit, _code(unit, code)), *_recorded(decisions, unit, code))
            if code
            else unit_trace(round_, unit)
        )
        return
    for each in unit.sub_points:
        yield (*sub_point_trace(round_, unit, each.code), *_recorded(decisions, unit, each.code))
    yield unit_trace(round_, unit)


def _recorded(decisions: tuple[Decision, ...], unit: UnitScore, code: str) -> Iterator[str]:
    """List the decisions on a sub-point that was decided several times: nothing is forgotten."""
    own = [each for each in decisions if each.key == (unit.unit, code)]
    if len(own) > 1:
        yield "审核记录:"
        for each in own:
            said = ",".join(f"{column}{value}" for column, value in each.values.texts.items()) or "撤回"
            yield f"  第{each.no}号 {_local(each.recorded)} {each.source}:{said}"


def _local(stamp: str) -> str:
    """Write a stamp of the record by the clock of this machine; one that nothing reads stays as it is."""
    try:
        return chinese_moment(datetime.fromisoformat(stamp).astimezone())
    except (ValueError, OverflowError):
        return stamp


def _unit(round_: Round, name: str) -> UnitScore:
    called = round_.notice.unit_called(name)
    unit = next((each for each in round_.units if called and each.unit == called.short), None)
    if unit is None:
        near = round_.notice.nearest_name(name, cutoff=0.4)
        hint = f"是不是“{near}”?" if near else f"请写单位简称,“{EVERYONE}”指所有单位。"
        raise WrongUseError(
            Command.EXPLAIN, f" 里的“{name}”不是{round_.notice.about.words.unit}。{hint}{_example(round_)}"
        )
    if unit.total is None:
        raise WrongUseError(f"{unit.unit}没有可以计分的表,没有数可以说明。请换一个单位,或者收到它的表以后再来。")
    if unit.zeroed:
        raise WrongUseError(
            f"{unit.unit}没有报送,按口径计0分,总分{show(unit.total)}分,没有别的数可以说明。请换一个单位。"
        )
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
            f"{unit.unit}没有“{code}”这个得分点。它的得分点:{'、'.join(codes)}。例如:{unit.unit}/{codes[0]},或 {unit.unit}/{EVERYONE}"
        )
    return code
