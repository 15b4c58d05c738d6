"""可用性: whether each paper of a package opens with what reads it.

The returns and the evidence are read as any that come back, when the ranking is made anew; one that was damaged when it came is so
still, and the edition says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from fazhi_xl.bounded.children import end_children
from fazhi_xl.evidence.inspect import inspect
from fazhi_xl.evidence.xml import ForbiddenXmlError, read_xml
from fazhi_xl.office.archiving.contents import DAMAGED, PAPER, Contents
from fazhi_xl.office.archiving.layout import AGAIN, PRINTED
from fazhi_xl.office.archiving.opened import UNREADABLE, Package
from fazhi_xl.office.archiving.prints import claims_pdf_a
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read

_ALL = Bounds(rows=20_000, columns=1_000, sheets=200)


def papers_of(contents: Contents) -> tuple[str, ...]:
    """Name the files that are opened: all but the returns and the books that decisions were taken from."""
    returned = f"{AGAIN}/{contents.again.returns}/" if contents.again else f"{AGAIN}/"
    return tuple(
        path for path in contents.digests if not path.startswith((returned, f"{AGAIN}/存档/")) and _reader(path)
    )


def forms_of(contents: Contents) -> tuple[str, ...]:
    """Name the units' forms that count and lie there by themselves, for which no password is needed."""
    if contents.sealed is None or contents.again is None:
        return ()
    stored = {row.path: row.stored for row in contents.rows}
    paths = (stored.get(f"{contents.again.returns}/{unit.file}", "") for unit in contents.sealed.units if unit.file)
    return tuple(path for path in paths if path in contents.digests)


def usable_troubles(
    package: Package, contents: Contents, track: Callable[[Iterable[str]], Iterable[str]]
) -> Iterator[Trouble]:
    """Name every paper that does not open, and every PDF that does not say that it is PDF/A-2b."""
    for path in sorted(filter(_reader, contents.unread)):
        yield Trouble(check=Check.USABLE, wrong=Wrong.CLOSED, path=path, detail=Wrong.UNREAD.word)
    try:
        for path in track(papers_of(contents)):
            yield from _paper(package, path)
    finally:
        end_children()
    if contents.again is None or not contents.again.locked:
        for path in forms_of(contents):
            yield from _opened(package, path, _book)


def _paper(package: Package, path: str) -> Iterator[Trouble]:
    opens = _reader(path)
    if opens is None:
        return
    yield from _opened(package, path, opens)
    if path.startswith(f"{PRINTED}/") and path.endswith(".pdf") and not claims_pdf_a(package.read(path, PAPER)):
        yield Trouble(check=Check.USABLE, wrong=Wrong.NOT_PDF_A, path=path)


def _opened(package: Package, path: str, opens: Callable[[bytes], str]) -> Iterator[Trouble]:
    try:
        why = opens(package.read(path, PAPER))
    except (*UNREADABLE, *DAMAGED, ExpatError, ForbiddenXmlError, RejectedError) as error:
        why = str(error) if isinstance(error, RejectedError) else type(error).__name__
    if why:
        yield Trouble(check=Check.USABLE, wrong=Wrong.CLOSED, path=path, detail=why)


def _reader(path: str) -> Callable[[bytes], str] | None:
    """Give what opens a file by its name, and says why it does not open; None for what has no reader."""
    return _READERS.get(PurePosixPath(path).suffix.lower())


def _book(data: bytes) -> str:
    read(data, bounds=_ALL)
    return ""


def _pages(data: bytes) -> str:
    seen = inspect(data)
    return seen.fault.word if seen.fault else ""


def _json(data: bytes) -> str:
    json.loads(data)
    return ""


def _lines(data: bytes) -> str:
    for line in data.decode().splitlines():
        json.loads(line)
    return ""


def _xml(data: bytes) -> str:
    read_xml(data)
    return ""


def _text(data: bytes) -> str:
    data.decode()
    return ""


_READERS: dict[str, Callable[[bytes], str]] = {
    ".xlsx": _book, ".pdf": _pages, ".docx": _pages, ".json": _json, ".jsonl": _lines, ".xml": _xml,
    ".txt": _text, ".toml": _text,
}  # fmt: skip
