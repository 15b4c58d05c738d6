"""加减分明细: the matters behind every bonus and every deduction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths, short
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.caps import within_cap
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.round import Round

SHEET = "加减分明细"
BONUS, PENALTIES = "加分明细", "减分明细"
WEIGHTS = {BONUS: 7, PENALTIES: 13}  # by which a change is noticed
_HEAD = (
    Column(title="序号", width=6, style="count"),
    Column(title="单位", width=15.5),
    Column(title="来源", width=15.5),
    Column(title="情形", width=14),
    Column(title="事项", width=25),
)
_DATED = Column(title="日期", width=11, style="centre")
_JUDGED = (Column(title="认定", width=8, style="centre"), Column(title="归并", width=9))  # once decisions count
_NONE = ":没有"  # where a list is empty
_TAIL = (Column(title="计分", width=8, style="figure"), Column(title="说明", width=24))


def adjustments_sheet(round_: Round) -> ReportSheet:
    notice, texts = round_.notice, round_.notice.about.texts
    clauses = (Sentence(text) for text in (texts.bonus_clause, texts.deduction_clause) if text)
    tables = (*((_bonus(round_),) if notice.bonus else ()), *((_penalties(round_),) if notice.deductions else ()))
    none = () if any(table.rows for table in tables) else (Sentence(_none(notice)),)
    return ReportSheet(name=SHEET, title=title(round_, SHEET), blocks=(*none, *clauses, *tables))


def _none(notice: Notice) -> str:
    kinds = (*(("加分",) if notice.bonus else ()), *(("减分",) if notice.deductions else ()))
    return f"没有{'和'.join(kinds)}的事项。"


def tables(notice: Notice) -> tuple[str, ...]:
    """Name the sheet's tables: those of what the notice has."""
    return (*((BONUS,) if notice.bonus else ()), *((PENALTIES,) if notice.deductions else ()))


def _bonus(round_: Round) -> Table:
    scoring = round_.notice.about.scoring
    early = EarlyBonus.RECOGNISED if round_.official else scoring.early_bonus
    limit = "" if scoring.bonus_cap is None else f";每家以{short(scoring.bonus_cap)}分为限"
    judged = early is EarlyBonus.RECOGNISED
    rows = tuple(
        _row(round_, each, (each.row, each.authority, each.degree, each.document), why, judged=judged)
        for each, why in _explained(round_, round_.claims, scoring.bonus_cap)
    )
    return Table(
        title=f"加分({early.word}{limit})" + _NONE * (not rows),
        columns=tuple(_columns({"编号": 8, "机关": 13, "级别": 9, "文号": 13}, judged=judged)),
        rows=rows,
        name=BONUS,
    )


def _penalties(round_: Round) -> Table:
    cap = round_.notice.about.scoring.deduction_cap
    said = ("全部定下以后才减",) if not round_.deducting else ()
    limit = () if cap is None else (f"每家以{short(cap)}分为限",)
    named = ";".join((*said, *limit))
    kept = round_.penalties
    if not round_.deducting:  # no decision shows: every matter stands as it was provided or registered
        kept = tuple(replace(each, counted=0, limited="", same="", note="", verdict="") for each in kept)
    rows = tuple(
        _row(round_, each, (each.degree, each.row, each.document), why, judged=round_.deducting)
        for each, why in _explained(round_, kept, cap)
    )
    return Table(
        title=(f"减分({named})" if named else "减分") + _NONE * (not rows),
        columns=tuple(_columns({"处理程度": 14, "登记": 15, "文书": 14}, judged=round_.deducting)),
        rows=rows,
        name=PENALTIES,
    )


def weight(round_: Round) -> Hundredths:
    """Add up what the lists weigh, each unit's entries by its number, so that a change of any shows."""
    numbers = {unit.short: unit.no for unit in round_.notice.units}
    bonus = sum(numbers.get(each.unit, 0) * each.counted for each in round_.claims)
    penalties = sum(numbers.get(each.unit, 0) * each.counted for each in round_.penalties) if round_.deducting else 0
    return bonus * WEIGHTS[BONUS] + penalties * WEIGHTS[PENALTIES]


def _columns(middle: Mapping[str, float], *, judged: bool) -> Iterator[Column]:
    yield from _HEAD
    yield from (Column(title=name, width=width) for name, width in middle.items())
    yield _DATED
    yield from _JUDGED if judged else ()
    yield from _TAIL


def _explained(
    round_: Round, entries: Iterable[Adjustment], cap: Hundredths | None
) -> Iterator[tuple[Adjustment, str]]:
    """Give the entries unit by unit, each with why it counts no more in the unit's total: what it says itself is before the cap."""
    every = tuple(entries)
    numbers = {unit.short: unit.no for unit in round_.notice.units}
    units = sorted(dict.fromkeys(each.unit for each in every), key=lambda unit: numbers.get(unit, len(numbers) + 1))
    for unit in units:
        for each, points in within_cap((each for each in every if each.unit == unit), cap):
            yield each, each.why(points, cap)


def _row(round_: Round, each: Adjustment, middle: tuple[str, ...], why: str, *, judged: bool) -> tuple[Cell, ...]:
    known = each.unit in round_.notice.units_by_short
    texts = (each.unit, each.source, each.situation, each.matter, *middle, each.dated)
    said = (why, each.note) if judged and each.verdict else (why, each.hint)
    return (
        round_.number_of(each.unit) if known else None,
        *(text or None for text in texts),
        *((each.verdict or "待认定", each.joined or None) if judged else ()),
        each.counted,
        ";".join(filter(None, said)) or None,
    )
