"""减分情形提供表: what a unit knows of other units' deductions. It is never asked of the units themselves (减分情形由相关单位提供)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Expr
from fazhi_xl.form.model import STATUS_COLUMN, Check, Content, Field, Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import entered, filled, repeated_above, row_status
from fazhi_xl.form.sheets.common.situations import graded, labels, level_checks, level_names

NAME = "减分情形提供表"
SITUATION, UNIT, MATTER, DEGREE, DOCUMENT, DATED, NOTE, STATUS = (
    "情形", "单位", "事项", "程度", "文号", "日期", "备注", STATUS_COLUMN,
)  # fmt: skip
COLUMNS = (
    SheetColumn(code="编号", width=10),
    SheetColumn(code=SITUATION, width=18, title="减分情形"),
    SheetColumn(code=UNIT, width=15, title="发生情形的单位"),
    SheetColumn(code=MATTER, width=30, title="事项"),
    SheetColumn(code=DEGREE, width=18, title="处理程度"),
    SheetColumn(code=DOCUMENT, width=19, title="文书名称和文号"),
    SheetColumn(code=DATED, width=11, title="文书日期"),
    SheetColumn(code=NOTE, width=14, title="备注"),
    SheetColumn(code=STATUS, width=25),
)
_TITLES = {column.code: column.title for column in COLUMNS}
_NEEDED = frozenset({SITUATION, UNIT, MATTER, DOCUMENT, DATED})
_ROWS = 12


def codes() -> tuple[str, ...]:
    """Give the row codes of the matters."""
    return tuple(f"减分.{no:02d}" for no in range(1, _ROWS + 1))


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet, for a unit that holds facts of deductions."""
    about = brief.notice.about
    held = (f"{each.no}.{each.text}" for each in brief.deductions)
    ask = "请把本单位掌握的、其他单位的下列情形填在这里;没有的,整表留空。本单位自己的不用填。"
    note = "\n".join(filter(None, (about.texts.deduction_clause, ask, *held)))
    columns = tuple(column for column in COLUMNS if column.code != DEGREE or graded(brief.deductions))
    # An inline list of the units would be longer than the 255 characters that a validation takes.
    names = (
        Row(code=code, cells={**code_cell(code), UNIT: Label(unit, "measure")}, height=20, hidden=True)
        for code, unit in zip(_name_codes(brief), brief.others, strict=True)
    )
    rows = [
        *heading(brief, columns, f"{about.short_title}{NAME}", note),
        head_row(columns),
        *(_row(brief, position) for position in range(_ROWS)),
        *names,
    ]
    return Sheet(name=NAME, columns=columns, rows=tuple(rows), tab="input")


def _name_codes(brief: Brief) -> tuple[str, ...]:
    return tuple(f"减分单位.{no:02d}" for no in range(1, len(brief.others) + 1))


def _row(brief: Brief, position: int) -> Row:
    code = codes()[position]
    plain = tuple(_plain_fields(brief, code))
    columns = tuple(field.column for field in plain)
    conditions = brief.once((NAME, code, columns), lambda: {field.column: filled(field) for field in plain})
    own = tuple(each.id for each in brief.deductions)
    differs = {SITUATION: own, DEGREE: own, UNIT: brief.others}  # between forms; the other fields are the same in all
    fields = tuple(
        brief.once(
            (NAME, code, columns, field.column, differs.get(field.column)),
            partial(_entered, brief, position, field, conditions),
        )
        for field in plain
    )
    cells: dict[str, Content] = {
        **code_cell(code),
        **{field.column: field for field in fields},
        STATUS: row_status(fields, brief.weights),
    }
    return Row(code=code, cells=cells, height=34)


def _entered(brief: Brief, position: int, field: Field, conditions: Mapping[str, Expr]) -> Field:
    return _checked(brief, position, entered(field, conditions, _NEEDED))


def _checked(brief: Brief, position: int, field: Field) -> Field:
    """Add the checks between columns: a matter once for each unit, and a degree where the notice has two."""
    if field.column == MATTER:
        again = repeated_above(codes(), position, MATTER, UNIT)  # 减分情形为同一事项的,不重复减分
        more = () if again == x.FALSE else (Check(code=Code.DEDUCTION_REPEATED, when=again, words={"row": field.row}),)
        return replace(field, checks=(*field.checks, *more))
    if field.column == DEGREE:
        return replace(field, checks=(*field.checks, *level_checks(field, SITUATION, brief.deductions)))
    return field


def _plain_fields(brief: Brief, code: str) -> Iterator[Field]:
    yield choice_input(code, SITUATION, _TITLES[SITUATION], labels(brief.deductions), "通知规定的减分情形。")
    unit = choice_input(code, UNIT, _TITLES[UNIT], brief.others, "从列表选择发生情形的单位,不填本单位。")
    yield replace(unit, options_from=tuple(f"{name}.{UNIT}" for name in _name_codes(brief)))
    yield text_input(code, MATTER, _TITLES[MATTER], "填发生了什么事。同一单位的同一事项只填一次。")
    if degrees := level_names(brief.deductions):
        named = "、".join(labels(graded(brief.deductions)))
        yield choice_input(code, DEGREE, _TITLES[DEGREE], degrees, f"只有“{named}”才选。")
    yield text_input(code, DOCUMENT, _TITLES[DOCUMENT], "填认定这件事的文书(决定书、判决书、通报等)的名称和文号。")
    yield day_input(code, DATED, _TITLES[DATED], brief.notice.about.dates.period, "填文书的日期。")
    yield text_input(code, NOTE, _TITLES[NOTE], "其他需要说明的情况。")
