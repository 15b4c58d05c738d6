"""What a package holds, looked through once: the digest of each file, and what its own papers say of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fazhi_xl.limits import MB
from fazhi_xl.office.archiving.layout import ORDER, SEALED, TABLE
from fazhi_xl.office.archiving.opened import UNREADABLE, Package
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.table import Row, read_table
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.packing.manifest import is_inside
from fazhi_xl.office.sealing.edition import TOLD, Sealed
from fazhi_xl.reports.packing_list import MANIFEST

PAPER = 256 * MB  # of what is read whole
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
T = TypeVar("T")
DAMAGED = (ValueError, KeyError, TypeError, AttributeError)
"""What reading a damaged paper raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was found: `digests` of all files that can be read, `listed` those of the manifest, and what could not be read.

    `edition` is where the sealed edition stands in the package, blank where that is not known.
    """

    digests: Mapping[str, str]
    listed: Mapping[str, str]
    troubles: tuple[Trouble, ...]
    again: Again | None = None
    rows: tuple[Row, ...] = ()
    edition: str = ""
    sealed: Sealed | None = None
    unread: frozenset[str] = frozenset()

    def below(self, folder: str) -> dict[str, str]:
        """Give the digests of the files in a folder, by their paths within it."""
        return {
            path.removeprefix(f"{folder}/"): held
            for path, held in self.digests.items()
            if path.startswith(f"{folder}/")
        }


@dataclass(slots=True)
class _Papers:
    """Reads papers of a package; what one of them lacks is kept as a trouble."""

    package: Package
    troubles: list[Trouble] = field(default_factory=list)

    def read(self, path: str, parse: Callable[[bytes], T]) -> T | None:
        """Read a paper; None where it is not there, or damaged."""
        if path not in self.package.sizes:
            return None
        try:
            return parse(self.package.read(path, PAPER))
        except (*UNREADABLE, *DAMAGED) as error:
            self.troubles.append(
                Trouble(check=Check.USABLE, wrong=Wrong.CLOSED, path=path, detail=type(error).__name__)
            )
        return None


def look_through(package: Package, track: Callable[[Iterable[str]], Iterable[str]]) -> Contents:
    """Read every file of a package once, and its papers."""
    troubles: list[Trouble] = []
    digests: dict[str, str] = {}
    for path in track(sorted(package.sizes)):
        try:
            digests[path] = _digest(package, path)
        except UNREADABLE as error:
            detail = "校验和不对" if "CRC" in str(error) else ""
            troubles.append(Trouble(check=Check.AUTHENTIC, wrong=Wrong.UNREAD, path=path, detail=detail))
    papers = _Papers(package)
    listed = papers.read(MANIFEST, lambda data: _listed(data, troubles)) or {}
    again, rows = papers.read(ORDER, Again.of), papers.read(TABLE, lambda data: tuple(read_table(data)))
    edition = _edition(package, again)
    sealed = papers.read(f"{edition}/{TOLD}", lambda data: Sealed.of_json(json.loads(data))) if edition else None
    return Contents(
        digests=digests,
        listed=listed,
        troubles=(*troubles, *papers.troubles),
        again=again,
        rows=rows or (),
        edition=edition,
        sealed=sealed,
        unread=frozenset(each.path for each in troubles),
    )


def _digest(package: Package, path: str) -> str:
    digest = hashlib.sha256()
    for piece in package.pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _listed(data: bytes, troubles: list[Trouble]) -> dict[str, str]:
    """Read the manifest; lines that are none are told."""
    listed = {}
    for no, line in enumerate(data.decode("utf-8", errors="replace").removeprefix("\ufeff").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match and is_inside(match[2]):
            listed[match[2]] = match[1]
        elif line.strip():
            troubles.append(Trouble(check=Check.AUTHENTIC, wrong=Wrong.LINE, path=MANIFEST, detail=f"第{no}行"))
    return listed


def _edition(package: Package, again: Again | None) -> str:
    """Give the folder of the edition that the package is of: the one it names, else the last there is."""
    if again and is_inside(again.edition):
        return again.edition
    found = [
        path.rpartition("/")[0] for path in package.sizes if path.startswith(f"{SEALED}/") and path.endswith(f"/{TOLD}")
    ]
    return max(found, default="")
