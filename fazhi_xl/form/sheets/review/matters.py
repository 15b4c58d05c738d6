"""Lists of a review book whose rows arise while the round is reviewed, as questions do that the office has to answer.

A row is named by what it is about and by a digest of what it shows, `06/同数.6.1.3f9a0c11`: a question is asked once, and anew when
what it rests on has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from fazhi_xl.form.model import Content, Field, Label, Row, Sheet
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import OPEN, UNIT
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.lists import Draft, list_sheet
from fazhi_xl.notice.model import Unit

Said = Decimal | date | str
"""What the record holds of an input: a score in points, a day, a text or a choice."""
_DIGITS = 8  # hexadecimal digits of a digest
_NARROW = 16  # characters of a column, below which what stands in it is a name or a figure, and centred


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterList:
    """One such list. `head` begins the codes of its rows behind the unit; `shown` gives the locked columns with their widths.

    `ask` gives a row's inputs: of a row that is only read, the matter says nothing. The row is answered once one of the columns
    `answered` is filled in. `for_sealing` are lists that keep no ranking from being official, but an edition from being sealed.
    Of the lists whose rows are about sub-points, `ruling` gives, from what is on record of a row, what is decided on the sub-point itself:
    nothing where the row leaves that as it is; reasons that come of it begin with `after`.
    """

    head: str
    name: str
    note: str
    shown: Mapping[str, float]
    titles: Mapping[str, str]
    answered: tuple[str, ...]
    ask: Callable[[Dossier, Matter], tuple[Field, ...]]
    for_sealing: bool = False
    inputs: Mapping[str, float] = field(default_factory=dict)  # the widths of the inputs that not every list has
    numbers: frozenset[str] = frozenset()  # the inputs that hold scores, in points
    ruling: Callable[[Mapping[str, Said]], Mapping[str, Said]] | None = None
    after: str = ""

    def matter(self, unit: Unit, about: str, said: Mapping[str, str], rests_on: object = None) -> Matter:
        """Make the matter of a unit about something with an id; it is another one where what it `rests_on`, or else says, differs."""
        digest = _digest([unit.id, about, said if rests_on is None else rests_on])
        return Matter(unit=unit, row=f"{self.head}.{about}.{digest}", said={UNIT: unit.short, **said})

    def holds(self, row: str) -> bool:
        """Say whether a row, without its unit, is one of the list."""
        return row.startswith(f"{self.head}.")

    def cells(self, matter: Matter) -> Mapping[str, Content]:
        """Give what stands locked in a matter's row."""
        return {
            column: Label(matter.said.get(column, ""), "measure" if width < _NARROW else "text")
            for column, width in self.shown.items()
        }

    def sheet(self, dossier: Dossier, matters: tuple[Matter, ...]) -> Sheet:
        """Draw up the list, with a row for each matter."""
        rows = (self._row(dossier, each) for each in matters)
        draft = Draft(
            name=self.name,
            title=self.name,
            widths={**self.shown, **self.inputs},
            titles=self.titles,
            note=self.note,
            counted=True,
            filtered=True,
            tight=True,
        )
        return list_sheet(dossier, draft, rows)

    def _row(self, dossier: Dossier, matter: Matter) -> Row:
        locked = {**self.cells(matter), OPEN: parts.undecided(matter.code, *self.answered)}
        return parts.row(dossier, matter.code, locked, partial(self.ask, dossier, matter), kept=False)


def about(row: str) -> str:
    """Give the id of what a matter's row is about."""
    return row.partition(".")[2].rpartition(".")[0]


def basis(matter: Matter) -> str:
    """Give the digest that a matter's row is named by."""
    return matter.row.rpartition(".")[2]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
