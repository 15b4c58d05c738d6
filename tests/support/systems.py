"""What a system can do that another cannot, as the reasons for which tests are skipped there."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

_WINDOWS = sys.platform == "win32"
links = pytest.mark.skipif(_WINDOWS, reason="on Windows only an administrator makes links")
modes = pytest.mark.skipif(_WINDOWS, reason="Windows has other rights")
clocks = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one clock for all of a process")
scripts = pytest.mark.skipif(_WINDOWS, reason="a program that stands in for another is a script of the shell here")
devices = pytest.mark.skipif(_WINDOWS, reason="Windows has no devices in folders")
removed_open = pytest.mark.skipif(_WINDOWS, reason="Windows removes no file that somebody has open")
names = pytest.mark.skipif(_WINDOWS, reason="Windows takes no such names")


def seen(text: str, root: Path | None = None, name: str = "out") -> str:
    """Give a text as tests have it: with strokes in its paths, and with a folder's path as `name`."""
    return (text.replace(str(root), name) if root else text).replace(os.sep, "/")
