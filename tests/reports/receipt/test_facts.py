"""What a receipt says of a return: what came, what counts, what is asked; nothing of what the office decides later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.receipt.facts import EvidenceCount, Receipt, accepted, objecting, receipt, until
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis, UnitScore
from tests.support.campaign import the_notice
from tests.support.rounds import a_round, blank_file, returned_file

UNIT, NUMBER = "人大常委会机关", "ZL2020-02-1-2SVYLX5J"
FIRST = replace(
    returned_file(UNIT, received=date(2020, 11, 8)), path="旧.xlsx", sha256="ab" * 32, status=Status.SUPERSEDED
)


def told(file: FileResult, *more: FileResult, round_: Round | None = None) -> Receipt:
    made = round_ or a_round([UNIT], (file, *more))
    return receipt(made, made.notice.units_by_short[UNIT], file, NUMBER, OtherUnits.of(made.notice))


def extended(*files: FileResult) -> Round:
    granted = {UNIT: Extension(unit=UNIT, day=date(2020, 11, 25), by="张三", why="停电")}
    return replace(a_round([UNIT], files), extensions=granted)


class TestWho:
    @pytest.mark.parametrize(
        ("status", "due"),
        [
            (Status.ACCEPTED, True), (Status.ACCEPTED_WITH_NOTES, True), (Status.NEEDS_CORRECTION, False),
            (Status.REJECTED, False), (Status.SUPERSEDED, False), (Status.DUPLICATE, False), (Status.IGNORED, False),
        ],
    )  # fmt: skip
    def test_statuses(self, status: Status, *, due: bool) -> None:
        """A return that counts and was accepted has a receipt; one that went back, was rejected or superseded has none."""
        file = replace(returned_file(UNIT), status=status)
        assert accepted(a_round([UNIT], [file]), UNIT) == (file if due else None)


class TestWhatCounts:
    def test_whole(self) -> None:
        """It has the return's day and what that rests on, its name and digest, and what it says, item by item and in total."""
        file = replace(
            returned_file(UNIT), path="2020-11-10/甲/人大.xlsx", sha256="c" * 64, time=time(9, 5), basis=DayBasis.SERVER
        )
        found = told(replace(file, sender="rd@example.cn"))
        assert (found.came, found.basis, found.in_time) == ("2020年11月10日 09:05", "邮件服务器收到的时间", "按时")
        assert (found.file, found.sha256, found.sender) == ("人大.xlsx", "c" * 64, "rd@example.cn")
        assert (found.no, found.called, found.before) == (1, "第1号", "")
        assert [(each.no, each.points, each.auto, each.self_score) for each in found.items] == [
            (15, 1300, 1300, 1300),
            (20, 900, 500, 500),
        ]
        assert (found.points, found.auto, found.self_score) == (2200, 1800, 1800)
        assert (found.inputs, found.evidence, found.bonus) == (33, EvidenceCount(listed=0, there=0), 0)
        assert (found.rewritten, found.asked, found.unconfirmed) == ((), (), False)

    def test_what_the_office_decides_changes_nothing(self) -> None:
        """A receipt is of what was returned: the same before and after the review."""
        file = returned_file(UNIT)
        before = a_round([UNIT], [file])
        (score,) = before.units
        lower = tuple(replace(each, reviewed=0) for each in score.sub_points)
        after: UnitScore = replace(score, sub_points=lower, reviewed=0, total=0)
        decided = replace(before, basis=Basis.REVIEWED, units=(after,), reviewed=(after,))
        assert told(file, round_=decided) == told(file, round_=before)

    def test_a_self_score_that_is_missing(self) -> None:
        """What has no self-score adds nothing to the sum of them, and an item without any has none."""
        file = returned_file(UNIT, {"20.1.自评": None})
        assert told(file).self_score is not None
        keys = [key for key in (file.answers.values if file.answers else ()) if key.endswith(".自评")]
        assert told(returned_file(UNIT, dict.fromkeys(keys))).self_score is None

    def test_a_notice_without_self_scores_or_evidence(self) -> None:
        """Where units give no scores of their own there are none, and without a list of documents no evidence is told of."""
        about = the_notice().about
        scoring = about.scoring.model_copy(update={"self_score": False})
        texts = about.texts.model_copy(update={"evidence": ()})
        plain: Notice = the_notice().model_copy(
            update={"about": about.model_copy(update={"scoring": scoring, "texts": texts}), "bonus": ()}
        )
        file = returned_file(UNIT)
        found = told(file, round_=replace(a_round([UNIT], [file]), notice=plain))
        assert (found.self_scored, found.self_score, found.evidence, found.bonus) == (False, None, None, None)
        assert found.auto == 1800


