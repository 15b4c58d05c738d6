"""六 and 七, how the groups stand, and how many units have which grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fazhi_xl.reports.media.panel import (
    Line,
    PanelColumn,
    Span,
    Stack,
    head,
    heading,
    room,
    row,
    said,
    table,
)
from fazhi_xl.reports.media.titles import grouped
from fazhi_xl.reports.media.workbook import Cell
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.front import figures
from fazhi_xl.reports.ranking.front.bands import Bin, bins, grades
from fazhi_xl.reports.ranking.front.figures import SCORES, Group, Live, Words
from fazhi_xl.reports.ranking.front.page import GRID, LAST, POINTS, RIGHT, Page
from fazhi_xl.rounds import rates as stats


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
                number=POINTS,
            )
            for no, name in enumerate(("平均", "中位", "最高", "最低"), 11)
        ),
    )
    rows = [_group_row(page, group) for group in page.groups] if several else []
    every = Group(name="全部", units=page.round_.units, table=SCORES, level=0)
    title = "六、分组比较(分)" if several else "六、总分比较(分)"
    lines = table(columns, rows, height=page.tall, total=_group_row(page, every))
    return (heading(title, *RIGHT), *lines, *_shares(page, every))


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
    """Say what share of the units has each grade, in as many lines as that takes; nothing where there are no or many grades."""
    bins = grades(page)
    graded = [unit for unit in every.compared if not unit.zeroed]
    line, fits = Words(), room(GRID, *RIGHT)
    for own in bins if graded else ():
        share = _share(every, own, len(graded))
        longer = line.say("、").joined(share) if line.parts else share
        if not fits.fits(longer.text):
            yield said(line.formula, *RIGHT, height=page.tall)
        line = longer if fits.fits(longer.text) else share
    if line.parts:
        yield said(line.formula, *RIGHT, height=page.tall)


def _share(every: Group, own: Bin, graded: int) -> Words:
    count, whole = figures.counted(every, own.low, own.high), figures.counted(every, None, None)
    text = data.rounded(f"100*{count.text}/MAX(1,{whole.text})", 2)
    return Words().say(own.name).points(Live(text=text, value=stats.rate(count.value or 0, graded)), 2).say("%")


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
    return (heading(note.cut(title), *RIGHT), *over, head(columns, page.tall), *rows, total)


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
