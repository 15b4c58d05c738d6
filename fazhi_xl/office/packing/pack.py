"""The evidence of a round packed into 上报/: planned, compared with what stands there, copied, listed, and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.model import Form
from fazhi_xl.intake.arrival import Arrival, ChangedError
from fazhi_xl.intake.reopened import Reopened
from fazhi_xl.office.packing.folder import (
    Found,
    Packing,
    SourceError,
    digest_of_pieces,
    is_hopeless,
    pieces_of,
    room_for,
)
from fazhi_xl.office.packing.manifest import manifest_bytes
from fazhi_xl.office.packing.plan import Plan, Wanted, planned
from fazhi_xl.office.packing.told import GONE, faults_said, told_after, told_before
from fazhi_xl.office.returns.inspection import fault_of
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.path_room import refuse_deep
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import digest
from fazhi_xl.reports.packing_list import MANIFEST, NAME, packing_book
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes

INDEX = f"{NAME}.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOrder:
    """What a round's collect found: the round, its forms, the files that came, and what was seen in those that were opened.

    `passwords` are those that open archives.
    """

    round_: Round
    forms: tuple[Form, ...]
    arrivals: tuple[Arrival, ...]
    passwords: tuple[str, ...] = ()
    seen: Mapping[str, Inspected] = field(default_factory=dict)


def pack(space: Workspace, order: PackOrder, progress: Progress) -> bool:
    """Bring 上报/ up to date, and say what was done; gives whether anything needs attention.

    Raises WrongUseError for what could not be written, when all else was, or at once where nothing can be.
    """
    plan = planned(order.round_, order.forms, order.arrivals, order.seen)
    with locked(space, "整理上报材料", progress) as alive, Reopened(order.passwords) as files:
        for line in told_before(order.round_, plan):
            alive.say(line)
        space.make(space.packed)
        packing = Packing.of(space.packed)
        _copied(packing, plan, files, alive)
        packing.tidy([*(each.target for each in plan.wanted), INDEX])
        _finished(space, packing, order.round_, plan)
    for line in told_after(space, order.round_, plan, packing.done):
        progress.say(line)
    if packing.done.faults:
        raise WrongUseError("\n".join(faults_said(packing.done)))
    return bool(plan.pending or packing.done.changed or packing.done.unread or packing.done.aside or packing.done.left)


# The files ------------------------------------------------------------------------------------------------------------


def _copied(packing: Packing, plan: Plan, files: Reopened, progress: Progress) -> None:
    """Bring all files there that are wanted. Raises WrongUseError where they do not fit, lie too deep, or none can be written."""
    wanted = sorted(plan.wanted, key=lambda each: (str(each.arrival.source), each.target))  # of one archive together
    todo: list[tuple[Wanted, str, Found]] = []
    for each in progress.track(wanted, "核对", len(wanted)):
        todo.extend(_lacking(packing, each, files))
    refuse_deep(packing.folder, max((len(each.target) for each, *_ in todo), default=0))
    if full := room_for(packing.folder, [each for each, *_ in todo]):
        raise full
    if todo:
        packing.journal.begin()
    for each, expected, found in progress.track(todo, "复制", len(todo)):
        _brought(packing, each, expected, found, files)


def _lacking(packing: Packing, wanted: Wanted, files: Reopened) -> Iterator[tuple[Wanted, str, Found]]:
    """Give a file that is not there as it has to be, with the SHA-256 that it has to have, blank where nothing has reckoned it yet."""
    if fault := fault_of(wanted.arrival):
        packing.done.unread[wanted.target] = f"{fault.word},没有放进来"
        return
    expected = wanted.sha256
    if not expected and (packing.folder / wanted.target).exists():
        try:
            expected = digest_of_pieces(pieces_of(files, wanted.arrival))
        except (ChangedError, SourceError) as error:
            packing.done.changed[wanted.target] = str(error) or GONE
            return
    found = packing.found(wanted.target, expected)
    if found is Found.RIGHT:
        packing.done.kept[wanted.target] = expected
    else:
        yield wanted, expected, found


def _brought(packing: Packing, wanted: Wanted, expected: str, found: Found, files: Reopened) -> None:
    try:
        packing.put(wanted.target, lambda: pieces_of(files, wanted.arrival), expected, found)
    except (ChangedError, SourceError) as error:
        packing.done.changed[wanted.target] = str(error) or GONE
    except WrongUseError as error:
        if is_hopeless(error):
            raise WrongUseError("\n".join(faults_said(packing.done, error))) from error
        packing.done.faults.append(error)
    else:
        return
    if found is Found.OURS:
        packing.keep_stale(wanted.target)


# The index and the manifest -------------------------------------------------------------------------------------------


def _finished(space: Workspace, packing: Packing, round_: Round, plan: Plan) -> None:
    """Write the index and the manifest of what stands there now, and forget the run."""
    done = packing.done
    entries = [
        replace(each, sha256=done.kept[each.file])
        if each.file in done.kept
        else replace(
            each,
            file="",
            said=(*each.said, *([{**done.changed, **done.unread}.get(each.file, "没有写成")] if each.file else ())),
        )
        for each in plan.entries
    ]
    index = report_bytes(packing_book(round_, entries, plan.lacks), round_.notice.theme)
    try:
        found = packing.found(INDEX, digest(index))
        if found is not Found.RIGHT:
            packing.put(INDEX, lambda: [index], digest(index), found)
            done.copied.remove(INDEX)
        done.kept[INDEX] = digest(index)
    except WrongUseError as error:
        if is_hopeless(error):
            raise WrongUseError("\n".join(faults_said(done, error))) from error
        done.faults.append(error)
        packing.keep_stale(INDEX)
    space.write(space.packed / MANIFEST, manifest_bytes({**done.stale, **done.kept}))
    packing.journal.close()
