"""What is due to be sent: a message for each unit that is to get one, or why it cannot get it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fazhi_xl.findings import Actor, Severity
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.outputs.corrections import pack_of
from fazhi_xl.office.outputs.publish import BULLETIN, DRAFT, GRADES
from fazhi_xl.office.post.letters.addressee import Addressee, Occasion
from fazhi_xl.office.post.letters.issued import form_letter
from fazhi_xl.office.post.letters.receipt import receipt_letter
from fazhi_xl.office.post.letters.reminder import late_words, missing_letter, sent_back_letter
from fazhi_xl.office.post.letters.result import bulletin_letter, feedback_letter
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.office.workspace.recorded_folder import content_of, digest
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.media.titles import FEEDBACK, RECEIPTS, feedback_file, receipt_file
from fazhi_xl.reports.receipt.facts import ACCEPTED, accepted, receipt, to_confirm
from fazhi_xl.reports.receipt.facts import unconfirmed as of_nobody_yet
from fazhi_xl.rounds.contacts import Contact, Contacts
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.owner import units_in
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.dates import BLANK_DAY, blanked, gone_by
from fazhi_xl.xlsx.reader import read

_FIRST = "要由办公室先处理,见“问题清单”"
_CONFIRM = "来件是不是这家发来的还没有核实,见“问题清单”;问清楚了,在 收到登记.xlsx 的“处理”里选“核对无误”,再收一次表"
_TO_WRITE = re.compile(r"【[^】]*】")  # where the office completes the draft of the bulletin


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A message that is due to a unit. Without a `dispatch`, `why_not` says why there is none.

    `blank` says what the office has still to fill in: such a message may become a draft, and is not sent as it is.
    """

    sort: Sort
    unit: str
    dispatch: Dispatch | None = None
    why_not: str = ""
    blank: str = ""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What letters are written from: the round's folder and forms, the contacts, the occasion."""

    space: Workspace
    occasion: Occasion
    contacts: Contacts
    forms: Mapping[str, Form]
    attached: dict[str, Attachment | None] = field(default_factory=dict, repr=False)

    @property
    def notice(self) -> Notice:
        return self.occasion.notice

    @cached_property
    def others(self) -> OtherUnits:
        return OtherUnits.of(self.notice)

    def addressee(self, unit: Unit) -> Addressee:
        contact = self.contacts.by_unit.get(unit.short) or Contact(unit=unit.short)
        return Addressee(occasion=self.occasion, unit=unit, contact=contact, form=self.forms.get(unit.short))

    def file(self, folder: str, name: str) -> Attachment | None:
        """Give a file of the round's folder as it is attached, read once; None where there is none. Raises WrongUseError."""
        path = self.space.root / folder / name
        if str(path) not in self.attached:
            with reading(path):
                data = path.read_bytes() if path.exists() else None
            self.attached[str(path)] = None if data is None else Attachment(name=name, data=data)
        return self.attached[str(path)]

    def form_file(self, unit: Unit) -> Attachment | None:
        """Give the workbook that was issued to a unit; None where none was, or it is gone."""
        return (
            None
            if unit.short not in self.forms
            else self.file(self.space.issued.name, file_name(self.notice, unit.short))
        )

    def due(self, sort: Sort, to: Addressee, key: str, message: Outgoing, blank: str = "") -> Due:
        """Give a message that is due, also to a unit without an address: whoever delivers it says so."""
        unit = to.unit.short
        return Due(sort=sort, unit=unit, dispatch=Dispatch(sort=sort, unit=unit, key=key, letter=message), blank=blank)


# Forms ---------------------------------------------------------------------------------------------------------------


