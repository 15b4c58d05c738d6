"""Faults 118, 121 and 122: numbers whose format shows something else, days counted from 1904, cells that only have a format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from random import Random

import pytest
from _pytest.mark import ParameterSet
from openpyxl.workbook import Workbook

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from fazhi_xl.form.expression import serial
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.xlsx.reader import read
from tests.faults.entries import (
    ASKED,
    COUNT,
    DAY,
    DEGREE,
    FINE,
    MONEY,
    NAME,
    NOTED,
    REMARK,
    SCORE,
    SHAPE,
    YES_NO,
    cell,
    changed,
    good,
)
from tests.faults.fault import PATH, Fault, Found, assert_fault
from tests.support.binary import xls, xlsb
from tests.support.edits import edited, part_of, with_parts
from tests.support.offices import Office
from tests.support.opendocument import ods
from tests.support.packages import Package, letters
from tests.support.progress import Silent

CONVERTED: Found = ("file-converted", None)
OLD_MAC: Found = ("old-mac-dates", None)
SINCE_1904 = 1462
Look = tuple[str, float, str]
# A field, the number in it, and the number's format.
Convert = Callable[[bytes], bytes]
dice = Random(118)


def a_day() -> date:
    return date(2020, 1, 1) + timedelta(dice.randrange(366))


def place(field: str) -> CellPlace:
    at = SHAPE.places[field]
    return at.sheet, at.row, at.column


# 118: numbers under formats -----------------------------------------------------------------------------------------


def looking(*looks: Look) -> Convert:
    """Put numbers under their formats into a workbook."""

    def edit(book: Workbook) -> None:
        for field, number, code in looks:
            held = book[SHAPE.places[field].sheet][cell(field)]
            held.value, held.number_format = number, code

    return lambda workbook: edited(workbook, edit)


def with_numbers(workbook: bytes, numbers: Mapping[str, float]) -> tuple[list[str], list[RawCell]]:
    """Give the sheets and the cells of a workbook, with other numbers in some fields."""
    book, put = read(workbook), {place(field): number for field, number in numbers.items()}
    kept = [each for each in book.cells if each.place not in put and each.text]
    typed = [RawCell(*at, CellKind.NUMBER, str(number), formula=False) for at, number in put.items()]
    return [sheet.name for sheet in book.sheets], [*kept, *typed]


def in_xls(*looks: Look) -> Convert:
    formats = {place(field): code for field, _, code in looks}
    return lambda workbook: xls(*with_numbers(workbook, {field: no for field, no, _ in looks}), formats=formats)


def in_ods(field: str, number: float, seen: str) -> Convert:
    return lambda workbook: ods(*with_numbers(workbook, {field: number}), shown={place(field): seen})


def looks(spoil: Callable[..., Convert], status: str, *each: tuple[Look, str]) -> Fault:
    """Make the fault of numbers under formats, each with the code of what is said of it; blank where nothing is."""
    order = sorted(each, key=lambda one: list(SHAPE.fields).index(one[0][0]))
    found = [(code, cell(field)) for (field, _, _), code in order if code]
    convert = spoil(*each[0][0]) if spoil is in_ods else spoil(*(one for one, _ in each))
    return changed(118, f"{spoil.__name__} {each}", convert, status, *([CONVERTED] * (spoil is not looking)), *found)


WORDED = (REMARK, NAME, "联络.分管领导.姓名", "台账.002.名称", "联络.分管领导.职务")
AS_SEEN = (
    "yyyy/m/d", 'yyyy"年"m"月"d"日"', 'm"月"d"日"', "[$-804]yyyy-mm-dd;@", '[DBNum1]yyyy"年"m"月"d"日"', "aaaa", "mmm-yy",
    "yyyy/m/d h:mm", '"苏政发"00000', '0"号"', "0%", '00"-"000', '"是";"否"',
)  # fmt: skip
UNTOLD = ("[h]:mm", "[DBNum2]0", "# ?/?", "# ??/??", '0.0,"万元"', "0.00E+00", '[>9]"多";"少"', ";;;", 'gge"年"')
NUMBERS: tuple[tuple[str, tuple[tuple[Look, str], ...]], ...] = (
    (NOTED, (((COUNT, 5, "yyyy/m/d"), "number-shown-as"), ((MONEY, 8.5, "[h]:mm"), "number-shown-as"))),
    (FINE, (((COUNT, 5, '"第"0"次"'), ""), ((MONEY, 8.5, '0.00"万元"'), ""), ((DAY, 44140, 'm"月"d"日"'), ""))),
    (NOTED, (((SCORE, 1, "0%"), "display-disguised"),)),
    (NOTED, (((YES_NO, 1, '"是";"否";"否"'), "value-normalised"),)),
    (ASKED, (((DEGREE, 2, '"部分"'), "choice-near"), ((DAY, 44136, 'yyyy"年"m"月"'), "date-without-day"))),
)


def under_formats() -> Iterator[Fault]:
    for at in range(0, len(AS_SEEN), 5):
        worded = zip(WORDED, AS_SEEN[at : at + 5], strict=False)
        yield looks(looking, NOTED, *(((field, serial(a_day()), code), "value-normalised") for field, code in worded))
    for at in range(0, len(UNTOLD), 5):
        strange = zip(WORDED, UNTOLD[at : at + 5], strict=False)
        number = dice.randrange(1, 9) + 0.5
        yield looks(looking, NOTED, *(((field, number, code), "number-under-format") for field, code in strange))
    yield from (looks(looking, status, *each) for status, each in NUMBERS)
    yield from (looks(in_xls, NOTED if status == FINE else status, *each) for status, each in NUMBERS[1:])
    told = [code for code in AS_SEEN if "mm-dd" not in code]  # in .xls days come as that already
    worded = zip(WORDED, dice.sample(told, 5), strict=True)
    yield looks(in_xls, NOTED, *(((field, serial(a_day()), code), "value-normalised") for field, code in worded))
    number = dice.randrange(10, 99)
    for seen, field in zip((f"苏政发0{number}", f"第{number}号", f"{number}件"), WORDED, strict=False):
        yield looks(in_ods, NOTED, ((field, number, seen), "value-normalised"))


# 121: days counted from 1904 ----------------------------------------------------------------------------------------


def from_1904(workbook: bytes) -> tuple[list[str], list[RawCell]]:
    """Give sheets and cells with the days' numbers counted from 1904, under the general format."""
    names, cells = with_numbers(workbook, {})
    days = {place(key) for key, field in SHAPE.fields.items() if field.key.endswith("日期")}
    return names, [
        each._replace(text=str(int(each.text) - SINCE_1904)) if each.place in days else each for each in cells
    ]


