"""反馈单: one unit's result on one page. What the page has no room for stands whole on a second sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.findings import Actor, Severity
from fazhi_xl.notice.model import Item, Unit
from fazhi_xl.points import Hundredths, percent, show, show_or_dash
from fazhi_xl.reports.feedback.one_page import PageList, fitted
from fazhi_xl.reports.filing.finding_lines import grouped as grouped_findings
from fazhi_xl.reports.media.privacy import OtherUnits, without_phones
from fazhi_xl.reports.media.titles import grouped, state, title, vetoed
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.losses import Loss, losses, lost, refunds
from fazhi_xl.rounds.rates import rate
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks
from fazhi_xl.text.dates import chinese_date, day_or_blank
from fazhi_xl.text.one_line import cut, one_line

SHEET, WHOLE = "反馈单", "明细"
_TEXT, _REASON, _SAID = 32, 42, 150  # characters that the one page shows of each

_FIGURE, _SAYING = 7.5, 31.5  # widths of a column of points, and of the one that says why they were lost
_NUMERALS = "一二三四"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """One unit's result, and what has to be kept from it. `day` is the day that the sheet bears."""

    round_: Round
    unit: Unit
    score: UnitScore
    others: OtherUnits
    day: date

    def said(self, text: str) -> str:
        """Give what somebody wrote as the unit may read it: in one line, without telephone numbers and other units' names."""
        return without_phones(self.others.hidden(one_line(text), self.unit.short))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the tables of items and of losses share; without self-scores their room goes to the last column."""
        points = ("分值", "测算", *(("自评",) if self.self_scored else ()), "核定", "失分")
        return tuple(Column(title=name, width=_FIGURE, style="figure") for name in points)

    @property
    def self_scored(self) -> bool:
        return self.round_.notice.about.scoring.self_score

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the sheet's columns."""
        return 6, 35, *(column.width for column in self.columns), self.saying

    @property
    def saying(self) -> float:
        """The width of the last column."""
        return _SAYING if self.self_scored else _SAYING + _FIGURE


def feedback_book(result: UnitResult) -> ReportBook:
    """Make the page, and the sheet 明细 where something is shortened or left out on it."""
    lines = tuple(replace(loss, why=loss.why or _unsaid(result)) for loss in losses(result.round_, result.score))
    made = _parts(result, lines, short=True)
    numbered = dict(zip((part.title for part in made), _NUMERALS[bool(result.score.sub_points) :], strict=False))
    parts = tuple(replace(part, title=f"{numbered[part.title]}、{part.title}") for part in made)
    opening: tuple[Block, ...] = (
        *(Sentence(text, style) for style, text in _headline(result)),
        *((_item_table(result),) if result.score.sub_points else ()),
    )
    page, shown_whole = fitted(opening, parts, result.widths)
    sheets = [_sheet(result, SHEET, page, one_page=True)]
    if not shown_whole:
        long = (
            replace(part, title=shown.title)
            for part, shown in zip(_parts(result, lines, short=False), parts, strict=True)
        )
        whole = [block for part in long for block in part.whole]
        sheets.append(_sheet(result, WHOLE, (Sentence(_who(result), "big"), *whole)))
    name = title(result.round_, f"{result.unit.short}{SHEET}")
    footer = f"{result.round_.mark}{state(result.round_)} 目录第{result.round_.version}版"
    return ReportBook(
        title=name, sheets=tuple(sheets), footer=footer, decimals=result.round_.notice.about.scoring.places
    )


def _parts(result: UnitResult, lines: tuple[Loss, ...], *, short: bool) -> tuple[PageList, ...]:
    """Give the lists below the result, those of what the notice has and the unit can be told of."""
    notice = result.round_.notice
    return (
        *((_lost(result, lines, short=short),) if result.score.sub_points else ()),
        *((_asked(result),) if result.unit.short not in result.round_.unasked else ()),
        *((_adjusted(result),) if notice.bonus or notice.deductions else ()),
    )


def _unsaid(result: UnitResult) -> str:
    """Say why points are lost where nobody has said it."""
    if result.self_scored:
        return "自评未得满分"
    return "核定未得满分" if result.round_.official else "按填报的事实测算,未得满分"


def _sheet(result: UnitResult, name: str, blocks: tuple[Block, ...], *, one_page: bool = False) -> ReportSheet:
    heading = title(result.round_, SHEET if name == SHEET else f"{SHEET}{name}")
    return ReportSheet(
        name=name, title=heading, blocks=blocks, widths=result.widths, tab="title", one_page=one_page, portrait=True
    )


# The result ----------------------------------------------------------------------------------------------------------


