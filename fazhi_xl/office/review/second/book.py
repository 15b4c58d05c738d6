"""The blind book of a drawing: written once, and read like any review book, its rows under the units whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.answers.located import Located
from fazhi_xl.findings import Key
from fazhi_xl.form.identity import Edition, form_number
from fazhi_xl.form.model import Shape
from fazhi_xl.form.review_form import REVIEW_UNIT_NO
from fazhi_xl.form.sheets.review.blind import NAME, WHO, BlindRow, blind_shape
from fazhi_xl.form.sheets.review.common import BASIS
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.notice.model import Unit
from fazhi_xl.office.review.second.drawn import FOLDER, Drawing, DrawnRow
from fazhi_xl.office.review.statements import cell_text
from fazhi_xl.xlsx.writer.form import draw

_ROW = re.compile(rf"{FOLDER}\d{{2,}}\.\d{{3,}}")


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
        """Give its sheet as it is read."""
        return self._shape("")

    def _shape(self, basis: str) -> Shape:
        """Draw up its sheet; the cases say nothing of the unit, and each row that it is of this drawing."""
        names = _names(self.dossier.notice.units)
        rows = (replace(_blind(row, case, names), basis=basis) for row, case in self.rows)
        return blind_shape(self.dossier, rows)

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
        return draw(self._shape(self.drawing.mark(key)), notice.theme, title=title, values={}).fill(slots)


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


def rows_in(located: Located) -> tuple[str, ...]:
    """Give the codes of the rows that stand in blind books only."""
    return tuple(code for code in located.rows if _ROW.fullmatch(code))


def book_of(drawings: Iterable[Drawing], located: Located, key: bytes) -> Drawing | None:
    """Give the drawing of which a blind book is; None where it is of none of these, though its rows may have the same codes."""
    return next((each for each in drawings if _is_of(each, located, key)), None)


def _is_of(drawing: Drawing, located: Located, key: bytes) -> bool:
    """Say whether every row names the drawing, or, in a book of the first version, has the code name that was drawn."""
    mark, aliases = drawing.mark(key), {row.code: row.alias for row in drawing.rows}
    for code in rows_in(located):
        said = cell_text(located, code, BASIS)
        bare = not (said or drawing.marked) and cell_text(located, code, WHO) == aliases.get(code)
        if said != mark and not bare:
            return False
    return not aliases.keys().isdisjoint(located.rows)
