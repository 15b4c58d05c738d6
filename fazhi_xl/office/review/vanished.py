"""Lines of a record that were written and are there no longer: the run stops, says which, and where they can be had back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.chain import Lines, odd_line
from fazhi_xl.office.review.kept_records import (
    Remembered,
    elsewhere,
    kept_records,
    latest,
    lines_of,
    remember,
    remembered,
    told,
)
from fazhi_xl.office.review.records import APPEALS, DECISIONS, DRAWINGS, GROWN, RECORDS, SECOND, Record
from fazhi_xl.office.workspace.archive import keep
from fazhi_xl.office.workspace.folder import REPORT_FILE, Json, Workspace, reading
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import digest
from fazhi_xl.scoring.model import Basis
from fazhi_xl.text.commands import Command

_NAMED = 3


def refuse_vanished(space: Workspace, record: Record, lines: Lines) -> None:
    """Compare a record with what was written before. Raises WrongUseError where it does not begin with that."""
    held = remembered(space, record)
    if held is None:
        _refuse_lost(space, record, lines)
    elif not held.begins(lines):
        raise WrongUseError(_missing(space, record, lines, held), *way_back(space, record), _others(space, record))


def _others(space: Workspace, record: Record) -> str:
    """Name the other records that do not begin either with what was written, so that all are had back together; blank where none is."""
    paths = [each.file(space) for each in RECORDS if each is not record and _has_vanished(space, each)]
    return f"\n一样丢失或被改动的还有:{'、'.join(map(str, paths))}。请一起恢复。" if paths else ""


def _has_vanished(space: Workspace, record: Record) -> bool:
    held, path = remembered(space, record), record.file(space)
    with reading(path):
        return held is not None and not held.begins(lines_of(path.read_bytes() if path.exists() else b""))


def _refuse_lost(space: Workspace, record: Record, lines: Lines) -> None:
    """Refuse where nothing is remembered, but other files show that there was a record. Raises WrongUseError."""
    if not lines and (shown := _shown_by(space, record)):
        trace, why, afresh = shown
        lost = f"{record.file(space)} 不见了,没有收表:{why}。"
        raise WrongUseError(lost, *way_back(space, record), f"{afresh},把 {trace} 移到别处,再收一次表。")


def _shown_by(space: Workspace, record: Record) -> tuple[Path, str, str] | None:
    """Give a file or folder that there would not be without a record, what that shows, and who may do without it."""
    report, books = space.results / REPORT_FILE, DRAWINGS.file(space).parent
    if record is DECISIONS and _was_official(_read(report)):
        return report, f"{report} 是按审核决定排的名次,没有这份记录会变回预排名", "确实要从头审核的"
    if record is APPEALS and _read(report).get("appeals"):
        return report, f"{report} 里有受理了的复核申请,没有这份记录,会按现在的得分另行判断", "确实要重新登记的"
    if record is DRAWINGS and any(books.glob("*.xlsx")) and _has_second(space):
        return books, f"{books} 里的复审表填过,没有这份记录,不知道各行是谁的", "确实不要复审了的"
    return None


def _read(report: Path) -> Json:
    with suppress(OSError, ValueError):
        held = json.loads(report.read_text("utf-8"))
        return held if isinstance(held, dict) else {}
    return {}


def _was_official(held: Json) -> bool:
    """Say whether a report is on the office's scores, some of which there must have been decisions for."""
    with suppress(KeyError, TypeError):
        scores = (score for unit in held["units"] for score in unit["sub_points"])
        return bool(held["basis"] == Basis.REVIEWED.value and any(score["reviewed"] is not None for score in scores))
    return False


def _has_second(space: Workspace) -> bool:
    """Say whether second opinions are on record."""
    with suppress(OSError):
        return f'"row": "{SECOND}.'.encode() in DECISIONS.file(space).read_bytes()
    return False


def _missing(space: Workspace, record: Record, lines: Lines, held: Remembered) -> str:
    path = record.file(space)
    before, after = (
        f"上次记到{held.count}{record.counted}(最后一{record.counted[0]}是{held.last})",
        f",没有收表:{record.harm}。",
    )
    if not lines:
        return f"{path} {'是空的' if path.exists() else '不见了'}。{before},现在一{record.counted[0]}也没有{after}"
    copy = latest(space, record)
    no = first_difference(lines, copy.lines) if copy else None
    if len(lines) < held.count and (no is None or no > len(lines)):
        return f"{path} 只有{len(lines)}{record.counted},{before},像是同步盘或备份带回了旧的一份{after}"
    if copy is None or no is None or no > copy.count:
        return f"{path} 的前{held.count}{record.counted[0]}和上次记录的不一样,{before}{after}"
    was = told(record, copy.lines[no - 1])
    gone = copy.lines[no : no + 1] == lines[no - 1 : no] or no > len(lines)
    moved = copy.lines[no - 1] in lines[no:] and lines[no - 1] in copy.lines[no:]
    how = "挪动了" if moved else "少了" if gone else "改动了"
    return f"{path} {how}第{no}行({was})。{before}{after}"


