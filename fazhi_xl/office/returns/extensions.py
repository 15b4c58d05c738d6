"""The sheet 延期 of 收到登记.xlsx, as the office filled it in: to whom more time was granted, until when, by whom, and why.

A row that is wrong in anything grants nothing, and is told by its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from fazhi_xl.answers.normalise import clean, normalise
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.time_of_day import timed
from fazhi_xl.office.returns.titled_rows import TitledRow, TitledTable, titled_tables
from fazhi_xl.reports.filing.receipt_names import (
    APPROVED_BY,
    EXTENSIONS,
    REGISTER_FILE,
    RESULT,
    UNIT,
    UNTIL,
    WHY,
)
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import cut, one_line
from fazhi_xl.text.saying import says_something
from fazhi_xl.xlsx.reader import RawBook

ENTERED = (UNIT, UNTIL, APPROVED_BY, WHY)
"""The columns that the office fills in; a table that lacks one of them is not read."""
_DAY = Field(row=EXTENSIONS, column=UNTIL, label=UNTIL, kind=Kind.DATE)
_LONGEST = timedelta(days=366)  # a day after that is a year that was mistyped
_PARTED = re.compile(r"[、,,;;\n]+")
_TOLD_AT_MOST = 10  # lines; the table's last column has all
_ROOM = 40  # characters of what is told of a cell


class Fault(NamedTuple):
    """What is wrong, and in which column."""

    title: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """What is granted, by the units' short names; the faults in lines; the table, None where there is none; and each row's outcome."""

    granted: Mapping[str, Extension] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    table: TitledTable | None = None
    results: Mapping[int, str] = field(default_factory=dict)

    @property
    def unread(self) -> bool:
        """Say whether there is such a sheet that has not its titles any more, so that nothing in it is used."""
        return self.table is None and bool(self.faults)

    @property
    def told(self) -> Iterator[str]:
        """The lines that tell the faults, and of many how many more there are."""
        yield from self.faults[:_TOLD_AT_MOST]
        if (more := len(self.faults) - _TOLD_AT_MOST) > 0:
            yield f"{REGISTER_FILE} “{EXTENSIONS}”:还有{more}处,见这张表的“{RESULT}”一栏。"


def read_extensions(book: RawBook, notice: Notice) -> Extensions:
    """Read the sheet, wherever it stands and whatever it is called now. Of two days of one unit the later one counts."""
    tables = sorted(titled_tables(book, ENTERED, (*ENTERED, RESULT)), key=lambda each: clean(each.sheet) != EXTENSIONS)
    if not tables:
        return Extensions(faults=tuple(_headless(book)))
    return _Reading(notice=notice, table=tables[0], faults=[*_copies(tables)]).read()


def _headless(book: RawBook) -> Iterator[str]:
    """Tell of a sheet that is called so and has not its titles any more."""
    for sheet in book.sheets:
        if clean(sheet.name) == EXTENSIONS and any(cell.sheet == sheet.name for cell in book.cells):
            said = {clean(cell.text) for cell in book.cells if cell.sheet == sheet.name}
            missing = "、".join(f"“{title}”" for title in ENTERED if title not in said) or "“单位”那一行表头"
            yield f"{REGISTER_FILE} “{sheet.name}”:找不到{missing},这张表没有采用。请恢复表头,再收一次表。"


def _copies(tables: list[TitledTable]) -> Iterator[str]:
    for other in tables[1:]:
        if any(row.text(title) for row in other.rows for title in ENTERED):
            yield (
                f"{REGISTER_FILE} “{other.sheet}”:和“{tables[0].sheet}”一样是延期的表,只采用“{tables[0].sheet}”。"
                f"要用的行抄到“{tables[0].sheet}”里,这一张删去。"
            )


@dataclass(kw_only=True)
class _Reading:
    notice: Notice
    table: TitledTable
    faults: list[str]
    granted: dict[str, Extension] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    results: dict[int, str] = field(default_factory=dict)

    def read(self) -> Extensions:
        for row in self.table.rows:
            if any(row.text(title) or row.cells[title].formula for title in ENTERED):
                self._row(row)
        return Extensions(granted=self.granted, faults=tuple(self.faults), table=self.table, results=self.results)

    def _row(self, row: TitledRow) -> None:
        if row.struck:
            self._tell(row.at, Fault(UNIT, "这一行有内容划去了,按撤销的办,没有采用。要用的,取消删除线;不用的,整行删去"))
            self.results[row.at] = "没有采用:划去了"
            return
        units, day = self._units(row), self._day(row)
        faults = [each for each in (units, day) if isinstance(each, Fault)]
        faults += (fault for title in (APPROVED_BY, WHY) if (fault := _blank(row, title)))
        for fault in faults:
            self._tell(row.at, fault)
        if faults or isinstance(units, Fault) or isinstance(day, Fault):
            self.results[row.at] = "没有采用:" + "、".join(dict.fromkeys(each.title for each in faults)) + "要改"
            return
        for unit in units:
            said = {title: one_line(row.text(title)) for title in (APPROVED_BY, WHY)}
            self._grant(row.at, Extension(unit=unit, day=day, by=said[APPROVED_BY], why=said[WHY]))

    def _grant(self, at: int, extension: Extension) -> None:
        before = self.granted.get(extension.unit)
        if before is None or extension.day > before.day:
            self.granted[extension.unit] = extension
        self.results[at] = f"报送期限延至{chinese_date(extension.day)}"
        first = self.rows.setdefault(extension.unit, at)
        if before is None or first == at:
            return
        if before == extension:
            said = f"“{extension.unit}”第{first}行已经写过,一样的只算一次。请把这一行删去"
        else:
            latest = chinese_date(self.granted[extension.unit].day)
            said = f"“{extension.unit}”第{first}行已经写过,按最晚的{latest}算。请只留一行"
        self._tell(at, Fault(UNIT, said))
        self.results[at] = f"与第{first}行是同一家,按最晚的日期算"

    def _tell(self, at: int, fault: Fault) -> None:
        where, end = self.table.cell(fault.title, at), "" if fault.what.endswith("?") else "。"
        self.faults.append(f"{REGISTER_FILE} “{self.table.sheet}”{where}:{fault.what}{end}")

    def _units(self, row: TitledRow) -> tuple[str, ...] | Fault:
        """Find the units: one, or several in one cell."""
        said = row.text(UNIT)
        if not said:
            return Fault(UNIT, f"“{UNIT}”空着,这一行没有采用。请写通知里的单位名称")
        whole = self.notice.unit_called(said)
        names = [said] if whole else [each for each in map(clean, _PARTED.split(said)) if each]
        found = [(name, self.notice.unit_called(name)) for name in names]
        for name, unit in found:
            if unit is None:
                near = self.notice.nearest_name(name, cutoff=0.5)
                hint = f"是不是“{near}”?" if near else "请写通知里的单位名称"
                return Fault(UNIT, f"通知里没有“{_brief(name)}”这个单位,这一行没有采用。{hint}")
        return tuple(dict.fromkeys(unit.short for _, unit in found if unit))

    def _day(self, row: TitledRow) -> date | Fault:
        due, found = self.notice.about.dates.ledger_due, row.cells[UNTIL]
        example = due + timedelta(days=5)
        if found.formula:
            return Fault(UNTIL, f"“{UNTIL}”是公式,没有采用:公式算出的日期会变。请删去公式,写上日期,例如 {example}")
        if not clean(found.text):
            return Fault(UNTIL, f"“{UNTIL}”空着,没有采用。请写延到哪一天,例如 {example}")
        day = normalise(_DAY, timed(found)[0], date1904=self.table.date1904).value
        if not isinstance(day, date):
            return Fault(UNTIL, f"“{_brief(clean(found.text))}”不是日期,没有采用。请年月日写全,例如 {example}")
        if day <= due:
            return Fault(UNTIL, f"{day}不晚于通知的报送期限{due},没有采用。请写延到哪一天,例如 {example}")
        if day > due + _LONGEST:
            return Fault(UNTIL, f"{day}比通知的报送期限{due}晚一年以上,没有采用。请核对年份")
        return day


def _blank(row: TitledRow, title: str) -> Fault | None:
    """Tell a blank approver or reason: nobody has granted it, or nobody can say why."""
    if says_something(row.text(title)):
        return None
    formula = "的公式没有算出内容" if row.cells[title].formula else "空着"
    wanted = {APPROVED_BY: "请写批准人的姓名", WHY: "请写为什么延期"}[title]
    return Fault(title, f"“{title}”{formula},不算已经批准,没有采用。{wanted}")


def _brief(text: str) -> str:
    return cut(one_line(text), _ROOM)
