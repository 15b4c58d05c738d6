"""Faults 98 and 103 to 108, with 37, 44 and 52: what stands beside the cells, and says otherwise than they do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook

from tests.faults.fault import PATH, Expected, Fault, assert_fault, spoilt
from tests.support.offices import FIRST, SECOND, Office
from tests.support.spoiling import PICTURE, TEXT_BOX, drawn, edited, parts, with_part, with_parts

TASKS = "任务分解表"
COUNT = "C23"  # how often, of sub-point 15.6
REMARK = "H22"
PROPERTIES = "docProps/custom.xml"
NOTED = "accepted_with_notes"


def person(edit: Callable[[Workbook], None]) -> Callable[[bytes], bytes]:
    return lambda good: edited(good, edit)


def property_of(good: bytes, number: str) -> bytes:
    """Put another form number into the document's properties."""
    return with_part(good, PROPERTIES, lambda text: re.sub(r"ZL2020-[0-9A-Z-]+", number, text))


def no_properties(good: bytes) -> bytes:
    return with_part(good, PROPERTIES, lambda text: re.sub("<property .*</property>", "", text))


def from_another_file(office: Office) -> None:
    """Paste the first unit's sheets into the second one's file."""
    office.receive(PATH, property_of(office.filled(FIRST), office.forms[SECOND].number))


def commented(text: str, author: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        for cell in (COUNT, "C8", "C9", "C10", "A2"):
            book[TASKS][cell].comment = Comment(text, author)

    return edit


def threaded(good: bytes) -> bytes:
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="C23" id="{1}"><text>其中2次是线上</text></threadedComment></ThreadedComments>'
    )
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    added = {
        "xl/threadedComments/threadedComment1.xml": thread.encode(),
        "xl/worksheets/_rels/sheet2.xml.rels": link.encode(),
    }
    return with_parts(good, added)


def coloured(book: Workbook) -> None:
    for cell in (COUNT, "G22", REMARK):
        book[TASKS][cell].fill = PatternFill("solid", fgColor="FFFF0000")


def crossed_out(book: Workbook) -> None:
    """Strike through rows, labels and all, of which two inputs are filled in."""
    for row in ("22", "23"):
        for cell in book[TASKS][row]:
            cell.font = Font(strike=True)


def partly_crossed_out(book: Workbook) -> None:
    book[TASKS][REMARK] = CellRichText("含线上活动", TextBlock(InlineFont(strike=True), "作废"))


