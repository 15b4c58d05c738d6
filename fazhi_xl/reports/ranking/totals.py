"""排名总表 and 分组排名: every unit with all that its total is made of."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.findings import Severity
from fazhi_xl.notice.choices import Conversion, Ties
from fazhi_xl.points import Hundredths, in_points
from fazhi_xl.reports.media.titles import FEEDBACK, dated, feedback_file, state, title
from fazhi_xl.reports.media.workbook import Block, Cell, Chart, Column, Formula, Link, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking import data
from fazhi_xl.reports.ranking.adjustments import BONUS, PENALTIES, SHEET, WEIGHTS, weight
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import full_marks
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order

TABLE = "排名总表"
NUMBER, RANK, GROUP_RANK, FULL, AWARDED, PERCENT, BONUS_POINTS, DEDUCTION, TOTAL = (
    "序号", "名次", "组内名次", "应得分", "得分", "折算分", "加分", "减分", "总分",
)  # fmt: skip
_COLUMNS = (
    Column(title=RANK, width=7, style="whole"),
    Column(title=NUMBER, width=7, style="whole"),
    Column(title="单位", width=18),
    Column(title="分组", width=27),
    Column(title=GROUP_RANK, width=9, style="whole"),
    Column(title=FULL, width=9, style="figure"),
    Column(title=data.AUTO, width=9, style="figure"),
    Column(title=data.SELF, width=9, style="figure"),
    Column(title=data.REVIEWED, width=9, style="figure"),
    Column(title=AWARDED, width=9, style="figure"),
    Column(title=PERCENT, width=9, style="figure"),
    Column(title=BONUS_POINTS, width=8, style="figure"),
    Column(title=DEDUCTION, width=8, style="figure"),
    Column(title=TOTAL, width=10, style="figure"),
)
_GRADE, _NOTE = Column(title="参考等次", width=9, style="centre"), Column(title="备注", width=30)


def totals_sheet(round_: Round) -> ReportSheet:
    groups = {group.code: group.name for group in round_.notice.ranking_groups}
    columns = (*_COLUMNS, *((_GRADE,) if round_.notice.about.grades else ()), _NOTE)
    rows = tuple(_row(round_, unit, groups[unit.group]) for unit in in_order(round_.units))
    # Of what returned: what did not is no zero.
    means = tuple(_mean(round_, round_.returned, column, TABLE) for column in columns) if round_.returned else ()
    return ReportSheet(
        name=TABLE,
        title=title(round_, state(round_)),
        blocks=(
            Sentence(round_.notice.about.scoring.percent.word + round_.notice.about.scoring.ties.word),
            Sentence(dated(round_)),
            Sentence(changed(round_)),
            Table(
                columns=columns,
                rows=rows,
                total=means,
                name=TABLE,
            ),
        ),
        tab="title",
        filtered=True,
        held=3,
    )


def changed(round_: Round) -> Formula:
    """Say in the workbook itself whether its figures are still those it was made with."""
    weighed = sum(
        data.key_of(round_, unit.unit, score.code) * (stats.counted(score, round_.basis) + full_marks(round_, score))
        for unit in round_.returned
        for score in unit.sub_points
    ) + weight(round_)
    column = data.TABLE
    matters = "".join(f"+SUMPRODUCT({name}[{NUMBER}],{name}[计分])*{by}" for name, by in WEIGHTS.items())
    now = f"SUMPRODUCT({column}[{data.KEY}],{column}[{data.COUNTED}]+{column}[{data.FULL}])"
    kept = f"各表的数与“{data.TABLE}”“{SHEET}”一致。"
    told = f"注意:“{data.TABLE}”或“{SHEET}”已被改动,得分和名次随之变了;文字、图和先后次序仍是生成时的。"
    text = f'IF(ABS({now if round_.returned else 0}{matters}-{in_points(weighed)})<0.001,"{kept}","{told}")'
    return Formula(text=text, value=kept)


def _row(round_: Round, unit: UnitScore, group: str) -> tuple[Cell, ...]:
    known = next(each for each in round_.notice.units if each.short == unit.unit)
    # A unit with a total has a feedback sheet, and its name leads there.
    named = unit.unit if unit.total is None else Link(text=unit.unit, file=f"{FEEDBACK}/{feedback_file(known)}")
    head = round_.number_of(unit.unit), named, group
    cap = in_points(round_.notice.about.scoring.bonus_cap or 0)
    if unit.total is None:
        return (None, *head, None, unit.full_marks, *[None] * 8, *_grade(round_, unit), note(round_, unit))
    return (
        None if unit.rank is None else Formula(text=_rank(round_), value=unit.rank),
        *head,
        None
        if unit.group_rank is None
        else Formula(text=_rank(round_, f"({TABLE}[分组]=[@分组])*"), value=unit.group_rank),
        _sum(round_, data.FULL, unit.full_marks),
        _sum(round_, data.AUTO, unit.auto or 0),
        _sum(round_, data.SELF, unit.self_score or 0),
        None if unit.reviewed is None else _sum(round_, data.REVIEWED, unit.reviewed),
        _sum(round_, data.COUNTED, sum(stats.counted(score, round_.basis) for score in unit.sub_points)),
        Formula(text=_percent(round_), value=unit.percent),
        Formula(text=f"MIN({cap},SUMIFS({BONUS}[计分],{BONUS}[{NUMBER}],[@{NUMBER}]))", value=unit.bonus),
        Formula(text=f"SUMIFS({PENALTIES}[计分],{PENALTIES}[{NUMBER}],[@{NUMBER}])", value=unit.deduction),
        Formula(text=_total(round_), value=unit.total),
        *_grade(round_, unit),
        note(round_, unit),
    )


def _rank(round_: Round, among: str = "") -> str:
    """Count those with a higher total, or how many higher totals there are; a text, as of who did not return, is none."""
    apart = [str(unit.no) for unit in round_.notice.units if unit.short in round_.notice.apart]
    others = "".join(f"({TABLE}[{NUMBER}]<>{no})*" for no in apart)
    better = f"{among}{others}ISNUMBER({TABLE}[{TOTAL}])*({TABLE}[{TOTAL}]>[@{TOTAL}])"
    if round_.notice.about.scoring.ties is Ties.SKIPPING:
        return f"SUMPRODUCT({better})+1"
    like = "".join(f',{TABLE}[{NUMBER}],"<>{no}"' for no in apart) + (f",{TABLE}[分组],{TABLE}[分组]" if among else "")
    own = "".join(f"+({TABLE}[{NUMBER}]={no})" for no in apart)  # counted by nobody, which would divide by zero
    return f"ROUND(SUMPRODUCT({better}/(COUNTIFS({TABLE}[{TOTAL}],{TABLE}[{TOTAL}]{like}){own})),0)+1"


def _grade(round_: Round, unit: UnitScore) -> Iterator[Cell]:
    """Give the grade for reference; no cell where the catalogue has none."""
    bands = round_.notice.about.grades
    if bands and unit.total is None:
        yield None
    elif bands:
        bounded = [band for band in bands if band.at_least is not None]
        tests = "".join(f'IF([@{TOTAL}]>={in_points(band.at_least or 0)},"{band.name}",' for band in bounded)
        rest = next((band.name for band in bands if band.at_least is None), "—")
        yield Formula(text=f'{tests}"{rest}"{")" * len(bounded)}', value=grade_of(unit.total, bands))


def _sum(round_: Round, what: str, value: Hundredths) -> Formula:
    return Formula(text=data.exact(round_, data.summed(what, (data.UNIT_NO, f"[@{NUMBER}]"))), value=value)


def _percent(round_: Round) -> str:
    scoring = round_.notice.about.scoring
    full = in_points(scoring.full)
    if scoring.percent is Conversion.RAW:
        return f"[@{AWARDED}]"
    if scoring.percent is Conversion.HUNDRED_MINUS_LOST:
        return data.exact(round_, f"{full}-([@{FULL}]-[@{AWARDED}])")
    return f"IF([@{FULL}]=0,0,{data.kept(round_, f'{full}*[@{AWARDED}]/[@{FULL}]')})"


def _total(round_: Round) -> str:
    coefficient = round_.notice.about.scoring.index_coefficient
    weighed = f"[@{PERCENT}]" if coefficient == 1 else data.kept(round_, f"[@{PERCENT}]*{coefficient}")
    total = data.exact(round_, f"{weighed}+[@{BONUS_POINTS}]-[@{DEDUCTION}]")
    cap = round_.notice.about.scoring.total_cap
    return total if cap is None else f"MIN({in_points(cap)},{total})"


def _mean(round_: Round, units: tuple[UnitScore, ...], column: Column, table: str) -> Cell:
    if column.title == "单位":
        return "平均"
    taken = _MEANS.get(column.title)
    if taken is None:
        return ""
    values = [value for unit in units if (value := getattr(unit, taken)) is not None]
    over = f"{table}[{column.title}]"
    text = f'IF(COUNT({over})=0,"—",{data.kept(round_, f"AVERAGE({over})")})'
    return Formula(text=text, value=stats.mean(values, round_.notice.about.scoring.kept))


_MEANS = {PERCENT: "percent", BONUS_POINTS: "bonus", DEDUCTION: "deduction", TOTAL: "total"}


def note(round_: Round, unit: UnitScore) -> str:
    file = round_.file_of(unit.unit)
    if file is None:
        return "未报送"
    if file.answers is None or file.answers.blank:
        return "退回(没有填写)"
    words = []
    if file.status is Status.NEEDS_CORRECTION:
        more = "" if round_.official else ",暂按已填部分计"
        words.append(f"退回修改({sum(f.severity is Severity.ERROR for f in file.findings)}处){more}")
    if any(score.out and score.approved is None for score in unit.sub_points):
        words.append("有不涉及待核准")
    if any(each.short == unit.unit and each.assessor for each in round_.notice.units):
        words.append("兼评价单位" + (",参评不排名" if unit.unit in round_.notice.apart else ""))
    return ";".join(words)


# 分组排名 ------------------------------------------------------------------------------------------------------------

_GROUP_COLUMNS = (
    Column(title=GROUP_RANK, width=10, style="whole"),
    Column(title=NUMBER, width=8, style="whole"),
    Column(title="单位", width=24),
    *(Column(title=name, width=12, style="figure") for name in (FULL, PERCENT, BONUS_POINTS, DEDUCTION, TOTAL)),
    Column(title=RANK, width=12, style="whole"),
)


def groups_sheet(round_: Round) -> ReportSheet:
    blocks: list[Block] = [Sentence(dated(round_)), Sentence("各单位承担的得分点不同,应得分相差很大,同组之间更可比。")]
    for group in round_.notice.ranking_groups:
        own = tuple(unit for unit in round_.units if unit.group == group.code)
        blocks += _group(round_, f"{group.code}.{group.name}", f"分组{group.code}", own)
    return ReportSheet(name="分组排名", title=title(round_, f"分组{state(round_)}"), blocks=tuple(blocks), tab="title")


def _group(round_: Round, name: str, table: str, units: tuple[UnitScore, ...]) -> Iterator[Table]:
    order = sorted(units, key=lambda unit: (unit.group_rank is None, unit.group_rank or 0))
    came = tuple(unit for unit in units if unit.total is not None)
    yield Table(
        title=f"{name}({len(units)}家,已报{len(came)}家)",
        columns=_GROUP_COLUMNS,
        rows=tuple(tuple(_looked_up(round_, unit, column) for column in _GROUP_COLUMNS) for unit in order),
        total=tuple(_mean(round_, came, column, table) for column in _GROUP_COLUMNS) if came else (),
        name=table,
    )


def _looked_up(round_: Round, unit: UnitScore, column: Column) -> Cell:
    if column.title in {NUMBER, "单位"}:
        return round_.number_of(unit.unit) if column.title == NUMBER else unit.unit
    value: Hundredths | None = getattr(unit, _GROUP_VALUES[column.title])
    text = f"SUMIFS({TABLE}[{column.title}],{TABLE}[{NUMBER}],[@{NUMBER}])"
    return None if value is None else Formula(text=text, value=value)


_GROUP_VALUES = {**_MEANS, FULL: "full_marks", RANK: "rank", GROUP_RANK: "group_rank"}


def chart_sheet(round_: Round) -> ReportSheet:
    """Draw the totals in the order of the ranks."""
    rows = max(14, len(round_.units) + 4)
    chart = Chart(title="总分", table=TABLE, names="单位", values=TOTAL, at=0, rows=rows, width=900, maximum=None)
    return ReportSheet(
        name="总分图", title=title(round_, f"总分图 {state(round_)}"), blocks=(chart,), widths=(20,) * 6, one_page=True
    )
