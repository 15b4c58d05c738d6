"""The panels of the front page: the strip of all units, the first and the last, rates, groups and grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from fazhi_xl.points import Hundredths, in_points, round_half_up, short
from fazhi_xl.reports.media.panel import (
    Bar,
    Line,
    Look,
    PanelBlock,
    PanelColumn,
    Series,
    Span,
    Stack,
    Strip,
    head,
    heading,
    room,
    row,
    said,
    table,
)
from fazhi_xl.reports.media.titles import grouped
from fazhi_xl.reports.media.workbook import Cell, Formula
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking import front_figures as figures
from fazhi_xl.reports.ranking.front_figures import BOUND, MEAN, MEANS, SCORES, Group, Live, Words
from fazhi_xl.reports.ranking.total_columns import BONUS_POINTS, DEDUCTION, NUMBER, RANK, TABLE, TOTAL
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import Bearers, aspect_bearers, item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.ranking import in_order

GRID = (46, 132, 186, 24, 152, 52, 140, 70, 24, 104, 50, 50, 50, 50, 50)
LAST = len(GRID) - 1
NUMERALS = "一二三四五六七"
_LEFT, _MIDDLE, _RIGHT = (0, 2), (4, 7), (9, 14)
_POINTS = "0.00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A round as its front page takes it; `tall` is a table row's height in points, `strip` that of the strip."""

    round_: Round
    groups: tuple[Group, ...]
    tall: float = 18.5
    strip: float = 121

    @property
    def compared(self) -> tuple[UnitScore, ...]:
        return figures.compared(self.round_.units)

    @property
    def totals(self) -> list[Hundredths]:
        return figures.totals(self.compared)

    @property
    def bounds(self) -> tuple[Hundredths, ...]:
        """The bounds of the grades; those beyond the fourth are not drawn."""
        return tuple(band.at_least for band in self.round_.notice.about.grades[:5] if band.at_least is not None)

    @property
    def places(self) -> int:
        return self.round_.notice.about.scoring.places


# 一 -------------------------------------------------------------------------------------------------------------------


def strip(page: Page) -> tuple[Stack, ...]:
    """Draw a strip for each group, a dot for each unit; the names stand in cells beside it."""
    if not page.totals:
        return ((said("还没有可以排名的总分,没有图。", 0, LAST),),)
    count = len(page.groups)
    rows = max(5, 2 * count + 1)
    tall, down = page.strip / rows, (rows - 1) // count
    fits = room(GRID, 0, 1)
    labels: list[PanelBlock] = []
    for group in page.groups:
        name = Span(value=fits.cut(group.name), first=0, last=1, style="panel_label", down=down - 1)
        labels += [Line(cells=(name,), height=tall), *(Line(height=tall) for _ in range(down - 1))]
    return tuple(labels), (_drawn(page, rows, tall),)


def strip_heading(page: Page) -> Line:
    grades = ",".join(
        f"{short(band.at_least)}分以上{band.name}"
        for band in page.round_.notice.about.grades[:4]
        if band.at_least is not None
    )
    parts = [f"每点为一家,共{len(page.totals)}家"]
    parts += ["◆为组平均"] if len(page.groups) > 1 else []
    parts += ["虚线为全部平均"]
    parts += [f"深色竖线为{page.round_.notice.about.words.grade}分界:{grades}"] if grades else []
    note = room(GRID, 3, LAST).cut(";".join(parts)) if page.totals else ""
    return heading("一、总分分布", 0, LAST, note=note, middle=2, height=21)


def _drawn(page: Page, rows: int, tall: float) -> Strip:
    low, high, step = _axis(page)
    bounds = (
        Series(name=f"{short(bound)}分", table=f"{BOUND}{no}", look=Look.BOUND)
        for no, bound in enumerate(page.bounds, 1)
        if low <= in_points(bound) <= high
    )
    units = (
        Series(name=group.name, table=group.table, look=Look.UNIT, across=TOTAL)
        for group in page.groups
        if group.totals
    )
    means = (Series(name="组平均", table=MEANS, look=Look.MEAN),) if len(page.groups) > 1 else ()
    overall = Series(name="全部平均", table=MEAN, look=Look.OVERALL)
    return Strip(
        said=f"各组总分的点图:每点为一家单位,共{len(page.totals)}家",
        series=(*bounds, overall, *units, *means),
        first=2,
        last=LAST,
        rows=rows,
        height=tall,
        low=low,
        high=high,
        step=step,
        levels=len(page.groups),
    )


