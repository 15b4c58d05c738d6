"""What the check says in the workbook's words: no file, no field's English name, no bracket of TOML, and always how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.load import notice_of, source_problems
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.shape_faults import DrawnFault, ShapeFault
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.setup.book.book import blank_sheets
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.book.wording import BookNames, spot_of, worded
from fazhi_xl.text.said import Message, gaps
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet
from fazhi_xl.xlsx.kept.read import ReadBook
from tests.notice.campaigns import CAMPAIGN
from tests.notice.test_check_data import REFUSED
from tests.support.catalogues import Files, full

TABLES: tuple[type[Message], ...] = (Fault, ShapeFault, DrawnFault, Oddity)
FIRST = 5  # the row below the heads
_FOREIGN = re.compile(r"[A-Za-z_]{2,}|[\[\]{}<>`\"']")
_MEANT = re.compile(r"\{次数\}|Alt\+回车|Excel|zhang@example\.com|#FFF9DB|SL2031")
"""What an office reads and writes as it stands."""


def opened(source: Source) -> OpenedBook:
    """Give a catalogue as its workbook would be read, its rows from the fifth on."""
    rows = {
        sheet: [replace(row, at=at) for at, row in enumerate(held, FIRST)] for sheet, held in to_rows(source).items()
    }
    sheets = {
        sheet.name: ReadSheet(
            name=sheet.name,
            head_row=FIRST - 1,
            letters={head.title: chr(ord("A") + at) for at, head in enumerate(sheet.heads)},
            lines=tuple(ReadLine(at=row.at, key="", cells=row.cells) for row in rows[sheet.name]),
        )
        for sheet in blank_sheets()
    }
    read = ReadBook(sheets=sheets, faults=(), others=(), properties={})
    return OpenedBook(path=Path("目录_试.xlsx"), data=b"", read=read, taken=from_rows(rows))


@pytest.fixture(scope="module")
def shipped() -> OpenedBook:
    return opened(read_source(CAMPAIGN)[0])


def foreign(text: str) -> list[str]:
    return _FOREIGN.findall(_MEANT.sub("", text))


@pytest.mark.parametrize("message", [message for table in TABLES for message in table], ids=str)
def test_no_word_of_the_files(message: Message, shipped: OpenedBook) -> None:
    """Whatever can be wrong or odd is said, and its mending, in the workbook's words."""
    saying = message.value
    named = (gaps(saying.told) | gaps(saying.book) | gaps(saying.mend) | {"name"}) - {"how"}
    said = message(**dict.fromkeys(named, "某"), known=("某某",))
    names = BookNames(shipped)
    assert foreign(said.named(names)) == []
    mend = said.mend(names, "填某。")
    assert foreign(mend) == []
    assert mend.endswith("。")


def told(files: Files) -> list[tuple[str, str, str]]:
    """Give sheet, column and row of each fault of a catalogue's workbook, what is wrong, and how to mend it."""
    book = opened(Source(files=files))
    problems = source_problems(book.taken.source)
    spots = [(spot_of(each, book), worded(each, book)) for each in problems]
    return [(f"{spot.sheet}!{spot.head}{spot.at}", *said) for spot, said in spots]


USER = re.compile(r'方面"一"|"“"|甲\[等\]|“[\["a]”|a、A')


def test_what_a_broken_catalogue_is_told() -> None:
    """Faults that the check refuses are told in the workbook's words, save for what the office itself wrote."""
    for change, _ in REFUSED[::6]:
        files = deepcopy(full())
        change(files)
        for _, what, mend in told(files):
            assert foreign(USER.sub("", what)) == []
            assert foreign(USER.sub("", mend)) == []
            assert mend.endswith("。")


Change = Callable[[Files], Any]


def _unit(files: Files) -> Any:  # noqa: ANN401 - a table of a catalogue
    return files["units.toml"]["units"][1]


def _sub(files: Files, item: int = 1, at: int = 0) -> Any:  # noqa: ANN401 - as above
    return files[f"items/{item:02d}.toml"]["sub_points"][at]


