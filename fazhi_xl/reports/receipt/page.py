"""The page of a receipt: what came, what counts of it, what was read otherwise than typed, what is asked, and until when to object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.notice.model import Notice
from fazhi_xl.points import show_or_dash
from fazhi_xl.reports.media.one_page import GRID, LAST, PageList, Part, entry, fitted
from fazhi_xl.reports.media.panel import (
    Line,
    PageSheet,
    PanelColumn,
    Span,
    Stack,
    Tile,
    gap,
    head,
    heading,
    room,
    row,
    said,
    tiles,
)
from fazhi_xl.reports.media.privacy import sheet_without_phones
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.receipt.facts import (
    CHECKING,
    NOTE,
    Asked,
    Receipt,
    counted_words,
    evidence_words,
    objecting,
    until,
)
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.punctuation import titled

SHEET, WHOLE = "回执", "明细"
_NUMERALS = "一二三四五六七"
_SAID = 150  # characters of a line that the page shows
_SIZE, _ONE = 10.5, 16.5  # points: of a text, and a row of one line
_UNCONFIRMED = "来件是不是你单位发来的,办公室还没有核实;核实以前,本回执不作数。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What receipts have in common: the notice, the day that one bears, and the mark of a rehearsal."""

    notice: Notice
    day: date
    mark: str = ""


def receipt_book(known: Receipt, on: Occasion) -> ReportBook:
    """Make the page; where not all of a list stands on it, a second sheet has the lists whole."""
    page, whole = _page(known, on)
    more = () if whole else (_whole(known, on),)
    name = f"{on.mark}{on.notice.about.short_title}{SHEET}"
    return ReportBook(
        title=f"{name} {known.unit.short}",
        sheets=tuple(map(sheet_without_phones, (page, *more))),
        footer=f"{on.mark}表号:{known.number} {SHEET}{known.called}",
        decimals=on.notice.about.scoring.places,
    )


def _page(known: Receipt, on: Occasion) -> tuple[ReportSheet, bool]:
    parts = (_items(known), *(each.part for each in _lists(known)))
    numbered = tuple(_with_number(part, no) for no, part in enumerate(parts, 1))
    top = (*_opening(known, on), *_came(known))
    stack, whole = fitted(top, numbered, (*_nothing(known), *_closing(known, on)))
    made = PageSheet(
        name=SHEET,
        title=f"{on.mark}{on.notice.about.short_title} {SHEET}",
        blocks=(),
        grid=GRID,
        bands=((stack,),),
        tab="title",
        one_page=True,
        portrait=True,
        margins=(0.6, 0.5, 0.6),
    )
    return made, whole and not any(part.shortened for part in parts)


def _with_number(part: Part, no: int) -> Part:
    """Put a number before a part's heading, the second of its lines."""
    first, line, *others = part.head
    cell, *beside = line.cells if isinstance(line, Line) else ()
    named = Span(value=f"{_NUMERALS[no]}、{cell.shown}", first=cell.first, last=cell.last, style=cell.style)
    top = (first, Line(cells=(named, *beside), height=line.heights[0]), *others)
    return Part(
        head=top, entries=part.entries, foot=part.foot, more=part.more, share=part.share, shortened=part.shortened
    )


# The head -------------------------------------------------------------------------------------------------------------


def _opening(known: Receipt, on: Occasion) -> Stack:
    named, fits = f"{on.mark}{on.notice.about.short_title}{SHEET}", room(GRID, 0, LAST, size=11)
    unit = room(GRID, 0, 3, size=16, indent=0).cut(known.unit.name)
    number = room(GRID, 4, LAST, size=12).cut(f"表号{known.number} {SHEET}{known.called}")
    cells = (
        Span(value=unit, first=0, last=3, style="page_unit"),
        Span(value=number, first=4, last=LAST, style="page_state_right"),
    )
    boxes = [text for text in (known.before and f"{known.before}。", _UNCONFIRMED if known.unconfirmed else "") if text]
    return (
        said(room(GRID, 0, LAST, size=18).cut(named), 0, LAST, style="page_title_low", height=38),
        Line(cells=cells, height=26),
        gap(5),
        *(line for text in boxes for line in (_box(text, fits.tall(text, 21)), gap(5))),
        entry(f"你单位报送的{titled(f'{on.notice.about.short_title}任务分解表')}已经收到,特此回执。"),
        gap(4),
        *tiles(tuple(_tiles(known))),
    )


