"""Sending: what is due to the units, as drafts or by the office's mail server, and what of it was not sent and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.mail.message import Outgoing
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.issue import find_unit
from fazhi_xl.office.commands.summary import open_lines
from fazhi_xl.office.contacts.issue import located, prepare
from fazhi_xl.office.contacts.read import faults_told, open_contacts
from fazhi_xl.office.post.deliver import Delivery, deliver
from fazhi_xl.office.post.due import (
    Desk,
    Due,
    bulletin_due,
    feedback_due,
    forms_due,
    receipts_due,
    reminders_due,
)
from fazhi_xl.office.post.letters.addressee import Occasion
from fazhi_xl.office.post.outcome import Delivered, Done
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.returns.receipt_register import read_register
from fazhi_xl.office.workspace.folder import Json, Workspace
from fazhi_xl.office.workspace.issued_round import IssuedRound, issued_round
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.commands import Command

ASKED_FOR = (Sort.FEEDBACK, Sort.BULLETIN, Sort.RECEIPT)
"""What is sent where it is named; forms and reminders have orders of their own."""
OF_RESULT = frozenset({Sort.FEEDBACK, Sort.BULLETIN})  # only once the ranking is official
_NOTHING_TO_SCORE = "还没有收到可以计分的表。"
_EARLY = "要等排名是正式的才发"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """The office's mail: the contacts of the round, how its servers are reached, and how this time is delivered."""

    contacts: Contacts
    settings: MailSettings
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was due, and what became of it; `held` is what the office has to complete before it can be sent.

    `early` are the results that were asked for and are not official, `undecided` what keeps them from it, in lines.
    """

    dues: tuple[Due, ...]
    held: tuple[Due, ...]
    delivered: Delivered
    early: tuple[Sort, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Say whether all that was due was sent, or stands as a draft."""
        return not (self.held or self.early) and self.delivered.complete and all(each.dispatch for each in self.dues)

    @property
    def lines(self) -> Iterator[str]:
        """Say what was done, then what was not, with what to do."""
        if not (self.dues or self.early):
            yield "没有要发的信。"
        yield from self.delivered.lines
        yield from _grouped(each for each in self.dues if not each.dispatch)
        yield from _waiting(self.dues, self.held)
        yield from self._too_early()

    def _too_early(self) -> Iterator[str]:
        if self.early:
            words = "、".join(sort.word for sort in self.early)
            yield f"{words}{_EARLY},这次没有发。还没有定的,在审核表里定好,再收一次表:"
            yield from (f"  {line}" for line in self.undecided)

    @property
    def as_json(self) -> Json:
        left = [each for each in self.dues if not each.dispatch]
        made = {_key(each.dispatch): each.dispatch for each in self.dues if each.dispatch}
        return {
            **self.delivered.as_json,
            "messages": [{**each.as_json, **_message(made[_key(each)].letter)} for each in self.delivered.done],
            "not_sent": [
                {"sort": each.sort.value, "unit": each.unit, "why": each.why_not or each.blank}
                for each in (*left, *self.held)
            ]
            + [{"sort": sort.value, "unit": "", "why": _EARLY} for sort in self.early],
        }


def _key(each: Dispatch | Done) -> tuple[Sort, str, str]:
    return each.sort, each.unit, each.key


def _message(message: Outgoing) -> Json:
    """Give what other programs are told of a message."""
    attachments = [{"name": each.name, "size": len(each.data)} for each in message.attachments]
    return {
        "to": list(message.to),
        "copies": list(message.copies),
        "subject": message.subject,
        "attachments": attachments,
    }


def _grouped(left: Iterable[Due]) -> Iterator[str]:
    """Name the units that cannot get a letter, those together that cannot for the same reason."""
    reasons: dict[tuple[Sort, str], list[str]] = {}
    for each in left:
        reasons.setdefault((each.sort, each.why_not), []).append(each.unit)
    for (sort, why), units in reasons.items():
        yield f"{sort.word}没有发给{len(units)}家:{'、'.join(units)}({why})。"


def _waiting(dues: Iterable[Due], held: tuple[Due, ...]) -> Iterator[str]:
    """Name what is still to be filled in, of letters that were held back and of drafts."""
    reasons: dict[tuple[bool, str], list[str]] = {}
    for each in dues:
        if each.blank:
            reasons.setdefault((each in held, each.blank), []).append(each.unit)
    for (back, blank), units in reasons.items():
        then = "没有发出,办好再运行一次" if back else "草稿写了,发出前请先办好"
        yield f"{then}({len(units)}家:{'、'.join(units)}):{blank}。"


def mailing(space: Workspace, notice: Notice, delivery: Delivery) -> Mailing:
    """Read the round's contacts and settings. Raises WrongUseError where there are none, they cannot be read, or for a rehearsal."""
    if delivery.smtp and is_rehearsal(space):
        raise WrongUseError("这一轮是演练,演练的信只写成草稿,不真的发出。请去掉 ", Command.SMTP, "。")
    if not space.contacts_file.exists():
        raise WrongUseError(
            f"没有 {space.contacts_file},不知道发给谁。请先运行 ", Command.ISSUE_CONTACTS, ",填好邮箱。"
        )
    book = open_contacts(space.contacts_file, notice).book
    return Mailing(contacts=book.contacts, settings=book.settings, delivery=delivery)


