"""分项得分 and 得分矩阵: each unit's points of each item and of each sub-point, the losses marked, in tables without gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import continued, title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Formula, ReportSheet, Sentence, Table, pixels
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.blocks import MAIN, MATRIX, OTHERS, SPECIAL, Blocks, blocks_of
from fazhi_xl.reports.ranking.rates import marks, of_item
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import full_marks, lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.text.one_line import cut

NUMBER, BY_ITEM, LOST = "序号", "分项得分", "失分合计"
_NOTHING = "空白为该单位没有此项任务;“—”为核准不涉及或待提供,不计入应得分。"


# 分项得分 ------------------------------------------------------------------------------------------------------------


def by_item_sheet(round_: Round) -> ReportSheet:
    items = round_.notice.items
    columns = (
        Column(title="单位", width=pixels(124)),
        *(Column(title=f"{item.no}\n{cut(item.name, _HEAD)}", width=_ITEM, style="score") for item in items),
        Column(title=NUMBER, width=pixels(46), style="whole", hidden=True),
    )
    return ReportSheet(
        name=BY_ITEM,
        title=title(round_, f"{len(items)}项得分({round_.basis.value})"),
        blocks=(
            Sentence(_NOTHING),
            Table(
                columns=columns,
                rows=tuple(_by_item(round_, unit) for unit in round_.scored),
                name=BY_ITEM,
                native=True,
            ),
        ),
        held=1,
    )


_ITEM, _HEAD = pixels(52), 13  # a column's width, and the characters of an item's name over it


def _by_item(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    own = {item.no: list(filter(of_item(round_, item.no), unit.sub_points)) for item in round_.notice.items}
    by = (data.UNIT_NO, f"[@{NUMBER}]")
    cells = (
        _counted(
            round_,
            scores,
            data.exact(round_, data.summed(data.COUNTED, by, (data.ITEM_NO, no))),
            by,
            (data.ITEM_NO, no),
        )
        if scores
        else ""
        for no, scores in own.items()
    )
    return (unit.unit, *cells, round_.number_of(unit.unit))


def _counted(round_: Round, scores: Sequence[SubPointScore], text: str, *by: tuple[str, str | int]) -> Formula:
    """Give what scores come to; where nothing of them applies a dash, for as long as that is so."""
    full = sum(full_marks(round_, score) for score in scores)
    if full:
        return Formula(text=text, value=sum(stats.counted(score, round_.basis) for score in scores), full=full)
    return Formula(text=f'IF({data.summed(data.FULL, *by)}=0,"—",{text})', value=None)


# 得分矩阵 ------------------------------------------------------------------------------------------------------------


def matrix_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the largest group with the points that all of it have; then the others with theirs, beside the points of a few."""
    found = blocks_of(round_)
    main, rest, special = _dense(round_, found, MAIN), _dense(round_, found, OTHERS), _special(round_, found)
    sheets = [tables for tables in ((main,), *_beside(rest, special)) if all(table.rows for table in tables)]
    for no, tables in enumerate(sheets or [(main,)]):
        yield _sheet(round_, continued(MATRIX, no), tables)


def _beside(left: Table, right: Table) -> Iterator[tuple[Table, ...]]:
    """Put two tables beside each other where both have rows and a page is broad enough."""
    wide = sum(column.width * 7 + 5 for table in (left, right) for column in table.columns) + _GAP
    if left.rows and right.rows and wide <= _BROAD:
        yield left, replace(right, at=len(left.columns) + 1, beside=True)
    else:
        yield from ((left,), (right,))


_GAP, _BROAD = 24, 1_300  # pixels between tables, and of a page on which figures stay legible


def _sheet(round_: Round, name: str, tables: Sequence[Table]) -> ReportSheet:
    before: tuple[Column, ...] = ()
    for table in tables:
        gap = (Column(title="", width=pixels(_GAP)),) if before else ()
        before = (*before, *gap, *table.columns)
    differing = any("/" in column.title for table in tables for column in table.columns)
    marks = "分值(各组不同的以/隔开)" if differing else "分值"
    said = f"{_NOTHING}表头括号内为{marks};失一部分的加粗、加浅底色,全失的白字深底色;按失分由少到多排列。"
    blocks: tuple[Block, ...] = (Sentence(said), *tables)
    return ReportSheet(
        name=name,
        title=title(round_, f"{name}({round_.basis.value})"),
        blocks=blocks,
        widths=tuple(column.width for column in before) if len(tables) > 1 else (),
        held=1,
        compact=True,
    )


