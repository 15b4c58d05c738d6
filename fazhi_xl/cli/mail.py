"""What the commands do by mail, a function for each option: each gives the exit status.

The functions import what they need when they are called: a plain build or collect loads none of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, show, show_json
from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command
from fazhi_xl.text.measure import width

if TYPE_CHECKING:
    from fazhi_xl.notice.model import Notice
    from fazhi_xl.office.commands.send import Sent
    from fazhi_xl.office.post.deliver import Delivery
    from fazhi_xl.office.post.plan import Sort
    from fazhi_xl.rounds.round import Round

SMTP_HELP = "通过办公室的邮件服务器真的发出去;不写就只写草稿,由人打开看过再发。"
DRY_RUN_HELP = "只列出发给谁、什么主题、什么附件,不写草稿,也不发信。"
_PANEL = "发给单位"
AGAIN_HELP = "以前已经发过的也再发一次;不写就不重复发。"


Imap = Annotated[
    bool,
    typer.Option(
        "--imap",
        rich_help_panel="收表",
        help="先从办公室的邮箱收取新邮件,放进 DIR/回收,再收表;不改动邮箱。邮箱在联系人工作簿的“邮箱设置”里填。",
    ),
]


class What(StrEnum):
    """What --send takes, as the office calls it."""

    FEEDBACK = "反馈单"
    BULLETIN = "通报"
    RECEIPT = "回执"


Remind = Annotated[
    bool,
    typer.Option(
        "--remind",
        rich_help_panel=_PANEL,
        help="收完表,给没有报、退回修改的单位写催报的邮件草稿,附上要填、要改的表;同一单位一天最多一封。",
    ),
]
Send = Annotated[
    list[What] | None,
    typer.Option(
        "--send",
        metavar="|".join(What),
        rich_help_panel=_PANEL,
        help="收完表,把它写成邮件草稿给各单位;可写几次。反馈单、通报要等排名是正式的。",
    ),
]
PostUnits = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="名称", rich_help_panel=_PANEL, help="只写给这个单位;可写几次。"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOrder:
    """What is to be sent of a round that is collected, to the units named or all, and how: as drafts, or by `smtp`.

    With `dry_run` it is only told, with `again` also what was sent before.
    """

    remind: bool = False
    send: tuple[What, ...] = ()
    units: tuple[str, ...] = ()
    smtp: bool = False
    dry_run: bool = False
    again: bool = False

    def __bool__(self) -> bool:
        """Say whether anything is to be sent."""
        return self.remind or bool(self.send)

    @property
    def delivery(self) -> Delivery:
        from fazhi_xl.office.post.deliver import Delivery  # noqa: PLC0415

        return Delivery(smtp=self.smtp, dry_run=self.dry_run, again=self.again)

    @property
    def sorts(self) -> tuple[Sort, ...]:
        from fazhi_xl.office.post.plan import Sort  # noqa: PLC0415

        words = {sort.word: sort for sort in Sort}
        return (*((Sort.REMINDER,) if self.remind else ()), *(words[each.value] for each in self.send))


def send_issued(  # noqa: PLR0913 - one parameter per option
    file: Path,
    campaign: str | None,
    space: Workspace,
    units: Sequence[str],
    order: PostOrder,
    terminal: Terminal,
    *,
    as_json: bool,
    now: datetime,
) -> int:
    """Carry out --mail: issue the workbook of contacts, or take it over and send the forms that were issued."""
    from fazhi_xl.office.commands.send import mailing_by, send_forms  # noqa: PLC0415

    notice = issued_campaign(space, campaign)
    own = mailing_by(file, space, notice, order.delivery, terminal, day=now.date())
    if own is None:
        if as_json:
            show_json({"path": str(space.contacts_file)})
        return DONE
    sent = send_forms(notice, space, own, units, terminal, now=now)
    if as_json:
        show_json(sent.as_json)
    tell_sent(sent, space, order, terminal, as_json=as_json)
    return DONE if sent.complete else ATTENTION


def refuse_early(space: Workspace, order: PostOrder, notice: Notice) -> None:
    """Raise WrongUseError before a round is collected, where nothing of it could be sent, or a unit named is none."""
    from fazhi_xl.office.commands.send import mailing, named_units  # noqa: PLC0415

    named_units(notice, order.units)
    mailing(space, notice, order.delivery)


def send_collected(round_: Round, space: Workspace, order: PostOrder, terminal: Terminal, *, now: datetime) -> Sent:
    """Carry out --remind and --send with a round that was just collected. Raises WrongUseError where nothing may be sent."""
    from fazhi_xl.office.commands.send import mailing, send_of_round  # noqa: PLC0415

    own = mailing(space, round_.notice, order.delivery)
    return send_of_round(round_, space, own, order.sorts, order.units, terminal, now=now)


def tell_sent(sent: Sent, space: Workspace, order: PostOrder, terminal: Terminal, *, as_json: bool) -> None:
    """Say what became of all letters; of a dry run who would get what, as a table."""
    if order.dry_run and not as_json:
        show(*_table(sent))
    for line in sent.lines:
        terminal.say(line)
    if sent.delivered.unsure:
        only = " ".join(f"--unit {unit}" for unit in sent.delivered.unsure)
        terminal.say(f"不知道发出没有的,不会自动再发:收件单位没有收到的,加 {only} {Command.AGAIN} 再发一次。")
    if sent.delivered.returned:
        only = " ".join(f"--unit {unit}" for unit in dict.fromkeys(sent.delivered.returned))
        terminal.say(f"退过信的地址没有错、要照样再发的,加 {only} {Command.AGAIN}。")
    if order.dry_run:
        terminal.say("只是列出来看,没有写草稿,也没有发信。")
    elif sent.delivered.done:
        drafted = any(each.draft for each in sent.delivered.done)
        terminal.say(f"发信的记录:{space.mail}" + (";草稿也在这里,用邮件程序打开,看过再发。" if drafted else ""))


# Who gets what -------------------------------------------------------------------------------------------------------

_HEADS = ("单位", "种类", "怎样", "收件人", "附件", "主题")


def _table(sent: Sent) -> Iterator[str]:
    """Give a line for each letter that is due, in columns as wide as they need."""
    rows = [_HEADS, *map(tuple, _rows(sent))]
    rooms = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(text + " " * (room - width(text)) for text, room in zip(row, rooms, strict=True)).rstrip()


def _rows(sent: Sent) -> Iterator[Sequence[str]]:
    states = {(each.sort, each.unit): each.state.word for each in sent.delivered.done}
    for each in sent.dues:
        message = each.dispatch.letter if each.dispatch else None
        how = each.why_not or (f"先办好:{each.blank}" if each in sent.held else states[each.sort, each.unit])
        if message is None:
            yield each.unit, each.sort.word, how, "", "", ""
            continue
        copies = f"(抄送{'、'.join(message.copies)})" if message.copies else ""
        files = "、".join(f"{file.name}({ceil(len(file.data) / 1024)} KB)" for file in message.attachments)
        yield each.unit, each.sort.word, how, "、".join(message.to) + copies, files, message.subject


# Receiving -----------------------------------------------------------------------------------------------------------


def receive_first(space: Workspace, campaign: str | None, terminal: Terminal) -> None:
    """Carry out --imap: fetch what is new in the office's mailbox, before the round is collected. Raises WrongUseError."""
    from fazhi_xl.office.commands.receive import receive_mail  # noqa: PLC0415

    receive_mail(issued_campaign(space, campaign), space, terminal)
