"""Whatever a paper holds, a draft of it comes about, or it is said that it is no notice; nothing else is raised."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from fazhi_xl.errors import FazhiError
from fazhi_xl.notice.load import source_problems
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.text.papers import Paper, Paragraph, Table, plain_table

_HEADS = (
    "序号", "项目", "一级指标", "二级指标", "监测项目", "工作要求", "内容", "评分标准", "分值", "分值(A类)", "依据", "责任部门",
    "责任单位", "考核部门", "单位名称", "类别", "姓名", "职务", "办公电话", "佐证材料", "", "备注",
)  # fmt: skip
_CELLS = (
    "", "1", "2", "３", "2分", "0.5", "-", "(2分)", "制定计划(1分)。每少一次扣0.25分", "开展培训(甲类2分,乙类3分)",
    "每年不少于4次(1分),不足的扣1分。", "①建立制度得1分②公开得2分", "一、组织领导(20分)", "合计", "市教育局\n市公安局", "市教育",
    "局", "各单位", "甲类各单位", "区委办(含研究室)、团委", "《条例》", "法\n治", "\n", "(", ")", "()", "9" * 30, "%", "附件1",
    "序号", "满分100分", "1.1", "=", "字" * 200, "1.2.3.4.", "。。;;", "(2分)(3分)",
)  # fmt: skip
_LINES = (
    "关于做好2031年度考核工作的通知", "示办〔2031〕7号", "附件1", "附件2:考核对象名单", "考核对象名单", "一、甲类(3家)",
    "1.市教育局", "市教育局、市公安局、市教育局", "(一)加分情形。1.表彰的,国家级加3分,省级加2分;2.推广的加1分;", "减分情形",
    "1.被通报的,每次减1分", "累计加分超过10分的,以10分为限。", "2031年13月45日", "2031年10月29日", "从1月1日至12月31日。",
    "于2月30日前报送联络员名单。", "满分0分", "填报人: 审核人:", "。", "、、、", "某某办公室(市教育局)", "附件",
    "第一部分 内容(100分)", "一、制度(60分)", "(一)学习。每月学习得4分。(10分)", "(二)培训(20分)", "1.办班(5分)。测验(5分)。",
    "(1)到课得3分",     "四、加分和一票否决", "三、扣分", "(一)被通报的,每次扣2分;(二)作假的,一票否决;扣分累计不超过10分。",
    "90分以上为优秀,60分以下为不合格。",
    "电话:0519-12345678", "最多加2分", "总分90分", "第三章", "(分)", "(1分)",
)  # fmt: skip


def _papers(seed: int) -> Paper:
    draw = random.Random(seed)
    blocks = tuple(_blocks(draw))
    return Paper(blocks=blocks, wrapped=draw.random() < 0.3, doubt=draw.choice(("", "不准")))


def _blocks(draw: random.Random) -> Iterator[Paragraph | Table]:
    for no in range(draw.randint(0, 9)):
        if draw.random() < 0.6:
            yield Paragraph(text=draw.choice(_LINES), where=f"第{no}段")
            continue
        width = draw.randint(1, 8)
        heads = [[draw.choice(_HEADS) for _ in range(width)] for _ in range(draw.randint(0, 2))]
        rows = heads + [[draw.choice(_CELLS) for _ in range(width)] for _ in range(draw.randint(not heads, 6))]
        merged = {
            (row, column): (draw.randint(0, row), draw.randint(0, column))
            for row in range(len(rows))
            for column in range(width)
            if draw.random() < 0.15
        }
        yield plain_table(rows, [f"第{at}行" for at in range(len(rows))], merged, new_page=draw.random() < 0.5)


def _drafted(seed: int) -> bool:
    try:
        made = draft_of(_papers(seed), "通知.docx")
    except FazhiError:
        return False
    problems = source_problems(made.source)
    rules = sum(len(made.source.table(file).get("sub_points", ())) for file in made.source.items)
    assert sum(each.path.endswith("rule.parts[0].kind") for each in problems) == rules
    taken = from_rows(to_rows(made.source))
    assert {file: taken.files[file] for file in made.source.items} == {
        file: made.source.table(file) for file in made.source.items
    }
    assert taken.faults == []
    return True


def test_any_paper() -> None:
    """Also tables without rows, without heads, merged at random, and days that no calendar has."""
    assert sum(map(_drafted, range(60))) > 15


@pytest.mark.exhaustive
def test_many_papers() -> None:
    """The same, more often."""
    assert sum(map(_drafted, range(1_000_000, 1_001_000))) > 200


def test_what_is_too_long_to_be_taken_apart_is_named() -> None:
    """A paragraph longer than any of a notice is read in part, at once; an item's text of that length stays whole."""
    table = plain_table([["项目", "要求", "分值"], ["甲", "做好(1分)。" * 3000, "5"]], ["", ""], {}, new_page=False)
    lines = ("名单", "甲局、乙局", "对象为" * 3000)
    paragraphs = (Paragraph(text=text, where=f"第{no}段") for no, text in enumerate(lines, 1))
    made = draft_of(Paper(blocks=(*paragraphs, table)), "通知.docx")
    assert made.left == ("第3段第5000字以后",)
    assert len(made.source.table("items/01.toml")["sub_points"]) == 1
