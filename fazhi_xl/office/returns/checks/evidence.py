"""Evidence against the ledger: whether the files that 台账目录 lists came, and lie in their items' folders."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath

from fazhi_xl.answers.normalise import clean
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.office.returns.checks.opened_evidence import shown, some
from fazhi_xl.office.returns.evidence_owners import ENDING, Evidence, names_in
from fazhi_xl.office.returns.stages import AnsweredReturn
from fazhi_xl.rounds.evidence import Came, Document, EvidenceFile, of_one_row
from fazhi_xl.text.characters import folded_width

_ADDRESS = re.compile(r"(?:https?|ftp|file):|www\.|pan\.baidu|^[a-z]:[\\/]|^\\\\", re.IGNORECASE)
_SUB_POINT = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}(?!\d)")
_REFERENCE = re.compile(r"^[详请]?(?:见|参见|查看)|^同上|网盘|云盘")


def documents(each: AnsweredReturn, came: Evidence) -> Iterator[Document]:
    """Give what a return's ledger lists, file by file, each with what came of it."""
    values = each.answers.values
    for row, prefilled in _ledger_rows(each.form.shape):
        if values.get(f"{row}.{ledger.TITLE}") or values.get(f"{row}.{ledger.FILE}"):
            code = prefilled or ledger.sub_point_in(_text(values.get(f"{row}.{ledger.FOR}")))
            yield from of_one_row(_of_row(each, row, code, came))


@lru_cache(maxsize=64)
def _ledger_rows(shape: Shape) -> tuple[tuple[str, str], ...]:
    """Give the rows of a form's ledger, each with the sub-point that it was issued for, blank where the unit says which."""
    prefilled = ledger.prefilled(shape)
    rows = dict.fromkeys(field.row for field in shape.fields.values() if ledger.is_row(field.row))
    return tuple((row, prefilled.get(row, "")) for row in rows)


def _of_row(each: AnsweredReturn, row: str, code: str, came: Evidence) -> Iterator[Document]:
    title, sort, dated, listed, pages = (
        each.answers.values.get(f"{row}.{column}")
        for column in (ledger.TITLE, ledger.SORT, ledger.DATED, ledger.FILE, ledger.PAGES)
    )
    named = _text(listed)
    for name in names_in(named) if named else [""]:
        what, files = _found(name, code, each.unit, came)
        item = code.partition(".")[0]
        right = tuple(file for file in files if item in file.items)
        yield Document(
            row=row,
            sub_point=code,
            came=what,
            title=_text(title),
            sort=_text(sort),
            dated=dated if isinstance(dated, date) else None,
            pages=int(pages) if isinstance(pages, int) else None,
            name=name,
            paths=tuple(file.path for file in right or files),
            misplaced=bool(item and files and not right),
            seen=tuple(file.seen for file in right or files),
        )


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _found(name: str, code: str, unit: str, came: Evidence) -> tuple[Came, tuple[EvidenceFile, ...]]:
    plain = folded_width(name).strip()
    if not plain:
        return Came.UNNAMED, ()
    if _ADDRESS.search(plain) or (_REFERENCE.search(plain) and not ENDING.search(plain)):
        return Came.ELSEWHERE, ()
    files = nearest(name, code, came.called(name, unit))
    if files:
        return (Came.HERE if files[0].unit else Came.SHARED), files
    return (Came.MISSING if unit in came.sent_by else Came.NOT_SENT), ()