def first_difference(lines: Lines, before: Lines) -> int | None:
    """Give the number of the first line that is not as it was, counted from 1; None where all are."""
    kept = (*lines[: len(before)], *[b""] * (len(before) - len(lines)))
    return next((no for no, (now, was) in enumerate(zip(kept, before, strict=True), 1) if now != was), None)


def way_back(space: Workspace, record: Record) -> Iterator[str]:
    """Say how a record is had back: a folder that was renamed, a backup, the copies that are kept."""
    path, folder = record.file(space), record.kept(space)
    for other in elsewhere(space, record):
        yield f"\n{other} 里就是这份记录:把它改回 {path.relative_to(space.root)} 的名称和位置,再收一次表。"
        return
    yield f"\n请从备份恢复这个文件(整个“{path.parent.name}”文件夹不见了的,恢复整个文件夹);{record.holds}都在里面。"
    copies = [each for each in kept_records(space, record) if each.whole]
    if copies:
        yield "\n没有备份的,运行 "
        yield Command.RESTORE
        yield f",用存档的记录恢复,现有的文件会另存。{folder} 里最近的:{_some(each.told for each in copies)}。"
    elif remembered(space, record):
        yield f"\n存档里没有这份记录。确实找不回的,把 {path} 和 {folder} 移到别处再收表,{record.anew}。"
    else:
        yield f"\n确实找不回的,把 {path} 移到别处再收表,{record.anew}。"


def _some(names: Iterable[str]) -> str:
    every = list(names)
    return "、".join(every[:_NAMED]) + (f"等{len(every)}份" if len(every) > _NAMED else "")


# Putting it back -----------------------------------------------------------------------------------------------------


def restore_records(space: Workspace, progress: Progress) -> bool:
    """Put back each record that is not as it was left; say whether that of the decisions was. Raises WrongUseError as below."""
    others = [restore_record(space, record, progress) for record in GROWN if remembered(space, record)]
    if any(others) and remembered(space, DECISIONS) is None:
        return False
    return restore_record(space, DECISIONS, progress)


def restore_record(space: Workspace, record: Record, progress: Progress) -> bool:
    """Put the latest copy of a record back, unless the one there is sound; say whether it was. What is there is kept under another name.

    Raises WrongUseError where no whole copy is kept, or files cannot be written.
    """
    path = record.file(space)
    with reading(path):
        there = path.read_bytes() if path.exists() else b""
    lines, held, copy = lines_of(there), remembered(space, record), latest(space, record)
    if lines and _sound(lines) and (held is None or held.begins(lines)):
        progress.say(f"{path} 是完整的({len(lines)}{record.counted}),没有恢复。")
        return False
    if copy is None:
        raise WrongUseError(f"{record.kept(space)} 里没有可用的审核记录,没有恢复。", *way_back(space, record))
    if there:
        kept = _set_aside(space, record, there)
        progress.say(f"原来的 {path.name} 已另存为 {kept}。")
    data = copy.path.read_bytes()
    space.make(path.parent)
    space.write(path, data)
    remember(space, record, data)
    last = told(record, copy.lines[-1])
    progress.say(
        f"已恢复 {path}:{copy.count}{record.counted},最后一{record.counted[0]}是{last}(取自 {copy.path.name})。"
    )
    return True


def _sound(lines: Lines) -> bool:
    """Say whether the lines are numbered from 1 on without a gap, where they are numbered, and each is linked to the one before."""
    with suppress(ValueError, TypeError, AttributeError):
        return all(json.loads(line).get("no", no) == no for no, line in enumerate(lines, 1)) and not odd_line(lines)
    return False


def _set_aside(space: Workspace, record: Record, data: bytes) -> Path:
    path = record.kept(space) / f"换下的{record.word}-{digest(data)[:8]}.jsonl"
    space.make(record.kept(space))
    keep(space, path, data)
    return path
