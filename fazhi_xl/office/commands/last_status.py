"""The status of the units after the last run, from its report.json."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace, reading
from fazhi_xl.reports.status_lines import Line, issued_lines, open_words, report_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStatus:
    """How a round stood after the last run: a line for each unit, and what was undecided, blank where nothing was."""

    units: tuple[Line, ...]
    undecided: str = ""


def last_status(space: Workspace) -> LastStatus:
    """Read how the round stood. Raises WrongUseError where nothing was issued, or the report cannot be read."""
    held = space.issued_campaign()
    path = space.results / REPORT_FILE
    if not path.exists():
        return LastStatus(units=tuple(issued_lines(held)))
    with reading(path):
        text = path.read_text("utf-8")
    try:
        report = json.loads(text)
        return LastStatus(units=tuple(report_lines(report)), undecided=open_words(report))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} 读不出来({type(error).__name__})。再收一次表,它会重新写好。"
        raise WrongUseError(message) from error
