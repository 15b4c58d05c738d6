"""Departments as printed are matched to units; only what is surely one is not marked."""

from __future__ import annotations

import pytest

from fazhi_xl.setup.draft.departments import Names, printed_departments
from fazhi_xl.setup.draft.units import ReadUnit

_UNITS = (
    "市住房和城乡建设局", "市发展和改革委员会", "市教育局", "市民政局", "市司法局",
    "市卫生健康委员会", "宣传部(含网信办)", "市场监管局", "财政局",
)  # fmt: skip


def _unit(name: str) -> ReadUnit:
    absorbed = ("网信办",) if "含" in name else ()
    return ReadUnit(name=name, short=name.partition("(")[0], absorbed=absorbed, group="", where="")


NAMES = Names(map(_unit, _UNITS), "示例市", ("甲类",), (("市委全面深化改革委员会办公室", "市教育局"),))


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("市教育局", "市教育局"),
        ("教育局", "市教育局"),  # the level of government may be left out
        ("示例市教育局", "市教育局"),  # and the district may be named
        ("示例教育局", "市教育局"),
        ("市委宣传部", "宣传部"),
        ("市财政局", "财政局"),
        ("市委网信办", "宣传部"),  # a body that is part of a unit
        ("市  教育局", "市教育局"),
    ],
)
def test_sure(printed: str, unit: str) -> None:
    assert (NAMES.match(printed).units, NAMES.match(printed).doubt) == ((unit,), "")


@pytest.mark.parametrize(
    ("printed", "units", "doubt"),
    [
        ("市住建局", ("市住房和城乡建设局",), "像是“市住房和城乡建设局”的简称或者全称"),
        ("卫健委", ("市卫生健康委员会",), "像是“市卫生健康委员会”的简称或者全称"),
        ("市市场监督管理局", ("市场监管局",), "像是“市场监管局”的简称或者全称"),
        ("市教育局(市语委办)", ("市教育局",), "括号里的“市语委办”没有单独对应,按“市教育局”"),
        ("市文明办(市委宣传部)", ("宣传部",), "按括号里的“市委宣传部”对应"),
        ("市委改革办", ("市教育局",), "不在单位名单里;通知里写有“市委全面深化改革委员会办公室(市教育局)”,按“市教育局”"),
        ("市民政局牵头", ("市民政局",), "牵头和配合没有区分,按“市民政局”"),
        ("各有关单位", ("@全部",), "按名单上的全部单位对应"),
        ("各县(市、区)", (), "像是一组单位,通知里没有找到这一组的名单,请写明有哪些单位"),
        ("甲类各单位", ("@甲类",), "按名单里的“甲类”对应"),
        ("行政执法部门", (), "像是一组单位,通知里没有找到这一组的名单,请写明有哪些单位"),
        (
            "市教育厅",
            (),
            "不在单位名单里,名称相近的有“市教育局”,没有对应,请写明是哪个单位;是考核别人的部门、由全部单位填报的,写“@全部”",
        ),
        ("市卫生健康委员", ("市卫生健康委员会",), "像是“市卫生健康委员会”的简称或者全称"),
        (
            "市人社局",
            (),
            "不在单位名单里,也没有名称相近的,请写明是哪个单位;是考核别人的部门、由全部单位填报的,写“@全部”",
        ),
    ],
)
def test_doubtful(printed: str, units: tuple[str, ...], doubt: str) -> None:
    """Short names, brackets, leading and assisting bodies, groups with and without a list, and what is only alike."""
    assert (NAMES.match(printed).units, NAMES.match(printed).doubt) == (units, doubt)


def test_two_units_of_one_name_are_none() -> None:
    names = Names(map(_unit, ("市城管局", "区城管局")))
    assert names.match("城管局").units == ()
    assert names.match("区城管局").units == ("区城管局",)


@pytest.mark.parametrize(
    ("text", "wrapped", "parts"),
    [
        ("市教育局\n市民政局", False, ("市教育局", "市民政局")),
        ("市教育局、市民政局,市司法局;市教育局", False, ("市教育局", "市民政局", "市司法局")),
        ("组织部(含编办、老干部局)、宣传部", False, ("组织部(含编办、老干部局)", "宣传部")),
        ("组织部(含编办、宣传部", False, ("组织部(含编办", "宣传部")),
        ("市住房和城乡\n建设局\n市教育局", True, ("市住房和城乡建设局", "市教育局")),
        ("市委宣传部(网信\n办)\n市行政审批\n局", True, ("市委宣传部(网信办)", "市行政审批局")),
    ],
)
def test_lists(text: str, wrapped: bool, parts: tuple[str, ...]) -> None:  # noqa: FBT001 - a column of the table
    """Names are parted at marks and lines, not within brackets; where lines wrap, a broken name is one."""
    assert printed_departments(text, NAMES, wrapped=wrapped) == parts
