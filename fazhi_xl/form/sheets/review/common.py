"""What the sheets of a review book share: reviewer and day, and the digest of the data that a decision rests on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import PASSED
from fazhi_xl.form.expression import Expr, Value
from fazhi_xl.form.model import FROZEN, STATUS_COLUMN, Computed, Content, Field, Label, Row, SheetColumn, Slot
from fazhi_xl.form.sheets.common.context import band, code_cell
from fazhi_xl.form.sheets.common.inputs import choice_input, day_input, text_input
from fazhi_xl.form.sheets.common.rows import needed_where, row_status
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.made_once import made_once

UNIT, REVIEWER, DAY, NOTE, BASIS, DECIDED = "单位", "审核人", "审核日期", "说明", "数据", "决定"
OPEN, SECTION = "未定", "科室"  # 1 while the row is undecided, else 0; and who decides it
OWNED = "科室未定"  # the number of the section that has to decide it, else 0
SIGNED = (REVIEWER, DAY)
TITLES = {
    "编号": "编号",
    NOTE: "说明",
    REVIEWER: "审核人",
    DAY: "审核日期",
    STATUS_COLUMN: STATUS_COLUMN,
    BASIS: "数据版本",
    DECIDED: "已定序号",
    OPEN: "未定",
    SECTION: "科室",
    OWNED: "科室号",
}
_ASIDE = {OPEN, BASIS, DECIDED, OWNED}  # for the program, and for counts
_A4 = 160  # characters across in 8 points
WIDTHS = {NOTE: 24, REVIEWER: 10, DAY: 12, STATUS_COLUMN: 24, BASIS: 10, DECIDED: 8}
NOTE_LENGTH = 300
_PIECE = 200  # characters of a text within a formula, which takes 255 at most


def columns(widths: Mapping[str, float], titles: Mapping[str, str]) -> tuple[SheetColumn, ...]:
    """Give the columns with their widths in characters, and their titles."""
    return tuple(
        SheetColumn(code=code, width=width, title=titles[code], aside=code in _ASIDE) for code, width in widths.items()
    )


def is_broad(over: Iterable[SheetColumn]) -> bool:
    """Whether the printed columns are too wide to be read on A4."""
    return sum(column.width for column in over if not column.aside) > _A4


def review_heading(
    dossier: Dossier, over: tuple[SheetColumn, ...], title: str, note: str, *, broad: bool = False
) -> tuple[Row, ...]:
    """Give the rows above a table: title, form number, and how the sheet is filled in; a broad one is printed two pages wide."""
    beside = over[FROZEN:] if broad else over  # what stands in the first columns is printed again on the second page
    first = beside[0].code
    return (
        Row(
            cells={
                first: Label(
                    f"{dossier.mark}{dossier.notice.about.short_title}{title}", "heading" if broad else "title"
                )
            },
            merged=True,
            height=30,
        ),
        Row(cells={first: Slot("unit_line", "unit")}, merged=True, height=20),
        band(beside, note, "note"),
    )


def days(dossier: Dossier) -> tuple[date, date]:
    """Give the days a review may name: from the period's first to the end of the year after it, or of this year where that is later."""
    dates = dossier.notice.about.dates
    return dates.period_start, date(max(dates.period_end.year + 1, dossier.this_year), 12, 31)


def day(dossier: Dossier, code: str, column: str, label: str, prompt: str) -> Field:
    """Ask for a day of the period, or of the time that the review may take."""
    return day_input(code, column, label, days(dossier), prompt)


def note_input(code: str) -> Field:
    """Ask for the reasons of a decision."""
    return text_input(code, NOTE, "说明", "需要写明的理由和依据。", length=NOTE_LENGTH)


def signature(dossier: Dossier, code: str) -> tuple[Field, Field]:
    """Ask for the reviewer and the day of the decision."""
    return (
        text_input(code, REVIEWER, "审核人", "填审核人姓名。", length=30),
        day(dossier, code, DAY, "审核日期", "填作出决定的日期。"),
    )


