"""A round reviewed from the first return to the official ranking, and what a review must never lose."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from tests.support.documents import paragraphs
from tests.support.offices import FEW, FIRST, FOURTH, NOW, SECOND, THIRD, Office, few
from tests.support.once import Staged
from tests.support.packages import Package
from tests.support.progress import Silent
from tests.support.reviews import Entry, Reviewing, verdict

pytestmark = pytest.mark.long

NUMBERS = {FIRST: 2, SECOND: 4, THIRD: 7, FOURTH: 32}


class Said(Silent):
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))


@pytest.fixture
def office(staged: Staged) -> Office:
    """Give an office that has received its four units' returns."""
    return staged("four received", _receive_four)


@pytest.fixture
def review(office: Office, staged: Staged) -> Reviewing:
    """Review what the office has collected once."""
    staged("four collected", _collect_four)
    return Reviewing(office)


def _receive_four(office: Office) -> None:
    for unit in FEW:
        office.receive(f"{unit}.xlsx", office.filled(unit))


def _collect_four(office: Office) -> None:
    _receive_four(office)
    office.collect()


def accept(office: Office, *units: str, reviewer: str = "王五") -> Round:
    order = CollectOrder(review=ReviewOrders(accept=Acceptance(units=units, reviewer=reviewer)))
    return collect(office.notice, office.space, order, Silent(), now=NOW)


def whole(review: Reviewing, unit: str, lost: float = 0) -> dict[str, Entry]:
    """Review every sub-point of a unit at its self-score, the first one lower by `lost`."""
    entries: dict[str, Entry] = {}
    for no, row in enumerate(review.rows(NUMBERS[unit])):
        own = float(review.cells[f"{row}.自评"])
        score = max(0.0, own - lost) if no == 0 else own
        entries |= verdict(row, {"核定": score, "原因": "佐证材料不足" if score < own else None})
    return entries | settled(review, f"{NUMBERS[unit]:02d}/")


def settled(review: Reviewing, head: str = "") -> dict[str, Entry]:
    """Recognise the bonus that a unit claims, or every unit, and take off what it provides of others."""
    rows = [key.removesuffix(".事项") for key in review.cells if key.startswith(head) and key.endswith(".事项")]
    words = {"加分": "认可", "减分": "减分"}
    named = {row: words.get(row.partition("/")[2][:2]) for row in rows}
    return {key: said for row, word in named.items() if word for key, said in verdict(row, {"认定": word}).items()}


def codes(done: Round) -> list[str]:
    return [found.code for _, found in done.review]


def test_nothing_is_accepted_by_default(review: Reviewing, office: Office) -> None:
    """The first book has a row for each sub-point that was returned, and no decision in it."""
    assert len([key for key in review.cells if "/" in key and key.endswith(".得分点")]) == sum(
        len(office.forms[unit].shape.sub_points) for unit in FEW
    )
    assert [key for key in review.cells if key.endswith((".核定", ".决定")) and "/" in key] == []
    assert (office.report["basis"], review.record) == ("自评", [])
    assert {unit["state"] for unit in office.report["units"]} == {"returned"}


@pytest.mark.whole
def test_a_round_from_the_first_return_to_the_official_ranking(review: Reviewing, office: Office) -> None:
    """Half reviewed it is still 预排名; a new return leaves the decisions; reviewed whole it is 正式排名, by the office's scores."""
    review.enter({**whole(review, FIRST, lost=0.5), **whole(review, SECOND)})
    half = office.collect()
    assert (half.basis, office.report["basis"]) == (Basis.SELF, "自评")
    assert [office.unit(unit)["state"] for unit in FEW] == ["reviewed", "reviewed", "returned", "returned"]
    assert [office.unit(unit)["reviewed"] is None for unit in FEW] == [False, False, True, True]

    first = review.rows(NUMBERS[FIRST])[0].partition("/")[2]
    before = review.decided(FIRST, first)
    office.receive("新/再报.xlsx", office.filled(FIRST, office.good(FIRST, seed=7)))
    again = office.collect()
    assert "review-changed" in codes(again)
    assert review.decided(FIRST, first) == before
    assert office.unit(FIRST)["state"] == "reviewed"
    changed = next(found for _, found in again.review if found.code == "review-changed")
    assert "审核后数据有变" in changed.message
    assert "仍然有效" in changed.message
    assert any("审核后数据有变" in text for key, text in review.cells.items() if key.endswith(".待核"))

    review.enter({**settled(review), **whole(review, THIRD), **whole(review, FOURTH, lost=0.25)})
    last = office.collect()
    assert (last.basis, office.report["basis"]) == (Basis.REVIEWED, "核定")
    assert [office.unit(unit)["state"] for unit in FEW] == ["reviewed"] * 4
    for unit in FEW:
        _assert_recomputed(review, office, unit)
    assert min(office.unit(unit)["rank"] for unit in FEW) == 1
    _assert_published(office)


