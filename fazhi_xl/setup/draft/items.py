"""Items from the rows of their table: which rows make up one item, and its sub-points as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fazhi_xl.setup.book.asked import NO_ASPECT, NO_ITEM_POINTS, NO_NAME
from fazhi_xl.setup.draft.characters import NUMBER, first_number, joined, points_value, squeezed
from fazhi_xl.setup.draft.headers import Column
from fazhi_xl.setup.draft.rows import Entry, Row, Rows
from fazhi_xl.setup.draft.sub_points import Piece, Points, most_given, split

_NAMED_POINTS = re.compile(rf"[(（]\s*(?:共|满分)?\s*({NUMBER})\s*分\s*[)）]")
_LEADING = re.compile(r"^(?:[0-9０-９]{1,3}[.．、]\s*|[(（][0-9０-９一二三四五六七八九十]{1,3}[)）]\s*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPiece:
    """A sub-point, and where it was read."""

    piece: Piece
    responsible: Entry
    evidence: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """An item as the table has it. `doubts` are by field."""

    no: int
    aspect: str
    name: str
    points: Points | None
    requirement: str
    basis: str
    responsible: tuple[Entry, ...]
    pieces: tuple[ReadPiece, ...]
    where: str
    doubts: tuple[tuple[str, str], ...] = ()


def read_items(rows: Rows) -> tuple[ReadItem, ...]:
    """Give the items in the order of their rows, numbered as printed where that is a number which comes up once."""
    groups = list(_grouped(rows))
    printed = [first_number(group[0].text(Column.NO)) for group in groups]
    taken = _numbers([each if isinstance(each, int) else None for each in printed])
    items: list[ReadItem] = []
    for no, said, group in zip(taken, printed, groups, strict=True):
        item = _item(no, group, rows, items[-1].aspect if items else "")
        items.append(
            item
            if said in {None, no}
            else _doubted(item, "no", f"表里印的序号是“{said}”,和别的项目重复,按顺序编为{no}")
        )
    return tuple(items)


def _numbers(printed: Sequence[int | None]) -> tuple[int, ...]:
    """Give the printed numbers where they are 1, 2, 3 …; else the order."""
    every = tuple(range(1, len(printed) + 1))
    return tuple(each or 0 for each in printed) if sorted(each or 0 for each in printed) == list(every) else every


# Which rows are one item ---------------------------------------------------------------------------------------------


def _grouped(rows: Rows) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows.rows:
        if group and _begins(group[-1], row, numbered=any(each.text(Column.NO) for each in rows.rows)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins(before: Row, row: Row, *, numbered: bool) -> bool:
    """Tell whether a row begins an item: by its name, unless it is the one before's; without a name by its number."""
    name, earlier = row.of(Column.NAME), before.of(Column.NAME)
    if name.text and name.cell != earlier.cell:
        again = squeezed(name.text) == squeezed(earlier.text)
        return not again or (numbered and _numbered_anew(before, row))
    if name.text:
        return False
    number = row.of(Column.NO)
    if numbered:
        return bool(number.text) and number.cell != before.of(Column.NO).cell
    return not earlier.text


def _numbered_anew(before: Row, row: Row) -> bool:
    return bool(row.text(Column.NO)) and row.of(Column.NO).cell != before.of(Column.NO).cell


# One item ------------------------------------------------------------------------------------------------------------


def _item(no: int, group: list[Row], rows: Rows, aspect_before: str) -> ReadItem:
    first = group[0]
    name = _LEADING.sub("", _NAMED_POINTS.sub("", first.text(Column.NAME))).strip()
    points, pieces = _pieces(group)
    aspect, doubts = _aspect(first, rows, aspect_before)
    if not name:
        doubts = (*doubts, ("name", NO_NAME))
    return ReadItem(
        no=no,
        aspect=aspect,
        name=name,
        points=points,
        requirement=_once(group, Column.REQUIREMENT),
        basis=_once(group, Column.BASIS),
        responsible=tuple(_distinct(group, Column.RESPONSIBLE)),
        pieces=pieces,
        where=first.where,
        doubts=(*doubts, *point_doubts(points, pieces)),
    )


def _doubted(item: ReadItem, field: str, doubt: str) -> ReadItem:
    return replace(item, doubts=(*item.doubts, (field, doubt)))


