"""Tables of a report: bands, heads over several columns, marks, tables of Excel's own, and the paper they are printed on."""

from __future__ import annotations

import io

import openpyxl
import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.workbook import (
    Block,
    Column,
    Formula,
    Link,
    ReportBook,
    ReportSheet,
    Sentence,
    Table,
    pixels,
)
from fazhi_xl.xlsx.writer import tables
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.packages import Package


def data(notice: Notice, *blocks: Block, **options: object) -> bytes:
    sheet = ReportSheet(name="表", title="标题", blocks=blocks, **options)  # type: ignore[arg-type]
    shown = ReportSheet(name="先", title="标题", blocks=(Sentence("一"),), widths=(9,))
    return report_bytes(ReportBook(title="书", sheets=(shown, sheet), footer="页脚"), notice.theme)


def columns(count: int, wide: int = 100, style: str = "figure", **more: object) -> tuple[Column, ...]:
    return tuple(Column(title=f"列{no}", width=pixels(wide), style=style, **more) for no in range(1, count + 1))  # type: ignore[arg-type]


def test_a_table_goes_on_below_a_band(notice: Notice) -> None:
    """A headless table goes on with the columns of the one before it, below a line that says what its rows are."""
    first = Table(columns=columns(2), rows=((100, 200),), total=(100, 200), name="甲")
    book = Package(data(notice, first, Table(columns=columns(2), rows=((300, None),), band="其余", headless=True)))
    texts = {at: cell.text for at, cell in book.sheets["表"].cells.items() if cell.text}
    assert texts == {
        "A1": "标题", "A2": "列1", "B2": "列2", "A3": "1", "B3": "2", "A4": "1", "B4": "2", "A5": "其余", "A6": "3", "B6": "—",
    }  # fmt: skip


def test_formulas_find_a_table_behind_its_band(notice: Notice) -> None:
    """A table's range is that of its rows: no band, no head over its columns and no total is in it."""
    own = columns(2, over="两列")
    total = (Formula(text="SUM(甲[列1])", value=100), None)
    book = Package(data(notice, Table(columns=own, rows=((100, 200),), total=total, band="一组", name="甲")))
    part = book.sheets["表"]
    assert part.cells["A6"].formula == "SUM('表'!$A$5:$A$5)"
    assert (part.cells["A2"].text, part.cells["A3"].text, part.cells["A4"].text) == ("两列", "列1", "一组")
    assert (part.cells["B6"].text or "") == ""


