"""Where a return came from, compared with whose form it is: folder, file name and sender. A difference is asked about; the form decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.owner import units_in
from fazhi_xl.text.characters import folded_width

_NUMBER = re.compile(r"^(\d{1,3})[\s_.、-]*")
_OF_MAIL = frozenset({DayBasis.SERVER, DayBasis.MAIL})  # neither corrected nor confirmed by the office
_PACKAGE = re.compile(r"\.(?:zip|eml)(?:#\d+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The units' short names by each of their names and by their mail addresses, their numbers, and the notice that names them.

    An address may be several units'; `listed` says that the office keeps a list of addresses, in which a sender should be.
    """

    notice: Notice
    names: Mapping[str, str]
    numbers: Mapping[str, int]
    mails: Mapping[str, frozenset[str]]
    listed: bool = False

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


def origins(notice: Notice, contacts: Contacts | None = None) -> Origins:
    """Give what is known of the units by the notice and by the office's list of contacts."""
    listed = contacts.units_of if contacts else {}
    printed = {address.lower(): frozenset({unit.short}) for unit in notice.units for address in unit.mail}
    return Origins(
        notice=notice,
        names={name: unit.short for name, unit in notice.units_by_name.items()},
        numbers={unit.short: unit.no for unit in notice.units},
        mails={each: printed.get(each, frozenset()) | listed.get(each, frozenset()) for each in (*printed, *listed)},
        listed=bool(listed),
    )


def posted(files: Iterable[FileResult], known: Origins) -> Iterator[FileResult]:
    """Give the files with the unit that is known by their sender's address, where that is one unit's alone."""
    for file in files:
        owners = known.mails.get(file.sender, frozenset())
        yield replace(file, posted_by=next(iter(owners))) if len(owners) == 1 else file


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
    yield from _sender_doubts(arrival, unit, known)
    yield from _postmark_doubts(arrival, unit)


def _sender_doubts(arrival: Arrival, unit: Unit, known: Origins) -> Iterator[Finding]:
    owners = known.mails.get(arrival.sender, frozenset())
    if owners and unit.short not in owners:
        named = "、".join(each.short for each in known.notice.units if each.short in owners)
        yield finding(Code.SENDER_DIFFERS, value=arrival.sender, unit=unit.short, named=named)
    elif arrival.sender and known.listed and not owners:
        yield finding(Code.SENDER_UNKNOWN, value=arrival.sender, unit=unit.short)


def _postmark_doubts(arrival: Arrival, unit: Unit) -> Iterator[Finding]:
    """Ask about a sender whom the office's own mail server does not believe, and about times that cannot both be right."""
    mark = arrival.postmark
    if mark and mark.failed:
        detail = "、".join(each.upper() for each in mark.failed)
        yield finding(Code.SENDER_UNVERIFIED, value=arrival.sender, unit=unit.short, detail=detail)
    if mark and mark.doubtful and mark.claimed and arrival.basis in _OF_MAIL:
        by_server = arrival.basis is DayBasis.SERVER
        yield finding(
            Code.MAIL_TIMES_DIFFER,
            value=f"{mark.claimed:%Y-%m-%d %H:%M}",
            day=f"{mark.received.astimezone():%Y-%m-%d %H:%M}",
            kept="服务器收到的时间" if by_server else "邮件上写的时间",
        )
