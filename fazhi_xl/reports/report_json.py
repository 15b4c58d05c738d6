"""report.json: the round for other programs. Scores are decimal strings with two places, or the third where it is not zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.findings import Finding
from fazhi_xl.notice.comparable import catalogue_digest, scoring_record
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths
from fazhi_xl.points import show as show_points
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.appeals import Appeal
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.losses import full_marks
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import SealedEdition
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.switched import Effect, effects
from fazhi_xl.rounds.undecided import OpenMatter
from fazhi_xl.scoring.model import State, SubPointScore, UnitScore
from fazhi_xl.text.identity_numbers import without_identity_numbers

Json = dict[str, object]


def report(round_: Round) -> Json:
    return {
        "campaign": round_.notice.campaign + round_.mark,
        "year": round_.notice.about.year,
        "generated": round_.generated.isoformat(timespec="seconds"),
        "basis": round_.basis.value,
        "files": [file_report(file) for file in round_.files],
        "units": [_unit(round_, unit) for unit in round_.units],
        "review": [{"book": book, **_finding(found)} for book, found in round_.review],
        "open": list(map(_open, round_.open)),
        "unsealed": list(map(_open, round_.unsealed)),
        **(
            {"switches": list(map(_switch, effects(round_.notice.switches, round_.files)))}
            if round_.notice.switches
            else {}
        ),
        "counts": counts(round_),
        **({"sealed": _sealed(round_.sealed)} if round_.sealed else {}),
        **({"appeals": list(map(_appeal, round_.appeals.taken))} if round_.appeals.taken else {}),
        "edition": round_.version,
        "rehearsal": bool(round_.mark),
        "official": round_.official,
        "round": round_.identity or None,
        "notice": _notice(round_.notice),
    }


def _switch(effect: Effect) -> Json:
    """Say what the office has made of a finding, and how many that changed."""
    return {**effect.switch.model_dump(mode="json"), "changed": effect.changed}


def _open(each: OpenMatter) -> Json:
    return {
        "kind": each.kind.value,
        "unit": each.unit or None,
        "source": each.source or None,
        "row": each.code,
        "sheet": each.sheet,
    }


def _appeal(each: Appeal) -> Json:
    """Give a request for a review, with its outcome, null while it is open."""
    return {
        "unit": each.unit,
        "code": each.code,
        "mark": _points(each.mark),
        "received": each.received.isoformat(),
        "file": without_identity_numbers(each.file),
        "ruling": each.ruling or None,
        "granted": each.granted if each.ruling else None,
        "now": _points(each.now),
    }


def _sealed(sealed: SealedEdition) -> Json:
    """Say how the round stands to its newest sealed edition."""
    return {
        "no": sealed.no,
        "name": sealed.name,
        "by": sealed.by,
        "day": sealed.day,
        "same": sealed.same,
        "differences": [{**asdict(each), "kind": each.kind.value} for each in sealed.differences],
    }


def _notice(notice: Notice) -> Json:
    """Say of the notice what other programs need to name and compare its results."""
    about = notice.about
    return {
        "title": about.short_title,
        "district": about.district,
        "catalogue": catalogue_digest(notice),
        "scoring": scoring_record(about.scoring),
        "words": about.words.model_dump(),
        "groups": [{"code": group.code, "name": group.name} for group in notice.ranking_groups],
        "items": [{"id": item.id, "no": item.no, "name": item.name, "aspect": item.aspect} for item in notice.items],
        "sub_points": [
            {"id": sub.id, "code": sub.code, "item": item.no, "text": sub.text}
            for item in notice.items
            for sub in item.sub_points
        ],
    }


def counts(round_: Round) -> Json:
    """Count units by state and files by status."""
    states = Counter(round_.reviewed_of(unit).state for unit in round_.units)
    statuses = Counter(file.status for file in round_.files)
    return {
        "units": len(round_.units),
        **{state.value: states[state] for state in State},
        "files": len(round_.files),
        **{status.value: statuses[status] for status in Status},
    }


def file_report(file: FileResult) -> Json:
    """Say of one file what it turned out to be."""
    return {
        "path": without_identity_numbers(file.path),
        "sha256": file.sha256,
        "unit": file.unit,
        "status": file.status.value,
        "findings": [_finding(found) for found in file.findings],
    }


def _finding(found: Finding) -> Json:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "sheet": found.place.sheet,
        "cell": found.place.cell,
        "field": found.place.field,
        "value": found.shown_value,
        "message": found.message,
        **({"answered": without_identity_numbers(found.answered)} if found.answered else {}),
    }


def _unit(round_: Round, unit: UnitScore) -> Json:
    file = round_.file_of(unit.unit)
    own = round_.notice.units_by_short[unit.unit]
    decided = round_.reviewed_of(unit)  # other programs follow the review, whatever the basis is
    standing = {score.code: score for score in unit.sub_points}
    inputs = _inputs(file.answers) if file and file.answers else {}
    return {
        "id": own.id,
        "no": own.no,
        "kind": own.kind,
        "unit": unit.unit,
        "state": decided.state.value,
        "file": without_identity_numbers(file.path) if file else None,
        "full_marks": _points(unit.full_marks),
        "awarded": _points(stats.awarded(unit, round_.basis)) if unit.sub_points else None,
        "auto": _points(unit.auto),
        "self": _points(unit.self_score),
        "reviewed": _points(decided.reviewed),
        "percent": _points(unit.percent),
        "bonus": _points(unit.bonus),
        "deduction": _points(unit.deduction),
        "total": _points(unit.total),
        "rank": unit.rank,
        "group": unit.group,
        "group_rank": unit.group_rank,
        "compared": unit.compared,
        "extended": _extended(round_, unit.unit),
        **({"refund": _points(unit.refund)} if round_.notice.about.loss_caps else {}),
        **({"vetoes": list(unit.vetoes)} if round_.notice.vetoes else {}),
        "sub_points": [
            _sub_point(round_, score, standing[score.code], inputs.get(score.code, {}))
            for score in decided.sub_points
            if file and file.answers
        ],
    }


def _extended(round_: Round, unit: str) -> Json | None:
    """Give the longer time that the office granted a unit; None where it has the notice's."""
    granted = round_.extensions.get(unit)
    return {"until": granted.day.isoformat(), "by": granted.by, "why": granted.why} if granted else None


def _inputs(answers: Answers) -> dict[str, dict[str, str | None]]:
    """Give what was returned for each input, by its sub-point."""
    inputs: dict[str, dict[str, str | None]] = {}
    for key, field in answers.shape.fields.items():
        if field.sub_point:
            inputs.setdefault(field.sub_point, {})[key] = value_text(answers.values.get(key))
    return inputs


def _sub_point(round_: Round, score: SubPointScore, standing: SubPointScore, inputs: Mapping[str, str | None]) -> Json:
    """Give a sub-point's scores as far as they are decided, and what applies and counts of it as the ranking stands."""
    return {
        "id": round_.notice.sub_points[score.code].id,
        "code": score.code,
        "points": _points(score.points),
        "auto": _points(score.auto),
        "self": _points(score.self_score) if round_.notice.about.scoring.self_score else None,
        "reviewed": _points(score.reviewed),
        "full": _points(full_marks(round_, standing)),
        "counted": _points(stats.counted(standing, round_.basis)),
        "inputs": dict(inputs),
    }


def _points(points: Hundredths | None) -> str | None:
    return None if points is None else show_points(points)
