"""目录_草稿.xlsx: a draft as the catalogue's workbook, with every doubt beside its row and on a sheet of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import Problem
from fazhi_xl.notice.places import located, place_of
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.office.workspace.kept_file import write_file
from fazhi_xl.setup.book.check import Examined, examine
from fazhi_xl.setup.book.keep import book_of, with_check
from fazhi_xl.setup.book.names import name_of
from fazhi_xl.setup.book.open_book import OpenedBook, opened_book
from fazhi_xl.setup.book.rows import Row
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.book.walk import Place
from fazhi_xl.setup.draft.draft import draft
from fazhi_xl.setup.draft.marks import Draft, Mark
from fazhi_xl.setup.workbooks import refuse_target, taken, write_new
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use, link_to

NAME = "疑点"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A notice that was read: the draft, the workbook that was written of it, and its check."""

    draft: Draft
    path: Path
    examined: Examined


def import_notice(file: Path, path: Path, *, force: bool = False) -> Imported:
    """Make a draft of a notice and write its workbook. Raises FazhiError for the notice, WouldLoseError where the workbook is there."""
    refuse_target(path)
    refuse_target(path)
    if path.exists() and not force:
        raise taken(path)
    drafted = draft(file)
    name = name_of(path)
    book = opened_book(path, book_of(drafted.source, name, None, notes=_notes(drafted), named=False))
    examined = examine(book, path.parent / name)
    data = with_check(examined, more=(_doubts(drafted, book),))
    (write_file if force else write_new)(path, data)
    return Imported(draft=drafted, path=path, examined=examined)


# Beside the rows --------------------------------------------------------------------------------------------------------


def _notes(drafted: Draft) -> dict[tuple[str, str], str]:
    """Give what is noted beside each row: its doubts, and at a rule what it looks like."""
    rows = [row for listed in to_rows(drafted.source).values() for row in listed if row.file]
    said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for mark in drafted.marks:
        row = _row(rows, mark.file, place_of(mark.path))
        if row:  # what is about a part without rows stands on the sheet of doubts alone
            said[mark.file, path_text(*row.place)].append(mark.doubt)
    return {place: "\n".join(doubts) for place, doubts in said.items()}


def _row(rows: Sequence[Row], file: str, place: Place) -> Row | None:
    """Find the row that a place is in, else the first one within it."""
    around = [row for row in rows if row.file == file and place[: len(row.place)] == row.place and row.place != ()]
    within = (row for row in rows if row.file == file and row.place[: len(place)] == place)
    own = (row for row in rows if row.file == file and not row.place)
    return max(around, key=lambda row: len(row.place), default=None) or next(within, None) or next(own, None)


# On a sheet of their own ------------------------------------------------------------------------------------------------


def _doubts(drafted: Draft, book: OpenedBook) -> Sheet:
    heads = (
        Head(title="序号", width=6, use=Use.COMPUTED),
        Head(title="表", width=14, use=Use.COMPUTED),
        Head(title="单元格", width=10, use=Use.COMPUTED),
        Head(title="是什么", width=30, use=Use.COMPUTED),
        Head(title="疑点", width=70, use=Use.COMPUTED),
        Head(title="通知里的位置", width=26, use=Use.COMPUTED),
        Head(title="核对情况", width=24),
    )
    says = (
        "读通知时拿不准的地方。逐条和通知核对,改在各表里;每条计分规则的种类都要由人来选。"
        "各表“备注”里问的,填好以后再检查就没有了,其余的改完可以删去。"
    )
    marks = sorted(drafted.marks, key=lambda mark: mark.is_choice)  # the rules that are to be chosen come last
    lines = (*(_line(mark, drafted, book) for mark in marks), *_left(drafted))
    return Sheet(
        name=NAME,
        key="doubts",
        says=says,
        heads=heads,
        lines=tuple(
            Line(key="", cells={"序号": no, **each.cells}, links=each.links) for no, each in enumerate(lines, 1)
        ),
        tab="state",
    )


def _line(mark: Mark, drafted: Draft, book: OpenedBook) -> Line:
    sheet, cell = book.cell(book.spot(mark.file, mark.path))
    cells = {
        "表": sheet,
        "单元格": cell or None,
        "是什么": _thing(mark, drafted) or None,
        "疑点": mark.doubt,
        "通知里的位置": mark.where or None,
    }
    return Line(key="", cells=cells, links={"单元格" if cell else "表": link_to(sheet, cell)})


def _thing(mark: Mark, drafted: Draft) -> str:
    """Name what a doubt is about: of a rule its sub-point."""
    path = mark.path.partition(".rule")[0] if mark.is_choice else mark.path
    thing = located(Problem(file=mark.file, path=path, message=mark.doubt), Path(), drafted.source).thing
    return thing or "".join(TITLES.get(str(step), f"“{step}”") for step in place_of(path))


def _left(drafted: Draft) -> Iterator[Line]:
    for each in drafted.left:
        yield Line(key="", cells={"疑点": f"没有录入:{each}。里面有要用的,请自己填进各表"})
