"""The receipt for a return that was accepted: when it came, which file, what counts, what is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.findings import Actor, Finding, Severity
from fazhi_xl.mail.message import Outgoing
from fazhi_xl.office.post.letters.addressee import Addressee, numbered
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.timeliness import Timeliness
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import one_line

_BASES = {
    DayBasis.SERVER: "邮件服务器收到的时间",
    DayBasis.MAIL: "邮件的时间",
    DayBasis.FOLDER: "办公室登记的日期",
    DayBasis.FILE: "按文件时间推定,由办公室确认",
    DayBasis.CORRECTED: "办公室更正的日期",
    DayBasis.CONFIRMED: "办公室确认的日期",
}
"""What the day of receipt rests on, in words for a unit."""


def receipt_letter(to: Addressee, round_: Round, file: FileResult, others: OtherUnits) -> Outgoing:
    """Confirm a return that counts."""
    opening = f"你单位报送的{to.occasion.form}已经收到,特此回执。"
    note = "本回执只说明表已收到、可以使用,不表示审核通过;得分以审核核定的为准。"
    facts = numbered(_facts(to, round_, file))
    asked = _asked(file, others, to.unit.short)
    body = to.text((opening,), facts, asked, (_until(to), note))
    return to.outgoing("任务分解表回执", body, ())


def to_confirm(file: FileResult) -> tuple[Finding, ...]:
    """Give what the unit has to confirm of a return."""
    return tuple(each for each in file.findings if each.severity is Severity.CONFIRM and file.actor(each) is Actor.UNIT)


def _facts(to: Addressee, round_: Round, file: FileResult) -> Iterator[str]:
    unit = to.unit.short
    yield f"收到的文件:{file.name}"
    yield f"文件的校验值(SHA-256):{file.sha256}"
    if file.sender:
        yield f"来信邮箱:{file.sender}"
    came = f"{chinese_date(file.received)} {file.time:%H:%M}" if file.time else chinese_date(file.received)
    yield f"收到时间:{came}({_BASES.get(file.basis, file.basis.value)}){_in_time(round_, file, unit)}"
    own = round_.files_of(unit)
    counted = sum(value is not None for value in file.answers.values.values()) if file.answers else 0
    yield f"计入:以这一份为准,读出填报内容{counted}处{_not_counted(own)}"
    if to.brief.evidenced:
        listed, there = (
            len(file.documents),
            sum(each.evidence is not None and each.evidence.unit == unit for each in round_.files),
        )
        none = ";请把台账目录列出的材料发来,已经另外报送的不用再报" if listed and not there else ""
        yield f"台账目录列有{listed}份,收到的材料{there}个文件{none}"


def _in_time(round_: Round, file: FileResult, unit: str) -> str:
    """Say whether the unit's first return, which may be this one, was in time; nothing while that is presumed."""
    match round_.timeliness(unit):
        case Timeliness.ON_TIME:
            return ",按时"
        case Timeliness.LATE:
            first = round_.first_return(unit)
            before = f",第一次报来是{chinese_date(first.received)}" if first and first is not file else ""
            return f"{before},晚于报送期限"
        case _:
            return ""


def _not_counted(files: Iterable[FileResult]) -> str:
    """Say how many other files of the unit's there are that do not count."""
    others = [file.status for file in files if not file.counts and file.status is not Status.IGNORED]
    same = sum(status is Status.DUPLICATE for status in others)
    told = (
        f"内容相同的另有{same}份" if same else "",
        f"没有计入的另有{len(others) - same}份" if len(others) > same else "",
    )
    return "".join(f";{each}" for each in told if each)


def _asked(file: FileResult, others: OtherUnits, unit: str) -> Iterator[str]:
    findings = to_confirm(file)
    if findings:
        yield f"请核实({len(findings)}处):无误的不用改,回复说明一声;有误的,改好把整个表再发一次。"
        yield from numbered(others.hidden(one_line(line.with_place), unit) for line in grouped(findings))


def _until(to: Addressee) -> str:
    """Say until when the return can be replaced."""
    dates, today = to.occasion.notice.about.dates, to.occasion.day
    if today <= dates.ledger_due:
        return f"要更换的,请在{chinese_date(dates.ledger_due)}以前把整个表再发一次,以最后收到的为准。"
    if dates.corrections_due and today <= dates.corrections_due:
        return (
            f"报送期限已过。确有差错要更正的,请在{chinese_date(dates.corrections_due)}以前把整个表再发一次,作为补报。"
        )
    return "报送期限已过。确有差错要更正的,请先和我们联系。"
