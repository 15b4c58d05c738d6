"""A return's answers, and exactly what is wrong with them: code, severity, sheet, cell, field, value and message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import Answers, check_values, value_text
from fazhi_xl.findings import Code, Finding
from fazhi_xl.form.checks import PASSED
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Shape
from tests.support.campaign import every_shape, shape_of, shapes
from tests.support.returns import Answer, Typed, read, read_book, returned, right

SHAPE = shape_of("信访局")  # 8.1, 8.2, 15.1, 15.2, 15.4, 15.6, 20.5, 20.6, 20.7
JUSTICE = shape_of("司法局")
MAIN, LEDGER, BONUS, REPORTS, CONTACTS = "任务分解表", "台账目录", "加分申报", "信息报送", "联络员名单"

Told = tuple[str, str, str | None, str | None, str | None, str | None, str]
Changes = Mapping[str, Answer | None]


def told(findings: tuple[Finding, ...]) -> list[Told]:
    return [
        (f.code, f.severity.value, f.place.sheet, f.place.cell, f.place.field, f.value, f.message) for f in findings
    ]


def at(code: str, severity: str, field: str, value: str | None, message: str, shape: Shape = SHAPE) -> Told:
    """Expect a finding at the cell where the field was issued."""
    place = shape.places[field]
    return code, severity, place.sheet, place.cell, field, value, message


def error(code: str, field: str, value: str | None, message: str, shape: Shape = SHAPE) -> Told:
    return at(code, "error", field, value, message, shape)


MATTER: Changes = {
    "情形": "①表彰奖励",
    "事项": "先进单位",
    "机关": "省委",
    "级别": "省部级",
    "日期": date(2020, 6, 1),
}
BARE: Changes = dict.fromkeys(("台账.001.名称", "台账.001.类型", "台账.001.日期"))  # no evidence for 8.1


# Places as literals: the form's addresses are a contract ----------------------------------------------------


def test_places_are_those_of_the_issued_workbook() -> None:
    """A finding names sheet, cell and field as the unit sees them."""
    changes: Changes = {
        "8.1.信访.填报": "约5",
        **BARE,
        "台账.001.文件名": "a.pdf",
        "信息.03.录用": "是",
        "联络.联络员.姓名": "字" * 41,
    }
    places = [(f.place.sheet, f.place.cell, f.place.field) for f in read(SHAPE, right(SHAPE, changes)).findings]
    assert places == [
        ("任务分解表", "C8", "8.1.信访.填报"),
        ("台账目录", "D6", "台账.001.名称"),
        ("台账目录", "E6", "台账.001.类型"),
        ("台账目录", "F6", "台账.001.日期"),
        ("信息报送", "C8", "信息.03.标题"),
        ("信息报送", "D8", "信息.03.报送日期"),
        ("信息报送", "E8", "信息.03.录用"),
        ("联络员名单", "C7", "联络.联络员.姓名"),
    ]


# One fault each ---------------------------------------------------------------------------------------------

FACTS: list[tuple[Changes, list[Told]]] = [
    ({}, []),
    (
        {"8.1.信访.填报": None},
        [error("value-missing", "8.1.信访.填报", None, "8.1.信访 信访总量没有填写。请补填;没有发生的填0。")],
    ),
    (
        {"15.1.组织领导.填报": None},
        [
            error(
                "value-missing",
                "15.1.组织领导.填报",
                None,
                "15.1.组织领导 普法组织领导没有填写。请补填,从下拉列表选择。",
            )
        ],
    ),
    (
        {"8.1.按期办结.填报": 6},
        [error("more-than", "8.1.按期办结.填报", "6", "8.1.按期办结 按期办结的信访(6)大于“信访总量”。请核对两个数。")],
    ),
    (
        {"8.1.信访.填报": "约5"},
        [
            error(
                "number-vague",
                "8.1.信访.填报",
                "约5",
                "8.1.信访 信访总量填的是“约5”,不是一个确定的数。请填准确的数,例如3。",
            )
        ],
    ),
    (
        {"8.1.信访.填报": Fraction(11, 2)},
        [
            error(
                "whole-wrong",
                "8.1.信访.填报",
                "5.5",
                "8.1.信访 信访总量填的是“5.5”。应填0至99999的整数,不带单位,例如3。",
            )
        ],
    ),
    (
        {"8.1.信访.填报": 100_000},
        [
            error(
                "whole-wrong",
                "8.1.信访.填报",
                "100000",
                "8.1.信访 信访总量填的是“100000”。应填0至99999的整数,不带单位,例如3。",
            )
        ],
    ),
    (
        {"15.1.经费.填报": Fraction(1, 8)},
        [
            error(
                "number-wrong",
                "15.1.经费.填报",
                "0.125",
                "15.1.经费 普法经费填的是“0.125”。应填0至99999的数,最多2位小数,不带单位,例如8.5。",
            )
        ],
    ),
    (
        {"15.1.组织领导.填报": "基本"},
        [
            error(
                "choice-unknown",
                "15.1.组织领导.填报",
                "基本",
                "15.1.组织领导 普法组织领导填的是“基本”,不在选项里。请从下拉列表选择:是、否。",
            )
        ],
    ),
]

SCORES: list[tuple[Changes, list[Told]]] = [
    (
        {"8.1.自评": None},
        [error("value-missing", "8.1.自评", None, "8.1 自评分没有填写。请补填。")],
    ),
    (
        {"8.1.自评": Fraction(101, 100)},
        [
            error(
                "number-wrong",
                "8.1.自评",
                "1.01",
                "8.1 自评分填的是“1.01”。应填0至1的数,最多2位小数,不带单位,例如1。",
            )
        ],
    ),
    (
        {"8.1.自评": 95},
        [error("number-wrong", "8.1.自评", "95", "8.1 自评分填的是“95”。应填0至1的数,最多2位小数,不带单位,例如1。")],
    ),
    (
        {"8.1.自评": "满分"},
        [
            error(
                "number-wrong",
                "8.1.自评",
                "满分",
                "8.1 自评分填的是“满分”。应填0至1的数,最多2位小数,不带单位,例如1。",
            )
        ],
    ),
    (
        {"15.6.次数.填报": 3},
        [
            error(
                "reason-for-more",
                "15.6.说明",
                None,
                "15.6:自评分高于测算分。请在情况说明里写明理由,或改为测算分。",
            )
        ],
    ),
    ({"15.6.次数.填报": 3, "15.6.说明": "另有1次与街道合办"}, []),
    ({"15.6.次数.填报": 3, "15.6.自评": 0}, []),
    ({"15.6.自评": Fraction(1, 2)}, []),
    (
        {"8.1.说明": "字" * 301},
        [error("text-too-long", "8.1.说明", "字" * 301, "8.1 情况说明超过300个字。请压缩,详细材料放入台账。")],
    ),
    ({"8.1.说明": "字" * 300}, []),
]

LISTS: list[tuple[Changes, list[Told]]] = [
    (
        {"台账.001.日期": None},
        [
            error(
                "entry-incomplete",
                "台账.001.日期",
                None,
                "台账.001 形成日期没有填写,而同一行填了别的内容。请补填,或清空这一行。",
            )
        ],
    ),
    (
        {"台账.001.名称": "总结", "台账.001.类型": "其他材料", "台账.001.日期": date(2019, 12, 31)},
        [
            at(
                "evidence-other-year",
                "confirm",
                "台账.001.日期",
                "2019-12-31",
                "台账.001的形成日期2019-12-31不在监测评价年度内。制度类材料请把类型选为“制度类”,其他材料请核对日期。",
            )
        ],
    ),
    ({"台账.001.名称": "办法", "台账.001.类型": "制度类", "台账.001.日期": date(2019, 12, 31)}, []),
    (
        BARE,
        [
            at(
                "evidence-missing",
                "confirm",
                "台账.001.名称",
                None,
                "第8.1项填了自评分,但台账目录里没有列出佐证材料。请在台账目录列出材料,放入对应的文件夹。",
            )
        ],
    ),
    ({**BARE, "8.1.自评": 0}, []),
    (
        {
            **BARE,
            "台账.010.得分点": "第8.1项",
            "台账.010.名称": "信访统计",
            "台账.010.类型": "其他材料",
            "台账.010.日期": date(2020, 6, 1),
        },
        [],
    ),
    (
        {"台账.001.名称": "总结", "台账.001.类型": "其他材料", "台账.001.日期": date(1979, 12, 31)},
        [
            error(
                "date-wrong",
                "台账.001.日期",
                "1979-12-31",
                "台账.001 形成日期填的是“1979-12-31”。应填1980-1-1至2020-12-31之间的日期,年月日写全,例如2020-5-8。",
            )
        ],
    ),
    (
        {"信息.03.标题": "甲", "信息.03.报送日期": date(2020, 4, 2)},
        [
            error(
                "month-wrong",
                "信息.03.报送日期",
                "2020-04-02",
                "信息.03的报送日期不在3月。请填到对应月份的行,或填到“补充”行。",
            )
        ],
    ),
    (
        {"信息.03.标题": "甲", "信息.03.报送日期": date(2020, 3, 2), "信息.03.录用": "已录用"},
        [
            error(
                "entry-incomplete",
                "信息.03.期号",
                None,
                "信息.03 简报期号没有填写,而同一行填了别的内容。请补填,或清空这一行。",
            )
        ],
    ),
    (
        {f"加分.{no}.{column}": value for no in ("01", "02") for column, value in MATTER.items()},
        [at("matter-repeated", "confirm", "加分.02.事项", "先进单位", "加分.02与前面填报的是同一事项,不重复加分。")],
    ),
    (
        {"联络.联络员.姓名": "字" * 41},
        [
            error(
                "text-too-long",
                "联络.联络员.姓名",
                None,
                "联络.联络员 姓名超过40个字。请压缩,详细材料放入台账。",
            )
        ],
    ),
]

CELLS: list[tuple[Changes, list[Told]]] = [
    (
        {"8.1.信访.填报": "5件"},
        [at("value-normalised", "note", "8.1.信访.填报", "5件", "8.1.信访 信访总量由“5件”整理为“5”。")],
    ),
    (
        {"15.1.组织领导.填报": "√"},
        [at("value-normalised", "note", "15.1.组织领导.填报", "√", "15.1.组织领导 普法组织领导由“√”整理为“是”。")],
    ),
    ({"8.1.信访.填报": "5"}, []),
    (
        {"8.1.信访.填报": Typed("n", "5", formula=True)},
        [
            at(
                "value-from-formula",
                "note",
                "8.1.信访.填报",
                "5",
                "8.1.信访 信访总量是公式,已按其结果“5”读取。请直接填写数值。",
            )
        ],
    ),
    (
        {"8.1.信访.填报": Typed("s", "", formula=True)},
        [
            error(
                "formula-without-result",
                "8.1.信访.填报",
                "",
                "8.1.信访 信访总量是公式,但文件里没有计算结果。请直接填写数值。",
            )
        ],
    ),
    (
        {"8.1.信访.填报": Typed("e", "#REF!", formula=True)},
        [
            error(
                "value-error",
                "8.1.信访.填报",
                "#REF!",
                "8.1.信访 信访总量显示为错误值#REF!。请删去公式,直接填写结果。",
            )
        ],
    ),
    (
        {"8.1.说明": Typed("e", "#N/A")},
        [error("value-error", "8.1.说明", "#N/A", "8.1 情况说明显示为错误值#N/A。请删去公式,直接填写结果。")],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), [*FACTS, *SCORES, *LISTS, *CELLS])
def test_one_fault(changes: Changes, expected: list[Told]) -> None:
    """A right return has no finding; each fault has exactly its own, the same when it is read again."""
    filled = right(SHAPE, changes)
    assert told(read(SHAPE, filled).findings) == expected
    assert told(read(SHAPE, filled).findings) == expected


JUSTICE_FAULTS: list[tuple[Changes, list[Told]]] = [
    (
        {"18.3.结束.填报": date(2020, 8, 31)},
        [
            error(
                "before-start",
                "18.3.结束.填报",
                "2020-08-31",
                "18.3.结束 宣传活动结束日(2020-08-31)早于“宣传活动起始日”。请核对两个日期。",
                JUSTICE,
            )
        ],
    ),
    ({"18.3.结束.填报": date(2020, 9, 1)}, []),
    (
        {"18.3.结束.填报": "3月5日"},
        [
            error(
                "date-without-year",
                "18.3.结束.填报",
                "3月5日",
                "18.3.结束 宣传活动结束日填的是“3月5日”,没有写年份,是2020-03-05吗?请年月日写全。",
                JUSTICE,
            )
        ],
    ),
    (
        {"5.1.公示制度.填报": "不涉及", "5.1.自评": None},
        [
            error(
                "reason-for-out",
                "5.1.说明",
                None,
                "5.1:选了“不涉及”。请在情况说明里写明理由,由办公室核准。",
                JUSTICE,
            )
        ],
    ),
    ({"5.1.公示制度.填报": "不涉及", "5.1.自评": None, "5.1.说明": "没有行政执法职权"}, []),
    ({"5.1.公示制度.填报": "不涉及", "5.1.自评": 0, "5.1.说明": "没有行政执法职权"}, []),
    (
        {"5.1.公示制度.填报": "不涉及", "5.1.说明": "没有行政执法职权"},
        [
            error(
                "score-though-out",
                "5.1.自评",
                "0.5",
                "5.1 自评分:本得分点不涉及,自评分应留空或填0。",
                JUSTICE,
            )
        ],
    ),
    (
        {"5.1.公示制度.填报": "不涉及"},
        [
            error("score-though-out", "5.1.自评", "0.5", "5.1 自评分:本得分点不涉及,自评分应留空或填0。", JUSTICE),
            error(
                "reason-for-out", "5.1.说明", None, "5.1:选了“不涉及”。请在情况说明里写明理由,由办公室核准。", JUSTICE
            ),
        ],
    ),
    ({"5.4.在岗.填报": 0, "5.4.持证.填报": 0, "5.4.自评": None}, []),
    (
        {"17.3.常住人口.填报": 0},
        [
            error(
                "number-wrong",
                "17.3.常住人口.填报",
                "0",
                "17.3.常住人口 常住人口填的是“0”。应填0.01至99999的数,最多2位小数,不带单位,例如8.5。",
                JUSTICE,
            )
        ],
    ),
    (
        {
            "台账.045.得分点": "第1.1项",
            "台账.045.名称": "总结",
            "台账.045.类型": "其他材料",
            "台账.045.日期": date(2020, 6, 1),
        },
        [
            error(
                "choice-unknown",
                "台账.045.得分点",
                "第1.1项",
                "台账.045 得分点填的是“第1.1项”,不在选项里。请从下拉列表选择:第2.1项至第21.2项。",
                JUSTICE,
            )
        ],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), JUSTICE_FAULTS)
def test_one_fault_of_the_largest_form(changes: Changes, expected: list[Told]) -> None:
    """Dates in order, 不涉及 with its reason and without a score, a base above zero, evidence for one's own sub-points."""
    filled = right(JUSTICE, {"5.4.在岗.填报": 5, **changes})
    assert told(read(JUSTICE, filled).findings) == expected