class TestRead:
    def test_what_was_read_otherwise(self) -> None:
        """Each value that was read otherwise than it was typed, or taken from a formula, is told with its cell."""
        file = returned_file(UNIT)
        key = "15.1.自评"
        place = Place(sheet="任务分解表", cell="D7", field=key)
        kept = str(file.answers.values[key]) if file.answers else ""
        found = told(
            replace(
                file,
                findings=(
                    finding(Code.VALUE_NORMALISED, place, value="４\n分", label=key, kept=kept),
                    finding(Code.VALUE_FROM_FORMULA, place, value=kept, label=key),
                    finding(Code.VALUE_NORMALISED, place, value=f"{kept} ", label=key, kept=kept),
                ),
            )
        )
        assert found.rewritten == (
            f"任务分解表 D7({key}):“４ 分”读作“{kept}”",
            f"任务分解表 D7({key}):公式算得“{kept}”",
            f"任务分解表 D7({key}):“{kept}”,去掉了空格等看不见的字符",
        )

    def test_what_is_asked(self) -> None:
        """What the unit has to confirm is asked, of no other unit by name; what the office has to look at is not."""
        mine = finding(
            Code.EVIDENCE_NOT_THERE, Place(sheet="台账目录", cell="J6"), value="区法院的判决.pdf", row="台账.001"
        )
        (asked,) = told(
            replace(returned_file(UNIT), findings=(mine, finding(Code.EVIDENCE_UNOPENED, value="压缩包")))
        ).asked
        assert asked.heading == "请核实(1处)"
        assert asked.lines[0].startswith("台账目录 J6:台账.001列出的“(其他单位)的判决.pdf”")

    def test_an_identity_number_in_the_name(self) -> None:
        """A citizen's number in a file's name is not printed whole."""
        file = replace(returned_file(UNIT), path="11010519491231002X.xlsx")
        assert "11010519491231002X" not in told(file).file

    def test_of_whom_nobody_is_sure(self) -> None:
        """A form under another unit's name is told to be unconfirmed until the office has vouched for it."""
        doubt = finding(Code.FILE_NAME_DIFFERS, value="法院", named="法院", unit=UNIT)
        assert told(replace(returned_file(UNIT), findings=(doubt,))).unconfirmed


class TestEarlierReturns:
    def test_a_return_that_took_the_place_of_another(self) -> None:
        """The second return's receipt has the second number, and takes the first one's back."""
        found = told(replace(returned_file(UNIT), path="新.xlsx"), FIRST)
        assert (found.no, found.uncounted) == (2, 1)
        assert found.before == (
            "这是第2次报送,替代2020年11月8日收到的“旧.xlsx”(校验值前16位 abababababababab);"
            "以前发过第1号回执的,作废,以本回执为准"
        )

    def test_the_last_of_several(self) -> None:
        """Of several earlier returns the last is named, in whatever order they stand; copies and blank forms do not count."""
        second = replace(FIRST, path="二.xlsx", received=date(2020, 11, 9))
        copy = replace(FIRST, path="副本.xlsx", status=Status.DUPLICATE)
        blank = replace(blank_file(UNIT), path="空.xlsx", status=Status.SUPERSEDED)
        for more in ((FIRST, second, copy, blank), (blank, copy, second, FIRST)):
            found = told(returned_file(UNIT), *more)
            assert (found.no, found.same, found.uncounted) == (3, 1, 3)
            assert found.before.startswith("这是第3次报送,替代2020年11月9日收到的“二.xlsx”")
            assert "以前发过第1、2号回执的,作废" in found.before

    def test_of_which_some_went_back(self) -> None:
        """A return that went back had no receipt, so none of its number is taken back."""
        wrong = finding(
            Code.VALUE_MISSING, Place(sheet="任务分解表", cell="D7", field="15.1.自评"), label="自评", remedy=""
        )
        back = returned_file(UNIT).answers
        assert back
        second = replace(FIRST, path="二.xlsx", received=date(2020, 11, 9), answers=replace(back, findings=(wrong,)))
        assert told(returned_file(UNIT), FIRST, second).before.endswith(";以前发过第1号回执的,作废,以本回执为准")
        alone = told(returned_file(UNIT), second)
        assert (alone.no, alone.before.endswith("(校验值前16位 abababababababab);以本回执为准")) == (2, True)


class TestDays:
    @pytest.mark.parametrize(
        ("day", "replaced", "object_"),
        [
            (
                19,
                "为准;那以后到2020年11月24日为止,确有差错要更正的再发一次,作为补报。",
                "请在2020年11月28日以前告诉我们",
            ),
            (23, "请在2020年11月24日以前把整个表再发一次,作为补报", "请在2020年11月28日以前告诉我们"),
            (26, "确有差错要更正的,请先和我们联系", "请在2020年11月28日以前告诉我们"),
            (29, "确有差错要更正的,请先和我们联系", "请尽快告诉我们"),
        ],
    )
    def test_until_when(self, day: int, replaced: str, object_: str) -> None:
        """It names the days that are still to come on the day that it bears, and none that has gone by."""
        made = a_round([UNIT], [returned_file(UNIT)])
        days = {"corrections_due": date(2020, 11, 24), "objections_due": date(2020, 11, 28)}
        about = made.notice.about
        about = about.model_copy(update={"dates": about.dates.model_copy(update=days)})
        known = told(made.files[0], round_=replace(made, notice=made.notice.model_copy(update={"about": about})))
        assert replaced in until(known, date(2020, 11, day))
        assert object_ in objecting(known, date(2020, 11, day))

    def test_with_more_time(self) -> None:
        """Who has more time can replace the return until then, and is told in time by it."""
        file = returned_file(UNIT, received=date(2020, 11, 23))
        known = told(file, round_=extended(file))
        assert (known.in_time, known.more_time) == ("按时(经批准延期)", "经批准延期至2020年11月25日")
        assert until(known, date(2020, 11, 24)).startswith("要更换的,请在2020年11月25日以前")
        assert objecting(known, date(2020, 11, 24)) == "对本回执写的有异议的,请在2020年11月25日以前告诉我们。"
        early = returned_file(UNIT, received=date(2020, 11, 20))
        assert told(early, round_=extended(early)).in_time == "按时"
        late = returned_file(UNIT, received=date(2020, 11, 26))
        assert told(late, round_=extended(late)).in_time == "晚于报送期限(经批准延期)"