def mailing_by(
    file: Path, space: Workspace, notice: Notice, delivery: Delivery, progress: Progress, *, day: date
) -> Mailing | None:
    """Take the contacts out of a file, which becomes the round's own; None where they were only issued.

    A dry run only tells the file's faults.
    Raises WrongUseError where nothing was issued, the file is not there or cannot be read, or for a rehearsal.
    """
    space.issued_campaign()
    if delivery.dry_run:
        named = located(space, file)
        book = open_contacts(named, notice).book
        for line in faults_told(book):
            progress.say(f"{named.name} {line}")
        return Mailing(contacts=book.contacts, settings=book.settings, delivery=delivery)
    with locked(space, "发信", progress) as alive:
        issued = prepare(space, notice, file, alive, day=day).issued
    return None if issued else mailing(space, notice, delivery)


def is_rehearsal(space: Workspace) -> bool:
    """Say whether the round is a rehearsal, whose letters are not sent. Raises WrongUseError where nothing was issued."""
    return Edition.of_record(space.issued_campaign()).rehearsal


def send_forms(
    notice: Notice, space: Workspace, mailing: Mailing, units: Iterable[str], progress: Progress, *, now: datetime
) -> Sent:
    """Send the forms that were issued, to the units named or all of them. Raises WrongUseError where none were, or for wrong use."""
    issued = issued_round(notice, space)
    register = read_register(space, notice, progress)
    desk = _desk(issued, mailing, register.extensions.granted, now)
    wanted = named_units(notice, units) or desk.forms
    return _sent(space, tuple(forms_due(desk, wanted)), mailing, progress, now)


def named_units(notice: Notice, names: Iterable[str]) -> tuple[str, ...]:
    """Give the short names of the units that are named, each once. Raises WrongUseError for a name of none."""
    return tuple(dict.fromkeys(find_unit(notice, name) for name in names))


def send_of_round(  # noqa: PLR0913 - what is sent, to whom, and how
    round_: Round,
    space: Workspace,
    mailing: Mailing,
    sorts: Iterable[Sort],
    units: Iterable[str],
    progress: Progress,
    *,
    now: datetime,
) -> Sent:
    """Send what is due by a round that was just collected, to the units named or all.

    A result that is not official is held back, whatever else is sent. Raises WrongUseError.
    """
    asked = tuple(dict.fromkeys(sorts))
    early = tuple(sort for sort in asked if sort in OF_RESULT and not round_.official)
    wanted = tuple(sort for sort in asked if sort not in early)
    desk = _desk(issued_round(round_.notice, space), mailing, round_.extensions, now)
    only = named_units(round_.notice, units)
    dues = tuple(due for sort in wanted for due in _due(sort, desk, round_) if not only or due.unit in only)
    # A reminder's draft of another day would go to a unit that has returned since.
    whole = replace(mailing.delivery, whole=frozenset() if only else frozenset(wanted) & {Sort.REMINDER})
    sent = _sent(space, dues, replace(mailing, delivery=whole), progress, now)
    return (
        replace(sent, early=early, undecided=tuple(open_lines(round_.open)) or (_NOTHING_TO_SCORE,)) if early else sent
    )


def _due(sort: Sort, desk: Desk, round_: Round) -> Iterator[Due]:
    match sort:
        case Sort.REMINDER:
            return reminders_due(desk, round_)
        case Sort.RECEIPT:
            return receipts_due(desk, round_)
        case Sort.FEEDBACK:
            return feedback_due(desk, round_)
        case Sort.BULLETIN:
            return bulletin_due(desk)
        case Sort.FORM:
            return forms_due(desk, (unit.unit for unit in round_.due))


def _desk(issued: IssuedRound, mailing: Mailing, extensions: Mapping[str, Extension], now: datetime) -> Desk:
    mark, draft = REHEARSAL_MARK if issued.edition.rehearsal else "", issued.edition.draft
    occasion = Occasion(notice=issued.notice, day=now.date(), mark=mark, draft=draft, extensions=extensions)
    recorded = [unit["unit"] for unit in issued.space.issued_campaign()["units"]]
    forms = {
        unit: issued.form_of[unit] for unit in recorded
    }  # what lies there of another unit is of an earlier edition
    return Desk(space=issued.space, occasion=occasion, contacts=mailing.contacts, forms=forms)


def _sent(space: Workspace, dues: tuple[Due, ...], mailing: Mailing, progress: Progress, now: datetime) -> Sent:
    """Deliver what can be: by a server only what is complete."""
    held = tuple(each for each in dues if each.blank and each.dispatch and mailing.delivery.smtp)
    ready = [each.dispatch for each in dues if each.dispatch and each not in held]
    own = replace(mailing.delivery, waiting=tuple(each.dispatch for each in held if each.dispatch))
    with locked(space, "发信", progress) as alive:
        delivered = deliver(space, ready, own, mailing.settings, alive, now)
    return Sent(dues=dues, held=held, delivered=delivered)
