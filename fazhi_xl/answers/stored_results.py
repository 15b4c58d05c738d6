"""The scores that a return's file stores, against those computed here from its answers. What is computed here is what counts.

A stored score is no accusation: a program that never calculates keeps what was issued or writes zeros, and one that did not calculate
again after the last change keeps what it had. Formulas themselves are not compared, since clients write them anew in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import FormulaError, Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import bonus, tasks
from fazhi_xl.notice.choices import Kind

_TITLES = {tasks.AUTO: "测算分", tasks.SELF: "自评分", bonus.COUNTED: "计分"}
_SHEETS = frozenset({tasks.NAME, bonus.NAME})
_FIGURES = 15  # of a whole number that a client keeps as it is
_NAMED = 3  # scores in one message
_CLOSE = Fraction(1, 200)  # half of a hundredth, as scores are shown
_LONG = 10**6  # from here on a number is shown by its size
_Stored = int | Fraction | Literal["", "?"]
"""A stored score: its number, blank, or a text that is no score."""


class _Score(NamedTuple):
    """A computed score: its field, the cell, and what the file stores; and what is true."""

    shape: Shape
    key: str
    found: Found
    stored: _Stored
    true: _Stored

    @property
    def right(self) -> bool:
        return _alike(self.stored, self.true)

    @property
    def calculated(self) -> bool:
        """Whether the number can only be the work of a program that calculated, since the form was issued with another one."""
        return self.stored not in {"", 0} and not _alike(self.stored, _number(self.shape.blank.field(self.key)))

    @property
    def told(self) -> str:
        row, _, column = self.key.rpartition(".")
        return f"{row} {_TITLES[column]}({self.found.cell})存的是{_shown(self.stored)},应为{_shown(self.true)}"


def false_scores(shape: Shape, answers: Answers, located: Located, *, of_then: bool = False) -> Iterator[Finding]:
    """Report once the scores that neither what was read nor what was typed gives; of a file that nobody calculated, only invented ones.

    Where formulas were issued with the results of other answers (`of_then`), only what was typed over them is held against the answers.
    """
    scores = tuple(each for each in _scores(shape, answers, located) if not (of_then and each.found.formula))
    by_program = any(score.found.formula and score.calculated and score.right for score in scores)
    wrong = [score for score in scores if not score.right and (by_program or score.calculated)]
    doubtful = _as_typed(shape, answers, wrong) if wrong else frozenset()
    kept = [score for score in wrong if score.key not in doubtful]
    if kept:
        first = kept[0]
        place = Place(sheet=first.found.sheet, cell=first.found.cell, field=first.key)
        more = "等" if len(kept) > _NAMED else ""
        yield finding(
            Code.SCORES_STORED, place, value=";".join(score.told for score in kept[:_NAMED]) + more, count=len(kept)
        )


def _scores(shape: Shape, answers: Answers, located: Located) -> Iterator[_Score]:
    evaluator = answers.evaluator()
    for key in _computed_scores(shape):
        found = located.cells.get(key)
        stored = _stored(found) if found else ""
        true = _result(evaluator, key)
        if found and stored != "" and true is not None:
            yield _Score(shape=shape, key=key, found=found, stored=stored, true=true)


@lru_cache(maxsize=64)
def _computed_scores(shape: Shape) -> tuple[str, ...]:
    return tuple(
        key for key in shape.formulas if key.rpartition(".")[2] in _TITLES and shape.places[key].sheet in _SHEETS
    )


def _stored(found: Found) -> _Stored:
    """Read a stored result; an error of a program without some function is as good as none."""
    text = found.text.strip()
    if found.kind is CellKind.ERROR or not text:
        return ""
    number = _exact(text)
    return "?" if number is None else number


def _exact(text: str) -> int | Fraction | None:
    """Read a number as a client does, in whose precision a hostile exponent is harmless; None where it is none."""
    if text.isdecimal() and len(text) < _FIGURES:
        return int(text)
    with suppress(ValueError, OverflowError):
        return Fraction(*Decimal(repr(float(text))).as_integer_ratio())
    return None


def _result(evaluator: Evaluator, key: str) -> _Stored | None:
    """Give what a formula shows; None where that is an error."""
    try:
        return _number(evaluator.field(key))
    except FormulaError:
        return None


def _number(value: Value) -> _Stored:
    return value if isinstance(value, int | Fraction) else ""


def _alike(one: _Stored, other: _Stored) -> bool:
    if one == other:
        return True
    return not isinstance(one, str) and not isinstance(other, str) and -_CLOSE < one - other < _CLOSE


def _shown(stored: _Stored) -> str:
    match stored:
        case int() | Fraction():
            return f"{float(stored):.2f}" if -_LONG < stored < _LONG else f"{float(stored):g}"
        case "":
            return "空白"
    return "文字"


# What the unit's own program saw -----------------------------------------------------------------------------


def _as_typed(shape: Shape, answers: Answers, wrong: list[_Score]) -> frozenset[str]:
    """Name the scores that come out of the cells as they were typed: a client computes with no entry that is put in order here."""
    typed = {**answers.prior, **{key: _raw(found, shape.fields[key].kind) for key, found in answers.cells.items()}}
    evaluator = shape.evaluator(typed)
    results = ((score, _result(evaluator, score.key)) for score in wrong)
    return frozenset(score.key for score, result in results if result is not None and _alike(score.stored, result))


def _raw(found: Found, kind: Kind) -> Value:
    if found.kind is CellKind.NUMBER and kind is not Kind.TEXT:
        return _exact(found.text)
    if found.kind is CellKind.BOOLEAN:
        return found.text == "1"
    return found.text or None
