"""发信登记: which letter went to which unit, when, with what, and what the server said; made anew from the record at each run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.reports.media.workbook import Cell, Column, ReportBook, ReportSheet, Sentence, Table

BOOK, _NAME = "发信登记.xlsx", "发信登记"
_HOW = (
    "一行一封,最后的在最下面。每次写草稿或发信都由程序重新写好,填在这里的字不会保留;依据是旁边的 发信登记.jsonl,请不要改它。"
    "“已发送”是服务器收下了;对方邮箱的退信过后才来,收进“回收”再收一次表,就写在那一封的回答里。“不知道发出没有”的,请问一下收件单位。"
)
_COLUMNS = (
    Column(title="时间", width=17, style="centre"),
    Column(title="单位", width=14),
    Column(title="种类", width=11, style="centre"),
    Column(title="收件人", width=32),
    Column(title="主题", width=34),
    Column(title="附件", width=34),
    Column(title="附件的 SHA-256", width=34, style="small"),
    Column(title="怎样", width=7, style="centre"),
    Column(title="结果", width=13, style="centre"),
    Column(title="服务器的回答", width=34, style="small"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A draft or an attempt to send, as people read it; `attachments` are names with their SHA-256, `refused` answers by address."""

    at: str
    unit: str
    sort: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    attachments: tuple[tuple[str, str], ...]
    how: str
    result: str
    answer: str
    refused: tuple[tuple[str, str], ...] = ()
    returned: tuple[tuple[str, str, str], ...] = ()  # address, day and why, of what came back

    @property
    def row(self) -> tuple[Cell, ...]:
        to = "\n".join((*self.to, *(f"抄送:{each}" for each in self.copies)))
        names, digests = ("\n".join(each[at] for each in self.attachments) for at in (0, 1))
        missed = (f"没有送到{each}:{said}" for each, said in self.refused)
        back = (f"{each}的邮件{day}退回:{said}" for each, day, said in self.returned)
        answer = "\n".join(filter(None, (self.answer, *missed, *back)))
        told = (self.at, self.unit, self.sort, to, self.subject, names, digests, self.how, self.result, answer)
        return tuple(each or None for each in told)


def post_book(posted: Iterable[Posted], title: str = _NAME) -> ReportBook:
    """Make the register's book."""
    sheet = ReportSheet(
        name=_NAME,
        title=title,
        blocks=(Sentence(_HOW), Table(columns=_COLUMNS, rows=tuple(each.row for each in posted))),
        filtered=True,
    )
    return ReportBook(title=title, sheets=(sheet,), footer=title)
