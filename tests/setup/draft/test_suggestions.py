"""A sentence's words tell which kind of rule it looks like."""

from __future__ import annotations

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.setup.draft.suggest import looks
from fazhi_xl.setup.draft.wording import suggested
from tests.notice.campaigns import TEMPLATES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("迟报的每件扣0.25分。", "原文“扣0.25分”,像是“从分值里往下扣”(每件0.25分)"),
        ("化解率不低于95%,每低1个百分点扣0.5分。", "原文“每低1个百分点扣0.5分”,像是“从分值里往下扣”(每件0.5分)"),
        ("采用1篇得2分。", "原文“1篇得2分”,像是“一件几分加起来”(每件2分)"),
        ("办结率达到９５％,不足的按比例得分。", "原文“率达到９５％”,像是“率达到几”(至少95,不足的按比例)"),
        ("每年开展活动不少于4次。", "原文“不少于4次”,像是“数量达到几”(至少4)"),
        ("每年至少召开两场宣讲会。", "原文“至少召开两场”,像是“数量达到几”(至少2)"),
        ("整治时间不少于3个月。", "原文“不少于3个月”,像是“时间够不够长”(至少3)"),
        ("公示不少于30日。", "原文“不少于30日”,像是“天数够不够多”(至少30)"),
        ("95%以上得2分,90%以上得1分。", "原文“95%以上得2分”,像是“分档”"),
        ("没有发生群体性事件。", "原文“没有发生”,像是“数量为零”"),
        ("发案数低于上年。", "原文“低于上年”,像是“比上年低”"),
        ("每万名人口不少于4人。", "原文“每万”,像是“每单位基数达到几”"),
        ("基础分1分;每处加0.05分。", "原文“基础分”,像是“有加有减”"),
        ("排名前5名的得5分,第6至10名得3分。", "原文“前5名的得5分、第6至10名得3分”,像是“分档”"),
        ("巡查2次以上得5分,1次得3分。", "原文“2次以上得5分、1次得3分”,像是“分档”"),
        ("覆盖率达到100%得满分;80%以上的得6分。", "原文“80%以上的得6分”,像是“分档”"),
        ("资料完整的得9分,基本完整得5分。", "原文“资料完整的得9分、基本完整得5分”,像是“分等级”"),
        ("评为A级得9分、B级得5分。", "原文“评为A级得9分、B级得5分”,像是“分等级”"),
        ("建成得9分,未建成的按比例得分。", "原文“未建成的按比例得分”,像是“率达到几”(不足的按比例)"),
        ("健全工作机制。", "原文没有数量、比率,像是“做到了没有”"),
    ],
)
def test_words(text: str, said: str) -> None:
    assert suggested(next(iter(looks(text)))) == said


@pytest.mark.parametrize(
    ("name", "right"), [("zhonglou-2020", 48), ("chengchuan-xiangzhen-2023", 33), ("wanglan-bumen-2023", 34)]
)
def test_how_often_a_first_suggestion_is_what_was_chosen(name: str, right: int) -> None:
    """Of 63, 33 and 34 sub-points of catalogues made by hand."""
    subs = load(TEMPLATES / name).sub_points.values()
    assert sum(next(iter(looks(sub.text))).kind in {part.kind for part in sub.rule.parts} for sub in subs) == right
