"""What the package's own papers say, and how two results are told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from fazhi_xl.office.archiving.differ import json_differs
from fazhi_xl.office.archiving.inputs import Inputs, accounted
from fazhi_xl.office.archiving.layout import Part
from fazhi_xl.office.archiving.metadata import MEANINGS, About, metadata_bytes, read_counted
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.table import Row, read_table, table_bytes

DOCS = Path(__file__).parents[3] / "docs" / "seal.md"
ABOUT = About(
    title="甲&乙 <考核>",
    issuer="发文机关",
    office="办公室",
    number="示例〔2031〕1号",
    year=2031,
    generated="2032-01-20T09:00:00+08:00",
    edition={"编号": "1", "名称": '"年终"', "定稿人": "张三", "定稿时间": "2032-01-20", "计分依据": "核定"},
    version="0.1.0",
    program="ab" * 32,
    digests={"定稿/01_年终/结果/排名汇总.xlsx": "cd" * 32},
    prints=3,
)


def test_metadata_is_well_formed_and_counts_itself() -> None:
    """The metadata is XML that any reader parses, with every element that is declared, and counts itself among the files and bytes."""
    parts = [Part.of_bytes("说明.txt", b"12345"), Part.of_bytes("重现/无扩展名", b"1" * 95)]
    data = metadata_bytes(ABOUT, parts, 1)
    root = etree.fromstring(data)
    assert {each.tag for each in root.iter()} == set(MEANINGS)
    assert (root.findtext("题名"), root.findtext("定稿/名称"), root.findtext("保管期限")) == (
        "甲&乙 <考核>",
        '"年终"',
        "",
    )
    counted = read_counted(data)
    assert (counted.files, counted.size) == (3, 100 + len(data))


@pytest.mark.parametrize("name", MEANINGS)
def test_every_element_is_explained(name: str) -> None:
    """The office's pages say of every element what it says."""
    assert f"| {name} | {MEANINGS[name]} |" in DOCS.read_text("utf-8")


def test_the_table_of_files() -> None:
    """Paths whose bytes are no UTF-8, and times to the nanosecond, come back as they were; one that leads elsewhere is refused."""
    rows = (
        Row(stored="重现/回收/a", path="回收/\udcb1\udced.xlsx", moment=-5, modified=""),
        Row(stored="", path="回收/空", moment=1_957_000_000_123_456_789, modified="2032-01-06T01:46:40+08:00"),
    )
    assert tuple(read_table(table_bytes(rows))) == rows
    for path in ("../x", "/etc/x", ""):
        with pytest.raises(ValueError):  # noqa: PT011 - it says nothing but the path
            tuple(read_table(table_bytes([Row(stored="a", path=path, moment=0, modified="")])))


def test_names_in_the_package() -> None:
    """A name that some system refuses is another in the package, two that become one are numbered, and deep folders become shallow."""
    inputs = Inputs()
    for path in (
        "回收/a:b.xlsx",
        "回收/a：b.xlsx",
        "回收/\udcb1\udced.xlsx",
        f"回收/{'很长的文件夹名称/' * 20}表.xlsx",
    ):
        inputs.give(b"x", path)
    *short, deep = [each.path for each in inputs.parts]
    assert short == ["重现/回收/a：b.xlsx", "重现/回收/a：b(2).xlsx", "重现/回收/表.xlsx"]
    assert deep.startswith("重现/回收/深层-")
    assert deep.endswith("/表.xlsx")


def test_what_a_report_accounts_for() -> None:
    """A file is accounted for where the report names it, what it holds, or the workbook that it is a part of."""
    known = accounted(["a/表.xlsx", "信.eml/附件.xlsx", "同名.pdf#2", "散/表.xlsx"])
    assert [known(path) for path in ("a/表.xlsx", "信.eml", "同名.pdf", "散/表/xl/workbook.xml")] == [True] * 4
    assert [known(path) for path in ("a/别.xlsx", "信.em", "a/表.xlsx.tmp")] == [False] * 3


@pytest.mark.parametrize(
    ("before", "now", "where"),
    [
        (b'{"a": [1, {"b": "x"}]}', b'{"a": [1, {"b": "y"}]}', "a[1].b:定稿“x”,现在“y”"),
        (b'{"a": [1]}', b'{"a": [1, 2]}', "a[1]:定稿“None”,现在“2”"),
        (b'{"a": 1}', b'{ "a": 1 }', ""),
        (b"{", b"{}", "不是 JSON"),
    ],
)
def test_where_reports_differ(before: bytes, now: bytes, where: str) -> None:
    """The first place where two reports say something else is named; blank where only bytes differ."""
    assert json_differs(before, now) == where


@pytest.mark.parametrize("field", ["edition", "returns", "catalogue", "earlier"])
def test_an_order_that_leads_elsewhere(field: str) -> None:
    """Of what a package says is to be read, nothing may lie outside it."""
    order = Again(edition="定稿/01", generated="2032-01-20T09:00:00+08:00", returns="回收", catalogue="目录/x")
    assert Again.of(order.data) == order
    for path in ("/etc", "../x", "回收/../../x"):
        with pytest.raises(ValueError):  # noqa: PT011 - it says nothing but the path
            Again.of(json.dumps({**json.loads(order.data), field: path}).encode())
