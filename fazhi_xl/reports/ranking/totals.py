"""排名总表 and 分组排名: every unit with all that its total is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi_xl.findings import Severity
from fazhi_xl.notice.choices import Conversion, Missing
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import Hundredths, in_points, short
from fazhi_xl.reports.media.titles import FEEDBACK, VETO, feedback_file, grouped, state, title, vetoed
from fazhi_xl.reports.media.workbook import (
    Cell,
    Column,
    Formula,
    Link,
    ReportSheet,
    Sentence,
    Table,
    literal,
    pixels,
)
from fazhi_xl.reports.ranking import data, ranks
from fazhi_xl.reports.ranking.adjustments import BONUS, PENALTIES, SHEET, WEIGHTS, tables, weight
from fazhi_xl.reports.ranking.comparison import places_moved
from fazhi_xl.reports.ranking.last_row import how_it_comes_about, summed_up
from fazhi_xl.reports.ranking.total_columns import (
    AWARDED,
    BASE,
    BONUS_POINTS,
    DEDUCTION,
    FULL,
    GRADE,
    GROUP,
    GROUP_RANK,
    MOVED,
    NOTE,
    NUMBER,
    PERCENT,
    RANK,
    REFUND,
    TABLE,
    TIE,
    TOTAL,
)
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import full_marks, refunds
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order

_RAW, _SCALED = "原始分", "百分制"
_COLUMNS = (
    Column(title=RANK, width=pixels(46), style="rank"),
    Column(title=TIE, width=pixels(46), style="centre"),
    Column(title="单位", width=pixels(124)),
    Column(title=GROUP, width=pixels(160), style="small"),
    Column(title=GROUP_RANK, width=pixels(44), style="count", key=GROUP_RANK),
    *(
        Column(title=name, width=pixels(60), style="figure", over=_RAW)
        for name in (FULL, data.AUTO, data.SELF, data.REVIEWED, REFUND, AWARDED)
    ),
    Column(title=PERCENT, width=pixels(60), style="figure", over=_SCALED, key=PERCENT),
    Column(title=BONUS_POINTS, width=pixels(52), style="quiet", over=_SCALED),
    Column(title=DEDUCTION, width=pixels(52), style="quiet", over=_SCALED),
    Column(title=TOTAL, width=pixels(120), style="strong", over=_SCALED),
    Column(title=GRADE, width=pixels(44), style="centre", key=GRADE, parting=True),
    Column(title=VETO, width=pixels(100), style="centre", hidden=True),
    Column(title=MOVED, width=pixels(64), style="option"),
    Column(title=NOTE, width=pixels(148), style="small"),
    Column(title=NUMBER, width=pixels(46), style="whole", hidden=True),
    *ranks.COLUMNS,
)
_TALL = 19.0  # points of a row
_BAR = Fraction(9, 5)  # how much wider a cell is than the bar of the highest total: its figure stands beside it


def totals_sheet(round_: Round) -> ReportSheet:
    columns = tuple(present(round_, _COLUMNS))
    order = in_order(round_.units)
    with_total = [unit for unit in order if unit.total is not None] or order
    rows = tuple(_picked(_row(round_, unit), columns) for unit in with_total)
    # Of what has a total: what did not return is no zero.
    last = tuple(summed_up(round_, column) for column in columns) if round_.scored else ()
    return ReportSheet(
        name=TABLE,
        title=title(round_, state(round_)),
        blocks=(
            Sentence(f"{how_totals_come_about(round_.notice)}{_how_ranks_come_about(round_)}{_parted(round_)}"),
            *((Sentence(how_it_comes_about(columns)),) if last else ()),
            *((Sentence(data.how_to_try(round_)),) if round_.scored and round_.notice.items else ()),
            Sentence(changed(round_)),
            Table(columns=columns, rows=rows, total=last, name=TABLE, native=True, tall=_TALL, muted=not round_.scored),
            *_without_total(round_, columns, [unit for unit in order if unit not in with_total]),
        ),
        tab="title",
        held=3,
    )


def _without_total(round_: Round, columns: tuple[Column, ...], units: list[UnitScore]) -> Iterator[Table]:
    """List who has no total apart from the others, below a line that says so; the filter and the ranks end before it."""
    if units:
        missing = round_.due and all(unit.unit not in round_.unasked for unit in units)
        yield Table(
            columns=columns,
            rows=tuple(_picked(_row(round_, unit), columns) for unit in units),
            band=f"{'未报送' if missing else '没有总分'},不排名({len(units)}家)",
            headless=True,
            muted=True,
            tall=_TALL,
        )


def _parted(round_: Round) -> str:
    grades = round_.notice.about.grades
    return f"横线为{round_.notice.about.words.grade}的分界。" if len(grades) > 1 and round_.scored else ""


def how_totals_come_about(notice: Notice) -> str:
    """Say what a total is made of, of the parts that the notice has."""
    scoring = notice.about.scoring
    more = ("+加分" if notice.bonus else "") + ("-减分" if notice.deductions else "")
    if not notice.items:
        return f"总分=基准分{more};基准分{short(scoring.full)}分。"
    how = {
        Conversion.PERCENT: f"总分=折算分{more};折算分={short(scoring.full)}×得分÷应得分。",
        Conversion.HUNDRED_MINUS_LOST: f"总分=折算分{more};折算分={short(scoring.full)}-(应得分-得分)。",
        Conversion.RAW: f"总分=得分{more},不折算。",
    }[scoring.percent]
    return how + "".join(f"{cap.text.removesuffix('。')},超过的补回得分里。" for cap in notice.about.loss_caps)


def _how_ranks_come_about(round_: Round) -> str:
    missing = f";{_MISSING[round_.notice.about.scoring.missing]}" if round_.due and round_.notice.items else ""
    return f"{round_.notice.about.scoring.ties.word}{missing}。"


_MISSING = {Missing.UNRANKED: "未报送的不排名,也不按0分计", Missing.ZERO: "未报送的按0分排名,计入平均"}


def present(round_: Round, columns: Iterable[Column]) -> Iterator[Column]:
    """Give the columns of what the notice has, under its own words."""
    notice, items = round_.notice, bool(round_.notice.items)
    absent = {
        GROUP: not grouped(notice),
        GROUP_RANK: not grouped(notice),
        FULL: not items,
        data.AUTO: not items,
        data.SELF: not items or not notice.about.scoring.self_score,
        data.REVIEWED: not items,
        REFUND: not notice.about.loss_caps,
        AWARDED: not items,
        BONUS_POINTS: not notice.bonus,
        DEDUCTION: not notice.deductions,
        GRADE: not notice.about.grades,
        VETO: not round_.vetoed,
        **ranks.absent(round_),
        MOVED: round_.earlier is None,
    }
    named = {GRADE: notice.about.words.grade, **({} if items else {PERCENT: BASE})}
    kept = [replace(column, width=_width(round_, column)) for column in columns if not absent.get(column.called)]
    others = sum(round(column.width * 7 + 5) for column in kept if not column.hidden and column.called != NOTE)
    for column in kept:
        bar = _bar(round_) if column.called == TOTAL and column.style == "strong" else None
        over = column.over if items else ""
        wide = pixels(max(_NOTE, _PAGE - others)) if column.called == NOTE else column.width
        yield replace(column, title=named.get(column.called, column.title), bar=bar, over=over, width=wide)


_PAGE, _NOTE = 1_225, 110  # pixels of all columns on A4, and of the notes at least, which have what the others leave


def _width(round_: Round, column: Column) -> float:
    """Give a column's width: a grade's and a group's name take one line."""
    grades = (grade.name for grade in round_.notice.about.grades)
    groups = (group.name for group in round_.notice.ranking_groups) if grouped(round_.notice) else ()
    if column.called == GROUP:
        return pixels(max(72, min(160, _room(groups, 13) + 18)))
    if column.called == GRADE:
        return max(column.width, pixels(min(_room(grades, 14), 112) + 10))
    return column.width


