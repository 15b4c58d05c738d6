"""Letters to units that have still to send something: nothing came, it came late, or it went back and has to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.office.post.letters.addressee import Addressee, days_left, steps
from fazhi_xl.reports.filing.returns import due_words
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.timeliness import Timeliness
from fazhi_xl.text.dates import chinese_date

_SUBJECT = "任务分解表催报"
_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\Z")


def missing_letter(to: Addressee, form: Attachment) -> Outgoing:
    """Remind a unit of which nothing came; the form goes with the letter once more."""
    occasion = to.occasion
    due, granted = occasion.deadlines.of(to.unit.short), occasion.extensions.get(to.unit.short)
    number = to.form.number if to.form else ""
    early = granted is not None and occasion.day <= due
    asked = (
        f"{'' if early else '至今'}还没有收到你单位的{occasion.form}{'和台账资料' if to.brief.evidenced else ''}。"
        f"{due_words(occasion.notice, granted)},{days_left(due, occasion.day)}。"
        f"请{'在延期的日期以前' if early else '尽快'}填好发回{occasion.notice.about.office}。"
    )
    again = (
        f"附件“{form.name}”(表号{number})和原来发给你单位的相同:已经填好的,直接发回填好的那一份;"
        "已经发出、我们没有收到的,请告诉我们发出的时间和邮箱。"
    )
    return to.outgoing(_SUBJECT, to.text((asked, again), steps(to)), (form,))


def sent_back_letter(
    to: Addressee, words: str, attachments: Iterable[Attachment], late: str = "", *, only_asked: bool = False
) -> Outgoing:
    """Send back what has to be mended, or where it is `only_asked` what has to be confirmed.

    `words` is the text that was made for it, as the office may have completed it. It bears the day on which it is sent.
    """
    greeting, _, rest = words.removeprefix("\ufeff").replace("\r\n", "\n").partition("\n")
    signed = _SIGNED.sub(chinese_date(to.occasion.day), rest.strip("\n"))
    body = "\n".join((greeting, "", *filter(None, (late,)), signed, ""))
    return to.outgoing(f"{_SUBJECT}:{'请核实' if only_asked else '退回修改'}", body, attachments)


def late_words(round_: Round, unit: str) -> str:
    """Say that a unit's first return came after the deadline, where that is certain; blank otherwise."""
    first: FileResult | None = round_.first_return(unit)
    if first is None or round_.timeliness(unit) is not Timeliness.LATE:
        return ""
    due, more = round_.deadlines.of(unit), unit in round_.extensions
    day, several = chinese_date(first.received), len(round_.files_of(unit)) > 1
    came = f"第一次报来是{day}" if several else f"{day}报来"
    return f"你单位{came},晚于{'延期后' if more else '通知'}的报送期限{chinese_date(due)},请抓紧改好。"