def forms_due(desk: Desk, units: Iterable[str]) -> Iterator[Due]:
    """Give the letters with the forms of these units that were issued."""
    for short in units:
        unit = desk.notice.units_by_short[short]
        to, form, file = desk.addressee(unit), desk.forms.get(short), desk.form_file(unit)
        if form is None or file is None:
            name = file_name(desk.notice, short)
            yield Due(sort=Sort.FORM, unit=short, why_not=f"{desk.space.issued} 里没有 {name}")
        else:
            yield desk.due(Sort.FORM, to, form.number, form_letter(to, file))


# Reminders -----------------------------------------------------------------------------------------------------------


def reminders_due(desk: Desk, round_: Round) -> Iterator[Due]:
    """Give the letters to units of which nothing came, whose return went back, or that have to confirm something: one a day, by its key."""
    for score in round_.due:
        file = round_.file_of(score.unit) or round_.refused_of(score.unit)
        to = desk.addressee(desk.notice.units_by_short[score.unit])
        if file is None and (came := came_as_anothers(round_, score.unit)):
            yield Due(sort=Sort.REMINDER, unit=score.unit, why_not=f"“{came.name}”像是它报来的,表却是另一家的,{_FIRST}")
        elif file is None:
            yield _missing(desk, to)
        elif file.status in {Status.NEEDS_CORRECTION, Status.REJECTED} or file.asked:
            yield _sent_back(desk, round_, to, file)


def _missing(desk: Desk, to: Addressee) -> Due:
    form = desk.form_file(to.unit)
    if form is None:
        return Due(sort=Sort.REMINDER, unit=to.unit.short, why_not=f"{desk.space.issued} 里没有这个单位的表")
    return desk.due(Sort.REMINDER, to, _day(desk), missing_letter(to, form))


def _sent_back(desk: Desk, round_: Round, to: Addressee, file: FileResult) -> Due:
    unit = to.unit.short
    if file.status is Status.REJECTED and not _by_unit(file):
        return Due(sort=Sort.REMINDER, unit=unit, why_not=f"来件“{file.name}”{_FIRST}")
    pack = pack_of(desk.space, to.unit)
    words = next((data.decode("utf-8", "replace") for name, data in pack.items() if name.endswith(".txt")), None)
    forms = tuple(Attachment(name=name, data=data) for name, data in pack.items() if not name.endswith(".txt"))
    if words is None or not forms:
        return Due(sort=Sort.REMINDER, unit=unit, why_not=f"{desk.space.corrections} 里没有它的退回材料")
    gone = gone_by(words, desk.occasion.day)
    letter = sent_back_letter(
        to, blanked(words, gone), forms, late_words(round_, unit), only_asked=file.status in ACCEPTED
    )
    blank = ";".join(filter(None, (_unready(desk, words, gone), unconfirmed(file))))
    return desk.due(Sort.REMINDER, to, _day(desk), letter, blank)


def _unready(desk: Desk, words: str, gone: Iterable[str]) -> str:
    """Say what the text in 结果/退回 lacks: the day to send it back by, or one that is still to come."""
    where = f"{desk.space.corrections} 里它的退回文字"
    if BLANK_DAY in words:
        return f"{where}没有写发回的日期(目录的 corrections_due)"
    return "".join(f"{where}写的日期{day}已经过了" for day in tuple(gone)[:1])


def came_as_anothers(round_: Round, unit: str) -> FileResult | None:
    """Give a form of another unit's that came from this unit's address or under its name, as long as nobody has vouched for it."""
    for file in round_.files:
        if file.unit not in {None, unit} and unconfirmed(file):
            named = {name for part in file.path.split("/") for name in units_in(round_.notice, part)}
            if unit in {file.posted_by, *named}:
                return file
    return None


def unconfirmed(file: FileResult) -> str:
    """Say that the office has to make sure first who sent a file; blank where it has, or need not."""
    return _CONFIRM if of_nobody_yet(file) else ""


def _by_unit(file: FileResult) -> bool:
    """Say whether the unit can do something about a file that cannot be used."""
    return any(each.severity is Severity.FATAL and each.code.actor is Actor.UNIT for each in file.findings)


