"""A ranking is official when all is decided: sub-points, 不涉及, bonus, deductions, the office's values, and every contradiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.review.undecided import sheet_of
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.undecided import OpenMatter, Undecided, by_kind
from fazhi_xl.scoring.model import Basis
from tests.office.review.test_registered import Review, notice  # noqa: F401 - a fixture
from tests.support.campaign import the_notice
from tests.support.offices import FIRST, FOURTH, SECOND, THIRD, Office, few
from tests.support.once import Once
from tests.support.progress import Silent
from tests.support.reviews import Reviewing, verdict
from tests.support.rounds import NOW
from tests.support.standings import still_open


def accepted(office: Office) -> Round:
    """Collect, and take every self-score as it is."""
    orders = ReviewOrders(accept=Acceptance(units=("全部",), reviewer="李四"))
    return collect(office.notice, office.space, CollectOrder(review=orders), Silent(), now=NOW)


def played(root: Path) -> None:
    """Play a round in which all that can be accepted in bulk is: a bonus that one unit claims, and what another provides, are open."""
    office = Office(few(the_notice()), root)
    office.issue()
    claims = {SECOND: claim(office, SECOND), FIRST: offence(office, FIRST)}
    for unit in (FIRST, SECOND, THIRD, FOURTH):
        answers = {key: value for key, value in office.good(unit).items() if not key.startswith(("加分.", "减分."))}
        office.receive(f"{unit}.xlsx", office.filled(unit, {**answers, **claims.get(unit, {})}))
    accepted(office)


def claim(office: Office, unit: str) -> dict[str, Value]:
    fields = office.forms[unit].shape.fields
    chosen = {key: fields[key].options[0] for key in ("加分.01.情形", "加分.01.级别", "加分.01.认可")}
    return {
        **chosen,
        "加分.01.事项": "全国先进",
        "加分.01.机关": "司法部",
        "加分.01.文号": "司发1号",
        "加分.01.日期": date(2020, 6, 1),
    }


def offence(office: Office, unit: str) -> dict[str, Value]:
    fields = office.forms[unit].shape.fields
    return {
        "减分.01.情形": fields["减分.01.情形"].options[0],
        "减分.01.单位": THIRD,
        "减分.01.事项": "超越权限制发文件",
        "减分.01.文号": "备案审查意见1号",
        "减分.01.日期": date(2020, 6, 1),
    }


@pytest.fixture
def office(once: Once, tmp_path: Path) -> Office:
    """Give the office after its bulk acceptance, in a folder of its own."""
    return Office(few(the_notice()), once("all but verdicts", played)).copied(tmp_path / "out")


def collected(office: Office) -> Round:
    return office.collect(now=NOW)


def test_undecided_verdicts_keep_it_preliminary(office: Office) -> None:
    """With every sub-point reviewed, an open claim and an open deduction still block, each named with its row; then it is official."""
    done = collected(office)
    assert done.basis is Basis.SELF
    assert {(each.kind, each.unit, each.code, each.sheet, each.what) for each in done.open} == {
        (Undecided.BONUS, SECOND, "04/加分.01", "加分认定", "全国先进"),
        (Undecided.DEDUCTION, THIRD, "02/减分.01", "减分登记", "超越权限制发文件"),
    }
    assert [each.source for each in done.open] == ["", FIRST]
    assert done.open[1].named == f"“减分登记”02/减分.01({THIRD}({FIRST}提供):超越权限制发文件)"
    review = Reviewing(office)
    review.enter(verdict("04/加分.01", {"认定": "认可"}))
    assert [each.kind for each in collected(office).open] == [Undecided.DEDUCTION]
    review.enter(verdict("02/减分.01", {"认定": "不减分", "说明": "不属实"}))
    done = collected(office)
    assert (done.basis, done.open) == (Basis.REVIEWED, ())


def test_no_decision_shows_before(office: Office) -> None:
    """Before the ranking is official the units stand without any decision, while what is decided so far is kept beside them."""
    done = collected(office)
    assert all(score.reviewed is None and score.approved is None for unit in done.units for score in unit.sub_points)
    assert all(score.decided for unit in done.reviewed for score in unit.sub_points)


def test_half_an_entry_of_a_register_blocks(office: Office) -> None:
    """An entry that was begun and could not be taken is open too: an official ranking would be without it."""
    review = Reviewing(office)
    review.enter(
        {
            **verdict("04/加分.01", {"认定": "认可"}),
            **verdict("02/减分.01", {"认定": "减分"}),
            "减分登记.001.单位": FOURTH,
            "减分登记.001.事项": "违法决策",
        }
    )
    done = collected(office)
    assert [(each.kind, each.unit, each.code, each.sheet, each.what) for each in done.open] == [
        (Undecided.UNREAD, FOURTH, "减分登记.001", "减分登记", "违法决策")
    ]
    assert done.basis is Basis.SELF


def test_contradicting_books_block(office: Office) -> None:
    """Where two books say different things of one row, it is open until one of them gives way."""
    review = Reviewing(office)
    base = review.master.read_bytes()
    rulings = {**verdict("04/加分.01", {"认定": "认可"}), **verdict("02/减分.01", {"认定": "减分"})}
    review.enter(rulings)
    review.enter(
        {**rulings, **verdict("04/加分.01", {"认定": "不认可", "说明": "没有文件"})},
        into="审核表(王五).xlsx",
        base=base,
    )
    done = collected(office)
    assert [(each.kind, each.unit, each.row, each.sheet, each.what) for each in done.open] == [
        (Undecided.BOOKS, SECOND, "加分.01", "加分认定", "全国先进")
    ]
    assert done.basis is Basis.SELF


# Without a folder ------------------------------------------------------------------------------------------------------


def returned(review: Review, unit: str) -> FileResult:
    answers: Answers = review.answers[unit]
    return FileResult(
        path=f"{unit}.xlsx", sha256="", received=date(2032, 1, 5), unit=unit, status=Status.ACCEPTED, answers=answers
    )


def open_of(review: Review, unit: str = "01社区") -> dict[str, Undecided]:
    """Give why each row of a unit is open."""
    found = still_open(review.notice, (returned(review, unit),), review.decided)
    return {each.row: each.kind for each in found if each.unit == unit}


def test_values_of_the_office(notice: Notice) -> None:  # noqa: F811
    """A sub-point that waits for the office's value is open on the sheet of that register, and nobody scores it by hand."""
    review = Review(notice)
    assert open_of(review)["1.6"] is Undecided.OFFICE_VALUE
    review.says("调查", "01社区", 满意率="91")
    assert "1.6" not in open_of(review)


