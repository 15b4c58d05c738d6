"""A return's folder, its file's name and its sender are compared with the form in it; the form is believed, and somebody asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.postmark import Postmark
from fazhi_xl.office.returns.provenance import Origins, origin_doubts, origins
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.day_basis import DayBasis
from tests.office.commands.test_collect_files import zipped
from tests.support.campaign import the_notice
from tests.support.mails import mail
from tests.support.offices import FIRST, FOURTH, SECOND, Office

ALL = origins(the_notice())


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("教育局", "教育局"), ("13_教育局", "教育局"), ("13 教育局", "教育局"), ("13.教育局", "教育局"), ("区教育局", "教育局"),
        ("13_教育局.zip", "教育局"), ("教育局.eml", "教育局"), ("教育局.zip#2", "教育局"), ("研究室", "区委办"), ("09_网信办", "宣传部"),
        ("区委办(含研究室)", "区委办"), ("区委办（含研究室）", "区委办"), (" 教育局 ", "教育局"),
        ("教育局报送", "教育局"), ("教育局长", None), ("2020-11-18", None), ("6", None), ("教育", None), ("", None), ("13", None),
    ],
)  # fmt: skip
def test_whose_folder(name: str, owner: str | None) -> None:
    """A folder is a unit's where its whole name is one of the unit's, with or without a number."""
    assert ALL.folder_of(name) == owner


@pytest.mark.parametrize(
    "name",
    [f"{SECOND}.xlsx", f"{SECOND}(2).xls", f"04{SECOND}任务分解表定稿.xlsx", "区政协.et", f"{SECOND}、检察院.xlsx"],
)
def test_another_units_file_name(office: Office, name: str) -> None:
    """A form under another unit's name, however that is written, counts for its form number, and is asked about."""
    office.receive(name, office.filled(FIRST))
    office.collect()
    (doubt,) = office.file(name)["findings"]
    assert (doubt["code"], doubt["severity"], doubt["value"]) == ("file-name-differs", "confirm", name)
    assert office.unit(FIRST)["state"] == "returned"


@pytest.mark.parametrize(
    "name", ["区人大.xlsx", f"{FIRST}、{SECOND}.xlsx", "信访局长会议.xlsx", "政协机关党委.xlsx", "表.xlsx"]
)
def test_own_file_name(office: Office, name: str) -> None:
    """A form under a name that names its unit, or nobody, is not asked about."""
    office.receive(name, office.filled(FIRST))
    office.collect()
    assert office.codes(name) == []


@pytest.mark.parametrize("folder", [SECOND, f"04_{SECOND}", f"2020-11-18/{SECOND}", "区政协", f"{SECOND}/2020-11-18"])
def test_another_units_folder(office: Office, folder: str) -> None:
    """A form in another unit's folder counts for its form number, and is asked about."""
    office.receive(f"{folder}/表.xlsx", office.filled(FIRST))
    office.collect()
    (doubt,) = office.file(f"{folder}/表.xlsx")["findings"]
    assert (doubt["code"], doubt["severity"]) == ("folder-differs", "confirm")
    assert f"放在“{SECOND}”的文件夹里" in doubt["message"]
    assert office.unit(FIRST)["state"] == "returned"


@pytest.mark.parametrize("folder", [FIRST, "区人大", f"{SECOND}/{FIRST}", "2020-11-18", "回执"])
def test_own_folder(office: Office, folder: str) -> None:
    """A form in its unit's folder, wherever that lies, or in a folder of nobody's, is not asked about."""
    office.receive(f"{folder}/表.xlsx", office.filled(FIRST))
    office.collect()
    assert office.codes(f"{folder}/表.xlsx") == []


def test_folder_in_an_archive(office: Office) -> None:
    """Folders in an archive count as well."""
    office.receive("包.zip", zipped(**{f"{SECOND}/表": office.filled(FIRST), f"{SECOND}/表2": office.filled(SECOND)}))
    office.collect()
    assert office.codes(f"包.zip/{SECOND}/表.xlsx") == ["folder-differs"]
    assert office.codes(f"包.zip/{SECOND}/表2.xlsx") == []


@pytest.fixture
def with_mails(office: Office) -> Office:
    addresses = {SECOND: ("Zhengxie@example.com", "zx@example.com"), FOURTH: ("xfj@example.com",)}
    units = tuple(unit.model_copy(update={"mail": addresses.get(unit.short, ())}) for unit in office.notice.units)
    return Office(office.notice.model_copy(update={"units": units}), Path(office.root))


