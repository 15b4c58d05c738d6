"""What is wrong with the workbook itself, before it is a catalogue: sheets, columns, formulas, rows that belong to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from fazhi_xl.notice.meanings import PARTS
from fazhi_xl.setup.book.book import LOOSE
from fazhi_xl.setup.book.declared.fields import NAME
from fazhi_xl.setup.book.declared.fields import SHEET as FIELDS
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import CHANGES, ID
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.taken import RowFault, Spot, Unlisted
from fazhi_xl.xlsx.kept.model import Fault, Wrong
from fazhi_xl.xlsx.kept.remarks import FAULT_TEXTS, BookRemark, Weight

_PARTS = {table.sheet: table.part for table in TABLES}
_WITHOUT: Mapping[str, str] = MappingProxyType(
    {CHANGES: "不用的,现在采用的改动也不再起作用(谁来填、分值都可能变):和原来的目录比较一遍。"}
)
"""What else follows where a part is said to be lacking."""
_NO_MARKS = (
    "“{sheet}”右端隐藏的“标识”一栏没有了,改过名称、换过编号的会当成新的",
    "没有改名、换编号的不要紧;改过的,用“撤销”恢复,或者从以前的一份里把这张表复制回来再改。",
)


def needed(book: OpenedBook) -> Iterator[Fault]:
    """Give the faults of the workbook that matter: not those of a sheet whose part the notice is said to lack."""
    for fault in book.read.faults:
        if not (fault.what is Wrong.NO_SHEET and _PARTS.get(fault.sheet) in book.taken.lacking):
            yield fault


def structure(book: OpenedBook) -> Iterator[BookRemark]:
    """Give what is wrong with sheets, columns and cells, and with the rows of single values."""
    yield from (_remark(book, fault) for fault in needed(book) if fault.what is not Wrong.COPY)
    for spot, first in book.taken.twice:
        sheet, cell = book.cell(spot)
        what = f"“{_named(book, spot)}”有两行,第{first}行已经写了"
        yield BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=what, mend="只留一行,另一行整行删去。")
    for spot in book.taken.switches:
        sheet, cell = book.cell(spot)
        what = f"“{_named(book, spot)}”应为“有”或“没有”"
        yield BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=what, mend="从下拉里选“有”或“没有”。")


def _remark(book: OpenedBook, fault: Fault, weight: Weight = Weight.WRONG) -> BookRemark:
    title = _named(book, Spot(sheet=FIELDS, at=_row(fault))) if _on_fields(book, fault) else fault.title
    what, mend = (text.format(sheet=fault.sheet, title=title, said=fault.said) for text in FAULT_TEXTS[fault.what])
    what += ",目录没有检查" if fault.what is Wrong.TOO_MANY else ""
    return BookRemark(weight=weight, sheet=fault.sheet, cell=_cell(fault), what=what, mend=mend)


def _on_fields(book: OpenedBook, fault: Fault) -> bool:
    """Say whether a fault is of a value on the sheet of single values, where the column says nothing."""
    sheet = book.read.sheets.get(FIELDS)
    return bool(sheet and sheet.name == fault.sheet) and fault.what in {Wrong.ERROR, Wrong.UNCALCULATED}


def _row(fault: Fault) -> int:
    return int("".join(filter(str.isdecimal, fault.cell)))


def _named(book: OpenedBook, spot: Spot) -> str:
    """Name the value in a row of the sheet of single values."""
    lines = book.read.sheets[FIELDS].lines
    return next((str(line.cells.get(NAME) or "") for line in lines if line.at == spot.at), "")


def _cell(fault: Fault) -> str:
    return "" if fault.what in {Wrong.NO_SHEET, Wrong.COPY} else fault.cell


# Rows that belong to nothing --------------------------------------------------------------------------------------------


def _unread(book: OpenedBook) -> set[str]:
    """Name the sheets that are gone, or too long to be read whole."""
    called = {sheet.name: name for name, sheet in book.read.sheets.items()}
    unread = (fault.sheet for fault in needed(book) if fault.what in {Wrong.NO_SHEET, Wrong.TOO_MANY})
    return {called.get(sheet, sheet) for sheet in unread}


def rows(book: OpenedBook) -> Iterator[BookRemark]:
    """Give the rows that name what is not there; not those that would name what stood on a sheet or in a column that is gone."""
    gone = _unread(book)
    told: set[tuple[str, str]] = set()  # the sheets whose rows belong to those of a table that has none
    for fault in book.taken.faults:
        if {fault.names, fault.spot.sheet} & gone or _lost(book, fault) or (fault.spot.sheet, fault.names) in told:
            continue
        if fault.names and not fault.known:
            told.add((fault.spot.sheet, fault.names))
        sheet, cell = book.cell(fault.spot)
        yield BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=_unknown(fault), mend=_instead(fault))


def unlisted(book: OpenedBook) -> Iterator[BookRemark]:
    """Give the rows that do not say which list of a thing they are in, at the cell that should say it."""
    gone = _unread(book)
    for each in (row for row in book.taken.unlisted if row.spot.sheet not in gone):
        if each.spot.head in book.read.sheets[each.spot.sheet].letters:
            sheet, cell = book.cell(each.spot)
            what, mend = _which(each)
            yield BookRemark(weight=Weight.WRONG, sheet=sheet, cell=cell, what=what, mend=mend)


def _which(row: Unlisted) -> tuple[str, str]:
    kind, head = PARTS.get(row.kind, row.kind), row.spot.head
    if not row.lists:
        return (
            f"这一行所属的规则是“{kind}”,不写明细",
            "这一行不要的,整行删去;要的,看“得分点”“第几条”是不是写错,或者改那条规则的种类。",
        )
    choose = f"从下拉里选“{'”或“'.join(row.lists)}”。"
    if not row.said:
        return f"“{head}”空着", choose
    of = f"“{kind}”的规则" if kind in PARTS.values() else ""
    return f"{of}没有“{row.said}”这种{head}" if of else f"“{head}”里不能写“{row.said}”", choose


def doubted(book: OpenedBook) -> Iterator[BookRemark]:
    """Give the new rows that may be meant for what was called so before."""
    for doubt in book.taken.doubts.values():
        sheet, cell = book.cell(doubt.spot)
        what = (
            f"“{doubt.spot.head}”写的{doubt.said}算作现在的{doubt.said},不是原来的:原来的{doubt.said}现在是{doubt.now}"
        )
        mend = f"就是现在的{doubt.said},不用改;要算到原来的,改成{doubt.now}。"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell=cell, what=what, mend=mend)


def renamed(book: OpenedBook) -> Iterator[BookRemark]:
    """Give the rows whose new name is rather that of another thing."""
    for doubt in book.taken.renamed:
        sheet, cell = book.cell(doubt.spot)
        what = f"原来的“{doubt.said}”改叫“{doubt.now}”,上期的数算它的"
        mend = f"是改名的,不用改;“{doubt.now}”是另一个的,删去这一行,在表的下面另写一行。"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell=cell, what=what, mend=mend)


def asides(book: OpenedBook) -> Iterator[BookRemark]:
    """Give the rows that were taken for notes or sums."""
    for spot in book.taken.asides:
        sheet, cell = book.cell(spot)
        what = f"第{spot.at}行像是备注或者合计,没有用"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell=cell, what=what, mend="移到表的右边或者别的表里。")


def _lost(book: OpenedBook, fault: RowFault) -> bool:
    sheet = book.read.sheets.get(fault.spot.sheet)
    return sheet is not None and fault.spot.head not in sheet.letters


def _unknown(fault: RowFault) -> str:
    if fault.gone and fault.known:
        return f"“{fault.spot.head}”说的是原来的“{fault.said}”,它已经从“{fault.names}”表里删去了"
    return f"“{fault.names}”表里没有“{fault.said}”" if fault.said else f"没有写{fault.spot.head}"


def _instead(fault: RowFault) -> str:
    if fault.gone and fault.known:
        other = next((each for each in fault.known if each != fault.said), "")
        shown = f",例如“{other}”" if other else ""
        again = f";给现在的“{fault.said}”用的,删去这一行,在表的下面另写一行" if fault.said in fault.known else ""
        return f"不再要的,整行删去;归到别处的,改写这一格{shown}{again}。"
    if not fault.names:
        return f"写上{fault.spot.head};这一行不要的,整行删去。"
    if not fault.known:
        return f"“{fault.names}”表空着,先填它;这张表不要的,也清空。"
    code = fault.said.replace(".", "").isdecimal()  # codes that look alike mean nothing
    near = get_close_matches(fault.said, fault.known, n=1) if fault.said and not code else []
    hint = f"是不是“{near[0]}”?" if near else ""
    gone = "那一行删了、不再要的,把这一行也删去;" if fault.said and not near else ""
    return f"{hint}{gone}填“{fault.names}”表里有的,例如“{fault.known[0]}”。"


# What is left aside -----------------------------------------------------------------------------------------------------


def left_aside(book: OpenedBook) -> Iterator[BookRemark]:
    """Give what is not read or not used, and nothing is wrong with: rows of a part that the notice lacks, copies, marks that are gone."""
    for name, count in book.taken.unused.items():
        sheet, _ = book.cell(Spot(sheet=name))
        what = f"“{FIELDS}”里写着没有{_PARTS[name]},这张表的{count}行都不用"
        more = _WITHOUT.get(name, "")
        mend = f"要用的,在“{FIELDS}”里改成“有”。{more}"
        yield BookRemark(weight=Weight.ODD, sheet=sheet, cell="", what=what, mend=mend)
    yield from (_remark(book, fault, Weight.ODD) for fault in book.read.faults if fault.what is Wrong.COPY)
    for sheet_read in (each for name, each in book.read.sheets.items() if name != LOOSE.name):
        if ID not in sheet_read.letters and sheet_read.lines:
            what, mend = (text.format(sheet=sheet_read.name) for text in _NO_MARKS)
            yield BookRemark(weight=Weight.ODD, sheet=sheet_read.name, cell="", what=what, mend=mend)
