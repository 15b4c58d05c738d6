"""collect.py: read the returns, check them, rank the units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar, Protocol

import typer
from typer._click.core import ParameterSource

from fazhi_xl.addin.open_book import opened
from fazhi_xl.cli import offered
from fazhi_xl.cli.archive import MODES as ARCHIVE_MODES
from fazhi_xl.cli.archive import Archive, Verify, archive_or_verify
from fazhi_xl.cli.backup import MODES as BACKUP_MODES
from fazhi_xl.cli.backup import NEEDS as BACKUP_NEEDS
from fazhi_xl.cli.backup import (
    Backup,
    BackupPassword,
    BackupWanted,
    HandOver,
    RestoreBackup,
    backup_or_restore,
)
from fazhi_xl.cli.chinese import ChineseCommand, Mode, Version, new_app
from fazhi_xl.cli.collect_options import (
    PACK,
    REHEARSE,
    ROLL_UP,
    SECOND,
    SEED,
    AcceptSelf,
    Again,
    By,
    Campaign,
    Districts,
    DryRun,
    Expect,
    Explain,
    Jobs,
    Json,
    Open,
    Out,
    Pack,
    Passwords,
    Pdf,
    Previous,
    Quiet,
    Rehearse,
    ReportOnly,
    Restore,
    Returns,
    Reviewers,
    RollUp,
    Scheduler,
    Second,
    Seed,
    Smtp,
)
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, run, show, show_json
from fazhi_xl.cli.districts import tell_districts
from fazhi_xl.cli.mail import (
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
from fazhi_xl.cli.second import second_round
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.office.commands.collect import CollectOrder, collect, standing
from fazhi_xl.office.commands.collect_districts import DistrictsCollect, collect_districts
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.commands.explain import explanations
from fazhi_xl.office.commands.next_step import next_step
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.outputs.publish import print_results
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.returns.sources import Sources, passwords_in
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.workspace.catalogue import DEFAULT, TEMPLATES, issued_campaign, keep_copy, open_campaign
from fazhi_xl.office.workspace.districts import district_folders
from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER, REPORT_FILE, Workspace, read_json
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round

app = new_app()
_PROCESSES = default_jobs()
_POST = ("--remind", "--send")
_POSTING = " 或 ".join(_POST)
UNCHANGED = "和上次收表时相比没有任何变化,各项结果原样保留。"


class CollectCommand(ChineseCommand):
    """What goes together in collect.py."""

    modes = (
        Mode(
            option=REHEARSE,
            does="只用编造的数据",
            takes=frozenset(
                {"--campaign", "--out", "--jobs", "--seed", "--explain", "--pdf", "--open", "--quiet", "--json"}
            ),
        ),
        Mode(
            option=ROLL_UP,
            does="只读各地区的结果",
            takes=frozenset(
                {"RETURNS", "--out", "--expect", "--campaign", "--jobs", "--scheduler", "--open", "--quiet", "--json"}
            ),
        ),
        Mode(option="--imap", does="把邮件收进 DIR/回收,从那里收表", excludes=frozenset({"RETURNS"})),
        Mode(option="--explain", does="打印给人看的说明", excludes=frozenset({"--json"})),
        Mode(
            option=PACK,
            does="整理上报的材料",
            excludes=frozenset({"--report-only", "--explain", "--pdf", "--open", "--json"}),
        ),
        Mode(
            option=SEAL,
            does="定稿",
            excludes=frozenset({"--report-only", "--explain", "--pdf", "--open", "--json", PACK, *_POST}),
        ),
        Mode(
            option=SECOND,
            does="抽得分点复审",
            excludes=frozenset(
                {"--report-only", "--explain", "--pdf", "--open", "--json", "--imap", PACK, SEAL, *_POST}
            ),
        ),
        *ARCHIVE_MODES,
        *BACKUP_MODES,
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
        **BACKUP_NEEDS,
        "--seed": f"{REHEARSE} 或 {SECOND}",
        "--expect": ROLL_UP,
        "--by": f"--accept-self 或 {SEAL}",
        "--unit": _POSTING,
        "--smtp": _POSTING,
        "--dry-run": _POSTING,
        "--again": _POSTING,
        "--scheduler": f"--districts 或 {ROLL_UP}",
    }


@app.command(cls=CollectCommand, help="读取收回的任务分解表,检查、计分、排名。")
def command(  # noqa: PLR0911, PLR0913, PLR0917 - one parameter per option, a way out for each kind
    ctx: typer.Context,
    returns: Returns = None,
    out: Out = offered.OUT,
    campaign: Campaign = None,
    password_file: Passwords = None,
    previous: Previous = None,
    jobs: Jobs = _PROCESSES,
    *,
    imap: Imap = False,
    report_only: ReportOnly = False,
    accept_self: AcceptSelf = None,
    by: By = "",
    reviewer: Reviewers = None,
    restore: Restore = False,
    seal: Seal = None,
    second: Second = "",
    remind: Remind = False,
    send: Send = None,
    unit: PostUnits = None,
    smtp: Smtp = False,
    dry_run: DryRun = False,
    again: Again = False,
    districts: Districts = None,
    scheduler: Scheduler = "",
    rehearsal: Rehearse = False,
    seed: Seed = None,
    roll_up: RollUp = False,
    expect: Expect = None,
    archive: Archive = False,
    verify: Verify = None,
    backup: Backup = None,
    restore_backup: RestoreBackup = None,
    hand_over: HandOver = False,
    backup_password: BackupPassword = None,
    explain: Explain = None,
    pdf: Pdf = False,
    open_after: Open = False,
    pack: Pack = False,
    quiet: Quiet = False,
    as_json: Json = False,
    version: Version = False,  # noqa: ARG001 - is told while the options are read
) -> int:
    now, crew, lot = (
        datetime.now(UTC).astimezone(),
        Crew(jobs=jobs, scheduler=scheduler),
        SEED if seed is None else seed,
    )
    shown = _Shown(
        terminal=Terminal(quiet=quiet or as_json), pdf=pdf, as_json=as_json, open_after=open_after, jobs=jobs
    )
    if roll_up:
        return roll_up_districts(
            returns or (), out if ctx.get_parameter_source("out") is ParameterSource.COMMANDLINE else ROLL_UP_FOLDER,
            shown.terminal, expected=expect, campaign=campaign, crew=crew, as_json=as_json, open_after=open_after, now=now,
        )  # fmt: skip
    if verify or archive:
        opening = passwords_in(password_file)
        return archive_or_verify(Workspace(out), verify, opening, shown.terminal, jobs=jobs, as_json=as_json)
    kept = BackupWanted(backup=backup, restore=restore_backup, hand_over=hand_over, password_file=backup_password)
    if kept:
        return backup_or_restore(Workspace(out), kept, shown.terminal, as_json=as_json, now=now)
    if rehearsal:
        space, round_ = _play(out, campaign, shown.terminal, jobs=jobs, seed=lot, now=now)
        look = f"下一步:打开 {space.results / RANKING_FILE} 看结果是什么样子;演练的文件夹可以随时删去。"
        _show(round_, space, explain or (), shown, (*round_summary(round_, space), look))
        return DONE  # its faults are planned
    if districts:
        order = CollectOrder(sources=Sources(passwords=passwords_in(password_file)), report_only=report_only)
        return _districts(DistrictsCollect(order=order, now=now), (districts, *(returns or ())), crew, shown)
    orders = ReviewOrders(accept=_acceptance(accept_self or [], by), sections=tuple(reviewer or ()))
    sources = Sources(paths=tuple(returns or ()), passwords=passwords_in(password_file), jobs=jobs)
    order = CollectOrder(sources=sources, review=orders, previous=previous, restore=restore, report_only=report_only)
    if imap:
        receive_first(Workspace(out), campaign, shown.terminal)
    if deed := _deed(pack=pack, seal=seal, by=by, second=second, seed=lot):
        return deed(Workspace(out), campaign, order, shown.terminal, now=now)
    post = PostOrder(
        remind=remind, send=tuple(send or ()), units=tuple(unit or ()), smtp=smtp, dry_run=dry_run, again=again
    )
    return _one_round(Workspace(out), campaign, order, explain or (), shown, now=now, post=post)


class Deed(Protocol):
    """What is done with a round when it is collected; gives the exit status."""

    def __call__(
        self, space: Workspace, campaign: str | None, order: CollectOrder, terminal: Terminal, *, now: datetime
    ) -> int: ...


def _deed(*, pack: bool, seal: str | None, by: str, second: str, seed: int) -> Deed | None:
    """Give what is to be done with the round besides; None where it is only to be collected."""
    if seal is not None:
        return partial(seal_round, name=seal, by=by)
    if second:
        return partial(second_round, draw=(second, seed))
    return pack_round if pack else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """Where a result is told, and what else is made of it: PDFs, JSON, a ranking that is opened."""

    terminal: Terminal
    pdf: bool
    as_json: bool
    open_after: bool
    jobs: int

    def show(self, space: Workspace, result: Callable[[], object], lines: Iterable[str]) -> None:
        if self.pdf:
            print_results(space, self.terminal, self.jobs)
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
    _show(round_, space, explain, shown, (*lines, next_step(round_, space, report_only=order.report_only)))
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
    show(*(explanations(round_, space, explain) if explain else ()))


def _play(
    out: Path, campaign: str | None, terminal: Terminal, *, jobs: int, seed: int, now: datetime
) -> tuple[Workspace, Round]:
    """Play a round; gives its folder and the round."""
    # Only a rehearsal makes things up.
    from fazhi_xl.office.commands.rehearse_review import rehearse_whole  # noqa: PLC0415

    refuse_handed_over(Workspace(out))  # whose folder is to stay as it was handed over
    space = Workspace(out / REHEARSAL_FOLDER)
    round_ = rehearse_whole(open_campaign(campaign or offered.CAMPAIGN), space, terminal, jobs=jobs, seed=seed, now=now)
    if (
        campaign or offered.CAMPAIGN != DEFAULT
    ):  # so that the round played can be collected again, wherever its catalogue lies
        keep_copy(space, find_campaign(campaign or offered.CAMPAIGN, TEMPLATES))
    return space, round_


def _acceptance(units: list[str], by: str) -> Acceptance | None:
    return Acceptance(units=tuple(units), reviewer=by) if units else None


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives its exit status."""
    return run(lambda arguments: app(arguments, standalone_mode=False) or DONE, argv)
