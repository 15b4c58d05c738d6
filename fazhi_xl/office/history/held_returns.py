"""What the returned forms of a round hold, read by the catalogue that they were issued from, whatever has become of it since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.answers.read import value_text
from fazhi_xl.errors import FazhiError
from fazhi_xl.form.expression import Value
from fazhi_xl.notice.load import load
from fazhi_xl.office.history.earlier_answers import RESULTS, existing
from fazhi_xl.office.history.gone_inputs import GoneInput
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.catalogue import as_issued
from fazhi_xl.office.workspace.folder import Json, Workspace, read_json
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.store import stored


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldReturn:
    """A return that counts: its unit's short name at issue, the file within the returns, and what it says by field code."""

    unit: str
    path: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStake:
    """An input that is gone, and what a return that counts holds there."""

    input: GoneInput
    value: str
    path: str


def held_returns(space: Workspace, progress: Progress, *, jobs: int = 1) -> tuple[HeldReturn, ...] | None:
    """Read the returns of a round, which must be locked; what was read before is not read again. None where nobody can tell.

    Where the forms cannot be made as they were issued, what the last collect reported is given.
    """
    if not (space.returns.is_dir() and any(space.returns.iterdir())):
        return ()
    try:
        issued = issued_round(load(as_issued(space)), space)
    except (FazhiError, OSError):
        return _reported(space)
    with stored(space, progress) as store:
        files = read_returns(issued, Sources(jobs=jobs), progress, store).files
    return tuple(
        HeldReturn(unit=file.unit, path=file.path, said=dict(_said(file.answers.values)))
        for file in files
        if file.counts and file.unit and file.answers
    )


def _said(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    yield from ((key, text) for key, value in values.items() if (text := value_text(value)))


def _reported(space: Workspace) -> tuple[HeldReturn, ...] | None:
    try:
        report = read_json(existing(space.root, RESULTS))
        return tuple(
            HeldReturn(unit=str(each["unit"]), path=str(each["file"]), said=dict(_reported_of(each)))
            for each in report["units"]
            if each["file"]
        )
    except (FazhiError, KeyError, TypeError, AttributeError):
        return None


def _reported_of(unit: Json) -> Iterator[tuple[str, str]]:
    for sub in unit["sub_points"]:
        yield from ((key, text) for key, text in sub["inputs"].items() if text)


def at_stake(gone: Iterable[GoneInput], held: Iterable[HeldReturn]) -> tuple[AtStake, ...]:
    """Give the inputs that are gone under which returns hold answers, with the answers."""
    returned = {each.unit: each for each in held}
    return tuple(
        AtStake(input=each, value=mine.said[each.field], path=mine.path)
        for each in gone
        if (mine := returned.get(each.unit)) and each.field in mine.said
    )
