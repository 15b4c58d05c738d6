"""Scoring rules as plain data: what a sub-point asks for, and what earns its points.

A sub-point's points are earned by one or more parts. Each part earns a share of them; `combine` says whether the parts count
by their weights or all of them must be met. Parts that count in points (deduct, tally, balance, bands) may go below 0 or above
the points where the sub-point allows it. What a part means as a formula, a value and a sentence is said in `form.rules`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from fazhi_xl.notice import patterns
from fazhi_xl.notice.choices import Below, Combine, GivenBy, Kind, NoCase, Side, Step
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.points import FINEST, from_decimal

YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"


class Plain(BaseModel):
    """A frozen value of the catalogue; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Input(Plain):
    """One fact that a sub-point asks for."""

    key: str = Field(pattern=patterns.KEY)
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
            raise ValueError(Fault.TWO_OPTIONS(at="options"))
        return self


def _counted_exactly(points: Decimal) -> Decimal:
    """Refuse what is finer than the finest figure that rules count with."""
    from_decimal(points, FINEST)
    return points


Amount = Annotated[Decimal, Field(gt=0, le=10_000), AfterValidator(_counted_exactly)]
"""Points for each event, with at most three places."""

SignedAmount = Annotated[Decimal, Field(ge=-10_000, le=10_000), AfterValidator(_counted_exactly)]
"""Points that are given or taken, with at most three places."""


class Weighed(Plain):
    """What every part has: its weight among the parts that count each by itself."""

    weight: int = Field(default=1, gt=0, le=1000)


class Yes(Weighed):
    """A yes/no fact: 是 earns the share, 不涉及 takes the part out."""

    kind: Literal["yes"]
    input: str


class Count(Weighed):
    """A count that must reach a number; below it nothing, or in proportion."""

    kind: Literal["count"]
    input: str
    at_least: int = Field(default=1, gt=0)
    below: Below = Below.ZERO


class CountZero(Weighed):
    """A count that must be zero."""

    kind: Literal["count_zero"]
    input: str


class Rate(Weighed):
    """What was done out of what was due, both whole numbers; the sums are taken where several are named.

    `at_least` is in per cent. `no_case` says what a due of 0 means.
    """

    kind: Literal["rate"]
    done: tuple[str, ...] = Field(min_length=1)
    due: tuple[str, ...] = Field(min_length=1)
    at_least: int = Field(default=100, gt=0, le=100)
    below: Below = Below.ZERO
    no_case: NoCase = NoCase.MET


class Ratio(Weighed):
    """A number per unit of a base (persons aided per 10,000 inhabitants) that must reach a value."""

    kind: Literal["ratio"]
    amount: str
    base: str
    at_least: int = Field(gt=0)
    below: Below = Below.ZERO


class Fall(Weighed):
    """A count, or a rate where the `_of` inputs are named, that is lower than last year's, or zero; with `or_equal` the same is enough."""

    kind: Literal["fall"]
    this_year: str
    last_year: str
    this_year_of: str | None = None
    last_year_of: str | None = None
    or_equal: bool = False


class Grade(Weighed):
    """A graded answer; `shares` are in per cent, and an answer without one takes the part out (不涉及)."""

    kind: Literal["grade"]
    input: str
    shares: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(min_length=2)


class Months(Weighed):
    """A stretch of time of at least so many months, both days counted."""

    kind: Literal["months"]
    start: str
    end: str
    at_least: int = Field(gt=0)


class Days(Weighed):
    """A stretch of time of at least so many days, the first and the last one counted."""

    kind: Literal["days"]
    start: str
    end: str
    at_least: int = Field(gt=0)


class EventTerm(Plain):
    """Points for each event that an input counts, up to `cap`.

    With a `target`, the events are the pieces that are missing below it. `again` is how many times every event after the
    first one counts.
    """

    input: str
    each: Amount
    cap: Amount | None = None
    target: int | None = Field(default=None, gt=0)
    again: int = Field(default=1, ge=1, le=100)


class MarginTerm(Plain):
    """Points for each percentage point of a rate below or above its reference, up to `cap`.

    The reference is a number, an input that holds one, or last year's rate; all in per cent.
    """

    done: tuple[str, ...] = Field(min_length=1)
    due: tuple[str, ...] = Field(min_length=1)
    reference: Decimal | None = Field(default=None, ge=0, le=1000)
    reference_input: str | None = None
    last_done: tuple[str, ...] = ()
    last_due: tuple[str, ...] = ()
    side: Side = Side.BELOW
    each: Amount
    step: Step = Step.FULL
    cap: Amount | None = None

    @model_validator(mode="after")
    def _one_reference(self) -> MarginTerm:
        named = (self.reference is not None, self.reference_input is not None, bool(self.last_done))
        if sum(named) != 1 or bool(self.last_done) != bool(self.last_due):
            raise ValueError(ShapeFault.ONE_REFERENCE(at="reference"))
        return self


