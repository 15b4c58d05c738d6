"""build_workbooks.py: issue the workbooks of a campaign."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, ClassVar

import typer
from typer._click.core import ParameterSource

from fazhi_xl.cli import WRONG_USE, offered, setup
from fazhi_xl.cli.chinese import (
    ADDRESS,
    CAMPAIGN,
    FILE,
    FILE_OR_FOLDER,
    FOLDER,
    NEW_YEAR,
    NUMBER,
    PAIR,
    RETURN,
    TWO_RETURNS,
    ChineseCommand,
    Mode,
    Version,
    new_app,
)
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, agreed, run, show, show_json
from fazhi_xl.cli.mail import AGAIN_HELP, DRY_RUN_HELP, SMTP_HELP, PostOrder, send_issued
from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, issue
from fazhi_xl.office.commands.issue_summary import issue_summary
from fazhi_xl.office.history.earlier_answers import Earlier
from fazhi_xl.office.outputs.previous_matches import matches_json
from fazhi_xl.office.workspace.catalogue import (
    TEMPLATES,
    issued_campaign,
    issued_catalogue,
    keep_copy,
    name_of,
    open_campaign,
    shadowing,
)
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.setup.book.names import is_book
from fazhi_xl.text.commands import Command

app = new_app()
_PROCESSES = default_jobs()


class Matches(StrEnum):
    """What is done with sub-points of an earlier round that only read alike."""

    ASK = "ask"
    ACCEPT = "accept"
    REFUSE = "refuse"


_ISSUE, _PREVIOUS, _MANY, _MAIL, _SETUP, _OTHER, _SHOW = (
    "生成", "上一轮", "许多地区", "发给单位", "准备工作目录", "另外的用法", "输出",
)  # fmt: skip
_HOW = frozenset({"CAMPAIGN", "--out", "--quiet", "--json"})  # goes with nearly everything
_Campaign = Annotated[str, typer.Argument(metavar=CAMPAIGN, help="工作目录的名称或文件夹。")]
_Out = Annotated[Path, typer.Option(metavar=FOLDER, rich_help_panel=_ISSUE, help="这一轮的文件夹。")]
_Units = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="名称", rich_help_panel=_ISSUE, help="只生成这个单位的表;可写几次。"),
]
_Force = Annotated[
    bool, typer.Option("--force", rich_help_panel=_ISSUE, help="覆盖已经生成的表;已经发出去的表仍然可以收。")
]
_Drop = Annotated[
    bool,
    typer.Option(
        "--confirm",
        rich_help_panel=_ISSUE,
        help=f"和 {Command.FORCE} 一起用:收回的表里已经填了的填报项,新目录里没有的,确认去掉。",
    ),
]
_Jobs = Annotated[int, typer.Option(metavar=NUMBER, min=1, rich_help_panel=_ISSUE, help="同时使用的进程数。")]
_Districts = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        rich_help_panel=_MANY,
        help="给名单上的每个地区各发一轮,在 DIR/地区名称 里;名单是文本、CSV 或电子表格,一行一个地区,第二列可写它自己的工作目录。",
    ),
]
_Scheduler = Annotated[
    str,
    typer.Option(metavar=ADDRESS, rich_help_panel=_MANY, help="由集群来做:Dask 调度程序的地址,和 --districts 一起用。"),
]
_Previous = Annotated[
    Path | None,
    typer.Option(
        metavar=FOLDER, rich_help_panel=_PREVIOUS, help="上一轮的输出文件夹:把上期填报的数印在本期填报项旁边。"
    ),
]
_Matches = Annotated[
    Matches,
    typer.Option(
        Command.MATCHES.value,
        metavar="|".join(Matches),
        rich_help_panel=_PREVIOUS,
        help="上期得分点只是文字相同的:ask 询问,accept 带入,refuse 不带入。",
    ),
]
_MailTo = Annotated[
    Path | None,
    typer.Option(
        "--mail",
        metavar=FILE,
        readable=False,
        rich_help_panel=_MAIL,
        help="把发放的表按联系人工作簿写成邮件草稿,一个单位一封;还没有这个工作簿的,先生成一本来填。",
    ),
]
_Smtp = Annotated[bool, typer.Option("--smtp", rich_help_panel=_MAIL, help=SMTP_HELP)]
_DryRun = Annotated[bool, typer.Option("--dry-run", rich_help_panel=_MAIL, help=DRY_RUN_HELP)]
_Again = Annotated[bool, typer.Option("--again", rich_help_panel=_MAIL, help=AGAIN_HELP)]
_From = Annotated[
    Path | None,
    typer.Option("--from", metavar=RETURN, rich_help_panel=_OTHER, help="补发:把一份收回的表里读得出的内容填进新表。"),
]
_Merge = Annotated[
    tuple[Path, Path] | None,
    typer.Option(
        "--merge",
        metavar=TWO_RETURNS,
        rich_help_panel=_OTHER,
        help="合并:两个人各填一半的同一份表合成一份,不一致的列出来、空着。",
    ),
]
_More = Annotated[
    list[Path] | None,
    typer.Option("--more", metavar=RETURN, rich_help_panel=_OTHER, help="和 --merge 一起用:再加一份;可写几次。"),
]
_Check = Annotated[
    bool,
    typer.Option(
        "--check", rich_help_panel=_SETUP, help="只检查工作目录,列出疑点,不生成;写的是目录工作簿的,把结果写在它里面。"
    ),
]
_Catalogue = Annotated[
    bool,
    typer.Option(
        "--catalogue",
        rich_help_panel=_SETUP,
        help="把工作目录写成目录工作簿,在 Excel 里改;已经有的就地更新。",
    ),
]
_FromCatalogue = Annotated[
    Path | None,
    typer.Option(
        "--from-catalogue",
        metavar=FILE,
        readable=False,
        rich_help_panel=_SETUP,
        help="检查目录工作簿,没有错就写回工作目录。",
    ),
]
_Import = Annotated[
    Path | None,
    typer.Option(
        "--import",
        metavar=FILE,
        readable=False,
        rich_help_panel=_SETUP,
        help="读通知(文档、表格、有文字的 PDF),写成目录工作簿的草稿。",
    ),
]
_To = Annotated[
    Path | None,
    typer.Option("--to", metavar=FILE_OR_FOLDER, readable=False, rich_help_panel=_SETUP, help="写到哪个文件或文件夹。"),
]
_Diff = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--diff",
        metavar=PAIR,
        rich_help_panel=_SETUP,
        help="比较两个目录,写出差异表:各写名称、文件夹、目录工作簿或一轮的输出文件夹,先旧后新;--out 指明放它的文件夹,或文件名。",
    ),
]
_Console = Annotated[
    bool,
    typer.Option("--console", rich_help_panel=_OTHER, help="生成办公室工作台 fazhi_xl.xlsm(要有 Excel 和 xlwings)。"),
]
_Doctor = Annotated[
    bool,
    typer.Option(
        "--doctor", rich_help_panel=_OTHER, help=f"和 {Command.CONSOLE} 一起用:只检查工作台在这台电脑上能不能用。"
    ),
]
_NewYear = Annotated[
    tuple[str, str, str] | None,
    typer.Option(
        "--new-year",
        metavar=NEW_YEAR,
        rich_help_panel=_SETUP,
        help="把去年的工作目录推到新的年度,写进新的文件夹:日期、年度、表号开头改好,文字不改,列出还写着去年的每一处和要重新定的事。",
    ),
]
_Quiet = Annotated[bool, typer.Option("--quiet", rich_help_panel=_SHOW, help="不显示过程。")]
_Json = Annotated[bool, typer.Option("--json", rich_help_panel=_SHOW, help="以 JSON 输出发放记录。")]


class BuildCommand(ChineseCommand):
    """What goes together in build_workbooks.py."""

    modes = (
        Mode(option="--check", does="只检查工作目录", takes=frozenset({"CAMPAIGN", "--quiet", "--json"})),
        Mode(
            option="--catalogue",
            does="只写目录工作簿",
            takes=frozenset({"CAMPAIGN", "--to", "--force", "--quiet"}),
        ),
        Mode(
            option="--from-catalogue", does="只写回工作目录", takes=frozenset({"--to", "--force", "--quiet", "--json"})
        ),
        Mode(option="--import", does="只写目录草稿", takes=frozenset({"--to", "--force", "--quiet", "--json"})),
        Mode(option="--diff", does="只比较两个目录", takes=_HOW - {"CAMPAIGN"}),
        Mode(option="--console", does="只生成工作台", takes=_HOW - {"--json"} | {"--doctor"}),
        Mode(option="--from", does="只补发一份表", takes=_HOW),
        Mode(option="--merge", does="只合并几份表", takes=_HOW | {"--more"}),
        Mode(
            option="--mail",
            does="只发已经发放的表",
            takes=_HOW | {"--unit", "--smtp", "--dry-run", "--again"},
        ),
        Mode(option="--new-year", does="只做新年度的工作目录", takes=frozenset({"--quiet", "--json"})),
        Mode(
            option="--districts",
            does="按名单给各地区生成整套的表",
            takes=_HOW | {"--force", "--confirm", "--jobs", "--scheduler"},
        ),
    )
    needs: ClassVar = {
        "--previous-matches": "--previous",
        "--confirm": "--force",
        "--more": "--merge",
        "--doctor": "--console",
        "--scheduler": "--districts",
        "--smtp": "--mail",
        "--dry-run": "--mail",
        "--again": "--mail",
        "--to": "--catalogue 或 --from-catalogue 或 --import",
    }


@app.command(cls=BuildCommand, help="给每个单位生成一份锁定的任务分解表。")
def command(  # noqa: PLR0913 - one parameter per option
    ctx: typer.Context,
    campaign: _Campaign = offered.CAMPAIGN,
    out: _Out = offered.OUT,
    unit: _Units = None,
    *,
    force: _Force = False,
    drop: _Drop = False,
    jobs: _Jobs = _PROCESSES,
    previous: _Previous = None,
    matches: _Matches = Matches.ASK,
    districts: _Districts = None,
    scheduler: _Scheduler = "",
    mail: _MailTo = None,
    smtp: _Smtp = False,
    dry_run: _DryRun = False,
    again: _Again = False,
    notice_file: _Import = None,
    new_year: _NewYear = None,
    catalogue: _Catalogue = False,
    check: _Check = False,
    from_catalogue: _FromCatalogue = None,
    to: _To = None,
    diff: _Diff = None,
    from_return: _From = None,
    merge: _Merge = None,
    more: _More = None,
    console: _Console = False,
    diagnose: _Doctor = False,
    quiet: _Quiet = False,
    as_json: _Json = False,
    version: Version = False,  # noqa: ARG001 - is told while the options are read
) -> int:
    terminal, space = Terminal(quiet=quiet or as_json), Workspace(out)
    named = campaign if ctx.get_parameter_source("campaign") is ParameterSource.COMMANDLINE else None
    if mail:
        post, now = PostOrder(smtp=smtp, dry_run=dry_run, again=again), datetime.now(UTC).astimezone()
        return send_issued(mail, named, space, unit or (), post, terminal, as_json=as_json, now=now)
    _say_which(diff or (new_year or ())[:1] or (() if notice_file or from_catalogue else (campaign,)), terminal)
    others: tuple[tuple[object, Callable[[], int]], ...] = (
        (console, lambda: _console(campaign, space, named=named, diagnose=diagnose, quiet=quiet)),
        (catalogue, lambda: setup.write_workbook(campaign, to, terminal, force=force)),
        (from_catalogue, lambda: setup.bring_back(from_catalogue or Path(), to, force=force, as_json=as_json)),
        (new_year, lambda: setup.new_year(new_year or ("", "", ""), terminal, as_json=as_json)),
        (notice_file, lambda: setup.import_notice(notice_file or Path(), to, terminal, force=force, as_json=as_json)),
        (diff, lambda: setup.compare_catalogues(diff or ("", ""), out, terminal, as_json=as_json)),
        (check, lambda: _check(campaign, terminal, as_json=as_json)),
    )
    for asked, other in others:
        if asked:
            return other()
    confirm = partial(_confirm, matches, terminal, asking=not (quiet or as_json))
    order = IssueOrder(
        units=tuple(unit or ()), previous=previous, confirm=confirm, force=force, drop_answers=drop, jobs=jobs
    )
    if districts:
        return _issue_listed(districts, out, order, terminal, campaign=campaign, scheduler=scheduler, as_json=as_json)
    if merge:
        return _merge(issued_campaign(space, named), space, (*merge, *(more or ())), terminal, as_json=as_json)
    if from_return:
        return _rescue(issued_campaign(space, named), space, from_return, terminal, as_json=as_json)
    return _issue(campaign, space, order, terminal, as_json=as_json)


def _issue(campaign: str, space: Workspace, order: IssueOrder, terminal: Terminal, *, as_json: bool) -> int:
    """Issue a round, keep its catalogue, and say what comes next."""
    built = issue(open_campaign(campaign), space, order, terminal, today=datetime.now(UTC).astimezone().date())
    keep_copy(space, find_campaign(campaign, TEMPLATES))
    _tell(built, space, terminal, as_json=as_json)
    return DONE


def _issue_listed(  # noqa: PLR0913 - what goes with a list of districts
    districts: Path,
    out: Path,
    order: IssueOrder,
    terminal: Terminal,
    *,
    campaign: str,
    scheduler: str,
    as_json: bool,
) -> int:
    from fazhi_xl.cli.issue_listed import issue_listed  # noqa: PLC0415 - one round needs none of it

    return issue_listed(
        districts,
        out,
        terminal,
        campaign=campaign,
        force=order.force,
        drop_answers=order.drop_answers,
        jobs=order.jobs,
        scheduler=scheduler,
        as_json=as_json,
    )


def _say_which(named: Iterable[str], terminal: Terminal) -> None:
    """Say which catalogue is read where a folder here is called as one of the program's own."""
    for said in dict.fromkeys(filter(None, map(shadowing, named))):
        terminal.say(said)


