"""What a returned workbook holds, as read: raw values with their places, nothing interpreted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fazhi_xl.cells import CellPlace, RawCell
from fazhi_xl.findings import NOWHERE, Code, Finding, finding
from fazhi_xl.text.worded import Worded


class SheetState(StrEnum):
    """Whether a sheet is shown; a very hidden one can only be shown by a program (ECMA-376 part 1, 18.18.68)."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


class Extra(Worded):
    """What a package may hold beside cells, and its name in messages."""

    MACROS = "macros", "宏"
    EXTERNAL_LINKS = "external-links", "外部链接"
    CONNECTIONS = "connections", "数据连接"
    OBJECTS = "objects", "嵌入的对象"  # OLE
    CONTROLS = "controls", "控件"  # buttons and ActiveX
    PICTURES = "pictures", "图片"
    CELL_PICTURES = "cell-pictures", "单元格图片"
    TEXT_BOXES = "text-boxes", "文本框"
    REVISIONS = "revisions", "修订记录"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much of a workbook is read.

    Cells beyond `rows` and `columns` are only counted. The sheets after the first `sheets` are listed, and not read.
    A text is cut to `text` + 1 characters, so one that was too long still shows. More than `cells` cells or `strings`
    shared strings is no form that was filled in, and refused. Of the comments the first `comments` are kept.
    """

    rows: int = 1000
    columns: int = 64
    sheets: int = 40
    text: int = 4000
    merges: int = 2000
    cells: int = 500_000
    strings: int = 500_000
    comments: int = 500


WHOLE_FORM = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark beside a cell, a classic note or a thread; `author` is blank for a thread."""

    sheet: str
    row: int
    column: int
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet; `cut` says that its end was not read, so protection, merges and filters are unknown.

    `hidden_rows` and `hidden_columns` are numbers from 1, within the bounds. `filtered` says that a filter is in force.
    """

    name: str
    state: SheetState
    protected: bool
    merges: tuple[str, ...]
    cut: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBook:
    """One workbook, sheets in their order, cells by sheet and in the file's order; blank cells are left out.

    `names` are the defined names of the whole workbook with their references (`'任务分解表'!$D$7`). `outside` counts
    the cells with content beyond the bounds. `client` is a guess for support, never evidence. Where `formulas_known` is
    False the format shows no formulas, error values, names or protection, and `outside` counts no rows.

    `properties` are the document's custom ones. `struck` are the cells with content that is crossed out, wholly or in
    part, and `disguised` those whose number format scales or hides what is stored. `formats` are the number formats of numbers
    that may be shown as something else: days, times, words, leading zeros. Where the part that holds them is damaged,
    too large or of another format, these four, `comments` and some of `extras` are empty, which then means unknown.

    `sent_back` is for the office to set, where it knows the workbook as one that it returned for correction; `front` are then the cells
    of the sheet that it had put in front, which are not among the `cells`.
    """

    kind: str
    sheets: tuple[RawSheet, ...]
    cells: tuple[RawCell, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    date1904: bool = False
    outside: int = 0
    client: str = ""
    formulas_known: bool = True
    properties: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    struck: frozenset[CellPlace] = frozenset()
    disguised: frozenset[CellPlace] = frozenset()
    formats: Mapping[CellPlace, str] = field(default_factory=dict)
    extras: frozenset[Extra] = frozenset()
    sent_back: bool = False
    front: tuple[RawCell, ...] = ()


class RejectedError(Exception):
    """The file is not read; carries the one fatal finding that says why and what to do."""

    def __init__(self, reason: Finding) -> None:
        self.finding = reason
        super().__init__(reason)

    def __str__(self) -> str:
        return self.finding.message


def rejected(code: Code, **words: object) -> RejectedError:
    """Make the refusal of a finding's code."""
    return RejectedError(finding(code, NOWHERE, value=None, **words))