TOLD: list[tuple[Change, tuple[str, str, str]]] = [
    (
        lambda files: _unit(files).update(ranking_group="丙"),
        (
            "单位!排名组6",
            "“排名组”:没有“丙”这个排名组",
            "现有:乙、甲。填“排名组”表里的编号;还没有的,先在那张表里加一行。",
        ),
    ),
    (lambda files: _unit(files).pop("kind"), ("单位!类别6", "“类别”:这一格空着,必须填", "写类别,例如“社区”。")),
    (
        lambda files: files["notice.toml"]["dates"].update(ledger_due="下个月底"),
        ("通知!填什么26", "“报送期限”:应为日期", "写全年月日,例如 2031-11-20 或 2031年11月20日。"),
    ),
    (
        lambda files: _sub(files).update(points="两分"),
        (
            "得分点!分值5",
            "“分值”:应为数字,例如 0.5",
            "只填数字,不带单位,例如 0.5;显示成日期的,先把单元格格式改成“常规”。",
        ),
    ),
    (
        lambda files: _sub(files)["rule"]["parts"][0].update(input="制 度"),
        (
            "计分规则!填报指标5",
            "“填报指标”:没有“制 度”这个填报指标",
            "是不是“制度”?填“填报指标”表里这个得分点的键名,一字不差。",
        ),
    ),
    (
        lambda files: _sub(files)["rule"].update(parts=[{"kind": "rate", "due": ["制度"]}]),
        ("计分规则!已办5", "“已办”:这一格空着,必须填", "一行写一个,按“Alt+回车”换行,例如“办结”。"),
    ),
    (
        lambda files: _sub(files).pop("rule"),
        ("得分点!5", "没有写规则", "在“计分规则”表里给它加一行。"),
    ),
    (
        lambda files: _sub(files)["rule"].update(combine="some"),
        (
            "得分点!合计办法5",
            "“合计办法”:应为其中之一:“各得各的,按权重分”、“全部做到才得分”",
            "从下拉里选一个,例如“各得各的,按权重分”。",
        ),
    ),
    (
        lambda files: files["adjustments.toml"]["deductions"][0].update(provided_by=["县农业局"]),
        (
            "减分情形!由谁提供5",
            "“由谁提供”:没有“县农业局”这个部门,请先写进“责任部门”表",
            "现有:01社区、02社区、03社区、04社区、05社区、06社区、@全部。可以填“责任部门”表里的写法、单位简称、“@组名”或“@全部”,几个的一行写一个。",
        ),
    ),
    (
        lambda files: _sub(files, 3)["inputs"][0].update(given_by="unit"),
        (
            "登记供数!填报指标5",
            "“填报指标”:得分点3.1的“报送”由单位的登记得出,那里却写着由别处给",
            "在“填报指标”表里,“报送”的“由谁填”选“由单位填的登记算出”。",
        ),
    ),
    (
        lambda files: files["notice.toml"]["feedback"].update(material_reasons=["没带材料"]),
        (
            "通知!填什么72",
            "“请补材料的原因”:没有“没带材料”这个扣分原因,请先写进“扣分原因”",
            "是不是“没有材料”?与“通知”表里“扣分原因”的写法要一字不差。",
        ),
    ),
]


@pytest.mark.parametrize(("change", "said"), TOLD, ids=[said[1] for _, said in TOLD])
def test_a_fault_is_told(change: Change, said: tuple[str, str, str]) -> None:
    """A fault has its cell, says what is wrong there, and how to mend it: with the likest known name, or an example of another row."""
    files = deepcopy(full())
    change(files)
    assert said in told(files)


def test_remarks_are_told() -> None:
    """What is odd or blank is told in the workbook's words too."""
    book = opened(read_source(CAMPAIGN)[0])
    notice = notice_of(book.taken.source, CAMPAIGN)
    assert [worded(each, book) for each in (*lint(notice)[:1], *blanks(notice)[:1])] == [
        (
            "第9项分值4分,得分点合计3分",
            "核对“项目”表里第9项的分值和“得分点”表里它的各个分值,例如把项目的分值改为3;通知就是这样的,不用改。",
        ),
        (
            "办公室的电话空着,填报说明的“咨询”没有电话",
            "在“通知”表的“电话”一行填上,例如 0519-12345678;不填也可以用。",
        ),
    ]


def with_reading(chosen: str, changes: dict[str, dict[str, object]]) -> Files:
    """Give a catalogue with a reading, and what one of its options changes."""
    options = [{"key": "甲", "text": "一种"}, {"key": "乙", "text": "另一种", "changes": changes}]
    reading = {"key": "分值", "question": "几分", "chosen": chosen, "reason": "照旧", "options": options}
    return {**full(), "readings.toml": {"readings": [reading]}}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            with_reading("乙", {"about.scoring": {"full": "多"}}),
            (
                "口径改动!改成5",
                "“改成”:应为数字,例如 0.5",
                "只填数字,不带单位,例如 0.5;显示成日期的,先把单元格格式改成“常规”。",
            ),
        ),
        (
            with_reading("甲", {"sub_points.99.9": {"points": 2}}),
            (
                "口径改动!对象5",
                "“对象”:没有“得分点 99.9”这个对象",
                "写清是哪张表的哪一个,例如“得分点 1.2”;不再需要的,删去这一行。",
            ),
        ),
        (
            with_reading("乙", {"sub_points.1.1": {"没有的": 2}}),
            (
                "口径改动!哪一处5",
                "“哪一处”:“得分点 1.1”里没有“没有的”这一处",
                "写那张表的栏目,例如“分值”“由谁填”;不再需要的,删去这一行。",
            ),
        ),
        (
            with_reading("丙", {}),
            (
                "口径!采用5",
                "“采用”:没有“丙”这个选项",
                "现有:甲、乙。填“口径选项”表里这一条口径的一个键名。",
            ),
        ),
    ],
    ids=["value", "target", "field", "option"],
)
def test_a_fault_of_a_reading(files: Files, said: tuple[str, str, str]) -> None:
    """What is wrong with a reading, or because of it, is told at the cell that is wrong, in its row's own words."""
    assert told(files) == [said]
