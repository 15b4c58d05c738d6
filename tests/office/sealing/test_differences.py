"""What differs from a sealed edition is listed unit by unit, each with what it was, what it is and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.office.sealing.differences import Comparison
from fazhi_xl.office.sealing.edition import ABOUT_KEYS, Sealed, SealedRecord
from fazhi_xl.office.sealing.snapshot import standings
from fazhi_xl.rounds.decisions import Ruling
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import Changed, Difference, SealedEdition
from fazhi_xl.scoring.model import Basis, UnitScore
from tests.support.campaign import the_notice
from tests.support.rounds import a_round, returned_file

COURT, CIVIL = "法院", "民政局"


def reviewed() -> Round:
    """Give an official round of two units whose every sub-point was decided as computed."""
    made = a_round((COURT, CIVIL), [returned_file(COURT), returned_file(CIVIL)], basis=Basis.REVIEWED)
    units = tuple(_decided(unit) for unit in made.units)
    return replace(made, units=units, reviewed=units)


def _decided(unit: UnitScore) -> UnitScore:
    return replace(unit, sub_points=tuple(replace(each, reviewed=each.auto or 0) for each in unit.sub_points))


def decision(no: int, unit: str, row: str, said: dict[str, str], *, replaces: int | None = None) -> Decision:
    values = values_of(said, readers_of(the_notice())(row))
    return Decision(
        no=no, unit=unit, row=row, values=values, book="审核表.xlsx", sha256="", basis="", seen={}, replaces=replaces, bulk=False,
        recorded="2020-12-01T09:00:00+08:00",
    )  # fmt: skip


def sealed_as(round_: Round, *, decisions: int = 0, **changes: Any) -> Sealed:  # noqa: ANN401 - as `replace` takes them
    return Sealed(
        no=1, name="第一稿", by="张三", sealed="2020-11-21T09:30:00+08:00", generated="", about=dict.fromkeys(ABOUT_KEYS), returns=(),
        record=SealedRecord(count=decisions, sha256="", last=""),
        readings={each.key: each.chosen for each in round_.notice.readings}, units=standings(round_), **changes,
    )  # fmt: skip


def found(sealed: Sealed, now: Round, *decisions: Decision, adopted: dict[str, str] | None = None) -> list[Difference]:
    compared = Comparison(sealed=sealed, round_=now, decisions=decisions, adopted=adopted or {}, files={})
    return list(compared.differences())


def with_unit(round_: Round, unit: str, **changes: Any) -> Round:  # noqa: ANN401 - as above
    units = tuple(replace(each, **changes) if each.unit == unit else each for each in round_.units)
    return replace(round_, units=units, reviewed=units)


def with_score(round_: Round, unit: str, code: str, reviewed: int) -> Round:
    own = next(each for each in round_.units if each.unit == unit)
    scores = tuple(replace(each, reviewed=reviewed) if each.code == code else each for each in own.sub_points)
    return with_unit(round_, unit, sub_points=scores)


SIGNED = {"审核人": "李四", "审核日期": "2020-12-01"}


def test_nothing_differs() -> None:
    """A round is the same as its own edition."""
    assert found(sealed_as(reviewed()), reviewed()) == []


def test_a_decision_and_all_that_follows() -> None:
    """A score that a later decision changed names it; the total names the sub-point, the rank the total."""
    before = reviewed()
    now = with_unit(with_score(before, COURT, "6.1", 50), COURT, total=7000, rank=2, group_rank=2)
    sealed = sealed_as(with_unit(before, COURT, total=7050, rank=1, group_rank=2), decisions=1)
    first = decision(1, COURT, "6.1", {"核定": "1", **SIGNED})
    later = decision(2, COURT, "6.1", {"核定": "0.5", "原因": "佐证材料不足", **SIGNED}, replaces=1)
    text = the_notice().sub_points["6.1"].text
    assert found(sealed, now, first, later) == [
        Difference(kind=Changed.TOTAL, unit=COURT, before="70.50", now="70.00", why="得分点6.1变了"),
        Difference(kind=Changed.RANK, unit=COURT, before="1", now="2", why="本单位总分变了"),
        Difference(
            kind=Changed.SUB_POINT, unit=COURT, row="6.1", what=text, before="2.00", now="0.50",
            why="第2号决定,李四,2020-12-01,佐证材料不足",
        ),
        Difference(
            kind=Changed.DECISION, unit=COURT, row="6.1", before="第1号:核定1", now="第2号:核定0.5,原因佐证材料不足",
            why="第2号决定,李四,2020-12-01,佐证材料不足",
        ),
    ]  # fmt: skip


def test_a_rank_that_others_changed() -> None:
    """A unit that only changed places names the units whose totals changed."""
    before = with_unit(with_unit(reviewed(), COURT, total=7000, rank=2), CIVIL, total=7100, rank=1)
    now = with_unit(with_unit(before, CIVIL, total=6900, rank=2), COURT, rank=1)
    said = [(each.unit, each.kind, each.why) for each in found(sealed_as(before), now)]
    assert said[0] == (COURT, Changed.RANK, "别的单位变了:民政局")


def test_another_return() -> None:
    """Another return that counts is told with the office's reason, and is what its scores changed by."""
    before = reviewed()
    files = tuple(
        replace(each, path="新.xlsx", sha256="1" * 64) if each.unit == COURT else each for each in before.files
    )
    now = with_score(replace(before, files=files), COURT, "6.1", 50)
    said = found(sealed_as(before), now, adopted={"1" * 64: "领导小组同意"})
    assert [(each.kind, each.before, each.now, each.why) for each in said] == [
        (Changed.SUB_POINT, "2.00", "0.50", "采用的报送变了"),
        (Changed.RETURN, "法院.xlsx", "新.xlsx", "定稿后采用:领导小组同意"),
    ]


