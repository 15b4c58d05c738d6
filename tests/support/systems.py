"""What a system can do that another cannot, as the reasons for which tests are skipped there."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

_WINDOWS = sys.platform == "win32"
_BETWEEN = re.compile(r"(?<=[\w.\]})])\\(?=[\w.~${])")  # two names of a path; no text has a backslash there
links = pytest.mark.skipif(_WINDOWS, reason="on Windows only an administrator makes links")
modes = pytest.mark.skipif(_WINDOWS, reason="Windows has other rights")
clocks = pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one clock for all of a process")
scripts = pytest.mark.skipif(_WINDOWS, reason="a program that stands in for another is a script of the shell here")
devices = pytest.mark.skipif(_WINDOWS, reason="Windows has no devices in folders")
removed_open = pytest.mark.skipif(_WINDOWS, reason="Windows removes no file that somebody has open")
long_names = pytest.mark.skipif(_WINDOWS, reason="Windows says no sooner of a long name than where a file is written")
names = pytest.mark.skipif(_WINDOWS, reason="Windows takes no such names")


def seen(text: str, root: Path | None = None, name: str = "out") -> str:
    """Give a text as tests have it: with strokes in its paths, and with a folder's path as `name`."""
    told = text.replace(str(root), name) if root else text
    return _BETWEEN.sub("/", told) if _WINDOWS else told
