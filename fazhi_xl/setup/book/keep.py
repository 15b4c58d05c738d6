"""Writes 目录_….xlsx: from a catalogue, anew or in place, and with what a check found."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from fazhi_xl.errors import WouldLoseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source
from fazhi_xl.notice.theme import Theme
from fazhi_xl.setup.book.book import (
    CAMPAIGN_NAME,
    LOOSE,
    STATE_NAME,
    VERSION,
    VERSION_NAME,
    filled,
)
from fazhi_xl.setup.book.changed import PLACE, TARGET
from fazhi_xl.setup.book.check import Examined
from fazhi_xl.setup.book.computed import computed
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import CHANGES, ID, Holds
from fazhi_xl.setup.book.front import front
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.rows import Row
from fazhi_xl.setup.book.to_rows import Notes, to_rows
from fazhi_xl.setup.book.trial import IDS, trial
from fazhi_xl.setup.book.trial import NAME as TRIAL
from fazhi_xl.text.commands import Command
from fazhi_xl.xlsx.kept.model import Line, Sheet, Value
from fazhi_xl.xlsx.kept.remarks import check_sheet, marks
from fazhi_xl.xlsx.kept.write import Trial, Written, write_book

Cells = Mapping[str, Mapping[str, Value]]
"""Values of single cells, by sheet as it is called now."""


def book_of(
    source: Source,
    name: str,
    notice: Notice | None,
    *,
    notes: Notes = MappingProxyType({}),
    held: OpenedBook | None = None,
    named: bool = True,
) -> bytes:
    """Give a catalogue's workbook: a new one, or the one held with what has changed.

    One that is not `named` keeps no campaign's name: it goes by its file's, also when that is changed.
    """
    rows = to_rows(source, notes)
    written = Written(
        sheets=filled(rows, computed(notice) if notice else {}),
        pages=(front(name),),
        anew=(check_sheet(()), _loose(rows, notes)),
        properties={
            VERSION_NAME: VERSION,
            **({CAMPAIGN_NAME: name} if named else {}),
            STATE_NAME: state(source, notes),
        },
        trial=_trial(notice),
    )
    return write_book(written, notice.theme if notice else Theme(), held.data if held else None)


def _loose(rows: Mapping[str, list[Row]], notes: Notes) -> Sheet:
    """Give the sheet of the comments that stand beside no row."""
    shown = {(row.file, path_text(*row.place)) for each in rows.values() for row in each}
    loose = [(file, path, text) for (file, path), text in notes.items() if (file, path) not in shown and text]
    titles = [head.title for head in LOOSE.heads]
    return replace(LOOSE, lines=tuple(Line(key="", cells=dict(zip(titles, each, strict=True))) for each in loose))


def state(source: Source, notes: Notes) -> str:
    """Digest what a catalogue says, and what is noted beside it, however it is written."""
    said = [[sheet, _said(sheet, rows)] for sheet, rows in to_rows(source, notes).items()]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()[:16]


_UNORDERED = frozenset(table.sheet for table in TABLES if any(level.holds is Holds.NAMED for level in table.levels))
"""The sheets of what stands under names, whose order says nothing."""


def _said(sheet: str, rows: list[Row]) -> list[str]:
    said = [json.dumps([dict(row.cells), row.note], ensure_ascii=False, default=str) for row in rows]
    return sorted(said) if sheet in _UNORDERED else said


def refuse_unread(book: OpenedBook, source: Source, notes: Notes) -> None:
    """Raise WouldLoseError where people changed the workbook, and that is not in the catalogue yet."""
    if state(book.taken.source, book.notes) not in {book.read.properties.get(STATE_NAME), state(source, notes)}:
        raise WouldLoseError(
            f"{book.path} 改过,还没有写回工作目录,没有覆盖。",
            "先用 ",
            Command.FROM_CATALOGUE,
            " 写回,或者把它改名留着;确定不要这些改动的,加 ",
            Command.FORCE,
            "。",
        )


def refuse_changed(book: OpenedBook, folder: Path, source: Source, notes: Notes) -> None:
    """Raise WouldLoseError where the catalogue was changed after the workbook was written from it."""
    if state(source, notes) not in {book.read.properties.get(STATE_NAME), state(book.taken.source, book.notes)}:
        raise WouldLoseError(
            f"{folder} 在 {book.path.name} 写出以后改过,写回会盖掉那些改动,没有写。",
            "先用 ",
            Command.DIFF,
            " 比较两边,把要留的改动补进工作簿;确定以工作簿为准的,加 ",
            Command.FORCE,
            "。",
        )


def with_check(
    examined: Examined, *, taken_over: bool = False, more: tuple[Sheet, ...] = (), notes: Cells = MappingProxyType({})
) -> bytes:
    """Give the workbook as its people left it, with the marks and the sheet of a check; `taken_over` into the catalogue or not.

    `more` are sheets to be drawn anew beside it, `notes` cells of notes by sheet, as they are to be.
    """
    book, theme = examined.book, examined.notice.theme if examined.notice else Theme()
    properties = {STATE_NAME: state(book.taken.source, book.notes)} if taken_over else {}
    written = Written(
        sheets=(),
        anew=(check_sheet(examined.remarks, examined.said), *more),
        marks=marks(examined.remarks),
        cells=_with_notes(_settled(examined) if examined.notice else {}, notes),
        properties=properties,
        trial=_trial(examined.notice),
    )
    return write_book(written, theme, book.data)


def _with_notes(cells: Cells, notes: Cells) -> Cells:
    return {sheet: {**cells.get(sheet, {}), **notes.get(sheet, {})} for sheet in dict.fromkeys((*cells, *notes))}


def _trial(notice: Notice | None) -> Trial | None:
    """Give the trial of a catalogue without faults; of another, the one of the last check stays."""
    return Trial(name=TRIAL, shape=trial(notice), ids=IDS, at=2) if notice else None


def _settled(examined: Examined) -> Mapping[str, Mapping[str, Value]]:
    """Give what the program writes into the rows as they stand: what others are called by now, marks, and what it computes."""
    cells: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for sheet, at, title, value in _settling(examined):
        read = examined.book.read.sheets.get(sheet)
        if read and title in read.letters:
            cells[read.name][read.cell(title, at)] = value
    return cells


def _settling(examined: Examined) -> Iterator[tuple[str, int, str, Value]]:
    taken, notice = examined.book.taken, examined.notice
    said = computed(notice) if notice else {}
    tables = {table.sheet: table for table in TABLES}
    for sheet, rows in to_rows(taken.source).items():
        if sheet not in tables:
            continue
        calling = [each.column.head for each in tables[sheet].of]
        calling += [column.head for column in tables[sheet].columns if column.over]
        calling += [TARGET, PLACE] if sheet == CHANGES else []
        for row in rows:
            spot = taken.rows.get((row.file, row.place))
            if spot is None or row.mark is None:
                continue
            at = spot.at
            yield sheet, at, ID, row.mark.text
            yield from ((sheet, at, head, row.cells[head]) for head in calling if head in row.cells)
            for head, texts in said.items():
                if (sheet, *row.mark.identity) in texts:
                    yield sheet, at, head, texts[sheet, *row.mark.identity]
