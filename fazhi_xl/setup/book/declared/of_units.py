"""Units, their ranking groups, groups and departments."""

from __future__ import annotations

from fazhi_xl.notice.model import Group, Member, RankingGroup, Unit
from fazhi_xl.setup.book.declared.columns import columns
from fazhi_xl.setup.book.declared.table import LIST, NAME, TEXT, Holds, Level, Table, named

UNITS: tuple[Table, ...] = (
    Table(
        sheet="排名组",
        key="ranking_groups",
        file="units.toml",
        says="单位在组内排名次。只排一个名次的写一组。",
        name="编号",
        levels=(Level(path="ranking_groups", columns=columns(RankingGroup, "code", "name", "full", name=TEXT)),),
    ),
    Table(
        sheet="单位",
        key="units",
        file="units.toml",
        says="参加评价的单位,一行一个,按印出来的顺序。改名只改名称,旧名写进别名。",
        name="简称",
        usual="short",
        content=("名称",),
        levels=(
            Level(
                path="units",
                columns=columns(
                    Unit,
                    *("no", "name", "short", "kind", "ranking_group", "aliases", "absorbed", "mail", "assessor"),
                    no={"width": 6},
                    name=TEXT,
                    short=NAME,
                    ranking_group={"over": ("排名组",)},
                    aliases=LIST,
                    absorbed=LIST,
                    mail=LIST,
                ),
            ),
        ),
    ),
    Table(
        sheet="单位组",
        key="groups",
        file="groups.toml",
        says="通知里统称的一些单位,一行一个单位。责任部门写“@组名”就是这一组。",
        levels=(
            Level(
                path="groups",
                columns=columns(Group, "name", "note", name={"title": "组", "width": 28}, note=TEXT),
                key=("组",),
            ),
            Level(path="members", columns=columns(Member, "unit", "confidence", unit={"over": ("单位",), "width": 20})),
        ),
    ),
    Table(
        sheet="责任部门",
        key="departments",
        file="departments.toml",
        says="通知里写的责任部门各是哪些单位,一行一个单位或组。就是单位简称的不用写。",
        levels=(
            Level(
                path="departments",
                columns=(named("责任部门", hint="通知里的写法。", width=36),),
                holds=Holds.NAMED,
                key=("责任部门",),
            ),
            Level(
                path="",
                columns=(named("单位或组", "单位", hint="单位的简称,或者“@组名”,或者“@全部”。", width=28),),
                holds=Holds.VALUES,
            ),
        ),
    ),
)
