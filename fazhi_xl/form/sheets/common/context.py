"""What the sheets of one unit's form are made from, and the rows they have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import Weight, Weights
from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import CODE_COLUMN, Label, Row, SheetColumn, Slot
from fazhi_xl.notice.choices import KeptBy
from fazhi_xl.notice.model import Contacts, Index, Item, Notice, Situation, SubPoint
from fazhi_xl.notice.registers import Register

_Part = TypeVar("_Part")
Made = dict[tuple[object, ...], object]
"""What several shapes of one notice have in common, by what made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The notice and the sub-points of one shape, in the notice's order; `mark` is set on a rehearsal's forms.

    `deductions` are the situations whose facts the unit holds, and `others` the units that it may name in them.
    With `previous`, an earlier round's answer stands beside each input. `draft` says how the form is drawn up, `weights` what the
    office has made of findings when it is issued.
    """

    notice: Notice
    sub_points: tuple[SubPoint, ...]
    deductions: tuple[Situation, ...] = ()
    others: tuple[str, ...] = ()
    previous: bool = False
    mark: str = ""
    draft: Draft = Draft.CURRENT
    weights: Weights = field(default_factory=dict)
    made: Made = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: tuple[object, ...], make: Callable[[], _Part]) -> _Part:
        """Give what several shapes have in common, made for the first of them; briefs that share `made` differ in their units alone."""
        if key not in self.made:
            self.made[key] = make()
        return cast("_Part", self.made[key])

    def off(self, code: Code) -> bool:
        """Say whether the office has switched a finding off when the form is issued."""
        return self.weights.get(code) is Weight.OFF

    @property
    def items(self) -> tuple[Item, ...]:
        """The items that have at least one of the sub-points."""
        named = {self.notice.item_of[sub.code].no for sub in self.sub_points}
        return tuple(item for item in self.notice.items if item.no in named)

    @property
    def index(self) -> Index:
        """The index, where the notice has one."""
        return present(self.notice.index)

    @property
    def contacts(self) -> Contacts:
        """The list of contact persons, where the notice has one."""
        return present(self.notice.contacts)

    @property
    def evidenced(self) -> tuple[SubPoint, ...]:
        """The sub-points for which documents are listed: none where the notice asks for no evidence.

        What the catalogue names no documents for needs none, and what the office's values or its own records score neither:
        no unit has what only the office records.
        """
        notice = self.notice
        asked = notice.about.texts.evidence
        office = notice.scored_by_office | (notice.recorded_by_office if self.draft > Draft.FIRST else frozenset())
        return tuple(sub for sub in self.sub_points if asked and sub.evidence and sub.code not in office)

    @property
    def folders(self) -> str:
        """The numbers of the items for which the unit makes a folder of documents."""
        return "、".join(dict.fromkeys(str(self.notice.item_of[sub.code].no) for sub in self.evidenced))

    @property
    def registers(self) -> tuple[Register, ...]:
        """The registers that the unit keeps: those that feed one of its sub-points, or none of anyone's."""
        own = {sub.id for sub in self.sub_points}
        kept = self.notice.registers_of(KeptBy.UNIT)
        return tuple(each for each in kept if not each.feeds or own & {feed.sub_point for feed in each.feeds})

    def of(self, item: Item) -> tuple[SubPoint, ...]:
        """Give the sub-points of an item."""
        return tuple(sub for sub in self.sub_points if self.notice.item_of[sub.code] is item)


def present(part: _Part | None) -> _Part:
    """Give a part that the notice has. Raises ValueError where it has none: no sheet is made for it then."""
    if part is None:
        raise ValueError
    return part


def heading(brief: Brief, columns: tuple[SheetColumn, ...], title: str, note: str = "") -> tuple[Row, ...]:
    """Give the rows above a table: title, unit and form number, and a note where there is one."""
    first = columns[0].code
    rows = [
        Row(cells={first: Label(brief.mark + title, "title")}, merged=True, height=32),
        Row(cells={first: Slot("unit_line", "unit")}, merged=True, height=22),
    ]
    if note:
        rows.append(band(columns, note, "note"))
    return tuple(rows)


def band(columns: tuple[SheetColumn, ...], text: str, style: str, code: str = "") -> Row:
    """Stretch one text over the table, from the second column on where the row has a code."""
    cells = {columns[0].code: Label(code, "code"), columns[1].code: Label(text, style)}
    if not code:
        cells = {columns[0].code: Label(text, style)}
    return Row(code=code, cells=cells, merged=True)


def head_row(columns: tuple[SheetColumn, ...]) -> Row:
    """Give the row of a table's titles."""
    cells = {column.code: Label(column.title or column.code, column.head) for column in columns}
    noted = any("\n" in column.title for column in columns)
    return Row(cells=cells, head=True, height=40 if noted else 30)


def code_cell(code: str) -> dict[str, Label]:
    """Give the cell that carries a row's code."""
    return {CODE_COLUMN: Label(code, "code")}
