"""一页纸: the result in a few sentences and tables, for leadership."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi_xl.notice.model import GradeBand
from fazhi_xl.points import Hundredths, percent, short, show_or_dash
from fazhi_xl.reports.filing.returns import to_confirm
from fazhi_xl.reports.filing.review_progress import SHEET as REVIEW
from fazhi_xl.reports.filing.review_progress import begun, kinds_by_sheet, progress, row_link, undecided_words
from fazhi_xl.reports.media.titles import dated, grouped, state, title, veto_words
from fazhi_xl.reports.media.workbook import Block, Cell, Chart, Column, ReportSheet, Sentence, Table
from fazhi_xl.reports.ranking.totals import changed
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import aspect_bearers, item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import by_kind
from fazhi_xl.scoring.grades import grade_counts
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date

SHEET = "一页纸"


def front_sheet(round_: Round) -> ReportSheet:
    blocks: list[Block] = [
        Sentence(dated(round_), "big"),
        *(Sentence(text, "said") for text in headline(round_)),
        *_short_table(round_),
        *_aspects(round_),
        *_standing(round_),
        *_undecided(round_),
        Sentence(changed(round_)),
    ]
    return ReportSheet(
        name=SHEET,
        title=title(round_, state(round_)),
        blocks=tuple(blocks),
        widths=(26, 20, 12, 12, 3, 22, 20, 12, 12),
        tab="title",
        one_page=True,
    )


def headline(round_: Round) -> Iterator[str]:
    """Give the result in a few sentences, every figure from the tables."""
    totals = [unit.total for unit in round_.compared if unit.total is not None]
    if not (round_.scored or round_.vetoed):
        due = f"(应报{len(round_.due)}家)" if round_.due else ""
        yield f"还没有收到可以计分的表{due}。"
        return
    yield _returning(round_) + _extremes(round_, totals)
    yield from veto_words(round_)
    if begun(round_) and round_.notice.items:
        yield progress(round_)
    yield from undecided_words(round_)
    if waiting := _waiting(round_):
        yield f"待办公室提供的得分点{len(waiting)}个:{'、'.join(waiting)}(暂不计入应得分)。"
    weak = _weakest(round_)
    if weak:
        yield "得分率最低的项目:" + ";".join(weak) + "。"
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改{len(partial)}家:" + "、".join(partial) + f"({more})。"
    if round_.missing:
        yield (
            f"未报送{len(round_.missing)}家:" + "、".join(unit.unit for unit in round_.missing) + f"{_apart(round_)}。"
        )
    yield from to_confirm(round_)


def _apart(round_: Round) -> str:
    """Say how those who returned nothing stand."""
    if round_.zeroed:
        return "(按0分排名,计入平均)"
    return "(不排名,不计入平均)" if round_.notice.items else ""


def _returning(round_: Round) -> str:
    if not round_.due:
        return f"参加排名{len(round_.compared)}家。"
    rate = percent(stats.rate(len(round_.returned), len(round_.due)))
    late = f",迟报{len(round_.late_units)}家" if round_.late_units else ""
    due = chinese_date(round_.notice.about.dates.ledger_due)
    return f"截止日期{due},应报{len(round_.due)}家,已报{len(round_.returned)}家,报送率{rate}{late}。"


def _extremes(round_: Round, totals: list[Hundredths]) -> str:
    if not totals:
        return ""
    kept, best, worst = round_.notice.about.scoring.kept, max(totals), min(totals)
    if best == worst:
        return f"总分{'都是' if len(totals) > 1 else ''}{show_or_dash(best)}分({_holders(round_, best)})。"
    return (
        f"平均{show_or_dash(stats.mean(totals, kept))}分,中位数{show_or_dash(stats.median(totals, kept))}分,"
        f"最高{show_or_dash(best)}分({_holders(round_, best)}),最低{show_or_dash(worst)}分({_holders(round_, worst)})。"
    )


def _holders(round_: Round, total: Hundredths) -> str:
    """Name who has the total; of many the first three, and how many they are."""
    units = [unit.unit for unit in in_order(round_.compared) if unit.total == total]
    return "、".join(units[:3]) + (f"等{len(units)}家" if len(units) > 3 else "")


def _waiting(round_: Round) -> tuple[str, ...]:
    """Name the sub-points for which a value of the office is missing."""
    found = {score.code for unit in round_.scored for score in unit.sub_points if score.pending}
    return tuple(code for code in round_.notice.sub_points if code in found)


def _weakest(round_: Round) -> list[str]:
    rates = stats.item_rates(round_.notice, round_.compared, round_.basis)
    names = {item.no: item.name for item in round_.notice.items}
    known = sorted((rate, no) for no, rate in rates.items() if rate is not None and rate < stats.FULL_RATE)
    return [f"{no}.{names[no]}({percent(rate)},{item_bearers(round_, no).words})" for rate, no in known[:3]]


def _short_table(round_: Round) -> Iterator[Table]:
    """List the first and the last five; of no more than five there are no last ones."""
    order = [unit for unit in in_order(round_.units) if unit.rank is not None] if round_.scored else []
    columns = (
        Column(title="名次", width=20, style="whole"),
        Column(title="单位", width=24),
        *((Column(title="应得分", width=13, style="figure"),) if round_.notice.items else ()),
        Column(title="总分", width=13, style="figure"),
    )
    first = [unit for unit in order if unit.rank and unit.rank <= 5]  # with all that share the fifth rank
    last = order[max(len(first), len(order) - 5) :]
    first_rows, last_rows = (tuple(_short_row(round_, unit) for unit in units) for units in (first, last))
    if first_rows:
        yield Table(title="前五名", columns=columns, rows=first_rows)
    if last_rows:
        yield Table(title="后五名", columns=columns, rows=last_rows, at=5, beside=True)


def _short_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    return (unit.rank, unit.unit, *((unit.full_marks,) if round_.notice.items else ()), unit.total)


_ASPECTS = "一页纸方面"


def _aspects(round_: Round) -> Iterator[Block]:
    """Give the aspects' rates, and draw them; one aspect is all there is."""
    if len(round_.notice.aspects) < 2:
        return
    rates = stats.aspect_rates(round_.notice, round_.compared, round_.basis)
    units = {aspect: aspect_bearers(round_, aspect) for aspect in rates}
    name = f"{round_.notice.about.words.aspects}得分率"
    yield Table(
        title=name,
        name=_ASPECTS,
        columns=(
            Column(title="方面", width=9),
            Column(title="承担(家)", width=20, style="whole"),
            Column(title="有结果(家)", width=12, style="whole"),
            Column(title="得分率(%)", width=13, style="figure"),
        ),
        rows=tuple((aspect, units[aspect].assigned, units[aspect].scored, rate) for aspect, rate in rates.items()),
    )
    rows = max(10, len(rates) + 2)
    yield Chart(title=f"{name}(%)", table=_ASPECTS, names="方面", values="得分率(%)", at=5, rows=rows, width=490)