def in_xlsx(workbook: bytes) -> bytes:
    parts = Package(workbook).parts
    book = re.sub(rb"<workbookPr[^>]*/>", b'<workbookPr date1904="1"/>', parts["xl/workbook.xml"])
    counted = with_parts(workbook, {"xl/workbook.xml": book})
    _, cells = from_1904(workbook)
    days = {at: int(each.text) for each in cells for at in [each.place] if at in DAYS}
    return looking(*((DAYS[at], number, "General") for at, number in days.items()))(counted)


DAYS = {place(key): key for key in SHAPE.fields if key.endswith("日期")}
COUNTED: Mapping[str, Convert] = {
    ".xlsx": in_xlsx,
    ".xls": lambda workbook: xls(*from_1904(workbook), from_1904=1),
    ".xls with formats": lambda workbook: xls(
        *from_1904(workbook), from_1904=1, formats=dict.fromkeys(DAYS, "yyyy/m/d")
    ),
    ".ods": lambda workbook: ods(*from_1904(workbook), first_day="1904-01-01"),
}


def since_1904() -> Iterator[Fault]:
    for what, convert in COUNTED.items():
        found = [
            *[CONVERTED] * (what != ".xlsx"),
            *[OLD_MAC] * (what != ".xls with formats"),
        ]  # there the days are told as days
        changes = {f"台账.{no:03d}.日期": a_day() for no in range(1, 4)}
        yield changed(121, what, convert, NOTED, *found, changes=changes)


# 122: cells that only have a format ---------------------------------------------------------------------------------


