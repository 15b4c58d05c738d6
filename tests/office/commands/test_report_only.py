"""Where only the figures are wanted, report.json is all that is written, and it is that of a whole collect."""

from __future__ import annotations

from pathlib import Path

from fazhi_xl.office.commands.collect import CollectOrder
from tests.support.changes import as_before, told, tree
from tests.support.offices import FIRST, SECOND, Office

ORDER = CollectOrder(report_only=True)


def receive(office: Office) -> Office:
    office.receive("好.xlsx", office.filled(FIRST))
    office.receive("错.xlsx", office.filled(SECOND, {**office.good(SECOND), "15.1.自评": 99}))
    office.receive("x.pdf", b"%PDF-1.4")
    return office


def test_only_the_report_is_written(office: Office, tmp_path: Path) -> None:
    """Returns are read, checked and scored as always; no copy, book or sheet is written, and a whole collect writes them later."""
    receive(office)
    whole = office.copied(tmp_path / "whole")
    expected, before = told(whole), set(tree(office))
    said, attention = told(office, ORDER)
    *same, report, comes = said
    assert (same, attention) == (expected[0][: len(same)], expected[1])
    assert report == "各单位得分:./结果/report.json(只算分,没有写排名表、审核表等)"
    assert comes == "下一步:要排名表和审核表的,不写这个选项再收一次表。"
    assert set(tree(office)) - before == {"结果/report.json"}
    assert office.report == whole.report
    assert told(office) == expected
    assert tree(office) == tree(whole)


def test_nothing_has_changed(office: Office) -> None:
    """The same order over the same files is known to change nothing; a whole collect still has its work to do."""
    receive(office)
    told(office, ORDER)
    told(office, ORDER)
    assert as_before(office, ORDER)
    assert as_before(office) is None


def test_a_return_that_vanished(office: Office) -> None:
    """What was there at the last report and is gone is told, as a whole collect tells it."""
    receive(office)
    told(office, ORDER)
    (office.space.returns / "好.xlsx").unlink()
    assert told(office, ORDER)[0][0].startswith(f"上次收表时有{FIRST}的表,这次没有,按未报送处理")
