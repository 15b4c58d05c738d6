"""报送情况 and 催报: who sent what, and when, and what to write to those who still have to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from fazhi_xl.findings import Severity
from fazhi_xl.notice.model import Notice
from fazhi_xl.points import percent
from fazhi_xl.reports.filing.receipt_names import ACTION, DAY, DAY_RIGHT, REGISTER_FILE
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, ReportSheet, Sentence, Table
from fazhi_xl.rounds import rates as stats
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.replies import FRONT_SHEET, REPLY_COLUMN
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import UnitScore
from fazhi_xl.text.dates import chinese_date, day_or_blank
from fazhi_xl.text.punctuation import titled

# 报送情况 ------------------------------------------------------------------------------------------------------------


_COLUMNS = (
    Column(title="序号", width=6, style="count"),
    Column(title="单位", width=16),
    Column(title="情况", width=14, style="centre"),
    Column(title="首次收到", width=13, style="centre"),
    Column(title="日期依据", width=13, style="centre"),
    Column(title="按时", width=10, style="centre"),
    Column(title="计入的收到", width=15, style="centre"),
    Column(title="收到份数", width=8, style="whole"),
    Column(title="其中重复", width=8, style="whole"),
    Column(title="须改正", width=7, style="whole"),
    Column(title="请核实", width=7, style="whole"),
    Column(title="计入的文件", width=43, style="small"),
)
_EXTENDED = Column(title="延期", width=28, style="centre")  # only where somebody has more time
_CODE = Column(title="内容校验码", width=11, style="centre")
_CODE_RULE = "内容校验码由填报内容算出,和盖章件上的一致,才是同一份内容;在收到登记的“纸质校验码”里抄上盖章件的,不同的会列进“问题清单”。"
_RULE = (
    "计入哪一份:同一单位先后报送的,以最后收到的为准(同一天的看时间,再看文件名);没有填写的不替代填好的;填报内容相同的只计一份。"
    "各份都留存,没有计入的列在“没有计入的文件”;表属于哪个单位只看表号,文件同名也不会互相覆盖。"
    "是否按时:看本单位第一份可用的表(读得出、填了内容、没有被办公室写上不采用);截止以后再报的是补报,不算迟报。"
)


def returns_sheet(round_: Round) -> ReportSheet:
    columns, rows = _columns_and_rows(round_)
    blocks: list[Block] = [Sentence(_counted(round_)), *map(Sentence, to_confirm(round_))]
    blocks += map(Sentence, extensions_told(round_))
    if round_.missing:
        blocks.append(Sentence("催报名单:" + "、".join(unit.unit for unit in round_.missing) + "。"))
    blocks += [Sentence(_RULE + (_CODE_RULE if _coded(round_) else "")), Table(columns=columns, rows=rows)]
    return ReportSheet(name="报送情况", title=title(round_, "报送情况"), blocks=tuple(blocks), filtered=True, held=2)


def _coded(round_: Round) -> bool:
    return any(file.answers and file.answers.content for file in round_.files)


def _code(round_: Round, unit: str) -> str | None:
    file = round_.file_of(unit)
    return file.content_code if file else None


def _columns_and_rows(round_: Round) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Give the table; where forms have a code over their contents, and where somebody has more time, with a column that says so."""
    columns: tuple[Column, ...] = _COLUMNS
    rows = tuple(_return_row(round_, unit) for unit in round_.due)
    if _coded(round_):
        columns = (*_COLUMNS[:-1], _CODE, replace(_COLUMNS[-1], width=_COLUMNS[-1].width - _CODE.width))
        codes = [_code(round_, unit.unit) for unit in round_.due]
        rows = tuple((*row[:-1], code, row[-1]) for row, code in zip(rows, codes, strict=True))
    if not round_.extended:
        return columns, rows
    *before, last = columns
    columns = (*before, _EXTENDED, replace(last, width=last.width - 14))
    granted = [_granted(round_, unit.unit) for unit in round_.due]
    return columns, tuple((*row[:-1], said, row[-1]) for row, said in zip(rows, granted, strict=True))


def extensions_told(round_: Round) -> Iterator[str]:
    """Say in one sentence who has more time, until when, by whom and why; nothing where nobody has."""
    if granted := round_.extended:
        named = ";".join(f"{each.unit}延期至{each.day}({each.by}批准,{each.why})" for each in granted)
        yield f"经批准延期{len(granted)}家:{named}。是否按时按延期后的日期看。"


def _granted(round_: Round, unit: str) -> str | None:
    granted = round_.extensions.get(unit)
    return f"延期至{granted.day}({granted.by}批准)" if granted else None


