"""Parts that are written as usual are read by patterns, and give what the parser gives; all others are left to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from random import Random
from unittest.mock import patch

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from fazhi_xl.findings import Finding
from fazhi_xl.xlsx.reader import RawBook, RejectedError, read
from fazhi_xl.xlsx.reader.ooxml import outline, read_book
from fazhi_xl.xlsx.reader.ooxml.known import Known
from fazhi_xl.xlsx.reader.ooxml.regular import once
from fazhi_xl.xlsx.reader.ooxml.regular_sheet import RegularSheets
from tests.xlsx.reader.crafted import BOOK, MAIN, SHEET, STRINGS, workbook, worksheet
from tests.xlsx.reader.filled import filled

A1 = '<c r="A1"><v>1</v></c>'
ROWS = {
    "usual": f'<row r="1" spans="1:3" hidden="1">{A1}<c r="B1" s="1"/><c r="C1" s="2" t="s"><v>0</v></c></row><row r="2" ht="9"/>',
    "no rows": "",
    "formulas": '<row r="1"><c r="A1" t="str"><f aca="false">1&amp;1</f><v>a&amp;lt;_x0041_&#10;</v></c><c r="B1"><f/></c></row>',
    "shared formulas": '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">1</f></c><c r="B1"><f t="shared" si="0"/><v/></c></row>',
    "array": '<row r="1"><c r="A1"><f t="array" ref="A1:B1">1</f><v>1</v></c><c r="B1"><v>2</v></c></row>',
    "types": '<row r="1"><c r="A1" t="b"><v>true</v></c><c r="B1" t="e"><v> #N/A </v></c><c r="C1" t="d"><v>2020-01-01</v></c></row>',
    "unknown type": '<row r="1"><c r="A1" t="q"><v>1</v></c></row>',
    "inline": '<row r="1"><c r="A1" t="inlineStr"><is><t>_x0041_&gt;</t></is></c><c r="B1" t="inlineStr"><v>_x0041_</v></c></row>',
    "inline of another type": '<row r="1"><c r="A1" t="s"><is><t>甲</t></is></c></row>',
    "no such text": '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
    **{
        f"{number} as number of a text": f'<row r="1"><c r="A1" t="s"><v>{number}</v></c><c r="B1" t="s"><v>0</v></c></row>'
        for number in ("00", "-1", "+0", "٠", "0.0", "1" * 5000, "")
    },
    **{
        f"references such as {text}": f'<row r="1"><c r="A1" t="str"><f>{text}</f><v>{text}</v></c>'
        f'<c r="B1" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for text in (
            "&#32534;&amp;#65;&#128512;",
            "&#12288;",
            "&#160;",
            "&#32;",
            "&#0;",
            "&#55296;",
            "&#65535;",
            "&#020;",
            "&#x4e00;",
            "&#9;",
        )
    },
    "blanks as openpyxl writes them": f'<row r="1">{A1}<c r="B1" s="1" t="n"></c><c r="C1"></c><c r="D1" t="n"><v>4</v></c></row>',
    "number of a text with space": '<row r="1"><c r="A1" t="s"><v> 0 </v></c></row>',
    "numbers": '<row r="1"><c r="A1"><v> 1.50 </v></c><c r="B1"><v>1E3</v></c><c r="C1"><v>٣</v></c><c r="D1"><v>&lt;3</v></c></row>',
    "space as text": '<row r="1"><c r="A1" t="str"><v> </v></c><c r="B1"><v> </v></c></row>',
    "space alone": '<row r="1"><c r="A1" t="str"><v> </v></c></row>',
    "no address": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "address of another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "cells in another order": f'<row r="1"><c r="B1"><v>2</v></c>{A1}</row>',
    "a cell twice": f'<row r="1">{A1}{A1}</row>',
    "outside": '<row r="1001"><c r="A1001"><v>1</v></c></row><row r="1002"><c r="XFD1002"><v>1</v></c></row>',
    "no row": A1,
    "a row in a row": f'<row r="1"><row r="2">{A1}</row></row>',
    "a row that is not closed": f'<row r="1">{A1}',
    "closed twice": f'<row r="1">{A1}</row></row>',
    "text between": f'<row r="1">{A1}x</row>y',
    "spaces between": f' <row r="1">\n{A1}\t</row>\r\n',
    "a comment": f'<row r="1">{A1}<!-- <c r="B1"><v>1</v></c> --></row>',
    "an attribute twice": f'<row r="1" ht="1" ht="2">{A1}</row>',
    "an unknown prefix": f'<row r="1" x:y="2">{A1}</row>',
    "a reference that hides": f'<row r="1" hidden="&#49;">{A1}</row>',
    "an unknown reference": '<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>',
    "a control character": '<row r="1"><c r="A1" t="str"><f>\x01</f><v>a</v></c></row>',
    "no character": '<row r="1"><c r="A1" t="str"><f>\uffff</f><v>a</v></c></row>',
    "a carriage return": '<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>',
    "the end of a section": '<row r="1"><c r="A1" t="str"><v>a]]></v></c></row>',
    "more attributes": '<row r="1"><c r="A1" cm="1"><v>1</v></c></row>',
    "other quotes": "<row r='1'><c r='A1'><v>1</v></c></row>",
    "another namespace": f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
    "rows elsewhere": f'<row r="1">{A1}</row></sheetData><sheetData><row r="2"><c r="A2"><v>1</v></c></row>',
}


def with_names(names: str) -> dict[str, str | bytes | None]:
    return {"xl/workbook.xml": BOOK.replace("</workbook>", f"{names}</workbook>")}


PARTS: dict[str, dict[str, str | bytes | None]] = {
    "another encoding": {
        SHEET: f'<?xml version="1.0" encoding="gb18030"?>{worksheet(ROWS["usual"])}'.encode("gb18030"),
    },
    "an encoding that is not kept": {SHEET: worksheet('<row r="1"><c r="A1" t="str"><v>甲</v></c></row>').encode("gb18030")},
    "a declaration": {SHEET: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n{worksheet(ROWS["usual"])}'},
    "rows in a comment": {SHEET: f'<worksheet xmlns="{MAIN}"><!-- <sheetData><row r="1">{A1}</row></sheetData> --></worksheet>'},
    "a head that is not closed": {SHEET: worksheet(ROWS["usual"]).replace("<sheetData>", "<a><sheetData>")},
    "a DTD": {SHEET: "<!DOCTYPE a>" + worksheet(ROWS["usual"])},
    "names": with_names("<definedNames><definedName name='a'>表!$A$1</definedName></definedNames>"),
    "names in a comment": with_names("<!-- <definedNames><definedName name='a'/></definedNames> -->"),
    "names that are not closed": with_names("<definedNames><a></definedNames>"),
    "names within": with_names("<a><definedNames><definedName name='a'/></definedNames></a>"),
}  # fmt: skip
TEXTS = {
    "plain": '<si><t>甲&amp;</t></si><si><t xml:space="preserve"> 乙_x0041_ </t></si>',
    "rich": '<si><r><t>甲_x00</t></r><r><rPr><b/><color theme="1" tint="-0.5"/></rPr><t>41_</t></r></si><si><t>乙</t></si>',
    "plain and rich within each other": "<si><t>甲</t></r></si><si><r><t>乙</t></si>",
    "nothing in one": "<si/><si><t/></si><si><t></t></si>",
    "two in one": "<si><t>甲</t><t>乙</t></si>",
    "crossed out": "<si><r><rPr><strike/></rPr><t>甲</t></r></si><si><t>乙</t></si>",
    "a guide": "<si><t>甲</t><rPh><t>jia</t></rPh></si>",
    "references": "<si><t>&#30002;&#65;&amp;#65;</t></si><si><r><t>&#20057;</t></r></si>",
    "a reference to nothing": "<si><t>&#1;</t></si>",
    "signs": '<si><r><rPr><rFont val="Wingdings"/></rPr><t>ü</t></r></si>',
    "not closed": "<si><t>甲</t>",
    "no text": "<si><x>甲</x></si>",
    "something else": "<si><t>甲</t></si><si><x>a</x></si>",
    "others elsewhere": "<si><t>甲</t></si></sst><sst><si><t>乙</t></si>",
    "in a run": '<si><r><rPr><sz val="1" val="2"/></rPr><t>甲</t></r></si>',
    "a greater sign": "<si><t>a>b</t></si>",
}


@contextmanager
def parser_alone() -> Iterator[None]:
    """Let the parser read everything."""
    with (
        patch.object(RegularSheets, "read", lambda *_: None),
        patch.object(read_book, "regular_strings", lambda *_: None),
        patch.object(outline, "is_usual", lambda _: False),
    ):
        yield


def outcome(data: bytes) -> RawBook | Finding:
    try:
        return read(data)
    except RejectedError as refusal:
        return refusal.finding


def both_ways(data: bytes) -> tuple[RawBook | Finding, RawBook | Finding]:
    with parser_alone():
        parsed = outcome(data)
    regular = outcome(data)
    assert [outcome(data), outcome(data)] == [regular, regular]  # what is known by now changes nothing
    return regular, parsed


@pytest.mark.parametrize("rows", ROWS)
def test_sheets_are_read_alike(rows: str) -> None:
    """Whatever the cells look like, what is read or why it is refused does not depend on how it was read."""
    strings = f'<sst xmlns="{MAIN}"><si><t>甲</t></si></sst>'
    regular, parsed = both_ways(workbook({SHEET: worksheet(ROWS[rows]), STRINGS: strings}))

    assert regular == parsed


FOOTERS = {
    "usual": "<headerFooter><oddFooter>&amp;L表号&quot;甲&quot;</oddFooter></headerFooter>",
    "with switches": '<headerFooter differentFirst="false" differentOddEven="0"><oddHeader></oddHeader></headerFooter>',
    "closed by another": "<headerFooter><oddFooter>甲</oddHeader></headerFooter>",
    "not closed": "<headerFooter><oddFooter>甲</headerFooter>",
    "an attribute twice": '<headerFooter differentFirst="0" differentFirst="0"><oddFooter>甲</oddFooter></headerFooter>',
    "an unknown reference": "<headerFooter><oddFooter>&x;</oddFooter></headerFooter>",
    "a control character": "<headerFooter><oddFooter>\x01</oddFooter></headerFooter>",
    "the end of a section": "<headerFooter><oddFooter>]]></oddFooter></headerFooter>",
    "a row in it": '<headerFooter><oddFooter><row r="9" hidden="1"/></oddFooter></headerFooter>',
    "in a comment": '<!-- <headerFooter><oddFooter>a</oddFooter></headerFooter> --><sheetProtection sheet="1"/>',
    "twice": '<headerFooter></headerFooter><headerFooter><oddFooter>b</oddFooter><sheetProtection sheet="1"/></headerFooter>',
}  # fmt: skip


@pytest.mark.parametrize("footer", FOOTERS)
def test_footers_are_read_alike(footer: str) -> None:
    """What is printed below the pages is no matter of the frame, and has to be whole all the same."""
    regular, parsed = both_ways(workbook({SHEET: worksheet(ROWS["formulas"], FOOTERS[footer])}))

    assert regular == parsed


@pytest.mark.parametrize("parts", PARTS)
def test_parts_are_read_alike(parts: str) -> None:
    """The same holds for what stands around the cells, and for the workbook's names."""
    regular, parsed = both_ways(workbook(PARTS[parts]))

    assert regular == parsed