def test_a_register_against_a_reviewer(notice: Notice) -> None:  # noqa: F811
    """A score that contradicts the register is open until one of them is changed; one that says the same is not."""
    review = Review(notice).says("会议登记.001", 单位="01社区", 会议="例会")
    assert "1.1" not in open_of(review)
    assert "1.1" not in open_of(review.says("1.1", "01社区", 核定="4"))
    contradicting = Review(notice).says("会议登记.001", 单位="01社区", 会议="例会").says("1.1", "01社区", 核定="5")
    assert open_of(contradicting)["1.1"] is Undecided.REGISTER
    approving = Review(notice).says("会议登记.001", 单位="01社区", 会议="例会").says("1.1", "01社区", 不涉及="核准")
    assert open_of(approving)["1.1"] is Undecided.REGISTER


def test_matters_by_kind() -> None:
    """Open rows are grouped by kind, in the order of the kinds, and named as people look for them."""
    matters = (
        OpenMatter(
            kind=Undecided.BONUS, unit="法院", row="加分.01", code="06/加分.01", sheet="加分认定", what="全国先进"
        ),
        OpenMatter(kind=Undecided.SUB_POINT, unit="法院", row="6.1", code="06/6.1", sheet="审核"),
        OpenMatter(kind=Undecided.UNREAD, code="减分登记.003", sheet="减分登记"),
    )
    assert list(by_kind(matters)) == [Undecided.SUB_POINT, Undecided.BONUS, Undecided.UNREAD]
    assert [each.named for each in matters] == [
        "“加分认定”06/加分.01(法院:全国先进)",
        "“审核”06/6.1(法院)",
        "“减分登记”减分登记.003",
    ]


def test_sheets_of_rows() -> None:
    """A row stands on the sheet of its list or register, a sub-point on 审核."""
    known = the_notice()
    rows = ("加分.01", "减分.02", "减分登记.001", "否决登记.001", "交办登记.001", "6.1")
    assert [sheet_of(known, row) for row in rows] == [
        "加分认定",
        "减分登记",
        "减分登记",
        "否决登记",
        "交办登记",
        "审核",
    ]


def test_an_empty_negative_list_is_not_begun() -> None:
    """Where the notice has no items, nothing is official before anything has been registered."""
    bare = the_notice().model_copy(update={"items": ()})
    nothing = Decisions(notice=bare)
    assert [each.kind for each in still_open(bare, (), nothing)] == [Undecided.NOTHING]
    begun = Review(the_notice(), {}).says("减分登记.001", 单位="法院", 认定="减分").decided
    assert still_open(bare, (), replace(begun, notice=bare, answers={})) == ()


def test_what_a_row_is_about_ends_without_a_mark(notice: Notice) -> None:  # noqa: F811
    """The mark that parts a sub-point from the next one in the notice is no part of what its row is about."""
    ended = notice.model_copy(
        update={
            "items": tuple(
                each.model_copy(update={"sub_points": tuple(_ending(sub) for sub in each.sub_points)})
                for each in notice.items
            )
        }
    )
    review = Review(notice)
    found = still_open(ended, (returned(review, "01社区"),), replace(review.decided, notice=ended))
    assert found
    assert not [each.what for each in found if each.what.endswith(";")]


def _ending(sub: SubPoint) -> SubPoint:
    return sub.model_copy(update={"text": f"{sub.text};"})
