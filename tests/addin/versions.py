"""Plays the adapter's tests against several versions of xlwings: `uv run python tests/addin/versions.py [VERSION …]`.

Each version is laid over the project's environment for one run and leaves nothing behind. The normal run has the pinned one only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VERSIONS = ("0.33.22", "0.35.3", "0.36.17", "0.37.8")
TESTS = ("tests/addin/test_xlwings_host.py", "tests/addin/test_console.py", "tests/addin/test_thin.py")


def main(versions: Iterable[str]) -> int:
    """Give 0 where every version passes; each is told with its last line."""
    ended = {version: _played(version) for version in versions}
    for version, (status, last) in ended.items():
        sys.stdout.write(f"xlwings {version}: {'passed' if status == 0 else 'FAILED'}: {last}\n")
    return int(any(status for status, _ in ended.values()))


def _played(version: str) -> tuple[int, str]:
    command = ["uv", "run", "--quiet", "--with", f"xlwings=={version}", "python", "-m", "pytest", "-q", *TESTS]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    lines = (ended.stdout + ended.stderr).strip().splitlines()
    sys.stderr.write("".join(f"{line}\n" for line in lines if line.startswith(("FAILED", "ERROR", "E   "))))
    return ended.returncode, lines[-1] if lines else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or VERSIONS))
