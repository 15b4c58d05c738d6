"""The blind book of a drawing: written once, and read like any review book, its rows under the units whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.findings import Key
from fazhi_xl.form.identity import Edition, form_number
from fazhi_xl.form.model import Shape
from fazhi_xl.form.review_form import REVIEW_UNIT_NO
from fazhi_xl.form.sheets.review.blind import NAME, BlindRow, blind_shape
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.notice.model import Unit
from fazhi_xl.office.review.second.drawn import Drawing, DrawnRow
from fazhi_xl.xlsx.writer.form import draw


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindBook:
    """A drawing with what its rows are in today's catalogue; rows whose unit or sub-point is gone are left out."""

    drawing: Drawing
    dossier: Dossier

    @property
    def rows(self) -> Iterator[tuple[DrawnRow, Case]]:
        notice = self.dossier.notice
        units = {unit.id: unit for unit in notice.units}
        known = {(case.unit.id, case.sub.id): case for case in self.dossier.cases}
        for row in self.drawing.rows:
            unit, sub = units.get(row.unit_id), notice.sub_points_by_id.get(row.sub_point_id)
            own = notice.sub_points_of(unit.short).get(sub.code) if unit and sub else None
            if unit and own:
                yield row, known.get((unit.id, own.id)) or Case(unit=unit, sub=own)

    @property
    def shape(self) -> Shape:
        """Give its sheet; the cases say nothing of the unit."""
        names = _names(self.dossier.notice.units)
        return blind_shape(self.dossier, (_blind(row, case, names) for row, case in self.rows))

    @property
    def keys(self) -> Mapping[str, Key]:
        """Give the key under which each row is recorded, by its code."""
        return {row.code: (case.unit.short, self.drawing.row_of(row)) for row, case in self.rows}

    @property
    def first_reviewers(self) -> Mapping[str, str]:
        """Name who scored each row's sub-point first, by its code."""
        return {row.code: row.reviewer for row in self.drawing.rows}

    def data(self, *, edition: Edition, key: bytes, mark: str) -> bytes:
        """Draw the book."""
        notice = self.dossier.notice
        number = form_number(prefix=notice.about.form_prefix, unit_no=REVIEW_UNIT_NO, edition=edition, key=key)
        slots = {
            "unit_line": f"复审用    第{self.drawing.no}批    表号:{number}",
            "unit_name": NAME,
            "unit_short": NAME,
            "form_number": number,
        }
        title = f"{mark}{notice.about.short_title}复审表"
        return draw(self.shape, notice.theme, title=title, values={}).fill(slots)


def _names(units: Iterable[Unit]) -> tuple[str, ...]:
    """Give all names of units, the longest first, so that none is left in part where another is taken out."""
    return tuple(
        sorted({name for unit in units for name in (unit.name, unit.short)}, key=lambda name: (-len(name), name))
    )


def _blind(row: DrawnRow, case: Case, names: tuple[str, ...]) -> BlindRow:
    own = {case.unit.name, case.unit.short}
    hidden = replace(
        case,
        facts=_without(case.facts, (name for name in names if name in own), row.alias),
        materials=_without(case.materials, (name for name in names if name in own), row.alias),
    )
    return BlindRow(code=row.code, alias=row.alias, case=hidden)


def _without(text: str, names: Iterable[str], alias: str) -> str:
    for name in names:
        text = text.replace(name, alias)
    return text


def book_of(drawings: Iterable[Drawing], codes: Iterable[str]) -> Drawing | None:
    """Give the drawing whose book has one of these rows; None where none has."""
    found = set(codes)
    return next((each for each in drawings if any(row.code in found for row in each.rows)), None)