def _box(text: str, height: float) -> Line:
    return said(text, 0, LAST, style="page_box", height=height)


def _tiles(known: Receipt) -> Iterator[Tile]:
    """Give the figures at a glance: what was scored, how many inputs were read, and how much evidence came."""
    full = f"分值{show_or_dash(known.points)}"
    own = ("自评合计", known.self_score, full, "0.00")
    auto = ("测算合计", known.auto, "按填报的事实测算" if known.self_scored else full, "0.00")
    made: list[tuple[str, Cell, str, str]] = [
        *((own,) if known.self_scored and known.items else ()),
        *((auto,) if known.items else ()),
        ("读出的填报内容", f"{known.inputs}处", "空着的不计", ""),
    ]
    if known.evidence:
        made.append(("收到的台账材料", f"{known.evidence.there}个", f"目录列有{known.evidence.listed}份", ""))
    elif known.bonus is not None:
        made.append(("申报加分", known.bonus, "认定以后才定", "0.00"))
    for (label, value, note, number), (first, last) in zip(made, _PLACES[len(made)], strict=True):
        yield Tile(label=label, value=value, note=note, number=number, first=first, last=last, apart=first > 0)


_PLACES = {
    1: ((0, LAST),),
    2: ((0, 2), (3, LAST)),
    3: ((0, 2), (3, 5), (6, LAST)),
    4: ((0, 1), (2, 2), (3, 5), (6, LAST)),
}
"""The columns that so many figures take."""

# What came ------------------------------------------------------------------------------------------------------------


def _came(known: Receipt) -> Stack:
    """Say what came and how the unit checks it: this is never cut."""
    facts = (
        ("收到时间", "".join(filter(None, (known.came, f"({known.basis})", known.in_time and f",{known.in_time}")))),
        ("文件", known.file),
        ("SHA-256", known.sha256),
        *((("来信邮箱", known.sender),) if known.sender else ()),
        ("计入", counted_words(known)),
        *((("台账材料", evidence_words(known)),) if known.evidence else ()),
    )
    lines = tuple(_fact(name, text) for name, text in facts)
    return (gap(), heading(f"{_NUMERALS[0]}、收到的是什么", 0, LAST), *lines, entry(CHECKING))


def _fact(name: str, text: str) -> Line:
    fits = room(GRID, 2, LAST, size=_SIZE)
    cells = (
        Span(value=name, first=0, last=1, style="list_line"),
        Span(value=text, first=2, last=LAST, style="list_line"),
    )
    return Line(cells=cells, height=fits.tall(text, _ONE))


# What counts ----------------------------------------------------------------------------------------------------------


def _columns(known: Receipt) -> tuple[PanelColumn, ...]:
    """Give the columns of the items; without self-scores their room goes to the names."""
    figures = ("分值", "测算", *(("自评",) if known.self_scored else ()))
    last = LAST - len(figures)
    return (
        PanelColumn(title="序号", first=0, last=0, style="list_no", head="list_over", number="0"),
        PanelColumn(title="项目", first=1, last=last, style="list_text", head="list_over_text"),
        *(
            PanelColumn(title=name, first=at, last=at, style="list_figure", head="list_over_right", number="0.00")
            for at, name in enumerate(figures, last + 1)
        ),
    )


def _items(known: Receipt) -> Part:
    """Give what was returned for each item, as it was returned, before the office has looked at it."""
    columns, rows = _columns(known), []
    for item in known.items:
        values = (item.no, item.name, item.points, item.auto, *((item.self_score,) if known.self_scored else ()))
        rows.append(row(columns, values, room(GRID, 1, columns[1].last, size=_SIZE).tall(item.name, _ONE)))
    if not rows:
        return Part(head=(gap(), heading("没有计分的项目", 0, LAST)), entries=())
    note = "各单位自己填报的,还没有审核" if known.self_scored else "按填报的事实测算,还没有审核"
    top = (gap(), heading("计入了什么", 0, LAST, note=note, middle=3), head(columns, 19))
    return Part(head=top, entries=tuple(rows), foot=(_total(known, columns),), more="项", share=0.5)


