"""重现/重现.json: how the ranking is made anew of what lies beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from fazhi_xl.office.archiving.layout import FORMAT
from fazhi_xl.office.packing.manifest import is_inside
from fazhi_xl.office.workspace.folder import json_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A collect, as it was when its edition was sealed: the time on its results, and what it read, by paths in the round's folder.

    `edition` is the sealed folder in the package, `earlier` the round that was compared with, blank where none was; `locked` says
    that some files open with passwords alone, which are not kept.
    """

    edition: str
    generated: str
    returns: str
    catalogue: str
    earlier: str = ""
    locked: bool = False
    version: str = ""
    program: str = ""
    format: int = FORMAT

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self.generated)

    @property
    def data(self) -> bytes:
        return json_bytes(asdict(self))

    @classmethod
    def of(cls, data: bytes) -> Again:
        """Read it.

        Raises ValueError, KeyError and TypeError where it is damaged, leads out of the folder, or is of a layout that is not known here.
        """
        made = cls(**json.loads(data))
        for path in filter(None, (made.edition, made.returns, made.catalogue, made.earlier)):
            if not is_inside(path):
                raise ValueError(path)
        if made.now.tzinfo is None or made.format != FORMAT:
            raise ValueError(made.format)
        return made
