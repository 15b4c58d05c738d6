# ruff: noqa: ANN401 - a value of a catalogue can be of any kind
"""A value of a catalogue's files as it stands in one cell, and back.

What cannot be read as its form asks stays as it was typed: the checks of the catalogue then say what is wrong with it.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from fazhi_xl.answers.written_days import SERIALS, written_day
from fazhi_xl.notice.toml_text import one_line
from fazhi_xl.setup.book.declared.columns import Form
from fazhi_xl.text.dates import day_of

Cell = str | int | Decimal | date | None
"""What a cell holds: a text, a number, a day, or nothing."""

BLANK = "(空)"
"""A text that is written and blank, where leaving the cell blank means something else."""
YES, NO = "是", "否"
_SWITCH: Mapping[str, bool] = MappingProxyType({YES: True, NO: False, "TRUE": True, "FALSE": False, "√": True})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_PAIR = re.compile(r'("(?:[^"\\\n]|\\.)*"|[^=]*?)\s*=\s*(.*)', re.DOTALL)
_MEASURE = "分%次件个年"  # written behind a number out of habit


# To the cell ------------------------------------------------------------------------------------------------------------


def to_cell(value: Any, form: Form, words: Mapping[str, str] = MappingProxyType({})) -> Cell:
    """Give what a cell holds for a value; a value of another kind than its form is shown as TOML writes it."""
    if value is None:
        return None
    try:
        return _WRITERS[form](value, words)
    except (TypeError, AttributeError, KeyError, ValueError):
        return one_line(value)


def _written_text(value: Any, _: object) -> Cell:
    if not isinstance(value, str):
        raise TypeError(value)
    return value or BLANK


def _written_number(value: Any, _: object) -> Cell:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(value)
    return Decimal(repr(value)) if isinstance(value, float) else value


def _written_day(value: Any, _: object) -> Cell:
    if not isinstance(value, date):
        raise TypeError(value)
    return value


def _written_switch(value: Any, _: object) -> Cell:
    return {True: YES, False: NO}[value]


def _written_choice(value: Any, words: Mapping[str, str]) -> Cell:
    return words[value]


def _written_lines(value: Any, _: object) -> Cell:
    if not isinstance(value, list | tuple):
        raise TypeError(value)
    return "\n".join(line(str(each)) for each in value) or None


def _written_pairs(value: Any, _: object) -> Cell:
    if not isinstance(value, dict):
        raise TypeError(value)
    return _pairs(value.items())


def _written_levels(value: Any, _: object) -> Cell:
    return _pairs((level["name"], level["points"]) for level in value)


def _pairs(pairs: Iterable[tuple[str, Any]]) -> Cell:
    return "\n".join(f"{line(name, '==')}={_plain(held)}" for name, held in pairs) or None


def _plain(held: Any) -> str:
    return line(held) if isinstance(held, str) else str(held) if isinstance(held, int | Decimal) else one_line(held)


def line(text: str, also: str = "") -> str:
    """Write a text into one line; one that a line would not give back, or with one of the signs of `also`, is quoted."""
    doubtful = not text or text != text.strip() or text.startswith('"') or len(text.splitlines()) > 1
    doubtful = doubtful or any(sign in text for sign in also)
    return json.dumps(text, ensure_ascii=False) if doubtful else text


def _written_value(value: Any, _: object) -> Cell:
    if isinstance(value, str) and value and _fromone_line(value) is None and value.strip() == value:
        return value
    return value if isinstance(value, int | Decimal | date) and not isinstance(value, bool) else one_line(value)


_WRITERS: Mapping[Form, Callable[[Any, Mapping[str, str]], Cell]] = MappingProxyType(
    {
        Form.TEXT: _written_text,
        Form.WHOLE: _written_number,
        Form.NUMBER: _written_number,
        Form.DAY: _written_day,
        Form.SWITCH: _written_switch,
        Form.CHOICE: _written_choice,
        Form.LINES: _written_lines,
        Form.NUMBERS: _written_lines,
        Form.PAIRS: _written_pairs,
        Form.POINTS: _written_pairs,
        Form.LEVELS: _written_levels,
        Form.VALUE: _written_value,
    }
)


# From the cell ----------------------------------------------------------------------------------------------------------


def from_cell(cell: Cell, form: Form, words: Mapping[str, str] = MappingProxyType({})) -> Any:
    """Give the value that a cell says; None where it is blank."""
    if isinstance(cell, datetime):
        cell = cell.date() if not (cell.hour or cell.minute or cell.second) else cell.isoformat(" ")
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    return _READERS[form](cell, words)


def _text(cell: Cell, _: object) -> Any:
    said = as_text(cell)
    return "" if said == BLANK else said


def as_text(cell: Cell) -> str:
    """Give a cell's text: a whole number without decimals, a day as 2031-01-02."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _number(cell: Cell, _: object) -> Any:
    if isinstance(cell, int | Decimal):
        return _settled(Decimal(cell))
    said = _narrow(as_text(cell)).replace(",", "").rstrip(_MEASURE).strip()
    return _settled(Decimal(said)) if _NUMBER.fullmatch(said) else as_text(cell)


