"""复核申请: what units ask to be reviewed again, with what would move if it were granted, and the office's ruling on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Expr, Ref
from fazhi_xl.form.model import Check, Field
from fazhi_xl.form.sheets.common.inputs import choice_input
from fazhi_xl.form.sheets.common.rows import filled, needed_because
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER, UNIT
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.matters import MatterList, Said, about
from fazhi_xl.form.sheets.review.scores import OUT, SCORE, Approval
from fazhi_xl.notice.choices import KeptBy, Kind
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import in_points, short

TEXT, MARK, WRITTEN, WHY, MATERIAL, CAME, NOW, GRANTED, OTHERS, RULING, MARK_NOW = (
    "申请的得分点", "申请时核定", "核定理由", "申请理由", "新的材料", "收到", "现在名次", "改分后", "其他单位", "复核决定", "新核定",
)  # fmt: skip


class Ruling(StrEnum):
    """What the office says to a request."""

    UPHELD = "维持"
    CHANGED = "改分"
    APPROVED = "核准不涉及"
    REGISTERED = "更正登记"


GRANTS = frozenset({Ruling.CHANGED, Ruling.APPROVED, Ruling.REGISTERED})
"""Those by which a unit gets what it asked for, or a part of it."""


def _ask(dossier: Dossier, matter: Matter) -> tuple[Field, ...]:
    code, sub, case = matter.code, _sub_point(dossier, matter), _case(dossier, matter)
    options = tuple(_options(dossier, sub, case))
    ruling = choice_input(code, RULING, "复核决定", options, _prompt(options))
    note, *signature = parts.note_input(code), *parts.signature(dossier, code)
    ruled = filled(ruling)
    scored = tuple(_scored(dossier, matter, sub)) if sub and Ruling.CHANGED in options else ()
    others = parts.filled_any((*scored, note, *signature))
    row = (
        with_checks(ruling, needed_because(ruling, others, "这一行已经动笔")),
        *scored,
        with_checks(note, needed_because(note, ruled, "作了复核决定")),
        *(with_checks(each) for each in signature),
    )
    return tuple(parts.signed(row, ruled))


def _sub_point(dossier: Dossier, matter: Matter) -> SubPoint | None:
    """Give the sub-point as the unit is asked for it; None where it no longer is there."""
    known = dossier.notice.sub_points_by_id.get(about(matter.row))
    return dossier.notice.sub_points_of(matter.unit.short).get(known.code) if known else None


def _case(dossier: Dossier, matter: Matter) -> Case | None:
    sub = dossier.notice.sub_points_by_id.get(about(matter.row))
    own = (case for case in dossier.cases if sub and case.unit is matter.unit and case.sub.code == sub.code)
    return next(own, None)


def _options(dossier: Dossier, sub: SubPoint | None, case: Case | None) -> Iterator[Ruling]:
    """Give what may be ruled: a score that follows from a register is changed there, and a claim of 不涉及 is approved or not."""
    yield Ruling.UPHELD
    if sub is None:
        return
    if sub.code not in dossier.notice.scored_by_office:
        yield Ruling.APPROVED if case and case.out else Ruling.CHANGED
    if any(each.feeding(sub.id) for each in dossier.notice.registers_of(KeptBy.OFFICE)):
        yield Ruling.REGISTERED


_PROMPTS: Mapping[Ruling, str] = {
    Ruling.UPHELD: "原来的分数不动",
    Ruling.CHANGED: "填新核定分",
    Ruling.APPROVED: "不涉及,分值从应得分中减去",
    Ruling.REGISTERED: "登记有误,已在登记表里更正,分数随登记变",
}


def _prompt(options: tuple[Ruling, ...]) -> str:
    return ";".join(f"{each}:{_PROMPTS[each]}" for each in options) + "。"


def _scored(dossier: Dossier, matter: Matter, sub: SubPoint) -> Iterator[Field]:
    """Ask for the new score, which is higher than the one that the unit asked to be reviewed: a request makes nothing worse."""
    field = Field(
        row=matter.code,
        column=MARK_NOW,
        label="新核定分",
        kind=Kind.DECIMAL,
        minimum=in_points(sub.least),
        maximum=in_points(sub.ceiling),
        places=dossier.notice.about.scoring.places,
        style="input_points",
        prompt=f"改分的填,高于申请时的核定分,最多{short(sub.ceiling)}分。",
    )
    given, changed = Ref(field.key), x.equal(Ref(f"{matter.code}.{RULING}"), Const(Ruling.CHANGED))
    mark = _number(matter.said.get(MARK, ""))
    yield with_checks(
        field,
        needed_because(field, changed, f"复核决定选了“{Ruling.CHANGED}”"),
        Check(
            code=Code.REVIEW_APPEAL_SCORED, when=x.both(filled(field), x.negate(changed)), words={"row": matter.code}
        ),
        *(_higher(field, given, mark) if mark is not None else ()),
    )


def _higher(field: Field, given: Expr, mark: Decimal) -> Iterator[Check]:
    least = x.divide(Const(int(mark.scaleb(3))), Const(1000))
    lower = x.when(x.is_number(given), x.negate(x.less(least, given)), x.FALSE)
    yield Check(code=Code.REVIEW_APPEAL_LOWER, when=lower, words={"row": field.row, "mark": f"{mark:f}"})


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**6 else None


def _ruling(said: Mapping[str, Said]) -> Mapping[str, Said]:
    """Give the score or the approval that a request was granted; nothing where the score stands, or a register gives it."""
    signed = {column: said[column] for column in (NOTE, REVIEWER, DAY) if column in said}
    if said.get(RULING) == Ruling.CHANGED and MARK_NOW in said:
        return {SCORE: said[MARK_NOW], **signed}
    if said.get(RULING) == Ruling.APPROVED:
        return {OUT: Approval.APPROVED, **signed}
    return {}


APPEALS = MatterList(
    head="复核",
    name="复核申请",
    note=(
        "单位在反馈单的“复核申请”表里提出的,一行一个得分点。“改分后”和“其他单位”是假定按申请改、其他都不变时的结果,供决定前参考。"
        "请逐行选复核决定:维持的、改分的都要写明理由,单位照着知道为什么;改分的填新核定分,只能比原来高。"
        "改分的,“审核”表里这个得分点随着改。每一行都决定了才能定稿。"
    ),
    shown={
        UNIT: 11, TEXT: 24, MARK: 8, WHY: 26, MATERIAL: 17, NOW: 12, GRANTED: 14, OTHERS: 20, WRITTEN: 17, CAME: 12,
    },
    titles={
        UNIT: "单位", TEXT: "得分点", MARK: "申请时核定分", WRITTEN: "扣分时写的理由", WHY: "单位的理由", MATERIAL: "新的材料",
        CAME: "收到", NOW: "决定前总分、名次", GRANTED: "改分后", OTHERS: "其他单位怎样变", RULING: "复核决定", MARK_NOW: "新核定分",
    },
    answered=(RULING,),
    ask=_ask,
    for_sealing=True,
    inputs={RULING: 11, MARK_NOW: 8},
    numbers=frozenset({MARK_NOW}),
    ruling=_ruling,
    after="经复核",
)  # fmt: skip
