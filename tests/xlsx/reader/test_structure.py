from __future__ import annotations

import codecs
from zipfile import ZipInfo

import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader import Bounds, RawBook, RawSheet, RejectedError, read
from fazhi_xl.xlsx.reader.model import SheetState
from tests.xlsx.reader.crafted import (
    BOOK,
    BOOK_RELS,
    MAIN,
    PACKAGE,
    RELATIONS,
    ROOT_RELS,
    SHEET,
    STRICT,
    STRICT_RELATIONS,
    STRINGS,
    TYPES,
    with_rows,
    workbook,
    worksheet,
    zipped,
)

ONE = (RawCell("表", 1, 1, CellKind.NUMBER, "1", formula=False),)
BOOK_PART = "xl/workbook.xml"
BOOK_RELS_PART = "xl/_rels/workbook.xml.rels"


def book(inner: str = "", sheets: str = '<sheet name="表" sheetId="1" r:id="r1"/>', before: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{before}<sheets>{sheets}</sheets>{inner}</workbook>'


def prefixed(xml: str) -> str:
    """Write every element with the prefix `x:`."""
    return xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")


def strict(xml: str) -> str:
    return xml.replace(MAIN, STRICT).replace(RELATIONS, STRICT_RELATIONS)


def wps() -> bytes:
    """Make a package as WPS saves it: one date for all, folders as entries, no shared strings."""
    parts: list[tuple[str, str]] = [
        ("_rels/", ""), ("xl/", ""), ("xl/_rels/", ""), ("xl/worksheets/", ""),
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT_RELS),
        (BOOK_PART, book(before='<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>')),
        (BOOK_RELS_PART, BOOK_RELS),
        (SHEET, worksheet('<row r="1" spans="1:1"><c r="A1"><v>1</v></c></row>').replace(
            "<sheetData", '<dimension ref="A1"/><sheetData', 1)),
        ("docProps/app.xml", "<Properties><Application>Microsoft Excel</Application></Properties>"),
    ]  # fmt: skip
    return zipped(*((ZipInfo(name, (2012, 7, 2, 9, 52, 14)), content) for name, content in parts))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(workbook(), id="plain"),
        pytest.param(wps(), id="WPS"),
        pytest.param(
            workbook(
                {
                    BOOK_PART: strict(BOOK),
                    BOOK_RELS_PART: strict(BOOK_RELS),
                    SHEET: strict(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')),
                    "_rels/.rels": strict(ROOT_RELS),
                }
            ),
            id="strict",
        ),
        pytest.param(
            workbook(
                {SHEET: prefixed(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')), BOOK_PART: prefixed(BOOK)}
            ),
            id="prefixed",
        ),
        pytest.param(
            workbook({BOOK_RELS_PART: BOOK_RELS.replace('"worksheets', '"/xl/worksheets')}), id="absolute target"
        ),
        pytest.param(
            workbook({BOOK_RELS_PART: BOOK_RELS.replace("worksheets/", "WorkSheets/S").replace("Ssheet", "SHEET")}),
            id="upper case",
        ),
        pytest.param(
            workbook({BOOK_RELS_PART: BOOK_RELS.replace("worksheets/", "./x/../worksheets\\")}), id="odd target"
        ),
        pytest.param(
            workbook(
                {
                    BOOK_RELS_PART: BOOK_RELS.replace("sheet1", "sheet%201"),
                    SHEET: None,
                    "xl/worksheets/sheet 1.xml": worksheet("<row><c><v>1</v></c></row>"),
                }
            ),
            id="escaped target",
        ),
        pytest.param(workbook({"_rels/.rels": None}), id="no package relationships"),
        pytest.param(
            workbook(
                {
                    "_rels/.rels": ROOT_RELS.replace("workbook", "workbook22"),
                    BOOK_PART: None,
                    BOOK_RELS_PART: None,
                    "xl/workbook22.xml": BOOK,
                    "xl/_rels/workbook22.xml.rels": BOOK_RELS,
                }
            ),
            id="another workbook part",
        ),
        pytest.param(
            workbook({SHEET: codecs.BOM_UTF8 + worksheet("<row><c><v>1</v></c></row>").encode()}), id="byte order mark"
        ),
        pytest.param(
            workbook(
                {
                    SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + worksheet("<row><c><v>1</v></c></row>")).encode(
                        "utf-16"
                    )
                }
            ),
            id="UTF-16",
        ),
        pytest.param(
            workbook({SHEET: "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"}),
            id="no namespace",
        ),
        pytest.param(
            workbook({"xl/styles.xml": "broken <", "docProps/core.xml": "broken <", "xl/theme/theme1.xml": "<"}),
            id="broken metadata",
        ),
        pytest.param(
            with_rows("\n" * 100_000 + '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 900_000), id="white space"
        ),
    ],
)
def test_packages_are_read_as_clients_write_them(data: bytes) -> None:
    """Namespaces, prefixes, targets, encodings and missing parts, as clients write them, make no difference."""
    read_book = read(data)

    assert read_book.cells == ONE
    assert read_book.formulas_known


def test_backslash_names_are_paths() -> None:
    """Part names with backslashes, as some programs write them, are found."""
    data = zipped(
        ("[Content_Types].xml", TYPES),
        ("_rels\\.rels", ROOT_RELS),
        ("xl\\workbook.xml", BOOK),
        ("xl\\_rels\\workbook.xml.rels", BOOK_RELS),
        ("xl\\worksheets\\sheet1.xml", worksheet("<row><c><v>1</v></c></row>")),
    )

    assert read(data).cells == ONE


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ("visible", "visible"),
        ("hidden", "hidden"),
        ("veryHidden", "veryHidden"),
        ("VeryHidden", "veryHidden"),
        ("odd", "visible"),
    ],
)
def test_states(stated: str, state: str) -> None:
    """A sheet is visible, hidden or very hidden."""
    data = workbook({BOOK_PART: book(sheets=f'<sheet name="表" sheetId="1" state="{stated}" r:id="r1"/>')})

    assert read(data).sheets[0].state == state


