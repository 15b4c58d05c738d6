"""What a receipt says, as one value: the page and the mail take it from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fazhi_xl.answers.read import value_text
from fazhi_xl.findings import Actor, Code, Finding, Topic
from fazhi_xl.findings.catalogue import OF_ORIGIN
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.points import Hundredths
from fazhi_xl.reports.filing.finding_lines import grouped
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.replies import FRONT_SHEET, REPLY_COLUMN
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status, status_of
from fazhi_xl.rounds.timeliness import Timeliness
from fazhi_xl.scoring.from_answers import claimed_bonus, sub_point_scores
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.identity_numbers import without_identity_numbers
from fazhi_xl.text.one_line import one_line

ACCEPTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_NOTES})
"""What a return is that has a receipt: what went back has a letter of its own, and of what was superseded the later one speaks."""
_BASES: Mapping[DayBasis, str] = {
    DayBasis.SERVER: "邮件服务器收到的时间",
    DayBasis.MAIL: "邮件的时间",
    DayBasis.FOLDER: "办公室存放来件的文件夹上写的日期",
    DayBasis.FILE: "按文件时间推定,由办公室确认",
    DayBasis.CORRECTED: "办公室更正的日期",
    DayBasis.CONFIRMED: "办公室确认的日期",
}
"""What the day of receipt rests on, in words for a unit."""
_SHOWN_OF_SHA = 16  # characters by which an earlier return is told from others
CHECKING = (
    '核对:在存放这个文件的文件夹里打开命令提示符,输入 certutil -hashfile "文件名" SHA256 ,'
    "显示的一串应与上面的 SHA-256 相同,大小写不论。"
)
"""How a unit checks, on Windows, that the office has the very file that it sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemScore:
    """What counts of an item: its number and name, the points that it may bring, the computed and the self-score.

    A score is None where there is none: what the office's values score is not scored yet, and a notice may want no self-scores.
    """

    no: int
    name: str
    points: Hundredths
    auto: Hundredths | None
    self_score: Hundredths | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a unit is asked about its return: a heading, how to answer, and the questions, each in one line."""

    heading: str
    how: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCount:
    """How many documents the return lists, and how many files of evidence came."""

    listed: int
    there: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """All that a receipt says of a return but the day on which it is written.

    `no` counts the unit's returns that somebody filled in; `before` is the one that this one took the place of, in words. `inputs`
    are the answers that were read, `rewritten` what was read otherwise than typed, in lines. Of files that do not count, `same` say
    the same, `uncounted` do not. `due`, `corrections` and `objections` are the unit's days.
    """

    unit: Unit
    number: str
    no: int
    came: str
    basis: str
    in_time: str
    file: str
    sha256: str
    sender: str
    inputs: int
    items: tuple[ItemScore, ...]
    self_scored: bool
    bonus: Hundredths | None
    evidence: EvidenceCount | None
    rewritten: tuple[str, ...]
    asked: tuple[Asked, ...]
    same: int
    uncounted: int
    before: str
    unconfirmed: bool
    due: date
    corrections: date | None
    objections: date
    more_time: str

    @property
    def points(self) -> Hundredths:
        return sum(item.points for item in self.items)

    @property
    def auto(self) -> Hundredths | None:
        return _sum(item.auto for item in self.items)

    @property
    def self_score(self) -> Hundredths | None:
        return _sum(item.self_score for item in self.items)

    @property
    def called(self) -> str:
        """Call the receipt by its number: 第2号."""
        return f"第{self.no}号"


def accepted(round_: Round, unit: str) -> FileResult | None:
    """Give the return of a unit that has a receipt; None where it has none."""
    file = round_.file_of(unit)
    return file if file and file.status in ACCEPTED else None


def receipt(round_: Round, unit: Unit, file: FileResult, number: str, others: OtherUnits) -> Receipt:
    """Say what a receipt says of a return that counts. `number` is that of the unit's form."""
    notice, own = round_.notice, round_.files_of(unit.short)
    others_came = [each.status for each in own if not each.counts and each.status is not Status.IGNORED]
    same = sum(status is Status.DUPLICATE for status in others_came)
    earlier = _earlier(own)
    granted = round_.extensions.get(unit.short)
    due = round_.deadlines
    return Receipt(
        unit=unit,
        number=number,
        no=1 + len(earlier),
        came=f"{chinese_date(file.received)} {file.time:%H:%M}" if file.time else chinese_date(file.received),
        basis=_BASES.get(file.basis, file.basis.value),
        in_time=_in_time(round_, file, unit.short),
        file=without_identity_numbers(file.name),
        sha256=file.sha256,
        sender=file.sender,
        inputs=sum(value is not None for value in file.answers.values.values()) if file.answers else 0,
        items=tuple(_items(notice, file)),
        self_scored=notice.about.scoring.self_score,
        bonus=claimed_bonus(file.answers) if notice.bonus and file.answers else None,
        evidence=_evidence(round_, unit, file),
        rewritten=tuple(others.hidden(line, unit.short) for line in _rewritten(file)),
        asked=tuple(_asked(file, others, unit.short)),
        same=same,
        uncounted=len(others_came) - same,
        before=_replaced(earlier),
        unconfirmed=unconfirmed(file),
        due=due.of(unit.short),
        corrections=due.corrections(unit.short),
        objections=due.objections(unit.short),
        more_time=f"经批准延期至{chinese_date(granted.day)}" if granted else "",
    )