def _aspect(row: Row, rows: Rows, before: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give an item's aspect: its own, that of the item before where its cell is blank, or the heading above it."""
    entry = row.of(Column.ASPECT)
    own = _LEADING.sub("", _NAMED_POINTS.sub("", entry.one_line)).strip()
    if own:
        return own, ()
    if Column.ASPECT in row.entries and before:
        odd = Column.ASPECT in rows.merging and not entry.carried and entry.cell[0] >= 0
        return before, ((("aspect", f"表里这一格是空的,按上一项的“{before}”"),) if odd else ())
    return row.heading, () if row.heading else (("aspect", NO_ASPECT),)


def _distinct(group: list[Row], column: Column) -> Iterator[Entry]:
    """Give the entries of a column, a merged cell's once."""
    held = {row.of(column).cell: row.of(column) for row in group if row.text(column)}
    yield from held.values()


def _once(group: list[Row], column: Column) -> str:
    return "".join(dict.fromkeys(entry.one_line for entry in _distinct(group, column)))


def _pieces(group: list[Row]) -> tuple[Points | None, tuple[ReadPiece, ...]]:
    """Give an item's points and sub-points: a row each where each has points of its own, else parted at their marks."""
    own = list(_distinct(group, Column.POINTS))
    asked = [row for row in group if row.text(Column.REQUIREMENT)]
    if len(group) > 1 and (len(own) == len(group) or any(row.by_class for row in group)):
        values = [_row_points(row) for row in group]
        pieces = tuple(_of_row(row, points) for row, points in zip(group, values, strict=True) if row in asked)
        return sum((each for each in values if each is not None), start=0), pieces
    named = _NAMED_POINTS.search(group[0].text(Column.NAME))
    whole = _row_points(group[0]) if own else points_value(named[1]) if named else None
    if len(asked) > 1:
        parted = tuple(piece for row in asked for piece in _split(row, None))
        return whole, _filled(parted, whole)
    pieces = tuple(piece for row in asked for piece in _split(row, whole))
    return whole, tuple(_of_row(row, whole) for row in asked) if len(pieces) == 1 and group[0].by_class else pieces


def _filled(pieces: tuple[ReadPiece, ...], whole: Points | None) -> tuple[ReadPiece, ...]:
    """Give the rows without a mark the most points that they give, where with them all adds up to the item's."""
    told = [each.piece.points if each.piece.points is not None else most_given(each.piece.text) for each in pieces]
    if None in told or sum(each or 0 for each in told) != whole:
        return pieces
    return tuple(
        replace(each, piece=replace(each.piece, points=points, doubt="")) if each.piece.points is None else each
        for each, points in zip(pieces, told, strict=True)
    )


def _of_row(row: Row, points: Points | None) -> ReadPiece:
    text = row.text(Column.REQUIREMENT)
    inner = split(text, points)
    by_class = _by_class(row) or (inner[0].by_class if len(inner) == 1 else ())
    return _read(row, Piece(text=text, points=points, by_class=by_class))


def _row_points(row: Row) -> Points | None:
    """Give a row's points; where classes of units have other ones, those of the first class that is asked at all."""
    told = _by_class(row)
    return told[0][1] if told else first_number(row.text(Column.POINTS))


def _by_class(row: Row) -> tuple[tuple[str, Points], ...]:
    told = ((name, first_number(entry.text)) for name, entry in row.by_class)
    return tuple((name, points) for name, points in told if points is not None)


def _read(row: Row, piece: Piece) -> ReadPiece:
    return ReadPiece(
        piece=piece, responsible=row.of(Column.RESPONSIBLE), evidence=row.text(Column.EVIDENCE), where=row.where
    )


def _split(row: Row, whole: Points | None) -> Iterator[ReadPiece]:
    text = joined(row.of(Column.REQUIREMENT).text)
    for piece in split(text, whole):
        yield _read(row, piece)


def point_doubts(points: Points | None, pieces: Sequence[ReadPiece]) -> Iterator[tuple[str, str]]:
    """Yield what is doubtful of an item's points: there are none, or they are not what its sub-points add up to."""
    if points is None:
        yield "points", NO_ITEM_POINTS
        return
    told = [each.piece.points for each in pieces]
    total = sum((each for each in told if each is not None), start=0)
    if pieces and None not in told and total != points:
        yield "points", f"印的是{points}分,各得分点合计{total}分,请核对哪个对"
    if not pieces:
        yield "sub_points", "没有读到这一项的要求"
