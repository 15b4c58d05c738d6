"""The adapter: the real xlwings, its ranges, names and converters, over a stand-in for Excel."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwings

from fazhi_xl.addin import layout
from fazhi_xl.addin.actions import run
from fazhi_xl.addin.host import Host
from fazhi_xl.addin.xlwings_host import XlwingsHost, calling_book
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.outputs.results import RANKING_FILE
from tests.addin.engine import Book, Engine, LockedCellError
from tests.support import catalogues
from tests.support.offices import Office
from tests.support.reviews import Reviewing

pytestmark = pytest.mark.long

DAY = datetime(2020, 12, 1)  # noqa: DTZ001 - Excel's dates know no zone


@pytest.fixture
def book(excel: Engine, console: Path) -> xlwings.Book:
    return excel.open(console)


@pytest.fixture
def host(book: xlwings.Book) -> Host:
    return XlwingsHost(book)


def area(book: xlwings.Book, name: str) -> xlwings.Range:
    return book.names[layout.defined_name(name)].refers_to_range


def test_settings(host: Host, book: xlwings.Book, office: Office) -> None:
    """A setting is what stands in its cell, as text; digits without a decimal point, and blank where nothing stands."""
    assert host.setting(layout.OUT) == str(office.root.resolve())
    assert host.setting(layout.PREVIOUS) == ""
    area(book, layout.UNITS).value = 2020
    assert host.setting(layout.UNITS) == "2020"
    area(book, layout.UNITS).value = " 团委 "
    assert host.setting(layout.UNITS) == "团委"


def test_a_table_replaces_what_stood_there(host: Host) -> None:
    """Nothing is left of a longer table that was there before, and blank rows are not read."""
    width = len(layout.AREAS[layout.FINDINGS].columns)
    host.show_table(layout.FINDINGS, [[str(no)] * width for no in range(9)])
    host.show_table(layout.FINDINGS, [["甲"] * width])
    assert host.read_table(layout.FINDINGS) == [["甲"] * width]
    host.show_table(layout.FINDINGS, [])
    assert host.read_table(layout.FINDINGS) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /c calc'!A1", "+1", "-1", "@x", "'甲", "6.10", "02/15.1", "1e5", "#N/"]
)
def test_texts_stay_texts(host: Host, book: xlwings.Book, text: str) -> None:
    """What a unit wrote never becomes a formula or a number in the console."""
    host.show_table(layout.LOG, [[text]])
    raw = book.sheets[layout.SHEET].impl.raw
    cell = raw[area(book, layout.LOG).impl.address]
    assert (cell.value, cell.data_type) == (text, "s")


def test_numbers_dates_and_blanks(host: Host) -> None:
    """Numbers and dates come back as such; blank and empty cells alike as None."""
    width = len(layout.AREAS[layout.QUEUE].columns)
    host.show_table(layout.QUEUE, [["甲", 1.5, 3, DAY, None, "", *[None] * (width - 6)]])
    assert host.read_table(layout.QUEUE) == [["甲", 1.5, 3, DAY, *[None] * (width - 4)]]


def test_a_long_text_is_cut(host: Host) -> None:
    """A cell is given no more than Excel takes at once."""
    host.show_table(layout.LOG, [["长" * 40_000]])
    assert host.read_table(layout.LOG) == [["长" * 1999 + "…"]]


def test_messages(host: Host, excel: Engine) -> None:
    """A fault is told as one, and what is too long for a box is cut, with where the rest stands."""
    host.tell("好了。")
    host.tell("不行。" * 1000, wrong=True)
    assert excel.said[0] == ("info", "好了。")
    mode, prompt = excel.said[1]
    assert (mode, len(prompt) < 1000) == ("critical", True)
    assert prompt.endswith("(其余见工作台的“消息”)")


@pytest.mark.parametrize(("answer", "agreed"), [("yes", True), ("no", False)])
def test_questions(host: Host, excel: Engine, answer: str, agreed: bool) -> None:  # noqa: FBT001
    """Only a yes is one."""
    excel.answers = [answer]
    assert host.ask("继续吗?") is agreed


def test_status_bar(host: Host, excel: Engine) -> None:
    """A blank gives the bar back to Excel."""
    host.status("收表")
    host.status("")
    assert excel.bar == ["收表", False]


def test_a_result_is_opened(host: Host, excel: Engine, office: Office) -> None:
    """It is opened in the same Excel, and in front."""
    host.open_book(office.space.results / RANKING_FILE)
    assert [(held.name, held.active) for held in excel.app.books] == [("fazhi_xl.xlsm", False), (RANKING_FILE, True)]


def test_a_result_is_released(host: Host, excel: Engine, office: Office) -> None:
    """One that is open is closed where the office agrees; else it may not be replaced."""
    path = office.space.results / RANKING_FILE
    assert host.release_book(path)
    excel.open(path)
    excel.answers = ["no", "yes"]
    assert not host.release_book(path)
    assert len(excel.app.books) == 2
    assert host.release_book(path)
    assert [held.name for held in excel.app.books] == ["fazhi_xl.xlsm"]
    assert excel.said[0] == ("info", "排名汇总.xlsx 正打开着,要关闭它(不保存)再继续吗?")


def test_a_workbook_is_saved_and_released(host: Host, excel: Engine, tmp_path: Path) -> None:
    """The catalogue's own workbook is saved before it is closed, where the office agrees; else it stays as it is."""
    path = tmp_path / "目录_甲县.xlsx"
    openpyxl.Workbook().save(path)
    excel.open(path).sheets[0].range("A1").value = "改了"
    excel.answers = ["no", "yes"]
    assert not host.release_book(path, save=True)
    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value is None
    assert host.release_book(path, save=True)
    assert openpyxl.load_workbook(path).worksheets[0]["A1"].value == "改了"
    assert [held.name for held in excel.app.books] == ["fazhi_xl.xlsm"]
    assert excel.said[0] == ("info", "目录_甲县.xlsx 正打开着,要保存、关闭它再继续吗?做完会重新打开。")


