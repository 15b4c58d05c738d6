"""台账目录: the evidence for each sub-point, named by item as the notice asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import STATUS_COLUMN, Check, Content, Field, Label, Row, Shape, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, band, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.counts import count_where
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import entered, filled, row_status
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import SubPoint

NAME = "台账目录"
FOR, ADVICE, TITLE, SORT, DATED, FILE, PAGES, STATUS = (
    "得分点", "建议", "名称", "类型", "日期", "文件名", "页数", STATUS_COLUMN,
)  # fmt: skip
COLUMNS = (
    SheetColumn(code="编号", width=10),
    SheetColumn(code=FOR, width=11, title="得分点"),
    SheetColumn(code=ADVICE, width=26, title="建议提供的材料"),
    SheetColumn(code=TITLE, width=34, title="材料名称"),
    SheetColumn(code=SORT, width=9, title="材料类型"),
    SheetColumn(code=DATED, width=11, title="形成日期"),
    SheetColumn(code=FILE, width=27, title="电子文件名"),
    SheetColumn(code=PAGES, width=6, title="页数"),
    SheetColumn(code=STATUS, width=26),
)
_NEEDED = frozenset({FOR, TITLE, SORT, DATED})
RULES, OTHER = "制度类", "其他材料"
_PAGES = Field(
    row="台账",
    column=PAGES,
    label="页数",
    kind=Kind.WHOLE,
    minimum=Decimal(1),
    maximum=Decimal(9999),
    measure="页",
    prompt="填扫描件或文件的页数。",
)
_SPARE = 15
_EARLIEST_YEARS = 40  # rules and opinions may be old, but an earlier date is a mistake


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet, for a notice that asks for evidence: a row for each sub-point, and spare rows for further documents."""
    about, subs = brief.notice.about, brief.evidenced
    count = len(subs)  # after which the spare rows stand
    first = [brief.once((NAME, no, sub.code, count), partial(_row, brief, no, sub)) for no, sub in enumerate(subs, 1)]
    spare = [_spare_row(brief, no, subs) for no in _spare_numbers(count)]
    note = "\n".join((*about.texts.evidence, f"本单位需要建立的文件夹:{brief.folders}"))
    rows = [*heading(brief, COLUMNS, f"{about.short_title}台账目录", note), head_row(COLUMNS), *first, *spare]
    spare_rows = "上面的空行里,先选“得分点”再填" if brief.draft > Draft.FIRST else "下面空行的“得分点”列选择后续填"
    rows.append(band(COLUMNS, f"一个得分点有多份材料的,在{spare_rows}。", "note"))
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="input")


def _spare_numbers(count: int) -> range:
    """Give the numbers of the spare rows that stand after so many others."""
    return range(count + 1, count + _SPARE + 1)


_PREFIX = "台账."


def _code(no: int) -> str:
    return f"{_PREFIX}{no:03d}"


def is_row(code: str) -> bool:
    """Say whether a row code is one of this sheet's."""
    return code.startswith(_PREFIX)


def row_id(named: str) -> str:
    """Give the id of the row for a sub-point, by the sub-point's id."""
    return f"{_PREFIX}{named}"


def written(code: str) -> str:
    """Write a sub-point's code as the sheet names it: `第6.1项`."""
    return f"第{code}项"


def sub_point_in(text: str) -> str:
    """Give the sub-point's code in what `written` wrote; any other text as it is."""
    return text.removeprefix("第").removesuffix("项")


def prefilled(shape: Shape) -> dict[str, str]:
    """Give the rows of a form that stand for a sub-point, with the sub-point's code."""
    rows = dict.fromkeys(field.row for field in shape.fields.values() if is_row(field.row))
    named = {row: sub_point_in(str(shape.given.get(f"{row}.{FOR}", ""))) for row in rows}
    return {row: code for row, code in named.items() if code in shape.sub_points}


def _option(sub: SubPoint) -> str:
    return written(sub.code)


