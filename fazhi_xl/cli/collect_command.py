"""collect.py: read the returns, check them, rank the units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, ClassVar

import typer
from typer._click.core import ParameterSource

from fazhi_xl.addin.open_book import opened
from fazhi_xl.cli.archive import MODES as ARCHIVE_MODES
from fazhi_xl.cli.archive import Archive, Verify, archive_or_verify
from fazhi_xl.cli.chinese import ADDRESS, CAMPAIGN, FILE, FOLDER, NUMBER, ChineseCommand, Mode, new_app
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, run, show_json
from fazhi_xl.cli.districts import tell_districts
from fazhi_xl.cli.mail import (
    AGAIN_HELP,
    DRY_RUN_HELP,
    SMTP_HELP,
    Imap,
    PostOrder,
    PostUnits,
    Remind,
    Send,
    receive_first,
    refuse_early,
    send_collected,
    tell_sent,
)
from fazhi_xl.cli.pack import pack_round
from fazhi_xl.cli.rollup import FOLDER as ROLL_UP_FOLDER
from fazhi_xl.cli.rollup import roll_up_districts
from fazhi_xl.cli.seal import SEAL, Seal, seal_round
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.office.commands.collect import CollectOrder, collect, standing
from fazhi_xl.office.commands.collect_districts import DistrictsCollect, collect_districts
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.commands.explain import explanations
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.outputs.publish import print_results
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.returns.sources import Sources, passwords_in
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.workspace.catalogue import DEFAULT, TEMPLATES, issued_campaign, keep_copy, open_campaign
from fazhi_xl.office.workspace.districts import district_folders
from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER, REPORT_FILE, Workspace, read_json
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round

app = new_app()
_PROCESSES = default_jobs()
_SEED, _REHEARSE, _ROLL_UP, _PACK = 2020, "--rehearse", "--rollup", "--pack"
_POST = ("--remind", "--send")
_POSTING = " 或 ".join(_POST)
UNCHANGED = "和上次收表时相比没有任何变化,各项结果原样保留。"
_ROUND, _REVIEW, _MAIL, _MANY, _PLAY, _DISTRICTS, _SHOW = (
    "收表", "审核", "发给单位", "许多地区", "演练", "汇总各地区", "输出",
)  # fmt: skip


_Returns = Annotated[
    list[Path] | None,
    typer.Argument(metavar="RETURNS", help="收回的文件,或它们所在的文件夹,可写几个;不写就是 DIR/回收。"),
]
_Out = Annotated[Path, typer.Option(metavar=FOLDER, rich_help_panel=_ROUND, help="这一轮的文件夹。")]
_Campaign = Annotated[
    str | None,
    typer.Option(metavar=CAMPAIGN, rich_help_panel=_ROUND, help="工作目录的名称或文件夹;不写就按发放记录。"),
]
_Passwords = Annotated[
    Path | None,
    typer.Option(metavar=FILE, rich_help_panel=_ROUND, help="收回的文件设了打开密码的:写着密码的文本文件,一行一个。"),
]
_Previous = Annotated[
    Path | None,
    typer.Option(metavar=FOLDER, rich_help_panel=_ROUND, help="与上一轮比较:上一轮的输出文件夹或它的 report.json。"),
]
_Jobs = Annotated[int, typer.Option(metavar=NUMBER, min=1, rich_help_panel=_ROUND, help="同时使用的进程数。")]
_AcceptSelf = Annotated[
    list[str] | None,
    typer.Option(
        metavar="单位", rich_help_panel=_REVIEW, help="还没有审核的得分点按自评核定;可写几次,“全部”指所有单位。"
    ),
]
_By = Annotated[str, typer.Option(metavar="姓名", rich_help_panel=_REVIEW, help="按自评核定、定稿由谁负责。")]
_Reviewers = Annotated[
    list[str] | None,
    typer.Option(metavar="科室", rich_help_panel=_REVIEW, help="另写这个科室的审核表;可写几次,“全部”指所有科室。"),
]
_Restore = Annotated[
    bool,
    typer.Option(
        "--restore-review", rich_help_panel=_REVIEW, help="审核记录丢失或被改动时,先用 存档 里最新的一份恢复,再收表。"
    ),
]
_Smtp = Annotated[bool, typer.Option("--smtp", rich_help_panel=_MAIL, help=SMTP_HELP)]
_DryRun = Annotated[bool, typer.Option("--dry-run", rich_help_panel=_MAIL, help=DRY_RUN_HELP)]
_Again = Annotated[bool, typer.Option("--again", rich_help_panel=_MAIL, help=AGAIN_HELP)]
_Districts = Annotated[
    Path | None,
    typer.Option(
        metavar=FOLDER,
        rich_help_panel=_MANY,
        help="收 DIR 里的每一轮:每个地区一个文件夹,各收各的;还有别的文件夹的,写在后面。",
    ),
]
_Scheduler = Annotated[
    str,
    typer.Option(
        metavar=ADDRESS,
        rich_help_panel=_MANY,
        help=f"由集群来做:Dask 调度程序的地址,和 --districts 或 {_ROLL_UP} 一起用。",
    ),
]
_ReportOnly = Annotated[
    bool,
    typer.Option(
        "--report-only", rich_help_panel=_ROUND, help="只读表、检查、算分,写 report.json;不写排名表、审核表等。"
    ),
]
_Rehearse = Annotated[
    bool, typer.Option(_REHEARSE, rich_help_panel=_PLAY, help="用编造的数据走完一轮,写在 DIR/演练 里,不影响真实数据。")
]
_Seed = Annotated[
    int | None,
    typer.Option(metavar=NUMBER, rich_help_panel=_PLAY, help=f"演练的随机种子,和 --rehearse 一起用;不写就是 {_SEED}。"),
]
_Explain = Annotated[
    list[str] | None,
    typer.Option(
        metavar="单位/得分点",
        rich_help_panel=_SHOW,
        help="收表,并说明一个数怎样得来,例如 民政局/3.2;只写单位说明总分和名次,单位/全部 说明每个得分点,全部 说明所有单位;可写几次。",
    ),
]
_RollUp = Annotated[
    bool,
    typer.Option(
        _ROLL_UP,
        rich_help_panel=_DISTRICTS,
        help="把各地区的结果汇总排名:后面写各地区的文件夹(里面有 结果/report.json),或它们所在的文件夹,可写几个;"
        f"写在 DIR 里,不写 --out 就是 {ROLL_UP_FOLDER.as_posix()}。要另装汇总用的库,没有装会说怎样装;以哪个目录为准可用 --campaign 指定。",
    ),
]
_Expect = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        rich_help_panel=_DISTRICTS,
        help="应该报来的地区名单(文本、CSV 或 Excel,一行一个),和 --rollup 一起用;没有报来的会列出。",
    ),
]
_Pdf = Annotated[
    bool, typer.Option("--pdf", rich_help_panel=_SHOW, help="反馈单和通报另做一份 PDF,要装有 LibreOffice。")
]
_Open = Annotated[
    bool, typer.Option("--open", rich_help_panel=_SHOW, help="收完打开排名表:有 Excel 的在 Excel 里打开。")
]
_Pack = Annotated[
    bool,
    typer.Option(
        _PACK,
        rich_help_panel=_SHOW,
        help="收表,并把各单位的佐证材料按项目和单位整理到 DIR/上报,附目录和校验清单;再运行一次就核对、补齐。",
    ),
]
_Quiet = Annotated[bool, typer.Option("--quiet", rich_help_panel=_SHOW, help="不显示过程。")]
_Json = Annotated[bool, typer.Option("--json", rich_help_panel=_SHOW, help="以 JSON 输出结果(与 report.json 相同)。")]


class CollectCommand(ChineseCommand):
    """What goes together in collect.py."""

    modes = (
        Mode(
            option=_REHEARSE,
            does="只用编造的数据",
            takes=frozenset(
                {"--campaign", "--out", "--jobs", "--seed", "--explain", "--pdf", "--open", "--quiet", "--json"}
            ),
        ),
        Mode(
            option=_ROLL_UP,
            does="只读各地区的结果",
            takes=frozenset(
                {"RETURNS", "--out", "--expect", "--campaign", "--jobs", "--scheduler", "--open", "--quiet", "--json"}
            ),
        ),
        Mode(option="--imap", does="把邮件收进 DIR/回收,从那里收表", excludes=frozenset({"RETURNS"})),
        Mode(option="--explain", does="打印给人看的说明", excludes=frozenset({"--json"})),
        Mode(
            option=_PACK,
            does="整理上报的材料",
            excludes=frozenset({"--report-only", "--explain", "--pdf", "--open", "--json"}),
        ),
        Mode(
            option=SEAL,
            does="定稿",
            excludes=frozenset({"--report-only", "--explain", "--pdf", "--open", "--json", _PACK, *_POST}),
        ),
        *ARCHIVE_MODES,
        Mode(
            option="--districts",
            does="收各地区文件夹里的表",
            takes=frozenset(
                {"RETURNS", "--password-file", "--report-only", "--jobs", "--scheduler", "--quiet", "--json"}
            ),
        ),
        Mode(
            option="--report-only",
            does="只写 report.json",
            excludes=frozenset({"--explain", "--pdf", "--open", *_POST}),
        ),
    )
    needs: ClassVar = {
        "--seed": _REHEARSE,
        "--expect": _ROLL_UP,
        "--by": f"--accept-self 或 {SEAL}",
        "--unit": _POSTING,
        "--smtp": _POSTING,
        "--dry-run": _POSTING,
        "--again": _POSTING,
        "--scheduler": f"--districts 或 {_ROLL_UP}",
    }


@app.command(cls=CollectCommand, help="读取收回的任务分解表,检查、计分、排名。")
def command(  # noqa: PLR0913, PLR0917 - one parameter per option
    ctx: typer.Context,
    returns: _Returns = None,
    out: _Out = Path("out"),
    campaign: _Campaign = None,
    password_file: _Passwords = None,
    previous: _Previous = None,
    jobs: _Jobs = _PROCESSES,
    *,
    imap: Imap = False,
    report_only: _ReportOnly = False,
    accept_self: _AcceptSelf = None,
    by: _By = "",
    reviewer: _Reviewers = None,
    restore: _Restore = False,
    seal: Seal = None,
    remind: Remind = False,
    send: Send = None,
    unit: PostUnits = None,
    smtp: _Smtp = False,
    dry_run: _DryRun = False,
    again: _Again = False,
    districts: _Districts = None,
    scheduler: _Scheduler = "",
    rehearsal: _Rehearse = False,
    seed: _Seed = None,
    roll_up: _RollUp = False,
    expect: _Expect = None,
    explain: _Explain = None,
    pdf: _Pdf = False,
    open_after: _Open = False,
    pack: _Pack = False,
    archive: Archive = False,
    verify: Verify = None,
    quiet: _Quiet = False,
    as_json: _Json = False,
) -> int:
    now, crew = datetime.now(UTC).astimezone(), Crew(jobs=jobs, scheduler=scheduler)
    shown = _Shown(terminal=Terminal(quiet=quiet or as_json), pdf=pdf, as_json=as_json, open_after=open_after)
    if roll_up:
        return roll_up_districts(
            returns or (), out if ctx.get_parameter_source("out") is ParameterSource.COMMANDLINE else ROLL_UP_FOLDER,
            shown.terminal, expected=expect, campaign=campaign, crew=crew, as_json=as_json, open_after=open_after, now=now,
        )  # fmt: skip
    if verify or archive:
        opening = passwords_in(password_file)
        return archive_or_verify(Workspace(out), verify, opening, shown.terminal, jobs=jobs, as_json=as_json)
    if rehearsal:
        play = _SEED if seed is None else seed
        space, round_, left = _play(out, campaign, shown.terminal, jobs=jobs, seed=play, now=now)
        _show(round_, space, explain or (), shown, (*round_summary(round_, space), *left))
        return DONE  # its faults are planned
    if districts:
        order = CollectOrder(sources=Sources(passwords=passwords_in(password_file)), report_only=report_only)
        return _districts(DistrictsCollect(order=order, now=now), (districts, *(returns or ())), crew, shown)
    orders = ReviewOrders(accept=_acceptance(accept_self or [], by), sections=tuple(reviewer or ()))
    sources = Sources(paths=tuple(returns or ()), passwords=passwords_in(password_file), jobs=jobs)
    order = CollectOrder(sources=sources, review=orders, previous=previous, restore=restore, report_only=report_only)
    if imap:
        receive_first(Workspace(out), campaign, shown.terminal)
    if seal is not None or pack:
        collected = Workspace(out), campaign, order, shown.terminal
        return pack_round(*collected, now=now) if seal is None else seal_round(*collected, name=seal, by=by, now=now)
    post = PostOrder(
        remind=remind, send=tuple(send or ()), units=tuple(unit or ()), smtp=smtp, dry_run=dry_run, again=again
    )
    return _one_round(Workspace(out), campaign, order, explain or (), shown, now=now, post=post)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """Where a result is told, and what else is made of it: PDFs, JSON, a ranking that is opened."""

    terminal: Terminal
    pdf: bool
    as_json: bool
    open_after: bool

    def show(self, space: Workspace, result: Callable[[], object], lines: Iterable[str]) -> None:
        if self.pdf:
            print_results(space, self.terminal)
        if self.as_json:
            show_json(result())
        for line in lines:
            self.terminal.say(line)
        if self.open_after:
            self.terminal.say(opened(space.results / RANKING_FILE))


def _districts(wanted: DistrictsCollect, roots: tuple[Path, ...], crew: Crew, shown: _Shown) -> int:
    """Collect every district's round."""
    folders = district_folders(roots)
    results = collect_districts(wanted, folders, crew)
    return tell_districts(results, len(folders), "收各地区的表", shown.terminal, as_json=shown.as_json)


