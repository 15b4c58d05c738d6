"""What accepted returns propose to change in the contacts: their lists of contact persons, and the addresses that they came from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.form.sheets.unit.contacts import Detail, liaison
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.contacts.addresses import addresses_in
from fazhi_xl.office.contacts.declared import Part
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.one_line import one_line

_ACCEPTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_NOTES})
_NUMBER = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a unit's contact should be, by a source that the office can look up."""

    unit: Unit
    part: Part
    said: str
    source: str

    @property
    def key(self) -> str:
        """What tells it apart, wherever its row is moved, and whatever people write over it."""
        return f"{self.unit.id}|{self.part.value}|{hashlib.sha256(self.said.encode()).hexdigest()[:12]}"


def proposed(
    notice: Notice, files: Iterable[FileResult], senders: Mapping[str, str], contacts: Contacts
) -> Iterator[Proposal]:
    """Yield what accepted returns propose, unit by unit as the notice lists them. `senders` are addresses by the files' paths."""
    accepted = {file.unit: file for file in files if file.counts and file.status in _ACCEPTED}
    for unit in notice.units:
        file = accepted.get(unit.short)
        if file:
            yield from _of_list(notice, unit, file)
            yield from _of_sender(notice, unit, file, senders.get(file.path, ""), contacts)


def _of_list(notice: Notice, unit: Unit, file: FileResult) -> Iterator[Proposal]:
    if notice.contacts is None or file.answers is None:
        return
    values, inputs = file.answers.values, liaison(notice.contacts)
    said = {detail: one_line(str(values[key])) for detail, key in inputs.items() if values.get(key) is not None}
    source = f"{file.path}的“{notice.contacts.sheet}”({file.received}收到)"
    if name := said.get(Detail.NAME):
        yield Proposal(unit=unit, part=Part.PERSON, said=name, source=source)
    phones = [said[detail] for detail in (Detail.PHONE, Detail.MOBILE) if said.get(detail)]
    if phones:
        yield Proposal(unit=unit, part=Part.PHONE, said="、".join(dict.fromkeys(phones)), source=source)
    for address in addresses_in(said.get(Detail.MAIL, "")).found:
        yield Proposal(unit=unit, part=Part.ADDRESSES, said=address, source=source)


def _of_sender(notice: Notice, unit: Unit, file: FileResult, sender: str, contacts: Contacts) -> Iterator[Proposal]:
    """Yield the address that a return came from, unless it is known to be another unit's: that is a question of its own."""
    others = contacts.units_of.get(sender, frozenset()) | {
        each.short for each in notice.units if sender in map(str.lower, each.mail)
    }
    for address in addresses_in(sender).found:
        if others <= {unit.short}:
            source = f"来信 {file.path} 的发件人({file.received}收到)"
            yield Proposal(unit=unit, part=Part.ADDRESSES, said=address, source=source)


def holds(contact: Contact | None, part: Part, said: str) -> bool:
    """Say whether a contact says already what is proposed."""
    if contact is None:
        return False
    if part is Part.ADDRESSES:
        read = addresses_in(said)
        return bool(read.found) and not read.wrong and {*read.found} <= {*contact.addresses, *contact.copies}
    if part is Part.PHONE:
        numbers = _numbers(said)
        return numbers <= _numbers(contact.phone) if numbers else said == contact.phone
    return said == contact.person


def _numbers(said: str) -> set[str]:
    return set(_NUMBER.findall(said.replace("-", "").replace(" ", "")))


def present(contact: Contact | None, part: Part) -> str:
    """Give what a contact says of a part now."""
    if contact is None:
        return ""
    of = {Part.ADDRESSES: ";".join(contact.addresses), Part.PHONE: contact.phone, Part.PERSON: contact.person}
    return of[part]
