"""Where a district's results lie in its folder, and what is known there by its name."""

from __future__ import annotations

import json
from pathlib import Path

from fazhi_xl.limits import MB
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace

MOST = 64 * MB
"""Bytes of a report that are read: one of 45 units has half a megabyte."""
_PACKED = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".001"})


def results_of(folder: Path) -> Path:
    """Give the folder with a round's report: its 结果, or itself where the report lies there without it."""
    results = Workspace(folder).results
    return folder if not (results / REPORT_FILE).is_file() and (folder / REPORT_FILE).is_file() else results


def is_round(folder: Path) -> bool:
    """Say whether results, or a record of what was issued, stand in a folder."""
    space = Workspace(folder)
    return (space.results / REPORT_FILE).is_file() or space.campaign_file.is_file()


def is_report(path: Path) -> bool:
    """Say whether a file of the report's name is a round's report, or may be a damaged one; another program's is not."""
    try:
        held = None if path.stat().st_size > MOST else json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return path.is_file()
    return held is None or (isinstance(held, dict) and {"campaign", "units"} <= held.keys())


def is_packed(name: str) -> bool:
    """Say whether a file is an archive, by its name."""
    return Path(name).suffix.lower() in _PACKED


def unpacked_name(name: str) -> str:
    """Give an archive's name without what says so: `甲县.tar.gz` is unpacked to `甲县`."""
    while is_packed(name):
        name = Path(name).stem
    return name
