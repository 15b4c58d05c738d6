"""Which units a file's name names: whole names beside what files' names commonly have, and none inside another word."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.rounds.owner import unit_in_path, units_in
from tests.notice.campaigns import TEMPLATES

CATALOGUES = {
    "钟楼": TEMPLATES / "zhonglou-2020",
    "澄川": TEMPLATES / "chengchuan-xiangzhen-2023",
    "望澜": TEMPLATES / "wanglan-bumen-2023",
    "清单": Path(__file__).parents[1] / "data/catalogues/negative-list",
}


@pytest.fixture(scope="module")
def notices() -> dict[str, Notice]:
    return {name: load(folder) for name, folder in CATALOGUES.items()}


@pytest.mark.parametrize(
    ("of", "name", "unit"),
    [
        ("钟楼", "检察院.xlsx", "检察院"),
        ("钟楼", "检察院(2).xls", "检察院"),
        ("钟楼", "07检察院任务分解表定稿.xlsx", "检察院"),
        ("钟楼", "区检察院.et", "检察院"),
        ("钟楼", "07_检察院_任务分解表_2020.xlsx", "检察院"),
        ("钟楼", "检察院 - 副本.xlsx", "检察院"),
        ("钟楼", "副本检察院（最终）.xlsx", "检察院"),
        ("钟楼", "检察院final.xlsx", "检察院"),
        ("钟楼", "检察院王芳.xlsx", "检察院"),
        ("钟楼", "钟楼区人民检察院.xlsx", "检察院"),
        ("钟楼", "江苏省常州市钟楼区人民法院任务分解表.xlsx", "法院"),
        ("钟楼", "钟楼区2020年度法治建设监测评价任务分解表(法院).xlsx", "法院"),
        ("钟楼", "2020年11月18日法院报送.xlsx", "法院"),
        ("钟楼", "报区委依法治区办_法院.xlsx", "法院"),
        ("钟楼", "关于报送教育局任务分解表的函.xlsx", "教育局"),
        ("钟楼", "区财政局最终版(3).xlsx", "财政局"),
        ("钟楼", "区委办公室.xlsx", "区委办"),
        ("钟楼", "宣传部(含网信办)任务分解表.xlsx", "宣传部"),
        ("钟楼", "组织部(含编办、老干部局、机关工委).xlsx", "组织部"),
        ("钟楼", "共青团钟楼区委.xlsx", "团委"),
        ("钟楼", "科协扫描件.pdf", "科协"),
        ("澄川", "双枫.xlsx", "双枫乡"),
        ("澄川", "白石埠镇人民政府(盖章).pdf", "白石埠镇"),
        ("澄川", "澄川县云栈镇平安建设考核.xlsx", "云栈镇"),
        ("望澜", "市公安局.xlsx", "公安局"),
        ("望澜", "城市管理局(市综合行政执法局).xlsx", "城管局"),
        ("望澜", "望澜市财政局修改稿.xlsx", "财政局"),
        ("清单", "澄阳镇党政办.xlsx", "党政办"),
        ("清单", "党政综合办公室自评表.xlsx", "党政办"),
        ("清单", "执法队二稿.xlsx", "执法队"),
    ],
)
def test_a_name(notices: dict[str, Notice], of: str, name: str, unit: str) -> None:
    """A unit's name counts beside numbers, signs, Latin letters, a person's name, and the words that files' names have."""
    assert units_in(notices[of], name) == (unit,)


@pytest.mark.parametrize(
    ("of", "name"),
    [
        ("钟楼", "法院街道.xlsx"),
        ("钟楼", "法院路12号.xlsx"),
        ("钟楼", "党团委员会名单.xlsx"),
        ("钟楼", "团委委员名单.xlsx"),
        ("钟楼", "公安司法局联合.xlsx"),
        ("钟楼", "教育局长会议.xlsx"),
        ("钟楼", "常州市教育局转发.xlsx"),
        ("钟楼", "市法院.xlsx"),
        ("钟楼", "新区法院.xlsx"),
        ("钟楼", "妇联合会.xlsx"),
        ("钟楼", "残联系人.xlsx"),
        ("钟楼", "科协会议.xlsx"),
        ("钟楼", "交警大队部.xlsx"),
        ("钟楼", "区委依法治区办.xlsx"),
        ("钟楼", "任务分解表.xlsx"),
        ("钟楼", ""),
        ("澄川", "双枫村委会.xlsx"),
        ("澄川", "锦塘街道社区.xlsx"),
        ("澄川", "上竹溪小学.xlsx"),
        ("望澜", "区公安局.xlsx"),
        ("望澜", "交通局长.xlsx"),
        ("清单", "执法队伍名单.xlsx"),
        ("清单", "党政办公会.xlsx"),
    ],
)
def test_no_name(notices: dict[str, Notice], of: str, name: str) -> None:
    """A name inside another word, of another place, or of the office that returns are sent to, names nobody."""
    assert units_in(notices[of], name) == ()


def test_every_name_names_its_unit(notices: dict[str, Notice]) -> None:
    """By each of its names a unit is found; by the office's own, nobody."""
    for notice in notices.values():
        for unit in notice.units:
            found = {name: units_in(notice, f"{name}.xlsx") for name in unit.names}
            assert {name for name, units in found.items() if units != (unit.short,)} <= {
                "依法治区办",
                "区委依法治区办",
                "市委依法治市办",
                "依法治市办",
            }


@pytest.mark.parametrize(
    ("path", "unit"),
    [
        ("2020-11-18/法院.pdf", "法院"),
        ("法院/扫描.pdf", "法院"),
        ("法院/检察院.pdf", None),
        ("法院、检察院.pdf", None),
        ("扫描.pdf", None),
        ("法院.zip/区法院.xlsx", "法院"),
    ],
)
def test_whose_path(notices: dict[str, Notice], path: str, unit: str | None) -> None:
    """A file that cannot be read is taken for the one unit that its path names."""
    assert unit_in_path(notices["钟楼"], path) == unit


def test_latin_names(notices: dict[str, Notice]) -> None:
    """A name in Latin letters is none inside a longer one."""
    notice = notices["清单"]
    named = notice.units[0].model_copy(update={"aliases": ("DZB",)})
    notice = notice.model_copy(update={"units": (named, *notice.units[1:])})
    assert [units_in(notice, name) for name in ("dzb.xlsx", "dzb2.xlsx", "xdzb.xlsx", "DZB表.xlsx")] == [
        (named.short,),
        (),
        (),
        (named.short,),
    ]


def test_a_hostile_name(notices: dict[str, Notice]) -> None:
    """A long name that can be taken apart in many ways takes no long time."""
    assert units_in(notices["钟楼"], "报送" * 60 + "法院街道") == ()
