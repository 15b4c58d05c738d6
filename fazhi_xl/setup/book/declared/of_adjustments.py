"""What adds to the total or takes from it, the limits, and vetoes."""

from __future__ import annotations

from fazhi_xl.notice.model import Situation, SituationLimit, Veto
from fazhi_xl.setup.book.declared.columns import columns
from fazhi_xl.setup.book.declared.table import LONG, NAME, TEXT, Holds, Level, Table, named

ADJUSTMENTS: tuple[Table, ...] = (
    *(
        Table(
            sheet=sheet,
            key=key,
            file="adjustments.toml",
            says=f"{sheet},一行一个。",
            part=sheet,
            name="名称",
            usual="label",
            content=("原文",),
            levels=(
                Level(
                    path=key,
                    columns=columns(
                        Situation,
                        *("no", "text", "label", "points", "levels", "again", "provided_by"),
                        no={"width": 6},
                        text={"title": "原文", **LONG},
                        label=NAME,
                        points={"width": 8},
                        levels={"width": 18, "hint": "分级别(程度)的,一行一级:名称=分值。"},
                        provided_by={"width": 28, "hint": "掌握情况的部门,一行一个;不写的由办公室登记。"},
                    ),
                ),
            ),
        )
        for sheet, key in (("加分情形", "bonus"), ("减分情形", "deductions"))
    ),
    Table(
        sheet="加减分限额",
        key="limits",
        file="adjustments.toml",
        says="几个情形合起来最多加(减)几分的,一行一个情形。全部加分、减分的上限写在“通知”。",
        levels=(
            Level(
                path="limits",
                columns=columns(SituationLimit, "name", "at_most", name=TEXT, at_most={"width": 8}),
                key=("名称", "最多"),
            ),
            Level(
                path="of",
                columns=(
                    named("情形", "加分情形", "减分情形", by_id=True, hint="加分情形或减分情形的名称。", width=24),
                ),
                holds=Holds.VALUES,
            ),
        ),
    ),
    Table(
        sheet="一票否决",
        key="vetoes",
        file="adjustments.toml",
        says="登记了的单位不排名次的情形,一行一个。",
        part="一票否决",
        name="名称",
        usual="label",
        content=("原文",),
        levels=(
            Level(
                path="vetoes",
                columns=columns(
                    Veto, "no", "text", "label", no={"width": 6}, text={"title": "原文", **LONG}, label=NAME
                ),
            ),
        ),
    ),
)
