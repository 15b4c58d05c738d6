"""Whom a unit is written to, and from which addresses it writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom a unit is written to: addresses in lower case, those that get copies, and the person with a telephone number."""

    unit: str
    addresses: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    person: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """The contacts of a round by the units' short names; of none where the office keeps no list."""

    by_unit: Mapping[str, Contact] = field(default_factory=dict)

    @cached_property
    def units_of(self) -> Mapping[str, frozenset[str]]:
        """The units that an address stands beside, as one to write to or as a copy."""
        known: dict[str, frozenset[str]] = {}
        for contact in self.by_unit.values():
            for address in (*contact.addresses, *contact.copies):
                known[address] = known.get(address, frozenset()) | {contact.unit}
        return known