def test_a_workbook_that_cannot_be_saved(
    host: Host, excel: Engine, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that Excel does not save, since it is read-only for instance, stays open: nothing that was typed is lost."""
    monkeypatch.setattr(Book, "save", lambda *_, **__: 1 / 0)
    path = office.space.results / RANKING_FILE
    excel.open(path)
    excel.answers = ["yes"]
    assert not host.release_book(path, save=True)
    assert len(excel.app.books) == 2


def test_a_name_that_is_gone(host: Host, book: xlwings.Book) -> None:
    """Where somebody deleted the cells it is said what to do."""
    del book.impl.raw.defined_names["fz_out"]
    with pytest.raises(WrongUseError, match="“输出文件夹”找不到了"):
        host.setting(layout.OUT)


def test_inserted_rows_move_names_along(host: Host, book: xlwings.Book) -> None:
    """Settings are found by name, wherever their cells went."""
    book.impl.raw.defined_names["fz_units"].attr_text = "'工作台'!$AZ$3"
    book.sheets[layout.SHEET].range("AZ3").value = "团委"
    assert host.setting(layout.UNITS) == "团委"


def test_the_stand_in_refuses_locked_cells(book: xlwings.Book) -> None:
    """The stand-in is as strict as Excel: the sheet of the configuration takes nothing."""
    with pytest.raises(LockedCellError):
        book.sheets[layout.CONF_SHEET].range("B1").value = "x"


def test_not_called_from_a_console() -> None:
    """Without a workbook whose button was pressed it is said how to start."""
    with pytest.raises(WrongUseError, match="从办公室工作台"):
        calling_book()


def test_the_calling_book(book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is the workbook whose button was pressed."""
    monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
    assert calling_book().setting(layout.CAMPAIGN) == "zhonglou-2020"


def test_a_round_on_the_console(host: Host, book: xlwings.Book, excel: Engine, office: Office) -> None:
    """Collected, two rows decided, one of them wrongly, written back, ranked: through xlwings all the way into the record."""
    area(book, layout.ACTION).value = "审核合并"
    run(host)
    assert [mode for mode, _ in excel.said] == ["info"]
    sheet, queue = book.sheets[layout.SHEET], area(book, layout.QUEUE)
    titles = layout.AREAS[layout.QUEUE].titles
    codes = [row[0] for row in host.read_table(layout.QUEUE)]
    for code, score in (("02/15.1", 0.0), ("02/15.2", 99.0)):
        row = queue.row + codes.index(code)
        for title, value in {"核定分": score, "扣分原因": "没有佐证材料", "审核人": "张三", "审核日期": DAY}.items():
            sheet.range((row, queue.column + titles.index(title))).value = value
    area(book, layout.ACTION).value = "写回核定"
    run(host)
    assert Reviewing(office).decided("人大常委会机关", "15.1") == ["0"]
    assert excel.said[-1][1].startswith("1行已经记录。1行没有记录,原因写在“记录结果”一列")
    left = {row[0]: row for row in host.read_table(layout.QUEUE)}
    assert "02/15.1" not in left
    assert left["02/15.2"][titles.index("核定分")] == 99.0
    assert "15.2" in str(left["02/15.2"][titles.index("记录结果")])
    area(book, layout.ACTION).value = "排名"
    run(host)
    assert [(held.name, held.active) for held in excel.app.books][1] == (RANKING_FILE, True)
    assert excel.bar[-1] is False


def test_a_catalogue_on_the_console(host: Host, book: xlwings.Book, excel: Engine, tmp_path: Path) -> None:
    """What was typed into the workbook and not saved is saved before it is checked, and the workbook is in front afterwards."""
    area(book, layout.OUT).value = f"'{tmp_path}"
    area(book, layout.CAMPAIGN).value = f"'{catalogues.write(tmp_path / '甲县', catalogues.minimal())}"
    area(book, layout.ACTION).value = "写目录工作簿"
    run(host)
    assert excel.said == [("info", f"已写好目录工作簿:{tmp_path / '目录_甲县.xlsx'}")]
    opened = next(held for held in excel.app.books if held.name == "目录_甲县.xlsx")
    xlwings.Book(impl=opened).sheets["单位"].range("E4").value = "没有的组"
    area(book, layout.ACTION).value = "检查目录工作簿"
    excel.answers = ["yes"]
    run(host)
    assert excel.said[-1][1].startswith("目录有1处要改,改好以前不能发放。")
    assert host.read_table(layout.FINDINGS)[0][:3] == ["要改", "单位", "E4"]
    assert [(held.name, held.active) for held in excel.app.books] == [
        ("fazhi_xl.xlsm", False),
        ("目录_甲县.xlsx", True),
    ]
