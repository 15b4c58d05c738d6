"""Compares two catalogues: every field of every part, so that what is not told is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazhi_xl.form.sentences import explain
from fazhi_xl.notice.model import Item, Notice, SubPoint, Unit
from fazhi_xl.notice.rules import Plain
from fazhi_xl.setup.compare.differences import (
    Change,
    Differences,
    Part,
    RuleChange,
    SubPointChange,
    UnitChange,
    What,
)
from fazhi_xl.setup.compare.fields import FieldChange, changed_fields
from fazhi_xl.setup.compare.listed import called, paired
from fazhi_xl.setup.compare.loads import loads
from fazhi_xl.setup.compare.pairs import Pair, Pairs
from fazhi_xl.setup.compare.renamed import under_todays_names
from fazhi_xl.setup.compare.said import said

_SINGLE = {
    "about": Part.ABOUT,
    "bonus_form": Part.BONUS_FORM,
    "index": Part.INDEX,
    "contacts": Part.CONTACTS,
    "theme": Part.THEME,
}
_LISTED = {
    "ranking_groups": Part.RANKING_GROUP,
    "groups": Part.GROUP,
    "bonus": Part.BONUS,
    "deductions": Part.DEDUCTION,
    "limits": Part.LIMIT,
    "vetoes": Part.VETO,
    "registers": Part.REGISTER,
    "readings": Part.READING,
    "switches": Part.SWITCH,
}


def compare(old: Notice, new: Notice) -> Differences:
    """Say in what the new catalogue differs from the old one.

    A thing that is called otherwise is the same where ids, aliases or what it says tell so, and what refers to it has not changed then.
    """
    pairs = Pairs.of(old, new)
    then = under_todays_names(pairs)
    subs = tuple(_todays(pairs, then))
    return Differences(
        old=old,
        new=new,
        units=tuple(_units(pairs)),
        sub_points=tuple(_sub_points(pairs, subs)),
        rules=tuple(_rules(subs)),
        others=(*_items(pairs, then), *_inputs(subs), *_departments(then, new), *_lists(then, new), *_parts(then, new)),
        loads=tuple(loads(pairs)),
    )


def _todays(pairs: Pairs, then: Notice) -> Iterator[Pair[SubPoint]]:
    """Give the pairs of sub-points, the old ones with what they refer to under today's names."""
    for each in pairs.sub_points:
        before = then.sub_points[each.before.code] if each.before else None
        yield Pair(before=before, now=each.now, how=each.how)


def _both(before: Plain | None, now: Plain | None) -> What:
    return What.NEW if before is None else What.GONE if now is None else What.CHANGED


# Units ---------------------------------------------------------------------------------------------------------------


def _units(pairs: Pairs) -> Iterator[UnitChange]:
    for each in pairs.units:
        old, new = each.before, each.now
        fields = changed_fields(old, new) if old and new and not each.merged else ()
        what = What.MERGED if each.merged else _unit_change(old, new, fields)
        if what is not What.CHANGED or fields:
            names = (old.short if old else "", new.short if new else "")
            yield UnitChange(
                part=Part.UNIT,
                what=what,
                before=names[0],
                after=names[1],
                fields=fields,
                old=old,
                new=new,
                how=each.how,
            )


def _unit_change(old: Unit | None, new: Unit | None, fields: Sequence[FieldChange]) -> What:
    changed = {each.field for each in fields}
    if old is None or new is None:
        return _both(old, new)
    if changed & {"name", "short"}:
        return What.RENAMED
    if "ranking_group" in changed:
        return What.MOVED
    return What.NUMBERED if changed == {"no"} else What.CHANGED


# Items and sub-points ------------------------------------------------------------------------------------------------


def _items(pairs: Pairs, then: Notice) -> Iterator[Change]:
    todays = {item.no: item for item in then.items}
    for each in pairs.items:
        old, new = todays[each.before.no] if each.before else None, each.now
        fields = changed_fields(old, new, skip={"sub_points"}) if old and new else ()
        what = What.NUMBERED if {change.field for change in fields} == {"no"} else _both(old, new)
        if what is not What.CHANGED or fields:
            said_ = _item_said(new or old) if what in {What.NEW, What.GONE} else ""
            yield Change(part=Part.ITEM, what=what, before=_named(old), after=_named(new), fields=fields, said=said_)


