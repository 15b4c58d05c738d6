"""通报稿: a draft in official wording, every figure of it from the tables of the ranking. What only the office can say stands in 【】."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.notice.model import SubPoint
from fazhi_xl.points import Hundredths, percent, show, show_or_dash
from fazhi_xl.reports.bulletin.grades import (
    DRAFT,
    counted_words,
    group_grades,
    published_figure,
    whole_grades,
)
from fazhi_xl.reports.media.document import Document, Grid, Paragraph
from fazhi_xl.reports.media.titles import state
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.losses import lost
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import cut, one_line
from fazhi_xl.text.punctuation import official

_FEW = 3  # a mean or a rate of fewer units tells what a single one has
_WEAK, _MOST, _REASONS = 3, 5, 4  # how many items, sub-points and reasons are named
_TEXT = 40
Blocks = Iterator[Paragraph | Grid]


def bulletin(round_: Round, day: date) -> Document:
    """Draft the bulletin; `day` is the date below it. Grades stand for scores unless the catalogue allows those."""
    about = round_.notice.about
    heading = f"{round_.mark}关于{about.short_title}情况的通报"
    blocks = (
        Paragraph(heading, "title"),
        Paragraph(f"({state(round_)};{DRAFT if round_.basis is Basis.SELF else '送审稿'})", "subtitle"),
        Paragraph("【主送单位】:", "addressee"),
        Paragraph(
            f"按照《{about.title}》({about.number}),{about.issuer}对{len(round_.units)}家监测评价对象进行了监测评价。现将有关情况通报如下。"
        ),
        *_overall(round_),
        *_problems(round_),
        *_next_steps(round_),
        Paragraph(f"附件:监测评价{published_figure(round_)}", "attachment"),
        Paragraph(about.issuer, "signed"),
        Paragraph(chinese_date(day), "dated"),
        *_annex(round_),
    )
    return Document(title=heading, blocks=tuple(map(_official, blocks)))


def _official(block: Paragraph | Grid) -> Paragraph | Grid:
    """Write the punctuation as official papers do."""
    if isinstance(block, Paragraph):
        return replace(block, text=official(block.text), lead=official(block.lead))
    rows = tuple(tuple(map(official, row)) for row in block.rows)
    return replace(block, columns=tuple(map(official, block.columns)), rows=rows)


# 一、总体情况 --------------------------------------------------------------------------------------------------------


def _overall(round_: Round) -> Blocks:
    yield Paragraph("一、总体情况", "heading")
    yield Paragraph(_returning(round_), lead="(一)报送情况。")
    if _totals(round_.units):
        yield Paragraph(_results(round_), lead="(二)评价结果。")
        codes = {group.name: group.code for group in round_.notice.ranking_groups}
        said = ""
        for group in group_grades(round_):
            totals = _totals(unit for unit in round_.units if unit.group == codes[group.name])
            mean = (
                f",平均{show_or_dash(stats.mean(totals, round_.notice.about.scoring.kept))}分"
                if _tells(round_, len(totals))
                else ""
            )
            grades = f",{counted_words(group)}" if round_.notice.about.grades else ""
            said += f"{group.name}{group.count}家,有评价结果的{len(totals)}家{mean}{grades}。"
        yield Paragraph(said, lead="(三)分组情况。")
        yield Paragraph(_adjustments(round_), lead="(四)加分减分情况。")


def _returning(round_: Round) -> str:
    returned, missing = len(round_.returned), len(round_.missing)
    rate = stats.rate(returned, len(round_.units))
    said = (
        f"应报{len(round_.units)}家,已报{returned}家,报送率{percent(rate)}。"
        if rate is not None
        else "没有应报的单位。"
    )
    if returned:
        late = len(_late(round_))
        said += f"其中按时报送{returned - late}家,迟报{late}家。"
    return said + (f"未报送{missing}家。" if missing else "")


def _late(round_: Round) -> tuple[str, ...]:
    files = ((unit.unit, round_.file_of(unit.unit)) for unit in round_.returned)
    return tuple(unit for unit, file in files if file and round_.late(file))


def _results(round_: Round) -> str:
    """Write the mean where three units or more have a score, the grades, and the highest and lowest where the catalogue allows."""
    totals, basis = _totals(round_.units), round_.basis.value
    mean = (
        f",平均{show_or_dash(stats.mean(totals, round_.notice.about.scoring.kept))}分"
        if _tells(round_, len(totals))
        else ""
    )
    said = f"按{basis}计,有评价结果的{len(totals)}家{mean}。"
    if round_.notice.about.bulletin.scores:
        best, worst = max(totals), min(totals)
        said += f"最高{show(best)}分({_holders(round_, best)}),最低{show(worst)}分({_holders(round_, worst)})。"
    if round_.notice.about.grades:
        held = [(grade, units) for grade, units in whole_grades(round_).grades if units]
        said += f"参考等次{counted_words(whole_grades(round_))},最高为{held[0][0]},最低为{held[-1][0]},各单位的参考等次见附件。"
    return said


def _holders(round_: Round, total: Hundredths) -> str:
    return "、".join(unit.unit for unit in round_.units if unit.total == total)


def _adjustments(round_: Round) -> str:
    bonus = sum(bool(unit.bonus) for unit in round_.units)
    if round_.basis is Basis.SELF:
        return f"暂计加分的{bonus}家,以全部核定后认定的为准;减分在全部核定后计入。"
    deducted = sum(bool(unit.deduction) for unit in round_.units)
    return f"认定加分的{bonus}家,减分的{deducted}家。"


def _totals(units: Iterable[UnitScore]) -> list[Hundredths]:
    return [unit.total for unit in units if unit.total is not None]


def _tells(round_: Round, units: int) -> bool:
    """Say whether a figure over so many units may stand in the bulletin."""
    return units >= _FEW or (units > 0 and round_.notice.about.bulletin.scores)


# 二、存在问题 --------------------------------------------------------------------------------------------------------


def _problems(round_: Round) -> Blocks:
    yield Paragraph("二、存在问题", "heading")
    careless = (
        ("未报送", [unit.unit for unit in round_.missing]),
        ("迟报", _late(round_)),
        ("退回修改、还没有改好", round_.to_correct),
    )
    found = (
        ("薄弱环节。", _weak(round_)),
        ("失分集中的得分点。", _most_lost(round_)),
        ("扣分原因。", _reasons(round_)),
        (
            "报送不及时、不规范。",
            "".join(f"{what}{len(units)}家:{'、'.join(units)}。" for what, units in careless if units),
        ),
    )
    said = [(head, text) for head, text in found if text]
    for numeral, (head, text) in zip("一二三四", said, strict=False):
        yield Paragraph(text, lead=f"({numeral}){head}")
    if not said:
        yield Paragraph("没有发现突出问题。【请办公室核实补充】")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weak:
    """An item or aspect that did not get its full rate, and how many units have it."""

    name: str
    rate: int
    units: int


def _weak(round_: Round) -> str:
    aspects = []
    for aspect, rate in stats.aspect_rates(round_.notice, round_.returned, round_.basis).items():
        if rate is not None and rate < stats.FULL_RATE:
            numbers = {item.no for item in round_.notice.items if item.aspect == aspect}
            aspects.append(_Weak(name=aspect, rate=rate, units=_bearing(round_, numbers)))
    aspects.sort(key=lambda each: each.rate)
    items = _weak_items(round_)
    said = ""
    if aspects:
        said = f"得分率最低的方面是{_rated(round_, aspects[0])}" + "".join(
            f",其次是{_rated(round_, each)}" for each in aspects[1:2]
        )
        said += "。"
    if items:
        said += "得分率较低的项目:" + ";".join(_rated(round_, each) for each in items) + "。"
    return said


def _rated(round_: Round, each: _Weak) -> str:
    rate = f"得分率{percent(each.rate)}," if _tells(round_, each.units) else ""
    return f"{each.name}({rate}{each.units}家承担)"


def _weak_items(round_: Round) -> list[_Weak]:
    rates = stats.item_rates(round_.notice, round_.returned, round_.basis)
    weak = [
        _Weak(name=f"{item.no}.{item.name}", rate=rate, units=_bearing(round_, {item.no}))
        for item in round_.notice.items
        if (rate := rates[item.no]) is not None and rate < stats.FULL_RATE
    ]
    return sorted(weak, key=lambda each: each.rate)[:_WEAK]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lost:
    """A sub-point: in how many units it lost points, of how many that have it, and how many in all."""

    sub: SubPoint
    units: int
    bearing: int
    points: Hundredths

    def words(self, tells: bool) -> str:  # noqa: FBT001 - whether the points may be named
        points = f",共失{show(self.points)}分" if tells else ""
        text = (
            cut(self.sub.text, _TEXT).rstrip(",;。").translate({ord("“"): "‘", ord("”"): "’"})
        )  # within quotation marks
        return f"{self.sub.code}“{text}”({self.bearing}家承担,{self.units}家失分{points})"


def _most_lost(round_: Round) -> str:
    held: dict[str, list[SubPointScore]] = {}
    found: list[_Lost] = []
    for unit in round_.returned:
        for score in unit.sub_points:
            held.setdefault(score.code, []).append(score)
    for code, sub in round_.notice.sub_points.items():
        points = [lost(round_, score) for score in held.get(code, ())]
        found.append(_Lost(sub=sub, units=sum(each > 0 for each in points), bearing=len(points), points=sum(points)))
    most = sorted((each for each in found if each.points), key=lambda each: -each.points)[:_MOST]
    return ";".join(each.words(_tells(round_, each.bearing)) for each in most) + "。" if most else ""


def _reasons(round_: Round) -> str:
    """Count why points were taken off, once the office has reviewed all."""
    if not round_.returned:
        return ""
    if round_.basis is Basis.SELF:
        return "没有全部核定,扣分原因待核定后写。【扣分原因】"
    pairs = ((unit.unit, score) for unit in round_.returned for score in unit.sub_points if lost(round_, score) > 0)
    named = Counter(
        one_line(ruling.reason)
        for unit, score in pairs
        if (ruling := round_.rulings.get((unit, score.code))) and ruling.reason
    )
    common = sorted(named.items(), key=lambda each: (-each[1], each[0]))[:_REASONS]
    return "审核扣分较多的原因:" + "、".join(f"{reason}{count}处" for reason, count in common) + "。" if common else ""


# 三、下步要求 --------------------------------------------------------------------------------------------------------


def _next_steps(round_: Round) -> Blocks:
    yield Paragraph("三、下步要求", "heading")
    due = round_.notice.about.feedback.supplement_due
    by = chinese_date(due) if due else "【年月日】"
    weak = "、".join(f"“{each.name}”" for each in _weak_items(round_))
    steps = (
        ("抓好整改落实。", f"承担{weak}的单位要对照失分原因逐项整改,{_MEASURES}" if weak else _MEASURES),
        ("补齐佐证材料。", f"各单位要按照反馈单逐条补正材料、核实数据,于{by}前报{round_.notice.about.office}。"),
        ("按时规范报送。", f"未报送的{len(round_.missing)}家要于{by}前报送。" if round_.missing else ""),
        ("强化责任落实。", "【请办公室结合工作实际补充】"),
    )
    said = [(head, text) for head, text in steps if text]
    for numeral, (head, text) in zip("一二三四", said, strict=False):
        yield Paragraph(text, lead=f"({numeral}){head}")


_MEASURES = "【整改措施和责任分工】。"


# 附件 ----------------------------------------------------------------------------------------------------------------


def _annex(round_: Round) -> Blocks:
    yield Paragraph("附件", "annex")
    draft = "(草稿)" if round_.basis is Basis.SELF else ""
    yield Paragraph(f"{round_.mark}监测评价{published_figure(round_)}{draft}", "subtitle")
    rows = tuple(
        (group.name, grade, str(len(units)), "、".join(units) or "—")
        for group in group_grades(round_)
        for grade, units in group.lines
    )
    yield Grid(
        columns=("分组", published_figure(round_), "家数", "单位(按附件1顺序)"), widths=(22, 14, 9, 55), rows=rows
    )


def _bearing(round_: Round, items: set[int]) -> int:
    """Count the units that returned and have something of these items."""
    return sum(
        any(round_.notice.item_of[score.code].no in items for score in unit.sub_points) for unit in round_.returned
    )
