"""Sheets that several forms have: each is drawn once and then copied, for in another book only the numbers of formats and texts differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from fazhi_xl.form.expression_parts import fields_of
from fazhi_xl.form.model import Computed, Field, Sheet
from fazhi_xl.form.sheets.unit.content_code import FRONT
from fazhi_xl.xlsx.writer.book import BookWriter, Look
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.styles import Turn

_NUMBERS = re.compile(
    r'(?P<cell><c r="[A-Z]+\d+" s=")(?P<look>\d+)"(?: t="s"><v>(?P<text>\d+)</v>)?'
    r'|(?P<rule><cfRule type="\w+" dxfId=")(?P<turn>\d+)"'
)  # a text holds no such tag, as "<" is written otherwise there


class SheetCopy(NamedTuple):
    """A sheet as it was written, with `gaps` for numbers; each names the format, the text or the turn whose number fills it.

    In another book these get their numbers in the same order: `texts` as they are put into cells, `turns` as rules are made, and `looks`
    as the cells are written.
    """

    written: str
    gaps: tuple[Look | str | Turn, ...]
    texts: tuple[str, ...]
    turns: tuple[Turn, ...]

    def begin(self, book: BookWriter, drawn: DrawnSheet) -> None:
        """Let a sheet that is begun in a book be written as this one is."""
        numbers: dict[object, str] = {text: str(book.raw.text_number(text)) for text in self.texts}
        for turn in self.turns:
            numbers[turn] = str(book.raw.turn_number(book.turned(turn)))
        drawn.written_by = partial(self._filled, book, numbers)

    def _filled(self, book: BookWriter, numbers: dict[object, str]) -> str:
        for gap in dict.fromkeys(self.gaps):
            if isinstance(gap, Look):
                numbers[gap] = str(book.raw.look_number(book.style(gap.style, **dict(gap.more))))
        return self.written % tuple(map(numbers.__getitem__, self.gaps))


class Recorder:
    """Notes what a sheet is made of while it is drawn, to copy it afterwards."""

    def __init__(self, drawn: DrawnSheet) -> None:
        self.drawn = drawn
        self.texts: list[str] = []
        self._table = drawn.str_table
        drawn.str_table, drawn.to_be_copied = self, True

    def _get_shared_string_index(self, text: str) -> int:
        self.texts.append(text)
        return int(self._table._get_shared_string_index(text))  # noqa: SLF001 - stands in for the library's table

    def copy(self, book: BookWriter) -> SheetCopy:
        """Give the copy of the sheet, whose book is written."""
        gaps: list[Look | str | Turn] = []
        looks, texts = book.looks_by_number, book.raw.str_table.string_array
        turns = {book.raw.turn_number(book.turned(turn)): turn for turn in self.drawn.turns}

        def gap(found: re.Match[str]) -> str:
            if found["rule"]:
                gaps.append(turns[int(found["turn"])])
                return f'{found["rule"]}%s"'
            gaps.append(looks[int(found["look"])])
            if found["text"] is None:
                return f'{found["cell"]}%s"'
            gaps.append(texts[int(found["text"])])
            return f'{found["cell"]}%s" t="s"><v>%s</v>'

        written = _NUMBERS.sub(gap, self.drawn.written.replace("%", "%%"))
        return SheetCopy(written, tuple(gaps), tuple(self.texts), tuple(self.drawn.turns))


def stands_alone(sheet: Sheet) -> bool:
    """Say whether what is on a sheet reads nothing that stands on others, but for what stands at the same place in every form."""
    own = {FRONT, *(f"{row.code}.{code}" for row in sheet.rows for code in row.cells)}
    return own.issuperset(_read(content for row in sheet.rows for content in row.cells.values()))


def _read(contents: Iterable[Any]) -> Iterator[str]:
    for content in contents:
        if isinstance(content, Computed):
            yield from fields_of(content.expr)
        elif isinstance(content, Field):
            yield from content.options_from
