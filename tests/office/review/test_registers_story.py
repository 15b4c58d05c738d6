"""A round of any catalogue with registers of every scope: filled in in the review book, read, recorded, scored and written back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.office.commands.explain import explanations
from tests.support.catalogues import catalogue, full
from tests.support.offices import Office
from tests.support.reviews import Entry, Reviewing

pytestmark = pytest.mark.long

FIRST, SECOND = "01社区", "02社区"
DAY = date(2032, 2, 1)


def signed(row: str, **columns: Entry) -> dict[str, Entry]:
    return {f"{row}.{column}": said for column, said in {**columns, "审核人": "张三", "审核日期": DAY}.items()}


def test_registers_of_every_scope(tmp_path: Path) -> None:
    """Events, values of units and vetoes count where they should, are kept as numbers, and stand in the next book as they were typed."""
    files = full(2)
    files["registers.toml"]["registers"].append({
        "name": "县级指标", "kept_by": "office", "scope": "round", "prefix": "县级",
        "columns": [{"key": "人均", "kind": "whole", "maximum": 9_000}],
        "feeds": [{"sub_point": "4.2", "input": "经费", "value": "人均"}],
    })  # fmt: skip
    files["items/04.toml"]["sub_points"][1]["inputs"][0] |= {"given_by": "office"}
    files["notice.toml"]["review"].pop("sections")
    office = Office(catalogue(tmp_path / "catalogue", files), tmp_path / "out")
    office.issue()
    for unit in (FIRST, SECOND):
        office.receive(f"{unit}.xlsx", office.filled(unit), date(2032, 1, 10))
    office.collect()
    review = Reviewing(office)
    typed = {
        **signed("迟交登记.001", 单位=FIRST, 材料="甲"),
        **signed("01/满意率调查", 满意率=85),
        **signed("县级.001", 人均=1200),
        **signed("否决登记.001", 单位=SECOND, 情形="弄虚作假", 事项="乙", 认定="否决"),
        **signed("减分登记.001", 单位=FIRST, 情形="事故", 事项="丙", 文号="1", 认定="减分"),
    }
    review.enter(typed)
    round_ = office.collect()
    scores = {
        unit: {each["code"]: each["reviewed"] for each in office.unit(unit)["sub_points"]} for unit in (FIRST, SECOND)
    }
    assert [scores[unit]["2.1"] for unit in (FIRST, SECOND)] == ["4.00", None]
    assert [scores[unit]["4.1"] for unit in (FIRST, SECOND)] == ["2.00", None]
    assert [scores[unit]["4.2"] for unit in (FIRST, SECOND)] == ["3.00", "3.00"]
    assert [office.unit(unit)["state"] for unit in (FIRST, SECOND)] == ["returned", "vetoed"]
    held = {(each["unit"], each["row"]): each["values"] for each in review.record}
    assert held[FIRST, "满意率调查"] == {"满意率": "85", "审核人": "张三", "审核日期": "2032-02-01"}
    assert held["", "县级.001"]["人均"] == "1200"
    cells = review.cells
    assert {key: cells[key] for key in typed if key.endswith((".满意率", ".人均", ".情形"))} == {
        "01/满意率调查.满意率": "85", "县级.001.人均": "1200", "否决登记.001.情形": "弄虚作假", "减分登记.001.情形": "事故",
    }  # fmt: skip
    before = list(review.record)
    office.collect()
    assert review.record == before  # what was written back is no new decision
    said = "\n".join(explanations(round_, office.space, [f"{FIRST}/4.1"]))
    assert "按满意率调查计分:群众满意率85%" in said