def _assert_published(office: Office) -> None:
    """Look at what is given out: it says that it is official, a feedback sheet for each unit, the grades, the draft bulletin."""
    sheets = [Package(path) for path in sorted(office.space.results.glob("反馈单/*.xlsx"))]
    assert len(sheets) == len(FEW)
    grades, draft = (
        Package(office.space.results / "通报" / "通报版.xlsx"),
        office.space.results / "通报" / "通报稿.docx",
    )
    words = "".join(paragraphs(draft.read_bytes()))
    for texts in (*(each.strings for each in sheets), grades.strings, [words]):
        assert not any("预排名" in text or "草稿" in text for text in texts)
    assert all(any("正式" in text for text in each.strings) for each in (*sheets, grades))


def _assert_recomputed(review: Reviewing, office: Office, unit: str) -> None:
    """Add up in fractions what the review book shows, and compare with the report."""
    shown, rows = review.cells, review.rows(NUMBERS[unit])
    awarded = sum(Fraction(shown[f"{row}.核定"]) for row in rows)
    full = sum(Fraction(shown[f"{row}.分值"]) for row in rows)
    told = office.unit(unit)
    assert Fraction(told["reviewed"]) == awarded
    assert Fraction(told["full_marks"]) == full
    assert Fraction(told["percent"]) == Fraction(int(awarded / full * 10_000 + Fraction(1, 2)), 100)
    assert Fraction(told["total"]) == Fraction(told["percent"]) + Fraction(told["bonus"]) - Fraction(told["deduction"])
    assert [Fraction(sub["reviewed"]) for sub in told["sub_points"]] == [Fraction(shown[f"{row}.核定"]) for row in rows]


def test_a_decision_keeps_who_when_and_from_where(review: Reviewing, office: Office) -> None:
    """A decision names its reviewer, day, book, what it rests on and what it replaced; the book is kept byte for byte."""
    row = review.rows(NUMBERS[FIRST])[0]
    book = review.enter(verdict(row, {"核定": 0, "原因": "没有佐证材料", "说明": "未见通知"}))
    office.collect()
    (made,) = review.record
    assert made["values"] == {
        "核定": "0", "原因": "没有佐证材料", "说明": "未见通知", "审核人": "张三", "审核日期": "2020-12-01",
    }  # fmt: skip
    assert (made["no"], made["unit"], made["row"], made["book"]) == (1, FIRST, row.partition("/")[2], "审核表.xlsx")
    assert (made["replaces"], made["bulk"], len(made["basis"])) == (None, False, 10)
    assert (office.space.archive / f"{made['sha256']}.xlsx").read_bytes() == book
    assert review.cells[f"{row}.决定"] == "1"

    review.enter(verdict(row, {"核定": 0.5, "原因": "佐证材料不足", "说明": None}, who="李四"))
    office.collect()
    assert [(each["replaces"], each["values"]["审核人"]) for each in review.record] == [(None, "张三"), (1, "李四")]


def test_running_again_changes_nothing(review: Reviewing, office: Office) -> None:
    """The same books give the same record and the same book, byte for byte, run after run."""
    review.enter({**whole(review, FIRST, lost=0.5), **whole(review, SECOND)})
    office.collect()
    book, record = review.master.read_bytes(), review.record
    for _ in range(2):
        done = office.collect()
        assert (review.master.read_bytes(), review.record, codes(done)) == (book, record, [])


