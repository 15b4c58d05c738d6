"""Folders that are named by an item or a sub-point: what lies in them is evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, Severity, Topic, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.provenance import Origins, origins
from fazhi_xl.office.returns.stages import ClosedFile, IdentifiedReturn
from fazhi_xl.office.workspace.editions import EarlierEdition
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.characters import folded_width

# `6`, `06`, `第6项`, `6.走访`, `6 走访`, `6走访`; no day or month, and no number of something
_ITEM = re.compile(r"第?0?(\d{1,2})(?:$|项|[\s._、-]+(?!\d)|(?![\d\s._、年月日号份个次批点-]))")
# `第十五项`; `一、组织领导` is a chapter of somebody's own
_WORDED = re.compile(r"第([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])项")
_DASHED = re.compile(r"第?0?(\d{1,2})-(\d{1,2})(?![\d-])")  # `15-2`; `11-18` may be a day
_MONTHS = 12
_ZIP = re.compile(r"\.zip(?:#\d+)?$", re.IGNORECASE)
_SUB_POINT = re.compile(r"第?0?(\d{1,2}\.\d{1,2})(?!\d)")
# A file that may be a form damaged on its way is asked for again, wherever it lies.
_DAMAGED = frozenset(
    {
        Code.FILE_EMPTY, Code.FILE_DAMAGED, Code.FILE_ENCRYPTED, Code.FILE_UNSAFE, Code.FILE_READER_STOPPED, Code.FILE_UNREADABLE,
        Code.ARCHIVE_DAMAGED, Code.FILE_CHANGING, Code.FILE_VANISHED, Code.FILE_FAILED, Code.FILE_NOT_DOWNLOADED, Code.FILE_REPACKED,
    }
)  # fmt: skip

# One that is called neither a workbook nor what may hold one is evidence that was hurt, and no form.
HURT = frozenset({
    Code.FILE_EMPTY, Code.FILE_DAMAGED, Code.ARCHIVE_DAMAGED, Code.FILE_ENCRYPTED, Code.FILE_UNSAFE, Code.FILE_READER_STOPPED,
})  # fmt: skip

# What may be evidence as well as a way to send a form is asked about, wherever it lies.
_PACKED = frozenset({
    Code.ARCHIVE_UNOPENED, Code.ARCHIVE_IN_ARCHIVE, Code.ARCHIVE_TOO_MUCH, Code.FILE_TOO_LARGE, Code.MAIL_UNOPENED,
    Code.MAIL_WITHOUT_ATTACHMENT, Code.MAILS_WITHOUT_ATTACHMENT, Code.MAIL_LINK_ONLY, Code.MAIL_LINK_BESIDE, Code.FILE_SEALED,
})  # fmt: skip

# What nobody here can see into may be a form where its name is a workbook's, or where it has lost its ending.
_OPAQUE = frozenset({Code.FILE_SEALED, Code.FILE_UNRECOGNISED})
_BOOK_ENDINGS = frozenset({"", ".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ett", ".ods", ".xltx", ".xlt", ".csv"})
_HOLDERS = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".001", ".eml", ".msg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFolders:
    """The numbers of items and the codes of sub-points by which folders are named; of no item where no evidence is asked for."""

    known: Origins
    items: frozenset[str] = frozenset()
    sub_points: frozenset[str] = frozenset()

    def code_of(self, folder: str) -> str | None:
        """Give the item's number or the sub-point's code that a folder is named by; None for any other folder."""
        plain = _in_digits(folded_width(folder).strip())
        item, sub_point = _ITEM.match(plain), _SUB_POINT.match(plain)
        if self.known.called(folder) is not None or self.known.numbered(folder):
            return None
        if sub_point and sub_point[1] in self.sub_points:
            return sub_point[1]
        return item[1] if item and item[1] in self.items else None

    def codes_of(self, arrival: Arrival) -> tuple[str, ...]:
        """Give the items and sub-points whose folders a file lies in, the outermost first; none for what is no evidence."""
        return tuple(code for place in arrival.above if (code := self.code_at(place, arrival)))

    def hold(self, arrival: Arrival) -> bool:
        """Say whether a file lies in a folder that is named by an item or a sub-point."""
        return bool(self.codes_of(arrival))

    def around(self, arrival: Arrival) -> tuple[str, ...]:
        """Give the folders, archives and mails that a file's outermost item folder lies in, or that the file itself lies in."""
        above = arrival.above
        first = next((no for no, place in enumerate(above) if self.code_at(place, arrival)), len(above))
        return above[:first]

    def code_at(self, place: str, arrival: Arrival) -> str | None:
        """Give what a folder is named by, or an archive that came within a unit's folder, an archive or a mail.

        The name of a mail is no item's, nor that of any other archive, whatever its number means.
        """
        if place in arrival.packages and not (_ZIP.search(place) and self._is_sent(place, arrival)):
            return None
        return self.code_of(PurePosixPath(place).name)

    def _is_sent(self, place: str, arrival: Arrival) -> bool:
        above = (each for each in arrival.above if place.startswith(f"{each}/"))
        return any(each in arrival.packages or self.known.folder_of(PurePosixPath(each).name) for each in above)


