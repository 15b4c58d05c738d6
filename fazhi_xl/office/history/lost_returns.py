"""Units whose form counted in the run before and has not come this time: said, so that none is lost in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.rounds.round import Round

_NAMED = 6


def lost_returns(space: Workspace, round_: Round) -> Iterator[str]:
    """Name in one line the units that were returned in the last report and are missing now."""
    missing = {unit.unit for unit in round_.missing}
    lost = [unit for unit in _returned_before(space) if unit in missing]
    if lost:
        named = "、".join(lost[:_NAMED]) + (f"等{len(lost)}家" if len(lost) > _NAMED else "")
        yield (
            f"上次收表时有{named}的表,这次没有,按未报送处理,审核表和各项结果里也没有了(审核决定仍在记录里)。"
            f"只读了一部分文件的,请不写文件名再收一次表;文件不见了的,请放回 {space.returns},或从存档恢复。"
        )


def _returned_before(space: Workspace) -> list[str]:
    """Name the units with a form in the report of the run before; none where there is no report, or it cannot be read."""
    try:
        held = json.loads((space.results / REPORT_FILE).read_text("utf-8"))
        return [str(each["unit"]) for each in held["units"] if each["state"] != "missing"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
