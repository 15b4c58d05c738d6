"""内容校验码: six characters, by formulas over all inputs of a form, that stand beside the seal line and above every table.

What is on paper is compared by it with the file. A header or a footer cannot hold a formula, so the line with the unit and the form
number is one of those that are repeated on every printed page, and bears the code. A row with inputs has a number in a hidden column,
made of its inputs' digests and its own code; the code is the sum of these numbers. So no formula waits for more than four others.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Call, Const, Expr, Ref, Span
from fazhi_xl.form.identity import ALPHABET
from fazhi_xl.form.model import (
    CODE_COLUMN,
    MARK_COLUMN,
    Computed,
    Content,
    Field,
    Label,
    Row,
    Sheet,
    SheetColumn,
    Slot,
    Stretch,
)
from fazhi_xl.notice.choices import Kind

NAME = "内容校验码"
UNFILLED = "未填"
UNKNOWN = "算不出"
LETTERS = 6
SUMS = SheetColumn(code="内容数", width=5, aside=True, hidden=True)
FRONT = f"{NAME}.{MARK_COLUMN}"
"""The field of the code on the page of instructions, which stands at the same place in every form."""
_NUMBER_ROW = f"{NAME}.数"
_NUMBER, _BARE = f"{_NUMBER_ROW}.{MARK_COLUMN}", "bare_digest"
SEAL, _SEAL_COLUMN = "校验码", "说明"
SEAL_FIELD = f"{SEAL}.{_SEAL_COLUMN}"
"""The field of the code beside the line that is signed, by which a return has it."""
_MOST = (
    4 * 10**15
)  # of a row's sum, which is exact so far in every program; a number of twelve digits and more may reach it
_WIDE = 20  # inputs of a row
_APART = 100_003  # of options: more than what a character adds
_ROW_MODULUS, _MODULUS = 16_777_213, 1_073_741_789  # the largest primes below 2^24 and 2^30
_WEIGHTS = tuple(
    each for each in range(3, 400, 2) if all(each % part for part in range(3, 20, 2) if part < each)
)  # primes
_SHORT = MappingProxyType(
    {Kind.TEXT: 4, Kind.WHOLE: 4, Kind.DECIMAL: 4, Kind.DATE: 5}
)  # characters of an entry that is a text
_SAID = "由上面各表的填报内容自动算出,和电子表里的一致才是同一份;打印盖章以后改动内容,这个码就会变(长文字里只改个别字的,可能不变)。"


# The numbers of rows -------------------------------------------------------------------------------------------------


def summed(sheet: Sheet, known: dict[int, tuple[Row, Row]] | None = None) -> Sheet:
    """Add the hidden column of numbers to a sheet with inputs, and the code to its line with the form number, right above its table.

    Rows that several forms have are `known` by their ids, with what they become.
    """
    if not any(_inputs(row) for row in sheet.rows):
        return sheet
    become: dict[int, tuple[Row, Row]] = {} if known is None else known
    for row in sheet.rows:
        if id(row) not in become:
            become[id(row)] = row, _numbered(row)
    rows = tuple(become[id(row)][1] for row in sheet.rows)
    return replace(sheet, columns=(*sheet.columns, SUMS), rows=_with_code(sheet, rows))


def _inputs(row: Row) -> tuple[Field, ...]:
    return tuple(content for content in row.cells.values() if isinstance(content, Field))


def _numbered(row: Row) -> Row:
    fields = _inputs(row)
    return (
        replace(row, cells={**row.cells, SUMS.code: Computed(_row_number(row.code, fields), "unseen")})
        if fields
        else row
    )


def _row_number(code: str, fields: tuple[Field, ...]) -> Expr:
    """Give a row's number: its inputs' digests with a weight for each, times one that the row's code gives."""
    digests = [_digest(field, wide=len(fields) > _WIDE) for field in fields]
    parts = (x.multiply(Const(weight), each) for weight, each in zip(_WEIGHTS, digests, strict=False))
    weight = zlib.crc32(code.encode()) % (_ROW_MODULUS - 1) + 1
    bounded = x.call("maximum", Const(-_MOST), x.call("minimum", Const(_MOST), x.add(*parts)))
    return _remainder(x.multiply(Const(weight), _remainder(bounded, _ROW_MODULUS)), _MODULUS)


def _remainder(number: Expr, modulus: int) -> Expr:
    return x.call("remainder", number, Const(modulus))


def _digest(field: Field, *, wide: bool) -> Expr:
    """Give an input's digest; in a wide row that of a text is a short one, as the formula could become too long."""
    cell = Ref(field.key)
    if field.kind is Kind.CHOICE:
        return x.add(x.call("digest_1", cell), *_told_apart(field))
    return x.call("digest" if field.kind is Kind.TEXT and not wide else f"digest_{_SHORT[field.kind]}", cell)


