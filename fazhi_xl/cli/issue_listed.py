"""build_workbooks.py --districts: a round for each district of a list."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fazhi_xl.cli.console import Terminal
from fazhi_xl.cli.districts import tell_districts
from fazhi_xl.office.commands.district_list import read_districts
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.commands.issue_districts import DistrictsIssue, folders_for, issue_districts, settle
from fazhi_xl.office.workspace.districts import record_districts
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command


def issue_listed(  # noqa: PLR0913 - one parameter per option
    path: Path,
    out: Path,
    terminal: Terminal,
    *,
    campaign: str,
    force: bool,
    drop_answers: bool,
    jobs: int,
    scheduler: str,
    as_json: bool,
) -> int:
    """Issue to each district of a list, in a folder of its own; gives the exit status. Raises WrongUseError for wrong use."""
    listed = read_districts(path)
    folders = folders_for(listed.districts, out)
    today = datetime.now(UTC).astimezone().date()
    order, remarks = settle(
        DistrictsIssue(catalogue=campaign, force=force, drop_answers=drop_answers, today=today), folders
    )
    for line in (*listed.titles, *remarks):
        terminal.say(line)
    record_districts(out, (each.name for each in folders))
    results = issue_districts(order, folders, Crew(jobs=jobs, scheduler=scheduler))
    status = tell_districts(results, len(folders), "生成各地区的表", terminal, before=listed.faults, as_json=as_json)
    returns = Workspace(Path("地区名称")).returns
    terminal.say(f"各地区收到的文件放进各自的 {returns},再运行 {Command.COLLECT} --districts {out}。")
    return status
