"""审核/决定.jsonl, the append-only record: each decision with its reviewer, day, book, the data it rests on, and what it replaced.

Each line is linked to the one before; see `chain`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Key
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.chain import PREVIOUS, is_unlinked, linked, odd_line
from fazhi_xl.office.review.kept_records import lines_of, remember
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.review.values import Reader, Values, readers_of, values_of
from fazhi_xl.office.review.vanished import refuse_vanished, way_back
from fazhi_xl.office.review.votes import Vote, source_name
from fazhi_xl.office.workspace.folder import Json, Workspace, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recorded decision: the values of a row of a review book; without values it withdraws the decision it replaces.

    `unit` is blank in the registers. The ids say what unit and row are, whatever they are called later, and `edition` when they were
    called so; lines of earlier versions have neither. `seen` is what the row showed of the return when it was decided, by column,
    and `basis` the digest of all that it stands for. `over` are the votes of other books against it, ignored until they change;
    earlier versions recorded them as texts. `follows` is the number of the ruling, on another row, that the decision follows from.
    """

    no: int
    unit: str
    row: str
    values: Values
    book: str
    sha256: str
    basis: str
    seen: Mapping[str, str]
    replaces: int | None
    bulk: bool
    recorded: str
    over: tuple[Vote | str, ...] = ()
    edition: str = ""
    unit_id: str = ""
    sub_point_id: str = ""
    follows: int | None = None

    @classmethod
    def from_json(cls, held: Json, readers: Callable[[str], Mapping[str, Reader]]) -> Decision:
        """Read a line of the record. Raises KeyError, TypeError, ValueError and the like where it is damaged."""
        held = {name: value for name, value in held.items() if name != PREVIOUS}
        own = readers(held["row"])
        over = tuple(
            each if isinstance(each, str) else Vote(book=each["book"], values=values_of(each["values"], own))
            for each in held.get("over", ())
        )
        made = cls(**{**held, "values": values_of(held["values"], own), "over": over})
        ids = (made.edition, made.unit_id, made.sub_point_id)
        texts = (made.unit, made.row, made.book, made.basis, made.recorded, *ids, *made.seen.values())
        if not all(isinstance(text, str) for text in (*texts, *(each.book for each in over if isinstance(each, Vote)))):
            raise TypeError(made.no)
        return made

    @property
    def as_json(self) -> Json:
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        over = [
            each if isinstance(each, str) else {"book": each.book, "values": each.values.texts} for each in self.over
        ]
        return {**plain, "values": self.values.texts, "over": over}

    @property
    def key(self) -> Key:
        return self.unit, self.row

    @property
    def source(self) -> str:
        """Name the book it was taken from, or what it was taken by in place of one."""
        return source_name(self.book)

    @property
    def vote(self) -> Vote:
        return Vote(book=self.book, values=self.values)

    @property
    def decides(self) -> bool:
        """Whether it determines a sub-point's score."""
        return self.values.score is not None or self.values.approval is not None


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """All decisions in their order; those of a review that a version began which did not link its lines are `unlinked`."""

    decisions: tuple[Decision, ...] = ()
    unlinked: bool = False

    @property
    def current(self) -> dict[Key, Decision]:
        """The last decision on each key, withdrawals included."""
        return {each.key: each for each in self.decisions}

    @property
    def in_force(self) -> dict[Key, Decision]:
        """The last decision on each key, but for what was taken back."""
        return {key: each for key, each in self.current.items() if each.values}

    def ruling_of(self, decision: Decision | None) -> Decision | None:
        """Give the ruling that a decision on a sub-point follows from; None where somebody entered the decision."""
        return self.decisions[decision.follows - 1] if decision and decision.follows else None

    def last_from(self, book: str) -> dict[Key, Decision]:
        """Give the last decision on each key among those taken from this book, but for what only followed from its rulings."""
        return {each.key: each for each in self.decisions if each.book == book and each.follows is None}


def record_file(space: Workspace) -> Path:
    return DECISIONS.file(space)


def books_recorded(space: Workspace) -> frozenset[str]:
    """Name the books that decisions were taken from, of a record that is sound."""
    return frozenset(str(json.loads(line)["book"]) for line in lines_of(record_file(space).read_bytes()))


def read_record(space: Workspace, notice: Notice, today: Callable[[Decision], Decision]) -> DecisionLog:
    """Read all decisions of a round, each as `today` names it.

    Raises WrongUseError for a damaged line, one that does not fit the chain, and where decisions that were recorded have vanished or
    were changed, since a ranking without some decisions would be wrong.
    """
    path = record_file(space)
    with reading(path):
        lines = lines_of(path.read_bytes() if path.exists() else b"")
    refuse_vanished(space, DECISIONS, lines)
    readers = readers_of(notice)
    made = tuple(_decision(space, no, line, readers) for no, line in enumerate(lines, 1))
    if odd := odd_line(lines):
        raise WrongUseError(f"{path} {odd},没有收表。", *way_back(space, DECISIONS))
    return DecisionLog(tuple(map(today, made)), unlinked=is_unlinked(lines))


def _decision(space: Workspace, no: int, line: bytes, readers: Callable[[str], Mapping[str, Reader]]) -> Decision:
    path = record_file(space)
    try:
        made = Decision.from_json(json.loads(line), readers)
    except (ValueError, TypeError, AttributeError, ArithmeticError, KeyError) as error:
        raise WrongUseError(f"{path} 第{no}行读不出来,没有收表。", *way_back(space, DECISIONS)) from error
    if made.no != no:
        odd = f"{path} 第{no}行应是第{no}号决定,写的是第{made.no}号:中间少了、多了或重了行,没有收表。"
        raise WrongUseError(odd, *way_back(space, DECISIONS))
    return made


def add_to_record(space: Workspace, record: DecisionLog, more: Iterable[Decision]) -> DecisionLog:
    """Append decisions to the record, and remember how far it goes. Raises WrongUseError where the files cannot be written."""
    added, path = tuple(more), record_file(space)
    with reading(path):
        before = path.read_bytes() if path.exists() else b""
    if added:
        lines = linked(lines_of(before), (each.as_json for each in added))
        space.make(space.review)
        before += (b"" if before.endswith(b"\n") or not before else b"\n") + b"".join(line + b"\n" for line in lines)
        space.write(path, before)
    remember(space, DECISIONS, before)
    return DecisionLog((*record.decisions, *added), unlinked=record.unlinked)
