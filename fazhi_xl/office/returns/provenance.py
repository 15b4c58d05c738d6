"""Where a return came from, compared with whose form it is: folder, file name and sender. A difference is asked about; the form decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.rounds.owner import units_in
from fazhi_xl.text.characters import folded_width

_NUMBER = re.compile(r"^(\d{1,3})[\s_.、-]*")
_PACKAGE = re.compile(r"\.(?:zip|eml)(?:#\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The units' short names by each of their names and by their mail addresses, their numbers, and the notice that names them."""

    notice: Notice
    names: Mapping[str, str]
    numbers: Mapping[str, int]
    mails: Mapping[str, str]

    def called(self, name: str) -> str | None:
        """Give the unit that a folder is called by, apart from a leading number and an archive's ending; None where there is none."""
        plain = _PACKAGE.sub("", folded_width(name).strip())
        return self.names.get(plain) or self.names.get(_NUMBER.sub("", plain))

    def numbered(self, name: str) -> bool:
        """Say whether a folder bears a unit's number and names that unit: 02_人大常委会机关_台账."""
        number = _NUMBER.match(folded_width(name).strip())
        named = units_in(self.notice, name)
        return number is not None and len(named) == 1 and int(number[1]) == self.numbers[named[0]]

    def folder_of(self, name: str) -> str | None:
        """Give the one unit that a folder, an archive or a mail is called by, or names; None where it names none or several."""
        named = units_in(self.notice, name)
        return self.called(name) or (named[0] if len(named) == 1 else None)


def origins(notice: Notice) -> Origins:
    return Origins(
        notice=notice,
        names={name: unit.short for name, unit in notice.units_by_name.items()},
        numbers={unit.short: unit.no for unit in notice.units},
        mails={address.lower(): unit.short for unit in notice.units for address in unit.mail},
    )


def origin_doubts(arrival: Arrival, unit: Unit, known: Origins) -> Iterator[Finding]:
    """Give a finding where the file's name, a folder or the sender points to another unit than the form."""
    name = PurePosixPath(arrival.path).name
    named = units_in(known.notice, name)
    if named and unit.short not in named:
        yield finding(Code.FILE_NAME_DIFFERS, value=name, unit=unit.short, named="、".join(named))
    names = (PurePosixPath(place).name for place in arrival.above)
    owners = {folder: owner for folder in names if (owner := known.folder_of(folder))}
    if owners and unit.short not in owners.values():
        folder, owner = next(reversed(owners.items()))
        yield finding(Code.FOLDER_DIFFERS, value=folder, unit=unit.short, named=owner)
    owner = known.mails.get(arrival.sender, unit.short)
    if owner != unit.short:
        yield finding(Code.SENDER_DIFFERS, value=arrival.sender, unit=unit.short, named=owner)
