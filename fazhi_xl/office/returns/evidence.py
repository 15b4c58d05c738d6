"""The evidence beside a return: folders named by item, as the notice asks, and whether what the ledger lists lies in them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, Place, Severity, Topic, finding
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.open import Return
from fazhi_xl.office.returns.provenance import Origins, folders, is_package, origins
from fazhi_xl.rounds.status import Status

# `6`, `06`, `第6项`, `6.行政应诉`, `6 行政应诉`, `6行政应诉`; no day or month, and no number of something
_ITEM = re.compile(r"第?0?(\d{1,2})(?:$|项|[\s._、-]+(?!\d)|(?![\d\s._、年月日号份个次批点-]))")
_SUB_POINT = re.compile(r"第?0?(\d{1,2}\.\d{1,2})(?!\d)")
# What may be a form that was hurt on its way is asked for again, wherever it lies.
_HURT = frozenset(
    {
        Code.FILE_EMPTY, Code.FILE_DAMAGED, Code.FILE_ENCRYPTED, Code.FILE_UNSAFE, Code.FILE_READER_STOPPED, Code.FILE_UNREADABLE,
        Code.FILE_CHANGING, Code.FILE_VANISHED,
    }
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?|ftp|file):|www\.|pan\.baidu|^[a-z]:[\\/]|^\\\\", re.IGNORECASE)
_REFERENCE = re.compile(r"^[详请]?(?:见|参见|查看)|^同上|网盘|云盘")
_PARTED = re.compile(r"[、;,；，\n]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def evidence_places(notice: Notice) -> Callable[[str], bool]:
    """Give the test of whether a path leads through a folder that is named by an item."""
    known, numbers = origins(notice), {item.no for item in notice.items}
    return lambda path: any(_is_item(name, known, numbers, notice.sub_points) for name in folders(path))


def _is_item(name: str, known: Origins, numbers: set[int], sub_points: Mapping[str, object]) -> bool:
    plain = unicodedata.normalize("NFKC", name).strip()
    item, sub_point = _ITEM.match(plain), _SUB_POINT.match(plain)
    numbered = bool(item and int(item[1]) in numbers) or bool(sub_point and sub_point[1] in sub_points)
    return numbered and known.folder_of(name) is None


def without_evidence(returns: Iterable[Return], is_evidence: Callable[[str], bool]) -> list[Return]:
    """Take what lies in items' folders and is nobody's form for evidence."""
    return [_as_evidence(each) if is_evidence(each.arrival.path) and _is_no_form(each) else each for each in returns]


def _is_no_form(each: Return) -> bool:
    fatal = {known.code for known in each.findings if known.severity is Severity.FATAL}
    forms = {code for code in fatal if code.topic in {Topic.IDENTITY, Topic.FORM}} - {Code.FORM_UNKNOWN}
    return each.status is Status.REJECTED and not fatal & _HURT and not forms


def _as_evidence(each: Return) -> Return:
    return replace(each, book=None, status=Status.IGNORED, findings=(finding(Code.EVIDENCE_FILE),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What came together: the evidence by its path, and the units whose returns lie in a folder, archive or mail."""

    evidence: tuple[str, ...]
    owners: Mapping[str, frozenset[str]]
    origins: Origins

    def beside(self, each: Return) -> frozenset[str]:
        """Give the names of the evidence that came with a return, with and without their endings; none where it is not sure."""
        root = _root(each, self.origins)
        if not root or len(self.owners[root]) > 1:
            return frozenset()
        names = [_plain(path) for path in self.evidence if path.startswith(f"{root}/")]
        return frozenset([*names, *(_ENDING.sub("", name) for name in names)])


def packages(returns: Iterable[Return], notice: Notice) -> Packages:
    every, known = tuple(returns), origins(notice)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        if each.unit:
            owners[_root(each, known)].add(each.unit)
    kept = (each.arrival.path for each in every if any(found.code is Code.EVIDENCE_FILE for found in each.findings))
    units = {root: frozenset(own) for root, own in owners.items()}
    return Packages(evidence=tuple(kept), owners=units, origins=known)


def _root(each: Return, known: Origins) -> str:
    """Give the unit's own folder, or the archive or mail, that a return lies in: the nearest; else simply its folder."""
    around = folders(each.arrival.path)
    for depth in range(len(around), 0, -1):
        if is_package(around[depth - 1]) or known.folder_of(around[depth - 1]) == each.unit:
            return "/".join(around[:depth])
    return "/".join(around)


def evidence_doubts(each: Return, came: Packages) -> Iterator[Finding]:
    """Ask about the evidence that the ledger lists and nobody can look at."""
    if each.answers is None:
        return
    beside = came.beside(each)
    for key, field in each.answers.shape.fields.items():
        listed = each.answers.values.get(key)
        if field.column == ledger.FILE and isinstance(listed, str):
            yield from _listed(each, field, listed, beside)


def _listed(each: Return, field: Field, listed: str, beside: frozenset[str]) -> Iterator[Finding]:
    found = each.located.cells.get(field.key) if each.located else None
    place = Place(sheet=found.sheet, cell=found.cell, field=field.key) if found else Place(field=field.key)
    if _is_elsewhere(unicodedata.normalize("NFKC", listed).strip()):
        yield finding(Code.EVIDENCE_ELSEWHERE, place, value=listed, row=field.row)
    elif beside:
        for name in _names(listed):
            if _plain(name) not in beside:
                yield finding(Code.EVIDENCE_NOT_THERE, place, value=name, row=field.row)


def _is_elsewhere(listed: str) -> bool:
    return bool(_ADDRESS.search(listed) or (_REFERENCE.search(listed) and not _ENDING.search(listed)))


def _names(listed: str) -> list[str]:
    """Part a list of files; a name may hold the same marks, so each part has to end as a file does."""
    parts = [part.strip() for part in _PARTED.split(listed) if part.strip()]
    return parts if all(map(_ENDING.search, parts)) else [listed.strip()]


def _plain(name: str) -> str:
    """Give a file's name as it is compared: without folders, spaces, brackets for titles, case and width."""
    last = PurePosixPath(unicodedata.normalize("NFKC", name).replace("\\", "/")).name
    return re.sub(r"[\s《》“”\"]", "", last).lower()
