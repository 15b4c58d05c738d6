"""Ranks of 排名总表: a hidden number says who is ranked, by which every program counts those with a higher total alike."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from fazhi_xl.notice.choices import Ties
from fazhi_xl.reports.media.titles import VETO, grouped
from fazhi_xl.reports.media.workbook import Cell, Column, Formula
from fazhi_xl.reports.ranking.total_columns import TABLE, TOTAL
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore

RANKED, GROUP_NO, SHARE, GROUP_SHARE = "参加排名", "组序号", "同分份额", "组内同分份额"
COLUMNS = tuple(
    Column(title=title, width=9, style="whole", hidden=True) for title in (RANKED, GROUP_NO, SHARE, GROUP_SHARE)
)
_RANKED = f"{TABLE}[{RANKED}],1"
_SAME_GROUP = f"{TABLE}[{GROUP_NO}],[@{GROUP_NO}]"


def absent(round_: Round) -> Mapping[str, bool]:
    """Say which of the columns a workbook does without: groups where there are none, shares where ties leave out ranks."""
    alone, skipping = not grouped(round_.notice), round_.notice.about.scoring.ties is Ties.SKIPPING
    return {GROUP_NO: alone, SHARE: skipping, GROUP_SHARE: skipping or alone}


def rank(round_: Round, *, grouped: bool = False) -> str:
    """Count those with a higher total, or how many higher totals there are, each as the shares of its units add up to 1."""
    higher = f'{TABLE}[{TOTAL}],">"&[@{TOTAL}]' + (f",{_SAME_GROUP}" if grouped else "")
    if round_.notice.about.scoring.ties is Ties.SKIPPING:
        return f"COUNTIFS({_RANKED},{higher})+1"
    return f"ROUND(SUMIFS({TABLE}[{GROUP_SHARE if grouped else SHARE}],{_RANKED},{higher}),0)+1"


def cells(round_: Round, unit: UnitScore) -> Mapping[str, Cell]:
    """Give what the ranks are counted by: whether the unit is ranked, its group, and its share of those with the same total."""
    groups = [group.code for group in round_.notice.ranking_groups]
    return {
        GROUP_NO: groups.index(unit.group) + 1,
        RANKED: _is_ranked(round_, unit),
        SHARE: _share(round_, unit),
        GROUP_SHARE: _share(round_, unit, grouped=True),
    }


def _is_ranked(round_: Round, unit: UnitScore) -> Cell:
    if unit.total is None or unit.unit in round_.notice.apart:
        return 0
    if not round_.vetoed:
        return 1
    return Formula(text=f'IF([@{VETO}]="—",1,0)', value=int(not unit.vetoes))


def _share(round_: Round, unit: UnitScore, *, grouped: bool = False) -> Cell:
    same = [
        each
        for each in round_.units
        if each.total == unit.total
        and not each.vetoes
        and each.unit not in round_.notice.apart
        and (not grouped or each.group == unit.group)
    ]
    if unit not in same or unit.total is None:
        return 0
    alike = f"{_RANKED},{TABLE}[{TOTAL}],[@{TOTAL}]" + (f",{_SAME_GROUP}" if grouped else "")
    return Formula(text=f"IF([@{RANKED}]=1,1/COUNTIFS({alike}),0)", value=Fraction(1, len(same)))