def _total(known: Receipt, columns: tuple[PanelColumn, ...]) -> Line:
    values = (known.points, known.auto, *((known.self_score,) if known.self_scored else ()))
    figures = (
        Span(
            value=value,
            first=column.first,
            last=column.last,
            style="list_total_figure",
            number="" if value is None else "0.00",
        )
        for value, column in zip(values, columns[2:], strict=True)
    )
    return Line(cells=(Span(value="合计", first=0, last=columns[1].last, style="list_total"), *figures), height=19)


# What was read, and what is asked -------------------------------------------------------------------------------------


def _lists(known: Receipt) -> Iterator[PageList]:
    """Give the lists that have lines: what is asked first, since somebody has to do something about it."""
    for no, each in enumerate(known.asked):
        share = 0.08 / (len(known.asked) - 1) if no else 0.3
        yield PageList(title=each.heading, how=each.how, lines=_numbered(each), room=_SAID, share=share)
    if known.rewritten:
        title = f"按固定的规则整理后读取的({len(known.rewritten)}处)"
        yield PageList(
            title=title, how="意思没有改动,不对的请告诉我们。", lines=known.rewritten, room=_SAID, more="处", share=0.12
        )


def _numbered(asked: Asked) -> tuple[str, ...]:
    return tuple(f"{no}. {text}" for no, text in enumerate(asked.lines, 1))


def _nothing(known: Receipt) -> Stack:
    """Say in one line what there is nothing of."""
    none = [
        *(["没有要你单位核实的"] if not known.asked else []),
        *(["没有整理后读取的,都照填的读"] if not known.rewritten else []),
    ]
    return (gap(), entry(";".join(none) + "。", "list_band")) if none else ()


# The foot -------------------------------------------------------------------------------------------------------------


def _closing(known: Receipt, on: Occasion) -> Stack:
    """Say until when to object and to replace the return, what the receipt does not say, and who gives it on what day."""
    about = on.notice.about
    asking = f"有问题,请问{','.join(filter(None, (about.office, about.office_room, about.office_phone)))}。"
    more = f"你单位的报送期限{known.more_time}。" if known.more_time else ""
    texts = (objecting(known, on.day), f"{more}{until(known, on.day)}", NOTE, asking)
    signed = room(GRID, 3, LAST, size=11.5).cut(f"{about.office}  {chinese_date(on.day)}")
    return (
        gap(),
        heading("异议和更换", 0, LAST),
        *map(entry, texts),
        gap(),
        Line(cells=(Span(value=signed, first=3, last=LAST, style="page_sign_right"),), height=24),
    )


def _whole(known: Receipt, on: Occasion) -> ReportSheet:
    """Give the lists whole, under the numbers that they have on the page."""
    blocks: list[Block] = [Sentence(f"{known.unit.name}    {SHEET}{known.called}    {chinese_date(on.day)}", "big")]
    if known.items:
        blocks.append(_item_table(known))
    for no, each in enumerate(_lists(known), 2):
        blocks += replace(each, title=f"{_NUMERALS[no]}、{each.title}").whole
    title = f"{on.mark}{on.notice.about.short_title} {SHEET}{WHOLE}"
    widths = (6, 44, 10, 10, 10)
    return ReportSheet(name=WHOLE, title=title, blocks=tuple(blocks), widths=widths, tab="title", portrait=True)


def _item_table(known: Receipt) -> Table:
    own = known.self_scored
    columns = (
        Column(title="序号", width=6, style="whole"),
        Column(title="项目", width=44),
        *(Column(title=name, width=10, style="figure") for name in ("分值", "测算", *(("自评",) if own else ()))),
    )
    rows = ((each.no, each.name, each.points, each.auto, *((each.self_score,) if own else ())) for each in known.items)
    total = (None, "合计", known.points, known.auto, *((known.self_score,) if own else ()))
    return Table(title=f"{_NUMERALS[1]}、计入了什么", columns=columns, rows=tuple(rows), total=total)