# What follows from a fault ----------------------------------------------------------------------------------


def codes(changes: Changes, shape: Shape = SHAPE) -> list[tuple[str, str | None]]:
    return [(f.code, f.place.field) for f in read(shape, right(shape, changes)).findings]


def test_what_follows_from_a_blank_is_not_told() -> None:
    """A blank fact is told once: no comparison with it, and no self-score above what could not be computed."""
    assert codes({"8.1.信访.填报": None, "8.1.自评": 1}) == [("value-missing", "8.1.信访.填报")]
    assert codes({"8.1.信访.填报": None, "8.1.按期办结.填报": None}) == [
        ("value-missing", "8.1.信访.填报"),
        ("value-missing", "8.1.按期办结.填报"),
    ]


def test_what_follows_from_an_unreadable_cell_is_not_told() -> None:
    """An error value or a formula without a result is told as that, and not as a wrong number too."""
    for cell in (Typed("e", "#REF!"), Typed("s", "", formula=True)):
        assert [field for _, field in codes({"8.1.信访.填报": cell})] == ["8.1.信访.填报"]


def test_only_the_first_fault_of_a_field_is_told() -> None:
    """A field with several faults is told its first one: a number of the wrong kind, though it is also more than another."""
    assert codes({"8.1.信访.填报": 3, "8.1.按期办结.填报": Fraction(9, 2), "8.1.法定途径.填报": 3}) == [
        ("whole-wrong", "8.1.按期办结.填报")
    ]
    assert codes({"信息.03.标题": "甲", "信息.03.报送日期": date(2019, 4, 2)}) == [("date-wrong", "信息.03.报送日期")]


