"""The commands as functions, run in a folder of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from fazhi_xl.cli import build_command, collect_command
from fazhi_xl.notice.model import Notice
from tests.support.offices import Office
from tests.support.once import Once
from tests.support.systems import seen

UNITS = ("总工会", "团委")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: exit status, standard output, and standard error with strokes in its paths."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - what JSON brings
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, so that `out` and log files land there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def build(capsys: pytest.CaptureFixture[str]) -> Run:
    return _runner(build_command.main, capsys)


@pytest.fixture
def collect(capsys: pytest.CaptureFixture[str]) -> Run:
    return _runner(collect_command.main, capsys)


def _runner(main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        status = main(list(arguments))
        said = capsys.readouterr()
        return Ended(status, said.out, seen(said.err))

    return run


@pytest.fixture(scope="session")
def issued(once: Once) -> Path:
    """Issue two units' workbooks by the command."""
    return once("issued by the command", _issue)


def _issue(out: Path) -> None:
    options = [option for unit in UNITS for option in ("--unit", unit)]
    assert build_command.main([*options, "--out", str(out), "--quiet", "--jobs", "1"]) == 0


@pytest.fixture
def office(issued: Path, folder: Path, notice: Notice) -> Office:
    """Give an office in `out` that has issued two units' workbooks."""
    return Office(notice, Path(copytree(issued, folder / "out")))
