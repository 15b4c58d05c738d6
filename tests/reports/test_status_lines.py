"""How the units stand, a line each, from what report.json says."""

from __future__ import annotations

import json

from fazhi_xl.reports.report_json import report
from fazhi_xl.reports.status_lines import COLUMNS, issued_lines, report_lines
from tests.support.rounds import a_round, blank_file, returned_file


def test_states() -> None:
    """What was returned has its status, counts, total and rank; what is blank or missing has no total and no rank."""
    held = json.loads(
        json.dumps(report(a_round(("团委", "总工会", "妇联"), (returned_file("团委"), blank_file("总工会")))))
    )
    lines = list(report_lines(held))
    assert {len(line) for line in lines} == {len(COLUMNS)}
    assert [line[:3] for line in lines] == [(1, "团委", "已收"), (2, "总工会", "没有填写"), (3, "妇联", "未报")]
    assert lines[0][3:] == (0, 0, float(held["units"][0]["total"]), 1, "团委.xlsx")
    assert lines[1][5:] == (None, None, "总工会.xlsx")
    assert lines[2][3:] == (None, None, None, None, None)


def test_reviewed() -> None:
    """A unit whose every sub-point was reviewed is told as that."""
    held = json.loads(json.dumps(report(a_round(("团委",), (returned_file("团委"),)))))
    held["units"][0]["state"] = "reviewed"
    assert [line[2] for line in report_lines(held)] == ["已核定"]


def test_issued() -> None:
    """Before anything came back every unit that has a form is told as issued to."""
    held = {"units": [{"no": 3, "unit": "团委"}]}
    assert list(issued_lines(held)) == [(3, "团委", "已发放", None, None, None, None, None)]
