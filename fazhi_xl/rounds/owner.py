"""The unit that the path of an unreadable file names."""

from __future__ import annotations

from fazhi_xl.form.manifest import file_stem
from fazhi_xl.notice.model import Notice


def unit_in_path(notice: Notice, path: str) -> str | None:
    """Guess a file's unit from its path: the one unit that it names, by the longest of its names; None where it names none or several."""
    named = {name: unit.short for unit in notice.units for name in (file_stem(unit), *unit.names) if name in path}
    whole = {unit for name, unit in named.items() if not any(name != other and name in other for other in named)}
    return whole.pop() if len(whole) == 1 else None
