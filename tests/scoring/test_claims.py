"""加分情形为同一事项的,不重复加分: claims of one matter stand together, and what looks like one is pointed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.scoring.claims import Claim, grouped_claims, grouped_offences


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
        (3, 3, "名称与加分.01相近"),
        (2, 2, "文号与甲加分.01相同"),
    ]


def test_one_matter_stays_together() -> None:
    """A claim goes to those of its own matter before it goes to those that it merely looks like."""
    claims = [
        claim(1, "全国先进", "1号"),
        claim(2, "经验推广", "2号"),
        claim(3, "普法奖", "2号"),
        claim(4, "普法奖", "1号"),
    ]
    assert [each.at for each in grouped_claims(claims)] == [0, 1, 2, 3]
    assert [each.hint for each in grouped_claims(claims)][2:] == [
        "疑似重复:文号与加分.02相同",
        "疑似重复:与加分.03同一事项",
    ]


def test_no_claims() -> None:
    """A round may have none."""
    assert list(grouped_claims([])) == []
    assert list(grouped_offences([])) == []


# Offences ------------------------------------------------------------------------------------------------------------


def offence(row: str, name: str, **more: str) -> Claim:
    return Claim(unit="甲", row=row, name=name, **{"source": row.partition("减")[0], "situation": "违纪", **more})


@pytest.mark.parametrize(
    ("first", "second", "hint"),
    [
        (("张某受贿", {}), ("张 某受贿", {}), "疑似重复:与纪委减分.01同一事项"),
        (("张䶮受贿", {}), ("张\ue863受贿", {}), "疑似重复:与纪委减分.01同一事项"),
        (
            ("张某受处分", {"document": "1号"}),
            ("某局负责人被判刑", {"document": "1 号"}),
            "疑似重复:文号与纪委减分.01相同",
        ),
        (("张某受党内警告处分", {}), ("张某受党内严重警告处分", {}), "名称与纪委减分.01相近"),
        (("张某受处分", {}), ("某局负责人被判刑", {}), "与纪委减分.01是同一情形,请看是不是同一事项"),
        (("张某受处分", {}), ("某局负责人被判刑", {"situation": "决策违法"}), ""),
        (("张某受处分", {}), ("某局负责人被判刑", {"unit": "乙"}), ""),
    ],
)
def test_offences_that_look_alike(
    first: tuple[str, dict[str, str]], second: tuple[str, dict[str, str]], hint: str
) -> None:
    """What two sources say against a unit is told at both, by name, document, likeness, and by the situation alone."""
    one, other = (
        offence("纪委减分.01", first[0], **first[1]),
        replace(
            offence("法院减分.01", second[0], **{k: v for k, v in second[1].items() if k != "unit"}),
            unit=second[1].get("unit", "甲"),
        ),
    )
    back = hint.replace("纪委", "法院")
    assert [each.hint for each in grouped_offences([one, other])] == [back, hint]


def test_one_source_on_one_situation() -> None:
    """Two matters of one situation from one source are no doubt, unless they have different degrees."""
    lighter, other = (
        offence("纪委减分.01", "张某受处分", degree="处分"),
        offence("纪委减分.02", "某局负责人被判刑", degree="处分"),
    )
    assert [each.hint for each in grouped_offences([lighter, other])] == ["", ""]
    graver = replace(other, degree="刑责")
    assert [each.hint for each in grouped_offences([lighter, graver])] == [
        "与纪委减分.02是同一情形,请看是不是同一事项",
        "与纪委减分.01是同一情形,请看是不是同一事项",
    ]


def test_the_likeliest_is_named() -> None:
    """Of several that look alike the hint names the one that is most likely the same, and they stand together."""
    told = [
        offence("纪委减分.01", "张某受处分"),
        offence("纪委减分.02", "乱罚款", situation="执法"),
        offence("法院减分.01", "某局负责人被判刑", document="3号"),
        offence("减分登记.001", "判决", document="3号"),
    ]
    assert [(each.at, each.matter, each.hint) for each in grouped_offences(told)] == [
        (0, 1, "与法院减分.01是同一情形,请看是不是同一事项"),
        (2, 3, "疑似重复:文号与减分登记.001相同"),
        (3, 4, "疑似重复:文号与法院减分.01相同"),
        (1, 2, ""),
    ]
