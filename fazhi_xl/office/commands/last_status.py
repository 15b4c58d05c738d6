"""The status of the units after the last run, from its report.json."""

from __future__ import annotations

import json

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace, reading
from fazhi_xl.reports.status_lines import Line, issued_lines, report_lines


def last_status(space: Workspace) -> tuple[Line, ...]:
    """Give a line for each unit. Raises WrongUseError where nothing was issued, or the report cannot be read."""
    held = space.issued_campaign()
    path = space.results / REPORT_FILE
    if not path.exists():
        return tuple(issued_lines(held))
    with reading(path):
        text = path.read_text("utf-8")
    try:
        return tuple(report_lines(json.loads(text)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path} 读不出来({type(error).__name__})。再收一次表,它会重新写好。"
        raise WrongUseError(message) from error