def _one_round(  # noqa: PLR0913 - what is asked of a round
    space: Workspace,
    campaign: str | None,
    order: CollectOrder,
    explain: Sequence[str],
    shown: _Shown,
    *,
    now: datetime,
    post: PostOrder,
) -> int:
    """Collect a round, or where nothing of it has changed say how it stands."""
    notice = issued_campaign(space, campaign)
    if post:
        refuse_early(space, post, notice)
    if not (explain or post) and (before := standing(notice, space, order, shown.terminal, now=now)):
        shown.show(space, lambda: read_json(space.results / REPORT_FILE), (UNCHANGED, *before.lines))
        return ATTENTION if before.attention else DONE
    round_ = collect(notice, space, order, shown.terminal, now=now)
    lines = round_summary(round_, space, report_only=order.report_only)
    if post:
        return _send(round_, space, post, explain, shown, lines, now=now)
    _show(round_, space, explain, shown, lines)
    return ATTENTION if round_.needs_attention else DONE


def _send(  # noqa: PLR0913 - as above
    round_: Round,
    space: Workspace,
    post: PostOrder,
    explain: Sequence[str],
    shown: _Shown,
    lines: Iterable[str],
    *,
    now: datetime,
) -> int:
    """Say how the round stands, then send what is asked for of it."""
    _show(round_, space, explain, replace(shown, as_json=False), lines)
    sent = send_collected(round_, space, post, shown.terminal, now=now)
    if shown.as_json:
        show_json({**report(round_), "mail": sent.as_json})
    tell_sent(sent, space, post, shown.terminal, as_json=shown.as_json)
    return DONE if sent.complete and not round_.needs_attention else ATTENTION


