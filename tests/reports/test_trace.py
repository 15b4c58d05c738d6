"""How a figure is explained: what weighs nothing in a unit's total is named too, with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.reports.trace import sub_point_trace, unit_trace
from fazhi_xl.rounds.decisions import Adjustment, Event, Ruling
from fazhi_xl.scoring.model import Basis
from tests.support.rounds import a_round, returned_file

UNIT = "科协"
REFUSED = Adjustment(
    unit=UNIT, row="加分.02", source=UNIT, situation="", matter="全国先进", verdict="不认可", note="没有文件"
)
COUNTED = Adjustment(
    unit=UNIT, row="加分.01", source=UNIT, situation="", matter="全省先进", verdict="认可", counted=100
)
OPEN = Adjustment(unit=UNIT, row="加分.03", source=UNIT, situation="", matter="全市先进")
ELSEWHERE = Adjustment(
    unit=UNIT, row="减分.01", source="司法局", situation="", matter="通报", verdict="减分", same="法院提供的减分.01"
)
ANOTHERS = replace(REFUSED, unit="法院")


@pytest.mark.parametrize(
    ("basis", "lines"),
    [
        (
            Basis.REVIEWED,
            [
                "  不计入:加分.02 全国先进:不认可,没有文件",
                "  不计入:减分.01(司法局提供) 通报:减分;同一事项,已在法院提供的减分.01计",
            ],
        ),
        (
            Basis.SELF,
            [
                "  已有认定(全部定下以前不作数):加分.02 全国先进:不认可,没有文件",
                "  已有认定(全部定下以前不作数):加分.01 全省先进:认可",
                "  已有认定(全部定下以前不作数):减分.01(司法局提供) 通报:减分;同一事项,已在法院提供的减分.01计",
            ],
        ),
    ],
)
def test_what_weighs_nothing_is_named(basis: Basis, lines: list[str]) -> None:
    """A refused bonus, and a deduction that counts with another entry, stand in the unit's explanation; other units' do not."""
    made = a_round([UNIT], [returned_file(UNIT)])
    done = replace(made, basis=basis, claims=(REFUSED, COUNTED, OPEN, ANOTHERS), penalties=(ELSEWHERE,))
    found = list(unit_trace(done, done.units[0]))
    assert [line for line in found if line.startswith("  ")] == lines


def test_a_registers_entries_are_listed() -> None:
    """A sub-point that a register settles lists the entries of it one by one."""
    done = a_round([UNIT], [returned_file(UNIT)])
    code = done.units[0].sub_points[0].code
    events = (
        Event(register="交办登记", text="“迟交月报”,日期2020-06-03"),
        Event(register="交办登记", text="“没有回复”"),
    )
    ruling = Ruling(register="按交办登记计分(2条):不配合交办工作2次", events=events)
    found = list(sub_point_trace(replace(done, rulings={(UNIT, code): ruling}), done.units[0], code))
    at = next(no for no, line in enumerate(found) if line.startswith("审核:按交办登记计分(2条):不配合交办工作2次"))
    assert found[at + 1 : at + 3] == ["  交办登记:“迟交月报”,日期2020-06-03", "  交办登记:“没有回复”"]
