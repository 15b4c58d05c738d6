"""What came before and is gone is said, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.returns.sources import Sources
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.progress import Silent


class Told(Silent):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))


def run(office: Office, *paths: str) -> list[str]:
    told = Told()
    sources = Sources(paths=tuple(office.space.returns / path for path in paths))
    collect(office.notice, office.space, CollectOrder(sources=sources), told, now=NOW + timedelta(minutes=1))
    return [line for line in told.lines if "这次没有" in line]


@pytest.mark.usefixtures("report_only", "no_review")
def test_one_file_by_itself(office: Office) -> None:
    """Collecting one file alone leaves the other units out: they are named, and come back with the next whole run."""
    for unit in (FIRST, SECOND):
        office.receive(f"{unit}.xlsx", office.filled(unit))
    assert run(office) == []
    (line,) = run(office, f"{FIRST}.xlsx")
    assert line.startswith(f"上次收表时有{SECOND}的表,这次没有,按未报送处理")
    assert run(office, f"{FIRST}.xlsx") == []
    assert run(office) == []
    assert office.unit(SECOND)["state"] == "returned"
