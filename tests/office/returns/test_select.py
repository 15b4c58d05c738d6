"""Which of a unit's returns counts: the latest that somebody filled in; the others stay on the list and in the archive."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest

from fazhi_xl.form.expression import Value
from tests.support.offices import FIRST, SECOND, Office, dated


def test_later_folder(office: Office) -> None:
    """The return in the folder of the later date counts, whatever the files' own times are."""
    office.receive("2020-11-12/a.xlsx", office.filled(FIRST, office.good(FIRST, 2)), date(2020, 11, 30))
    office.receive("2020-11-18/a.xlsx", office.filled(FIRST), date(2020, 11, 1))
    office.collect()
    assert office.statuses() == {"2020-11-12/a.xlsx": "superseded", "2020-11-18/a.xlsx": "accepted"}
    assert office.unit(FIRST)["file"] == "2020-11-18/a.xlsx"
    (finding,) = office.file("2020-11-12/a.xlsx")["findings"]
    assert (finding["code"], finding["value"]) == ("superseded-file", "2020-11-18/a.xlsx")


@pytest.mark.parametrize("folder", ["", "2020-11-18/"])
def test_one_day(office: Office, folder: str) -> None:
    """Of a day's returns the one with the later time of its own counts: `(1)` is mostly a correction."""
    for name, hour in (("表.xlsx", 9), ("表(1).xlsx", 15)):
        answers = office.good(FIRST, hour)
        dated(office.receive(folder + name, office.filled(FIRST, answers)), date(2020, 11, 18), hour)
    office.collect()
    assert office.unit(FIRST)["file"] == f"{folder}表(1).xlsx"


def test_one_moment(office: Office) -> None:
    """Of returns of one moment the last by name counts, in every run."""
    for no in (1, 2):
        office.receive(f"{no}.xlsx", office.filled(FIRST, office.good(FIRST, no)))
    office.collect()
    assert office.unit(FIRST)["file"] == "2.xlsx"


def test_several_corrections(office: Office) -> None:
    """Of many returns all but the last are superseded, each by the one after it."""
    for day in (10, 12, 14):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, office.good(FIRST, day)))
    office.collect()
    assert list(office.statuses().values()) == ["superseded", "superseded", "accepted"]


def test_equal_bytes(office: Office) -> None:
    """Of two equal files the first counts and the other is its duplicate."""
    for day in (12, 18):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST))
    office.collect()
    assert office.statuses() == {"2020-11-12/a.xlsx": "accepted", "2020-11-18/a.xlsx": "duplicate"}
    (finding,) = office.file("2020-11-18/a.xlsx")["findings"]
    assert (finding["code"], finding["value"]) == ("duplicate-file", "2020-11-12/a.xlsx")


def test_back_to_an_earlier_one(office: Office) -> None:
    """A file sent again after a correction is the latest again, and counts."""
    for day, seed in ((10, 1), (12, 2), (14, 1)):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, office.good(FIRST, seed)))
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-14/a.xlsx"


def test_unfilled(office: Office) -> None:
    """A form sent back blank is to be corrected, its unit has no rank and no zero."""
    office.receive("空.xlsx", office.issued(FIRST))
    office.collect()
    assert (office.statuses(), office.codes("空.xlsx")) == ({"空.xlsx": "needs_correction"}, ["form-unfilled"])
    unit = office.unit(FIRST)
    assert (unit["state"], unit["rank"], unit["total"]) == ("missing", None, None)


@pytest.mark.parametrize("day", [10, 20])
def test_unfilled_never_displaces(office: Office, day: int) -> None:
    """A blank form, earlier or later, never takes the place of one that was filled in."""
    office.receive("2020-11-15/填.xlsx", office.filled(FIRST))
    office.receive(f"2020-11-{day}/空.xlsx", office.issued(FIRST))
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-15/填.xlsx"


def test_an_earlier_blank_one(office: Office) -> None:
    """A blank form before the filled one is told to hold nothing, not to differ in cells that are listed nowhere."""
    office.receive("2020-11-10/空.xlsx", office.issued(FIRST))
    office.receive("2020-11-15/填.xlsx", office.filled(FIRST))
    office.collect()
    (found,) = (each for each in office.file("2020-11-10/空.xlsx")["findings"] if each["code"].startswith("superseded"))
    assert found["code"] == "superseded-blank"
    assert found["message"] == (
        "这一份没有读到填报内容(空表,或填的都不能用);同一单位还有更晚收到的2020-11-15/填.xlsx,以更晚的为准。本文件保留备查。"
    )