def test_a_lost_book_loses_nothing(review: Reviewing, office: Office) -> None:
    """Where the book is gone, the next one has every decision in place."""
    review.enter(whole(review, FIRST, lost=0.5))
    office.collect()
    before, record = review.cells, review.record
    review.master.unlink()
    office.collect()
    assert (review.cells, review.record) == (before, record)


def test_a_return_that_is_gone_leaves_its_decisions(review: Reviewing, office: Office) -> None:
    """A decision outlives the return: told while there is none, and in force again when there is."""
    review.enter(whole(review, FIRST))
    office.collect()
    path = office.space.returns / f"{FIRST}.xlsx"
    data = path.read_bytes()
    path.unlink()
    gone = office.collect()
    assert set(codes(gone)) == {"review-not-returned"}
    assert office.unit(FIRST)["state"] == "missing"
    office.receive(f"{FIRST}.xlsx", data)
    office.collect()
    assert office.unit(FIRST)["state"] == "reviewed"


def test_a_changed_catalogue_loses_nothing(review: Reviewing, office: Office) -> None:
    """A decision is of its unit, whatever number that has in an edited catalogue; a reason no longer offered stays."""
    row = review.rows(NUMBERS[FIRST])[0]
    review.enter(verdict(row, {"核定": 0, "原因": "没有佐证材料"}))
    office.collect()
    about = office.notice.about
    fewer = about.model_copy(update={"review": about.review.model_copy(update={"reasons": ("其他(写明)",)})})
    edited = office.notice.model_copy(update={"about": fewer})
    done = collect(edited, office.space, CollectOrder(), Silent(), now=NOW)
    assert review.decided(FIRST, row.partition("/")[2]) == ["0"]
    assert done.reviewed[0].sub_points[0].reviewed == 0
    assert review.cells[f"{row}.原因"] == "没有佐证材料"


# 不涉及 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "full"), [("核准", "34.00"), ("不核准", "34.50")])
def test_not_applicable(tmp_path: Path, notice: Notice, said: str, full: str) -> None:
    """Approved, 不涉及 takes its points out of the full marks; refused, it earns nothing."""
    office = _with_claim(tmp_path, notice)
    review = Reviewing(office)
    entries: dict[str, Entry] = {}
    for row in review.rows(14):
        claimed = row == "14/5.1"
        entries |= verdict(row, {"不涉及": said} if claimed else {"核定": 0, "原因": "没有佐证材料"})
    review.enter(entries)
    done = office.collect()
    unit = next(each for each in done.units if each.unit == "科技局")
    out = next(sub for sub in unit.sub_points if sub.code == "5.1")
    assert (out.approved, out.reviewed) == ((True, None) if said == "核准" else (False, 0))
    assert (done.basis, unit.reviewed, office.unit("科技局")["full_marks"]) == (Basis.REVIEWED, 0, full)


def _with_claim(folder: Path, notice: Notice) -> Office:
    office = Office(few(notice, ("科技局",)), folder)
    office.issue()
    answers = {**office.good("科技局"), "5.1.公示制度.填报": "不涉及", "5.1.自评": None, "5.1.说明": "没有职权"}
    office.receive("科技局.xlsx", office.filled("科技局", answers))
    office.collect()
    return office


# Bulk ----------------------------------------------------------------------------------------------------------------


def test_self_scores_are_accepted_only_by_order(review: Reviewing, office: Office) -> None:
    """An order takes the self-scores of what nobody has decided, each marked as taken in bulk, and names who answers for it."""
    row = review.rows(NUMBERS[FIRST])[0]
    review.enter(verdict(row, {"核定": 0, "原因": "没有佐证材料"}))
    accept(office, FIRST)
    own = [each for each in review.record if each["unit"] == FIRST]
    assert [each["bulk"] for each in own] == [False] + [True] * 5
    assert {each["values"]["审核人"] for each in own if each["bulk"]} == {"王五"}
    assert review.decided(FIRST, row.partition("/")[2]) == ["0"]
    assert office.unit(FIRST)["state"] == "reviewed"
    assert office.unit(SECOND)["state"] == "returned"

    review.enter(settled(review))
    assert accept(office, "全部").basis is Basis.REVIEWED
    record = review.record
    assert accept(office, "全部").basis is Basis.REVIEWED
    assert review.record == record


