"""All lists of a review book whose rows arise while the round is reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from fazhi_xl.form.model import Content, Sheet
from fazhi_xl.form.sheets.review import blind
from fazhi_xl.form.sheets.review.adjudication import ADJUDICATION
from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.matters import MatterList
from fazhi_xl.form.sheets.review.queries import QUERIES
from fazhi_xl.form.sheets.review.unlike import UNLIKE

LISTS: tuple[MatterList, ...] = (QUERIES, UNLIKE, ADJUDICATION, APPEALS)
FOR_SEALING = frozenset({blind.NAME, *(each.name for each in LISTS if each.for_sealing)})
"""The sheets on which nothing keeps a ranking from being official."""


def list_of(row: str) -> MatterList | None:
    """Give the list of which a row, without its unit, is one; None for any other row."""
    return next((each for each in LISTS if each.holds(row)), None)


def is_gone(dossier: Dossier, code: str) -> bool:
    """Say whether a row's code is one of these lists, and nothing is asked there any more."""
    drawn = list_of(code.partition("/")[2])
    return drawn is not None and all(each.code != code for each in dossier.matters.get(drawn.head, ()))


def by_list(matters: Iterable[Matter]) -> Mapping[str, tuple[Matter, ...]]:
    """Give the matters of each list that has any, by what the codes of its rows begin with."""
    every = tuple(matters)
    found = {each.head: tuple(matter for matter in every if each.holds(matter.row)) for each in LISTS}
    return {head: own for head, own in found.items() if own}


def sheets(dossier: Dossier) -> Iterator[Sheet]:
    """Draw up the lists that have any row; a section's own book has none of them."""
    for each in LISTS:
        if own := dossier.matters.get(each.head):
            yield each.sheet(dossier, own)


def cells(dossier: Dossier) -> Mapping[str, Mapping[str, Content]]:
    """Give what stands locked in each row, by its code."""
    return {matter.code: each.cells(matter) for each in LISTS for matter in dossier.matters.get(each.head, ())}
