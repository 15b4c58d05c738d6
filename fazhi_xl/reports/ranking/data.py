"""数据: one row per unit and sub-point. Every figure of the ranking workbook is a formula over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.choices import NotApplicable
from fazhi_xl.reports.media.titles import VETO, grouped, title
from fazhi_xl.reports.media.workbook import Cell, Column, Formula, Link, ReportSheet, Table, cell_link
from fazhi_xl.reports.ranking.blocks import blocks_of
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.caps import capped_losses
from fazhi_xl.rounds.losses import full_marks, lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore

TABLE = "数据"
KEY, UNIT_NO, ITEM_NO, ASPECT_NO, PLACE = "键", "单位序号", "项目", "方面序号", "得分点序号"
FULL, COUNTED, LOST, AUTO, SELF, REVIEWED, OUT = "应得分", "计分", "失分", "测算分", "自评分", "核定分", "不涉及"
APPROVED, REFUSED, CLAIMED, PENDING = "核准", "不核准", "申请", "待提供"
CAP, VETOED = "扣分限额", VETO  # columns that stand only where there is something in them
ITEM_FULL, ITEM_LOST = (
    "项目应得分",
    "项目失分",
)  # of the unit, in the first of its rows of an item: so units are counted
ORIGIN = Column(title="原表", width=18)
BLOCK = "矩阵分块"
_COLUMNS = (
    Column(title="单位", width=16),
    Column(title="分组", width=23, style="small"),
    Column(title="方面", width=17, style="small"),
    Column(title="项目序号", width=9, style="count", key=ITEM_NO),
    Column(title="", width=24, key="项目名称", style="small"),
    Column(title="得分点", width=8, style="centre"),
    Column(title="分值", width=8, style="figure"),
    Column(title=AUTO, width=8, style="figure"),
    Column(title=SELF, width=8, style="figure"),
    Column(title=REVIEWED, width=8, style="figure"),
    Column(title=OUT, width=8, style="centre"),
    Column(title=FULL, width=8, style="figure"),
    Column(title=COUNTED, width=8, style="figure"),
    Column(title=LOST, width=8, style="figure"),
    Column(title="扣分原因", width=28, style="small"),
    Column(title="审核人", width=9, style="centre"),
    Column(title="审核日期", width=12, style="centre"),
    ORIGIN,
    # what machines go by
    Column(title=UNIT_NO, width=9, style="count"),
    Column(title=KEY, width=9, style="whole", hidden=True),
    Column(title=ASPECT_NO, width=9, style="whole", hidden=True),
    Column(title=PLACE, width=9, style="whole", hidden=True),
    Column(title=CAP, width=9, style="whole", hidden=True),
    Column(title=VETOED, width=14, style="centre", hidden=True),
    Column(title=ITEM_FULL, width=9, style="figure", hidden=True),
    Column(title=ITEM_LOST, width=9, style="figure", hidden=True),
    Column(title=BLOCK, width=9, style="whole", hidden=True),
)


def scores_sheet(round_: Round) -> ReportSheet:
    """Give the table that all figures rest on, from the first cell of its sheet on: other programs take it as it is."""
    columns, parts = tuple(_columns(round_)), blocks_of(round_).parts
    rows = tuple(
        tuple(row[column.called] for column in columns) for unit in round_.scored for row in _rows(round_, unit, parts)
    )
    table = Table(columns=columns, rows=rows, name=TABLE, native=True, tall=16.5)
    return ReportSheet(name=TABLE, title=title(round_, TABLE), blocks=(table,), held=1, bare=True)


def how_to_try(round_: Round) -> str:
    """Say how another score is tried."""
    return (
        f"改“{TABLE}”(一行一个得分点,可作数据透视)的{counted_column(round_)},各表的数随着变;"
        "要作为正式结果,在审核表里改定后重新收表。"
    )


def _columns(round_: Round) -> Iterator[Column]:
    """Give the columns, without those of what the notice does not have."""
    absent = {
        "分组": not grouped(round_.notice),
        **dict.fromkeys(("方面", ASPECT_NO), len(round_.notice.aspects) < 2),
        SELF: not round_.notice.about.scoring.self_score,
        CAP: not round_.notice.about.loss_caps,
        VETOED: not round_.vetoed,
    }
    named = {"项目名称": round_.notice.about.words.item}
    return (
        replace(column, title=named.get(column.called, column.title))
        for column in _COLUMNS
        if not absent.get(column.called)
    )


def counted_column(round_: Round) -> str:
    """Name the column of scores that the ranking rests on."""
    return {Basis.SELF: SELF, Basis.COMPUTED: AUTO, Basis.REVIEWED: REVIEWED}[round_.basis]


def place_of(round_: Round, code: str) -> int:
    """Count a sub-point's place in the notice's order, from 1: a code such as 15.10 is no number to look things up by."""
    return list(round_.notice.sub_points).index(code) + 1


def key_of(round_: Round, unit: str, code: str) -> int:
    """Give the unit's number, followed by three digits of the sub-point's place, or as many as the places need."""
    digits = max(3, len(str(len(round_.notice.sub_points))))
    return round_.number_of(unit) * int(10**digits) + place_of(round_, code)


def _rows(round_: Round, unit: UnitScore, parts: Mapping[tuple[str, str], int]) -> Iterator[Mapping[str, Cell]]:
    group = next(each.name for each in round_.notice.ranking_groups if each.code == unit.group)
    for score in unit.sub_points:
        item = round_.notice.item_of[score.code]
        ruling = round_.rulings.get((unit.unit, score.code)) if score.decided else None
        yield {
            KEY: key_of(round_, unit.unit, score.code),
            UNIT_NO: round_.number_of(unit.unit),
            "单位": unit.unit,
            "分组": group,
            "方面": item.aspect,
            ITEM_NO: item.no,
            "项目名称": item.name,
            "得分点": score.code,
            **_figures(round_, score),
            "扣分原因": (ruling.why or None) if ruling else None,
            "审核人": (ruling.reviewer or None) if ruling else None,
            "审核日期": (ruling.day or None) if ruling else None,
            ORIGIN.called: origin(round_, unit, score.code),
            ASPECT_NO: round_.notice.aspects.index(item.aspect) + 1,
            PLACE: place_of(round_, score.code),
            BLOCK: parts[unit.unit, score.code],
            CAP: next((no for no, cap in enumerate(capped_losses(round_.notice), 1) if score.code in cap.codes), None),
            VETOED: "、".join(unit.vetoes) or None,
            **_of_item(round_, unit, score),
        }


def _of_item(round_: Round, unit: UnitScore, score: SubPointScore) -> Mapping[str, Cell]:
    """Give what a unit can get and what it loses of a whole item, in the first of the item's rows; nothing in the others."""
    no = round_.notice.item_of[score.code].no
    pool = [each for each in unit.sub_points if round_.notice.item_of[each.code].no == no]
    if pool[0] is not score:
        return {ITEM_FULL: None, ITEM_LOST: None}
    by = (UNIT_NO, f"[@{UNIT_NO}]"), (ITEM_NO, f"[@{ITEM_NO}]")
    full, losses = sum(full_marks(round_, each) for each in pool), sum(lost(round_, each) for each in pool)
    return {
        ITEM_FULL: Formula(text=exact(round_, summed(FULL, *by)), value=full),
        ITEM_LOST: Formula(text=exact(round_, summed(LOST, *by)), value=losses),
    }


