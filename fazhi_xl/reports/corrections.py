"""What a unit has to correct, as values: the list in front of its form, the marks on its cells, and the text for the mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.findings import Actor, Finding, Place, Severity, Topic
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Link, Meta, ReportSheet, Sentence, Table
from fazhi_xl.rounds.deadlines import Deadlines, Extension
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.queries import questions
from fazhi_xl.rounds.replies import FRONT_SHEET, NO_REPLY, OFFERED, REPLY_COLUMN, SHORTEST, VALUE_COLUMN
from fazhi_xl.text.dates import BLANK_DAY, chinese_date, day_or_blank
from fazhi_xl.text.one_line import one_line
from fazhi_xl.text.punctuation import titled

_ASKED = (Severity.ERROR, Severity.CONFIRM)
_LEFT_OUT = "原填内容没有带入本表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What goes back to a unit about one of its files. `left` are the fields whose values could not stand in the fresh form."""

    notice: Notice
    unit: Unit
    file: FileResult
    day: date
    form: Form
    left: frozenset[str] = frozenset()
    mark: str = ""
    extension: Extension | None = None

    @property
    def due(self) -> str:
        """Name the day to send it back by; the office writes it in where the catalogue has none that is still to come."""
        granted = {self.extension.unit: self.extension} if self.extension else {}
        days = Deadlines(dates=self.notice.about.dates, extended=granted)
        return day_or_blank(days.corrections(self.unit.short), self.day)

    @property
    def notices_day(self) -> str:
        """Name the day by which the form was due, and the one that the office granted beyond it."""
        named = chinese_date(self.notice.about.dates.ledger_due)
        return f"{named},经批准延期至{chinese_date(self.extension.day)}" if self.extension else named

    def asked(self, severity: Severity) -> tuple[Finding, ...]:
        """Give what is asked of the unit and not of the office, and nobody has answered, with the places of the form that it gets."""
        return tuple(each for each, _ in self.coded(severity))

    def coded(self, severity: Severity) -> tuple[tuple[Finding, str], ...]:
        """Give what is asked, and beside a question the code that its reply is known by."""
        answers, found = self.file.answers, self.file.findings
        asked = questions(self.notice, self.unit, answers, found) if answers and severity is Severity.CONFIRM else ()
        codes = {each.finding: each.code.text for each in asked}
        mine = (
            each for each in found if each.severity is severity and each.actor is not Actor.OFFICE and not each.answered
        )
        return tuple((_issued(self.form.shape, each), codes.get(each, "")) for each in mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMark:
    """What is said at an input; `left_out`: it is blank because what stood there could not be carried over."""

    field: str
    text: str
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """What is added to a fresh form: the sheet in front, its footer, the marks, and whose words they are."""

    front: ReportSheet
    footer: str
    marks: tuple[CellMark, ...]
    author: str


def _issued(shape: Shape, each: Finding) -> Finding:
    """Point a finding at the issued form, where each input, and the first of each row, stands in its own place."""
    named = each.place.field
    keys = (key for key in shape.places if key == named or key.startswith(f"{named}."))
    key = next(keys, None) if named else None
    if key is None:
        return each
    place = shape.places[key]
    return replace(each, place=Place(sheet=place.sheet, cell=place.cell, field=named))


def corrections(letter: Letter) -> Corrections:
    texts: dict[str, list[str]] = {}  # all that is wrong with an input stands at it
    for each in (each for severity in _ASKED for each in letter.asked(severity)):
        if each.place.field in letter.form.shape.fields:
            texts.setdefault(str(each.place.field), []).append(each.message)
    return Corrections(
        front=_front(letter),
        footer=f"{letter.mark}表号:{letter.form.number}",
        marks=tuple(
            CellMark(field=field, text="\n".join(said), left_out=field in letter.left) for field, said in texts.items()
        ),
        author=letter.notice.about.office,
    )


# The sheet -----------------------------------------------------------------------------------------------------------

# No column may be called just 编号: by that word the collector finds a form's codes.
ABOUT_COLUMNS = (
    Column(title="序号", width=7, style="whole"),
    Column(title="工作表", width=12),
    Column(title="所在编号(点击前往)", width=20),
    Column(title="单元格", width=9, style="centre"),
    Column(title=VALUE_COLUMN, width=20),
    Column(title="问题和怎样改", width=62),
)
CODE_COLUMN = Column(title="问题代码", width=8, style="small", hidden=True)
OPEN_COLUMN = Column(
    title=REPLY_COLUMN,
    width=26,
    style="reply",
    choices=OFFERED,
    prompt=f"没有错的选“{OFFERED[0]}”,改了的选“{OFFERED[1]}”;别的情形直接写明,至少{SHORTEST}个字。",
)
_CORRECTED = (*ABOUT_COLUMNS, Column(title=REPLY_COLUMN, width=26, style="centre"), CODE_COLUMN)
_CONFIRMED = (*ABOUT_COLUMNS, OPEN_COLUMN, CODE_COLUMN)


def _front(letter: Letter) -> ReportSheet:
    about, file = letter.notice.about, letter.file
    opening = (
        f"来件:{file.name}({chinese_date(file.received)}收到)。通知的报送期限:{letter.notices_day}。",
        _to_do(letter),
    )
    blocks: list[Block] = [Sentence(text, "said") for text in opening]
    first = 1
    for severity, heading in _headings(letter):
        asked = letter.coded(severity)
        columns = _CONFIRMED if severity is Severity.CONFIRM else _CORRECTED
        blocks.append(Table(title=heading, columns=columns, rows=tuple(_rows(letter, asked, first))))
        first += len(asked)
    title = f"{letter.mark}{about.short_title} {FRONT_SHEET}"
    meta = Meta(f"单位:{letter.unit.name}    表号:{letter.form.number}", f"退回日期:{chinese_date(letter.day)}")
    return ReportSheet(name=FRONT_SHEET, title=title, meta=meta, blocks=tuple(blocks), tab="error")


def _to_do(letter: Letter) -> str:
    """Say what the unit is to do with the workbook."""
    # The office writes a day that is still open into the mail alone: this sheet is locked.
    by = "请按随本表发来的邮件里写明的日期" if letter.due == BLANK_DAY else f"请于{letter.due}前"
    marked = "有斜纹和虚线框的单元格就是要看的,改好后记号自动消失"
    wrong = f"按下列各处改正,{marked}" if letter.asked(Severity.ERROR) else f"按下列各处核实,{marked}"
    reply = f";请核实的,在“{REPLY_COLUMN}”一列逐处答复" if letter.asked(Severity.CONFIRM) else ""
    office, end = letter.notice.about.office, "另存为 .xlsx 后把整个文件发回,本页不要删。"
    done = "改好" if letter.asked(Severity.ERROR) else "答复后"
    return f"{by}{done}发回{office}:读得出的内容已经填在后面的表里,{wrong}{reply};{end}"


_NUMERALS = "一二"
_HEADINGS: Mapping[Severity, str] = {
    Severity.ERROR: "须改正({count}处)",
    Severity.CONFIRM: f"请核实({{count}}处):在“{REPLY_COLUMN}”里选“{OFFERED[0]}”“{OFFERED[1]}”,或写明情况(至少{SHORTEST}个字)",
}


def _headings(letter: Letter) -> Iterator[tuple[Severity, str]]:
    """Give what the parts of the list are called, those that there are, in their order."""
    counts = {severity: len(letter.asked(severity)) for severity in _ASKED}
    there = [severity for severity, count in counts.items() if count]
    for no, severity in zip(_NUMERALS, there, strict=False):
        yield severity, f"{no}、{_HEADINGS[severity].format(count=counts[severity])}"


def _rows(letter: Letter, asked: Iterable[tuple[Finding, str]], first: int) -> Iterator[tuple[Cell, ...]]:
    sheets = {sheet.name for sheet in letter.form.shape.sheets}
    for no, (each, code) in enumerate(asked, first):
        place = each.place
        named = place.field or (place.sheet if place.sheet in sheets else None)
        leads = named is not None and place.sheet in sheets
        link = Link(text=named, sheet=str(place.sheet), cell=place.cell or "A1") if named and leads else named
        value = f"“{each.value}”" if each.value else None
        text = each.message + (_LEFT_OUT if place.field in letter.left else "")
        yield no, place.sheet, link, place.cell, value, text, "" if code else NO_REPLY, code


# The mail ------------------------------------------------------------------------------------------------------------


def mail(letter: Letter, form_file: str) -> str:
    """Write the text to paste into a mail that the form goes with."""
    counts = {severity: len(letter.asked(severity)) for severity in _ASKED}
    told = {Severity.ERROR: "处须改正", Severity.CONFIRM: "处请核实"}
    done = "改好" if counts[Severity.ERROR] else "逐处答复"
    lines = [
        f"{letter.mark}{letter.unit.name}:",
        f"你单位报送的{titled(f'{letter.notice.about.short_title}任务分解表')}"
        f"(表号{letter.form.number},{chinese_date(letter.file.received)}收到的“{letter.file.name}”)已经看过,"
        "有"
        + "、".join(f"{counts[each]}{words}" for each, words in told.items() if counts[each])
        + f"。请打开附件“{form_file}”,已填的内容都在里面,照第一张表“{FRONT_SHEET}”{done},另存为 .xlsx 后发回。",
    ]
    first = 1
    for severity, heading in _headings(letter):
        asked = grouped(letter.asked(severity))
        lines += ["", heading]
        lines += [f"{no}. {one_line(line.with_place)}" for no, line in enumerate(asked, first)]
        first += len(asked)
    return _text([*lines, *_closing(letter)])


def refusal(letter: Letter, form_file: str) -> str:
    """Write the text about a file that could not be used at all; a form as issued goes with it."""
    file = letter.file
    lines = [
        f"{letter.mark}{letter.unit.name}:",
        f"{chinese_date(file.received)}收到你单位的{file.called},不能使用,现退回:",
        *(
            f"{no}. {one_line(line.with_place)}"
            for no, line in enumerate(grouped(file.findings), 1)
            if line.severity is Severity.FATAL
        ),
    ]
    fresh = f"随信附上你单位的空白表“{form_file}”(表号{letter.form.number})。"
    fatal = (each.code for each in file.findings if each.severity is Severity.FATAL)
    wrong = any(code.topic in {Topic.IDENTITY, Topic.FORM} for code in fatal)
    what = (
        "请填这份空白表。"
        if wrong
        else "原来的表打得开的,在原表里改好、另存为 .xlsx 发回即可;打不开的,请填这份空白表。"
    )
    return _text([*lines, fresh + what, *_closing(letter)])


def _closing(letter: Letter) -> Iterator[str]:
    about = letter.notice.about
    yield ""
    yield f"请于{letter.due}前发回(通知的报送期限:{letter.notices_day})。谢谢配合。"
    yield ""
    yield from filter(None, (about.office, about.office_room, about.office_phone, chinese_date(letter.day)))


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
