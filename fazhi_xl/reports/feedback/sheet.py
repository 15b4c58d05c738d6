"""反馈单: one unit's result on one page. What the page has no room for stands whole on a second sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.findings import Actor, Severity
from fazhi_xl.notice.model import Item, Unit
from fazhi_xl.points import Hundredths, percent, show, show_or_dash
from fazhi_xl.reports.feedback.one_page import PageList, fitted
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.media.privacy import OtherUnits, without_phones
from fazhi_xl.reports.media.titles import state, title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.losses import Loss, losses, lost
from fazhi_xl.rounds.rates import rate
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.grades import grade_of
from fazhi_xl.scoring.model import Basis, SubPointScore, UnitScore
from fazhi_xl.scoring.score import applicable_full_marks
from fazhi_xl.text.dates import chinese_date, day_or_blank
from fazhi_xl.text.one_line import cut, one_line

SHEET, WHOLE = "反馈单", "明细"
_TEXT, _REASON, _SAID = 32, 42, 150  # characters that the one page shows of each

_SHARED = (
    Column(title="分值", width=7.5, style="figure"),
    Column(title="测算", width=7.5, style="figure"),
    Column(title="自评", width=7.5, style="figure"),
    Column(title="核定", width=7.5, style="figure"),
    Column(title="失分", width=7.5, style="figure"),
)
_ITEMS = (
    Column(title="序号", width=6, style="whole"),
    Column(title="监测项目", width=35),
    *_SHARED,
    Column(title="失分的得分点", width=31.5),
)
_LOSSES = (
    Column(title="编号", width=6, style="centre"),
    Column(title="得分点", width=35),
    *_SHARED,
    Column(title="原因", width=31.5),
)
WIDTHS = tuple(column.width for column in _LOSSES)


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


def feedback_book(result: UnitResult) -> ReportBook:
    """Make the page, and the sheet 明细 where something is shortened or left out on it."""
    lines = tuple(replace(loss, why=loss.why or "自评未得满分") for loss in losses(result.round_, result.score))
    parts = (_lost(result, lines, short=True), _asked(result), _adjusted(result))
    opening: tuple[Block, ...] = (*(Sentence(text, style) for style, text in _headline(result)), _item_table(result))
    page, shown_whole = fitted(opening, parts, WIDTHS)
    sheets = [_sheet(result, SHEET, page, one_page=True)]
    if not shown_whole:
        whole = [block for part in (_lost(result, lines, short=False), *parts[1:]) for block in part.whole]
        sheets.append(_sheet(result, WHOLE, (Sentence(_who(result), "big"), *whole)))
    name = title(result.round_, f"{result.unit.short}{SHEET}")
    footer = f"{result.round_.mark}{state(result.round_)} 目录第{result.round_.version}版"
    return ReportBook(
        title=name, sheets=tuple(sheets), footer=footer, decimals=result.round_.notice.about.scoring.places
    )


def _sheet(result: UnitResult, name: str, blocks: tuple[Block, ...], *, one_page: bool = False) -> ReportSheet:
    heading = title(result.round_, SHEET if name == SHEET else f"{SHEET}{name}")
    return ReportSheet(
        name=name, title=heading, blocks=blocks, widths=WIDTHS, tab="title", one_page=one_page, portrait=True
    )


# The result ----------------------------------------------------------------------------------------------------------


def _headline(result: UnitResult) -> Iterator[tuple[str, str]]:
    round_, score = result.round_, result.score
    yield "big", _who(result)
    grade = grade_of(score.total, round_.notice.about.grades)
    yield "big", f"总分{show_or_dash(score.total)}分" + (f"    参考等次:{grade}" if grade else "") + _rank(result)
    share = rate(score.full_marks - sum(lost(round_, each) for each in score.sub_points), score.full_marks)
    figures = (
        f"应得分{_points(score.full_marks)},自评分{_points(score.self_score)},核定分{_points(score.reviewed)},"
        f"得分率{percent(share)},折算分{_points(score.percent)},加分{_points(score.bonus)},"
        f"减分{_points(score.deduction)}。总分=折算分+加分-减分。"
    )
    yield "said", figures
    if round_.basis is Basis.SELF:
        yield "wrong", "还没有全部核定,本单按自评计算,供核对用,不是最后结果;减分在全部核定后才计。"


def _who(result: UnitResult) -> str:
    return f"{result.unit.name}    {state(result.round_)}    {chinese_date(result.day)}"


def _rank(result: UnitResult) -> str:
    """Tell the rank where the office allows it."""
    round_, score = result.round_, result.score
    if not round_.notice.about.feedback.show_rank or score.rank is None:
        return ""
    ranked = [each for each in round_.units if each.rank is not None]
    own = sum(each.group == score.group for each in ranked)
    return f"    名次:第{score.rank}名(共{len(ranked)}家),组内第{score.group_rank}名(共{own}家)"


def _points(points: Hundredths | None) -> str:
    return "—" if points is None else f"{show(points)}分"


# By item -------------------------------------------------------------------------------------------------------------


def _item_table(result: UnitResult) -> Table:
    items, item_of = result.round_.notice.items, result.round_.notice.item_of
    held = {item.no: [each for each in result.score.sub_points if item_of[each.code].no == item.no] for item in items}
    rows = tuple(_item_row(result, item, held[item.no]) for item in items if held[item.no])
    score = result.score
    every = sum(lost(result.round_, each) for each in score.sub_points)
    total = (None, "合计", score.full_marks, score.auto, score.self_score, score.reviewed, every, "")
    return Table(title="一、各项得分", columns=_ITEMS, rows=rows, total=total)


def _item_row(result: UnitResult, item: Item, own: list[SubPointScore]) -> tuple[Cell, ...]:
    full = applicable_full_marks(own, result.round_.notice.about.scoring)
    losing = [(score.code, lost(result.round_, score)) for score in own]
    codes = "、".join(code for code, points in losing if points > 0)
    said = codes if full or codes else "不涉及,已核准" if any(score.approved for score in own) else ""
    return (
        item.no,
        item.name,
        full,
        _sum(score.auto for score in own),
        _sum(score.self_score for score in own),
        _sum(score.reviewed for score in own) if all(score.decided for score in own) else None,
        sum(points for _, points in losing),
        said or None,
    )


def _sum(points: Iterator[Hundredths | None]) -> Hundredths:
    return sum(each for each in points if each is not None)


# What was lost -------------------------------------------------------------------------------------------------------


def _lost(result: UnitResult, lines: tuple[Loss, ...], *, short: bool) -> PageList:
    points = sum(loss.lost for loss in lines)
    heading = f"二、失分的得分点({len(lines)}个,共{show(points)}分,由多到少)" if lines else "二、没有失分的得分点"
    reasons = [result.said(loss.why) for loss in lines]
    rows = tuple(
        (
            loss.sub.code,
            cut(loss.sub.text, _TEXT) if short else loss.sub.text,
            loss.score.points,
            loss.score.auto,
            loss.score.self_score,
            loss.score.reviewed,
            loss.lost,
            cut(why, _REASON) if short else why,
        )
        for loss, why in zip(lines, reasons, strict=True)
    )
    cut_off = short and any(len(why) > _REASON for why in reasons)
    return PageList(title=heading, columns=_LOSSES, rows=rows, more="个得分点", share=0.6, shortened=cut_off)


# What to supplement --------------------------------------------------------------------------------------------------


def _asked(result: UnitResult) -> PageList:
    asked = tuple(f"{no}. {text}" for no, text in enumerate(_supplements(result), 1))
    about = result.round_.notice.about
    due = about.feedback.supplement_due
    by = day_or_blank(due)
    heading = f"三、请补正、核实({len(asked)}条),于{by}前报{about.office}" if asked else "三、没有需要补正、核实的"
    return PageList(title=heading, lines=asked, room=_SAID, more="条", share=0.25)


def _supplements(result: UnitResult) -> Iterator[str]:
    """List what the unit has to do: documents to supply, refused claims, and the findings on its form."""
    round_, unit = result.round_, result.unit.short
    reasons = round_.notice.about.feedback.material_reasons
    for score in result.score.sub_points:
        ruling = round_.rulings.get((unit, score.code))
        if score.approved is False:
            yield f"{score.code} 申请不涉及,没有核准:请补报完成情况和佐证材料。"
        elif ruling and score.decided and ruling.reason in reasons:
            folder = round_.notice.item_of[score.code].no
            yield f"{score.code} {ruling.reason}:请补充佐证材料,放入“{folder}”文件夹。"
    file = round_.file_of(unit)
    mine = [each for each in file.findings if file.actor(each) is Actor.UNIT] if file else []
    for line in grouped(sorted(mine, key=lambda each: tuple(Severity).index(each.severity))):
        yield result.said(line.with_place)


# Bonus and deductions ------------------------------------------------------------------------------------------------


def _adjusted(result: UnitResult) -> PageList:
    unit, official = result.unit.short, result.round_.basis is Basis.REVIEWED
    said = [_claim(result, each) for each in result.round_.claims if each.unit == unit]
    for each in result.round_.penalties:
        if official and each.unit == unit and each.counted:
            document = f",依据:{without_phones(one_line(each.document))}" if each.document else ""
            said.append(f"减分 {each.situation}“{result.said(each.matter)}”:减{show(each.counted)}分{document}。")
    lines = tuple(f"{no}. {text}" for no, text in enumerate(said, 1))
    cap = show(result.round_.notice.about.scoring.bonus_cap or 0)
    heading = f"四、加分、减分({len(lines)}项;加分以{cap}分为限)" if lines else "四、没有加分、减分"
    return PageList(title=heading, lines=lines, room=_SAID, more="项", share=0.15)


def _claim(result: UnitResult, claim: Adjustment) -> str:
    what = f"{claim.situation}“{result.said(claim.matter)}”"
    if result.round_.basis is Basis.SELF:
        return f"申报加分 {what}:{claim.verdict or '待认定'},暂计{show(claim.counted)}分。"
    note = f"({result.said(claim.note)})" if claim.note else ""
    counted = f"加{show(claim.counted)}分" if claim.counted else "不加分"
    return f"申报加分 {what}:{claim.verdict or '没有认定'}{note},{counted}。"
