"""What the office has made of findings decides of a return by the day of its receipt, is told, and changes no score."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.findings import Code, Severity, finding
from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.findings.finding import Place
from fazhi_xl.notice.model import Switch
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.returns.checks.switched import weighed
from fazhi_xl.reports.media.workbook import Sentence, Table
from fazhi_xl.reports.ranking.readings import readings_sheet
from fazhi_xl.rounds.switched import effects, told_otherwise
from tests.support.offices import FIRST, ISSUED, ON_TIME, SECOND, Office

pytestmark = pytest.mark.usefixtures("report_only")
LATER = date(2020, 11, 19)


def switch(finding: str, severity: Weight, since: date = ON_TIME) -> Switch:
    return Switch(finding=finding, severity=severity, since=since, reason="理由写在台账里", by="领导小组办公室")


def switching(office: Office, *switches: Switch) -> Office:
    """Give the same office after it put switches into its catalogue."""
    return Office(office.notice.model_copy(update={"switches": switches}), office.root)


def claims_more(office: Office, unit: str = FIRST) -> bytes:
    """Give a form whose self-score of one sub-point is above the computed one, without a reason."""
    return office.filled(unit, {**office.good(unit), "15.6.次数.填报": 3, "15.6.说明": None})


def told(office: Office) -> tuple[str, list[tuple[str, str]]]:
    """Give the return's status, and its findings with their severities."""
    (file,) = office.look()
    return file["status"], [(each["code"], each["severity"]) for each in file["findings"]]


@pytest.mark.parametrize(
    ("weight", "status", "own"),
    [
        (Weight.ERROR, "needs_correction", [("reason-for-more", "error")]),
        (Weight.CONFIRM, "accepted_with_notes", [("reason-for-more", "confirm"), ("rule-switched", "note")]),
        (Weight.NOTE, "accepted_with_notes", [("reason-for-more", "note"), ("rule-switched", "note")]),
        (Weight.OFF, "accepted_with_notes", [("rule-switched", "note")]),
    ],
)
def test_a_return_is_judged_by_the_switch(
    office: Office, weight: Weight, status: str, own: list[tuple[str, str]]
) -> None:
    """The status follows what was made of a finding; a form that says otherwise is told of once."""
    office.receive("表.xlsx", claims_more(office))
    assert told(office) == ("needs_correction", [("reason-for-more", "error")])
    assert told(switching(office, switch("reason-for-more", weight))) == (status, own)


@pytest.mark.long
def test_the_day_of_receipt_decides(office: Office) -> None:
    """A return that came in before the day keeps the old rule."""
    later = switching(office, switch("reason-for-more", Weight.OFF, LATER))
    office.receive("表.xlsx", claims_more(office), ON_TIME)
    assert told(later) == ("needs_correction", [("reason-for-more", "error")])
    office.receive("表.xlsx", claims_more(office), LATER)
    assert told(later)[0] == "accepted_with_notes"


@pytest.mark.long
def test_what_was_kept_of_a_return_follows_the_day(office: Office) -> None:
    """What an earlier collect kept of a file does not stand for the same file under another day of receipt."""
    later = switching(office, switch("reason-for-more", Weight.OFF, LATER))
    office.receive("表.xlsx", claims_more(office), ON_TIME)
    later.collect()
    assert later.statuses() == {"表.xlsx": "needs_correction"}
    (later.space.root / "收到登记.xlsx").unlink()
    office.receive("表.xlsx", claims_more(office), LATER)
    later.collect()
    assert (later.statuses(), later.codes("表.xlsx")) == ({"表.xlsx": "accepted_with_notes"}, ["rule-switched"])


def test_the_note_says_what_the_form_says(office: Office) -> None:
    """The note names the place, what the form says there, and what counts."""
    office.receive("表.xlsx", claims_more(office))
    (file,) = switching(office, switch("reason-for-more", Weight.OFF)).look()
    assert file["findings"][0]["message"] == (
        "有1处,表里“校验”说的与收到时的规则不同:15.6 情况说明表里写“错误”,现在按“不查”。"
        "这份表是改规则以前发的,已按收到时的规则办,见“口径说明”。"
    )


@pytest.mark.long
def test_no_score_follows_a_switch(office: Office) -> None:
    """Whatever is made of findings, the scores are the same."""
    office.receive("表.xlsx", claims_more(office))
    before = office.collect()
    made = switching(office, *(switch(each, Weight.OFF) for each in ("reason-for-more", "evidence-missing")))
    assert made.collect().units == before.units


