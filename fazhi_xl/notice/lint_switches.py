"""Remarks on rule switches by which nothing changes, or nothing in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fazhi_xl.findings.adjustable import finding_name
from fazhi_xl.notice.lint_remark import SWITCHES, Noted
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.switches import before


def idle_switches(notice: Notice) -> Iterator[Noted]:
    """Name the switches that make of a finding what it is without them."""
    for at, each in enumerate(notice.switches):
        if before(notice.switches, each) is each.severity:
            name, word = finding_name(each.finding), each.severity.word
            said = Oddity.IDLE_SWITCH(name=name, since=each.since, word=word)
            yield SWITCHES.at("switches", at, "severity").says(said)


def late_switches(notice: Notice) -> Iterator[Noted]:
    """Name the switches that begin after the days by which forms and corrected forms are due."""
    dates = notice.about.dates
    due = max(filter(None, (dates.ledger_due, dates.corrections_due)))
    for at, each in enumerate(notice.switches):
        if each.since > due:
            said = Oddity.LATE_SWITCH(name=finding_name(each.finding), since=each.since, due=due)
            yield SWITCHES.at("switches", at, "since").says(said)


SWITCH_RULES: tuple[tuple[str, Callable[[Notice], Iterator[Noted]]], ...] = (
    ("idle-switch", idle_switches),
    ("late-switch", late_switches),
)
