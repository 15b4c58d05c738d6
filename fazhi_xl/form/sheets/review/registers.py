"""The lists of a review book: 加分认定, 减分登记, 否决登记, and the registers of the catalogue that the office keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.model import Check, Content, Field, Label, Sheet
from fazhi_xl.form.sheets.common.inputs import choice_input, text_input
from fazhi_xl.form.sheets.common.rows import filled, needed_because, needed_where
from fazhi_xl.form.sheets.common.situations import graded, labels, level_checks, level_names
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import NOTE, OPEN
from fazhi_xl.form.sheets.review.dossier import Dossier, Likeness, Matter, row_code
from fazhi_xl.form.sheets.review.kept import register_sheet
from fazhi_xl.form.sheets.review.lists import Draft, entry, list_sheet
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import KeptBy, Scope
from fazhi_xl.notice.model import Notice, Section, Situation
from fazhi_xl.points import short

BONUS, DEDUCTIONS, VETOES = "加分认定", "减分登记", "否决登记"
_SPARE = 20  # blank rows below those in use
UNIT, SOURCE, VERDICT, MATTER_KEY, MATTER_NO, HINT = parts.UNIT, "来源", "认定", "归并", "事项号", "提示"
SITUATION, MATTER, DEGREE, DOCUMENT, DATED = (
    deductions.SITUATION, deductions.MATTER, deductions.DEGREE, deductions.DOCUMENT, deductions.DATED,
)  # fmt: skip
LEVEL, AUTHORITY = bonus.LEVEL, bonus.AUTHORITY
_TITLES = {
    UNIT: "单位", SOURCE: "来源", VERDICT: "认定", MATTER_KEY: "事项归并", MATTER_NO: "事项号", HINT: "提示",
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

    @property
    def refuses(self) -> bool:
        """Whether it turns down what was claimed, provided or registered, so that the note says why."""
        return self in {Verdict.REFUSED, Verdict.NOT_DEDUCTED, Verdict.NOT_VETOED}


def sheets(dossier: Dossier) -> tuple[Sheet, ...]:
    """Give the lists that the notice has a use for; a section's own book has the registers that feed one of its sub-points."""
    notice = dossier.notice
    own = notice.registers_of(KeptBy.OFFICE)
    if dossier.section:
        return tuple(register_sheet(dossier, each) for each in own if each.code in dossier.registers)
    return (
        *((_bonus(dossier),) if notice.bonus else ()),
        *((_deductions(dossier),) if notice.deductions else ()),
        *((_vetoes(dossier),) if notice.vetoes else ()),
        *(register_sheet(dossier, each) for each in own),
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
        matters={},
        registers={name: rows for name, rows in dossier.registers.items() if name in own},
        section=section,
    )


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
        f"选“{Verdict.REFUSED}”的,在说明里写明理由;"
        f"没有选认定的不加分。{dossier.notice.about.texts.bonus_clause}"
    )
    rows = (
        parts.row(
            dossier,
            claim.code,
            {**claim_cells(dossier.notice, claim), OPEN: parts.undecided(claim.code, VERDICT)},
            partial(_verdict, dossier, claim.code, (Verdict.RECOGNISED, Verdict.REFUSED)),
            dossier.unexplained.get(claim.code),
        )
        for claim in dossier.claims
    )
    return list_sheet(
        dossier,
        Draft(name=BONUS, title=BONUS, widths=widths, titles=_TITLES, note=note, counted=True, filtered=True),
        rows,
    )


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
    return {**{column: Label(said) for column, said in texts.items()}, **_matter_cells(claim)}


def _verdict(dossier: Dossier, code: str, words: tuple[str, str]) -> tuple[Field, ...]:
    """Give the inputs for the verdict on a claim or a provided matter."""
    fields = (
        choice_input(code, VERDICT, "认定", (*words, Verdict.REPEATED), "没有选的不算。"),
        text_input(code, MATTER_KEY, "事项归并", "同一事项的几行填同样的字,例如:全国先进。", length=60),
        parts.note_input(code),
        *parts.signature(dossier, code),
    )
    verdict, key, *others = fields
    wanted = parts.filled_any(field for field in fields if field.column in {MATTER_KEY, *parts.SIGNED})
    repeated = needed_because(
        key, x.equal(Ref(verdict.key), Const(Verdict.REPEATED)), f"{verdict.label}选了“{Verdict.REPEATED}”"
    )
    kept = (
        with_checks(verdict, needed_where(verdict, wanted)),
        with_checks(key, repeated),
        *map(with_checks, others),
    )
    return _explained(dossier, code, parts.signed(kept, filled(verdict)))


