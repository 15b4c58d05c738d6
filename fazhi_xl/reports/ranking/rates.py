"""The aspects' rates and the items' rates: where points are won and lost, all as formulas over 数据."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, round_half_up, short
from fazhi_xl.reports.media.titles import grouped, title
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, ReportSheet, Sentence, Table, literal, pixels
from fazhi_xl.reports.ranking import data, total_columns
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.score_table import Losers, Part
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import in_order

NUMBER = "序号"
ITEMS, ASPECTS, WORST = "项目表", "方面表", "失分最多的得分点"
_MOST = 10

Chosen = Callable[[SubPointScore], bool]


Condition = tuple[str, str | int]


def _rate(rate_: int | None, *by: Condition) -> Formula:
    full = data.summed(data.FULL, *by)
    rate = data.rounded(f"100*{data.summed(data.COUNTED, *by)}/{full}", 2)
    text = f'IF({full}=0,"—",{rate})'
    return Formula(text=text, value=rate_)


def _of_aspect(round_: Round, aspect: str) -> Chosen:
    return lambda score: round_.notice.item_of[score.code].aspect == aspect


def of_item(round_: Round, no: int) -> Chosen:
    return lambda score: round_.notice.item_of[score.code].no == no


# The aspects' rates --------------------------------------------------------------------------------------------------------


def aspects_sheet(round_: Round) -> ReportSheet:
    """Give every unit's rates, group by group in the order of the ranks, and below them those of all."""
    name, columns = f"{round_.notice.about.words.aspects}得分率", tuple(_aspect_columns(round_))
    groups = tuple(_aspect_groups(round_, columns))
    return ReportSheet(
        name=name,
        title=title(round_, f"{name}({round_.basis.value},%)"),
        blocks=(
            Sentence(
                f"得分率=得分÷应得分。{_words(round_)}{_shaded(round_)}“—”为该单位没有这方面的任务,或有而不计入应得分。"
            ),
            *(_with_ends(round_, groups) if groups else (Table(columns=columns, rows=()),)),
        ),
        portrait=True,
        compact=True,
        held=2,
    )


