"""数据: one row per unit and sub-point. Every figure of the ranking workbook is a formula over it."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.choices import NotApplicable
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, Link, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.losses import full_marks, lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore

TABLE = "数据"
KEY, UNIT_NO, ITEM_NO, ASPECT_NO, PLACE = "键", "单位序号", "项目", "方面序号", "得分点序号"
FULL, COUNTED, LOST, AUTO, SELF, REVIEWED, OUT = "应得分", "计分", "失分", "测算分", "自评分", "核定分", "不涉及"
APPROVED, REFUSED, CLAIMED = "核准", "不核准", "申请"
ORIGIN = Column(title="原表", width=20)
_COLUMNS = (
    Column(title=KEY, width=9, style="whole"),
    Column(title=UNIT_NO, width=9, style="whole"),
    Column(title="单位", width=18),
    Column(title="分组", width=22),
    Column(title="方面", width=20),
    Column(title=ITEM_NO, width=7, style="whole"),
    Column(title="监测项目", width=24),
    Column(title="得分点", width=9, style="centre"),
    Column(title="分值", width=8, style="figure"),
    Column(title=AUTO, width=9, style="figure"),
    Column(title=SELF, width=9, style="figure"),
    Column(title=REVIEWED, width=9, style="figure"),
    Column(title=OUT, width=9, style="centre"),
    Column(title=FULL, width=9, style="figure"),
    Column(title=COUNTED, width=9, style="figure"),
    Column(title=LOST, width=9, style="figure"),
    Column(title="扣分原因", width=30),
    Column(title="审核人", width=10, style="centre"),
    Column(title="审核日期", width=12, style="centre"),
    ORIGIN,
    Column(title=ASPECT_NO, width=9, style="whole"),
    Column(title=PLACE, width=9, style="whole"),
)
_PLACES = 1_000  # a key is the unit's number, then three digits of the sub-point's place


def scores_sheet(round_: Round) -> ReportSheet:
    groups = {group.code: group.name for group in round_.notice.ranking_groups}
    rows = tuple(_row(round_, unit, groups[unit.group], score) for unit in round_.returned for score in unit.sub_points)
    said = (
        f"一行一个得分点,可作数据透视。改这里的{counted_column(round_)},应得分、计分、失分和排名总表等各表的数随着变;"
        "要作为正式结果,在审核表里改定后重新收表。"
    )
    return ReportSheet(
        name=TABLE,
        title=title(round_, TABLE),
        blocks=(Sentence(said), Table(columns=_COLUMNS, rows=rows, name=TABLE)),
        filtered=True,
        held=3,
    )


def counted_column(round_: Round) -> str:
    """Name the column of scores that the ranking rests on."""
    return SELF if round_.basis is Basis.SELF else REVIEWED


def place_of(round_: Round, code: str) -> int:
    """Count a sub-point's place in the notice's order, from 1: a code such as 15.10 is no number to look things up by."""
    return list(round_.notice.sub_points).index(code) + 1


def key_of(round_: Round, unit: str, code: str) -> int:
    return round_.number_of(unit) * _PLACES + place_of(round_, code)


def _row(round_: Round, unit: UnitScore, group: str, score: SubPointScore) -> tuple[Cell, ...]:
    item, ruling = round_.notice.item_of[score.code], round_.rulings.get((unit.unit, score.code))
    open_too = round_.notice.about.scoring.not_applicable is NotApplicable.OUT
    held = [f'[@{OUT}]="{word}"' for word in (APPROVED, *((CLAIMED,) if open_too else ()))]
    return (
        key_of(round_, unit.unit, score.code),
        round_.number_of(unit.unit),
        unit.unit,
        group,
        item.aspect,
        item.no,
        item.name,
        score.code,
        score.points,
        score.auto,
        score.self_score,
        score.reviewed,
        {None: CLAIMED if score.out else None, True: APPROVED, False: REFUSED}[score.approved],
        Formula(text=f"IF(OR({','.join(held)}),0,[@分值])", value=full_marks(round_, score)),
        Formula(
            text=f'IF([@{OUT}]="{APPROVED}",0,N([@{counted_column(round_)}]))', value=stats.counted(score, round_.basis)
        ),
        Formula(text=exact(round_, f"[@{FULL}]-[@{COUNTED}]"), value=lost(round_, score)),
        (ruling.why or None) if ruling else None,
        (ruling.reviewer or None) if ruling else None,
        (ruling.day or None) if ruling else None,
        origin(round_.file_of(unit.unit), tasks.self_field(score.code)),
        round_.notice.aspects.index(item.aspect) + 1,
        place_of(round_, score.code),
    )


def origin(file: FileResult | None, field: str) -> Link | str | None:
    """Lead to the cell of the return that a figure comes from."""
    found = file.answers.cells.get(field) if file and file.answers else None
    if file is None or found is None:
        return None
    text = f"{found.sheet}!{found.cell}"
    plain = file.copy and not set(found.sheet) & set("'#[]?*:/\\")
    return Link(text=text, file=file.copy, sheet=found.sheet, cell=found.cell) if plain else text


def exact(round_: Round, text: str) -> str:
    """Write a sum of points without the noise that adding binary fractions leaves behind the last place that is kept."""
    return f"ROUND({text},{round_.notice.about.scoring.places})"


_SPARE = 8  # places behind those that are kept: finer than any quotient of scores that is not one of them, coarser than noise


def kept(round_: Round, text: str) -> str:
    """Write a quotient or product of points, rounded as the catalogue keeps scores; noise below a figure is not cut off with it."""
    if not round_.notice.about.scoring.kept.down:
        return exact(round_, text)
    places = round_.notice.about.scoring.places
    return f"ROUNDDOWN(ROUND({text},{places + _SPARE}),{places})"


def summed(what: str, *by: tuple[str, str | int]) -> str:
    """Write the sum of a column of 数据 where the other columns are as given."""
    pairs: Iterator[str] = (f"{TABLE}[{column}],{value}" for column, value in by)
    return f"SUMIFS({TABLE}[{what}],{','.join(pairs)})"
