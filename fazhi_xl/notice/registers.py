"""Registers as plain data: what is listed row by row, who keeps it, and which facts of sub-points its rows give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from fazhi_xl.notice import patterns
from fazhi_xl.notice.choices import KeptBy, Kind, Periods, Scope
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.shape_faults import ShapeFault

Text = Annotated[str, Field(min_length=1)]


class RegisterColumn(Plain):
    """A column of a register. `required_with` names the column and the value with which this one must be filled."""

    key: str = Field(pattern=patterns.KEY)
    title: str = ""  # the key where it is blank
    kind: Kind
    width: float = Field(default=16, ge=6, le=80)  # in characters of the default font
    options: tuple[Text, ...] = ()
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(99_999)
    places: int = Field(default=2, ge=0, le=3)
    earliest: date | None = None  # of a date; the assessment period's first day where the catalogue names none
    latest: date | None = None
    measure: str = ""
    length: int = Field(default=200, gt=0, le=300)
    required: bool = True
    required_with: dict[str, str] = Field(default_factory=dict, max_length=1)
    hint: str = ""

    @property
    def heading(self) -> str:
        """What stands above the column."""
        return self.title or self.key

    @model_validator(mode="after")
    def _choices(self) -> RegisterColumn:
        if self.kind is Kind.CHOICE and len(self.options) < 2:
            raise ValueError(Fault.TWO_OPTIONS(at="options"))
        return self


class OnTime(Plain):
    """When a row's day is on time: by this day of the month; for quarters, of their last month or of `months_after` later."""

    column: Text
    day: int = Field(ge=1, le=28)
    months_after: int = Field(default=0, ge=0, le=2)
    counted: Text = "计分"  # the code of the computed column that says 按时 or 迟报
    title: Text = "计分情况"


class Feed(Plain):
    """A fact that the rows of a unit give: their number, the sum of a column, or the value of one.

    Only the rows count that are `on_time`, and hold what `where` says, by column.
    """

    sub_point: Text
    input: Text
    on_time: bool = False
    where: dict[str, str] = Field(default_factory=dict)
    sum: str | None = None
    value: str | None = None

    @model_validator(mode="after")
    def _one_quantity(self) -> Feed:
        if self.sum and self.value:
            raise ValueError(ShapeFault.ONE_QUANTITY(at="sum"))
        return self


class Register(Plain):
    """A list that a unit or the office keeps, and what it feeds. `rows` are a unit's rows, or the office's blank ones."""

    name: str = Field(pattern=patterns.REGISTER_NAME)
    kept_by: KeptBy
    prefix: str = Field(default="", pattern=patterns.PREFIX)  # of the row codes; the name where it is blank
    title: str = ""  # the name where it is blank
    note: str = ""
    foot: str = ""
    summary: str = ""  # of a unit's register; `{key}` is the number that it gives to that input
    rows: int | None = Field(default=None, ge=1, le=500)
    periods: Periods | None = None
    scope: Scope = Scope.ENTRY
    columns: tuple[RegisterColumn, ...] = Field(min_length=1)
    on_time: OnTime | None = None
    feeds: tuple[Feed, ...] = ()

    @property
    def code(self) -> str:
        """What the codes of its rows begin with."""
        return self.prefix or self.name

    @property
    def heading(self) -> str:
        """Its title, without the name of the assessment."""
        return self.title or self.name

    def column(self, key: str) -> RegisterColumn:
        """Give a column by its key. Raises StopIteration if there is none."""
        return next(each for each in self.columns if each.key == key)

    def feeding(self, sub_point: str) -> tuple[Feed, ...]:
        """Give what it feeds of a sub-point, by the sub-point's id."""
        return tuple(feed for feed in self.feeds if feed.sub_point == sub_point)
