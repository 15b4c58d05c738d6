"""Brings 联系人.xlsx up to date in place: rows of new units, what was adopted, new proposals, and what a check found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.decided import Decided, decide
from fazhi_xl.office.contacts.declared import (
    ADDRESSES,
    CALLED,
    CHECK_NAME,
    MAIL,
    PEOPLE,
    PROPOSALS,
    SETTINGS,
    Part,
)
from fazhi_xl.office.contacts.proposals import Proposal
from fazhi_xl.office.contacts.read import OpenedContacts, opened_contacts
from fazhi_xl.office.contacts.write import setting_line, unit_line
from fazhi_xl.office.workspace.kept_file import left_as_it_was, read_bytes, write_file
from fazhi_xl.office.workspace.open_files import is_open, opened_by
from fazhi_xl.xlsx.kept.model import Line, ReadLine, ReadSheet, Sheet, Value
from fazhi_xl.xlsx.kept.opened import READING_ERRORS
from fazhi_xl.xlsx.kept.remarks import BookRemark, Weight, check_sheet, marks
from fazhi_xl.xlsx.kept.write import Written, write_book

_NOT_UPDATED = "{name} 没有更新({kind}):多半是表的样子改得太多。请把内容抄到一本新的里:先改名移开,再让程序做一本。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """The workbook as it is now: `told` is said again by the next run where nothing changes, `once` is not."""

    opened: OpenedContacts
    told: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    written: bool = False


def refresh(
    opened: OpenedContacts,
    notice: Notice,
    proposals: Iterable[Proposal] = (),
    *,
    day: date,
    properties: Mapping[str, str] | None = None,
) -> Refreshed:
    """Bring a workbook up to date, and write it where it changes; one that is open elsewhere is left, and told. Raises nothing."""
    read = opened.read
    decided = decide(notice, opened.people.contacts, read.sheets.get(PROPOSALS.name), proposals, day)
    name = opened.path.name
    told = (f"{name} 有{decided.open}条变更建议没有处理,请在“{PROPOSALS.name}”表里选。",) if decided.open else ()
    try:
        data, now = _changed(opened, notice, decided, properties or {})
    except READING_ERRORS as error:  # what people made of the workbook is beyond what its library can change
        return Refreshed(opened=opened, told=told, once=(_NOT_UPDATED.format(name=name, kind=type(error).__name__),))
    if data is None:
        return Refreshed(opened=opened, told=told)
    if is_open(opened.path):
        return Refreshed(
            opened=opened,
            told=told,
            once=(f"{name} 正在别的程序里打开{opened_by(opened.path)},没有更新;关闭以后再运行一次。",),
        )
    try:
        if read_bytes(opened.path, CALLED) != opened.data:
            return Refreshed(opened=opened, told=told, once=(f"{name} 刚刚有人改过,没有更新;再运行一次。",))
        original = write_file(opened.path, data)
    except WrongUseError as error:
        return Refreshed(opened=opened, told=told, once=("".join(error.parts),))
    left = (left_as_it_was(original),) if original else ()
    return Refreshed(opened=now, told=told, once=(*_done(opened, decided), *left), written=True)


def _done(opened: OpenedContacts, decided: Decided) -> Iterator[str]:
    """Say what was written of the contacts."""
    name = opened.path.name
    if decided.carried_out:
        yield f"{name} 按“{PROPOSALS.name}”改了{decided.carried_out}处。"
    if opened.people.missing:
        yield f"{name} 补上了{len(opened.people.missing)}家的行,请填邮箱。"


def _changed(
    opened: OpenedContacts, notice: Notice, decided: Decided, properties: Mapping[str, str]
) -> tuple[bytes | None, OpenedContacts]:
    """Give the workbook's new bytes, and what they say; None for the bytes where nothing changes."""
    amended, now = tuple(_amended(opened, decided)), opened
    if any(map(_says_more, amended)) or _lacking(opened) or properties:
        data = write_book(Written(amended=amended, properties=properties), notice.theme, opened.data)
        now = opened_contacts(opened.path, data, notice)
    remarks = (*now.remarks, *decided.remarks)
    seen = _print(remarks)
    if now is opened and opened.read.properties.get(CHECK_NAME) == seen:
        return None, replace(opened, remarks=remarks)
    check = check_sheet(sorted(remarks, key=_order), _in_brief(now, remarks))
    written = Written(anew=(check,), marks=marks(remarks), properties={CHECK_NAME: seen})
    return write_book(written, notice.theme, now.data), replace(now, remarks=remarks)


