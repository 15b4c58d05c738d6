"""Texts that name the old year, the one before or after it, a day of the old notice, or a plan that has run out.

They are not changed: only a person knows whether a year stands for the assessment's, or for a document's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fazhi_xl.notice.lines import Place
from fazhi_xl.notice.remarks import Remarks
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source
from fazhi_xl.notice.years import plan_of, replaced, said_days, said_plans, said_years, weekday, year_like
from fazhi_xl.setup.new_year.days import days_of, later
from fazhi_xl.setup.new_year.remark import Kind, Remark
from fazhi_xl.text.dates import chinese_date

_NO_WORDS = frozenset(
    {"id", "key", "code", "kind", "form_prefix", "number", "mail", "not_more_than", "not_before", "required_with"}
    | {"rule", "feeds", "on_time"}
)
"""What identifies things or refers to them; the number of the notice is to be decided."""
_WHOLE, _AROUND = 45, 12  # characters of a text that is told whole, and of what is told around a year
_SATURDAY = 5
Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """From one year to another; `days` are those that the old catalogue has."""

    before: int
    now: int
    days: frozenset[date] = frozenset()

    @property
    def years(self) -> int:
        return self.now - self.before

    @property
    def near(self) -> range:
        """The years that a text names in relation to its own."""
        return range(self.before - 1, self.before + 2)


def move_of(source: Source, before: int, now: int) -> Move:
    """Make the move of a catalogue, with its days."""
    return Move(
        before=before, now=now, days=frozenset(day for table in source.files.values() for day in days_of(table))
    )


def named_years(source: Source, comments: Remarks, move: Move) -> Iterator[Remark]:
    """Yield every text and comment that names what has gone by, in the order of the files."""
    for file, table in source.files.items():
        said = {path: text for (of, path), text in comments.items() if of == file}
        for place, text in _texts(table):
            yield from _remark(Kind.TEXT, file, path_text(*place), text, move)
        for path, text in said.items():
            yield from _remark(Kind.NOTE, file, path, text, move)


def _texts(node: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Yield the texts in a table that are words, with their places."""
    if isinstance(node, str):
        yield place, node
    elif isinstance(node, list):
        for at, each in enumerate(node):
            yield from _texts(each, (*place, at))
    elif isinstance(node, dict):
        for key, value in node.items():
            if _NO_WORDS.isdisjoint(key.split(".")):
                yield from _texts(value, (*place, key))


def _remark(kind: Kind, file: str, path: str, text: str, move: Move) -> Iterator[Remark]:
    if found := Named.in_text(text, move):
        yield Remark(kind=kind, file=file, path=path, text=found.said, suggestion=found.suggestion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What of a text has gone by, where that stands, what it would say now, and what is to be known besides."""

    text: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...]

    @classmethod
    def in_text(cls, text: str, move: Move) -> Named | None:
        """Find what has gone by; None where there is nothing."""
        found = [finder(text, move) for finder in (_plans, _years, _days)]
        changes = tuple(sorted({change for each, _ in found for change in each}))
        notes = tuple(dict.fromkeys(note for _, each in found for note in each))
        return cls(text=text, changes=changes, notes=notes) if changes else None

    @property
    def said(self) -> str:
        return self._quoted(self.text[start:end] for start, end in self._parts)

    @property
    def suggestion(self) -> str:
        now = self._quoted(self._part_now(start, end) for start, end in self._parts)
        change = () if now == self.said else (f"改成{now}",)
        return ";".join((*change, *self.notes))

    def _quoted(self, parts: Iterable[str]) -> str:
        before = "…" if self._parts[0][0] > 0 else ""
        after = "…" if self._parts[-1][1] < len(self.text) else ""
        return f"“{before}{'…'.join(parts)}{after}”"

    @property
    def _parts(self) -> list[tuple[int, int]]:
        """Give the parts of the text that are told."""
        if len(self.text) <= _WHOLE:
            return [(0, len(self.text))]
        parts: list[tuple[int, int]] = []
        for start, end, _ in self.changes:
            around = (max(start - _AROUND, 0), min(end + _AROUND, len(self.text)))
            if parts and around[0] <= parts[-1][1]:
                around = (parts.pop()[0], around[1])
            parts.append(around)
        return parts

    def _part_now(self, start: int, end: int) -> str:
        within = [(at - start, to - start, words) for at, to, words in self.changes if start <= at and to <= end]
        return replaced(self.text[start:end], within)


_Found = tuple[list[Change], list[str]]
_DOCUMENT = "文件有了新的才改,文号照新文件"
_NUMBER_GOES_ON = re.compile(r"[〕\])\uff09]\s*第?\d+号")  # behind the year


def _plans(text: str, move: Move) -> _Found:
    gone = [plan for plan in said_plans(text) if move.before in plan.years and move.now not in plan.years]
    changes = [(plan.start, plan.end, plan_of(move.now, law=plan.law)) for plan in gone]
    return changes, [_DOCUMENT] if any(_in_title(text, start) for start, _, _ in changes) else []


def _years(text: str, move: Move) -> _Found:
    changes: list[Change] = []
    notes: list[str] = []
    for each in said_years(text):
        if each.other is not None and each.spans_years:
            first, last = sorted((each.year, each.other))
            if each.year == last and first <= move.before <= last < move.now:
                changes.append((each.start, each.end, text[each.start : each.end]))
                notes.append(f"{first}年至{last}年的已经到期,看有没有新的")
        elif each.year in move.near:
            written = text[each.start : each.end]
            of_number = _NUMBER_GOES_ON.match(text, each.end) is not None
            changes.append((each.start, each.end, written if of_number else year_like(written, each.year + move.years)))
            notes += [_DOCUMENT] if of_number or _in_title(text, each.start) else []
    return changes, notes


def _days(text: str, move: Move) -> _Found:
    """Find the days of the notice and those of years near it; a day without a year is told of, and stays as it is."""
    changes: list[Change] = []
    notes: list[str] = []
    for each in said_days(text):
        known = next((day for day in sorted(move.days) if (day.month, day.day) == (each.month, each.day)), None)
        year = each.year or (known.year if known else None)
        if year is None or (each.year is not None and each.year not in move.near) or not each.in_year(year):
            continue
        day = later(each.in_year(year) or date.min, move.years)
        if each.weekday:
            changes.append((*each.weekday, _weekday_like(text[slice(*each.weekday)], day)))
        if each.year is None:
            changes.append((each.start, each.start, ""))
            notes.append("期限改了的一起改")
        if day.day != each.day:
            notes.append(f"{day.year}年没有2月29日")
        elif day.weekday() >= _SATURDAY:
            notes.append(f"{chinese_date(day)}是{weekday(day)}")
    return changes, notes


def _weekday_like(written: str, day: date) -> str:
    """Write a day's weekday as another one is written: (星期五), (周五)."""
    name = weekday(day)
    return re.sub("星期.|周.", name if "星期" in written else f"周{name[-1]}", written)


def _in_title(text: str, at: int) -> bool:
    """Say whether a place is within a document's title."""
    return text.count("《", 0, at) > text.count("》", 0, at)
