"""收到登记.xlsx as the office saved it, brought up to date in place: what is new is added at the end, and all of the office's stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns.extensions import Extensions
from fazhi_xl.office.returns.receipt_register import correction_of, fingerprint
from fazhi_xl.office.returns.titled_rows import TitledRow, TitledTable
from fazhi_xl.reports.filing.receipt_names import (
    ACTION,
    DAY,
    EXTENSIONS,
    PAPER,
    REASON,
    RECEIVED,
    REGISTER_FILE,
    RESULT,
)
from fazhi_xl.reports.media.workbook import Column
from fazhi_xl.reports.receipt_register import (
    ABSENT,
    COLUMNS,
    EXTENSION_COLUMNS,
    Receipt,
    cells_of,
    how_to_extend,
)
from fazhi_xl.xlsx.kept.find import HEAD_ROWS, MOST_COLUMNS
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use
from fazhi_xl.xlsx.kept.opened import READING_ERRORS
from fazhi_xl.xlsx.kept.write import Written, write_book

_TOO_FAR = "{file} “{sheet}”的表头在第{head}行,程序只在前{rows}行、前{columns}栏里找,没有更新它。请删去表头上面多余的行、左边多余的栏。"
_BEYOND = "{file} 没有更新({kind}):多半是表的样子改得太多。请把更正抄下来,把它改名移开,再收一次表,程序做一本新的。"


def updated_register(
    notice: Notice, receipts: Iterable[Receipt], data: bytes, table: TitledTable, extensions: Extensions
) -> bytes:
    """Give the workbook's bytes as they have to be; those it has where nothing is new. Raises WrongUseError where that cannot be done."""
    of_extensions = extensions.table
    for each in filter(None, (table, of_extensions)):
        if each.head > HEAD_ROWS or max(each.columns.values()) > MOST_COLUMNS:
            said = _TOO_FAR.format(
                file=REGISTER_FILE, sheet=each.sheet, head=each.head, rows=HEAD_ROWS, columns=MOST_COLUMNS
            )
            raise WrongUseError(said)
    amended = [_sheet("receipts", COLUMNS, table, _receipt_lines(receipts, table))]
    if of_extensions:
        amended.append(_sheet("extensions", EXTENSION_COLUMNS, of_extensions, _outcomes(extensions, of_extensions)))
    damaged = bool(extensions.faults)  # where there is a sheet without its heads
    lacking = () if of_extensions or damaged else (_blank_extensions(notice),)
    if not (lacking or any(sheet.lines for sheet in amended)):
        return data
    try:
        return write_book(Written(sheets=lacking, amended=tuple(amended)), notice.theme, data)
    except READING_ERRORS as error:  # what people made of the workbook is beyond what its library can change
        raise WrongUseError(_BEYOND.format(file=REGISTER_FILE, kind=type(error).__name__)) from error


def _sheet(key: str, columns: Iterable[Column], table: TitledTable, lines: Iterable[Line]) -> Sheet:
    return Sheet(name=table.sheet, key=key, says="", heads=_heads(columns), lines=tuple(lines))


def _heads(columns: Iterable[Column]) -> tuple[Head, ...]:
    return tuple(
        Head(
            title=each.title,
            width=each.width,
            use=Use.ENTERED if each.style.startswith("input") else Use.COMPUTED,
            options=each.choices,
        )
        for each in columns
    )


def _blank_extensions(notice: Notice) -> Sheet:
    heads = _heads(EXTENSION_COLUMNS)
    return Sheet(name=EXTENSIONS, key="extensions", says=how_to_extend(notice), heads=heads, tab="input_line")


def _receipt_lines(receipts: Iterable[Receipt], table: TitledTable) -> Iterator[Line]:
    """Give what has to be written of the contents that came back: into their rows, or at the end."""
    wanted = {each.sha256: each for each in receipts}
    rows: dict[str, TitledRow] = {}
    for row in table.rows:
        if sha256 := fingerprint(row):
            rows.setdefault(sha256, row)
    for sha256, row in rows.items():
        gone = Receipt(sha256=sha256, files=(ABSENT,), received=(row.text(RECEIVED),))
        cells = _cells(wanted.get(sha256, gone), table)
        kept = {ACTION, REASON, PAPER, *(() if correction_of(row, date1904=table.date1904)[0].day else (DAY,))}
        news = {title: said for title, said in cells.items() if title not in kept and row.text(title) != (said or "")}
        if news:
            yield Line(key=sha256, cells=news, at=row.at)
    for sha256, each in wanted.items():
        if sha256 not in rows:
            yield Line(key=sha256, cells=_cells(each, table))


def _cells(receipt: Receipt, table: TitledTable) -> dict[str, str | None]:
    """Give a row by the columns that are there."""
    said = zip((column.title for column in COLUMNS), cells_of(receipt), strict=True)
    return {title: text or None for title, text in said if title in table.columns}


def _outcomes(extensions: Extensions, table: TitledTable) -> Iterator[Line]:
    """Give what became of each row, where it does not say so yet; of one that is blank now nothing."""
    for row in table.rows:
        said = extensions.results.get(row.at, "")
        if row.text(RESULT) != said:
            yield Line(key="", cells={RESULT: said or None}, at=row.at)
