"""Lists of the review book whose rows arise: how rows are named, what they show and ask, and where their sheets stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.review_form import review_shape, shown
from fazhi_xl.form.sheets.review.arising import LISTS, by_list, is_gone, list_of
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.matters import about, basis
from fazhi_xl.form.sheets.review.registers import of_section
from fazhi_xl.form.sheets.review.unlike import UNLIKE
from tests.support.campaign import the_notice

SIGNED: Mapping[str, Value] = {"审核人": "张三", "审核日期": date(2020, 12, 1)}


def matter(reason: str = "", rests_on: object = None) -> Matter:
    unit = the_notice().units_by_short["法院"]
    return UNLIKE.matter(unit, "6.1", {"评分点": "6.1 出庭", "已写的理由": reason}, rests_on)


def dossier(*matters: Matter) -> Dossier:
    return Dossier(notice=the_notice(), matters=by_list(matters))


def test_the_name_of_a_row() -> None:
    """It is made of what the matter is about and a digest of what it rests on: the same again, and another where that changes."""
    first = matter("甲", 1)
    assert first.code == f"06/同数.6.1.{basis(first)}"
    assert (about(first.row), len(basis(first))) == ("6.1", 8)
    assert matter("乙", 1).row == first.row
    assert matter("甲", 2).row != first.row
    assert matter("甲").row != matter("乙").row


def test_which_list_a_row_is_of() -> None:
    """A row that nothing asks for any more is gone; rows of other sheets are never."""
    row = matter().row
    assert (list_of(row), list_of("6.1"), list_of("加分.01")) == (UNLIKE, None, None)
    assert not is_gone(dossier(matter()), matter().code)
    assert is_gone(dossier(), matter().code)
    assert not is_gone(dossier(), "06/6.1")


def test_its_sheet() -> None:
    """There is one where something is asked, with a line of its own on 进度 that does not count as undecided; and none elsewhere."""
    assert [each.name for each in review_shape(dossier()).sheets][-1] != UNLIKE.name
    shape = review_shape(dossier(matter("佐证不足")))
    assert shape.sheets[-1].name == UNLIKE.name
    assert shape.results({})["进度.合计.类别"] == "还没有定的0项"
    assert shape.results({})["定稿.01.未定"] == 1
    assert {column: getattr(cell, "text", "") for column, cell in shown(dossier(matter("佐证不足")))[matter("佐证不足").code].items()} == {
        **dict.fromkeys(UNLIKE.shown, ""), "单位": "法院", "评分点": "6.1 出庭", "已写的理由": "佐证不足",
    }  # fmt: skip


def test_heads_are_apart() -> None:
    """No list's rows are taken for another's, nor its sheet."""
    heads = [each.head for each in LISTS]
    assert all(not other.startswith(f"{head}.") for head in heads for other in heads if other != head)
    assert len({each.name for each in LISTS}) == len(LISTS)


@pytest.mark.parametrize(
    ("reason", "values", "said"),
    [
        ("", {}, ""),
        ("佐证不足", {"处理": "理由成立", **SIGNED}, "通过"),
        ("", {"处理": "见说明", "说明": "活动没有签到表", **SIGNED}, "通过"),
        ("", {"处理": "理由成立", **SIGNED}, "待填:说明(扣分时没有写理由,处理选了“理由成立”)"),
        ("佐证不足", {"处理": "见说明", **SIGNED}, "待填:说明(处理选了“见说明”)"),
        ("", {"说明": "活动没有签到表"}, "待填:处理"),
        ("佐证不足", {"处理": "理由成立"}, "待填:审核人"),
    ],
)
def test_what_a_row_asks(reason: str, values: Mapping[str, Value], said: str) -> None:
    """A lower score stays for the reason on record or for one in the note, signed."""
    own = matter(reason)
    shape = review_shape(dossier(own))
    results = shape.results({f"{own.code}.{column}": value for column, value in values.items()})
    assert results[f"{own.code}.校验"] == said
    assert results[f"{own.code}.未定"] == (0 if said == "通过" else 1)


def test_a_section_has_none() -> None:
    """The lists stand in the office's own book."""
    section = the_notice().about.review.sections[0]
    assert of_section(dossier(matter()), section).matters == {}
