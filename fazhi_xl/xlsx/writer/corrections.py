"""Writes what a unit has to correct onto a fresh form: a sheet in front, a comment and a mark on each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import TO_CONFIRM, TO_FILL, WRONG
from fazhi_xl.form.expression import Const, Expr, Ref, Value
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import STATUS_COLUMN, Shape
from fazhi_xl.reports.corrections import CellMark, Corrections
from fazhi_xl.text.characters import readable
from fazhi_xl.text.measure import lines
from fazhi_xl.xlsx.writer.book import BookWriter, sure
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.form import PROTECTION, Filling
from fazhi_xl.xlsx.writer.report import draw_sheet

_WIDTH, _LETTERS, _LINE, _LOWEST = 320, 44, 19, 60  # of a comment: pixels, character cells across, pixels
_TEXT_LIMIT = 4_000  # characters of a comment
_DIAGONAL, _DASHED = 14, 3  # Excel's numbers of a pattern and a border: both show on black and white paper
_LITERAL_LIMIT = 120  # characters of a text within a formula; Excel takes 255, and quotes count twice


@dataclass(frozen=True, slots=True)
class CorrectionMarks:
    """What a unit has to correct, as a form is marked with it: a sheet in front says what is wrong, and so do the cells."""

    asked: Corrections

    def front(self, book: BookWriter) -> None:
        draw_sheet(book, self.asked.front, self.asked.footer).protect("", PROTECTION)

    def beside(self, drawn: DrawnSheet, filling: Filling) -> None:
        """Mark a sheet's inputs for as long as they are wrong, with a comment that says what is wrong."""
        book, shape = filling.book, filling.shape
        error = book.theme.colours["error"]
        pattern = {"pattern": _DIAGONAL, "fg_color": error, "bg_color": book.theme.colours["input"]}
        look = book.raw.add_format({**pattern, "border": _DASHED, "border_color": error})
        for mark in self.asked.marks:
            place = shape.places[mark.field]
            if place.sheet == drawn.get_name():
                _comment(drawn, place.cell, mark.text, self.asked.author)
                criteria = f"={_condition(shape, mark, filling.values)}"
                sure(drawn.conditional_format(place.cell, {"type": "formula", "criteria": criteria, "format": look}))


def _comment(sheet: DrawnSheet, cell: str, text: str, author: str) -> None:
    """Write a comment that begins with its author, as Excel's do: LibreOffice drops the author beside it."""
    # XlsxWriter writes a comment's text as it is, and XML holds no control characters.
    said = f"{author}:\n{text}"[:_TEXT_LIMIT]
    kept = "".join(char if readable(char) or char == "\n" else " " for char in said)
    tall = max(_LOWEST, _LINE * (lines(kept, _LETTERS) + 1))
    sure(
        sheet.write_comment(cell, kept, {"author": author, "width": _WIDTH, "height": min(tall, 600), "font_size": 10})
    )


def _condition(shape: Shape, mark: CellMark, values: Mapping[str, Value]) -> str:
    """Write the condition of a mark: while a check of the input holds; where none does, until the input is changed.

    Older programs refuse other sheets in a conditional format; such a check is replaced by the row's status.
    """
    field = shape.fields[mark.field]
    checks = _any(check.when for check in field.checks)
    if "!" in _written(shape, mark.field, checks):
        result = f"{field.row}.{STATUS_COLUMN}"
        words = (TO_FILL, WRONG, TO_CONFIRM) if result in shape.formulas else ()
        checks = _any(x.call("begins", Ref(result), Const(word)) for word in words)
    if mark.left_out:
        checks = _any((x.blank(Ref(mark.field)), checks))
    if not shape.evaluator(values).value(checks):
        checks = _unchanged(mark.field, values.get(mark.field))
    return _written(shape, mark.field, checks)


def _any(conditions: Iterable[Expr]) -> Expr:
    """Join conditions so that each is evaluated only where none before it holds, as it may give an error."""
    return x.first_of(tuple((condition, x.TRUE) for condition in conditions), x.FALSE)


def _unchanged(field: str, value: Value) -> Expr:
    if value is None:
        return x.blank(Ref(field))
    if isinstance(value, str) and len(value) > _LITERAL_LIMIT:
        return x.TRUE
    if isinstance(value, Fraction):
        return x.equal(Ref(field), x.divide(Const(value.numerator), Const(value.denominator)))
    return x.equal(Ref(field), Const(value))


def _written(shape: Shape, field: str, condition: Expr) -> str:
    return to_formula(condition, shape.seen_from(shape.places[field].sheet))
