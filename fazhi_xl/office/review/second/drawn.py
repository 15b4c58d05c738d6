"""审核/复审/抽样.jsonl: what was drawn for second opinions, a line for each book; it alone says whose the rows of a blind book are."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from fazhi_xl.office.review.chain import held_by
from fazhi_xl.office.review.decision_log import DecisionLog
from fazhi_xl.office.review.grown import add_grown, read_grown, unreadable
from fazhi_xl.office.review.records import DRAWINGS, SECOND
from fazhi_xl.office.review.second.draw import Candidate, Lot
from fazhi_xl.office.workspace.folder import Json, Workspace
from fazhi_xl.rounds.second import Stratum

FOLDER = PurePosixPath(DRAWINGS.path).parent.name
_DIGITS = 8  # hexadecimal digits of a mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRow:
    """A row of a blind book: its code and the unit's code name, whose it is by ids, and the number of the decision that it is about."""

    code: str
    alias: str
    unit_id: str
    sub_point_id: str
    decision: int
    reviewer: str
    stratum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What was drawn at once, for one book; `marked` where each row of the book says of which drawing it is."""

    no: int
    share: str  # a fraction, as 1/10
    seed: int
    drawn: str
    rows: tuple[DrawnRow, ...]
    marked: bool = False  # books of the first version said nothing

    @property
    def book(self) -> str:
        """Name its book within 审核/."""
        return f"{FOLDER}/复审表_第{self.no:02d}批.xlsx"

    def mark(self, key: bytes) -> str:
        """Give what tells it from any other drawing; without the round's secret it says nothing of whose the rows are."""
        rows = [[row.code, row.unit_id, row.sub_point_id, row.decision] for row in self.rows]
        said = json.dumps([self.no, self.seed, self.drawn, rows], ensure_ascii=False)
        return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:_DIGITS]

    def row_of(self, row: DrawnRow) -> str:
        """Give the row under which the second opinion on a row is recorded."""
        return f"{SECOND}.{row.sub_point_id}.{self.no:02d}"

    @classmethod
    def of_json(cls, held: Json) -> Drawing:
        """Read a line. Raises KeyError, TypeError and the like where it is damaged."""
        rows = tuple(DrawnRow(**each) for each in held["rows"])
        return cls(**{**held, "no": int(held["no"]), "rows": rows})


def drawings(space: Workspace) -> tuple[Drawing, ...]:
    """Read all that was drawn. Raises WrongUseError where the record is damaged: no second opinion could be told whose it is."""
    return tuple(_drawing(space, no, line) for no, line in enumerate(read_grown(space, DRAWINGS), 1))


def _drawing(space: Workspace, no: int, line: bytes) -> Drawing:
    try:
        return Drawing.of_json(held_by(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise unreadable(space, DRAWINGS, no) from error


def of_the_rest(before: Iterable[Drawing]) -> frozenset[tuple[str, str]]:
    """Give the ids of what was drawn for a share of the rest."""
    rows = (row for each in before for row in each.rows if row.stratum == Stratum.REST.value)
    return frozenset((row.unit_id, row.sub_point_id) for row in rows)


def last_recorded(record: DecisionLog) -> int:
    """Give the number of the last drawing of which second opinions are on record, though it may itself be gone; 0 where there is none."""
    rows = {each.row for each in record.decisions if each.row.startswith(f"{SECOND}.")}
    return max((int(row.rpartition(".")[2]) for row in rows), default=0)


def draw_anew(
    lot: Lot, chosen: tuple[Candidate, ...], before: tuple[Drawing, ...], now: str, last: int = 0
) -> Drawing | None:
    """Make a drawing of what was not drawn before; None where all was. Its number is none of those up to `last`."""
    known = {(row.unit_id, row.sub_point_id, row.decision) for each in before for row in each.rows}
    new = [each for each in chosen if (*each.ids, each.decision.no) not in known]
    if not new:
        return None
    no = max(last, *(each.no for each in before), 0) + 1
    rows = tuple(_rows(lot, no, new))
    return Drawing(no=no, share=str(lot.share), seed=lot.seed, drawn=now, rows=rows, marked=True)


def _rows(lot: Lot, no: int, new: list[Candidate]) -> Iterator[DrawnRow]:
    units = sorted({each.case.unit.id for each in new}, key=lambda unit: lot.order("代号", no, unit))
    names = {unit: f"单位{at:02d}" for at, unit in enumerate(units, 1)}
    for at, each in enumerate(new, 1):
        unit, sub_point = each.ids
        yield DrawnRow(
            code=f"{FOLDER}{no:02d}.{at:03d}",
            alias=names[unit],
            unit_id=unit,
            sub_point_id=sub_point,
            decision=each.decision.no,
            reviewer=each.decision.values.text("审核人"),
            stratum=each.stratum.value,
        )


def keep_drawings(space: Workspace, *made: Drawing) -> None:
    """Record drawings, and remember how far the record goes. Raises WrongUseError where it cannot be written."""
    add_grown(space, DRAWINGS, map(asdict, made))
