"""Writes a table as TOML: as the catalogues at hand are laid out, and where it was a text before, as that was laid out.

Of a text that is followed, whatever did not change stays as it is, with its comments and blank lines. A comment moves with the
thing that it stands at, and goes with it; one that stands for itself stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from fazhi_xl.notice.layout import Held, Layout, Lines, layout_of, said
from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.pairing import placed_alike, same
from fazhi_xl.notice.source import TomlTable, parsed
from fazhi_xl.text.measure import width

Remarks = Mapping[Place, str]
"""What is to be said of things, by their places; an empty text takes out what was said, and a place without one keeps it."""

_INDENT, _WIDEST = "    ", 120  # columns of a list that stands on one line
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TABLES = frozenset(
    {"dates", "scoring", "words", "swing", "review", "feedback", "bulletin", "texts", "departments"}
    | {"rule", "changes", "bonus_form", "colours"}
)
_LISTS = frozenset(
    {"units", "ranking_groups", "groups", "sub_points", "registers", "readings", "options", "bonus", "deductions"}
    | {"limits", "vetoes", "grades", "sections", "loss_caps", "projects"}
)
"""What is written under headers where it is new."""


def toml_text(table: TomlTable, followed: str = "", remarks: Remarks | None = None) -> str:
    """Write a table, following the text of an earlier one. Raises TypeError for what no TOML file holds, floats among it."""
    before = followed.replace("\r\n", "\n")
    written = _Printer(before, table, remarks or {}).text()
    if not same(parsed(written), table):
        raise ValueError(written)
    return written if "\r\n" not in followed else written.replace("\n", "\r\n")


class _Printer:
    def __init__(self, followed: str, table: TomlTable, remarks: Remarks) -> None:
        self._table, self._before = table, parsed(followed)
        self._layout: Layout = layout_of(followed)
        self._was = placed_alike(self._before, table)
        self._above, self._foot = _kept_apart(self._layout, set(self._was.values()))
        self._remarks = self._changed(remarks)

    def text(self) -> str:
        lines = [*self._head(), *self._block((), self._table), *self._foot]
        return "\n".join(_begun(lines)) + "\n" if any(lines) else ""

    # What is said ------------------------------------------------------------------------------------------------

    def _changed(self, remarks: Remarks) -> dict[Place, str]:
        """Give the remarks that differ from what is said there, each where TOML can have one."""
        changed: dict[Place, str] = {}
        for place, text in remarks.items():
            if said(_comments(text)) != self._said(place):
                home = self._home(place)
                kept = changed.get(home, self._said(home) if home != place else "")
                if home == place or text not in kept:  # what was said elsewhere once is there already
                    changed[home] = "\n".join(filter(None, (kept, text)))
        return changed

    def _said(self, place: Place) -> str:
        if place == ():
            return said(self._layout.head)
        held = self._held(place)
        return held.remark if held else ""

    def _held(self, place: Place) -> Held | None:
        was = self._was.get(place)
        return self._layout.held.get(was) if was is not None else None

    def _home(self, place: Place) -> Place:
        """Find the nearest thing around a place that there is, and beside which a comment can stand."""
        for length in range(len(place), 0, -1):
            around = place[:length]
            if _is_in(self._table, around) and not self._within_a_line(around):
                return around
        return ()

    def _within_a_line(self, place: Place) -> bool:
        """Say whether a place is a pair of an inline table, which is one line, or the name of a list of tables."""
        owner = place[:-1]
        if self._is_block(place) and isinstance(_at(self._table, place), list):
            return True
        return isinstance(place[-1], str) and owner != () and not self._is_block(owner)

    def _head(self) -> Lines:
        return _comments(self._remarks[()]) if () in self._remarks else self._layout.head

    def _around(self, place: Place, *, spaced: bool = False, behind: bool = False) -> tuple[Lines, str]:
        """Give the lines above a thing and what stands behind it; a new one is `spaced` from what is above it.

        A new remark of one line may stand `behind`.
        """
        held, was = self._held(place), self._was.get(place, ())
        above = self._above.get(was, held.above) if held else ("",) if spaced else ()
        if place not in self._remarks:
            return above, f"{held.gap}{held.behind}" if held and held.behind else ""
        kept = above[: len(above) - len(held.own)] if held else above
        lines = _comments(self._remarks[place])
        if len(lines) == 1 and behind and not (held and held.own):
            return kept, f"  {lines[0]}"
        return (*kept, *lines), ""

    # Tables under headers ----------------------------------------------------------------------------------------

    def _is_block(self, place: Place) -> bool:
        """Say whether a table or a list of tables is written under headers: as it was, else as its kind is."""
        if place == ():
            return True
        value, owner = _at(self._table, place), place[:-1]
        if isinstance(place[-1], int):
            return self._is_block(owner)
        if not self._is_block(owner) or not (isinstance(value, dict) or _are_tables(value)):
            return False
        was = self._was.get(place)
        if was is not None and type(_at(self._before, was)) is type(value) and _at(self._before, was) != []:
            return was in self._layout.blocks or was not in self._layout.held
        if len(place) > 1 and place[-2] == "changes":
            return isinstance(value, dict) and width(one_line(value)) > _WIDEST
        return place[-1] in (_TABLES if isinstance(value, dict) else _LISTS)

    def _pairs(self, place: Place, table: TomlTable) -> list[str]:
        return [key for key in self._keys(place, table) if not self._is_block((*place, key))]

    def _keys(self, place: Place, table: TomlTable) -> list[str]:
        """Give the keys in their former order; each new one after the one that it follows in the table."""
        was = self._was.get(place)
        former = _at(self._before, was) if was is not None else {}
        keys = [key for key in former if key in table] if isinstance(former, dict) else []
        last = -1
        for key in table:
            if key not in keys:
                keys.insert(last + 1, key)
            last = keys.index(key)
        return keys

    def _block(self, place: Place, table: TomlTable) -> Iterator[str]:
        pairs = self._pairs(place, table)
        for key in pairs:
            yield from self._pair((*place, key), key, table[key])
        for key in (each for each in self._keys(place, table) if each not in pairs):
            inner = (*place, key)
            if isinstance(table[key], dict):
                yield from self._table_under(inner, table[key])
            else:
                for at, each in enumerate(table[key]):
                    yield from self._headed((*inner, at), each, "[[{}]]")

    def _table_under(self, place: Place, table: TomlTable) -> Iterator[str]:
        """Write a table with its header, which one that only holds tables goes without."""
        bare = table and not self._pairs(place, table)
        if bare and self._was.get(place) not in self._layout.order and place not in self._remarks:
            yield from self._block(place, table)
        else:
            yield from self._headed(place, table, "[{}]")

    def _headed(self, place: Place, table: TomlTable, sign: str) -> Iterator[str]:
        steps = [step for step in place if isinstance(step, str)]
        spaced = len(place) <= 2 or (len(steps) > 1 and place[-1] == 0 and not any(_ints(place[:-1])))
        above, behind = self._around(place, spaced=spaced)
        yield from above
        held = self._held(place)
        yield (held.raw if held and held.raw.startswith("[") else sign.format(".".join(map(_key, steps)))) + behind
        yield from self._block(place, table)

    # Pairs and values --------------------------------------------------------------------------------------------

    def _pair(self, place: Place, key: str, value: object) -> Iterator[str]:
        text = f"{self._key_sign(place, key)}{self._value(place, value)}"
        above, behind = self._around(place, behind="\n" not in text)
        yield from above
        yield from f"{text}{behind}".split("\n")

    def _value(self, place: Place, value: object, indent: str = "") -> str:
        held, was = self._held(place), self._was.get(place)
        kept = held and was is not None and was not in self._layout.blocks and same(_at(self._before, was), value)
        if held and kept and not self._says_inside(place):
            return held.raw
        if isinstance(value, dict):
            return self._inline(place, value, indent)
        if isinstance(value, list):
            return self._list(place, value, indent)
        return _scalar(value)

    def _inline(self, place: Place, table: TomlTable, indent: str) -> str:
        pairs = []
        for key in self._keys(place, table):
            inner = (*place, key)
            pairs.append(f"{self._key_sign(inner, key)}{self._value(inner, table[key], indent)}")
        return f"{{ {', '.join(pairs)} }}" if pairs else "{}"

    def _key_sign(self, place: Place, key: str) -> str:
        """Write a key and the sign behind it, as they were where they stood alone."""
        held = self._held(place)
        alone = {key, _quoted(key), f"'{key}'"}
        return held.key if held and held.key.rstrip("= \t") in alone else f"{_key(key)} = "

    def _says_inside(self, place: Place) -> bool:
        return any(each[: len(place)] == place and len(each) > len(place) for each in self._remarks)

    def _list(self, place: Place, values: list[Any], indent: str) -> str:
        inner = indent + _INDENT
        each = [(*place, at) for at in range(len(values))]
        texts = [self._value(at, value, inner) for at, value in zip(each, values, strict=True)]
        around = [self._around(at, behind=True) for at in each]
        ends = self._layout.ends.get(self._was.get(place, ()), ()) if place in self._was else ()
        line = f"[{', '.join(texts)}]"
        if not self._on_lines(place, values, line) and not ends and not any(map(any, around)):
            return line
        lines = ["["]
        for text, (above, behind) in zip(texts, around, strict=True):
            lines += [*(f"{inner}{comment}".rstrip() for comment in above), f"{inner}{text},{behind}"]
        return "\n".join([*lines, *(f"{inner}{comment}" for comment in ends), f"{indent}]"])

    def _on_lines(self, place: Place, values: list[Any], line: str) -> bool:
        """Say whether a list has a line for each element: as it had, where it is too long, or where it is of tables."""
        if not values:
            return False
        held = self._held(place)
        within = any(isinstance(step, int) for step in place[:-1]) and not self._is_block(place[:-1])
        if held and held.raw.startswith("[") and "\n" in held.raw:
            return True
        if within or "\n" in line:
            return "\n" in line
        return width(line) > _WIDEST or (_are_tables(values) and not (held and held.raw.startswith("[")))


def _kept_apart(layout: Layout, kept: set[Place]) -> tuple[dict[Place, Lines], Lines]:
    """Give the lines above each thing that is kept, and at the end; comments apart above one that is gone are the next one's."""
    above: dict[Place, Lines] = {}
    waiting: Lines = ()
    for place in layout.order:
        held = layout.held[place]
        if place in kept:
            above[place] = (*(waiting[:-1] if held.above[:1] == ("",) else waiting), *held.above)
            waiting = ()
        elif any(held.apart):
            waiting = (*waiting, *held.apart)
    return above, (*waiting, *layout.foot)


def _comments(text: str) -> Lines:
    return tuple(f"# {_plain(line)}".rstrip() for line in text.splitlines())


def _plain(line: str) -> str:
    """Take out what no comment may have: control characters."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", line)


def _begun(lines: Iterable[str]) -> Iterator[str]:
    """Leave out the blank lines at the beginning."""
    begun = False
    for line in lines:
        begun = begun or bool(line)
        if begun:
            yield line


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _ints(place: Place) -> Iterator[bool]:
    return (isinstance(step, int) for step in place)


def _at(node: Any, place: Place) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    for step in place:
        node = node[step]
    return node


def _is_in(node: Any, place: Place) -> bool:  # noqa: ANN401 - as above
    try:
        _at(node, place)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """Write a text in quotes: JSON's escapes are TOML's too, which also wants the one character that JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def one_line(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_key(key)} = {one_line(each)}' for key, each in value.items())} }}" if value else "{}"
    return f"[{', '.join(map(one_line, value))}]" if isinstance(value, list) else _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case Decimal():
            return _figure(value)
        case int() | date() | time():
            return str(value)
        case _:
            raise TypeError(value)


def _figure(value: Decimal) -> str:
    return str(value) if value.is_finite() else str(value).lower().replace("infinity", "inf")