def _room(names: Iterable[str], size: int) -> int:
    """Give the pixels that the longest of some names takes, a character so many pixels wide."""
    return max((size * len(name) for name in names), default=0)


def _bar(round_: Round) -> Hundredths | None:
    """Give the total whose bar would fill the cell: well above the highest one, and above the full marks."""
    highest = max((unit.total for unit in round_.scored if unit.total is not None), default=0)
    return _BAR * max(highest, round_.notice.about.scoring.full)


def _picked(cells: Mapping[str, Cell], columns: Iterable[Column]) -> tuple[Cell, ...]:
    return tuple(cells[column.called] for column in columns)


def changed(round_: Round) -> Formula:
    """Say in the workbook itself whether its figures are still those it was made with."""
    weighed = sum(
        data.key_of(round_, unit.unit, score.code) * (stats.counted(score, round_.basis) + full_marks(round_, score))
        for unit in round_.scored
        for score in unit.sub_points
    ) + weight(round_)
    column, asked = data.TABLE, bool(round_.notice.items)
    matters = "".join(f"+SUMPRODUCT({name}[{NUMBER}],{name}[计分])*{WEIGHTS[name]}" for name in tables(round_.notice))
    now = "+".join(f"SUMPRODUCT({column}[{data.KEY}],{column}[{each}])" for each in (data.COUNTED, data.FULL))
    listed = bool(round_.claims or round_.penalties)  # else the sheet is hidden
    named = (data.TABLE,) * asked + (SHEET,) * (bool(tables(round_.notice)) and (listed or not asked))
    kept = f"各表的数与{''.join(f'“{name}”' for name in named)}一致。"
    told = (
        f"注意:{'或'.join(f'“{name}”' for name in named)}已被改动,得分和名次随之变了;文字、图和先后次序仍是生成时的。"
    )
    sum_now = f"{now if round_.scored and asked else 0}{matters}"
    text = f"IF(ABS({sum_now}-{in_points(weighed)})<0.001,{literal(kept)},{literal(told)})"
    return Formula(text=text, value=kept)


