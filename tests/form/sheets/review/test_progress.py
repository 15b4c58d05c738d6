"""进度 and the column 关注: what is open, and why a reviewer looks at a row, as the book itself tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Label, Shape
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, LeftOpen, Matter
from fazhi_xl.form.sheets.review.registers import of_section
from fazhi_xl.notice.model import Unit
from tests.support.campaign import sub_point, the_notice

DAY = date(2020, 12, 1)
COURT = "06"  # 法院's number
CASES = ("6.1", "6.2", "15.1", "20.7")


def unit(short: str) -> Unit:
    return next(each for each in the_notice().units if each.short == short)


def a_dossier() -> Dossier:
    """Give four sub-points of two sections, a claim and a matter provided; each row is open in its own way."""
    court = unit("法院")
    return Dossier(
        notice=the_notice(),
        cases=(
            Case(unit=court, sub=sub_point("6.1"), auto=100, self_score=200, doubts="请核实。"),
            Case(unit=court, sub=sub_point("6.2"), self_score=None, out=True),
            Case(unit=court, sub=sub_point("15.1"), auto=100, self_score=100),
            Case(unit=court, sub=sub_point("20.7"), auto=400, self_score=400, register="按交办登记计。"),
        ),
        claims=(Matter(unit=court, row="加分.01", said={"情形": "①表彰奖励", "事项": "全国先进"}),),
        provided=(
            Matter(
                unit=unit("审计局"), row="减分.01", said={"情形": "②重大决策违法", "单位": "法院", "事项": "某决策"}
            ),
        ),
        registers={"减分登记": ("减分登记.001",)},
        reviewers={"06/15.1": "张三", "06/加分.01": "李四"},
    )


@lru_cache(maxsize=1)
def shape() -> Shape:
    return review_shape(a_dossier())


def said(values: Mapping[str, Value], *keys: str, of: Shape | None = None) -> list[Value]:
    """Give what stands in cells of the book where its inputs hold the values."""
    made = of or shape()
    results = {**made.given, **made.results(values)}
    return [results[key] for key in keys]


def line(made: Shape, name: str, number: int) -> list[Value]:
    """Give a line of 进度 as it stands before anything is entered."""
    return said(
        {}, *(f"{name}.{number:02d}.{column}" for column in ("类别", "共", "已定", "未定", "审核人", "去处")), of=made
    )


def test_each_sheet_has_its_line() -> None:
    """A sheet's rows are counted, those that are undecided too; a register whose rows nobody waits for is only linked."""
    assert [line(shape(), "进度", no) for no in range(1, 6)] == [
        ["审核", 4, 1, 3, "张三", "第一个未定的"],
        ["加分认定", 1, 0, 1, "李四", "第一个未定的"],
        ["减分登记", 1, 0, 1, "", "第一个未定的"],
        ["交办登记", "—", "—", "—", "", "—"],
        ["信息采用", "—", "—", "—", "", "—"],
    ]
    assert said({}, "进度.合计.类别") == ["还没有定的5项"]


def test_counts_follow_what_is_entered() -> None:
    """A score, a verdict on 不涉及, and a verdict each settle their row once it is signed; what else is entered does not."""
    keys = ("进度.合计.类别", "进度.01.未定", "进度.02.未定", "进度.02.去处")
    assert said({"06/15.1.说明": "看过"}, *keys) == ["还没有定的5项", 3, 1, "第一个未定的"]
    assert said({"06/15.1.核定": 1}, *keys) == ["还没有定的5项", 3, 1, "第一个未定的"]
    assert said(signed({"06/15.1.核定": 1}), *keys) == ["还没有定的4项", 2, 1, "第一个未定的"]
    entered: dict[str, Value] = {"06/15.1.核定": 1, "06/6.2.不涉及": "核准", "06/加分.01.认定": "认可"}
    assert said(signed(entered), *keys) == ["还没有定的2项", 1, 0, "已定完"]


def signed(values: Mapping[str, Value]) -> dict[str, Value]:
    """Add reviewer and day to the rows in which anything is entered."""
    rows = dict.fromkeys(key.rpartition(".")[0] for key in values)
    return {**values, **{f"{row}.审核人": "张三" for row in rows}, **{f"{row}.审核日期": DAY for row in rows}}


@pytest.mark.parametrize(
    "entered",
    [
        {"06/15.1.核定": 99},
        {"06/15.1.核定": "满分"},
        {"06/15.1.核定": "公式没有结果"},
        {"06/15.1.核定": 0},  # lower than the unit's own, without a reason
        {"06/6.2.不涉及": "核准", "06/6.2.核定": 1},
        {"06/加分.01.认定": "不认可"},
        {"06/加分.01.认定": "重复"},
        {"审计局/减分.01.认定": "不减分"},
    ],
)
def test_what_would_not_be_taken_is_open(entered: Mapping[str, Value]) -> None:
    """A row with a fault counts as undecided, on its sheet and for its section, and 关注 says so, until it is mended."""
    values = signed({key.replace("审计局", f"{unit('审计局').no:02d}"): value for key, value in entered.items()})
    row = next(iter(values)).rpartition(".")[0]
    assert said(values, "进度.合计.类别", f"{row}.未定") == ["还没有定的5项", 1]
    if f"{row}.关注" in shape().formulas:
        assert str(said(values, f"{row}.关注")[0]).startswith("未核定")


LONG = "未见佐证材料。" * 40