def test_all_faults_are_found_in_one_pass() -> None:
    """Faults of different fields are all told, in the form's order."""
    changes: Changes = {"8.1.信访.填报": "５件", "8.1.自评": 2, "15.6.次数.填报": "约4", "台账.010.名称": "甲"}
    assert codes(changes) == [
        ("number-wrong", "8.1.自评"),
        ("value-normalised", "8.1.信访.填报"),
        ("number-vague", "15.6.次数.填报"),
        ("entry-incomplete", "台账.010.得分点"),
        ("entry-incomplete", "台账.010.类型"),
        ("entry-incomplete", "台账.010.日期"),
    ]


@pytest.mark.parametrize("name", every_shape())
def test_a_blank_form_says_so_once(name: str) -> None:
    """A form that came back as issued is told as blank, and nothing else; twice the same."""
    for _ in range(2):
        answers = read(shapes()[name], {})
        assert told(answers.findings) == [
            (
                "form-unfilled",
                "error",
                None,
                None,
                None,
                None,
                "表里一处都没有填写。请填好后重新发送;如发错文件,请换成填好的那一份。",
            )
        ]
        assert (answers.blank, dict(answers.values), answers.wrong) == (True, {}, frozenset())


def test_spaces_are_blank() -> None:
    """A form in which only spaces were typed is blank."""
    assert [f.code for f in read(SHAPE, {"8.1.信访.填报": " ", "8.1.说明": "\u3000\n"}).findings] == ["form-unfilled"]


