"""A report workbook shows what it was given: texts as texts, figures as figures, nothing as —."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.workbook import (
    Block,
    Column,
    Link,
    Marked,
    Piece,
    ReportBook,
    ReportSheet,
    Sentence,
    Stroke,
    Table,
)
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.packages import Package, Part

TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a.cn")', "http://a.cn/b", "https://a.cn", "mailto:a@b.cn",
    "internal:排名!A1", "external:a.xlsx", "ftp://a.cn", "{=1}", "'a", '<b>&amp;"</b>', "1", "1e3", "TRUE", "#N/A", "#DIV/0!",
    "  前后有空格  ", "两\n行", "\t", "_x0041_", "\x01\x1f", "\ufffe\uffff", "表情😀", "",
]  # fmt: skip


def made(notice: Notice, *blocks: Block, **options: object) -> Package:
    sheet = ReportSheet(name="表", title="标题", blocks=blocks, **options)  # type: ignore[arg-type]
    return Package(report_bytes(ReportBook(title="书", sheets=(sheet,), footer="页脚"), notice.theme))


def sheet_of(package: Package) -> Part:
    return package.sheets["表"]


def columns(*styles: str) -> tuple[Column, ...]:
    return tuple(Column(title=f"列{no}", width=20, style=style) for no, style in enumerate(styles, 1))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("style", ["text", "centre"])
def test_texts_stay_texts(notice: Notice, text: str, style: str) -> None:
    """What a person typed is a text in the report whatever it begins with: no formula, no link, no number, no error."""
    part = sheet_of(made(notice, Table(columns=columns(style), rows=((text,),))))
    cell = part.cells["A3"]
    assert cell.kind in {"s", "str", "n" if text == "" else "s"}
    assert (cell.formula, part.every("hyperlink")) == (None, [])
    assert cell.text in {text or None, _escaped(text)}


def _escaped(text: str) -> str:
    """Write what XML cannot hold as the format does: `_x0001_`."""
    text = text.replace("_x0041_", "_x005F_x0041_")
    return "".join(f"_x{ord(c):04X}_" if c in "\x01\x1f\ufffe\uffff" else c for c in text)


@pytest.mark.parametrize(
    ("style", "value", "stored"),
    [("whole", 3, "3"), ("figure", 8750, "87.5"), ("figure", 0, "0"), ("text", 3, "3"), ("figure", -5, "-0.05")],
)
def test_figures(notice: Notice, style: str, value: int, stored: str) -> None:
    """Numbers are stored as numbers; figures are given in hundredths and stored in points."""
    cell = sheet_of(made(notice, Table(columns=columns(style), rows=((value,),)))).cells["A3"]
    assert (cell.kind, cell.stored) == ("n", stored)


@pytest.mark.parametrize("style", ["text", "centre", "whole", "figure"])
def test_nothing(notice: Notice, style: str) -> None:
    """Nothing is written as —, never as 0."""
    assert sheet_of(made(notice, Table(columns=columns(style), rows=((None,),)))).cells["A3"].text == "—"


def test_longest_text(notice: Notice) -> None:
    """A text longer than a cell can hold is cut there, and its row is as high as a row can be."""
    part = sheet_of(made(notice, Table(columns=columns("text"), rows=(("甲" * 40_000,),))))
    assert part.cells["A3"].text == "甲" * 32_767
    assert part.heights[3] <= 409


def test_total(notice: Notice) -> None:
    """The total stands below the rows in bold."""
    part = sheet_of(made(notice, Table(columns=columns("text", "figure"), rows=(("甲", 100),), total=("计", 100))))
    assert [part.cells[at].text for at in ("A3", "A4", "B4")] == ["甲", "计", "1"]
    assert part.cells["A4"].style != part.cells["A3"].style


def test_head_is_frozen_and_repeated(notice: Notice) -> None:
    """A sheet's one table keeps its heading in view and on every page, and gets a filter where asked for."""
    table = Table(columns=columns("text"), rows=(("甲",), ("乙",)))
    package = made(notice, Sentence("说明"), table, filtered=True)
    part = sheet_of(package)
    assert part.one("pane")["ySplit"] == "3"
    assert part.one("autoFilter") == {"ref": "A3:A5"}
    assert ("_xlnm.Print_Titles", "表!$3:$3") in package.names


def test_empty_table(notice: Notice) -> None:
    """A table without rows shows its heading, and no filter that would hide nothing."""
    part = sheet_of(made(notice, Table(columns=columns("text"), rows=()), filtered=True))
    assert part.cells["A2"].text == "列1"
    assert part.one("autoFilter") == {}


def test_tables_beside_each_other(notice: Notice) -> None:
    """A table may stand beside the one before it; what follows begins below the longer one."""
    left = Table(title="左", columns=columns("text"), rows=(("甲",), ("乙",), ("丙",)))
    right = Table(title="右", columns=columns("text"), rows=(("丁",),), at=2, beside=True)
    part = sheet_of(made(notice, left, right, Sentence("后"), widths=(20, 4, 20)))
    texts = {at: cell.text for at, cell in part.cells.items() if cell.text}
    assert texts == {
        "A1": "标题", "A2": "左", "C2": "右", "A3": "列1", "C3": "列1",
        "A4": "甲", "C4": "丁", "A5": "乙", "A6": "丙", "A8": "后",
    }  # fmt: skip


