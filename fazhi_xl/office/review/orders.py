"""What is ordered of a round's review: self-scores to accept, decisions typed into the console, sections' own books."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review.console_entries import ConsoleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An explicit order to take units' self-scores as they are, where nothing has been decided.

    It names who answers for it; without a name it is wrong use.
    """

    units: tuple[str, ...]
    reviewer: str

    def __post_init__(self) -> None:
        if not self.reviewer.strip():
            raise WrongUseError("按自评核定(--accept-self)要写明由谁负责,请加上 --by 姓名。")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrders:
    """`sections` are those whose own review books are to be written, `entered` the decisions typed into the console."""

    accept: Acceptance | None = None
    entered: tuple[ConsoleRow, ...] = ()
    sections: tuple[str, ...] = ()