def test_a_form_of_formulas_without_results_says_why_it_is_blank() -> None:
    """Where nothing can be read, the cells that should have had something are told."""
    findings = read(SHAPE, {"8.1.信访.填报": Typed("s", "", formula=True)}).findings
    assert [f.code for f in findings] == ["formula-without-result", "form-unfilled"]


def test_one_answer_asks_for_the_rest() -> None:
    """A form with one answer is told every required input that is blank, in the form's order."""
    told_fields = [f.place.field for f in read(SHAPE, {"8.1.信访.填报": 5}).findings if f.code == "value-missing"]
    assert told_fields == [key for key, field in SHAPE.fields.items() if field.required and key != "8.1.信访.填报"]


# Values -----------------------------------------------------------------------------------------------------


def test_values_are_those_of_the_kinds() -> None:
    """Numbers are exact, days are days, blank ones are left out, and what is unreadable stays text."""
    answers = read(
        SHAPE,
        {
            "8.1.信访.填报": 0,
            "8.1.按期办结.填报": "",
            "8.1.法定途径.填报": "约5",
            "8.1.自评": Typed("n", "0.30000000000000004"),
            "台账.001.日期": date(2020, 3, 5),
            "15.1.组织领导.填报": True,
        },
    )
    assert answers.values == {
        "8.1.信访.填报": 0,
        "8.1.法定途径.填报": "约5",
        "8.1.自评": Fraction(3, 10),
        "台账.001.日期": date(2020, 3, 5),
        "15.1.组织领导.填报": "是",
    }


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    """The workbook's own way of counting days is heeded."""
    book = returned(SHAPE, right(SHAPE, {"台账.001.日期": 42_433}))
    assert read_book(SHAPE, book, date1904=True).values["台账.001.日期"] == date(2020, 3, 5)


