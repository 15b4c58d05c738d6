"""The townships' notice played to its end: what the office registers, its values and its vetoes, and the limits on losses."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.rounds.losses import losses
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, UnitScore
from tests.support.offices import Office
from tests.support.played import accepted, collected_office, reviewed_scores, signed
from tests.support.reviews import Entry, Reviewing

pytestmark = pytest.mark.long

SUBDISTRICT, TOWN, TOWNSHIP = UNITS = ("望澄街道", "白石埠镇", "双枫乡")
EVENT, TASK, VISIT, SURVEY, COUNTY, VETO = "案事件", "交办", "暗访", "安全感调查", "全县平均数", "否决登记"


def event(no: int, unit: str, kind: str, grade: str) -> dict[str, Entry]:
    said: dict[str, Entry] = {
        "单位": unit,
        "发生日期": date(2023, 6, no),
        "名称": f"案事件{no}",
        "类别": kind,
        "等级": grade,
    }
    return signed(f"{EVENT}.{no:03d}", said)


def asked(no: int, unit: str, outcome: str, number: int) -> dict[str, Entry]:
    said: dict[str, Entry] = {
        "单位": unit,
        "交办日期": date(2023, 5, no),
        "事项": f"事项{no}",
        "办理结果": outcome,
        "件数": number,
    }
    return signed(f"{TASK}.{no:03d}", said)


def visited(no: int, unit: str, degree: str) -> dict[str, Entry]:
    said: dict[str, Entry] = {
        "单位": unit,
        "暗访日期": date(2023, 7, no),
        "地点": "东村",
        "问题": f"问题{no}",
        "程度": degree,
    }
    return signed(f"{VISIT}.{no:03d}", said)


def surveyed(unit_no: int, persons: int, content: int) -> dict[str, Entry]:
    return signed(f"{unit_no:02d}/{SURVEY}", {"有效样本": persons, "满意": content})


REGISTERED: dict[str, Entry] = {
    # 3.3:第二起起加倍,0.5+1+1=2.5;8.1:一般3分,较大9分。
    **event(1, SUBDISTRICT, "纠纷引发刑事案件", "一般"),
    **event(2, SUBDISTRICT, "纠纷引发刑事案件", "一般"),
    **event(3, SUBDISTRICT, "纠纷引发刑事案件", "一般"),
    **event(4, TOWN, "安全事故", "一般"),
    **event(5, TOWN, "安全事故", "一般"),
    # 2.4:逾期3件、未办结1件,3×0.2+1=1.6。
    **asked(1, SUBDISTRICT, "逾期办结", 3),
    **asked(2, SUBDISTRICT, "未办结", 1),
    # 11.3:突出问题0.5+1,一般问题0.125。
    **visited(1, TOWN, "突出问题"),
    **visited(2, TOWN, "突出问题"),
    **visited(3, TOWN, "一般问题"),
}
VALUES: dict[str, Entry] = {
    **surveyed(2, 200, 187),  # 93.5%,低2个百分点
    **surveyed(4, 400, 383),  # 95.75%,不低
    **surveyed(13, 200, 184),  # 92%,低3.5个,满3个
    **signed(f"{COUNTY}.001", {"规范管理率": 90, "电诈案件占比": 38.5, "安全感": 95.5}),
}


FACTS = {
    "4.2.到市": 5, "4.2.到省": 4, "4.2.进京": 0,  # 2+3,减完为止
    "5.1.在册": 100, "5.1.规范管理": 88,  # 88%,低2个百分点
    "7.2.刑事案件": 3, "7.2.电诈案件": 2,  # 66.67%,高28.17个百分点
}  # fmt: skip


def answers(office: Office, unit: str) -> dict[str, Value]:
    return {**office.good(unit), **{f"{code}.填报": Fraction(value) for code, value in FACTS.items()}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that has collected the returns of three townships; not to be changed."""
    made = tmp_path_factory.mktemp("played")
    return collected_office(made, "chengchuan-xiangzhen-2023", UNITS, dict.fromkeys(UNITS, answers), date(2024, 1, 18))


@pytest.fixture
def office(collected: Office, tmp_path: Path) -> Office:
    return collected.copied(tmp_path / "out")


def test_values_that_are_missing(office: Office) -> None:
    """Without the county's averages three sub-points have no score and are in no full marks; the ranking stays provisional."""
    assert accepted(office, UNITS).basis is Basis.SELF
    assert [office.unit(unit)["full_marks"] for unit in UNITS] == ["86.00", "88.00", "88.00"]
    assert {reviewed_scores(office, TOWN)[code] for code in ("5.1", "7.2", "12.1")} == {None}


def test_figures(office: Office) -> None:
    """What the office registers is scored by the rules, and said with its register; what two sub-points lose together is limited."""
    review = Reviewing(office)
    recognised = (signed(row, {"认定": "认可"}) for row in review.claims)
    review.enter({**REGISTERED, **VALUES, **{key: said for row in recognised for key, said in row.items()}})
    done = accepted(office, UNITS)
    assert done.basis is Basis.REVIEWED
    first, second, third = (reviewed_scores(office, unit) for unit in UNITS)
    assert (first["3.3"], first["4.2"], first["2.4"], first["12.1"]) == ("0.50", "0.00", "0.40", "5.00")
    assert (second["8.1"], second["11.3"], second["12.1"], third["12.1"]) == ("3.00", "1.375", "6.00", "4.50")
    assert {(own["5.1"], own["7.2"]) for own in (first, second, third)} == {("2.40", "1.592")}
    assert [office.unit(unit)["refund"] for unit in UNITS] == ["1.50", "0.00", "0.00"]
    assert [office.unit(unit)["full_marks"] for unit in UNITS] == ["98.00", "100.00", "100.00"]
    whole = sum(Fraction(score) for score in first.values() if score) + Fraction("1.5")
    assert Fraction(office.unit(SUBDISTRICT)["percent"]) == Fraction(int(whole / 98 * 100_000 + Fraction(1, 2)), 1000)
    _assert_said(next(each for each in done.units if each.unit == SUBDISTRICT), done)


def _assert_said(unit: UnitScore, done: Round) -> None:
    why = {loss.sub.code: loss.why for loss in losses(done, unit)}
    assert why["2.4"].startswith("按交办登记计分(2条):")
    assert why["3.3"].endswith("3.3、4.2共失6.50分,以5分为限,补回1.50分")
    assert why["12.1"].startswith("按安全感调查计分:电话调查有效样本200人,评价安全的人数187人;按全县平均数计分:")


@pytest.mark.whole
def test_veto(office: Office) -> None:
    """A township with a veto has no rank and no grade, and the others are ranked without it."""
    said: dict[str, Entry] = {
        "单位": TOWN,
        "情形": "③重大命案",
        "事项": "一次死亡3人",
        "日期": date(2023, 9, 1),
        "认定": "否决",
    }
    Reviewing(office).enter({**VALUES, **signed(f"{VETO}.001", said)})
    accepted(office, UNITS)
    assert (office.unit(TOWN)["state"], office.unit(TOWN)["rank"]) == ("vetoed", None)
    assert sorted(office.unit(unit)["rank"] for unit in UNITS if unit != TOWN) == [1, 2]
    assert any("一票否决1家:白石埠镇(③重大命案)" in text for text in office.ranking.strings)
