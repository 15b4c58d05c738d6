"""What a child does on systems that limit no process, as Windows, or tell of none, as a Mac; it runs in the tests' own process here."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from fazhi_xl.bounded import child
from fazhi_xl.bounded.task import Answer, ChildTask

TASK = ChildTask(module=__name__, memory=1000, cpu=7, growth=50, data={"a": 1})


def work(data: dict[str, object], content: bytes) -> Answer:
    return data, content[::-1]


def answered(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Give what a child writes that gets one file."""
    sink = io.BytesIO()
    given = io.BytesIO(TASK.to_line() + b"3\nabc")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=given))
    monkeypatch.setattr(child, "_own_output", lambda: sink)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert child.main() == 0
    return sink.getvalue()


def test_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has no limits none are set, and no memory is told: the parent's clock is what ends a child."""
    monkeypatch.setattr(child, "_resource", None)
    monkeypatch.setattr(child, "_alarm", lambda _: None)
    assert answered(monkeypatch) == b'8 3 0\n{"a": 1}cba'


def test_mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no /proc the system says how much memory it was; what it does not limit is left, and so it ends after this file."""
    peaks, alarms, limits = iter((100, 200)), list[int](), dict[str, int]()

    def limit(kind: str, most: tuple[int, int]) -> None:
        if kind == "memory":
            raise ValueError
        limits[kind] = most[0]

    resource = SimpleNamespace(
        RUSAGE_SELF=0,
        RLIMIT_AS="memory",
        RLIMIT_CPU="time",
        RLIMIT_CORE="core",
        RLIM_INFINITY=-1,
        getrlimit=lambda kind: (0, 5 if kind == "time" else -1),
        setrlimit=limit,
        getrusage=lambda _: SimpleNamespace(ru_maxrss=next(peaks)),
    )
    monkeypatch.setattr(child, "_STATUS", tmp_path / "status")
    monkeypatch.setattr(child, "_resource", resource)
    monkeypatch.setattr(child, "_alarm", alarms.append)
    assert answered(monkeypatch) == b'8 3 1\n{"a": 1}cba'
    assert (limits, alarms) == ({"time": 5, "core": 0}, [140, 0])
