"""复审情况: how far second opinions agree with the first, by why they were drawn and by reviewer, and where they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from fazhi_xl.points import Hundredths
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.second import Agreed, Agreement, SecondOpinion, agreed
from fazhi_xl.text.people import one_name

SHEET = "复审情况"
_SIGNED = "+0.00;-0.00;0.00"
_GROUPS = (
    Column(title="抽了", width=9, style="whole"),
    Column(title="复审了", width=9, style="whole"),
    Column(title="完全一致", width=10, style="whole"),
    Column(title="允许范围内", width=11, style="whole"),
    Column(title="平均差", width=11, style="figure", number=_SIGNED),
    Column(title="谁较严", width=11, style="centre"),
)
_DIFFERENCES = (
    Column(title="单位", width=18),
    Column(title="得分点", width=9, style="centre"),
    Column(title="初审分", width=9, style="figure"),
    Column(title="初审人", width=16, style="centre"),
    Column(title="复审分", width=11, style="figure"),
    Column(title="复审人", width=16, style="centre"),
    Column(title="复审减初审", width=11, style="figure", number=_SIGNED),
    Column(title="结果", width=18),
    Column(title="裁定分", width=9, style="figure"),
    Column(title="裁定人", width=16, style="centre"),
    Column(title="内容", width=36),
)
_WIDTHS = tuple(column.width for column in _DIFFERENCES)
_UNLIKE = frozenset({Agreement.NEAR, Agreement.DISPUTED, Agreement.RULED})


def second_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheet of an official ranking for which second opinions were drawn; before that no score of the office shows."""
    if not (round_.official and round_.second):
        return
    every = agreed(round_.second)
    blocks = (
        Sentence(_told(every)),
        _groups("为什么抽到", round_.second, lambda each: each.stratum.word),
        _groups("初审人", round_.second, lambda each: each.first_reviewer),
        _groups("复审人", round_.second, lambda each: each.second_reviewer or "(还没有复审)"),
        _differences(round_),
    )
    yield ReportSheet(name=SHEET, title=title(round_, SHEET), blocks=blocks, widths=_WIDTHS, held=2)


def _told(found: Agreed) -> str:
    """Sum up in one sentence: how many, how alike, and who is stricter."""
    if not found.given:
        return f"抽了{found.drawn}个得分点,还没有复审。"
    rate = _percent(found.same, found.given)
    near = f",另有{found.near}个相差在允许范围内" if found.near else ""
    means = f"复审分平均比初审分{_apart(found.mean)},平均相差{_points(found.spread)}分"
    return f"抽了{found.drawn}个得分点,复审了{found.given}个,完全一致的{found.same}个({rate}){near}。{means},总的看{found.stricter}。"


def _apart(mean: Fraction) -> str:
    return f"{'低' if mean < 0 else '高'}{_points(abs(mean))}分" if mean else "不高不低"


def _points(hundredths: Fraction) -> str:
    """Write a mean of hundredths as points with two places, half up."""
    whole = int(hundredths + Fraction(1, 2))
    return f"{whole // 100}.{whole % 100:02d}"


def _percent(part: int, of: int) -> str:
    tenths = int(Fraction(1000 * part, of) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%"


def _groups(what: str, opinions: Iterable[SecondOpinion], of: Callable[[SecondOpinion], str]) -> Table:
    """Sum up by what `of` says of each opinion, in the order of its first; a name is one however it is spaced."""
    groups: defaultdict[str, list[SecondOpinion]] = defaultdict(list)
    for each in opinions:
        groups[one_name(of(each))].append(each)
    columns = (Column(title=what, width=18), *_GROUPS)
    return Table(columns=columns, rows=tuple(_group(of(own[0]), agreed(own)) for own in groups.values()))


def _group(name: str, found: Agreed) -> tuple[Cell, ...]:
    if not found.given:
        return (name, found.drawn, 0, None, None, None, None)
    return (name, found.drawn, found.given, found.same, found.near, _rounded(found.mean), found.stricter)


def _rounded(mean: Fraction) -> Hundredths:
    """Round a mean to whole hundredths, half away from 0."""
    whole = int(abs(mean) + Fraction(1, 2))
    return whole if mean > 0 else -whole


def _differences(round_: Round) -> Table:
    """List the sub-points on which the two opinions differ, the farthest apart first."""
    unlike = (each for each in round_.second if each.agreement in _UNLIKE)
    rows = tuple(map(_difference, sorted(unlike, key=lambda each: -abs(Fraction(each.difference)))))
    return Table(title="两审不一致的", columns=_DIFFERENCES, rows=rows)


def _difference(each: SecondOpinion) -> tuple[Cell, ...]:
    return (
        each.unit,
        each.sub_point,
        each.first,
        each.first_reviewer,
        each.second,
        each.second_reviewer,
        each.difference,
        each.agreement.word,
        each.ruled,
        each.ruled_by or None,
        each.text,
    )
