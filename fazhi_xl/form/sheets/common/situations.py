"""Situations of bonus and deductions on the sheets that name them: their levels, and the points of a matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.findings import Code
from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import Check, Field
from fazhi_xl.form.sheets.common.counts import sum_where
from fazhi_xl.form.sheets.common.rows import filled, needed_where
from fazhi_xl.notice.model import Situation, SituationLimit
from fazhi_xl.points import FINEST

Situations = tuple[Situation, ...]


def labels(situations: Iterable[Situation]) -> tuple[str, ...]:
    """Name the situations as the lists offer them."""
    return tuple(each.label for each in situations)


def graded(situations: Situations) -> Situations:
    """Give those that have levels."""
    return tuple(each for each in situations if each.levels)


def level_names(situations: Situations, free: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Name every level, each once; the `free` ones are not of any situation."""
    return tuple(dict.fromkeys((*free, *(level.name for each in situations for level in each.levels))))


# Checks of a level ---------------------------------------------------------------------------------------------------


def level_checks(field: Field, situation: str, situations: Situations, free: tuple[str, ...] = ()) -> Iterator[Check]:
    """Require a level where the situation, which stands in the same row, has some, of its own; elsewhere refuse all but the `free`."""
    cell, with_levels = Ref(f"{field.row}.{situation}"), graded(situations)
    if not with_levels:
        return
    held = x.either(*(x.equal(cell, Const(label)) for label in labels(with_levels)))
    yield needed_where(field, held)
    yield from _elsewhere(field, cell, held, labels(with_levels), free)
    yield from (_of_another(field, cell, each) for each in with_levels if level_names((each,)) != field.options)


def _elsewhere(
    field: Field, situation: Ref, held: Expr, named: tuple[str, ...], free: tuple[str, ...]
) -> Iterator[Check]:
    strange = [option for option in field.options if option not in free]
    if not strange:
        return
    chosen = x.either(*(x.equal(Ref(field.key), Const(option)) for option in strange)) if free else filled(field)
    wrong = x.both(chosen, x.negate(x.either(x.blank(situation), held)))
    words = {"row": field.row, "label": field.label, "situation": "、".join(named)}
    yield Check(code=Code.DEGREE_ELSEWHERE, when=wrong, words=words)


def _of_another(field: Field, situation: Ref, own: Situation) -> Check:
    names = level_names((own,))
    other = x.negate(x.either(*(x.equal(Ref(field.key), Const(name)) for name in names)))
    wrong = x.both(filled(field), x.equal(situation, Const(own.label)), other)
    words = {"row": field.row, "label": field.label, "situation": own.label, "options": "、".join(names)}
    return Check(code=Code.LEVEL_OF_ANOTHER, when=wrong, words=words)


# Points of a matter --------------------------------------------------------------------------------------------------


def points_of(situations: Situations, situation: Expr, level: Expr) -> Expr:
    """Give the points of a matter: those of its level, else those of its situation; any other situation has none."""
    every = {each.points for each in situations} | {own.points for each in situations for own in each.levels}
    if len(every) == 1:
        return x.points(every.pop())
    return x.first_of(tuple((x.equal(situation, Const(each.label)), _own(each, level)) for each in situations), x.ZERO)


def _own(situation: Situation, level: Expr) -> Expr:
    cases = ((x.equal(level, Const(each.name)), x.points(each.points)) for each in situation.levels)
    return x.first_of(tuple(cases), x.points(situation.points))


def times(situations: Situations, situation: Expr, above: tuple[Span, Span] | None) -> Expr:
    """Give how many times a matter counts: `again` times where one of its situation counted before.

    `above` are the situations and the points counted in the rows above, if there are any.
    """
    every = tuple(each for each in situations if each.again > 1)
    if above is None or not every:
        return x.ONE
    named, counted = above
    rows = zip(map(Ref, named.fields), map(Ref, counted.fields), strict=True)
    before = x.either(*(x.both(x.equal(each, situation), x.less(x.ZERO, points)) for each, points in rows))
    cases = tuple((x.equal(situation, Const(each.label)), Const(each.again)) for each in every)
    return x.when(before, x.first_of(cases, x.ONE), x.ONE)


def limited(
    points: Expr,
    situations: Situations,
    limits: Iterable[SituationLimit],
    situation: Expr,
    above: tuple[Span, Span] | None,
) -> Expr:
    """Give at most what the rows above leave of each limit that the matter's situation falls under."""
    own = [(each, labels(one for one in situations if one.id in each.of)) for each in limits]
    concerned = [(limit, named) for limit, named in own if named]
    for limit, named in concerned:
        under = x.either(*(x.equal(situation, Const(label)) for label in named))
        points = x.when(under, x.call("minimum", points, _left(limit, named, above)), points)
    return x.call("round_places", points, Const(FINEST)) if concerned else points


def _left(limit: SituationLimit, named: tuple[str, ...], above: tuple[Span, Span] | None) -> Expr:
    if above is None:
        return x.points(limit.at_most)
    situations, counted = above
    used = x.add(*(sum_where(counted, [(situations, label)]) for label in named))
    return x.subtract(x.points(limit.at_most), used)
