"""Grades for reference, by the bands of the catalogue: the notice itself defines none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fazhi_xl.notice.model import GradeBand
from fazhi_xl.points import Hundredths


def grade_of(total: Hundredths | None, bands: Sequence[GradeBand]) -> str | None:
    """Name the first band whose bound the total meets; no total has no grade, and without bands there are none."""
    if total is None:
        return None
    return next((band.name for band in bands if band.at_least is None or total >= band.at_least), None)


def grade_counts(totals: Iterable[Hundredths | None], bands: Sequence[GradeBand]) -> dict[str, int]:
    """Count the totals in each band, best first; what has no total is not counted."""
    named = [grade_of(total, bands) for total in totals]
    return {band.name: named.count(band.name) for band in bands}
