"""The registers of a review book: 加分认定, 减分登记, 交办登记 and 信息采用."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.model import STATUS_COLUMN, Check, Content, Field, Label, Row, Sheet
from fazhi_xl.form.sheets.common.context import head_row
from fazhi_xl.form.sheets.common.inputs import choice_input, text_input
from fazhi_xl.form.sheets.common.rows import filled, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import BASIS, DAY, DECIDED, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.unit import bonus, deductions, information
from fazhi_xl.notice.model import Section, SubPoint
from fazhi_xl.notice.rules import Deduct, Tally

BONUS, DEDUCTIONS, VETOES, TASKS, NEWS = "加分认定", "减分登记", "否决登记", "交办登记", "信息采用"
UNIT, SOURCE, VERDICT, MATTER_KEY, MATTER_NO, HINT = "单位", "来源", "认定", "归并", "事项号", "提示"
SITUATION, MATTER, DEGREE, DOCUMENT, DATED = (
    deductions.SITUATION, deductions.MATTER, deductions.DEGREE, deductions.DOCUMENT, deductions.DATED,
)  # fmt: skip
LEVEL, AUTHORITY, ADOPTED, ISSUE, SENT, TITLE = (
    bonus.LEVEL, bonus.AUTHORITY, information.ADOPTED, information.ISSUE, information.SENT, information.TITLE,
)  # fmt: skip
_TAIL: dict[str, float] = {
    NOTE: 24, REVIEWER: 10, DAY: 12, STATUS_COLUMN: 24, BASIS: 10, DECIDED: 8,
}  # fmt: skip
_TITLES = {
    **parts.TITLES, UNIT: "单位", SOURCE: "来源", VERDICT: "认定", MATTER_KEY: "事项归并", MATTER_NO: "事项号", HINT: "提示",
    SITUATION: "情形", MATTER: "事项", DEGREE: "处理程度", DOCUMENT: "文书名称和文号", DATED: "日期", LEVEL: "级别", AUTHORITY: "机关",
    ADOPTED: "采用情况", ISSUE: "简报期号", SENT: "报送日期", TITLE: "信息标题", bonus.RECOGNISED: "单位填的上级认可",
}  # fmt: skip


class Verdict(StrEnum):
    """What the office says to a claim of a bonus, and to what is provided or registered against a unit."""

    RECOGNISED = "认可"
    REFUSED = "不认可"
    DEDUCTED = "减分"
    NOT_DEDUCTED = "不减分"
    REPEATED = "重复"
    VETOED = "否决"
    NOT_VETOED = "不否决"


def sheets(dossier: Dossier) -> tuple[Sheet, ...]:
    """Give the registers; a section's own book has those that settle one of its sub-points."""
    if not dossier.section:
        return _bonus(dossier), _deductions(dossier), _tasks(dossier), _news(dossier)
    drafts = {TASKS: _tasks, NEWS: _news}
    return tuple(draft(dossier) for name, draft in drafts.items() if name in dossier.registers)


def register_of(sub: SubPoint) -> str:
    """Name the register that may settle a sub-point; blank where none may."""
    kinds = {type(part) for part in sub.rule.parts}
    return TASKS if Deduct in kinds else NEWS if Tally in kinds else ""


def of_section(dossier: Dossier, section: Section) -> Dossier:
    """Give what a section decides: its items' sub-points, and the registers that may settle one of them."""
    subs = {sub.code: sub for item in dossier.notice.items if item.id in section.items for sub in item.sub_points}
    own = set(map(register_of, subs.values()))
    return replace(
        dossier,
        cases=tuple(case for case in dossier.cases if case.sub.code in subs),
        claims=(),
        provided=(),
        registers={name: rows for name, rows in dossier.registers.items() if name in own},
        section=section,
    )


def _sheet(dossier: Dossier, name: str, widths: dict[str, float], note: str, rows: Iterable[Row]) -> Sheet:
    columns = parts.columns({"编号": 12, **widths, **_TAIL}, _TITLES)
    return Sheet(
        name=name,
        columns=columns,
        rows=(*parts.review_heading(dossier, columns, name, note), head_row(columns), *rows),
        tab="band",
    )


# 加分认定 ------------------------------------------------------------------------------------------------------------

_CLAIMED = (SITUATION, MATTER, AUTHORITY, LEVEL, DOCUMENT, DATED, bonus.RECOGNISED)


