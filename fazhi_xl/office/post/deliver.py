"""Writes messages as drafts or sends them, each once, and records all of it; one that fails stops none of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.password import Way, password
from fazhi_xl.mail.settings import MailSettings, Security, Server
from fazhi_xl.mail.smtp import Sender
from fazhi_xl.office.post.attempt import Desk, DraftDesk, PostDesk, StoppedError
from fazhi_xl.office.post.drafts import clear_outdated, draft_path
from fazhi_xl.office.post.outcome import Delivered, Done, State
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.post.post_book import write_book
from fazhi_xl.office.post.reach import Aim, Reach
from fazhi_xl.office.post.register import Event, PostRegister, read_register, recording
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.commands import Command

_STILL_DUE = frozenset({State.FAILED, State.LEFT, State.UNSURE, State.RETURNED})
_GONE = frozenset({State.SENT, State.BEFORE})
_NO_ADDRESS = "请在 联系人.xlsx 里填好它的邮箱,再运行一次。"
_UNSURE = "上次发到一半停了,不知道发出没有。请问一下收件单位收到没有;没有收到的,要再发一次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How to deliver: as drafts, or by `smtp`; with `dry_run` nothing is written or sent, with `again` also what was sent before.

    `whole` are the sorts of which the messages at hand, and those `waiting` for the office, are all that are due: any other draft of theirs
    is out of date.
    """

    smtp: bool = False
    dry_run: bool = False
    again: bool = False
    whole: frozenset[Sort] = frozenset()
    waiting: tuple[Dispatch, ...] = ()


def deliver(
    space: Workspace,
    dispatches: Sequence[Dispatch],
    delivery: Delivery,
    settings: MailSettings,
    progress: Progress,
    now: datetime,
) -> Delivered:
    """Deliver the messages of a workspace that is locked. Each that cannot be is told in its place, and what was done is kept.

    Raises WrongUseError where nothing can be begun: the settings have no server or sender, the record cannot be read or written.
    """
    server = _server(settings) if delivery.smtp else None
    if delivery.dry_run:
        return _foretold(read_register(space), dispatches, delivery)
    with recording(space) as record:
        if server is None:
            delivered = _delivered(DraftDesk(space, record, settings, now), dispatches, delivery, progress)
        else:
            _tell_open(server, progress)
            with Sender(server, lambda: password(settings, Way.OUT)) as sender:
                desk = PostDesk(space, record, settings, now, sender)
                delivered = _delivered(desk, dispatches, delivery, progress)
        _clear(space, record.register, delivery, delivered, progress)
        write_book(space, record.register, progress)
    return delivered


def _clear(
    space: Workspace, register: PostRegister, delivery: Delivery, delivered: Delivered, progress: Progress
) -> None:
    """Take away the drafts that are out of date; where that fails, what was delivered stands and that is said."""
    kept = {each.draft for each in delivered.done if each.draft}
    kept |= {draft_path(space, each) for each in delivered.done if each.state in _STILL_DUE}
    kept |= {draft_path(space, each) for each in delivery.waiting}
    sent = {draft_path(space, each) for each in delivered.done if each.state in _GONE}
    try:
        for line in clear_outdated(space, register, sorted(delivery.whole), kept, sent):
            progress.say(line)
    except WrongUseError as error:
        progress.say(*error.parts)


def _server(settings: MailSettings) -> Server:
    if settings.smtp is None or not settings.address:
        what = "发件地址" if settings.smtp else "发信服务器"
        missing = f"还没有填{what},不能发信。请在 联系人.xlsx 的“邮箱设置”里填好,或者不加 "
        raise WrongUseError(missing, Command.SMTP, ",只写草稿。")
    return settings.smtp


def _tell_open(server: Server, progress: Progress) -> None:
    """Say each time that what is sent can be read on its way."""
    if server.security is Security.NONE:
        what = "信和密码" if server.user else "信"
        progress.say(f"和发信服务器 {server.host} 的连接不加密(“邮箱设置”里是这样填的),{what}在路上可能被别人看到。")


def _foretold(register: PostRegister, dispatches: Sequence[Dispatch], delivery: Delivery) -> Delivered:
    reach = Reach(register)
    outlooks = ((each, _outlook(register, reach, each, delivery)) for each in dispatches)
    done = (
        outlook if isinstance(outlook, Done) else Done.of(each, State.PLANNED, missed=outlook.missed)
        for each, outlook in outlooks
    )
    return Delivered(done=tuple(done))


def _delivered(desk: Desk, dispatches: Sequence[Dispatch], delivery: Delivery, progress: Progress) -> Delivered:
    """Deliver one message after the other, until none can be any more."""
    done: list[Done] = []
    stopped: tuple[str, ...] = ()
    register = desk.record.register
    reach = Reach(register)  # of what was before this run, which has each message once
    for dispatch in progress.track(dispatches, desk.what, len(dispatches)):
        outlook = _outlook(register, reach, dispatch, delivery)
        if isinstance(outlook, Aim) and stopped:
            outlook = Done.of(dispatch, State.LEFT)
        try:
            done.append(outlook if isinstance(outlook, Done) else desk.deliver(dispatch, outlook))
        except StoppedError as error:
            done.append(error.done)
            stopped = error.parts
    return Delivered(done=tuple(done), stopped=stopped)


def _outlook(register: PostRegister, reach: Reach, dispatch: Dispatch, delivery: Delivery) -> Done | Aim:
    """Say where a message is to go, or why it is not to be delivered."""
    standing = None if delivery.again else register.standing(dispatch)
    aim, letter = reach.aim(dispatch, again=delivery.again), dispatch.letter
    if standing is Event.UNSURE or (aim.unsure and not aim.to):
        return Done.of(dispatch, State.UNSURE, _UNSURE)
    if standing is Event.SENT:
        return aim if aim.to and delivery.smtp else Done.of(dispatch, State.BEFORE, missed=aim.missed)
    if not letter.to:
        return Done.of(dispatch, State.NO_ADDRESS, _NO_ADDRESS)
    if delivery.smtp and not {*letter.to} & {*aim.to}:
        return Done.of(dispatch, State.RETURNED, missed=aim.missed)
    return aim