def _day(desk: Desk) -> str:
    return desk.occasion.day.isoformat()


# Receipts ------------------------------------------------------------------------------------------------------------


def receipts_due(desk: Desk, round_: Round) -> Iterator[Due]:
    """Give a receipt for each return that counts and is accepted, with its page; a later return, or other questions, make another one."""
    for score in round_.due:
        if file := accepted(round_, score.unit):
            to = desk.addressee(desk.notice.units_by_short[score.unit])
            key = content_of(file.sha256, [(each.code, each.place, each.value) for each in to_confirm(file)])
            known = receipt(round_, to.unit, file, to.form.number if to.form else "", desk.others)
            page = desk.file(f"{desk.space.results.name}/{RECEIPTS}", receipt_file(to.unit))
            yield desk.due(Sort.RECEIPT, to, key, receipt_letter(to, known, page), unconfirmed(file))


# Results -------------------------------------------------------------------------------------------------------------


def feedback_due(desk: Desk, round_: Round) -> Iterator[Due]:
    """Give each unit that has a score its feedback sheet, as it stands in its folder."""
    for score in round_.scored:
        to = desk.addressee(desk.notice.units_by_short[score.unit])
        sheet = desk.file(f"{desk.space.results.name}/{FEEDBACK}", feedback_file(to.unit))
        if sheet is None:
            yield Due(sort=Sort.FEEDBACK, unit=score.unit, why_not=f"没有它的{FEEDBACK}")
        else:
            yield desk.due(Sort.FEEDBACK, to, digest(sheet.data), feedback_letter(to, sheet), _undated(desk, sheet))


def _undated(desk: Desk, sheet: Attachment) -> str:
    """Say that a feedback sheet has no day to answer by, or one that has gone by."""
    try:
        words = "\n".join(cell.text for cell in read(sheet.data).cells)
    except Exception:  # noqa: BLE001 - whatever is raised over a sheet that was damaged by hand
        return f"{FEEDBACK}读不出来"
    if BLANK_DAY in words:
        return f"{FEEDBACK}没有写报送的日期(目录的 supplement_due)"
    return "".join(f"{FEEDBACK}写的报送日期{day}已经过了" for day in gone_by(words, desk.occasion.day)[:1])


def bulletin_due(desk: Desk) -> Iterator[Due]:
    """Give every unit the bulletin, as it stands in its folder."""
    folder = f"{desk.space.results.name}/{BULLETIN}"
    found = tuple(desk.file(folder, name) for name in (DRAFT, GRADES))
    documents = tuple(each for each in found if each)
    lacking = "" if len(documents) == len(found) else f"{desk.space.results / BULLETIN} 里没有 {DRAFT} 或 {GRADES}"
    key = content_of([digest(each.data) for each in documents])
    blank = "" if lacking else unwritten(documents[0].data, desk.occasion.mark)
    for unit in desk.notice.units:
        if lacking:
            yield Due(sort=Sort.BULLETIN, unit=unit.short, why_not=lacking)
        else:
            to = desk.addressee(unit)
            yield desk.due(Sort.BULLETIN, to, key, bulletin_letter(to, documents), blank)


def unwritten(document: bytes, mark: str) -> str:
    """Say what of the bulletin's draft the office has still to write; blank where nothing is."""
    from fazhi_xl.docx.read import read_paper  # noqa: PLC0415 - only a bulletin that is sent is read

    try:
        texts = [str(getattr(block, "text", "")) for block in read_paper(document).blocks]
    except Exception:  # noqa: BLE001 - whatever the library says of a damaged document
        return f"{DRAFT} 读不出来"
    left = [found for text in texts for found in _TO_WRITE.findall(text) if found != mark]
    return f"{DRAFT} 里还有{len(left)}处要写的,例如{left[0]}" if left else ""


def occasion_of(round_: Round, day: date) -> Occasion:
    return Occasion(notice=round_.notice, day=day, mark=round_.mark)
