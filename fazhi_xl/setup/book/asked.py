"""What a draft asks in the notes beside its rows: answered, it goes with the next check, unless its words were changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from fazhi_xl.setup.book.declared.table import NOTE
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.walk import Place
from fazhi_xl.xlsx.kept.model import Value

CHOOSE = "种类要由人来选。"
LOOKS, LOOKS_PLAIN = "原文“{said}”,像是“{kind}”{more}", "原文没有数量、比率,像是“{kind}”{more}"
NOT_READ = "没有读到,请填写"
NO_POINTS, NO_ITEM_POINTS = "没有写分值,请填写;不设基本分的填0", "表里没有这一项的分值"
NO_ASPECT, NO_ASPECT_TOLD = "表里没有这一栏", "原文没有写这一项属于哪个方面,请填写"
NO_NAME, NO_NAME_TOLD = "表里没有这一项的名称", "原文没有这一项的名称,请填写"
NOBODY = "表里没有写这一项由谁负责"
WHICH_UNIT, WHICH_UNITS = "请写明是哪个单位", "像是一组单位,通知里没有找到这一组的名单,请写明有哪些单位"


def _one_of(*texts: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, texts)))


_LOOK = "|".join(
    re.escape(text.format(said="\0", kind="\1", more="\2"))
    .replace("\0", "[^;]*?")
    .replace("\1", "[^“”]*")
    .replace("\2", r"(?:\([^()]*\))?")
    for text in (LOOKS, LOOKS_PLAIN)
)
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("kind", re.compile(rf"{re.escape(CHOOSE)}(?:{_LOOK})(?:;(?:{_LOOK}))*")),
    ("points", _one_of(NO_POINTS, NO_ITEM_POINTS)),
    ("aspect", _one_of(NO_ASPECT, NO_ASPECT_TOLD)),
    ("name", _one_of(NO_NAME, NO_NAME_TOLD)),
    ("responsible", _one_of(NOBODY)),
    ("", _one_of(WHICH_UNITS)),
    ("", re.compile(rf"{NOT_READ}(?:;(?:原文|各项)[^;]*)?")),
    ("", re.compile(rf"不在单位名单里,[^;]*{WHICH_UNIT}(?:;是考核别人的[^;]*“@全部”)?")),
)
"""The field that a doubt asks for, and its words; a blank field is the row's own value."""


def drop_answered(book: OpenedBook) -> Mapping[str, Mapping[str, Value]]:
    """Leave out of a workbook's notes what is answered by now, and give the cells of these notes as they are to be, by sheet."""
    cells: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for (file, place), note in list(book.taken.notes.items()):
        kept = "\n".join(_open(book.taken.files.get(file, {}), place, note))
        spot = book.taken.rows.get((file, place)) or book.taken.spots.get((file, place))
        read = book.read.sheets.get(spot.sheet) if spot else None
        if kept != note and spot and read and NOTE in read.letters:
            book.taken.notes[file, place] = kept
            cells[read.name][read.cell(NOTE, spot.at)] = kept or None
    return cells


def _open(table: Any, place: Place, note: str) -> Iterator[str]:  # noqa: ANN401 - a node of a catalogue's tables can be of any kind
    """Yield the lines of a note but for the doubts that are answered."""
    node = table
    for step in place:
        node = _below(node, step)
    for line in note.split("\n"):
        told = (node if not field else _below(node, field) for field, words in _ASKED if words.fullmatch(line))
        if not any(value not in (None, "", [], {}) for value in told):
            yield line


def _below(node: Any, step: str | int) -> Any:  # noqa: ANN401 - as above
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None
