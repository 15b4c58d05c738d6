"""The figures that the front page takes: beside its printed area, and as formulas over them, over 数据 and over 排名总表."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi_xl.points import Hundredths, in_points, show
from fazhi_xl.reports.media.panel import Figures
from fazhi_xl.reports.media.titles import grouped
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, Table, literal
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.total_columns import BONUS_POINTS, DEDUCTION, NUMBER, PERCENT, TABLE, TOTAL
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.score_table import Sums
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order

SCORES, LINES, RETURNS, WHOLE = "一页纸得分", "一页纸线", "一页纸报送", "一页纸总体"
BOUND, MEAN, MEANS = "一页纸界线", "一页纸平均", "一页纸组平均"
GRADED, CAME, WAITING, RATE, LOSSES = "计等次", "已报", "待核定", "总得分率", "总失分"
_MOST = 6  # groups that have a place of their own
_LEVEL = 30  # hundredths that a group's mean stands below its units


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A ranking group, or what is left of many; `table` names its rows beside the page, `level` counts from the lowest, 1."""

    name: str
    units: tuple[UnitScore, ...]
    table: str
    level: int

    @property
    def compared(self) -> tuple[UnitScore, ...]:
        return compared(self.units)

    @property
    def came(self) -> int:
        return sum(unit.total is not None and not unit.zeroed for unit in self.units)

    @property
    def totals(self) -> list[Hundredths]:
        return totals(self.compared)


def compared(units: Sequence[UnitScore]) -> tuple[UnitScore, ...]:
    return tuple(unit for unit in in_order(units) if unit.compared and unit.total is not None)


def totals(units: Sequence[UnitScore]) -> list[Hundredths]:
    return [unit.total for unit in units if unit.total is not None]


def groups(round_: Round) -> tuple[Group, ...]:
    """Give the groups that have units; where units are not grouped, all of them as one; of very many the last ones together."""
    if not grouped(round_.notice):
        return (Group(name="全部", units=round_.units, table=f"{SCORES}1", level=1),)
    found = [
        (group.name, tuple(unit for unit in round_.units if unit.group == group.code))
        for group in round_.notice.ranking_groups
    ]
    found = [(name, units) for name, units in found if units]
    if len(found) > _MOST:
        rest = tuple(unit for _, units in found[_MOST - 1 :] for unit in units)
        found = [*found[: _MOST - 1], (f"其余{len(found) - _MOST + 1}组", rest)]
    return tuple(
        Group(name=name, units=units, table=f"{SCORES}{no}", level=len(found) - no + 1)
        for no, (name, units) in enumerate(found, 1)
    )


# Beside the page ------------------------------------------------------------------------------------------------------


def beside(round_: Round, every: tuple[Group, ...], bounds: Sequence[Hundredths], first: int) -> tuple[Figures, ...]:
    """Put the figures one beside the other from a column on, of what there is a figure of."""
    made = [*_scores(round_, every), *_lines(round_, every, bounds), *_returns(round_), *_whole(round_)]
    placed, at = [], first
    for figures in made:
        table = figures.table
        placed.append(Figures(table=_moved(table, at), slices=figures.slices))
        at += len(table.columns) + 1
    return tuple(placed)


def _moved(table: Table, at: int) -> Table:
    return Table(columns=table.columns, rows=table.rows, name=table.name, at=at)


def _scores(round_: Round, every: tuple[Group, ...]) -> Iterator[Figures]:
    """Give each group's units by rank: so a group is some of the rows, one below the other."""
    columns = (
        Column(title="单位", width=10),
        Column(title=NUMBER, width=6, style="whole"),
        *(Column(title=name, width=8, style="figure") for name in (TOTAL, PERCENT, BONUS_POINTS, DEDUCTION, "纵")),
        Column(title=GRADED, width=6, style="whole"),
    )
    rows: list[tuple[Cell, ...]] = []
    slices = {}
    for group in every:
        if group.compared:
            slices[group.table] = (len(rows), len(group.compared))
        rows += [_score(round_, unit, group.level) for unit in group.compared]
    if rows:
        yield Figures(table=Table(columns=columns, rows=tuple(rows), name=SCORES), slices=slices)


def _score(round_: Round, unit: UnitScore, level: int) -> tuple[Cell, ...]:
    held = ((TOTAL, unit.total), (PERCENT, unit.percent), (BONUS_POINTS, unit.bonus), (DEDUCTION, unit.deduction))
    there = {BONUS_POINTS: bool(round_.notice.bonus), DEDUCTION: bool(round_.notice.deductions)}
    figures = (Formula(text=_of_unit(name), value=value or 0) if there.get(name, True) else 0 for name, value in held)
    return unit.unit, round_.number_of(unit.unit), *figures, 100 * level, int(not unit.zeroed)


def _of_unit(column: str) -> str:
    return f"SUMIFS({TABLE}[{column}],{TABLE}[{NUMBER}],[@{NUMBER}])"


def _lines(round_: Round, every: tuple[Group, ...], bounds: Sequence[Hundredths]) -> Iterator[Figures]:
    """Give the ends of the lines over all groups, and the groups' means."""
    if not compared(round_.units):
        return
    low, high = 50, 100 * len(every) + 50
    rows: list[tuple[Cell, ...]] = []
    slices = {}
    for no, bound in enumerate(bounds, 1):
        slices[f"{BOUND}{no}"] = (len(rows), 2)
        rows += [(f"界线{no}", bound, end) for end in (low, high)]
    slices[MEAN] = (len(rows), 2)
    rows += [("全部平均", mean(round_, SCORES, totals(compared(round_.units))).cell, end) for end in (low, high)]
    own = [group for group in every if group.totals]
    if len(every) > 1:
        slices[MEANS] = (len(rows), len(own))
        rows += [
            (f"{group.name}平均", mean(round_, group.table, group.totals).cell, 100 * group.level - _LEVEL)
            for group in own
        ]
    columns = (Column(title="名称", width=14), *(Column(title=name, width=7, style="figure") for name in ("横", "纵")))
    yield Figures(table=Table(columns=columns, rows=tuple(rows), name=LINES), slices=slices)


