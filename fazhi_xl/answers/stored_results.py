"""The scores that a return's file stores, against those computed here from its answers. What is computed here is what counts.

A stored score is no accusation: a program that never calculates keeps what was issued or writes zeros, and one that did not calculate
again after the last change keeps what it had. Formulas themselves are not compared, since clients write them anew in their own way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.expression import Evaluator, FormulaError, Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import bonus, tasks
from fazhi_xl.notice.choices import Kind

_TITLES = {tasks.AUTO: "测算分", tasks.SELF: "自评分", bonus.COUNTED: "计分"}
_SHEETS = frozenset({tasks.NAME, bonus.NAME})
_NAMED = 3  # scores in one message
_CLOSE = Fraction(1, 200)  # half of a hundredth, as scores are shown
_LONG = 10**6  # from here on a number is shown by its size
_Stored = Fraction | Literal["", "?"]
"""A stored score: its number, blank, or a text that is no score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Score:
    """A computed score: its field, the cell, and what the file stores; what is true, and what the form was issued with."""

    key: str
    found: Found
    stored: _Stored
    true: _Stored
    issued: _Stored

    @property
    def right(self) -> bool:
        return _alike(self.stored, self.true)

    @property
    def calculated(self) -> bool:
        """Whether the number can only be the work of a program that calculated."""
        return self.stored not in {"", 0} and not _alike(self.stored, self.issued)

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
    doubtful = {score.key for score in wrong} & _as_typed(shape, answers, wrong)
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
            yield _Score(key=key, found=found, stored=stored, true=true, issued=_number(shape.blank_results[key]))


def _computed_scores(shape: Shape) -> Iterator[str]:
    for key in shape.formulas:
        if key.rpartition(".")[2] in _TITLES and shape.places[key].sheet in _SHEETS:
            yield key


def _stored(found: Found) -> _Stored:
    """Read a stored result; an error of a program without some function is as good as none."""
    text = found.text.strip()
    if found.kind is CellKind.ERROR or not text:
        return ""
    number = _exact(text)
    return "?" if number is None else number


def _exact(text: str) -> Fraction | None:
    """Read a number as a client does, in whose precision a hostile exponent is harmless; None where it is none."""
    with suppress(ValueError, OverflowError):
        return Fraction(repr(float(text)))
    return None


def _result(evaluator: Evaluator, key: str) -> _Stored | None:
    """Give what a formula shows; None where that is an error."""
    with suppress(FormulaError):
        return _number(evaluator.field(key))
    return None


def _number(value: Value) -> _Stored:
    return Fraction(value) if isinstance(value, int | Fraction) else ""


def _alike(one: _Stored, other: _Stored) -> bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return abs(one - other) < _CLOSE
    return one == other


def _shown(stored: _Stored) -> str:
    match stored:
        case Fraction():
            return f"{float(stored):.2f}" if abs(stored) < _LONG else f"{float(stored):g}"
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