@pytest.mark.parametrize("texts", TEXTS)
def test_texts_are_read_alike(texts: str) -> None:
    """The same holds for shared texts, plain and rich."""
    cells = "".join(f'<c r="{letter}1" t="s"><v>{no}</v></c>' for no, letter in enumerate("AB"))
    strings = f'<sst xmlns="{MAIN}">{TEXTS[texts]}</sst>'
    regular, parsed = both_ways(workbook({SHEET: worksheet(f'<row r="1">{cells}</row>'), STRINGS: strings}))

    assert regular == parsed


def test_looks_are_read_alike() -> None:
    """What is odd about a cell's format is noted of it, also where the cell states none."""
    styles = (
        f'<styleSheet xmlns="{MAIN}"><fonts><font><strike/></font><font/><font><name val="Wingdings"/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1" numFmtId="9"/><xf fontId="2"/></cellXfs></styleSheet>'
    )
    cells = '<c r="A1" t="str"><v>a</v></c><c r="B1" s="1"><v>0.5</v></c><c r="C1" s="2" t="inlineStr"><is><t>ü</t></is></c>'
    links = '<Relationship Id="r9" Type="a/styles" Target="styles.xml"/></Relationships>'
    rels = f'<Relationships><Relationship Id="r1" Type="a/worksheet" Target="worksheets/sheet1.xml"/>{links}'
    data = workbook(
        {SHEET: worksheet(f'<row r="1">{cells}</row>'), "xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": rels}
    )
    regular, parsed = both_ways(data)

    assert regular == parsed
    assert isinstance(regular, RawBook)
    assert regular.struck == frozenset({("表", 1, 1)})
    assert regular.disguised == frozenset({("表", 1, 2)})
    assert [cell.text for cell in regular.cells] == ["a", "0.5", "✓"]


