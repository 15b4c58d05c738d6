"""A ruling on a request changes the sub-point itself, right behind it in the record, and what is taken back is as it was before."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.merge import merge
from fazhi_xl.office.review.rulings import before_rulings, with_consequences
from fazhi_xl.office.review.statements import ReviewBook, Statement
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.office.review.votes import MASTER
from tests.support.campaign import sub_point, the_notice

Texts = Mapping[str, str]
UNIT = "法院"
SUB = sub_point("15.6")
ROW = APPEALS.matter(the_notice().units_by_short[UNIT], SUB.id, {}).row
SIGNED = {"审核人": "李四", "审核日期": "2020-12-05"}
FIRST = {
    "核定": "0.2",
    "原因": "佐证材料不足",
    "查证日期": "2020-12-01",
    "查证情况": "台账缺页",
    "审核人": "张三",
    "审核日期": "2020-12-01",
}
GRANTED = {"复核决定": "改分", "新核定": "1", "说明": "补报的材料能证明", **SIGNED}
UPHELD = {"复核决定": "维持", "说明": "新材料不能证明", **SIGNED}


def statement(row: str, said: Texts, base: int | None = None, book: str = MASTER) -> ReviewBook:
    own = Statement(
        key=(UNIT, row), values=values_of(said, readers_of(the_notice())(row)), book=book, sha256=f"of {book}", basis="", seen={}, base=base
    )  # fmt: skip
    return ReviewBook(name=book, data=b"", sha256="", statements=(own,))


def taken(record: DecisionLog, *books: ReviewBook) -> tuple[DecisionLog, list[str]]:
    """Record what books say, as a collect does; give also what is told."""
    notice = the_notice()
    case = Case(unit=notice.units_by_short[UNIT], sub=SUB, auto=40, self_score=50, facts="次数4次")
    dossier = Dossier(notice=notice, cases=(case,), basis={case.code: "0123456789"})
    found = with_consequences(record, merge(record, books, "2020-12-05T09:00:00+08:00"), dossier)
    log = DecisionLog((*record.decisions, *found.added))
    assert [each.no for each in log.decisions] == list(range(1, len(log.decisions) + 1))
    return log, [fault.message for _, fault in found.findings]


def held(log: DecisionLog) -> Decision:
    return log.current[UNIT, SUB.code]


def decided() -> DecisionLog:
    """Give a record in which the office scored the sub-point."""
    return taken(DecisionLog(), statement(SUB.code, FIRST))[0]


def test_what_is_granted_stands_behind_the_ruling() -> None:
    """A granted score is a decision on the sub-point: with the ruling's reason and signature, what was found there, and today's data."""
    log, told = taken(decided(), statement(ROW, GRANTED))
    assert (log.decisions[1].key, told) == ((UNIT, ROW), [])
    made = held(log)
    assert (made.no, made.follows, made.replaces, made.book, made.sha256) == (3, 2, 1, MASTER, f"of {MASTER}")
    assert made.values.texts == {
        "核定": "1", "说明": "补报的材料能证明", "查证日期": "2020-12-01", "查证情况": "台账缺页", **SIGNED,
    }  # fmt: skip
    assert (made.basis, made.seen) == ("0123456789", {"单位": "法院", "测算": "0.4", "自评": "0.5", "事实": "次数4次"})
    ruling = log.ruling_of(made)
    assert ruling
    assert ruling.no == 2
    first = before_rulings(log, made, (UNIT, ROW))
    assert first
    assert first.no == 1


def test_a_part_that_is_granted_keeps_why_the_rest_is_lost() -> None:
    """The reason for a loss goes only where nothing is lost any more."""
    log, _ = taken(decided(), statement(ROW, {**GRANTED, "新核定": "0.4"}))
    assert held(log).values.texts["原因"] == "佐证材料不足"


def test_what_is_upheld_changes_nothing() -> None:
    """A request that is turned down is a decision in its own row only."""
    log, told = taken(decided(), statement(ROW, UPHELD))
    assert ([each.key for each in log.decisions], told) == ([(UNIT, SUB.code), (UNIT, ROW)], [])


def test_the_book_from_before_says_nothing_new() -> None:
    """A copy that shows the first decision, or that shows none and bears what was recorded from it, takes nothing back."""
    log, _ = taken(decided(), statement(ROW, GRANTED))
    for copy in (statement(SUB.code, FIRST, base=1), statement(SUB.code, FIRST), statement(ROW, GRANTED)):
        assert taken(log, copy) == (log, [])
    for book in (
        MASTER,
        "审核表_旧.xlsx",
    ):  # one that was changed without knowing of the ruling contradicts it, and changes nothing
        same, told = taken(log, statement(SUB.code, {**FIRST, "核定": "0.1"}, base=1, book=book))
        assert (same, len(told)) == (log, 1)


def test_a_ruling_that_is_taken_back_restores_the_decision() -> None:
    """A cleared row, or one that upholds by now, leaves the sub-point as it was before the first of its rulings."""
    granted, _ = taken(decided(), statement(ROW, GRANTED))
    more, _ = taken(granted, statement(ROW, {**GRANTED, "新核定": "0.4"}, base=2))
    for said in ({}, UPHELD):
        log, _ = taken(more, statement(ROW, said, base=4))
        assert (held(log).no, held(log).values.texts, held(log).replaces) == (7, FIRST, 5)
        again, _ = taken(log, statement(ROW, GRANTED, base=6))
        assert held(again).values.texts["核定"] == "1"
        assert held(taken(again, statement(ROW, {}, base=8))[0]).values.texts == FIRST


def test_where_nothing_was_decided_before() -> None:
    """The sub-point is open again once a ruling is taken back before which nobody had decided it."""
    granted, _ = taken(DecisionLog(), statement(ROW, GRANTED))
    log, _ = taken(granted, statement(ROW, {}, base=1))
    assert not held(log).values
    assert (UNIT, SUB.code) not in log.in_force


def test_who_decided_since_is_not_undone() -> None:
    """A score that was entered after the ruling stays when the ruling is taken back, and that is told."""
    granted, _ = taken(decided(), statement(ROW, GRANTED))
    since, _ = taken(granted, statement(SUB.code, {**FIRST, "核定": "0.3"}, base=3))
    log, told = taken(since, statement(ROW, UPHELD, base=2))
    assert held(log).values.texts["核定"] == "0.3"
    assert told == [
        "法院15.6:“复核申请”表里的改分撤回了,但改分以后“审核”表里又另作了决定(核定0.3,原因佐证材料不足),仍按后来的决定。请核实。"
    ]


def test_a_score_and_a_ruling_in_one_run() -> None:
    """The ruling counts, whichever the book has first, and that is told; not where both say the same."""
    score, ruling = statement(SUB.code, {**FIRST, "核定": "0.3"}, base=1), statement(ROW, GRANTED)
    for books in ((score, ruling), (ruling, score)):
        log, told = taken(decided(), *books)
        assert (held(log).values.texts["核定"], held(log).replaces, len(log.decisions)) == ("1", 2, 4)
        assert told == [
            "法院15.6:这次收表,“审核”表里填的是核定0.3,原因佐证材料不足,“复核申请”表里定的是核定1,按“复核申请”的。请核实。"
        ]


def test_the_record_is_read_as_it_was_written() -> None:
    """A line says which ruling it follows from; lines of versions without rulings say nothing of it."""
    log, _ = taken(decided(), statement(ROW, GRANTED))
    readers = readers_of(the_notice())
    assert [Decision.from_json(each.as_json, readers) for each in log.decisions] == list(log.decisions)
    old = {name: said for name, said in log.decisions[0].as_json.items() if name != "follows"}
    assert Decision.from_json(old, readers) == log.decisions[0]
