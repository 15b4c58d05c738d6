"""What build_workbooks.py does to set up a round, a function for each option: each gives the exit status.

The functions import what they need when they are called: a plain build loads none of it.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_xl.cli import WRONG_USE
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, show, show_json
from fazhi_xl.setup.book.names import file_of
from fazhi_xl.text.commands import Command

if TYPE_CHECKING:
    from fazhi_xl.setup.book.check import Examined


def write_workbook(campaign: str, to: Path | None, terminal: Terminal, *, force: bool) -> int:
    """Write a catalogue's workbook, or update it in place."""
    from fazhi_xl.office.workspace.kept_file import left_as_it_was  # noqa: PLC0415
    from fazhi_xl.setup import workbooks  # noqa: PLC0415
    from fazhi_xl.setup.open_source import open_source  # noqa: PLC0415

    opened = open_source(campaign)
    path = to or Path(file_of(opened.name))
    original = workbooks.write_workbook(opened, path, force=force)
    terminal.say(f"已写好目录工作簿:{path}")
    if original:
        terminal.say(left_as_it_was(original))
    terminal.say(f"用 Excel 或 WPS 改;改完用 {Command.CHECK} 检查,用 {Command.FROM_CATALOGUE} 写回工作目录。")
    return DONE


def check_workbook(file: str, *, as_json: bool) -> int:
    """Check a catalogue's workbook; the faults stand in it, and the last line says whether it can be issued."""
    from fazhi_xl.setup import workbooks  # noqa: PLC0415

    return _said(workbooks.check_workbook(Path(file)), as_json=as_json)


def bring_back(file: Path, to: Path | None, *, force: bool, as_json: bool) -> int:
    """Write a workbook's catalogue back into its folder, where nothing is wrong with it."""
    from fazhi_xl.setup import workbooks  # noqa: PLC0415

    brought = workbooks.bring_back(file, to, force=force)
    status = _said(brought.examined, as_json=as_json)
    if brought.said and not as_json:
        show(brought.said, f"下一步:发放,运行 {Command.ISSUE} {brought.folder}。")
    return status


def import_notice(file: Path, to: Path | None, terminal: Terminal, *, force: bool, as_json: bool) -> int:
    """Make a draft of a catalogue out of a notice, as a workbook; what is doubtful stands in it."""
    from fazhi_xl.setup.draft.draft_book import import_notice as read_notice  # noqa: PLC0415
    from fazhi_xl.setup.draft.wording import summary  # noqa: PLC0415

    made = read_notice(file, to or Path(file_of("草稿")), force=force)
    status = DONE if made.draft.source.items else ATTENTION
    if as_json:
        show_json(
            {"path": str(made.path), "doubts": [asdict(each) for each in made.draft.marks], "left": made.draft.left}
        )
        return status
    terminal.say(f"已由“{file.name}”写好目录草稿:{made.path}")
    terminal.say(summary(made.draft))
    terminal.say(
        f"逐条核对“疑点”表,给每条计分规则选种类;改完用 {Command.CHECK} 检查,没有错的用 {Command.FROM_CATALOGUE} 写成工作目录。"
    )
    return status


def _said(examined: Examined, *, as_json: bool) -> int:
    if as_json:
        show_json([{**asdict(each), "weight": each.weight.value} for each in examined.remarks])
    else:
        from fazhi_xl.setup.book.together import together  # noqa: PLC0415 - as above

        show(*(each.told for each in together(examined.remarks)), examined.said)
    return WRONG_USE if examined.wrong else DONE


def new_year(named: tuple[str, str, str], terminal: Terminal, *, as_json: bool) -> int:
    """Move a catalogue to another year: the old one, the folder or workbook that is made, the year."""
    from fazhi_xl.setup.new_year.carry_out import carry_out  # noqa: PLC0415

    old, new, year = named
    done = carry_out(old, Path(new), year)
    if as_json:
        show_json(done.record())
    else:
        show(*done.lines())
    terminal.say(done.summary)
    terminal.say(f"逐处改好以后,再用 {Command.CHECK} 检查 {new}。")
    return DONE


def compare_catalogues(named: tuple[str, str], out: Path, terminal: Terminal, *, as_json: bool) -> int:
    """Carry out --diff: write what differs between two catalogues, and say it in a few sentences."""
    from fazhi_xl.setup.compare.diff import diff  # noqa: PLC0415 - as above
    from fazhi_xl.setup.compare.diff_json import diff_json  # noqa: PLC0415
    from fazhi_xl.setup.compare.summary import brief  # noqa: PLC0415

    told, path = diff(*named, out, terminal)
    if as_json:
        show_json(diff_json(told, path))
    for line in brief(told):
        terminal.say(line)
    terminal.say(f"差异表:{path}。请打开它,逐处核对。")
    return DONE
