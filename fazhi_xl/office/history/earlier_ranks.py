"""An earlier round's totals and ranks, read from its report, to compare with."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_answers import RESULTS, existing
from fazhi_xl.office.workspace.folder import Json, read_json
from fazhi_xl.points import FINEST, Hundredths, from_decimal
from fazhi_xl.rounds.round import EarlierRound, EarlierUnit
from fazhi_xl.scoring.model import Basis


def earlier_round(notice: Notice, place: Path) -> EarlierRound:
    """Read a round's folder, its folder of results, or a report.json itself. Raises WrongUseError where it cannot be read."""
    path = place if place.is_file() else existing(place, RESULTS)
    try:
        return _earlier(notice, read_json(path))
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        message = f"{path} 不是收表写出的 report.json,或内容不全({type(error).__name__})。请指明上一轮的输出文件夹。"
        raise WrongUseError(message) from error


def _earlier(notice: Notice, report: Json) -> EarlierRound:
    units = {each["unit"]: _unit(each) for each in report["units"]}
    now = {name: notice.unit_called(name) for name in units}
    if len(units) != len(report["units"]):
        raise ValueError("units")
    return EarlierRound(
        campaign=str(report["campaign"]),
        generated=datetime.fromisoformat(report["generated"]),
        basis=Basis(report["basis"]),
        units={unit.short: each for name, each in units.items() if (unit := now[name])},
        gone=tuple(name for name in units if now[name] is None),
    )


def _unit(held: Json) -> EarlierUnit:
    rank = held["rank"]
    if rank is not None and (not isinstance(rank, int) or isinstance(rank, bool) or rank < 1):
        raise TypeError(rank)
    return EarlierUnit(
        full_marks=_points(held["full_marks"]) or 0,
        percent=_points(held["percent"]),
        total=_points(held["total"]),
        rank=rank,
    )


_MOST = 100_000  # hundredths: a total is at most a few hundred points


def _points(text: str | None) -> Hundredths | None:
    if text is None:
        return None
    points = from_decimal(Decimal(text), FINEST)
    if not -_MOST <= points <= _MOST:
        raise ValueError(text)
    return points