def _counted(round_: Round) -> str:
    """Count who returned, who in time, and whose return went back, with the rates: of those that had to return, or that sent something."""
    due, returned, late, presumed = (
        len(each) for each in (round_.due, round_.returned, round_.late_units, round_.presumed_late)
    )
    sent = [unit.unit for unit in round_.due if round_.file_of(unit.unit) or round_.refused_of(unit.unit)]
    back = sum(_went_back(round_, unit) for unit in sent)
    on_time = returned - late - presumed
    open_ = f",迟报待确认{presumed}家" if presumed else ""
    said = f"应报{due}家,已报{returned}家(报送率{percent(stats.rate(returned, due))}),未报{due - returned}家。"
    if returned:
        said += f"按时{on_time}家(占应报的按时率{percent(stats.rate(on_time, due))}),迟报{late}家{open_}。"
    if sent:
        said += f"交来文件的{len(sent)}家里须退回改好的{back}家(退回率{percent(stats.rate(back, len(sent)))})。"
    return f"{said}截止日期{round_.notice.about.dates.ledger_due}。"


def _went_back(round_: Round, unit: str) -> bool:
    file = round_.file_of(unit)
    return file is None or file.status is Status.NEEDS_CORRECTION


def to_confirm(round_: Round) -> Iterator[str]:
    """Say which units are late by nothing but a file's own time, and where the office confirms the day; nothing where there are none."""
    if units := round_.presumed_late:
        yield (
            f"待确认是不是迟报{len(units)}家:{'、'.join(units)}。收到日期只是按文件时间推定的(没有邮件,也不在写明日期的文件夹里),"
            f"确认以前不算迟报。请在 {REGISTER_FILE} 里确认:日期不错的,“{ACTION}”选“{DAY_RIGHT}”;不对的,填“{DAY}”;再收一次表。"
        )


def _return_row(round_: Round, unit: UnitScore) -> tuple[Cell, ...]:
    number = round_.number_of(unit.unit)
    own = round_.files_of(unit.unit)
    file = round_.file_of(unit.unit)
    again = sum(each.status is Status.DUPLICATE for each in own)
    first, when = round_.first_return(unit.unit), round_.timeliness(unit.unit)
    came = (first.came, first.basis.value, when.word) if first and when else (None, None, None)
    if file is None:
        state = "不能使用" if round_.refused_of(unit.unit) else "未报"
        return (number, unit.unit, state, *came, None, len(own), again, None, None, None)
    severities = [finding.severity for finding in file.findings if not finding.answered]
    counts = severities.count(Severity.ERROR), severities.count(Severity.CONFIRM)
    state = "退回(没有填写)" if _blank(file) else file.status.word
    return (number, unit.unit, state, *came, _day(round_, file, first), len(own), again, *counts, file.path)


def _day(round_: Round, file: FileResult, first: FileResult | None) -> str:
    """Give when the return that counts came, and whether it supplements an earlier one after the deadline."""
    more = first is not None and file is not first and file.received > round_.deadlines.of(file.unit or "")
    return f"{file.came}(补报)" if more else file.came


def _blank(file: FileResult) -> bool:
    return file.answers is not None and file.answers.blank


# 没有计入的文件 ------------------------------------------------------------------------------------------------------


UNCOUNTED = "没有计入的文件"
_UNCOUNTED_COLUMNS = (
    Column(title="单位", width=18),
    Column(title="情况", width=18, style="centre"),
    Column(title="收到日期", width=17, style="centre"),
    Column(title="日期依据", width=17, style="centre"),
    Column(title="文件", width=70),
)


def uncounted_sheet(round_: Round) -> ReportSheet:
    """List what did not count: rejected, superseded, duplicate and ignored files; of evidence how much, as 台账清单 has it."""
    rest = [file for file in round_.files if not file.counts]
    evidence = [file for file in rest if file.status is Status.IGNORED and file.evidence]
    others = [file for file in rest if file.status is not Status.IGNORED or not file.evidence]
    rows = (
        *((file.unit, _state(file), file.came, file.basis.value, file.path) for file in others),
        *_evidence_rows(evidence),
    )
    said = f"各份都留存,共{len(rest)}份没有计入。" if rest else "没有不计入的文件。"
    table = Table(columns=_UNCOUNTED_COLUMNS, rows=rows)
    return ReportSheet(
        name=UNCOUNTED, title=title(round_, UNCOUNTED), blocks=(Sentence(said), table), filtered=True, held=1
    )


def _state(file: FileResult) -> str:
    """Say why a file does not count; a feedback sheet that came back is no return, whatever became of what it asks for."""
    return "复核申请(不计分)" if file.request else file.status.word


def _evidence_rows(files: Sequence[FileResult]) -> Iterator[tuple[Cell, ...]]:
    """Count the files of evidence, unit by unit."""
    counts = Counter(file.evidence.unit if file.evidence else None for file in files)
    for unit, count in counts.items():
        yield unit, Status.IGNORED.word, None, None, f"台账材料{count}个,逐个列在 结果/台账清单.xlsx"


