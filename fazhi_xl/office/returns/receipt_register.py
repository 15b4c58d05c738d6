"""收到登记.xlsx, as the office filled it in: the day of receipt and whether a file is excluded, by SHA-256; and who has more time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from fazhi_xl.answers.content_code import read_code
from fazhi_xl.answers.normalise import normalise
from fazhi_xl.disk import is_open_elsewhere
from fazhi_xl.form.model import Field
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.extensions import Extensions, read_extensions
from fazhi_xl.office.returns.time_of_day import timed
from fazhi_xl.office.returns.titled_rows import NOTHING, TitledRow, TitledTable, titled_tables
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.filing.receipt_names import (
    ACTION,
    ACTIONS,
    AFTER_ALL,
    ALL_RIGHT,
    BASIS,
    CONTENT,
    DAY,
    DAY_RIGHT,
    FILES,
    NOT_USED,
    PAPER,
    REASON,
    RECEIVED,
    REGISTER_FILE,
    SHA256,
    UNIT,
)
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.text.saying import says_something
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read

_BOUNDS = Bounds(rows=20_000)
_DAY = Field(row="登记", column=DAY, label=DAY, kind=Kind.DATE)
_WANTED = (DAY, ACTION, SHA256)
_READ = (FILES, UNIT, RECEIVED, BASIS, REASON, CONTENT, PAPER, *_WANTED)
_REASONED = re.compile(rf"{AFTER_ALL}[\s::,,;;、(]+(?P<reason>.*?)[))]?")  # where there is no column for it
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCorrection:
    """What the office typed beside a file, as text, and its meaning: the day of receipt, with the time or not, and whether it is excluded.

    `vouched` says that the form is its unit's, whatever its name says, `adopted` that it counts for the `reason` given
    though it came after the results were sealed, and `confirmed` that the day that stood there is right: `shown`
    as text, `seen` as a day where it is a single one. `paper` is the code that stands on the stamped paper, as it was typed.
    """

    typed_day: str = ""
    typed_action: str = ""
    reason: str = ""
    day: date | None = None
    time: time | None = None
    excluded: bool = False
    confirmed: bool = False
    vouched: bool = False
    adopted: bool = False
    paper: str = ""
    shown: str = field(default="", compare=False)
    seen: date | None = field(default=None, compare=False)

    @property
    def blank(self) -> bool:
        """Say whether the office typed nothing."""
        return not (self.typed_day or self.typed_action or self.reason or self.paper)

    def applied(self, to: Arrival) -> Arrival:
        """Give a file as the office corrected it. A day that is confirmed stays when the file's own time changes."""
        kept = replace(to, excluded=self.excluded, vouched=self.vouched, paper=read_code(self.paper) or "")
        if self.day:
            moment = _moment(self.day, self.time) if self.time else to.moment
            return replace(kept, received=self.day, time=self.time, moment=moment, basis=DayBasis.CORRECTED)
        if self.confirmed and to.basis.presumed:
            return replace(kept, received=self.seen or to.received, basis=DayBasis.CONFIRMED)
        return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRegister:
    """The corrections by SHA-256, and who has more time.

    `presumed` are the days that stand there for files of which nothing but their own time spoke, by path and SHA-256. `data` is the
    file they were read from, `table` where the corrections stand in it, `legible` False where it could not be read.
    """

    known: Mapping[str, ReceiptCorrection] = field(default_factory=dict)
    presumed: Mapping[tuple[str, str], date] = field(default_factory=dict)
    extensions: Extensions = field(default_factory=Extensions)
    data: bytes | None = None
    table: TitledTable | None = None
    legible: bool = True

    @property
    def adopted(self) -> dict[str, str]:
        """The reasons for which files count that came after the results were sealed, by SHA-256."""
        return {sha256: each.reason for sha256, each in self.known.items() if each.adopted}

    @property
    def unread(self) -> bool:
        """Say whether the register, or its sheet for longer times, is there and could not be read."""
        return not self.legible or self.extensions.unread

    @property
    def set_aside(self) -> frozenset[str]:
        """The SHA-256 of the files that are not to be used, whether they are there now or not."""
        return frozenset(sha256 for sha256, each in self.known.items() if each.excluded)


def read_register(space: Workspace, notice: Notice, progress: Progress) -> ReceiptRegister:
    """Read what the office corrected and granted. Each fault is reported in a line of its own, and none stops the run."""
    try:
        data = register_bytes(space.root / REGISTER_FILE)
        book = None if data is None else read(data, bounds=_BOUNDS)
    except (OSError, RejectedError) as error:
        why = f"{system_error(error)}。" if isinstance(error, OSError) else str(error)
        mend = "请存盘、关闭它,再收一次表。" if is_open_elsewhere(error) else "请用备份恢复,或删去后再收一次表。"
        progress.say(f"{REGISTER_FILE} 读不出来:{why}本次没有采用其中的更正,也没有改写它。{mend}")
        return ReceiptRegister(legible=False)
    if book is None:
        return ReceiptRegister()
    extensions = read_extensions(book, notice)
    for fault in extensions.told:
        progress.say(fault)
    table = next(iter(titled_tables(book, _WANTED, _READ)), None)
    if table is None:
        progress.say(
            f"{REGISTER_FILE} 里找不到“{DAY}”“{ACTION}”“{SHA256}”三列,本次没有采用其中的更正,也没有改写它。请恢复表头。"
        )
        return ReceiptRegister(extensions=extensions, legible=False)
    return ReceiptRegister(
        known=_known(table, progress), presumed=_presumed(table), extensions=extensions, data=data, table=table
    )


