"""What leaders expect of the ranking workbook and of the bulletin, L1 to L14, each shown once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from statistics import fmean

from fazhi_xl.docx.write import document_bytes
from fazhi_xl.points import show
from fazhi_xl.reports.bulletin.draft import bulletin
from fazhi_xl.reports.bulletin.grades_workbook import bulletin_book
from fazhi_xl.reports.media.panel import Strip
from fazhi_xl.reports.media.workbook import Cell, Formula, Link, Marked, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import EarlierRound, EarlierUnit, Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.campaign import the_notice
from tests.support.documents import paragraphs
from tests.support.packages import Package
from tests.support.pages import page_of, texts, tile, told, under
from tests.support.random_rounds import a_chance
from tests.support.rounds import NOW, a_round, returned_file

Row = dict[str, Cell]
EARLIER = EarlierUnit(full_marks=2_200, percent=8_000, total=8_000, rank=3)
TERMS = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


# Rounds, and what stands in their books ------------------------------------------------------------------------------


@cache
def early() -> Round:
    """Give a round of 25 units that is reviewed in part."""
    return a_chance(0, most=45).round


@cache
def official() -> Round:
    """Give a round of 24 units in which all is decided, with bonus and deductions, and an earlier one."""
    done = a_chance(16, most=45).round
    then = {unit.unit: replace(EARLIER, rank=no) for no, unit in enumerate(done.units, 1)}
    return replace(done, earlier=EarlierRound(campaign="a", year=2019, generated=NOW, basis=Basis.SELF, units=then))


_BOOKS: dict[int, tuple[Round, ReportBook]] = {}  # with its round, so that no other has its id


def book(done: Round) -> ReportBook:
    """Give a round's book, made once."""
    if id(done) not in _BOOKS:
        _BOOKS[id(done)] = done, ranking_book(done)
    return _BOOKS[id(done)][1]


@cache
def package() -> Package:
    return Package(report_bytes(book(official()), official().notice.theme))


def sheet(name: str, done: Round) -> ReportSheet:
    return next(each for each in book(done).sheets if each.name == name)


def tables(name: str, done: Round) -> list[Table]:
    return [block for block in sheet(name, done).blocks if isinstance(block, Table)]


def sentences(name: str, done: Round) -> list[str]:
    return [
        block.text for block in sheet(name, done).blocks if isinstance(block, Sentence) and isinstance(block.text, str)
    ]


def rows(table: Table) -> list[Row]:
    return [named(table, row) for row in table.rows]


def named(table: Table, row: tuple[Cell, ...]) -> Row:
    """Give what a row shows, by the columns' titles."""
    return {column.title: plain(cell) for column, cell in zip(table.columns, row, strict=True)}


def plain(cell: Cell) -> str | int | None:
    if isinstance(cell, Formula):
        cell = cell.value
    return (
        cell.text
        if isinstance(cell, Link | Marked)
        else None
        if cell is None
        else cell
        if isinstance(cell, str)
        else int(cell)
    )


def mean(values: Iterable[int]) -> int:
    return int(fmean(values) + 0.5)


# Once more, from the scores ------------------------------------------------------------------------------------------


def totals(done: Round) -> dict[str, int]:
    return {unit.unit: int(unit.total) for unit in done.units if unit.total is not None}


def points(done: Round, score: SubPointScore) -> tuple[int, int]:
    """Give the hundredths that apply and those that count."""
    if score.approved:
        return 0, 0
    return int(score.points), int((score.reviewed if done.official else score.self_score) or 0)


def rate(done: Round, units: Iterable[UnitScore], items: set[int]) -> int | None:
    """Give a rate over some items in hundredths of a per cent."""
    item_of = done.notice.item_of
    pairs = [points(done, s) for unit in units for s in unit.sub_points if item_of[s.code].no in items]
    full, won = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return (20_000 * won + full) // (2 * full) if full else None


# L1 to L14 -----------------------------------------------------------------------------------------------------------