def _row(brief: Brief, no: int, sub: SubPoint) -> Row:
    """Give the row for a sub-point."""
    code = _code(no)
    fields = _with_claim(brief, sub, brief.once((NAME, code), partial(_fields, brief, _plain(brief, code))))
    return _drawn(brief, code, fields, {FOR: Label(_option(sub), "measure"), ADVICE: Label(sub.evidence, "hint")})


def _spare_row(brief: Brief, no: int, subs: tuple[SubPoint, ...]) -> Row:
    """Give a row that names one of the sub-points, from the rows above."""
    code = _code(no)
    named = choice_input(code, FOR, "得分点", tuple(map(_option, subs)), "从列表选择材料对应的得分点。")
    prefilled = tuple(f"{_code(above)}.{FOR}" for above in range(1, len(subs) + 1))
    plain = replace(named, options_from=prefilled), *_plain(brief, code)
    conditions = brief.once((NAME, code, filled), lambda: {field.column: filled(field) for field in plain})
    others = brief.once((NAME, code, FOR), partial(_fields, brief, plain[1:], conditions))
    fields = entered(plain[0], conditions, _NEEDED), *others
    return _drawn(brief, code, fields, {FOR: Label("", "measure"), ADVICE: Label("", "hint")})


def _drawn(brief: Brief, code: str, fields: tuple[Field, ...], beside: dict[str, Content]) -> Row:
    own: dict[str, Content] = {field.column: field for field in fields}
    return Row(
        code=code, cells={**code_cell(code), **beside, **own, STATUS: row_status(fields, brief.weights)}, height=30
    )


def _plain(brief: Brief, code: str) -> tuple[Field, ...]:
    """Give what is asked of a document in any row."""
    end = max(brief.notice.about.dates.period_end, brief.notice.about.dates.ledger_due)
    days = date(end.year - _EARLIEST_YEARS, 1, 1), end
    return (
        text_input(code, TITLE, "材料名称", "填材料的全称和文号。"),
        choice_input(code, SORT, "材料类型", (RULES, OTHER), "制度、意见、方案等选“制度类”,不受年度限制。"),
        day_input(code, DATED, "形成日期", days, "填材料形成的日期。"),
        text_input(code, FILE, "电子文件名", "填文件夹里的文件名,含扩展名。"),
        replace(_PAGES, row=code),
    )


def _fields(brief: Brief, plain: tuple[Field, ...], conditions: Mapping[str, Expr] | None = None) -> tuple[Field, ...]:
    """Give fields their checks; the `conditions` of all of their row where there are others in it."""
    known = conditions or {field.column: filled(field) for field in plain}
    checked = (entered(field, known, _NEEDED) for field in plain)
    return tuple(
        replace(field, checks=(*field.checks, _other_year(brief, field))) if field.column == DATED else field
        for field in checked
    )


def _with_claim(brief: Brief, sub: SubPoint, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Require evidence where a score is claimed and neither this row nor a spare one names any.

    Where units do not score themselves, they claim what is computed from what they enter.
    """
    title, *others = fields
    scored = brief.notice.about.scoring.self_score
    claimed = Ref(tasks.self_field(sub.code) if scored else tasks.auto_field(sub.code))
    spare = Span(tuple(f"{_code(no)}.{FOR}" for no in _spare_numbers(len(brief.evidenced))))
    nowhere = x.both(x.blank(Ref(title.key)), x.equal(count_where([(spare, _option(sub))]), x.ZERO))
    bare = x.when(x.is_number(claimed), x.both(x.less(x.ZERO, claimed), nowhere), x.FALSE)
    check = Check(code=Code.EVIDENCE_MISSING, when=bare, words={"label": _option(sub)})
    return replace(title, checks=(*title.checks, check)), *others


def _other_year(brief: Brief, field: Field) -> Check:
    cell, sort = Ref(field.key), Ref(f"{field.row}.{SORT}")
    early = x.less(cell, Const(brief.notice.about.dates.period_start))
    old = x.when(x.is_number(cell), x.both(early, x.negate(x.equal(sort, Const(RULES)))), x.FALSE)
    return Check(
        code=Code.EVIDENCE_OTHER_YEAR,
        when=old,
        words={"row": field.row, "assessment": brief.notice.about.words.assessment},
    )
