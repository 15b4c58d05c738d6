"""The lists of a review book: 加分认定, 减分登记, 否决登记, and the registers of the catalogue that the office keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.model import STATUS_COLUMN, Check, Content, Field, Label, Row, Sheet
from fazhi_xl.form.sheets.common.context import head_row
from fazhi_xl.form.sheets.common.inputs import choice_input, text_input
from fazhi_xl.form.sheets.common.registers import column_input, needed, with_conditions
from fazhi_xl.form.sheets.common.rows import filled, needed_where
from fazhi_xl.form.sheets.common.situations import graded, labels, level_checks, level_names
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import BASIS, DAY, DECIDED, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter, row_code
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import KeptBy, Scope
from fazhi_xl.notice.model import Notice, Section, Situation
from fazhi_xl.notice.registers import Register
from fazhi_xl.points import short

BONUS, DEDUCTIONS, VETOES = "加分认定", "减分登记", "否决登记"
_SPARE = 20  # blank rows below those in use
_CODE = 12  # the least width of the codes' column
UNIT, SOURCE, VERDICT, MATTER_KEY, MATTER_NO, HINT = "单位", "来源", "认定", "归并", "事项号", "提示"
SITUATION, MATTER, DEGREE, DOCUMENT, DATED = (
    deductions.SITUATION, deductions.MATTER, deductions.DEGREE, deductions.DOCUMENT, deductions.DATED,
)  # fmt: skip
LEVEL, AUTHORITY = bonus.LEVEL, bonus.AUTHORITY
_TAIL: dict[str, float] = {
    NOTE: 24, REVIEWER: 10, DAY: 12, STATUS_COLUMN: 24, BASIS: 10, DECIDED: 8,
}  # fmt: skip
_TITLES = {
    **parts.TITLES, UNIT: "单位", SOURCE: "来源", VERDICT: "认定", MATTER_KEY: "事项归并", MATTER_NO: "事项号", HINT: "提示",
    SITUATION: "情形", MATTER: "事项", DEGREE: "处理程度", DOCUMENT: "文书名称和文号", DATED: "日期", LEVEL: "级别", AUTHORITY: "机关",
    bonus.RECOGNISED: "单位填的上级认可",
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
    """Give the lists that the notice has a use for; a section's own book has the registers that feed one of its sub-points."""
    notice = dossier.notice
    own = notice.registers_of(KeptBy.OFFICE)
    if dossier.section:
        return tuple(_register(dossier, each) for each in own if each.code in dossier.registers)
    return (
        *((_bonus(dossier),) if notice.bonus else ()),
        *((_deductions(dossier),) if notice.deductions else ()),
        *((_vetoes(dossier),) if notice.vetoes else ()),
        *(_register(dossier, each) for each in own),
    )


def spare_rows(notice: Notice) -> Mapping[str, int]:
    """Give how many blank rows stand below those in use, by what the codes of the rows begin with.

    A register of the units or of the round has none.
    """
    kept = {each.code: each.rows or _SPARE for each in notice.registers_of(KeptBy.OFFICE) if each.scope is Scope.ENTRY}
    lists = {DEDUCTIONS: notice.deductions, VETOES: notice.vetoes}
    return {**{name: _SPARE for name, situations in lists.items() if situations}, **kept}


def fixed_rows(notice: Notice) -> Mapping[str, tuple[str, ...]]:
    """Give the codes of the rows that are there from the beginning: one for each unit, or one for the round."""
    kept = notice.registers_of(KeptBy.OFFICE)
    return {
        **{
            each.code: tuple(row_code(unit, each.code) for unit in notice.units)
            for each in kept
            if each.scope is Scope.UNIT
        },
        **{each.code: (f"{each.code}.001",) for each in kept if each.scope is Scope.ROUND},
    }


