"""The panel counts what is open, and lets a form pass exactly when the collector would."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import check_values
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Label, Shape
from fazhi_xl.form.sheets.unit import completeness
from tests.support.campaign import every_shape, shape_of, shapes
from tests.support.returns import Answer, read, right

SHAPE = shape_of("信访局")
COUNTS = (completeness.OPEN, completeness.FAULTY, completeness.DOUBTFUL)


def lines(shape: Shape) -> dict[str, str]:
    """Give each line's code and what it counts: the item, or the sheet where it is no item's."""
    held = {key: content for _, key, content in shape.coded if isinstance(content, Label)}
    codes = [key.removesuffix(f".{completeness.GO}") for key in shape.formulas if key.endswith(f".{completeness.GO}")]
    return {
        code: f"{held[f'{code}.{completeness.NO}'].text} {held[f'{code}.{completeness.BODY}'].text}".strip()
        for code in codes
    }


def counted(shape: Shape, values: dict[str, Value]) -> dict[str, tuple[Value, ...]]:
    evaluator = shape.evaluator(values)
    return {name: tuple(evaluator.field(f"{code}.{each}") for each in COUNTS) for code, name in lines(shape).items()}


def verdict(shape: Shape, values: dict[str, Value]) -> str:
    evaluator = shape.evaluator(values)
    said = (
        f"{completeness.DONE}.{completeness.NO}",
        f"{completeness.BAR}.{completeness.NO}",
        f"{completeness.STATE}.{completeness.NO}",
    )
    return " ".join(str(evaluator.field(each)) for each in said)


def test_lines_are_items_and_lists() -> None:
    """Each item of the main sheet has its line, and each list one of its own."""
    assert list(lines(SHAPE).values()) == [
        "8 坚持法治信访",
        "15 法治宣传教育",
        "20 党政主要负责人履行推进法治建设第一责任人职责",
        "台账目录",
        "加分申报",
        "信息报送",
        "减分情形提供表",
        "联络员名单",
    ]


def test_a_blank_form() -> None:
    """As issued, everything required is open and nothing is done."""
    assert verdict(SHAPE, {}) == f"已填0处,共30处 {'□' * 20} 还有30处待填,暂不能报送"
    assert [counts[0] for counts in counted(SHAPE, {}).values()] == [9, 16, 5, 0, 0, 0, 0, 0]


def test_a_right_form() -> None:
    """A form with nothing open and nothing wrong may be sent."""
    values = dict(read(SHAPE, right(SHAPE)).values)
    assert verdict(SHAPE, values) == f"已填30处,共30处 {'■' * 20} 没有待填和错误,可以报送"


def test_faults_are_counted_where_they_are() -> None:
    """A blank, a fault and a question each count in the line they belong to; a question does not hold the form up."""
    changes = {"8.1.信访.填报": "约5", "15.6.自评": None, "台账.001.名称": None, "台账.002.日期": 30_000}
    values = dict(read(SHAPE, right(SHAPE, changes)).values)
    found = {name: counts for name, counts in counted(SHAPE, values).items() if any(counts)}
    assert found == {"8 坚持法治信访": (0, 1, 0), "15 法治宣传教育": (1, 0, 0), "台账目录": (1, 0, 1)}
    assert verdict(SHAPE, values).endswith(" 还有2处待填、1处错误,暂不能报送;请核实1处")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"8.1.信访.填报": "约5"}, "还有1处错误,暂不能报送"),
        ({"15.6.自评": None}, "还有1处待填,暂不能报送"),
        ({"8.1.信访.填报": "约5", "15.6.自评": None}, "还有1处待填、1处错误,暂不能报送"),
    ],
)
def test_the_verdict_says_what_there_is(changes: dict[str, Answer | None], said: str) -> None:
    """What there is none of is not spoken of."""
    assert verdict(SHAPE, dict(read(SHAPE, right(SHAPE, changes)).values)).endswith(f" {said}")


def test_a_question_does_not_hold_a_form_up() -> None:
    """What is to be confirmed may be sent."""
    values = dict(
        read(SHAPE, right(SHAPE, {"台账.001.名称": None, "台账.001.类型": None, "台账.001.日期": None})).values
    )
    assert verdict(SHAPE, values).endswith(" 没有待填和错误,可以报送;请核实1处")


LINKS: list[tuple[dict[str, Answer | None], str, str]] = [
    ({}, "8 坚持法治信访", "无待办"),
    ({"8.1.信访.填报": None}, "8 坚持法治信访", "前往"),
    ({"8.1.信访.填报": "约5"}, "8 坚持法治信访", "前往"),
    (dict.fromkeys(("台账.001.名称", "台账.001.类型", "台账.001.日期")), "台账目录", "核实"),
    ({**dict.fromkeys(("台账.001.名称", "台账.001.类型", "台账.001.日期")), "台账.002.名称": None}, "台账目录", "前往"),
]


@pytest.mark.parametrize(("changes", "line", "shown"), LINKS)
def test_every_line_with_something_to_see_to_has_a_link(
    changes: dict[str, Answer | None], line: str, shown: str
) -> None:
    """A line leads to what is open or wrong, else to what is to be confirmed; only one with neither says so."""
    values = dict(read(SHAPE, right(SHAPE, changes)).values)
    (code,) = (each for each, name in lines(SHAPE).items() if name == line)
    assert SHAPE.evaluator(values).field(f"{code}.{completeness.GO}") == shown


@pytest.mark.parametrize("name", every_shape())
def test_the_verdict_is_the_collectors(name: str) -> None:
    """A form may be sent exactly where the collector would find no error, and the counts are those of the result columns."""
    shape, random = shapes()[name], Random(name)
    for share in (0.0, 0.02, 0.3):
        values = {
            key: value if random.random() >= share else None for key, value in read(shape, right(shape)).values.items()
        }
        wrong = any(fault.severity == "error" for fault in check_values(shape, values, Located()))
        assert (completeness.NOT_READY if wrong else f",{completeness.READY}") in verdict(shape, values)
        _assert_counts(shape, values)


def _assert_counts(shape: Shape, values: dict[str, Value]) -> None:
    evaluator = shape.evaluator(values)
    judged = (key for key in shape.formulas if key.endswith(".校验") and f"{key}码" in shape.formulas)
    shown = Counter(str(evaluator.field(key))[:3] for key in judged)
    totals = [sum(column) for column in zip(*counted(shape, values).values(), strict=True)]
    assert totals == [shown["待填:"], shown["错误:"], shown["请核实"]]