def unconfirmed(file: FileResult) -> bool:
    """Say whether the office has still to make sure who sent a file."""
    return any(each.code in OF_ORIGIN and each.code.actor is Actor.OFFICE for each in file.findings)


def to_confirm(file: FileResult) -> tuple[Finding, ...]:
    """Give what the unit has to confirm of a return."""
    return file.asked


def until(known: Receipt, day: date) -> str:
    """Say until when the return can be replaced, on the day of the receipt."""
    later = known.corrections if known.corrections and known.corrections > known.due else None
    if day <= known.due:
        more = f";那以后到{chinese_date(later)}为止,确有差错要更正的再发一次,作为补报" if later else ""
        return f"要更换的,请在{chinese_date(known.due)}以前把整个表再发一次,以最后收到的为准{more}。"
    if known.corrections and day <= known.corrections:
        return f"报送期限已过。确有差错要更正的,请在{chinese_date(known.corrections)}以前把整个表再发一次,作为补报。"
    return "报送期限已过。确有差错要更正的,请先和我们联系。"


def objecting(known: Receipt, day: date) -> str:
    """Say until when the unit says what is wrong with its receipt; a day that has gone by is named to nobody."""
    by = f"在{chinese_date(known.objections)}以前" if day <= known.objections else "尽快"
    return f"对本回执写的有异议的,请{by}告诉我们。"


NOTE = "本回执只说明表已收到、可以使用,不表示审核通过;得分以审核核定的为准。"


def counted_words(known: Receipt) -> str:
    """Say what counts and what else came, in one sentence without its end."""
    told = (
        f"内容相同的另有{known.same}份" if known.same else "",
        f"没有计入的另有{known.uncounted}份" if known.uncounted else "",
    )
    return f"以这一份为准,读出填报内容{known.inputs}处{''.join(f';{each}' for each in told if each)}"


def evidence_words(known: Receipt) -> str:
    """Say how much evidence is listed and came; blank where the notice asks for none."""
    if known.evidence is None:
        return ""
    listed, there = known.evidence.listed, known.evidence.there
    none = ";请把台账目录列出的材料发来,已经另外报送的不用再报" if listed and not there else ""
    return f"台账目录列有{listed}份,收到的材料{there}个文件{none}"


# The return -----------------------------------------------------------------------------------------------------------


def _earlier(files: Iterable[FileResult]) -> list[FileResult]:
    """Give the unit's returns that somebody filled in and that a later one took the place of, the first first."""
    found = [each for each in files if each.status is Status.SUPERSEDED and each.usable]
    return sorted(found, key=lambda each: (each.received, str(each.time or ""), each.path))


def _replaced(earlier: list[FileResult]) -> str:
    """Say which return this one took the place of, and what becomes of receipts given before; blank where there was none.

    The number of a return that went back is no receipt's.
    """
    if not earlier:
        return ""
    last = earlier[-1]
    given = [str(no) for no, each in enumerate(earlier, 1) if _in_order(each)]
    void = f"以前发过第{'、'.join(given)}号回执的,作废," if given else ""
    return (
        f"这是第{len(earlier) + 1}次报送,替代{chinese_date(last.received)}收到的“{without_identity_numbers(last.name)}”"
        f"(校验值前{_SHOWN_OF_SHA}位 {last.sha256[:_SHOWN_OF_SHA]});{void}以本回执为准"
    )


