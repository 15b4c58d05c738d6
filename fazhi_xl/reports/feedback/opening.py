"""What a feedback sheet says first: whose it is, how far the result is decided, and what the total is made of."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.points import Hundredths, short, show, show_or_dash
from fazhi_xl.reports.feedback.peers import LEAST
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.media.one_page import GRID, LAST, entry
from fazhi_xl.reports.media.panel import Line, Span, Stack, Tile, gap, room, said, tiles
from fazhi_xl.reports.media.titles import grouped, state_of_one, vetoed
from fazhi_xl.reports.media.workbook import Cell
from fazhi_xl.rounds.losses import lost, refunds
from fazhi_xl.rounds.rates import rate
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.dates import chinese_date


def opening(result: UnitResult, sheet: str) -> Stack:
    """Give the head of the page, the notices in red, the tiles, and the sentences that belong to them."""
    fits = room(GRID, 0, LAST, size=11)
    boxes = (said(text, 0, LAST, style="page_box", height=fits.tall(text, 21)) for text in _notices(result))
    return (
        *_top(result, sheet),
        gap(5),
        *(line for box in boxes for line in (box, gap(5))),
        *tiles(tuple(_tiles(result))),
        *(entry(text) for text in _sentences(result)),
    )


def _top(result: UnitResult, sheet: str) -> Stack:
    round_, named = result.round_, f"{result.round_.notice.about.short_title}{sheet}"
    high, low = room(GRID, 0, LAST, size=20), room(GRID, 0, LAST, size=18)
    style = "page_title_low" if high.fits(named) else "title"
    unit = room(GRID, 0, 3, size=16, indent=0).cut(result.unit.name)
    stated = room(GRID, 4, LAST, size=12).cut(f"{round_.mark}{state_of_one(round_)}")
    cells = (
        Span(value=unit, first=0, last=3, style="page_unit"),
        Span(value=stated, first=4, last=LAST, style="page_state_right"),
    )
    return said(low.cut(named), 0, LAST, style=style, height=38), Line(cells=cells, height=26)


def who(result: UnitResult) -> str:
    return f"{result.unit.name}    {state_of_one(result.round_)}    {chinese_date(result.day)}"


def _notices(result: UnitResult) -> Iterator[str]:
    if result.score.vetoes:
        yield f"{vetoed(result.score)}:不参加排名" + (",不评等次。" if result.round_.notice.about.grades else "。")
    if not result.round_.official:
        yield f"还没有全部核定,{';'.join(_until_official(result))}。本单供核对用,不是最后结果。"


def _until_official(result: UnitResult) -> Iterator[str]:
    """Say what the sheet rests on before all is decided, part by part."""
    notice = result.round_.notice
    yield f"得分按{result.round_.basis.value}" if result.score.sub_points else "按已登记的计算"
    if notice.bonus:
        recognised = notice.about.scoring.early_bonus is EarlyBonus.RECOGNISED
        yield "加分只计已认可的" if recognised else "加分按申报计"
    if notice.deductions and not result.round_.deducting:
        yield "减分全部核定后才计"


# The tiles ------------------------------------------------------------------------------------------------------------

_PLACES = ((0, 1), (2, 2), (3, 5), (6, LAST))


def _tiles(result: UnitResult) -> Iterator[Tile]:
    """Give four figures of the parts that the notice has."""
    made = (_total(result), *_grade(result), *(_scored(result) if result.score.sub_points else _unscored(result)))
    for no, ((label, value, note, number), (first, last)) in enumerate(zip(made, _PLACES, strict=False)):
        fits = room(GRID, first, last, size=11.5)
        at = last if no < len(made) - 1 else LAST
        yield Tile(label=label, value=value, note=fits.cut(note), number=number, first=first, last=at, apart=no > 0)


_Figure = tuple[str, Cell, str, str]


def _total(result: UnitResult) -> _Figure:
    standing, own = result.peers.totals.get(result.score.group), ours(result)
    if standing is None:
        return "总分", result.score.total, f"{own}不足{LEAST}家", "0.00"
    fits, middle = room(GRID, *_PLACES[0], size=11.5), f"中位{show(standing.middle)}"
    brief = "组" if grouped(result.round_.notice) else ""
    note = next((f"{of}{middle}" for of in (own, brief) if fits.fits(f"{of}{middle}")), middle)
    return "总分", result.score.total, note, "0.00"


def ours(result: UnitResult) -> str:
    """Name whom the unit is held against."""
    return "本组" if grouped(result.round_.notice) else "全部"


def _grade(result: UnitResult) -> tuple[_Figure, ...]:
    notice = result.round_.notice
    if not notice.about.grades:
        start = "折算分" if result.score.sub_points else "基准分"
        return ((start, result.score.percent, _more(result), "0.00"),)
    grade = None if result.score.vetoes else grade_of(result.score.total, notice.about.grades)
    bounds = (f"{short(band.at_least)}{band.name}" for band in notice.about.grades if band.at_least is not None)
    return ((notice.about.words.grade, grade, ",".join(bounds) or "不分档", ""),)


def _more(result: UnitResult) -> str:
    notice, score = result.round_.notice, result.score
    parts = (
        *((f"加{show_or_dash(score.bonus)}",) if notice.bonus else ()),
        *((f"减{show_or_dash(score.deduction)}",) if notice.deductions else ()),
    )
    return ",".join(parts) or "总分就是它"


def _scored(result: UnitResult) -> tuple[_Figure, ...]:
    missing = _missing(result)
    full, got = result.score.full_marks, result.score.full_marks - missing
    count = sum(lost(result.round_, each) > 0 for each in result.score.sub_points)
    back = f",补回{show(result.score.refund)}" if result.score.refund else ""
    return (
        ("得分率(%)", rate(got, full), f"得{show(got)},应得{show(full)}", "0.00"),
        ("失分", missing, f"{count}个得分点{back}" if count else "没有失分", "0.00"),
    )


def _unscored(result: UnitResult) -> tuple[_Figure, ...]:
    notice, score = result.round_.notice, result.score
    return (
        *((("加分", score.bonus, "已计入总分", "0.00"),) if notice.bonus else ()),
        *((("减分", score.deduction, "已从总分减去", "0.00"),) if notice.deductions else ()),
    )


def _missing(result: UnitResult) -> Hundredths:
    return sum(lost(result.round_, each) for each in result.score.sub_points) - result.score.refund


# Sentences ------------------------------------------------------------------------------------------------------------


def _sentences(result: UnitResult) -> Iterator[str]:
    round_, score = result.round_, result.score
    if ranked := _rank(result):
        yield ranked
    yield "".join(_figures(result))
    for refund in refunds(round_, score):
        yield f"{refund.cap.text.removesuffix('。')}:{refund.words}。"
    if settled := [each.code for each in score.sub_points if each.approved]:
        yield f"核准不涉及的得分点:{'、'.join(settled)},不计入应得分。"
    if waiting := [each.code for each in score.sub_points if each.pending]:
        yield f"待办公室提供数据的得分点:{'、'.join(waiting)},暂不计分,也不计入应得分。"


def _figures(result: UnitResult) -> Iterator[str]:
    """Give the figures that the total is made of, of the parts that the notice has."""
    round_, score, notice = result.round_, result.score, result.round_.notice
    if score.sub_points:
        got = score.full_marks - _missing(result)
        yield f"得分{_points(got)}(按{round_.basis.value}{_refunded(score)}),"
    start = "折算分" if score.sub_points else "基准分"
    yield f"总分={start}{_points(score.percent)}"
    yield f"+加分{_points(score.bonus)}" if notice.bonus else ""
    yield f"-减分{_points(score.deduction)}" if notice.deductions else ""
    yield "。"


def _refunded(score: UnitScore) -> str:
    return f",含补回{show(score.refund)}分" if score.refund else ""


def _rank(result: UnitResult) -> str:
    """Tell the rank where the office allows it."""
    round_, score = result.round_, result.score
    if not round_.notice.about.feedback.show_rank or score.rank is None:
        return ""
    ranked = [each for each in round_.units if each.rank is not None]
    own = sum(each.group == score.group for each in ranked)
    of_group = f",组内第{score.group_rank}名(共{own}家)" if grouped(round_.notice) else ""
    return f"名次:第{score.rank}名(共{len(ranked)}家){of_group}"


def _points(points: Hundredths | None) -> str:
    return "—" if points is None else f"{show(points)}分"
