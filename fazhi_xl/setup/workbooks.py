"""The catalogue's workbook in use: written from the catalogue, checked, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.disk import remove
from fazhi_xl.errors import BrokenCatalogueError, WouldLoseError, WrongUseError
from fazhi_xl.notice.earlier_format import upgraded
from fazhi_xl.notice.load import notice_of, source_problems
from fazhi_xl.notice.model import Item
from fazhi_xl.notice.places import located
from fazhi_xl.notice.remarks import Remarks, read_remarks
from fazhi_xl.notice.shape import MODELS
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.notice.write import Written, write_catalogue
from fazhi_xl.office.workspace.folder import reading, writing
from fazhi_xl.office.workspace.kept_file import read_bytes, write_file
from fazhi_xl.setup.book.asked import drop_answered
from fazhi_xl.setup.book.check import Examined, examine
from fazhi_xl.setup.book.keep import book_of, refuse_changed, refuse_unread, with_check
from fazhi_xl.setup.book.names import file_of
from fazhi_xl.setup.book.open_book import CALLED, open_book
from fazhi_xl.setup.open_source import OpenedSource
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.reader.sniff import sniff


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A workbook that was brought back into its catalogue's folder: the check, and the files that changed where nothing was wrong."""

    examined: Examined
    folder: Path
    written: Written | None = None
    new: bool = False

    @property
    def said(self) -> str:
        """Say what was written, blank where nothing was."""
        if self.written is None:
            return ""
        changed = len(self.written.changed) + len(self.written.gone)
        if self.new:
            return f"已写成 {self.folder}:{changed}个文件。"
        return f"已写回 {self.folder}:{f'{changed}个文件有改动' if changed else '没有改动'}。"


def write_workbook(opened: OpenedSource, path: Path, *, force: bool = False) -> Path | None:
    """Write a catalogue's workbook, or update it in place. Raises BrokenCatalogueError, or WrongUseError where it has news.

    Gives the copy of what stood there, where an update does not keep all of it.
    """
    refuse_target(path)
    source = upgraded(opened.readable)
    problems = source_problems(source)
    if problems:
        raise BrokenCatalogueError(tuple(located(each, opened.folder, source) for each in problems))
    held = open_book(path) if path.exists() else None
    if held and not force:
        refuse_unread(held, source, opened.comments)
    notice = notice_of(source, opened.folder)
    data = book_of(source, opened.name, notice, notes=opened.comments, held=held)
    if held is None and not force:
        write_new(path, data)
        return None
    return write_file(path, data)


def check_workbook(path: Path) -> Examined:
    """Check a workbook, and write what was found into it."""
    book = open_book(path)
    notes = drop_answered(book)
    examined = examine(book, path.parent / path.stem)
    write_file(path, with_check(examined, notes=notes))
    return examined


def bring_back(path: Path, to: Path | None, *, force: bool = False) -> Brought:
    """Check a workbook, and where nothing is wrong write its catalogue into a folder, beside it where none is named.

    What was found stands in the workbook afterwards. Raises WrongUseError where the folder has news, unless by `force`.
    """
    book = open_book(path)
    folder = to or path.parent / book.name
    notes = drop_answered(book)
    examined = examine(book, folder)
    if examined.notice is None:
        write_file(path, with_check(examined, notes=notes))
        return Brought(examined=examined, folder=folder)
    before = upgraded(read_source(folder)[0]) if folder.is_dir() else Source(files={})
    comments = read_remarks(folder, before)
    if before.files and not force:
        refuse_changed(book, folder, before, comments)
    source = _settled(book.taken.source, before)
    loose = {} if before.files else book.loose
    written = write_catalogue(source, folder, {**loose, **_news(book.notes, comments)})
    write_file(path, with_check(examined, taken_over=True, notes=notes))
    return Brought(examined=examined, folder=folder, written=written, new=not before.files)


def _settled(source: Source, before: Source) -> Source:
    """Keep the tables that say the same as before, however they are written."""
    files = {file: before.files[file] if _same(file, table, before) else table for file, table in source.files.items()}
    return Source(files=files)


def _same(file: str, table: Mapping[str, object], before: Source) -> bool:
    model = MODELS.get(file, Item)
    return file in before.files and model.model_validate(table) == model.model_validate(before.files[file])


def _news(notes: Remarks, held: Remarks) -> Remarks:
    """Give the notes that say something else than the catalogue's comments."""
    return {place: text for place, text in notes.items() if text != held.get(place, "")}


def refuse_target(path: Path) -> None:
    """Refuse a place that no workbook is written to: a folder, what is no workbook now, another ending. Raises WrongUseError."""
    if path.is_dir():
        raise WrongUseError(f"{path} 是文件夹。请写明目录工作簿的文件名,例如 {path / file_of('草稿')}。")
    with reading(path):
        there = path.exists() and sniff(read_bytes(path, CALLED))
    if there and not there.is_workbook:
        raise WrongUseError(f"{path} 已经有了,是{there.word},不是工作簿,没有覆盖。请", Command.STATE_TO, "。")
    if path.suffix.lower() != ".xlsx" and not there:
        raise WrongUseError(f"目录工作簿要写成 .xlsx,写的是 {path}。例如 {path.with_suffix('.xlsx')}。")


def write_new(path: Path, data: bytes) -> None:
    """Write a workbook where none is: the second of two processes covers nothing. Raises WouldLoseError where one is by now."""
    with writing(path, Command.TO):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.open("xb").close()  # takes the name before anything is written
        except FileExistsError:
            raise taken(path) from None
    try:
        write_file(path, data)
    except BaseException:
        with suppress(OSError):
            remove(path, missing_ok=True)
        raise


def taken(path: Path) -> WouldLoseError:
    """Say that a workbook is there already."""
    return WouldLoseError(
        f"{path} 已经有了,没有覆盖。", "请", Command.STATE_TO, ";确定不要原来的,加 ", Command.FORCE, "。"
    )
