"""The review sheet of notices whose scores have other bounds, or whose units do not score themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.form.checks import prompt
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.review_form import review_shape, shown
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from tests.support.catalogues import catalogue, item, minimal, sub_point

BALANCE = {"kind": "balance", "plus": [{"input": "次数", "each": 1}]}


def dossier(folder: Path, *, own: bool) -> Dossier:
    """Give a sub-point between -2 and 3, and one that is claimed 不涉及."""
    files = minimal()
    files["items/01.toml"] = item(1, sub_point(2, BALANCE, least=-2, most=3), sub_point(8))
    files["notice.toml"]["scoring"]["self_score"] = own
    files["notice.toml"]["review"] = {"reasons": ["没有材料", "其他(写明)"]}
    notice = catalogue(folder, files)
    unit, subs = notice.units[0], notice.sub_points
    return Dossier(
        notice=notice,
        cases=(
            Case(unit=unit, sub=subs["1.1"], auto=100, self_score=100, out=True),
            Case(unit=unit, sub=subs["1.2"], auto=800, self_score=800),
        ),
    )


def said(shape: Shape, row: str, values: Mapping[str, Value]) -> Value:
    signed: dict[str, Value] = {"审核人": "张三", "审核日期": date(2031, 12, 1)}
    held = {f"{row}.{column}": value for column, value in {**signed, **values}.items()}
    return shape.results(held)[f"{row}.校验"]


def test_the_bounds_of_a_score(tmp_path: Path) -> None:
    """The office's score lies between the least and the most as well."""
    shape = review_shape(dossier(tmp_path, own=True))
    field = shape.fields["01/1.1.核定"]
    assert (field.minimum, field.maximum) == (Decimal(-2), Decimal(3))
    assert prompt(field).endswith("本得分点最高3分、最低-2分。")
    assert prompt(shape.fields["01/1.2.核定"]).endswith("本得分点8分。")
    assert said(shape, "01/1.1", {"核定": Fraction("-2.5")}) == "错误:应填-2至3的数,最多2位小数,例如3"


@pytest.mark.parametrize("score", [-1, 1])
def test_what_is_taken_out_loses_nothing_either(score: int, tmp_path: Path) -> None:
    """Beside a decision on 不涉及 stands no score, neither above 0 nor below."""
    shape = review_shape(dossier(tmp_path, own=True))
    assert str(said(shape, "01/1.1", {"不涉及": "核准", "核定": score})).startswith("错误")
    assert said(shape, "01/1.1", {"不涉及": "核准"}) == "通过"


@pytest.mark.parametrize(
    ("own", "compared", "titles"), [(True, "自评", ["测算分", "自评分"]), (False, "测算", ["测算分"])]
)
def test_what_a_score_is_compared_with(own: bool, compared: str, titles: list[str], tmp_path: Path) -> None:  # noqa: FBT001 - a parameter of the test
    """A score below the unit's own, or below what is computed where units give none, needs a reason."""
    kept = dossier(tmp_path, own=own)
    shape = review_shape(kept)
    sheet = shape.sheets[1]
    assert [column.title for column in sheet.columns if column.code in {"测算", "自评"}] == titles
    assert said(shape, "01/1.2", {"核定": 7}) == f"错误:低于{compared},请选扣分原因或写说明"
    assert said(shape, "01/1.2", {"核定": 7, "原因": "没有材料"}) == "通过"
    assert f"核定分低于{compared}分的必选。" in prompt(shape.fields["01/1.2.原因"])
    assert ("自评" in shown(kept)["01/1.2"]) is own
