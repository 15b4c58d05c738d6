"""与上次比较: how totals and ranks have moved since an earlier round."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import show
from fazhi_xl.reports.media.titles import state, title, vetoed
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.round import EarlierRound, EarlierUnit, Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date

SHEET = "与上次比较"
_COLUMNS = (
    Column(title="名次", width=8, style="rank"),
    Column(title="单位", width=20),
    Column(title="上次名次", width=10, style="whole"),
    Column(title="名次升降", width=11, style="centre"),
    Column(title="上次总分", width=10, style="figure"),
    Column(title="总分", width=10, style="figure"),
    Column(title="总分升降", width=10, style="figure", number="+0.00;-0.00;0.00"),
    Column(title="上次折算分", width=11, style="figure"),
    Column(title="折算分", width=10, style="figure"),
    Column(title="上次应得分", width=11, style="figure"),
    Column(title="应得分", width=10, style="figure"),
    Column(title="说明", width=34),
)


_OF_ITEMS = frozenset({"上次折算分", "折算分", "上次应得分", "应得分"})


def comparison_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheet where there is an earlier round to compare with."""
    if round_.earlier is None:
        return
    kept = [no for no, column in enumerate(_COLUMNS) if round_.notice.items or column.title not in _OF_ITEMS]
    rows = (_row(unit, round_.earlier.units.get(unit.unit)) for unit in in_order(round_.units))
    table = Table(columns=tuple(_COLUMNS[no] for no in kept), rows=tuple(tuple(row[no] for no in kept) for row in rows))
    blocks: tuple[Block, ...] = (*(Sentence(text) for text in _said(round_, round_.earlier)), table)
    yield ReportSheet(
        name=SHEET, title=title(round_, f"{SHEET}({state(round_)})"), blocks=blocks, filtered=True, held=2
    )


def _said(round_: Round, earlier: EarlierRound) -> Iterator[str]:
    year = f"{earlier.year}年度," if earlier.year else ""
    yield f"上次:{year}{chinese_date(earlier.generated)},按{earlier.basis.value}。升为+,降为-。"
    if earlier.basis is not round_.basis:
        yield f"注意:上次按{earlier.basis.value}、这次按{round_.basis.value},升降里有口径不同的成分。"
    pairs = [(unit, earlier.units.get(unit.unit)) for unit in round_.compared]
    known = [(unit, was) for unit, was in pairs if was and not was.vetoed]
    both = [(unit.total, was.total) for unit, was in known if was.total is not None and unit.total is not None]
    means = [stats.mean([pair[at] for pair in both], round_.notice.about.scoring.kept) for at in (1, 0)]
    if means[0] is not None and means[1] is not None:
        sign = "+" if means[1] > means[0] else ""
        yield f"两次都有总分的{len(both)}家,平均分从{show(means[0])}到{show(means[1])}({sign}{show(means[1] - means[0])})。"
    if earlier.gone:
        yield f"上次有、这次名单里没有的:{'、'.join(earlier.gone)}。"


def _row(unit: UnitScore, was: EarlierUnit | None) -> tuple[Cell, ...]:
    before = was or EarlierUnit(full_marks=0, percent=None, total=None, rank=None)
    return (
        unit.rank,
        unit.unit,
        before.rank,
        places_moved(unit, was),
        before.total,
        unit.total,
        None if unit.total is None or before.total is None else unit.total - before.total,
        before.percent,
        unit.percent,
        before.full_marks if was else None,
        unit.full_marks,
        _note(unit, was),
    )


def places_moved(unit: UnitScore, was: EarlierUnit | None) -> str | None:
    """Say how many places a unit has gone up or down; None where it has no rank now or had none."""
    if was is None or unit.rank is None or was.rank is None:
        return None
    places = was.rank - unit.rank
    return f"{'升' if places > 0 else '降'}{abs(places)}位" if places else "不变"


def _note(unit: UnitScore, was: EarlierUnit | None) -> str | None:
    """Say what makes the two hard to compare."""
    return ";".join(filter(None, (vetoed(unit), _moved(unit, was)))) or None


def _moved(unit: UnitScore, was: EarlierUnit | None) -> str | None:
    if was is None:
        return "上次没有这个单位"
    named = f"上次名为“{was.name}”" if was.name and was.name != unit.unit else ""
    out = "上次一票否决,不计入平均" if was.vetoed else ""
    return ";".join(filter(None, (named, out, _difference(unit, was)))) or None


def _difference(unit: UnitScore, was: EarlierUnit) -> str:
    """Say why totals cannot be compared, or hardly."""
    if was.total is None:
        return "两次都没有报送" if unit.total is None or unit.zeroed else "上次没有报送"
    if unit.total is None or unit.zeroed:
        return "这次没有报送"
    if was.full_marks == unit.full_marks:
        return ""
    if any(score.by_office and score.reviewed is None for score in unit.sub_points):
        return "有得分点待办公室提供,应得分不同"
    settled = any(score.approved for score in unit.sub_points)
    return "有得分点核准不涉及,应得分不同" if settled else "承担的任务有变,应得分不同"


_FIRST = 2  # of those that moved most


def moved(round_: Round, earlier: EarlierRound) -> str:
    """Say in a sentence how the mean has moved, and who has gone up and down most."""
    said = [text.removesuffix("。") for text in _said(round_, earlier)][1:]
    places = {
        unit.unit: (was.rank - unit.rank, was.rank, unit.rank)
        for unit in in_order(round_.units)
        if (was := earlier.units.get(unit.unit)) and was.rank is not None and unit.rank is not None
    }
    for word, sign in (("上升", 1), ("下降", -1)):
        most = sorted(places.items(), key=lambda each: -sign * each[1][0])[:_FIRST]
        named = [f"{unit}(第{then}名到第{now}名)" for unit, (by, then, now) in most if by * sign > 0]
        said += [f"{word}最多:{'、'.join(named)}"] if named else []
    return ";".join(said or ["没有可比的"]) + "。"
