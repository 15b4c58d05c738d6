"""A decision's values are typed where they are read, and written back as they were."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fazhi_xl.form.sheets.review.registers import Verdict
from fazhi_xl.form.sheets.review.scores import Approval
from fazhi_xl.office.review.values import Values, values_of


def test_types() -> None:
    """A score is a decimal, a day a date, what was chosen an enum, and the rest text."""
    texts = {
        "核定": "1.50",
        "不涉及": "不核准",
        "认定": "减分",
        "审核日期": "2020-12-01",
        "报送日期": "2020-11-15",
        "说明": "1",
    }
    values = values_of(texts)
    assert (values.score, values.approval, values.verdict) == (Decimal("1.5"), Approval.REFUSED, Verdict.DEDUCTED)
    assert (values.day("审核日期"), values.day("报送日期"), values.day("说明")) == (
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
