"""Who reviews what, grades, the index, and the list of contact persons."""

from __future__ import annotations

from types import MappingProxyType

from fazhi_xl.notice.model import GradeBand, Indicator, Project, Section
from fazhi_xl.setup.book.declared.columns import Column, Form, columns
from fazhi_xl.setup.book.declared.table import NAME, TEXT, Holds, Level, Table, named

_CONTACTS = MappingProxyType({"columns": "栏目", "rows": "身份", "sign_off": "落款"})

OTHERS: tuple[Table, ...] = (
    Table(
        sheet="审核分工",
        key="sections",
        file="notice.toml",
        says="哪个科室审哪些项目,一行一个项目。不分科室审的不写。",
        part="审核分工",
        levels=(
            Level(
                path="review.sections",
                columns=columns(Section, "name", name={"title": "科室", "width": 24}),
                key=("科室",),
            ),
            Level(
                path="items",
                columns=(named("项目", "项目", by_id=True, hint="项目的序号。", width=8),),
                holds=Holds.VALUES,
            ),
        ),
    ),
    Table(
        sheet="等次",
        key="grades",
        file="notice.toml",
        says="总分由高到低分几等,一行一等;最后一等不写至少几分。",
        part="等次",
        levels=(Level(path="grades", columns=columns(GradeBand, "name", "at_least", name=NAME)),),
    ),
    Table(
        sheet="指数",
        key="indicators",
        file="index.toml",
        says="供参考、不计分的指标,一行一个。标题写在“通知”。",
        part="指数",
        levels=(
            Level(
                path="projects",
                columns=columns(Project, "factor", "name", factor=NAME, name={"title": "指标项目", "width": 28}),
                key=("因素", "指标项目"),
            ),
            Level(
                path="indicators",
                columns=columns(Indicator, "no", "text", "keep", no={"width": 6}, text=TEXT, keep=TEXT),
            ),
        ),
    ),
    Table(
        sheet="联络员",
        key="contacts",
        file="contacts.toml",
        says="联系人名单的样子,一行一个:表头有哪些栏目,名单上有哪些身份,表下谁签字。标题写在“通知”。",
        part="联络员",
        levels=(
            Level(
                path="",
                which="是什么",
                variants=_CONTACTS,
                holds=Holds.VALUES,
                columns=(
                    Column(models=(), path="", title="是什么", own=Form.CHOICE, own_words=_CONTACTS, width=12),
                    named("文字", width=36),
                ),
            ),
        ),
    ),
)