def test_what_the_unit_has_to_correct() -> None:
    """Errors make a field wrong; notes and questions do not."""
    changes: Changes = {
        "8.1.信访.填报": "5件",
        "8.1.自评": 2,
        "台账.001.名称": "甲",
        "台账.001.类型": "其他材料",
        "台账.001.日期": date(2019, 1, 1),
    }
    assert read(SHAPE, right(SHAPE, changes)).wrong == {"8.1.自评"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (0, "0"),
        (5, "5"),
        (Fraction(1, 2), "0.5"),
        (Fraction(5), "5"),
        (Fraction(1, 8), "0.125"),
        (Fraction("100000000000000.5"), "100000000000000.5"),
        (date(2020, 3, 5), "2020-03-05"),
        ("约5", "约5"),
    ],
)
def test_values_are_shown(value: Value, text: str | None) -> None:
    """Reports show a number without exponent or trailing zeros, and a day in ISO form."""
    assert value_text(value) == text


# Whatever is typed ------------------------------------------------------------------------------------------

JUNK: tuple[Answer, ...] = (
    "约5", "", " ", "是", "否", "不涉及", "=1+1", "<3", "*", "2020-3-5", "字" * 350, 0, -1, 1, 4, 95, 20_200_305, 43_895,
    Fraction(1, 3), Fraction(5, 2), 10**14, True, date(2020, 6, 1), date(1999, 1, 1), date(9999, 12, 31),
    Typed("e", "#REF!"), Typed("n", "1e999"), Typed("n", "-1e-300"), Typed("s", "", formula=True), Typed("d", "2020-W10"),
)  # fmt: skip