def units_where(*by: tuple[str, str | int]) -> str:
    """Write the number of units with points of an item of which the other columns are as given."""
    pairs = ",".join(f"{TABLE}[{column}],{value}" for column, value in ((ITEM_FULL, '">0"'), *by))
    return f"COUNTIFS({pairs})"


def _figures(round_: Round, score: SubPointScore) -> Mapping[str, Cell]:
    """Give a sub-point's points and scores, and formulas for what follows from them."""
    open_too = round_.notice.about.scoring.not_applicable is NotApplicable.OUT
    words = (APPROVED, *((CLAIMED,) if open_too else ()), *((PENDING,) if score.by_office else ()))
    held = [f'[@{OUT}]="{word}"' for word in words]
    counting = REVIEWED if score.by_office else counted_column(round_)
    counted = f'IF([@{OUT}]="{APPROVED}",0,N([@{counting}]))'
    claim = {None: CLAIMED if score.out else None, True: APPROVED, False: REFUSED}[score.approved]
    return {
        "分值": score.points,
        AUTO: score.auto,
        SELF: score.self_score,
        REVIEWED: score.reviewed,
        OUT: PENDING if score.pending else claim,
        FULL: Formula(text=f"IF(OR({','.join(held)}),0,[@分值])", value=full_marks(round_, score)),
        COUNTED: Formula(text=counted, value=stats.counted(score, round_.basis)),
        LOST: Formula(text=exact(round_, f"[@{FULL}]-[@{COUNTED}]"), value=lost(round_, score)),
    }


def origin(round_: Round, unit: UnitScore, code: str) -> Link | str | None:
    """Lead to the cell of the return that a score comes from: the self-score, or the first fact where units give no scores."""
    file, sub = round_.file_of(unit.unit), round_.notice.sub_points[code]
    own = round_.notice.about.scoring.self_score
    fields = [tasks.self_field(code)] if own else [tasks.fact_field(code, fact.key) for fact in sub.inputs]
    cells = file.answers.cells if file and file.answers else {}
    found = next((cells[field] for field in fields if field in cells), None)
    if file is None or found is None:
        return None
    return cell_link(f"{found.sheet}!{found.cell}", file.copy, found.sheet, found.cell)


def exact(round_: Round, text: str) -> str:
    """Write a sum of points without the noise that adding binary fractions leaves behind the last place that is kept."""
    return f"ROUND({text},{round_.notice.about.scoring.places})"


_SPARE = 8  # places behind those that are kept: finer than any quotient of scores that is not one of them, coarser than noise


def kept(round_: Round, text: str) -> str:
    """Write a quotient or product of points, rounded as the catalogue keeps scores; noise around a half, or below a figure, is none."""
    scoring = round_.notice.about.scoring
    return rounded(text, scoring.places, down=scoring.kept.down)


def rounded(text: str, places: int, *, down: bool = False) -> str:
    """Write a rounded quotient. It is rounded as a whole number: programs differ over halves that binary fractions just miss."""
    scale = 10**places
    return f"{'ROUNDDOWN' if down else 'ROUND'}(ROUND({scale}*({text}),{_SPARE}),0)/{scale}"


def over_units(round_: Round) -> tuple[tuple[str, str | int], ...]:
    """Give the condition of sums over several units: those that a veto takes out of the ranking do not count in them."""
    return ((VETOED, '"—"'),) if round_.vetoed else ()


def summed(what: str, *by: tuple[str, str | int]) -> str:
    """Write the sum of a column of 数据 where the other columns are as given."""
    pairs: Iterator[str] = (f"{TABLE}[{column}],{value}" for column, value in by)
    return f"SUMIFS({TABLE}[{what}],{','.join(pairs)})"
