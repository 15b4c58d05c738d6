"""Which districts are ranked, and which are kept apart, each with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.notice.comparable import catalogue_digest
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.workspace.districts import RECORD, record_districts
from fazhi_xl.rollup.district import Why
from fazhi_xl.rollup.expected import expected_districts
from fazhi_xl.rollup.sorting import Sorted
from tests.rollup.conftest import Sort
from tests.support.districts import district, districts, edited, named, rounds_of
from tests.support.progress import Heard, Silent


def why(found: Sorted) -> dict[str, Why]:
    return {each.name: each.why for each in found.apart}


def test_ranked_by_the_mean_rate(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Higher mean rates come first; equal ones share a rank, and the next is skipped."""
    one, two = (next(rounds_of(small)), list(zip(range(3), rounds_of(small), strict=False))[2][1])
    for name, made in {"甲区": one, "乙区": two, "丙区": one}.items():
        district(tmp_path / "各区" / name, named(made, name))
    ranked = sort().ranked
    rates = [each.figures.mean_rate or 0 for each in ranked]
    assert rates == sorted(rates, reverse=True)
    equal = [each.rank for each in ranked if each.name in {"甲区", "丙区"}]
    assert equal in ([1, 1], [2, 2])
    assert sorted(each.rank or 0 for each in ranked) in ([1, 1, 3], [1, 2, 2])


def test_unfinished_are_not_ranked(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A preliminary ranking is shown with its figures, has no rank, and counts in no mean."""
    districts(tmp_path / "各区", small, "甲区")
    districts(tmp_path / "各区", small, "乙区", official=False)
    result = sort()
    assert [each.name for each in result.ranked] == ["甲区"]
    assert [(each.name, each.rank) for each in result.unfinished] == [("乙区", None)]


def test_another_notice_is_kept_apart(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Most districts' notice counts, or the one that is given; one with another point, and one that scores otherwise, are named."""
    item = small.items[0]
    dear = item.model_copy(update={"sub_points": (item.sub_points[0].model_copy(update={"points": 150}),)})
    other = small.model_copy(update={"items": (dear, *small.items[1:])})
    scoring = small.about.scoring.model_copy(update={"bonus_cap": 500})
    capped = small.model_copy(update={"about": small.about.model_copy(update={"scoring": scoring})})
    districts(tmp_path / "各区", small, "甲区", "乙区")
    districts(tmp_path / "各区", other, "丙区")
    districts(tmp_path / "各区", capped, "丁区")
    assert why(sort()) == {"丙区": Why.OTHER_NOTICE, "丁区": Why.OTHER_SCORING}
    result = sort(catalogue=catalogue_digest(other))
    assert [each.name for each in result.ranked] == ["丙区"]


def test_missing_districts_are_named(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Of a list those that did not come are named, and those that came and are not on it; a folder's name will do."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    district(tmp_path / "各区" / "丙区报来", named(next(rounds_of(small)), "丙区"))
    names = tmp_path / "名单.txt"
    names.write_text("甲区\n丙区报来\n丁 区\n", "utf-8")
    result = sort(expected=expected_districts(names, Silent()))
    assert why(result) == {"丁 区": Why.MISSING}
    assert result.unlisted == ("乙区",)


def test_copies_count_once(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Of two copies of one round the later one counts; of two that are the same, one."""
    first = named(next(rounds_of(small)), "甲区")
    district(tmp_path / "各区" / "旧", first)
    district(tmp_path / "各区" / "新", replace(first, generated=first.generated + timedelta(days=1)))
    copytree(tmp_path / "各区" / "新", tmp_path / "各区" / "新的副本")
    result = sort()
    assert [each.folder.name for each in result.ranked] == ["新"]
    assert set(why(result).values()) == {Why.COPY}
    assert len(result.apart) == 2


def test_two_districts_of_one_name(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Districts that share a name are told apart by what their folders differ in, and it is said that they do."""
    rounds = rounds_of(small)
    for city in ("南京市", "徐州市"):
        made = replace(named(next(rounds), "鼓楼区"), identity=f"轮-{city}")
        district(tmp_path / "各区" / city / "鼓楼区", made)
    result = sort()
    assert {each.name for each in result.ranked} == {"鼓楼区(南京市)", "鼓楼区(徐州市)"}
    assert result.alike == ("鼓楼区",)


def test_rehearsals_stay_apart_from_real_rounds(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A rehearsal beside real rounds is named; where all are rehearsals, they are ranked."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    edited(tmp_path / "各区" / "甲区", rehearsal=True)
    assert why(sort()) == {"甲区": Why.REHEARSAL}
    edited(tmp_path / "各区" / "乙区", rehearsal=True)
    assert len(sort().ranked) == 2


@pytest.mark.parametrize("text", ["甲区", "序号,地区\n1,甲区\n2,乙区\n", "\ufeff甲区\r\n\r\n乙区\r\n"])
def test_lists_of_any_kind(text: str, tmp_path: Path, small: Notice, sort: Sort) -> None:
    """A list is a text or a table, with or without a head and numbers."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    names = tmp_path / "名单.csv"
    names.write_bytes(text.encode("gb18030" if "序号" in text else "utf-8"))
    assert why(sort(expected=expected_districts(names, Silent()))) == {}


def test_what_is_told_of_a_list(tmp_path: Path) -> None:
    """Titles and rows that cannot be used are told, with what it means for the districts that are expected."""
    (names := tmp_path / "名单.csv").write_text("某市各区县名单\n序号,地区\n1,甲区\n2,甲区\n", "utf-8")
    told = Heard()
    assert expected_districts(names, told) == ("甲区",)
    assert told.lines == [
        "名单.csv 第1行“某市各区县名单”当作标题,没有当作地区。如果是地区,请移到标题和表头的下面。",
        "名单.csv 第4行“甲区”:和第3行重复,这一行没有算进应报的地区。",
    ]


def test_whom_rounds_were_issued_for(tmp_path: Path, small: Notice, sort: Sort) -> None:
    """Of districts that rounds were issued for together, one whose folder is gone is missing; a damaged record names none."""
    districts(tmp_path / "各区", small, "甲区")
    record_districts(tmp_path / "各区", ("甲区", "乙区"))
    assert why(sort(expected=("甲区", "乙区"))) == {"乙区": Why.MISSING}
    (tmp_path / "各区" / RECORD).write_text("{", "utf-8")
    assert why(sort()) == {}