def _told_apart(field: Field) -> Iterator[Expr]:
    """Give what tells options of the same length apart in a program that has no code points."""
    cell = Ref(field.key)
    if len(field.options) < 2:
        return
    if field.options_from:
        listed = Span(field.options_from)
        place = x.multiply(Const(_APART), x.call("place_of", cell, listed))
        yield x.when(x.call("contains", listed, cell), place, x.ZERO)
        return
    alike: Counter[int] = Counter()
    for option in field.options:
        before, alike[len(option)] = alike[len(option)], alike[len(option)] + 1
        if before:
            yield x.when(x.equal(cell, Const(option)), Const(before * _APART), x.ZERO)


# The code ------------------------------------------------------------------------------------------------------------


def _with_code(sheet: Sheet, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Put the line with the unit and the form number right above the head of the table, with the code at its end."""
    last, before = sheet.printed[-1].code, sheet.printed[-2].code
    first = sheet.columns[0].code
    line = next(row for row in rows if isinstance(row.cells.get(first), Slot))
    shown = Computed(x.join(Const(f"{NAME}:"), Ref(FRONT)), "unit_code")
    coded = replace(
        line,
        code=f"{NAME}.{sheet.name}",
        cells={**line.cells, first: Slot("unit_line", "unit_beside"), last: shown},
        merged=False,
        stretched={first: Stretch(before)},
        head=True,
    )
    others = tuple(row for row in rows if row is not line)
    at = next(no for no, row in enumerate(others) if row.head)
    return (*others[:at], coded, *others[at:])


def front_cells(sheets: Iterable[Sheet]) -> tuple[Content, Content] | None:
    """Give the number that all inputs make up, and the code; none where there is no column of numbers."""
    columns = tuple(_column(sheet) for sheet in sheets if SUMS in sheet.columns)
    if not columns:
        return None
    number = _remainder(x.add(*(x.call("sum", column) for column in columns)), _MODULUS)
    return Computed(number, "unseen"), Computed(_code(Ref(_NUMBER)), "unseen")


def _column(sheet: Sheet) -> Span:
    return Span(tuple(f"{row.code}.{SUMS.code}" for row in sheet.rows if SUMS.code in row.cells))


def _code(number: Expr) -> Expr:
    """Write a number below 2^30 in 6 letters; say that nothing is filled in where it is 0, and where it is an error that too."""
    places = (_remainder(x.call("floor", x.divide(number, Const(32**no))), 32) for no in reversed(range(LETTERS)))
    letters = x.join(*(x.call("letter", Const(ALPHABET), x.add(x.ONE, place)) for place in places))
    known = x.when(x.equal(number, x.ZERO), Const(UNFILLED), letters)
    return x.when(x.is_number(number), known, Const(UNKNOWN))


def bare_formulas(formulas: Mapping[str, Expr]) -> Mapping[str, Expr]:
    """Give the formulas that make up the code as a program computes them that has no code points of characters."""
    own = {key: expr for key, expr in formulas.items() if key.endswith(f".{SUMS.code}")}
    return {
        **{key: formulas[key] for key in (FRONT, _NUMBER)},
        **{key: _without_signs(expr) for key, expr in own.items()},
    }


def _without_signs(expr: Expr) -> Expr:
    if not isinstance(expr, Call):
        return expr
    return Call(_BARE if expr.op.startswith("digest") else expr.op, tuple(map(_without_signs, expr.args)))


def front_rows(rows: tuple[Row, Row], sheets: Iterable[Sheet]) -> tuple[Row, Row]:
    """Put the code and its number beside two rows of the page of instructions, which have no codes of their own."""
    found = front_cells(sheets)
    if found is None:
        return rows
    number, code = found
    one, other = rows
    return (
        replace(one, code=NAME, cells={**one.cells, MARK_COLUMN: code}),
        replace(other, code=_NUMBER_ROW, cells={**other.cells, MARK_COLUMN: number}),
    )


def seal_row(columns: tuple[SheetColumn, ...]) -> Row:
    """Give the row right above the line that is signed: what the code is, and the code itself."""
    codes, last = [column.code for column in columns], _SEAL_COLUMN
    before = codes[codes.index(last) - 1]
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(SEAL, "code"),
        codes[1]: Label(f"{NAME}\n{_SAID}", "seal_said"),
        last: Computed(Ref(FRONT), "seal_code"),
    }
    return Row(code=SEAL, cells=cells, height=42, stretched={codes[1]: Stretch(before), last: Stretch(codes[-1])})