def test_damaged_never_displaces(office: Office) -> None:
    """A later file that cannot be read leaves the earlier one in force."""
    office.receive("2020-11-15/好.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/坏.xlsx", office.filled(FIRST)[:20_000])
    office.collect()
    assert office.unit(FIRST)["file"] == "2020-11-15/好.xlsx"


def test_units_do_not_mix(office: Office) -> None:
    """Returns of two units under one name both count."""
    office.receive("2020-11-15/表.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/表.xlsx", office.filled(SECOND))
    office.collect()
    assert set(office.statuses().values()) == {"accepted"}


def test_everything_is_kept(office: Office) -> None:
    """Superseded and duplicate originals are kept as well as the one that counts."""
    first, second = (office.filled(FIRST, office.good(FIRST, seed)) for seed in (1, 2))
    office.receive("2020-11-10/a.xlsx", first)
    office.receive("2020-11-12/a.xlsx", second)
    office.receive("2020-11-12/b.xlsx", second)
    office.collect()
    kept = {path.name: path.read_bytes() for path in office.space.archive.glob("*.xlsx")}
    assert kept == {f"{sha256(data).hexdigest()}.xlsx": data for data in (first, second)}


def test_late(office: Office) -> None:
    """A return after the last day is read, with a note, and counts."""
    office.receive("2020-11-20/a.xlsx", office.filled(FIRST))
    office.receive("2020-11-21/b.xlsx", office.filled(SECOND))
    office.collect()
    assert office.codes("2020-11-20/a.xlsx") == []
    (finding,) = office.file("2020-11-21/b.xlsx")["findings"]
    assert (finding["code"], finding["severity"], finding["value"]) == ("received-late", "note", "2020-11-21")
    assert "2020-11-20" in finding["message"]
    assert office.statuses()["2020-11-21/b.xlsx"] == "accepted_with_notes"


def test_a_correction_after_the_last_day(office: Office) -> None:
    """Who returned in time and corrected after the last day is not late: the later return is a supplement."""
    office.receive("2020-11-18/a.xlsx", office.filled(FIRST, office.good(FIRST, 2)))
    office.receive("2020-11-25/a.xlsx", office.filled(FIRST))
    round_ = office.collect()
    assert office.codes("2020-11-18/a.xlsx") == ["superseded-file"]
    (finding,) = office.file("2020-11-25/a.xlsx")["findings"]
    assert finding["code"] == "supplemented"
    assert finding["message"] == (
        "截止日期2020-11-20以后的补报(收到日期2020-11-25):是否按时看先前收到的2020-11-18/a.xlsx,这一份不算迟报。"
    )
    assert office.statuses()["2020-11-25/a.xlsx"] == "accepted_with_notes"
    assert round_.late_units == ()


def test_a_late_return_that_was_corrected(office: Office) -> None:
    """Who returned late is late by the first return, whichever counts now."""
    for day, seed in ((22, 2), (25, 1)):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, office.good(FIRST, seed)))
    assert office.collect().late_units == (FIRST,)
    assert office.codes("2020-11-22/a.xlsx") == ["superseded-file", "received-late"]
    assert office.codes("2020-11-25/a.xlsx") == ["supplemented"]


@pytest.mark.parametrize("early", ["blank", "damaged"])
def test_a_blank_form_in_time(office: Office, early: str) -> None:
    """A form that came in time blank or damaged makes nobody timely."""
    office.receive("2020-11-12/a.xlsx", office.issued(FIRST) if early == "blank" else office.filled(FIRST)[:20_000])
    office.receive("2020-11-25/a.xlsx", office.filled(FIRST))
    assert office.collect().late_units == (FIRST,)
    assert office.codes("2020-11-25/a.xlsx") == ["received-late"]