@pytest.mark.parametrize(
    ("score", "note", "is_open", "told"),
    [
        (Fraction(1, 2), LONG, 0, "通过"),
        (Fraction(1, 4), "", 1, "错误:低于自评,请选扣分原因或写说明"),
        (Fraction(1, 4), LONG, 0, "通过"),
        (99, LONG, 1, "错误:应填0至1的数,最多2位小数,例如1"),
    ],
)
def test_what_is_on_record_stays_decided(score: Value, note: str, is_open: int, told: str) -> None:
    """A row that says just what is on record is decided whatever is asked of it by now; another entry in it is checked."""
    recorded: dict[str, Value] = {"核定": Fraction(1, 2), "说明": LONG, "审核人": "张三"}  # nobody gave a day then
    made = review_shape(replace(a_dossier(), excused={"06/15.1": recorded}))
    values = {"核定": score, "说明": note, "审核人": "张三"}
    again = values == recorded
    rest = {} if again else {"审核日期": DAY}
    entered = {f"06/15.1.{column}": value for column, value in {**values, **rest}.items() if value}
    assert said(entered, "06/15.1.未定", "06/15.1.校验", of=made) == [is_open, told]


def test_each_section_has_its_line() -> None:
    """Where several sections share the review, each sees how many of its sub-points are left, and who decided some."""
    names = [each.name for each in the_notice().about.review.sections]
    lines = [line(shape(), "科室", no) for no in range(1, len(names) + 1)]
    assert [each[0] for each in lines] == names
    assert sum(int(str(each[1])) for each in lines) == len(CASES)
    first = lines[names.index(a_dossier().section_of(sub_point("6.1")))]
    assert first[1:4] == [2, 0, 2]
    assert {each[4] for each in lines} == {"", "张三"}


def test_a_link_leads_to_the_first_open_row() -> None:
    """The address is made of the lowest row that is open, and of the column in which one decides."""
    wanted = shape().formulas["进度.01.去处"]
    assert '"#' in (formula := to_formula(wanted, lambda key: str(shape().places[key].cell)))
    place = shape().places["06/6.1.核定"]
    assert f"'审核'!{place.cell.rstrip('0123456789')}" in formula


@pytest.mark.parametrize(
    ("row", "entered", "text"),
    [
        ("06/6.1", {}, "未核定、自评高于测算、有疑点"),
        ("06/6.1", {"核定": 2}, "自评高于测算、有疑点"),
        ("06/6.2", {}, "未核定、申请不涉及"),
        ("06/6.2", {"不涉及": "核准"}, "申请不涉及"),
        ("06/15.1", {}, "未核定"),
        ("06/15.1", {"核定": 1}, ""),
        ("06/15.1", {"核定": 99}, "未核定"),
        ("06/20.7", {}, ""),  # a register settles it
    ],
)
def test_why_a_row_is_looked_at(row: str, entered: Mapping[str, Value], text: str) -> None:
    """关注 names each reason, by which the rows are filtered; 未核定 goes once the row is decided."""
    values = signed({f"{row}.{column}": value for column, value in entered.items()})
    assert said(values, f"{row}.关注") == [text]


def test_the_views_are_named_above_the_table() -> None:
    """The words that one searches the column for stand above it."""
    note = next(
        each.text
        for place, _, each in shape().cells()
        if place.sheet == "审核" and isinstance(each, Label) and each.style == "note"
    )
    assert note.endswith("只看一类的:点“关注”的筛选箭头,在搜索框里键入未核定或自评高于测算或有疑点或申请不涉及。")


def test_what_no_cell_counts() -> None:
    """Contradictions and unread entries stand with their number as of the last run, and a link to the first of each kind."""
    left = (
        LeftOpen(word="几本审核表不一致", sheet="审核", code="06/15.1"),
        LeftOpen(word="几本审核表不一致", sheet="审核", code="06/6.1"),
        LeftOpen(word="还没有登记", sheet="减分登记"),
    )
    made = review_shape(replace(a_dossier(), left=left))
    assert line(made, "另有", 1) == ["几本审核表不一致", "—", "—", 2, "", "06/15.1"]
    assert line(made, "另有", 2) == ["还没有登记", "—", "—", 1, "", "—"]
    assert said({}, "进度.合计.类别", of=made) == ["还没有定的8项"]


def test_a_sections_own_book() -> None:
    """A section's book counts its own rows, and names what is left of them only."""
    sections = the_notice().about.review.sections
    own = next(each for each in sections if each.name == a_dossier().section_of(sub_point("15.1")))
    left = (
        LeftOpen(word="几本审核表不一致", sheet="审核", code="06/15.1"),
        LeftOpen(word="还没有登记", sheet="减分登记"),
    )
    made = review_shape(of_section(replace(a_dossier(), left=left), own))
    assert said({}, "进度.合计.类别", of=made) == ["还没有定的2项"]
    assert [key for key in made.given if key.startswith("另有.") and key.endswith(".未定")] == ["另有.01.未定"]
    assert not [key for key in made.formulas if key.startswith("科室.")]
    assert "科室" not in {column.code for column in made.sheets[1].columns}


def test_many_reviewers() -> None:
    """A cell names the first eight who decided, and how many there are."""
    codes = {f"06/{code}": f"审核人{no}" for no, code in enumerate(CASES)}
    more = {f"{no:02d}/6.1": f"人{no}" for no in range(10, 16)}
    cases = tuple(Case(unit=each, sub=sub_point("6.1")) for each in the_notice().units if 10 <= each.no < 16)
    made = review_shape(replace(a_dossier(), cases=(*a_dossier().cases, *cases), reviewers=codes | more))
    assert str(line(made, "进度", 1)[4]).endswith("、人13等10人")
