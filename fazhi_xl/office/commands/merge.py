"""Putting together forms of one unit that several people filled in apart: one form, with what they contradict each other in left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from fazhi_xl.answers.halves import Entry, Together, put_together
from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import HIDDEN
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.outputs.refill import left_out, readable, refilled
from fazhi_xl.office.returns.stages import older_edition
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import CellMark, Corrections
from fazhi_xl.reports.media.workbook import Cell, Column, Link, Meta, ReportSheet, Sentence, Table
from fazhi_xl.rounds.replies import FRONT_SHEET
from fazhi_xl.text.commands import Command

FOLDER = "合并"
_COLUMNS = (
    Column(title="序号", width=7, style="whole"),
    Column(title="工作表", width=14),
    Column(title="所在编号(点击前往)", width=22),
    Column(title="单元格", width=9, style="centre"),
    Column(title="各份填的", width=80),
    Column(title="怎样改", width=30),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A form that somebody filled in: the file's name, and what was read of it."""

    name: str
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that the people who filled in have to settle: the input, what each file says, and what to do."""

    field: str
    said: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The new file, how many values it holds, and what has to be settled; `moved_from` is the file whose name was taken."""

    path: Path
    kept: int
    asked: tuple[Asked, ...]
    moved_from: Path | None = None


def merge(notice: Notice, space: Workspace, files: Sequence[Path], progress: Progress) -> Merged:
    """Write one form of what the files hold. Raises WrongUseError where they are not one unit's forms as it has them now."""
    read = [_half(notice, space, file, progress) for file in dict.fromkeys(files)]
    form, halves = _of_one_unit(read)
    together = put_together(form.shape, [readable(each.answers) for each in halves])
    asked = tuple(_asked(form, halves, together))
    values = {key: value for key, value in together.values.items() if key not in {each.field for each in asked}}
    data = refilled(notice, form, values, _corrections(notice, form, halves, asked) if asked else None)
    with locked(space):
        path, wanted = _free(space.root / FOLDER / file_name(notice, form.unit), data)
        space.make(path.parent)
        space.write(path, data)
    return Merged(path=path, kept=len(values), asked=asked, moved_from=None if path == wanted else wanted)


def _half(notice: Notice, space: Workspace, file: Path, progress: Progress) -> tuple[Form, Half]:
    """Read a file. Raises WrongUseError."""
    examined = examine(notice, space, file, progress)
    result = examined.result
    if result.answers is None or result.unit is None:
        raise WrongUseError(f"{file}:{result.findings[0].message}")
    if older_edition(result.findings):
        raise WrongUseError(f"{file}:不是现行这一版的表,不能合并。请先用 {Command.REISSUE} 补发成现行的表,再合并。")
    return examined.forms[result.unit], Half(name=file.name, answers=result.answers)


def _of_one_unit(read: Sequence[tuple[Form, Half]]) -> tuple[Form, list[Half]]:
    """Give the form, and the files in an order that is theirs. Raises WrongUseError where they are of several units, or one file alone."""
    if len(read) < 2:
        raise WrongUseError(f"{Command.MERGE} 后面要写两份不同的文件,写的是同一份。")
    units = {half.name: form.unit for form, half in read}
    if len({form.unit for form, _ in read}) > 1:
        named = "、".join(f"{name}是{unit}的" for name, unit in sorted(units.items()))
        raise WrongUseError(f"不是同一个单位的表,不能合并:{named}。请核对文件。")
    halves = sorted((half for _, half in read), key=lambda half: (half.name, _content(half.answers)))
    return read[0][0], halves


def _content(answers: Answers) -> list[tuple[str, str]]:
    return [(key, value_text(value) or "") for key, value in answers.values.items()]


def _free(wanted: Path, data: bytes) -> tuple[Path, Path]:
    """Give where the file can stand without replacing another one, and where it should."""
    for no in count(1):
        path = wanted if no == 1 else wanted.with_stem(f"{wanted.stem}({no})")
        if not path.exists() or path.read_bytes() == data:
            return path, wanted
    raise AssertionError(wanted)


# What has to be settled ----------------------------------------------------------------------------------------------


def _asked(form: Form, halves: Sequence[Half], together: Together) -> Iterator[Asked]:
    for key in together.conflicts:
        yield Asked(field=key, said=_said(form, halves, key), todo="各份不同,没有填入。请核对后填上对的。")
    unread = {key for half in halves for key in left_out(half.answers)} - together.values.keys() - {*together.conflicts}
    for key in (key for key in form.shape.fields if key in unread):
        yield Asked(field=key, said=_said(form, halves, key), todo="读不出来,没有填入。请照提示重填。")
    for row, entry in together.left:
        first = next(key for key, field in form.shape.fields.items() if field.row == row)
        yield Asked(field=first, said=_entry(entry), todo="这张表的空行不够,这一条没有填入。请核对哪些要留。")


def _said(form: Form, halves: Sequence[Half], key: str) -> str:
    """Give what each file holds in an input; of a private one only where."""
    private = form.shape.fields[key].private
    told = (
        f"{half.name}({found.sheet} {found.cell}):{HIDDEN if private else found.text}"
        for half in halves
        if (found := half.answers.cells.get(key)) and found.text
    )
    return ";".join(told)


def _entry(entry: Entry) -> str:
    return "、".join(f"{column}:{value_text(value)}" for column, value in entry)


def _corrections(notice: Notice, form: Form, halves: Sequence[Half], asked: Sequence[Asked]) -> Corrections:
    texts: dict[str, list[str]] = {}
    for each in asked:
        texts.setdefault(each.field, []).append(f"{each.todo}{each.said}")
    return Corrections(
        front=_front(notice, form, halves, asked),
        footer=f"表号:{form.number}",
        marks=tuple(CellMark(field=key, text="\n".join(said), left_out=True) for key, said in texts.items()),
        author=notice.about.office,
    )


def _front(notice: Notice, form: Form, halves: Sequence[Half], asked: Sequence[Asked]) -> ReportSheet:
    told = (
        f"由{'、'.join(half.name for half in halves)}合并。只有一份填了的、各份相同的,已经填在后面的表里。",
        "下列各处请填表的人商量后填好,有斜纹和虚线框的单元格就是;填好后记号自动消失,本页不用删。",
    )
    table = Table(title=f"各份不一致({len(asked)}处)", columns=_COLUMNS, rows=tuple(_rows(form, asked)))
    return ReportSheet(
        name=FRONT_SHEET,
        title=f"{notice.about.short_title} {FRONT_SHEET}",
        meta=Meta(f"单位:{notice.units_by_short[form.unit].name}    表号:{form.number}", ""),
        blocks=(*(Sentence(text, "said") for text in told), table),
        tab="error",
    )


def _rows(form: Form, asked: Sequence[Asked]) -> Iterator[tuple[Cell, ...]]:
    for no, each in enumerate(asked, 1):
        place = form.shape.places[each.field]
        link = Link(text=each.field, sheet=place.sheet, cell=place.cell)
        yield no, place.sheet, link, place.cell, each.said, each.todo
