"""What a test does when a program that it needs is not on the machine."""

import os
from typing import NoReturn

import pytest

REQUIRE = "FAZHI_REQUIRE_CLIENTS"


class ClientAbsentError(Exception):
    """The program is not here; the message names what was looked for."""


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test, or fail it where FAZHI_REQUIRE_CLIENTS=1 says that every client must be here."""
    if os.environ.get(REQUIRE, "0") not in {"", "0"}:
        pytest.fail(f"{reason} ({REQUIRE} is set)", pytrace=False)
    pytest.skip(reason)
