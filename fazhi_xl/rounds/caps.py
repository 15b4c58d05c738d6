"""Limits: sub-points that may lose only so much together, by the codes that scores have, and what a cap leaves of matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths, figure
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.scoring.model import CappedLoss


def capped_losses(notice: Notice) -> tuple[CappedLoss, ...]:
    """Give the limits in the notice's order; a sub-point counts with the first that names it."""
    return tuple(_capped_losses(notice))


def _capped_losses(notice: Notice) -> Iterator[CappedLoss]:
    counted: set[str] = set()
    for cap in notice.about.loss_caps:
        codes = tuple(notice.sub_points_by_id[id_].code for id_ in cap.sub_points if id_ in notice.sub_points_by_id)
        yield CappedLoss(text=cap.text, codes=tuple(code for code in codes if code not in counted), at_most=cap.at_most)
        counted.update(codes)


def within_cap(entries: Iterable[Adjustment], cap: Hundredths | None) -> Iterator[tuple[Adjustment, Hundredths]]:
    """Give a unit's entries in their order, each with what of it counts until the cap is reached."""
    used: Hundredths = 0
    for each in entries:
        points = each.counted if cap is None else figure(max(0, min(each.counted, cap - used)))
        used += points
        yield each, points
