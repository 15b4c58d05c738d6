"""A mail that came back names the unit whose address it is, by the office's list of contacts."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.findings import Code, finding
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.office.returns.bounced import with_addressees
from fazhi_xl.office.returns.provenance import origins
from fazhi_xl.office.returns.stages import ClosedFile
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.status import Status
from tests.support.campaign import the_notice

FIRST, SECOND = (unit.short for unit in the_notice().units[:2])
CONTACTS = Contacts(
    by_unit={
        FIRST: Contact(unit=FIRST, addresses=("a@example.cn",), copies=("both@example.cn",)),
        SECOND: Contact(unit=SECOND, addresses=("b@example.cn", "both@example.cn")),
    }
)
TEXT = b"From: MAILER-DAEMON@x.cn\nSubject: failure notice\n\nSorry, %s is unknown.\n"


@pytest.mark.parametrize(
    ("value", "data", "told"),
    [
        ("a@example.cn", b"", f"寄到a@example.cn({FIRST})的邮件没有送到"),
        ("both@example.cn", b"", f"寄到both@example.cn({FIRST}、{SECOND})的邮件没有送到"),
        ("other@example.cn", b"", "寄到other@example.cn的邮件没有送到"),
        ("(退信里没有写明)", TEXT % b"<B@Example.cn>", f"寄到b@example.cn({SECOND})的邮件没有送到"),
        ("(退信里没有写明)", TEXT % b"a@example.cn, b@example.cn", "寄到(退信里没有写明)的邮件没有送到"),
        ("(退信里没有写明)", TEXT % b"x@example.cn", "寄到(退信里没有写明)的邮件没有送到"),
    ],
)
def test_whose_address_it_is(value: str, data: bytes, told: str) -> None:
    """The units of the address are named; where the mail does not say it in its fields, the one known address in its text is."""
    found = finding(Code.MAIL_BOUNCED, value=value, unit="", detail="550")
    arrival = Arrival(path="退信.eml", received=date(2020, 11, 22), data=data)
    closed = ClosedFile(arrival=arrival, status=Status.REJECTED, findings=(found,))
    (named,) = with_addressees([closed], origins(the_notice(), CONTACTS))
    assert isinstance(named, ClosedFile)
    assert named.status is Status.IGNORED
    assert told in named.findings[0].message


def test_an_answer_of_a_program_is_no_return() -> None:
    """It is nobody's return, whatever unit its sender or its subject is of."""
    found = finding(Code.MAIL_AUTOMATIC, kind="自动回复")
    arrival = Arrival(path=f"自动回复 {FIRST}.eml", received=date(2020, 11, 22), sender="a@example.cn")
    closed = ClosedFile(arrival=arrival, status=Status.REJECTED, findings=(found,))
    assert with_addressees([closed], origins(the_notice(), CONTACTS)) == [
        ClosedFile(arrival=arrival, status=Status.IGNORED, findings=(found,))
    ]