def nearest(name: str, code: str, files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """Give those of a unit's files of a listed name that are meant, for the sub-point or the item of this code.

    They are at the very path that is listed, else in the folder of the sub-point, else in the item's, and of these, exactly of the name,
    as far as any are. A path that names a sub-point's folder never means a file in another sub-point's.
    """
    parts = _parts(name)
    folder = next((found[0] for part in parts[:-1] if (found := _SUB_POINT.match(part))), "")
    left = tuple(each for each in files if not folder or folder in each.codes or not _sub_points(each))
    item = code.partition(".")[0]
    for meant in (
        lambda each: len(parts) > 1 and _same_place(_parts(each.path), parts),
        lambda each: code in each.codes,
        lambda each: item in each.items and not _sub_points(each),
        lambda each: item in each.items,
        lambda each: _same_name(_parts(each.path)[-1], parts[-1]),
    ):
        left = tuple(filter(meant, left)) or left
    return left


def _parts(path: str) -> tuple[str, ...]:
    return tuple(clean(part) for part in PurePosixPath(folded_width(path).replace("\\", "/")).parts)


def _sub_points(each: EvidenceFile) -> tuple[str, ...]:
    return tuple(code for code in each.codes if "." in code)


def _same_place(path: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    return path[:-1][1 - len(listed) :] == listed[:-1] and _same_name(path[-1], listed[-1])


def _same_name(name: str, listed: str) -> bool:
    return listed in {name, ENDING.sub("", name)}


def evidence_doubts(each: AnsweredReturn, listed: tuple[Document, ...], came: Evidence) -> Iterator[Finding]:
    """Report what is no file's name, what did not come though the unit's evidence did, and what lies in another folder."""
    right = {path for document in listed if not document.misplaced for path in document.paths}
    for document in listed:
        # What is in its place for another row is one document for several items.
        once = replace(document, misplaced=document.misplaced and not right.issuperset(document.paths))
        yield from _doubts(each, once)
    yield from _empty_folders(each, listed, came)
    yield from _astray(each, listed, came)


def _doubts(each: AnsweredReturn, document: Document) -> Iterator[Finding]:
    place, name, row = _place(each, document), document.name, document.row
    if document.came is Came.ELSEWHERE:
        yield finding(Code.EVIDENCE_ELSEWHERE, place, value=name, row=row)
    elif document.came is Came.MISSING:
        yield finding(Code.EVIDENCE_NOT_THERE, place, value=name, row=row)
    # A form of an earlier edition may have sent folders by the numbers of its day.
    elif document.came is Came.HERE and document.misplaced and not each.older:
        where = str(PurePosixPath(document.paths[0]).parent).removeprefix(".") or "最外层"
        yield finding(Code.EVIDENCE_MISPLACED, place, value=name, row=row, kept=where, number=_item(document))


def _empty_folders(each: AnsweredReturn, listed: tuple[Document, ...], came: Evidence) -> Iterator[Finding]:
    """Report each item with documents whose files are not named, where the unit sent evidence and nothing of that item.

    Where a named file of the item is missing or lies elsewhere, that is told already.
    """
    if each.unit not in came.sent_by or each.older:
        return
    unnamed = {_item(document): document for document in reversed(listed) if document.came is Came.UNNAMED}
    told = {_item(document) for document in listed if document.came is Came.MISSING or document.misplaced}
    for item, document in reversed(unnamed.items()):
        if item and item not in told and not came.in_item(item, each.unit):
            yield finding(Code.EVIDENCE_FOLDER_EMPTY, _place(each, document, ledger.TITLE), number=item)


def _astray(each: AnsweredReturn, listed: tuple[Document, ...], came: Evidence) -> Iterator[Finding]:
    """Report a unit's files in folders that name no item, and that no row names: nobody knows what they are for.

    Of what lies beside the form itself, as a note or a picture of the signature does, nothing is asked.
    """
    named = {path for document in listed for path in document.paths}
    beside = PurePosixPath(each.arrival.path).parent
    lost = [
        file
        for file in came.files
        if file.unit == each.unit
        and file.astray
        and file.path not in named
        and PurePosixPath(file.path).parent != beside
    ]
    if lost:
        yield finding(Code.EVIDENCE_ASTRAY, value=some([shown(file.path) for file in lost]), count=len(lost))


def _item(document: Document) -> str:
    return document.sub_point.partition(".")[0]


def _place(each: AnsweredReturn, document: Document, column: str = ledger.FILE) -> Place:
    key = f"{document.row}.{column}"
    found = each.located.cells.get(key)
    return Place(sheet=found.sheet, cell=found.cell, field=key) if found else Place(field=key)
