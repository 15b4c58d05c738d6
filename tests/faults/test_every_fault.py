"""Every fault of the catalogue is tested, or it is said why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.faults.fault import Fault, assert_fault
from tests.support.offices import Office

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py") if path.stem != "test_every_fault")
NUMBERS = range(1, 130)


def modules() -> Iterator[ModuleType]:
    return (import_module(f"tests.faults.{name}") for name in MODULES)


def with_rows() -> set[int]:
    """Give the numbers that a table or a test of its own is about."""
    faults: Iterator[Fault] = (fault for module in modules() for fault in getattr(module, "FAULTS", ()))
    return {fault.no for fault in faults}.union(*(getattr(module, "TESTED_APART", ()) for module in modules()))


def without_rows() -> dict[int, str]:
    held: Iterator[Mapping[int, str]] = (getattr(module, "UNTESTED", {}) for module in modules())
    return {no: reason for each in held for no, reason in each.items()}


def test_every_fault_is_accounted_for() -> None:
    """Each number has a row in one of the tables, or a reason why it has none."""
    assert with_rows() | without_rows().keys() == set(NUMBERS)


def test_a_reason_is_a_sentence() -> None:
    """Who wants to know why a fault is not tested is told in words; most faults are."""
    assert all(len(reason.split()) > 3 for reason in without_rows().values())
    assert len(with_rows()) >= 120


@pytest.mark.usefixtures("report_only", "no_review")
@pytest.mark.parametrize(
    "module", [module for module in MODULES if hasattr(import_module(f"tests.faults.{module}"), "FAULTS")]
)
@pytest.mark.long
def test_a_fault_is_found_again(office: Office, module: str) -> None:
    """Collecting again in one process finds the same, whatever sort the fault is of; the exhaustive run tries every one."""
    assert_fault(office, import_module(f"tests.faults.{module}").FAULTS[0], times=2)
