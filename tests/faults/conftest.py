"""Where a fault's row fails, pytest shows both sides."""

import pytest

pytest.register_assert_rewrite("tests.faults.fault")


@pytest.fixture(params=[pytest.param(1, id="once"), pytest.param(2, id="twice", marks=pytest.mark.exhaustive)])
def times(request: pytest.FixtureRequest) -> int:
    """Say how often to collect: twice in the exhaustive run, where no check may be switched off by its first use.

    Once is only looked at: the reading is what a fault is about, and one of each sort is collected whole.
    """
    asked: int = request.param
    return asked
