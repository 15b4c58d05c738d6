"""The console's actions by mail: letters to the units, as drafts or after a question by the office's server, and what came in.

They import what they need when they are called: the other actions load none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from fazhi_xl.addin import layout
from fazhi_xl.addin.desk import Desk
from fazhi_xl.addin.host import Row
from fazhi_xl.errors import WrongUseError

if TYPE_CHECKING:
    from fazhi_xl.office.commands.send import Mailing, Sent
    from fazhi_xl.office.post.plan import Sort
    from fazhi_xl.rounds.round import Round

Collected = Callable[[Desk], "Round"]
Send = Callable[["Mailing"], "Sent"]
"""Sends as a mailing says: as a draft, by a server, or only to tell."""


def send(desk: Desk, collected: Collected) -> str:
    """Send what the setting names: the forms that were issued, or what a collect of the round gives."""
    from fazhi_xl.office.commands.send import send_forms  # noqa: PLC0415
    from fazhi_xl.office.post.plan import Sort  # noqa: PLC0415

    sort = _wanted(desk)
    if sort is not Sort.FORM:
        return _of_round(desk, sort, collected)
    if _only_issued(desk):
        return f"已打开 {desk.space.contacts_file}:填好各单位的邮箱和邮箱设置,保存、关闭,再选“发送”。"
    return _sent(desk, lambda mailing: send_forms(desk.notice, desk.space, mailing, desk.units, desk, now=desk.now))


def remind(desk: Desk, collected: Collected) -> str:
    """Remind the units that have still to send something, as a collect finds them."""
    from fazhi_xl.office.post.plan import Sort  # noqa: PLC0415

    return _of_round(desk, Sort.REMINDER, collected)


def receive(desk: Desk) -> None:
    """Read the office's mailbox into the round's own 回收. Raises WrongUseError, also where returns lie elsewhere."""
    from fazhi_xl.office.commands.receive import receive_mail  # noqa: PLC0415

    elsewhere = desk.path(layout.RETURNS)
    if elsewhere and elsewhere.resolve() != desk.space.returns.resolve():
        raise WrongUseError(
            f"收信把邮件放进 {desk.space.returns},“{layout.RETURNS}”写的是别处。请把它清空,再选“收信”。"
        )
    receive_mail(desk.notice, desk.space, desk)


def _of_round(desk: Desk, sort: Sort, collected: Collected) -> str:
    """Collect, where there are contacts to write to, and send. Raises WrongUseError."""
    from fazhi_xl.office.commands.send import mailing, send_of_round  # noqa: PLC0415
    from fazhi_xl.office.post.deliver import Delivery  # noqa: PLC0415

    mailing(desk.space, desk.notice, Delivery())
    round_ = collected(desk)
    return _sent(desk, lambda mailing: send_of_round(round_, desk.space, mailing, (sort,), (), desk, now=desk.now))


def _only_issued(desk: Desk) -> bool:
    """Bring the workbook of contacts up to date; where there was none it is made and opened, to be filled in first."""
    from fazhi_xl.office.commands.send import mailing_by  # noqa: PLC0415
    from fazhi_xl.office.post.deliver import Delivery  # noqa: PLC0415

    file = desk.space.contacts_file
    if mailing_by(file, desk.space, desk.notice, Delivery(), desk, day=desk.now.date()):
        return False
    desk.host.open_book(file)
    return True


def _wanted(desk: Desk) -> Sort:
    """Give the sort that the setting names; forms where it is blank. Raises WrongUseError."""
    from fazhi_xl.office.post.plan import Sort  # noqa: PLC0415

    word = desk.host.setting(layout.SENT) or layout.SENDABLE[0]
    if word not in layout.SENDABLE:
        raise WrongUseError(f"“{layout.SENT}”写的是“{word}”。请在列表里选一项:{'、'.join(layout.SENDABLE)}。")
    return {sort.word: sort for sort in Sort}[word]


def _sent(desk: Desk, carry_out: Send) -> str:
    """Look what is due, ask where it can really be sent, and write the drafts or send."""
    from fazhi_xl.office.commands.send import mailing  # noqa: PLC0415
    from fazhi_xl.office.post.deliver import Delivery  # noqa: PLC0415
    from fazhi_xl.office.post.outcome import State  # noqa: PLC0415

    space, notice = desk.space, desk.notice
    plan = mailing(space, notice, Delivery(dry_run=True))
    ready = [each for each in carry_out(plan).delivered.done if each.state is State.PLANNED]
    smtp = bool(ready) and _really(desk, plan, [each.unit for each in ready])
    sent = carry_out(mailing(space, notice, Delivery(smtp=smtp)))
    desk.show(layout.FINDINGS, _left(sent))
    drafts = "" if smtp or not sent.delivered.done else f"\n草稿在 {space.mail},用邮件程序打开,看过再发。"
    return "\n".join(sent.lines) + drafts


def _really(desk: Desk, plan: Mailing, units: list[str]) -> bool:
    """Ask whether to send by the server, where there is one and the round is no rehearsal."""
    from fazhi_xl.office.commands.send import is_rehearsal  # noqa: PLC0415

    server = plan.settings.smtp
    if server is None or is_rehearsal(desk.space):
        return False
    named = "、".join(units[:_NAMED]) + (f"等{len(units)}家" if len(units) > _NAMED else "")
    return desk.host.ask(
        f"现在就通过 {server.host} 发出{len(units)}封信吗?收件单位:{named}。选“否”,只写成草稿,看过再发。"
    )


_NAMED = 6


def _left(sent: Sent) -> Iterator[Row]:
    """List what was not sent."""
    not_sent: Iterable[dict[str, str]] = sent.as_json["not_sent"]
    for each in not_sent:
        yield ["没有发", None, None, each["unit"], each["why"]]
    for done in sent.delivered.done:
        if not done.well:
            yield [done.state.word, None, None, done.unit, "".join((done.answer, *done.missing))]
