"""加分情形为同一事项的,不重复加分: claims of one matter stand together, and what looks like one is pointed out."""

from __future__ import annotations

import pytest

from fazhi_xl.scoring.claims import Claim, grouped_claims


def claim(row: int, name: str, document: str = "", unit: str = "甲") -> Claim:
    return Claim(unit=unit, row=f"加分.{row:02d}", name=name, document=document)


def test_claims_of_one_matter_stand_together() -> None:
    """The later ones of a matter come right behind its first and are marked; spaces, case and width make no other matter."""
    claims = [claim(1, "全国先进"), claim(2, "普法 A 奖"), claim(3, "全国 先进"), claim(4, "普法A奖")]
    assert [(each.at, each.matter, each.hint) for each in grouped_claims(claims)] == [
        (0, 1, ""),
        (2, 1, "疑似重复:与加分.01同一事项"),
        (1, 2, ""),
        (3, 2, "疑似重复:与加分.02同一事项"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "hint"),
    [
        (("普法奖", "司发〔2020〕5号"), ("法治宣传表彰", "司发[2020]5号"), "疑似重复:文号与加分.01相同"),
        (("普法奖", "司发【2020】5号"), ("法治宣传表彰", "司发(2020)5 号"), "疑似重复:文号与加分.01相同"),
        (("普法奖", ""), ("法治宣传表彰", ""), ""),
        (("普法奖", "5号"), ("法治宣传表彰", "15号"), ""),
        (("全国先进", ""), ("全国先进集体", ""), "名称与加分.01相近"),
        (("全国法治宣传先进单位", ""), ("全国法制宣传先进单位", ""), "名称与加分.01相近"),
        (("先进", ""), ("先进经验推广", ""), ""),
        (("全国先进", "5号"), ("全国先进", "5号"), "疑似重复:与加分.01同一事项"),
    ],
)
def test_what_looks_alike(first: tuple[str, str], second: tuple[str, str], hint: str) -> None:
    """A document's number that stands twice, and names that hardly differ, are pointed out at the later claim."""
    assert [each.hint for each in grouped_claims([claim(1, *first), claim(2, *second)])] == ["", hint]


def test_other_units() -> None:
    """What another unit claimed under the same name or number is told with the unit; names merely alike are not."""
    claims = [
        claim(1, "全国先进", "1号"),
        claim(1, "全国先进", "2号", "乙"),
        claim(2, "经验推广", "1号", "乙"),
        claim(3, "全国先进集体", "", "乙"),
        claim(4, "全国先进", "1号", "乙"),
    ]
    assert [(each.at, each.matter, each.hint) for each in grouped_claims(claims)] == [
        (0, 1, ""),
        (1, 1, "名称与甲加分.01相同"),
        (4, 1, "疑似重复:与加分.01同一事项;文号与甲加分.01相同"),
        (2, 2, "文号与甲加分.01相同"),
        (3, 3, "名称与加分.01相近"),
    ]


def test_no_claims() -> None:
    """A round may have none."""
    assert list(grouped_claims([])) == []