@pytest.mark.parametrize(
    ("sender", "codes"),
    [
        ("政协 <zhengxie@EXAMPLE.com>", ["sender-differs"]),
        ("xfj@example.com", ["sender-differs"]),
        ("a@b.c", []),
        ("", []),
    ],
)
def test_sender(with_mails: Office, sender: str, codes: list[str]) -> None:
    """A form mailed from an address of another unit is asked about; an address of nobody's says nothing."""
    with_mails.receive("信.eml", mail({"表.xlsx": with_mails.filled(FIRST)}, sender=sender).as_bytes())
    with_mails.collect()
    assert with_mails.codes("信.eml/表.xlsx") == codes
    assert with_mails.unit(FIRST)["state"] == "returned"


def test_own_address(with_mails: Office) -> None:
    """A form mailed from its unit's address is not asked about."""
    with_mails.receive("信.eml", mail({"表.xlsx": with_mails.filled(SECOND)}, sender="ZX@example.com").as_bytes())
    with_mails.collect()
    assert with_mails.codes("信.eml/表.xlsx") == []


def test_no_addresses() -> None:
    """A catalogue without addresses has no senders."""
    assert (ALL.mails, isinstance(ALL, Origins)) == ({}, True)


def test_a_unit_may_write_what_it_likes(office: Office) -> None:
    """Another unit's form number, or what reads like another unit's heading, is no contradiction where a unit typed it."""
    other = office.forms[SECOND]
    typed = {"15.4.说明": f"见{other.number}", "15.6.说明": other.slots["unit_line"]}
    office.receive("表.xlsx", office.filled(FIRST, office.good(FIRST) | typed))
    for _ in range(2):
        office.collect()
        assert (office.codes("表.xlsx"), office.file("表.xlsx")["unit"]) == ([], FIRST)


# By the office's list of contacts, and by its mail server ---------------------------------------------------------------

LISTED = Contacts(
    by_unit={
        FIRST: Contact(unit=FIRST, addresses=("li@example.com", "room@example.com"), copies=("chef@example.com",)),
        SECOND: Contact(unit=SECOND, addresses=("wu@example.com", "room@example.com")),
        FOURTH: Contact(unit=FOURTH),
    }
)


def doubts(sender: str, contacts: Contacts | None = LISTED, **known: object) -> list[tuple[Code, str | None, object]]:
    """Give what is asked about the first unit's form out of a mail."""
    own = Arrival(path="a.eml/表.xlsx", received=date(2020, 11, 18), sender=sender, **known)  # type: ignore[arg-type]
    unit = the_notice().units_by_name[FIRST]
    return [
        (each.code, each.value, each.words.get("named"))
        for each in origin_doubts(own, unit, origins(the_notice(), contacts))
    ]


@pytest.mark.parametrize("sender", ["li@example.com", "chef@example.com", "room@example.com", ""])
def test_own_senders(sender: str) -> None:
    """A sender whom the list has beside the unit, alone or with others, is not asked about."""
    assert doubts(sender) == []


def test_another_units_sender() -> None:
    """A sender whom the list has beside another unit alone is asked about by that unit's name."""
    assert doubts("wu@example.com") == [(Code.SENDER_DIFFERS, "wu@example.com", SECOND)]


def test_a_sender_whom_nobody_knows() -> None:
    """A sender who stands beside nobody is asked about where the office keeps a list, and only there."""
    assert doubts("qi@example.com") == [(Code.SENDER_UNKNOWN, "qi@example.com", None)]
    for none in (None, Contacts(), Contacts(by_unit={FIRST: Contact(unit=FIRST)})):
        assert doubts("qi@example.com", none) == []


CAME = datetime(2020, 11, 18, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("claimed", "basis", "asked"),
    [
        (datetime(2020, 11, 17, 1, 0, tzinfo=UTC), DayBasis.SERVER, False),
        (datetime(2020, 11, 17, 0, 59, tzinfo=UTC), DayBasis.SERVER, True),
        (datetime(2020, 11, 17, 0, 59, tzinfo=UTC), DayBasis.MAIL, True),
        (datetime(2020, 11, 17, 0, 59, tzinfo=UTC), DayBasis.CORRECTED, False),
        (datetime(2020, 11, 19, 1, 1, tzinfo=UTC), DayBasis.SERVER, True),
        (datetime(1999, 1, 1, tzinfo=UTC), DayBasis.SERVER, True),
        (None, DayBasis.SERVER, False),
    ],
)  # fmt: skip
def test_times_that_differ(claimed: datetime | None, basis: DayBasis, asked: bool) -> None:  # noqa: FBT001 - a column
    """Times more than a day apart are asked about, unless the office has said when it came."""
    found = doubts("li@example.com", postmark=Postmark(received=CAME, claimed=claimed), basis=basis)
    assert [code for code, _, _ in found] == ([Code.MAIL_TIMES_DIFFER] if asked else [])


def test_a_sender_who_is_not_believed() -> None:
    """What the office's server does not believe is asked about, with what failed."""
    found = doubts("li@example.com", postmark=Postmark(received=CAME, failed=("spf", "dkim")))
    assert found == [(Code.SENDER_UNVERIFIED, "li@example.com", None)]
