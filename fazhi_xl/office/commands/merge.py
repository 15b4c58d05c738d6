"""Putting together forms of one unit that several people filled in apart: one form, with what they contradict each other in left blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from fazhi_xl.answers.halves import Entry, Together, Unread, Values, put_together, said_text
from fazhi_xl.answers.read import Answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import HIDDEN
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.commands.merged_replies import contradicting, merged_replies, questions_of
from fazhi_xl.office.outputs.refill import left_out, readable, refilled
from fazhi_xl.office.returns.stages import older_edition
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import CellMark, Corrections
from fazhi_xl.reports.merged_front import Asked, MergedReply, merged_front
from fazhi_xl.rounds.replies import FRONT_SHEET, AskedRow
from fazhi_xl.text.commands import Command

FOLDER = "合并"


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A form that somebody filled in: what the file is called, what was read of it, and the questions on the sheet in front."""

    name: str
    sha256: str
    answers: Answers
    asked: tuple[AskedRow, ...] = ()

    @property
    def values(self) -> Values:
        """Give what was entered, what cannot be read by its text."""
        unread = left_out(self.answers)
        return {**readable(self.answers), **{key: Unread(_text(self, key)) for key in unread}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The new file, how many values and replies it holds, and what has to be settled; `moved_from` is the file whose name was taken."""

    path: Path
    kept: int
    replies: int
    asked: tuple[Asked, ...]
    moved_from: Path | None = None


def merge(notice: Notice, space: Workspace, files: Sequence[Path], progress: Progress) -> Merged:
    """Write one form of what the files hold. Raises WrongUseError where they are not one unit's forms as it has them now."""
    refuse_handed_over(space)
    form, halves = _of_one_unit(_read(notice, space, files, progress))
    together = put_together(form.shape, [each.values for each in halves])
    fronts = {each.name: each.asked for each in halves}
    replies = merged_replies(fronts)
    asked = (*_asked(form, halves, together), *contradicting(fronts))
    data = refilled(notice, form, together.values, _corrections(notice, form, halves, asked, replies))
    with locked(space, "合并", progress):
        path, wanted = _free(space.root / FOLDER / file_name(notice, form.unit), data)
        space.make(path.parent)
        space.write(path, data)
    moved_from = None if path == wanted else wanted
    given = sum(bool(each.text) for each in replies)
    return Merged(path=path, kept=len(together.values), replies=given, asked=asked, moved_from=moved_from)


# The files -----------------------------------------------------------------------------------------------------------


def _read(notice: Notice, space: Workspace, files: Sequence[Path], progress: Progress) -> list[tuple[Form, Half]]:
    """Read the files. Raises WrongUseError where one cannot be used, or is there twice."""
    every = [file.resolve() for file in files]
    twice = next((file for no, file in enumerate(every) if file in every[:no]), None)
    if twice:
        raise WrongUseError(f"{twice.name}写了两次,写的是同一份,不能合并。{_OTHERS}")
    names = _names(every)
    read = [_half(notice, space, file, name, progress) for file, name in zip(files, names, strict=True)]
    known: dict[str, str] = {}
    for _, half in read:
        if (first := known.setdefault(half.sha256, half.name)) != half.name:
            raise WrongUseError(f"{first}和{half.name}内容完全相同,是同一份,不能合并。{_OTHERS}")
        if not (half.answers.values or any(each.reply for each in half.asked)):
            raise WrongUseError(f"{half.name}没有填写,不用合并。请核对是不是拿错了文件。")
    return read


_OTHERS = f"{Command.MERGE} 后面要写几份分别填写的表,请核对文件。"


def _names(files: Sequence[Path]) -> list[str]:
    """Name files so that no two are called alike: by as many of their folders as it takes."""

    def tail(file: Path, depth: int) -> tuple[str, ...]:
        return file.parts[-depth:]

    def name(file: Path) -> str:
        depths = range(1, len(file.parts) + 1)
        own = (
            tail(file, depth) for depth in depths if [tail(each, depth) for each in files].count(tail(file, depth)) == 1
        )
        return "/".join(next(own))

    return [name(file) for file in files]


def _half(notice: Notice, space: Workspace, file: Path, name: str, progress: Progress) -> tuple[Form, Half]:
    """Read a file. Raises WrongUseError."""
    examined = examine(notice, space, file, progress)
    result = examined.result
    if result.answers is None or result.unit is None:
        raise WrongUseError(f"{file}:{result.findings[0].message}")
    if older_edition(result.findings):
        raise WrongUseError(f"{file}:不是现行这一版的表,不能合并。请先用 {Command.REISSUE} 补发成现行的表,再合并。")
    asked = questions_of(space, file, result.path)
    return examined.forms[result.unit], Half(name=name, sha256=result.sha256, answers=result.answers, asked=asked)


def _of_one_unit(read: Sequence[tuple[Form, Half]]) -> tuple[Form, list[Half]]:
    """Give the form, and the files in an order that is theirs. Raises WrongUseError where they are of several units."""
    if len({form.unit for form, _ in read}) > 1:
        named = "、".join(sorted(f"{half.name}是{form.unit}的" for form, half in read))
        raise WrongUseError(f"不是同一个单位的表,不能合并:{named}。请核对文件。")
    return read[0][0], sorted((half for _, half in read), key=lambda half: half.name)


def _free(wanted: Path, data: bytes) -> tuple[Path, Path]:
    """Give where the file can stand without replacing another one, and where it should."""
    for no in count(1):
        path = wanted if no == 1 else wanted.with_stem(f"{wanted.stem}({no})")
        if not path.exists() or path.read_bytes() == data:
            return path, wanted
    raise AssertionError(wanted)


# What has to be settled ----------------------------------------------------------------------------------------------


def _asked(form: Form, halves: Sequence[Half], together: Together) -> Iterator[Asked]:
    places = form.shape.places
    for key in together.conflicts:
        todo = "各份不同,没有填入。请核对后填上对的。"
        yield Asked(sheet=places[key].sheet, field=key, said=_said(form, halves, key), todo=todo)
    for key, stood in together.unread:
        said = _said(form, [each for each in halves if stood in left_out(each.answers)], stood)
        yield Asked(sheet=places[key].sheet, field=key, said=said, todo="读不出来,没有填入。请照提示重填。")
    for row, entry in together.left:
        keys = {column: f"{row}.{column}" for column, _ in entry}
        sheet = places[next(iter(keys.values()))].sheet
        todo = "这张表的空行不够,这一条没有填入。请核对哪些要留。"
        yield Asked(sheet=sheet, said=_entry(form, halves, keys, entry), todo=todo)


def _said(form: Form, halves: Sequence[Half], key: str) -> str:
    """Give what each file holds in an input; of a private one only where."""
    private = form.shape.fields[key].private
    told = (
        f"{half.name}({found.sheet} {found.cell}):{HIDDEN if private else _text(half, key)}"
        for half in halves
        if (found := half.answers.cells.get(key)) and (found.text or found.formula)
    )
    return ";".join(told)


def _text(half: Half, key: str) -> str:
    """Write what was entered as it was typed; a day as a day, which files store as a number."""
    value, found = half.answers.values.get(key), half.answers.cells.get(key)
    return value.isoformat() if isinstance(value, date) else found.text if found else ""


def _entry(form: Form, halves: Sequence[Half], keys: Mapping[str, str], entry: Entry) -> str:
    """Give an entry of a list, and where it stands in the files that have it in this row; of what is private only that it is there."""
    first = next(iter(keys.values()))
    places = (
        f"{half.name}({found.sheet} {found.cell})"
        for half in halves
        if all(half.values.get(keys[column]) == said for column, said in entry)
        and (found := half.answers.cells.get(first))
    )
    fields = form.shape.fields
    told = (f"{column}:{HIDDEN if fields[keys[column]].private else said_text(said)}" for column, said in entry)
    return f"{'、'.join(places)}:{'、'.join(told)}"


def _corrections(
    notice: Notice, form: Form, halves: Sequence[Half], asked: Sequence[Asked], replies: Sequence[MergedReply]
) -> Corrections | None:
    """Make what is added to the form; None where there is nothing to settle and nothing was asked."""
    if not (asked or replies):
        return None
    said = [f"由{'、'.join(half.name for half in halves)}合并。只有一份填了的、各份相同的,已经填在后面的表里。"]
    if asked:
        said.append("下列各处请填表的人商量后填好,有斜纹和虚线框的单元格就是;填好后记号自动消失,本页不用删。")
    if replies:
        said.append(
            f"各份“{FRONT_SHEET}”里的问题和答复在下面:只有一份答复的、答复相同的,已经填入;本页不要删,和表一起发回。"
        )
    marks = (CellMark(field=each.field, text=f"{each.todo}{each.said}", left_out=True) for each in asked if each.field)
    return Corrections(
        front=merged_front(notice, form, said, asked, replies),
        footer=f"表号:{form.number}",
        marks=tuple(marks),
        author=notice.about.office,
    )
