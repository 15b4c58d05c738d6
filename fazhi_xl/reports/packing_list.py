"""上报/目录.xlsx: every file that goes to the system above, by item, unit and sub-point, and what there is no file of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fazhi_xl.notice.model import Item, Notice
from fazhi_xl.reports.media.privacy import row_without_identity_numbers
from fazhi_xl.reports.media.workbook import Cell, Column, Link, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.identity_numbers import without_identity_numbers
from fazhi_xl.text.one_line import cut

NAME, LACKING = "目录", "没有材料的"
MANIFEST = "manifest-sha256.txt"
UNKNOWN = "不能确定"
_LINK_ROOM = 20  # characters: a link stands in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of evidence for a sub-point.

    `file` is its path within 上报, blank where it is not there; `place` its path within the returns; `listed` are the pages that the unit
    states, `counted` those that were counted, where anything counted them; `said` is what else is to be known. A `private` one tells
    citizens' identity numbers, in it or in its name.
    """

    item: Item | None
    sub_point: str
    unit: str | None
    place: str
    title: str = ""
    file: str = ""
    listed: int | None = None
    counted: int | None = None
    sha256: str = ""
    size: int = 0
    said: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What there is no file of: a document that is listed, an item of a unit, or a unit altogether."""

    unit: str
    said: str
    item: Item | None = None
    sub_point: str = ""
    title: str = ""
    name: str = ""


def packing_book(round_: Round, entries: Sequence[Entry], lacks: Sequence[Lack]) -> ReportBook:
    """List the files of 上报, each with a link; and what is lacking. No time stands there: the same files give the same workbook."""
    notice = round_.notice
    heading = f"{round_.mark}{notice.about.short_title} 上报材料"
    return ReportBook(
        title=heading, sheets=(_listed(notice, heading, entries), _lacking(notice, heading, lacks)), footer=heading
    )


def _listed(notice: Notice, heading: str, entries: Sequence[Entry]) -> ReportSheet:
    item = notice.about.words.item
    said = (
        f"按{item}、单位、得分点排列,点“文件”打开;一份材料用于几个得分点的,每个得分点一行。“原来的位置”是在 回收 里的位置。"
        f"文件有没有变过,用 {MANIFEST} 核对。"
    )
    columns = (
        Column(title="序号", width=5, style="whole"),
        Column(title=f"{item}序号", width=5, style="whole"),
        Column(title=item, width=18),
        Column(title="得分点", width=7, style="centre"),
        Column(title="单位", width=12),
        Column(title="材料名称", width=22),
        Column(title="文件", width=26),
        Column(title="原来的名称", width=20, style="small"),
        Column(title="原来的位置", width=24, style="small"),
        Column(title="页数(填报)", width=6, style="whole"),
        Column(title="页数(实际)", width=6, style="whole"),
        Column(title="大小(字节)", width=11, style="whole", number="#,##0"),
        Column(title="SHA-256", width=38, style="small"),
        Column(title="说明", width=24, style="small"),
    )
    rows = tuple((no, *row_without_identity_numbers(_row(each))) for no, each in enumerate(entries, 1))
    table = Table(columns=columns, rows=rows, name=NAME, native=True)
    return ReportSheet(name=NAME, title=f"{heading}{NAME}", blocks=(Sentence(said), table), filtered=True)


def _row(entry: Entry) -> tuple[Cell, ...]:
    return (
        entry.item.no if entry.item else None,
        entry.item.name if entry.item else None,
        entry.sub_point or None,
        entry.unit or UNKNOWN,
        entry.title or None,
        _link(entry.file) if entry.file else None,
        entry.place.rpartition("/")[2],
        entry.place,
        entry.listed,
        entry.counted,
        entry.size,
        entry.sha256 or None,
        ";".join(entry.said) or None,
    )


def _link(file: str) -> Link:
    return Link(text=cut(without_identity_numbers(file.rpartition("/")[2]), _LINK_ROOM), file=file)


def _lacking(notice: Notice, heading: str, lacks: Sequence[Lack]) -> ReportSheet:
    words = notice.about.words
    columns = (
        Column(title="序号", width=5, style="whole"),
        Column(title="单位", width=16),
        Column(title=f"{words.item}序号", width=6, style="whole"),
        Column(title=words.item, width=26),
        Column(title="得分点", width=8, style="centre"),
        Column(title="材料名称", width=30),
        Column(title="填的文件名", width=26, style="small"),
        Column(title="情况", width=28),
    )
    rows = tuple((no, *row_without_identity_numbers(cells)) for no, cells in enumerate(_lack_rows(lacks), 1))
    said = f"列出没有文件可以上报的:{words.unit}列了而没有收到的材料,没有一份材料的{words.item}和单位。"
    table = Table(columns=columns, rows=rows, name="没有材料", native=True)
    return ReportSheet(name=LACKING, title=f"{heading} {LACKING}", blocks=(Sentence(said), table), filtered=True)


def _lack_rows(lacks: Sequence[Lack]) -> Iterator[tuple[Cell, ...]]:
    for each in lacks:
        yield (
            each.unit,
            each.item.no if each.item else None,
            each.item.name if each.item else None,
            each.sub_point or None,
            each.title or None,
            each.name or None,
            each.said,
        )
