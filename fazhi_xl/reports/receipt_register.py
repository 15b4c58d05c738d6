"""收到登记: when each file was received and by what evidence, with room for the office to correct it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fazhi_xl.reports.filing.receipt_names import ACTION, ACTIONS, BASIS, DAY, FILES, RECEIVED, SHA256, UNIT
from fazhi_xl.reports.media.workbook import Column, ReportBook, ReportSheet, Sentence, Table

SHEET = "收到登记"
_HOW = (
    "收到日期与实际不符的,在“更正日期”填实际收到的日期,例如{day},知道几点的写{day} 09:30;"
    "依据是“按文件时间推定”而日期不错的,在“处理”选“日期无误”;文件名、文件夹或发件人像是别的单位的,核对后确是这家的表,选“核对无误”(日期也不错);"
    "不应采用的文件,在“处理”选“不采用”。填好后保存、关闭,再收一次表。更正认的是文件内容(SHA-256),文件改名、挪动都有效;"
    "其他列由程序填写,请不要改。"
)
_COLUMNS = (
    Column(title=FILES, width=48),
    Column(title=UNIT, width=20),
    Column(title=RECEIVED, width=14, style="centre"),
    Column(title=BASIS, width=18, style="centre"),
    Column(title=DAY, width=18, style="input"),
    Column(title=ACTION, width=12, style="input", choices=ACTIONS),
    Column(title=SHA256, width=69, style="small"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One content that came back, under all its names; `day` and `action` are what the office typed."""

    sha256: str
    files: tuple[str, ...] = ()
    unit: str = ""
    received: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    day: str = ""
    action: str = ""


def receipts_book(title: str, receipts: Iterable[Receipt], example: date) -> ReportBook:
    """Make the register's book; `example` is a day as one is typed into it."""
    rows = tuple(
        (_all(each.files), each.unit, _all(each.received), _all(each.basis), each.day, each.action, each.sha256)
        for each in receipts
    )
    sheet = ReportSheet(
        name=SHEET,
        title=title,
        blocks=(Sentence(_HOW.format(day=example)), Table(columns=_COLUMNS, rows=rows)),
        filtered=True,
    )
    return ReportBook(title=title, sheets=(sheet,), footer=title)


def _all(texts: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(texts))
