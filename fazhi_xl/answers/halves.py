"""Several copies of one form that people filled in apart, put together: what only one says is taken, and what they say alike.

The rows of a list that are as good as each other hold entries, which are put together entry by entry. The order of the copies makes no
difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi_xl.answers.read import value_text
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import CODE_COLUMN, Field, Label, Shape


@dataclass(frozen=True, slots=True)
class Unread:
    """What somebody entered and nobody can read for certain, by its text; it stands for no value, and for no blank."""

    text: str


Said = Value | Unread
Values = Mapping[str, Said]
Entry = tuple[tuple[str, Said], ...]
"""What a row of a list holds, by its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The values put together; the inputs that copies answer otherwise, and what has no place.

    `unread` are the inputs that are blank since what was entered cannot be read, each with the input in which it stood; `left` the entries
    for which a list has no row, with the rows in which they stood.
    """

    values: Mapping[str, Value]
    conflicts: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, Entry], ...] = ()


def put_together(shape: Shape, copies: Sequence[Values]) -> Together:
    """Put the values of copies of a form together; what cannot be read contradicts whatever else is said in its input."""
    lists = _lists(shape)
    listed = {row for rows in lists for row in rows}
    found: dict[str, tuple[str, Said]] = {}  # with the input in which it stood
    conflicts: list[str] = []
    for key, field in shape.fields.items():
        said = {_told(copy[key]): copy[key] for copy in copies if key in copy} if field.row not in listed else {}
        if len(said) == 1:
            found[key] = key, next(iter(said.values()))
        elif said:
            conflicts.append(key)
    left: list[tuple[str, Entry]] = []
    for rows in lists:
        placed, over = _placed(rows, [_entries(shape, rows, copy) for copy in copies])
        found |= {
            f"{row}.{column}": (f"{stood}.{column}", said)
            for row, (stood, entry) in placed.items()
            for column, said in entry
        }
        left += over
    in_order = {key: found[key] for key in shape.fields if key in found}
    return Together(
        values={key: said for key, (_, said) in in_order.items() if not isinstance(said, Unread)},
        conflicts=tuple(conflicts),
        unread=tuple((key, stood) for key, (stood, said) in in_order.items() if isinstance(said, Unread)),
        left=tuple(left),
    )


def said_text(said: Said) -> str:
    """Write what was entered as reports show it."""
    return said.text if isinstance(said, Unread) else value_text(said) or ""


def _told(said: Said) -> tuple[str, str]:
    """Give what was entered so that values of different types are compared and ordered."""
    return type(said).__name__ if isinstance(said, str | Unread) else "", said_text(said)


# Lists ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _lists(shape: Shape) -> tuple[tuple[str, ...], ...]:
    """Give the rows that differ in nothing but their codes, list by list: whatever stands in one could stand in another."""
    alike: defaultdict[object, list[str]] = defaultdict(list)
    for sheet in shape.sheets:
        for row in sheet.rows:
            asked = tuple(
                (code, content.kind, content.options)
                for code, content in row.cells.items()
                if isinstance(content, Field)
            )
            said = tuple(
                (code, content.text)
                for code, content in row.cells.items()
                if isinstance(content, Label) and code != CODE_COLUMN
            )
            if asked:
                alike[sheet.name, asked, said].append(row.code)
    return tuple(tuple(rows) for rows in alike.values() if len(rows) > 1)


def _entries(shape: Shape, rows: tuple[str, ...], copy: Values) -> list[tuple[int, Entry]]:
    """Give the entries of a copy with the places of their rows in the list."""
    columns = [field.column for field in shape.fields.values() if field.row == rows[0]]
    found = (
        (at, tuple((c, copy[f"{row}.{c}"]) for c in columns if f"{row}.{c}" in copy)) for at, row in enumerate(rows)
    )
    return [(at, entry) for at, entry in found if entry]


def _placed(
    rows: tuple[str, ...], copies: Sequence[Sequence[tuple[int, Entry]]]
) -> tuple[dict[str, tuple[str, Entry]], list[tuple[str, Entry]]]:
    """Put each entry into its own row, or where another stands there into the next blank one; give those that find none.

    Each comes with the row in which it stood.
    """
    every = sorted(set(_wanted(copies)), key=lambda each: (each[0], each[2], _order(each[1])))
    placed: dict[int, tuple[str, Entry]] = {}
    later: list[tuple[str, Entry]] = []
    for at, entry, _ in every:
        if at in placed:
            later.append((rows[at], entry))
        else:
            placed[at] = rows[at], entry
    blank = [at for at in range(len(rows)) if at not in placed]
    placed |= dict(zip(blank, later, strict=False))
    return {rows[at]: each for at, each in sorted(placed.items())}, later[len(blank) :]


def _wanted(copies: Sequence[Sequence[tuple[int, Entry]]]) -> Iterator[tuple[int, Entry, int]]:
    """Give every entry as often as the copy has it that has it most often; what another says with more is not said by itself."""
    counts = [Counter(entry for _, entry in copy) for copy in copies]
    whole = {entry for count in counts for entry in count}
    for entry in whole:
        if any(set(entry) < set(other) for other in whole):
            continue
        most = max(count[entry] for count in counts)
        places = max(
            (sorted(at for at, each in copy if each == entry) for copy in copies), key=lambda at: (len(at), _low(at))
        )
        yield from ((at, entry, no) for no, at in enumerate(places[:most]))


def _low(places: Sequence[int]) -> list[int]:
    """Order places so that those further up are the greater."""
    return [-at for at in places]


def _order(entry: Entry) -> list[tuple[str, tuple[str, str]]]:
    return [(column, _told(value)) for column, value in entry]
