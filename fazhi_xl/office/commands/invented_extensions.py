"""Enters longer times into 收到登记.xlsx, as an office does in its program; who has them is invented by whoever calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.office.returns.extensions import ENTERED, read_extensions
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.reports.filing.receipt_names import APPROVED_BY, REGISTER_FILE, UNIT, UNTIL, WHY
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.xlsx.fill import CellEntry, fill
from fazhi_xl.xlsx.reader import read


def enter_extensions(issued: IssuedRound, extensions: Iterable[Extension]) -> None:
    """Enter what is granted below what stands on the sheet 延期. Raises WrongUseError where the register cannot be written."""
    path = issued.space.root / REGISTER_FILE
    data = path.read_bytes()
    table = read_extensions(read(data), issued.notice).table
    if table is None:
        raise ValueError(path)
    first = max((row.at for row in table.rows if any(map(row.text, ENTERED))), default=table.head) + 1

    def cells() -> Iterator[CellEntry]:
        for at, each in enumerate(extensions, first):
            said = {UNIT: each.unit, UNTIL: str(each.day), APPROVED_BY: each.by, WHY: each.why}
            yield from ((table.sheet, table.cell(title, at), value) for title, value in said.items())

    issued.space.write(path, fill(data, [*cells()]))
