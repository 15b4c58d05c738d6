"""The 2020 catalogue says what the notice says: compared with the published text character by character.

Only the layout's white space is removed, on both sides. What the page breaks repeat is named here.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.notice.model import Index, Item, Notice, Project
from fazhi_xl.notice.rules import inputs_of
from fazhi_xl.points import short

TEXT = (Path(__file__).parents[1] / "data" / "notice-2020.txt").read_text(encoding="utf-8")
BODY, ANNEX_1, ANNEX_2, ANNEX_3, ANNEX_4 = re.split(r"(?m)^附件[1-4]$", TEXT)

# The pages' breaks repeat the merged first cell of the table before these items, and before this project.
REPEATED_ASPECT = (8, 19)
REPEATED_FACTOR = "司法公正"
# The notice prints no aspect at item 18, which does not begin one either.


def bare(text: str) -> str:
    """Drop white space, which is layout."""
    return re.sub(r"\s+", "", text)


def test_annex_1_lists_the_units(notice: Notice) -> None:
    """附件1 is the names of the units, joined in their order."""
    assert bare(ANNEX_1) == "监测评价对象名单" + "、".join(unit.name for unit in notice.units)


def test_short_and_absorbed_make_the_printed_name(notice: Notice) -> None:
    """A unit's printed name is its short name and, in brackets, the bodies it absorbed."""
    for unit in notice.units:
        assert unit.name == unit.short + (f"(含{'、'.join(unit.absorbed)})" if unit.absorbed else "")


def test_the_annex_has_45_units(notice: Notice) -> None:
    """There are “45家区级机关”, numbered as in 附件1."""
    assert [unit.no for unit in notice.units] == list(range(1, 46))


def _row(item: Item, begins: set[str]) -> str:
    printed = item.no in REPEATED_ASPECT or item.aspect not in begins
    begins.add(item.aspect)
    cells = (str(item.no), item.aspect if printed else "", item.name, item.requirement, f"{short(item.points)}分")
    return bare("".join((*cells, item.basis, *item.responsible)))


def test_annex_2_is_the_table_of_items(notice: Notice) -> None:
    """附件2 is the items' rows: number, aspect, name, requirement, points, basis, responsible departments."""
    begins: set[str] = set()
    head = "区级机关2020年法治建设“互联网+”监测评价项目序号监测项目工作要求分值依据责任部门"
    assert bare(ANNEX_2) == head + "".join(_row(item, begins) for item in notice.items)


def test_the_requirement_is_its_sub_points(notice: Notice) -> None:
    """An item's requirement is the texts of its sub-points, word for word, with nothing between."""
    for item in notice.items:
        assert "".join(sub.text for sub in item.sub_points) == item.requirement


# Figures in 20.6 and 20.7 that say how points are earned, and are no marks.
INNER_FIGURES = {"20.6": ["0.5分", "2分", "4分"], "20.7": ["1分"]}


def test_each_sub_point_carries_its_mark(notice: Notice) -> None:
    """A sub-point's text holds one mark in brackets, its points, and no other figure of points."""
    for code, sub in notice.sub_points.items():
        found = re.findall(r"\((?P<mark>[\d.]+)分\)", sub.text)
        assert found == [short(sub.points)], code
        assert re.findall(r"(?<![\d(.])[\d.]+分(?!\))", sub.text) == INNER_FIGURES.get(code, []), code


def test_the_sums_are_100_and_99(notice: Notice) -> None:
    """21 items make 100 points; their 63 sub-points 99, for item 9 prints 4 and marks 2 and 1."""
    assert (len(notice.items), sum(item.points for item in notice.items)) == (21, 10000)
    assert (len(notice.sub_points), sum(sub.points for sub in notice.sub_points.values())) == (63, 9900)
    sums = {item.no: sum(sub.points for sub in item.sub_points) for item in notice.items}
    assert {item.no: (item.points, sums[item.no]) for item in notice.items if item.points != sums[item.no]} == {
        9: (400, 300)
    }


def test_the_aspects_are_the_five_of_the_notice(notice: Notice) -> None:
    """Aspects are those of 二(一), in its order, with the points of the layout."""
    assert "、".join(notice.aspects) + "五个方面" in BODY
    points = [sum(item.points for item in notice.items if item.aspect == aspect) for aspect in notice.aspects]
    assert points == [800, 2400, 2000, 3100, 1700]


