"""The lists of a review book of any catalogue: registers by their scope, vetoes, bonus and deductions where there are some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Label, Shape
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.registers import fixed_rows, of_section, spare_rows
from fazhi_xl.notice.model import Notice
from tests.support.catalogues import Table, catalogue, full, minimal

SIGNED = {"审核人": "张三", "审核日期": date(2032, 1, 20)}


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Notice:
    """Give the catalogue with every part, and a register of the round besides."""
    files = full()
    registers = [*files["registers.toml"]["registers"], {
        "name": "全县平均", "kept_by": "office", "scope": "round", "prefix": "平均", "title": "全县平均数", "columns": [
            {"key": "平均率", "kind": "decimal", "maximum": 100, "places": 1, "measure": "%"},
            {"key": "出处", "kind": "text", "required": False},
        ],
        "feeds": [{"sub_point": "4.1", "input": "平均率", "value": "平均率"}],
    }]  # fmt: skip
    average = {"key": "平均率", "label": "全县平均率", "kind": "decimal", "given_by": "office", "required": False}
    files["items/04.toml"]["sub_points"][0]["inputs"].append(average)
    return catalogue(tmp_path_factory.mktemp("review"), {**files, "registers.toml": {"registers": registers}})


def dossier(notice: Notice) -> Dossier:
    rows = {name: (f"{name}.001",) for name in spare_rows(notice)}
    return Dossier(notice=notice, registers={**rows, **fixed_rows(notice)})


@pytest.fixture(scope="module")
def shape(notice: Notice) -> Shape:
    return review_shape(dossier(notice))


def columns(shape: Shape, sheet: str) -> list[str]:
    return [each.code for each in next(each for each in shape.sheets if each.name == sheet).columns]


def said(shape: Shape, row: str, values: Mapping[str, Value]) -> Value:
    """Give what stands in a row's 校验 where its inputs hold the values."""
    return shape.results({f"{row}.{column}": value for column, value in values.items()})[f"{row}.校验"]


def test_every_list_has_its_sheet(shape: Shape, tmp_path: Path) -> None:
    """The lists that the notice has a use for, then its registers in their order; a notice without any has only the scores."""
    assert [each.name for each in shape.sheets] == [
        "进度", "审核", "加分认定", "减分登记", "否决登记", "迟交登记", "满意率调查", "全县平均",
    ]  # fmt: skip
    bare = review_shape(dossier(catalogue(tmp_path, minimal())))
    assert [each.name for each in bare.sheets] == ["进度", "审核"]


def test_a_register_has_the_columns_of_its_scope(shape: Shape) -> None:
    """An event names its unit, a row of a unit shows it, a row of the round has none."""
    tail = ["说明", "审核人", "审核日期", "校验", "数据", "决定"]
    assert columns(shape, "迟交登记") == ["编号", "单位", "材料", *tail]
    assert columns(shape, "满意率调查") == ["编号", "单位", "满意率", *tail]
    assert columns(shape, "全县平均") == ["编号", "平均率", "出处", *tail]
    assert isinstance(shape.fields["迟交登记.001.单位"], Field)
    assert shape.given["01/满意率调查.单位"] == "01社区"
    assert [key for key in shape.fields if key.endswith(".满意率")] == [
        f"{no:02d}/满意率调查.满意率" for no in range(1, 7)
    ]
    titles = [each.text for place, _, each in shape.cells() if place.sheet == "全县平均" and isinstance(each, Label)]
    assert titles[0] == "示例县2031年社区服务考核全县平均数"


@pytest.mark.parametrize(
    ("row", "values", "text"),
    [
        ("迟交登记.001", {}, ""),
        ("迟交登记.001", {"材料": "甲"}, "待填:单位"),
        ("迟交登记.001", {"单位": "02社区", "材料": "甲", **SIGNED}, "通过"),
        ("迟交登记.001", {"单位": "08社区", "材料": "甲", **SIGNED}, "错误:请从下拉列表选:01社区至06社区"),
        ("02/满意率调查", {"满意率": 80, **SIGNED}, "通过"),
        ("02/满意率调查", {"满意率": 80}, "待填:审核人"),
        ("02/满意率调查", {"说明": "还没有", **SIGNED}, "通过"),
        ("平均.001", {"平均率": 101, **SIGNED}, "错误:应填0至100的数,最多1位小数,例如8.5"),
        ("平均.001", {"出处": "年报", **SIGNED}, "通过"),
        ("否决登记.001", {"单位": "02社区"}, "待填:否决情形"),
        ("否决登记.001", {"单位": "02社区", "情形": "弄虚作假", "事项": "甲", **SIGNED}, "待填:认定"),
        ("否决登记.001", {"单位": "02社区", "情形": "弄虚作假", "事项": "甲", "认定": "否决", **SIGNED}, "通过"),
        (
            "否决登记.001",
            {"单位": "02社区", "情形": "弄虚作假", "事项": "甲", "认定": "不否决", **SIGNED},
            "错误:选了“不否决”,请在“说明”里写明理由",
        ),
        ("减分登记.001", {"单位": "02社区", "情形": "通报", "事项": "甲", "文号": "1", "认定": "减分", **SIGNED}, "待填:处理程度"),
    ],
)  # fmt: skip
def test_a_row(shape: Shape, row: str, values: Mapping[str, Value], text: str) -> None:
    """Once anything is filled in, what is needed is; a value that is still missing is asked of nobody."""
    assert said(shape, row, values) == text


