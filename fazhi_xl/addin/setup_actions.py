"""The console's actions that set up a round: the catalogue as a workbook, checked and brought back, next year's, and a draft.

Like the command line's, they import what they need when they are called: the other actions load none of it. They work on one
workbook, which is saved and closed while it is written, and opened again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fazhi_xl.addin import layout
from fazhi_xl.addin.desk import Desk
from fazhi_xl.errors import WouldLoseError, WrongUseError
from fazhi_xl.office.workspace.open_files import is_open, opened_by
from fazhi_xl.office.workspace.processes import default_jobs
from fazhi_xl.setup.book.names import file_of

if TYPE_CHECKING:
    from fazhi_xl.addin.host import Row
    from fazhi_xl.setup.book.check import Examined
    from fazhi_xl.setup.new_year.carry_out import MovedCatalogue

T = TypeVar("T")
_KEPT = "没有写,原来的都没有动。"
_IN_THE_BOOK = "其余的列在目录工作簿里。"


def move_on(desk: Desk) -> str:
    """Write next year's catalogue as a workbook; what still names the old year, and what is to be decided anew, is listed."""
    from fazhi_xl.setup.new_year.carry_out import carry_out, following  # noqa: PLC0415

    path, old = _new_book(desk), _last_year(desk)
    done = carry_out(old, path, following(old))
    desk.show(layout.FINDINGS, _left(done), more=_IN_THE_BOOK)
    _open(desk, path)
    return f"{done.summary}{'、'.join(done.counts.values())},列在“{layout.FINDINGS}”和工作簿的“新年度”表里。"


def _left(done: MovedCatalogue) -> Iterator[Row]:
    from fazhi_xl.setup.new_year.moved_book import place_in  # noqa: PLC0415
    from fazhi_xl.setup.new_year.remark import Kind  # noqa: PLC0415

    words = {Kind.TEXT: "文字", Kind.NOTE: "备注", Kind.DECISION: "重新定"}
    if book := done.book:
        yield from ([words[each.kind], *place_in(book, each), None, each.told] for each in done.moved.remarks)


def draft(desk: Desk) -> str:
    """Make a draft of a catalogue out of a notice, as a workbook."""
    from fazhi_xl.setup.draft.draft_book import import_notice  # noqa: PLC0415
    from fazhi_xl.setup.draft.wording import summary  # noqa: PLC0415

    path, file = _new_book(desk), desk.path(layout.CHECKED)
    if file is None:
        raise WrongUseError(f"“{layout.CHECKED}”空着。请写通知的完整路径,例如 D:\\年度考核\\通知.docx。")
    _free(desk, path)
    made = _agreed(desk, lambda force: import_notice(file, path, force=force))
    _open(desk, path)
    return f"{summary(made.draft)}疑点列在工作簿的“疑点”表里。" if made else _KEPT


def write_book(desk: Desk) -> str:
    """Write the catalogue's workbook, or update it in place."""
    from fazhi_xl.office.workspace.kept_file import left_as_it_was  # noqa: PLC0415
    from fazhi_xl.setup import workbooks  # noqa: PLC0415
    from fazhi_xl.setup.open_source import open_source  # noqa: PLC0415

    opened, path = open_source(desk.campaign), _book(desk)

    def write(force: bool) -> str:  # noqa: FBT001 - as `_agreed` calls it
        original = workbooks.write_workbook(opened, path, force=force)
        more = f"\n{left_as_it_was(original)}" if original else ""
        return f"已写好目录工作簿:{path}{more}"

    _free(desk, path)
    written = _agreed(desk, write)
    _open(desk, path)
    return written or _KEPT


def check_book(desk: Desk) -> str:
    """Check the workbook; what is wrong or odd stands in it, and is listed."""
    from fazhi_xl.setup import workbooks  # noqa: PLC0415

    path = _held_book(desk)
    examined = workbooks.check_workbook(path)
    _show(desk, examined)
    _open(desk, path)
    return examined.said


