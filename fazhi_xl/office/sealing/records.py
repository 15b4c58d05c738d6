"""The records of a round against those that an edition was sealed with: what was sealed of one stays its beginning for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from fazhi_xl.office.review.chain import Lines
from fazhi_xl.office.review.kept_records import digest_of, lines_of, remembered, told
from fazhi_xl.office.review.records import DECISIONS, RECORDS, Record
from fazhi_xl.office.review.vanished import first_difference
from fazhi_xl.office.sealing.edition import Sealed
from fazhi_xl.office.sealing.grounds import FOLDER
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.recorded_folder import digest


def record_faults(space: Workspace, editions: Iterable[Sealed]) -> Iterator[str]:
    """Say which records no longer begin as they were sealed, each of the first edition that it contradicts.

    Of one that is not what is remembered of it nothing is said here: the run stops over it, and names the way back.
    """
    sealed = tuple(editions)
    for record in RECORDS:
        now, held = lines_of(_bytes(record.file(space))), remembered(space, record)
        if held and not held.begins(now):
            continue
        yield from [said for each in sealed if (said := _fault(space, each, record, now))][:1]


def _fault(space: Workspace, sealed: Sealed, record: Record, now: Lines) -> str:
    kept = _sealed_file(space, sealed, record)
    data = _bytes(kept)
    was = lines_of(data) if digest(data) == sealed.below(FOLDER).get(_inner(record)) else ()
    no = first_difference(now, was)
    if no is None and not (record is DECISIONS and _rewritten(sealed, now)):
        return ""
    path, count = record.file(space), len(was) or sealed.record.count
    which = f"第{no}行(定稿时是{told(record, was[no - 1])})" if no else f"前{count}行里有的"
    said = f"{path} 里第{sealed.no}号定稿时就有的{count}{record.counted},{which}不见了或改动过。"
    back = f"请查清是谁改的。{kept} 是定稿时的那一份:" if was else "请查清是谁改的,从备份恢复:"
    return f"{said}{back}把 {path} 和 {record.kept(space)} 移到别处,放回那一份,再收一次表。在这以前不能另出一稿。"


def _rewritten(sealed: Sealed, now: Lines) -> bool:
    """Say whether the decisions are otherwise than 定稿.json tells, which needs no copy of them."""
    return digest_of(now[: sealed.record.count]) != sealed.record.sha256


def _sealed_file(space: Workspace, sealed: Sealed, record: Record) -> Path:
    return space.sealed / sealed.folder / FOLDER / _inner(record)


def _inner(record: Record) -> str:
    return f"审核/{record.path}"


def _bytes(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