def _in_order(file: FileResult) -> bool:
    """Say whether a return went without a letter back, so that it had a receipt of its own while it was the last."""
    found = (*file.findings, *(file.answers.findings if file.answers else ()))
    return status_of(found) in ACCEPTED


def _in_time(round_: Round, file: FileResult, unit: str) -> str:
    """Say whether the unit's first return, which may be this one, was in time; nothing while that is presumed."""
    first, more = round_.first_return(unit), "(经批准延期)" if unit in round_.extensions else ""
    match round_.timeliness(unit):
        case Timeliness.ON_TIME:
            needed = first is not None and first.received > round_.notice.about.dates.ledger_due
            return f"按时{more if needed else ''}"
        case Timeliness.LATE:
            before = f"第一次报来是{chinese_date(first.received)}," if first and first is not file else ""
            return f"{before}晚于报送期限{more}"
        case _:
            return ""


def _items(notice: Notice, file: FileResult) -> Iterator[ItemScore]:
    """Give what counts of the form, item by item, as it was returned: no decision of the office is in it."""
    if file.answers is None:
        return
    scores = [*sub_point_scores(notice, file.answers)]
    for item in notice.items:
        codes = {sub.code for sub in item.sub_points}
        own = [score for score in scores if score.code in codes]
        if own:
            yield ItemScore(
                no=item.no,
                name=item.name,
                points=sum(score.points for score in own),
                auto=_sum(score.auto for score in own),
                self_score=_sum(score.self_score for score in own) if notice.about.scoring.self_score else None,
            )


def _sum(points: Iterable[Hundredths | None]) -> Hundredths | None:
    known = [each for each in points if each is not None]
    return sum(known) if known else None


def _evidence(round_: Round, unit: Unit, file: FileResult) -> EvidenceCount | None:
    if file.answers is None:
        return None
    asked = round_.notice.sub_points_of(unit.short)
    codes = [code for code in file.answers.shape.sub_points if code in asked]
    if not Brief(notice=round_.notice, sub_points=tuple(asked[code] for code in codes)).evidenced:
        return None
    there = sum(each.evidence is not None and each.evidence.unit == unit.short for each in round_.files)
    return EvidenceCount(listed=len(file.documents), there=there)


def _rewritten(file: FileResult) -> Iterator[str]:
    """Give what was read otherwise than it was typed, value by value: 任务分解表 D7:“３”读作“3”."""
    for each in file.findings:
        if each.code.topic is Topic.NORMALISED and file.answers and each.place.field:
            now = one_line(str(value_text(file.answers.values.get(each.place.field))))
            where = " ".join(filter(None, (each.place.sheet, each.place.cell)))
            yield f"{where}({each.place.field}):{_read_as(each, now)}"


def _read_as(each: Finding, now: str) -> str:
    if each.code is Code.VALUE_FROM_FORMULA:
        return f"公式算得“{now}”"
    typed = one_line(str(each.shown_value))
    return f"“{typed}”读作“{now}”" if typed != now else f"“{now}”,去掉了空格等看不见的字符"


def _asked(file: FileResult, others: OtherUnits, unit: str) -> Iterator[Asked]:
    """Give what is asked of the unit. Whatever else may be asked of a return that was accepted is one more of these."""
    if findings := to_confirm(file):
        yield Asked(
            heading=f"请核实({len(findings)}处)",
            how=f"带“{FRONT_SHEET}”的表另行发给你单位,请在“{REPLY_COLUMN}”里逐处答复;有误的改好,把整个表再发一次。",
            lines=tuple(others.hidden(one_line(line.with_place), unit) for line in grouped(findings)),
        )
    if answered := [each for each in file.findings if each.answered]:
        yield Asked(
            heading=f"已答复({len(answered)}处)",
            how="已经登记,不再问。",
            lines=tuple(others.hidden(one_line(line.with_place), unit) for line in grouped(answered)),
        )
