"""Two more notices, laid out otherwise: what is read right, and what is marked."""

from __future__ import annotations

from functools import cache

from fazhi_xl.notice.load import load, source_problems
from fazhi_xl.notice.model import Notice
from tests.notice.campaigns import TEMPLATES
from tests.support.draft_difference import difference, items_of, told, units_of
from tests.support.notice_layouts import drafted, in_sections, with_classes


@cache
def _towns() -> Notice:
    return load(TEMPLATES / "chengchuan-xiangzhen-2023")


@cache
def _departments() -> Notice:
    return load(TEMPLATES / "wanglan-bumen-2023")


@cache
def _sections() -> str:
    return in_sections(_towns())


@cache
def _side_by_side() -> str:
    return with_classes(_departments())


def _sizes(text: str, made: Notice) -> dict[str, int]:
    found = difference(drafted(text), made)
    print(told(found))  # noqa: T201 - for whoever runs this with -s
    return {about: len(lines) for about, lines in found.items()}


class TestTablePerSection:
    """Full-width punctuation; a table under each section's heading, a row for each sub-point, units with classes in a table."""

    def test_difference(self) -> None:
        """Only what the table has no column for (the basis), and a group without a list, are otherwise."""
        assert _sizes(_sections(), _towns()) == {"units": 0, "items": 12, "points": 0, "texts": 0, "responsible": 2}
        assert all(" basis " in line for line in difference(drafted(_sections()), _towns())["items"])

    def test_units_are_grouped_by_their_classes(self) -> None:
        units = drafted(_sections()).source.table("units.toml")
        assert units["ranking_groups"] == [
            {"code": "A", "name": "街道"}, {"code": "B", "name": "镇"}, {"code": "C", "name": "乡"},
        ]  # fmt: skip
        assert [each["ranking_group"] for each in units["units"]] == ["A"] * 3 + ["B"] * 6 + ["C"] * 5
        assert units["units"][2]["absorbed"] == ["城东开发服务中心"]

    def test_a_row_of_its_own_is_answered_by_its_own_departments(self) -> None:
        ninth = items_of(drafted(_sections()))[8]["sub_points"]
        assert [each.get("answered_by") for each in ninth] == [
            ["各乡镇（街道）"], ["铁路沿线乡镇（街道）"], ["各乡镇（街道）"],
        ]  # fmt: skip

    def test_scoring(self) -> None:
        """Of several caps the highest is that of all; the others are told."""
        assert drafted(_sections()).source.table("notice.toml")["scoring"] == {
            "bonus_cap": 8, "deduction_cap": 15, "full": 100, "places": 3,
        }  # fmt: skip
        doubts = {each.path: each.doubt for each in drafted(_sections()).marks}
        assert doubts["scoring.bonus_cap"] == "按“加分最高8分”,另外还有“最高加4分”"

    def test_situations(self) -> None:
        adjustments = drafted(_sections()).source.table("adjustments.toml")
        assert [len(adjustments[key]) for key in ("bonus", "deductions", "vetoes")] == [4, 4, 4]
        assert adjustments["bonus"][0]["levels"] == [
            {"name": "国家级", "points": 3}, {"name": "省级", "points": 2}, {"name": "市级", "points": 1},
        ]  # fmt: skip


class TestClassesSideBySide:
    """A header over two rows with the points of two classes, a total at the end, units in numbered lines, a list of deductions."""

    def test_difference(self) -> None:
        """Only short names that no rule makes are otherwise."""
        assert _sizes(_side_by_side(), _departments()) == {
            "units": 5,
            "items": 0,
            "points": 0,
            "texts": 0,
            "responsible": 0,
        }

    def test_points_of_the_other_class(self) -> None:
        read = [
            each.get("points_by_group", {})
            for item in items_of(drafted(_side_by_side()))
            for each in item["sub_points"]
        ]
        made = [each.points_by_group for item in _departments().items for each in item.sub_points]
        assert [{key: points * 100 for key, points in each.items()} for each in read] == made

    def test_classes_of_units_are_groups(self) -> None:
        groups = drafted(_side_by_side()).source.table("groups.toml")["groups"]
        assert [(each["name"], len(each["members"])) for each in groups] == [("行政执法类", 11), ("综合管理类", 8)]
        assert units_of(drafted(_side_by_side()))[0]["short"] == "公安局"

    def test_a_list_of_deductions(self) -> None:
        read = drafted(_side_by_side()).source.table("adjustments.toml")["deductions"]
        assert [each["text"] for each in read] == [each.text.rstrip("。") for each in _departments().deductions]
        assert read[3]["levels"][1]["name"] == "造成恶劣影响"


def test_neither_can_be_issued() -> None:
    """A kind is missing at every rule."""
    for text, rules in ((_sections(), 33), (_side_by_side(), 34)):
        faults = source_problems(drafted(text).source)
        assert sum(each.path.endswith("rule.parts[0].kind") for each in faults) == rules
