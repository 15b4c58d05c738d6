"""How a TOML file is laid out: the comments and blank lines around each thing, and the text of its value, by its place.

A comment belongs to what it stands directly above, or behind on the same line. One that a blank line keeps apart stands for
itself; at the head of a file it is about the file, and so is one directly above a file's first key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from fazhi_xl.notice.lines import Place, Scan, Span, scan

Lines = tuple[str, ...]
_BEHIND = re.compile(r"[ \t]*,?[ \t]*(#.*)?")
_USUAL_GAP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How one thing stands in a text.

    There are the lines above it (comments, and "" for a blank one), its key with the sign behind it, its value, the comment behind.
    """

    above: Lines = ()
    key: str = ""
    raw: str = ""
    gap: str = _USUAL_GAP
    behind: str = ""

    @property
    def own(self) -> Lines:
        """The comment lines directly above."""
        return self.above[_own_from(self.above) :]

    @property
    def apart(self) -> Lines:
        """The lines above that are not about it."""
        return self.above[: _own_from(self.above)]

    @property
    def remark(self) -> str:
        """What its comments say, a line for each; empty where it has none."""
        return said((*self.own, *([self.behind] if self.behind else ())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A text's head and foot, what stands where, and which places are written as tables under headers.

    `ends` are the comments at the ends of lists. `order` are the places that have lines of their own.
    """

    head: Lines = ()
    foot: Lines = ()
    held: Mapping[Place, Held] = field(default_factory=dict)
    ends: Mapping[Place, Lines] = field(default_factory=dict)
    blocks: frozenset[Place] = frozenset()
    order: tuple[Place, ...] = ()

    def remarks(self) -> Iterator[tuple[Place, str]]:
        """Give what the comments say, of the file itself under the empty place, in their order."""
        found = (((), said(self.head)), *((place, held.remark) for place, held in self.held.items()))
        yield from ((place, text) for place, text in found if text)


def said(comments: Iterable[str]) -> str:
    """Give what comment lines say, without their signs; a blank line between two stays one."""
    return "\n".join(_words(line) for line in comments).strip("\n")


def _words(line: str) -> str:
    return line.removeprefix("#").removeprefix(" ").rstrip()


def _own_from(above: Lines) -> int:
    """Find where the comments begin that stand directly above."""
    return next((at for at in range(len(above), 0, -1) if not above[at - 1]), 0)


def layout_of(text: str) -> Layout:
    """Read how a text is laid out; it is valid TOML, and its lines end in a line feed."""
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    return _Reader(whole, scan(whole)).layout()


class _Reader:
    def __init__(self, text: str, found: Scan) -> None:
        self._text = text
        self._found = found
        self._pairs: defaultdict[Place, list[tuple[Place, Span]]] = defaultdict(list)  # of inline tables
        for place, span in found.spans.items():
            self._pairs[place[:-1]].append((place, span))
        self._held: dict[Place, Held] = {}
        self._ends: dict[Place, Lines] = {}

    def layout(self) -> Layout:
        at = 0
        for place, span in self._found.statements:
            above = _lines(self._text[at : span.start])
            at = self._line_end(span.end)
            self._hold(place, span, above, self._text[span.end : at])
        return Layout(
            head=self._take_head(),
            foot=_lines(self._text[at:]),
            held=self._held,
            ends=self._ends,
            blocks=frozenset(place for place, span in self._found.spans.items() if span.block),
            order=tuple(place for place, _ in self._found.statements),
        )

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end + 1

    def _hold(self, place: Place, span: Span, above: Lines, rest: str) -> None:
        comment = _comment(rest)
        gap = rest[: rest.index("#")].lstrip(",") if comment else ""
        key, raw = self._text[span.start : span.value], self._text[span.value : span.end]
        self._held[place] = Held(above=above, key=key, raw=raw, gap=gap or _USUAL_GAP, behind=comment)
        self._hold_inside(place, span)

    def _hold_inside(self, place: Place, span: Span) -> None:
        """Read what is inside a value: a list has a line, or some, for each element; an inline table has one for all."""
        if self._text.startswith("[", span.value) and not span.block:
            self._hold_elements(place, span)
        elif self._text.startswith("{", span.value):
            for inner, within in self._pairs[place]:
                self._hold(inner, within, (), "")

    def _hold_elements(self, place: Place, span: Span) -> None:
        at, last = span.value + 1, None
        for no in count():
            inner = (*place, no)
            if inner not in self._found.spans:
                break
            within = self._found.spans[inner]
            above = self._between(at, within.start, last)
            self._hold(inner, within, above, "")
            at, last = within.end, inner
        self._ends[place] = tuple(filter(None, self._between(at, span.end - 1, last)))

    def _between(self, at: int, end: int, last: Place | None) -> Lines:
        """Read the text before an element; what is behind the one before, on its line, is that one's."""
        line, mark, rest = self._text[at:end].partition("\n")
        comment = _comment(line)
        above = _lines(rest) if mark else ()
        if last is None:
            return (comment, *above) if comment else above
        if comment:
            gap = line[: line.index("#")].replace(",", "")
            before = self._held[last]
            self._held[last] = replace(before, gap=gap or _USUAL_GAP, behind=comment)
        return above

    def _take_head(self) -> Lines:
        """Part what is said of the file from what is said of the first thing in it."""
        if not self._found.statements:
            return ()
        place, span = self._found.statements[0]
        first = self._held[place]
        head = _unspaced(first.apart) if span.block else first.above
        above = first.above[len(head) :]
        if span.block and above[:1] != ("",):
            above = ("", *above)  # for where it will not be the first
        self._held[place] = replace(first, above=above)
        return head


def _unspaced(lines: Lines) -> Lines:
    """Leave out the blank lines at the end."""
    return lines[: next((at for at in range(len(lines), 0, -1) if lines[at - 1]), 0)]


def _lines(text: str) -> Lines:
    """Give the comment lines and blank lines of a text that ends where a line begins, or in its indentation."""
    whole, _, _ = text.rpartition("\n")
    lines = [line.strip() for line in whole.split("\n")] if whole or text.startswith("\n") else []
    return tuple(line if line.startswith("#") else "" for line in lines if not line or line.startswith("#"))


def _comment(rest: str) -> str:
    found = _BEHIND.match(rest)
    return (found[1] or "").rstrip() if found else ""
