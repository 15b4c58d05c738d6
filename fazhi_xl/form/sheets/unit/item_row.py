"""What stands above an item's sub-points: its points and the unit's share of them, how much is open, its basis, who else answers it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import CODE_COLUMN, Computed, Content, Label, Row, SheetColumn, Stretch
from fazhi_xl.form.sheets.common import marks
from fazhi_xl.form.sheets.common.context import Brief, band
from fazhi_xl.notice.assignment import answering, printed_name
from fazhi_xl.notice.model import Item, SubPoint
from fazhi_xl.points import Hundredths, figure, short

_NAMED = 6  # units, of more only the number


def item_row(brief: Brief, columns: tuple[SheetColumn, ...], item: Item, judged: tuple[str, ...]) -> Row:
    """Give an item's row: name, points and share, and how much is open in the `judged` rows below it."""
    first, share, last = columns[1].code, columns[-2].code, columns[-1].code
    cells: dict[str, Content] = {
        CODE_COLUMN: Label(str(item.no), "item_no"),
        first: Label(item.name, "item"),
        share: Label(f"{short(_class_points(brief, item))}分;{_share(brief, item, '本单位')}", "item_share"),
        last: Computed(marks.tally(judged), marks.TALLY) if judged else Label("由办公室计分", marks.TALLY),
    }
    return Row(code=str(item.no), cells=cells, height=25, stretched={first: Stretch(columns[-3].code)})


def basis_row(brief: Brief, columns: tuple[SheetColumn, ...], item: Item) -> Row:
    """Give the small print below an item: its aspect, what it rests on, and who answers for it."""
    said = (item.aspect, f"依据:{item.basis}" if item.basis else "", *_answered(brief, item))
    cells = {CODE_COLUMN: Label("", "basis"), columns[1].code: Label("。".join(filter(None, said)), "basis")}
    return Row(cells=cells, merged=True)


def earlier_band(brief: Brief, columns: tuple[SheetColumn, ...], item: Item) -> Row:
    """Give all that is said of an item in one row, as the first two drafts had it."""
    basis = f"依据:{item.basis}\n" if item.basis else ""
    text = (
        f"{item.aspect} · {item.no} {item.name}({short(_class_points(brief, item))}分;{_share(brief, item, '本单位承担')})\n"
        f"{basis}{';'.join(_answered(brief, item))}"
    )
    return band(columns, text, "band", code=str(item.no))


def _answered(brief: Brief, item: Item) -> tuple[str, str]:
    responsible = "、".join(printed_name(brief.notice, name) for name in item.responsible)
    below = "以下" if brief.draft > Draft.FIRST else "以上"
    return f"责任部门:{responsible}", f"{below}得分点{_who(brief, item)}"


def points_of(subs: Iterable[SubPoint]) -> Hundredths:
    """Add up the points of sub-points."""
    return figure(sum(sub.points for sub in subs))


def _who(brief: Brief, item: Item) -> str:
    """Name the units that the item's sub-points are asked of, the first few of many."""
    mine = brief.of(item)
    found = {
        unit for sub in mine for unit in brief.once((answering, sub.code), partial(answering, brief.notice, sub.code))
    }
    units = [unit.short for unit in brief.notice.units if unit.short in found]
    named = "、".join(units[:_NAMED]) + (f"等{len(units)}家" if len(units) > _NAMED else "")
    return f"由{named}填报" if any(_asks_units(brief, sub) for sub in mine) else f"由办公室填入,涉及{named}"


def _share(brief: Brief, item: Item, whose: str) -> str:
    """Say what the unit carries of the item, and how much of that the office scores."""
    mine = brief.of(item)
    by_office = points_of(sub for sub in mine if sub.code in brief.notice.scored_by_office)
    scored = f",其中{short(by_office)}分由办公室计分" if by_office else ""
    return f"{whose}{len(mine)}个得分点、{short(points_of(mine))}分{scored}"


def _class_points(brief: Brief, item: Item) -> Hundredths:
    """Give the item's points, with the marks that the unit's class has where they are others."""
    own = brief.of(item)
    return figure(item.points + points_of(own) - points_of(brief.notice.sub_points[sub.code] for sub in own))


def _asks_units(brief: Brief, sub: SubPoint) -> bool:
    return not all((sub.id, fact.key) in brief.notice.office_values for fact in sub.inputs)
