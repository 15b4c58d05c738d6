"""完整性: whether all is there that the manifest, the metadata and the edition name, and nothing besides."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import PurePosixPath
from xml.parsers.expat import ExpatError

from fazhi_xl.evidence.xml import ForbiddenXmlError
from fazhi_xl.intake.arrival import is_litter
from fazhi_xl.office.archiving.authentic import record_of
from fazhi_xl.office.archiving.contents import DAMAGED, PAPER, Contents
from fazhi_xl.office.archiving.layout import AGAIN, METADATA, ORDER, README, TABLE
from fazhi_xl.office.archiving.metadata import read_counted
from fazhi_xl.office.archiving.opened import UNREADABLE, Package
from fazhi_xl.office.archiving.prints import is_printed, printed_name, printed_of
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.sealing.edition import TOLD
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.text.identity_numbers import without_identity_numbers

NEEDED = (README, METADATA, MANIFEST, ORDER, TABLE)


def complete_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    """Name all that is not there, or should not be."""
    there = package.sizes.keys()
    needed = (*NEEDED, *([f"{contents.edition}/{TOLD}"] if contents.edition else ["定稿"]))
    yield from (_trouble(Wrong.NEEDED, path) for path in needed if path not in there)
    yield from (_trouble(Wrong.MISSING, path) for path in contents.listed if path not in there and path not in needed)
    known = MANIFEST not in contents.unread  # else nothing is known of what it lists, which is told
    extra = there - contents.listed.keys() - {MANIFEST} if known else set[str]()
    yield from (_trouble(Wrong.EXTRA, path) for path in sorted(extra) if not is_litter(path))
    yield from _count_troubles(package)
    yield from _edition_troubles(contents)
    yield from _book_troubles(package, contents)


def litter_in(package: Package, contents: Contents) -> tuple[str, ...]:
    """Name the files that systems put beside others: they are none of the package, and no fault of it."""
    extra = package.sizes.keys() - contents.listed.keys() - {MANIFEST}
    return tuple(path for path in sorted(extra) if is_litter(path))


def _count_troubles(package: Package) -> Iterator[Trouble]:
    """Hold the number of files and bytes against the metadata's."""
    with suppress(*UNREADABLE, *DAMAGED, ExpatError, ForbiddenXmlError):
        wanted = read_counted(package.read(METADATA, PAPER))
        own = [size for path, size in package.sizes.items() if path != MANIFEST and not is_litter(path)]
        if (wanted.files, wanted.size) != (len(own), sum(own)):
            detail = f"元数据写{wanted.files}个文件{wanted.size}字节,包里{len(own)}个{sum(own)}字节"
            yield Trouble(check=Check.COMPLETE, wrong=Wrong.COUNT, path=METADATA, detail=detail)


def _edition_troubles(contents: Contents) -> Iterator[Trouble]:
    """Name the edition's files, the returns and the forms that are not there."""
    sealed, again = contents.sealed, contents.again
    if sealed is None:
        return
    here = contents.below(contents.edition).keys() | {
        path.removeprefix(f"{contents.edition}/") for path in contents.unread
    }
    yield from (_trouble(Wrong.NEEDED, f"{contents.edition}/{path}") for path in sealed.files if path not in here)
    if again is None or not contents.rows:
        return
    there = {row.stored for row in contents.rows} & (contents.digests.keys() | contents.unread)
    kept = {row.path for row in contents.rows if row.stored in there}
    kept_paths = {without_identity_numbers(path.removeprefix(f"{again.returns}/")) for path in kept}
    forms = {unit.file: unit.unit for unit in sealed.units if unit.file}
    for each in sealed.returns:
        if not _is_kept(each.path, kept_paths):
            wrong = Wrong.FORM if each.path in forms else Wrong.RETURN
            unit = forms.get(each.path, "")
            yield Trouble(check=Check.COMPLETE, wrong=wrong, path=f"{again.returns}/{each.path}", detail=unit)


def _is_kept(path: str, kept: AbstractSet[str]) -> bool:
    """Say whether a file of the returns is there: itself, what it came in, or the parts that it was put together of."""
    above = [path, *map(str, PurePosixPath(path).parents)]
    plain = path.partition("#")[0]
    folder = plain.removesuffix(PurePosixPath(plain).suffix)
    return any(each in kept for each in (*above, plain)) or any(
        each.startswith((f"{plain}/", f"{folder}/")) for each in kept
    )


def _book_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    """Name the review books that decisions were taken from and that are not there."""
    lines = record_of(package, contents) or ()
    for sha256 in dict.fromkeys(_book(line) for line in lines):
        if sha256 and sha256 not in contents.digests.values():
            yield _trouble(Wrong.BOOK, f"{AGAIN}/存档/{sha256}.xlsx")


def _book(line: bytes) -> str:
    with suppress(*DAMAGED):
        return str(json.loads(line)["sha256"])
    return ""


def print_troubles(package: Package, contents: Contents) -> Iterator[Trouble]:
    """Name the pages of the edition of which there is no PDF, where there is one of any."""
    if contents.sealed is None or not any(map(is_printed, package.sizes)):
        return
    for path in printed_of(contents.sealed.files):
        if printed_name(path) not in package.sizes:
            yield _trouble(Wrong.PRINT, f"{contents.edition}/{path}")


def _trouble(wrong: Wrong, path: str) -> Trouble:
    return Trouble(check=Check.COMPLETE, wrong=wrong, path=path)