def _tell(built: IssuedFiles, space: Workspace, terminal: Terminal, *, as_json: bool) -> None:
    """Say what was issued, and what comes next."""
    if as_json:
        more = {"previous": matches_json(built.earlier)} if built.earlier else {}
        show_json({**(space.campaign() or {}), **more})
    for line in issue_summary(built, space):
        terminal.say(line)
    if built.files:
        terminal.say(f"收到的文件放进 {space.returns},再运行 {Command.COLLECT}。请妥善保存 {space.key_file}。")
    else:
        terminal.say(f"直接运行 {Command.COLLECT},在审核表里登记。")


def _confirm(matches: Matches, terminal: Terminal, earlier: Earlier, *, asking: bool) -> bool:
    """Ask at a terminal; where nobody can be asked, what only reads alike is left out."""
    if matches is not Matches.ASK:
        return matches is Matches.ACCEPT
    if not (asking and sys.stdin and sys.stdin.isatty()):
        return False
    terminal.say(f"上期有{len(earlier.to_confirm)}个得分点和本期的只是文字相同或相近,编号不同,也没有相同的标识:")
    for each in earlier.to_confirm:
        terminal.say(f"  {each.text}")
    return agreed("这些是不是同一得分点,把上期的数带入?")


def _check(campaign: str, terminal: Terminal, *, as_json: bool) -> int:
    """Say what is odd about a catalogue, each at its place; with --json as a list, also what is wrong."""
    from fazhi_xl.office.commands.check import check as check_catalogue  # noqa: PLC0415 - issuing needs no review form

    if is_book(Path(campaign)):
        return setup.check_workbook(campaign, as_json=as_json)
    try:
        remarks = check_catalogue(open_campaign(campaign))
    except BrokenCatalogueError as broken:
        if not as_json:
            raise
        show_json([asdict(problem) for problem in broken.problems])
        return WRONG_USE
    if as_json:
        show_json([asdict(remark) for remark in remarks])
    else:
        show(*(remark.told for remark in remarks))
    odd = f",上面{len(remarks)}处疑点请看一遍" if remarks else ""
    terminal.say(f"没有错误,可以发放{odd}。下一步:发放({Command.ISSUE})。")
    return DONE


