"""The rows of the workbook's tables: what the writer draws and the reader gives."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from fazhi_xl.setup.book.cells import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the hidden cell of a row says: which thing it is, whatever its name or number has become.

    `id` is that of the thing, `own` whether the catalogue writes it; `was` the name that others call it by when it was written;
    `of` the ids of what it belongs to, `names` those of what its cells name, by the heads of their columns; `called` what the cells
    said of these; `says` a digest of what the row says of its thing; `nth` its position, from 1, among the rows of one thing, where
    no number says it.
    """

    id: str = ""
    own: bool = False
    was: str = ""
    of: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    nth: int = 0

    @property
    def text(self) -> str:
        """The text of the cell."""
        held = {
            "id": self.id,
            "own": self.own,
            "was": self.was,
            "of": list(self.of),
            "names": dict(self.names),
            "called": dict(self.called),
            "says": self.says,
            "nth": self.nth,
        }
        return json.dumps({key: value for key, value in held.items() if value}, ensure_ascii=False)

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells the row apart from the others of its table."""
        return (*self.of, self.id)

    @classmethod
    def read(cls, text: object) -> Mark | None:
        """Read a cell; None where it is blank, or no mark of this kind."""
        try:
            held = json.loads(str(text or ""))
            return cls(
                id=str(held.get("id", "")),
                own=bool(held.get("own")),
                was=str(held.get("was", "")),
                of=tuple(map(str, held.get("of", ()))),
                names={str(head): str(name) for head, name in held.get("names", {}).items()},
                called={str(head): str(name) for head, name in held.get("called", {}).items()},
                says=str(held.get("says", "")),
                nth=int(held.get("nth", 0)),
            )
        except (ValueError, AttributeError, TypeError):
            return None


def digest(*texts: str) -> str:
    """Digest what a row says of its thing; nothing where it says nothing."""
    said = "\0".join(text.strip() for text in texts)
    return hashlib.sha256(said.encode()).hexdigest()[:12] if said.strip("\0") else ""


def identity(text: str) -> str:
    """Give what of the text of a hidden cell tells its row apart, whatever else it says; blank where it is no mark."""
    mark = Mark.read(text)
    return json.dumps(mark.identity, ensure_ascii=False) if mark else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its cells by the heads of their columns, its hidden mark, and what is noted beside it.

    `at` is its number on the sheet, where it was read from one; `file` and `place` are those of its table, where it was made of one.
    """

    cells: Mapping[str, Cell]
    mark: Mark | None = None
    note: str = ""
    at: int = 0
    file: str = ""
    place: tuple[str | int, ...] = ()