def _returns(round_: Round) -> Iterator[Figures]:
    """Say of each unit whose form is due whether it came, and of each whether the review of what it returned is still to do."""
    columns = (
        Column(title="单位", width=10),
        *(Column(title=name, width=7, style="whole") for name in (CAME, WAITING)),
    )
    rows = tuple((unit.unit, int(unit in round_.returned), int(_waits(round_, unit))) for unit in round_.due)
    if rows:
        yield Figures(table=Table(columns=columns, rows=rows, name=RETURNS))


def _waits(round_: Round, unit: UnitScore) -> bool:
    reviewed = round_.reviewed_of(unit)
    return bool(unit.sub_points) and reviewed.reviewed is None and not round_.official


def waiting(round_: Round) -> int:
    return sum(_waits(round_, unit) for unit in round_.due)


def _whole(round_: Round) -> Iterator[Figures]:
    if round_.notice.items:
        columns = tuple(Column(title=name, width=9, style="figure") for name in (RATE, LOSSES))
        whole = round_.table.every.whole()
        row = (rate(whole, round_).cell, lost_points(whole, round_).cell)
        yield Figures(table=Table(columns=columns, rows=(row,), name=WHOLE))


# Formulas -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A figure: the formula that gives it, and what it is now; None where there is none."""

    text: str
    value: Hundredths | None

    @property
    def cell(self) -> Cell:
        return Formula(text=self.text, value=self.value)


def of(round_: Round, what: str, *by: tuple[str, str | int]) -> str:
    """Write the sum of a column of 数据 over the units that are compared, where the other columns are as given."""
    conditions = (*data.over_units(round_), *by)
    return data.summed(what, *conditions) if conditions else f"SUM({data.TABLE}[{what}])"


def rate(sums: Sums, round_: Round, *by: tuple[str, str | int]) -> Live:
    full = of(round_, data.FULL, *by)
    text = data.rounded(f"100*{of(round_, data.COUNTED, *by)}/{full}", 2)
    return Live(text=f'IF({full}=0,"—",{text})', value=sums.rate)


def against_all(round_: Round, own: Live) -> Live:
    """Compare a rate with that of all."""
    every = round_.table.every.whole().rate
    value = None if every is None or own.value is None else own.value - every
    return Live(text=f'IF(ISNUMBER({own.text}),ROUND({own.text}-SUM({WHOLE}[{RATE}]),2),"—")', value=value)


def lost_points(sums: Sums, round_: Round, *by: tuple[str, str | int]) -> Live:
    return Live(text=data.exact(round_, of(round_, data.LOST, *by)), value=sums.lost)


def mean(round_: Round, table: str, values: Sequence[Hundredths], column: str = TOTAL) -> Live:
    value = stats.mean(values, round_.notice.about.scoring.kept)
    return _over(data.kept(round_, f"AVERAGE({table}[{column}])"), value)


def median(round_: Round, table: str, values: Sequence[Hundredths]) -> Live:
    value = stats.median(values, round_.notice.about.scoring.kept)
    return _over(data.kept(round_, f"MEDIAN({table}[{TOTAL}])"), value)


def highest(table: str, values: Sequence[Hundredths]) -> Live:
    return _over(f"MAX({table}[{TOTAL}])", max(values, default=None))


def lowest(table: str, values: Sequence[Hundredths]) -> Live:
    return _over(f"MIN({table}[{TOTAL}])", min(values, default=None))


def _over(text: str, value: Hundredths | None) -> Live:
    """Give a figure over rows beside the page, which are not there where there is no figure."""
    return Live(text='"—"' if value is None else text, value=value)


def counted(group: Group, low: Hundredths | None, high: Hundredths | None) -> Live:
    """Count a group's units from one total to below another, without those that returned nothing."""
    own = [unit.total for unit in group.compared if not unit.zeroed and unit.total is not None]
    value = sum((low is None or total >= low) and (high is None or total < high) for total in own)
    return Live(text=_count(group.table, low, high) if group.compared else "0", value=value)


def _count(table: str, low: Hundredths | None, high: Hundredths | None) -> str:
    bounds = "".join(
        f',{table}[{TOTAL}],"{sign}{in_points(bound)}"'
        for sign, bound in ((">=", low), ("<", high))
        if bound is not None
    )
    return f"COUNTIFS({table}[{GRADED}],1{bounds})"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with live figures, part by part: what each says now, and the formula that says it."""

    parts: tuple[tuple[str, str], ...] = ()

    def say(self, text: str) -> Words:
        return self._and(text, literal(text)) if text else self

    def points(self, live: Live, places: int) -> Words:
        """Say points as they are written anywhere."""
        shape = f'"0.00{"#" * (places - 2)}"'
        return self.say("—") if live.value is None else self._and(show(live.value), f"TEXT({live.text},{shape})")

    def number(self, live: Live) -> Words:
        return self._and(str(live.value), live.text)

    def word(self, text: str, formula: str) -> Words:
        """Say a word that follows from figures."""
        return self._and(text, formula)

    def joined(self, more: Words) -> Words:
        return Words((*self.parts, *more.parts))

    def _and(self, text: str, formula: str) -> Words:
        return Words((*self.parts, (text, formula)))

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)

    @property
    def formula(self) -> Formula:
        return Formula(text="&".join(formula for _, formula in self.parts), value=self.text)
