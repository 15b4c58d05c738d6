"""Registers, their columns, and what they feed."""

from __future__ import annotations

from fazhi_xl.notice.registers import Feed, OnTime, Register, RegisterColumn
from fazhi_xl.setup.book.declared.columns import Column, columns
from fazhi_xl.setup.book.declared.table import NAME, TEXT, Level, Parent, Table, named

REGISTERS: tuple[Table, ...] = (
    Table(
        sheet="登记簿",
        key="registers",
        file="registers.toml",
        says="逐行登记的表:单位填的(月报、活动)和办公室填的(交办、事故、满意度)。",
        part="登记",
        name="名称",
        levels=(
            Level(
                path="registers",
                columns=(
                    *columns(
                        Register,
                        *("name", "kept_by", "prefix", "title", "note", "foot", "summary", "rows", "periods", "scope"),
                        name=NAME,
                        kept_by={"width": 22},
                        title=NAME,
                        note=TEXT,
                        foot=TEXT,
                        summary=TEXT,
                        scope={"width": 22},
                    ),
                    *(
                        Column(models=(OnTime,), path=f"on_time.{field}", title=title, width=12)
                        for field, title in (
                            ("column", "按时:日期栏目"),
                            ("day", "按时:几日以前"),
                            ("months_after", "按时:推后几个月"),
                            ("counted", "按时:计分栏目"),
                            ("title", "按时:栏目标题"),
                        )
                    ),
                ),
            ),
        ),
    ),
    Table(
        sheet="登记栏目",
        key="register_columns",
        file="registers.toml",
        says="登记簿各有哪些栏,一行一栏。",
        of=(Parent(table="登记簿", column=named("登记簿", "登记簿", width=20)),),
        part="登记",
        levels=(
            Level(
                path="columns",
                columns=columns(
                    RegisterColumn,
                    *("key", "title", "kind", "width", "options", "minimum", "maximum", "places", "earliest", "latest"),
                    *("measure", "length", "required", "required_with", "hint"),
                    title=NAME,
                    options={"width": 14, "hint": "类别是“选择”的才写,一行一个,至少两个;不能有半角逗号。"},
                    required_with={"hint": "另一栏选了某个值,这一栏就必须填:栏目=值。"},
                    hint=TEXT,
                ),
            ),
        ),
    ),
    Table(
        sheet="登记供数",
        key="feeds",
        file="registers.toml",
        says="登记算到哪些得分点的哪个指标,一行一个。",
        of=(Parent(table="登记簿", column=named("登记簿", "登记簿", width=20)),),
        part="登记",
        levels=(
            Level(
                path="feeds",
                columns=columns(
                    Feed,
                    *("sub_point", "input", "on_time", "where", "sum", "value"),
                    sub_point={"over": ("得分点",), "by_id": True, "exact": True, "hint": "得分点的编号。"},
                    on_time={"hint": "是:只数按时的行。"},
                    where={"width": 20, "hint": "只数符合的行,一行一个条件:栏目=值。"},
                    value={"hint": "不数行数,就取这一栏的值;一行不是“一行一件事”的才能用。"},
                ),
            ),
        ),
    ),
)
