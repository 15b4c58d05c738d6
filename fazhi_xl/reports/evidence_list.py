"""台账清单: which file is for which item, unit by unit, as the system above asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.privacy import row_without_identity_numbers
from fazhi_xl.reports.media.titles import dated, title
from fazhi_xl.reports.media.workbook import Cell, Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.rounds.evidence import Came, Document, EvidenceFile
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.rounds.round import Round

NAME = "台账清单"
_NAMED = 10  # files of one document
_UNLISTED, _ASTRAY = "收到,台账目录没有列出", "收到,看不出是哪一项的"


def evidence_book(round_: Round) -> ReportBook:
    """List every document that units list, in the order of units and items, then the evidence that no unit lists."""
    listed = tuple(_listed(round_))
    rows = (*listed, *_unlisted(round_))
    numbered = tuple((no, *row_without_identity_numbers(row)) for no, row in enumerate(rows, 1))
    heading = title(round_, NAME)
    said = (
        f"{dated(round_)}。一行一份材料,按{round_.notice.about.words.list}和{round_.notice.about.words.item}排列;收到而没有列出的在最后。"
        "“收到的文件”是在 回收 文件夹里的位置;“实有页数”和“打开情况”是自动打开文件得到的,空着的没有疑点。"
    )
    sheet = ReportSheet(
        name=NAME,
        title=heading,
        blocks=(Sentence(said), Table(columns=_columns(round_.notice), rows=numbered, name=NAME, native=True)),
        filtered=True,
    )
    return ReportBook(title=heading, sheets=(sheet,), footer=heading)


def _columns(notice: Notice) -> tuple[Column, ...]:
    item = notice.about.words.item
    return (
        Column(title="序号", width=5, style="whole"),
        Column(title="单位", width=14),
        Column(title=f"{item}序号", width=6, style="whole"),
        Column(title=item, width=24),
        Column(title="得分点", width=7, style="centre"),
        Column(title="材料名称", width=26),
        Column(title="材料类型", width=9, style="centre"),
        Column(title="形成日期", width=11, style="centre"),
        Column(title="页数", width=5, style="whole"),
        Column(title="文件名", width=20, style="small"),
        Column(title="收到情况", width=12, style="centre"),
        Column(title="收到的文件", width=26, style="small"),
        Column(title="实有页数", width=6, style="whole"),
        Column(title="打开情况", width=18, style="small"),
    )


# What units list -----------------------------------------------------------------------------------------------------


def _listed(round_: Round) -> Iterator[tuple[Cell, ...]]:
    for unit in round_.notice.units:
        file = round_.file_of(unit.short)
        for document in sorted(file.documents, key=lambda each: _order(round_.notice, each)) if file else ():
            yield _document_row(round_.notice, unit.short, document)


def _order(notice: Notice, document: Document) -> int:
    """Give the place of a document's sub-point in the notice; one that the notice does not have any more comes last."""
    codes = list(notice.sub_points)
    return codes.index(document.sub_point) if document.sub_point in codes else len(codes)


def _document_row(notice: Notice, unit: str, document: Document) -> tuple[Cell, ...]:
    came = document.came.word + ("(不在该项的文件夹)" if document.misplaced and document.came is Came.HERE else "")
    return (
        unit,
        *_item(notice, document.sub_point),
        document.title or None,
        document.sort or None,
        str(document.dated) if document.dated else None,
        document.pages,
        document.name or None,
        came,
        _some(document.paths) or None,
        document.counted,
        document.doubt or None,
    )


def _some(paths: tuple[str, ...]) -> str:
    """Name the first few files of a document: a listed archive may hold hundreds."""
    more = f"等{len(paths)}个" if len(paths) > _NAMED else ""
    return "、".join(paths[:_NAMED]) + more


def _item(notice: Notice, code: str) -> tuple[Cell, Cell, Cell]:
    """Give the item's number and name and the sub-point's code; a code without a full stop is an item's number."""
    item = notice.item_at(code)
    return (item.no if item else None, item.name if item else None, code if "." in code else None)


# What no unit lists --------------------------------------------------------------------------------------------------


def _unlisted(round_: Round) -> Iterator[tuple[Cell, ...]]:
    matched = {path for file in round_.files for document in file.documents for path in document.paths}
    numbers = {unit.short: unit.no for unit in round_.notice.units}
    rest = [(file, file.evidence) for file in round_.files if file.evidence and file.path not in matched]
    for file, evidence in sorted(rest, key=lambda each: _place(numbers, *each)):
        name, code = file.path.rpartition("/")[2], "".join(evidence.codes[-1:])
        unit = evidence.unit or "不能确定"
        seen = evidence.seen or Inspected()
        found = (seen.pages, seen.doubt or None)
        yield (
            unit,
            *_item(round_.notice, code),
            None,
            None,
            None,
            None,
            name,
            _UNLISTED if code else _ASTRAY,
            file.path,
            *found,
        )


def _place(numbers: dict[str, int], file: FileResult, evidence: EvidenceFile) -> tuple[int, list[int], str]:
    """Sort by unit, those of nobody's last, then by item and sub-point, then by path."""
    unit = numbers.get(evidence.unit or "", len(numbers) + 1_000)
    code = evidence.codes[-1] if evidence.codes else "1000"
    return (unit, [int(part) for part in code.split(".")], file.path)