def _row(round_: Round, unit: UnitScore) -> Mapping[str, Cell]:
    """Give all that may be told of a unit, by column; what it has no figures for is None."""
    known = round_.notice.units_by_short[unit.unit]
    group = next(each.name for each in round_.notice.ranking_groups if each.code == unit.group)
    # A unit with a total has a feedback sheet, and its name leads there.
    bare = unit.total is None or unit.zeroed
    named = unit.unit if bare else Link(text=unit.unit, file=f"{FEEDBACK}/{feedback_file(known)}")
    none: Mapping[str, Cell] = dict.fromkeys(column.called for column in _COLUMNS)
    figures = {} if unit.total is None else _zero(round_, unit) if unit.zeroed else _figures(round_, unit)
    return {
        **none,
        NUMBER: round_.number_of(unit.unit),
        TIE: "" if unit.rank is None else _tie(round_, unit),
        "单位": named,
        GROUP: group,
        FULL: unit.full_marks,
        VETO: "、".join(unit.vetoes) or None,
        MOVED: places_moved(unit, round_.earlier.units.get(unit.unit)) if round_.earlier else None,
        NOTE: note(round_, unit),
        **ranks.cells(round_, unit),
        **figures,
    }


def _figures(round_: Round, unit: UnitScore) -> Mapping[str, Cell]:
    scoring = round_.notice.about.scoring
    return {
        RANK: None if unit.rank is None else Formula(text=ranks.rank(round_), value=unit.rank),
        GROUP_RANK: None
        if unit.group_rank is None
        else Formula(text=ranks.rank(round_, grouped=True), value=unit.group_rank),
        FULL: _sum(round_, data.FULL, unit.full_marks),
        data.AUTO: _sum(round_, data.AUTO, unit.auto or 0),
        data.SELF: _sum(round_, data.SELF, unit.self_score or 0),
        data.REVIEWED: None if unit.reviewed is None else _sum(round_, data.REVIEWED, unit.reviewed),
        REFUND: Formula(text=_refund(round_), value=unit.refund),
        AWARDED: _sum(
            round_,
            data.COUNTED,
            stats.awarded(unit, round_.basis),
            f"+[@{REFUND}]" if round_.notice.about.loss_caps else "",
        ),
        PERCENT: Formula(text=_percent(round_), value=unit.percent) if round_.notice.items else unit.percent,
        BONUS_POINTS: Formula(text=_matters(BONUS, scoring.bonus_cap), value=unit.bonus),
        DEDUCTION: Formula(text=_matters(PENALTIES, scoring.deduction_cap), value=unit.deduction),
        TOTAL: Formula(text=_total(round_), value=unit.total),
        GRADE: _grade(round_, unit),
    }


def _tie(round_: Round, unit: UnitScore) -> Formula:
    """Say whether another has the same rank."""
    same = sum(each.rank == unit.rank for each in round_.units) > 1
    return Formula(text=f'IF(COUNTIF({TABLE}[{RANK}],[@{RANK}])>1,"{TIE}","")', value=TIE if same else "")