def _aspect_columns(round_: Round) -> Iterator[Column]:
    aspects = round_.notice.aspects
    yield Column(title="名次", width=pixels(46), style="rank")
    yield Column(title="单位", width=pixels(124))
    bounds = (*_bounds(round_), _LOWEST)
    for no, name in enumerate(aspects, 1):
        key, wide = f"{data.ASPECT_NO}{no}", pixels(max(76, min(96, 480 // len(aspects))))
        yield Column(title=name, width=wide, style="rate", number=rated(round_), shades=bounds, key=key)
    yield Column(title="最低的方面", width=pixels(134))


def _aspect_groups(round_: Round, columns: tuple[Column, ...]) -> Iterator[Table]:
    """Give a table for each group that has scores; the first has the head, the others go on below it."""
    notice, order, begun = round_.notice, in_order(round_.scored), False
    for no, group in enumerate(notice.ranking_groups, 1):
        own = [unit for unit in order if unit.group == group.code]
        every = sum(unit.group == group.code for unit in round_.units)
        came = f",已报{len(own)}家" if round_.due else ""
        if own:
            yield Table(
                columns=columns,
                rows=tuple(_aspect_row(round_, f"{ASPECTS}{no}", unit) for unit in own),
                name=f"{ASPECTS}{no}",
                band=f"{group.name}({every}家{came})" if grouped(notice) else "",
                headless=begun,
                tall=_ASPECT_ROW,
            )
            begun = True


def _with_ends(round_: Round, groups: tuple[Table, ...]) -> Iterator[Table]:
    """Give the groups, and below the last one the rates of all, and how many units are good, middling and bad in each aspect."""
    *others, last = groups
    sums, over = round_.table.by_aspect(), data.over_units(round_)
    numbers = range(1, len(round_.notice.aspects) + 1)
    rates = tuple(
        _rate(sums[name].rate, *over, (data.ASPECT_NO, no)) for no, name in enumerate(round_.notice.aspects, 1)
    )
    yield from others
    yield replace(last, total=("", "全部", *rates, _weakest(round_, last.name, rates)))
    counts = tuple(_graded(round_, f"{data.ASPECT_NO}{no}", groups, no + 1) for no in numbers)
    plain = tuple(replace(column, number="") for column in last.columns)
    yield Table(columns=plain, rows=(), total=("", "好/中/差(家)", *counts, ""), headless=True, tall=19.0)


def _graded(round_: Round, column: str, tables: Sequence[Table], at: int) -> Formula:
    """Count the units whose rate is good, middling and bad: 11/10/5."""
    high, middle = _bounds(round_)
    values = [cell.value for table in tables for row in table.rows if isinstance(cell := row[at], Formula)]
    rates = [value for value in values if isinstance(value, int)]
    good, bad = sum(rate >= high for rate in rates), sum(rate < middle for rate in rates)
    counted = {
        sign: "+".join(f'COUNTIF({table.name}[{column}],"{sign}{short(bound)}")' for table in tables)
        for sign, bound in ((">=", high), ("<", middle))
    }
    every = "+".join(f"COUNT({table.name}[{column}])" for table in tables)
    text = f'({counted[">="]})&"/"&({every}-({counted[">="]})-({counted["<"]}))&"/"&({counted["<"]})'
    return Formula(text=text, value=f"{good}/{len(rates) - good - bad}/{bad}")


def _aspect_row(round_: Round, table: str, unit: UnitScore) -> tuple[Cell, ...]:
    number = round_.number_of(unit.unit)
    rates = tuple(_aspect_rate(round_, unit, number, no) for no in range(1, len(round_.notice.aspects) + 1))
    rank = f"SUMIFS({total_columns.TABLE}[{total_columns.RANK}],{total_columns.TABLE}[{total_columns.NUMBER}],{number})"
    place = None if unit.rank is None else Formula(text=rank, value=unit.rank)
    return (place, unit.unit, *rates, _weakest(round_, table, rates))


def _aspect_rate(round_: Round, unit: UnitScore, number: int, no: int) -> Cell:
    """Give a unit's rate in an aspect; none where it has no task in it."""
    pool = list(filter(_of_aspect(round_, round_.notice.aspects[no - 1]), unit.sub_points))
    rate = stats.rate_of(pool, round_.basis, round_.notice.about.scoring)
    return _rate(rate, (data.UNIT_NO, number), (data.ASPECT_NO, no)) if pool else None


def _weakest(round_: Round, table: str, rates: tuple[Cell, ...]) -> Formula:
    """Name the aspect of the lowest rate; where all have the full one, or one and the same, say so."""
    names = round_.notice.aspects
    own = f"{table}[@{data.ASPECT_NO}1]:{table}[@{data.ASPECT_NO}{len(names)}]"
    words = ",".join(map(literal, names))
    values = [rate.value if isinstance(rate, Formula) else None for rate in rates]
    known = [value for value in values if isinstance(value, int)]
    lowest = f"CHOOSE(MATCH(MIN({own}),{own},0),{words})"
    alike = f'IF(AND(COUNT({own})>1,MIN({own})=MAX({own})),"{_ALIKE}",{lowest})'
    text = f'IF(COUNT({own})=0,"—",IF(MIN({own})>=100,"{_ALL_FULL}",{alike}))'
    if not known:
        return Formula(text=text, value=None)
    least = min(known)
    if least >= stats.FULL_RATE:
        return Formula(text=text, value=_ALL_FULL)
    if len(known) > 1 and least == max(known):
        return Formula(text=text, value=_ALIKE)
    return Formula(text=text, value=names[values.index(least)])


_ALL_FULL, _ALIKE = "全部满分", "各方面相同"


def rated(round_: Round) -> str:
    """Give the number format that says in a word how good a rate is: the word survives black and white, a colour does not."""
    high, middle = map(short, _bounds(round_))
    return f'[>={high}]0.00" 好";[>={middle}]0.00" 中";0.00" 差"'


_LOWEST = 6_000  # hundredths of a per cent, below which a rate is shaded most
_ASPECT_ROW = 16.5  # points: so the units of a district stand on one page


def _bounds(round_: Round) -> tuple[Hundredths, Hundredths]:
    """Take the bounds of the two best grades as shares of the full marks, in per cent; where there are no grades, 90 and 80."""
    full = round_.notice.about.scoring.full
    bounds = [band.at_least for band in round_.notice.about.grades if band.at_least is not None][:2]
    shares = [round_half_up(Fraction(stats.FULL_RATE * bound, full)) for bound in bounds if 0 < bound <= full]
    return (shares[0], shares[1]) if len(shares) > 1 else (9_000, 8_000)


def _words(round_: Round) -> str:
    high, middle = map(short, _bounds(round_))
    return f"得分率{high}%及以上标“好”,{middle}%及以上标“中”,以下标“差”。"


def _shaded(round_: Round) -> str:
    """Say what the shades are, where the lowest bound is below the others."""
    return (
        f"底色越深得分率越低,不到{short(_LOWEST)}%的最深。" if _bounds(round_)[1] > _LOWEST else "底色越深得分率越低。"
    )


# The items' rates ----------------------------------------------------------------------------------------------------------


def items_sheet(round_: Round) -> ReportSheet:
    count, several = len(round_.notice.items), len(round_.notice.aspects) > 1
    columns = (
        Column(title=NUMBER, width=pixels(46), style="whole"),
        Column(title=round_.notice.about.words.item, width=pixels(250), key="项目名称"),
        *((Column(title="方面", width=pixels(140)),) if several else ()),
        Column(title="分值", width=pixels(64), style="figure"),
        Column(title="承担(家)", width=pixels(60), style="whole"),
        Column(title="有结果(家)", width=pixels(60), style="whole"),
        Column(title=data.FULL, width=pixels(78), style="figure"),
        Column(title=data.COUNTED, width=pixels(78), style="figure"),
        Column(title=data.LOST, width=pixels(78), style="figure"),
        Column(
            title="得分率", width=pixels(96), style="rate", number=rated(round_), shades=(*_bounds(round_), _LOWEST)
        ),
        Column(title="得满分的单位", width=pixels(64), style="whole"),
        Column(title="最低单位", width=pixels(150)),
    )
    return ReportSheet(
        name=f"{count}项得分率",
        title=title(round_, f"{count}项得分率({round_.basis.value},%)"),
        blocks=(
            Sentence(
                f"“承担”为任务分解给的家数,“有结果”为其中有应得分、计入平均的家数;得分率为这些单位计分合计÷应得分合计,没有的为“—”。"
                f"{_words(round_)}{_shaded(round_)}"
            ),
            Table(
                columns=columns,
                rows=tuple(_item_row(round_, item.no) for item in round_.notice.items),
                name=ITEMS,
            ),
        ),
        held=2,
    )


def _item_row(round_: Round, no: int) -> tuple[Cell, ...]:
    item = next(each for each in round_.notice.items if each.no == no)
    own = round_.table.of_item(no)
    sums = own.whole()
    by = (*data.over_units(round_), (data.ITEM_NO, f"[@{NUMBER}]"))
    units = item_bearers(round_, no)
    return (
        no,
        item.name,
        *((item.aspect,) if len(round_.notice.aspects) > 1 else ()),
        item.points,
        units.assigned,
        Formula(text=data.units_where(*by), value=units.scored),
        Formula(text=data.exact(round_, data.summed(data.FULL, *by)), value=sums.full),
        Formula(text=data.exact(round_, data.summed(data.COUNTED, *by)), value=sums.counted),
        Formula(text=data.exact(round_, data.summed(data.LOST, *by)), value=sums.lost),
        _rate(sums.rate, *by),
        Formula(text=data.units_where(*by, (data.ITEM_LOST, '"<=0"')), value=own.whole_units()),
        _lowest(own),
    )


_NAMED = 3  # units of one rate that are named; of more their number


def _lowest(item: Part) -> str | None:
    """Name the units of the lowest rate; where all have the full one, or one and the same, say so."""
    rates = {unit: sums.rate for unit, sums in item.by_unit().items() if sums.rate is not None}
    least = min(rates.values(), default=0)
    last = [unit for unit, rate in rates.items() if rate == least]
    if rates and least >= stats.FULL_RATE:
        return _ALL_FULL
    if 1 < len(last) == len(rates):
        return "各家相同"
    return ("、".join(last) if len(last) <= _NAMED else f"{len(last)}家") or None


def worst_sheet(round_: Round) -> ReportSheet:
    """List the sub-points that cost most, in the order of this moment."""
    order = sorted(round_.table.losers().items(), key=lambda each: -each[1].points)[:_MOST]
    most = order[0][1].points if order else 0
    columns = (
        Column(title=NUMBER, width=pixels(46), style="rank"),
        Column(title="得分点", width=pixels(520)),
        Column(title=round_.notice.about.words.item, width=pixels(200)),
        Column(title="分值", width=pixels(70), style="centre"),
        Column(title="失分单位", width=pixels(76), style="whole"),
        Column(title="失分合计", width=pixels(180), style="strong", bar=most * Fraction(9, 5) or None),
    )
    rows = tuple(_worst_row(round_, no, code, losers) for no, (code, losers) in enumerate(order, 1))
    said = f"失分合计最多的{len(rows)}个,次序是生成时的。" if rows else "没有失分的得分点。"
    return ReportSheet(
        name=WORST,
        title=title(round_, f"{WORST}({round_.basis.value})"),
        blocks=(Sentence(said), Table(columns=columns, rows=rows, name=WORST)),
        held=2,
    )


def _worst_row(round_: Round, no: int, code: str, losers: Losers) -> tuple[Cell, ...]:
    by = (*data.over_units(round_), (data.PLACE, data.place_of(round_, code)))
    conditions = "".join(f"{data.TABLE}[{column}],{value}," for column, value in by)
    few = f'COUNTIFS({conditions}{data.TABLE}[{data.LOST}],">0")'
    return (
        no,
        f"{code} {round_.notice.sub_points[code].text}",
        round_.notice.item_of[code].name,
        marks(round_, round_.notice.sub_points[code], {group.code for group in round_.notice.ranking_groups}),
        Formula(text=few, value=losers.units),
        Formula(text=data.exact(round_, data.summed(data.LOST, *by)), value=losers.points),
    )


def marks(round_: Round, sub: SubPoint, groups: Container[str]) -> str:
    """Write a sub-point's mark, or those of the ranking groups among these where they differ: 3, 3/2."""
    own = (sub.of_group(group.code).points for group in round_.notice.ranking_groups if group.code in groups)
    return "/".join(map(short, dict.fromkeys(own)))
