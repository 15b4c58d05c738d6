"""The rows of the sheet 变更建议: what is open, what the office decided, and what becomes of new proposals beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.contacts.addresses import addresses_in
from fazhi_xl.office.contacts.declared import (
    DECISION,
    NOW,
    PROPOSED,
    RESULT,
    SOURCE,
    UNIT,
    WHAT,
    Decision,
    Part,
)
from fazhi_xl.office.contacts.hidden import shown
from fazhi_xl.office.contacts.people import text_of
from fazhi_xl.office.contacts.proposals import Proposal, holds, present
from fazhi_xl.office.contacts.told import Told
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.xlsx.kept.find import plain
from fazhi_xl.xlsx.kept.model import Line, ReadLine, ReadSheet, Value
from fazhi_xl.xlsx.kept.remarks import BookRemark

_DECISIONS = {each.word: each for each in Decision}
_ADDS = "采用的,加上这一个,现在的也留着"
_PARTS = {each.word: each for each in Part}


@dataclass(slots=True, kw_only=True)
class Row:
    """A row that was read: the unit and the part that it is of, what it says, and whether it is done with."""

    at: int
    key: str
    unit: Unit
    part: Part
    said: str
    decision: Decision | None
    done: bool


@dataclass(kw_only=True)
class Decided:
    """What is to be written: values of contacts by unit and part, of addresses those that are added, and lines of the sheet.

    `contacts` are what they are with what was adopted.
    """

    adopted: dict[tuple[str, Part], str] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    """Lines that stand already, by their rows."""
    added: list[Line] = field(default_factory=list)
    remarks: list[BookRemark] = field(default_factory=list)
    open: int = 0
    carried_out: int = 0
    contacts: Contacts = field(default_factory=Contacts)


def decide(
    notice: Notice, contacts: Contacts, sheet: ReadSheet | None, proposals: Iterable[Proposal], day: date
) -> Decided:
    """Carry out what the office adopted, close what is settled, and put new proposals beside what is there."""
    deciding = _Deciding(notice=notice, contacts=dict(contacts.by_unit), sheet=sheet, day=day)
    for row in deciding.rows:
        deciding.settle(row)
    for proposal in proposals:
        deciding.propose(proposal)
    deciding.decided.contacts = Contacts(by_unit=deciding.contacts)
    return deciding.decided


@dataclass(kw_only=True)
class _Deciding:
    notice: Notice
    contacts: dict[str, Contact]
    sheet: ReadSheet | None
    day: date
    decided: Decided = field(default_factory=Decided)

    def __post_init__(self) -> None:
        self.by_id: Mapping[str, Unit] = {unit.id: unit for unit in self.notice.units}
        self.rows = [row for line in (self.sheet.lines if self.sheet else ()) if (row := self._row(line))]

    # What the office decided --------------------------------------------------------------------------------------------

    def _tell(self, told: Told, at: int, column: str, **words: object) -> None:
        if self.sheet:
            self.decided.remarks.append(told.at(self.sheet.name, self.sheet.cell(column, at), **words))

    def _row(self, line: ReadLine) -> Row | None:
        """Read a row; None for one that is done with by hand, or that names no unit or part."""
        said = {title: text_of(value) for title, value in line.cells.items()}
        done, decision = bool(said.get(RESULT)), said.get(DECISION, "")
        unit = self.notice.unit_called(said.get(UNIT, "")) or self.by_id.get(line.key.partition("|")[0])
        part = _PARTS.get(plain(said.get(WHAT)))
        known = _DECISIONS.get(plain(decision))
        refused = done or known is Decision.LEAVE
        if unit is None or part is None:
            if not refused:
                told, column = (Told.PROPOSAL_PART, WHAT) if unit else (Told.PROPOSAL_UNIT, UNIT)
                self._tell(told, line.at, column, said=shown(said.get(column, "")))
            return None
        if decision and known is None and not done:
            self._tell(Told.DECISION, line.at, DECISION, title=DECISION, said=shown(decision))
        return Row(
            at=line.at, key=line.key, unit=unit, part=part, said=said.get(PROPOSED, ""), decision=known, done=done
        )

    def settle(self, row: Row) -> None:
        contact = self.contacts.get(row.unit.short)
        if row.done:
            return
        if row.decision is Decision.LEAVE:
            self._close(row, f"{self.day} 不采用")
        elif holds(contact, row.part, row.said):
            self._close(row, f"{self.day} “联系人”表已经是这样")
        elif row.decision is Decision.TAKE:
            self._take(row, contact)
        else:
            self.decided.open += 1

    def _take(self, row: Row, contact: Contact | None) -> None:
        before, said, place = present(contact, row.part), row.said, (row.unit.short, row.part)
        if not said:
            self._tell(Told.PROPOSAL_BLANK, row.at, PROPOSED)
            return
        if row.part is Part.ADDRESSES:
            read = addresses_in(said)
            if read.wrong:
                self._tell(
                    Told.PROPOSAL_ADDRESS, row.at, PROPOSED, said=shown(read.wrong[0].said), why=read.wrong[0].why
                )
                return
            known = (self.decided.adopted.get(place), *read.found)
            self.decided.adopted[place] = ";".join(filter(None, known))
            said = ";".join((*(contact.addresses if contact else ()), *read.found))
        else:
            self.decided.adopted[place] = said
        self.contacts[row.unit.short] = _changed(row.unit.short, contact, row.part, said)
        self.decided.carried_out += 1
        self._close(row, f"{self.day} 采用,{_written(row.part, before)}")

    def _close(self, row: Row, result: str) -> None:
        row.done = True
        self.decided.lines[row.at] = Line(key=row.key, cells={RESULT: result}, at=row.at)

    # New proposals ------------------------------------------------------------------------------------------------------

    def propose(self, new: Proposal) -> None:
        """Put a proposal beside what is there: what was decided and is the same is not asked again, an open one is replaced."""
        contact = self.contacts.get(new.unit.short)
        last = next(iter(self._beside(new)), None)
        if holds(contact, new.part, new.said) or (last and last.key == new.key):
            return
        cells: dict[str, Value] = {
            UNIT: new.unit.short,
            WHAT: new.part.word,
            NOW: present(contact, new.part) or None,
            PROPOSED: new.said,
            SOURCE: f"{new.source}。{_ADDS}"
            if new.part is Part.ADDRESSES and present(contact, new.part)
            else new.source,
        }
        if last and not last.done and last.decision is None:
            self.decided.lines[last.at] = Line(key=new.key, cells=cells, at=last.at)
            last.key, last.said = new.key, new.said
        else:
            self.decided.added.append(Line(key=new.key, cells=cells))
            self.decided.open += 1

    def _beside(self, new: Proposal) -> Iterator[Row]:
        """Yield the rows that a proposal is told apart from, the last first: of addresses, which add up, those of the same one."""
        for row in reversed(self.rows):
            of_it = row.unit.short == new.unit.short and row.part is new.part
            if of_it and (new.part is not Part.ADDRESSES or row.key == new.key):
                yield row


def _written(part: Part, before: str) -> str:
    """Say what was done with a proposal: an address is added to those that are there, anything else takes their place."""
    if part is Part.ADDRESSES:
        return f"已在“联系人”表里加上,原来的“{before}”也留着" if before else "已写进“联系人”表"
    return "已写进“联系人”表" + (f",原来是“{before}”" if before else "")


def _changed(unit: str, contact: Contact | None, part: Part, said: str) -> Contact:
    addresses = addresses_in(said).found if part is Part.ADDRESSES else contact.addresses if contact else ()
    return Contact(
        unit=unit,
        addresses=addresses,
        copies=contact.copies if contact else (),
        person=said if part is Part.PERSON else present(contact, Part.PERSON),
        phone=said if part is Part.PHONE else present(contact, Part.PHONE),
    )
