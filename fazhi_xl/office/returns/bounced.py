"""Mails that came back, whatever unit their subjects name: they are no unit's; whose address was not reached is told by the contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.bounces import AND, addresses_within
from fazhi_xl.office.returns.provenance import Origins
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn
from fazhi_xl.rounds.status import Status

_ABOUT = frozenset({Code.MAIL_BOUNCED, Code.MAIL_DELAYED})
_OF_PROGRAMS = _ABOUT | {Code.MAIL_AUTOMATIC}


def with_addressees(returns: Iterable[OpenedReturn | ClosedFile], known: Origins) -> list[OpenedReturn | ClosedFile]:
    """Close what programs sent by themselves, and name the units whose addresses mails did not reach.

    Where a mail does not say the address in its fields, the one known address in its text is it.
    """
    return [_named(each, known) if isinstance(each, ClosedFile) else each for each in returns]


def _named(closed: ClosedFile, known: Origins) -> ClosedFile:
    if not any(each.code in _OF_PROGRAMS for each in closed.findings):
        return closed
    data = closed.arrival.data or b""
    findings = tuple(_with_unit(each, data, known) if each.code in _ABOUT else each for each in closed.findings)
    return replace(closed, status=Status.IGNORED, findings=findings)


def _with_unit(told: Finding, data: bytes, known: Origins) -> Finding:
    addresses = [each.lower() for each in (told.value or "").split(AND)]
    if not any(each in known.mails for each in addresses):
        within = sorted(addresses_within(data) & known.mails.keys())
        if len(within) != 1:
            return told
        addresses = within
    owners = frozenset[str]().union(*(known.mails.get(each, frozenset()) for each in addresses))
    units = AND.join(each.short for each in known.notice.units if each.short in owners)
    return finding(told.code, value=AND.join(addresses), unit=f"({units})", detail=told.words["detail"])
