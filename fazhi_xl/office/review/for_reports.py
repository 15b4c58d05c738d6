"""The office's decisions as the reports tell them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fazhi_xl.findings import Key
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review import registers, scores
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decided
from fazhi_xl.office.review.values import Values
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.decisions import Adjustment, Ruling
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.from_answers import claim_weights
from fazhi_xl.scoring.model import Basis


def rulings(decided: Decided, dossier: Dossier) -> dict[Key, Ruling]:
    """Give what was decided of each sub-point that came back, by unit and sub-point."""
    found = ((case, _ruling(decided, (case.unit.short, case.sub.code))) for case in dossier.cases)
    return {(case.unit.short, case.sub.code): made for case, made in found if made}


def _ruling(decided: Decided, key: Key) -> Ruling | None:
    held, register = decided.decisions.get(key), _register(decided, key)
    if held is None:
        return Ruling(register=register) if register else None
    said = held.values
    return Ruling(
        no=held.no,
        replaces=held.replaces,
        reason=said.text(scores.REASON),
        note=said.text(parts.NOTE),
        visited=said.text(scores.VISITED),
        found=said.text(scores.FOUND),
        reviewer=said.text(parts.REVIEWER),
        day=said.text(parts.DAY),
        book=held.book,
        bulk=held.bulk,
        register=register,
    )


def _register(decided: Decided, key: Key) -> str:
    """Say which register settles a sub-point, and by how many entries."""
    unit, code = key
    name = decided.register_of(code)
    entries = decided.entries(name, unit) if name else ()
    return f"按{name}计分:{len(entries)}条" if entries else ""


def claims(decided: Decided, dossier: Dossier, basis: Basis, claimed: Mapping[Key, Hundredths]) -> Iterator[Adjustment]:
    """List what units claim a bonus for; before the ranking is official, what they claim counts, unless read otherwise."""
    kept = {(each.unit.short, each.row): each.said for each in dossier.claims}
    recognised = basis is Basis.REVIEWED or decided.notice.about.scoring.early_bonus is EarlyBonus.RECOGNISED
    for key in _keys(decided, kept, bonus.codes()):
        unit, row = key
        counted = decided.awards(unit).get(row, 0) if recognised else claimed.get(key, 0)
        held = decided.decisions.get(key)
        said = {**(held.seen if held else {}), **kept.get(key, {})}
        yield _entry(said, held, unit=unit, row=row, source=unit, counted=counted)


def claimed(files: Iterable[FileResult]) -> dict[Key, Hundredths]:
    """Give what each claim of the returns that count would add, by its key."""
    own = ((file.unit, file.answers) for file in files if file.counts)
    return {
        (unit, row): points
        for unit, answers in own
        if unit and answers
        for row, points in claim_weights(answers).items()
    }


def penalties(decided: Decided, dossier: Dossier) -> Iterator[Adjustment]:
    """List what was provided or registered against units."""
    kept = {(each.unit.short, each.row): each.said for each in dossier.provided}
    counted = decided.penalties()
    own = [key for key in decided.decisions if key[1].startswith(f"{registers.DEDUCTIONS}.")]
    for key in (*_keys(decided, kept, deductions.codes()), *own):
        held = decided.decisions.get(key)
        said = {**(held.seen if held else {}), **kept.get(key, {}), **(held.values.texts if held else {})}
        source = key[0] or said.get(registers.SOURCE, "")
        taken = counted.get(key, ("", 0))[1]
        yield _entry(said, held, unit=said.get(registers.UNIT, ""), row=key[1], source=source, counted=taken)


def _keys(decided: Decided, kept: Mapping[Key, object], rows: tuple[str, ...]) -> list[Key]:
    """Give what came back, then what was decided of rows that are no longer there."""
    gone = [key for key in decided.decisions if key[1] in rows and key not in kept]
    return [*kept, *gone]


def _entry(
    said: Mapping[str, str], held: Decision | None, *, unit: str, row: str, source: str, counted: Hundredths
) -> Adjustment:
    ruled = held.values if held else Values()
    return Adjustment(
        unit=unit,
        row=row,
        source=source,
        situation=said.get(registers.SITUATION, ""),
        matter=said.get(registers.MATTER, ""),
        degree=said.get(bonus.LEVEL) or said.get(registers.DEGREE, ""),
        authority=said.get(bonus.AUTHORITY, ""),
        document=said.get(registers.DOCUMENT, ""),
        dated=said.get(registers.DATED, ""),
        recognised=said.get(bonus.RECOGNISED, ""),
        verdict=ruled.text(registers.VERDICT),
        joined=ruled.text(registers.MATTER_KEY),
        note=ruled.text(parts.NOTE),
        reviewer=ruled.text(parts.REVIEWER),
        counted=counted,
    )