def test_a_review_years_later(office: Office) -> None:
    """A round tried out long after its year is reviewed like any other: today is a day on which one may decide."""
    late = NOW.replace(year=2031)
    order = CollectOrder(review=ReviewOrders(accept=Acceptance(units=(FIRST,), reviewer="王五")))
    collect(office.notice, office.space, order, Silent(), now=late)
    done = collect(office.notice, office.space, CollectOrder(), Silent(), now=late)
    assert codes(done) == []
    assert office.unit(FIRST)["state"] == "reviewed"


def test_what_has_no_self_score_is_not_accepted(tmp_path: Path, notice: Notice) -> None:
    """A claim of 不涉及 is decided one by one, never in bulk."""
    office = _with_claim(tmp_path, notice)
    said = Said()
    order = CollectOrder(review=ReviewOrders(accept=Acceptance(units=("全部",), reviewer="王五")))
    done = collect(office.notice, office.space, order, said, now=NOW)
    assert done.basis is Basis.SELF
    assert (
        "按自评核定17个得分点;没有自评分、申请不涉及或审核表里已经动笔还没有采用的1个没有核定,请逐个审核。"
        in said.lines
    )


@pytest.mark.parametrize(
    ("units", "reviewer", "message"),
    [
        ((FIRST,), " ", "按自评核定(--accept-self)要写明由谁负责,请加上 --by 姓名。"),
        (("人大",), "王五", "--accept-self 里的“人大”没有可计分的填报表。是不是“人大常委会机关”?"),
    ],
)
def test_an_order_that_is_not_clear(
    review: Reviewing, office: Office, units: tuple[str, ...], reviewer: str, message: str
) -> None:
    """An order without a name, or for what is no unit with a return, is refused and records nothing."""
    with pytest.raises(WrongUseError) as refused:
        accept(office, *units, reviewer=reviewer)
    assert (str(refused.value), review.record) == (message, [])


# The registers -------------------------------------------------------------------------------------------------------

TASK = {"单位": FIRST, "事项": "迟交月报", "日期": "2020-11-03"}


def test_the_registers_settle_what_the_office_holds(review: Reviewing, office: Office) -> None:
    """不配合的,有1次扣1分; 报送1篇得0.5分,录用1篇得2分: what is registered of a unit decides over a score typed for it."""
    day = {"审核人": "张三", "审核日期": "2020-12-01"}
    entries: dict[str, Entry] = {f"交办登记.{no:03d}.{c}": v for no in (1, 2) for c, v in {**TASK, **day}.items()}
    piece = {"单位": FIRST, "标题": "经验", "报送日期": "2020-11-15", "录用": "已录用", "期号": "第15期", **day}
    late = {**piece, "报送日期": "2020-11-16", "录用": "未录用", "期号": None}
    entries |= {f"信息采用.001.{c}": v for c, v in piece.items()} | {f"信息采用.002.{c}": v for c, v in late.items()}
    review.enter(entries | verdict("02/20.7", {"核定": 5}))
    done = office.collect()
    scores = {sub.code: sub.reviewed for sub in done.reviewed[0].sub_points}
    assert (scores["20.7"], scores["20.6"]) == (300, 250)
    assert {sub.code: sub.reviewed for sub in done.reviewed[1].sub_points}["20.7"] is None
    assert review.cells["交办登记.002.事项"] == "迟交月报"


