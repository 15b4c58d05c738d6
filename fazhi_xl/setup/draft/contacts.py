"""The list of contact persons that a notice has units fill in: its columns, the roles, and who signs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fazhi_xl.setup.draft.characters import joined, squeezed
from fazhi_xl.text.papers import Paper, Paragraph, Table

_COLUMN = re.compile(r"姓名|职务|.*电话.*|.*手机.*|.*号码.*|.*邮箱.*|微信号?")
_SIGNED = re.compile(r"([^\s:：_]{2,8})\s*[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContacts:
    """The list, and where it was read; `table` counts the paper's tables from 0."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    sign_off: tuple[str, ...]
    where: str
    table: int


def read_contacts(paper: Paper) -> ReadContacts | None:
    """Find the list: a table that asks for names and telephone numbers, a row for each role."""
    number = -1
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Paragraph):
            continue
        number += 1
        titles = tuple(dict.fromkeys(squeezed(cell.text) for cell in block.rows[0])) if block.rows else ()
        roles = tuple(dict.fromkeys(squeezed(row[0].text) for row in block.rows[1:] if row[0].text))
        if sum(bool(_COLUMN.fullmatch(title)) for title in titles) > 1 and roles and all(titles):
            return ReadContacts(
                title=_title(paper, at),
                columns=titles,
                rows=roles,
                sign_off=_signed(paper, at),
                where=block.places[0],
                table=number,
            )
    return None


def _title(paper: Paper, at: int) -> str:
    above = paper.blocks[at - 1] if at else None
    return joined(above.text) if isinstance(above, Paragraph) else ""


def _signed(paper: Paper, at: int) -> tuple[str, ...]:
    below: Paragraph | Table | None = paper.blocks[at + 1] if at + 1 < len(paper.blocks) else None
    return tuple(_SIGNED.findall(below.text)) if isinstance(below, Paragraph) and len(below.text) < 100 else ()