_CELLS = [
    '<c r="A{0}" s="1"><v>{0}</v></c><c r="B{0}" t="s"><v>0</v></c>',
    '<c r="A{0}" s="1"/><c r="B{0}" t="s"><f>B1</f><v>1</v></c><c r="C{0}" t="s"><v>2</v></c>',
    '<c r="B{0}" s="2" t="s"><v>3</v></c>',
    '<c r="A{0}" s="1"><v>0.5</v></c><c r="C{0}" t="str"><f>A{0}</f><v></v></c>',
    '<c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>0</v></c>',
    '<c r="A2"><v>7</v></c>',
    "",
]
_ODD_ROW = [
    '<row r="9"><c r="XFD9"><v>1</v></c></row>',
    '<row r="9"><c r="A1"><v>1</v></c></row>',
    '<row r="9"><c r="A9" x="1"/></row>',
]


def drawn(random: Random) -> bytes:
    """Draw a workbook whose rows others have as well, with the same or other texts, formats, heights and sheet names."""
    rows = [
        f'<row r="{no}" ht="{random.choice("12")}" hidden="{random.choice("01")}">{random.choice(_CELLS).format(no)}</row>'
        for no in range(1, random.randint(2, 8))
    ]
    rows += random.choices(['<row r="8"/>', *_ODD_ROW], [4, 1, 1, 1], k=random.randint(0, 1))
    texts = random.sample("甲乙丙丁", random.choice([4, 4, 4, 3]))
    font, odd = random.choice(["", "<strike/>"]), '<xf fontId="0" numFmtId="9"/>'
    styles = f"<fonts><font>{font}</font></fonts><cellXfs>{odd}{odd}<xf/></cellXfs>"
    links = [
        ("r1", "worksheet", "worksheets/sheet1"),
        ("r2", "sharedStrings", "sharedStrings"),
        ("r9", "styles", "styles"),
    ]
    named = "".join(f'<Relationship Id="{no}" Type="a/{kind}" Target="{part}.xml"/>' for no, kind, part in links)
    return workbook(
        {
            "xl/workbook.xml": BOOK.replace("表", random.choice(["表", "别"])),
            SHEET: worksheet("".join(rows)),
            STRINGS: f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{named}</Relationships>",
        }
    )


