"""Checks and scores a return of every unit, in this process: `python -m benchmarks.peers.checking KIND`.

KIND is how conditions and scores are computed: `compiled`, `compiled-first` when nothing is compiled yet, or `walked`, by walking the
expressions' trees. The forms are filled in as a rehearsal does.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from types import MappingProxyType
from unittest.mock import patch

from fazhi_xl.answers import read, stored_results, watched
from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.read import Answers, check_values
from fazhi_xl.answers.stored_results import false_scores
from fazhi_xl.cells import CellKind
from fazhi_xl.form.compiled import Formulas, Shared
from fazhi_xl.form.expression import Expr, Value
from fazhi_xl.form.generated import maker
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign
from fazhi_xl.scoring.from_answers import claim_weights, claimed_bonus, sub_point_scores
from tests.support.tree_walk import TreeWalk

Returned = tuple[Form, Mapping[str, Value], Located]
Timed = Mapping[str, float]
"""CPU and wall seconds, and a digest of all that was found, which is to be the same however it is computed."""


class Walk(TreeWalk):
    """A walk over a form's expressions, in the place of compiled functions over its cells."""

    @property
    def cells(self) -> Walk:
        return self


def main(kind: str) -> None:
    notice = open_campaign(DEFAULT)
    returned = [*_returned(notice)]
    gc.freeze()
    print(json.dumps(KINDS[kind](notice, returned)))


def _returned(notice: Notice) -> Iterator[Returned]:
    """Fill in every form, and store in its scores what a client computes."""
    for no, form in enumerate(unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"benchmark")):
        made = invented_answers.answers(notice, form.shape, Random(no))  # noqa: S311 - a play, not a secret
        values = {key: value for key, value in made.items() if value not in {None, ""}}
        scores = {key: value for key, value in form.shape.results(values).items() if isinstance(value, int | Fraction)}
        held = {**{key: values[key] for key in form.shape.fields if key in values}, **scores}
        yield form, values, Located(cells={key: _cell(form, key, value) for key, value in held.items()})


def _cell(form: Form, key: str, value: Value) -> Found:
    place, formula = form.shape.places[key], key in form.shape.formulas
    kind = CellKind.NUMBER if isinstance(value, int | Fraction) else CellKind.TEXT
    text = str(float(value)) if isinstance(value, Fraction) else str(value)
    return Found(sheet=place.sheet, cell=place.cell, kind=kind, text=text, formula=formula)


def _first(notice: Notice, returned: Sequence[Returned]) -> Timed:
    """Check and score with nothing compiled, as a process does that has just begun."""
    maker.cache_clear()
    _forget(returned)
    return _timed(notice, returned)


def _walked(notice: Notice, returned: Sequence[Returned]) -> Timed:
    """Check and score by walking the tree of every condition and score."""
    _forget(returned)
    with (
        patch.object(Shape, "evaluator", _walk),
        patch.object(Formulas, "_compiled", _walking),
        patch.object(watched, "fails_plainly", lambda *_, **__: False),
    ):
        timed = _timed(notice, returned)
    _forget(returned)
    return timed


def _forget(returned: Sequence[Returned]) -> None:
    for kept in (watched.watched_rows, read._recent, stored_results._computed_scores):  # noqa: SLF001 - by shapes
        kept.cache_clear()
    watched._rows.clear()  # noqa: SLF001
    watched._inputs.clear()  # noqa: SLF001
    shared = Shared()
    for form, _, _ in returned:
        vars(form.shape).pop("compiled", None)
        vars(form.shape).pop("blank", None)
        vars(form.shape)["shared"] = shared


def _walk(shape: Shape, values: Mapping[str, Value], instead: Mapping[str, Value] = MappingProxyType({})) -> Walk:
    formulas = {key: expr for key, expr in shape.formulas.items() if key not in instead}
    return Walk({**shape.given, **values, **instead}, formulas)


def _walking(_: Formulas, expr: Expr, __: object) -> Callable[[Walk], Value]:
    return lambda walk: walk.value(expr)


def _later(notice: Notice, returned: Sequence[Returned]) -> Timed:
    """Check and score when everything is compiled."""
    _timed(notice, returned)
    return _timed(notice, returned)


def _timed(notice: Notice, returned: Sequence[Returned]) -> Timed:
    cpu, wall = time.process_time(), time.perf_counter()
    found = [_judged(notice, *each) for each in returned]
    took = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall}
    return {**took, "count": zlib.crc32(repr(found).encode())}


def _judged(notice: Notice, form: Form, values: Mapping[str, Value], located: Located) -> object:
    """Give what is found in a return, and what it scores."""
    shape, values = form.shape, dict(values)  # another return's, as far as is known
    faults = (*check_values(shape, values, located),)
    inputs = {key: located.cells[key] for key in values}
    answers = Answers(shape=shape, values=values, findings=faults, cells=inputs)
    stored = [*false_scores(shape, answers, located)]
    scores = [*sub_point_scores(notice, answers)]
    return faults, stored, scores, claimed_bonus(answers), claim_weights(answers)


KINDS: Mapping[str, Callable[[Notice, Sequence[Returned]], Timed]] = {
    "compiled": _later,
    "compiled-first": _first,
    "walked": _walked,
}


if __name__ == "__main__":
    main(sys.argv[1])
