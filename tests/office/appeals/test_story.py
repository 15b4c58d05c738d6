"""A request for a review, from the feedback sheet to the next one: taken, put before the office, ruled on, and told everywhere."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import Undecided
from tests.office.returns.test_receipt_register import HEAD, edit, lines
from tests.office.review.test_undecided import collected, played
from tests.support.campaign import the_notice
from tests.support.offices import FIRST, Office, few
from tests.support.once import Once
from tests.support.packages import Package
from tests.support.reviews import Entry, Reviewing, entered, shown, verdict

ROW = "复核申请.15.6"
Rows = dict[str, dict[str, str]]


@pytest.fixture
def review(once: Once, tmp_path: Path) -> Reviewing:
    """Give an office with an official ranking in which the first unit lost half a point."""
    office = Office(few(the_notice()), once("all but verdicts", played)).copied(tmp_path / "out")
    made = Reviewing(office)
    lost = verdict("02/15.6", {"核定": 0.5, "原因": "佐证材料不足"})
    made.enter({**verdict("04/加分.01", {"认定": "认可"}), **verdict("02/减分.01", {"认定": "减分"}), **lost})
    return made


def feedback(office: Office) -> bytes:
    return next((office.space.results / "反馈单").glob("02_*.xlsx")).read_bytes()


def asked(review: Reviewing) -> Rows:
    """Give what stands in each row of the register, by the row's code."""
    found: Rows = {}
    for key, text in review.cells.items():
        row, _, column = key.rpartition(".")
        if "/复核." in row:
            found.setdefault(row, {})[column] = text
    return found


def request(office: Office, name: str, day: date = date(2020, 11, 20), **said: Entry) -> None:
    """Send the feedback sheet back as the unit filled it in."""
    entries: dict[str, Entry] = {"申请复核": "申请", "理由": "签到表已经补齐", **said}
    office.receive(name, entered(feedback(office), {f"{ROW}.{key}": said for key, said in entries.items()}), day)


def totals(done: Round) -> dict[str, tuple[int, int | None]]:
    return {unit.unit: (int(unit.total or 0), unit.rank) for unit in done.units}


