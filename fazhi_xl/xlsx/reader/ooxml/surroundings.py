"""What a worksheet says beside its rows: protection, merges, filters and hidden columns."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from fazhi_xl.xlsx.reader.model import Bounds
from fazhi_xl.xlsx.reader.ooxml.markup import local, truth

WANTED = ("{*}row", "{*}sheetProtection", "{*}mergeCells", "{*}cols", "{*}filterColumn")
_MOST_COLUMNS = 16384  # a sheet has no more


class Surroundings:
    """Gathers it element by element."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self.protected = self.filtered = False
        self.merges: list[str] = []
        self.hidden_columns: set[int] = set()

    def take(self, element: etree._Element) -> None:
        match local(element):
            case "mergeCells":
                left = self._bounds.merges - len(self.merges)
                self.merges += [area.get("ref", "") for area in islice(element.iterchildren("{*}mergeCell"), left)]
            case "sheetProtection":
                self.protected = truth(element.get("sheet"))
            case "filterColumn":
                self.filtered = True
            case "cols":
                for column in islice(element.iterchildren("{*}col"), _MOST_COLUMNS):
                    if truth(column.get("hidden")):
                        self._hide(column.get("min", ""), column.get("max", ""))

    def _hide(self, *ends: str) -> None:
        first, last = (int(end) if end.isdecimal() and len(end) <= 7 else 0 for end in ends)
        self.hidden_columns.update(range(max(first, 1), min(last, self._bounds.columns) + 1))
