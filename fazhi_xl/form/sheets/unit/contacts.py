"""联络员名单: Annex 4 of the notice, to be filled in where people have changed."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.model import STATUS_COLUMN, Content, Field, Label, Row, Sheet, SheetColumn, Slot
from fazhi_xl.form.sheets.common.context import Brief, code_cell, head_row, heading
from fazhi_xl.form.sheets.common.rows import row_status
from fazhi_xl.notice.choices import Kind

NAME = "联络员名单"
PERSON, MOBILE, STATUS = "人员", "手机号码", STATUS_COLUMN
COLUMNS = (
    SheetColumn(code="编号", width=17),
    SheetColumn(code=PERSON, width=18),
    SheetColumn(code="姓名", width=22),
    SheetColumn(code="职务", width=34),
    SheetColumn(code="办公室电话", width=22),
    SheetColumn(code=MOBILE, width=22),
    SheetColumn(code=STATUS, width=22),
)
FILLER = "联络.填报人"


def sheet(brief: Brief) -> Sheet:
    """Draw up the sheet: a row for each role of Annex 4, and who filled it in."""
    contacts = brief.contacts
    own = (replace(column, title=title) for column, title in zip(COLUMNS[1:6], contacts.columns, strict=True))
    columns = (COLUMNS[0], *own, COLUMNS[6])
    rows = [
        *heading(brief, columns, contacts.title, brief.notice.about.texts.contact_clause),
        head_row(columns),
        *(_person(columns, role) for role in contacts.rows),
        _filler(brief),
    ]
    return Sheet(name=NAME, columns=columns, rows=tuple(rows), tab="input")


def _person(columns: tuple[SheetColumn, ...], role: str) -> Row:
    code = f"联络.{role}"
    fields = {column.code: _text(code, column.code, column.title) for column in columns[2:6]}
    cells: dict[str, Content] = {**code_cell(code), PERSON: Label(role, "measure"), **fields}
    cells[STATUS] = row_status(fields.values())
    return Row(code=code, cells=cells, height=32)


def _filler(brief: Brief) -> Row:
    filler, unit = brief.contacts.sign_off
    name = _text(FILLER, "姓名", filler)
    cells: dict[str, Content] = {
        **code_cell(FILLER),
        PERSON: Label(filler, "measure"),
        "姓名": name,
        "职务": Label(unit, "measure"),
        "办公室电话": Slot("unit_name", "measure"),
        STATUS: row_status((name,)),
    }
    return Row(code=FILLER, cells=cells, height=32)


def _text(code: str, column: str, label: str) -> Field:
    field = Field(
        row=code,
        column=column,
        label=label,
        kind=Kind.TEXT,
        length=40,
        style="input_text",
        private=True,
        prompt="人员有调整的才填写,没有调整的留空。",
    )
    return with_checks(field)
