"""Units of which another form counts than in the run before, though no new one came: a copied file may have another time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.reports.filing.receipt_names import DAY, REGISTER_FILE
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status

_NAMED = 6
_BY_OFFICE = frozenset({DayBasis.CORRECTED, DayBasis.CONFIRMED})


class _Counted(NamedTuple):
    """The form that counts of a unit, by its path and SHA-256, and the SHA-256 of all its files."""

    path: str
    sha256: str
    came: frozenset[str]


def switched_returns(space: Workspace, round_: Round) -> Iterator[str]:
    """Name in one line the units of which another form counts than in the last report, though nothing new came or was said."""
    before = _before(space)
    switched = [
        f"{unit}(原来是 {before[unit].path},现在是 {now.path})"
        for unit, now in _now(round_)
        if unit in before and now.sha256 != before[unit].sha256 and now.came == before[unit].came
    ]
    if switched:
        more = f"等{len(switched)}家" if len(switched) > _NAMED else ""
        yield (
            f"没有新收到的表,计入的却换了一份:{'、'.join(switched[:_NAMED])}{more}。多半是复制、解压使文件时间变了,同一天的分不出先后。"
            f"请核对哪一份是后来的,在 {REGISTER_FILE} 的“{DAY}”里写明(可以写到几点几分),再收一次表。"
        )


def _now(round_: Round) -> Iterator[tuple[str, _Counted]]:
    own: defaultdict[str, set[str]] = defaultdict(set)
    settled: set[str] = set()
    for file in round_.files:
        if file.unit:
            own[file.unit].add(file.sha256)
            if file.basis in _BY_OFFICE or file.status is Status.IGNORED:
                settled.add(file.unit)
    for unit in own.keys() - settled:
        if counts := round_.file_of(unit):
            yield unit, _Counted(counts.path, counts.sha256, frozenset(own[unit]))


def _before(space: Workspace) -> dict[str, _Counted]:
    """Give what counted in the report of the run before; nothing where there is no report, or it cannot be read."""
    try:
        held = json.loads((space.results / REPORT_FILE).read_text("utf-8"))
        files = [(str(each["path"]), str(each["sha256"]), each["unit"]) for each in held["files"]]
        counted = {str(each["unit"]): str(each["file"]) for each in held["units"] if each.get("file")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return dict(_counted(files, counted))


def _counted(files: Iterable[tuple[str, str, object]], counted: dict[str, str]) -> Iterator[tuple[str, _Counted]]:
    own: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path, sha256, unit in files:
        own[str(unit)][path] = sha256
    for unit, path in counted.items():
        if path in own[unit]:
            yield unit, _Counted(path, own[unit][path], frozenset(own[unit].values()))
