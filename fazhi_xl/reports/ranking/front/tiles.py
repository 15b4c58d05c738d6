"""The finding in a sentence, and six figures with what belongs to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.points import Hundredths, in_points, round_half_up, show
from fazhi_xl.reports.media.panel import Room, Tile, room
from fazhi_xl.reports.media.workbook import Cell, Formula
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.front.bands import grades
from fazhi_xl.reports.ranking.front.figures import (
    CAME,
    RETURNS,
    SCORES,
    WAITING,
    Group,
    Live,
    Words,
    counted,
    highest,
    lowest,
    mean,
    median,
    of,
    waiting,
)
from fazhi_xl.reports.ranking.front.page import GRID, LAST, Page
from fazhi_xl.reports.ranking.headline import headline
from fazhi_xl.reports.ranking.total_columns import BONUS_POINTS, DEDUCTION, PERCENT, TOTAL
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import Round


def finding(page: Page) -> Cell:
    """Say the result in one sentence: the mean, the grades, and where most is lost."""
    round_ = page.round_
    if not page.totals:
        return next(headline(round_))
    all_came = len(page.totals) == len(round_.returned)  # without vetoes, and none counts that returned nothing
    came = f"{'已报' if all_came else '参加排名'}{len(page.totals)}家"
    words = Words().say(f"{came}平均").points(mean(round_, SCORES, page.totals), page.places).say("分")
    for no, band in enumerate(grades(page)):
        words = (
            words.say("、" if no else ",").say(band.name).number(counted(_every(page), band.low, band.high)).say("家")
        )
    return _where_lost(page, words).say("。").formula


def _every(page: Page) -> Group:
    return Group(name="全部", units=page.round_.units, table=SCORES, level=0)


def _where_lost(page: Page, words: Words) -> Words:
    """Say how much of all that was lost two items cost; where one costs all, or nothing is lost, say that."""
    round_ = page.round_
    cost = {no: sums.lost for no, sums in round_.table.by_item().items()}
    worst = [no for no, points in sorted(cost.items(), key=lambda each: -each[1]) if points > 0][:2]
    if not worst:
        return words.say(";没有失分" if cost else "")
    own = "+".join(of(round_, data.LOST, (data.ITEM_NO, no)) for no in worst)
    share = Live(
        text=data.rounded(f"100*({own})/MAX(0.001,{of(round_, data.LOST)})", 0),
        value=round_half_up(Fraction(100 * sum(cost[no] for no in worst), sum(cost.values()))),
    )
    words = words.say(";全部失分的").number(share).say("%集中在")
    names = {item.no: item.name for item in round_.notice.items}
    left = room(GRID, 0, LAST, size=15, indent=0).beside(f"{words.text}和。" + "(第99项)" * len(worst))
    half = Room(left.width / len(worst), left.size)
    short = {no: half.cut(names[no]) for no in worst}
    rest = {no: left.beside("".join(text for other, text in short.items() if other != no)) for no in worst}
    return words.say("和".join(f"{rest[no].cut(names[no])}(第{no}项)" for no in worst))


# The tiles ------------------------------------------------------------------------------------------------------------


def figures_of(page: Page) -> tuple[Tile, ...]:
    round_, totals = page.round_, page.totals
    first, last = _returns_tile(round_), _last_tile(page)
    made = (
        first,
        Tile(
            label="平均分",
            value=mean(round_, SCORES, totals).cell,
            note=_mean_note(page),
            number="0.00",
            first=2,
            last=2,
        ),
        Tile(
            label="中位数",
            value=median(round_, SCORES, totals).cell,
            note=_median_note(page),
            number="0.00",
            first=4,
            last=5,
        ),
        Tile(
            label="最高分",
            value=highest(SCORES, totals).cell,
            note=_who(page, max, 6, 7),
            number="0.00",
            first=6,
            last=7,
        ),
        Tile(
            label="最低分",
            value=lowest(SCORES, totals).cell,
            note=_who(page, min, 9, 11),
            number="0.00",
            first=9,
            last=11,
        ),
        last,
    )
    return tuple(replace(tile, apart=no % 2 == 1) for no, tile in enumerate(made))


def _returns_tile(round_: Round) -> Tile:
    if not round_.due:
        note, count = "按已登记的计算", len(round_.compared)
        return Tile(label="参加排名(家)", value=count, note=note, number="0", first=0, last=1)
    text = data.rounded(f"100*SUM({RETURNS}[{CAME}])/COUNT({RETURNS}[{CAME}])", 2)
    value = Formula(text=text, value=stats.rate(len(round_.returned), len(round_.due)))
    note = f"应报{len(round_.due)}家,已报{len(round_.returned)}家"
    return Tile(label="报送率", value=value, note=note, number='0.00"%"', first=0, last=1)


def _mean_note(page: Page) -> Cell:
    """Compare with the time before, or say what the mean is made of."""
    round_, totals = page.round_, page.totals
    if not totals:
        return "还没有总分"
    if earlier := _earlier(round_):
        return _since(page, mean(round_, SCORES, totals), stats.mean(earlier, round_.notice.about.scoring.kept))
    parts = {PERCENT: "折算" if round_.notice.items else "基准", BONUS_POINTS: "加分", DEDUCTION: "减分"}
    there = [
        PERCENT,
        *([BONUS_POINTS] * bool(round_.notice.bonus)),
        *([DEDUCTION] * (bool(round_.notice.deductions) and round_.deducting)),
    ]
    words = Words()
    for no, name in enumerate(there[-2:]):
        held = [getattr(unit, _VALUES[name]) or 0 for unit in page.compared]
        words = words.say(f"{',' if no else ''}{parts[name]}").points(mean(round_, SCORES, held, name), page.places)
    return words.formula


_VALUES = {PERCENT: "percent", BONUS_POINTS: "bonus", DEDUCTION: "deduction"}


def _median_note(page: Page) -> Cell:
    round_, totals = page.round_, page.totals
    if not totals:
        return "还没有总分"
    earlier, kept = _earlier(round_), round_.notice.about.scoring.kept
    return (
        _since(page, median(round_, SCORES, totals), stats.median(earlier, kept)) if earlier else "一半单位不低于此分"
    )


def _earlier(round_: Round) -> list[Hundredths]:
    units = round_.earlier.units.values() if round_.earlier else ()
    return [unit.total for unit in units if unit.total is not None and not unit.vetoed]


def _since(page: Page, now: Live, then: Hundredths | None) -> Cell:
    """Say what it was the time before, and how much it has gone up or down."""
    if now.value is None or then is None:
        return None
    moved_by = f"ROUND({now.text}-{in_points(then)},{page.places})"
    value = now.value - then
    words = Words().say(f"上次{show(then)},")
    words = words.word("降" if value < 0 else "升", f'IF({moved_by}<0,"降","升")')
    return words.points(Live(text=f"ABS({moved_by})", value=max(value, -value)), page.places).formula


def _who(page: Page, of_all: Callable[[list[Hundredths]], Hundredths], first: int, last: int) -> Cell:
    if not page.totals:
        return "还没有总分"
    end = of_all(page.totals)
    return room(GRID, first, last, size=11.5).some([unit.unit for unit in page.compared if unit.total == end])


def _last_tile(page: Page) -> Tile:
    """Say how much of the review is to be done, and afterwards how far the units are apart."""
    round_, totals = page.round_, page.totals
    if round_.official or not (round_.due and round_.notice.items):
        apart = (
            Formula(text=f"MAX({SCORES}[{TOTAL}])-MIN({SCORES}[{TOTAL}])", value=max(totals) - min(totals))
            if totals
            else None
        )
        return Tile(label="极差", value=apart, note="最高减最低", number="0.00", first=12, last=LAST)
    value = Formula(text=f"SUM({RETURNS}[{WAITING}])", value=waiting(round_))
    back = len(round_.to_correct)
    note = f"退回修改{back}家" if back else "没有退回修改的"
    return Tile(label="待核定(家)", value=value, note=note, number="0", first=12, last=LAST)
