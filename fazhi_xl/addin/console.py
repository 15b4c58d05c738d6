"""Generates the office's console on the machine where it is used, with the VBA project of the xlwings installed there."""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fazhi_xl.addin import layout
from fazhi_xl.addin.actions import ACTIONS
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Severity
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.console_entries import COLUMNS
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.open_files import is_open, opened_by
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read
from fazhi_xl.xlsx.writer.console import Console, ConsoleSetting, ConsoleTable, console_bytes
from fazhi_xl.xlsx.writer.form import validation

MACRO = "SampleCall"  # of xlwings' own VBA: imports the module named like the file, and calls its main()
ABSENT = f"没有装 xlwings,生成不了工作台。请运行 {Command.INSTALL_CONSOLE};不用工作台也行,两个命令能做全部的事。"
INTERPRETER = os.environ.get("FAZHI_INTERPRETER") or sys.executable
"""What starts Python for the button; the offline bundle names its own way, since Python alone does not find its libraries there."""
_PROJECT = Path(__file__).resolve().parents[2]
_NO = "False"
_SIGNS = str.maketrans("", "", "$'")  # of an absolute address
_DOCUMENT = ("quickstart_standalone.xlsm", "xl/vbaProject.bin")


def make_console(notice: Notice, campaign: str, space: Workspace, *, this_year: int) -> Path:
    """Write fazhi_xl.xlsm into the workspace; what the office had entered stays, but for paths of a round that was moved here.

    `this_year` is one to decide in. Raises WrongUseError.
    """
    refuse_handed_over(space)
    path = space.root / layout.FILE
    vba = vba_project()
    if is_open(path):
        raise WrongUseError(
            f"{path} 正打开着{opened_by(path)},没有重新生成。请先关闭工作台(程序异常退出过的,删去旁边的 ~$ 文件)。"
        )
    entered = {layout.CAMPAIGN: campaign, layout.OUT: str(space.root.resolve()), **_moved(entered_in(path), space)}
    space.make()
    space.write(path, console_bytes(_console(notice, entered, vba, this_year), notice.theme))
    return path


def _moved(entered: Mapping[str, str], space: Workspace) -> Mapping[str, str]:
    """Give the settings with the paths of this round's folder as it stands now, where it stood elsewhere when they were entered."""
    was, own = entered.get(layout.OUT, ""), str(space.root.resolve())
    if not was or not _was_here(Workspace(Path(was)), space):
        return entered
    return {name: _rebased(text, was, own) for name, text in entered.items()}


def _was_here(old: Workspace, space: Workspace) -> bool:
    """Say whether a round was moved or copied from another folder: there is none any more there, or the very same."""
    if not space.campaign_file.exists() or old.root.resolve() == space.root.resolve():
        return False
    keys = [each.key_file.read_bytes() if each.key_file.exists() else b"" for each in (old, space)]
    return not old.campaign_file.exists() or keys[0] == keys[1]


def _rebased(text: str, was: str, own: str) -> str:
    within = text == was or text.startswith((f"{was}/", f"{was}\\"))
    return own + text.removeprefix(was) if within else text


def vba_project() -> bytes:
    """Read the VBA project out of the installed xlwings, without importing it. Raises WrongUseError where it is absent."""
    spec = find_spec("xlwings")
    if spec is None or not spec.origin:
        raise WrongUseError(ABSENT)
    file, part = _DOCUMENT
    path = Path(spec.origin).with_name(file)
    with reading(path), zipfile.ZipFile(path) as package:
        return package.read(part)


def entered_in(path: Path) -> Mapping[str, str]:
    """Give what the office entered in the console that stands there; nothing of one that is absent or cannot be read."""
    if not path.exists():
        return {}
    try:
        book = read(path.read_bytes(), bounds=Bounds(rows=60, columns=16))
    except (RejectedError, OSError):
        return {}
    # Settings stand within the first few columns, which one letter names.
    texts = {f"{each.sheet}!{chr(64 + each.column)}{each.row}": each.text.strip() for each in book.cells}
    names = {name: book.names.get(layout.defined_name(name), "") for name in (layout.ACTION, *layout.SETTINGS)}
    held = {name: texts.get(place.translate(_SIGNS), "") for name, place in names.items()}
    return {name: text for name, text in held.items() if text}


