"""What a ranking was made from, besides the returns and the evidence: kept in each edition under 依据/, byte for byte.

The returns are in 回收/ and, by their SHA-256, in 存档/; an edition names them and holds none. The key of the round is in no edition.
Of the contacts an edition has the units' addresses alone, and those only where a return came by mail: an edition is handed on, and no
ranking depends on who has which telephone number.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fazhi_xl.intake.arrival import is_litter
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.source import FILES
from fazhi_xl.office.history.earlier_answers import RESULTS, existing
from fazhi_xl.office.review.records import COPIES
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.office.workspace.progress import Nobody
from fazhi_xl.office.workspace.recorded_folder import RECORD
from fazhi_xl.rounds.round import Round

FOLDER = "依据"
CATALOGUE = "目录"
EARLIER = "上期"
_NONE_OF_IT = frozenset({"联系人.xlsx", "差异.xlsx"})  # personal, or read by no collect
_READ = frozenset({".json", ".jsonl", ".xlsx"})  # a list of passwords, which may lie there too, is none of these

Places = Iterator[tuple[str, Path]]
"""Where a file stands in the edition, and where it is had."""


def grounds(space: Workspace, notice: Notice, earlier: Path | None) -> Places:
    """List the office's own files that a collect reads: registers, review books and the record, the catalogue, records of mail and answers.

    `earlier` is the round that was compared with, where there was one.
    """
    for path in _files(space):
        yield f"{FOLDER}/{path.relative_to(space.root).as_posix()}", path
    yield from ((f"{FOLDER}/{CATALOGUE}/{name}", path) for name, path in catalogue(notice))
    if earlier:
        report = earlier if earlier.is_file() else existing(earlier, RESULTS)
        yield f"{FOLDER}/{EARLIER}/{REPORT_FILE}", report


def addresses(space: Workspace, round_: Round) -> Iterator[tuple[str, bytes]]:
    """Give the units' addresses, where the office keeps any and a return came by mail: no person, telephone number or setting."""
    if not (space.contacts_file.exists() and any(file.sender for file in round_.files)):
        return
    from fazhi_xl.office.contacts.read import read_contacts  # noqa: PLC0415 - few rounds need its library
    from fazhi_xl.office.contacts.write import addresses_book  # noqa: PLC0415

    book = addresses_book(round_.notice, read_contacts(space, round_.notice, Nobody()).contacts)
    yield f"{FOLDER}/{space.contacts_file.name}", book


def catalogue(notice: Notice) -> Places:
    """List the files of the catalogue, by their paths within it."""
    for file in (*(notice.folder / name for name in FILES), *sorted(notice.folder.glob("items/*.toml"))):
        if file.is_file():
            yield file.relative_to(notice.folder).as_posix(), file


def _files(space: Workspace) -> Iterator[Path]:
    sent_back = space.corrections / RECORD
    found = (
        *(path for path in space.root.iterdir() if path.suffix in _READ),
        *space.review.rglob("*"),
        *space.mail.glob("*.jsonl"),
        *(path for path in space.archive.rglob("*.jsonl") if COPIES not in path.relative_to(space.archive).parts),
        sent_back,
    )
    for path in sorted(found):
        if path.is_file() and path.name not in _NONE_OF_IT and not (path.name.startswith(".") or is_litter(path.name)):
            yield path
