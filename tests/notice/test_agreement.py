"""What the files of a catalogue say about each other: each disagreement is reported at its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.notice.conftest import Edit

COUNT_4 = '{ kind = "count", input = "次数", at_least = 4 }'
RATIO = '{ kind = "ratio", amount = "受援", base = "常住人口", at_least = 10, below = "linear" }'

# file, what stands there, what is written instead, the problems
# fmt: off
AGREEMENTS = [
    # units
    ("units.toml", 'short = "法院"', 'short = "检察院"', [
        "units.toml: units[6].name: “检察院”已是第6个单位的名称",
        "units.toml: units[6].short: “检察院”已是第6个单位的名称",
        "groups.toml: groups[2].members[5].unit: 没有“法院”这个单位",
        'departments.toml: departments."区法院"[0]: 没有“法院”这个单位',
    ]),
    ("units.toml", 'aliases = ["区教育局"]', 'aliases = ["区教育局", "网信办"]', [
        "units.toml: units[12].aliases: “网信办”已是第9个单位的名称",
    ]),
    ("units.toml", 'absorbed = ["研究室"]\n\n[[units]]\n', 'mail = ["a@b.c"]\n\n[[units]]\nmail = ["A@b.c", "d@b.c"]\n', [
        "units.toml: units[1].mail: “A@b.c”已是第1个单位的邮箱",
    ]),
    ("units.toml", "no = 3\n", "no = 4\n", ["units.toml: units[2].no: 序号应为 3"]),
    ("units.toml", 'ranking_group = "B"', 'ranking_group = "D"', ["units.toml: units[0].ranking_group: 没有“D”这个排名组"]),
    ("units.toml", 'code = "C"', 'code = "B"', [
        "units.toml: ranking_groups[2].code: “B”重复",
        *(f"units.toml: units[{at}].ranking_group: 没有“C”这个排名组" for at in (1, 3, 4, 9, 10, *range(33, 39))),
    ]),
    # groups and departments
    ("groups.toml", '{ unit = "教育局" }', '{ unit = "教育厅" }', ["groups.toml: groups[0].members[1].unit: 没有“教育厅”这个单位"]),
    ("groups.toml", '{ unit = "教育局" }', '{ unit = "发改局" }', ["groups.toml: groups[0].members[1].unit: “发改局”重复"]),
    ("groups.toml", 'name = "行政机关"', 'name = "行政执法部门"', [
        "groups.toml: groups[1].name: “行政执法部门”重复",
        'departments.toml: departments."区各行政机关"[0]: 没有“@行政机关”这个组',
    ]),
    ("departments.toml", '["信访局"]', '["信访局", "信访办"]', ['departments.toml: departments."区信访局"[1]: 没有“信访办”这个单位']),
    ("departments.toml", '["@行政机关"]', '["@机关"]', ['departments.toml: departments."区各行政机关"[0]: 没有“@机关”这个组']),
    ("items/08.toml", '["区信访局"]', '["区信访办"]', ["items/08.toml: responsible[0]: 没有“区信访办”这个部门,请先写进 departments.toml"]),
    ("items/08.toml", 'code = "8.1"', 'code = "8.1"\nanswered_by = ["信访办"]', [
        "items/08.toml: sub_points[0].answered_by[0]: 没有“信访办”这个部门,请先写进 departments.toml",
    ]),
    # items and codes
    ("items/08.toml", "no = 8", "no = 9", ["items/08.toml: no: 应与文件名一致,为 8"]),
    ("items/10.toml", 'code = "10.2"', 'code = "10.1"', ["items/10.toml: sub_points[1].code: 应为 10.2"]),
    ("items/10.toml", 'code = "10.2"', 'code = "9.2"', ["items/10.toml: sub_points[1].code: 应为 10.2"]),
    # inputs
    ("items/01.toml", 'key = "及时报备"', 'key = "报备"', [
        "items/01.toml: sub_points[2].inputs[3].key: “报备”重复",
        "items/01.toml: sub_points[2].inputs[3].not_more_than: 不能和自己比较",
        "items/01.toml: sub_points[2].rule.parts[2].done[0]: 没有“及时报备”这个填报指标",
    ]),
    ("items/01.toml", 'options = ["是", "否"]', 'options = ["是", "否", "是"]', [
        "items/01.toml: sub_points[1].inputs[0].options: 选项重复",
    ]),
    ("items/01.toml", 'measure = "次"', 'options = ["1", "2"]', [
        "items/01.toml: sub_points[0].inputs[0].options: 只有选择(choice)才有选项",
    ]),
    ("items/17.toml", "minimum = 0.01", "minimum = 9, maximum = 8", [
        "items/17.toml: sub_points[2].inputs[1].maximum: 不能小于 minimum",
    ]),
    ("items/18.toml", 'not_before = "起始"', "earliest = 2020-09-01, latest = 2020-08-31", [
        "items/18.toml: sub_points[2].inputs[1].latest: 不能早于 earliest",
    ]),
    ("items/18.toml", 'not_before = "起始"', 'not_before = "开始"', [
        "items/18.toml: sub_points[2].inputs[1].not_before: 没有“开始”这个填报指标",
    ]),
    ("items/18.toml", 'not_before = "起始"', 'not_more_than = "起始"', [
        "items/18.toml: sub_points[2].inputs[1].not_more_than: “结束”应为整数(whole)或小数(decimal)才能比较",
    ]),
    ("items/06.toml", 'not_more_than = "应出庭"', 'not_more_than = "应出席"', [
        "items/06.toml: sub_points[0].inputs[1].not_more_than: 没有“应出席”这个填报指标",
    ]),
    ("items/17.toml", 'kind = "decimal", measure = "万人"',
     'kind = "decimal", measure = "万人", not_more_than = "常住人口"', [
        "items/17.toml: sub_points[2].inputs[1].not_more_than: 不能和自己比较",
    ]),
    # rules
    ("items/15.toml", COUNT_4, COUNT_4.replace("次数", "回数"), [
        "items/15.toml: sub_points[5].rule.parts[0].input: 没有“回数”这个填报指标",
    ]),
    ("items/15.toml", '{ key = "次数", label = "“法律八进”活动", kind = "whole"',
     '{ key = "次数", label = "“法律八进”活动", kind = "decimal"', [
        "items/15.toml: sub_points[5].rule.parts[0].input: “次数”应为整数(whole),现为小数(decimal)",
    ]),
    ("items/06.toml", 'done = ["已出庭"]', 'done = ["已出庭", "未出庭"]', [
        "items/06.toml: sub_points[0].rule.parts[0].done[1]: 没有“未出庭”这个填报指标",
    ]),
    ("items/06.toml", 'due = ["应出庭"]', 'due = ["开庭"]', [
        "items/06.toml: sub_points[0].rule.parts[0].due[0]: 没有“开庭”这个填报指标",
    ]),
    ("items/06.toml", 'this_year_of = "本年判决", ', "", [
        "items/06.toml: sub_points[1].rule.parts[1]: this_year_of 和 last_year_of 要么都写,要么都不写",
    ]),
    ("items/06.toml", 'this_year_of = "本年判决"', 'this_year_of = "分析研判"', [
        "items/06.toml: sub_points[1].rule.parts[1].this_year_of: “分析研判”应为整数(whole),现为选择(choice)",
    ]),
    ("items/04.toml", 'options = ["是", "否", "不涉及"]', 'options = ["有", "无", "不涉及"]', [
        "items/04.toml: sub_points[0].rule.parts[0].input: 选项里没有“是”",
    ]),
    ("items/04.toml", 'input = "民意调查"', 'input = "民意"', [
        "items/04.toml: sub_points[0].rule.parts[0].input: 没有“民意”这个填报指标",
    ]),
    ("items/15.toml", '"尚未落实" = 0', '"未落实" = 0', [
        "items/15.toml: sub_points[3].rule.parts[0].shares: 选项里没有“未落实”",
        "items/15.toml: sub_points[3].rule.parts[0].shares: 没有写“尚未落实”得百分之几",
    ]),
    ("items/18.toml", 'start = "起始"', 'start = "起点"', [
        "items/18.toml: sub_points[2].rule.parts[0].start: 没有“起点”这个填报指标",
    ]),
    ("items/18.toml", '{ key = "起始", label = "宣传活动起始日", kind = "date" }',
     '{ key = "起始", label = "宣传活动起始日", kind = "whole" }', [
        "items/18.toml: sub_points[2].inputs[1].not_before: “起始”应为日期(date),现为整数(whole)",
        "items/18.toml: sub_points[2].rule.parts[0].start: “起始”应为日期(date),现为整数(whole)",
    ]),
    ("items/17.toml", RATIO, RATIO.replace("受援", "援助"), [
        "items/17.toml: sub_points[2].rule.parts[0].amount: 没有“援助”这个填报指标",
    ]),
    ("items/17.toml", ", minimum = 0.01", "", [
        "items/17.toml: sub_points[2].rule.parts[0].base: “常住人口”要写大于0的 minimum,不能除以0",
    ]),
    ("items/20.toml", '{ input = "录用篇数"', '{ input = "采用篇数"', [
        "items/20.toml: sub_points[5].rule.parts[0].terms[1].input: 没有“采用篇数”这个填报指标",
    ]),
    # the other files
    ("notice.toml", 'material_reasons = ["没有佐证材料"', 'material_reasons = ["没有材料"', [
        "notice.toml: feedback.material_reasons[0]: 没有“没有材料”这个扣分原因,请先写进 review.reasons",
    ]),
    ("notice.toml", "show_rank = false", 'show_rank = "不"', ["notice.toml: feedback.show_rank: 应为 true 或 false"]),
    ("notice.toml", "# supplement_due = 2020-12-10", 'supplement_due = "12月"', [
        "notice.toml: feedback.supplement_due: 应为日期,例如 2031-11-20(不加引号)",
    ]),
    ("notice.toml", "scores = false", "score = false", ["notice.toml: bulletin.score: 没有这个名称,请检查拼写"]),
    ("notice.toml", 'name = "良好"', 'name = "优秀"', ["notice.toml: grades[1].name: “优秀”重复"]),
    ("notice.toml", "at_least = 80", "at_least = 90", ["notice.toml: grades[1].at_least: 应小于上一档的90"]),
    ("notice.toml", "at_least = 90\n", "", ["notice.toml: grades[0]: 最后一档不写 at_least,其余各档都要写"]),
    ("notice.toml", 'name = "一般"', 'name = "一般"\nat_least = 60.5', [
        "notice.toml: grades[2]: 最后一档不写 at_least,其余各档都要写",
    ]),
    ("notice.toml", "at_least = 80", 'at_least = "八十"', ["notice.toml: grades[1].at_least: 应为数字,例如 0.5"]),
    ("notice.toml", "items = [1, 2]", "items = [1, 3]", [
        "notice.toml: review.sections[1].items[0]: 项目“3”已分给第1个科室",
        "notice.toml: review.sections: 第2项没有分给任何科室",
    ]),
    ("notice.toml", "items = [20, 21]", "items = [20, 21, 22, 20]", [
        "notice.toml: review.sections[4].items[2]: 没有标识(id,没写的即序号)为“22”的项目",
        "notice.toml: review.sections[4].items[3]: 项目“20”已分给第5个科室",
    ]),
    ("notice.toml", 'name = "司法工作"', 'name = "法规工作"', [
        "notice.toml: review.sections[2].name: “法规工作”重复",
    ]),
    ("notice.toml", 'name = "司法工作"', 'name = "全部"', [
        "notice.toml: review.sections[2].name: “全部”指所有科室,不能用作科室名称",
    ]),
    ("adjustments.toml", "no = 2", "no = 1", ["adjustments.toml: bonus[1].no: “1”重复"]),
    ("adjustments.toml", "⑥督察通报", "②重大决策违法", ["adjustments.toml: deductions[5].label: “②重大决策违法”重复"]),
    ("adjustments.toml", 'name = "依法被追究刑事责任的"', 'name = "受到党纪政纪处分的"', [
        "adjustments.toml: deductions[3].levels[1].name: “受到党纪政纪处分的”重复",
    ]),
    ("items/15.toml", "points = 10", "points = 0", ["items/15.toml: sub_points[3].points: 应大于0;加分、扣分的得分点另写 most、least"]),
    ("items/15.toml", "points = 10", "points = 10\nmost = 9", ["items/15.toml: sub_points[3].most: 不能小于分值10"]),
    ("adjustments.toml", '"区审计局"', '"区审计署"', [
        "adjustments.toml: deductions[1].provided_by[1]: 没有“区审计署”这个部门,请先写进 departments.toml",
    ]),
    ("index.toml", "no = 23", "no = 24", ["index.toml: projects[9].indicators[3].no: 序号应为 23"]),
    ("theme.toml", "created =", 'colours.wran = "#FFF9DB"\ncreated =', ["theme.toml: colours.wran: 没有这个名称,请检查拼写"]),
    # readings
    ("readings.toml", 'chosen = "29家"', 'chosen = "30家"', [
        "readings.toml: readings[1].chosen: 没有“30家”这个选项,应为其中之一:29家、45家",
    ]),
    ("readings.toml", 'key = "行政机关范围"', 'key = "责任分配"', ["readings.toml: readings[1].key: “责任分配”重复"]),
    ("readings.toml", 'key = "45家"', 'key = "29家"', ["readings.toml: readings[1].options[1].key: “29家”重复"]),
    ("readings.toml", '"sub_points.9.2"', '"sub_points.9.3"', [
        'readings.toml: readings[8].options[1].changes."sub_points.9.3".points: 没有“sub_points.9.3”这个对象',
    ]),
    ("readings.toml", '"items.18"', '"items.28"', [
        'readings.toml: readings[9].options[1].changes."items.28".aspect: 没有“items.28”这个对象',
    ]),
    ("readings.toml", '"units.科技局"', '"units.科技厅"', [
        'readings.toml: readings[2].options[1].changes."units.科技厅".ranking_group: 没有“units.科技厅”这个对象',
    ]),
    ("readings.toml", '"groups.行政执法部门"', '"groups.执法部门"', [
        'readings.toml: readings[2].options[1].changes."groups.执法部门".members: 没有“groups.执法部门”这个对象',
    ]),
    ("readings.toml", '"about.dates" =', '"about.days" =', [
        'readings.toml: readings[37].options[1].changes."about.days".period_end: 没有“about.days”这个对象',
    ]),
    ("readings.toml", '"items.18"', '"files.18"', [
        'readings.toml: readings[9].options[1].changes."files.18".aspect: 没有“files.18”这个对象',
    ]),
    ("readings.toml", '"rule.parts.1.below" =', '"parts.9" =', [
        'readings.toml: readings[10].options[1].changes."sub_points.1.3"."parts.9": “sub_points.1.3”里没有 parts.9 这一处',
    ]),
]
# fmt: on


@pytest.mark.parametrize(("file", "old", "new", "problems"), AGREEMENTS)
def test_a_disagreement_is_reported_at_its_place(
    edit: Edit, faults: Callable[[], list[str]], file: str, old: str, *, new: str, problems: list[str]
) -> None:
    """Files that do not agree, and rules that do not fit their inputs, are reported each at its place."""
    edit(file, old, new)
    assert faults() == problems
