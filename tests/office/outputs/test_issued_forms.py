"""A shape that was drawn is kept: what is issued of it again is the same, and it is drawn anew wherever it is not the same shape."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing

import pytest

from fazhi_xl.form.model import Shape
from fazhi_xl.notice.theme import Theme
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.outputs import issued_forms
from fazhi_xl.office.workspace.store import STORE, Kept, stored
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches
from fazhi_xl.xlsx.writer.template import Template, token
from tests.support.offices import FIRST, FOURTH, ISSUED, SECOND, THIRD, Office
from tests.support.progress import Silent


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the shapes that are drawn."""
    names: list[str] = []

    def noted(shape: Shape, theme: Theme, *, title: str, sketches: Sketches) -> Template:
        names.append(shape.name)
        return draw(shape, theme, title=title, sketches=sketches)

    monkeypatch.setattr(issued_forms, "draw", noted)
    return names
    return names


def read(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in office.space.issued.iterdir()}


def test_issued_again(empty: Office, drawn: list[str]) -> None:
    """What is issued again needs nothing drawn, further units only shapes that were not; all is the same to the byte."""
    empty.issue(FIRST, THIRD)
    before, made = read(empty), list(drawn)
    empty.issue(FIRST, THIRD, force=True)
    assert (read(empty), drawn) == (before, made)
    empty.issue(FIRST, SECOND, THIRD, FOURTH, force=True)
    assert len(drawn) == len(set(drawn))
    after = read(empty)
    assert {name: after[name] for name in before} == before
    empty.space.root.joinpath(STORE).unlink()
    empty.issue(FIRST, SECOND, THIRD, FOURTH, force=True, jobs=2)
    assert read(empty) == after


def test_damaged(empty: Office, drawn: list[str]) -> None:
    """What was kept and is no shape is drawn anew without a word."""
    empty.issue(FIRST)
    before, path = read(empty), empty.space.root / STORE
    with closing(sqlite3.connect(path)) as base, base:
        (key,) = base.execute("SELECT key FROM kept_1 WHERE kind = ?", (Kept.SHAPE.value,)).fetchone()
    for times, held in enumerate((b'[["a",3,[]]]\n123', b"[[1]]\n", b"\xff"), 2):
        path.unlink()
        with stored(empty.space, Silent()) as store:
            store.put(Kept.SHAPE, key, held)
        empty.issue(FIRST, force=True)
        assert (read(empty), len(drawn)) == (before, times)


def test_another_edition(empty: Office, drawn: list[str]) -> None:
    """A rehearsal's forms are marked, so none of them is taken for the round's own."""
    empty.issue(FIRST)
    empty.space.campaign_file.unlink()
    order = IssueOrder(units=(FIRST,), rehearsal=True, force=True)
    issue(empty.notice, empty.space, order, Silent(), today=ISSUED)
    assert len(drawn) == 2


def test_cut_short() -> None:
    """Of a template that was not written to its end nothing is read."""
    held = Template.of([("xl/a.xml", f"前{token('名称')}后".encode())]).packed()
    for end in range(len(held)):
        with pytest.raises((ValueError, zlib.error)):
            Template.unpacked(held[:end])


def test_written_and_read() -> None:
    """A template that was written fills in the same copies."""
    raw = f"前{token('名称')}中{token('表号')}后".encode()
    made = Template.of([("xl/a.xml", raw), ("无.bin", b"\xff\x00"), ("空.xml", b"")])
    read_again = Template.unpacked(made.packed())
    assert (read_again, read_again.fill({"名称": "&", "表号": ""})) == (made, made.fill({"名称": "&", "表号": ""}))
