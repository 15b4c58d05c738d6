"""Catalogues in which numbers and names are others: an item is gone and the ones behind it moved up, or a unit is called otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazhi_xl.notice.model import Item, Notice, SubPoint
from fazhi_xl.notice.registers import Register


def remade(notice: Notice, **parts: Iterable[object]) -> Notice:
    """Give the notice with other parts; no copy, which would keep what the notice has worked out already."""
    held = {name: getattr(notice, name) for name in Notice.model_fields}
    return Notice.model_validate({**held, **{name: tuple(part) for name, part in parts.items()}})


def renumbered(notice: Notice, without: int, *, keep: bool = True) -> Notice:
    """Give the notice without an item, by its number. The others keep their ids, or have none of their own but their new numbers."""
    kept = [_numbered(item, item.no - (item.no > without), keep) for item in notice.items if item.no != without]
    before = (sub for item in notice.items if item.no != without for sub in item.sub_points)
    ids = {old.id: new.id for old, new in zip(before, (sub for item in kept for sub in item.sub_points), strict=True)}
    return remade(notice, items=kept, registers=[_fed(register, ids) for register in notice.registers])


def _fed(register: Register, ids: Mapping[str, str]) -> Register:
    feeds = tuple(feed.model_copy(update={"sub_point": ids[feed.sub_point]}) for feed in register.feeds)
    return register.model_copy(update={"feeds": feeds})


def _numbered(item: Item, no: int, keep: bool) -> Item:  # noqa: FBT001 - as above
    subs = tuple(_sub_point(sub, f"{no}.{sub.code.partition('.')[2]}", keep) for sub in item.sub_points)
    return item.model_copy(update={"no": no, "id": item.id if keep else str(no), "sub_points": subs})


def _sub_point(sub: SubPoint, code: str, keep: bool) -> SubPoint:  # noqa: FBT001 - as above
    return sub.model_copy(update={"code": code, "id": sub.id if keep else code})


def renamed(notice: Notice, unit: str, name: str, *, no: int | None = None) -> Notice:
    """Give the notice with a unit that is called otherwise; it keeps its id, and its old name is one of its names.

    With a number it stands under that one. Departments and groups name it anew.
    """
    units = [
        each.model_copy(
            update={"short": name, "name": name, "no": no or each.no, "aliases": (*each.aliases, each.short, each.name)}
        )
        if each.short == unit
        else each
        for each in notice.units
    ]
    groups = [
        group.model_copy(
            update={
                "members": tuple(m.model_copy(update={"unit": name}) if m.unit == unit else m for m in group.members)
            }
        )
        for group in notice.groups
    ]
    departments = {
        key: tuple(name if each == unit else each for each in own) for key, own in notice.departments.items()
    }
    made = remade(notice, units=units, groups=groups)
    return made.model_copy(update={"departments": departments})
