"""填报说明: one page that says how far the form is, by when and to whom it goes, what is open, and how it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.form.checks import NOTED, TO_FILL
from fazhi_xl.form.model import (
    Computed,
    Content,
    Field,
    Given,
    Label,
    Row,
    Sheet,
    SheetColumn,
    Slot,
    Stretch,
    characters,
)
from fazhi_xl.form.sheets.common import marks
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.unit import bonus, completeness, content_code, deductions, ledger, tasks
from fazhi_xl.form.sheets.unit.completeness import BAR, BODY, DONE, FAULTY, GO, LINE, NO, OPEN, STATE, Progress
from fazhi_xl.notice.rules import NOT_APPLICABLE
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.measure import INSET, lines
from fazhi_xl.text.punctuation import titled

NAME = "填报说明"
_GAP, _WORD, _SAID = "间隔", "词", "释义"
COLUMNS = (
    *completeness.COLUMNS,
    SheetColumn(code=_GAP, width=characters(22)),
    SheetColumn(code=_WORD, width=characters(90)),
    SheetColumn(code=_SAID, width=characters(412)),
    replace(marks.COLUMN, title=""),
)
_TILES = ((NO, BODY), (OPEN, GO), (_WORD, _SAID))  # the columns of each, first and last
_LEGEND = {
    "input": ("黄格", "由本单位填;数字不带单位,日期写全,选择项从列表选。"),
    "computed": ("灰格", "自动计算,已锁定;测算分按所填数据得出,供对照。"),
    "office": ("蓝格", "由办公室登记,已锁定,单位不用提供。"),
    "warn": (TO_FILL, "还没有填。没有发生的,数量填0,不要空着。"),
    "wrong": ("错误", "填得不对,后面写明怎么改;不改不能报送。"),
    "ask": ("请核实", "可能不对;核实后属实的可以照报。"),
    "ok": ("通过", "没有要补要改的。右边有小数字的,供统计用,不用管。"),
}
_JUDGED = ("warn", "wrong", "ask", "ok")  # of the legend, where anything is judged


def sheet(brief: Brief, others: tuple[Sheet, ...]) -> Sheet:
    """Put the progress, and what is open of the `others`, beside the legend and the rules; they speak only of sheets that are there."""
    found = completeness.panel(brief, others)
    panel, progress = found or ((), None)
    left = [_heading(NO, GO, "一、还有哪些没有填好"), *panel] if panel else []
    numbers = "三" if panel else "二"
    right = [
        _heading(_WORD, _SAID, f"{'二' if panel else '一'}、格子的颜色和文字"),
        *_entries(_legend(brief, others)),
        Row(),
        _heading(_WORD, _SAID, f"{numbers}、怎样填、怎样报"),
        *_entries((word, "word", said) for word, said in _rules(brief, others) if said),
    ]
    top = [*_heads(brief, others), *_tiles(brief, progress), Row(height=6), _steps(brief, others), Row(height=8)]
    rows = (*top, *(_beside(*pair) for pair in zip_longest(left, right)))
    return Sheet(name=NAME, columns=COLUMNS, rows=rows, tab="title", coded=False, one_page=True)


def _beside(left: Row | None, right: Row | None) -> Row:
    """Join a row of the panel with one of the notes."""
    one, other = left or Row(), right or Row()
    return Row(
        code=one.code,
        cells={**one.cells, **other.cells},
        height=max(one.height or LINE, other.height or LINE),
        stretched={**one.stretched, **other.stretched},
    )


def _heading(first: str, last: str, text: str) -> Row:
    return Row(cells={first: Label(text, "block")}, height=22, stretched={first: Stretch(last)})


# The top -------------------------------------------------------------------------------------------------------------


def _heads(brief: Brief, others: tuple[Sheet, ...]) -> Iterator[Row]:
    about = brief.notice.about
    title = Row(
        cells={NO: Label(f"{brief.mark}{about.short_title}{NAME}", "title")}, height=34, stretched={NO: Stretch(_SAID)}
    )
    cells: dict[str, Content] = {
        NO: Slot("unit_line", "cover_unit"),
        _GAP: Label(f"{titled(about.title)}({about.number})", "unit_aside"),
    }
    line = Row(cells=cells, height=24, stretched={NO: Stretch(GO), _GAP: Stretch(_SAID)})
    lined, titled_row = content_code.front_rows((line, title), others)
    yield from (titled_row, lined, Row(height=6))


def _tiles(brief: Brief, progress: Progress | None) -> Iterator[Row]:
    """How far the form is, by when it goes, and to whom; a line is left blank where there is nothing to say."""
    about, dates = brief.notice.about, brief.notice.about.dates
    sent = "本表和台账资料" if brief.evidenced else "本表"
    ask = "  ".join(filter(None, (about.office_room or about.office, about.office_phone)))
    contacts = dates.contacts_due if brief.notice.contacts else None
    told: tuple[Content, ...] = (
        (
            Computed(progress.done, "cover_big"),
            Computed(progress.state, "cover_state"),
            Computed(progress.bar, "cover_bar"),
        )
        if progress
        else (Label("", "cover_big"), Label("", "cover_said"), Label("", "cover_end"))
    )
    due = (
        Label(f"{chinese_date(dates.ledger_due)}前", "cover_big"),
        Label(f"{sent}一并报送" if brief.evidenced else f"报送{sent}", "cover_said"),
        Label(f"{brief.contacts.sheet}:{contacts.month}月{contacts.day}日前" if contacts else "", "cover_end"),
    )
    period = f"{chinese_date(dates.period_start)}至{chinese_date(dates.period_end)}"
    whom = (
        Label(about.office, "cover_big"),
        Label(f"咨询:{ask}", "cover_said"),
        Label(f"{about.words.assessment}时间:{period}", "cover_end"),
    )
    names = tuple(Label(name, "cover_name") for name in ("填报进度" if progress else "", "报送期限", "报到哪里、问谁"))
    heights = {"": 20.0, DONE: 28.0, STATE: 20.0, BAR: 22.0}
    for (code, height), contents in zip(heights.items(), (names, *zip(told, due, whom, strict=True)), strict=True):
        cells = {first: content for (first, _), content in zip(_TILES, contents, strict=True)}
        reach = {first: Stretch(last) for first, last in _TILES}
        yield Row(code=code, cells=cells, height=height, stretched=reach)


def _steps(brief: Brief, others: tuple[Sheet, ...]) -> Row:
    scored = brief.notice.about.scoring.self_score and brief.sub_points
    fill = "先填数据,再对照测算分填自评分,需要时写情况说明。" if scored else "照列的名称填,点到的格子旁有提示。"
    told = (f"填黄格:{fill}", "看校验:待填、错误都改到“通过”。", f"报送:{_sending(brief, others)}")
    cells: dict[str, Content] = {}
    for no, (first, said, text) in enumerate(zip((NO, OPEN, _WORD), (BODY, FAULTY, _SAID), told, strict=True), 1):
        cells |= {first: Label(str(no), "cover_step_no"), said: Label(text, "cover_step")}
    return Row(cells=cells, height=36, stretched={FAULTY: Stretch(GO)})


def _sending(brief: Brief, others: Iterable[Sheet]) -> str:
    signed = any(each.name == tasks.NAME for each in others)
    printed = f"打印{tasks.NAME},签字盖章后扫描,连同" if signed else ""
    return f"{printed}本表{'和台账资料' if brief.evidenced else ''}一并发回。" if signed else "填好后发回本表。"


# The notes -----------------------------------------------------------------------------------------------------------


def _entries(told: Iterable[tuple[str, str, str]]) -> Iterator[Row]:
    """Give the rows of words with what is said of each; a longer text takes several of the panel's lines."""
    room = characters(412) - INSET
    for word, style, said in told:
        tall = lines(said, room)
        cells = {_WORD: Label(word, style), _SAID: Label(said, "text")}
        yield Row(cells=cells, stretched={_WORD: Stretch(_WORD, tall), _SAID: Stretch(_SAID, tall)})
        yield from (Row() for _ in range(tall - 1))