def _show(round_: Round, space: Workspace, explain: Sequence[str], shown: _Shown, lines: Iterable[str]) -> None:
    """Say how the round stands, or print what is to be explained of it."""
    shown.show(space, lambda: report(round_), () if explain else lines)
    for line in explanations(round_, space, explain) if explain else ():
        typer.echo(line)


def _play(
    out: Path, campaign: str | None, terminal: Terminal, *, jobs: int, seed: int, now: datetime
) -> tuple[Workspace, Round, tuple[str, ...]]:
    """Play a round; gives its folder, the round, and what could not be played."""
    # Only a rehearsal makes things up.
    from fazhi_xl.office.commands.rehearse import not_played, rehearse  # noqa: PLC0415

    space = Workspace(out / REHEARSAL_FOLDER)
    round_ = rehearse(open_campaign(campaign or DEFAULT), space, terminal, jobs=jobs, seed=seed, now=now)
    if campaign:  # so that the round played can be collected again, wherever its catalogue lies
        keep_copy(space, find_campaign(campaign, TEMPLATES))
    return space, round_, tuple(not_played(round_.notice))


def _acceptance(units: list[str], by: str) -> Acceptance | None:
    return Acceptance(units=tuple(units), reviewer=by) if units else None


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives its exit status."""
    return run(lambda arguments: app(arguments, standalone_mode=False) or DONE, argv)