def _named(each: Plain | None) -> str:
    return called(each) if each else ""


def _item_said(item: Item | None) -> str:
    return said(item.model_copy(update={"sub_points": ()})) if item else ""


def _sub_points(pairs: Pairs, subs: Sequence[Pair[SubPoint]]) -> Iterator[SubPointChange]:
    items = {each.before.no: each.now for each in pairs.items if each.before}
    for each in subs:
        old, new = each.before, each.now
        item_then = pairs.old.item_of[old.code] if old else None
        item_now = pairs.new.item_of[new.code] if new else None
        fields = changed_fields(old, new, skip={"code", "inputs", "rule"}) if old and new else ()
        elsewhere = bool(item_then and item_now and items[item_then.no] != item_now)
        numbered = bool(old and new and old.code != new.code)
        if elsewhere or numbered or fields or not (old and new):
            other = What.NUMBERED if numbered and not fields else _both(old, new)
            yield SubPointChange(
                part=Part.SUB_POINT,
                what=What.MOVED if elsewhere else other,
                before=_named(old),
                after=_named(new),
                fields=fields,
                old=old,
                new=new,
                old_item=item_then,
                new_item=item_now,
                how=each.how,
            )


def _inputs(subs: Sequence[Pair[SubPoint]]) -> Iterator[Change]:
    """Tell of inputs of the sub-points that there still are: those of new ones and of those that are gone go with them."""
    for old, new in ((each.before, each.now) for each in subs):
        if not (old and new):
            continue
        for before, now in paired(old.inputs, new.inputs):
            fields = changed_fields(before, now) if before and now else ()
            if fields or not (before and now):
                told = said(now or before) if not (before and now) else ""
                yield Change(
                    part=Part.INPUT,
                    what=_both(before, now),
                    before=_named(before),
                    after=_named(now),
                    within=new.code,
                    fields=fields,
                    said=told,
                )


def _rules(subs: Sequence[Pair[SubPoint]]) -> Iterator[RuleChange]:
    for old, new in ((each.before, each.now) for each in subs):
        if not (old and new):
            continue
        sentences = rule_text(old), rule_text(new)
        fields = changed_fields(old.rule, new.rule)
        if fields or sentences[0] != sentences[1]:
            yield RuleChange(
                part=Part.RULE,
                what=What.CHANGED,
                before=old.code,
                after=new.code,
                fields=fields,
                said_before=sentences[0],
                said_after=sentences[1],
            )


def rule_text(sub: SubPoint) -> str:
    """Give what stands beside the inputs, as the unit reads it."""
    return "".join(f"{each.removesuffix('。')}。" for each in explain(sub).values() if each)


# The rest ------------------------------------------------------------------------------------------------------------


def _departments(then: Notice, new: Notice) -> Iterator[Change]:
    for name in dict.fromkeys((*then.departments, *new.departments)):
        before, now = then.departments.get(name), new.departments.get(name)
        if before != now:
            what = What.NEW if before is None else What.GONE if now is None else What.CHANGED
            said_ = FieldChange(field="departments", way=("对应的单位",), before=said(before), after=said(now))
            names = (name if before is not None else "", name if now is not None else "")
            yield Change(part=Part.DEPARTMENT, what=what, before=names[0], after=names[1], fields=(said_,))


def _lists(then: Notice, new: Notice) -> Iterator[Change]:
    for name, part in _LISTED.items():
        for before, now in paired(getattr(then, name), getattr(new, name)):
            fields = changed_fields(before, now) if before and now else ()
            if fields or not (before and now):
                told = said(now or before) if not (before and now) else ""
                what = _renamed(before, now)
                yield Change(part=part, what=what, before=_named(before), after=_named(now), fields=fields, said=told)


def _renamed(before: Plain | None, now: Plain | None) -> What:
    both = before is not None and now is not None
    return What.RENAMED if both and _named(before) != _named(now) else _both(before, now)


def _parts(then: Notice, new: Notice) -> Iterator[Change]:
    for name, part in _SINGLE.items():
        before, now = getattr(then, name), getattr(new, name)
        fields = changed_fields(before, now) if before and now else ()
        if fields or (before is None) != (now is None):
            told = said(now or before) if not (before and now) else ""
            yield Change(
                part=part, what=_both(before, now), before=part.value, after=part.value, fields=fields, said=told
            )