def formatted(code: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        book[TASKS][COUNT].number_format = code

    return edit


def hidden(book: Workbook) -> None:
    book[TASKS].row_dimensions[23].hidden = True
    book[TASKS].column_dimensions["G"].hidden = True


def filtered(book: Workbook) -> None:
    sheet = book[TASKS]
    sheet.auto_filter.ref = "A4:I33"
    sheet.auto_filter.add_filter_column(2, ["1"])
    sheet.row_dimensions[23].hidden = True


def with_cell_picture(good: bytes) -> bytes:
    """Put a picture into a cell as WPS does: a formula, its text, and a part of its own."""
    cell = '<c r="H22" t="str"><f>_xlfn.DISPIMG("ID_7F",1)</f><v>=DISPIMG("ID_7F",1)</v></c>'
    changed = with_part(good, "xl/worksheets/sheet2.xml", lambda text: re.sub('<c r="H22"[^>]*/>', cell, text))
    return with_parts(
        changed,
        {"xl/cellimages.xml": b"<etc:cellImages xmlns:etc='http://www.wps.cn/officeDocument/2017/etCustomData'/>"},
    )


def placed_in(cell: str, kind: str = "_localImage") -> Callable[[bytes], bytes]:
    """Put a picture into a cell as Excel does: a rich value beside the error that older programs show."""
    values = f'<rvStructures xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><s t="{kind}"/></rvStructures>'
    stored = f'<c r="{cell}" t="e" vm="1"><v>#VALUE!</v></c>'

    def spoil(good: bytes) -> bytes:
        changed = with_part(
            good, "xl/worksheets/sheet2.xml", lambda text: re.sub(f'<c r="{cell}"[^>]*?(/>|>.*?</c>)', stored, text)
        )
        added = {
            "xl/richData/rdrichvaluestructure.xml": values.encode(),
            "xl/richData/richValueRel.xml": b"<richValueRels/>",
        }
        return with_parts(
            changed, added if kind == "_localImage" else {"xl/richData/rdrichvaluestructure.xml": values.encode()}
        )

    return spoil


FAULTS: tuple[Fault, ...] = (
    spoilt(37, "万元 format", person(formatted('0!.0,"万元"')), NOTED, ("display-disguised", COUNT)),
    spoilt(37, "hidden value", person(formatted(";;;")), NOTED, ("display-disguised", COUNT)),
    spoilt(37, "percent format", person(formatted("0%")), NOTED, ("display-disguised", COUNT)),
    spoilt(37, "own unit as format", person(formatted('0"次"')), "accepted"),
    spoilt(
        44, "external link", lambda good: with_parts(good, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), NOTED,
        ("outside-data", None),
    ),
    spoilt(52, "rows and columns hidden", person(hidden), NOTED, ("cells-hidden", "G7")),
    spoilt(52, "filter in force", person(filtered), NOTED, ("cells-hidden", COUNT)),
    Fault(
        no=98, what="sheets pasted into another unit's file", receive=from_another_file,
        expect={PATH: Expected(status="rejected", found=(("property-other-unit", None),), unit=None)},
    ),
    spoilt(98, "properties of an unknown form", lambda good: property_of(good, "ZL2020-09-1-ABCDEFGH"), NOTED, ("property-differs", None)),
    spoilt(98, "properties damaged", lambda good: property_of(good, "?"), NOTED, ("property-differs", None)),
    spoilt(98, "properties lost", no_properties, "accepted"),
    spoilt(103, "scan pasted over the cells", lambda good: drawn(good, 2, PICTURE), NOTED, ("pictures-pasted", None)),
    spoilt(
        103, "picture in a cell of WPS", with_cell_picture, "needs_correction",
        ("pictures-pasted", None), ("picture-in-cell", REMARK),
    ),
    *(
        spoilt(103, f"picture in the cell {cell} of Excel", placed_in(cell), "needs_correction",
               ("pictures-pasted", None), ("picture-in-cell", cell))
        for cell in random.Random(7).sample([REMARK, COUNT, "C8", "C9", "G22"], 3)
    ),
    spoilt(103, "a rich value that is an error", placed_in(REMARK, "_error"), "needs_correction", ("value-error", REMARK)),
    spoilt(104, "remarks in comments", person(commented("按12月口径", "张三")), NOTED, ("comments-left", "A2")),
    spoilt(104, "remarks in a thread", threaded, NOTED, ("comments-left", COUNT)),
    spoilt(104, "the office's own remarks", person(commented("请补填", "区委依法治区办")), "accepted"),
    spoilt(105, "colours with a meaning", person(coloured), "accepted"),
    spoilt(106, "rows crossed out", person(crossed_out), NOTED, ("struck-through", "G22")),
    spoilt(106, "a remark crossed out in part", person(partly_crossed_out), NOTED, ("struck-through", REMARK)),
    spoilt(107, "text box over the cells", lambda good: drawn(good, 2, TEXT_BOX), NOTED, ("text-boxes-left", None)),
    spoilt(
        108, "shared workbook", lambda good: with_parts(good, {"xl/revisions/revisionHeaders.xml": b"<headers/>"}), NOTED,
        ("shared-book", None),
    ),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)


def message(office: Office) -> str:
    office.collect()
    (found,) = office.file(PATH)["findings"]
    return str(found["message"])


def test_remarks_are_shown(office: Office) -> None:
    """The clerk reads the first remarks and where they stand, and how many there are."""
    long = "甲" * 40
    office.receive(PATH, edited(office.filled(FIRST), commented(f"一\n二 {long}", "张三")))

    quoted = f"“一 二 {'甲' * 25}…”"
    assert message(office) == (
        f"有5处批注:任务分解表!A2{quoted}、任务分解表!C8{quoted}、任务分解表!C9{quoted}等。"
        "批注不作为填报内容;需要说明的,请写在情况说明里。"
    )


def test_many_cells_are_one_line(office: Office) -> None:
    """What is said of many cells is said once, with the first of them in the form's order."""

    def edit(book: Workbook) -> None:
        for row in book[TASKS].iter_rows():
            for cell in row:
                cell.font = Font(strike=True)

    office.receive(PATH, edited(office.filled(FIRST), edit))

    assert message(office) == (
        "有19处填报内容画了删除线(任务分解表!G7、任务分解表!C8、任务分解表!C9等),暂按原内容计入。作废的请清空,有效的请取消删除线。"
    )


def test_a_contradicting_property_is_named(office: Office) -> None:
    """Two units' names and the number tell the clerk whose file it is and whose sheets."""
    from_another_file(office)
    number = office.forms[SECOND].number

    assert message(office).startswith(f"文件属性里的表号{number}是发给“政协机关”的,表里的表号却是“人大常委会机关”的")
    assert PROPERTIES in parts(office.filled(FIRST))
