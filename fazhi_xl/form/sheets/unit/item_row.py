"""The band above an item's sub-points: its points and the unit's share of them, its basis, and who else answers it."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import Row, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief, band
from fazhi_xl.notice.assignment import answering, printed_name
from fazhi_xl.notice.model import Item, SubPoint
from fazhi_xl.points import Hundredths, figure, short

_NAMED = 6  # units, of more only the number


def item_row(brief: Brief, columns: tuple[SheetColumn, ...], item: Item) -> Row:
    """Give the band of an item, over the columns of the sheet."""
    basis = f"依据:{item.basis}\n" if item.basis else ""
    responsible = "、".join(printed_name(brief.notice, name) for name in item.responsible)
    below = "以下" if brief.draft > Draft.FIRST else "以上"
    text = (
        f"{item.aspect} · {item.no} {item.name}({short(_class_points(brief, item))}分;{_share(brief, item)})\n"
        f"{basis}责任部门:{responsible};{below}得分点{_who(brief, item)}"
    )
    return band(columns, text, "band", code=str(item.no))


def points_of(subs: Iterable[SubPoint]) -> Hundredths:
    """Add up the points of sub-points."""
    return figure(sum(sub.points for sub in subs))


def _who(brief: Brief, item: Item) -> str:
    """Name the units that the item's sub-points are asked of, the first few of many."""
    mine = brief.of(item)
    found = {unit for sub in mine for unit in answering(brief.notice, sub.code)}
    units = [unit.short for unit in brief.notice.units if unit.short in found]
    named = "、".join(units[:_NAMED]) + (f"等{len(units)}家" if len(units) > _NAMED else "")
    return f"由{named}填报" if any(_asks_units(brief, sub) for sub in mine) else f"由办公室填入,涉及{named}"


def _share(brief: Brief, item: Item) -> str:
    """Say what the unit carries of the item, and how much of that the office scores."""
    mine = brief.of(item)
    by_office = points_of(sub for sub in mine if sub.code in brief.notice.scored_by_office)
    scored = f",其中{short(by_office)}分由办公室计分" if by_office else ""
    return f"本单位承担{len(mine)}个得分点、{short(points_of(mine))}分{scored}"


def _class_points(brief: Brief, item: Item) -> Hundredths:
    """Give the item's points, with the marks that the unit's class has where they are others."""
    own = brief.of(item)
    return figure(item.points + points_of(own) - points_of(brief.notice.sub_points[sub.code] for sub in own))


def _asks_units(brief: Brief, sub: SubPoint) -> bool:
    return not all((sub.id, fact.key) in brief.notice.office_values for fact in sub.inputs)
