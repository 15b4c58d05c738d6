"""Puts side by side what may be one matter: a unit's claims of a bonus, what is said against it, and the office's own entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from fazhi_xl.findings import Key
from fazhi_xl.form.sheets.review.dossier import Dossier, Likeness, Matter
from fazhi_xl.form.sheets.review.registers import DEDUCTIONS, SOURCE, VETOES
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.scoring.claims import Claim, Placed, grouped_claims, grouped_offences


def claims_side_by_side(claims: Sequence[Matter]) -> tuple[Matter, ...]:
    """Order claims so that those of one matter stand together, numbered as `06-1`, with a hint where two look alike."""
    told = [
        Claim(
            unit=each.unit.short, row=each.row, name=each.said[bonus.MATTER], document=each.said.get(bonus.DOCUMENT, "")
        )
        for each in claims
    ]
    return tuple(
        replace(claims[each.at], matter=f"{claims[each.at].unit.no:02d}-{each.matter}", hint=each.hint)
        for each in grouped_claims(told)
    )


def with_offences(dossier: Dossier, decisions: Mapping[Key, Decision]) -> Dossier:
    """Order what is provided by the units that it is about, and say what looks alike, the office's own entries included."""
    numbers = {unit.short: unit.no for unit in dossier.notice.units}
    given = sorted(dossier.provided, key=lambda each: numbers.get(each.said.get(deductions.UNIT, ""), 0))
    own = _entries(DEDUCTIONS, decisions)
    offences = [*(_offence(f"{each.unit.short}{each.row}", each.unit.short, each.said) for each in given), *own]
    placed = list(grouped_offences(offences))
    vetoes = _entries(VETOES, decisions)
    return replace(
        dossier,
        provided=tuple(
            replace(given[each.at], matter=_number(dossier.notice, offences[each.at], each), hint=each.hint)
            for each in placed
            if each.at < len(given)
        ),
        alike={
            **_alike(dossier.notice, offences, (each for each in placed if each.at >= len(given))),
            **_alike(dossier.notice, vetoes, grouped_offences(vetoes)),
        },
    )


def _entries(head: str, decisions: Mapping[Key, Decision]) -> list[Claim]:
    """Give the office's own entries of a list, in the order of their rows."""
    own = sorted((key[1], each.values.texts) for key, each in decisions.items() if key[1].startswith(f"{head}."))
    return [_offence(code, said.get(SOURCE, ""), said) for code, said in own if deductions.MATTER in said]


def _offence(row: str, source: str, said: Mapping[str, str]) -> Claim:
    return Claim(
        unit=said.get(deductions.UNIT, ""),
        row=row,
        name=said[deductions.MATTER],
        document=said.get(deductions.DOCUMENT, ""),
        source=source,
        situation=said.get(deductions.SITUATION, ""),
        degree=said.get(deductions.DEGREE, ""),
    )


def _alike(notice: Notice, told: Sequence[Claim], placed: Iterable[Placed]) -> dict[str, Likeness]:
    """Give, by row code, what is said of the office's own entries."""
    return {told[each.at].row: Likeness(matter=_number(notice, told[each.at], each), hint=each.hint) for each in placed}


def _number(notice: Notice, claim: Claim, placed: Placed) -> str:
    """Give the number of a matter within its unit, as `06-1`; blank where there is no such unit."""
    unit = notice.units_by_short.get(claim.unit)
    return f"{unit.no:02d}-{placed.matter}" if unit else ""