def _order(remark: BookRemark) -> tuple[bool, int]:
    return remark.order


def _print(remarks: Iterable[BookRemark]) -> str:
    return hashlib.sha256("\n".join(each.told for each in remarks).encode()).hexdigest()[:16]


def _in_brief(now: OpenedContacts, remarks: tuple[BookRemark, ...]) -> str:
    """Say in one line what a check found."""
    wrong, odd = (sum(each.weight is weight for each in remarks) for weight in (Weight.WRONG, Weight.ODD))
    without = sum(not each.addresses for each in now.people.contacts.by_unit.values())
    parts = [
        f"{wrong}处要改" if wrong else "",
        f"{odd}处请核实" if odd else "",
        f"{without}家没有邮箱" if without else "",
    ]
    said = ",".join(filter(None, parts)) or "没有发现问题"
    return f"{said}。改好保存,再运行一次。" if wrong or odd else f"{said}。"


# Lines ------------------------------------------------------------------------------------------------------------------


def _lacking(opened: OpenedContacts) -> bool:
    """Say whether a sheet is gone: it is drawn anew."""
    return any(sheet.name not in opened.read.sheets for sheet in (PEOPLE, MAIL, PROPOSALS))


def _amended(opened: OpenedContacts, decided: Decided) -> Iterator[Sheet]:
    """Yield the tables with the lines that say something else than now, each in its row, and those that are added."""
    sheets = opened.read.sheets
    yield replace(PEOPLE, lines=tuple(_people_lines(opened, decided)))
    yield replace(MAIL, lines=tuple(_setting_lines(opened, sheets.get(MAIL.name))))
    yield replace(PROPOSALS, lines=(*decided.lines.values(), *decided.added))


def _people_lines(opened: OpenedContacts, decided: Decided) -> Iterator[Line]:
    read = {line.at: line for line in opened.read.sheets[PEOPLE.name].lines}
    for row in opened.people.rows:
        if row.unit:
            held = read[row.at]
            cells = {**_named(unit_line(row.unit)), **_adopted(decided, row.unit.short, held.cells)}
            news = {title: value for title, value in cells.items() if held.cells.get(title) != value}
            if news or held.key != row.unit.id:
                yield Line(key=row.unit.id, cells=news, at=row.at)
    for unit in opened.people.missing:
        line = unit_line(unit)
        yield replace(line, cells={**line.cells, **_adopted(decided, unit.short, line.cells)})


def _named(line: Line) -> dict[str, Value]:
    """Give what the program says of a unit; its addresses are the office's."""
    return {title: value for title, value in line.cells.items() if title != ADDRESSES}


def _adopted(decided: Decided, unit: str, held: Mapping[str, Value]) -> dict[str, Value]:
    """Give the cells of what was adopted; addresses are added to all that stands there."""
    found: dict[str, Value] = {}
    for part in Part:
        said = decided.adopted.get((unit, part))
        if said:
            before = str(held.get(part.word) or "").strip().rstrip(";；") if part is Part.ADDRESSES else ""
            found[part.word] = f"{before};{said}" if before else said
    return found


def _setting_lines(opened: OpenedContacts, sheet: ReadSheet | None) -> Iterator[Line]:
    """Give the settings' rows that are gone, and those that are there for the sake of their choices."""
    rows = opened.settings.rows if sheet else {}
    read: Mapping[int, ReadLine] = {line.at: line for line in sheet.lines} if sheet else {}
    for setting in SETTINGS:
        line, at = setting_line(setting), rows.get(setting.key, 0)
        if at:
            news = {title: value for title, value in line.cells.items() if read[at].cells.get(title) != value}
            yield replace(line, cells=news, at=at)
        else:
            yield line


def _says_more(sheet: Sheet) -> bool:
    return any(line.cells or not line.at for line in sheet.lines)