def _standing(round_: Round) -> Iterator[Table]:
    """Give the groups and, beside them, the grades, each where the notice has them."""
    if grouped(round_.notice):
        yield _group_table(round_)
    if round_.notice.about.grades:
        table = _grade_table(round_)
        yield replace(table, at=5, beside=True) if grouped(round_.notice) else table


_FIRST = 6  # open rows that stand on the page


def _undecided(round_: Round) -> Iterator[Table]:
    """Give how many rows of each kind are open and where they are decided, and beside it the first of them."""
    if not (round_.open and round_.scored):
        return
    yield Table(
        title="还没有定的",
        columns=(
            Column(title="类别", width=26),
            Column(title="在审核表的", width=20),
            Column(title="项数", width=12, style="whole"),
        ),
        rows=tuple((kind, place, len(own)) for kind, place, own in kinds_by_sheet(round_)),
    )
    few = [own[0] for own in by_kind(round_.open).values()]  # one of each kind, then as many as there is room for
    few += [each for each in round_.open if each not in few][: max(0, _FIRST - len(few))]
    yield Table(
        title=f"其中{len(few)}项(全部见“{REVIEW}”)",
        columns=(Column(title="编号和单位", width=22), Column(title="类别", width=20)),
        rows=tuple((row_link(each, named=True), each.kind.word) for each in few),
        at=5,
        beside=True,
    )


def _group_table(round_: Round) -> Table:
    columns = (
        Column(title="分组", width=20),
        Column(title="已报(家)" if round_.due else "家数", width=22, style="centre"),
        Column(title="平均分", width=12, style="figure"),
        Column(title="中位数", width=12, style="figure"),
    )
    rows, kept = [], round_.notice.about.scoring.kept
    for group in round_.notice.ranking_groups:
        own = [unit for unit in round_.units if unit.group == group.code]
        came = sum(unit.total is not None and not unit.zeroed for unit in own)
        totals = [unit.total for unit in own if unit.compared and unit.total is not None]
        rows.append((group.name, f"{came}/{len(own)}", stats.mean(totals, kept), stats.median(totals, kept)))
    return Table(title="分组", columns=columns, rows=tuple(rows))


def _grade_table(round_: Round) -> Table:
    bands, name = round_.notice.about.grades, round_.notice.about.words.grade
    graded = [unit.total for unit in round_.compared if not unit.zeroed]
    counts = grade_counts(graded, bands)
    columns = (
        Column(title=name, width=20, style="centre"),
        Column(title="界限", width=20, style="centre"),
        Column(title="家数", width=12, style="whole"),
        Column(title="占比(%)", width=12, style="figure"),
    )
    rows = tuple(
        (
            band.name,
            _bound(bands, no),
            counts[band.name],
            stats.rate(counts[band.name], len(graded)),
        )
        for no, band in enumerate(bands)
    )
    return Table(title=name, columns=columns, rows=rows)


def _bound(bands: Sequence[GradeBand], no: int) -> str:
    """Say from where a band counts; the last one, without a bound of its own, lies below the one before."""
    own, above = bands[no].at_least, bands[no - 1].at_least if no else None
    if own is not None:
        return f"{short(own)}分及以上"
    return f"不满{short(above)}分" if above is not None else "全部"
