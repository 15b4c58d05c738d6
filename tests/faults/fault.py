"""One fault of a return: what it is, the files that show it, and exactly what collecting says of each.

The faults are numbered as in the project's catalogue of what clients, people and strangers do to a form (1 to 114); 115 to 129 are
the kinds of file that real mail, archives and programs bring. A good return has no findings at all, so whatever is expected of a
fault is all that it sets off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from _pytest.mark import ParameterSet

from tests.support.offices import FIRST, Office

Found = tuple[str, str | None]
"""A finding's code and its cell, None where it has none."""

PATH = "表.xlsx"


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A file's status and its findings in the report's order; `unit` is whom it was taken for."""

    status: str
    found: tuple[Found, ...] = ()
    unit: str | None = FIRST


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`receive` puts files into the office's 回收; `expect` says what the report has of each by its path.

    `passwords` are those that the office gives.
    """

    no: int
    what: str
    receive: Callable[[Office], None]
    expect: Mapping[str, Expected]
    passwords: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.no:03d} {self.what}"


def drawn(faults: Sequence[Fault]) -> list[ParameterSet]:
    """Give rows whose values a generator drew, as cases of a test: half of them in every run, all in the exhaustive one."""
    return [
        pytest.param(fault, marks=(pytest.mark.exhaustive,) if at % 2 else (), id=str(fault))
        for at, fault in enumerate(faults)
    ]


def spoilt(no: int, what: str, spoil: Callable[[bytes], bytes], status: str, *found: Found) -> Fault:
    """Make the fault of one file: a good return that `spoil` changes."""

    def receive(office: Office) -> None:
        office.receive(PATH, spoil(office.filled(FIRST)))

    unit = None if status in {"rejected", "ignored"} else FIRST
    return Fault(no=no, what=what, receive=receive, expect={PATH: Expected(status=status, found=found, unit=unit)})


def assert_fault(office: Office, fault: Fault, times: int) -> None:
    """Look at the files, or collect them so many times in one process, and compare."""
    fault.receive(office)
    if times == 1:
        assert {file["path"]: _seen(file) for file in office.look(fault.passwords)} == dict(fault.expect)
        return
    for _ in range(times):
        office.collect(passwords=fault.passwords)
        assert {file["path"]: _seen(file) for file in office.report["files"]} == dict(fault.expect)


def _seen(file: Mapping[str, object]) -> Expected:
    findings = file["findings"]
    assert isinstance(findings, list)
    found = tuple((each["code"], each["cell"]) for each in findings)
    unit = file["unit"]
    assert unit is None or isinstance(unit, str)
    return Expected(status=str(file["status"]), found=found, unit=unit)
