"""What a unit gets back where several sub-points may lose only so much together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Expr, Ref
from fazhi_xl.notice.choices import NotApplicable
from fazhi_xl.notice.model import LossCap, Scoring, SubPoint


def within_reach(caps: Iterable[LossCap], scored: Iterable[SubPoint]) -> Iterator[tuple[int, LossCap, list[SubPoint]]]:
    """Give each limit that a unit may reach by its sub-points, with its number from 1, and those of them that it names."""
    asked = {sub.id: sub for sub in scored}
    for no, cap in enumerate(caps, 1):
        subs = [asked[each] for each in cap.sub_points if each in asked]
        if sum(sub.points - sub.least for sub in subs) > cap.at_most:
            yield no, cap, subs


def lost(sub: SubPoint, score: str, out: Expr, scoring: Scoring) -> Expr:
    """Give the points that a sub-point loses by the score in a field; one that has no score yet loses none.

    Where nothing of it applies (`out`) it counts as the ranking does before the office has decided.
    """
    less = x.call("maximum", x.ZERO, x.subtract(x.points(sub.points), Ref(score)))
    taken_out = scoring.not_applicable is NotApplicable.OUT
    return x.when(out, x.ZERO if taken_out else x.points(sub.points), x.when(x.is_number(Ref(score)), less, x.ZERO))


def given_back(cap: LossCap, losses: Iterable[Expr]) -> Expr:
    """Give the points that go beyond what may be lost together."""
    return x.call("maximum", x.ZERO, x.subtract(x.add(*losses), x.points(cap.at_most)))
