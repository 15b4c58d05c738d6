"""What a system can do that another cannot, as the reasons for which tests are skipped there."""

from __future__ import annotations

import sys

import pytest

_WINDOWS = sys.platform == "win32"
links = pytest.mark.skipif(_WINDOWS, reason="on Windows only an administrator makes links")
modes = pytest.mark.skipif(_WINDOWS, reason="Windows has other rights")
