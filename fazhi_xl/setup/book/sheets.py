"""Which sheets the workbook has, and which field of a catalogue stands in which column: said here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from fazhi_xl.notice.model import (
    GradeBand,
    Group,
    Indicator,
    Item,
    LossCap,
    Member,
    Option,
    Project,
    RankingGroup,
    Reading,
    Section,
    Situation,
    SituationLimit,
    SubPoint,
    Unit,
    Veto,
)
from fazhi_xl.notice.registers import Feed, OnTime, Register, RegisterColumn
from fazhi_xl.notice.rules import (
    Balance,
    Band,
    Bands,
    Count,
    CountZero,
    Days,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    Input,
    MarginTerm,
    Months,
    Plain,
    Rate,
    Ratio,
    Rule,
    Tally,
    Yes,
)
from fazhi_xl.setup.book.columns import Column, Form, columns

ITEMS = "items"
"""In place of a file: each row of the table is a file of an item."""
ID = "标识"
NOTE = "备注"
CHANGES = "口径改动"
_PARTS = (Yes, Count, CountZero, Rate, Ratio, Fall, Grade, Months, Days, Tally, Deduct, Balance, Bands)
_TERMS = (EventTerm, MarginTerm, Band)


class Holds(Enum):
    """What stands under a level's path."""

    TABLES = auto()  # a list of tables
    VALUES = auto()  # a list of values
    NAMED = auto()  # a table: what is under each name


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What a table goes through to its rows: a list or a table under `path`, and the columns of its elements.

    `key` heads what tells an element apart from the others, where a further level has a row for each of its own elements.
    With `variants` the list has one of several names, by the word of the column `which`.
    """

    path: str
    columns: tuple[Column, ...]
    holds: Holds = Holds.TABLES
    key: tuple[str, ...] = ()
    which: str = ""
    variants: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The table whose row a row belongs to, and the column that names it."""

    table: str
    column: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet with one table. `name` heads the column that others name its rows by, `usual` is the field that stands for an id."""

    sheet: str
    key: str  # the table's own name in the workbook, which stays when the sheet is renamed
    file: str
    levels: tuple[Level, ...]
    says: str  # what is written here
    of: tuple[Parent, ...] = ()
    name: str = ""
    usual: str = ""
    part: str = ""  # of the notice that may lack it

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, from the left."""
        return (*(each.column for each in self.of), *(column for level in self.levels for column in level.columns))


def _named(title: str, *over: str, **more: Any) -> Column:  # noqa: ANN401 - what a column has
    return Column(models=(), path="", title=title, own=Form.TEXT, over=over, **more)


_SUB_POINT = Parent(table="得分点", column=_named("得分点", "得分点", exact=True, hint="得分点的编号。", width=9))
_NTH = Column(
    models=(), path="", title="第几条", own=Form.WHOLE, width=8, hint="得分点的第几条规则,从1数起;只有一条的写1。"
)
_WHICH = MappingProxyType({"terms": "计", "plus": "加", "minus": "减", "bands": "档"})
_CONTACTS = MappingProxyType({"columns": "栏目", "rows": "身份", "sign_off": "落款"})
_LONG, _TEXT, _NAME, _LIST = ({"width": width} for width in (60, 36, 20, 24))


def _union(*fields: str, models: tuple[type[Plain], ...], **more: Mapping[str, Any]) -> tuple[Column, ...]:
    """Make the columns of fields that some of the models have."""
    return tuple(Column(models=models, path=field, **more.get(field, {})) for field in fields)


