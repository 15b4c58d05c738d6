"""Sub-points are parted at the marks that notices print, in characters of any width."""

from __future__ import annotations

import pytest

from fazhi_xl.setup.book.asked import NO_POINTS
from fazhi_xl.setup.draft.sub_points import PENALTY, WHOLE, split

Parts = list[tuple[str, object]]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("制定计划(1分)。开展培训(2分)。", [("制定计划(1分)。", 1), ("开展培训(2分)。", 2)]),
        ("制定计划（１分），开展培训（0．5 分）。", [("制定计划（１分），", 1), ("开展培训（0．5 分）。", 0.5)]),
        ("制定计划[1分]、开展培训【满分2分】", [("制定计划[1分]、", 1), ("开展培训【满分2分】", 2)]),
        # What is asked may end before its mark, and its rule may follow behind it.
        ("听取汇报。召开会议。(1分);纳入规划(1分)。", [("听取汇报。召开会议。(1分);", 1), ("纳入规划(1分)。", 1)]),
        (
            "总结经验(4分)每月报送,报送1篇得0.5分,累计得分不超过4分。配合工作(5分)。",
            [("总结经验(4分)每月报送,报送1篇得0.5分,累计得分不超过4分。", 4), ("配合工作(5分)。", 5)],
        ),
        # Points without brackets, where they add up to the item's.
        ("建立制度的得1分;召开会议的,得2分。", [("建立制度的得1分;", 1), ("召开会议的,得2分。", 2)]),
        (
            "1.建立制度,计1分。没有的不得分。2.召开会议,计2分。",
            [("1.建立制度,计1分。没有的不得分。", 1), ("2.召开会议,计2分。", 2)],
        ),
        (
            "达标率95%以上得2分,90%以上得1分;没有事故得1分。",
            [("达标率95%以上得2分,90%以上得1分;", 2), ("没有事故得1分。", 1)],
        ),
    ],
)
def test_marks(text: str, parts: Parts) -> None:
    """Each piece ends with its mark and the punctuation after it."""
    assert [(each.text, float(each.points or 0)) for each in split(text, 3)] == [
        (part, float(str(points))) for part, points in parts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "配合工作(5分),不配合的,有1次扣1分,扣完为止。",
        "配合工作(5分),不配合的,有1次扣1分,扣完为止。开展培训(2分)。",
        "配合工作(5分)。每少一次扣1分。开展培训(2分)。",
    ],
)
def test_a_penalty_goes_with_the_mark_before_it(text: str) -> None:
    first, *others = split(text, None)
    assert first.text.startswith("配合工作(5分)")
    assert "扣1分" in first.text
    assert first.doubt == PENALTY
    assert [each.text for each in others] == ["开展培训(2分)。"] * ("培训" in text)


def test_a_penalty_with_a_mark_of_its_own_is_one_of_its_own() -> None:
    parts = split("制定计划(1分)。未报备的每件扣1分;迟报的每件扣0.2分,减完为止(4分)。", 5)
    assert [each.points for each in parts] == [1, 4]


def test_a_sentence_without_a_mark_has_no_points() -> None:
    """They are left to a person, who may write 0."""
    last = split("整改到位(2分)。数据真实准确,不实的每处扣0.5分,本得分点不设基本分。", 2)[-1]
    assert (last.text, last.points, last.doubt) == (
        "数据真实准确,不实的每处扣0.5分,本得分点不设基本分。",
        None,
        NO_POINTS,
    )


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("建成水渠得3分,没有建成的按比例得分。漏水的每处扣0.1分(2分)。", 5, [3, 2]),
        ("没有塌方得6分;塌方1处扣1分,2处扣3分。巡查率不低于98%(4分)。", 10, [6, 4]),
        ("建成水渠得3分。漏水的每处扣0.1分(2分)。", 9, [2]),
    ],
)
def test_sentences_with_and_without_marks(text: str, whole: int, parts: list[int]) -> None:
    """Parted where what some print and what others give adds up to the item's points."""
    assert [each.points for each in split(text, whole)] == parts


def test_points_of_classes() -> None:
    (only,) = split("公开报告(行政执法类2分,综合管理类3分)。", 2)
    assert (only.points, only.by_class) == (2, (("行政执法类", 2), ("综合管理类", 3)))


def test_without_points_for_its_parts_an_item_stays_whole() -> None:
    """Sentences that only take points off share the item's."""
    (only,) = split("未开展培训的扣0.25分。未召开会议的每次扣0.5分。", 4)
    assert (only.points, only.doubt) == (4, f"{WHOLE},可以在“未召开会议的每次扣0.5分。”前面分开")
    (sure,) = split("按要求开展工作。", 4)
    assert (sure.points, sure.doubt) == (4, "")


def test_nothing_is_lost() -> None:
    """All pieces together are the text."""
    for text in ("甲(1分)乙,丙(2分)丁;戊。己(3分)。庚", "(1分)(2分)", "扣1分", "。(1分)。", "1.2.3."):
        assert "".join(each.text for each in split(text, 6)) == text
