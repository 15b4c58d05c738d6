"""Packages for the archive to try things on: a few files under a manifest, spoilt in one byte or packed by another program."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from fazhi_xl.office.archiving.authentic import archive_troubles, digest_troubles
from fazhi_xl.office.archiving.complete import complete_troubles
from fazhi_xl.office.archiving.contents import look_through
from fazhi_xl.office.archiving.layout import README, Part
from fazhi_xl.office.archiving.opened import open_package
from fazhi_xl.office.archiving.trouble import Trouble, Wrong
from fazhi_xl.office.archiving.write import write_package

SMALL = {README: "给人看的。".encode(), "定稿/表.xlsx": b"PK" + bytes(range(60)), "重现/回收/空.txt": b""}


def packed(path: Path, files: Mapping[str, bytes] = SMALL) -> Path:
    """Write a package of these files, and its manifest."""
    write_package(path, [Part.of_bytes(name, data) for name, data in files.items()], _untracked)
    return path


def _untracked(parts: Iterable[Part]) -> Iterable[Part]:
    return parts


def zipped(path: Path, files: Mapping[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack files as another program does."""
    with zipfile.ZipFile(path, "w", way) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def unpacked(package: Path, folder: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


def flipped(data: bytes, at: int) -> bytes:
    """Give bytes with one bit of one of them changed."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def found(place: Path) -> tuple[Trouble, ...]:
    """Give all that is wrong with a package's names, bytes and files."""
    with open_package(place) as package:
        contents = look_through(package, iter)
        ours = archive_troubles(package)[1]
        own = (*package.troubles, *contents.troubles, *ours, *digest_troubles(contents))
        return tuple(dict.fromkeys((*own, *complete_troubles(package, contents))))


def named(place: Path) -> set[tuple[Wrong, str]]:
    """Give what is wrong with a package, and where; the papers that a package of a few files has not are no matter."""
    return {(each.wrong, each.path) for each in found(place) if each.wrong is not Wrong.NEEDED}
