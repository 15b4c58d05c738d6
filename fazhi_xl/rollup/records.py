"""What report.json says of a district's round, checked: the results that its office wrote, and nothing that anybody else made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from fazhi_xl.points import FINEST, Hundredths, from_decimal, show
from fazhi_xl.scoring.model import Basis, State
from fazhi_xl.text.one_line import one_line

MOST_UNITS, MOST_SUB_POINTS = 5_000, 2_000
"""How many units a district may have, and how many sub-points one of them: what has more is no report."""
_SCORE = re.compile(r"-?\d{1,7}\.\d{2,3}")


def _points(raw: object) -> Hundredths:
    """Read points as `show` writes them. Raises ValueError."""
    if isinstance(raw, int | Fraction) and not isinstance(raw, bool):
        return raw
    return _score(raw if isinstance(raw, str) else "")


@lru_cache(maxsize=1 << 14)
def _score(text: str) -> Hundredths:
    if not _SCORE.fullmatch(text):
        message = "应为两位或三位小数的文字,例如 9.50"
        raise ValueError(message)
    return from_decimal(Decimal(text), FINEST)


@lru_cache(maxsize=1 << 14)  # districts of one notice have the same names
def _printable(text: str) -> str:
    """Refuse what can stand in no cell. Raises ValueError."""
    if text != one_line(text):
        message = "有不能显示的字符"
        raise ValueError(message)
    return text


STATES = {State.MISSING: "未报送", State.RETURNED: "已报,未核定完", State.REVIEWED: "已核定", State.VETOED: "一票否决"}
Points = Annotated[Hundredths, BeforeValidator(_points), PlainSerializer(show)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Text = Annotated[str, Field(max_length=4_000)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Record(BaseModel):
    """A frozen part of a report; what this program does not know of it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, arbitrary_types_allowed=True)


class Group(Record):
    """A ranking group."""

    code: Name
    name: Name


class Item(Record):
    """An item of the notice."""

    id: Name
    no: int = Field(gt=0)
    name: Text
    aspect: Text


class Asked(Record):
    """A sub-point as the notice has it; `item` is its item's number."""

    id: Name
    code: Name
    item: int
    text: Text


class Words(Record):
    """What the notice calls things."""

    unit: Name = "参评单位"
    item: Name = "项目"
    aspects: Name = "各方面"


class NoticeRecord(Record):
    """What the report says of its notice. `catalogue` is the digest of what is scored, `scoring` says how."""

    title: Name
    district: Name
    catalogue: Digest
    scoring: dict[str, Any]
    words: Words = Words()
    groups: tuple[Group, ...] = Field(max_length=200)
    items: tuple[Item, ...] = Field(max_length=MOST_SUB_POINTS)
    sub_points: tuple[Asked, ...] = Field(max_length=MOST_SUB_POINTS)

    @property
    def aspects(self) -> tuple[str, ...]:
        """The aspects in the notice's order, each once."""
        return tuple(dict.fromkeys(item.aspect for item in self.items))


class Scored(Record):
    """A sub-point of a unit: its scores, the points that apply of it, and those that count as the ranking stands."""

    id: Name
    code: Name
    points: Points
    auto: Points | None
    own: Points | None = Field(alias="self")
    reviewed: Points | None
    full: Points
    counted: Points


class UnitRecord(Record):
    """A unit's figures; `awarded` is None where nothing of it was scored."""

    id: Name
    no: int = Field(gt=0)
    kind: Name
    unit: Name
    state: State
    full_marks: Points
    awarded: Points | None
    auto: Points | None
    own: Points | None = Field(alias="self")
    reviewed: Points | None
    percent: Points | None
    bonus: Points | None
    deduction: Points | None
    total: Points | None
    rank: Annotated[int, Field(gt=0)] | None
    group: Name
    group_rank: Annotated[int, Field(gt=0)] | None
    compared: bool
    refund: Points = 0
    vetoes: tuple[Text, ...] = ()
    sub_points: tuple[Scored, ...] = Field(max_length=MOST_SUB_POINTS)


class Counts(Record):
    """How many units the report says that it has, in all and in each state."""

    units: int
    missing: int
    returned: int
    reviewed: int
    vetoed: int

    @property
    def by_state(self) -> dict[State, int]:
        return {state: getattr(self, state.value) for state in State}


class Report(Record):
    """The whole report, of a round that is or is not reviewed."""

    campaign: Text
    year: int
    generated: datetime
    basis: Basis
    official: bool
    rehearsal: bool
    edition: Text
    round: Annotated[str, Field(max_length=64)] | None
    notice: NoticeRecord
    counts: Counts
    units: tuple[UnitRecord, ...] = Field(max_length=MOST_UNITS)

    @property
    def compared(self) -> Iterator[UnitRecord]:
        """The units whose figures count in means and rates."""
        return (unit for unit in self.units if unit.compared)
