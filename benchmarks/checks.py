"""Times checking and scoring returns, compiled, beside walking the expressions' trees. Usage: python benchmarks/checks.py [RUNS].

Every unit's form is filled in as a rehearsal fills it in, and then checked and scored from its values, in this process. Given are CPU
milliseconds a return, the best of the runs: the first time in a process, when everything is compiled, and afterwards. The pairs run in
turn, and both have to give the same findings and scores.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from types import MappingProxyType
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from fazhi_xl.answers import read, stored_results  # noqa: E402 - the project is not installed; its folder comes first
from fazhi_xl.answers.located import Found, Located  # noqa: E402
from fazhi_xl.answers.read import Answers, check_values  # noqa: E402
from fazhi_xl.answers.stored_results import false_scores  # noqa: E402
from fazhi_xl.cells import CellKind  # noqa: E402
from fazhi_xl.form.compiled import Formulas, Shared  # noqa: E402
from fazhi_xl.form.expression import Expr, Value  # noqa: E402
from fazhi_xl.form.generated import maker  # noqa: E402
from fazhi_xl.form.identity import Edition  # noqa: E402
from fazhi_xl.form.model import Form, Shape  # noqa: E402
from fazhi_xl.form.unit_form import unit_forms  # noqa: E402
from fazhi_xl.notice.assignment import assign  # noqa: E402
from fazhi_xl.notice.model import Notice  # noqa: E402
from fazhi_xl.office.commands import invented_answers  # noqa: E402
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: E402
from fazhi_xl.scoring.from_answers import claim_weights, claimed_bonus, sub_point_scores  # noqa: E402
from tests.support.tree_walk import TreeWalk  # noqa: E402

Returned = tuple[Form, Mapping[str, Value], Located]
Timed = tuple[float, str]
"""CPU milliseconds a return, and all that was found."""


class Walk(TreeWalk):
    """A walk over a form's expressions, in the place of compiled functions over its cells."""

    @property
    def cells(self) -> Walk:
        return self


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    notice = open_campaign(DEFAULT)
    returned = [*_returned(notice)]
    gc.freeze()
    pairs = [tuple(timed(notice, returned) for timed in (_walked, _first, _timed)) for _ in range(runs)]
    if len({found for pair in pairs for _, found in pair}) > 1:
        message = "the two readings differ"
        raise RuntimeError(message)
    walked, first, later = (min(figures) for figures in zip(*([ms for ms, _ in pair] for pair in pairs), strict=True))
    print(f"{len(returned)} returns of {len({id(form.shape) for form, _, _ in returned})} shapes")
    print(f"walked            {walked:7.2f} ms a return")
    print(f"compiled at first {first:7.2f} ms, ratio {walked / first:5.1f}")
    print(f"compiled          {later:7.2f} ms, ratio {walked / later:5.1f}")


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
        patch.object(read, "fails_plainly", lambda *_, **__: False),
    ):
        timed = _timed(notice, returned)
    _forget(returned)
    return timed


def _forget(returned: Sequence[Returned]) -> None:
    for kept in (read._watched, read._recent, stored_results._computed_scores):  # noqa: SLF001 - by shapes
        kept.cache_clear()
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


def _timed(notice: Notice, returned: Sequence[Returned]) -> Timed:
    begun = time.process_time()
    found = [_judged(notice, *each) for each in returned]
    return 1000 * (time.process_time() - begun) / len(returned), repr(found)


def _judged(notice: Notice, form: Form, values: Mapping[str, Value], located: Located) -> object:
    """Give what is found in a return, and what it scores."""
    shape, values = form.shape, dict(values)  # another return's, as far as is known
    faults = (*check_values(shape, values, located),)
    inputs = {key: located.cells[key] for key in values}
    answers = Answers(shape=shape, values=values, findings=faults, cells=inputs)
    stored = [*false_scores(shape, answers, located)]
    scores = [*sub_point_scores(notice, answers)]
    return faults, stored, scores, claimed_bonus(answers), claim_weights(answers)


if __name__ == "__main__":
    main()
