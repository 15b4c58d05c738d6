"""Scoring rules as plain data: what a sub-point asks for, and what earns its points.

A sub-point's points are earned by one or more parts. Each part earns a share between 0 and 1; `combine` says whether
the parts count in equal shares or all of them must be met. What a part means as a formula, a value and a sentence is
said in `form.rules`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from fazhi_xl.notice.choices import Below, Combine, GivenBy, Kind, NoCase

YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"


class Plain(BaseModel):
    """A frozen value of the catalogue; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Input(Plain):
    """One fact that a sub-point asks for."""

    key: str = Field(pattern=r"^\w+$")
    label: str = Field(min_length=1)
    kind: Kind
    measure: str = ""
    options: tuple[str, ...] = ()
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(99_999)
    earliest: date | None = None  # of a date; the assessment period's first day where the catalogue names none
    latest: date | None = None
    required: bool = True
    not_more_than: str | None = None  # the key of an input of the same sub-point that this one cannot exceed
    not_before: str | None = None  # the key of a date that this one cannot precede
    given_by: GivenBy = GivenBy.UNIT
    hint: str = ""

    @model_validator(mode="after")
    def _choices(self) -> Input:
        if self.kind is Kind.CHOICE and len(self.options) < 2:
            message = "选择项至少要有两个选项 options"
            raise ValueError(message)
        return self


class Yes(Plain):
    """A yes/no fact: 是 earns the share, 不涉及 takes the part out."""

    kind: Literal["yes"]
    input: str


class Count(Plain):
    """A count that must reach a number; below it nothing, or in proportion."""

    kind: Literal["count"]
    input: str
    at_least: int = Field(default=1, gt=0)
    below: Below = Below.ZERO


class CountZero(Plain):
    """A count that must be zero."""

    kind: Literal["count_zero"]
    input: str


class Rate(Plain):
    """What was done out of what was due, both whole numbers; the sums are taken where several are named.

    `at_least` is in per cent. `no_case` says what a due of 0 means.
    """

    kind: Literal["rate"]
    done: tuple[str, ...] = Field(min_length=1)
    due: tuple[str, ...] = Field(min_length=1)
    at_least: int = Field(default=100, gt=0, le=100)
    below: Below = Below.ZERO
    no_case: NoCase = NoCase.MET


class Ratio(Plain):
    """A number per unit of a base (persons aided per 10,000 inhabitants) that must reach a value."""

    kind: Literal["ratio"]
    amount: str
    base: str
    at_least: int = Field(gt=0)
    below: Below = Below.ZERO


class Fall(Plain):
    """A count, or a rate where the `_of` inputs are named, that is lower than last year's, or zero."""

    kind: Literal["fall"]
    this_year: str
    last_year: str
    this_year_of: str | None = None
    last_year_of: str | None = None


class Grade(Plain):
    """A graded answer; `shares` are in per cent, and an answer without one takes the part out (不涉及)."""

    kind: Literal["grade"]
    input: str
    shares: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(min_length=2)


class Months(Plain):
    """A stretch of time of at least so many months, both days counted."""

    kind: Literal["months"]
    start: str
    end: str
    at_least: int = Field(gt=0)


class TallyTerm(Plain):
    """The points for each event that an input counts."""

    input: str
    each: Decimal = Field(gt=0)


class Tally(Plain):
    """So many points for each event, up to the sub-point's points."""

    kind: Literal["tally"]
    terms: tuple[TallyTerm, ...] = Field(min_length=1)


class Deduct(Plain):
    """The sub-point's points less so many for each event, down to zero."""

    kind: Literal["deduct"]
    input: str
    each: Decimal = Field(gt=0)


Part = Annotated[
    Yes | Count | CountZero | Rate | Ratio | Fall | Grade | Months | Tally | Deduct, Field(discriminator="kind")
]


class Rule(Plain):
    """How the parts make up the points: `each` part an equal share of those that apply, or `all` of them or nothing."""

    combine: Combine = Combine.EACH
    parts: tuple[Part, ...] = Field(min_length=1)


def inputs_of(part: Part) -> tuple[str, ...]:
    """Name the inputs a part reads, in the order of its declaration."""
    match part:
        case Rate():
            return (*part.done, *part.due)
        case Ratio():
            return (part.amount, part.base)
        case Fall():
            named = (part.this_year, part.this_year_of, part.last_year, part.last_year_of)
            return tuple(key for key in named if key)
        case Months():
            return (part.start, part.end)
        case Tally():
            return tuple(term.input for term in part.terms)
        case _:
            return (part.input,)
