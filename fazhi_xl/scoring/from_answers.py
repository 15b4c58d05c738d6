"""Reads a unit's sub-point scores out of its answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Expr, Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import bonus, tasks
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.points import FINEST, Hundredths
from fazhi_xl.scoring.model import SubPointScore


def sub_point_scores(notice: Notice, answers: Answers) -> Iterator[SubPointScore]:
    """Give every sub-point's computed score and self-score; a self-score that cannot stand is None.

    Where units do not score themselves, what is computed stands for it. What the office's values score has neither.
    """
    evaluator = answers.evaluator()
    for code in answers.shape.sub_points:
        by_office = code in notice.scored_by_office
        auto = None if by_office else hundredths(evaluator.field(tasks.auto_field(code)))
        yield SubPointScore(
            code=code,
            points=hundredths(answers.shape.given[tasks.points_field(code)]) or 0,
            auto=auto,
            self_score=_self_score(answers, code) if notice.about.scoring.self_score else auto,
            out=bool(evaluator.value(out_condition(notice.sub_points[code], answers.shape))),
            by_office=by_office,
        )


def _self_score(answers: Answers, code: str) -> Hundredths | None:
    field = tasks.self_field(code)
    return None if field in answers.wrong else hundredths(answers.values.get(field))


def out_condition(sub: SubPoint, shape: Shape) -> Expr:
    """Give the condition that nothing of a sub-point applies: its self-score may then stay blank, where there is one."""
    own = shape.fields.get(tasks.self_field(sub.code))
    if own is not None:
        return own.waived
    return tasks.nothing_applies(
        sub, {fact.key: shape.contents[tasks.fact_field(sub.code, fact.key)] for fact in sub.inputs}
    )


def claimed_bonus(answers: Answers) -> Hundredths:
    """Give the bonus that the unit claims, each matter once, at most the cap."""
    return hundredths(answers.evaluator().field(bonus.total_field())) or 0


def claim_weights(answers: Answers) -> dict[str, Hundredths]:
    """Give what each claim adds to the bonus that the unit claims, before the cap, by its row."""
    evaluator = answers.evaluator()
    return {row: hundredths(evaluator.field(f"{row}.{bonus.COUNTED}")) or 0 for row in bonus.codes()}


def hundredths(value: Value) -> Hundredths | None:
    """Turn the points in a cell into hundredths; None for what is no number, or too fine for any catalogue."""
    if isinstance(value, int):
        return 100 * value
    if isinstance(value, Fraction):
        finest, rest = divmod(value.numerator * 10**FINEST, value.denominator)
        whole, left = divmod(finest, 10 ** (FINEST - 2))
        return None if rest else Fraction(finest, 10 ** (FINEST - 2)) if left else whole
    return None
