"""Returns of a round again and again, as units send their forms again: other bytes, other days."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from zipfile import ZipFile

_FIRST = date(1990, 1, 1)


def sent_again(returns: Path, many: int, first: int = 1) -> list[Path]:
    """Add so many copies of the returns to their folder, each turn of them a day later and with another remark in the file; give them."""
    own = sorted(returns.glob("*/*.xlsx"))
    return [
        _remarked(path, returns / str(_FIRST + timedelta(days=no)), no) for no, path in islice(_turns(own, first), many)
    ]


def _turns(own: list[Path], first: int) -> Iterator[tuple[int, Path]]:
    return ((no, path) for no in count(first) for path in own)


def _remarked(path: Path, folder: Path, no: int) -> Path:
    folder.mkdir(exist_ok=True)
    copied = Path(shutil.copy(path, folder))
    with ZipFile(copied, "a") as package:
        package.comment = str(no).encode()
    return copied
