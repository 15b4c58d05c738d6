"""The result in a few sentences, for the console; every figure from the tables."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import Hundredths, percent, show_or_dash
from fazhi_xl.reports.filing.returns import to_confirm
from fazhi_xl.reports.filing.review_progress import begun, progress, undecided_words
from fazhi_xl.reports.media.titles import veto_words
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import item_bearers
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date


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
    if waiting := awaited(round_):
        yield f"待办公室提供的得分点{len(waiting)}个:{'、'.join(waiting)}(暂不计入应得分)。"
    weak = _weakest(round_)
    if weak:
        yield "得分率最低的项目:" + ";".join(weak) + "。"
    if partial := round_.to_correct:
        more = "填报里有须改正的,按核定分计" if round_.official else "暂按已填部分计,名次会变"
        yield f"退回修改{len(partial)}家:" + "、".join(partial) + f"({more})。"
    if round_.missing:
        yield (
            f"未报送{len(round_.missing)}家:" + "、".join(unit.unit for unit in round_.missing) + f"{apart(round_)}。"
        )
    if round_.sealed is not None:
        yield round_.sealed.told
    yield from to_confirm(round_)


def apart(round_: Round) -> str:
    """Say how those who returned nothing stand."""
    if round_.zeroed:
        return "(按0分排名,计入平均)"
    return "(不排名,不计入平均)" if round_.notice.items else ""


def _returning(round_: Round) -> str:
    if not round_.due:
        return f"参加排名{len(round_.compared)}家。"
    rate = percent(stats.rate(len(round_.returned), len(round_.due)))
    late = f",迟报{len(round_.late_units)}家" if round_.late_units else ""
    late += f",经批准延期{len(round_.extended)}家" if round_.extended else ""
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


def awaited(round_: Round) -> tuple[str, ...]:
    """Name the sub-points for which a value of the office is missing."""
    found = {score.code for unit in round_.scored for score in unit.sub_points if score.pending}
    return tuple(code for code in round_.notice.sub_points if code in found)


def _weakest(round_: Round) -> list[str]:
    rates = {no: sums.rate for no, sums in round_.table.by_item().items()}
    names = {item.no: item.name for item in round_.notice.items}
    known = sorted((rate, no) for no, rate in rates.items() if rate is not None and rate < stats.FULL_RATE)
    return [f"{no}.{names[no]}({percent(rate)},{item_bearers(round_, no).words})" for rate, no in known[:3]]
