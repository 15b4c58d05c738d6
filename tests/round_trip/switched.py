"""The catalogue with every rule read the other way, so that each reading of each kind of part meets a client."""

from __future__ import annotations

from fazhi_xl.notice.choices import Below, Combine, NoCase
from fazhi_xl.notice.model import Item, Notice, SubPoint
from fazhi_xl.notice.rules import Count, Part, Rate, Ratio, Rule

_BELOW = {Below.ZERO: Below.LINEAR, Below.LINEAR: Below.ZERO}
_COMBINE = {Combine.EACH: Combine.ALL, Combine.ALL: Combine.EACH}
_NO_CASE = {NoCase.MET: NoCase.NOT_APPLICABLE, NoCase.NOT_APPLICABLE: NoCase.ZERO, NoCase.ZERO: NoCase.MET}


def read_the_other_way(notice: Notice) -> Notice:
    # Made anew and not copied: a copy would carry along what the notice has worked out from its items.
    held = {name: getattr(notice, name) for name in Notice.model_fields}
    return Notice(**{**held, "items": tuple(map(_item, notice.items))})


def _item(item: Item) -> Item:
    return item.model_copy(update={"sub_points": tuple(map(_sub_point, item.sub_points))})


def _sub_point(sub: SubPoint) -> SubPoint:
    rule = Rule(combine=_COMBINE[sub.rule.combine], parts=tuple(map(_part, sub.rule.parts)))
    return sub.model_copy(update={"rule": rule})


def _part(part: Part) -> Part:
    if isinstance(part, Rate):
        return part.model_copy(update={"below": _BELOW[part.below], "no_case": _NO_CASE[part.no_case]})
    if isinstance(part, Count | Ratio):
        return part.model_copy(update={"below": _BELOW[part.below]})
    return part
