"""What a draft has otherwise than the catalogue that was made by hand, a line each: for people to read, and for tests to hold its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from fazhi_xl.notice.assignment import expand
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.source import TomlTable
from fazhi_xl.setup.draft.marks import Draft
from fazhi_xl.text.characters import folded_width


def difference(draft: Draft, made: Notice) -> dict[str, tuple[str, ...]]:
    """Give the differences by what they are about: units, items, points, texts, responsible units."""
    return {
        "units": tuple(_units(draft, made)),
        "items": tuple(_items(draft, made)),
        "points": tuple(_points(draft, made)),
        "texts": tuple(_texts(draft, made)),
        "responsible": tuple(_responsible(draft, made)),
    }


def told(found: dict[str, tuple[str, ...]]) -> str:
    return "\n".join(
        f"{about}: {len(lines)}" + "".join(f"\n  {line}" for line in lines) for about, lines in found.items()
    )


def items_of(draft: Draft) -> list[TomlTable]:
    return [draft.source.table(file) for file in draft.source.items]


def units_of(draft: Draft) -> list[TomlTable]:
    return list(draft.source.table("units.toml")["units"])


def _units(draft: Draft, made: Notice) -> Iterator[str]:
    yield from _unlike(
        [f"{each['no']} {each['name']} {each['short']}" for each in units_of(draft)],
        [f"{each.no} {each.name} {each.short}" for each in made.units],
    )


def _items(draft: Draft, made: Notice) -> Iterator[str]:
    fields = ("no", "aspect", "name", "requirement", "basis")
    read = [[f"{item['no']} {field} {item.get(field, '')}" for field in fields] for item in items_of(draft)]
    hand = [[f"{item.no} {field} {getattr(item, field)}" for field in fields] for item in made.items]
    yield from _unlike(list(chain(*read)), list(chain(*hand)))


def _points(draft: Draft, made: Notice) -> Iterator[str]:
    """Compare items' points, and sub-points' in the order of each item."""
    for item, other in zip(items_of(draft), made.items, strict=False):
        yield from _unlike([f"{other.no} {_hundredths(item)}"], [f"{other.no} {other.points}"])
        read = [f"{other.no} {_hundredths(each)}" for each in item["sub_points"]]
        yield from _unlike(read, [f"{other.no} {each.points}" for each in other.sub_points])


def _hundredths(table: TomlTable) -> object:
    points = table.get("points")
    return None if points is None else int(points * 100)


def _texts(draft: Draft, made: Notice) -> Iterator[str]:
    yield from _unlike(
        [f"{each['code']} {each['text']}" for item in items_of(draft) for each in item["sub_points"]],
        [f"{each.code} {each.text}" for item in made.items for each in item.sub_points],
    )


def _responsible(draft: Draft, made: Notice) -> Iterator[str]:
    """Compare the departments as printed, and the units that they mean."""
    departments = draft.source.table("departments.toml").get("departments", {})
    for item, other in zip(items_of(draft), made.items, strict=False):
        yield from _unlike(
            [f"{other.no} {each}" for each in item["responsible"]], [f"{other.no} {each}" for each in other.responsible]
        )
    for printed, units in departments.items():
        name = folded_width(printed)
        hand = expand(made, [name]) if name in made.departments else ()
        if _members(draft, units) != {made.units_by_short[each].no for each in hand}:
            yield f"{printed}: {'、'.join(units) or '没有对应'} | {len(hand)}家:{'、'.join(hand[:3])}"


def _members(draft: Draft, units: Sequence[str]) -> set[int]:
    """Give the numbers of the units that are meant; short names are the draft's own."""
    groups = {
        f"@{each['name']}": [one["unit"] for one in each["members"]]
        for each in draft.source.table("groups.toml").get("groups", ())
    }
    numbers = {each["short"]: each["no"] for each in units_of(draft)}
    groups["@全部"] = list(numbers)
    return {numbers[unit] for each in units for unit in groups.get(each, [each])}


def _unlike(read: Sequence[str], hand: Sequence[str]) -> Iterator[str]:
    """Give what stands only in one of two lists, in characters of any width."""
    read, hand = list(map(folded_width, read)), list(map(folded_width, hand))
    for tag, begin, end, first, last in SequenceMatcher(None, read, hand, autojunk=False).get_opcodes():
        if tag != "equal":
            yield f"{' / '.join(read[begin:end]) or '没有'} | {' / '.join(hand[first:last]) or '没有'}"