_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def _axis(page: Page) -> tuple[float, float, float]:
    """Give the axis its ends and its step, in points: all units between them, and no more than eight steps."""
    least, most = (float(in_points(end)) for end in (min(page.totals), max(page.totals)))
    around = max(0.0, float(in_points(page.round_.notice.about.scoring.full)) / 10 - (most - least)) / 2
    step = next((each for each in _STEPS if (most - least + 2 * around) / each <= 6), _STEPS[-1])
    low = floor((least - around) / step) * step
    return low, max(ceil((most + around) / step) * step, low + step) + step / 5, step


# 二, 三 ---------------------------------------------------------------------------------------------------------------

_MOST = 8  # rows of the first ones, with all that share the fifth rank


def first_ones(page: Page) -> Stack:
    first, _ = _ends(page)
    if not first:
        return (heading("二、前五名", *_LEFT), said("还没有名次。", *_LEFT, height=page.tall))
    kept = first if len(first) <= _MOST else first[: _MOST - 1]
    more = (
        (said(f"另有{len(first) - len(kept)}家同为第{first[-1].rank}名。", *_LEFT, height=page.tall),)
        if len(kept) < len(first)
        else ()
    )
    return (heading("二、前五名", *_LEFT), *_ranked(page, kept), *more)


def last_ones(page: Page) -> Stack:
    first, last = _ends(page)
    if last:
        return (heading("三、后五名", *_LEFT), *_ranked(page, last))
    text = "有名次的都在前五名里。" if first else "还没有名次。"
    return (heading("三、后五名", *_LEFT), said(text, *_LEFT, height=page.tall))


def _ends(page: Page) -> tuple[list[UnitScore], list[UnitScore]]:
    """Give the first five with all that share the fifth rank, and of the others the last five."""
    order = [unit for unit in in_order(page.round_.units) if unit.rank is not None] if page.round_.scored else []
    first = [unit for unit in order if unit.rank and unit.rank <= 5]
    return first, order[max(len(first), len(order) - 5) :]


def _ranked(page: Page, units: Sequence[UnitScore]) -> Stack:
    end = float(in_points(max(page.totals, default=10_000) or 10_000)) * 1.5
    columns = (
        PanelColumn(title="名次", first=0, last=0, style="panel_rank", head="panel_head_centre", number="0"),
        PanelColumn(title="单位", first=1, last=1),
        PanelColumn(
            title="总分", first=2, last=2, style="panel_bar", head="panel_head_right", number=_POINTS, bar=Bar(end=end)
        ),
    )
    fits = room(GRID, 1, 1)
    rows = (
        (_of_unit(page, unit, RANK, unit.rank), fits.cut(unit.unit), _of_unit(page, unit, TOTAL, unit.total))
        for unit in units
    )
    return table(columns, rows, height=page.tall)


def _of_unit(page: Page, unit: UnitScore, column: str, value: Hundredths | None) -> Formula:
    by = f"{TABLE}[{NUMBER}],{page.round_.number_of(unit.unit)}"
    return Formula(text=f"SUMIFS({TABLE}[{column}],{by})", value=value)


# 四, 五 ---------------------------------------------------------------------------------------------------------------

_FIVE, _THREE = 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rated:
    """An aspect or an item with what its rate is made of."""

    name: str
    by: tuple[str, str | int]
    pool: tuple[SubPointScore, ...]
    bearers: Bearers


def rates(page: Page) -> Stack:
    """Give the rate of each aspect against that of all; where there are no aspects, those of the items that cost most."""
    notice = page.round_.notice
    if not notice.items:
        return _adjusted(page)
    if len(notice.aspects) > 1:
        every = [_aspect(page.round_, no, name) for no, name in enumerate(notice.aspects, 1)]
        return _rate_table(page, every, f"{notice.about.words.aspects}得分率(%)", "个方面")
    every = [_item(page.round_, item.no) for item in notice.items]
    return _rate_table(page, every, "各项得分率(%)", "项")


def _aspect(round_: Round, no: int, name: str) -> _Rated:
    pool = tuple(s for s in figures.every_score(round_) if round_.notice.item_of[s.code].aspect == name)
    return _Rated(name=name, by=(data.ASPECT_NO, no), pool=pool, bearers=aspect_bearers(round_, name))