def junk(shape: Shape, random: Random) -> dict[str, Answer]:
    """Fill some of the inputs with anything, and most with an option or a number."""
    made: dict[str, Answer] = {}
    for key, field in shape.fields.items():
        usual: tuple[Answer, ...] = field.options or (0, 1, 5)
        chance = random.random()
        if chance < 0.7:
            made[key] = random.choice(JUNK if chance < 0.3 else usual)
    return made


@pytest.mark.parametrize("name", every_shape())
def test_nothing_that_is_typed_stops_the_reading(name: str) -> None:
    """A check gives findings and never fails, and what it gives is the same every time."""
    shape, random = shapes()[name], Random(name)
    for _ in range(2):
        filled = junk(shape, random)
        first = read(shape, filled)
        assert first.findings == read(shape, filled).findings
        assert {f.code for f in first.findings} <= set(Code)
        asked = [f.place.field for f in first.findings if f.severity == "error"]
        assert len(set(asked)) == len(asked)  # no cell is asked for twice
        values = first.values
        again = list(check_values(shape, values, Located()))
        assert len({f.place.field for f in again}) == len(again)


@pytest.mark.parametrize("name", every_shape())
def test_the_workbook_shows_what_the_collector_tells(name: str) -> None:
    """A row's result is one of the messages of its inputs; it passes where they have none, and only there."""
    shape, random = shapes()[name], Random(f"{name} again")
    for _ in range(2):
        values = read(shape, junk(shape, random)).values
        if values:
            _assert_agreement(shape, Answers(shape=shape, values=values, findings=()))


def _assert_agreement(shape: Shape, answers: Answers) -> None:
    faults: dict[str, list[str]] = {}
    for fault in check_values(shape, answers.values, Located()):
        field = shape.fields[fault.place.field or ""]
        faults.setdefault(field.row, []).append(_short(field, fault.code))
    evaluator = answers.evaluator()
    for row in {field.row for field in shape.fields.values()}:
        if f"{row}.校验" in shape.formulas:
            shown = str(evaluator.field(f"{row}.校验"))
            passed = shown in {"", PASSED} or "%,达到" in shown or "%,低于" in shown
            assert passed == (row not in faults), (row, shown, faults.get(row))
            assert passed or any(shown.endswith(short) for short in faults[row]), (row, shown, faults[row])


def _short(field: Field, code: Code) -> str:
    check = next(check for check in field.checks if check.code == code)
    return code.short.format(**check.words)
