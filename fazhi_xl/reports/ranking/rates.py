"""The aspects' rates, the items' rates, 分项得分 and 得分矩阵: where points are won and lost, all as formulas over 数据."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, round_half_up, short
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, ReportSheet, Sentence, Table, literal
from fazhi_xl.reports.ranking import data
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import item_bearers
from fazhi_xl.rounds.losses import full_marks, lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore

NUMBER = "序号"
BY_ITEM, ITEMS, ASPECTS, MATRIX, WORST = "分项得分", "项目表", "方面表", "得分矩阵", "失分最多"
_HEAD = (Column(title=NUMBER, width=7, style="whole"), Column(title="单位", width=18))
_NOTHING = "“—”为该单位没有此项任务。"
_MOST = 10

Chosen = Callable[[SubPointScore], bool]


Condition = tuple[str, str | int]


def _rate(round_: Round, pool: Iterable[SubPointScore], *by: Condition) -> Formula:
    full = data.summed(data.FULL, *by)
    value = stats.rate_of(pool, round_.basis, round_.notice.about.scoring)
    rate = data.rounded(f"100*{data.summed(data.COUNTED, *by)}/{full}", 2)
    text = f'IF({full}=0,"—",{rate})'
    return Formula(text=text, value=value)


def _every(round_: Round) -> list[SubPointScore]:
    return [score for unit in round_.compared for score in unit.sub_points]


def _of_aspect(round_: Round, aspect: str) -> Chosen:
    return lambda score: round_.notice.item_of[score.code].aspect == aspect


def _of_item(round_: Round, no: int) -> Chosen:
    return lambda score: round_.notice.item_of[score.code].no == no


# The aspects' rates --------------------------------------------------------------------------------------------------------


def aspects_sheet(round_: Round) -> ReportSheet:
    aspects = round_.notice.aspects
    columns = (
        *_HEAD,
        *(
            Column(title=name, width=18, style="figure", number=rated(round_), scaled=True, key=f"{data.ASPECT_NO}{no}")
            for no, name in enumerate(aspects, 1)
        ),
        Column(title="得分率最低的方面", width=22, style="centre"),
    )
    rows = tuple(_aspect_row(round_, unit) for unit in round_.scored)
    every, over = _every(round_), data.over_units(round_)
    rates = (
        _rate(round_, filter(_of_aspect(round_, aspect), every), *over, (data.ASPECT_NO, no))
        for no, aspect in enumerate(aspects, 1)
    )
    name = f"{round_.notice.about.words.aspects}得分率"
    return ReportSheet(
        name=name,
        title=title(round_, f"{name}({round_.basis.value},%)"),
        blocks=(
            Sentence(f"{_NOTHING}{_words(round_)}颜色越深得分率越低。"),
            Table(columns=columns, rows=rows, total=(None, "全部", *rates, None) if rows else (), name=ASPECTS),
        ),
        filtered=True,
        held=2,
    )


def _aspect_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    rates = tuple(
        _rate(
            round_,
            filter(_of_aspect(round_, aspect), unit.sub_points),
            (data.UNIT_NO, f"[@{NUMBER}]"),
            (data.ASPECT_NO, no),
        )
        for no, aspect in enumerate(round_.notice.aspects, 1)
    )
    return (round_.number_of(unit.unit), unit.unit, *rates, _weakest(round_, rates))


def _weakest(round_: Round, rates: tuple[Formula, ...]) -> Formula:
    """Name the aspect of the lowest rate; nothing where all are alike."""
    names = round_.notice.aspects
    own = f"[@{data.ASPECT_NO}1]:[@{data.ASPECT_NO}{len(names)}]"
    words = ",".join(map(literal, names))
    known = [rate.value for rate in rates if isinstance(rate.value, int)]
    value = next((names[no] for no, rate in enumerate(rates) if rate.value == min(known)), None) if known else None
    alike = not known or min(known) == max(known)
    text = f'IF(COUNT({own})=0,"—",IF(MIN({own})=MAX({own}),"—",CHOOSE(MATCH(MIN({own}),{own},0),{words})))'
    return Formula(text=text, value=None if alike else value)


def rated(round_: Round) -> str:
    """Give the number format that says in a word how good a rate is: the word survives black and white, a colour does not."""
    high, middle = _bounds(round_)
    return f'[>={high}]0.00" 好";[>={middle}]0.00" 中";0.00" 差"'


def _bounds(round_: Round) -> tuple[str, str]:
    """Take the bounds of the two best grades as shares of the full marks, in per cent; where there are no grades, 90 and 80."""
    full = round_.notice.about.scoring.full
    bounds = [band.at_least for band in round_.notice.about.grades if band.at_least is not None][:2]
    shares = [short(round_half_up(Fraction(stats.FULL_RATE * bound, full))) for bound in bounds if 0 < bound <= full]
    return (shares[0], shares[1]) if len(shares) > 1 else ("90", "80")


def _words(round_: Round) -> str:
    high, middle = _bounds(round_)
    return f"得分率{high}%及以上标“好”,{middle}%及以上标“中”,以下标“差”。"


# The items' rates ----------------------------------------------------------------------------------------------------------


def items_sheet(round_: Round) -> ReportSheet:
    count, several = len(round_.notice.items), len(round_.notice.aspects) > 1
    columns = (
        Column(title=NUMBER, width=7, style="whole"),
        Column(title=round_.notice.about.words.item, width=34, key="项目名称"),
        *((Column(title="方面", width=22),) if several else ()),
        Column(title="分值", width=9, style="figure"),
        Column(title="承担(家)", width=9, style="whole"),
        Column(title="有结果(家)", width=10, style="whole"),
        Column(title=data.FULL, width=11, style="figure"),
        Column(title=data.COUNTED, width=11, style="figure"),
        Column(title=data.LOST, width=11, style="figure"),
        Column(title="得分率", width=14, style="figure", number=rated(round_), scaled=True),
        Column(title="得满分的单位", width=10, style="whole"),
        Column(title="最低单位", width=20),
    )
    return ReportSheet(
        name=f"{count}项得分率",
        title=title(round_, f"{count}项得分率({round_.basis.value},%)"),
        blocks=(
            Sentence(
                f"“承担”为任务分解给的家数,“有结果”为其中有应得分、计入平均的家数;得分率为这些单位计分合计÷应得分合计,没有的为“—”。{_words(round_)}"
            ),
            Table(
                title="各项目",
                columns=columns,
                rows=tuple(_item_row(round_, item.no) for item in round_.notice.items),
                name=ITEMS,
            ),
            *_worst(round_),
        ),
    )


def _item_row(round_: Round, no: int) -> tuple[Cell, ...]:
    item = next(each for each in round_.notice.items if each.no == no)
    pool = list(filter(_of_item(round_, no), _every(round_)))
    by = (*data.over_units(round_), (data.ITEM_NO, f"[@{NUMBER}]"))
    full = sum(full_marks(round_, score) for score in pool)
    counted = sum(stats.counted(score, round_.basis) for score in pool)
    units = item_bearers(round_, no)
    return (
        no,
        item.name,
        *((item.aspect,) if len(round_.notice.aspects) > 1 else ()),
        item.points,
        units.assigned,
        Formula(text=data.units_where(*by), value=units.scored),
        Formula(text=data.exact(round_, data.summed(data.FULL, *by)), value=full),
        Formula(text=data.exact(round_, data.summed(data.COUNTED, *by)), value=counted),
        Formula(text=data.exact(round_, data.summed(data.LOST, *by)), value=full - counted),
        _rate(round_, pool, *by),
        _full_units(round_, no, *by),
        _lowest(round_, no),
    )


_NAMED = 3  # units of one rate that are named; of more their number


def _lowest(round_: Round, no: int) -> str | None:
    """Name the units of the lowest rate; where all have the full one, or one and the same, say so."""
    scoring = round_.notice.about.scoring
    rates = {
        unit.unit: rate
        for unit in round_.compared
        if (rate := stats.rate_of(filter(_of_item(round_, no), unit.sub_points), round_.basis, scoring)) is not None
    }
    last = [unit for unit, rate in rates.items() if rate == min(rates.values())]
    if rates and min(rates.values()) >= stats.FULL_RATE:
        return "全部满分"
    if 1 < len(last) == len(rates):
        return "各家相同"
    return ("、".join(last) if len(last) <= _NAMED else f"{len(last)}家") or None


def _full_units(round_: Round, no: int, *by: tuple[str, str | int]) -> Formula:
    value = sum(
        _full_of(round_, unit, no) > 0
        and all(lost(round_, s) <= 0 for s in filter(_of_item(round_, no), unit.sub_points))
        for unit in round_.compared
    )
    return Formula(text=data.units_where(*by, (data.ITEM_LOST, '"<=0"')), value=value)


def _full_of(round_: Round, unit: UnitScore, no: int) -> Hundredths:
    return sum(full_marks(round_, score) for score in filter(_of_item(round_, no), unit.sub_points))


def _worst(round_: Round) -> Iterator[Table]:
    """List the sub-points that cost most, in the order of this moment."""
    columns = (
        Column(title=NUMBER, width=7, style="whole"),
        Column(title="得分点", width=34),
        Column(title=round_.notice.about.words.item, width=22),
        Column(title="分值", width=9, style="figure"),
        Column(title="失分单位", width=10, style="whole"),
        Column(title="失分合计", width=11, style="figure"),
    )
    order = sorted(worst(round_).items(), key=lambda each: -each[1][1])[:_MOST]
    rows = tuple(_worst_row(round_, no, code, units, points) for no, (code, (units, points)) in enumerate(order, 1))
    yield Table(title=f"失分最多的得分点(前{_MOST}个)", columns=columns, rows=rows, name=WORST)


def _worst_row(round_: Round, no: int, code: str, units: int, points: Hundredths) -> tuple[Cell, ...]:
    by = (*data.over_units(round_), (data.PLACE, data.place_of(round_, code)))
    conditions = "".join(f"{data.TABLE}[{column}],{value}," for column, value in by)
    few = f'COUNTIFS({conditions}{data.TABLE}[{data.LOST}],">0")'
    return (
        no,
        f"{code} {round_.notice.sub_points[code].text}",
        round_.notice.item_of[code].name,
        round_.notice.sub_points[code].points,
        Formula(text=few, value=units),
        Formula(text=data.exact(round_, data.summed(data.LOST, *by)), value=points),
    )


def worst(round_: Round) -> dict[str, tuple[int, Hundredths]]:
    """Give each sub-point that cost anything with how many units lost how much, in the notice's order."""
    losses = [(score.code, lost(round_, score)) for score in _every(round_)]
    found: dict[str, tuple[int, Hundredths]] = {}
    for code in round_.notice.sub_points:
        own = [points for other, points in losses if other == code and points > 0]
        if own:
            found[code] = (len(own), sum(own))
    return found


