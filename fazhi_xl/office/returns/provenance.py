"""Where a return came from, against whose form it is: its folder, its file's name and its sender. None of them is believed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.form.manifest import file_stem
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice, Unit

_NUMBER = re.compile(r"^\d{1,3}[\s_.、-]*")
_PACKAGE = re.compile(r"\.(?:zip|eml)(?:#\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The units' short names by what names them: their names of every sort, the beginnings of their files' names, their addresses."""

    names: Mapping[str, str]
    stems: Mapping[str, str]
    mails: Mapping[str, str]

    def folder_of(self, name: str) -> str | None:
        """Give the unit that a folder's whole name is of, its number or an archive's ending left out."""
        plain = _PACKAGE.sub("", unicodedata.normalize("NFKC", name).strip())
        return self.names.get(plain) or self.names.get(_NUMBER.sub("", plain))


def origins(notice: Notice) -> Origins:
    return Origins(
        names={name: unit.short for name, unit in notice.units_by_name.items()},
        stems={file_stem(unit): unit.short for unit in notice.units},
        mails={address.lower(): unit.short for unit in notice.units for address in unit.mail},
    )


def folders(path: str) -> tuple[str, ...]:
    """Give the folders, archives and mails that a file lies in, the outermost first."""
    return PurePosixPath(path).parts[:-1]


def is_package(name: str) -> bool:
    """Tell an archive or a mail by its name."""
    return bool(_PACKAGE.search(name))


def origin_doubts(arrival: Arrival, unit: Unit, known: Origins) -> Iterator[Finding]:
    """Ask where name, folder or sender point to another unit than the form does."""
    name = PurePosixPath(arrival.path).name
    others = [short for stem, short in known.stems.items() if stem in name and short != unit.short]
    if others and file_stem(unit) not in name:
        yield finding(Code.FILE_NAME_DIFFERS, value=name, unit=unit.short, named=others[0])
    owners = {folder: owner for folder in folders(arrival.path) if (owner := known.folder_of(folder))}
    if owners and unit.short not in owners.values():
        folder, owner = next(reversed(owners.items()))
        yield finding(Code.FOLDER_DIFFERS, value=folder, unit=unit.short, named=owner)
    owner = known.mails.get(arrival.sender, unit.short)
    if owner != unit.short:
        yield finding(Code.SENDER_DIFFERS, value=arrival.sender, unit=unit.short, named=owner)