def test_an_entry_that_was_cleared_is_taken_back(review: Reviewing, office: Office) -> None:
    """Clearing a row takes its decision back: on record, and told; the book shows a blank row again."""
    day = {"审核人": "张三", "审核日期": "2020-12-01"}
    entries: dict[str, Entry] = {f"交办登记.001.{c}": v for c, v in {**TASK, **day}.items()}
    review.enter(entries)
    office.collect()
    review.enter(dict.fromkeys(entries))
    done = office.collect()
    assert codes(done) == ["review-withdrawn"]
    assert [(each["no"], each["replaces"], bool(each["values"])) for each in review.record] == [
        (1, None, True),
        (2, 1, False),
    ]
    assert "交办登记.001.事项" not in review.cells
    assert codes(office.collect()) == []


@pytest.fixture
def claiming(tmp_path: Path, notice: Notice) -> Office:
    """Give a round of two units: 检察院 claims three bonuses and provides two deductions of 信访局."""
    office = Office(few(notice, (THIRD, FOURTH)), tmp_path)
    office.issue()
    answers = {key: value for key, value in office.good(THIRD).items() if not key.startswith("加分")}
    claim = {"情形": "①表彰奖励", "机关": "司法部", "级别": "省部级", "日期": "2020-6-1"}
    for no, matter in enumerate(("全国先进", "全国先进集体", "经验推广"), 1):
        answers |= {f"加分.{no:02d}.{c}": v for c, v in {**claim, "事项": matter}.items()}
    offence = {"情形": "④负责人违法违纪", "单位": FOURTH, "事项": "受贿", "文号": "1号", "日期": "2020-7-1"}
    degrees = ("受到党纪政纪处分的", "依法被追究刑事责任的")
    for no, degree in enumerate(degrees, 1):
        answers |= {f"减分.{no:02d}.{c}": v for c, v in {**offence, "程度": degree, "文号": f"{no}号"}.items()}
    office.receive("检察院.xlsx", office.filled(THIRD, answers))
    office.receive("信访局.xlsx", office.filled(FOURTH))
    office.collect()
    return office


OFFENCES = ("07/减分.01", "07/减分.02", "减分登记.001")


def test_bonus_and_deductions(claiming: Office) -> None:
    """Only what was recognised counts, a matter once; of one matter's deductions the graver one; the register adds its own."""
    review = Reviewing(claiming)
    assert (review.cells["07/加分.02.事项"], review.cells["07/减分.02.程度"]) == (
        "全国先进集体",
        "依法被追究刑事责任的",
    )
    assert [review.cells.get(f"07/加分.{no:02d}.{column}") for no in (1, 2) for column in ("事项号", "提示")] == [
        "07-1", None, "07-2", "名称与加分.01相近",
    ]  # fmt: skip
    own = {
        "来源": "市司法局", "情形": "⑥督察通报", "单位": FOURTH, "事项": "通报", "文号": "2号", "日期": "2020-8-1", "认定": "减分",
    }  # fmt: skip
    review.enter(
        {
            **verdict("07/加分.01", {"认定": "认可", "归并": "全国先进"}),
            **verdict("07/加分.02", {"认定": "认可", "归并": "全国 先进"}),
            **verdict("07/加分.03", {"认定": "不认可", "说明": "市级表彰"}),
            **verdict("07/减分.01", {"认定": "减分"}),
            **verdict("07/减分.02", {"认定": "减分"}),
            **verdict("减分登记.001", own),
        }
    )
    before = claiming.collect()
    assert codes(claiming.collect()) == []  # what a hint says is no part of what was decided on
    hints = {row: (review.cells[f"{row}.事项号"], review.cells.get(f"{row}.提示")) for row in OFFENCES}
    assert hints == {
        "07/减分.01": ("32-1", "疑似重复:与检察院减分.02同一事项"),
        "07/减分.02": ("32-1", "疑似重复:与检察院减分.01同一事项"),
        "减分登记.001": ("32-2", "疑似重复:文号与检察院减分.02相同"),
    }
    assert [(unit.bonus, unit.deduction) for unit in before.units] == [(300, 0), (before.units[1].bonus, 0)]
    done = accept(claiming, "全部")
    assert done.basis is Basis.REVIEWED
    assert [(unit.bonus, unit.deduction) for unit in done.units] == [(100, 0), (0, 800)]
    assert done.units[1].total == (done.units[1].percent or 0) - 800