def test_l01_one_page() -> None:
    """The first sheet says on one A4 page, in sentences and tables, what leadership asks, and what is not decided yet."""
    done = early()
    front, own = book(done).sheets[0], sorted(totals(done).values())
    assert front.name == "一页纸"
    assert front.title.endswith("预排名(按自评,含未报送4家)")
    assert texts(front)[5].startswith(f"已报21家平均{show(mean(own))}分,优秀2家、良好2家、一般17家;全部失分的68%集中在")
    figures = {"报送率": 8_400, "平均分": mean(own), "中位数": own[10], "最高分": own[-1], "最低分": own[0]}
    assert {name: tile(front, name)[0] for name in figures} == figures
    assert "截止日期2020年11月20日" in told(front, "未报送 4家")
    assert [len(under(front, name)) for name in ("二、", "三、", "四、", "五、")] == [6, 6, 6, 6]
    links = [cell.value for line in page_of(front).lines for cell in line.cells if isinstance(cell.value, Link)]
    assert [(link.text.partition(",")[0], link.sheet) for link in links] == [
        ("还没有定 326项", "审核情况"),
        ("得分点未核定320项(“审核”)", "审核"),
        ("加分待认定6项(“加分认定”)", "加分认定"),
    ]
    assert sum(isinstance(block, Strip) for band in page_of(front).bands for stack in band for block in stack) == 1
    page = package().sheets["一页纸"].one("pageSetup")
    assert (page.get("paperSize"), page.get("orientation"), page.get("fitToHeight", "1")) == ("9", "landscape", "1")


def test_l02_totals() -> None:
    """The ranking has every column people expect, sorted by ranks that follow one rule, with sums, means and places moved."""
    done, (table, *below) = official(), tables("排名总表", official())
    found, last = rows(table), named(table, table.total)
    assert sorted(str(row["单位"]) for each in (table, *below) for row in rows(each)) == sorted(
        unit.unit for unit in done.units
    )
    assert [column.title for column in table.columns if not column.hidden] == [
        "名次", "并列", "单位", "分组", "组内名次", "应得分", "测算分", "自评分", "核定分", "得分", "折算分", "加分", "减分",
        "总分", "参考等次", "名次变化", "备注",
    ]  # fmt: skip
    own = totals(done)
    assert {row["单位"]: row["总分"] for row in found if row["总分"] is not None} == own
    assert [row["名次"] for row in found[: len(own)]] == [
        1 + sum(other > total for other in own.values()) for total in sorted(own.values(), reverse=True)
    ]
    ranked = [row for row in found if row["名次"] is not None]
    for name in ("应得分", "测算分", "自评分", "核定分", "得分"):
        assert last[name] == sum(int(str(row[name])) for row in ranked), name
    for name in ("折算分", "加分", "减分", "总分"):
        assert last[name] == mean(int(str(row[name])) for row in ranked), name
    assert (last["单位"], last["名次"], last["分组"], last["备注"]) == ("合计/平均", None, None, None)
    numbers = {unit.unit: no for no, unit in enumerate(done.units, 1)}
    for row in ranked:
        moved = numbers[str(row["单位"])] - int(str(row["名次"]))
        assert row["名次变化"] == (f"{'升' if moved > 0 else '降'}{abs(moved)}位" if moved else "不变")
    part = package().sheets["排名总表"]
    end = next(cell for cell in part.cells.values() if cell.text == "合计/平均")
    assert package().formats[end.style]["bold"] == "1"


def test_l03_groups() -> None:
    """Every unit stands in exactly one group: 27 enforce the law, 7 have tasks of their own, 11 the common ones."""
    units = [unit.short for unit in the_notice().units]
    found = tables("分组排名", a_round(units, [returned_file("信访局")]))
    assert [len(table.rows) for table in found] == [27, 7, 11]
    assert sorted(str(row["单位"]) for table in found for row in rows(table)) == sorted(units)


def test_l04_aspects() -> None:
    """Each unit has its rate in each aspect, a dash where it has no task, and below them the rate of all; shaded, with a word."""
    done, (*groups, _) = official(), tables("五方面得分率", official())
    table, own_rows = groups[-1], [row for each in groups for row in rows(each)]
    units = {unit.unit: unit for unit in done.units if unit.total is not None}
    items = {aspect: {item.no for item in done.notice.items if item.aspect == aspect} for aspect in done.notice.aspects}
    for row in own_rows:
        assert {name: row[name] for name in items} == {
            name: rate(done, [units[str(row["单位"])]], own) for name, own in items.items()
        }
    last = named(table, table.total)
    assert {name: last[name] for name in items} == {
        name: rate(done, units.values(), own) for name, own in items.items()
    }
    assert any(row[name] is None for row in own_rows for name in items)
    shown = [cell.text for cell in package().sheets["五方面得分率"].cells.values()]
    assert shown.count("—") == sum(row[name] is None for row in own_rows for name in items)
    shaded = [column for column in table.columns if column.title in items]
    assert all(column.shades and '" 好"' in column.number and '" 差"' in column.number for column in shaded)