def test_one_page(notice: Notice) -> None:
    """A sheet may be fitted on one page; others are one page wide."""
    table = Table(columns=columns("text"), rows=(("甲",),))
    fits: Mapping[bool, Mapping[str, str]] = {
        one_page: sheet_of(made(notice, table, one_page=one_page)).one("pageSetup") for one_page in (True, False)
    }
    assert (fits[True].get("fitToHeight", "1"), fits[False].get("fitToHeight")) == ("1", "0")
    assert {fit["paperSize"] for fit in fits.values()} == {"9"}


def test_footer(notice: Notice) -> None:
    """Every page says what it belongs to, its number and its sheet."""
    part = sheet_of(made(notice, Table(columns=columns("text"), rows=())))
    assert part.text("oddFooter") == "&L&9页脚&C&9第&P页 共&N页&R&9表"


def test_footer_with_digits(notice: Notice) -> None:
    """A sheet's name that begins with a digit makes no size of letters."""
    sheet = ReportSheet(name="21项", title="标题", blocks=(Sentence("一"),), widths=(9,))
    package = Package(report_bytes(ReportBook(title="书", sheets=(sheet,), footer="2020版"), notice.theme))
    assert package.sheets["21项"].text("oddFooter") == "&L&9 2020版&C&9第&P页 共&N页&R&9 21项"


def test_same_bytes(notice: Notice) -> None:
    """The same report gives the same bytes."""
    book = ReportBook(
        title="书", sheets=(ReportSheet(name="表", title="标题", blocks=(Sentence("一"),), widths=(9,)),), footer=""
    )
    assert report_bytes(book, notice.theme) == report_bytes(book, notice.theme)


# Texts with marked words ---------------------------------------------------------------------------------------------


def runs(package: Package) -> list[list[tuple[str, frozenset[str]]]]:
    """Give the texts that are made of runs: the text of each run, and which marks its font has."""
    namespace = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    found = []
    for text in package.xml("xl/sharedStrings.xml").iter(f"{namespace}si"):
        own = [
            (
                each.findtext(f"{namespace}t") or "",
                frozenset(
                    tag for tag in ("strike", "u", "b") if each.find(f"{namespace}rPr/{namespace}{tag}") is not None
                ),
            )
            for each in text.iter(f"{namespace}r")
        ]
        found += [own] if own else []
    return found


def test_marked_words(notice: Notice) -> None:
    """Words that are gone are struck out, new ones are bold and underlined, and both stand in brackets, so that a grey print shows them."""
    gone = Marked((Piece("不低于"), Piece("4", Stroke.GONE), Piece("次")))
    new = Marked((Piece("10", Stroke.NEW), Piece("次 ")))
    package = made(notice, Table(columns=columns("text", "text"), rows=((gone, new),)))
    assert runs(package) == [
        [("不低于", frozenset()), ("【4】", frozenset({"strike"})), ("次", frozenset())],
        [("【10】", frozenset({"u", "b"})), ("次 ", frozenset())],
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_marked_texts_stay_texts(notice: Notice, text: str) -> None:
    """Whatever stands in a marked text, it is written; of one that is blank it is said that there is nothing."""
    pieces = tuple(Piece(each, stroke) for each, stroke in ((text, None), ("新", Stroke.NEW)) if each)
    rows = ((Marked(pieces), Marked(pieces[-1:]), Marked(())),)
    part = sheet_of(made(notice, Table(columns=columns("text", "text", "text"), rows=rows)))
    assert part.cells["B3"].text == "【新】"
    assert part.cells["C3"].text == "—"
    assert part.cells["A3"].text in {f"{text}【新】", f"{_escaped(text)}【新】"}


def test_a_marked_text_that_is_too_long(notice: Notice) -> None:
    """It is cut where a cell's room ends."""
    long = Marked((Piece("甲" * 20_000), Piece("乙" * 20_000, Stroke.GONE), Piece("丙")))
    (found,) = runs(made(notice, Table(columns=columns("text"), rows=((long,),))))
    assert sum(len(text) for text, _ in found) == 32_767


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("../回收/甲 & 乙!.xlsx", r"..\回收\甲%20&%20乙!.xlsx"),
        ("D:/考核/100%.xlsx", r"file:///D:\考核\100%25.xlsx"),
        ("//server/share/回收/甲.xlsx", r"file:///\\server\share\回收\甲.xlsx"),
    ],
)
def test_links_to_other_places(notice: Notice, file: str, target: str) -> None:
    """A link leads to a file beside the round, on another drive, or on another computer, as Excel writes each."""
    package = made(notice, Table(columns=columns("text"), rows=((Link(text="甲", file=file),),)))
    assert [each.get("Target") for each in package.xml("xl/worksheets/_rels/sheet1.xml.rels")] == [target]