@pytest.mark.long
def test_a_request_is_granted(review: Reviewing) -> None:
    """It is no return; before anyone decides the register shows what would move, and after it every output has just that."""
    office = review.office
    before = collected(office)
    request(office, "反馈单.xlsx", 新的材料="签到表2份")
    done = collected(office)
    assert (done.official, done.file_of(FIRST) == before.file_of(FIRST)) == (True, True)
    assert (office.statuses()["反馈单.xlsx"], office.codes("反馈单.xlsx")) == ("ignored", ["appeal-taken"])
    ((row, said),) = asked(review).items()
    assert (said["申请时核定"], said["核定理由"], said["申请理由"], said["新的材料"]) == (
        "0.50",
        "佐证材料不足",
        "签到表已经补齐",
        "签到表2份",
    )
    assert (said["现在名次"], said["改分后"], said["其他单位"]) == (
        "总分62.91,第4名(组内第2名),一般",
        "按满分1.00分:总分65.18,第3名(组内第2名),一般",
        "信访局 3→4",
    )
    assert [each.kind for each in done.unsealed] == [Undecided.UNLIKE, Undecided.APPEAL]
    answers = office.space.results / "复核答复" / "02_人大常委会机关_复核答复.txt"
    assert "一、已经收到、正在复核的(1项)" in answers.read_text("utf-8-sig")
    assert b"\n" not in answers.read_bytes().replace(b"\r\n", b"")  # as old editors of Windows want it

    review.enter(verdict(row, {"复核决定": "改分", "说明": "补报的签到表能证明"}))
    assert [found.code for _, found in collected(office).review] == ["review-incomplete"]
    review.enter(verdict(row, {"复核决定": "维持", "说明": "——"}))
    assert [found.code for _, found in collected(office).review] == ["review-incomplete"]
    assert review.cells[f"{row}.说明"] == "——"
    review.enter(verdict(row, {"复核决定": "改分", "说明": "补报的签到表能证明"}))
    review.enter({f"{row}.新核定": 0.5})
    assert [found.code for _, found in collected(office).review] == ["review-appeal-lower"]

    review.enter({f"{row}.新核定": 1})
    done = collected(office)
    assert (done.unsealed, done.review, totals(done)[FIRST]) == ((), (), (6518, 3))
    assert [(each["row"], each["follows"]) for each in review.record[-2:]] == [
        (row.partition("/")[2], None),
        ("15.6", review.record[-2]["no"]),
    ]
    assert review.cells["02/15.6.核定"] == "1"
    assert (
        asked(review)[row]["改分后"] == "按满分1.00分:总分65.18,第3名(组内第2名),一般"
    )  # as it was shown to who decided
    sheet = shown(feedback(office))
    assert (f"{ROW}.得分点" in sheet, "复核申请.15.4.得分点" in sheet) == (False, True)
    assert (
        "1. 15.6 经复核:由0.50分改为1.00分(补报的签到表能证明)。"
        in Package(next((office.space.results / "反馈单").glob("02_*.xlsx"))).strings
    )
    assert "改为1.00分。理由:补报的签到表能证明" in answers.read_text("utf-8-sig")
    assert office.report["appeals"] == [
        {
            "unit": FIRST, "code": "15.6", "mark": "0.50", "received": "2020-11-20", "file": "反馈单.xlsx", "ruling": "改分",
            "granted": True, "now": "1.00",
        }
    ]  # fmt: skip
    assert "受理复核申请1项(1家),已决定1项:维持0项,改分1项,维持率0.00%。" in office.ranking.strings

    review.enter({f"{row}.{column}": None for column in ("复核决定", "新核定", "说明", "审核人", "审核日期")})
    done = collected(office)
    assert (review.decided(FIRST, "15.6")[-1], totals(done)) == ("0.5", totals(before))
    assert [found.code for _, found in done.review] == ["review-withdrawn"]


@pytest.mark.long
def test_requests_that_are_refused(review: Reviewing) -> None:
    """Each is told to the unit and in 问题清单, and none is kept; the record says what was taken, word by word."""
    office = review.office
    collected(office)
    request(office, "a.xlsx", 理由=None)
    request(office, "b.xlsx")
    request(office, "c.xlsx", date(2020, 11, 21), 理由=" 签到表已经补齐 ")
    collected(office)
    assert {name: office.codes(name) for name in ("a.xlsx", "b.xlsx", "c.xlsx")} == {
        "a.xlsx": ["appeal-no-reason"],
        "b.xlsx": ["appeal-taken"],
        "c.xlsx": ["appeal-repeated"],
    }
    record = office.space.review / "复核申请.jsonl"
    (line,) = map(json.loads, record.read_text("utf-8").splitlines())
    assert (line["mark"], line["reason"], line["file"], line["received"]) == (
        "0.50",
        "签到表已经补齐",
        "b.xlsx",
        "2020-11-20",
    )
    told = (office.space.results / "复核答复" / "02_人大常委会机关_复核答复.txt").read_text("utf-8-sig")
    assert "二、不予受理的(2项)\n1. 得分点15.6:申请复核没有写理由,不予受理。" in told
    before = record.read_bytes()
    collected(office)
    assert record.read_bytes() == before


@pytest.mark.long
def test_a_request_that_is_set_aside(review: Reviewing) -> None:
    """A request in a file that the office set aside is put before nobody, though the file itself was taken away."""
    office = review.office
    collected(office)
    request(office, "反馈单.xlsx")
    collected(office)
    assert len(asked(review)) == 1
    (at,) = [no for no, row in enumerate(lines(office), HEAD + 1) if "反馈单.xlsx" in row[0]]
    edit(office, lambda sheet: sheet.__setitem__(f"F{at}", "不采用"))
    collected(office)
    assert asked(review) == {}
    (office.space.returns / "反馈单.xlsx").unlink()
    collected(office)
    assert asked(review) == {}