def _dense(round_: Round, found: Blocks, no: int) -> Table:
    """Give one of the two tables in which every unit has every sub-point."""
    units, codes = found.units[no], found.codes[no]
    order = sorted(units, key=lambda unit: (unit.group, _lost(round_, unit, codes)))
    rows = tuple(_dense_row(round_, unit, codes, no) for unit in order) if codes else ()
    return Table(
        title=f"{found.titles[no]}({len(units)}家,{len(codes)}个得分点)",
        columns=(
            Column(title="单位", width=pixels(116)),
            *_points(round_, codes, _LINES[no], {unit.group for unit in units}),
            Column(title=f"{LOST[:2]}\n{LOST[2:]}", width=pixels(62), style="lost"),
        ),
        rows=rows,
        total=_dense_total(round_, units, codes, no) if rows else (),
        tall=17.25 if no == MAIN else _LOW,
    )


def _points(round_: Round, codes: Sequence[str], lines: int, groups: Container[str]) -> Iterator[Column]:
    """Give a column for each sub-point, those of an item under its name, as far as there is room for that."""
    wide = Counter(round_.notice.item_of[code].no for code in codes)
    for code in codes:
        item, sub = round_.notice.item_of[code], round_.notice.sub_points[code]
        room = lines * int((_POINT * wide[item.no] - 8) / 14)
        yield Column(
            title=f"{code}\n({marks(round_, sub, groups)})",
            width=pixels(_POINT),
            style="score",
            over=cut(f"{item.no} {item.name}", room),
        )


_POINT = 50  # pixels of a column
_LINES = {MAIN: 3, OTHERS: 2}  # of an item's name over its columns
_LOW = 14.0  # points of a row where many stand on one page


def _dense_row(round_: Round, unit: UnitScore, codes: Sequence[str], no: int) -> tuple[Cell, ...]:
    by = (data.UNIT_NO, round_.number_of(unit.unit)), (data.BLOCK, no)
    return (
        unit.unit,
        *(_cell(round_, unit, code) for code in codes),
        _summed(round_, _lost(round_, unit, codes), *by),
    )


def _dense_total(round_: Round, units: Sequence[UnitScore], codes: Sequence[str], no: int) -> tuple[Cell, ...]:
    losses = {code: sum(_lost(round_, unit, (code,)) for unit in units) for code in codes}
    by_code = (
        _summed(round_, points, (data.PLACE, data.place_of(round_, code)), (data.BLOCK, no))
        for code, points in losses.items()
    )
    return (LOST, *by_code, _summed(round_, sum(losses.values()), (data.BLOCK, no)))


def _lost(round_: Round, unit: UnitScore, codes: Sequence[str]) -> Hundredths:
    return sum(lost(round_, score) for score in unit.sub_points if score.code in codes)


def _summed(round_: Round, points: Hundredths, *by: tuple[str, str | int]) -> Formula:
    return Formula(text=data.exact(round_, data.summed(data.LOST, *by)), value=points)


def _cell(round_: Round, unit: UnitScore, code: str) -> Cell:
    score = next((each for each in unit.sub_points if each.code == code), None)
    if score is None:
        return ""
    by = (data.KEY, data.key_of(round_, unit.unit, code))
    return _counted(round_, (score,), data.summed(data.COUNTED, by), by)


def _special(round_: Round, found: Blocks) -> Table:
    """Give the points that only some have: a row for each item and unit, a column for each place within the item."""
    places = max((_place(code) for _, codes in found.special for code in codes), default=1)
    rows, before = [], None
    for unit, codes in found.special:
        item = round_.notice.item_of[codes[0]]
        named = cut(f"{item.no} {item.name}", _NAME) if item.no != before else ""
        rows.append((named, *_special_row(round_, unit, codes, places)))
        before = item.no
    heads = (f".{no}" for no in range(1, places + 1))
    return Table(
        title=f"{found.titles[SPECIAL]}({len(rows)}行)",
        columns=(
            Column(title=round_.notice.about.words.item, width=pixels(180)),
            Column(title="单位", width=pixels(116)),
            *(Column(title=head, width=pixels(_POINT), style="score", over="项目内的编号") for head in heads),
            Column(title="失分", width=pixels(62), style="lost"),
        ),
        rows=tuple(rows),
        tall=_LOW,
    )


_NAME = 11  # characters of an item's name in one line; the whole of it stands with its rate


def _special_row(round_: Round, unit: UnitScore, codes: Sequence[str], places: int) -> tuple[Cell, ...]:
    own = {_place(code): code for code in codes}
    item = round_.notice.item_of[codes[0]].no
    by = (data.UNIT_NO, round_.number_of(unit.unit)), (data.ITEM_NO, item), (data.BLOCK, SPECIAL)
    cells = (_cell(round_, unit, own[place]) if place in own else "" for place in range(1, places + 1))
    return (unit.unit, *cells, _summed(round_, _lost(round_, unit, codes), *by))


def _place(code: str) -> int:
    """Give a sub-point's number within its item: 5 of 15.5."""
    return int(code.partition(".")[2])
