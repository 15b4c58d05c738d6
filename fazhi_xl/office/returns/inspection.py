"""Opens the evidence of a round, each file once, in several processes; what was found before is not looked for again.

A file is known by its SHA-256. Those of one archive or mail are opened by one process, one after the other, so that nothing but the
file that is looked at is in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from fazhi_xl.bounded.children import end_children
from fazhi_xl.evidence.inspect import inspect, inspected_of, kept
from fazhi_xl.evidence.kinds import OPENED, WHOLE_LIMIT
from fazhi_xl.evidence.plain import TEXTS
from fazhi_xl.findings import Code
from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.intake.reopened import Reopened
from fazhi_xl.limits import MB
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Kept, Store
from fazhi_xl.rounds.evidence import EvidenceFile
from fazhi_xl.rounds.inspected import Fault, Inspected
from fazhi_xl.text.identity_numbers import identity_numbers, masked

OPENING = "打开佐证材料"
_LOT = 24  # files that lie by themselves, which one process opens
_KEPT_FROM = {
    Code.FILE_ENCRYPTED: Fault.ENCRYPTED,
    Code.FILE_DAMAGED: Fault.DAMAGED,
    Code.ARCHIVE_DAMAGED: Fault.DAMAGED,
}
_UNREAD = Inspected(fault=Fault.STOPPED)
_Found = tuple[str, Inspected]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How the evidence of a round is opened; `found` is what is known of this run, by SHA-256 and whether the name tells a kind."""

    progress: Progress
    root: Path | None = None  # the round's folder
    store: Store | None = None
    passwords: tuple[str, ...] = ()
    jobs: int = 1
    found: dict[str, Inspected] = field(default_factory=dict)

    def of(self, arrivals: Iterable[Arrival]) -> Callable[[Sequence[EvidenceFile]], Sequence[EvidenceFile]]:
        """Give what opens the files among these that lie in items' folders, or are a unit's."""
        came = {each.path: each for each in arrivals}

        def look(files: Sequence[EvidenceFile]) -> Sequence[EvidenceFile]:
            known = [_known(each, came[each.path]) if _is_wanted(each, came) else each for each in files]
            wanted = [(each, came[each.path]) for each in known if each.sha256 and _is_wanted(each, came)]
            self._open([(_key(each), arrival) for each, arrival in wanted])
            return [self._looked(each, came[each.path]) for each in known]

        return look

    def _looked(self, each: EvidenceFile, arrival: Arrival) -> EvidenceFile:
        """Give a file with what was found in it, or why nothing could be."""
        if fault := fault_of(arrival):
            return replace(each, seen=_named(Inspected(fault=fault), each.path), at=self._at(arrival))
        if not each.sha256:
            return each
        return replace(each, seen=_named(self.found.get(_key(each)), each.path), at=self._at(arrival))

    def _at(self, arrival: Arrival) -> str:
        """Say how a file, or what it came in, is reached from a folder of the round's."""
        if arrival.source is None or self.root is None:
            return ""
        file = arrival.source.file.absolute()
        inside = file.is_relative_to(self.root.absolute())
        return f"../{file.relative_to(self.root.absolute()).as_posix()}" if inside else file.as_posix()

    def _open(self, wanted: Sequence[tuple[str, Arrival]]) -> None:
        """Open what is not known yet."""
        program = program_digest()
        rest: dict[str, Arrival] = {}
        for key, arrival in wanted:
            before = None if key in self.found else self._kept(content_of(program, key))
            if before:
                self.found[key] = before
            elif key not in self.found:
                rest.setdefault(key, arrival)
        lots = list(_lots(rest))
        opened = (each for lot in spread(_Opener(self.passwords), lots, self.jobs, _lost) for each in lot)
        try:
            for key, seen in self.progress.track(opened, OPENING, len(rest)) if rest else ():
                self.found[key] = seen
                if self.store and (seen.fault is not Fault.STOPPED or seen.detail):
                    self.store.put(Kept.INSPECTED, content_of(program, key), kept(seen))
        finally:
            end_children()

    def _kept(self, key: str) -> Inspected | None:
        held = self.store.get(Kept.INSPECTED, key) if self.store else None
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            return inspected_of(json.loads(held)) if held else None
        return None


def fault_of(arrival: Arrival) -> Fault | None:
    """Say why a file cannot be had out of what it came in; None for any that can."""
    trouble = arrival.trouble.code if arrival.trouble and arrival.data is None else None
    return _KEPT_FROM.get(trouble) if trouble else None


def _is_wanted(each: EvidenceFile, came: Mapping[str, Arrival]) -> bool:
    arrival = came.get(each.path)
    return bool(each.codes or each.unit) and arrival is not None and arrival.data is not None


def _known(each: EvidenceFile, arrival: Arrival) -> EvidenceFile:
    """Give a file with its fingerprint, also one that is too large to have been read whole."""
    if each.sha256 or not arrival.source:
        return each
    with suppress(OSError, ChangedError), Reopened() as again:
        digest = hashlib.sha256()
        for piece in again.pieces(arrival):
            digest.update(piece)
        return replace(each, sha256=digest.hexdigest())
    return each


def _named(seen: Inspected | None, path: str) -> Inspected | None:
    """Add the identity numbers in a file's name to those in it."""
    own = tuple(map(masked, identity_numbers(path)))
    return replace(seen, numbers=tuple(dict.fromkeys((*own, *seen.numbers)))) if seen and own else seen


def _key(each: EvidenceFile) -> str:
    """Give what a file is known by: its name counts where that says what it should be."""
    ending = PurePosixPath(each.path).suffix.lower()
    return f"{each.sha256}{'text' if ending in TEXTS else ending in OPENED}"


# In another process --------------------------------------------------------------------------------------------------

_Lot = Sequence[tuple[str, Arrival]]


def _lots(wanted: Mapping[str, Arrival]) -> Iterator[_Lot]:
    """Give the files in the order in which they are opened: those of an archive or a mail together, those on disk some at a time."""
    packed: defaultdict[Path | None, list[tuple[str, Arrival]]] = defaultdict(list)
    alone: list[tuple[str, Arrival]] = []
    for key, arrival in wanted.items():
        inside = arrival.source is not None and bool(arrival.source.steps)
        (packed[arrival.source.file if arrival.source else None] if inside else alone).append((key, arrival))
    yield from sorted(packed.values(), key=len, reverse=True)
    yield from (alone[at : at + _LOT] for at in range(0, len(alone), _LOT))


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens a lot of files."""

    passwords: tuple[str, ...]

    def __call__(self, lot: _Lot) -> list[_Found]:
        with Reopened(self.passwords) as again:
            return [(key, _opened(arrival, again)) for key, arrival in lot]


def _opened(arrival: Arrival, again: Reopened) -> Inspected:
    try:
        if arrival.source and not arrival.source.steps:
            return inspect(arrival.source.file, arrival.path)
        return inspect(_whole(arrival, again), arrival.path)
    except _TooLargeError:
        return Inspected(fault=Fault.STOPPED, detail=f"{arrival.size // MB}MB")
    except (OSError, ChangedError):
        return _UNREAD


class _TooLargeError(Exception):
    """A file is larger than any that goes through a pipe."""


def _whole(arrival: Arrival, again: Reopened) -> bytes:
    whole = bytearray()
    for piece in again.pieces(arrival):
        whole += piece
        if len(whole) > WHOLE_LIMIT:
            raise _TooLargeError
    return bytes(whole)


def _lost(lot: _Lot, _: Exception) -> list[_Found]:
    return [(key, _UNREAD) for key, _ in lot]
