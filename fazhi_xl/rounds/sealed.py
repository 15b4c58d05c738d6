"""How a round stands to its newest sealed edition, as values."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.text.worded import Worded

DIFFERENCES = "与定稿的差异"
"""The sheet of 排名汇总.xlsx that lists what differs."""


class Changed(Worded):
    """What of a result is otherwise than it was sealed."""

    UNITS = "units", "单位名单"
    TOTAL = "total", "总分"
    RANK = "rank", "名次"
    GROUP_RANK = "group_rank", "组内名次"
    GRADE = "grade", "等次"
    BONUS = "bonus", "加分"
    DEDUCTION = "deduction", "减分"
    VETO = "veto", "一票否决"
    SUB_POINT = "sub_point", "得分点"
    RETURN = "return", "采用的报送"
    DECISION = "decision", "审核决定"
    READING = "reading", "口径"
    CATALOGUE = "catalogue", "目录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs: what it was when it was sealed, what it is now, and why; `unit` is blank where it is about the round.

    `row` is the code of a sub-point or of a row of the review, and `what` says what that is about.
    """

    kind: Changed
    unit: str = ""
    row: str = ""
    what: str = ""
    before: str = ""
    now: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEdition:
    """The newest sealed edition of a round, and all in which the results differ from it.

    `day` is the day on which it was sealed, as YYYY-MM-DD; `open` says that the ranking is not official now, so that totals and ranks are
    not compared, and `disturbed` that what stands in 定稿/ is not as it was sealed.
    """

    no: int
    name: str
    by: str
    day: str
    differences: tuple[Difference, ...] = ()
    open: bool = False
    disturbed: bool = False

    @property
    def called(self) -> str:
        """Name the edition: 第1号定稿“第一稿”."""
        return f"第{self.no}号定稿“{self.name}”"

    @property
    def same(self) -> bool:
        """Say whether nothing differs."""
        return not (self.differences or self.open)

    @property
    def counted(self) -> str:
        """Say how many things differ, and what is not compared."""
        count = f"有{len(self.differences)}处不同" if self.differences else "得分、采用的报送和审核决定没有不同"
        return count + (";现在不是正式排名,总分、名次和等次没有比" if self.open else "")

    @property
    def told(self) -> str:
        """Say in a sentence how the results stand to the edition."""
        if self.same:
            return f"与第{self.no}号定稿一致(“{self.name}”,{self.day})。"
        return f"与第{self.no}号定稿(“{self.name}”,{self.day})比:{self.counted},见“{DIFFERENCES}”。"