def bring_back(desk: Desk) -> str:
    """Write the workbook's catalogue into the campaign's folder, where nothing is wrong with it."""
    from fazhi_xl.setup import workbooks  # noqa: PLC0415

    folder = _own_folder(desk)
    path = _held_book(desk)
    brought = _agreed(desk, lambda force: workbooks.bring_back(path, folder, force=force))
    if brought:
        _show(desk, brought.examined)
    _open(desk, path)
    return f"{brought.examined.said}{brought.said}" if brought else _KEPT


def compare(desk: Desk) -> str:
    """Write what differs from last year's catalogue."""
    from fazhi_xl.setup.compare.book import FILE  # noqa: PLC0415
    from fazhi_xl.setup.compare.diff import diff  # noqa: PLC0415
    from fazhi_xl.setup.compare.summary import doubts, opening  # noqa: PLC0415

    path = desk.space.root / FILE
    _free(desk, path, save=False)
    told, path = diff(_last_year(desk), _newest(desk), path, desk, jobs=default_jobs())
    _open(desk, path)
    return "\n".join((*doubts(told), opening(told), f"差异表:{path}"))


# Where things are -------------------------------------------------------------------------------------------------------


def _book(desk: Desk) -> Path:
    return desk.path(layout.BOOK) or desk.space.root / file_of(Path(desk.campaign).name)


def _held_book(desk: Desk) -> Path:
    """Give the workbook, closed. Raises WrongUseError where it is not there or stays open."""
    path = _book(desk)
    if not path.is_file():
        raise WrongUseError(f"没有 {path}。请先“写目录工作簿”,或者在“{layout.BOOK}”里写明它在哪里。")
    _free(desk, path)
    return path


def _new_book(desk: Desk) -> Path:
    """Give the workbook of a catalogue that is not there yet: the setting has to say where it is to be."""
    _own_folder(desk)
    return _book(desk)


def _own_folder(desk: Desk) -> Path:
    """Give the catalogue's folder. Raises WrongUseError where the setting only names one of the program's own."""
    folder = desk.path(layout.CAMPAIGN)
    if folder is None:
        raise WrongUseError(f"“{layout.CAMPAIGN}”空着。请写新的工作目录的完整路径,没有的会新建。")
    return folder


def _last_year(desk: Desk) -> str:
    """Name last year's round or catalogue; one of the program's own by its name alone."""
    named = desk.host.setting(layout.PREVIOUS)
    if not named:
        raise WrongUseError(f"“{layout.PREVIOUS}”空着。请写上一轮的输出文件夹,或者上年的工作目录。")
    return named.strip('"“”')


def _newest(desk: Desk) -> str:
    """Name this year's catalogue: its folder, and before it has been brought back its workbook."""
    folder, book = Path(desk.campaign), _book(desk)
    return str(book) if folder.is_absolute() and not folder.is_dir() and book.is_file() else desk.campaign


# What is open, and what is agreed to -----------------------------------------------------------------------------------------------


def _free(desk: Desk, path: Path, *, save: bool = True) -> None:
    """Have a workbook closed, saved where people work in it. Raises WrongUseError where it stays open."""
    if not desk.host.release_book(path, save=save) or is_open(path):
        raise WrongUseError(f"{path} 正打开着{opened_by(path)},没有写。请存盘、关闭后再来。")


def _agreed(desk: Desk, write: Callable[[bool], T]) -> T | None:
    """Write, after asking where changes would be lost; None where they are to stay."""
    try:
        return write(False)  # noqa: FBT003 - what is written has it by name
    except WouldLoseError as error:
        if not desk.host.ask(f"{error.lost}确实要盖掉吗?"):
            return None
    return write(True)  # noqa: FBT003 - as above


def _open(desk: Desk, path: Path) -> None:
    desk.host.open_book(path)


def _show(desk: Desk, examined: Examined) -> None:
    desk.show(
        layout.FINDINGS,
        ([each.weight.value, each.sheet, each.cell, None, _said(each.what, each.mend)] for each in examined.remarks),
        more=_IN_THE_BOOK,
    )


def _said(what: str, mend: str) -> str:
    return f"{what}。{mend}" if mend else what
