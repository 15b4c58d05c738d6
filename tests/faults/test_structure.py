"""Faults 47 to 66: what people do to rows, columns and sheets, and to what is locked."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.faults.entries import ASKED, COUNT, FINE, LEDGER, MAIN, NOTED, SHAPE, cell, changed
from tests.faults.fault import PATH, Expected, Fault, assert_fault
from tests.support.edits import edited, in_book, moved, with_cells, with_parts, without_protection
from tests.support.offices import Office
from tests.support.packages import Package
from tests.support.returns import Typed

COPY = f"{MAIN} Copy"
INDEX = "法治环境指数"
ROW, COLUMN = SHAPE.places[COUNT].row, SHAPE.places[COUNT].column
OTHER = SHAPE.places["15.2.宪法.填报"]
LAST = max(place.row for place in SHAPE.places.values() if place.sheet == MAIN)
SHEETS = tuple(sheet.name for sheet in SHAPE.sheets)


def below(row: int, column: int) -> tuple[int, int]:
    """Insert a row under the count."""
    return (row + (row > ROW), column)


def deleted(row: int, column: int) -> tuple[int, int] | None:
    return None if row == ROW else (row - (row > ROW), column)


def widened(row: int, column: int) -> tuple[int, int]:
    """Insert two columns before the inputs."""
    return (row, column + 2 * (column >= COLUMN))


def sorted_rows(good: bytes) -> bytes:
    """Exchange two whole rows; names stay where they were, as when a client sorts."""
    names = Package(good).parts["xl/workbook.xml"]
    other = {ROW: OTHER.row, OTHER.row: ROW}
    return with_parts(moved(good, MAIN, lambda row, column: (other.get(row, row), column)), {"xl/workbook.xml": names})


def merged(good: bytes) -> bytes:
    """Merge the inputs of two rows, as somebody does who has unlocked the sheet: the lower one's value is gone."""
    area = f"C{OTHER.row}:C{OTHER.row + 1}"
    return edited(without_protection(good, MAIN), lambda book: book[MAIN].merge_cells(area))


def unmerged(book: Workbook) -> None:
    for area in list(book[MAIN].merged_cells.ranges):
        book[MAIN].unmerge_cells(str(area))


def renamed(good: bytes) -> bytes:
    return in_book(good, MAIN, "Sheet1")


def reordered(good: bytes) -> bytes:
    return in_book(good, r"(<sheets>)(.*?/>)(.*)(</sheets>)", r"\1\3\2\4")


def copied(book: Workbook) -> None:
    book.copy_worksheet(book[MAIN])


def blank_copy(book: Workbook) -> None:
    copied(book)
    for key, place in SHAPE.places.items():
        if place.sheet == MAIN and key in SHAPE.fields:
            book[COPY][place.cell] = None


def other_copy(book: Workbook) -> None:
    copied(book)
    book[COPY][cell(COUNT)] = 6


def with_more_sheets(book: Workbook) -> None:
    book.create_sheet("草稿")["A1"] = "5"
    book.create_sheet("Sheet1")


def one_sheet(name: str, office: Office) -> bytes:
    """Keep one sheet, as offices do that fill in one each."""
    from tests.faults.entries import good  # noqa: PLC0415

    def keep(book: Workbook) -> None:
        for each in book.sheetnames:
            if each != name:
                del book[each]

    return edited(good(office), keep)


def retyped(office: Office) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.create_sheet("自评", 0).append(["法治建设自评表", "法律八进活动", 5, "次"])
    book.save(out)
    office.receive(PATH, out.getvalue())


def far_away(good: bytes) -> bytes:
    """Leave a value in the last cell there is."""
    return with_cells(good, {(MAIN, "XFD1048576"): Typed("n", "1")})


def shown(good: bytes) -> bytes:
    return in_book(good, f'(name="{INDEX}"[^>]*) state="[a-z]+"', r'\1 state="hidden"')


def protections(book: Workbook) -> None:
    for sheet in book:
        sheet.protection.disable()


