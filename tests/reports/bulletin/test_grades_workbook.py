"""通报版: grades by group, and nothing from which a unit's score, rank or telephone could be read."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from fazhi_xl.points import Hundredths, show
from fazhi_xl.reports.bulletin.grades_workbook import bulletin_book
from fazhi_xl.reports.media.workbook import Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.support.campaign import the_notice
from tests.support.random_rounds import a_chance
from tests.support.rounds import a_round, returned_file


def tables(done: Round) -> dict[str, tuple[tuple[object, ...], ...]]:
    blocks = bulletin_book(done).sheets[0].blocks
    return {block.title: block.rows for block in blocks if isinstance(block, Table)}


def sentences(done: Round) -> list[str]:
    return [str(block.text) for block in bulletin_book(done).sheets[0].blocks if isinstance(block, Sentence)]


def texts(data: bytes) -> str:
    """Give all that stands in a workbook's parts between tags, and its texts in attributes; not the sizes and styles of cells."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = [
            packed.read(name).decode() for name in packed.namelist() if "styles" not in name and "theme" not in name
        ]
    return "\n".join(
        re.sub(r'\s(?:ht|width|r|s|ref|left|right|top|bottom|header|footer)="[^"]*"', "", part) for part in parts
    )


@pytest.mark.parametrize(
    "seed", [seed if seed % 3 == 0 else pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(12)]
)
def test_no_part_betrays_a_score(seed: int) -> None:
    """No score, percentage or rank of a unit stands in any part of the file, its properties and comments included."""
    done = a_chance(seed, most=45).round
    data = report_bytes(bulletin_book(done), done.notice.theme)
    said = texts(data)
    figures = {
        show(points)
        for unit in done.returned
        for points in (unit.total, unit.percent, unit.self_score, unit.reviewed, unit.auto)
        if points
    }
    assert [figure for figure in figures if figure in said.replace("<AppVersion>12.0000</AppVersion>", "")] == []
    assert "%" not in said
    assert "名次" not in said
    assert not re.search(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7}", said)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        assert [name for name in packed.namelist() if "comment" in name or "drawing" in name] == []


@pytest.mark.parametrize(
    "seed", [seed if seed % 3 == 0 else pytest.param(seed, marks=pytest.mark.exhaustive) for seed in range(12)]
)
def test_every_unit_stands_once_in_its_grade(seed: int) -> None:
    """Each unit stands once, in its group and grade, in the order of Annex 1 and not of the ranks; the counts add up."""
    done = a_chance(seed, most=45).round
    names = {group.code: group.name for group in done.notice.ranking_groups}
    order = [unit.short for unit in done.notice.units]
    told = []
    for title, rows in tables(done).items():
        group = re.sub(r"^.、|\(\d+家\)$", "", title)
        for grade, count, units in rows:
            own = str(units).split("、") if units else []
            assert (count, own) == (len(own), sorted(own, key=order.index))
            told += [(names_of, group, grade) for names_of in own]
    expected = [(unit.unit, names[unit.group], grade_of(unit.total)) for unit in done.units]
    assert sorted(told, key=str) == sorted(expected, key=str)


def grade_of(total: Hundredths | None) -> str:
    if total is None:
        return "未报送"
    return "优秀" if total >= 9_000 else "良好" if total >= 8_000 else "一般"


def test_before_the_review_is_done() -> None:
    """Before all is reviewed it says plainly that it is a draft; afterwards it does not."""
    done = a_round(["信访局"], [returned_file("信访局")])
    assert sentences(done)[:3] == [
        "预排名(按自评)",
        "草稿,未全部核定,不得印发",
        "应报1家,一般1家。",
    ]
    assert sentences(replace(done, basis=Basis.REVIEWED))[0] == "正式排名(按核定)"
    assert "草稿,未全部核定,不得印发" not in sentences(replace(done, basis=Basis.REVIEWED))


def test_a_rehearsal_says_so() -> None:
    """A rehearsal's edition bears its mark in title, sheet and footer."""
    book = bulletin_book(a_round(["信访局"], [], mark="【演练数据】"))
    assert all(text.startswith("【演练数据】") for text in (book.title, book.sheets[0].title, book.footer))


def test_nobody_returned() -> None:
    """Before the first return all stand under 未报送."""
    assert tables(a_round(["信访局"], [])) == {
        "一、承担专项任务的其他单位(1家)": (
            ("优秀", 0, None),
            ("良好", 0, None),
            ("一般", 0, None),
            ("未报送", 1, "信访局"),
        )
    }


def test_without_grades() -> None:
    """Where the office gives no grades, the edition is about who has reported, and no word of it speaks of grades."""
    notice = the_notice()
    plain = notice.model_copy(update={"about": notice.about.model_copy(update={"grades": ()})})
    done = a_round(["信访局", "科协"], [returned_file("信访局")], notice=plain)
    book = bulletin_book(done)
    assert book.sheets[0].title.endswith(" 报送情况")
    heads = [
        tuple(column.title for column in block.columns) for block in book.sheets[0].blocks if isinstance(block, Table)
    ]
    assert set(heads) == {("报送情况", "家数", "单位(按附件1顺序)")}
    assert sentences(done)[-2:] == ["应报2家,已报送1家,未报送1家。", "按附件1顺序排列,不分先后。"]
    assert [row[:2] for rows in tables(done).values() for row in rows if row[1]] == [("已报送", 1), ("未报送", 1)]
    assert "等次" not in texts(report_bytes(book, done.notice.theme))