def _explained(dossier: Dossier, code: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    """Ask for the reason of a refusal in the note; not where this verdict is on record without one."""
    row = tuple(fields)
    verdict = next(field for field in row if field.column == VERDICT)
    asked = [each for each in map(Verdict, verdict.options) if each.refuses and each != dossier.unexplained.get(code)]
    more = tuple(_reason(code, verdict, each) for each in asked)
    return tuple(replace(field, checks=(*field.checks, *more)) if field.column == NOTE else field for field in row)


def _reason(code: str, verdict: Field, refusal: Verdict) -> Check:
    silent = x.both(x.equal(Ref(verdict.key), Const(refusal)), x.blank(Ref(f"{code}.{NOTE}")))
    return Check(code=Code.REVIEW_VERDICT_NOTE, when=silent, words={"row": code, "verdict": refusal})


# 减分登记 ------------------------------------------------------------------------------------------------------------


def _provided(notice: Notice) -> dict[str, float]:
    """Give the columns that show what was provided, with their widths."""
    degree = {DEGREE: 18} if graded(notice.deductions) else {}
    return {SITUATION: 22, UNIT: 14, MATTER: 36, **degree, DOCUMENT: 22, DATED: 12}


def _deductions(dossier: Dossier) -> Sheet:
    notice = dossier.notice
    widths = {SOURCE: 14.0, MATTER_NO: 8, **_provided(notice), HINT: 24, VERDICT: 10, MATTER_KEY: 16}
    some = any(each.provided_by for each in notice.deductions)
    how = "上面是各单位提供的,选“减分”才减;下面的空行由办公室登记。" if some else "由办公室登记,选“减分”才减。"
    why = f"选“{Verdict.NOT_DEDUCTED}”的,在说明里写明理由。"
    same = "同一单位看上去是同一事项的几行,事项号相同,或者排在一起、“提示”写明,仅供参考。"
    note = (
        f"{how}同一单位的同一事项填同样的“事项归并”,只按较重的减一次。{same}{why}{notice.about.texts.deduction_clause}"
    )
    names, source = parts.unit_rows(dossier, DEDUCTIONS, UNIT)
    given = (
        parts.row(
            dossier,
            each.code,
            {**provided_cells(notice, each), OPEN: parts.undecided(each.code, VERDICT)},
            partial(_verdict, dossier, each.code, (Verdict.DEDUCTED, Verdict.NOT_DEDUCTED)),
            dossier.unexplained.get(each.code),
        )
        for each in dossier.provided
    )
    own = (
        parts.row(
            dossier,
            code,
            _likeness(dossier, code),
            partial(_deduction, dossier, code, source),
            dossier.unexplained.get(code),
        )
        for code in dossier.registers.get(DEDUCTIONS, ())
    )
    return list_sheet(
        dossier,
        Draft(
            name=DEDUCTIONS, title=DEDUCTIONS, widths=widths, titles=_TITLES, note=note, counted=bool(dossier.provided)
        ),
        (*given, *own, *names),
    )


def provided_cells(notice: Notice, each: Matter) -> Mapping[str, Content]:
    """Give what stands in the row of a matter that a unit provided."""
    texts = {SOURCE: each.unit.short, **{column: each.said.get(column, "") for column in _provided(notice)}}
    return {**{column: Label(said) for column, said in texts.items()}, **_matter_cells(each)}


def _likeness(dossier: Dossier, code: str) -> dict[str, Content]:
    """Give what stands locked in the row of an entry of the office."""
    return _matter_cells(dossier.alike.get(code, Likeness()))


def _matter_cells(of: Matter | Likeness) -> dict[str, Content]:
    return {MATTER_NO: Label(of.matter, "measure"), HINT: Label(of.hint, "hint")}


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
    return _explained(dossier, code, (_graded(field, situations) for field in entry(plain, needed)))


def _graded(field: Field, situations: tuple[Situation, ...]) -> Field:
    """Require the degree where a situation has several, and refuse it elsewhere."""
    if field.column != DEGREE:
        return field
    return replace(field, checks=(*field.checks, *level_checks(field, SITUATION, situations)))


# 否决登记 ------------------------------------------------------------------------------------------------------------


def _vetoes(dossier: Dossier) -> Sheet:
    widths: dict[str, float] = {UNIT: 14, SITUATION: 24, MATTER: 40, DOCUMENT: 24, DATED: 12, HINT: 24, VERDICT: 10}
    listed = "".join(f"{each.no}.{each.text}" for each in dossier.notice.vetoes)
    note = f"登记应当一票否决的单位,一件事一行;认定选“否决”的,这个单位不排名;选“{Verdict.NOT_VETOED}”的,在说明里写明理由。{listed}"
    names, source = parts.unit_rows(dossier, VETOES, UNIT)
    rows = (
        parts.row(
            dossier,
            code,
            {HINT: _likeness(dossier, code)[HINT]},
            partial(_veto, dossier, code, source),
            dossier.unexplained.get(code),
        )
        for code in dossier.registers.get(VETOES, ())
    )
    return list_sheet(
        dossier, Draft(name=VETOES, title=VETOES, widths=widths, titles=_TITLES, note=note), (*rows, *names)
    )


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
    return _explained(dossier, code, entry(plain, frozenset({UNIT, SITUATION, MATTER, VERDICT, *parts.SIGNED})))
