"""Requests for a review are taken or refused by rule; whoever is refused is told which rule, with the notice's clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.findings.catalogue import REFUSED_APPEALS
from fazhi_xl.form.appeal_form import proof_of
from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.appeals.judge import Judge, matter_of
from fazhi_xl.office.appeals.record import Line
from fazhi_xl.office.ranking.what_if import WhatIf
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.rounds.appeals import AskedRow, Request
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from tests.support.campaign import KEY, forms, the_notice
from tests.support.rounds import returned_file

UNIT = "信访局"
DUE = date(2020, 12, 20)
CLAUSE = "对结果有异议的,自收到反馈单之日起五个工作日内书面申请复核。"


@cache
def with_due() -> Notice:
    """Give the notice with a day by which to ask, and a clause."""
    notice = the_notice()
    about = notice.about
    dates, texts = (
        about.dates.model_copy(update={"appeals_due": DUE}),
        about.texts.model_copy(update={"appeal_clause": CLAUSE}),
    )
    return notice.model_copy(update={"about": about.model_copy(update={"dates": dates, "texts": texts})})


@cache
def answers() -> Answers:
    made = returned_file(UNIT).answers
    assert made
    return made


def decision(row: str, said: Mapping[str, str], no: int = 1) -> Decision:
    return Decision(
        no=no, unit=UNIT, row=row, values=values_of(said, readers_of(the_notice())(row)), book="审核表.xlsx", sha256="", basis="",
        seen={}, replaces=None, bulk=False, recorded="2020-12-01T09:00:00",
    )  # fmt: skip


def lost_and_full() -> tuple[str, str]:
    """Name two sub-points of the unit, by their codes."""
    first, second, *_ = forms()[UNIT].shape.sub_points
    return first, second


LOST, FULL = lost_and_full()


def judge(lines: Iterable[Line] = (), *rulings: Decision, notice: Notice | None = None, least: str = "0") -> Judge:
    """Give who judges a round in which the unit lost points on the one sub-point and none on the other."""
    known = notice or with_due()
    full = the_notice().sub_points[FULL].points / 100
    held = {
        each.key: each for each in (decision(LOST, {"核定": least}), decision(FULL, {"核定": f"{full:g}"}), *rulings)
    }
    decided = Decisions(notice=known, decisions=held, answers={UNIT: answers()})
    return Judge(
        notice=known,
        what=WhatIf(forms=(forms()[UNIT],), decided=decided, came={UNIT: answers()}),
        in_force=held,
        key=KEY,
        recorded="2020-12-10T09:00:00+08:00",
        lines=list(lines),
    )


def row(code: str = LOST, **said: object) -> AskedRow:
    """Give a row as it was filled in; with the mark and the proof that were printed."""
    unit, sub = the_notice().units_by_short[UNIT], the_notice().sub_points[code]
    made = AskedRow(
        sub_point=sub.id,
        asked=True,
        reason="签到表能证明",
        mark="0.00",
        proof=proof_of(unit, sub.id, "0.00", KEY),
        place=Place(field=f"复核申请.{sub.id}.理由"),
    )
    return replace(made, **said)  # type: ignore[arg-type]


def sheet(*rows: AskedRow, sha256: str = "a", received: date = DUE, **more: object) -> FileResult:
    request = Request(unit=UNIT, rows=rows)
    made = FileResult(
        path=f"{sha256}.xlsx", sha256=sha256, received=received, unit=UNIT, status=Status.IGNORED, request=request, basis=DayBasis.MAIL
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def codes(by: Judge, file: FileResult) -> list[Code]:
    return [found.code for found in by.judged(file)]


def test_a_request_is_taken_and_kept() -> None:
    """It is kept in the unit's words with the score then, its file and its day; the same file says the same again, and adds nothing."""
    by, file = judge(), sheet(row(material="签到表2份"))
    assert [found.message for found in by.judged(file)] == [f"得分点{LOST}:收到复核申请,列入审核表的“复核申请”。"]
    (line,) = by.added
    assert (line.no, line.mark, line.reason, line.material, line.file, line.sha256, line.received) == (
        1, "0.00", "签到表能证明", "签到表2份", "a.xlsx", "a", "2020-12-20",
    )  # fmt: skip
    again = judge([line])
    assert (codes(again, file), again.added) == ([Code.APPEAL_TAKEN], [])


def test_late() -> None:
    """On the last day it is in time, after it not; a day that is only presumed bars nobody, and the office is asked."""
    late = date(2020, 12, 21)
    by = judge()
    assert [found.message for found in by.judged(sheet(row(), received=late))] == [
        f"得分点{LOST}:2020-12-21收到,过了申请复核的期限(2020-12-20),不予受理(依据:{CLAUSE[:-1]})。"
    ]
    assert by.added == []
    assert codes(by, sheet(row(), received=late, basis=DayBasis.FILE)) == [
        Code.APPEAL_PRESUMED_LATE,
        Code.APPEAL_TAKEN,
    ]
    assert codes(judge(notice=the_notice()), sheet(row(), received=date(2021, 6, 1))) == [Code.APPEAL_TAKEN]


