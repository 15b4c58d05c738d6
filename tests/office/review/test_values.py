"""A decision's values are typed where they are read, and written back as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fazhi_xl.form.sheets.review.registers import Verdict
from fazhi_xl.form.sheets.review.scores import Approval
from fazhi_xl.office.review.values import Values, readers_of, values_of
from tests.support.catalogues import Table, catalogue, minimal


def test_types() -> None:
    """A score is a decimal, a day a date, what was chosen an enum, and the rest text."""
    texts = {
        "核定": "1.50",
        "不涉及": "不核准",
        "认定": "减分",
        "审核日期": "2020-12-01",
        "日期": "2020-11-15",
        "说明": "1",
    }
    values = values_of(texts)
    assert (values.score, values.approval, values.verdict) == (Decimal("1.5"), Approval.REFUSED, Verdict.DEDUCTED)
    assert (values.day("审核日期"), values.day("日期"), values.day("说明")) == (
        date(2020, 12, 1), date(2020, 11, 15), None,
    )  # fmt: skip
    assert (values["说明"], values.text("审核日期"), values.text("原因")) == ("1", "2020-12-01", "")
    assert values.texts == texts
    assert list(values) == list(texts)


def test_blank() -> None:
    """Values without any column take a decision back."""
    assert not Values()
    assert (Values().score, Values().approval, Values().verdict, Values().texts) == (None, None, None, {})
    assert values_of({"核定": "1.0"}) == values_of({"核定": "1.00"}) != values_of({"核定": "1.01"})


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("核定", "满分"),
        ("核定", "NaN"),
        ("核定", 0),
        ("不涉及", "可以"),
        ("认定", "加分"),
        ("审核日期", "明天"),
        ("说明", 3),
    ],
)
def test_what_a_column_cannot_hold(column: str, text: str) -> None:
    """A text that is none of its column's is refused."""
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        values_of({column: text})


REGISTERS: tuple[Table, ...] = (
    {
        "name": "抽查登记", "kept_by": "office", "prefix": "抽查", "columns": [
            {"key": "件数", "kind": "whole"}, {"key": "比例", "kind": "decimal"}, {"key": "抽查日", "kind": "date"},
            {"key": "认定", "kind": "choice", "options": ["有", "无"]}, {"key": "核定", "kind": "text"},
        ],
    },
)  # fmt: skip


def test_a_register_types_its_columns(tmp_path: Path) -> None:
    """A row of a register is read by the kinds of its columns, whatever other sheets call theirs; other rows as ever."""
    files = {**minimal(), "registers.toml": {"registers": REGISTERS}}
    readers = readers_of(catalogue(tmp_path, files))
    texts = {"件数": "3", "比例": "93.25", "抽查日": "2031-05-08", "认定": "有", "核定": "好", "审核日期": "2032-02-01"}
    values = values_of(texts, readers("抽查.001"))
    assert dict(values) == {
        "件数": Decimal(3), "比例": Decimal("93.25"), "抽查日": date(2031, 5, 8), "认定": "有", "核定": "好",
        "审核日期": date(2032, 2, 1),
    }  # fmt: skip
    assert (values.texts, values.score, values.verdict) == (texts, None, None)
    assert (values.cell("件数"), values.cell("抽查日"), values.cell("没有")) == (3, date(2031, 5, 8), None)
    assert values_of({"核定": "1.5", "件数": "3"}, readers("1.1")) == values_of({"核定": "1.50", "件数": "3"})
    with pytest.raises(ValueError, match="3月"):
        values_of({"抽查日": "3月"}, readers("抽查.002"))
