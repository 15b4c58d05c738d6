"""目录_….xlsx as values: the heads and rows of its sheets, as the writer draws them and the reader looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from fazhi_xl.setup.book.cells import NO, YES
from fazhi_xl.setup.book.declared.columns import Column, Form
from fazhi_xl.setup.book.declared.fields import ABSENT, GROUP, KEY, NAME, PURPOSE, SWITCHES, THERE, VALUE, fields
from fazhi_xl.setup.book.declared.fields import SHEET as FIELDS
from fazhi_xl.setup.book.declared.sheets import TABLES, table_of
from fazhi_xl.setup.book.declared.table import ID, NOTE, Table
from fazhi_xl.setup.book.rows import Row, identity
from fazhi_xl.xlsx.kept.model import Head, Line, Sheet, Use

VERSION = "1"
"""Of the workbook: a later one may hold what this program does not know."""
VERSION_NAME, CAMPAIGN_NAME, STATE_NAME = "目录工作簿版本", "目录名称", "目录内容"

LOOSE = Sheet(
    name="注释",
    key="loose_comments",
    says="文件里的注释,不属于哪一行的;写成新的文件夹时照样写进去。",
    heads=(Head(title="文件", width=20), Head(title="哪一处", width=30), Head(title="注释", width=80)),
    hidden=True,
    spare=True,
)
"""What comments of a catalogue's files say beside what has a row, out of sight: it goes into a new folder."""

Computed = Mapping[str, Mapping[tuple[str, ...], str]]
"""What the program says beside the rows: by the head of a column, by the sheet and the identity of a row."""
SENTENCE, SCORED_BY = "单位读到的话", "谁给分"
_COMPUTED: Mapping[str, tuple[Head, ...]] = MappingProxyType(
    {
        "得分点": (
            Head(title=SCORED_BY, width=20, use=Use.COMPUTED),
            Head(title=SENTENCE, width=48, use=Use.COMPUTED),
        ),
        "计分规则": (Head(title=SENTENCE, width=48, use=Use.COMPUTED),),
    }
)
_NARROW = 10
"""The width of columns, at the left of a table, that stay in sight: numbers and codes."""
_BEFORE: Mapping[str, str] = MappingProxyType({"得分点": "原文", "计分规则": "种类"})
"""After which column the computed ones stand, where that is not the last."""
_NOTE = Head(title=NOTE, width=24, hint="写给自己看的话,不印出来。")
_MARK = Head(title=ID, width=8, use=Use.HIDDEN, text=True)


@lru_cache(maxsize=1)
def blank_sheets() -> tuple[Sheet, ...]:
    """Give the sheets without rows: what the reader looks for."""
    fixed = Use.COMPUTED
    notice = Sheet(
        name=FIELDS,
        key=KEY,
        says="通知本身:文号、日期、计分、叫法、条款。只填“填什么”一栏;留空的按“说明”。",
        heads=(
            Head(title=GROUP, width=14, use=fixed),
            Head(title=NAME, width=22, use=fixed),
            Head(title=VALUE, width=60),
            Head(title=PURPOSE, width=60, use=fixed),
            _NOTE,
            _MARK,
        ),
        mark=ID,
        told_by=identity,
        tab="input_line",
    )
    return notice, *map(_blank, TABLES)


def _blank(table: Table) -> Sheet:
    heads = tuple(map(_head, table.columns))
    more = _COMPUTED.get(table.sheet, ())
    first = 1 + next((at for at, head in enumerate(heads) if head.title == _BEFORE.get(table.sheet)), len(heads) - 1)
    heads = (*heads[:first], *more, *heads[first:], _NOTE, _MARK)
    fixed = next((at for at, head in enumerate(heads) if head.width > _NARROW), 0)
    return Sheet(name=table.sheet, key=table.key, says=table.says, heads=heads, mark=ID, told_by=identity, fixed=fixed)


def _head(column: Column) -> Head:
    form = column.form() if column.own or column.models else Form.TEXT
    options = (YES, NO) if form is Form.SWITCH else tuple(column.words.values()) if form is Form.CHOICE else ()
    over = tuple((sheet, table_of(sheet).name) for sheet in column.over)
    return Head(
        title=column.head,
        width=column.width,
        hint=column.purpose,
        options=options,
        over=over,
        text=column.exact,
    )


def filled(rows: Mapping[str, Iterable[Row]], computed: Computed = MappingProxyType({})) -> tuple[Sheet, ...]:
    """Give the sheets with their rows, and what the program says beside them."""
    notice, *tables = blank_sheets()
    said = {row.mark.id: row for row in rows.get(FIELDS, ()) if row.mark}
    return (
        replace(notice, lines=tuple(_field_lines(said))),
        *(
            replace(sheet, lines=tuple(_line(sheet.name, row, computed) for row in rows.get(sheet.name, ())))
            for sheet in tables
        ),
    )


def _line(sheet: str, row: Row, computed: Computed) -> Line:
    identity = (sheet, *(row.mark.identity if row.mark else ()))
    more = {head: said[identity] for head, said in computed.items() if identity in said}
    return Line(key=row.mark.text if row.mark else "", cells={**row.cells, **more, NOTE: row.note or None})


def _field_lines(said: Mapping[str, Row]) -> Iterable[Line]:
    purposes = {each.key: each.column for each in fields()}
    for key, row in said.items():
        switch = key.startswith(f"{SWITCHES}:")
        column = purposes.get(key)
        purpose = _SWITCH_SAYS if switch else _purpose(column) if column else ""
        options = (THERE, ABSENT) if switch else _head(column).options if column else ()
        cells = {**row.cells, PURPOSE: purpose or None, NOTE: row.note or None}
        yield Line(key=row.mark.text if row.mark else "", cells=cells, options={VALUE: options} if options else {})


_SWITCH_SAYS = "没有的,这一部分的表不用,填表、审核、排名里也没有它。"


def _purpose(column: Column) -> str:
    usual = column.default
    shown = {True: YES, False: NO}.get(usual) if isinstance(usual, bool) else column.words.get(usual, usual)
    required = column.models[0].model_fields[column.field].is_required()
    if required:
        return "。".join(filter(None, (column.purpose, "必填")))
    known = isinstance(shown, str | int) and shown != ""
    return "。".join(filter(None, (column.purpose, f"留空的是“{shown}”" if known else "可以留空")))
