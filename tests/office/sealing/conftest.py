"""A round that an office has decided whole and sealed, played once in a run."""

from __future__ import annotations

import pytest

from tests.office.conftest import collect_two
from tests.support.offices import Office
from tests.support.once import Staged
from tests.support.sealing import accept_all, sealed_as


def decide(office: Office) -> None:
    collect_two(office)
    accept_all(office)


def seal_first(office: Office) -> None:
    decide(office)
    sealed_as(office, "第一稿")


@pytest.fixture
def decided(staged: Staged) -> Office:
    """Give an office that has decided all there is of two units' returns."""
    return staged("decided", decide)


@pytest.fixture
def sealed(staged: Staged) -> Office:
    """Give an office whose results were sealed as 第一稿, the returns of two of four units being in."""
    return staged("sealed", seal_first)
