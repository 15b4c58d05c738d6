"""build_workbooks.py: issue the workbooks of a campaign."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fazhi_xl.cli.console import DONE, ChineseCommand, Terminal, run, show, show_json
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.build import Order, build
from fazhi_xl.office.campaign import DEFAULT, TEMPLATES, keep_copy, open_campaign
from fazhi_xl.office.jobs import default_jobs
from fazhi_xl.office.rescue import rescue
from fazhi_xl.office.workspace import Workspace

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command(cls=ChineseCommand, help="给每个单位生成一份锁定的任务分解表。")
def command(  # noqa: PLR0913 - one parameter per option
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="工作目录的名称或文件夹。")] = DEFAULT,
    out: Annotated[Path, typer.Option(metavar="DIR", help="输出文件夹。")] = Path("out"),
    unit: Annotated[list[str] | None, typer.Option(metavar="名称", help="只生成这个单位的表,可重复。")] = None,
    from_return: Annotated[
        Path | None, typer.Option("--from", metavar="RETURN", help="补发:把一份收回的表里读得出的内容填进新表。")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="DIR", help="上一轮的输出文件夹:把上期填报的数印在本期填报项旁边。")
    ] = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="同时使用的进程数。")] = default_jobs(),
    *,
    force: Annotated[bool, typer.Option("--force", help="覆盖已发放的表。")] = False,
    check: Annotated[bool, typer.Option("--check", help="只检查工作目录,列出疑点,不生成。")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示过程。")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出发放记录。")] = False,
) -> int:
    notice = open_campaign(campaign)
    if check:
        remarks = [remark.text for remark in lint(notice)]
        show_json(remarks) if as_json else show(*remarks)
        return DONE
    terminal, space = Terminal(quiet=quiet or as_json), Workspace(out)
    if from_return:
        return _rescue(notice, space, from_return, terminal, as_json=as_json)
    today = datetime.now(UTC).astimezone().date()
    order = Order(units=tuple(unit or ()), previous=previous, force=force, jobs=jobs)
    built = build(notice, space, order, terminal, today=today)
    keep_copy(space, find_campaign(campaign, TEMPLATES))
    if as_json:
        show_json(space.campaign())
    terminal.say(f"已生成{len(built.files)}份任务分解表:{space.issued}")
    if built.unknown:
        terminal.say(f"上期的这些单位不在本期名单里,没有带入:{'、'.join(built.unknown)}。")
    terminal.say(f"收到的文件放进 {space.returns},再运行 collect.py。请妥善保存 {space.key_file}。")
    return DONE


def _rescue(notice: Notice, space: Workspace, file: Path, terminal: Terminal, *, as_json: bool) -> int:
    done = rescue(notice, space, file, terminal)
    if as_json:
        show_json({"path": str(done.path), "kept": done.kept, "left": [each.message for each in done.left]})
    terminal.say(f"已补发:{done.path},保留{done.kept}处填报内容。")
    for each in done.left:
        terminal.say(f"  没有带过来:{each.message}")
    return DONE


def main(argv: list[str] | None = None) -> int:
    """Run the command; gives its exit status."""
    return run(lambda arguments: app(arguments, standalone_mode=False) or DONE, argv)
