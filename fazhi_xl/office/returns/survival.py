"""One bad file never stops the rest: a file over which a stage raises is closed, and the others go on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from fazhi_xl.errors import FazhiError
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile, IdentifiedReturn, OpenedReturn, unreadable

Return = TypeVar("Return", OpenedReturn, IdentifiedReturn, AnsweredReturn)
Result = TypeVar("Result")


def survived(
    stage: Callable[[Sequence[Return | ClosedFile]], Result], returns: Iterable[Return | ClosedFile]
) -> Result:
    """Put the files through a stage. Where it raises, those on which it does are closed first, and the stage begins anew.

    Raises what the stage raises where no file is to blame, and FazhiError at once: that is no matter of one file.
    """
    every = tuple(returns)
    try:
        return stage(every)
    except FazhiError:
        raise
    except Exception:  # noqa: BLE001 - whatever a file sets off
        return stage(_survivors(stage, every))


def _survivors(
    stage: Callable[[Sequence[Return | ClosedFile]], Result], every: Sequence[Return | ClosedFile]
) -> tuple[Return | ClosedFile, ...]:
    """Close each file on which the stage raises by itself, and of a unit's files that raise only together, all."""
    units: defaultdict[str, list[Return | ClosedFile]] = defaultdict(list)
    for each in every:
        units[_unit(each) or each.arrival.path].append(each)
    closed: dict[str, ClosedFile] = {}
    for own in units.values():
        if together := _raised(stage, own):
            alone = {each.arrival.path: _raised(stage, [each]) for each in own}
            blamed = alone if any(alone.values()) else dict.fromkeys(alone, together)
            closed |= {
                each.arrival.path: unreadable(each.arrival, error, _unit(each))
                for each in own
                if (error := blamed[each.arrival.path])
            }
    return tuple(closed.get(each.arrival.path, each) for each in every)


def _raised(
    stage: Callable[[Sequence[Return | ClosedFile]], object], some: Sequence[Return | ClosedFile]
) -> Exception | None:
    try:
        stage(some)
    except FazhiError:
        raise
    except Exception as error:  # noqa: BLE001 - it is told with the file
        return error
    return None


def _unit(each: OpenedReturn | IdentifiedReturn | AnsweredReturn | ClosedFile) -> str | None:
    """Name the unit whose file it is, as far as is known at this stage."""
    match each:
        case OpenedReturn():
            return None
        case IdentifiedReturn():
            return each.form.unit
        case AnsweredReturn() | ClosedFile():
            return each.unit
