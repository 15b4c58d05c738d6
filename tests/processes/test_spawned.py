"""Where processes cannot be forked they are started anew, and get the work and the items as data."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from fazhi_xl.office.outputs import issued_forms
from fazhi_xl.office.workspace import processes
from fazhi_xl.xlsx.writer import form
from tests.support.changes import tree
from tests.support.offices import FIRST, SECOND, Office


@pytest.mark.long
def test_a_round_in_spawned_processes(empty: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round issued and collected by spawned processes, as on Windows, is to the byte that of one process."""
    apart = Office(empty.notice, tmp_path / "apart")
    for office in (empty, apart):
        office.space.make()
        office.space.key_file.write_text("5a" * 32 + "\n")
    played(empty, jobs=1)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    monkeypatch.setattr(processes, "_worth", lambda *_, **__: True)
    monkeypatch.setattr(
        issued_forms, "draw", form.draw
    )  # what tests remember of drawing does not go into another process
    played(apart, jobs=2)
    assert tree(apart) == tree(empty)


def played(office: Office, jobs: int) -> None:
    """Issue to two units of one shape, and collect a return that has to be corrected."""
    office.issue(FIRST, SECOND, jobs=jobs)
    office.receive("错.xlsx", office.filled(FIRST, {**office.good(FIRST), "15.1.自评": 99}))
    office.collect(jobs=jobs)
