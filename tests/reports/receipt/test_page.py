"""The page of a receipt is one page, whatever there is to say, and what does not fit stands whole on a second sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.reports.media.one_page import GRID, ROOM
from fazhi_xl.reports.media.panel import PageSheet, heights, room
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.workbook import ReportBook, Sentence, Table
from fazhi_xl.reports.receipt.facts import Asked, Receipt, receipt
from fazhi_xl.reports.receipt.page import Occasion, receipt_book
from tests.support.campaign import forms, the_notice
from tests.support.rounds import a_round, returned_file

ON = Occasion(notice=the_notice(), day=date(2020, 11, 12))
LARGEST = max((unit.short for unit in the_notice().units), key=lambda unit: len(forms()[unit].shape.sub_points))
SMALL = "人大常委会机关"


def known(unit: str, *found: Finding) -> Receipt:
    file = replace(returned_file(unit), findings=found, sha256="0123456789abcdef" * 4)
    own = the_notice().units_by_short[unit]
    return receipt(a_round([unit], [file]), own, file, forms()[unit].number, OtherUnits.of(the_notice()))


def page(book: ReportBook) -> PageSheet:
    sheet = book.sheets[0]
    assert isinstance(sheet, PageSheet)
    return sheet


def texts(book: ReportBook) -> list[str]:
    return [*page(book).texts]


def rewritten(count: int, value: str = "３") -> list[Finding]:
    keys = [key for key in forms()[LARGEST].shape.fields if key.endswith(".填报")]
    places = (Place(sheet="任务分解表", cell=f"D{no}", field=keys[no % len(keys)]) for no in range(count))
    return [finding(Code.VALUE_NORMALISED, at, value=value, label="数", kept="3") for at in places]


def asked(count: int, name: str = "材料") -> list[Finding]:
    places = (Place(sheet="台账目录", cell=f"J{no}") for no in range(count))
    return [finding(Code.EVIDENCE_NOT_THERE, at, value=f"{name}{at.cell}.pdf", row=f"台账.{at.cell}") for at in places]


def test_a_return_about_which_there_is_nothing_to_say() -> None:
    """It stands on one page without a second sheet: whose, which number, the digest, how to check it, the day, the office."""
    made = receipt_book(known(SMALL), ON)
    said = texts(made)
    assert len(made.sheets) == 1
    for text in (
        "钟楼区2020年度法治建设监测评价回执", "人大常委会机关", "表号ZL2020-02-1-2SVYLX5J 回执第1号",
        "0123456789abcdef" * 4, "没有要你单位核实的;没有整理后读取的,都照填的读。",
        "对本回执写的有异议的,请在2020年11月20日以前告诉我们。", "区委依法治区办  2020年11月12日",
    ):  # fmt: skip
        assert text in said
    assert any('certutil -hashfile "文件名" SHA256' in text for text in said)
    assert [text for text in said if text[:2] in {"一、", "二、", "异议"}] == [
        "一、收到的是什么",
        "二、计入了什么",
        "异议和更换",
    ]


@pytest.mark.parametrize("count", [0, 1, 5, 20, 60, 400])
@pytest.mark.parametrize("unit", [SMALL, LARGEST])
def test_one_page(unit: str, count: int) -> None:
    """Whatever there is to say, the page is no taller than a page, and what came stands on it whole."""
    made = receipt_book(
        known(unit, *(rewritten(count) if unit == LARGEST else ()), *asked(count, "很长的名称" * 20)), ON
    )
    assert page(made).one_page
    assert sum(heights(page(made).bands)) <= ROOM
    assert "0123456789abcdef" * 4 in texts(made)


def test_headings_fit() -> None:
    """A heading stands in one line that never wraps, so each is as wide as the page at most."""
    answered = replace(asked(1)[0], answered="无误,2020年11月19日来件")
    made = page(receipt_book(known(LARGEST, *rewritten(60), *asked(40), answered), ON))
    heads = [cell for line in made.lines for cell in line.cells if cell.style == "panel"]
    assert len(heads) == 6
    assert [cell.shown for cell in heads if not room(GRID, cell.first, cell.last, size=13).fits(cell.shown)] == []


def test_what_does_not_fit() -> None:
    """What the page leaves out is counted there, and the second sheet has every line whole, and the items."""
    receipt_ = known(LARGEST, *rewritten(60), *asked(40))
    made = receipt_book(receipt_, ON)
    assert any(text.startswith("其余") and text.endswith("见“明细”。") for text in texts(made))
    whole = made.sheets[1]
    said = [str(block.text) for block in whole.blocks if isinstance(block, Sentence)]
    (items,) = (block for block in whole.blocks if isinstance(block, Table))
    assert {*receipt_.rewritten} <= {*said}
    assert sum("在报送的台账文件夹里没有找到" in text for text in said) == 40
    assert len(items.rows) == len(receipt_.items)
    assert [text for text in said if text[1:2] == "、"] == [
        "三、请核实(40处)",
        "四、按固定的规则整理后读取的(60处)",
    ]
    assert "带“需修改事项”的表另行发给你单位,请在“答复”里逐处答复;有误的改好,把整个表再发一次。" in said
    assert "意思没有改动,不对的请告诉我们。" in said


@pytest.mark.parametrize(("answered", "items"), [(0, 6), (9, 4)])
def test_each_list_has_its_part_of_the_page(answered: int, items: int) -> None:
    """However much there is, the page shows the beginning of each list, what is settled last, and the sums of all scores."""
    settled = [replace(each, answered="无误,2020年11月19日来件") for each in asked(answered)]
    receipt_ = replace(
        known(LARGEST, *rewritten(60), *asked(40), *settled),
        before="这是第2次报送",
        more_time="经批准延期至2020年11月25日",
    )
    said = texts(receipt_book(receipt_, ON))
    assert sum(item.name in said for item in receipt_.items) >= items
    assert any(text.startswith("1. 台账目录 J0") for text in said)
    assert receipt_.rewritten[0] in said or answered
    assert "合计" in said


def test_whatever_else_is_asked() -> None:
    """Questions of other kinds join as lists of their own, each under its heading and numbered."""
    more = Asked(heading="核实答复(2条)", how="请在“答复”一栏填写。", lines=("甲", "乙"))
    made = receipt_book(replace(known(SMALL), asked=(more, replace(more, heading="其他"))), ON)
    said = texts(made)
    assert said[said.index("三、核实答复(2条)") :][:2] == ["三、核实答复(2条)", "请在“答复”一栏填写。"]
    assert said[said.index("四、其他") :][:2] == ["四、其他", "请在“答复”一栏填写。"]
    assert said.count("1. 甲") == 2


def test_boxes() -> None:
    """A receipt says in a box that it takes earlier ones back, and that nobody is sure yet who sent the form."""
    said = texts(receipt_book(replace(known(SMALL), before="这是第2次报送", unconfirmed=True), ON))
    assert "这是第2次报送。" in said
    assert "来件是不是你单位发来的,办公室还没有核实;核实以前,本回执不作数。" in said


def test_no_telephone_numbers() -> None:
    """Telephone numbers in what was typed are left out of the page and of the second sheet."""
    receipt_ = known(LARGEST, *rewritten(60, "１３９１２３４５６７８"))
    made = receipt_book(receipt_, ON)
    whole = [str(block.text) for sheet in made.sheets[1:] for block in sheet.blocks if isinstance(block, Sentence)]
    assert "１３９１２３４５６７８" in receipt_.rewritten[0]
    assert not [text for text in (*texts(made), *whole) if "１３９" in text]


def test_without_self_scores_and_items() -> None:
    """A notice without self-scores has no column for them, and one without items says that nothing is scored."""
    plain = replace(
        known(SMALL), self_scored=False, items=tuple(replace(each, self_score=None) for each in known(SMALL).items)
    )
    assert "自评" not in texts(receipt_book(plain, ON))
    assert "分值22.00" in texts(receipt_book(plain, ON))
    bare = replace(plain, items=(), evidence=None, bonus=None)
    assert sum(heights(page(receipt_book(bare, ON)).bands)) <= ROOM
    assert "二、没有计分的项目" in texts(receipt_book(replace(plain, items=()), ON))


def test_a_rehearsal() -> None:
    """A rehearsal's receipts are marked so."""
    made = receipt_book(known(SMALL), replace(ON, mark="【演练数据】"))
    assert texts(made)[0].startswith("【演练数据】钟楼区")
    assert made.footer.startswith("【演练数据】表号:")
