"""一页纸: the result in a few sentences and tables, for leadership."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from fazhi_xl.points import Hundredths, in_points, percent, round_half_up, show, show_or_dash
from fazhi_xl.reports.filing.returns import to_confirm
from fazhi_xl.reports.filing.review_progress import SHEET as REVIEW
from fazhi_xl.reports.filing.review_progress import begun, kinds_by_sheet, progress, undecided_words
from fazhi_xl.reports.media.panel import Band, Line, PageSheet, Room, Span, Stack, Tile, gap, heights, room, tiles
from fazhi_xl.reports.media.titles import VETO, state, title, veto_words
from fazhi_xl.reports.media.workbook import Cell, Formula, Link
from fazhi_xl.reports.ranking import data, front_panels
from fazhi_xl.reports.ranking.comparison import moved
from fazhi_xl.reports.ranking.front_figures import (
    CAME,
    RETURNS,
    SCORES,
    WAITING,
    Group,
    Live,
    Words,
    beside,
    counted,
    every_score,
    groups,
    highest,
    lost_of,
    lowest,
    mean,
    median,
    of,
    waiting,
)
from fazhi_xl.reports.ranking.front_panels import GRID, LAST, Page
from fazhi_xl.reports.ranking.total_columns import BONUS_POINTS, DEDUCTION, PERCENT, TOTAL
from fazhi_xl.reports.ranking.totals import changed
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date

SHEET = "一页纸"


def front_sheet(round_: Round) -> PageSheet:
    """Make the page; rows and strip are as tall as fill it."""
    page = Page(round_=round_, groups=groups(round_))
    rest = _ROOM - sum(heights(_bands(page)))
    page = replace(page, strip=min(max(page.strip + rest, _LEAST_STRIP), _MOST_STRIP))
    left = (_ROOM - sum(heights(_bands(page)))) / _TABLE_ROWS
    page = replace(page, tall=min(max(page.tall + left, _LEAST_ROW), _MOST_ROW))
    bounds = tuple(bound for bound in page.bounds)
    return PageSheet(
        name=SHEET,
        title=title(round_, state(round_)),
        blocks=(),
        grid=GRID,
        bands=_bands(page),
        beside=beside(round_, page.groups, bounds, len(GRID) + 1),
        tab="title",
        one_page=True,
    )


_ROOM = 612.0  # points of rows that a page of this grid holds, a little scaled down
_LEAST_STRIP, _MOST_STRIP, _LEAST_ROW, _MOST_ROW, _TABLE_ROWS = 84.0, 190.0, 17.0, 24.0, 12


def _bands(page: Page) -> tuple[Band, ...]:
    return (
        (_opening(page),),
        (tiles(_tiles(page)),),
        ((gap(), front_panels.strip_heading(page)),),
        front_panels.strip(page),
        ((gap(),),),
        (front_panels.first_ones(page), front_panels.rates(page), front_panels.group_table(page)),
        (front_panels.last_ones(page), front_panels.weakest(page), front_panels.grade_table(page)),
        ((gap(5), *_attention(page), _unchanged(page)),),
    )


def _opening(page: Page) -> Stack:
    """Give mark, title, state, who says it and when, and the finding."""
    round_, about = page.round_, page.round_.notice.about
    named = f"{about.short_title}结果"
    top = (
        Span(value=round_.mark, first=0, last=1, style="page_mark"),
        Span(value=room(GRID, 2, 9, size=22).cut(named), first=2, last=9, style="page_title"),
        Span(value=state(round_), first=10, last=LAST, style="page_state"),
    )
    meta = (
        Span(value=room(GRID, 0, 5, size=12, indent=0).cut(about.issuer), first=0, last=5, style="page_meta"),
        Span(value=_when(round_), first=6, last=LAST, style="page_meta_right"),
    )
    finding = Span(value=_finding(page), first=0, last=LAST, style="finding")
    return Line(cells=top, height=33), Line(cells=meta, height=19), gap(4), Line(cells=(finding,), height=27)


def _when(round_: Round) -> str:
    came = f"已报{len(round_.returned)}家,共{len(round_.due)}家" if round_.due else ""
    inside = "" if round_.official else "还未核定,供内部掌握"
    return "    ".join(filter(None, (chinese_date(round_.generated), came, f"目录第{round_.version}版", inside)))


# The finding ----------------------------------------------------------------------------------------------------------


def _finding(page: Page) -> Cell:
    """Say the result in one sentence: the mean, the grades, and where most is lost."""
    round_ = page.round_
    if not page.totals:
        return next(headline(round_))
    came = f"已报{len(round_.returned)}家" if round_.due else f"参加排名{len(page.totals)}家"
    words = Words().say(f"{came}平均").points(mean(round_, SCORES, page.totals), page.places).say("分")
    for no, band in enumerate(front_panels.grades(page)):
        words = (
            words.say("、" if no else ",").say(band.name).number(counted(_every(page), band.low, band.high)).say("家")
        )
    return _where_lost(page, words).say("。").formula


def _every(page: Page) -> Group:
    return Group(name="全部", units=page.round_.units, table=SCORES, level=0)


def _where_lost(page: Page, words: Words) -> Words:
    """Say how much of all that was lost two items cost; where one costs all, or nothing is lost, say that."""
    round_ = page.round_
    pools = {
        item.no: [s for s in every_score(round_) if round_.notice.item_of[s.code].no == item.no]
        for item in round_.notice.items
    }
    cost = {no: lost_of(round_, pool) for no, pool in pools.items()}
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


def _tiles(page: Page) -> tuple[Tile, ...]:
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


# What needs attention -------------------------------------------------------------------------------------------------


def _attention(page: Page) -> Iterator[Line]:
    """Say who has not returned, who has to correct, what is open, and what has changed, each where there is any."""
    round_ = page.round_
    yield from (_told(name, text) for name, text in _matters(page))
    yield from _undecided(round_)


def _told(name: str, text: str) -> Line:
    fits = room(GRID, 2, LAST, size=11.5)
    cells = (
        Span(value=name, first=0, last=1, style="attention"),
        Span(value=text, first=2, last=LAST, style="attention_text"),
    )
    return Line(cells=cells, height=fits.tall(text, 19))


def _matters(page: Page) -> Iterator[tuple[str, str]]:
    round_ = page.round_
    if round_.due:
        yield _returns(round_)
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改 {len(partial)}家", f"{'、'.join(partial)}({more})。"
    for text in veto_words(round_):
        yield f"{VETO} {len(round_.vetoed)}家", text
    if begun(round_) and round_.notice.items:
        yield "核定进度", progress(round_)
    if codes := _waiting(round_):
        yield f"待提供 {len(codes)}个", f"待办公室提供的得分点{len(codes)}个:{'、'.join(codes)}(暂不计入应得分)。"
    if round_.earlier is not None:
        yield "与上次比", moved(round_, round_.earlier)
    for text in to_confirm(round_):
        yield "请确认", text


def _returns(round_: Round) -> tuple[str, str]:
    due = f"截止日期{chinese_date(round_.notice.about.dates.ledger_due)}"
    late = f",迟报{len(round_.late_units)}家" if round_.late_units else ""
    if not round_.missing:
        return "报送", f"应报的{len(round_.due)}家都报了;{due}{late}。"
    named = "、".join(unit.unit for unit in round_.missing)
    return f"未报送 {len(round_.missing)}家", f"{named}{_apart(round_)};{due}{late}。"


_KINDS = ((2, 4), (5, 8), (9, LAST))  # the columns of the kinds of what is open, side by side


def _undecided(round_: Round) -> Iterator[Line]:
    """Count what is open by kind and by the sheet of the review book that decides it, each with what leads there."""
    if not (round_.open and round_.scored):
        return
    label = Link(text=f"还没有定 {len(round_.open)}项", sheet=REVIEW)
    kinds = [replace(link, text=f"{kind}{len(own)}项(“{link.text}”)") for kind, link, own in kinds_by_sheet(round_)]
    for no in range(0, len(kinds), len(_KINDS)):
        first = Span(value=label if no == 0 else "", first=0, last=1, style="attention")
        row = zip_longest(_KINDS, kinds[no : no + len(_KINDS)])
        yield Line(cells=(first, *(_kind(at, link) for at, link in row)), height=19)


def _kind(at: tuple[int, int], link: Link | None) -> Span:
    text = room(GRID, *at, size=11.5).cut(link.text) if link else ""
    return Span(value=replace(link, text=text) if link else "", first=at[0], last=at[1], style="attention_link")


def _unchanged(page: Page) -> Line:
    """Say in the workbook itself whether its figures are still those it was made with."""
    return Line(cells=(Span(value=changed(page.round_), first=0, last=LAST, style="page_foot"),), height=17)


# The same for the console ---------------------------------------------------------------------------------------------


def headline(round_: Round) -> Iterator[str]:
    """Give the result in a few sentences, every figure from the tables."""
    totals = [unit.total for unit in round_.compared if unit.total is not None]
    if not (round_.scored or round_.vetoed):
        due = f"(应报{len(round_.due)}家)" if round_.due else ""
        yield f"还没有收到可以计分的表{due}。"
        return
    yield _returning(round_) + _extremes(round_, totals)
    yield from veto_words(round_)
    if begun(round_) and round_.notice.items:
        yield progress(round_)
    yield from undecided_words(round_)
    if waiting := _waiting(round_):
        yield f"待办公室提供的得分点{len(waiting)}个:{'、'.join(waiting)}(暂不计入应得分)。"
    weak = _weakest(round_)
    if weak:
        yield "得分率最低的项目:" + ";".join(weak) + "。"
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改{len(partial)}家:" + "、".join(partial) + f"({more})。"
    if round_.missing:
        yield (
            f"未报送{len(round_.missing)}家:" + "、".join(unit.unit for unit in round_.missing) + f"{_apart(round_)}。"
        )
    yield from to_confirm(round_)


def _apart(round_: Round) -> str:
    """Say how those who returned nothing stand."""
    if round_.zeroed:
        return "(按0分排名,计入平均)"
    return "(不排名,不计入平均)" if round_.notice.items else ""


def _returning(round_: Round) -> str:
    if not round_.due:
        return f"参加排名{len(round_.compared)}家。"
    rate = percent(stats.rate(len(round_.returned), len(round_.due)))
    late = f",迟报{len(round_.late_units)}家" if round_.late_units else ""
    due = chinese_date(round_.notice.about.dates.ledger_due)
    return f"截止日期{due},应报{len(round_.due)}家,已报{len(round_.returned)}家,报送率{rate}{late}。"


def _extremes(round_: Round, totals: list[Hundredths]) -> str:
    if not totals:
        return ""
    kept, best, worst = round_.notice.about.scoring.kept, max(totals), min(totals)
    if best == worst:
        return f"总分{'都是' if len(totals) > 1 else ''}{show_or_dash(best)}分({_holders(round_, best)})。"
    return (
        f"平均{show_or_dash(stats.mean(totals, kept))}分,中位数{show_or_dash(stats.median(totals, kept))}分,"
        f"最高{show_or_dash(best)}分({_holders(round_, best)}),最低{show_or_dash(worst)}分({_holders(round_, worst)})。"
    )


def _holders(round_: Round, total: Hundredths) -> str:
    """Name who has the total; of many the first three, and how many they are."""
    units = [unit.unit for unit in in_order(round_.compared) if unit.total == total]
    return "、".join(units[:3]) + (f"等{len(units)}家" if len(units) > 3 else "")


def _waiting(round_: Round) -> tuple[str, ...]:
    """Name the sub-points for which a value of the office is missing."""
    found = {score.code for unit in round_.scored for score in unit.sub_points if score.pending}
    return tuple(code for code in round_.notice.sub_points if code in found)


def _weakest(round_: Round) -> list[str]:
    rates = stats.item_rates(round_.notice, round_.compared, round_.basis)
    names = {item.no: item.name for item in round_.notice.items}
    known = sorted((rate, no) for no, rate in rates.items() if rate is not None and rate < stats.FULL_RATE)
    return [f"{no}.{names[no]}({percent(rate)},{item_bearers(round_, no).words})" for rate, no in known[:3]]
