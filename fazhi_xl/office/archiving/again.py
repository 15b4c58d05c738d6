"""Making a sealed ranking anew of what a package holds, and comparing it byte for byte with the sealed one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.archiving.differ import books_differ, json_differs
from fazhi_xl.office.archiving.layout import AGAIN
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.restore import Pieces, restore
from fazhi_xl.office.archiving.table import Row
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace

Results = Mapping[str, bytes]
"""The bytes of results by their names."""
Collect = Callable[[Path, Again], str]
"""Collects the round in a folder; gives why that could not be done, or nothing."""
COMPARED = (RANKING_FILE, REPORT_FILE)
_RESULTS = 200 << 20  # bytes that the results of a round may take, its store included


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of making results anew: `failed` says why there are none, `differs` where each differs that does, blank for bytes only."""

    failed: str = ""
    differs: tuple[tuple[str, str], ...] = ()

    @property
    def same(self) -> bool:
        return not (self.failed or self.differs)


def make_again(
    again: Again, rows: Sequence[Row], pieces: Pieces, size: int, sealed: Results, collect: Collect
) -> Outcome:
    """Restore a round of so many bytes in a temporary folder, collect it, and compare. Raises what the pieces raise."""
    if full := _full(size):
        return Outcome(failed=full)
    with TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as place:
        root = Path(place) / "round"
        root.mkdir()
        try:
            restore(rows, pieces, root)
            (root / again.returns).mkdir(exist_ok=True)
        except WrongUseError as error:
            return Outcome(failed=_placed(error, root))
        if failed := collect(root, again):
            return Outcome(failed=_placed(failed, root))
        return Outcome(differs=tuple(_compared(Workspace(root), sealed)))


def _placed(said: object, root: Path) -> str:
    """Name files by where they stand in the package, and not in the folder that is gone by then."""
    return str(said).replace(str(root), AGAIN)


def _full(size: int) -> str:
    needed, free = size + _RESULTS, shutil.disk_usage(gettempdir()).free
    if needed <= free:
        return ""
    return f"要在临时文件夹 {gettempdir()} 里放 {sized(needed)},那里只剩 {sized(free)}。请腾出空间,再运行一次"


def _compared(space: Workspace, sealed: Results) -> Iterator[tuple[str, str]]:
    for name, before in sealed.items():
        try:
            now = (space.results / name).read_bytes()
        except OSError:
            yield name, "没有生成"
            continue
        if now != before:
            yield name, json_differs(before, now) if name.endswith(".json") else books_differ(before, now)