def _project(project: Project, begins: set[str]) -> str:
    printed = project.name == REPEATED_FACTOR or project.factor not in begins
    begins.add(project.factor)
    indicators = "".join(f"{each.no}.{each.text}" for each in project.indicators)
    return bare((project.factor if printed else "") + project.name + indicators)


def index(notice: Notice) -> Index:
    assert notice.index
    return notice.index


def test_annex_3_is_the_index(notice: Notice) -> None:
    """附件3 is the index's factors, projects and indicators, in order."""
    begins: set[str] = set()
    projects = "".join(_project(project, begins) for project in index(notice).projects)
    assert bare(ANNEX_3) == bare(index(notice).title) + "因素项目指标" + projects


def test_the_index_has_5_factors_10_projects_23_indicators(notice: Notice) -> None:
    """The index is “5个因素”, “10个项目23个指标”; a factor that a page break repeats is one."""
    indicators = [each.no for project in index(notice).projects for each in project.indicators]
    assert len(index(notice).factors) == 5
    assert len(index(notice).projects) == 10
    assert indicators == list(range(1, 24))


def test_annex_4_is_the_contact_list(notice: Notice) -> None:
    """附件4 is the title, the columns, the rows and the line to sign."""
    contacts = notice.contacts
    assert contacts
    sign_off = "".join(f"{each}:" for each in contacts.sign_off)
    assert bare(ANNEX_4) == contacts.title + "".join((*contacts.columns, *contacts.rows)) + sign_off


def test_the_situations_are_those_of_part_4(notice: Notice) -> None:
    """Part 四 lists the situations of bonus and deduction, numbered, word for word."""
    bonus = ";".join(f"{each.no}.{each.text}" for each in notice.bonus)
    deductions = ";".join(f"{each.no}.{each.text}" for each in notice.deductions)
    texts = notice.about.texts
    assert f"(一)加分情形。{bonus}。{texts.bonus_clause}" in bare(BODY)
    assert f"(二)减分情形。{deductions}。{texts.deduction_clause}" in bare(BODY)
    assert (len(notice.bonus), len(notice.deductions)) == (2, 6)


def test_the_situations_have_the_points_of_the_clauses(notice: Notice) -> None:
    """A bonus is 1 point, a deduction 3, and 5 for the graver form of the fourth situation."""
    scoring, graver = notice.about.scoring, notice.deductions[3].levels[1]
    assert [each.points for each in notice.bonus] == [100, 100]
    assert [each.points for each in notice.deductions] == [300] * 6
    assert [[level.points for level in each.levels] for each in notice.deductions] == [[], [], [], [300, 500], [], []]
    assert f"{graver.name},有1项减{short(graver.points)}分" in notice.about.texts.deduction_clause
    assert f"有1项加{short(notice.bonus[0].points)}分" in notice.about.texts.bonus_clause
    assert f"以{short(scoring.bonus_cap or 0)}分为限" in notice.about.texts.bonus_clause
    assert f"满分{short(scoring.full)}分" in notice.about.texts.scoring_clause


def test_the_clauses_stand_in_the_notice_in_order(notice: Notice) -> None:
    """The clauses printed on the forms are the notice's own, and each list keeps its order."""
    texts, body = notice.about.texts, bare(BODY)
    for clauses in (
        (
            texts.scoring_clause,
            texts.bonus_clause,
            texts.deduction_clause,
            *texts.steps,
            texts.index_clause,
            texts.contact_clause,
        ),
        texts.evidence,
    ):
        places = [body.find(bare(clause)) for clause in clauses]
        assert -1 not in places, clauses[places.index(-1)]
        assert places == sorted(places)
    assert notice.registers[0].note in notice.sub_points["20.6"].text


def test_the_heading_is_the_notices(notice: Notice) -> None:
    """Title, number, issuer, office and room are printed in the notice."""
    about, body = notice.about, bare(BODY)
    assert body.count(f"{about.title}{about.number}") == 1
    for text in (about.issuer, about.office, about.office_room, f"{about.year}年度"):
        assert text in body
    assert about.office_phone == ""


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_the_dates_are_the_notices(notice: Notice) -> None:
    """The dates are those the notice prints."""
    dates, body = notice.about.dates, bare(BODY)
    period = f"从{chinese(dates.period_start)}至{chinese(dates.period_end).removeprefix('2020年')}。"
    for text in (
        f"(一)监测评价时间。监测评价工作{period}",
        f"各单位于{chinese(dates.ledger_due).removeprefix('2020年')}前将台账资料报送",
        f"于{chinese(dates.contacts_due or dates.issued)}前报{notice.about.office_room}",
        f"{notice.about.issuer}{chinese(dates.issued)}",
        f"产生日期:{dates.issued}发布日期:{dates.published}",
    ):
        assert text in body
    reports = notice.registers[0]
    assert reports.on_time
    assert f"每月{reports.on_time.day}号前" in reports.note


