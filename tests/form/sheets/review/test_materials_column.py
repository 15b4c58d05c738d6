"""The column 收到的材料: what came for a sub-point, with a link where there is one to give."""

from __future__ import annotations

import pytest

from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Computed, Label
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from tests.support.campaign import sub_point, the_notice


def shown(materials: str = "", at: str = "") -> list[object]:
    """Give what stands in the column of a sheet with one case; nothing where there is no such column."""
    case = Case(
        unit=the_notice().units[0], sub=sub_point("6.1"), auto=100, self_score=100, materials=materials, materials_at=at
    )
    sheet = scores.sheet(Dossier(notice=the_notice(), cases=(case,)))
    return [row.cells[scores.MATERIALS] for row in sheet.rows if row.code and scores.MATERIALS in row.cells]


def test_with_a_link() -> None:
    """What came leads to where it lies."""
    (told,) = shown("1份:甲.pdf", "../回收/甲.pdf")
    assert isinstance(told, Computed)
    assert to_formula(told.expr, str) == 'HYPERLINK("../回收/甲.pdf","1份:甲.pdf")'


@pytest.mark.parametrize("at", ["", "../回收/" + "长" * 250])
def test_without_a_link(at: str) -> None:
    """Where nothing leads there, or the path is longer than a formula takes, it only says so."""
    assert shown("1份:甲.pdf", at) == [Label("1份:甲.pdf", "hint")]


def test_no_column() -> None:
    """Where no evidence came there is no such column."""
    assert shown() == []