def styled(workbook: bytes, made: str, rows: range, last: int) -> bytes:
    """Format whole rows of every sheet from the form's edge to a column."""
    parts = Package(workbook).parts
    names = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    addresses = [letters(column) for column in range(40, last + 1)]

    def wider(row: re.Match[str]) -> str:
        number = int(row[1])
        run = "".join(made.format(f"{column}{number}") for column in addresses) if number in rows else ""
        return f"{row[0].removesuffix('</row>')}{run}</row>"

    rewritten = (
        re.sub(r'<row r="(\d+)"[^>]*>.*?</row>', wider, parts[name].decode(), flags=re.DOTALL) for name in names
    )
    return with_parts(workbook, {name: text.encode() for name, text in zip(names, rewritten, strict=True)})


def to_the_end(workbook: bytes) -> bytes:
    """Format whole columns of a sheet down to its last row."""
    name = part_of(workbook, SHAPE.places[NAME].sheet)
    rows = "".join(f'<row r="{no}"><c r="A{no}" s="1"/><c r="D{no}" s="1"/></row>' for no in range(400, 1_048_577))
    text = Package(workbook).parts[name].decode().replace("</sheetData>", f"{rows}</sheetData>")
    return with_parts(workbook, {name: text.encode()})


BLANK = ('<c r="{}" s="1"/>', "<c r='{}' s='1'></c>", '<c r="{}" s="1"><v></v></c>', '<c r="{}"><v/></c>\n')


def only_formats() -> Iterator[Fault]:
    for made in BLANK:
        first, last = dice.randrange(1, 9), dice.choice((1_024, 8_000, 16_384))
        rows = range(first, first + dice.randrange(18, 24))
        spoil = partial(styled, made=made, rows=rows, last=last)
        yield changed(122, f"{made} {rows} {last}", spoil, FINE)
    yield changed(122, "down to the last row", to_the_end, FINE)


FAULTS: tuple[Fault, ...] = (*under_formats(), *since_1904(), *only_formats())


def cases() -> Iterator[ParameterSet]:
    """Leave the rows that are formatted to a sheet's last columns to the exhaustive run: the others go far enough."""
    for fault in FAULTS:
        marks = (pytest.mark.exhaustive,) if fault.what.endswith((" 8000", " 16384")) else ()
        yield pytest.param(fault, id=str(fault), marks=marks)


@pytest.mark.parametrize("fault", tuple(cases()))
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """What a number looks like is recorded or asked about, days are the same days, and formats alone cost nothing."""
    assert_fault(office, fault, times)


def values(office: Office, workbook: bytes) -> Mapping[str, object]:
    """Give what is recorded of a return."""
    office.receive(PATH, workbook)
    (file,) = read_returns(issued_round(office.notice, office.space), Sources(), Silent()).files
    assert file.answers
    return file.answers.values


SEEN: tuple[tuple[float, str, str], ...] = (
    (44140, "yyyy/m/d", "2020/11/5"),
    (44140, '[DBNum1]yyyy"年"m"月"d"日"', "二〇二〇年十一月五日"),
    (44140.375, "m-d h:mm", "11-5 9:00"),
    (7, '"苏政发"000', "苏政发007"),
    (0.95, "0%", "95%"),
)


@pytest.mark.parametrize("convert", [looking, in_xls])
def test_what_was_seen_is_recorded(office: Office, convert: Callable[..., Convert]) -> None:
    """The text that is recorded is the one that the person saw, in .xlsx and in .xls."""
    looks = [(f"台账.{no:03d}.名称", number, code) for no, (number, code, _) in enumerate(SEEN, 1)]
    held = values(office, convert(*looks)(good(office)))
    assert [held[field] for field, _, _ in looks] == [seen for _, _, seen in SEEN]


@pytest.mark.parametrize(
    "convert", [*COUNTED.values(), lambda book: xlsb(*with_numbers(book, {}))], ids=[*COUNTED, ".xlsb"]
)
def test_days_stay_the_same(office: Office, convert: Convert) -> None:
    """From whichever year a program counts, the day is the one that was entered."""
    days = {f"台账.{no:03d}.日期": a_day() for no in range(1, 5)}
    held = values(office, convert(good(office, days)))
    assert {field: held[field] for field in days} == days