TABLES: tuple[Table, ...] = (
    Table(
        sheet="排名组",
        key="ranking_groups",
        file="units.toml",
        says="单位在组内排名次。只排一个名次的写一组。",
        name="编号",
        levels=(Level(path="ranking_groups", columns=columns(RankingGroup, "code", "name", "full", name=_TEXT)),),
    ),
    Table(
        sheet="单位",
        key="units",
        file="units.toml",
        says="参加评价的单位,一行一个,按印出来的顺序。改名只改名称,旧名写进别名。",
        name="简称",
        usual="short",
        levels=(
            Level(
                path="units",
                columns=columns(
                    Unit,
                    *("no", "name", "short", "kind", "ranking_group", "aliases", "absorbed", "mail", "assessor"),
                    no={"width": 6},
                    name=_TEXT,
                    short=_NAME,
                    ranking_group={"over": ("排名组",)},
                    aliases=_LIST,
                    absorbed=_LIST,
                    mail=_LIST,
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
                columns=columns(Group, "name", "note", name={"title": "组", "width": 28}, note=_TEXT),
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
                columns=(_named("责任部门", hint="通知里的写法。", width=36),),
                holds=Holds.NAMED,
                key=("责任部门",),
            ),
            Level(
                path="",
                columns=(_named("单位或组", "单位", hint="单位的简称,或者“@组名”,或者“@全部”。", width=28),),
                holds=Holds.VALUES,
            ),
        ),
    ),
    Table(
        sheet="项目",
        key="items",
        file=ITEMS,
        says="通知的项目,一行一个。",
        name="序号",
        usual="no",
        levels=(
            Level(
                path="",
                columns=columns(
                    Item,
                    *("no", "aspect", "name", "points", "requirement", "basis", "responsible"),
                    no={"width": 6, "hint": "1、2、3……依次写。"},
                    aspect=_NAME,
                    name=_TEXT,
                    points={"width": 8},
                    requirement=_LONG,
                    basis=_TEXT,
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
        of=(Parent(table="项目", column=_named("项目", "项目", hint="项目的序号。", width=6)),),
        name="编号",
        usual="code",
        levels=(
            Level(
                path="sub_points",
                columns=(
                    *columns(
                        SubPoint,
                        *("code", "text", "points", "least", "most", "points_by_group", "evidence", "answered_by"),
                        code={"exact": True, "width": 8},
                        text={"title": "原文", **_LONG},
                        points={"width": 8, "hint": "只扣不加的可以是0,另写最低。"},
                        least={"width": 8},
                        most={"width": 8},
                        points_by_group={"width": 14, "hint": "分值不同的排名组,一行一个:组的编号=分值。"},
                        evidence={"title": "佐证", **_TEXT},
                        answered_by={"title": "由谁填", "width": 28, "hint": "与项目的责任部门不同的才写,一行一个。"},
                    ),
                    Column(models=(Rule,), path="rule.combine", width=22),
                    *columns(SubPoint, "note", note=_TEXT),
                ),
            ),
        ),
    ),
    Table(
        sheet="填报指标",
        key="inputs",
        file=ITEMS,
        says="得分点要填的事实,一行一个。",
        of=(_SUB_POINT,),
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
                    label=_TEXT,
                    measure={"width": 8},
                    options={"width": 14, "hint": "类别是“选择”的才写,一行一个,至少两个;不能有半角逗号。"},
                    required={"hint": "否:可以不填,只供参考。"},
                    given_by={"width": 20, "hint": "不由单位填的,“登记供数”表里要有登记供数。"},
                    hint=_TEXT,
                ),
            ),
        ),
    ),
    Table(
        sheet="计分规则",
        key="parts",
        file=ITEMS,
        says="得分点怎样计分,一行一条。按种类填右边的几栏,其余留空;逐件计分、分档的,每一项写在“计分明细”。",
        of=(_SUB_POINT,),
        name="第几条",
        levels=(
            Level(
                path="rule.parts",
                columns=(
                    _NTH,
                    *_union(
                        *("kind", "weight", "input", "at_least", "below", "done", "due", "no_case", "amount", "base"),
                        *(
                            "this_year",
                            "last_year",
                            "this_year_of",
                            "last_year_of",
                            "or_equal",
                            "shares",
                            "start",
                            "end",
                        ),
                        *("cap", "otherwise"),
                        models=_PARTS,
                        kind={"title": "种类", "width": 18, "hint": "怎样计分,从下拉里选。"},
                        weight={"width": 7},
                        at_least={"width": 7, "hint": "数量达到几、率达到百分之几、满几个月或几日得分。"},
                        below={"width": 18},
                        no_case={"width": 14},
                        shares={"width": 14, "hint": "每个选项得百分之几,一行一个:选项=百分之几;“不涉及”不写。"},
                        start={"hint": "开始日期的键名;“有加有减”的写起评几分。"},
                        or_equal={"hint": "是:与上年持平也得分。"},
                        input={"hint": "看哪个指标,写键名。"},
                        cap={"width": 7},
                        otherwise={"width": 7},
                    ),
                ),
            ),
        ),
    ),
    Table(
        sheet="计分明细",
        key="terms",
        file=ITEMS,
        says="逐件计分的各项、分档的各档,一行一个。",
        of=(_SUB_POINT, Parent(table="计分规则", column=_NTH)),
        levels=(
            Level(
                path="",
                which="项",
                variants=_WHICH,
                columns=(
                    Column(
                        models=(),
                        path="",
                        title="项",
                        own=Form.CHOICE,
                        own_words=_WHICH,
                        width=6,
                        hint="计:逐件计分的一项;加、减:“有加有减”的一项;档:分档的一档。",
                    ),
                    *_union(
                        *("input", "each", "cap", "target", "again", "done", "due", "side", "step", "reference"),
                        *("reference_input", "last_done", "last_due", "at_least", "at_most", "points"),
                        models=_TERMS,
                        at_least={"hint": "分档:不低于几;与“最多”写一个。"},
                        at_most={"hint": "分档:不超过几;与“至少”写一个。"},
                        points={"title": "得分", "hint": "分档:得几分,负数是扣。"},
                        step={"width": 22},
                        side={"width": 8},
                    ),
                ),
            ),
        ),
    ),
    Table(
        sheet="扣分限额",
        key="loss_caps",
        file="notice.toml",
        says="几个得分点合起来最多扣几分的,一行一个得分点。",
        levels=(
            Level(
                path="loss_caps",
                columns=columns(LossCap, "text", "at_most", text={"title": "原文", **_LONG}, at_most={"width": 8}),
                key=("原文", "最多"),
            ),
            Level(
                path="sub_points",
                columns=(_named("得分点", "得分点", by_id=True, exact=True, hint="得分点的编号。", width=9),),
                holds=Holds.VALUES,
            ),
        ),
    ),
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
                        name=_NAME,
                        kept_by={"width": 22},
                        title=_NAME,
                        note=_TEXT,
                        foot=_TEXT,
                        summary=_TEXT,
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
        of=(Parent(table="登记簿", column=_named("登记簿", "登记簿", width=20)),),
        part="登记",
        levels=(
            Level(
                path="columns",
                columns=columns(
                    RegisterColumn,
                    *("key", "title", "kind", "width", "options", "minimum", "maximum", "places", "earliest", "latest"),
                    *("measure", "length", "required", "required_with", "hint"),
                    title=_NAME,
                    options={"width": 14, "hint": "类别是“选择”的才写,一行一个,至少两个;不能有半角逗号。"},
                    required_with={"hint": "另一栏选了某个值,这一栏就必须填:栏目=值。"},
                    hint=_TEXT,
                ),
            ),
        ),
    ),
    Table(
        sheet="登记供数",
        key="feeds",
        file="registers.toml",
        says="登记算到哪些得分点的哪个指标,一行一个。",
        of=(Parent(table="登记簿", column=_named("登记簿", "登记簿", width=20)),),
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
    *(
        Table(
            sheet=sheet,
            key=key,
            file="adjustments.toml",
            says=f"{sheet},一行一个。",
            part=sheet,
            name="名称",
            usual="label",
            levels=(
                Level(
                    path=key,
                    columns=columns(
                        Situation,
                        *("no", "text", "label", "points", "levels", "again", "provided_by"),
                        no={"width": 6},
                        text={"title": "原文", **_LONG},
                        label=_NAME,
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
                columns=columns(SituationLimit, "name", "at_most", name=_TEXT, at_most={"width": 8}),
                key=("名称", "最多"),
            ),
            Level(
                path="of",
                columns=(
                    _named("情形", "加分情形", "减分情形", by_id=True, hint="加分情形或减分情形的名称。", width=24),
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
        levels=(
            Level(
                path="vetoes",
                columns=columns(
                    Veto, "no", "text", "label", no={"width": 6}, text={"title": "原文", **_LONG}, label=_NAME
                ),
            ),
        ),
    ),
    Table(
        sheet="口径",
        key="readings",
        file="readings.toml",
        says="通知没有写明、要由办公室定的地方,一行一处。换一种理解只改“采用”。",
        part="口径",
        name="键名",
        levels=(
            Level(
                path="readings",
                columns=columns(
                    Reading,
                    *("key", "question", "chosen", "reason", "confirmed"),
                    key=_NAME,
                    question=_TEXT,
                    chosen=_NAME,
                    reason=_LONG,
                ),
            ),
        ),
    ),
    Table(
        sheet="口径选项",
        key="options",
        file="readings.toml",
        says="每一处有几种理解,一行一种。",
        of=(Parent(table="口径", column=_named("口径", "口径", width=20)),),
        part="口径",
        name="键名",
        levels=(Level(path="options", columns=columns(Option, "key", "text", key=_NAME, text=_LONG)),),
    ),
    Table(
        sheet=CHANGES,
        key="changes",
        file="readings.toml",
        says="采用一种理解时改目录的哪一处,一行一处。",
        of=(
            Parent(table="口径", column=_named("口径", "口径", width=20)),
            Parent(table="口径选项", column=_named("选项", width=20)),
        ),
        part="口径",
        levels=(
            Level(
                path="changes",
                columns=(_named("对象", width=24, hint="改哪里,例如 得分点 1.2、通知 计分、责任部门。"),),
                holds=Holds.NAMED,
                key=("对象",),
            ),
            Level(
                path="",
                columns=(
                    _named(
                        "哪一处",
                        width=30,
                        hint="改哪一栏;在里面的逐级写,用 / 隔开,第几个写数,例如 规则/规则各条/1/不足时。",
                    ),
                    Column(models=(), path="", title="改成", own=Form.VALUE, width=48),
                ),
                holds=Holds.NAMED,
            ),
        ),
    ),
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
                columns=(_named("项目", "项目", by_id=True, hint="项目的序号。", width=8),),
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
        levels=(Level(path="grades", columns=columns(GradeBand, "name", "at_least", name=_NAME)),),
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
                columns=columns(Project, "factor", "name", factor=_NAME, name={"title": "指标项目", "width": 28}),
                key=("因素", "指标项目"),
            ),
            Level(
                path="indicators",
                columns=columns(Indicator, "no", "text", "keep", no={"width": 6}, text=_TEXT, keep=_TEXT),
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
                    _named("文字", width=36),
                ),
            ),
        ),
    ),
)


def table_of(sheet: str) -> Table:
    """Give a table by its sheet's name."""
    return next(each for each in TABLES if each.sheet == sheet)


def every_column() -> Iterator[tuple[Table, Column]]:
    """Yield every column with its table."""
    yield from ((table, column) for table in TABLES for column in table.columns)
