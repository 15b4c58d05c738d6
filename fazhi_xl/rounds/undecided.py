"""What the office has still to decide: while any of it is open, a ranking is not official, or at least not sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fazhi_xl.text.worded import Worded


class Undecided(Worded):
    """Why a row of the review is open."""

    SUB_POINT = "sub_point", "得分点未核定"
    NOT_APPLICABLE = "not_applicable", "不涉及待核准"
    OFFICE_VALUE = "office_value", "待办公室提供数据"
    BONUS = "bonus", "加分待认定"
    DEDUCTION = "deduction", "减分待认定"
    REGISTER = "register", "核定与登记簿不一致"
    BOOKS = "books", "几本审核表不一致"
    UNREAD = "unread", "填写有误没有采用"
    NOTHING = "nothing", "还没有登记"
    QUERY = "query", "核实未答复"
    UNLIKE = "unlike", "同数不同分待说明"
    SECOND = "second", "复审还没有填"
    RULING = "ruling", "两审相差待裁定"
    APPEAL = "appeal", "复核申请待决定"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """One row that is open: `unit` is whom it is about, blank where nobody knows yet, and `source` another unit that told of it.

    `code` is the row's code in the review book, `sheet` the sheet of it on which the row is decided, and `what` says what it is about.
    While one `for_sealing` is open a ranking may be official, and is not sealed.
    """

    kind: Undecided
    unit: str = ""
    row: str = ""
    code: str = ""
    sheet: str = ""
    what: str = ""
    source: str = ""
    book: str = ""  # within 审核/, where it is not the office's own book
    for_sealing: bool = False

    @property
    def whose(self) -> str:
        """Name the unit, and who told of it: 政府办(司法局提供)."""
        return f"{self.unit}({self.source}提供)" if self.source else self.unit

    @property
    def named(self) -> str:
        """Name the row as people look for it: 审核表的“加分认定”06/加分.01(法院:全国先进)."""
        about = ":".join(filter(None, (self.whose, self.what)))
        return f"“{self.sheet}”{self.code}" + (f"({about})" if about else "")


def by_kind(matters: Iterable[OpenMatter]) -> dict[Undecided, tuple[OpenMatter, ...]]:
    """Give the open rows of each kind that there are any of, in the order of the kinds."""
    every = tuple(matters)
    found = {kind: tuple(each for each in every if each.kind is kind) for kind in Undecided}
    return {kind: own for kind, own in found.items() if own}