def _console(campaign: str, space: Workspace, *, named: str | None, diagnose: bool, quiet: bool) -> int:
    # Only the console needs what collects.
    from fazhi_xl.addin.console import make_console  # noqa: PLC0415
    from fazhi_xl.addin.doctor import doctor, this_machine  # noqa: PLC0415

    if diagnose:
        remarks = doctor(space, this_machine())
        show(*map(str, remarks))
        return ATTENTION if any(each.right is False for each in remarks) else DONE
    if named is None and space.campaign_file.exists():
        campaign = name_of(issued_catalogue(space))
    path = make_console(open_campaign(campaign), campaign, space, this_year=datetime.now(UTC).astimezone().year)
    terminal = Terminal(quiet=quiet)
    terminal.say(f"已生成办公室工作台:{path}")
    terminal.say(f"用 Excel 打开,点“启用内容”,选动作,按“运行”。打不开或按了没有反应,加 {Command.DOCTOR} 再运行一次。")
    return DONE


def _rescue(notice: Notice, space: Workspace, file: Path, terminal: Terminal, *, as_json: bool) -> int:
    from fazhi_xl.office.commands.reissue import reissue  # noqa: PLC0415 - loads what reads returns

    fresh = reissue(notice, space, file, terminal)
    if as_json:
        left = [each.message for each in fresh.left]
        show_json({"path": str(fresh.path), "kept": fresh.kept, "replies": fresh.replies, "left": left})
    replies = f"、{fresh.replies}处答复" if fresh.replies else ""
    terminal.say(f"已补发:{fresh.path},保留{fresh.kept}处填报内容{replies}。")
    for each in fresh.left:
        terminal.say(f"  没有带过来:{each.message}")
    terminal.say("下一步:把它发给单位,补填以后发回,照常收表。")
    return DONE


def _merge(notice: Notice, space: Workspace, files: tuple[Path, ...], terminal: Terminal, *, as_json: bool) -> int:
    from fazhi_xl.office.commands.merge import merge  # noqa: PLC0415 - loads what reads returns

    made = merge(notice, space, files, terminal)
    if as_json:
        asked = [asdict(each) for each in made.asked]
        show_json({"path": str(made.path), "kept": made.kept, "replies": made.replies, "asked": asked})
    if made.moved_from:
        terminal.say(f"{made.moved_from} 已经有内容不同的一份,没有动它。")
    replies = f",答复{made.replies}处" if made.replies else ""
    terminal.say(f"已合并:{made.path},填入{made.kept}处{replies}。")
    for each in made.asked:
        terminal.say(f"  {each.field or each.sheet}:{each.todo}{each.said}")
    apart = f"请单位商量后填好标出来的{len(made.asked)}处" if made.asked else "请单位核对"
    terminal.say(f"下一步:把它发给单位,{apart}再发回,放进 {space.returns} 收表。")
    return ATTENTION if made.asked else DONE


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives its exit status."""
    return run(lambda arguments: app(arguments, standalone_mode=False) or DONE, argv)
