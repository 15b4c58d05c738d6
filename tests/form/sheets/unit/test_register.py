"""Registers that units keep, of any columns and periods, and the numbers that their rows feed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Label, Shape
from fazhi_xl.form.sheets.unit.register import quantity, row_codes
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Feed
from tests.support.catalogues import Table, catalogue, item, minimal, sub_point
from tests.support.lists import REGISTER_COLUMNS, REGISTER_FEEDS


def register(**more: object) -> Table:
    return {"name": "报告登记", "kept_by": "unit", "columns": REGISTER_COLUMNS, "feeds": REGISTER_FEEDS, **more}


def notice_with(folder: Path, made: Table) -> Notice:
    """Give a catalogue of one sub-point whose inputs the register gives."""
    facts = [
        {"key": feed["input"], "label": feed["input"], "kind": "whole", "given_by": "register"}
        for feed in made["feeds"]
    ]
    rule = {"kind": "tally", "terms": [{"input": fact["key"], "each": 1} for fact in facts]}
    files = {
        **minimal(),
        "registers.toml": {"registers": [made]},
        "items/01.toml": item(1, sub_point(10, rule, inputs=facts)),
    }
    return catalogue(folder, files)


def shape_of(notice: Notice) -> Shape:
    return next(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"key")).shape


QUARTERS = register(periods="quarter", rows=6, on_time={"column": "报送日期", "day": 10, "months_after": 1})


@pytest.fixture(scope="module")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Shape:
    return shape_of(notice_with(tmp_path_factory.mktemp("quarters"), QUARTERS))


def shown(shape: Shape, row: str, values: Mapping[str, Value], *columns: str) -> list[Value]:
    """Give what the columns of a row show where it is filled in so; its choice is 否 unless it says otherwise."""
    evaluator = shape.evaluator({f"{row}.{column}": value for column, value in {"采用": "否", **values}.items()})
    return [evaluator.field(f"{row}.{column}") for column in columns]


def test_the_rows_of_quarters(quarters: Shape) -> None:
    """Four rows have a quarter, the others are for further pieces; there is no row that sums up without a summary."""
    labels = [quarters.given[f"报告登记.{no:02d}.季度"] for no in range(1, 7)]
    assert labels == ["第1季度", "第2季度", "第3季度", "第4季度", "补充", "补充"]
    sheet = next(each for each in quarters.sheets if each.name == "报告登记")
    assert [column.code for column in sheet.columns] == [
        "编号", "季度", "报送日期", "题目", "采用", "级别", "件数", "比例", "计分", "校验", "校验码", "内容数",
    ]  # fmt: skip
    assert "报告登记.合计.题目" not in quarters.formulas


@pytest.mark.parametrize(
    ("row", "day", "counted", "said"),
    [
        ("01", date(2031, 4, 10), "按时", "通过"),
        ("01", date(2031, 4, 11), "迟报", "通过"),
        ("01", date(2031, 2, 28), "按时", "通过"),
        ("02", date(2031, 3, 31), "按时", "错误:日期不在第2季度,请填到对应的行"),
        ("02", date(2031, 4, 1), "按时", "通过"),
        ("04", date(2032, 1, 10), "按时", "通过"),
        ("04", date(2032, 1, 11), "", "错误:应填2031-1-1至2032-1-10的日期,例如2032-1-10"),
        ("05", date(2031, 4, 10), "按时", "通过"),
        ("05", date(2031, 4, 11), "迟报", "通过"),
        ("05", date(2031, 5, 31), "按时", "通过"),
        ("05", date(2032, 1, 10), "按时", "通过"),
        ("05", None, "", "待填:报送日期"),
    ],
)
def test_when_a_quarter_is_reported_in_time(
    quarters: Shape, row: str, day: date | None, counted: str, said: str
) -> None:
    """A quarter's piece is on time up to the day of the month after it, the fourth's in January; a further one by its own quarter."""
    values: dict[str, Value] = {"题目": "甲", "报送日期": day}
    assert shown(quarters, f"报告登记.{row}", values, "计分", "校验") == [counted, said]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "通过"),
        ({"采用": None}, "待填:采用"),
        ({"采用": "是"}, "待填:级别"),
        ({"采用": "是", "级别": "市级"}, "通过"),
        ({"级别": "市级"}, "通过"),
        ({"件数": 100}, "错误:应填1至99的整数,例如3"),
        ({"件数": 99, "比例": 50}, "通过"),
        ({"比例": 101}, "错误:应填0至100的数,最多1位小数,例如8.5"),
    ],
)
def test_a_row_of_any_columns(quarters: Shape, values: Mapping[str, Value], said: str) -> None:
    """Each column is checked by its kind; one may be needed only with a value of another."""
    kept = {"题目": "甲", "报送日期": date(2031, 2, 1), **values}
    assert shown(quarters, "报告登记.01", kept, "校验") == [said]


MONTHS = (
    (register(periods="month", on_time={"column": "报送日期", "day": 15}), "03", date(2031, 3, 15), "按时"),
    (register(periods="month", on_time={"column": "报送日期", "day": 15}), "03", date(2031, 3, 16), "迟报"),
    (register(periods="month", rows=20, on_time={"column": "报送日期", "day": 5, "months_after": 1}), "03", date(2031, 4, 5), "按时"),
    (register(periods="month", rows=20, on_time={"column": "报送日期", "day": 5, "months_after": 1}), "03", date(2031, 4, 6), "迟报"),
    (register(periods="month", rows=20, on_time={"column": "报送日期", "day": 5, "months_after": 1}), "12", date(2032, 1, 5), "按时"),
    (register(periods="month", rows=20, on_time={"column": "报送日期", "day": 5, "months_after": 1}), "20", date(2031, 7, 5), "按时"),
    (register(periods="quarter", on_time={"column": "报送日期", "day": 20}), "02", date(2031, 6, 20), "按时"),
    (register(periods="quarter", on_time={"column": "报送日期", "day": 20}), "02", date(2031, 6, 21), "迟报"),
    (register(periods="quarter", on_time={"column": "报送日期", "day": 20}), "09", date(2031, 12, 21), "迟报"),
    (register(on_time={"column": "报送日期", "day": 20}), "09", date(2031, 12, 20), "按时"),
)  # fmt: skip


@pytest.mark.parametrize(("made", "row", "day", "counted"), MONTHS)
def test_what_is_in_time(tmp_path: Path, made: Table, row: str, day: date, counted: str) -> None:
    """Months and quarters, with or without time after them, and rows without a period."""
    shape = shape_of(notice_with(tmp_path, made))
    assert shown(shape, f"报告登记.{row}", {"题目": "甲", "报送日期": day}, "计分", "校验") == [counted, "通过"]


def test_a_period_that_begins_within_a_year(tmp_path: Path) -> None:
    """Where the period begins in July, its first months are the year's last, and the others are the next year's."""
    made = notice_with(tmp_path, register(periods="month", on_time={"column": "报送日期", "day": 5, "months_after": 1}))
    dates = made.about.dates.model_copy(update={"period_start": date(2031, 7, 1), "period_end": date(2032, 6, 30)})
    shape = shape_of(made.model_copy(update={"about": made.about.model_copy(update={"dates": dates})}))
    days = {"08": date(2031, 9, 5), "12": date(2032, 1, 5), "02": date(2032, 3, 5), "06": date(2032, 7, 5)}
    for row, day in days.items():
        values: dict[str, Value] = {"题目": "甲", "报送日期": day}
        assert shown(shape, f"报告登记.{row}", values, "计分", "校验") == ["按时", "通过"]


def test_a_plain_list(tmp_path: Path) -> None:
    """Without periods and days there is neither a column of periods nor one of what is in time; title, note, foot are optional."""
    feeds = [{"sub_point": "1.1", "input": "件数", "sum": "件数"}]
    columns = [{"key": "件数", "kind": "whole", "required": False}, {"key": "事由", "kind": "text", "required": False}]
    words = {"title": "活动情况", "note": "一次一行。", "foot": "没有的不填。", "summary": "共{件数}件。"}
    made = register(columns=columns, feeds=feeds, prefix="活动", rows=100, **words)
    shape = shape_of(notice_with(tmp_path, made))
    sheet = next(each for each in shape.sheets if each.name == "报告登记")
    assert [column.code for column in sheet.columns] == ["编号", "件数", "事由", "校验", "校验码", "内容数"]
    said = [
        content.text for place, _, content in shape.cells() if place.sheet == "报告登记" and isinstance(content, Label)
    ]
    assert [said[0], said[1], said[-1]] == ["示例县2031年社区服务考核活动情况", "一次一行。", "没有的不填。"]
    evaluator = shape.evaluator({"活动.001.件数": 3, "活动.100.件数": 4, "活动.002.事由": "甲"})
    assert evaluator.field("活动.合计.件数") == "共7件。"
    assert evaluator.field("1.1.件数.填报") == 7
    assert evaluator.field("活动.002.校验") == "通过"


ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "报送日期": st.dates(date(2031, 1, 1), date(2032, 1, 10)),
            "题目": st.sampled_from(["甲", "是"]),
            "采用": st.sampled_from(["是", "否", "<3", "*"]),
            "级别": st.sampled_from(["省级", "市级"]),
            "件数": st.sampled_from([1, 2, 40, "三件"]),
        },
    ),
    max_size=6,
)


@given(ROWS)
def test_what_the_rows_feed(quarters: Shape, rows: list[dict[str, Value]]) -> None:
    """Counted row by row in plain Python, the numbers are the same."""
    typed = {f"报告登记.{no:02d}.{key}": said for no, row in enumerate(rows, 1) for key, said in row.items()}
    evaluator = quarters.evaluator(typed)
    early = [evaluator.field(f"报告登记.{no:02d}.计分") == "按时" for no in range(1, len(rows) + 1)]
    pieces = [(row, row.get("件数") if isinstance(row.get("件数"), int) else 0) for row in rows]
    counted = {
        "按时": sum(early),
        "省级": sum(a and r.get("采用") == "是" and r.get("级别") == "省级" for a, r in zip(early, rows, strict=True)),
        "件数": sum(number for _, number in pieces if isinstance(number, int)),
        "采用件数": sum(number for row, number in pieces if isinstance(number, int) and row.get("采用") == "是"),
        "全部": sum("报送日期" in row for row in rows),
    }
    assert {key: evaluator.field(f"1.1.{key}.填报") for key in counted} == counted


def test_a_sum_of_all_rows_needs_no_condition(tmp_path: Path) -> None:
    """The formula of a plain sum is a plain sum, and of a plain count the rows that are not blank in the first needed column."""
    notice = notice_with(tmp_path, QUARTERS)
    (kept,) = notice.registers_of(KeptBy.UNIT)
    feed = Feed(sub_point="1.1", input="件数", sum="件数")
    shape = shape_of(notice)
    assert row_codes(kept)[0] == "报告登记.01"
    assert shape.evaluator({"报告登记.01.件数": 3, "报告登记.02.件数": "二"}).value(quantity(kept, feed)) == 3
