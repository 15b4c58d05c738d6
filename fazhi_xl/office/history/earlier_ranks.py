"""An earlier round's totals and ranks, read from its report, to compare with."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_answers import RESULTS, existing, refuse_rehearsal
from fazhi_xl.office.history.matches import How, unit_matches
from fazhi_xl.office.workspace.catalogue import kept_year
from fazhi_xl.office.workspace.folder import Json, Workspace, reading
from fazhi_xl.points import FINEST, Hundredths, from_decimal
from fazhi_xl.rounds.round import EarlierRound, EarlierUnit
from fazhi_xl.scoring.model import Basis, State


def earlier_round(notice: Notice, place: Path, *, rehearsal: bool = False) -> EarlierRound:
    """Read a round's folder, its folder of results, or a report.json itself.

    Raises WrongUseError where it cannot be read, and where it is a rehearsal's and this round is none.
    """
    path = place if place.is_file() else existing(place, RESULTS)
    with reading(path):
        data = path.read_bytes()
    try:
        report = json.loads(data)
        refuse_rehearsal(place, report, rehearsal=rehearsal)
        return _earlier(notice, report, path)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        message = f"{path} 不是收表写出的 report.json,或内容不全({type(error).__name__})。请指明上一轮的输出文件夹。"
        raise WrongUseError(message) from error


def _earlier(notice: Notice, report: Json, path: Path) -> EarlierRound:
    units = {each["unit"]: _unit(each) for each in report["units"]}
    if len(units) != len(report["units"]):
        raise ValueError("units")
    found = unit_matches(notice, report["units"])
    by_id_last = sorted(found, key=lambda each: each.how is How.ID)  # of two that are one unit now it counts
    return EarlierRound(
        campaign=str(report["campaign"]),
        year=_year(report, path),
        generated=datetime.fromisoformat(report["generated"]),
        basis=Basis(report["basis"]),
        units={each.now.short: units[each.before] for each in by_id_last if each.now},
        gone=tuple(each.before for each in found if each.now is None),
    )


def _year(report: Json, path: Path) -> int | None:
    """Give the notice's year; of a report that does not say it, that of the catalogue kept beside it."""
    held = report.get("year")
    if isinstance(held, int):
        return held
    roots = (path.parent.parent, path.parent)  # a round's folder, or its report alone
    years = (kept_year(Workspace(root), str(report["campaign"])) for root in roots)
    return next((year for year in years if year is not None), None)


def _unit(held: Json) -> EarlierUnit:
    rank = held["rank"]
    if rank is not None and (not isinstance(rank, int) or isinstance(rank, bool) or rank < 1):
        raise TypeError(rank)
    return EarlierUnit(
        name=str(held["unit"]),
        full_marks=_points(held["full_marks"]) or 0,
        percent=_points(held["percent"]),
        total=_points(held["total"]),
        rank=rank,
        vetoed=held.get("state") == State.VETOED,
    )


_MOST = 100_000  # hundredths: a total is at most a few hundred points


def _points(text: str | None) -> Hundredths | None:
    if text is None:
        return None
    points = from_decimal(Decimal(text), FINEST)
    if not -_MOST <= points <= _MOST:
        raise ValueError(text)
    return points