def _item(round_: Round, no: int) -> _Rated:
    pool = tuple(s for s in figures.every_score(round_) if round_.notice.item_of[s.code].no == no)
    name = next(item.name for item in round_.notice.items if item.no == no)
    return _Rated(name=f"{no}. {name}", by=(data.ITEM_NO, no), pool=pool, bearers=item_bearers(round_, no))


def _rate(page: Page, each: _Rated) -> Live:
    return figures.rate(page.round_, each.pool, each.by)


def _rate_table(page: Page, every: Sequence[_Rated], title: str, measure: str) -> Stack:
    kept = every
    if len(every) > _FIVE:
        least = sorted(every, key=lambda each: _place(_rate(page, each)))[:_FIVE]
        kept, title = [each for each in every if each in least], f"{title}:最低的{_FIVE}{measure}"
    columns = (
        PanelColumn(title="方面" if measure != "项" else "名称", first=4, last=4),
        PanelColumn(title="家数", first=5, last=5, style="panel_centre", head="panel_head_centre"),
        PanelColumn(
            title="得分率",
            first=6,
            last=6,
            style="panel_bar",
            head="panel_head_right",
            number=_POINTS,
            bar=Bar(end=160),
        ),
        PanelColumn(
            title="比总体", first=7, last=7, style="panel_figure", head="panel_head_right", number="+0.00;-0.00;0.00"
        ),
    )
    fits = room(GRID, 4, 4)
    rows = ((fits.cut(each.name), _few(each.bearers), *_rated(page, each)) for each in kept)
    note = "家数:有结果/承担" if any(each.bearers.assigned != each.bearers.scored for each in kept) else ""
    whole = room(GRID, 4, 5 if note else 7, size=13, indent=0)
    top = heading(whole.cut(f"四、{title}"), *_MIDDLE, note=note, middle=5)
    return (top, *table(columns, rows, height=page.tall))


def _place(rate: Live) -> tuple[bool, Hundredths]:
    """Order rates from the lowest; what has none comes last."""
    return rate.value is None, rate.value or 0


def _few(own: Bearers) -> str:
    both = f"{own.scored}/{own.assigned}"
    return str(own.scored) if own.scored == own.assigned or not room(GRID, 5, 5, indent=0).fits(both) else both


def _rated(page: Page, each: _Rated) -> tuple[Cell, Cell]:
    rate = _rate(page, each)
    return rate.cell, figures.against_all(page.round_, rate).cell


def weakest(page: Page) -> Stack:
    """Give the three items of the lowest rate, who carries them and what they cost."""
    if not page.round_.notice.items:
        return (
            heading("五、计分办法", *_MIDDLE),
            said("总分由基准分和已登记的事项得出,逐项见“加减分明细”。", *_MIDDLE, height=2 * page.tall),
        )
    every = [_item(page.round_, item.no) for item in page.round_.notice.items]
    rated = [(_rate(page, each).value, no) for no, each in enumerate(every)]
    low = sorted((rate, no) for rate, no in rated if rate is not None and rate < stats.FULL_RATE)[:_THREE]
    title = f"五、得分率最低的{'三项' if len(low) in {0, _THREE} else f'{len(low)}项'}(%)"
    lines = (line for _, no in low for line in _weak(page, every[no]))
    blank = "没有失分的项目。" if page.totals else "还没有得分率。"
    none = () if low else (said(blank, *_MIDDLE, height=page.tall),)
    return (heading(title, *_MIDDLE), *lines, *none)


def _weak(page: Page, each: _Rated) -> Iterator[Line]:
    points = figures.lost_points(page.round_, each.pool, each.by)
    name = room(GRID, *_MIDDLE).beside("(失1000.00分)").cut(each.name)
    words = Words().say(f"{name}(失").points(points, page.places).say("分)").formula
    yield Line(cells=(Span(value=words, first=4, last=7, style="panel_label"),), height=page.tall)
    rate, more = _rated(page, each)
    yield Line(
        cells=(
            Span(value=_carriers(page, each), first=4, last=5, style="panel_more"),
            Span(value=rate, first=6, last=6, style="panel_bar", number=_POINTS, bar=Bar(end=160)),
            Span(value=more, first=7, last=7, style="panel_figure", number="+0.00;-0.00;0.00"),
        ),
        height=page.tall,
    )


def _carriers(page: Page, each: _Rated) -> str:
    """Say who carries an item: the only unit by its name, of several how many."""
    fits = room(GRID, 4, 5, indent=3)
    carriers = [unit.unit for unit in page.compared if any(score in each.pool for score in unit.sub_points)]
    if each.bearers.assigned == 1 and len(carriers) == 1:
        return fits.cut(f"只有{carriers[0]}承担")
    return each.bearers.words if fits.fits(each.bearers.words) else f"{each.bearers.assigned}家承担"