def test_rows_of_other_returns() -> None:
    """A row that was read in another workbook is taken from there only where all that it refers to is the same."""
    for seed in range(150):
        regular, parsed = both_ways(drawn(Random(seed)))
        assert regular == parsed, seed


def test_what_is_known_takes_little_room() -> None:
    """A piece is kept when it comes again, unless it is long; where the room is used up, all is forgotten, ways of reading too."""
    known: Known[str] = Known(20_000)
    one, other = known.way("a"), known.way("b")
    assert (known.way("a"), one is other) == (one, False)
    assert [known.met((one, b"x")), known.met((other, b"x")), known.met((one, b"x"))] == [False, False, True]
    known.keep((one, b"x"), "read")
    assert [known.get((one, b"x")), known.get((other, b"x"))] == ["read", None]
    assert [known.met((one, b"y" * 9000)), known.met((one, b"y" * 9000))] == [False, False]
    known.keep((one, b"z" * 1200), "long")
    assert [known.get((one, b"x")), known.get((one, b"z" * 1200)), known.met((one, b"x"))] == [None, "long", False]
    assert known.way("a") is not one


def written() -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("任务分解表")
        locked = book.add_format({"locked": True, "border": 1})
        for row in range(20):
            sheet.write_row(row, 0, ["甲", row, "", f"{row}.1"], locked)
            sheet.write_formula(row, 4, f'=IF(B{row + 1}>3,"通过&",B{row + 1})', locked, "通过&")
        sheet.set_row(3, options={"hidden": True})
        sheet.merge_range("G1:H2", "乙")
        sheet.protect()
        book.define_name("f_1", "=任务分解表!$B$1")
    return made.getvalue()


def test_usual_files_need_no_parser() -> None:
    """What a library writes as nearly every program does is read by patterns, all of it, and in the same way."""
    data = written()
    regular, parsed = both_ways(data)

    assert regular == parsed
    with (
        patch.object(read_book, "read_sheet", side_effect=AssertionError),
        patch.object(read_book, "shared_strings", side_effect=AssertionError),
    ):
        assert read(data) == parsed


def test_a_library_writes_otherwise() -> None:
    """What openpyxl writes, with references for characters and empty texts, is read in the same way."""
    regular, parsed = both_ways(filled())

    assert regular == parsed


def test_references_need_no_parser() -> None:
    """Nor do the references and the blank cells of a type that openpyxl writes."""
    book, made = openpyxl.Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["甲&😀", 1, "=A1", None, "<乙>"])
    sheet["D1"].font = Font(bold=True)
    book.save(made)
    regular, parsed = both_ways(made.getvalue())

    assert regular == parsed
    with patch.object(read_book, "read_sheet", side_effect=AssertionError):
        assert [cell.text for cell in read(made.getvalue()).cells] == ["甲&😀", "1", "", "<乙>"]


def test_what_may_be_too_much_is_counted() -> None:
    """A long text might be a hundred thousand tags for all that its size tells, and is read all the same."""
    text = "".join(f"{number:x}" for number in range(300_000))
    book = read(workbook({SHEET: worksheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>')}))

    assert book.cells[0].text == text[:4001]


def test_alike_parts_are_read_once() -> None:
    """A part that comes again byte for byte is not read again, unless it is so large that it is not kept."""
    calls: list[int] = []
    reading = once(lambda data: calls.append(len(data)))
    for data in (b"a", b"a", b"b", b"c" * 300_000, b"c" * 300_000):
        reading(data)

    assert calls == [1, 1, 300_000, 300_000]
