"""Review books as an office fills them in: by row code and column, with a spreadsheet library that knows nothing of forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Located
from fazhi_xl.disk import remove_own
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.reader import read
from tests.support.offices import Office

DAY = date(2020, 12, 1)
Entry = str | float | date | None
Json = dict[str, Any]


def located(data: bytes) -> Located:
    return locate(read(data).cells)


def shown(data: bytes) -> dict[str, str]:
    """Give what stands in every coded cell, by field code."""
    return {key: found.text for key, found in located(data).cells.items()}


def entered(data: bytes, entries: Mapping[str, Entry]) -> bytes:
    """Type the entries into a review book, by field code; None clears a cell."""
    found = located(data)
    spots = {key: spot for key in entries if (spot := found.spot(key))}
    assert spots.keys() == entries.keys()
    cells = [(spots[key].sheet, spots[key].cell, value) for key, value in entries.items()]
    return fill(data, cells)


def verdict(row: str, columns: Mapping[str, Entry], who: str = "张三") -> dict[str, Entry]:
    """Give a row's entries, signed."""
    return {f"{row}.{column}": value for column, value in {**columns, "审核人": who, "审核日期": DAY}.items()}


class Reviewing:
    """An office that reviews: its folder 审核."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.folder = office.space.review

    @property
    def master(self) -> Path:
        return self.folder / BOOK

    @property
    def cells(self) -> dict[str, str]:
        """What the review book says, by field code."""
        return shown(self.master.read_bytes())

    def rows(self, unit_no: int) -> list[str]:
        """Name the rows of a unit's sub-points."""
        return [
            key.removesuffix(".得分点")
            for key in self.cells
            if key.startswith(f"{unit_no:02d}/") and key.endswith(".得分点")
        ]

    @property
    def claims(self) -> list[str]:
        """Name the rows of the bonus that units claim."""
        return [key.removesuffix(".事项") for key in self.cells if "/加分." in key and key.endswith(".事项")]

    def enter(self, entries: Mapping[str, Entry], *, into: str = BOOK, base: bytes | None = None) -> bytes:
        """Fill in the review book, or a copy under another name."""
        data = entered(base or self.master.read_bytes(), entries)
        (self.folder / into).write_bytes(data)
        return data

    @property
    def record(self) -> list[Json]:
        path = self.folder / DECISIONS.path
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def forget(self) -> None:
        """Be a workspace of a version that did not remember what was recorded."""
        remove_own(self.office.space.archive / "审核记录")

    def decided(self, unit: str, row: str) -> list[str | None]:
        """Give the scores that were decided on a sub-point, in their order."""
        own = (each for each in self.record if (each["unit"], each["row"]) == (unit, row))
        return [each["values"].get("核定") for each in own]