def test_links_beyond_the_limit_are_texts(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet has as many links as Excel opens; what would be one more stands as its text."""
    monkeypatch.setattr(tables, "LINK_LIMIT", 2)
    rows = tuple((Link(text=f"D{no}", file="表.xlsx", sheet="表", cell=f"D{no}"),) for no in range(7, 10))
    part = Package(data(notice, Table(columns=columns(1, style="centre"), rows=rows))).sheets["表"]
    assert [part.cells[at].text for at in ("A3", "A4", "A5")] == ["D7", "D8", "D9"]
    assert [each.get("ref") for each in part.every("hyperlink")] == ["A3", "A4"]


def test_losses_are_marked(notice: Notice) -> None:
    """What is below its full marks is shaded, what is 0 more strongly; what has no full marks is not, whatever its column says."""
    rows = tuple((Formula(text="1", value=100, full=full), Formula(text="0", value=0)) for full in (100, 200, 100, 0))
    rules = (
        Package(data(notice, Table(columns=columns(2, style="score"), rows=rows)))
        .sheets["表"]
        .every("conditionalFormatting")
    )
    assert [rule.get("sqref") for rule in rules] == ["A3:A5", "A3:A3 A5:A5", "A4:A4"]


def test_bars_shades_and_lines_follow_the_figures(notice: Notice) -> None:
    """Bars, shades and lines between unlike rows are rules of the client's, so that they change with the figures."""
    own = (
        Column(title="分", width=20, style="strong", bar=18_000),
        Column(title="率", width=20, style="rate", shades=(9_000, 8_000, 6_000)),
        Column(title="等", width=20, style="centre", parting=True),
    )
    part = Package(data(notice, Table(columns=own, rows=((9_000, 7_000, "甲"), (8_000, 5_000, "乙"))))).sheets["表"]
    rules = [str(each.text) for each in part.every("formula")]
    assert [rule for rule in rules if "ISNUMBER" in rule] == [
        "AND(ISNUMBER(B3),B3<60)", "AND(ISNUMBER(B3),B3<80)", "AND(ISNUMBER(B3),B3<90)",
    ]  # fmt: skip
    assert "$C4<>$C3" in rules
    assert len(part.every("dataBar")) == 1


def test_a_table_of_excels_own_has_unique_heads(notice: Notice) -> None:
    """Two columns that the catalogue calls alike are told apart, whatever their case, and the cells say what the table says."""
    own = tuple(Column(title=title, width=20, key=str(no)) for no, title in enumerate(("项目", "项目", "A", "a")))
    book = openpyxl.load_workbook(
        io.BytesIO(data(notice, Table(columns=own, rows=(("",) * 4,), name="数", native=True)))
    )
    (table,) = book["表"].tables.values()
    assert [column.name for column in table.tableColumns] == ["项目", "项目(2)", "A", "a(2)"]
    assert [cell.value for cell in book["表"][2]] == ["项目", "项目(2)", "A", "a(2)"]


def test_a_bare_sheet_begins_with_its_table(notice: Notice) -> None:
    """Its head stands in the first row, and the page's header says what the sheet is."""
    table = Table(columns=columns(2), rows=((100, 200),), name="数", native=True)
    part = Package(data(notice, table, bare=True, held=1)).sheets["表"]
    assert (part.cells["A1"].text, part.cells["A2"].text) == ("列1", "1")
    assert part.text("oddHeader") == "&C&11标题"
    assert (part.one("pane")["xSplit"], part.one("pane")["ySplit"]) == ("1", "1")


def test_a_hidden_sheet_takes_no_page(notice: Notice) -> None:
    """An empty list is there, and is shown when the client is asked to."""
    book = openpyxl.load_workbook(io.BytesIO(data(notice, Table(columns=columns(1), rows=()), hidden=True)))
    assert {sheet.title: sheet.sheet_state for sheet in book} == {"先": "visible", "表": "hidden"}


@pytest.mark.parametrize(
    ("count", "portrait", "paper", "wide"),
    [(12, False, "9", "1"), (13, False, "8", "1"), (19, False, "8", "2"), (8, True, "9", "1"), (9, True, "8", "1")],
)
def test_nothing_is_printed_too_small(notice: Notice, count: int, portrait: bool, paper: str, wide: str) -> None:  # noqa: FBT001
    """What would print below 8 points on A4 prints on A3, and what would there on two pages side by side."""
    table = Table(columns=columns(count), rows=((100,) * count,))
    setup = Package(data(notice, table, portrait=portrait)).sheets["表"].one("pageSetup")
    assert (setup.get("paperSize"), setup.get("fitToWidth", "1"), setup.get("fitToHeight")) == (paper, wide, "0")


@pytest.mark.parametrize(("rows", "high"), [(30, "1"), (60, "0")])
def test_a_compact_sheet_takes_one_page_while_it_is_legible(notice: Notice, rows: int, high: str) -> None:
    """It is fitted on one page as long as its smallest text keeps 8 points; else it goes on."""
    table = Table(columns=columns(3), rows=((100, 200, 300),) * rows)
    setup = Package(data(notice, table, compact=True)).sheets["表"].one("pageSetup")
    assert setup.get("fitToHeight", "1") == high


def test_heads_of_two_lines_break_in_their_middle(notice: Notice) -> None:
    """A head that needs two lines breaks before its brackets, or in the middle; no single character is left alone."""
    own = (
        Column(title="组内名次", width=pixels(55)),
        Column(title="有结果(家)", width=pixels(60)),
        Column(title="总分", width=9),
    )
    part = Package(data(notice, Table(columns=own, rows=(("", "", ""),)))).sheets["表"]
    assert [part.cells[at].text for at in ("A2", "B2", "C2")] == ["组内\n名次", "有结果\n(家)", "总分"]


def test_a_long_title_is_written_smaller(notice: Notice) -> None:
    """A title that is longer than its sheet is wide takes smaller letters, or two lines."""
    table = Table(columns=columns(4), rows=((1, 2, 3, 4),))
    tall = {}
    for count in (10, 60):
        sheet = ReportSheet(name="表", title="题" * count, blocks=(table,))
        part = Package(report_bytes(ReportBook(title="书", sheets=(sheet,), footer=""), notice.theme)).sheets["表"]
        tall[count] = part.heights[1]
    assert tall[10] < 33
    assert tall[60] > 60


def test_an_upright_page_says_its_number_beside_its_name(notice: Notice) -> None:
    """On an upright page the footer's left part is too long to have the number in the middle."""
    table = Table(columns=columns(2), rows=((1, 2),))
    part = Package(data(notice, table, portrait=True)).sheets["表"]
    assert part.text("oddFooter") == "&L&9页脚&R&9表 第&P页 共&N页"