@pytest.mark.parametrize(
    ("satisfied", "asked", "text"),
    [
        (20, 30, "通过"),
        (30, 30, "通过"),
        (31, 30, "错误:大于“有效份数”"),
        (31, None, "通过"),
        (None, 30, "通过"),
    ],
)
def test_a_value_that_cannot_exceed_another(
    tmp_path: Path, satisfied: int | None, asked: int | None, text: str
) -> None:
    """What the office enters in one row is compared as what a unit enters is."""
    files = full()
    inputs = [
        {"key": "满意", "label": "满意", "kind": "whole", "given_by": "office", "not_more_than": "有效"},
        {"key": "有效", "label": "有效", "kind": "whole", "given_by": "office"},
    ]
    bands = [{"at_least": 90, "points": 4}]
    sub = files["items/04.toml"]["sub_points"][0]
    sub["inputs"] = inputs
    sub["rule"] = {"parts": [{"kind": "bands", "done": ["满意"], "due": ["有效"], "bands": bands}]}
    register = files["registers.toml"]["registers"][-1]
    register["columns"] = [
        {"key": key, "title": f"{key}份数", "kind": "whole", "maximum": 999} for key in ("满意", "有效")
    ]
    register["feeds"] = [{"sub_point": "4.1", "input": key, "value": key} for key in ("满意", "有效")]
    made = review_shape(dossier(catalogue(tmp_path, files)))
    values: dict[str, Value] = {"满意": satisfied, "有效": asked, "审核人": "张三", "审核日期": date(2032, 1, 20)}
    found = said(made, "02/满意率调查", values)
    assert str(found).startswith(text)


def test_a_section_has_the_registers_of_its_sub_points(notice: Notice) -> None:
    """A register stands in the books of the sections that hold a sub-point which it feeds."""
    first, second = notice.about.review.sections
    every = dossier(notice)
    assert [each.name for each in review_shape(of_section(every, first)).sheets] == ["进度", "审核", "迟交登记"]
    assert [each.name for each in review_shape(of_section(every, second)).sheets] == [
        "进度", "审核", "满意率调查", "全县平均",
    ]  # fmt: skip


PLAIN: Table = {
    "bonus": [{"no": 1, "text": "受表彰的", "label": "表彰", "points": 2}],
    "deductions": [{"no": 1, "text": "被通报的", "label": "通报", "points": 1}],
}


def note(shape: Shape, sheet: str) -> str:
    notes = (
        each.text
        for place, _, each in shape.cells()
        if place.sheet == sheet and isinstance(each, Label) and each.style == "note"
    )
    return next(notes)


def test_the_lists_say_what_holds(shape: Shape, tmp_path: Path) -> None:
    """What a claim adds, by which cap, and who provides deductions is said as the catalogue has it."""
    plain = catalogue(tmp_path, {**minimal(), "adjustments.toml": PLAIN})
    unit = plain.units[0]
    claim = Matter(unit=unit, row="加分.01", said={"情形": "表彰", "事项": "甲"})
    provided = Matter(unit=unit, row="减分.01", said={"情形": "通报", "单位": "02社区", "事项": "甲"})
    made = review_shape(replace(dossier(plain), claims=(claim,), provided=(provided,)))
    assert note(made, "加分认定").startswith("属实的选“认可”,有1项加2分。同一事项")
    assert note(shape, "加分认定").startswith("属实的选“认可”,按情形加分,以5分为限。同一事项")
    assert note(made, "减分登记").startswith("由办公室登记,选“减分”才减。")
    assert note(shape, "减分登记").startswith("上面是各单位提供的,选“减分”才减;下面的空行由办公室登记。")
    assert not {"级别", "认可"} & set(columns(made, "加分认定"))
    assert "程度" not in columns(made, "减分登记")
    assert (made.given["01/加分.01.事项"], made.given["01/减分.01.事项"]) == ("甲", "甲")
