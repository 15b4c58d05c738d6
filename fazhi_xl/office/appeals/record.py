"""审核/复核申请.jsonl: each request that was taken, in the unit's own words, never changed: a request in other words is another line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.appended import appending
from fazhi_xl.office.workspace.folder import Workspace, reading
from fazhi_xl.points import Hundredths, figure

APPEALS_RECORD = "复核申请.jsonl"


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


def appeals_file(space: Workspace) -> Path:
    return space.review / APPEALS_RECORD


def read_appeals(space: Workspace) -> tuple[Line, ...]:
    """Read all requests. Raises WrongUseError for a line that cannot be read, since a request would be lost."""
    path = appeals_file(space)
    with reading(path):
        lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    return tuple(_line(path, no, line) for no, line in enumerate(filter(str.strip, lines), 1))


def _line(path: Path, no: int, text: str) -> Line:
    try:
        made = Line(**json.loads(text))
        whole = made.no == no and all(isinstance(each, str) for name, each in asdict(made).items() if name != "no")
        whole = whole and made.points >= 0 and made.day > date.min
    except (ValueError, TypeError, ArithmeticError):
        whole = False
    if not whole:
        said = f"{path} 第{no}行读不出来,或者前面少了行,没有收表。请从备份恢复这个文件;单位的复核申请都记在里面。"
        raise WrongUseError(said)
    return made


def add_appeals(space: Workspace, more: Iterable[Line]) -> None:
    """Append requests to the record. Raises WrongUseError where that cannot be done."""
    added = [json.dumps(asdict(each), ensure_ascii=False).encode() + b"\n" for each in more]
    if added:
        space.make(space.review)
        with appending(appeals_file(space)) as file:
            file.add(b"".join(added))