def test_a_reading_and_the_catalogue() -> None:
    """Another reading is told with both options, and the catalogue's files that differ are named."""
    before = reviewed()
    reading = before.notice.readings[0]
    sealed = sealed_as(before, files={"依据/目录/units.toml": "a", "依据/目录/readings.toml": "b"})
    sealed = replace(sealed, readings={**sealed.readings, reading.key: "从前"})
    said = [each for each in found(sealed, before) if each.unit == ""]
    assert [(each.kind, each.row, each.before, each.now) for each in said] == [
        (Changed.READING, reading.key, "从前", reading.chosen),
        (Changed.CATALOGUE, "", "定稿时的", "改动过"),
    ]
    assert said[1].what == "units.toml"


def test_a_decision_on_a_register() -> None:
    """A later decision of a register is told, and is why a deduction differs."""
    before = with_unit(reviewed(), COURT, deduction=0)
    now = with_unit(before, COURT, deduction=100)
    later = decision(1, "", "减分登记.001", {"单位": COURT, **SIGNED})
    said = [(each.unit, each.kind, each.row, each.why) for each in found(sealed_as(before), now, later)]
    assert said == [
        (COURT, Changed.DEDUCTION, "", "登记簿、加分或减分有新的决定"),
        ("", Changed.DECISION, "减分登记.001", "第1号决定,李四,2020-12-01"),
    ]


def test_a_decision_that_was_taken_back() -> None:
    """A decision that was withdrawn is told as such, and its sub-point is not decided any more."""
    before = reviewed()
    own = next(each for each in before.units if each.unit == COURT)
    scores = tuple(replace(each, reviewed=None) if each.code == "6.1" else each for each in own.sub_points)
    now = replace(with_unit(before, COURT, sub_points=scores), basis=Basis.SELF)
    later = decision(2, COURT, "6.1", {}, replaces=1)
    said = found(sealed_as(before, decisions=1), now, decision(1, COURT, "6.1", {"核定": "1", **SIGNED}), later)
    assert [(each.kind, each.before, each.now) for each in said] == [
        (Changed.SUB_POINT, "2.00", "未核定"),
        (Changed.DECISION, "第1号:核定1", "第2号:撤回"),
    ]


def test_totals_wait_for_an_official_ranking() -> None:
    """While the ranking is not official totals and ranks are not compared, whatever they are."""
    before = reviewed()
    now = replace(with_unit(before, COURT, total=1, rank=44), basis=Basis.SELF)
    assert found(sealed_as(before), now) == []


def test_the_list_of_units() -> None:
    """A unit that is not in the list any more, or new in it, is told."""
    both = reviewed()
    one = replace(both, units=both.units[:1], reviewed=both.units[:1])
    gone, come = found(sealed_as(both), one), found(sealed_as(one), both)
    assert [(each.kind, each.unit, each.before, each.now) for each in (*gone, *come)] == [
        (Changed.UNITS, CIVIL, "在名单里", "不在名单里"),
        (Changed.UNITS, CIVIL, "不在名单里", "在名单里"),
    ]


def test_what_is_remembered_of_a_unit(notice: Notice) -> None:
    """An edition remembers what each sub-point counts, under its id, and which decision says so."""
    made = replace(reviewed(), rulings={(COURT, "6.1"): Ruling(no=7, reviewer="张三")})
    court = next(each for each in standings(made) if each.unit == COURT)
    mark = court.marks[notice.sub_points["6.1"].id]
    assert (mark.code, mark.counted, mark.decision) == ("6.1", "2.00", 7)
    assert (court.id, court.file) == (notice.units_by_short[COURT].id, "法院.xlsx")


def test_an_edition_is_read_as_it_was_written() -> None:
    """定稿.json gives the very same value again, and the same bytes."""
    change = Difference(kind=Changed.TOTAL, unit=COURT, before="1.00", now="2.00", why="得分点6.1变了")
    made = sealed_as(reviewed(), changes=(change,), missing=("司法局",), files={"结果/report.json": "0" * 64})
    again = Sealed.of_json(made.as_json)
    assert (again, again.data) == (made, made.data)


def test_the_sentence_on_the_pages() -> None:
    """The pages say in a sentence whether the results are those of the edition."""
    same = SealedEdition(no=1, name="第一稿", by="张三", day="2020-11-21")
    change = Difference(kind=Changed.TOTAL, unit=COURT)
    assert [each.told for each in (same, replace(same, differences=(change,)), replace(same, open=True))] == [
        "与第1号定稿一致(“第一稿”,2020-11-21)。",
        "与第1号定稿(“第一稿”,2020-11-21)比:有1处不同,见“与定稿的差异”。",
        "与第1号定稿(“第一稿”,2020-11-21)比:得分、采用的报送和审核决定没有不同;现在不是正式排名,总分、名次和等次没有比,见“与定稿的差异”。",
    ]