# 催报 ----------------------------------------------------------------------------------------------------------------


_REMINDER_COLUMNS = (
    Column(title="情况", width=16, style="centre"),
    Column(title="家数", width=8, style="whole"),
    Column(title="催报文字(整格复制即可)", width=110),
)


def reminders_sheet(round_: Round) -> ReportSheet:
    rows = tuple(
        (state, len(units), f"{'、'.join(units)}:{text}") for state, units, text in _reminders(round_) if units
    )
    said = "每种情况一段,可直接粘贴发送。" if rows else "没有需要催报的单位。"
    blocks = (Sentence(said), Table(columns=_REMINDER_COLUMNS, rows=rows))
    return ReportSheet(name="催报", title=title(round_, "催报"), blocks=blocks)


def _reminders(round_: Round) -> Iterator[tuple[str, Sequence[str], str]]:
    """Give each state with the units in it, and what to write to them; those with one longer time together."""
    for granted, units in _by_deadline(round_):
        said = f"(延期至{granted.day})" if granted else ""
        for state, own, text in _reminded(round_, granted, units):
            yield f"{state}{said}", own, text


def _by_deadline(round_: Round) -> Iterator[tuple[Extension | None, Sequence[str]]]:
    """Give the units by the day by which their forms are due, with one of the extensions to that day."""
    yield None, [unit.unit for unit in round_.due if unit.unit not in round_.extensions]
    days: dict[date, list[Extension]] = {}
    for each in round_.extended:
        days.setdefault(each.day, []).append(each)
    for _, own in sorted(days.items()):
        yield own[0], [each.unit for each in own]


def due_words(notice: Notice, granted: Extension | None) -> str:
    """Say by when a form is due: 通知的报送期限是2031年11月20日,经批准你单位延期至2031年11月25日."""
    named = f"通知的报送期限是{chinese_date(notice.about.dates.ledger_due)}"
    return f"{named},经批准你单位延期至{chinese_date(granted.day)}" if granted else named


def _reminded(
    round_: Round, granted: Extension | None, units: Iterable[str]
) -> Iterator[tuple[str, Sequence[str], str]]:
    """Give each state of these units with what to write; who has time left is asked to keep to it, and not called overdue."""
    about, today = round_.notice.about, round_.generated.date()
    form, end = titled(f"{about.short_title}任务分解表"), f"报送至{about.office}。"
    ledger = "和台账资料" if about.texts.evidence else ""
    due, early = f"{due_words(round_.notice, granted)},", granted is not None and today <= granted.day
    so_far, soon = ("", "请在延期的日期以前") if early else ("至今", "请尽快")
    files = {unit: round_.file_of(unit) for unit in units}
    absent = [unit for unit, file in files.items() if file is None]
    refused = [unit for unit in absent if round_.refused_of(unit)]
    missing = [unit for unit in absent if unit not in refused]
    yield "未报", missing, f"{so_far}还没有收到你单位的{form}{ledger}。{due}{soon}填好下发的表,{end}"
    unusable = "你单位发来的文件不能使用,原因和空白表已另行发给你单位。"
    yield "不能使用", refused, f"{unusable}{due}请用下发的原表填好{form},{'在延期的日期以前' if early else '尽快'}{end}"
    blank = [unit for unit, file in files.items() if file and _blank(file)]
    again = f"{soon}填好,重新{end}" if early else f"请填好后尽快重新{end}"
    yield "没有填写", blank, f"收到的{form}里没有填写任何内容,可能是发错了文件。{due}{again}"
    wrong = {unit: _errors(file) for unit, file in files.items() if file and unit not in blank and _errors(file)}
    counted = "、".join(f"{unit}{count}处" for unit, count in wrong.items())
    back = f"你单位的{form}已收到,还有须改正的内容({counted}),退回修改的表已另行发给你单位。"
    by = day_or_blank(round_.deadlines.corrections(next(iter(wrong), "")), today)
    yield "退回修改", list(wrong), f"{back}请照“需修改事项”改好,于{by}前{end}"
    asked = {
        unit: len(file.asked) for unit, file in files.items() if file and unit not in {*blank, *wrong} and file.asked
    }
    counted = "、".join(f"{unit}{count}处" for unit, count in asked.items())
    back = f"你单位的{form}已收到,还有请核实的内容({counted}),带“需修改事项”的表已另行发给你单位。"
    yield "请核实", list(asked), f"{back}请在“{FRONT_SHEET}”的“{REPLY_COLUMN}”里逐处答复,于{by}前{end}"


def _errors(file: FileResult) -> int:
    return sum(found.severity is Severity.ERROR for found in file.findings)
