"""The line on which each key and element of a TOML file stands, by its place in the parsed tables.

The file is known to be valid TOML: it has been parsed. The library that parses it keeps no positions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

Place = tuple[str | int, ...]
"""Keys and positions (from 0) on the way to a value."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_TEXTS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (r'"""(?:[^\\]|\\.)*?"""+', r"'''.*?'''+", r'"(?:[^"\\\n]|\\.)*"', r"'[^'\n]*'")
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


@lru_cache(maxsize=32)  # each problem of a file asks for its own line
def line_numbers(text: str) -> Mapping[Place, int]:
    """Give the line, counted from 1, of every key, table and element of a list."""
    return _Scanner(text.replace("\r\n", "\n")).scanned()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Place, int] = {}
        self._lengths: dict[Place, int] = {}  # of the lists of tables so far

    def scanned(self) -> dict[Place, int]:
        table: Place = ()
        while self._skip_blank():
            if self._takes("["):
                table = self._header(listed=self._takes("["))
            else:
                self._pair(table)
        return self._lines

    def _skip_blank(self) -> bool:
        """Pass spaces, line ends and comments; false at the end of the file."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _takes(self, sign: str) -> bool:
        there = self._text.startswith(sign, self._at)
        self._at += len(sign) * there
        return there

    def _note(self, place: Place) -> None:
        self._lines.setdefault(place, self._text.count("\n", 0, self._at) + 1)

    def _header(self, *, listed: bool) -> Place:
        line = self._text.count("\n", 0, self._at) + 1
        *way, last = self._keys()
        place: Place = ()
        for key in way:
            self._lines.setdefault((*place, key), line)
            place = self._current((*place, key))
        place = (*place, last)
        self._lines.setdefault(place, line)
        if listed:
            self._lengths[place] = self._lengths.get(place, -1) + 1
        place = self._current(place)
        self._lines.setdefault(place, line)
        self._takes("]]" if listed else "]")
        return place

    def _current(self, place: Place) -> Place:
        return (*place, self._lengths[place]) if place in self._lengths else place

    def _keys(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            found = _KEY.match(self._text, self._at)
            if found is None:
                raise ValueError(self._at)
            self._at = found.end()
            keys.append(next(each for each in found.groups() if each is not None))
            if not self._takes("."):
                return tuple(keys)

    def _pair(self, table: Place) -> None:
        start = self._at
        place = (*table, *self._keys())
        end, self._at = self._at, start
        self._note(place)
        self._at = end
        self._takes("=")
        self._value(place)

    def _value(self, place: Place) -> None:
        self._skip_blank()
        self._note(place)
        if self._takes("["):
            self._elements(place)
        elif self._takes("{"):
            self._inline(place)
        else:
            texts = (pattern.match(self._text, self._at) for pattern in _TEXTS)
            found = next(filter(None, texts), None) or _SCALAR.match(self._text, self._at)
            self._at = found.end() if found else self._at

    def _elements(self, place: Place) -> None:
        count = 0
        while self._skip_blank() and not self._takes("]"):
            self._value((*place, count))
            count += 1
            self._skip_blank()
            self._takes(",")

    def _inline(self, place: Place) -> None:
        while self._skip_blank() and not self._takes("}"):
            self._pair(place)
            self._skip_blank()
            self._takes(",")