@pytest.mark.long
def test_readings_tell_every_switch(office: Office) -> None:
    """口径说明 lists each switch with its day, reason, who decided, and how many findings it changed, and the older forms."""
    office.receive("表.xlsx", claims_more(office))
    office.receive("另一家.xlsx", claims_more(office, SECOND), LATER)
    made = switching(office, switch("reason-for-more", Weight.OFF), switch("reason-for-more", Weight.NOTE, LATER))
    round_ = made.collect()
    assert "  规则开关调整了1条规则的2条提示,2个单位的表里还是原来的校验,见“口径说明”。" in round_summary(
        round_, office.space
    )
    *_, said, table, older = readings_sheet(round_).blocks
    assert isinstance(said, Sentence)
    assert said.text == "规则开关:办公室调整了下列规则,按收到日期办,那一天以前收到的照旧;计分不受影响。"
    assert isinstance(table, Table)
    assert table.rows == (
        (
            1,
            "自评高于测算没有写理由",
            "2020年11月18日起收到的,由“须改正”改为“不查”",
            "理由写在台账里",
            "领导小组办公室",
            1,
        ),
        (
            2,
            "自评高于测算没有写理由",
            "2020年11月19日起收到的,由“不查”改为“提示”",
            "理由写在台账里",
            "领导小组办公室",
            1,
        ),
    )
    assert isinstance(older, Sentence)
    assert older.text == (
        f"2个单位的表是改规则以前发的,表里“校验”还是原来的说法,已按收到时的规则办:{SECOND}、{FIRST}。"
    )
    assert [each.changed for each in effects(made.notice.switches, round_.files)] == [1, 1]
    assert told_otherwise(round_.files) == (SECOND, FIRST)
    assert made.report["switches"][0] == {
        "finding": "reason-for-more",
        "severity": "off",
        "since": "2020-11-18",
        "reason": "理由写在台账里",
        "by": "领导小组办公室",
        "changed": 1,
    }


@pytest.mark.long
def test_without_switches_nothing_is_told(office: Office) -> None:
    """A catalogue without switches leaves 口径说明 and report.json as they were."""
    office.receive("表.xlsx", office.filled(FIRST))
    round_ = office.collect()
    assert len(readings_sheet(round_).blocks) == 2
    assert "switches" not in office.report


def test_unit_acts_on_what_was_made_more_of(office: Office) -> None:
    """A note that is made an error sends the form back, and the unit is asked to act."""
    shape = office.forms[FIRST].shape
    kept = weighed([finding(Code.SHARED_BOOK)], {Code.SHARED_BOOK: Weight.ERROR}, {}, shape)
    assert [(each.severity, each.actor.value) for each in kept.told] == [(Severity.ERROR, "单位")]
    assert kept.off == ()


def test_only_some_differences_are_named(office: Office) -> None:
    """Of many places where a form says otherwise the first three are named, and all are counted."""
    shape = office.forms[FIRST].shape
    found = [finding(Code.EVIDENCE_MISSING, Place(field=f"台账.{no:03d}.材料"), label="第15.1项") for no in range(1, 6)]
    (note,) = weighed(found, {Code.EVIDENCE_MISSING: Weight.OFF}, {}, shape).told
    assert (note.words["count"], str(note.value).count("请核实"), str(note.value)[-1]) == (5, 3, "等")


# Issued again ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def reissued(office: Office) -> Office:
    """Give the office after it switched a rule off from the day of issue on, and issued again."""
    made = switching(office, switch("reason-for-more", Weight.OFF, ISSUED))
    made.issue(force=True)
    return made


@pytest.mark.long
def test_a_new_edition_says_it_as_it_counts(reissued: Office) -> None:
    """Forms issued from the day on are of a new edition, are recorded with the switch, and need no note."""
    held = reissued.record
    assert (held["version"], held["switches"], held["alike"]) == ("2", {"reason-for-more": "off"}, ["1"])
    reissued.receive("表.xlsx", claims_more(reissued))
    assert told(reissued) == ("accepted", [])


@pytest.mark.long
def test_a_form_of_before_is_read_as_this_years(office: Office) -> None:
    """A form of an edition that differs in its checks alone is read as the current one, and told of where it says otherwise."""
    old = claims_more(office)
    made = switching(office, switch("reason-for-more", Weight.OFF, ISSUED))
    made.issue(force=True)
    made.receive("表.xlsx", old)
    assert told(made) == ("accepted_with_notes", [("rule-switched", "note")])


@pytest.mark.long
def test_issued_again_on_another_day_it_stays(reissued: Office) -> None:
    """While the switches that forms show stay the same, so do the edition and every byte."""
    before = reissued.issued(FIRST)
    assert (reissued.issue(force=True).edition.number, reissued.issued(FIRST)) == (2, before)


@pytest.mark.long
def test_a_switch_that_no_form_shows(office: Office) -> None:
    """What no form shows makes no new edition: a rule of files, or one whose check these forms do not have."""
    made = switching(office, switch("comments-left", Weight.OFF, ISSUED), switch("swing", Weight.OFF, ISSUED))
    assert made.issue(force=True).edition.number == 1


@pytest.mark.long
def test_a_switch_of_later(office: Office) -> None:
    """A switch from a later day is in no form that is issued before that day."""
    assert switching(office, switch("reason-for-more", Weight.OFF, LATER)).issue(force=True).edition.number == 1


@pytest.mark.long
def test_one_unit_alone(office: Office) -> None:
    """Where one unit gets a form of the new edition, the others stay on record with the form numbers that they have."""
    made = switching(office, switch("reason-for-more", Weight.OFF, ISSUED))
    made.issue(FIRST, force=True)
    editions = {unit["unit"]: unit["form_number"].split("-")[2] for unit in made.record["units"]}
    assert editions == {FIRST: "2", **dict.fromkeys(sorted(editions.keys() - {FIRST}), "1")}
    assert len(editions) == 4
