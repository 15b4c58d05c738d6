"""Items, sub-points and the facts that they ask for."""

from __future__ import annotations

from fazhi_xl.notice.model import Item, SubPoint
from fazhi_xl.notice.rules import Input, Rule
from fazhi_xl.setup.book.declared.columns import Column, columns
from fazhi_xl.setup.book.declared.table import ITEMS, LONG, NAME, SUB_POINT, TEXT, Level, Parent, Table, named

ITEM_TABLES: tuple[Table, ...] = (
    Table(
        sheet="项目",
        key="items",
        file=ITEMS,
        says="通知的项目,一行一个。",
        name="序号",
        usual="no",
        content=("名称",),
        levels=(
            Level(
                path="",
                columns=columns(
                    Item,
                    *("no", "aspect", "name", "points", "requirement", "basis", "responsible"),
                    no={"width": 6, "hint": "1、2、3……依次写。"},
                    aspect=NAME,
                    name=TEXT,
                    points={"width": 8},
                    requirement=LONG,
                    basis=TEXT,
                    responsible={
                        "width": 30,
                        "hint": "谁来填,一行一个:“责任部门”表里的写法、单位简称、“@组名”或“@全部”。",
                    },
                ),
            ),
        ),
    ),
    Table(
        sheet="得分点",
        key="sub_points",
        file=ITEMS,
        says="项目里每一句单独计分的话,一行一个。",
        of=(Parent(table="项目", column=named("项目", "项目", hint="项目的序号。", width=6)),),
        name="编号",
        usual="code",
        content=("原文",),
        levels=(
            Level(
                path="sub_points",
                columns=(
                    *columns(
                        SubPoint,
                        *("code", "text", "points", "least", "most", "points_by_group", "evidence", "answered_by"),
                        code={"exact": True, "width": 8},
                        text={"title": "原文", **LONG},
                        points={"width": 8, "hint": "只扣不加的可以是0,另写最低。"},
                        least={"width": 8},
                        most={"width": 8},
                        points_by_group={"width": 14, "hint": "分值不同的排名组,一行一个:组的编号=分值。"},
                        evidence={"title": "佐证", **TEXT},
                        answered_by={"title": "由谁填", "width": 28, "hint": "与项目的责任部门不同的才写,一行一个。"},
                    ),
                    Column(models=(Rule,), path="rule.combine", width=22),
                    *columns(SubPoint, "note", note=TEXT),
                ),
            ),
        ),
    ),
    Table(
        sheet="填报指标",
        key="inputs",
        file=ITEMS,
        says="得分点要填的事实,一行一个。",
        of=(SUB_POINT,),
        name="键名",
        levels=(
            Level(
                path="inputs",
                columns=columns(
                    Input,
                    *(
                        "key",
                        "label",
                        "kind",
                        "measure",
                        "options",
                        "minimum",
                        "maximum",
                        "earliest",
                        "latest",
                        "required",
                    ),
                    *("not_more_than", "not_before", "given_by", "hint"),
                    key={"width": 14, "hint": "“计分规则”“登记供数”用它指明是哪个指标,不印出来。"},
                    label=TEXT,
                    measure={"width": 8},
                    options={"width": 14, "hint": "类别是“选择”的才写,一行一个,至少两个;不能有半角逗号。"},
                    required={"hint": "否:可以不填,只供参考。"},
                    given_by={"width": 20, "hint": "不由单位填的,“登记供数”表里要有登记供数。"},
                    hint=TEXT,
                ),
            ),
        ),
    ),
)