# 分项得分, 得分矩阵 --------------------------------------------------------------------------------------------------


def by_item_sheet(round_: Round) -> ReportSheet:
    items = round_.notice.items
    columns = (
        *_HEAD,
        *(Column(title=f"{item.no}\n{item.name}", width=9, style="figure") for item in items),
    )
    rows: list[tuple[Cell, ...]] = []
    for unit in round_.scored:
        own = {item.no: list(filter(_of_item(round_, item.no), unit.sub_points)) for item in items}
        cells = (
            Formula(
                text=data.exact(round_, data.summed(data.COUNTED, (data.UNIT_NO, f"[@{NUMBER}]"), (data.ITEM_NO, no))),
                value=sum(stats.counted(score, round_.basis) for score in scores),
            )
            if scores
            else None
            for no, scores in own.items()
        )
        rows.append((round_.number_of(unit.unit), unit.unit, *cells))
    return ReportSheet(
        name=BY_ITEM,
        title=title(round_, f"{len(items)}项得分({round_.basis.value})"),
        blocks=(Sentence(_NOTHING), Table(columns=columns, rows=tuple(rows), name=BY_ITEM)),
        held=2,
    )


def matrix_sheet(round_: Round) -> ReportSheet:
    subs = round_.notice.sub_points.values()
    columns = (
        *_HEAD,
        *(
            # Where groups are asked for other points, no one figure is full for all.
            Column(
                title=f"{sub.code}\n({_marks(round_, sub)})",
                width=6,
                style="figure",
                full=None if sub.points_by_group else sub.points,
            )
            for sub in subs
        ),
    )
    unmarked = "各组分值不同的列不标。" if any(sub.points_by_group for sub in subs) else ""
    rows = tuple(
        (round_.number_of(unit.unit), unit.unit, *(_matrix_cell(round_, unit, sub.code) for sub in subs))
        for unit in round_.scored
    )
    return ReportSheet(
        name=MATRIX,
        title=title(round_, f"{MATRIX}({round_.basis.value})"),
        blocks=(
            Sentence(f"{_NOTHING}列名是得分点和它的分值;没有得满分的加粗加底色(核准不涉及的计0.00)。{unmarked}"),
            Table(columns=columns, rows=rows, name=MATRIX),
        ),
        held=2,
        broad=True,
    )


def _marks(round_: Round, sub: SubPoint) -> str:
    """Write a sub-point's mark, or those of the ranking groups where they differ: 3, 3/2."""
    groups = (sub.of_group(group.code).points for group in round_.notice.ranking_groups)
    return "/".join(map(short, dict.fromkeys(groups)))


def _matrix_cell(round_: Round, unit: UnitScore, code: str) -> Formula | None:
    score = next((each for each in unit.sub_points if each.code == code), None)
    if score is None:
        return None
    key = data.summed(data.COUNTED, (data.KEY, data.key_of(round_, unit.unit, code)))
    return Formula(text=key, value=stats.counted(score, round_.basis))
