"""What all letters have in common: their subject, greeting and close, and the days and steps that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fazhi_xl.form.identity import Draft
from fazhi_xl.form.model import Computed, Form
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.unit import completeness, instructions, tasks
from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.rounds.contacts import Contact
from fazhi_xl.rounds.deadlines import Deadlines, Extension
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.punctuation import titled


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the letters of a day have in common: the notice, the day that they bear, the mark of a rehearsal, how forms are drawn up.

    `extensions` are the longer times that the office granted, by unit.
    """

    notice: Notice
    day: date
    mark: str = ""
    draft: Draft = Draft.CURRENT
    extensions: Mapping[str, Extension] = field(default_factory=dict)

    @property
    def deadlines(self) -> Deadlines:
        """The days by which each unit's returns are due."""
        return Deadlines(dates=self.notice.about.dates, extended=self.extensions)

    @property
    def form(self) -> str:
        """Name the form that units fill in, between title marks."""
        return titled(f"{self.notice.about.short_title}任务分解表")


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A letter to a unit: on what occasion, to whom, and about which form, None where the unit gets none."""

    occasion: Occasion
    unit: Unit
    contact: Contact
    form: Form | None = None

    def outgoing(self, what: str, body: str, attachments: Iterable[Attachment], *, about_form: bool = True) -> Outgoing:
        """Give the message: `what` it is stands in its subject, with the form's number where it is about that."""
        number = f",表号{self.form.number}" if self.form and about_form else ""
        subject = f"{self.occasion.mark}{self.occasion.notice.about.short_title}{what}({self.unit.short}{number})"
        return Outgoing(
            to=self.contact.addresses,
            copies=self.contact.copies,
            subject=subject,
            body=body,
            attachments=tuple(attachments),
        )

    def text(self, *parts: Iterable[str]) -> str:
        """Write the letter: the greeting with the unit's full name, the parts with a blank line between them, whom to ask, the close."""
        greeting = (f"{self.occasion.mark}{self.unit.name}:",)
        every = (tuple(part) for part in (greeting, *parts, (self.asking,), closing(self.occasion)))
        return "\n\n".join("\n".join(part) for part in every if part) + "\n"

    @property
    def asking(self) -> str:
        about = self.occasion.notice.about
        phone = f"电话{about.office_phone}" if about.office_phone else ""
        return f"有问题,请问{','.join(filter(None, (about.office, about.office_room, phone)))}。"

    @cached_property
    def brief(self) -> Brief:
        """Give what the unit is asked for."""
        asked = self.occasion.notice.sub_points_of(self.unit.short)
        codes = self.form.shape.sub_points if self.form else ()
        return Brief(
            notice=self.occasion.notice, sub_points=tuple(asked[code] for code in codes), draft=self.occasion.draft
        )

    @property
    def contact_list(self) -> str:
        """Name the form's sheet for contact persons; blank where it has none."""
        list_ = self.occasion.notice.contacts
        names = {sheet.name for sheet in self.form.shape.sheets} if self.form else set()
        return list_.sheet if list_ and list_.sheet in names else ""

    @property
    def what_is_sent(self) -> str:
        """Name what the unit sends: its form, and where the notice asks it for evidence also that."""
        return "任务分解表和台账资料" if self.brief.evidenced else "任务分解表"


def closing(occasion: Occasion) -> tuple[str, ...]:
    """Give the lines at the end: the office, its room and telephone as far as the catalogue has them, and the day."""
    about = occasion.notice.about
    return tuple(filter(None, (about.office, about.office_room, about.office_phone, chinese_date(occasion.day))))


def numbered(lines: Iterable[str]) -> Iterator[str]:
    return (f"{no}. {line}" for no, line in enumerate(lines, 1))


def days_left(due: date, today: date) -> str:
    """Say how a day stands to today: 还有3天, 今天到期, 已经过了2天."""
    left = (due - today).days
    if left > 0:
        return f"还有{left}天"
    return f"已经过了{-left}天" if left else "今天到期"


# How it is filled in -------------------------------------------------------------------------------------------------


def deadlines(to: Addressee) -> Iterator[str]:
    """Give the days of the notice by which something is sent, one on the line of the heading; one that has gone by is said to."""
    today, dates = to.occasion.day, to.occasion.notice.about.dates
    due = {to.what_is_sent: to.occasion.deadlines.of(to.unit.short)}
    if to.contact_list and dates.contacts_due:
        due[to.contact_list] = dates.contacts_due
    lines = [
        f"{what}:{chinese_date(day)}前" + ("(已过,请尽快)" if day < today else "") + "。" for what, day in due.items()
    ]
    if len(lines) == 1:
        yield f"报送期限:{lines[0].partition(':')[2]}"
    else:
        yield from ("报送期限:", *numbered(lines))


def steps(to: Addressee) -> Iterator[str]:
    """Give how the form is filled in and sent, in a few steps."""
    yield "怎样填、怎样报:"
    yield from numbered(filter(None, (_opening(), _filling(to), _saving(), _contacts(to), _evidence(to), _signing(to))))


def _opening() -> str:
    return "把附件先存到电脑上,再用 Excel 或 WPS 打开;上方提示“受保护的视图”的,点“启用编辑”。"


def _filling(to: Addressee) -> str:
    judged = (
        ""
        if to.form is None or not _judged(to.form)
        else (
            f"每行的“校验”写明还差什么、怎样改;“{instructions.NAME}”表上写着“还有N处待填”,填到“{completeness.READY}”为止。"
        )
    )
    return f"只填黄色的格子。{judged}"


def _saving() -> str:
    return "另存为 .xlsx,从收到本邮件的邮箱发回(直接回复本邮件、带上填好的表就行);不要改表名、增删行列或另建文件。"


def _contacts(to: Addressee) -> str:
    """Say how the list of contact persons is handed in, which may be due before the rest."""
    if not (to.contact_list and to.occasion.notice.about.dates.contacts_due):
        return ""
    return f"“{to.contact_list}”是表里的一张,可以先报:先填这一张,把整个表发回;其余的填好以后再发一次,以最后收到的为准。"


def _evidence(to: Addressee) -> str:
    if not to.brief.evidenced:
        return ""
    item = to.occasion.notice.about.words.item
    return f"台账资料放进以{item}序号命名的文件夹(你单位的是{to.brief.folders}),和填好的表压缩在一起,一并发回。"


def _signing(to: Addressee) -> str:
    sheets = to.form.shape.sheets if to.form else ()
    signed = any(sheet.name == tasks.NAME for sheet in sheets)
    return f"打印{tasks.NAME},签字盖章后扫描,也一并发回。" if signed else ""


def _judged(form: Form) -> bool:
    """Say whether the form counts what is still open."""
    states = (
        row.cells.get(completeness.NO)
        for sheet in form.shape.sheets
        for row in sheet.rows
        if row.code == completeness.STATE
    )
    return any(isinstance(content, Computed) for content in states)