def _settled(number: Decimal) -> int | Decimal:
    """Give a whole number as an int, and another without zeros at its end."""
    try:
        return int(number) if number == number.to_integral_value() else number.normalize()
    except (InvalidOperation, OverflowError, ValueError):  # infinity, or no number at all
        return number


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _day(cell: Cell, _: object) -> Any:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | Decimal) and cell == int(cell) and int(cell) in SERIALS:
        return day_of(int(cell))
    read = written_day(_narrow(as_text(cell)))
    return read.day if read else as_text(cell)


def _switch(cell: Cell, _: object) -> Any:
    said = _narrow(as_text(cell))
    return _SWITCH.get(said.upper(), said)


def _choice(cell: Cell, words: Mapping[str, str]) -> Any:
    said = _narrow(as_text(cell))
    return next((value for value, word in words.items() if said in {_narrow(word), value}), as_text(cell).strip())


def _lines(cell: Cell, _: object) -> Any:
    return [unquoted(each) for each in lines_of(cell)]


def lines_of(cell: Cell) -> Iterator[str]:
    """Yield the lines of a cell without the spaces around them; blank ones are left out."""
    yield from filter(None, (each.strip() for each in as_text(cell).splitlines()))


def unquoted(text: str) -> str:
    """Give the text of a line that `line` wrote."""
    return str(json.loads(text)) if _QUOTED.fullmatch(text) else text


def _numbers(cell: Cell, _: object) -> Any:
    return [_number(each, None) for each in lines_of(cell)]


def _from_pairs(cell: Cell, held: Callable[[str], Any]) -> Any:
    found = [_pair(each) for each in lines_of(cell)]
    if not all(found):
        return as_text(cell)
    return {unquoted(each[1].strip()): held(each[2].strip()) for each in found if each}


def _pair(said: str) -> re.Match[str] | None:
    return _PAIR.fullmatch(said.replace("=", "=", 1))


def unpaired(text: str) -> tuple[int, str]:
    """Give the first line that is no `name=value`, and its number from 1; 0 where all are."""
    lines = enumerate(map(str.strip, text.splitlines()), 1)
    return next(((no, said) for no, said in lines if said and not _pair(said)), (0, ""))


def _texts_by_name(cell: Cell, _: object) -> Any:
    return _from_pairs(cell, unquoted)


def _points_by_name(cell: Cell, _: object) -> Any:
    return _from_pairs(cell, lambda said: _number(said, None))


def _levels(cell: Cell, _: object) -> Any:
    said = _points_by_name(cell, None)
    return [{"name": name, "points": points} for name, points in said.items()] if isinstance(said, dict) else said


def _value(cell: Cell, _: object) -> Any:
    if not isinstance(cell, str):
        return _number(cell, None) if isinstance(cell, int | Decimal) else cell
    read = _fromone_line(cell)
    return cell if read is None else read


def _fromone_line(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"] if "\n" not in text else None
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


_READERS: Mapping[Form, Callable[[Cell, Mapping[str, str]], Any]] = MappingProxyType(
    {
        Form.TEXT: _text,
        Form.WHOLE: _number,
        Form.NUMBER: _number,
        Form.DAY: _day,
        Form.SWITCH: _switch,
        Form.CHOICE: _choice,
        Form.LINES: _lines,
        Form.NUMBERS: _numbers,
        Form.PAIRS: _texts_by_name,
        Form.POINTS: _points_by_name,
        Form.LEVELS: _levels,
        Form.VALUE: _value,
    }
)
