"""填报说明: one page that answers what units ask most."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.form.model import Computed, Content, Field, Given, Label, Row, Sheet
from fazhi_xl.form.sheets.common.context import Brief, heading
from fazhi_xl.form.sheets.unit import bonus, completeness, deductions, ledger, tasks
from fazhi_xl.form.sheets.unit.completeness import BODY, COLUMNS, TOPIC
from fazhi_xl.notice.rules import NOT_APPLICABLE
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.punctuation import titled

NAME = "填报说明"
_LEGEND = {
    "input": ("※ 浅黄:由填报单位填写", "没有锁定,直接填;数字不带单位,日期年月日写全,选择项用下拉列表。"),
    "computed": ("灰:自动计算", "已锁定。测算分按左边填的数据自动得出,供对照。"),
    "office": ("浅蓝:办公室登记", "已锁定。由办公室按自己的登记填写,单位不用提供。"),
    "wrong": (
        "待填、错误、请核实",
        "“校验”列写明哪里不对、怎么改;显示“通过”即可。右边的小数字供统计用:1待填,2错误,3请核实。",
    ),
}


def sheet(brief: Brief, others: tuple[Sheet, ...]) -> Sheet:
    """Put the panel over the `others` first, then the instructions, on one page; they speak only of sheets that are there."""
    about = brief.notice.about
    rows = [*heading(brief, COLUMNS, f"{about.short_title}填报说明"), *completeness.panel_rows(brief, others)]
    rows.extend(_row(topic, "head", text) for topic, text in _topics(brief, others) if text)
    colours = {_colour(content) for each in others for row in each.rows for content in row.cells.values()}
    rows.extend(_row(words, style, meaning) for style, (words, meaning) in _LEGEND.items() if style in colours)
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="title", coded=False, one_page=True)


def _colour(content: Content) -> str:
    """Give what the legend says of a cell's colour by its name; no name of the legend where it says nothing."""
    match content:
        case Field():
            return "input"
        case Computed(style="status"):
            return "wrong"
        case Computed(style=style):
            return style.partition("_")[0]
        case Given():
            return "office"
        case _:
            return content.style


def _topics(brief: Brief, others: tuple[Sheet, ...]) -> Iterator[tuple[str, str]]:
    """Give the topics and what is said on each: nothing where the form has nothing of the kind."""
    about, names = brief.notice.about, [each.name for each in others]
    dates = about.dates
    ask = f"{about.office}({about.office_room})" if about.office_room else about.office
    sent = "本表和台账资料" if brief.evidenced else "本表"
    yield "依据", f"{titled(about.title)}({about.number})"
    yield f"{about.words.assessment}时间", f"{chinese_date(dates.period_start)}至{chinese_date(dates.period_end)}"
    yield "报送期限", f"{chinese_date(dates.ledger_due)}前,将{sent}报送至{about.office}。"
    yield "怎样填", _steps(brief, names)
    yield "粘贴", "从别处复制的内容,用“选择性粘贴—数值”。普通粘贴会把单元格锁住,改不了时请重新索取本表。"
    yield _blanks(brief)
    if brief.evidenced:
        yield "台账资料", "\n".join(about.texts.evidence)
        yield "文件夹", f"本单位需要建立的文件夹(按{about.words.assessment}项目序号命名):{brief.folders}"
    signed = f"打印{tasks.NAME},签字盖章后扫描一并报送。" if tasks.NAME in names else ""
    saved = "用 WPS、Excel 或 LibreOffice 另存为 .xlsx"
    yield "保存和报送", f"不要增删行列、改表名或另建文件。{saved}{';' if signed else '。'}{signed}"
    yield "咨询", "  ".join(filter(None, (ask, about.office_phone)))


def _blanks(brief: Brief) -> tuple[str, str]:
    """Say what a blank, 0 and 不涉及 mean, the last where any input of the notice takes it."""
    facts = (fact for sub in brief.notice.sub_points.values() for fact in sub.inputs)
    none = "没有发生的,数量填0。空着表示没有填写。"
    if not any(NOT_APPLICABLE in fact.options for fact in facts):
        return "空白和0", none
    return NOT_APPLICABLE, f"没有该项职能的,选“{NOT_APPLICABLE}”并在情况说明里写明理由,经办公室核准后生效;{none}"


def _steps(brief: Brief, names: list[str]) -> str:
    kept = [ledger.NAME, *(register.name for register in brief.registers)]
    lists = [f"“{name}”" for name in names if name in kept]
    first, then = ("先", "再") if tasks.NAME in names and lists else ("", "")
    scored = ",对照测算分填自评分" if brief.notice.about.scoring.self_score else ""
    steps = {
        f"{first}填“{tasks.NAME}”里的数据{scored},需要时写情况说明": tasks.NAME in names,
        f"{then}填{'和'.join(filter(None, ('、'.join(lists[:-1]), *lists[-1:])))}": lists,
        f"有加分事项的填“{bonus.NAME}”": bonus.NAME in names,
        f"掌握其他单位减分情形的填“{deductions.NAME}”": deductions.NAME in names,
        "“上期填报”是上一轮的数,只供对照,不用改": brief.previous and tasks.NAME in names,
    }
    said = ";".join(step for step, there in steps.items() if there)
    return f"{said}。" if said else ""


def _row(topic: str, style: str, text: str) -> Row:
    cells = {TOPIC: Label(topic, style), BODY: Label(text, "text")}
    return Row(cells=cells, merged=True)