def test_l05_items() -> None:
    """Each of the 21 items has who carries it, its rate, how many have all of it, and who has least."""
    done = official()
    (table,) = tables("21项得分率", done)
    units = [unit for unit in done.units if unit.total is not None]
    assert len(table.rows) == 21
    for row in rows(table):
        no = int(str(row["序号"]))
        each = {unit.unit: own for unit in units if (own := rate(done, [unit], {no})) is not None}
        assert (row["有结果(家)"], row["得分率"]) == (len(each), rate(done, units, {no}))
        assert row["得满分的单位"] == sum(own == 10_000 for own in each.values())
        assert int(str(row["承担(家)"])) >= len(each)
        least = [unit for unit, own in each.items() if own == min(each.values())]
        alike = len(least) == len(each) > 1 or min(each.values(), default=0) == 10_000
        many = f"{len(least)}家" if len(least) > 3 else "、".join(least)
        assert alike or row["最低单位"] == (many or None)


def test_l06_losses() -> None:
    """The losses add up to what full marks lack, the largest first, each with its reason; the ten costliest sub-points are numbered."""
    done, (table,) = official(), tables("失分清单", official())
    found = rows(table)
    lost = [int(str(row["失分"])) for row in found]
    pairs = [points(done, score) for unit in done.units if unit.total is not None for score in unit.sub_points]
    assert sum(lost) == sum(full - won for full, won in pairs if full > won) == named(table, table.total)["失分"]
    assert lost == sorted(lost, reverse=True)
    assert table.native
    assert [column.title for column in table.columns] == [
        "序号", "单位", "监测项目", "得分点", "分值", "计分", "失分", "原因", "原表",
    ]  # fmt: skip
    (worst,) = tables("失分最多的得分点", done)
    assert [row["序号"] for row in rows(worst)] == list(range(1, 11))
    keys = [column.hidden for each in book(done).sheets for block in each.blocks if isinstance(block, Table)
            for column in block.columns if column.title == "键"]  # fmt: skip
    columns = package().sheets["数据"].every("col")
    assert keys == [True]
    assert next(each.get("min") for each in columns if each.get("hidden") == "1") == "20"  # behind what is read


def test_l07_adjustments() -> None:
    """Every matter stands with its document and what it counts; each unit's make up its bonus and deduction, within the caps."""
    done = official()
    bonus, penalties = tables("加减分明细", done)
    assert "文号" in [column.title for column in bonus.columns]
    assert "文书" in [column.title for column in penalties.columns]
    scoring = done.notice.about.scoring
    for table, name, cap in ((bonus, "bonus", scoring.bonus_cap), (penalties, "deduction", scoring.deduction_cap)):
        for unit in (unit for unit in done.units if unit.total is not None):
            counted = sum(int(str(row["计分"])) for row in rows(table) if row["单位"] == unit.unit)
            assert getattr(unit, name) == (counted if cap is None else min(counted, cap)), (unit.unit, name)


def test_l08_honesty() -> None:
    """Once all is decided each unit's own score stands beside the office's, and every sub-point that was changed."""
    done = official()
    (units,), (changed,) = tables("自评与核定对比", done), tables("改动的得分点", done)
    assert {row["单位"]: row["核定减自评"] for row in rows(units)} == {
        unit.unit: sum(
            (score.reviewed or 0) - (score.self_score or 0) for score in unit.sub_points if not score.approved
        )
        for unit in done.units
        if unit.total is not None
    }
    assert changed.rows
    assert "自评与核定对比" not in [each.name for each in book(early()).sheets]


