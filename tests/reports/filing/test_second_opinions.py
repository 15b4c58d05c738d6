"""复审情况: how far the opinions of each reviewer agree with the others'."""

from __future__ import annotations

from fazhi_xl.reports.filing.second_opinions import _groups
from fazhi_xl.rounds.second import Agreement, SecondOpinion, Stratum


def opinion(by: str, second: int) -> SecondOpinion:
    return SecondOpinion(
        unit="甲", sub_point="1.1", text="", book="", code="", stratum=Stratum.REST, agreement=Agreement.SAME,
        first=100, first_reviewer="张三", second=second, second_reviewer=by,
    )  # fmt: skip


def test_a_reviewer_is_one_however_the_name_is_spaced() -> None:
    """The first spelling stands for all."""
    given = (opinion("李四", 100), opinion("李 四", 50), opinion("\u3000李\u200b四", 100), opinion("王五", 100))
    made = _groups("复审人", given, lambda each: each.second_reviewer)
    assert [row[:4] for row in made.rows] == [("李四", 3, 3, 2), ("王五", 1, 1, 1)]