FAULTS: tuple[Fault, ...] = (
    changed(47, "a row inserted", lambda good: moved(good, MAIN, below), FINE),
    changed(
        47,
        "a row inserted and filled in",
        lambda good: with_cells(
            moved(good, MAIN, below),
            {(MAIN, f"B{ROW + 1}"): Typed("s", "其他活动"), (MAIN, f"C{ROW + 1}"): Typed("n", "3")},
        ),
        NOTED,
        ("stray-values", f"B{ROW + 1}"),
    ),
    changed(
        47,
        "filled in there and not in the input",
        lambda good: with_cells(
            moved(good, MAIN, below), {(MAIN, cell(COUNT)): Typed("s", ""), (MAIN, f"C{ROW + 1}"): Typed("n", "3")}
        ),
        ASKED,
        ("value-beside", cell(COUNT)),
    ),
    changed(48, "a row deleted", lambda good: moved(good, MAIN, deleted), ASKED, ("row-missing", None)),
    changed(49, "whole rows sorted", sorted_rows, NOTED, ("codes-moved", f"C{ROW}")),
    changed(
        50,
        "one column sorted",
        lambda good: with_cells(
            without_protection(good, MAIN),
            {(MAIN, OTHER.cell): Typed("n", "7"), (MAIN, cell(COUNT)): Typed("n", "6")},
        ),
        NOTED,
        ("protection-removed", None),
    ),
    changed(51, "columns inserted", lambda good: moved(good, MAIN, widened), FINE),
    changed(53, "inputs merged", merged, ASKED, ("protection-removed", None), ("input-merged", f"C{OTHER.row + 1}")),
    changed(53, "titles unmerged", lambda good: edited(good, unmerged), FINE),
    changed(54, "a sheet renamed", renamed, NOTED, ("sheet-renamed", None)),
    changed(55, "sheets in another order", reordered, FINE),
    changed(
        56, "a sheet deleted", lambda good: edited(good, lambda book: book.remove(book[LEDGER])), ASKED,
        ("sheet-missing", None),
    ),
    changed(
        56, "a sheet without inputs deleted", lambda good: edited(good, lambda book: book.remove(book[INDEX])), FINE
    ),
    changed(57, "a sheet copied", lambda good: edited(good, copied), NOTED, ("sheet-passed-over", None)),
    changed(57, "a blank copy", lambda good: edited(good, blank_copy), NOTED, ("sheet-passed-over", None)),
    changed(57, "a copy that differs", lambda good: edited(good, other_copy), ASKED, ("sheet-copied", cell(COUNT))),
    changed(58, "sheets added", lambda good: edited(good, with_more_sheets), NOTED, ("sheets-extra", None)),
    changed(
        59,
        "sheets copied into a new book",
        lambda good: in_book(good, "<definedNames>.*</definedNames>", ""),
        NOTED,
        ("names-missing", None),
    ),
    Fault(
        no=60,
        what="a table of their own",
        receive=retyped,
        expect={PATH: Expected(status="rejected", found=(("form-unknown", None),), unit=None)},
    ),
    changed(
        62,
        "protection removed",
        lambda good: edited(good, protections),
        NOTED,
        ("protection-removed", None),
    ),
    changed(
        63,
        "points raised",
        lambda good: with_cells(good, {(MAIN, cell("15.6.分值")): Typed("n", "2")}),
        NOTED,
        ("locked-changed", cell("15.6.分值")),
    ),
    changed(
        63,
        "the wording changed",
        lambda good: with_cells(good, {(MAIN, cell("15.6.项目")): Typed("s", "每年开展“法律八进”活动不低于1次(1分)。")}),
        NOTED,
        ("locked-changed", cell("15.6.项目")),
    ),
    changed(
        63,
        "the office's own figure",
        lambda good: with_cells(good, {(MAIN, cell("20.7.不配合.填报")): Typed("n", "-1")}),
        NOTED,
        ("locked-changed", cell("20.7.不配合.填报")),
    ),
    changed(
        63,
        "locked text wiped",
        lambda good: with_cells(good, {(MAIN, cell("15.6.次数.单位")): Typed("s", "")}),
        NOTED,
        ("locked-changed", cell("15.6.次数.单位")),
    ),
    changed(
        63,
        "spaces, width and line ends are no change",
        lambda good: with_cells(
            good,
            {
                (MAIN, cell("15.6.项目")): Typed("s", " 每年开展“法律八进”活动\n不低于４次（１分）。"),
                (MAIN, cell("15.6.分值")): Typed("s", "1.00"),
            },
        ),
        FINE,
    ),
    changed(64, "a hidden sheet", shown, FINE),
    changed(65, "a value in the last cell there is", far_away, NOTED, ("cells-outside", None)),
    changed(
        66,
        "written beside a cell that was locked by pasting",
        lambda good: with_cells(good, {(MAIN, cell(COUNT)): Typed("s", ""), (MAIN, f"L{ROW}"): Typed("s", "5次")}),
        ASKED,
        ("value-beside", cell(COUNT)),
    ),
    changed(
        66,
        "written into a locked blank cell beside it",
        lambda good: with_cells(good, {(MAIN, cell(COUNT)): Typed("s", ""), (MAIN, f"F{ROW}"): Typed("s", "5次")}),
        ASKED,
        ("value-beside", cell(COUNT)),
    ),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)
