"""Texts that name what has gone by are told, with what they would say; none is changed."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest

from fazhi_xl.notice.source import Source
from fazhi_xl.setup.new_year.words import Move, Named, named_years
from tests.support.catalogues import full

MOVE = Move(before=2031, now=2032, days=frozenset({date(2031, 11, 20), date(2032, 1, 11), date(2032, 2, 29)}))

TEXTS: list[tuple[str, str, str]] = [
    ("2031年度考核", "“2031年度考核”", "改成“2032年度考核”"),
    ("比2030年下降,2032年1月11日前报", "“比2030年下降,2032年1月11日前报”", "改成“比2031年下降,2033年1月11日前报”"),
    ("二〇三一年", "“二〇三一年”", "改成“二〇三二年”"),
    ("2030-2031学年", "“2030-2031学年”", "改成“2031-2032学年”"),
    ("11月20日前", "“11月20日前”", "期限改了的一起改;2032年11月20日是星期六"),
    ("2031年11月20日(星期四)前", "“2031年11月20日(星期四)前”", "改成“2032年11月20日(星期六)前”;2032年11月20日是星期六"),
    ("11月20日前(周四)", "“11月20日前(周四)”", "改成“11月20日前(周六)”;期限改了的一起改;2032年11月20日是星期六"),
    ("2月29日前", "“2月29日前”", "期限改了的一起改;2033年没有2月29日"),
    ("《2031年要点》", "“《2031年要点》”", "改成“《2032年要点》”;文件有了新的才改,文号照新文件"),
    ("《办法》(示例办〔2030〕2号)", "“《办法》(示例办〔2030〕2号)”", "文件有了新的才改,文号照新文件"),
    ("《纲要(2026-2031年)》", "“《纲要(2026-2031年)》”", "2026年至2031年的已经到期,看有没有新的"),
]


@pytest.mark.parametrize(("text", "said", "suggestion"), TEXTS)
def test_told(text: str, said: str, suggestion: str) -> None:
    """A text is told with what it would say, and with what is to be known besides."""
    found = Named.in_text(text, MOVE)
    assert found is not None
    assert (found.said, found.suggestion) == (said, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "每月15日前",
        "3月5日",
        "2025年办法",
        "纲要(2031-2035年)",
        "纲要(2020-2024年)",
        "2031件",
        "“十六五”规划",
        "2029年3月1日起",
    ],
)
def test_not_told(text: str) -> None:
    """What names no year near, no day of the notice, and no plan that runs out is left alone."""
    assert Named.in_text(text, MOVE) is None


def test_plans_that_run_out() -> None:
    """A five-year plan is told in the year after its last."""
    found = Named.in_text("“十五五”规划、“九五”普法", Move(before=2030, now=2031))
    assert found is not None
    assert found.suggestion == "改成““十六五”规划、“十五”普法”"


def test_long_texts() -> None:
    """Of a long text, what stands around the years is told."""
    found = Named.in_text(f"{'前' * 60}2031年{'中' * 60}2030年{'后' * 60}", MOVE)
    assert found is not None
    around = "前" * 12, "中" * 12, "后" * 12
    assert found.said == f"“…{around[0]}2031{'年' + '中' * 11}…{around[1]}2030{'年' + '后' * 11}…”"
    assert found.suggestion == f"改成{found.said.replace('2031', '2032').replace('2030', '2031')}"


def test_several_years_later() -> None:
    """All years move by as many."""
    found = Named.in_text("2031年比2030年", Move(before=2031, now=2034))
    assert found is not None
    assert found.suggestion == "改成“2034年比2033年”"


def test_what_is_no_wording() -> None:
    """Ids, keys, what refers to them, mail addresses and rules are not told; labels, options and comments are."""
    files = deepcopy(full())
    sub = files["items/01.toml"]["sub_points"][0]
    sub |= {"id": "2031.1", "code": "1.1"}
    sub["inputs"] = [{"key": "2031年数", "label": "2031年的数", "kind": "choice", "options": ["2031年", "没有"]}]
    sub["rule"] = {"parts": [{"kind": "yes", "input": "2031年数"}]}
    files["units.toml"]["units"][0]["mail"] = ["a2031@example.com"]
    files = {file: files[file] for file in ("items/01.toml", "units.toml")}
    comments = {("units.toml", "units[0]"): "2031年改名"}
    remarks = named_years(Source(files=files), comments, MOVE)
    assert [(each.file, each.path, each.text) for each in remarks] == [
        ("items/01.toml", "sub_points[0].inputs[0].label", "“2031年的数”"),
        ("items/01.toml", "sub_points[0].inputs[0].options[0]", "“2031年”"),
        ("units.toml", "units[0]", "“2031年改名”"),
    ]
