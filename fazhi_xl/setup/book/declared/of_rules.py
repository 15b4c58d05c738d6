"""Scoring rules, part by part, and what limits several of them."""

from __future__ import annotations

from types import MappingProxyType

from fazhi_xl.notice.model import LossCap
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
    MarginTerm,
    Months,
    Rate,
    Ratio,
    Tally,
    Yes,
)
from fazhi_xl.setup.book.declared.columns import Column, Form, columns
from fazhi_xl.setup.book.declared.table import ITEMS, LONG, SUB_POINT, Holds, Level, Parent, Table, named, union

_PARTS = (Yes, Count, CountZero, Rate, Ratio, Fall, Grade, Months, Days, Tally, Deduct, Balance, Bands)
_TERMS = (EventTerm, MarginTerm, Band)

_NTH = Column(
    models=(), path="", title="第几条", own=Form.WHOLE, width=8, hint="得分点的第几条规则,从1数起;只有一条的写1。"
)
_WHICH = MappingProxyType({"terms": "计", "plus": "加", "minus": "减", "bands": "档"})

RULES: tuple[Table, ...] = (
    Table(
        sheet="计分规则",
        key="parts",
        file=ITEMS,
        says="得分点怎样计分,一行一条。按种类填右边的几栏,其余留空;逐件计分、分档的,每一项写在“计分明细”。",
        of=(SUB_POINT,),
        name="第几条",
        levels=(
            Level(
                path="rule.parts",
                columns=(
                    _NTH,
                    *union(
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
        of=(SUB_POINT, Parent(table="计分规则", column=_NTH)),
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
                    *union(
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
                columns=columns(LossCap, "text", "at_most", text={"title": "原文", **LONG}, at_most={"width": 8}),
                key=("原文", "最多"),
            ),
            Level(
                path="sub_points",
                columns=(named("得分点", "得分点", by_id=True, exact=True, hint="得分点的编号。", width=9),),
                holds=Holds.VALUES,
            ),
        ),
    ),
)
