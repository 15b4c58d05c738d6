"""加分申报 of any catalogue: a claim's formula gives what the office would count, and the sheet has the columns it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Label, Shape
from fazhi_xl.form.sheets.unit import bonus
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import in_points
from fazhi_xl.scoring.adjustments import Entry, bonus_counted
from tests.support.catalogues import Table, catalogue, minimal
from tests.support.lists import LIMITS, SITUATIONS


def notice_with(folder: Path, adjustments: Table, **scoring: object) -> Notice:
    about = {**minimal()["notice.toml"], "scoring": {"full": 10, "places": 3, **scoring}}
    return catalogue(folder, {**minimal(), "notice.toml": about, "adjustments.toml": adjustments})


def shape_of(notice: Notice) -> Shape:
    return next(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"key")).shape


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Notice:
    form = {"levels": ["国家级", "省级", "市级"], "recognition": True}
    return notice_with(tmp_path_factory.mktemp("bonus"), {"bonus": SITUATIONS, "limits": LIMITS, "bonus_form": form})


@pytest.fixture(scope="module")
def shape(notice: Notice) -> Shape:
    return shape_of(notice)


CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "情形": st.sampled_from([each["label"] for each in SITUATIONS]),
            "事项": st.sampled_from("甲乙丙丁戊己庚辛"),
            "级别": st.sampled_from([None, "国家级", "省级", "市级"]),
            "认可": st.sampled_from([None, "已获认可", "没有认可"]),
        }
    ),
    max_size=12,
)


@given(CLAIMS)
def test_the_formula_counts_as_the_office_does(
    notice: Notice, shape: Shape, claims: list[dict[str, str | None]]
) -> None:
    """Levels, repeated matters, further matters of a situation and limits: each row's formula equals Python, and so does the sum."""
    typed: dict[str, Value] = {
        f"{code}.{column}": said
        for code, claim in zip(bonus.codes(), claims, strict=False)
        for column, said in claim.items()
        if said
    }
    evaluator = shape.evaluator(typed)
    first = [no for no, claim in enumerate(claims) if all(each["事项"] != claim["事项"] for each in claims[:no])]
    meant = [no for no in first if claims[no]["认可"] != "没有认可"]
    by_label = {each.label: each for each in notice.bonus}
    entries = [
        Entry(matter=f"{claim['事项']}", situation=by_label[f"{claim['情形']}"], level=claim["级别"] or "")
        for claim in (claims[no] for no in meant)
    ]
    counted = bonus_counted(entries, notice.limits)
    expected = dict(zip(meant, counted.weights, strict=True))
    for no, code in enumerate(bonus.codes()):
        assert evaluator.field(f"{code}.计分") == in_points(expected.get(no, 0)), code
    assert evaluator.field(bonus.total_field()) == in_points(counted.total)


@pytest.mark.parametrize(
    ("situation", "level", "said"),
    [
        ("表彰", "国家级", "通过"),
        ("表彰", None, "待填:级别"),
        ("表彰", "市级", "错误:“表彰”应选:国家级、省级"),
        ("推广", "国家级", "错误:“推广”应选:省级"),
        ("义举", None, "通过"),
        ("义举", "市级", "通过"),
        (None, "市级", "待填:加分情形"),
    ],
)
def test_levels_belong_to_their_situations(shape: Shape, situation: str | None, level: str | None, said: str) -> None:
    """A situation with levels needs one of its own; elsewhere the levels of the sheet may be named."""
    row: dict[str, Value] = {"情形": situation, "级别": level, "事项": "甲", "机关": "省政府", "日期": 47_900}
    assert shape.evaluator({f"加分.01.{key}": value for key, value in row.items()}).field("加分.01.校验") == said


def test_a_level_that_no_situation_without_levels_has(tmp_path: Path) -> None:
    """Where the sheet itself names no levels, only situations with levels may have one."""
    shape = shape_of(notice_with(tmp_path, {"bonus": SITUATIONS}))
    row: dict[str, Value] = {"情形": "义举", "级别": "省级", "事项": "甲", "机关": "省政府", "日期": 47_900}
    said = shape.evaluator({f"加分.01.{key}": value for key, value in row.items()}).field("加分.01.校验")
    assert said == "错误:只用于“表彰、推广”,请清空"


def test_a_level_beyond_those_of_the_sheet(tmp_path: Path) -> None:
    """A level that only a situation has is none for those without levels, though the sheet has others."""
    form = {"levels": ["市级"]}
    shape = shape_of(notice_with(tmp_path, {"bonus": SITUATIONS, "bonus_form": form}))
    for level, said in (("省级", "错误:只用于“表彰、推广”,请清空"), ("市级", "通过")):
        row: dict[str, Value] = {"情形": "义举", "级别": level, "事项": "甲", "机关": "省政府", "日期": 47_900}
        assert shape.evaluator({f"加分.01.{key}": value for key, value in row.items()}).field("加分.01.校验") == said


def columns(shape: Shape) -> list[str]:
    sheet = next(each for each in shape.sheets if each.name == bonus.NAME)
    return [column.code for column in sheet.columns]


PLAIN: list[Table] = [{"no": 1, "text": "受表彰的", "label": "表彰", "points": 2}]


def test_only_what_the_notice_asks_for(tmp_path: Path) -> None:
    """Without levels and recognition there are no such columns, and without a cap the sum has none."""
    shape = shape_of(notice_with(tmp_path, {"bonus": [*PLAIN, {**PLAIN[0], "no": 2, "label": "推广"}]}))
    assert columns(shape) == [
        "编号",
        "情形",
        "事项",
        "机关",
        "文号",
        "日期",
        "备注",
        "计分",
        "校验",
        "校验码",
        "内容数",
    ]
    typed: dict[str, Value] = {}
    for no, code in enumerate(bonus.codes()):
        typed |= {f"{code}.情形": "表彰", f"{code}.事项": f"甲{no}"}
    assert shape.evaluator(typed).field(bonus.total_field()) == 24
    assert shape.given["加分.合计.事项"] == "申报加分合计"
    titles = [
        content.text for place, _, content in shape.cells() if place.sheet == bonus.NAME and isinstance(content, Label)
    ]
    assert "授予机关" in titles


def test_what_bounds_the_sum(notice: Notice, shape: Shape, tmp_path: Path) -> None:
    """The last row names the limits, the cap, and whose recognition counts."""
    assert shape.given["加分.合计.事项"] == "申报加分合计(荣誉类以4分为限,义举以1分为限,以上级认可为准)"
    capped = shape_of(notice_with(tmp_path, {"bonus": PLAIN}, bonus_cap=3))
    assert capped.given["加分.合计.事项"] == "申报加分合计(以3分为限)"
    two: dict[str, Value] = {
        f"加分.{no:02d}.{key}": value for no in (1, 2) for key, value in (("情形", "表彰"), ("事项", f"{no}"))
    }
    assert capped.evaluator(two).field(bonus.total_field()) == 3
    assert bonus.levels_of(notice, notice.bonus[0]) == ("国家级", "省级")
    assert bonus.levels_of(notice, notice.bonus[3]) == ()
    plain = notice_with(tmp_path, {"bonus": PLAIN, "bonus_form": {"levels": ["省级"]}})
    assert bonus.levels_of(plain, plain.bonus[0]) == ("省级",)


def test_without_bonus(tmp_path: Path) -> None:
    """A notice without bonus has no such sheet."""
    shape = shape_of(catalogue(tmp_path, minimal()))
    assert [each.name for each in shape.sheets] == ["填报说明", "任务分解表"]
