"""Words a fault or a remark for the workbook."""

from __future__ import annotations

from fazhi_xl.errors import Problem
from fazhi_xl.notice.remark import LintRemark


def worded(said: Problem | LintRemark) -> tuple[str, str]:
    """Give what is wrong, and how to mend it."""
    return (said.text if isinstance(said, LintRemark) else f"{said.thing}:{said.message}"), ""
