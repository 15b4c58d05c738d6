"""填报说明: one page that answers what units ask most."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.form.model import Label, Row, Sheet
from fazhi_xl.form.sheets.common.context import Brief, heading
from fazhi_xl.form.sheets.unit import bonus, completeness, deductions, information, ledger, tasks
from fazhi_xl.form.sheets.unit.completeness import BODY, COLUMNS, TOPIC
from fazhi_xl.notice.rules import NOT_APPLICABLE
from fazhi_xl.text.dates import chinese_date

NAME = "填报说明"
_LEGEND = (
    ("input", "※ 浅黄:由填报单位填写", "没有锁定,直接填;数字不带单位,日期年月日写全,选择项用下拉列表。"),
    ("computed", "灰:自动计算", "已锁定。测算分按左边填的数据自动得出,供对照。"),
    ("office", "浅蓝:办公室登记", "已锁定。由办公室按台账登记。"),
    ("wrong", "待填、错误、请核实", "“校验”列写明哪里不对、怎么改;显示“通过”即可。"),
)


def sheet(brief: Brief, others: Iterable[Sheet]) -> Sheet:
    """Put the panel over the `others` first, then the instructions, on one page."""
    about = brief.notice.about
    rows = [*heading(brief, COLUMNS, f"{about.short_title}填报说明"), *completeness.panel_rows(brief, others)]
    rows.extend(_row(topic, "head", text) for topic, text in _topics(brief))
    rows.extend(_row(words, style, meaning) for style, words, meaning in _LEGEND)
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="title", coded=False, one_page=True)


def _topics(brief: Brief) -> tuple[tuple[str, str], ...]:
    about = brief.notice.about
    dates = about.dates
    folders = "、".join(str(item.no) for item in brief.items)
    ask = f"{about.office}({about.office_room})" if about.office_room else about.office
    return (
        ("依据", f"《{about.title}》({about.number})"),
        ("监测评价时间", f"{chinese_date(dates.period_start)}至{chinese_date(dates.period_end)}"),
        ("报送期限", f"{chinese_date(dates.ledger_due)}前,将本表和台账资料报送至{about.office}。"),
        ("怎样填", _steps(brief)),
        ("粘贴", "从别处复制的内容,用“选择性粘贴—数值”。普通粘贴会把单元格锁住,改不了时请重新索取本表。"),
        (
            NOT_APPLICABLE,
            f"没有该项职能的,选“{NOT_APPLICABLE}”并在情况说明里写明理由,经办公室核准后生效;没有发生的,数量填0。空着表示没有填写。",
        ),
        ("台账资料", "\n".join(about.texts.evidence)),
        ("文件夹", f"本单位需要建立的文件夹(按监测评价项目序号命名):{folders}"),
        (
            "保存和报送",
            "不要增删行列、改表名或另建文件。用 WPS、Excel 或 LibreOffice 另存为 .xlsx;打印任务分解表,签字盖章后扫描一并报送。",
        ),
        ("咨询", "  ".join(filter(None, (ask, about.office_phone)))),
    )


def _steps(brief: Brief) -> str:
    steps = [
        f"先填“{tasks.NAME}”里的数据,对照测算分填自评分,需要时写情况说明",
        f"再填“{ledger.NAME}”和“{information.NAME}”",
        f"有加分事项的填“{bonus.NAME}”",
    ]
    if brief.deductions:
        steps.append(f"掌握其他单位减分情形的填“{deductions.NAME}”")
    if brief.previous:
        steps.append("“上期填报”是上一轮的数,只供对照,不用改")
    return ";".join(steps) + "。"


def _row(topic: str, style: str, text: str) -> Row:
    cells = {TOPIC: Label(topic, style), BODY: Label(text, "text")}
    return Row(cells=cells, merged=True)