def _bonus(dossier: Dossier) -> Sheet:
    widths: dict[str, float] = {
        UNIT: 14, MATTER_NO: 8, SITUATION: 14, MATTER: 36, AUTHORITY: 22, LEVEL: 9, DOCUMENT: 20, DATED: 12,
        bonus.RECOGNISED: 12, HINT: 24, VERDICT: 10, MATTER_KEY: 16,
    }  # fmt: skip
    note = (
        "上级认可的选“认可”,有1项加1分,以10分为限。同一事项报了几次的,各行填同样的“事项归并”,只加一次;"
        "一个单位同一事项的几行排在一起,事项号相同,“提示”写明疑似重复的,仅供参考;"
        f"没有选认定的不加分。{dossier.notice.about.texts.bonus_clause}"
    )
    rows = (
        parts.row(
            dossier,
            claim.code,
            claim_cells(claim),
            partial(_verdict, dossier, claim.code, (Verdict.RECOGNISED, Verdict.REFUSED)),
        )
        for claim in dossier.claims
    )
    return _sheet(dossier, BONUS, widths, note, rows)


def claim_cells(claim: Matter) -> Mapping[str, Content]:
    """Give what stands in a claim's row as it was returned."""
    texts = {UNIT: claim.unit.short, **{column: claim.said.get(column, "") for column in _CLAIMED}}
    return {
        **{column: Label(said) for column, said in texts.items()},
        MATTER_NO: Label(claim.matter, "measure"),
        HINT: Label(claim.hint, "hint"),
    }