def test_without_a_clause_the_sentence_is_plain() -> None:
    """Where the notice has no clause the rule is told by itself."""
    by = judge(notice=the_notice())
    (told,) = by.judged(sheet(row(FULL)))
    assert told.message == f"得分点{FULL}:没有失分,不予受理:只能就失分的得分点申请复核。"


def test_of_another_unit() -> None:
    """A sheet that seems to come from another unit asks for nothing, until the office says that it has made sure."""
    by = judge()
    file = sheet(row())
    assert file.request
    (told,) = by.judged(replace(file, request=replace(file.request, others="科协")))
    assert told.message == (
        f"这是信访局的反馈单,文件或者来信却像是科协的,里面的复核申请不予受理:只能由本单位申请(依据:{CLAUSE[:-1]})。"
    )
    assert by.added == []


def test_what_is_not_lost_or_not_asked_of_the_unit() -> None:
    """Only what was lost can be asked to be reviewed, and only of the unit's own."""
    foreign = next(code for code in the_notice().sub_points if code not in forms()[UNIT].shape.sub_points)
    by = judge()
    assert codes(by, sheet(row(FULL), row(foreign))) == [Code.APPEAL_NOT_LOST, Code.APPEAL_ROW_UNKNOWN]
    file = sheet()
    assert file.request
    strange = replace(file, request=replace(file.request, unknown=("复核申请.99.9",)))
    assert codes(by, strange) == [Code.APPEAL_ROW_UNKNOWN]
    assert by.added == []


def test_filled_in_by_half() -> None:
    """Without a reason, or without a tick, nothing is asked, and the unit is told; a sheet with neither is nothing to act on."""
    wrong = finding(Code.TEXT_TOO_LONG, label="理由", length="300")
    by = judge()
    told = codes(by, sheet(row(reason=""), row(FULL, asked=False), row(wrong=(wrong,))))
    assert told == [Code.APPEAL_NO_REASON, Code.APPEAL_NOT_TICKED, Code.APPEAL_UNREAD]
    assert codes(by, sheet()) == [Code.APPEAL_NONE]
    assert (by.added, set(told) <= REFUSED_APPEALS) == ([], True)


def test_asked_again() -> None:
    """The same words in another file are not taken again; other words count while nobody has decided, and are kept beside the first."""
    by = judge()
    by.judged(sheet(row()))
    (told,) = by.judged(sheet(row(), sha256="b"))
    assert told.message == f"得分点{LOST}:同样的申请已经收到过(a.xlsx),以先收到的为准,不重复受理(依据:{CLAUSE[:-1]})。"
    (told,) = by.judged(sheet(row(reason="另有两份"), sha256="c"))
    assert told.message == f"得分点{LOST}:申请的理由或材料改过,以这一份为准(先前的是“签到表能证明”)。"
    assert [(line.no, line.reason) for line in by.added] == [(1, "签到表能证明"), (2, "另有两份")]


def test_asked_after_the_decision() -> None:
    """What was decided is not reviewed again; the file that asked first still says that it was taken."""
    by = judge()
    file = sheet(row())
    by.judged(file)
    matter = matter_of(with_due(), by.added[0], {})
    assert matter
    ruling = decision(matter.row, {"复核决定": "维持", "说明": "不足"}, 3)
    after = judge(by.added, ruling)
    (told,) = after.judged(sheet(row(reason="再看看"), sha256="b"))
    assert told.message == f"得分点{LOST}:已经复核过(维持),不再受理:每个得分点只复核一次(依据:{CLAUSE[:-1]})。"
    assert (codes(after, file), after.added) == ([Code.APPEAL_TAKEN], [])


def test_the_marks_of_the_sheet_are_not_believed() -> None:
    """A mark that was printed and has changed since is told with both; one that nobody printed is told as well, and neither counts."""
    by = judge(least="0.2")
    (_, told) = by.judged(sheet(row()))
    assert told.message == (
        f"得分点{LOST}:发回的反馈单上印的核定分是0.00,现在是0.20:那份反馈单印得早,以后分数变过。按现在的分数受理。"
    )
    by = judge()
    (_, told) = by.judged(sheet(row(mark="0.99")))
    assert told.message == f"得分点{LOST}:发回的反馈单上的核定分(“0.99”)不是印上去的,以记录的0.00为准。"
    assert [line.mark for line in by.added] == ["0.00"]


def test_a_row_is_named_by_what_is_asked() -> None:
    """The office decides a request as it stands: in other words, or on another score, it is another row."""
    by = judge()
    by.judged(sheet(row()))
    (line,) = by.added
    rows = {
        made.row
        for each in (line, replace(line, reason="另外"), replace(line, mark="0.10"), replace(line, file="b.xlsx"))
        if (made := matter_of(with_due(), each, {}))
    }
    assert len(rows) == 3
    assert all(APPEALS.holds(each) for each in rows)


def test_a_dash_is_no_reason() -> None:
    """A reason of dashes or dots is refused as a blank one; what an earlier version took stays taken."""
    for bare in ("—", "……", ""):
        by = judge()
        assert (codes(by, sheet(row(reason=bare))), by.added) == ([Code.APPEAL_NO_REASON], [])
    by = judge()
    codes(by, sheet(row()))
    (line,) = by.added
    assert codes(judge([replace(line, reason="—")]), sheet(row(reason="—"))) == [Code.APPEAL_TAKEN]
