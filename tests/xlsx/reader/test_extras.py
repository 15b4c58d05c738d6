"""What is told beside the cells: remarks, looks, properties and parts that are never opened."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import xlsxwriter

from fazhi_xl.xlsx.reader import Comment, RawBook, RejectedError, read
from fazhi_xl.xlsx.reader.gate import Limits, admit, open_archive
from fazhi_xl.xlsx.reader.ooxml.styles import disguises
from tests.xlsx.reader.crafted import (
    BOOK_RELS,
    MAIN,
    PACKAGE,
    RELATIONS,
    SHEET,
    compound,
    with_rows,
    workbook,
    worksheet,
    zipped,
)

PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def made(make: Callable[[xlsxwriter.Workbook], None]) -> RawBook:
    """Let XlsxWriter make a workbook, and read it, twice with the same outcome."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        make(book)
    seen = read(data.getvalue())
    assert read(data.getvalue()) == seen
    return seen


def test_classic_comments() -> None:
    """Comments come by sheet and cell, runs joined."""

    def make(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("甲").write_comment("C7", "按12月口径", {"author": "老王"})
        book.add_worksheet("乙").write_comment("B2", "第一行\n第二行")

    assert made(make).comments == (
        Comment(sheet="甲", row=7, column=3, text="按12月口径", author="老王"),
        Comment(sheet="乙", row=2, column=2, text="第一行\n第二行"),
    )


def related(*links: tuple[str, str]) -> str:
    made = "".join(f'<Relationship Id="r{n}" Type="{kind}" Target="{part}"/>' for n, (kind, part) in enumerate(links))
    return f'<Relationships xmlns="{PACKAGE}">{made}</Relationships>'


def commented(classic: str, threaded: str = "") -> bytes:
    """Make a workbook with these parts of comments."""
    links = related(
        (f"{RELATIONS}/comments", "../comments1.xml"),
        ("http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/t1.xml"),
    )
    parts: dict[str, str | bytes | None] = {SHEET_RELS: links, "xl/comments1.xml": classic}
    return workbook(parts | ({"xl/threadedComments/t1.xml": threaded} if threaded else {}))


def classic(*comments: tuple[str, str]) -> str:
    listed = "".join(f'<comment ref="{cell}"><text><r><t>{text}</t></r></text></comment>' for cell, text in comments)
    return f'<comments xmlns="{MAIN}"><commentList>{listed}</commentList></comments>'


def test_threads_take_the_place_of_their_copies() -> None:
    """A thread's entries are joined in order, and the classic copy that Excel adds for older programs is left out."""
    thread = (
        f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="A1" id="1"><text>对吗?</text></threadedComment>'
        '<threadedComment ref="A1" id="2" parentId="1"><text>对。</text></threadedComment></ThreadedComments>'
    )
    book = read(commented(classic(("A1", "[线程批注] 对吗?"), ("B2", "旁注")), thread))

    assert [(comment.row, comment.column, comment.text) for comment in book.comments] == [
        (1, 1, "对吗?；对。"),
        (2, 2, "旁注"),
    ]


@pytest.mark.parametrize(
    "part",
    ["<", "", "<comments/>", classic(("A1", " ")), classic(("", "无处")), classic(("A0", "无处")), "\x00\x01"],
)
def test_damaged_comments_are_unknown(part: str) -> None:
    """What cannot be read of the remarks is left out, and the cells are read all the same."""
    book = read(commented(part))

    assert (book.comments, [cell[4] for cell in book.cells]) == ((), ["1"])


def test_comments_are_bounded() -> None:
    """The first 500 comments are kept, each up to 500 characters."""
    book = read(commented(classic(*((f"A{row}", "长" * 501) for row in range(1, 600)))))

    assert (len(book.comments), book.comments[-1].row, len(book.comments[0].text)) == (500, 500, 500)


def test_no_dtd_hides_beside_the_cells() -> None:
    """A DTD is refused in a part that only tells more, too."""
    with pytest.raises(RejectedError) as refusal:
        read(commented("<!DOCTYPE x []>" + classic(("A1", "甲"))))

    assert refusal.value.finding.code == "file-unsafe"


def properties(*pairs: tuple[str, str]) -> str:
    listed = "".join(f'<property name="{name}"><v:lpwstr>{text}</v:lpwstr></property>' for name, text in pairs)
    return f'<Properties xmlns="{PROPERTIES}" xmlns:v="{VALUES}">{listed}</Properties>'


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (properties(("FormNumber", " ZL2020-02-1-C6YCCD2M "), ("别的", "3")), {"FormNumber": "ZL2020-02-1-C6YCCD2M", "别的": "3"}),
        (properties(("FormNumber", "先"), ("FormNumber", "后")), {"FormNumber": "先"}),
        (properties(("FormNumber", "")), {"FormNumber": ""}),
        (properties(("长", "长" * 1000)), {"长": "长" * 500}),
        ("<Properties>", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_custom_properties(part: str, expected: dict[str, str]) -> None:
    """Custom properties are texts by name; a damaged part has none."""
    assert read(workbook({"docProps/custom.xml": part})).properties == expected


def test_parts_that_tell_more_are_bounded() -> None:
    """They share a few megabytes; what does not fit is unknown, and no reason to refuse the file."""
    package = admit(open_archive(zipped(("a", "12345"), ("b", "12"), ("c", "1"))), Limits(aside=6))

    assert [package.peek(name) for name in "abcd"] == [b"12345", None, b"1", None]


def test_crossed_out_cells() -> None:
    """Content is seen as crossed out by the cell's font and by a part of its text; a blank cell is not."""

    def make(book: xlsxwriter.Workbook) -> None:
        out, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet = book.add_worksheet("表")
        sheet.write_number("A1", 5, out)
        sheet.write_blank("A2", None, out)
        sheet.write_rich_string("A3", plain, "留", out, "废")
        sheet.write_string("A4", "好", plain)
        sheet.write_string("A5", "留废")

    assert made(make).struck == {("表", 1, 1), ("表", 3, 1)}


def test_crossed_out_inline_text() -> None:
    """Text that stands in the cell itself may be crossed out in part; a mark that is switched off does not count."""
    cell = '<c t="inlineStr"><is><r><rPr><strike{0}/></rPr><t>废</t></r></is></c>'
    rows = "".join(
        f'<row r="{n}">{cell.format(value)}</row>' for n, value in ((1, ""), (2, ' val="0"'), (3, ' val="true"'))
    )

    assert read(with_rows(rows)).struck == {("表", 1, 1), ("表", 3, 1)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", False), ("", False), ("0.00", False), ("#,##0.00", False), ("@", False), ("yyyy-m-d", False),
        ('0"分"', False), ("[$-804]yyyy年m月d日", False), ("0.00_);[Red]\\(0.00\\)", False), ('0" ,"', False),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', False), ('G/通用格式"分"', False), ('"100%: "0', False),
        (";;;", True), ("0;-0;;@", True), ("0.0,", True), ('0!.0,"万元"', True), ('0\\.0"万"', True), ("0,,", True),
        ("#,##0,", True), ("0%", True), ("0.00%", True), ('"已完成"', True), ("0,.0", True), ('"', True), ("[", True),
    ],
)  # fmt: skip
def test_number_formats_that_disguise(code: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    """A format disguises if it scales the number or shows nothing of it; literals and padding do not count."""
    assert disguises(code) is expected


def test_disguised_cells() -> None:
    """A value is told as disguised by its own cell's format, built-in ones included."""

    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("表")
        for row, code in enumerate(("0.00", ";;;", "0%", '0!.0,"万元"')):
            sheet.write_number(row, 1, 12000, book.add_format({"num_format": code}))
            sheet.write_blank(row, 2, None, book.add_format({"num_format": code}))

    book = made(make)
    assert book.disguised == {("表", 2, 2), ("表", 3, 2), ("表", 4, 2)}
    assert book.formats == {("表", 2, 2): ";;;", ("表", 3, 2): "0%", ("表", 4, 2): '0!.0,"万元"'}


def test_formats_of_numbers() -> None:
    """The format of a number that may be shown as something else is told, a built-in one by its code; of texts none is."""

    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("表")
        for row, code in enumerate((14, 22, 2, 49, '"苏政发"000', "yyyy-m-d")):
            sheet.write_number(row, 0, 7, book.add_format({"num_format": code}))
            sheet.write_string(row, 1, "字", book.add_format({"num_format": code}))

    places = (("表", 1, 1), ("表", 2, 1), ("表", 5, 1), ("表", 6, 1))
    assert made(make).formats == dict(
        zip(places, ("yyyy/m/d", "yyyy/m/d h:mm", '"苏政发"000', "yyyy-m-d"), strict=True)
    )


@pytest.mark.parametrize("styles", ["", "<", "<styleSheet/>", "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>"])
def test_damaged_styles_are_unknown(styles: str) -> None:
    """A styles part that says nothing hides no values."""
    links = BOOK_RELS.replace("</Rel", f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Rel')
    book = read(workbook({"xl/_rels/workbook.xml.rels": links, "xl/styles.xml": styles}))

    assert ([cell[4] for cell in book.cells], book.struck, book.disguised) == (["1"], frozenset(), frozenset())


def test_hidden_rows_and_columns() -> None:
    """Rows and columns out of sight, within the bounds, and a filter in force are told by sheet."""

    def make(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("表")
        for row in range(6):
            sheet.write_number(row, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(5000, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
        sheet.set_column("BK:XFD", None, None, {"hidden": True})
        other = book.add_worksheet("筛")
        other.autofilter("A1:B9")
        other.filter_column("A", "x > 3")
        book.add_worksheet("未筛").autofilter("A1:B9")

    first, other, idle = made(make).sheets
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {3, 4, 63, 64}
    assert (first.filtered, other.filtered, idle.filtered) == (False, True, False)


@pytest.mark.parametrize("column", ["", 'min="x" max="y"', 'min="9" max="3"', f'min="1" max="{"9" * 5000}"'])
def test_odd_columns_hide_nothing_beyond_the_bounds(column: str) -> None:
    """Columns that make no sense are no fault."""
    sheet = worksheet("").replace("<sheetData>", f'<cols><col {column} hidden="1"/></cols><sheetData>')

    assert read(workbook({SHEET: sheet})).sheets[0].hidden_columns == frozenset()


def test_pictures_and_text_boxes() -> None:
    """A picture and a text box over the cells are told apart; a chart is neither."""
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
        "0000000049454e44ae426082"
    )
    pictured = made(
        lambda book: book.add_worksheet().insert_image("B2", "a.png", {"image_data": io.BytesIO(png)}) and None
    )
    boxed = made(lambda book: book.add_worksheet().insert_textbox("B2", "已盖章") and None)

    assert pictured.extras == {"pictures"}
    assert boxed.extras == {"text-boxes"}


@pytest.mark.parametrize(
    ("part", "extra"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external-links"),
        ("xl/connections.xml", "connections"),
        ("xl/queryTables/queryTable1.xml", "connections"),
        ("xl/embeddings/oleObject1.bin", "objects"),
        ("xl/activeX/activeX1.xml", "controls"),
        ("xl/ctrlProps/ctrlProp1.xml", "controls"),
        ("xl/cellimages.xml", "cell-pictures"),
        ("xl/revisions/revisionHeaders.xml", "revisions"),
    ],
)
def test_parts_are_named(part: str, extra: str) -> None:
    """What a package holds beside cells is told by its parts' names, and nothing of it is opened."""
    assert read(workbook({part: b"\x00"})).extras == {extra}


@pytest.mark.parametrize("text", ['=DISPIMG("ID_A",1)', '_xlfn.DISPIMG("ID_A",1)', '=_xlfn.DISPIMG("ID_A",1)'])
def test_cell_pictures_of_wps(text: str) -> None:
    """A picture that WPS keeps in a cell shows as this text, even where its part is gone."""
    cell = f'<row><c t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>{text}</v></c></row>'

    assert read(with_rows(cell)).extras == {"cell-pictures"}


def test_a_plain_book_has_no_extras() -> None:
    """A workbook of cells has nothing beside them, and a hollow compound file is damage whatever it names."""
    assert read(workbook()).extras == frozenset()
    with pytest.raises(RejectedError):
        read(compound("Workbook", "_VBA_PROJECT_CUR"))