@pytest.mark.parametrize(
    ("after", "protected"),
    [
        ('<sheetProtection sheet="1" objects="1"/>', True),
        ('<sheetProtection password="CC1A" sheet="true"/>', True),
        ('<sheetProtection selectLockedCells="1"/>', False),
        ('<sheetProtection sheet="0"/>', False),
        ("", False),
    ],
)
def test_protection(after: str, protected: bool) -> None:  # noqa: FBT001 - a column of the table
    """A sheet is protected only where it says so; the bare element is what WPS leaves of a protection."""
    assert read(with_rows("", after)).sheets[0].protected is protected


def test_merges() -> None:
    """Merged ranges are listed as they are written."""
    book_read = read(
        with_rows("", '<mergeCells count="2"><mergeCell ref="A1:L1"/><mergeCell ref="C3:C9"/></mergeCells>')
    )

    assert book_read.sheets[0].merges == ("A1:L1", "C3:C9")


def test_names_of_the_workbook() -> None:
    """Names of the whole workbook are given with their references, names of single sheets are not."""
    names = (
        "<definedNames><definedName name='任务区'>'任务分解表'!$D$7</definedName>"
        "<definedName name='x' hidden='1'>#REF!</definedName>"
        "<definedName name='任务区' localSheetId='0'>Sheet2!$A$1</definedName></definedNames>"
    )

    assert read(workbook({BOOK_PART: book(names)})).names == {"任务区": "'任务分解表'!$D$7", "x": "#REF!"}


@pytest.mark.parametrize(("stated", "is_1904"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_dates_from_1904(stated: str, is_1904: bool) -> None:  # noqa: FBT001 - a column of the table
    """A workbook says whether its days are counted from 1904."""
    assert read(workbook({BOOK_PART: book(before=f'<workbookPr date1904="{stated}"/>')})).date1904 is is_1904


@pytest.mark.parametrize(
    ("data", "client"),
    [
        (wps(), "WPS"),
        (workbook({BOOK_PART: book(before='<fileVersion appName="Calc"/>')}), "LibreOffice"),
        (workbook({"docProps/app.xml": "<Properties><Application>SheetJS</Application></Properties>"}), "SheetJS"),
        (workbook({"docProps/app.xml": "<Properties/>"}), ""),
        (workbook({"docProps/app.xml": "<"}), ""),
        (workbook(), ""),
    ],
)
def test_client_is_guessed(data: bytes, client: str) -> None:
    """The client that saved last is guessed by its fingerprint first, since it keeps the name of an earlier one."""
    assert read(data).client == client


def several(names: list[str]) -> bytes:
    """Make a workbook of several sheets with their numbers in A1."""
    sheets = "".join(f'<sheet name="{name}" sheetId="{place}" r:id="s{place}"/>' for place, name in enumerate(names))
    links = "".join(
        f'<Relationship Id="s{place}" Type="{RELATIONS}/worksheet" Target="worksheets/{place}.xml"/>'
        for place in range(len(names))
    )
    return workbook(
        {
            BOOK_PART: book(sheets=sheets),
            BOOK_RELS_PART: f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            **{
                f"xl/worksheets/{place}.xml": worksheet(f"<row><c><v>{place}</v></c></row>")
                for place in range(len(names))
            },
        }
    )


def test_sheets_keep_their_order() -> None:
    """Sheets come in the order of the workbook, cells with the name of their sheet."""
    read_book = read(several(["乙", "甲"]))

    assert [sheet.name for sheet in read_book.sheets] == ["乙", "甲"]
    assert [cell[::4] for cell in read_book.cells] == [("乙", "0"), ("甲", "1")]


def test_all_sheets_share_the_bound_of_cells() -> None:
    """The bound of cells is that of the workbook."""
    with pytest.raises(RejectedError) as refusal:
        read(several(["甲", "乙", "丙"]), bounds=Bounds(cells=2))

    assert "单元格过多" in refusal.value.finding.message


def test_sheets_beyond_the_bound_are_listed() -> None:
    """Sheets after the bound are listed and marked, and their cells are not read."""
    read_book = read(several(["甲", "乙"]), bounds=Bounds(sheets=1))

    assert [(sheet.name, sheet.cut) for sheet in read_book.sheets] == [("甲", False), ("乙", True)]
    assert [cell[0] for cell in read_book.cells] == ["甲"]


def test_the_whole_value() -> None:
    """Reading gives one plain value."""
    assert read(workbook()) == RawBook(
        kind="xlsx", sheets=(RawSheet(name="表", state=SheetState.VISIBLE, protected=False, merges=()),), cells=ONE
    )


@pytest.mark.parametrize(
    ("part", "content", "detail"),
    [
        (SHEET, f'<worksheet xmlns="{MAIN}"><sheetData><row>', "工作表“表”读不出来"),
        (SHEET, "", "工作表“表”读不出来"),
        (SHEET, b"\x00\x01", "工作表“表”读不出来"),
        (STRINGS, "<sst><si>", "文字表读不出来"),
        (STRINGS, "", "文字表读不出来"),
    ],
)
def test_broken_parts_are_damage(part: str, content: str | bytes, detail: str) -> None:
    """A part that is not whole makes the file damaged, and the message names it."""
    with pytest.raises(RejectedError) as refusal:
        read(workbook({part: content}))

    assert refusal.value.finding.code == "file-damaged"
    assert detail in refusal.value.finding.message
