"""Measures the program beside its peers: `uv run --group bench benchmarks/run.py [PART …] [--write]`; `--help` says the rest."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # the project is not installed in a clone

from benchmarks.command import main  # noqa: E402 - found only now

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