def _console(notice: Notice, entered: Mapping[str, str], vba: bytes, this_year: int) -> Console:
    action = ConsoleSetting(
        label=layout.ACTION,
        name=layout.defined_name(layout.ACTION),
        value=entered.get(layout.ACTION, "刷新状态"),
        options=tuple(ACTIONS),
    )
    settings = (
        ConsoleSetting(
            label=name,
            name=layout.defined_name(name),
            value=entered.get(name, ""),
            hint=hint,
            options=_OPTIONS.get(name, ()),
        )
        for name, hint in layout.SETTINGS.items()
    )
    return Console(
        title=f"{notice.about.short_title} 办公室工作台",
        sheet=layout.SHEET,
        settings=(action, *settings),
        grids=tuple(_grid(notice, name, this_year) for name in (layout.STATUS, layout.FINDINGS, layout.QUEUE)),
        log=_grid(notice, layout.LOG, this_year),
        button="运行",
        macro=MACRO,
        conf_sheet=layout.CONF_SHEET,
        conf=configuration(),
        vba=vba,
        properties={layout.VERSION_PROPERTY: version("xlwings")},
    )


_OPTIONS = {layout.SENT: layout.SENDABLE}
_NOTES = {
    layout.STATUS: "收一次表就更新;“刷新状态”按上次的结果重列。",
    layout.QUEUE: "浅黄色的格里填核定分、原因、审核人、日期,选“写回核定”再按“运行”。有错的行留着,原因写在右边。",
}


def _grid(notice: Notice, name: str, this_year: int) -> ConsoleTable:
    area, queue = layout.AREAS[name], name == layout.QUEUE
    return ConsoleTable(
        title=name,
        name=layout.defined_name(name),
        columns=area.columns,
        room=area.room,
        note=_NOTES.get(name, ""),
        rules=_rules(notice, this_year) if queue else {},
        formats=_formats(notice) if queue else {},
        inks=_INKS,
    )


_INKS = {
    Status.NEEDS_CORRECTION.word: "error",
    "没有填写": "error",
    "未报": "warn",
    "已核定": "ok",
    Severity.FATAL.word: "error",
    Severity.ERROR.word: "error",
    Severity.CONFIRM.word: "warn",
}


def _formats(notice: Notice) -> Mapping[str, str]:
    points = "0.00" if notice.about.scoring.places == 2 else "0.00?"
    forms = (points, "General", "General", "@", "@", "yyyy-m-d")
    return {scores.TITLES[code]: form for code, form in zip(COLUMNS, forms, strict=True)}


def _rules(notice: Notice, this_year: int) -> Mapping[str, Mapping[str, object]]:
    """Give the queue's inputs the validations of the review book, the score's as wide as the highest full marks."""
    unit, sub = notice.units[0], max(notice.sub_points.values(), key=lambda each: each.points)
    case = Case(unit=unit, sub=sub, out=True)
    shape = review_shape(Dossier(notice=notice, cases=(case,), this_year=this_year))
    fields = {column: shape.fields[f"{case.code}.{column}"] for column in COLUMNS}
    return {scores.TITLES[column]: validation(shape, field) for column, field in fields.items()}


def configuration() -> Mapping[str, str]:
    """Give every key that xlwings' VBA asks for: one left out would be looked for in files that anybody may have written.

    A key that stands there blank is blank, but for those of which its VBA makes a truth value or a folder.
    """
    return {
        "INTERPRETER_WIN": INTERPRETER,
        "INTERPRETER_MAC": INTERPRETER,
        "INTERPRETER": INTERPRETER,
        "PYTHONPATH": str(_PROJECT),
        "ADD_WORKBOOK_TO_PYTHONPATH": _NO,
        "SHOW CONSOLE": _NO,
        "USE UDF SERVER": _NO,
        "DEBUG UDFS": _NO,
        "SHOW_ERROR_POPUPS": "True",
        "TEMP DIR": "%TEMP%",
        "UDF MODULES": "",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "LICENSE_KEY": "",
        "ONEDRIVE_CONSUMER_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "",
        "ONEDRIVE_COMMERCIAL_WIN": "",
        "ONEDRIVE_COMMERCIAL_MAC": "",
        "SHAREPOINT_WIN": "",
        "SHAREPOINT_MAC": "",
    }
