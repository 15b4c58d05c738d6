"""Opens a catalogue as its raw tables, wherever it stands: by its name, its folder, or the folder of a round issued from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import BrokenCatalogueError, Problem
from fazhi_xl.notice.load import find_campaign
from fazhi_xl.notice.places import located
from fazhi_xl.notice.remarks import Remarks, read_remarks
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.office.workspace.catalogue import TEMPLATES, as_issued
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.setup.book.names import is_book
from fazhi_xl.setup.book.open_book import OpenedBook, open_book


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSource:
    """The tables of a catalogue before its readings are applied, the campaign's name, and the folder they stand in.

    `problems` are those of reading the files, each placed; what is wrong with the tables, `notice.load.source_problems` says.
    `space` is the round where its folder was named, `book` the workbook where that was.
    """

    source: Source
    name: str
    folder: Path
    problems: tuple[Problem, ...] = ()
    space: Workspace | None = None
    book: OpenedBook | None = None

    @property
    def readable(self) -> Source:
        """The tables. Raises BrokenCatalogueError where a file could not be read."""
        if self.problems:
            raise BrokenCatalogueError(self.problems)
        return self.source

    @property
    def comments(self) -> Remarks:
        """What is said of its things beside them: in comments of the files, in a column of the workbook."""
        if self.book is None:
            return read_remarks(self.folder, self.source)
        return {(file, path_text(*place)): text for (file, place), text in self.book.taken.notes.items()}


def open_source(named: str) -> OpenedSource:
    """Open a catalogue by its name, folder or workbook, or as a round was issued from it. Raises WrongUseError where there is none."""
    path = Path(named)
    if is_book(path):
        book = open_book(path)
        return OpenedSource(source=book.taken.source, name=book.name, folder=path.parent / book.name, book=book)
    space = Workspace(Path(named))
    if space.campaign_file.is_file():
        return _opened(as_issued(space), space)
    return _opened(find_campaign(named, TEMPLATES))


def _opened(folder: Path, space: Workspace | None = None) -> OpenedSource:
    source, problems = read_source(folder)
    placed = tuple(located(problem, folder, source) for problem in problems)
    return OpenedSource(source=source, name=folder.resolve().name, folder=folder, problems=placed, space=space)
