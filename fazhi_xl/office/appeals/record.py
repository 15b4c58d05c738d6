"""审核/复核申请.jsonl: each request that was taken, in the unit's own words, never changed: a request in other words is another line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction

from fazhi_xl.office.review.chain import held_by
from fazhi_xl.office.review.grown import add_grown, read_grown, unreadable
from fazhi_xl.office.review.records import APPEALS
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.points import Hundredths, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A request: `mark` is the score then, in points, `file` the path within the returns, `received` the day, `recorded` the run."""

    no: int
    unit_id: str
    sub_point_id: str
    mark: str
    reason: str
    material: str
    file: str
    sha256: str
    received: str
    recorded: str

    @property
    def key(self) -> tuple[str, str]:
        return self.unit_id, self.sub_point_id

    @property
    def words(self) -> tuple[str, str]:
        """What the unit says."""
        return self.reason, self.material

    @property
    def points(self) -> Hundredths:
        return figure(Fraction(self.mark) * 100)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.received)


def read_appeals(space: Workspace) -> tuple[Line, ...]:
    """Read all requests. Raises WrongUseError for a line that cannot be read, since a request would be lost."""
    return tuple(_line(space, no, line) for no, line in enumerate(read_grown(space, APPEALS), 1))


def _line(space: Workspace, no: int, line: bytes) -> Line:
    try:
        made = Line(**held_by(line))
        whole = made.no == no and all(isinstance(each, str) for name, each in asdict(made).items() if name != "no")
        whole = whole and made.points >= 0 and made.day > date.min
    except (ValueError, TypeError, ArithmeticError):
        whole = False
    if not whole:
        raise unreadable(space, APPEALS, no)
    return made


def add_appeals(space: Workspace, more: Iterable[Line]) -> None:
    """Append requests to the record, and remember how far it goes. Raises WrongUseError where that cannot be done."""
    add_grown(space, APPEALS, map(asdict, more))