def test_l09_charts() -> None:
    """All totals are drawn, from cells that are there, as points and as bars with their figures beside them for black and white."""
    drawn = [part for name, part in package().parts.items() if name.startswith("xl/charts/chart")]
    assert drawn
    assert b"dataBar" in package().parts[f"xl/worksheets/sheet{list(package().sheets).index('排名总表') + 1}.xml"]
    for name in [name for name in package().parts if name.startswith("xl/charts/chart")]:
        chart = package().xml(name)
        for formula in chart.iter(f"{TERMS}f"):
            place, cells = str(formula.text).rsplit("!", 1)
            first, *_, last = cells.replace("$", "").split(":") * 2
            part = package().sheets[place.strip("'")]
            assert part.cells[first].text
            assert part.cells[last].text
        bars = chart.find(f".//{TERMS}barChart") is not None
        assert [each.get("val") for each in chart.iter(f"{TERMS}showVal")] == ["1"] * bars
    assert not any(b"#REF" in part for part in package().parts.values())


def test_l10_two_editions() -> None:
    """The edition for publication has each unit's grade, and no score, no rank and no telephone; the internal one has all."""
    done = official()
    public = Package(report_bytes(bulletin_book(done), done.notice.theme))
    told = {total: show(total) for total in totals(done).values()}
    assert all(unit.unit in "".join(public.strings) for unit in done.units)
    assert not [text for text in told.values() if text in "".join(public.strings)]
    assert not re.search("名次|[0-9]{7}", "".join(public.strings))
    assert {row["总分"] for row in rows(tables("排名总表", done)[0])} - {None} == set(told)


def test_l11_state() -> None:
    """Every sheet's footer and the ranking's title say whether it is official, what it counts, and how many are missing."""
    full = a_round(["信访局"], [returned_file("信访局")])
    states = {
        "预排名(按自评,含未报送4家)": early(),
        "正式排名(按核定,含未报送4家)": official(),
        "预排名(按自评)": full,
    }
    for state, done in states.items():
        assert sheet("排名总表", done).title.endswith(f" {state}")
        assert book(done).footer.startswith(state)


def test_l12_readings() -> None:
    """Every reading of the notice stands with its answer and reason: the gap of item 9, ties, rounding, the coefficient, 不涉及."""
    (table,) = tables("口径说明", early())
    assert len(table.rows) == len(early().notice.readings)
    questions = "".join(str(row["问题"]) for row in rows(table))
    for asked in ("第9项", "总分相同", "几位小数", "系数", "不涉及"):
        assert asked in questions, asked
    assert all(row["采用的口径"] and row["理由"] for row in rows(table))


def test_l13_bulletin() -> None:
    """The draft for publication has its three parts and figures that are those of the tables."""
    done = official()
    lines = paragraphs(document_bytes(bulletin(done, date(2020, 12, 8)), done.notice.theme))
    assert [line for line in lines if line in {"一、总体情况", "二、存在问题", "三、下步要求"}] == [
        "一、总体情况", "二、存在问题", "三、下步要求",
    ]  # fmt: skip
    own = totals(done)
    mean_ = named(tables("排名总表", done)[0], tables("排名总表", done)[0].total)["总分"]
    said = "".join(lines)
    assert f"应报{len(done.units)}家，已报{len(own)}家" in said
    assert f"有评价结果的{len(own)}家，平均{show(int(str(mean_)))}分" in said
    weakest = min(
        (row for row in rows(tables("21项得分率", done)[0]) if row["得分率"] is not None),
        key=lambda row: int(str(row["得分率"])),
    )
    assert f"{weakest['序号']}.{weakest['监测项目']}（" in said


def test_l14_on_screen() -> None:
    """Sheets show without grid lines, wide enough and scaled to a screen; heads stay in view, and names lead to feedback sheets."""
    parts = package().sheets
    for name, part in parts.items():
        view = part.one("sheetView")
        assert view.get("showGridLines") == "0", name
        assert 65 <= int(view.get("zoomScale", "100")) <= 100, name
    assert int(parts["数据"].one("sheetView").get("zoomScale", "100")) < 100
    for name in ("排名总表", "五方面得分率", "分项得分", "得分矩阵", "失分清单", "数据"):
        assert parts[name].one("pane").get("state") == "frozen", name
    names = list(parts).index("排名总表") + 1
    targets = {str(each.get("Target")) for each in package().xml(f"xl/worksheets/_rels/sheet{names}.xml.rels")}
    targets = {target for target in targets if "tables/" not in target}
    assert len(targets) == len(totals(official()))
    assert all(re.fullmatch(r"反馈单[\\/]\d+_\w+反馈单\.xlsx", target) for target in targets), targets
