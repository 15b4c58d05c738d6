"""加分申报: the matters a unit claims a bonus for. Deductions are never asked of the unit itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import (
    CODE_COLUMN,
    STATUS_COLUMN,
    Check,
    Computed,
    Content,
    Field,
    Label,
    Row,
    Sheet,
    SheetColumn,
    Stretch,
)
from fazhi_xl.form.sheets.common.context import Brief, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import entry, repeated_above, row_status
from fazhi_xl.form.sheets.common.situations import graded, labels, level_checks, level_names, limited, points_of, times
from fazhi_xl.notice.model import Notice, Situation
from fazhi_xl.points import short

NAME = "加分申报"
SITUATION, MATTER, AUTHORITY, LEVEL, DOCUMENT, DATED, RECOGNISED, NOTE, COUNTED, STATUS = (
    "情形", "事项", "机关", "级别", "文号", "日期", "认可", "备注", "计分", STATUS_COLUMN,
)  # fmt: skip
RECOGNITIONS = ("已获认可", "等待认可", "没有认可")
TOTAL = "加分.合计"
_ROWS = 12


def codes() -> tuple[str, ...]:
    """Give the row codes of the claims."""
    return tuple(f"加分.{no:02d}" for no in range(1, _ROWS + 1))


def total_field() -> str:
    """Give the field code of the claimed bonus, capped, in points."""
    return f"{TOTAL}.{COUNTED}"


def level_options(notice: Notice) -> tuple[str, ...]:
    """Give what the column of levels offers; nothing where the sheet has none."""
    return level_names(notice.bonus, notice.bonus_form.levels)


def levels_of(notice: Notice, situation: Situation) -> tuple[str, ...]:
    """Give the levels that a claim of a situation must name one of; without any of a situation, those of all claims."""
    if graded(notice.bonus):
        return level_names((situation,))
    return notice.bonus_form.levels


def _columns(notice: Notice) -> tuple[SheetColumn, ...]:
    form = notice.bonus_form
    return (
        SheetColumn(code="编号", width=10),
        SheetColumn(code=SITUATION, width=14, title="加分情形"),
        SheetColumn(code=MATTER, width=27, title="事项名称"),
        SheetColumn(code=AUTHORITY, width=18, title=form.authority),
        *((SheetColumn(code=LEVEL, width=8, title="级别"),) if level_options(notice) else ()),
        SheetColumn(code=DOCUMENT, width=15, title="文号"),
        SheetColumn(code=DATED, width=11, title="日期"),
        *((SheetColumn(code=RECOGNISED, width=11, title="上级认可"),) if form.recognition else ()),
        SheetColumn(code=NOTE, width=14, title="备注"),
        SheetColumn(code=COUNTED, width=8, title="申报计分"),
        SheetColumn(code=STATUS, width=23),
    )


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet."""
    about, columns = brief.notice.about, _columns(brief.notice)
    note = "\n".join(
        filter(None, (about.texts.bonus_clause, *(f"{each.no}.{each.text}" for each in brief.notice.bonus)))
    )
    rows = [
        *heading(brief, columns, f"{about.short_title}加分申报表", note),
        head_row(columns),
        *(_row(brief, position) for position in range(_ROWS)),
        _total(brief),
    ]
    return Sheet(name=NAME, columns=columns, rows=tuple(rows), tab="input")


def _row(brief: Brief, position: int) -> Row:
    code = codes()[position]
    again = repeated_above(codes(), position, MATTER)  # 加分情形为同一事项的,不重复加分
    fields = _fields(brief, code, again)
    cells: dict[str, Content] = {
        **code_cell(code),
        **{field.column: field for field in fields},
        COUNTED: Computed(_counted(brief, position, again), "computed"),
        STATUS: row_status(fields, brief.weights),
    }
    return Row(code=code, cells=cells, height=30)


