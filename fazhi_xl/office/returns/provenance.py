"""Where a return came from, compared with whose form it is: folder, file name and sender. A difference is asked about; the form decides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, Severity, Topic, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.returns.stages import ClosedFile, IdentifiedReturn
from fazhi_xl.rounds.owner import units_in
from fazhi_xl.rounds.status import Status

_NUMBER = re.compile(r"^\d{1,3}[\s_.、-]*")
_PACKAGE = re.compile(r"\.(?:zip|eml)(?:#\d+)?$", re.IGNORECASE)
# `6`, `06`, `第6项`, `6.走访`, `6 走访`, `6走访`; no day or month, and no number of something
_ITEM = re.compile(r"第?0?(\d{1,2})(?:$|项|[\s._、-]+(?!\d)|(?![\d\s._、年月日号份个次批点-]))")
_SUB_POINT = re.compile(r"第?0?(\d{1,2}\.\d{1,2})(?!\d)")
# A file that may be a form damaged on its way is asked for again, wherever it lies.
_DAMAGED = frozenset(
    {
        Code.FILE_EMPTY, Code.FILE_DAMAGED, Code.FILE_ENCRYPTED, Code.FILE_UNSAFE, Code.FILE_READER_STOPPED, Code.FILE_UNREADABLE,
        Code.FILE_CHANGING, Code.FILE_VANISHED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The units' short names by each of their names and by their mail addresses, and the notice that names them."""

    notice: Notice
    names: Mapping[str, str]
    mails: Mapping[str, str]

    def called(self, name: str) -> str | None:
        """Give the unit that a folder is called by, apart from a leading number and an archive's ending; None where there is none."""
        plain = _PACKAGE.sub("", unicodedata.normalize("NFKC", name).strip())
        return self.names.get(plain) or self.names.get(_NUMBER.sub("", plain))

    def folder_of(self, name: str) -> str | None:
        """Give the one unit that a folder, an archive or a mail is called by, or names; None where it names none or several."""
        named = units_in(self.notice, name)
        return self.called(name) or (named[0] if len(named) == 1 else None)


def origins(notice: Notice) -> Origins:
    return Origins(
        notice=notice,
        names={name: unit.short for name, unit in notice.units_by_name.items()},
        mails={address.lower(): unit.short for unit in notice.units for address in unit.mail},
    )


def folders(path: str) -> tuple[str, ...]:
    """Give the folders, archives and mails that a file lies in, the outermost first."""
    return PurePosixPath(path).parts[:-1]


def is_package(name: str) -> bool:
    """Tell an archive or a mail by its name."""
    return bool(_PACKAGE.search(name))


def origin_doubts(arrival: Arrival, unit: Unit, known: Origins) -> Iterator[Finding]:
    """Give a finding where the file's name, a folder or the sender points to another unit than the form."""
    name = PurePosixPath(arrival.path).name
    named = units_in(known.notice, name)
    if named and unit.short not in named:
        yield finding(Code.FILE_NAME_DIFFERS, value=name, unit=unit.short, named="、".join(named))
    owners = {folder: owner for folder in folders(arrival.path) if (owner := known.folder_of(folder))}
    if owners and unit.short not in owners.values():
        folder, owner = next(reversed(owners.items()))
        yield finding(Code.FOLDER_DIFFERS, value=folder, unit=unit.short, named=owner)
    owner = known.mails.get(arrival.sender, unit.short)
    if owner != unit.short:
        yield finding(Code.SENDER_DIFFERS, value=arrival.sender, unit=unit.short, named=owner)


# Evidence ------------------------------------------------------------------------------------------------------------


def evidence_places(notice: Notice) -> Callable[[str], bool]:
    """Give the test of whether a path leads through a folder that is named by an item or a sub-point.

    Where the notice asks for no evidence a number names no item's folder.
    """
    if not notice.about.texts.evidence:
        return lambda _: False
    known, numbers = origins(notice), {item.no for item in notice.items}
    return lambda path: any(_is_item(name, known, numbers, notice.sub_points) for name in folders(path))


def _is_item(name: str, known: Origins, numbers: set[int], sub_points: Mapping[str, object]) -> bool:
    plain = unicodedata.normalize("NFKC", name).strip()
    item, sub_point = _ITEM.match(plain), _SUB_POINT.match(plain)
    numbered = bool(item and int(item[1]) in numbers) or bool(sub_point and sub_point[1] in sub_points)
    return numbered and known.called(name) is None


def without_evidence(
    returns: Iterable[IdentifiedReturn | ClosedFile], is_evidence: Callable[[str], bool]
) -> list[IdentifiedReturn | ClosedFile]:
    """Close the files in items' folders as evidence, except those that may be a form."""
    return [
        ClosedFile(arrival=each.arrival, status=Status.IGNORED, findings=(finding(Code.EVIDENCE_FILE),))
        if isinstance(each, ClosedFile) and is_evidence(each.arrival.path) and _is_no_form(each)
        else each
        for each in returns
    ]


def _is_no_form(each: ClosedFile) -> bool:
    """Say whether a file can be no form: neither a damaged one nor one of another round or unit."""
    fatal = {known.code for known in each.findings if known.severity is Severity.FATAL}
    forms = {code for code in fatal if code.topic in {Topic.IDENTITY, Topic.FORM}} - {Code.FORM_UNKNOWN}
    return each.status is Status.REJECTED and not fatal & _DAMAGED and not forms
