"""Evidence against the ledger: whether the files that 台账目录 lists came with the return."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.provenance import Origins, folders, is_package, origins
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile

_ADDRESS = re.compile(r"(?:https?|ftp|file):|www\.|pan\.baidu|^[a-z]:[\\/]|^\\\\", re.IGNORECASE)
_REFERENCE = re.compile(r"^[详请]?(?:见|参见|查看)|^同上|网盘|云盘")
_PARTED = re.compile(r"[、;,；，\n]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """Which files came together: the paths of the evidence, and by folder, archive or mail the units whose returns lie in it."""

    evidence: tuple[str, ...]
    owners: Mapping[str, frozenset[str]]
    origins: Origins

    def names_with(self, each: AnsweredReturn) -> frozenset[str]:
        """Give the names of the evidence that came with a return, with and without endings; none where its folder is several units'."""
        root = _root(each.arrival.path, each.unit, self.origins)
        if not root or len(self.owners[root]) > 1:
            return frozenset()
        names = [_plain(path) for path in self.evidence if path.startswith(f"{root}/")]
        return frozenset([*names, *(_ENDING.sub("", name) for name in names)])


def packages(returns: Iterable[AnsweredReturn | ClosedFile], notice: Notice) -> Packages:
    every, known = tuple(returns), origins(notice)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        if each.unit:
            owners[_root(each.arrival.path, each.unit, known)].add(each.unit)
    kept = (each.arrival.path for each in every if any(found.code is Code.EVIDENCE_FILE for found in each.findings))
    units = {root: frozenset(own) for root, own in owners.items()}
    return Packages(evidence=tuple(kept), owners=units, origins=known)


def _root(path: str, unit: str, known: Origins) -> str:
    """Give the unit's own folder, or the archive or mail, that a return lies in: the nearest; else simply its folder."""
    above = folders(path)
    for depth in range(len(above), 0, -1):
        if is_package(above[depth - 1]) or known.folder_of(above[depth - 1]) == unit:
            return "/".join(above[:depth])
    return "/".join(above)


def evidence_doubts(each: AnsweredReturn, came: Packages) -> Iterator[Finding]:
    """Report listed evidence that is an address or reference, or is not among the files that came with the return."""
    there = came.names_with(each)
    for key, field in each.form.shape.fields.items():
        listed = each.answers.values.get(key)
        if field.column == ledger.FILE and isinstance(listed, str):
            yield from _listed(each, field, listed, there)


def _listed(each: AnsweredReturn, field: Field, listed: str, there: frozenset[str]) -> Iterator[Finding]:
    found = each.located.cells.get(field.key)
    place = Place(sheet=found.sheet, cell=found.cell, field=field.key) if found else Place(field=field.key)
    plain = unicodedata.normalize("NFKC", listed).strip()
    if _ADDRESS.search(plain) or (_REFERENCE.search(plain) and not _ENDING.search(plain)):
        yield finding(Code.EVIDENCE_ELSEWHERE, place, value=listed, row=field.row)
    elif there:
        for name in _names(listed):
            if _plain(name) not in there:
                yield finding(Code.EVIDENCE_NOT_THERE, place, value=name, row=field.row)


def _names(listed: str) -> list[str]:
    """Split a list of files; a name may contain the separators, so it is split only where each part has a file's ending."""
    parts = [part.strip() for part in _PARTED.split(listed) if part.strip()]
    return parts if all(map(_ENDING.search, parts)) else [listed.strip()]


def _plain(name: str) -> str:
    """Give a file's name as it is compared: without folders, spaces, brackets for titles, case and width."""
    last = PurePosixPath(unicodedata.normalize("NFKC", name).replace("\\", "/")).name
    return re.sub(r"[\s《》“”\"]", "", last).lower()
