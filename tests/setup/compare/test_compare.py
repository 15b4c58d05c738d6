"""Two catalogues compared: exactly what differs is told, whatever it is, and what only follows from it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.notice.load import load, notice_of, source_problems
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.source import Source
from fazhi_xl.setup.compare.compare import compare
from fazhi_xl.setup.compare.differences import Differences, Part, What
from tests.notice.campaigns import CAMPAIGN
from tests.support.catalogues import Files, Table, catalogue, full, item, minimal, sub_point
from tests.support.random_catalogues import random_catalogue

Told = set[tuple[Part, What, str, tuple[str, ...]]]
"""Part, what became of it, what it is called, and the fields that differ."""


def told(found: Differences) -> Told:
    return {(each.part, each.what, each.name, tuple(field.title for field in each.fields)) for each in found.changes}


def made(files: Files) -> Notice | None:
    source = Source(files=deepcopy(files))
    return None if source_problems(source) else notice_of(source, Path("任一目录"))


# One change, by chance -----------------------------------------------------------------------------------------------


def _items(files: Files) -> list[Table]:
    return [table for file, table in files.items() if file.startswith("items/")]


def _subs(files: Files) -> list[Table]:
    return [sub for each in _items(files) for sub in each["sub_points"]]


def _any_sub(dice: Random, files: Files) -> Iterator[Table]:
    """Give any sub-point; none where there is none."""
    subs = _subs(files)
    yield from [dice.choice(subs)] if subs else []


def _new_text(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        sub["text"] = sub["text"].replace("一项工作", "各项工作")
        return {(Part.SUB_POINT, What.CHANGED, sub["code"], ("文字",))}
    return None


def _new_evidence(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        sub["evidence"] = "另一种材料"
        return {(Part.SUB_POINT, What.CHANGED, sub["code"], ("佐证材料",))}
    return None


def _new_points(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        if sub["points"] and "points_by_group" not in sub:
            sub["points"] = Decimal(sub["points"]) + 1
            if "most" in sub:
                sub["most"] += 1
            more = ("最高",) if "most" in sub else ()
            return {(Part.SUB_POINT, What.CHANGED, sub["code"], ("分值", *more))}
    return None


def _gone_sub(_: Random, files: Files) -> Told | None:
    """Take the last sub-point of an item out that nothing refers to; its item says the same."""
    named = str([files.get("registers.toml"), files["notice.toml"].get("loss_caps")])
    for each in _items(files):
        if len(each["sub_points"]) > 1 and f"'{each['sub_points'][-1]['code']}'" not in named:
            gone = each["sub_points"].pop()
            return {(Part.SUB_POINT, What.GONE, gone["code"], ())}
    return None


def _another_sub(_: Random, files: Files) -> Told | None:
    for each in _items(files):
        code = f"{each['no']}.{len(each['sub_points']) + 1}"
        each["sub_points"].append({"code": code, **sub_point(1)})
        return {(Part.SUB_POINT, What.NEW, code, ())}
    return None


def _another_item(_: Random, files: Files) -> Told | None:
    no = len(_items(files)) + 1
    files[f"items/{no:02d}.toml"] = item(no, sub_point(1), name="新的一项")
    sections = files["notice.toml"].get("review", {}).get("sections")
    if sections:
        return None
    return {(Part.ITEM, What.NEW, f"{no} 新的一项", ()), (Part.SUB_POINT, What.NEW, f"{no}.1", ())}


def _label_of_input(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        asked = dice.choice(sub["inputs"])
        asked["label"] += "(件)"
        return {(Part.INPUT, What.CHANGED, asked["label"], ("名称",))}
    return None


def _limit_of_input(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        asked = next((each for each in sub["inputs"] if each["kind"] == "whole"), None)
        if asked:
            asked["maximum"] = 4_000
            return {(Part.INPUT, What.CHANGED, asked["label"], ("上限",))}
    return None


def _another_input(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        sub["inputs"].append({"key": "另记", "label": "另外记的", "kind": "text"})
        return {(Part.INPUT, What.NEW, "另外记的", ())}
    return None


def _threshold(dice: Random, files: Files) -> Told | None:
    for sub in _any_sub(dice, files):
        for no, part in enumerate(sub["rule"]["parts"], 1):
            if part["kind"] in {"count", "ratio", "months"}:
                part["at_least"] += 1
                return {(Part.RULE, What.CHANGED, sub["code"], (f"规则各条第{no}条的至少",))}
    return None


def _unit_alias(dice: Random, files: Files) -> Told | None:
    unit = dice.choice(files["units.toml"]["units"])
    unit["aliases"] = ["另一个名称"]
    return {(Part.UNIT, What.CHANGED, unit["short"], ("别名",))}


def _unit_renamed(dice: Random, files: Files) -> Told | None:
    """Rename a unit, and what names it with it."""
    unit = dice.choice(files["units.toml"]["units"])
    before, unit["aliases"] = unit["short"], [unit["short"]]
    unit["name"] = unit["short"] = "改了名的单位"
    for table in _items(files):
        table["responsible"] = ["改了名的单位" if name == before else name for name in table["responsible"]]
    return {(Part.UNIT, What.RENAMED, "改了名的单位", ("名称", "简称", "别名"))}


def _another_unit(_: Random, files: Files) -> Told | None:
    units = files["units.toml"]["units"]
    units.append({**units[-1], "no": len(units) + 1, "name": "新来的", "short": "新来的"})
    return {(Part.UNIT, What.NEW, "新来的", ())}


def _other_group(dice: Random, files: Files) -> Told | None:
    codes = [each["code"] for each in files["units.toml"]["ranking_groups"]]
    unit = dice.choice(files["units.toml"]["units"])
    others = [code for code in codes if code != unit["ranking_group"]]
    if not others:
        return None
    unit["ranking_group"] = others[0]
    return {(Part.UNIT, What.MOVED, unit["short"], ("排名组",))}


def _due(_: Random, files: Files) -> Told | None:
    files["notice.toml"]["dates"]["ledger_due"] += timedelta(days=1)
    return {(Part.ABOUT, What.CHANGED, "通知", ("日期的报送期限",))}


def _ties(_: Random, files: Files) -> Told | None:
    files["notice.toml"]["scoring"]["ties"] = "dense"
    return {(Part.ABOUT, What.CHANGED, "通知", ("计分的并列",))}


def _bonus_points(dice: Random, files: Files) -> Told | None:
    for kind, part in (("bonus", Part.BONUS), ("deductions", Part.DEDUCTION)):
        listed = files.get("adjustments.toml", {}).get(kind, [])
        if listed:
            each = dice.choice(listed)
            each["points"] += 1
            return {(part, What.CHANGED, each["label"], ("分值",))}
    return None


def _register_rows(dice: Random, files: Files) -> Told | None:
    own = [each for each in files.get("registers.toml", {}).get("registers", []) if "rows" in each]
    if not own:
        return None
    each = dice.choice(own)
    each["rows"] += 2
    return {(Part.REGISTER, What.CHANGED, each["name"], ("行数",))}


def _grade(_: Random, files: Files) -> Told | None:
    grades = files["notice.toml"].get("grades")
    if not grades:
        return None
    grades[0]["at_least"] = 95
    return {(Part.ABOUT, What.CHANGED, "通知", (f"等次“{grades[0]['name']}”的至少",))}


CHANGES: tuple[Callable[[Random, Files], Told | None], ...] = (
    _new_text, _new_evidence, _new_points, _gone_sub, _another_sub, _another_item, _label_of_input, _limit_of_input,
    _another_input, _threshold, _unit_alias, _unit_renamed, _another_unit, _other_group, _due, _ties, _bonus_points,
    _register_rows, _grade,
)  # fmt: skip


def _pairs(seeds: int) -> Iterator[tuple[str, Notice, Notice, Told]]:
    for seed in range(seeds):
        files = random_catalogue(seed)
        old = made(files)
        if old is None:
            continue
        for no, change in enumerate(CHANGES):
            changed = deepcopy(files)
            expected = change(Random(f"{seed}.{no}"), changed)
            new = made(changed) if expected else None
            if expected and new:
                yield f"{seed} {change.__name__}", old, new, expected


def test_one_change_by_chance() -> None:
    """A catalogue in which one thing was changed by chance differs in that thing, and in no other."""
    seen = set()
    for name, old, new, expected in _pairs(8):
        found = compare(old, new)
        assert told(found) == expected, name
        seen.add(name.partition(" ")[2])
    assert seen == {change.__name__ for change in CHANGES}


def test_the_same_twice(notice: Notice) -> None:
    """A catalogue does not differ from itself, and none by chance does."""
    assert compare(notice, notice).changes == ()
    assert compare(notice, notice).loads == ()
    for seed in range(40):
        files = random_catalogue(seed)
        if each := made(files):
            assert compare(each, each).changes == (), seed


# The notice of the next year -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def next_year(notice: Notice) -> Differences:
    return compare(notice, load(CAMPAIGN.with_name("zhonglou-2021")))


def test_a_unit_renamed(next_year: Differences) -> None:
    """A unit is known by its id, whatever it is called."""
    (change,) = next_year.units
    assert (change.what, change.before, change.after) == (What.RENAMED, "消防大队", "消防救援大队")


def test_sub_points_of_the_next_year(next_year: Differences) -> None:
    """Those of the item that is gone are gone; those of the items behind it have another number and nothing else."""
    found = {each.before: (each.what, each.after) for each in next_year.sub_points}
    assert found["9.1"] == found["9.2"] == (What.GONE, "")
    assert found["10.1"] == (What.NUMBERED, "9.1")
    assert found["6.1"] == (What.CHANGED, "6.1")
    assert {what for what, _ in found.values()} == {What.GONE, What.NUMBERED, What.CHANGED}
    (changed,) = [each for each in next_year.sub_points if each.what is What.CHANGED]
    assert {field.title: (field.before, field.after) for field in changed.fields if field.field == "points"} == {
        "分值": ("2", "6")
    }


def test_who_fills_in_what_next_year(next_year: Differences) -> None:
    """Only who had the item that is gone has less to fill in."""
    (load_,) = next_year.loads
    assert (load_.new and load_.new.short, load_.dropped, load_.lost, load_.fresh, load_.gained) == (
        "政府办", ("9.1", "9.2"), (), (), (),
    )  # fmt: skip
    assert (load_.many_before, load_.many_now) == (14, 12)


def test_days_by_their_chinese_names(next_year: Differences) -> None:
    """Every field of the notice that differs is told by its Chinese name."""
    (about,) = next_year.of(Part.ABOUT)
    said = {each.title: (each.before, each.after) for each in about.fields}
    assert said["日期的报送期限"] == ("2020年11月20日", "2022年1月10日")
    assert said["表号开头"] == ("ZL2020", "ZL2021")


# What it takes for the same, and what not ----------------------------------------------------------------------------


def two(tmp_path: Path, before: Files, change: Callable[[Files], object]) -> Differences:
    after = deepcopy(before)
    change(after)
    return compare(catalogue(tmp_path / "旧", before), catalogue(tmp_path / "新", after))


def test_an_item_taken_out_without_ids(tmp_path: Path) -> None:
    """Without ids what moved up is known by what it says, as it is for an earlier round's answers, and the office is asked."""
    before = minimal() | {
        f"items/{no:02d}.toml": item(no, {**sub_point(2), "text": text})
        for no, text in enumerate(["按时报送材料(2分)", "组织开展培训活动(2分)", "及时处理群众来信来访(2分)"], 1)
    }

    def take_out(files: Files) -> None:
        files["items/01.toml"] = {
            **item(1, before["items/02.toml"]["sub_points"][0] | {"code": "1.1"}),
            "name": "工作2",
        }
        files["items/02.toml"] = {
            **item(2, before["items/03.toml"]["sub_points"][0] | {"code": "2.1"}),
            "name": "工作3",
        }
        del files["items/03.toml"]

    found = two(tmp_path, before, take_out)
    assert [(each.before, each.after, each.doubtful) for each in found.sub_points] == [
        ("1.1", "", False),
        ("2.1", "1.1", True),
        ("3.1", "2.1", True),
    ]
    assert [(each.what, each.before) for each in found.of(Part.ITEM) if each.what is What.GONE] == [
        (What.GONE, "1 工作1")
    ]