def signed(fields: Iterable[Field], decided: Expr) -> Iterator[Field]:
    """Require reviewer and day once something is decided."""
    for field in fields:
        asked = field.column in SIGNED
        yield replace(field, checks=(*field.checks, needed_where(field, decided))) if asked else field


@lru_cache(maxsize=8_192)  # the same in every book
def undecided(row: str, *columns: str) -> Computed:
    """Count a row as undecided while these of its inputs are blank, or its 校验 says that it would not be taken."""
    decided = x.either(*(x.negate(x.blank(x.Ref(f"{row}.{column}"))) for column in columns))
    passed = x.equal(x.Ref(f"{row}.{STATUS_COLUMN}"), x.Const(PASSED))
    return Computed(x.when(x.both(passed, decided), x.ZERO, x.ONE), "computed_whole")


def row(
    dossier: Dossier,
    code: str,
    locked: Mapping[str, Content],
    ask: Callable[[], tuple[Field, ...]],
    variant: Hashable = None,
    *,
    kept: bool = True,
) -> Row:
    """Make a row: locked content, inputs, their status, the digest of the data and the decision shown.

    `variant` identifies what the inputs from `ask` depend on besides the row's code, the notice and the year; where they
    depend on more they are not `kept` for other books.
    """

    def asked() -> tuple[tuple[Field, ...], Computed]:
        inputs = ask()
        return inputs, row_status(inputs)

    rows = made_once(dossier.notice, dossier.this_year)
    fields, checked = rows.of((code, variant), asked) if kept else asked()
    status = as_recorded(fields, dossier.excused[code], checked) if code in dossier.excused else checked
    cells: dict[str, Content] = {
        **code_cell(code),
        **locked,
        **{field.column: field for field in fields},
        STATUS_COLUMN: status,
        BASIS: Label(dossier.basis.get(code, ""), "code"),
        DECIDED: Label(dossier.decided.get(code, ""), "code"),
    }
    return Row(code=code, cells=cells, height=30)


def as_recorded(fields: Iterable[Field], values: Mapping[str, Value], checked: Computed) -> Computed:
    """Pass a row while it says just what is on record, whatever is asked of such a row by now."""
    same = (x.equal(x.Ref(field.key), _constant(values.get(field.column))) for field in fields)
    return replace(checked, expr=x.when(x.both(*same), x.Const(PASSED), checked.expr))


def in_pieces(text: str) -> Expr:
    """Give a text of any length as a formula may hold it."""
    return _constant(text)


def _constant(value: Value) -> Expr:
    if isinstance(value, Fraction):
        return x.divide(x.Const(value.numerator), x.Const(value.denominator))
    if isinstance(value, str) and len(value) > _PIECE:
        return x.join(x.Const(value[:_PIECE]), _constant(value[_PIECE:]))
    return x.EMPTY if value is None else x.Const(value)


def unit_rows(dossier: Dossier, register: str, column: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Give the hidden rows that hold a register's list of units, and their cells: an inline list takes 255 characters at most."""
    codes = [f"{register}单位.{unit.no:02d}" for unit in dossier.notice.units]
    rows = (
        Row(code=code, cells={**code_cell(code), column: Label(unit.short, "measure")}, height=20, hidden=True)
        for code, unit in zip(codes, dossier.notice.units, strict=True)
    )
    return tuple(rows), tuple(f"{code}.{column}" for code in codes)


def unit_choice(dossier: Dossier, code: str, column: str, label: str, source: tuple[str, ...]) -> Field:
    """Ask for a unit, from the hidden rows of `unit_names`."""
    made = choice_input(code, column, label, tuple(unit.short for unit in dossier.notice.units), "从列表选择单位。")
    return replace(made, options_from=source)


def filled_any(fields: Iterable[Field]) -> Expr:
    """Give the condition that at least one of the inputs is not blank."""
    return x.either(*(x.negate(x.blank(x.Ref(field.key))) for field in fields))
