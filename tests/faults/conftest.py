"""Where a fault's row fails, pytest shows both sides."""

import pytest

pytest.register_assert_rewrite("tests.faults.fault")