def test_every_department_is_printed(notice: Notice) -> None:
    """departments.toml explains the 22 printed departments, five that provide deductions, and one name for the readings."""
    printed = dict.fromkeys(name for item in notice.items for name in item.responsible)
    assert len(printed) == 22
    own = ["区人大常委会机关", "区审计局", "区应急管理局", "区公安分局", "区纪委监委", "全部监测评价对象"]
    assert list(notice.departments) == [*printed, *own]


@pytest.mark.parametrize(
    ("name", "count", "sure"),
    [("行政执法部门", 27, (23, 3, 1)), ("行政机关", 29, (29, 0, 0)), ("全部监测评价对象", 45, (45, 0, 0))],
)
def test_the_groups_have_their_members(notice: Notice, name: str, count: int, sure: tuple[int, int, int]) -> None:
    """Groups have the members of the readings chosen, with high, medium and low confidence, in the order of Annex 1."""
    group = next(group for group in notice.groups if group.name == name)
    members = [member.unit for member in group.members]
    assert members == [unit.short for unit in notice.units if unit.short in members]
    assert len(members) == count
    assert tuple(sum(m.confidence == level for m in group.members) for level in ("high", "medium", "low")) == sure


def test_only_the_justice_bureau_assesses(notice: Notice) -> None:
    """The assessor is the 司法局, where the 区委依法治区办 sits."""
    assert [unit.short for unit in notice.units if unit.assessor] == ["司法局"]


@pytest.mark.parametrize(
    ("name", "short_name"),
    [
        ("区法院", "法院"),
        ("发改委", "发改局"),
        ("文明办", "宣传部"),
        ("网信办", "宣传部"),
        ("研究室", "区委办"),
        ("巡察办", "纪委监委"),
        ("编办", "组织部"),
        ("老干部局", "组织部"),
        ("机关工委", "组织部"),
        ("工商联", "统战部"),
        ("依法治区办", "司法局"),
        ("区依法行政办", "司法局"),
    ],
)
def test_a_unit_is_known_by_its_other_names(notice: Notice, name: str, short_name: str) -> None:
    """An alias or an absorbed body leads to its unit."""
    unit = notice.unit_called(name)
    assert unit is not None
    assert unit.short == short_name
    assert [each.short for each in notice.units if name in each.names] == [short_name]


def test_what_a_rule_does_not_read_may_stay_empty(notice: Notice) -> None:
    """Facts that earn nothing are optional, save the one that the notice itself names (8.1“导入法定途径”)."""
    for code, sub in notice.sub_points.items():
        read = {key for part in sub.rule.parts for key in inputs_of(part)}
        assert read <= {each.key for each in sub.inputs}
        extra = {each.key for each in sub.inputs if each.required} - read
        assert extra == ({"法定途径"} if code == "8.1" else set()), code
        assert all(each.required for each in sub.inputs if each.key in read), code


def test_only_20_6_and_20_7_are_given_by_others(notice: Notice) -> None:
    """Units give every fact, save the counts of 20.6, which the monthly list gives, and 20.7's, which the office gives."""
    given = {(code, each.key): each.given_by for code, sub in notice.sub_points.items() for each in sub.inputs}
    assert {place: by for place, by in given.items() if by != "unit"} == {
        ("20.6", "按时篇数"): "register",
        ("20.6", "录用篇数"): "register",
        ("20.7", "不配合"): "office",
    }


# Where a part of the sub-point may not apply to the unit.
WITH_NOT_APPLICABLE = {"3.1", "4.1", "5.1", "5.2", "5.5", "5.6", "5.7", "7.1", "15.5"}


def test_not_applicable_is_offered_where_it_may_be(notice: Notice) -> None:
    """不涉及 is offered in every graded or yes/no fact of these sub-points that earns points, and nowhere else."""
    for code, sub in notice.sub_points.items():
        read = {key for part in sub.rule.parts for key in inputs_of(part)}
        offered = {"不涉及" in each.options for each in sub.inputs if each.kind == "choice" and each.key in read}
        assert offered <= {code in WITH_NOT_APPLICABLE}, code
