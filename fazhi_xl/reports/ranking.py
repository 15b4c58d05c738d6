"""The ranking workbook: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.points import show
from fazhi_xl.reports import statistics as stats
from fazhi_xl.reports.book import Block, Cell, Chart, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.reports.differences import SHEET as DIFFERENCES
from fazhi_xl.reports.differences import difference_sheet
from fazhi_xl.reports.privacy import sheet_without_phones
from fazhi_xl.reports.problems import changes_sheet, normalised_sheet, problems_sheet
from fazhi_xl.reports.returned import reminders_sheet, returns_sheet
from fazhi_xl.reports.review import begun, progress, review_sheets
from fazhi_xl.reports.round import Round, Status
from fazhi_xl.reports.titles import state, title
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.text.dates import chinese_date


def ranking_book(done: Round) -> ReportBook:
    """Make 一页纸, 排名, 分项得分, and the sheets of what came back, what was found in it, and by what readings it was scored."""
    said = (returns_sheet, reminders_sheet, problems_sheet, normalised_sheet, changes_sheet)
    return ReportBook(
        title=f"{done.mark}{done.notice.about.short_title}{state(done)}",
        sheets=(
            _one_page(done),
            _ranking(done),
            _by_item(done),
            *(sheet_without_phones(made) for made in review_sheets(done)),
            *(sheet_without_phones(make(done)) for make in said),
            sheet_without_phones(difference_sheet(done, title(done, DIFFERENCES))),
            _method(done),
        ),
        footer=f"{done.mark}{state(done)} {done.generated:%Y-%m-%d %H:%M} 目录第{done.version}版",
    )


def _percent(rate: int | None) -> str | None:
    return None if rate is None else f"{show(rate)}%"


# 一页纸 --------------------------------------------------------------------------------------------------------------


def _one_page(done: Round) -> ReportSheet:
    order = in_order(done.returned)
    ranking = _short_table(order)
    aspects = _aspect_table(done)
    blocks: list[Block] = [
        Sentence(
            f"{state(done)} · {chinese_date(done.generated)} · 已报{len(done.returned)}家,共{len(done.units)}家", "big"
        ),
        *(Sentence(text, "said") for text in headline(done)),
        *ranking,
        aspects,
        Chart(title="五方面得分率(%)", table=aspects, names=0, values=2, at=5),
    ]
    return ReportSheet(
        name="一页纸",
        title=title(done, state(done)),
        blocks=tuple(blocks),
        widths=(20, 24, 13, 13, 4, 9, 24, 13, 13),
        tab="title",
        one_page=True,
    )


def headline(done: Round) -> Iterator[str]:
    """Say the result in a few sentences, every figure from the tables."""
    totals = [unit.total for unit in done.returned if unit.total is not None]
    rate = _percent(stats.rate(len(done.returned), len(done.units)))
    if not totals:
        yield f"还没有收到可以计分的表(应报{len(done.units)}家)。"
        return
    best, worst = max(totals), min(totals)
    yield (
        f"应报{len(done.units)}家,已报{len(done.returned)}家,报送率{rate}。"
        f"平均{_show(stats.mean(totals))}分,中位数{_show(stats.median(totals))}分,"
        f"最高{_show(best)}分({_holders(done, best)}),最低{_show(worst)}分({_holders(done, worst)})。"
    )
    if begun(done):
        yield progress(done)
    weak = _weakest(done)
    if weak:
        yield "得分率最低的项目:" + ";".join(weak) + "。"
    partial = [unit.unit for unit in done.returned if _returned_for_correction(done, unit)]
    if partial:
        yield f"退回修改{len(partial)}家:" + "、".join(partial) + "(暂按已填部分计,名次会变)。"
    if done.missing:
        yield f"未报送{len(done.missing)}家:" + "、".join(unit.unit for unit in done.missing) + "(不排名,不计入平均)。"


def _holders(done: Round, total: int) -> str:
    """Name who has the total; of many the first three, and how many they are."""
    units = [unit.unit for unit in in_order(done.returned) if unit.total == total]
    return "、".join(units[:3]) + (f"等{len(units)}家" if len(units) > 3 else "")


def _returned_for_correction(done: Round, unit: UnitScore) -> bool:
    file = done.file_of(unit.unit)
    return file is not None and file.status is Status.NEEDS_CORRECTION


_FULL_RATE = 10_000  # in hundredths of a per cent


def _show(points: int | None) -> str:
    return "—" if points is None else show(points)


def _weakest(done: Round) -> list[str]:
    rates = stats.item_rates(done.notice, done.returned, done.basis)
    names = {item.no: item.name for item in done.notice.items}
    known = sorted((rate, no) for no, rate in rates.items() if rate is not None and rate < _FULL_RATE)
    return [f"{no}.{names[no]}({_percent(rate)})" for rate, no in known[:3]]


def _short_table(order: list[UnitScore]) -> tuple[Table, Table]:
    columns = (
        Column(title="名次", width=9, style="whole"),
        Column(title="单位", width=24),
        Column(title="应得分", width=13, style="figure"),
        Column(title="总分", width=13, style="figure"),
    )
    first = [unit for unit in order if unit.rank and unit.rank <= 5]  # with all that share the fifth rank
    last = order[max(len(first), len(order) - 5) :]
    rows = ([(unit.rank, unit.unit, unit.full_marks, unit.total) for unit in units] for units in (first, last))
    first_rows, last_rows = rows
    return (
        Table(title="前五名", columns=columns, rows=tuple(first_rows)),
        Table(title="后五名", columns=columns, rows=tuple(last_rows), at=5, beside=True),
    )


def _aspect_table(done: Round) -> Table:
    rates = stats.aspect_rates(done.notice, done.returned, done.basis)
    units = {
        aspect: sum(
            any(done.notice.item_of[s.code].aspect == aspect for s in unit.sub_points) for unit in done.returned
        )
        for aspect in rates
    }
    return Table(
        title="五方面得分率",
        columns=(
            Column(title="方面", width=9),
            Column(title="有此任务的单位", width=24, style="whole"),
            Column(title="得分率(%)", width=13, style="figure"),
        ),
        rows=tuple((aspect, units[aspect], rate) for aspect, rate in rates.items()),
    )


# 排名 ----------------------------------------------------------------------------------------------------------------


def _ranking(done: Round) -> ReportSheet:
    groups = {group.code: group.name for group in done.notice.ranking_groups}
    columns = (
        Column(title="名次", width=8, style="whole"),
        Column(title="序号", width=8, style="whole"),
        Column(title="单位", width=22),
        Column(title="分组", width=24),
        Column(title="组内名次", width=10, style="whole"),
        Column(title="应得分", width=10, style="figure"),
        Column(title="测算分", width=10, style="figure"),
        Column(title="自评分", width=10, style="figure"),
        Column(title="核定分", width=10, style="figure"),
        Column(title="折算分", width=10, style="figure"),
        Column(title="加分", width=9, style="figure"),
        Column(title="减分", width=9, style="figure"),
        Column(title="总分", width=11, style="figure"),
        Column(title="备注", width=24),
    )
    numbers = {unit.short: unit.no for unit in done.notice.units}
    rows = tuple(_ranking_row(done, unit, numbers[unit.unit], groups[unit.group]) for unit in in_order(done.units))
    return ReportSheet(
        name="排名",
        title=title(done, state(done)),
        blocks=(
            Sentence("总分=折算分+加分-减分;折算分=100×得分÷应得分。总分相同的名次并列;未报送的不排名,也不按0分计。"),
            Table(columns=columns, rows=rows),
        ),
        tab="title",
        filtered=True,
    )


def _ranking_row(done: Round, unit: UnitScore, number: int, group: str) -> tuple[Cell, ...]:
    return (
        unit.rank,
        number,
        unit.unit,
        group,
        unit.group_rank,
        unit.full_marks,
        unit.auto,
        unit.self_score,
        unit.reviewed,
        unit.percent,
        unit.bonus,
        unit.deduction,
        unit.total,
        _note(done, unit),
    )


def _note(done: Round, unit: UnitScore) -> str:
    file = done.file_of(unit.unit)
    if file is None:
        return "未报送"
    if file.answers is None or file.answers.blank:
        return "退回(没有填写)"
    words = []
    if file.status is Status.NEEDS_CORRECTION:
        words.append(f"退回修改({sum(f.severity == 'error' for f in file.findings)}处),暂按已填部分计")
    if any(score.out and score.approved is None for score in unit.sub_points):
        words.append("有不涉及待核准")
    if any(each.short == unit.unit and each.assessor for each in done.notice.units):
        words.append("兼评价单位")
    return ";".join(words)


# 分项得分 ------------------------------------------------------------------------------------------------------------


def _by_item(done: Round) -> ReportSheet:
    columns = (
        Column(title="单位", width=22),
        *(Column(title=f"{item.no}\n{item.name}", width=11, style="figure") for item in done.notice.items),
    )
    rows = tuple((unit.unit, *_item_scores(done, unit)) for unit in done.returned)
    rates = stats.item_rates(done.notice, done.returned, done.basis)
    total = ("得分率(%)", *(rates[item.no] for item in done.notice.items))
    return ReportSheet(
        name="分项得分",
        title=title(done, f"{len(done.notice.items)}项得分({done.basis.value})"),
        blocks=(Sentence("“—”为该单位没有此项任务。"), Table(columns=columns, rows=rows, total=total)),
    )


def _item_scores(done: Round, unit: UnitScore) -> Iterator[int | None]:
    for item in done.notice.items:
        own = [score for score in unit.sub_points if done.notice.item_of[score.code].no == item.no]
        yield sum(stats.counted(score, done.basis) for score in own) if own else None


# 口径说明 ------------------------------------------------------------------------------------------------------------


def _method(done: Round) -> ReportSheet:
    columns = (
        Column(title="序号", width=7, style="whole"),
        Column(title="问题", width=44),
        Column(title="采用的口径", width=44),
        Column(title="理由", width=60),
        Column(title="其他口径", width=44),
        Column(title="确认", width=12, style="centre"),
    )
    rows = tuple(
        (
            no,
            reading.question,
            reading.choice.text,
            reading.reason if reading.chosen == reading.options[0].key else f"改选;原口径的理由:{reading.reason}",
            ";".join(option.text for option in reading.options if option.key != reading.chosen) or None,
            "已确认" if reading.confirmed else "待确认",
        )
        for no, reading in enumerate(done.notice.readings, 1)
    )
    return ReportSheet(
        name="口径说明",
        title=title(done, "口径说明"),
        blocks=(
            Sentence("通知没有写明的,按下列口径处理;改变口径改目录数据即可,不改程序。"),
            Table(columns=columns, rows=rows),
        ),
    )
