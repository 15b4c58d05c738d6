"""The rows of the sheet 联系人 as contacts: a row that is wrong costs no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.contacts.addresses import addresses_in, likelier
from fazhi_xl.office.contacts.declared import ADDRESSES, COPIES, NOTE, PERSON, PHONE, UNIT
from fazhi_xl.office.contacts.hidden import names_password, shown
from fazhi_xl.office.contacts.told import Told
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.one_line import one_line
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet, Value
from fazhi_xl.xlsx.kept.remarks import BookRemark

_ZERO_LOST = re.compile(r"(?!1)\d{9,11}")  # a number with an area code, which begins with 0, and no mobile


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A row: where it stands, the unit that it is of, whether that has the row, and the contact that it makes."""

    at: int
    unit: Unit | None
    contact: Contact | None = None


@dataclass(frozen=True, kw_only=True)
class People:
    """The rows, those without a unit as well, the units without a row, and what is told of them."""

    rows: tuple[Person, ...] = ()
    missing: tuple[Unit, ...] = ()
    remarks: tuple[BookRemark, ...] = ()

    @property
    def row_of(self) -> Mapping[str, Person]:
        """Give the row of each unit by its short name."""
        return {row.contact.unit: row for row in self.rows if row.contact}

    @property
    def contacts(self) -> Contacts:
        return Contacts(by_unit={unit: row.contact for unit, row in self.row_of.items() if row.contact})


def people(sheet: ReadSheet, notice: Notice) -> People:
    """Read the rows of the sheet."""
    reading = _Reading(sheet=sheet, notice=notice)
    rows = tuple(map(reading.row, sheet.lines))
    missing = tuple(unit for unit in notice.units if unit.short not in reading.first)
    reading.remarks += (Told.NO_ROW.at(sheet.name, unit=unit.short) for unit in missing)
    return People(rows=rows, missing=missing, remarks=tuple(reading.remarks))


def text_of(value: Value) -> str:
    """Give what a cell says as text in one line."""
    return one_line(str(value)) if value is not None else ""


@dataclass(kw_only=True)
class _Reading:
    sheet: ReadSheet
    notice: Notice
    remarks: list[BookRemark] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)
    """The row of each unit that has one."""
    owners: dict[str, str] = field(default_factory=dict)
    """The unit beside which an address stood first."""

    def __post_init__(self) -> None:
        self.by_id = {unit.id: unit for unit in self.notice.units}

    def tell(self, told: Told, line: ReadLine, column: str, **words: object) -> None:
        self.remarks.append(told.at(self.sheet.name, self.sheet.cell(column, line.at), **words))

    def row(self, line: ReadLine) -> Person:
        for title in (UNIT, PERSON, PHONE, NOTE):
            if names_password(text_of(line.cells.get(title))):
                self.tell(Told.PASSWORD_HERE, line, title)
        unit = self._unit(line)
        if unit is None:
            return Person(at=line.at, unit=None)
        first = self.first.setdefault(unit.short, line.at)
        if first != line.at:
            self.tell(Told.TWO_ROWS, line, UNIT, unit=unit.short, first=first)
            return Person(at=line.at, unit=None)
        return Person(at=line.at, unit=unit, contact=self._contact(line, unit))

    def _unit(self, line: ReadLine) -> Unit | None:
        """Find the unit of a row: by what is seen, and where that names none by the hidden key."""
        said = text_of(line.cells.get(UNIT))
        called = self.notice.unit_called(said) if said else None
        known = self.by_id.get(line.key)
        if called is None and known and said and folded_width(said) != known.short:
            self.tell(Told.RENAMED, line, UNIT, said=shown(said), unit=known.short)
        if called or known:
            return called or known
        if not said:
            self.tell(Told.NO_UNIT, line, UNIT)
        elif line.key:
            self.tell(Told.GONE, line, UNIT, said=shown(said))
        else:
            near = self.notice.nearest_name(said, cutoff=0.5)
            hint = f",例如“{near}”" if near else ""
            self.tell(Told.UNKNOWN_UNIT, line, UNIT, said=shown(said), near=hint)
        return None

    def _contact(self, line: ReadLine, unit: Unit) -> Contact:
        addresses = self._addresses(line, ADDRESSES)
        copies = self._addresses(line, COPIES)
        for address in copies:
            if address in addresses:
                self.tell(Told.ADDRESS_TWICE, line, COPIES, said=address)
        for title, those in ((ADDRESSES, addresses), (COPIES, copies)):
            self._shared(line, title, unit, those)
        if not addresses and line.cells.get(ADDRESSES) is None:
            self.tell(Told.NO_ADDRESS, line, ADDRESSES, unit=unit.short)
        return Contact(
            unit=unit.short,
            addresses=addresses,
            copies=tuple(each for each in copies if each not in addresses),
            person=text_of(line.cells.get(PERSON)),
            phone=self._phone(line),
        )

    def _addresses(self, line: ReadLine, title: str) -> tuple[str, ...]:
        said = line.cells.get(title)
        read, linked = addresses_in("" if said is None else str(said)), addresses_in(line.links.get(title, ""))
        if linked.found and not read.found:  # a name that leads to its address
            return linked.found
        secret = names_password(str(said or ""), read.found)
        if secret:
            self.tell(Told.PASSWORD_HERE, line, title)
        for wrong in () if secret else read.wrong:
            self.tell(Told.NOT_ADDRESS, line, title, title=title, said=shown(wrong.said), why=wrong.why)
        for address in read.twice:
            self.tell(Told.ADDRESS_TWICE, line, title, said=address)
        for address in read.found:
            if near := likelier(address):
                self.tell(Told.TYPO, line, title, said=address, near=near)
        for address in linked.found:  # programs make a link of an address, and keep it when that is changed
            if address not in read.found:
                self.tell(Told.LINK_DIFFERS, line, title, said=";".join(read.found), link=address)
        return read.found

    def _shared(self, line: ReadLine, title: str, unit: Unit, addresses: tuple[str, ...]) -> None:
        for address in addresses:
            other = self.owners.setdefault(address, unit.short)
            if other != unit.short:
                self.tell(Told.TWO_UNITS, line, title, said=address, other=other)

    def _phone(self, line: ReadLine) -> str:
        said = line.cells.get(PHONE)
        shown = text_of(said)
        if isinstance(said, int) and _ZERO_LOST.fullmatch(shown):
            self.tell(Told.ZERO_LOST, line, PHONE)
        return shown