def _in_digits(folder: str) -> str:
    """Write a number in words in digits, and a sub-point with a dash with its full stop, where it can be no day."""
    dashed, worded = _DASHED.match(folder), _WORDED.match(folder)
    if dashed and int(dashed[1]) > _MONTHS:
        return f"{dashed[1]}.{dashed[2]}{folder[dashed.end() :]}"
    if worded:
        tens, ten, ones = worded[1].partition("十") if "十" in worded[1] else ("", "", worded[1])
        number = (_ones(tens) or 1) * 10 * bool(ten) + _ones(ones)
        return f"第{number}项{folder[worded.end() :]}"
    return folder


def _ones(numeral: str) -> int:
    return "零一二三四五六七八九".index(numeral) if numeral else 0


def item_folders(
    notice: Notice, earlier: Iterable[EarlierEdition] = (), contacts: Contacts | None = None
) -> ItemFolders:
    """Give the folders of today's items, and of those that earlier editions had; none where the notice asks for no evidence."""
    known = origins(notice, contacts)
    if not notice.about.texts.evidence:
        return ItemFolders(known=known)
    codes = {*notice.sub_points, *(code for edition in earlier for code in edition.sub_points)}
    numbers = {*(str(item.no) for item in notice.items), *(code.partition(".")[0] for code in codes)}
    return ItemFolders(known=known, items=frozenset(numbers), sub_points=frozenset(codes))


def without_evidence(
    returns: Iterable[IdentifiedReturn | ClosedFile], evidence: ItemFolders
) -> list[IdentifiedReturn | ClosedFile]:
    """Close the files in items' folders as evidence, except those that may be a form; of what may hold one it is said."""
    return [
        ClosedFile(arrival=each.arrival, status=Status.IGNORED, findings=(_evidence(each),))
        if isinstance(each, ClosedFile) and evidence.hold(each.arrival) and _is_no_form(each)
        else each
        for each in returns
    ]


def _evidence(each: ClosedFile) -> Finding:
    packed = [known for known in each.findings if known.code in _PACKED]
    return finding(Code.EVIDENCE_UNOPENED, value=packed[0].cause) if packed else finding(Code.EVIDENCE_FILE)


def _is_no_form(each: ClosedFile) -> bool:
    """Say whether a file can be no form: neither a damaged one nor one of another round or unit."""
    fatal = {known.code for known in each.findings if known.severity is Severity.FATAL}
    ending = PurePosixPath(each.arrival.path).suffix.lower()
    if ending not in _BOOK_ENDINGS | _HOLDERS and fatal <= HURT:
        return each.status is Status.REJECTED
    forms = {code for code in fatal if code.topic in {Topic.IDENTITY, Topic.FORM}} - {Code.FORM_UNKNOWN}
    hidden = bool(fatal & _OPAQUE) and ending in _BOOK_ENDINGS
    return each.status is Status.REJECTED and not fatal & _DAMAGED and not forms and not hidden