def _headline(result: UnitResult) -> Iterator[tuple[str, str]]:
    round_, score = result.round_, result.score
    yield "big", _who(result)
    grade = None if score.vetoes else grade_of(score.total, round_.notice.about.grades)
    graded = f"    {round_.notice.about.words.grade}:{grade}" if grade else ""
    yield "big", f"总分{show_or_dash(score.total)}分{graded}{_rank(result)}"
    if score.vetoes:
        yield "wrong", f"{vetoed(score)}:不参加排名" + (",不评等次。" if round_.notice.about.grades else "。")
    yield "said", "".join(_figures(result))
    for refund in refunds(round_, score):
        yield "said", f"{refund.cap.text.removesuffix('。')}:{refund.words}。"
    if waiting := [each.code for each in score.sub_points if each.pending]:
        yield "said", f"待办公室提供数据的得分点:{'、'.join(waiting)},暂不计分,也不计入应得分。"
    if not round_.official:
        way = f"本单按{round_.basis.value}计算" if score.sub_points else "本单按已登记的计算"
        later = ";减分在全部核定后才计" if round_.notice.deductions and not round_.deducting else ""
        yield "wrong", f"还没有全部核定,{way},供核对用,不是最后结果{later}。"


def _figures(result: UnitResult) -> Iterator[str]:
    """Give the figures that the total is made of, of the parts that the notice has."""
    round_, score, notice = result.round_, result.score, result.round_.notice
    if score.sub_points:
        lost_points = sum(lost(round_, each) for each in score.sub_points) - score.refund
        yield f"应得分{_points(score.full_marks)},"
        if result.self_scored:
            yield f"自评分{_points(score.self_score)},"
        else:
            yield f"测算分{_points(score.auto)},"
        yield f"核定分{_points(score.reviewed)},"
        yield f"得分率{percent(rate(score.full_marks - lost_points, score.full_marks))},"
    start = "折算分" if score.sub_points else "基准分"
    yield f"{start}{_points(score.percent)}"
    yield f",加分{_points(score.bonus)}" if notice.bonus else ""
    yield f",减分{_points(score.deduction)}" if notice.deductions else ""
    yield f"。总分={start}{'+加分' if notice.bonus else ''}{'-减分' if notice.deductions else ''}。"


def _who(result: UnitResult) -> str:
    return f"{result.unit.name}    {state(result.round_)}    {chinese_date(result.day)}"


def _rank(result: UnitResult) -> str:
    """Tell the rank where the office allows it."""
    round_, score = result.round_, result.score
    if not round_.notice.about.feedback.show_rank or score.rank is None:
        return ""
    ranked = [each for each in round_.units if each.rank is not None]
    own = sum(each.group == score.group for each in ranked)
    of_group = f",组内第{score.group_rank}名(共{own}家)" if grouped(round_.notice) else ""
    return f"    名次:第{score.rank}名(共{len(ranked)}家){of_group}"


def _points(points: Hundredths | None) -> str:
    return "—" if points is None else f"{show(points)}分"


# By item -------------------------------------------------------------------------------------------------------------


def _item_table(result: UnitResult) -> Table:
    items, item_of = result.round_.notice.items, result.round_.notice.item_of
    held = {item.no: [each for each in result.score.sub_points if item_of[each.code].no == item.no] for item in items}
    rows = tuple(_item_row(result, item, held[item.no]) for item in items if held[item.no])
    score = result.score
    every = sum(lost(result.round_, each) for each in score.sub_points)
    scores = _scores(result, score.auto, score.self_score, score.reviewed)
    columns = (
        Column(title="序号", width=6, style="whole"),
        Column(title=result.round_.notice.about.words.item, width=35),
        *result.columns,
        Column(title="失分的得分点", width=result.saying),
    )
    return Table(
        title="一、各项得分",
        columns=columns,
        rows=rows,
        total=(None, "合计", score.full_marks, *scores, every, ""),
    )


def _scores(result: UnitResult, auto: Cell, own: Cell, reviewed: Cell) -> tuple[Cell, ...]:
    return (auto, *((own,) if result.self_scored else ()), reviewed)


def _item_row(result: UnitResult, item: Item, own: list[SubPointScore]) -> tuple[Cell, ...]:
    full = applicable_full_marks(own, result.round_.notice.about.scoring)
    losing = [(score.code, lost(result.round_, score)) for score in own]
    codes = "、".join(code for code, points in losing if points > 0)
    known = "不涉及,已核准" if any(score.approved for score in own) else ""
    waiting = "、".join(score.code for score in own if score.pending)
    said = (codes if full or codes else known, f"待办公室提供:{waiting}" if waiting else "")
    scores = _scores(
        result,
        _sum(score.auto for score in own),
        _sum(score.self_score for score in own),
        _sum(score.reviewed for score in own) if all(score.decided for score in own) else None,
    )
    points = sum(points for _, points in losing)
    return (item.no, item.name, full, *scores, points, ";".join(filter(None, said)) or None)


