"""The ranking workbook's tables: whole, dense, ready for other programs, and silent where there is nothing."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from fazhi_xl.reports.media.workbook import Cell, Formula, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.losses import lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.catalogues import catalogue, minimal
from tests.support.random_rounds import a_chance
from tests.support.rounds import a_round, returned_file
from tests.support.scored_rounds import departments, scored_round

NATIVE = ("排名总表", "分项得分", "失分清单", "问题清单", "数据")


@cache
def done() -> Round:
    return a_chance(0, most=45).round


@cache
def book() -> ReportBook:
    return ranking_book(done())


@cache
def written() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_bytes(book(), done().notice.theme)))


def tables(sheet: ReportSheet) -> list[Table]:
    return [block for block in sheet.blocks if isinstance(block, Table)]


def value(cell: Cell) -> Cell:
    return cell.value if isinstance(cell, Formula) else cell


@cache
def asked() -> openpyxl.Workbook:
    """Give the book of a round in which something is to be asked."""
    made = a_round(["财政局"], [returned_file("财政局", {"15.1.经费.填报": "5万元", "14.2.自评": None})])
    return openpyxl.load_workbook(io.BytesIO(report_bytes(ranking_book(made), made.notice.theme)))


@pytest.mark.parametrize("name", NATIVE)
def test_other_programs_find_the_tables(name: str) -> None:
    """What is sorted, filtered and pivoted is a table of Excel's own, called as its sheet, without merged cells, each head once."""
    sheet = (asked() if name == "问题清单" else written())[name]
    (table,) = sheet.tables.values()
    _, top, _, end = range_boundaries(table.ref)
    heads = [cell.value for cell in sheet[table.ref][0]]
    assert (table.name, table.autoFilter.ref) == (name, table.ref)
    assert [column.name.replace("_x000a_", "\n") for column in table.tableColumns] == heads
    assert len({str(head).lower() for head in heads}) == len(heads)
    assert not [area for area in sheet.merged_cells.ranges if top <= area.min_row <= end]


def test_data_begin_in_the_first_cell() -> None:
    """数据 has no title above its head, and what only machines read stands last."""
    sheet = written()["数据"]
    (table,) = sheet.tables.values()
    assert table.ref.startswith("A1:")
    assert sheet["A1"].value == "单位"
    hidden = [
        column.hidden for column in tables(next(each for each in book().sheets if each.name == "数据"))[0].columns
    ]
    assert hidden == sorted(hidden)


def test_every_score_stands_once_in_the_matrix() -> None:
    """The matrices have each score of each unit exactly once, and no gap in the tables of what whole groups have."""
    found = [(each, table) for each in book().sheets if each.name.startswith("得分矩阵") for table in tables(each)]
    figures = [cell for _, table in found for row in table.rows for cell in row if isinstance(cell, Formula)]
    rows = sum(len(table.rows) for _, table in found)
    assert len(figures) - rows == sum(len(unit.sub_points) for unit in done().scored)
    assert all(
        cell != "" for _, table in found if table.columns[0].title == "单位" for row in table.rows for cell in row
    )
    assert [table.title[:1] for _, table in found] == ["一", "二", "三"][: len(found)]


def test_losses_of_the_matrix_add_up() -> None:
    """The losses at the ends of its rows make up all losses, and those below its columns make up those of its rows."""
    found = [table for each in book().sheets if each.name.startswith("得分矩阵") for table in tables(each)]
    ends = [value(row[-1]) for table in found for row in table.rows]
    every = (lost(done(), score) for unit in done().scored for score in unit.sub_points)
    assert sum(int(str(end)) for end in ends) == sum(every)
    for table in (each for each in found if each.total):
        columns = [int(str(value(cell))) for cell in table.total[1:]]
        assert sum(columns[:-1]) == columns[-1] == sum(int(str(value(row[-1]))) for row in table.rows)


def test_the_matrix_without_groups(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where all units have the same tasks one sheet has them all."""
    made = scored_round(catalogue(tmp_path_factory.mktemp("c") / "c", minimal(5)), 1)
    assert [each.name for each in ranking_book(made).sheets if "矩阵" in each.name] == ["得分矩阵"]


def test_the_matrix_of_nobody() -> None:
    """Before anything came there is an empty matrix, which is hidden."""
    sheets = {each.name: each for each in ranking_book(a_round(["科协"], [])).sheets}
    assert [name for name in sheets if "矩阵" in name] == ["得分矩阵"]
    assert sheets["得分矩阵"].hidden


def test_empty_lists_are_hidden_and_named() -> None:
    """A list of nothing says so, takes no page, and 排名总表 names it and says how to see it."""
    made = ranking_book(a_round(["信访局"], [returned_file("信访局")]))
    hidden = [each for each in made.sheets if each.hidden]
    assert {"没有计入的文件", "催报", "规范化记录", "改动与异常", "两次报送差异"} <= {each.name for each in hidden}
    for each in hidden:
        said = [str(block.text) for block in each.blocks if isinstance(block, Sentence)]
        assert each.name == "数据" or any("没有" in text for text in said), each.name
    (totals,) = (each for each in made.sheets if each.name == "排名总表")
    last = totals.blocks[-1]
    assert isinstance(last, Sentence)
    assert (
        last.text
        == f"没有内容而隐藏的表:{'、'.join(each.name for each in hidden)}(在表名上按右键,选“取消隐藏”就能看到)。"
    )
    assert not totals.hidden


def test_groups_of_aspects_follow_the_ranks(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each group stands below its band, its units by rank; below the last one stand all, and how many are good, middling and bad."""
    made = scored_round(catalogue(tmp_path_factory.mktemp("c") / "c", departments(9)), 1)
    (sheet,) = (each for each in ranking_book(made).sheets if each.name == "各方面得分率")
    *groups, ends = tables(sheet)
    assert [group.headless for group in groups] == [False] + [True] * (len(groups) - 1)
    for group in groups:
        ranks = [int(str(value(row[0]))) for row in group.rows if value(row[0]) is not None]
        assert ranks == sorted(ranks)
    assert value(groups[-1].total[1]) == "全部"
    assert ends.total[1] == "好/中/差(家)"
    rates = [value(row[2]) for group in groups for row in group.rows]
    good = sum(isinstance(rate, int) and rate >= 9_000 for rate in rates)
    assert str(value(ends.total[2])).split("/")[0] == str(good)