def test_a_unit_taken_into_another(tmp_path: Path) -> None:
    """Of two units that are one now, one is told to be taken in."""

    def merge(files: Files) -> None:
        first = files["units.toml"]["units"][0]
        first["absorbed"] = [files["units.toml"]["units"].pop()["short"]]

    found = two(tmp_path, minimal(3), merge)
    assert [(each.what, each.before, each.after) for each in found.units] == [
        (What.CHANGED, "01社区", "01社区"),
        (What.MERGED, "03社区", "01社区"),
    ]


def test_a_rule_reads_otherwise_by_its_points(tmp_path: Path) -> None:
    """Where points alone have changed the rule is the same, and the sentence that the unit reads is told nevertheless."""
    before = minimal() | {
        "items/01.toml": item(
            1,
            sub_point(
                4,
                {"kind": "count", "input": "甲", "at_least": 1},
                {"kind": "count", "input": "乙", "at_least": 1},
                inputs=[{"key": key, "label": f"{key}类", "kind": "whole"} for key in "甲乙"],
            ),
        )
    }

    def cheaper(files: Files) -> None:
        files["items/01.toml"]["sub_points"][0]["points"] = 2

    found = two(tmp_path, before, cheaper)
    (rule,) = found.rules
    assert rule.only_reads_otherwise
    assert "平均分配4分" in rule.said_before
    assert "平均分配2分" in rule.said_after
    assert [each.part for each in found.changes] == [Part.SUB_POINT]


def test_parts_that_only_one_has(tmp_path: Path) -> None:
    """A part that a notice has and the other has not is told as new, or as gone, from either side."""
    old, new = catalogue(tmp_path / "小", minimal()), catalogue(tmp_path / "大", full())
    there = {each.part for each in compare(old, new).others if each.what is What.NEW}
    assert {Part.BONUS, Part.VETO, Part.REGISTER, Part.CONTACTS, Part.INDEX, Part.RANKING_GROUP} <= there
    gone = {each.part for each in compare(new, old).others if each.what is What.GONE}
    assert there == gone
    assert all(each.said for each in compare(old, new).others if each.what is What.NEW and each.part is not Part.ABOUT)
