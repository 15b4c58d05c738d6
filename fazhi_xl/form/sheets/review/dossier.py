"""What a review book is made from: the cases that the office decides, each under a row code that stays the same between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.model import Notice, Section, SubPoint, Unit
from fazhi_xl.points import Hundredths


def row_code(unit: Unit, row: str) -> str:
    """Name a unit's row: `06/6.1`, `06/加分.01`."""
    return f"{unit.no:02d}/{row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sub-point of one unit, as it was returned; `facts` and `doubts` are texts, `evidence` counts the ledger's rows.

    `materials` says what came for it, and `materials_at` leads to the file, folder or archive with that, blank where nothing does.
    `told` is what this run has to say of it, as that books contradict each other, and `register` by which register it is scored.
    """

    unit: Unit
    sub: SubPoint
    facts: str = ""
    auto: Hundredths | None = None
    self_score: Hundredths | None = None
    evidence: int = 0
    materials: str = ""
    materials_at: str = ""
    doubts: str = ""
    told: str = ""
    register: str = ""
    out: bool = False  # 不涉及 is to be approved or refused

    @property
    def code(self) -> str:
        return row_code(self.unit, self.sub.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a unit claims a bonus for, or provides of another unit's deduction: `row` of its form, and what stands there by column."""

    unit: Unit
    row: str
    said: Mapping[str, str]
    matter: str = ""  # its number: rows of one matter have the same
    hint: str = ""

    @property
    def code(self) -> str:
        return row_code(self.unit, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The number of the matter of an entry of the office, and what other rows it looks like."""

    matter: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """What was open when the returns were collected, which no cell of a book can tell: the word for its kind, its sheet and row."""

    word: str
    sheet: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Everything that the office decides; `registers` names the rows that it fills in itself, by the sheet's name.

    `matters` are those that arise in the review, by what the codes of their rows begin with. `alike` tells of the rows of registers
    what they look like, and `reviewers` who decided a row, by their codes; `left` is what is open besides the rows that nobody has
    decided.

    `basis` and `decided` give what is printed in each row: the digest of what it shows, and the decision that it shows.
    `unexplained` are rows with the verdict that an earlier version recorded there without the reason that one needs by now, and
    `excused` gives what is on record in rows that would not be taken today, by column: they stay in force as they are.
    """

    notice: Notice
    cases: tuple[Case, ...] = ()
    claims: tuple[Matter, ...] = ()
    provided: tuple[Matter, ...] = ()
    matters: Mapping[str, tuple[Matter, ...]] = field(default_factory=dict)
    registers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: Mapping[str, Likeness] = field(default_factory=dict)
    basis: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    unexplained: Mapping[str, str] = field(default_factory=dict)
    excused: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    reviewers: Mapping[str, str] = field(default_factory=dict)
    left: tuple[LeftOpen, ...] = ()
    mark: str = ""
    this_year: int = 0  # in which one may decide, where the round goes on longer than a year
    section: Section | None = None  # of a section's own book

    def section_of(self, sub: SubPoint) -> str:
        """Name the section that decides a sub-point; blank where the review is not shared."""
        item = self.notice.item_of[sub.code].id
        return next((each.name for each in self.notice.about.review.sections if item in each.items), "")
