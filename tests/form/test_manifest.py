"""campaign.json: the contract with programs that fill in workbooks without this code."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from fazhi_xl.form.manifest import Json, file_name, manifest
from fazhi_xl.notice.choices import Kind
from tests.support.campaign import EDITION, forms, shapes, the_notice

INPUT_KEYS = [
    "id", "sheet", "row", "column", "cell", "name", "label", "sub_point", "kind", "minimum", "maximum", "options", "measure",
    "required",
]  # fmt: skip


@cache
def issued() -> Json:
    return manifest(the_notice(), forms().values(), edition=EDITION, issued="2020-11-01")


def entry(shape: str, row: str, column: str) -> Json:
    inputs = issued()["shapes"][shape]["inputs"]
    return next(each for each in inputs if (each["row"], each["column"]) == (row, column))


def test_its_keys() -> None:
    """The manifest has the keys that the contract names, and no others, and is plain JSON."""
    assert list(issued()) == ["campaign", "version", "draft", "issued", "units", "sub_points", "situations", "shapes"]
    assert (issued()["campaign"], issued()["version"], issued()["issued"]) == ("zhonglou-2020", "1", "2020-11-01")
    assert issued()["draft"] == 4
    assert {tuple(unit) for unit in issued()["units"]} == {
        ("id", "unit", "no", "group", "shape", "form_number", "file")
    }
    assert {tuple(each) for each in issued()["sub_points"]} == {("id", "code", "text", "points")}
    assert {tuple(shape) for shape in issued()["shapes"].values()} == {("inputs",)}
    assert {tuple(each) for shape in issued()["shapes"].values() for each in shape["inputs"]} == {tuple(INPUT_KEYS)}
    assert json.loads(json.dumps(issued())) == issued()


def test_units() -> None:
    """Every unit stands with its number, group, shape, form number and file."""
    assert len(issued()["units"]) == 45
    assert issued()["units"][16] == {
        "id": "司法局",
        "unit": "司法局",
        "no": 17,
        "group": "A",
        "shape": forms()["司法局"].shape.name,
        "form_number": forms()["司法局"].number,
        "file": "17_司法局_任务分解表_2020.xlsx",
    }


def test_file_names_follow_annex_1() -> None:
    """Files sort as Annex 1 does, and no two have one name."""
    names = [file_name(the_notice(), unit) for unit in forms()]
    assert names == sorted(names)
    assert len(set(names)) == 45


def test_a_whole_number() -> None:
    """A count has its bounds as numbers, its measure and its sub-point."""
    shape = forms()["司法局"].shape
    assert entry(shape.name, "6.1.已出庭", "填报") == {
        "id": "6.1.已出庭.填报",
        "sheet": "任务分解表",
        "row": "6.1.已出庭",
        "column": "填报",
        "cell": shape.places["6.1.已出庭.填报"].cell,
        "name": "f_6_1_已出庭_填报",
        "label": "负责人出庭",
        "sub_point": "6.1",
        "kind": "whole",
        "minimum": 0,
        "maximum": 99999,
        "options": [],
        "measure": "件",
        "required": True,
    }


def test_other_kinds() -> None:
    """Choices have their options, dates bounds in ISO form, points two places at most, and a list's row no sub-point."""
    name = forms()["司法局"].shape.name
    found = [
        entry(name, "5.1.公示制度", "填报"),
        entry(name, "18.3.结束", "填报"),
        entry(name, "5.1", "自评"),
        entry(name, "17.3.常住人口", "填报"),
        entry(name, "台账.001", "名称"),
    ]
    keys = ("kind", "minimum", "maximum", "options", "measure", "required", "sub_point")
    assert [tuple(each[key] for key in keys) for each in found] == [
        ("choice", None, None, ["是", "否", "不涉及"], "", True, "5.1"),
        ("date", "2020-01-01", "2020-12-31", [], "", True, "18.3"),
        ("decimal", 0, 0.5, [], "分", True, "5.1"),
        ("decimal", 0.01, 99999, [], "万人", True, "17.3"),
        ("text", None, None, [], "", False, None),
    ]


def test_every_input_is_there_in_order() -> None:
    """Each shape lists all its inputs, by sheet and row, with the cell and the name that the workbook has."""
    for name, shape in shapes().items():
        listed = issued()["shapes"][name]["inputs"]
        assert [f"{each['row']}.{each['column']}" for each in listed] == list(shape.fields)
        for each in listed:
            key = f"{each['row']}.{each['column']}"
            place = shape.places[key]
            assert (each["sheet"], each["cell"], each["name"]) == (place.sheet, place.cell, shape.fields[key].name)


def test_bounds_are_those_of_the_fields() -> None:
    """A bound is written as the number or the date that the form has."""
    for name, shape in shapes().items():
        for each, field in zip(issued()["shapes"][name]["inputs"], shape.fields.values(), strict=True):
            assert each["kind"] in set(Kind)
            for bound, written in ((field.minimum, each["minimum"]), (field.maximum, each["maximum"])):
                read = date.fromisoformat(written) if isinstance(bound, date) else written
                assert read == (float(bound) if bound is not None and not isinstance(bound, date) else bound)


def test_sub_points_are_those_of_the_forms() -> None:
    """A round of a few forms lists the sub-points that they ask for, with their texts."""
    made = manifest(the_notice(), [forms()["信访局"]], edition=EDITION, issued="2020-11-01")
    assert [each["code"] for each in made["sub_points"]] == list(forms()["信访局"].shape.sub_points)
    assert made["sub_points"][0] == {
        "id": "8.1",
        "code": "8.1",
        "text": the_notice().sub_points["8.1"].text,
        "points": "1.00",
    }
    assert made["situations"][0] == {"id": "①表彰奖励", "label": "①表彰奖励"}