def test_late_by_the_files_own_time(office: Office) -> None:
    """Where nothing but the file's own time speaks, nobody is late before the office has confirmed the day."""
    office.receive("a.xlsx", office.filled(FIRST), date(2020, 11, 25))
    round_ = office.collect()
    assert (round_.late_units, round_.presumed_late) == ((), (FIRST,))
    (finding,) = office.file("a.xlsx")["findings"]
    assert (finding["code"], finding["severity"], finding["value"]) == ("late-presumed", "confirm", "2020-11-25")


def test_equal_answers(office: Office) -> None:
    """A file saved again, or with a value written another way, says the same: the first counts, the other is its duplicate."""
    key = "15.6.次数.填报"
    for day, value in ((12, 5), (14, "５次"), (16, 6)):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, {**office.good(FIRST), key: value}))
    office.collect()
    assert list(office.statuses().values()) == ["superseded", "duplicate", "accepted"]
    (finding,) = office.file("2020-11-14/a.xlsx")["findings"]
    assert (finding["code"], finding["value"]) == ("duplicate-answers", "2020-11-12/a.xlsx")


def test_mended_form(office: Office) -> None:
    """A later file with the same answers in a form that is whole again takes the place of the one that was spoilt."""
    book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
    places = office.forms[FIRST].shape.places
    place = places[max(key for key in places if key.startswith("台账."))]
    book[place.sheet][f"A{place.row}"] = None
    spoilt = BytesIO()
    book.defined_names.clear()
    book.save(spoilt)
    office.receive("2020-11-12/a.xlsx", spoilt.getvalue())
    office.receive("2020-11-14/a.xlsx", office.filled(FIRST))
    office.collect()
    assert office.statuses() == {"2020-11-12/a.xlsx": "superseded", "2020-11-14/a.xlsx": "accepted"}


@pytest.mark.whole
def test_difference_is_counted(office: Office) -> None:
    """The superseded return says how many cells are different, and the ranking workbook shows each."""
    good = office.good(FIRST)
    key = "15.6.次数.填报"
    for day, value in ((12, 400), (14, 500)):
        office.receive(f"2020-11-{day}/a.xlsx", office.filled(FIRST, {**good, key: value}))
    office.collect()
    (finding,) = office.file("2020-11-12/a.xlsx")["findings"]
    assert (finding["severity"], "有1处不同" in finding["message"]) == ("confirm", True)
    sheet = office.ranking.sheets["两次报送差异"]
    assert [sheet.cells[f"{column}5"].text for column in "ABCDEFG"] == [
        FIRST, key, "“法律八进”活动", "400", "500", "2020-11-12/a.xlsx", "2020-11-14/a.xlsx",
    ]  # fmt: skip


class TestHalves:
    def halves(self, office: Office) -> tuple[dict[str, Value], dict[str, Value]]:
        good, fields = office.good(FIRST), office.forms[FIRST].shape.fields
        required = [key for key in good if fields[key].required]
        first = set(required[: len(required) // 2])
        return (
            {key: value for key, value in good.items() if key in first},
            {key: value for key, value in good.items() if key not in first},
        )

    def test_two_halves(self, office: Office) -> None:
        """Two returns that answer different required inputs are asked about; the later counts, and nothing is merged."""
        for no, half in enumerate(self.halves(office)):
            office.receive(f"2020-11-1{no}/a.xlsx", office.filled(FIRST, half))
        for _ in range(2):
            office.collect()
            assert office.statuses() == {"2020-11-10/a.xlsx": "superseded", "2020-11-11/a.xlsx": "needs_correction"}
            found = office.file("2020-11-11/a.xlsx")["findings"]
            assert [(each["severity"], each["value"]) for each in found if each["code"] == "two-halves"] == [
                ("confirm", "2020-11-10/a.xlsx")
            ]

    def test_overlap(self, office: Office) -> None:
        """A part that both have makes the later a correction; it is asked about only where it has much less."""
        first, second = self.halves(office)
        shared = {key: value for key, value in first.items() if office.forms[FIRST].shape.fields[key].required}
        office.receive("2020-11-10/a.xlsx", office.filled(FIRST, first))
        office.receive("2020-11-11/a.xlsx", office.filled(FIRST, {**second, **dict(list(shared.items())[:1])}))
        office.collect()
        assert not {"two-halves", "fewer-answers"} & set(office.codes("2020-11-11/a.xlsx"))