def of_section(dossier: Dossier, section: Section) -> Dossier:
    """Give what a section decides: its items' sub-points, and the registers that feed one of them."""
    items = (item for item in dossier.notice.items if item.id in section.items)
    subs = {sub.id for item in items for sub in item.sub_points}
    kept = dossier.notice.registers_of(KeptBy.OFFICE)
    own = {each.code for each in kept if any(feed.sub_point in subs for feed in each.feeds)}
    return replace(
        dossier,
        cases=tuple(case for case in dossier.cases if case.sub.id in subs),
        claims=(),
        provided=(),
        registers={name: rows for name, rows in dossier.registers.items() if name in own},
        section=section,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What one of the sheets consists of: the widths of its own columns, and the titles that no other sheet has."""

    name: str
    title: str
    widths: Mapping[str, float]
    note: str
    titles: Mapping[str, str] = field(default_factory=dict)


def _sheet(dossier: Dossier, draft: _Draft, rows: Iterable[Row]) -> Sheet:
    made = tuple(rows)
    longest = max((_CODE, *(_width(row.code) for row in made if not row.hidden)))
    columns = parts.columns({"编号": longest, **draft.widths, **_TAIL}, {**_TITLES, **draft.titles})
    return Sheet(
        name=draft.name,
        columns=columns,
        rows=(*parts.review_heading(dossier, columns, draft.title, draft.note), head_row(columns), *made),
        tab="band",
    )


def _width(code: str) -> int:
    """Count the characters of a code as its cell shows it, Chinese ones as two."""
    return sum(1 + (sign > "\x7f") for sign in code)


# 加分认定 ------------------------------------------------------------------------------------------------------------


def _claimed(notice: Notice) -> dict[str, float]:
    """Give the columns that show what was claimed, with their widths."""
    leveled, recognised = bonus.level_options(notice), notice.bonus_form.recognition
    return {
        SITUATION: 14, MATTER: 36, AUTHORITY: 22, **({LEVEL: 9} if leveled else {}), DOCUMENT: 20, DATED: 12,
        **({bonus.RECOGNISED: 12} if recognised else {}),
    }  # fmt: skip


def _bonus(dossier: Dossier) -> Sheet:
    widths = {UNIT: 14.0, MATTER_NO: 8, **_claimed(dossier.notice), HINT: 24, VERDICT: 10, MATTER_KEY: 16}
    note = (
        f"{_worth(dossier.notice)}同一事项报了几次的,各行填同样的“事项归并”,只加一次;"
        "一个单位同一事项的几行排在一起,事项号相同,“提示”写明疑似重复的,仅供参考;"
        f"没有选认定的不加分。{dossier.notice.about.texts.bonus_clause}"
    )
    rows = (
        parts.row(
            dossier,
            claim.code,
            claim_cells(dossier.notice, claim),
            partial(_verdict, dossier, claim.code, (Verdict.RECOGNISED, Verdict.REFUSED)),
        )
        for claim in dossier.claims
    )
    return _sheet(dossier, _Draft(name=BONUS, title=BONUS, widths=widths, note=note), rows)


def _worth(notice: Notice) -> str:
    """Say when a claim is recognised, and what it adds."""
    points = {each.points for each in notice.bonus}
    alike = len(points) == 1 and not any(each.levels or each.again > 1 for each in notice.bonus)
    each, cap = f"有1项加{short(points.pop())}分" if alike else "按情形加分", notice.about.scoring.bonus_cap
    limit = f",以{short(cap)}分为限" if cap is not None else ""
    return f"{'上级认可的' if notice.bonus_form.recognition else '属实的'}选“{Verdict.RECOGNISED}”,{each}{limit}。"


def claim_cells(notice: Notice, claim: Matter) -> Mapping[str, Content]:
    """Give what stands in a claim's row as it was returned."""
    texts = {UNIT: claim.unit.short, **{column: claim.said.get(column, "") for column in _claimed(notice)}}
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


def _provided(notice: Notice) -> dict[str, float]:
    """Give the columns that show what was provided, with their widths."""
    degree = {DEGREE: 18} if graded(notice.deductions) else {}
    return {SITUATION: 22, UNIT: 14, MATTER: 36, **degree, DOCUMENT: 22, DATED: 12}


def _deductions(dossier: Dossier) -> Sheet:
    notice = dossier.notice
    widths = {SOURCE: 14.0, **_provided(notice), VERDICT: 10, MATTER_KEY: 16}
    some = any(each.provided_by for each in notice.deductions)
    how = "上面是各单位提供的,选“减分”才减;下面的空行由办公室登记。" if some else "由办公室登记,选“减分”才减。"
    note = f"{how}同一单位的同一事项填同样的“事项归并”,只按较重的减一次。{notice.about.texts.deduction_clause}"
    names, source = parts.unit_rows(dossier, DEDUCTIONS, UNIT)
    given = (
        parts.row(
            dossier,
            each.code,
            provided_cells(notice, each),
            partial(_verdict, dossier, each.code, (Verdict.DEDUCTED, Verdict.NOT_DEDUCTED)),
        )
        for each in dossier.provided
    )
    own = (
        parts.row(dossier, code, {}, partial(_deduction, dossier, code, source))
        for code in dossier.registers.get(DEDUCTIONS, ())
    )
    return _sheet(dossier, _Draft(name=DEDUCTIONS, title=DEDUCTIONS, widths=widths, note=note), (*given, *own, *names))


def provided_cells(notice: Notice, each: Matter) -> Mapping[str, Content]:
    """Give what stands in the row of a matter that a unit provided."""
    texts = {SOURCE: each.unit.short, **{column: each.said.get(column, "") for column in _provided(notice)}}
    return {column: Label(said) for column, said in texts.items()}


def _deduction(dossier: Dossier, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    situations = dossier.notice.deductions
    degrees = level_names(situations)
    plain = (
        text_input(code, SOURCE, "来源", "谁提供的。", length=60),
        choice_input(code, SITUATION, "减分情形", labels(situations), "通知规定的减分情形。"),
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
    return tuple(_graded(field, situations) for field in _entry(plain, needed))


def _graded(field: Field, situations: tuple[Situation, ...]) -> Field:
    """Require the degree where a situation has several, and refuse it elsewhere."""
    if field.column != DEGREE:
        return field
    return replace(field, checks=(*field.checks, *level_checks(field, SITUATION, situations)))


# 否决登记 ------------------------------------------------------------------------------------------------------------


def _vetoes(dossier: Dossier) -> Sheet:
    widths: dict[str, float] = {UNIT: 14, SITUATION: 24, MATTER: 40, DOCUMENT: 24, DATED: 12, VERDICT: 10}
    listed = "".join(f"{each.no}.{each.text}" for each in dossier.notice.vetoes)
    note = f"登记应当一票否决的单位,一件事一行;认定选“否决”的,这个单位不排名。{listed}"
    names, source = parts.unit_rows(dossier, VETOES, UNIT)
    rows = (
        parts.row(dossier, code, {}, partial(_veto, dossier, code, source))
        for code in dossier.registers.get(VETOES, ())
    )
    return _sheet(dossier, _Draft(name=VETOES, title=VETOES, widths=widths, note=note), (*rows, *names))


def _veto(dossier: Dossier, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    plain = (
        parts.unit_choice(dossier, code, UNIT, "单位", source),
        choice_input(
            code, SITUATION, "否决情形", tuple(each.label for each in dossier.notice.vetoes), "通知规定的一票否决情形。"
        ),
        text_input(code, MATTER, "事项", "发生了什么事。"),
        text_input(code, DOCUMENT, "文书名称和文号", "认定这件事的文书。"),
        parts.day(dossier, code, DATED, "日期", "文书的日期。"),
        choice_input(code, VERDICT, "认定", (Verdict.VETOED, Verdict.NOT_VETOED), "选“否决”才否决。"),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    return _entry(plain, frozenset({UNIT, SITUATION, MATTER, VERDICT, *parts.SIGNED}))


# The registers of the catalogue --------------------------------------------------------------------------------------


def _register(dossier: Dossier, register: Register) -> Sheet:
    widths = {column.key: column.width for column in register.columns}
    if register.scope is not Scope.ROUND:
        widths = {UNIT: 14, **widths}
    titles = {column.key: column.heading for column in register.columns}
    draft = _Draft(name=register.name, title=register.heading, widths=widths, note=register.note, titles=titles)
    return _sheet(dossier, draft, _register_rows(dossier, register))


def _register_rows(dossier: Dossier, register: Register) -> tuple[Row, ...]:
    codes, units = dossier.registers.get(register.code, ()), {unit.no: unit for unit in dossier.notice.units}
    if register.scope is Scope.UNIT:
        named = ((code, units[int(code.partition("/")[0])]) for code in codes)
        return tuple(
            parts.row(dossier, code, {UNIT: Label(unit.short, "measure")}, partial(_facts, dossier, register, code))
            for code, unit in named
        )
    if register.scope is Scope.ROUND:
        return tuple(parts.row(dossier, code, {}, partial(_facts, dossier, register, code)) for code in codes)
    names, source = parts.unit_rows(dossier, register.code, UNIT)
    own = (parts.row(dossier, code, {}, partial(_event, dossier, register, code, source)) for code in codes)
    return (*own, *names)


def _event(dossier: Dossier, register: Register, code: str, source: tuple[str, ...]) -> tuple[Field, ...]:
    """Give the inputs of a row on an event of a unit."""
    named = parts.unit_choice(dossier, code, UNIT, "单位", source)
    return _checked(dossier, register, code, (named,), needed(register) | {UNIT})


def _facts(dossier: Dossier, register: Register, code: str) -> tuple[Field, ...]:
    """Give the inputs of the row of a unit, or of the round; a value that is still missing leaves its sub-points open."""
    valued = {feed.value for feed in register.feeds}
    fields = _checked(dossier, register, code, (), needed(register) - valued)
    return tuple(_compared(dossier.notice, register, field) for field in fields)


def _compared(notice: Notice, register: Register, field: Field) -> Field:
    """Hold a value against the one that it cannot exceed, where the same row gives both."""
    more = []
    for feed in (each for each in register.feeds if each.value == field.column):
        limit = notice.sub_points_by_id[feed.sub_point].input(feed.input).not_more_than
        same = (each.value for each in register.feeds if (each.sub_point, each.input) == (feed.sub_point, limit))
        if other := next(same, None):
            mine, most = Ref(field.key), Ref(f"{field.row}.{other}")
            over = x.when(x.both(x.is_number(mine), x.is_number(most)), x.less(most, mine), x.FALSE)
            words = {"label": field.label, "other": register.column(other).heading}
            more.append(Check(code=Code.MORE_THAN, when=over, words=words))
    return replace(field, checks=(*field.checks, *more))


def _checked(
    dossier: Dossier, register: Register, code: str, named: tuple[Field, ...], wanted: frozenset[str]
) -> tuple[Field, ...]:
    days = parts.days(dossier)
    plain = (
        *named,
        *(column_input(code, column, days) for column in register.columns),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    return tuple(with_conditions(register, _entry(plain, wanted.union(parts.SIGNED))))


def _entry(plain: tuple[Field, ...], needed: frozenset[str]) -> tuple[Field, ...]:
    """Give a register's row its checks: once anything is filled in, what is needed is."""
    used = parts.filled_any(plain)
    return tuple(
        with_checks(field, needed_where(field, used)) if field.column in needed else with_checks(field)
        for field in plain
    )