def _adjusted(page: Page) -> Stack:
    """Where there are no items: how many units have bonus and deductions, and how much."""
    notice = page.round_.notice
    columns = (
        PanelColumn(title="类别", first=4, last=4),
        PanelColumn(title="家数", first=5, last=5, style="panel_middle", head="panel_head_centre", number="0"),
        PanelColumn(title="合计", first=6, last=7, style="panel_figure", head="panel_head_right", number=_POINTS),
    )
    kinds = ((BONUS_POINTS, notice.bonus), (DEDUCTION, notice.deductions))
    rows = [_adjustment(page, kind) for kind, there in kinds if there and page.compared]
    names = "、".join(kind for kind, there in kinds if there) or "加减分"
    none = () if rows else (said("还没有登记。", *_MIDDLE, height=page.tall),)
    return (heading(f"四、{names}(分)", *_MIDDLE), *table(columns, rows, height=page.tall), *none)


def _adjustment(page: Page, kind: str) -> tuple[Cell, ...]:
    held = [(unit.bonus if kind == BONUS_POINTS else unit.deduction) or 0 for unit in page.compared]
    column = f"{SCORES}[{kind}]"
    return (
        kind,
        Formula(text=f'COUNTIF({column},">0")', value=sum(each > 0 for each in held)),
        Formula(text=data.exact(page.round_, f"SUM({column})"), value=sum(held)),
    )


# 六, 七 ---------------------------------------------------------------------------------------------------------------


def group_table(page: Page) -> Stack:
    """Compare the groups, and all of them."""
    several = grouped(page.round_.notice)
    columns = (
        PanelColumn(title="分组" if several else "范围", first=9, last=9),
        PanelColumn(
            title="已报" if page.round_.due else "家数",
            first=10,
            last=10,
            style="panel_centre",
            head="panel_head_centre",
            total="panel_total_middle",
        ),
        *(
            PanelColumn(
                title=name,
                first=no,
                last=no,
                style="panel_middle",
                head="panel_head_centre",
                total="panel_total_middle",
                number=_POINTS,
            )
            for no, name in enumerate(("平均", "中位", "最高", "最低"), 11)
        ),
    )
    rows = [_group_row(page, group) for group in page.groups] if several else []
    every = Group(name="全部", units=page.round_.units, table=SCORES, level=0)
    title = "六、分组比较(分)" if several else "六、总分比较(分)"
    lines = table(columns, rows, height=page.tall, total=_group_row(page, every))
    return (heading(title, *_RIGHT), *lines, *_shares(page, every))


def _group_row(page: Page, group: Group) -> tuple[Cell, ...]:
    own, name, came = group.totals, group.table, f"{group.came}/{len(group.units)}"
    return (
        room(GRID, 9, 9).cut(group.name),
        came if room(GRID, 10, 10, indent=0).fits(came) else str(group.came),
        figures.mean(page.round_, name, own).cell,
        figures.median(page.round_, name, own).cell,
        figures.highest(name, own).cell,
        figures.lowest(name, own).cell,
    )