def _counted(brief: Brief, position: int, again: Expr) -> Expr:
    """Give what a claim counts after those above it; nothing where it is not complete, repeats a matter, or was not recognised."""
    notice, code, above = brief.notice, codes()[position], _above(position)
    situation = Ref(f"{code}.{SITUATION}")
    refused = x.equal(Ref(f"{code}.{RECOGNISED}"), Const(RECOGNITIONS[-1]))
    named = x.both(
        *(x.negate(x.blank(Ref(f"{code}.{column}"))) for column in (SITUATION, MATTER)),
        *((x.negate(refused),) if notice.bonus_form.recognition else ()),
    )
    each = points_of(notice.bonus, situation, Ref(f"{code}.{LEVEL}"))
    weight = x.multiply(each, times(notice.bonus, situation, above))
    counted = limited(weight, notice.bonus, notice.limits, situation, above)
    return x.when(x.both(named, x.negate(again)), counted, x.ZERO)


def _above(position: int) -> tuple[Span, Span] | None:
    """Give the situations and the points counted in the rows above."""
    rows = codes()[:position]
    return (_span(rows, SITUATION), _span(rows, COUNTED)) if rows else None


def _span(rows: tuple[str, ...], column: str) -> Span:
    return Span(tuple(f"{code}.{column}" for code in rows))


def _fields(brief: Brief, code: str, again: Expr) -> tuple[Field, ...]:
    needed = {SITUATION, MATTER, AUTHORITY, DATED} | ({LEVEL} if not graded(brief.notice.bonus) else set())
    repeated = Check(code=Code.MATTER_REPEATED, when=again, words={"row": code})
    return tuple(
        replace(field, checks=(*field.checks, *_more_checks(brief, field, repeated)))
        for field in entry(_plain_fields(brief, code), frozenset(needed))
    )


def _more_checks(brief: Brief, field: Field, repeated: Check) -> Iterator[Check]:
    if field.column == MATTER and repeated.when != x.FALSE:
        yield repeated
    if field.column == LEVEL:
        yield from level_checks(field, SITUATION, brief.notice.bonus, brief.notice.bonus_form.levels)


def _plain_fields(brief: Brief, code: str) -> Iterator[Field]:
    notice, form, levels = brief.notice, brief.notice.bonus_form, level_options(brief.notice)
    yield choice_input(code, SITUATION, "加分情形", labels(notice.bonus), "通知规定的加分情形。")
    yield text_input(code, MATTER, "事项名称", form.matter_hint)
    yield text_input(code, AUTHORITY, form.authority, form.authority_hint)
    if levels:
        yield choice_input(code, LEVEL, "级别", levels, f"{form.authority}的级别。")
    yield text_input(code, DOCUMENT, "文号", "填文件编号;没有的留空。")
    yield day_input(code, DATED, "日期", notice.about.dates.period, "填文件或报道的日期。")
    if form.recognition:
        yield choice_input(code, RECOGNISED, "上级认可", RECOGNITIONS, form.recognition_hint)
    yield text_input(code, NOTE, "备注", "其他需要说明的情况。")


def _total(brief: Brief) -> Row:
    notice = brief.notice
    cap, counted = notice.about.scoring.bonus_cap, x.call("sum", _span(codes(), COUNTED))
    own = {each.id for each in notice.bonus}
    said = (
        *(f"{each.name}以{short(each.at_most)}分为限" for each in notice.limits if own.intersection(each.of)),
        *((f"以{short(cap)}分为限",) if cap is not None else ()),
        *(("以上级认可为准",) if notice.bonus_form.recognition else ()),
    )
    bounds = f"({','.join(said)})" if said else ""
    capped = counted if cap is None else x.call("minimum", x.points(cap), counted)
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(TOTAL, "total_code"),
        SITUATION: Label("", "total"),
        MATTER: Label(f"申报加分合计{bounds}", "total"),
        COUNTED: Computed(capped, "total_points"),
        STATUS: Label("", "total"),
    }
    return Row(code=TOTAL, cells=cells, height=24, stretched={MATTER: Stretch(NOTE)})