def register_bytes(path: Path) -> bytes | None:
    """Read the register's file, at most one byte beyond the size limit; None where there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return None


def fingerprint(row: TitledRow) -> str:
    """Give the SHA-256 that a row is of; blank where it was changed."""
    said = row.text(SHA256).lower()
    return said if _FINGERPRINT.fullmatch(said) else ""


def correction_of(row: TitledRow, *, date1904: bool) -> tuple[ReceiptCorrection, list[str]]:
    """Read a row, and give the faults in it as texts."""
    on_day, at = timed(row.cells[DAY])
    value = normalise(_DAY, on_day, date1904=date1904).value
    day = value if isinstance(value, date) else None
    action = row.text(ACTION)
    typed_day = (f"{day} {at:%H:%M}" if at else str(day)) if day else row.text(DAY)
    faults = []
    if typed_day and day is None:
        faults.append(f"更正日期“{typed_day}”不是日期,应像“收到日期”那样年月日写全")
    chosen, reason = _reasoned(action, row.text(REASON))
    if chosen not in {"", *ACTIONS}:
        faults.append(f"处理“{action}”认不出,只能留空,或填" + "、".join(f"“{each}”" for each in ACTIONS))
    adopted = chosen == AFTER_ALL and says_something(reason)
    if chosen == AFTER_ALL and not adopted:
        bare = "只有标点" if reason else "空着"
        faults.append(f"“处理”选了“{AFTER_ALL}”,“{REASON}”{bare},请写明为什么采用")
    paper = row.text(PAPER)
    if paper and read_code(paper) is None:
        faults.append(f"{PAPER}“{paper}”不是六位字母和数字,例如 K7QF4M")
    seen = normalise(_DAY, row.cells.get(RECEIVED, NOTHING), date1904=date1904).value
    made = ReceiptCorrection(
        typed_day=typed_day,
        typed_action=action,
        reason=reason,
        day=day,
        time=at if day else None,
        excluded=chosen == NOT_USED,
        confirmed=chosen in {DAY_RIGHT, ALL_RIGHT},
        vouched=chosen == ALL_RIGHT,
        adopted=adopted,
        paper=paper,
        shown=row.text(RECEIVED),
        seen=seen if isinstance(seen, date) else None,
    )
    return made, faults


def _reasoned(action: str, reason: str) -> tuple[str, str]:
    """Give what is chosen and why; a register of before there was a column for reasons has both in one cell."""
    found = _REASONED.fullmatch(action)
    return (AFTER_ALL, reason or found["reason"]) if found else (action, reason)


def _known(table: TitledTable, progress: Progress) -> dict[str, ReceiptCorrection]:
    known: dict[str, ReceiptCorrection] = {}
    for row in table.rows:
        made, faults = correction_of(row, date1904=table.date1904)
        if made.blank:
            continue
        sha256 = fingerprint(row)
        if not sha256:
            faults = [f"“{SHA256}”被改动,认不出是哪个文件"]
        elif known.setdefault(sha256, made) != made:
            faults = ["与前面一行是同一个文件而更正不同,以前面一行为准"]
        for fault in faults:
            progress.say(f"{REGISTER_FILE} 第{row.at}行:{fault},没有采用。")
    return known


def _moment(day: date, at: time) -> int:
    """Give a moment of the office's clock in nanoseconds, by which the files of one day are ordered."""
    return int(datetime.combine(day, at).astimezone().timestamp()) * 10**9


def _presumed(table: TitledTable) -> dict[tuple[str, str], date]:
    """Give the days that were presumed, of rows that are of one file with one day."""
    found: dict[tuple[str, str], date] = {}
    for row in table.rows:
        value = normalise(_DAY, row.cells.get(RECEIVED, NOTHING), date1904=table.date1904).value
        if isinstance(value, date) and row.text(BASIS) == DayBasis.FILE.value:
            found[row.text(FILES), fingerprint(row)] = value
    return found


def corrected(arrivals: Iterable[Arrival], by: ReceiptRegister) -> list[Arrival]:
    """Apply the office's corrections, which take precedence over what mail, folder and file say.

    A file that was registered on a day came no later: what its own time says afterwards is the day of a copy.
    """
    if not (by.known or by.presumed):
        return list(arrivals)
    return [by.known.get(each.sha256, ReceiptCorrection()).applied(_kept(each, by)) for each in arrivals]


def _kept(arrival: Arrival, by: ReceiptRegister) -> Arrival:
    if not arrival.basis.presumed:
        return arrival
    day = by.presumed.get((arrival.path, arrival.sha256))
    return arrival if day is None or day >= arrival.received else replace(arrival, received=day)


def days_kept(arrivals: Iterable[Arrival], by: ReceiptRegister) -> int:
    """Count the files whose own time has become later than the day that they were registered on."""
    return sum(_kept(each, by) is not each for each in arrivals) if by.presumed else 0
