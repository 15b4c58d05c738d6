"""rollup.json: what many districts come to, for other programs. Points and rates are decimal strings, as in report.json."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_xl.points import Hundredths, show
from fazhi_xl.rollup.result import Kind, Lost, RollUp
from fazhi_xl.rollup.sorting import Apart, Member

Json = dict[str, object]
RESULT_FILE = "rollup.json"


def roll_up_json(result: RollUp, files: Sequence[str] = ()) -> Json:
    notice = result.notice
    return {
        "format": 1,
        "generated": result.generated.isoformat(timespec="seconds"),
        "rehearsal": result.rehearsal,
        "title": notice.title if notice else None,
        "catalogue": notice.catalogue if notice else None,
        "ranked_by": "mean_rate" if result.by_rate else "mean_total",
        "mean_rate": _show(result.mean_rate),
        "districts": [_district(result, each) for each in result.ranked],
        "unfinished": [_district(result, each) for each in result.sorted.unfinished],
        "apart": [_apart(each) for each in result.sorted.apart],
        "unlisted": list(result.sorted.unlisted),
        "aspects": dict(zip(notice.aspects if notice else (), map(_show, result.overall), strict=False)),
        "losses": [_lost(each) for each in result.losses],
        "kinds": [_kind(each) for each in result.kinds],
        "counts": {
            "expected": result.expected or None,
            "districts": len(result.ranked),
            "unfinished": len(result.sorted.unfinished),
            "apart": len(result.sorted.apart),
            "units": result.units,
        },
        "files": list(files),
    }


def _district(result: RollUp, member: Member) -> Json:
    figures, district = member.figures, member.district
    names = result.notice.aspects if result.notice else ()
    return {
        "no": member.no,
        "district": member.name,
        "folder": str(member.folder),
        "campaign": district.campaign,
        "generated": district.generated.isoformat(timespec="seconds"),
        "basis": district.basis.value,
        "rank": member.rank,
        "mean_rate": _show(figures.mean_rate),
        "mean_total": _show(figures.mean_total),
        "median_total": _show(figures.median_total),
        "highest": _show(figures.highest),
        "lowest": _show(figures.lowest),
        "units": figures.units,
        "compared": figures.compared,
        "missing": figures.missing,
        "full_marks": show(figures.full),
        "awarded": show(figures.awarded),
        "aspects": dict(zip(names, map(_show, result.aspects.get(member.no, ())), strict=False)),
    }


def _apart(each: Apart) -> Json:
    return {
        "district": each.name,
        "folder": str(each.folder) if each.folder else None,
        "why": each.why.value,
        "detail": each.detail,
        "then": each.then,
    }


def _lost(each: Lost) -> Json:
    return {
        "code": each.code,
        "districts": each.districts,
        "losing_districts": each.losing,
        "units": each.units,
        "losing_units": each.losing_units,
        "full_marks": show(each.full),
        "lost": show(each.points),
    }


def _kind(each: Kind) -> Json:
    return {
        "unit": each.name,
        "count": each.count,
        "districts": each.districts,
        "mean_total": show(each.mean),
        "highest": show(each.highest),
        "lowest": show(each.lowest),
        "first": each.first,
        "last": each.last,
    }


def _show(points: Hundredths | None) -> str | None:
    return None if points is None else show(points)
