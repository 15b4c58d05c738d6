"""`--seal`: the results as they stand become an edition, whole or not at all, that nothing changes afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from fazhi_xl.disk import rename, settle
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code
from fazhi_xl.notice.comparable import catalogue_digest
from fazhi_xl.office.outputs.pdf import RECORD as PRINTED
from fazhi_xl.office.outputs.results import EVIDENCE_FILE, RANKING_FILE
from fazhi_xl.office.review.chain import link_of
from fazhi_xl.office.review.decision_log import record_file
from fazhi_xl.office.review.kept_records import digest_of, lines_of
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.office.sealing.about import about_text
from fazhi_xl.office.sealing.edition import ABOUT, TOLD, Before, Sealed, SealedRecord, SealedReturn
from fazhi_xl.office.sealing.editions import Editions, read_editions, remember, remember_all
from fazhi_xl.office.sealing.grounds import EARLIER, FOLDER, addresses, grounds
from fazhi_xl.office.sealing.naming import refuse_used
from fazhi_xl.office.sealing.records import record_faults
from fazhi_xl.office.sealing.snapshot import standings
from fazhi_xl.office.workspace.archive import READ_ONLY, remove
from fazhi_xl.office.workspace.folder import REPORT_FILE, Json, Workspace, json_bytes, reading, writing
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.program import program_digest, program_version
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.office.workspace.recorded_folder import digest, read_entries, read_record, stored
from fazhi_xl.reports.media.titles import state
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import OpenMatter, by_kind
from fazhi_xl.text.identity_numbers import without_identity_numbers

RESULTS = "结果"
_BEGUN = ".tmp"
_NAMED = 3
_CLOSED_FOLDER = 0o555


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOrder:
    """What is sealed: the round as it was collected; `earlier` is the round it is compared with, `sources` where the returns lay."""

    name: str
    by: str
    round_: Round
    now: datetime
    earlier: Path | None = None
    sources: tuple[Path, ...] = ()


def seal(space: Workspace, order: SealOrder, progress: Progress) -> Sealed:
    """Seal the results that a collect has just written, and say so.

    Raises WrongUseError where anything is open, the name is used, nothing differs from the edition before, or files cannot be written:
    then nothing is left of it.
    """
    with locked(space, "定稿", progress):
        editions = read_editions(space)
        _refuse(space, order, editions)
        _clear(space)
        remember_all(space, editions)
        sealed = _made(space, order, editions)
    progress.say(f"已定稿:{space.sealed / sealed.folder}({len(sealed.files) + 2}个文件,只读)。")
    return sealed


def names_used(space: Workspace) -> tuple[tuple[int, str], ...]:
    """Give the numbers and names of the editions there are."""
    return tuple((each.no, each.name) for each in read_editions(space).sealed)


# What keeps a round from being sealed ---------------------------------------------------------------------------------


def _refuse(space: Workspace, order: SealOrder, editions: Editions) -> None:
    round_ = order.round_
    refuse_used(order.name, ((each.no, each.name) for each in editions.sealed))
    if editions.unread:
        raise WrongUseError("\n".join((*editions.faults, "先前的定稿读不出来,不能另出一稿。请照上面恢复,再运行一次。")))
    if changed := tuple(record_faults(space, editions.sealed)):
        raise WrongUseError("\n".join(changed))
    if round_.open or round_.unsealed or not round_.official:
        raise WrongUseError("\n".join(_unsettled(space, round_)))
    if not round_.scored:
        raise WrongUseError("没有一个单位有总分,没有定稿。请收到表、审核以后再定稿。")
    if round_.sealed and round_.sealed.same:
        same = f"和{round_.sealed.called}相比没有变化,没有另出一稿。"
        raise WrongUseError(f"{same}得分、名次、采用的报送、审核决定和口径都和定稿时一样。请接着用那一稿。")
    if stored(space.results / REPORT_FILE) != digest(json_bytes(report(round_))):
        raise WrongUseError(f"{space.results / REPORT_FILE} 在收表以后又变了,没有定稿。请再运行一次。")


def _unsettled(space: Workspace, round_: Round) -> Iterator[str]:
    """Say all that is open, by its kinds, and what to do."""
    yield f"还没有定完,没有定稿:现在是{state(round_)}{',定稿以前还有要办的' if round_.official else ''}。"
    matters = (*round_.open, *round_.unsealed)
    for kind, own in by_kind(matters).items():
        yield f"  {kind.word}{len(own)}项:{_first(own)}"
    if matters:
        yield f"请在 {space.review / BOOK} 里逐项定下({space.results / RANKING_FILE} 的“未定清单”列出每一项),再运行一次。"
    else:
        yield "还没有可以正式排名的单位:先收表、审核,成了正式排名再定稿。"


def _first(matters: tuple[OpenMatter, ...]) -> str:
    return "、".join(each.named for each in matters[:_NAMED]) + ("等" if len(matters) > _NAMED else "")


# The edition ----------------------------------------------------------------------------------------------------------


def _made(space: Workspace, order: SealOrder, editions: Editions) -> Sealed:
    """Write an edition beside its place, and rename it once it is whole and on the disk."""
    files = dict(_files(space, order))
    sealed = _described(space, order, editions, {path: digest(data) for path, data in files.items()})
    about = about_text(order.round_, sealed)
    sealed = replace(sealed, files={**sealed.files, ABOUT: digest(about)})
    data = sealed.data
    files |= {ABOUT: about, TOLD: data, MANIFEST: sealed.manifest(data)}
    place = space.sealed / sealed.folder
    begun = space.sealed / f".{sealed.folder}{_BEGUN}"
    space.make(space.sealed)
    try:
        with writing(begun):
            _write(begun, files)
            rename(begun, place)
            settle(space.sealed)
    except BaseException:
        with suppress(WrongUseError):
            remove(begun)
        raise
    with suppress(OSError):
        place.chmod(_CLOSED_FOLDER)
    remember(space, sealed, data)
    return sealed


def _files(space: Workspace, order: SealOrder) -> Iterator[tuple[str, bytes]]:
    """Read all that goes into an edition, but for what tells of it. Raises WrongUseError for what cannot be read."""
    for path, file in (*_results(space), *grounds(space, order.round_.notice, order.earlier)):
        with reading(file):
            yield path, file.read_bytes()
    yield from addresses(space, order.round_)


def _results(space: Workspace) -> Iterator[tuple[str, Path]]:
    """List the results that a collect wrote, but for what is sent back to units."""
    names = [RANKING_FILE, REPORT_FILE, EVIDENCE_FILE]
    for folder in sorted(space.results.iterdir()):
        if folder.is_dir() and folder != space.corrections:
            own = {*read_record(folder), *read_entries(folder / PRINTED, lambda held: held)}
            names += [f"{folder.name}/{name}" for name in sorted(own)]
    for name in names:
        if (space.results / name).is_file():
            yield f"{RESULTS}/{name}", space.results / name


def _described(space: Workspace, order: SealOrder, editions: Editions, files: Mapping[str, str]) -> Sealed:
    round_, before = order.round_, editions.newest
    with reading(record_file(space)):
        lines = lines_of(record_file(space).read_bytes() if record_file(space).exists() else b"")
    return Sealed(
        no=before.no + 1 if before else 1,
        name=order.name,
        by=order.by.strip(),
        sealed=order.now.isoformat(timespec="seconds"),
        generated=round_.generated.isoformat(timespec="seconds"),
        about=_about(order),
        returns=tuple(map(_sealed_return, _with_digest(round_.files))),
        record=SealedRecord(count=len(lines), sha256=digest_of(lines), last=link_of(lines)),
        readings={each.key: each.chosen for each in round_.notice.readings},
        units=standings(round_),
        missing=tuple(unit.unit for unit in round_.missing),
        to_correct=round_.to_correct,
        before=Before(no=before.no, name=before.name, manifest=_manifest(before)) if before else None,
        changes=round_.sealed.differences if round_.sealed else (),
        files=files,
    )


def _about(order: SealOrder) -> Json:
    """Say what other programs need of the round, under the keys of `edition.ABOUT_KEYS`."""
    round_ = order.round_
    return {
        "basis": round_.basis.value,
        "round": round_.identity,
        "campaign": round_.notice.campaign,
        "year": round_.notice.about.year,
        "title": round_.notice.about.short_title,
        "edition": round_.version,
        "rehearsal": bool(round_.mark),
        "program": {"version": program_version(), "digest": program_digest()},
        "catalogue": catalogue_digest(round_.notice),
        "sources": [str(path) for path in order.sources],
        "compared": f"{FOLDER}/{EARLIER}/{REPORT_FILE}" if order.earlier else None,
    }


def _with_digest(files: Iterable[FileResult]) -> Iterator[FileResult]:
    return (file for file in files if file.sha256)


def _sealed_return(file: FileResult) -> SealedReturn:
    return SealedReturn(
        path=without_identity_numbers(file.path),
        sha256=file.sha256,
        unit=file.unit,
        status=file.status.value,
        received=str(file.received),
        admitted=not any(found.code is Code.AFTER_SEALING for found in file.findings),
    )


def _manifest(before: Sealed) -> str:
    """Give the SHA-256 of the manifest that an edition was sealed with, whatever stands there now."""
    return digest(before.manifest(before.data))


# On disk --------------------------------------------------------------------------------------------------------------


def _write(begun: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder, read-only and down to the disk. Raises OSError."""
    begun.mkdir()
    for name, data in files.items():
        path = begun / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(READ_ONLY)
    folders = [Path(base) for base, *_ in os.walk(begun, topdown=False)]
    for folder in folders:
        settle(folder)
        if folder != begun:  # which is renamed first
            folder.chmod(_CLOSED_FOLDER)


def _clear(space: Workspace) -> None:
    """Remove what a run left that was killed. Raises WrongUseError where that cannot be done."""
    for left in space.sealed.glob(f".*{_BEGUN}"):
        if left.is_dir():
            remove(left)
