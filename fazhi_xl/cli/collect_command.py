"""collect.py: read the returns, check them, rank the units."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fazhi_xl.addin.open_book import opened
from fazhi_xl.cli.console import ATTENTION, DONE, ChineseCommand, Terminal, run, show_json
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.explain import explanations
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.outputs.publish import print_results
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.returns.sources import Sources, passwords_in
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.workspace.catalogue import DEFAULT, TEMPLATES, issued_campaign, keep_copy, open_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.commands import Command

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

_Returns = Annotated[list[Path] | None, typer.Argument(metavar="RETURNS", help="收回文件所在的文件夹,默认 DIR/回收。")]
_Campaign = Annotated[str | None, typer.Option(metavar="CAMPAIGN", help="工作目录的名称或文件夹,默认按发放记录。")]
_AcceptSelf = Annotated[
    list[str] | None,
    typer.Option("--accept-self", metavar="单位", help="还没有审核的得分点按自评核定;可写几次,“全部”指所有单位。"),
]
_Reviewers = Annotated[
    list[str] | None,
    typer.Option("--reviewer", metavar="科室", help="另写这个科室的审核表;可写几次,“全部”指所有科室。"),
]
_Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="DIR", help="与上一轮比较:上一轮的输出文件夹或它的 report.json。"),
]
_Restore = Annotated[
    bool, typer.Option("--restore-review", help="审核记录丢失或被改动时,先用 存档 里最新的一份恢复,再收表。")
]
_Explain = Annotated[
    list[str] | None,
    typer.Option("--explain", metavar="单位/得分点", help="说明一个数怎样得来,例如 民政局/3.2;可写几次。"),
]


@app.command(cls=ChineseCommand, help="读取收回的任务分解表,检查、计分、排名。")
def command(  # noqa: PLR0913 - one parameter per option
    returns: _Returns = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="输出文件夹。")] = Path("out"),
    campaign: _Campaign = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="同时使用的进程数。")] = default_jobs(),
    seed: Annotated[int, typer.Option(metavar="N", help="演练的随机种子。")] = 2020,
    password_file: Annotated[Path | None, typer.Option(metavar="FILE", help="打开密码的清单,一行一个。")] = None,
    *,
    accept_self: _AcceptSelf = None,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="按自评核定由谁负责。")] = "",
    reviewer: _Reviewers = None,
    previous: _Previous = None,
    explain: _Explain = None,
    restore: _Restore = False,
    rehearsal: Annotated[bool, typer.Option("--rehearse", help="用演练数据走完一轮,写在 演练 文件夹里。")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="反馈单和通报另做一份 PDF,要装有 LibreOffice。")] = False,
    open_after: Annotated[bool, typer.Option("--open", help="收完打开排名表:有 Excel 的在 Excel 里打开。")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示过程。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果。")] = False,
) -> int:
    terminal = Terminal(quiet=quiet or as_json)
    now = datetime.now(UTC).astimezone()
    left: tuple[str, ...] = ()  # what a rehearsal could not play
    if rehearsal:
        space, round_, left = _play(out, campaign, terminal, jobs=jobs, seed=seed, now=now)
    else:
        space = Workspace(out)
        orders = ReviewOrders(accept=_acceptance(accept_self or [], by), sections=tuple(reviewer or ()))
        sources = Sources(paths=tuple(returns or ()), passwords=passwords_in(password_file), jobs=jobs)
        order = CollectOrder(sources=sources, review=orders, previous=previous, restore=restore)
        round_ = collect(issued_campaign(space, campaign), space, order, terminal, now=now)
    if pdf:
        print_results(space, terminal)
    if as_json:
        show_json(report(round_))
    for line in explanations(round_, space, explain) if explain else ():
        typer.echo(line)
    if not explain:
        for line in (*round_summary(round_, space), *left):
            terminal.say(line)
    if open_after:
        terminal.say(opened(space.results / RANKING_FILE))
    return ATTENTION if round_.needs_attention and not rehearsal else DONE


def _play(
    out: Path, campaign: str | None, terminal: Terminal, *, jobs: int, seed: int, now: datetime
) -> tuple[Workspace, Round, tuple[str, ...]]:
    """Play a round; gives its folder, the round, and what could not be played."""
    # Only a rehearsal makes things up.
    from fazhi_xl.office.commands.rehearse import REHEARSAL_FOLDER, not_played, rehearse  # noqa: PLC0415

    space = Workspace(out / REHEARSAL_FOLDER)
    round_ = rehearse(open_campaign(campaign or DEFAULT), space, terminal, jobs=jobs, seed=seed, now=now)
    if campaign:  # so that the round played can be collected again, wherever its catalogue lies
        keep_copy(space, find_campaign(campaign, TEMPLATES))
    return space, round_, tuple(not_played(round_.notice))


def _acceptance(units: list[str], by: str) -> Acceptance | None:
    if units:
        return Acceptance(units=tuple(units), reviewer=by)
    if by:
        raise WrongUseError(
            f"{Command.BY} 只和 {Command.ACCEPT_SELF} 一起用。请写明按自评核定哪些单位,或去掉 {Command.BY}。"
        )
    return None


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives its exit status."""
    return run(lambda arguments: app(arguments, standalone_mode=False) or DONE, argv)
