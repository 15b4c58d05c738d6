"""How each list of a review book is laid out, and what an entry of one needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.model import STATUS_COLUMN, Field, Row, Sheet
from fazhi_xl.form.sheets.common.context import head_row
from fazhi_xl.form.sheets.common.rows import needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import BASIS, DAY, DECIDED, NOTE, OPEN, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Dossier

_CODE = 12  # the least width of the codes' column
_TAIL: dict[str, float] = {
    NOTE: 24, REVIEWER: 10, DAY: 12, STATUS_COLUMN: 24, OPEN: 7, BASIS: 10, DECIDED: 8,
}  # fmt: skip
_TIGHT: dict[str, float] = {NOTE: 20, REVIEWER: 10, DAY: 12, STATUS_COLUMN: 16}
_SMALLER = 0.85  # of the width of a text is that of a code, which is in smaller print


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one of the sheets consists of: the widths and the titles of its own columns."""

    name: str
    title: str
    widths: Mapping[str, float]
    titles: Mapping[str, str]
    note: str
    counted: bool = False  # whether rows of it say that they are undecided
    filtered: bool = False
    tight: bool = False  # of so many columns that those of every list are narrower, and all stand on one page


def list_sheet(dossier: Dossier, draft: Draft, rows: Iterable[Row]) -> Sheet:
    """Lay out a list: its own columns, then those that every list has."""
    made = tuple(rows)
    tail = {code: width for code, width in _TAIL.items() if draft.counted or code != OPEN}
    tail |= _TIGHT if draft.tight else {}
    longest: float = max((_CODE, *(_width(row.code) for row in made if not row.hidden)))
    longest *= _SMALLER if draft.tight else 1
    columns = parts.columns({"编号": longest, **draft.widths, **tail}, {**parts.TITLES, **draft.titles})
    broad = parts.is_broad(columns) and not draft.tight
    return Sheet(
        name=draft.name,
        columns=columns,
        rows=(
            *parts.review_heading(dossier, columns, draft.title, draft.note, broad=broad),
            head_row(columns),
            *made,
        ),
        tab="band",
        filtered=draft.filtered,
        broad=broad,
        large=draft.tight and parts.is_broad(columns),
    )


def _width(code: str) -> int:
    """Count the characters of a code as its cell shows it, Chinese ones as two."""
    return sum(1 + (sign > "\x7f") for sign in code)


def entry(plain: tuple[Field, ...], needed: frozenset[str]) -> tuple[Field, ...]:
    """Give a register's row its checks: once anything is filled in, what is needed is."""
    used = parts.filled_any(plain)
    return tuple(
        with_checks(field, needed_where(field, used)) if field.column in needed else with_checks(field)
        for field in plain
    )
