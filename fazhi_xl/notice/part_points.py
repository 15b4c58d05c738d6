"""Checks that what a rule counts in points can come about: bounds of scores, terms, bands, weights."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fazhi_xl.notice.choices import NUMBERS, Combine, GivenBy
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import (
    Balance,
    Band,
    Bands,
    Days,
    Deduct,
    EventTerm,
    MarginTerm,
    Months,
    Part,
    Tally,
    Term,
    inputs_of,
    terms_of,
)
from fazhi_xl.points import FINEST, from_decimal, short

Placed = tuple[str, str]  # the place within the sub-point, and what is wrong

_IN_POINTS = Deduct | Tally | Balance | Bands
_LARGEST = Decimal(10**9)  # of what a number asked for is compared with
_PLACES = 2  # of the numbers that units enter


def _classes(sub: SubPoint) -> Iterator[tuple[str, SubPoint]]:
    """Give the sub-point as every class of units is asked for it, with the place of its points."""
    yield "points", sub
    for group in sub.points_by_group:
        yield f"points_by_group.{group}", sub.of_group(group)


def point_range(sub: SubPoint) -> Iterator[Placed]:
    """Yield a sub-point that nothing can be earned or lost with, and a most below its points."""
    for place, own in _classes(sub):
        if own.points == own.ceiling == own.least == 0:
            yield place, Fault.NOTHING_TO_EARN() if place == "points" else Fault.NOTHING_FOR_GROUP()
        elif own.ceiling < own.points:
            yield "most", Fault.MOST_BELOW(points=short(own.points))


def other_bounds(sub: SubPoint) -> Iterator[Placed]:
    """Yield rules that cannot reach below 0 or above the points where the sub-point says so: only one that counts in points can."""
    if any(point_range(sub)):
        return
    usual = all(own.points and (own.least, own.ceiling) == (0, own.points) for _, own in _classes(sub))
    parts = sub.rule.parts
    if not (usual or (len(parts) == 1 and isinstance(parts[0], _IN_POINTS))):
        yield "rule.parts", Fault.ONE_PART_IN_POINTS()


def fixed_points(sub: SubPoint) -> Iterator[Placed]:
    """Yield points of a rule that lie outside what the sub-point is scored with, in any class of units."""
    least, most = sub.least, min(own.ceiling for _, own in _classes(sub))
    for at, part in enumerate(sub.rule.parts):
        for place, points in _fixed(part):
            if not least <= from_decimal(points, FINEST) <= most:
                yield f"rule.parts[{at}].{place}", Fault.POINTS_RANGE(least=short(least), most=short(most))


def _fixed(part: Part) -> Iterator[tuple[str, Decimal]]:
    if isinstance(part, Balance):
        yield "start", part.start
    if isinstance(part, Bands):
        yield from ((f"bands[{at}].points", band.points) for at, band in enumerate(part.bands))
        yield "otherwise", part.otherwise


def weights(sub: SubPoint) -> Iterator[Placed]:
    """Yield weights that weigh nothing: of a single part, and of parts that must all be met."""
    parts = sub.rule.parts
    if len(parts) > 1 and sub.rule.combine is Combine.EACH:
        return
    fault = Fault.SINGLE_WEIGHT if len(parts) == 1 else Fault.WEIGHT_OF_ALL
    yield from ((f"rule.parts[{at}].weight", fault()) for at, part in enumerate(parts) if part.weight != 1)


def terms(sub: SubPoint) -> Iterator[Placed]:
    """Yield terms that contradict themselves, and references that may stay blank or are too fine."""
    for at, part in enumerate(sub.rule.parts):
        for place, term in _placed_terms(part):
            yield from ((f"rule.parts[{at}].{place}.{field}", message) for field, message in _term(sub, term))


def _term(sub: SubPoint, term: Term) -> Iterator[Placed]:
    if isinstance(term, EventTerm):
        if term.target is not None and term.again > 1:
            yield "again", Fault.AGAIN_OF_TARGET()
        return
    if term.reference is not None and _too_fine(term.reference):
        yield "reference", Fault.REFERENCE_PLACES()
    asked = next((each for each in sub.inputs if each.key == term.reference_input), None)
    if asked is not None and asked.given_by is GivenBy.UNIT and not asked.required:
        yield "reference_input", Fault.BLANK_REFERENCE(name=asked.key)


def _placed_terms(part: Part) -> Iterator[tuple[str, Term]]:
    if isinstance(part, Balance):
        yield from ((f"plus[{at}]", term) for at, term in enumerate(part.plus))
        yield from ((f"minus[{at}]", term) for at, term in enumerate(part.minus))
    else:
        yield from ((f"terms[{at}]", term) for at, term in enumerate(terms_of(part)))


def bands(sub: SubPoint) -> Iterator[Placed]:
    """Yield bands that no number reaches, since an earlier one takes it or no such number can be entered."""
    for at, part in enumerate(sub.rule.parts):
        if isinstance(part, Bands):
            for nth, message in _bands(sub, part):
                yield f"rule.parts[{at}].bands[{nth}]", message


def _bands(sub: SubPoint, part: Bands) -> Iterator[tuple[int, str]]:
    asked = next((each for each in sub.inputs if each.key == part.input and each.kind in NUMBERS), None)
    low, high = (asked.minimum, asked.maximum) if asked else (Decimal(0), None)
    taken: list[Band] = []
    for nth, band in enumerate(part.bands):
        bound = band.at_least if band.at_least is not None else band.at_most
        if bound is not None and (_too_fine(bound) or abs(bound) > _LARGEST):
            yield nth, Fault.BAND_PLACES()
        elif not _reachable(band, low, high):
            yield nth, Fault.BAND_BEYOND(low=low, high=high) if asked else Fault.BAND_BELOW_ZERO()
        elif any(_covers(before, band) for before in taken):
            yield nth, Fault.BAND_TAKEN()
        taken.append(band)


def _reachable(band: Band, low: Decimal, high: Decimal | None) -> bool:
    if band.at_least is not None:
        return high is None or band.at_least <= high
    return band.at_most is not None and band.at_most >= low


def _covers(before: Band, band: Band) -> bool:
    """Say whether every number of a band meets an earlier one."""
    if before.at_least is not None and band.at_least is not None:
        return before.at_least <= band.at_least
    if before.at_most is not None and band.at_most is not None:
        return before.at_most >= band.at_most
    return False


def _too_fine(value: Decimal) -> bool:
    return value != round(value, _PLACES)


def counted_numbers(sub: SubPoint) -> Iterator[Placed]:
    """Yield numbers that a rule counts and that may be negative: events and cases cannot be."""
    free = {part.input for part in sub.rule.parts if isinstance(part, Bands)}
    free |= {t.reference_input for p in sub.rule.parts for t in terms_of(p) if isinstance(t, MarginTerm)}
    read = {key for part in sub.rule.parts if not isinstance(part, Months | Days) for key in inputs_of(part)} - free
    for at, each in enumerate(sub.inputs):
        if each.key in read and each.kind in NUMBERS and each.minimum < 0:
            yield f"inputs[{at}].minimum", Fault.NEGATIVE_COUNT()