def _legend(brief: Brief, others: tuple[Sheet, ...]) -> Iterator[tuple[str, str, str]]:
    used = {_colour(content) for each in others for row in each.rows for content in row.cells.values()}
    for style, (word, said) in _LEGEND.items():
        if style in used or ("status" in used and style in _JUDGED):
            yield word, f"legend_{style}", said
        if style == "ask" and "status" in used and Weight.NOTE in brief.weights.values():
            yield NOTED.rstrip(":"), "word", "供参考,不用改,可以照报。"


def _colour(content: Content) -> str:
    """Give what the legend says of a cell's colour by its name; no name of the legend where it says nothing."""
    match content:
        case Field():
            return "input"
        case Given():
            return "office"
        case Computed(style="status" | "sub_status"):
            return "status"
        case Computed(style=style):
            return style.partition("_")[0]
        case _:
            return content.style


def _rules(brief: Brief, others: tuple[Sheet, ...]) -> Iterator[tuple[str, str]]:
    """Give words with what is said on each: nothing where the form has nothing of the kind."""
    about, names = brief.notice.about, [each.name for each in others]
    yield "顺序", _order(brief, names)
    yield "上期填报", "上一轮的数,只供对照,不用改。" if brief.previous and tasks.NAME in names else ""
    yield _blanks(brief)
    yield "粘贴", "用“选择性粘贴—数值”;普通粘贴会把格子锁住。"
    if brief.evidenced:
        yield "台账资料", "".join(about.texts.evidence)
        yield "文件夹", f"按{about.words.assessment}项目序号命名:{brief.folders}。"
    yield "保存", "另存为 .xlsx;不要增删行列、改表名或另建文件。"


def _blanks(brief: Brief) -> tuple[str, str]:
    """Say what a blank, 0 and 不涉及 mean, the last where any input of the notice takes it."""
    facts = (fact for sub in brief.notice.sub_points.values() for fact in sub.inputs)
    if not any(NOT_APPLICABLE in fact.options for fact in facts):
        return "空白和0", "没有发生的,数量填0。空着表示没有填写。"
    why = "" if brief.off(Code.REASON_FOR_OUT) else "并在情况说明里写明理由"
    return NOT_APPLICABLE, f"没有该项职能的,选“{NOT_APPLICABLE}”{why},经办公室核准后生效。"


def _order(brief: Brief, names: list[str]) -> str:
    kept = [ledger.NAME, *(register.name for register in brief.registers)]
    lists = [name for name in names if name in kept]
    first, then = ("先", "再") if tasks.NAME in names and lists else ("", "")
    steps = {
        f"{first}填{tasks.NAME}": tasks.NAME in names,
        f"{then}填{'和'.join(filter(None, ('、'.join(lists[:-1]), *lists[-1:])))}": lists,
        f"有加分事项的填{bonus.NAME}": bonus.NAME in names,
        f"掌握其他单位减分情形的填{deductions.NAME}": deductions.NAME in names,
    }
    said = ";".join(step for step, there in steps.items() if there)
    return f"{said}。" if said else ""
