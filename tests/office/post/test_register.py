"""The record of what was sent: read back as it was written, whatever editors do to its line ends, and never guessed at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.post.plan import Sort
from fazhi_xl.office.post.register import Enclosed, Entry, Event, read_register, recording
from fazhi_xl.office.workspace.folder import Workspace
from tests.office.post.conftest import dispatch

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.builds(
    Entry,
    at=st.just("2020-11-21T09:00:00+08:00"),
    event=st.sampled_from(Event),
    id=TEXT,
    sort=st.sampled_from(Sort) | st.none(),
    unit=TEXT,
    key=TEXT,
    to=st.lists(TEXT, max_size=2).map(tuple),
    copies=st.lists(TEXT, max_size=2).map(tuple),
    subject=TEXT,
    attachments=st.lists(st.builds(Enclosed, name=TEXT, sha256=TEXT), max_size=2).map(tuple),
    answer=TEXT,
    refused=st.dictionaries(TEXT, TEXT, max_size=2),
)
COURT = dispatch("法院")
BEGUN = Entry(at="2020-11-21T09:00:00+08:00", event=Event.BEGUN, id="1", sort=Sort.FORM, unit="法院", key="K1")
SENT = Entry(at="2020-11-21T09:00:00+08:00", event=Event.SENT, id="1", answer="250 OK")


@settings(max_examples=30)
@given(entry=ENTRIES)
def test_a_line(entry: Entry) -> None:
    """A line is read back as it was written."""
    assert Entry.from_json(json.loads(json.dumps(entry.as_json))) == entry


@pytest.mark.parametrize(
    ("ends", "standing"),
    [
        ((), Event.UNSURE),
        ((Event.SENT,), Event.SENT),
        ((Event.FAILED,), Event.FAILED),
        ((Event.UNSURE,), Event.UNSURE),
        ((Event.FAILED, Event.SENT), Event.SENT),
        ((Event.SENT, Event.FAILED), Event.SENT),
        ((Event.UNSURE, Event.FAILED), Event.UNSURE),
        ((Event.UNSURE, Event.SENT), Event.SENT),
    ],
)
def test_how_a_message_stands(tmp_path: Path, ends: tuple[Event, ...], standing: Event) -> None:
    """A message that was ever sent is sent; one that may have been stays so, whatever failed after it."""
    space = Workspace(tmp_path)
    with recording(space) as record:
        assert record.register.standing(COURT) is None
        for no, end in enumerate(ends or (None,)):
            record.add(Entry(at=BEGUN.at, event=Event.BEGUN, id=str(no), sort=Sort.FORM, unit="法院", key="K1"))
            if end:
                record.add(Entry(at=BEGUN.at, event=end, id=str(no)))
        assert record.register.standing(COURT) is standing
    assert read_register(space).standing(COURT) is standing
    assert read_register(space).standing(dispatch("法院", key="K2")) is None


@pytest.mark.parametrize("change", ["bom", "crlf", "blank lines", "no end"])
def test_what_editors_do(tmp_path: Path, change: str) -> None:
    """A byte order mark, other line ends, blank lines and a last line without an end make no other record, also for what is added."""
    space = Workspace(tmp_path)
    with recording(space) as record:
        record.add(BEGUN, SENT)
    path = space.mail / "发信登记.jsonl"
    data = path.read_bytes()
    path.write_bytes(
        {
            "bom": b"\xef\xbb\xbf" + data,
            "crlf": data.replace(b"\n", b"\r\n"),
            "blank lines": data.replace(b"\n", b"\n\n"),
            "no end": data.rstrip(b"\n"),
        }[change]
    )
    assert read_register(space).entries == (BEGUN, SENT)
    with recording(space) as record:
        record.add(BEGUN)
    assert read_register(space).entries == (BEGUN, SENT, BEGUN)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "1", '{"event": "sent"}', '{"at": "x", "event": "gone"}', '{"at": "x", "event": "sent", "more": 1}'],
)
def test_damaged_lines(tmp_path: Path, line: str) -> None:
    """A line that is no line of the record is told by its number, and nothing goes on."""
    space = Workspace(tmp_path)
    with recording(space) as record:
        record.add(BEGUN, SENT)
    path = space.mail / "发信登记.jsonl"
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    with pytest.raises(WrongUseError, match=r"发信登记.jsonl 第3行读不出来,看不出哪些信已经发过,没有发信。"):
        read_register(space)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the record cannot be kept, nothing is begun."""
    (tmp_path / "邮件").write_text("", "utf-8")
    with pytest.raises(WrongUseError, match="已经是一个文件,不能当作文件夹"), recording(Workspace(tmp_path)):
        pytest.fail("begun")