def _shares(page: Page, every: Group) -> Iterator[Line]:
    """Say what share of the units has each grade, where there are few grades."""
    bins = grades(page)
    graded = [unit for unit in every.compared if not unit.zeroed]
    if not bins or not graded:
        return
    words, whole = Words(), figures.counted(every, None, None)
    for no, own in enumerate(bins):
        count = figures.counted(every, own.low, own.high)
        text = data.rounded(f"100*{count.text}/MAX(1,{whole.text})", 2)
        share = Live(text=text, value=stats.rate(count.value or 0, len(graded)))
        words = words.say(f"{'、' if no else ''}{own.name}").points(share, 2).say("%")
    if room(GRID, *_RIGHT).fits(words.text):
        yield said(words.formula, *_RIGHT, height=page.tall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Totals from `low` to below `high`, and the grade that they have."""

    name: str
    low: Hundredths | None
    high: Hundredths | None

    @property
    def words(self) -> str:
        if self.low is None:
            return f"{short(self.high)}以下" if self.high is not None else "全部"
        return f"{short(self.low)}以上" if self.high is None else f"{short(self.low)}—{short(self.high)}"


_COLUMNS, _GRADES = 5, 4  # of the table of grades, and the grades that the page names


def grades(page: Page) -> tuple[Bin, ...]:
    """Give the grades with their bounds; none where there are none, or more than the page can name."""
    bands = page.round_.notice.about.grades
    if not 0 < len(bands) <= _GRADES:
        return ()
    high: Hundredths | None = None
    found = []
    for band in bands:
        found.append(Bin(name=band.name, low=band.at_least, high=high))
        high = band.at_least
    return tuple(found)


def bins(page: Page) -> tuple[Bin, ...]:
    """Give the bands of totals that units are counted in: the grades, and of those below the first the upper ones in two halves."""
    whole = grades(page) or _without_grades(page)
    split = range(1, 1 + _COLUMNS - len(whole))
    return tuple(part for no, own in enumerate(whole) for part in (_halves(page, whole, no) if no in split else [own]))


def _without_grades(page: Page) -> tuple[Bin, ...]:
    """Take nine and eight tenths of what a total is out of, where no grades say more."""
    full = page.round_.notice.about.scoring.full
    high, middle = (round_half_up(Fraction(full * tenths, 10)) for tenths in (9, 8))
    return (
        Bin(name="", low=high, high=None),
        Bin(name="", low=middle, high=high),
        Bin(name="", low=None, high=middle),
    )


def _halves(page: Page, whole: Sequence[Bin], no: int) -> list[Bin]:
    """Split a band: in the middle, or where it has no lower end as far below as the band above is broad."""
    own, above = whole[no], whole[no - 1]
    if own.high is None or own.low is None:
        upper, full = above.high, page.round_.notice.about.scoring.full
        broad = full // 10 if upper is None or own.high is None else upper - own.high
        middle = (own.high or 0) - broad
    else:
        middle = round_half_up(Fraction(own.low + own.high, 2))
    inside = own.high is not None and middle < own.high and (own.low is None or own.low < middle)
    halves = [Bin(name=own.name, low=middle, high=own.high), Bin(name=own.name, low=own.low, high=middle)]
    return halves if inside else [own]


def grade_table(page: Page) -> Stack:
    """Count the units by grade and band of totals, group by group."""
    every = bins(page)
    named = any(each.name for each in every)
    word = page.round_.notice.about.words.grade
    title = f"七、总分分布和{word}(家)" if named else "七、总分分布(家)"
    over = _grade_names(page, every, word) if named else ()
    columns = (
        PanelColumn(title="总分", first=9, last=9),
        *(
            PanelColumn(
                title=each.words,
                first=no,
                last=no,
                style="panel_middle",
                head="panel_head_centre",
                total="panel_total_middle",
                number='0;;"·"',
            )
            for no, each in enumerate(every, 10)
        ),
    )
    whole = Group(name="合计", units=page.round_.units, table=SCORES, level=0)
    rows = [_counts(page, columns, every, group) for group in page.groups] if len(page.groups) > 1 else []
    total = row(columns, _bin_row(every, whole), page.tall, total=True)
    note = room(GRID, 9, LAST, size=13, indent=0)
    return (heading(note.cut(title), *_RIGHT), *over, head(columns, page.tall), *rows, total)


def _grade_names(page: Page, every: Sequence[Bin], word: str) -> tuple[Line, ...]:
    fits, first = room(GRID, 10, 10, indent=0), room(GRID, 9, 9)
    cells = (
        Span(value=fits.cut(each.name), first=no, last=no, style="panel_over_centre")
        for no, each in enumerate(every, 10)
    )
    return (Line(cells=(Span(value=first.cut(word), first=9, last=9, style="panel_over"), *cells), height=page.tall),)


def _bin_row(every: Sequence[Bin], group: Group) -> tuple[Cell, ...]:
    return (room(GRID, 9, 9).cut(group.name), *(figures.counted(group, each.low, each.high).cell for each in every))


def _counts(page: Page, columns: Sequence[PanelColumn], every: Sequence[Bin], group: Group) -> Line:
    """Make a group's row, each count shaded by how many of all are there."""
    counts = [figures.counted(each, own.low, own.high).value or 0 for own in every for each in page.groups]
    line = row(columns, _bin_row(every, group), page.tall)
    cells = tuple(
        Span(
            value=c.value,
            first=c.first,
            last=c.last,
            style=c.style,
            number=c.number,
            shade=int(max(counts)) if c.first > 9 else 0,
        )
        for c in line.cells
    )
    return Line(cells=cells, height=line.height)
