"""Scores a sub-point by its own rule, with what the office's registers say in the place of some of its inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths
from fazhi_xl.scoring.from_answers import hundredths, out_condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescored:
    """A sub-point's score; `out` says that nothing of it applies."""

    score: Hundredths
    out: bool = False


def rescored(answers: Answers, sub: SubPoint, fed: Mapping[str, Value]) -> Rescored | None:
    """Score a sub-point over a unit's answers, some inputs replaced; None where the others are missing or wrong."""
    shape = answers.shape
    given = {tasks.fact_field(sub.code, key): value for key, value in fed.items()}
    evaluator = shape.evaluator({**answers.prior, **answers.values}, instead=given)
    score = hundredths(evaluator.field(tasks.auto_field(sub.code)))
    out = evaluator.value(out_condition(sub, shape))
    return None if score is None else Rescored(score=score, out=bool(out))
