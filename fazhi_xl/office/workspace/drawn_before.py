"""What earlier runs drew of the same content, by its digest, so that a file that is there as it was drawn need not be drawn again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Kept, Store

Facts = list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBefore:
    """Facts on what was drawn, as the digests of files, by all that was drawn; `about` digests what all of it has in common."""

    store: Store
    about: str

    @classmethod
    def of(cls, store: Store, *common: object) -> DrawnBefore:
        return cls(store=store, about=content_of(program_digest(), *common))

    def facts(self, content: str) -> Facts | None:
        """Give the facts on what was drawn of a content; None where it has to be drawn."""
        held = self.store.get(Kept.DRAWN, self._key(content))
        return json.loads(held) if held else None

    def keep(self, content: str, facts: Facts) -> None:
        self.store.put(Kept.DRAWN, self._key(content), json.dumps(facts).encode())

    def _key(self, content: str) -> str:
        return content_of(self.about, content)
