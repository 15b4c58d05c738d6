"""Faults 67 to 81: what kind of file comes back."""

from __future__ import annotations

import pytest

from tests.faults.fault import Fault, check, spoilt
from tests.support.offices import Office

FAULTS: tuple[Fault, ...] = (
    spoilt(78, "empty", lambda _: b"", "rejected", ("file-empty", None)),
    spoilt(78, "half downloaded", lambda good: good[:20_000], "rejected", ("file-damaged", None)),
)


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault) -> None:
    """Each fault sets off exactly what is written beside it."""
    check(office, fault)
