"""收到登记: when each file was received and by what evidence, with room for the office to correct it, and to grant longer times."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.filing.receipt_names import (
    ACTION,
    ACTIONS,
    APPROVED_BY,
    BASIS,
    CONTENT,
    DAY,
    EXTENSIONS,
    FILES,
    PAPER,
    REASON,
    RECEIVED,
    RESULT,
    SHA256,
    UNIT,
    UNTIL,
    WHY,
)
from fazhi_xl.reports.media.workbook import Column, ReportBook, ReportSheet, Sentence, Table

SHEET = "收到登记"
ABSENT = "(本次没有收到这个文件)"
_HOW = (
    "收到日期与实际不符的,在“更正日期”填实际收到的日期,例如{day},知道几点的写{day} 09:30;"
    "依据是“按文件时间推定”而日期不错的,在“处理”选“日期无误”;文件名、文件夹或发件人像是别的单位的,核对后确是这家的表,选“核对无误”(日期也不错);"
    "不应采用的文件,在“处理”选“不采用”;定稿以后才收到而要采用的,选“定稿后采用”,并在“原因”写明为什么。收到盖章件的,把上面的内容校验码抄到“纸质校验码”,和“电子表校验码”不同的会列进问题清单。"
    "填好后保存、关闭,再收一次表。更正认的是文件内容(SHA-256),文件改名、挪动都有效;"
    "其他列由程序填写,请不要改。"
)
COLUMNS = (
    Column(title=FILES, width=48),
    Column(title=UNIT, width=20),
    Column(title=RECEIVED, width=14, style="centre"),
    Column(title=BASIS, width=18, style="centre"),
    Column(title=DAY, width=18, style="input"),
    Column(title=ACTION, width=12, style="input", choices=ACTIONS),
    Column(title=REASON, width=24, style="input"),
    Column(title=CONTENT, width=14, style="centre"),
    Column(title=PAPER, width=14, style="input_text"),
    Column(title=SHA256, width=69, style="small"),
)


_EXTENDED = (
    "一行一家:“单位”写通知里的名称(几家同一天的可以写在一格,用顿号隔开),“延期至”写延到哪一天(含当天,例如{day}),“批准人”“理由”都要写,"
    "缺一样就不算批准。延的是表的报送期限{due};早于延期的修改期限随着延,其他期限不变。表已经报来的,补登也算。"
    "填好后保存、关闭,再收一次表;“结果”由程序写。"
)
EXTENSION_COLUMNS = (
    Column(title=UNIT, width=24, style="input"),
    Column(title=UNTIL, width=16, style="input"),
    Column(title=APPROVED_BY, width=14, style="input"),
    Column(title=WHY, width=60, style="input"),
    Column(title=RESULT, width=40),
)
_ROOM_TO_ENTER = 20  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One content that came back, under all its names; `day`, `action` and `reason` are what the office typed.

    `content` is the code over what the form holds, and `paper` what the office read off the stamped paper.
    """

    sha256: str
    files: tuple[str, ...] = ()
    unit: str = ""
    received: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    day: str = ""
    action: str = ""
    reason: str = ""
    content: str = ""
    paper: str = ""


def receipts_book(notice: Notice, receipts: Iterable[Receipt], mark: str = "") -> ReportBook:
    """Make the register's book, with the sheet for longer times still blank."""
    title = f"{mark}{notice.about.short_title}{SHEET}"
    likely = notice.about.dates.ledger_due - timedelta(days=2)  # as one is typed
    rows = (
        tuple(map(cells_of, receipts)) or (("",) * len(COLUMNS),) * 2
    )  # rows that are ready: later ones look like the first
    sheet = ReportSheet(
        name=SHEET,
        title=title,
        blocks=(Sentence(_HOW.format(day=likely)), Table(columns=COLUMNS, rows=rows)),
        filtered=True,
    )
    return ReportBook(title=title, sheets=(sheet, _extensions(notice, mark)), footer=title)


def cells_of(receipt: Receipt) -> tuple[str, ...]:
    """Give a row of the register, by its columns."""
    each = receipt
    came = (_all(each.files), each.unit, _all(each.received), _all(each.basis))
    return (*came, each.day, each.action, each.reason, each.content, each.paper, each.sha256)


def how_to_extend(notice: Notice) -> str:
    """Say how the sheet for longer times is filled in."""
    due = notice.about.dates.ledger_due
    return _EXTENDED.format(day=due + timedelta(days=5), due=due)


def _extensions(notice: Notice, mark: str) -> ReportSheet:
    blank = ("",) * len(EXTENSION_COLUMNS)
    table = Table(columns=EXTENSION_COLUMNS, rows=(blank,) * _ROOM_TO_ENTER)
    return ReportSheet(
        name=EXTENSIONS,
        title=f"{mark}{notice.about.short_title}{EXTENSIONS}",
        blocks=(Sentence(how_to_extend(notice)), table),
        held=1,
    )


def _all(texts: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(texts))
