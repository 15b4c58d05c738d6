"""复核申请 in the review book: what may be ruled on a request, and what follows for the sub-point."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.form.sheets.review.arising import by_list
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.matters import Said
from fazhi_xl.notice.load import load
from tests.notice.campaigns import CAMPAIGN
from tests.support.campaign import sub_point, the_notice

SIGNED: Mapping[str, Value] = {"审核人": "王五", "审核日期": date(2020, 12, 1)}


def matter(sub: str = "6.1", mark: str = "1.00") -> Matter:
    unit = the_notice().units_by_short["法院"]
    return APPEALS.matter(unit, sub, {"申请的得分点": sub, "申请时核定": mark})


def shape(own: Matter, *, out: bool = False) -> Shape:
    case = Case(unit=own.unit, sub=sub_point("6.1"), out=out)
    return review_shape(Dossier(notice=the_notice(), cases=(case,), matters=by_list((own,))))


def options(own: Matter, *, out: bool = False) -> tuple[str, ...]:
    return shape(own, out=out).fields[f"{own.code}.复核决定"].options


def test_what_may_be_ruled() -> None:
    """A score is changed, a claim of 不涉及 approved, an entry of a register corrected; of a sub-point that is gone nothing changes."""
    assert options(matter()) == ("维持", "改分")
    assert options(matter(), out=True) == ("维持", "核准不涉及")
    assert options(matter("20.7")) == ("维持", "改分", "更正登记")
    assert options(matter("99.9")) == ("维持",)


def test_what_the_office_scores_by_its_values() -> None:
    """Nobody gives such a sub-point a score: what is wrong in the register is corrected there."""
    notice = load(CAMPAIGN.with_name("chengchuan-xiangzhen-2023"))
    code = next(iter(notice.scored_by_office))
    own = APPEALS.matter(notice.units[0], notice.sub_points[code].id, {"申请的得分点": code, "申请时核定": "1.00"})
    fields = review_shape(Dossier(notice=notice, matters=by_list((own,)))).fields
    assert fields[f"{own.code}.复核决定"].options == ("维持", "更正登记")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"复核决定": "维持", "说明": "没有新材料", **SIGNED}, "通过"),
        ({"复核决定": "改分", "新核定": 2, "说明": "签到表齐全", **SIGNED}, "通过"),
    ],
)
def test_what_passes(values: Mapping[str, Value], said: str) -> None:
    """A ruling has a reason and is signed; one that changes the score gives a higher one."""
    own = matter()
    results = shape(own).results({f"{own.code}.{column}": value for column, value in values.items()})
    assert results[f"{own.code}.校验"] == said


@pytest.mark.parametrize(
    "values",
    [
        {"复核决定": "维持", **SIGNED},
        {"复核决定": "改分", "说明": "签到表齐全", **SIGNED},
        {"复核决定": "改分", "新核定": 1, "说明": "签到表齐全", **SIGNED},
        {"复核决定": "维持", "新核定": 2, "说明": "签到表齐全", **SIGNED},
        {"说明": "签到表齐全"},
    ],
)
def test_what_does_not(values: Mapping[str, Value]) -> None:
    """A reason that is missing, a score that is missing, not higher, or beside 维持, and a row without a ruling are told."""
    own = matter()
    results = shape(own).results({f"{own.code}.{column}": value for column, value in values.items()})
    assert results[f"{own.code}.校验"] not in {"", "通过"}


@pytest.mark.parametrize("mark", ["", "约一分", "NaN", "9999999"])
def test_a_mark_that_is_no_score(mark: str) -> None:
    """Where the sheet's mark says nothing, any score of the sub-point may be given."""
    own = matter(mark=mark)
    values = {"复核决定": "改分", "新核定": 0, "说明": "签到表齐全", **SIGNED}
    results = shape(own).results({f"{own.code}.{column}": value for column, value in values.items()})
    assert results[f"{own.code}.校验"] == "通过"


def test_what_follows() -> None:
    """The sub-point gets the new score or the approval, signed; 维持 leaves it as it is."""
    assert APPEALS.ruling is not None
    signed: dict[str, Said] = {"说明": "签到表齐全", "审核人": "王五", "审核日期": date(2020, 12, 2)}
    changed: dict[str, Said] = {"复核决定": "改分", "新核定": Decimal(2), **signed}
    assert APPEALS.ruling(changed) == {"核定": Decimal(2), **signed}
    assert APPEALS.ruling({"复核决定": "核准不涉及", **signed}) == {"不涉及": "核准", **signed}
    assert APPEALS.ruling({"复核决定": "维持", **signed}) == {}