def _verdict(dossier: Dossier, code: str, words: tuple[str, str]) -> tuple[Field, ...]:
    """Give the inputs for the verdict on a claim or a provided matter."""
    fields = (
        choice_input(code, VERDICT, "认定", (*words, Verdict.REPEATED), "没有选的不算。"),
        text_input(code, MATTER_KEY, "事项归并", "同一事项的几行填同样的字,例如:全国先进。", length=60),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    verdict, key, *_ = fields
    kept = [with_checks(field) for field in fields]
    others = parts.filled_any(field for field in fields if field.column in {MATTER_KEY, *parts.SIGNED})
    kept[0] = replace(kept[0], checks=(*kept[0].checks, needed_where(verdict, others)))
    repeated = needed_where(key, x.equal(Ref(verdict.key), Const(Verdict.REPEATED)))
    kept[1] = replace(kept[1], checks=(*kept[1].checks, repeated))
    return tuple(parts.signed(kept, filled(verdict)))


# 减分登记 ------------------------------------------------------------------------------------------------------------

_PROVIDED = (SITUATION, UNIT, MATTER, DEGREE, DOCUMENT, DATED)


def _deductions(dossier: Dossier) -> Sheet:
    widths: dict[str, float] = {
        SOURCE: 14, SITUATION: 22, UNIT: 14, MATTER: 36, DEGREE: 18, DOCUMENT: 22, DATED: 12, VERDICT: 10, MATTER_KEY: 16,
    }  # fmt: skip
    note = (
        "上面是各单位提供的,选“减分”才减;下面的空行由办公室登记。同一单位的同一事项填同样的“事项归并”,只按较重的减一次。"
        f"{dossier.notice.about.texts.deduction_clause}"
    )
    names, source = parts.unit_rows(dossier, DEDUCTIONS, UNIT)
    given = (
        parts.row(
            dossier,
            each.code,
            provided_cells(each),
            partial(_verdict, dossier, each.code, (Verdict.DEDUCTED, Verdict.NOT_DEDUCTED)),
        )
        for each in dossier.provided
    )
    own = (
        parts.row(dossier, code, {}, partial(_deduction, dossier, code, source))
        for code in dossier.registers.get(DEDUCTIONS, ())
    )
    return _sheet(dossier, DEDUCTIONS, widths, note, (*given, *own, *names))


def provided_cells(each: Matter) -> Mapping[str, Content]:
    """Give what stands in the row of a matter that a unit provided."""
    texts = {SOURCE: each.unit.short, **{column: each.said.get(column, "") for column in _PROVIDED}}
    return {column: Label(said) for column, said in texts.items()}


def _deduction(dossier: Dossier, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    situations = dossier.notice.deductions
    graded = tuple(each for each in situations if each.levels)
    degrees = tuple(dict.fromkeys(level.name for each in graded for level in each.levels))
    plain = (
        text_input(code, SOURCE, "来源", "谁提供的。", length=60),
        choice_input(code, SITUATION, "减分情形", tuple(each.label for each in situations), "通知规定的减分情形。"),
        parts.unit_choice(dossier, code, UNIT, "发生情形的单位", source),
        text_input(code, MATTER, "事项", "发生了什么事。"),
        *((choice_input(code, DEGREE, "处理程度", degrees, "有轻重之分的情形才选。"),) if degrees else ()),
        text_input(code, DOCUMENT, "文书名称和文号", "认定这件事的文书。"),
        parts.day(dossier, code, DATED, "日期", "文书的日期。"),
        choice_input(
            code, VERDICT, "认定", (Verdict.DEDUCTED, Verdict.NOT_DEDUCTED, Verdict.REPEATED), "选“减分”才减。"
        ),
        text_input(code, MATTER_KEY, "事项归并", "同一事项的几行填同样的字。", length=60),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    needed = frozenset({SITUATION, UNIT, MATTER, DOCUMENT, VERDICT, *parts.SIGNED})
    return tuple(_graded(field, tuple(each.label for each in graded)) for field in _entry(plain, needed))


def _graded(field: Field, labels: tuple[str, ...]) -> Field:
    """Require the degree where the notice has two, and refuse it elsewhere."""
    if field.column != DEGREE:
        return field
    situation = Ref(f"{field.row}.{SITUATION}")
    held = x.either(*(x.equal(situation, Const(label)) for label in labels))
    elsewhere = x.both(filled(field), x.negate(x.either(x.blank(situation), held)))
    words = {"row": field.row, "situation": "、".join(labels)}
    more = needed_where(field, held), Check(code=Code.DEGREE_ELSEWHERE, when=elsewhere, words=words)
    return replace(field, checks=(*field.checks, *more))


# 交办登记, 信息采用 --------------------------------------------------------------------------------------------------


def _tasks(dossier: Dossier) -> Sheet:
    note = "登记不配合完成日常交办工作的,一次一行。登记了的单位,这一得分点按次数扣分,不再看核定分。"
    names, source = parts.unit_rows(dossier, TASKS, UNIT)
    rows = (
        parts.row(dossier, code, {}, partial(_task, dossier, code, source)) for code in dossier.registers.get(TASKS, ())
    )
    return _sheet(dossier, TASKS, {UNIT: 14, MATTER: 48, DATED: 12}, note, (*rows, *names))


def _task(dossier: Dossier, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    plain = (
        parts.unit_choice(dossier, code, UNIT, "单位", source),
        text_input(code, MATTER, "事项", "交办了什么,怎样不配合。"),
        parts.day(dossier, code, DATED, "日期", "不配合发生的日期。"),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    return _entry(plain, frozenset({UNIT, MATTER, DATED, *parts.SIGNED}))


def _news(dossier: Dossier) -> Sheet:
    note = (
        "登记收到和被采用的综合信息,一篇一行。登记了的单位,这一得分点按登记计分,不再看核定分。"
        f"{information.reports(dossier.notice).note}"
    )
    names, source = parts.unit_rows(dossier, NEWS, UNIT)
    rows = (
        parts.row(dossier, code, {}, partial(_piece, dossier, code, source)) for code in dossier.registers.get(NEWS, ())
    )
    widths: dict[str, float] = {UNIT: 14, TITLE: 44, SENT: 12, ADOPTED: 10, ISSUE: 16}
    return _sheet(dossier, NEWS, widths, note, (*rows, *names))


def _piece(dossier: Dossier, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    plain = (
        parts.unit_choice(dossier, code, UNIT, "单位", source),
        text_input(code, TITLE, "信息标题", "综合信息的标题。"),
        parts.day(dossier, code, SENT, "报送日期", "收到的日期。"),
        choice_input(code, ADOPTED, "采用情况", (information.TAKEN, information.NOT_TAKEN), "被简报录用的选“已录用”。"),
        text_input(code, ISSUE, "简报期号", "例如:第15期。", length=60),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    return _entry(plain, frozenset({UNIT, TITLE, SENT, *parts.SIGNED}))


def _entry(plain: tuple[Field, ...], needed: frozenset[str]) -> tuple[Field, ...]:
    """Give a register's row its checks: once anything is filled in, what is needed is."""
    used = parts.filled_any(plain)
    return tuple(
        with_checks(field, needed_where(field, used)) if field.column in needed else with_checks(field)
        for field in plain
    )