def _sum(points: Iterator[Hundredths | None]) -> Hundredths:
    return sum(each for each in points if each is not None)


# What was lost -------------------------------------------------------------------------------------------------------


def _lost(result: UnitResult, lines: tuple[Loss, ...], *, short: bool) -> PageList:
    points = sum(loss.lost for loss in lines)
    heading = f"失分的得分点({len(lines)}个,共{show(points)}分,由多到少)" if lines else "没有失分的得分点"
    reasons = [result.said(loss.why) for loss in lines]
    columns = (
        Column(title="编号", width=6, style="centre"),
        Column(title="得分点", width=35),
        *result.columns,
        Column(title="原因", width=result.saying),
    )
    rows = tuple(
        (
            loss.sub.code,
            cut(loss.sub.text, _TEXT) if short else loss.sub.text,
            loss.score.points,
            *_scores(result, loss.score.auto, loss.score.self_score, loss.score.reviewed),
            loss.lost,
            cut(why, _REASON) if short else why,
        )
        for loss, why in zip(lines, reasons, strict=True)
    )
    cut_off = short and any(len(why) > _REASON for why in reasons)
    return PageList(title=heading, columns=columns, rows=rows, more="个得分点", share=0.6, shortened=cut_off)


# What to supplement --------------------------------------------------------------------------------------------------


def _asked(result: UnitResult) -> PageList:
    asked = tuple(f"{no}. {text}" for no, text in enumerate(_supplements(result), 1))
    about = result.round_.notice.about
    due = about.feedback.supplement_due
    by = day_or_blank(due)
    heading = f"请补正、核实({len(asked)}条),于{by}前报{about.office}" if asked else "没有需要补正、核实的"
    return PageList(title=heading, lines=asked, room=_SAID, more="条", share=0.25)


def _supplements(result: UnitResult) -> Iterator[str]:
    """List what the unit has to do: documents to supply, refused claims, and the findings on its form."""
    round_, unit = result.round_, result.unit.short
    filed = bool(round_.notice.about.texts.evidence)
    reasons = round_.notice.about.feedback.material_reasons
    for score in result.score.sub_points:
        ruling = round_.rulings.get((unit, score.code))
        if score.approved is False:
            documents = "和佐证材料" if filed else ""
            yield f"{score.code} 申请不涉及,没有核准:请补报完成情况{documents}。"
        elif ruling and score.decided and ruling.reason in reasons:
            folder = f",放入“{round_.notice.item_of[score.code].no}”文件夹" if filed else ""
            yield f"{score.code} {ruling.reason}:请补充佐证材料{folder}。"
    file = round_.file_of(unit)
    mine = [each for each in file.findings if file.actor(each) is Actor.UNIT] if file else []
    for line in grouped_findings(sorted(mine, key=lambda each: tuple(Severity).index(each.severity))):
        yield result.said(line.with_place)


# Bonus and deductions ------------------------------------------------------------------------------------------------


def _adjusted(result: UnitResult) -> PageList:
    round_, scoring = result.round_, result.round_.notice.about.scoring
    unit, notice = result.unit.short, result.round_.notice
    said = [_claim(result, each) for each in round_.claims if each.unit == unit]
    for each in round_.penalties:
        if round_.deducting and each.unit == unit and each.counted:
            document = f",依据:{without_phones(one_line(each.document))}" if each.document else ""
            said.append(f"减分 {each.situation}“{result.said(each.matter)}”:减{show(each.counted)}分{document}。")
    lines = tuple(f"{no}. {text}" for no, text in enumerate(said, 1))
    named = "、".join((*(("加分",) if notice.bonus else ()), *(("减分",) if notice.deductions else ())))
    caps = (("加分", scoring.bonus_cap, notice.bonus), ("减分", scoring.deduction_cap, notice.deductions))
    limits = "".join(f";{what}以{show(cap)}分为限" for what, cap, there in caps if there and cap is not None)
    heading = f"{named}({len(lines)}项{limits})" if lines else f"没有{named}"
    return PageList(title=heading, lines=lines, room=_SAID, more="项", share=0.15)


def _claim(result: UnitResult, claim: Adjustment) -> str:
    what = f"{claim.situation}“{result.said(claim.matter)}”"
    if not result.round_.official:
        return f"申报加分 {what}:{claim.verdict or '待认定'},暂计{show(claim.counted)}分。"
    note = f"({result.said(claim.note)})" if claim.note else ""
    counted = f"加{show(claim.counted)}分" if claim.counted else "不加分"
    return f"申报加分 {what}:{claim.verdict or '没有认定'}{note},{counted}。"
