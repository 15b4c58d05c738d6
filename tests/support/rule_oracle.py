"""What a sub-point earns, computed once more from the plain catalogue, by the words of the format and in fractions.

Nothing of the program's rules is used: `raw` is a sub-point as its file has it, facts are plain values by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

Raw = Mapping[str, Any]
Facts = Mapping[str, Any]


def score_by_hand(raw: Raw, facts: Facts, *, places: int = 2, down: bool = False) -> Fraction:
    """Give the points, rounded once: halves away from zero, or cut."""
    exact = _exact(raw, facts) * 10**places
    away = floor(abs(exact) if down else abs(exact) + Fraction(1, 2))
    return Fraction(away if exact >= 0 else -away, 10**places)


def _exact(raw: Raw, facts: Facts) -> Fraction:
    full, parts = _fraction(raw["points"]), raw["rule"]["parts"]
    earned = [(part.get("weight", 1), _KINDS[part["kind"]](part, facts, raw)) for part in parts]
    applying = [(weight, points) for weight, points in earned if points is not None]
    if not applying:
        return Fraction(0)
    if len(parts) > 1 and raw["rule"].get("combine") == "all":
        return full if all(points == full for _, points in applying) else Fraction(0)
    whole = sum((weight * points for weight, points in applying), Fraction(0))
    return whole / Fraction(sum(weight for weight, _ in applying))


def _fraction(value: Any) -> Fraction:  # noqa: ANN401 - a number of any type, or None
    return Fraction(str(value)) if isinstance(value, float | Decimal) else Fraction(value or 0)


def _bounds(raw: Raw) -> tuple[Fraction, Fraction]:
    return _fraction(raw.get("least", 0)), _fraction(raw.get("most", raw["points"]))


def _within(points: Fraction, raw: Raw) -> Fraction:
    least, most = _bounds(raw)
    return min(most, max(least, points))


def _sum(facts: Facts, keys: Iterable[str]) -> Fraction:
    return sum((_fraction(facts[key]) for key in keys), Fraction(0))


def _reached(ratio: Fraction, part: Raw) -> Fraction:
    if ratio >= 1:
        return Fraction(1)
    return ratio if part.get("below") == "linear" else Fraction(0)


def _yes(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    return None if facts[part["input"]] == "不涉及" else _fraction(raw["points"]) * (facts[part["input"]] == "是")


def _count(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    return _fraction(raw["points"]) * _reached(_fraction(facts[part["input"]]) / part.get("at_least", 1), part)


def _count_zero(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    return _fraction(raw["points"]) * (not facts[part["input"]])


def _rate(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    due = _sum(facts, part["due"])
    if not due:
        return {"met": _fraction(raw["points"]), "zero": Fraction(0), "not_applicable": None}[
            part.get("no_case", "met")
        ]
    rate = _sum(facts, part["done"]) / due
    return _fraction(raw["points"]) * _reached(rate / Fraction(part.get("at_least", 100), 100), part)


def _ratio(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    per = _fraction(facts[part["amount"]]) / _fraction(facts[part["base"]])
    return _fraction(raw["points"]) * _reached(per / part["at_least"], part)


def _fall(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    now, before = _fraction(facts[part["this_year"]]), _fraction(facts[part["last_year"]])
    if "this_year_of" in part:
        bases = _fraction(facts[part["this_year_of"]]), _fraction(facts[part["last_year_of"]])
        if not all(bases):
            return _fraction(raw["points"]) * (now == 0)
        now, before = now / bases[0], before / bases[1]
    fell = now < before or (part.get("or_equal", False) and now == before)
    return _fraction(raw["points"]) * (now == 0 or fell)


def _grade(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    said = facts[part["input"]]
    return None if said == "不涉及" else _fraction(raw["points"]) * Fraction(part["shares"].get(said, 0), 100)


def _months(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    start: date = facts[part["start"]]
    until: date = facts[part["end"]] + timedelta(days=1)
    month = start.month - 1 + part["at_least"]
    year, month = start.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return _fraction(raw["points"]) * (date(year, month, min(start.day, last)) <= until)


def _days(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    lasted: timedelta = facts[part["end"]] - facts[part["start"]] + timedelta(days=1)
    return _fraction(raw["points"]) * (lasted >= timedelta(days=part["at_least"]))


def _tally(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    return _within(_up_to(_terms(part["terms"], facts), part.get("cap")), raw)


def _deduct(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    return _within(_fraction(raw["points"]) - _up_to(_terms(part["terms"], facts), part.get("cap")), raw)


def _balance(part: Raw, facts: Facts, raw: Raw) -> Fraction | None:
    more, less = _terms(part.get("plus", ()), facts), _terms(part.get("minus", ()), facts)
    return _within(_fraction(part.get("start", 0)) + more - less, raw)


def _bands(part: Raw, facts: Facts, _: Raw) -> Fraction | None:
    points = [_fraction(band["points"]) for band in part["bands"]]
    otherwise = _fraction(part.get("otherwise", 0))
    if "input" in part:
        number = _fraction(facts[part["input"]])
    elif due := _sum(facts, part["due"]):
        number = 100 * _sum(facts, part["done"]) / due
    else:
        given = {"met": max(*points, otherwise), "zero": Fraction(0), "not_applicable": None}
        return given[part.get("no_case", "met")]
    for band, earned in zip(part["bands"], points, strict=True):
        if number >= _fraction(band["at_least"]) if "at_least" in band else number <= _fraction(band["at_most"]):
            return earned
    return otherwise


def _terms(terms: Iterable[Raw], facts: Facts) -> Fraction:
    return sum((_up_to(_term(term, facts), term.get("cap")) for term in terms), Fraction(0))


def _up_to(points: Fraction, cap: object) -> Fraction:
    return points if cap is None else min(points, _fraction(cap))


def _term(term: Raw, facts: Facts) -> Fraction:
    if "done" in term:
        return _fraction(term["each"]) * _points_apart(term, facts)
    events = int(facts[term["input"]] or 0)
    if "target" in term:
        events = max(0, term["target"] - events)
    times = 1 + term.get("again", 1) * (events - 1) if events else 0
    return _fraction(term["each"]) * times


def _points_apart(term: Raw, facts: Facts) -> Fraction:
    due = _sum(facts, term["due"])
    last = _sum(facts, term["last_due"]) if "last_due" in term else None
    if not due or last == 0:
        return Fraction(0)
    if last:
        reference = 100 * _sum(facts, term["last_done"]) / last
    else:
        reference = _fraction(facts[term["reference_input"]] if "reference_input" in term else term["reference"])
    rate = 100 * _sum(facts, term["done"]) / due
    apart = max(Fraction(0), reference - rate if term.get("side", "below") == "below" else rate - reference)
    return {"full": Fraction(floor(apart)), "begun": Fraction(ceil(apart)), "exact": apart}[term.get("step", "full")]


_KINDS: Mapping[str, Callable[[Raw, Facts, Raw], Fraction | None]] = {
    "yes": _yes,
    "count": _count,
    "count_zero": _count_zero,
    "rate": _rate,
    "ratio": _ratio,
    "fall": _fall,
    "grade": _grade,
    "months": _months,
    "days": _days,
    "tally": _tally,
    "deduct": _deduct,
    "balance": _balance,
    "bands": _bands,
}
