"""The departments' notice played to its end: classes, values of surveys, the office's registers, the negative list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.scoring.model import Basis
from tests.support.offices import Office
from tests.support.played import accepted, collected_office, reviewed_scores, signed
from tests.support.reviews import Entry, Reviewing

pytestmark = pytest.mark.long

POLICE, SILENT, FINANCE = UNITS = (
    "公安局",
    "城管局",
    "财政局",
)  # two that enforce, the second returns nothing; one that manages
RETURNED = (POLICE, FINANCE)


def listed(register: str, *rows: Mapping[str, Entry]) -> dict[str, Entry]:
    return {key: said for no, row in enumerate(rows, 1) for key, said in signed(f"{register}.{no:03d}", row).items()}


def filed(unit: str, fault: str) -> Mapping[str, Entry]:
    late: Mapping[str, Entry] = {"迟报天数": 3} if fault == "迟报" else {}
    return {"单位": unit, "文件名称": "管理办法", "公布日期": date(2023, 5, 8), "问题": fault, **late}


def reviewed(unit: str, outcome: str) -> Mapping[str, Entry]:
    return {"单位": unit, "案号": "望复1号", "决定日期": date(2023, 6, 1), "结果": outcome}


def supervised(unit: str, left: int) -> Mapping[str, Entry]:
    return {"单位": unit, "文书号": "望监1号", "制发日期": date(2023, 7, 1), "逾期问题": left}


def offence(no: int, unit: str, situation: str, degree: str | None = None) -> Mapping[str, Entry]:
    said: dict[str, Entry] = {"单位": unit, "情形": situation, "事项": f"事项{no}", "文号": "1号", "认定": "减分"}
    return said | ({"程度": degree} if degree else {})


OFFENCES = (
    (POLICE, "③无证执法"), (POLICE, "③无证执法"),  # 1+2
    (POLICE, "④逐利执法", "影响恶劣"), (POLICE, "⑤执法问题被通报", "国家级通报"),  # 4+3,执法行为类10分以8分为限
    (POLICE, "⑦拒不履行"), (POLICE, "⑦拒不履行"), (POLICE, "⑨虚假整改"),  # 2+4+1,监督救济类7分以6分为限
    (POLICE, "⑥推诿拖延"), (POLICE, "⑩班子成员违法", "追究刑责"),  # 0.5+5,累计19.5分以15分为限
    (FINANCE, "①文件内容违法", "予以撤销"), (FINANCE, "②决策程序违法"),  # 3+3,制定文件和决策类以5分为限
)  # fmt: skip
SURVEYED: dict[str, Entry] = {
    **signed("01/调查", {"有效样本": 239, "满意": 207, "评议得分": 84.99}),  # 86.61%,低6.8891个百分点
    **signed("05/调查", {"有效样本": 150, "满意": 140, "评议得分": 90}),
    **signed("15/调查", {"有效样本": 200, "满意": 190, "评议得分": 91.25}),  # 95%,不低
    **signed("平均.001", {"满意率": 93.5, "出庭率": 92.35}),
}
REGISTERED: dict[str, Entry] = {
    **listed("备案", filed(POLICE, "未报备"), *(filed(POLICE, "迟报") for _ in range(6)), filed(POLICE, "要求纠正")),
    **listed(
        "复议",
        *(reviewed(POLICE, "撤销变更") for _ in range(4)),
        reviewed(FINANCE, "撤销变更"),
        *(reviewed(FINANCE, "责令履行") for _ in range(4)),
    ),
    **listed("监督", *(supervised(POLICE, left) for left in (2, 3, 4))),
    **listed("核查", *({"单位": FINANCE, "得分点": "2.3", "不符情况": "人数不符"} for _ in range(5))),
    **listed("减分登记", *(offence(no, *said) for no, said in enumerate(OFFENCES))),
}
FACTS = {
    "6.6.处罚": 1000, "6.6.公示": 961,  # 96.1%,低1.9个百分点,够1个
    "7.1.应出庭": 8, "7.1.出庭": 7,  # 87.5%,低4.85个百分点
    "7.2.本年判决": 30, "7.2.本年败诉": 12, "7.2.上年判决": 40, "7.2.上年败诉": 4,  # 上升30个百分点
}  # fmt: skip


def answers(office: Office, unit: str) -> dict[str, Value]:
    good = office.good(unit)
    said = {f"{code}.填报": Fraction(value) for code, value in FACTS.items()}
    return {**good, **{code: value for code, value in said.items() if code in good}}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give an office that has collected two departments' returns; not to be changed."""
    made = tmp_path_factory.mktemp("played")
    return collected_office(made, "wanglan-bumen-2023", UNITS, dict.fromkeys(RETURNED, answers), date(2024, 1, 8))


@pytest.fixture
def office(collected: Office, tmp_path: Path) -> Office:
    return collected.copied(tmp_path / "out")


def test_values_that_are_missing(office: Office) -> None:
    """Without the surveys and averages three sub-points of each class are in no full marks; the ranking stays provisional."""
    assert accepted(office, RETURNED).basis is Basis.COMPUTED
    assert [office.unit(unit)["full_marks"] for unit in UNITS] == ["77.00", "77.00", "66.00"]


def test_figures(office: Office) -> None:
    """Each class is scored out of its own full marks; thousandths are cut; what two sub-points lose together is limited."""
    Reviewing(office).enter({**SURVEYED, **REGISTERED})
    assert accepted(office, RETURNED).basis is Basis.REVIEWED
    police, finance = (reviewed_scores(office, unit) for unit in RETURNED)
    assert (police["3.2"], police["6.6"], police["6.7"], police["7.3"]) == ("0.50", "2.90", "0.50", "0.00")
    assert (police["9.1"], police["10.1"], finance["9.1"], finance["11.1"]) == ("9.933", "2.00", "6.00", "4.00")
    assert (finance["7.2"], finance["7.3"], finance["8.3"]) == ("0.00", "1.10", "-2.00")
    assert {police["7.1"], finance["7.1"]} == {"2.757"}
    assert [office.unit(unit)["refund"] for unit in RETURNED] == ["2.00", "0.00"]
    assert [office.unit(unit)["full_marks"] for unit in UNITS] == ["100.00", "100.00", "80.00"]
    for unit in RETURNED:
        own = office.unit(unit)
        whole = sum(Fraction(score) for score in reviewed_scores(office, unit).values()) + Fraction(own["refund"])
        percent = Fraction(int(100_000 * whole / Fraction(own["full_marks"])), 1000)
        assert Fraction(own["percent"]) == percent
        assert Fraction(own["total"]) == percent - Fraction(own["deduction"])


@pytest.mark.whole
def test_negative_list(office: Office) -> None:
    """Degrees, what counts double when it happens again, limits of groups of situations and the cap over all."""
    Reviewing(office).enter({**SURVEYED, **REGISTERED})
    accepted(office, RETURNED)
    assert [office.unit(unit)["deduction"] for unit in UNITS] == ["15.00", None, "5.00"]
    assert any("执法行为类以8分为限" in text for text in office.ranking.strings)
