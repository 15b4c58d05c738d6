"""The districts that results are expected of, by the list that names them."""

from __future__ import annotations

from pathlib import Path

from fazhi_xl.office.commands.district_list import Use, read_districts
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.text.characters import folded_width


def expected_districts(path: Path | None, progress: Progress) -> tuple[str, ...]:
    """Give the names of a list, none without one, and say which rows are left out. Raises WrongUseError where it cannot be read."""
    if path is None:
        return ()
    held = read_districts(path, Use.EXPECT)
    for line in (*held.titles, *held.faults):
        progress.say(line)
    return tuple(each.name for each in held.districts)


def folded(name: str) -> str:
    """Give a name as names are compared: without white space, in characters of one width."""
    return "".join(folded_width(name).split())