def _zero(round_: Round, unit: UnitScore) -> Mapping[str, Cell]:
    """Give the figures of a unit that returned nothing and counts with 0 points: there are no others, and no grade."""
    figures = _figures(round_, unit)
    return {
        **{column: figures[column] for column in (RANK, GROUP_RANK, BONUS_POINTS, DEDUCTION, TOTAL)},
        PERCENT: unit.percent,
    }


def _matters(table: str, cap: Hundredths | None) -> str:
    points = f"SUMIFS({table}[计分],{table}[{NUMBER}],[@{NUMBER}])"
    return points if cap is None else f"MIN({in_points(cap)},{points})"


def _refund(round_: Round) -> str:
    """Add up what goes back: of the losses under each limit, all beyond it."""
    losing = (data.UNIT_NO, f"[@{NUMBER}]"), (data.LOST, '">0"')
    caps = (
        f"MAX(0,{data.summed(data.LOST, *losing, (data.CAP, no))}-{in_points(cap.at_most)})"
        for no, cap in enumerate(round_.notice.about.loss_caps, 1)
    )
    return data.exact(round_, "+".join(caps) or "0")


def _grade(round_: Round, unit: UnitScore) -> Cell:
    """Give the grade; none after a veto."""
    bands = round_.notice.about.grades
    if unit.vetoes or not bands:
        return None
    bounded = [band for band in bands if band.at_least is not None]
    tests = "".join(f"IF([@{TOTAL}]>={in_points(band.at_least or 0)},{literal(band.name)}," for band in bounded)
    rest = next((band.name for band in bands if band.at_least is None), "—")
    return Formula(text=f"{tests}{literal(rest)}{')' * len(bounded)}", value=grade_of(unit.total, bands))


def _sum(round_: Round, what: str, value: Hundredths, more: str = "") -> Formula:
    return Formula(text=data.exact(round_, data.summed(what, (data.UNIT_NO, f"[@{NUMBER}]")) + more), value=value)


def _percent(round_: Round) -> str:
    scoring = round_.notice.about.scoring
    full = in_points(scoring.full)
    if scoring.percent is Conversion.RAW:
        return f"[@{AWARDED}]"
    if scoring.percent is Conversion.HUNDRED_MINUS_LOST:
        return data.exact(round_, f"{full}-([@{FULL}]-[@{AWARDED}])")
    return f"IF([@{FULL}]=0,0,{data.kept(round_, f'{full}*[@{AWARDED}]/[@{FULL}]')})"


def _total(round_: Round) -> str:
    notice = round_.notice
    coefficient = notice.about.scoring.index_coefficient
    weighed = f"[@{PERCENT}]" if coefficient == 1 else data.kept(round_, f"[@{PERCENT}]*{coefficient}")
    more = (f"+[@{BONUS_POINTS}]" if notice.bonus else "") + (f"-[@{DEDUCTION}]" if notice.deductions else "")
    total = data.exact(round_, f"{weighed}{more}")
    cap = notice.about.scoring.total_cap
    return total if cap is None else f"MIN({in_points(cap)},{total})"


def note(round_: Round, unit: UnitScore) -> str:
    """Say what is special about a unit's row."""
    words = [vetoed(unit), *_of_return(round_, unit), "按0分计" if unit.zeroed else ""]
    words += [f"{refund.words}" for refund in refunds(round_, unit)]
    if waiting := sum(score.pending for score in unit.sub_points):
        words.append(f"{waiting}个得分点待办公室提供")
    if any(score.out and score.approved is None for score in unit.sub_points):
        words.append("有不涉及待核准")
    if unit.total is not None and round_.notice.units_by_short[unit.unit].assessor:
        words.append("兼评价单位" + (",参评不排名" if unit.unit in round_.notice.apart else ""))
    return ";".join(filter(None, words))


def _of_return(round_: Round, unit: UnitScore) -> Iterator[str]:
    file = round_.file_of(unit.unit)
    if unit.unit in round_.unasked:
        yield "" if unit.total is not None else "没有承担任务"
    elif file is None:
        yield "报来的不能使用" if round_.refused_of(unit.unit) else "未报送"
    elif file.answers is None or file.answers.blank:
        yield "退回(没有填写)"
    elif file.status is Status.NEEDS_CORRECTION:
        more = "" if round_.official else ",暂按已填部分计"
        yield f"退回修改({sum(f.severity is Severity.ERROR for f in file.findings)}处){more}"