TERM_TAGS = frozenset({"events", "margin"})


def _term_tag(raw: object) -> str:
    return "margin" if isinstance(raw, MarginTerm) or (isinstance(raw, dict) and "done" in raw) else "events"


Term = Annotated[Annotated[EventTerm, Tag("events")] | Annotated[MarginTerm, Tag("margin")], Discriminator(_term_tag)]


class Tally(Weighed):
    """So many points for each event, up to the sub-point's points, and up to `cap`."""

    kind: Literal["tally"]
    terms: tuple[Term, ...] = Field(min_length=1)
    cap: Amount | None = None


class Deduct(Weighed):
    """The sub-point's points less so many for each event, less at most `cap`, and down to the least it can have."""

    kind: Literal["deduct"]
    terms: tuple[Term, ...] = Field(min_length=1)
    cap: Amount | None = None


class Balance(Weighed):
    """Points to begin with, and so many more or less for each event, within what the sub-point can have."""

    kind: Literal["balance"]
    start: SignedAmount = Decimal(0)
    plus: tuple[Term, ...] = ()
    minus: tuple[Term, ...] = ()

    @model_validator(mode="after")
    def _some_term(self) -> Balance:
        if not (self.plus or self.minus):
            raise ValueError(ShapeFault.NO_TERM())
        return self


class Band(Plain):
    """A bound of a number, and the points where the number meets it."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    points: SignedAmount

    @model_validator(mode="after")
    def _one_bound(self) -> Band:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(ShapeFault.ONE_BOUND(at="at_least"))
        return self


class Bands(Weighed):
    """Points by the first band that a number, or a rate in per cent, meets; `otherwise` where it meets none.

    `no_case` says what a due of 0 means: the best band, nothing, or that the part does not apply.
    """

    kind: Literal["bands"]
    input: str | None = None
    done: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=1)
    otherwise: SignedAmount = Decimal(0)
    no_case: NoCase = NoCase.MET

    @model_validator(mode="after")
    def _one_number(self) -> Bands:
        if (self.input is None) != bool(self.done) or bool(self.done) != bool(self.due):
            raise ValueError(ShapeFault.ONE_NUMBER(at="input"))
        return self


Part = Annotated[
    Yes | Count | CountZero | Rate | Ratio | Fall | Grade | Months | Days | Tally | Deduct | Balance | Bands,
    Field(discriminator="kind"),
]


class Rule(Plain):
    """How the parts make up the points: `each` part its share by weight of those that apply, or `all` of them or nothing."""

    combine: Combine = Combine.EACH
    parts: tuple[Part, ...] = Field(min_length=1)


def inputs_of(part: Part) -> tuple[str, ...]:
    """Name the inputs a part reads, in the order of its declaration."""
    terms = terms_of(part)
    if terms:
        return tuple(dict.fromkeys(key for term in terms for key in inputs_of_term(term)))
    return tuple(key for key in _named_by(part) if key)


def _named_by(part: Part) -> tuple[str | None, ...]:
    match part:
        case Rate() | Bands(input=None):
            return (*part.done, *part.due)
        case Ratio():
            return (part.amount, part.base)
        case Fall():
            return (part.this_year, part.this_year_of, part.last_year, part.last_year_of)
        case Months() | Days():
            return (part.start, part.end)
        case Tally() | Deduct() | Balance():
            return ()
        case _:
            return (part.input,)


def terms_of(part: Part) -> tuple[Term, ...]:
    """Give a part's terms, in the order of its declaration; none where it does not count in points for events."""
    match part:
        case Tally() | Deduct():
            return part.terms
        case Balance():
            return (*part.plus, *part.minus)
        case _:
            return ()


def inputs_of_term(term: Term) -> tuple[str, ...]:
    """Name the inputs a term reads, in the order of its declaration."""
    if isinstance(term, EventTerm):
        return (term.input,)
    reference = (term.reference_input,) if term.reference_input else ()
    return (*term.done, *term.due, *reference, *term.last_done, *term.last_due)
