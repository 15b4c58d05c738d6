"""通报稿: a draft in official wording, every figure of it from the tables of the ranking. What only the office can say stands in 【】."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.form.sheets.review.scores import SPELT_OUT
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, percent, show, show_or_dash
from fazhi_xl.reports.bulletin.grades import (
    DRAFT,
    counted_words,
    group_grades,
    published_figure,
    whole_grades,
)
from fazhi_xl.reports.filing.review_progress import undecided_words
from fazhi_xl.reports.media.document import Document, Grid, Paragraph
from fazhi_xl.reports.media.titles import VETO, grouped, state, veto_words
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.bearers import Bearers, aspect_bearers, bearers, item_bearers
from fazhi_xl.rounds.losses import lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import cut, one_line
from fazhi_xl.text.punctuation import official, titled

_FEW = 3  # a mean or a rate of fewer units tells what a single one has
_WEAK, _MOST, _REASONS = 3, 5, 4  # how many items, sub-points and reasons are named
_TEXT = 40
Blocks = Iterator[Paragraph | Grid]


def bulletin(round_: Round, day: date) -> Document:
    """Draft the bulletin; `day` is the date below it. Grades stand for scores unless the catalogue allows those."""
    about, words = round_.notice.about, round_.notice.about.words
    heading = f"{round_.mark}关于{about.short_title}情况的通报"
    blocks = (
        Paragraph(heading, "title"),
        Paragraph(f"({state(round_)};{'送审稿' if round_.official else DRAFT})", "subtitle"),
        *(Paragraph(f"【{text}】") for text in undecided_words(round_)),
        Paragraph("【主送单位】:", "addressee"),
        Paragraph(
            f"按照{titled(about.title)}({about.number}),{about.issuer}{_done(round_)}{words.assessment}。现将有关情况通报如下。"
        ),
        *_overall(round_),
        *_problems(round_),
        *_next_steps(round_),
        Paragraph(f"附件:{words.assessment}{published_figure(round_)}", "attachment"),
        Paragraph(about.issuer, "signed"),
        Paragraph(chinese_date(day), "dated"),
        *_annex(round_),
    )
    return Document(title=heading, blocks=tuple(map(_official, blocks)))


def _done(round_: Round) -> str:
    """Say of whom the assessment was made, or is being made while nothing has a result."""
    units = f"对{len(round_.units)}家{round_.notice.about.words.unit}进行"
    return f"{units}了" if round_.scored else f"正在{units}"


def _official(block: Paragraph | Grid) -> Paragraph | Grid:
    """Write the punctuation as official papers do."""
    if isinstance(block, Paragraph):
        return replace(block, text=official(block.text), lead=official(block.lead))
    rows = tuple(tuple(map(official, row)) for row in block.rows)
    return replace(block, columns=tuple(map(official, block.columns)), rows=rows)


# 一、总体情况 --------------------------------------------------------------------------------------------------------


def _overall(round_: Round) -> Blocks:
    yield Paragraph("一、总体情况", "heading")
    adjusted = round_.notice.bonus or round_.notice.deductions
    scored = bool(_with_own(round_.units))
    found = (
        ("报送情况。", _returning(round_) if round_.due else ""),
        ("评价结果。", _results(round_) if scored else ""),
        ("分组情况。", _groups(round_) if scored and grouped(round_.notice) else ""),
        (f"{_adjusting(round_)}情况。", _adjustments(round_) if scored and adjusted else ""),
        (f"{VETO}情况。", "".join(veto_words(round_))),
        ("复核情况。", _reviewed_again(round_)),
    )
    yield from _numbered(found)


def _reviewed_again(round_: Round) -> str:
    """Say how many scores units asked to be reviewed, and how many were changed."""
    held = round_.appeals
    if not (held.taken and round_.official):
        return ""
    units, granted, decided = len({each.unit for each in held.taken}), len(held.granted), len(held.decided)
    waiting = f",还有{len(held.taken) - decided}项正在复核" if decided < len(held.taken) else ""
    return f"{units}家对{len(held.taken)}个得分点申请复核,经复核改分{granted}个,维持{decided - granted}个{waiting}。"


def _numbered(found: Iterable[tuple[str, str]]) -> Blocks:
    """Give the parts of which there is something to say, numbered."""
    said = [(head, text) for head, text in found if text]
    for numeral, (head, text) in zip("一二三四五六", said, strict=False):
        yield Paragraph(text, lead=f"({numeral}){head}")


def _groups(round_: Round) -> str:
    codes = {group.name: group.code for group in round_.notice.ranking_groups}
    said = ""
    for group in group_grades(round_):
        units = [unit for unit in round_.units if unit.group == codes[group.name]]
        grades = counted_words(group) if round_.notice.about.grades else ""
        counted = f"{_with_result(len(_with_own(units)), group.count)}{_zeroed(units)}{_mean(round_, units)}"
        said += ",".join(filter(None, (f"{group.name}{group.count}家", counted, grades))) + "。"
    return said


def _with_result(scored: int, units: int) -> str:
    """Say how many of the units have a result."""
    if scored == units:
        return "都有评价结果" if units > 1 else "有评价结果"
    return f"有评价结果的{scored}家" if scored else "都没有评价结果" if units > 1 else "没有评价结果"


def _with_own(units: Iterable[UnitScore]) -> list[UnitScore]:
    """Give those whose result is their own."""
    return [unit for unit in units if unit.compared and not unit.zeroed]


def _zeroed(units: Iterable[UnitScore]) -> str:
    """Say how many count with 0 points, as they returned nothing."""
    count = sum(unit.zeroed and unit.compared for unit in units)
    return f",未报送的{count}家按0分计" if count else ""


def _mean(round_: Round, units: Iterable[UnitScore]) -> str:
    """Tell the mean where it is not that of one or two units."""
    kept = tuple(units)
    if not _tells(round_, len(_with_own(kept))):
        return ""
    totals = _totals(kept)
    return f",平均{show_or_dash(stats.mean(totals, round_.notice.about.scoring.kept))}分"


def _returning(round_: Round) -> str:
    returned, missing, due = len(round_.returned), len(round_.missing), len(round_.due)
    said = f"应报{due}家,已报{returned}家,报送率{percent(stats.rate(returned, due))}。"
    said += _in_time(returned, len(round_.late_units), len(round_.presumed_late)) if returned else ""
    return said + (f"未报送{missing}家。" if missing else "")


def _in_time(returned: int, late: int, presumed: int) -> str:
    """Say who returned in time and who late, and of how many it is not known."""
    on_time = returned - late - presumed
    if on_time == returned:
        return "报送的都按时。"
    counted = (f"按时报送{on_time}家" if on_time else "", f"迟报{late}家" if late else "")
    known = ",".join(filter(None, counted))
    said = f"其中{known}。" if known else ""
    open_ = f"【{'另' if known else ''}有{presumed}家的收到日期只是按文件时间推定的,请在收到登记里确认后再写】"
    return said + (open_ if presumed else "")


def _results(round_: Round) -> str:
    """Write the mean where three units or more have a score, the grades, and the highest and lowest where the catalogue allows."""
    totals, about = _totals(round_.units), round_.notice.about
    by = f"按{round_.basis.value}计," if round_.notice.items else ""
    said = f"{by}有评价结果的{len(_with_own(round_.units))}家{_zeroed(round_.units)}{_mean(round_, round_.units)}。"
    if about.bulletin.scores:
        said += _extremes(round_, totals)
    if about.grades:
        grade = about.words.grade
        said += f"{grade}{counted_words(whole_grades(round_))},各单位的{grade}见附件。"
    return said


def _extremes(round_: Round, totals: list[Hundredths]) -> str:
    best, worst = max(totals), min(totals)
    if best == worst:
        return f"总分{'都是' if len(totals) > 1 else ''}{show(best)}分({_holders(round_, best)})。"
    return f"最高{show(best)}分({_holders(round_, best)}),最低{show(worst)}分({_holders(round_, worst)})。"


def _holders(round_: Round, total: Hundredths) -> str:
    return "、".join(unit.unit for unit in round_.compared if unit.total == total)


def _adjusting(round_: Round) -> str:
    return ("加分" if round_.notice.bonus else "") + ("减分" if round_.notice.deductions else "")


def _adjustments(round_: Round) -> str:
    bonus = _bonus(round_) if round_.notice.bonus else ""
    taken = _deductions(round_) if round_.notice.deductions else ""
    return ";".join(filter(None, (bonus, taken))) + "。"


def _deductions(round_: Round) -> str:
    """Say how many units lose points, or that deductions come later."""
    if not round_.deducting:
        return "减分在全部核定后计入"
    deducted = sum(bool(unit.deduction) for unit in round_.units)
    registered = "" if round_.official else "已登记"
    return f"{registered}减分的{deducted}家" if deducted else f"没有{registered}减分"


def _bonus(round_: Round) -> str:
    """Say how many units have a bonus; before all is decided, how many claim one."""
    counted = sum(bool(unit.bonus) for unit in round_.units)
    claiming = len({claim.unit for claim in round_.claims})
    if not claiming:
        return "没有单位申报加分"
    if round_.official:
        return f"申报加分的{claiming}家,认定加分的{counted}家" if counted else f"申报加分的{claiming}家,没有认定加分"
    early = f",暂计加分的{counted}家" if counted else ""
    return f"申报加分的{claiming}家{early},以全部核定后认定的为准"


def _totals(units: Iterable[UnitScore]) -> list[Hundredths]:
    return [unit.total for unit in units if unit.compared and unit.total is not None]


def _tells(round_: Round, units: int) -> bool:
    """Say whether a figure over so many units may stand in the bulletin."""
    return units >= _FEW or (units > 0 and round_.notice.about.bulletin.scores)


# 二、存在问题 --------------------------------------------------------------------------------------------------------


def _problems(round_: Round) -> Blocks:
    yield Paragraph("二、存在问题", "heading")
    careless = (
        ("未报送", [unit.unit for unit in round_.missing]),
        ("迟报", round_.late_units),
        ("退回修改、还没有改好", round_.to_correct),
    )
    found = [
        ("薄弱环节。", _weak(round_)),
        ("失分集中的得分点。", _most_lost(round_)),
        ("扣分原因。", _reasons(round_)),
        ("减分较多的情形。", "" if round_.notice.items else _common_situations(round_)),
        (
            "报送不及时、不规范。",
            "".join(f"{what}{len(units)}家:{'、'.join(units)}。" for what, units in careless if units),
        ),
    ]
    yield from _numbered(found)
    if not any(text for _, text in found):
        yield Paragraph("没有发现突出问题。【请办公室核实补充】")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weak:
    """An item or aspect that did not get its full rate, and who carries it."""

    name: str
    rate: int
    units: Bearers


def _weak(round_: Round) -> str:
    aspects = _weak_aspects(round_) if len(round_.notice.aspects) > 1 else []
    items = _weak_items(round_)
    said = ""
    if aspects and aspects[0].rate == aspects[-1].rate and len(aspects) > 1:
        said = (
            f"{len(aspects)}个方面没有得满分,得分率相同:" + "、".join(_rated(round_, each) for each in aspects) + "。"
        )
    elif aspects:
        second = "".join(f",其次是{_rated(round_, each)}" for each in aspects[1:2])
        said = f"得分率最低的方面是{_rated(round_, aspects[0])}{second}。"
    if items:
        said += "得分率较低的项目:" + ";".join(_rated(round_, each) for each in items) + "。"
    return said


def _weak_aspects(round_: Round) -> list[_Weak]:
    rates, aspects = round_.table.by_aspect(), []
    for aspect in round_.notice.aspects:
        rate = rates[aspect].rate
        if rate is not None and rate < stats.FULL_RATE:
            aspects.append(_Weak(name=aspect, rate=rate, units=aspect_bearers(round_, aspect)))
    return sorted(aspects, key=lambda each: each.rate)


def _rated(round_: Round, each: _Weak) -> str:
    rate = f"得分率{percent(each.rate)}," if _tells(round_, each.units.scored) else ""
    return f"{each.name}({rate}{each.units.words})"


def _weak_items(round_: Round) -> list[_Weak]:
    rates = round_.table.by_item()
    weak = [
        _Weak(name=f"{item.no}.{item.name}", rate=rate, units=item_bearers(round_, item.no))
        for item in round_.notice.items
        if (rate := rates[item.no].rate) is not None and rate < stats.FULL_RATE
    ]
    return sorted(weak, key=lambda each: each.rate)[:_WEAK]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """A sub-point: who carries it, how many units lost points there, and how many points in all."""

    sub: SubPoint
    bearing: Bearers
    units: int
    points: Hundredths

    def words(self, tells: bool) -> str:  # noqa: FBT001 - whether the points may be named
        points = f",共失{show(self.points)}分" if tells else ""
        text = (
            cut(self.sub.text, _TEXT).rstrip(",;。").translate({ord("“"): "‘", ord("”"): "’"})
        )  # within quotation marks
        return f"{self.sub.code}“{text}”({self.bearing.words},{self.units}家失分{points})"


def _most_lost(round_: Round) -> str:
    sums, losers = round_.table.by_code(), round_.table.losers()
    found = sorted(round_.notice.sub_points, key=lambda code: -sums[code].lost)
    most = [
        _Lost(
            sub=round_.notice.sub_points[code],
            bearing=bearers(round_, (code,)),
            units=losers[code].units,
            points=sums[code].lost,
        )
        for code in found[:_MOST]
        if sums[code].lost > 0
    ]
    return ";".join(each.words(_tells(round_, each.bearing.scored)) for each in most) + "。" if most else ""


def _reasons(round_: Round) -> str:
    """Count why points were taken off, once the office has reviewed all."""
    if not any(unit.sub_points for unit in round_.compared):
        return ""
    if not round_.official:
        return "没有全部核定,扣分原因待核定后写。【扣分原因】"
    pairs = ((unit.unit, score) for unit in round_.compared for score in unit.sub_points if lost(round_, score) > 0)
    reasons = (
        one_line(ruling.reason)
        for unit, score in pairs
        if (ruling := round_.rulings.get((unit, score.code))) and ruling.reason
    )
    named = Counter(reason for reason in reasons if not reason.endswith(SPELT_OUT))  # those say nothing by themselves
    common = sorted(named.items(), key=lambda each: (-each[1], each[0]))[:_REASONS]
    return "审核扣分较多的原因:" + "、".join(f"{reason}{count}处" for reason, count in common) + "。" if common else ""


def _common_situations(round_: Round) -> str:
    """Count the matters that took points off, by situation: a bare negative list has no other weak points."""
    counted = Counter(each.situation for each in round_.penalties if each.counted)
    common = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_REASONS]
    return "、".join(f"{situation}{count}件" for situation, count in common) + "。" if common else ""


# 三、下步要求 --------------------------------------------------------------------------------------------------------


def _next_steps(round_: Round) -> Blocks:
    yield Paragraph("三、下步要求", "heading")
    due = round_.notice.about.feedback.supplement_due
    by = chinese_date(due) if due and due >= round_.generated.date() else "【年月日】"
    weak = "、".join(f"“{each.name}”" for each in _weak_items(round_))
    to = f"于{by}前报{round_.notice.about.office}"
    supplied = "补正材料、核实数据" if round_.notice.about.texts.evidence else "核实数据"
    steps = (
        ("抓好整改落实。", f"承担{weak}的单位要对照失分原因逐项整改,{_MEASURES}" if weak else ""),
        (
            "补齐佐证材料。" if round_.notice.about.texts.evidence else "核实填报数据。",
            f"各单位要按照反馈单逐条{supplied},{to}。" if round_.returned else "",
        ),
        ("按时规范报送。", f"未报送的{len(round_.missing)}家要于{by}前报送。" if round_.missing else ""),
        ("强化责任落实。", "【请办公室结合工作实际补充】"),
    )
    yield from _numbered(steps)


_MEASURES = "【整改措施和责任分工】。"


# 附件 ----------------------------------------------------------------------------------------------------------------


def _annex(round_: Round) -> Blocks:
    yield Paragraph("附件", "annex")
    words, figure = round_.notice.about.words, published_figure(round_)
    draft = "" if round_.official else "(草稿)"
    yield Paragraph(f"{round_.mark}{words.assessment}{figure}{draft}", "subtitle")
    several = grouped(round_.notice)
    rows = tuple(
        (*((group.name,) if several else ()), grade, str(len(units)), "、".join(units) or "—")
        for group in group_grades(round_)
        for grade, units in group.lines
    )
    named = (figure, "家数", f"单位(按{words.list}顺序)")
    if several:
        yield Grid(columns=("分组", *named), widths=(22, 14, 9, 55), rows=rows)
    else:
        yield Grid(columns=named, widths=(18, 9, 73), rows=rows)
