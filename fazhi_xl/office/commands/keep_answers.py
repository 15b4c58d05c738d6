"""Refuses to issue forms without inputs under which returns of the round hold answers, unless that is confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fazhi_xl.errors import WouldDropAnswersError
from fazhi_xl.office.history.gone_inputs import GoneInput
from fazhi_xl.office.history.held_returns import AtStake, at_stake, held_returns
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command
from fazhi_xl.text.one_line import cut, one_line

_LISTED = 12
_SAID = 30  # characters of an answer
_KEPT = "原来的填报和决定都留着,只是不再计分。"


def refuse_dropping(space: Workspace, gone: tuple[GoneInput, ...], progress: Progress, *, jobs: int) -> None:
    """Read what returns hold under inputs that are gone. Raises WouldDropAnswersError where they do, or nobody can tell."""
    held = held_returns(space, progress, jobs=jobs)
    if held is None:
        raise WouldDropAnswersError(*_unknown(gone))
    if lost := at_stake(gone, held):
        raise WouldDropAnswersError(*_words(space, lost))


def _words(space: Workspace, lost: tuple[AtStake, ...]) -> Iterator[str]:
    units = len({each.input.unit for each in lost})
    yield f"按现在的目录重新发放,会去掉{units}家单位已经填了的{len(lost)}处填报项,没有改动。\n"
    for each in islice(lost, _LISTED):
        yield f"  {_named(each.input)}:填了“{cut(one_line(each.value), _SAID)}”({each.path})\n"
    if len(lost) > _LISTED:
        yield f"  还有{len(lost) - _LISTED}处,全部列在 "
        yield Command.DIFF
        yield f" {space.root} 新目录 写出的“影响”表里。\n"
    yield from _way_on()


def _unknown(gone: tuple[GoneInput, ...]) -> Iterator[str]:
    units = len({each.unit for each in gone})
    yield f"按现在的目录重新发放,会去掉{units}家单位的{len(gone)}处填报项,例如{_named(gone[0])}。"
    yield "收回的表里这些地方填了什么读不出来(存档里没有发放时的目录,也没有收过表),没有改动。\n"
    yield from _way_on()


def _way_on() -> Iterator[str]:
    yield "不该去掉的,把目录改回来再发放;只是换了编号的,在目录里给得分点写上标识(id):它原来的编号。确实要去掉的,加 "
    yield Command.CONFIRM
    yield f" 再运行一次;{_KEPT}"


def _named(each: GoneInput) -> str:
    place = f"{each.sub_point} " if each.sub_point else f"“{each.sheet}”表 "
    return f"{each.unit} {place}“{each.label}”"
