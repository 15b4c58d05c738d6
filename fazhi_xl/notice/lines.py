"""Where each key and element of a TOML file stands in its text, by its place in the parsed tables.

The file is known to be valid TOML: it has been parsed. The library that parses it keeps no positions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Span:
    """Where a thing begins, where its value does, and where that ends, as positions in the text; a header is its own value.

    `block` says that it is written as a table under a header, or as a list of such.
    """

    start: int
    value: int
    end: int
    block: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """All things of a text by their places, and in their order those that have lines of their own: pairs and headers."""

    spans: Mapping[Place, Span]
    statements: tuple[tuple[Place, Span], ...]


@lru_cache(maxsize=32)  # each problem of a file asks for its own line
def line_numbers(text: str) -> Mapping[Place, int]:
    """Give the line, counted from 1, of every key, table and element of a list."""
    plain = text.replace("\r\n", "\n")
    return {place: plain.count("\n", 0, span.start) + 1 for place, span in scan(plain).spans.items()}


def scan(text: str) -> Scan:
    """Find every thing in a text whose lines end in a line feed."""
    return _Scanner(text).scanned()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._spans: dict[Place, Span] = {}
        self._statements: list[tuple[Place, Span]] = []
        self._lengths: dict[Place, int] = {}  # of the lists of tables so far

    def scanned(self) -> Scan:
        table: Place = ()
        while self._skip_blank():
            start = self._at
            if self._takes("["):
                table = self._header(start, listed=self._takes("["))
                self._statements.append((table, Span(start, start, self._at, block=True)))
            else:
                place = self._pair(table)
                self._statements.append((place, self._spans[place]))
        return Scan(spans=self._spans, statements=tuple(self._statements))

    def _skip_blank(self) -> bool:
        """Pass spaces, line ends and comments; false at the end of the file."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _takes(self, sign: str) -> bool:
        there = self._text.startswith(sign, self._at)
        self._at += len(sign) * there
        return there

    def _header(self, start: int, *, listed: bool) -> Place:
        *way, last = self._keys()
        self._takes("]]" if listed else "]")
        span = Span(start, start, self._at, block=True)
        place: Place = ()
        for key in way:
            self._spans.setdefault((*place, key), span)
            place = self._current((*place, key))
        place = (*place, last)
        self._spans.setdefault(place, span)
        if listed:
            self._lengths[place] = self._lengths.get(place, -1) + 1
        place = self._current(place)
        self._spans.setdefault(place, span)
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
            escaped, literal, bare = found.groups()
            keys.append(_unescaped(escaped) if escaped is not None else literal if literal is not None else bare)
            if not self._takes("."):
                return tuple(keys)

    def _pair(self, table: Place) -> Place:
        start = self._at
        place = (*table, *self._keys())
        self._takes("=")
        self._value(place, start)
        return place

    def _value(self, place: Place, start: int | None = None) -> None:
        self._skip_blank()
        at = self._at
        self._spans[place] = Span(at, at, at)  # so that it stands before what is in it
        if self._takes("["):
            self._elements(place)
        elif self._takes("{"):
            self._inline(place)
        else:
            texts = (pattern.match(self._text, at) for pattern in _TEXTS)
            found = next(filter(None, texts), None) or _SCALAR.match(self._text, at)
            self._at = at + len(found[0].rstrip()) if found else at
        self._spans[place] = Span(at if start is None else start, at, self._at)

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


def _unescaped(key: str) -> str:
    return str(tomllib.loads(f'key = "{key}"')["key"]) if "\\" in key else key
