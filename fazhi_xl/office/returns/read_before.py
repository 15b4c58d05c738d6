"""What earlier collects read of files with the same bytes, so that they need not be read again."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass

from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Kept, Store
from fazhi_xl.xlsx.reader import RawBook
from fazhi_xl.xlsx.reader.kept import book_of_bytes, book_to_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBefore:
    """Workbooks as read, by the SHA-256 of their files: with the same passwords the same program reads the same.

    Refusals are not kept: some pass, as where memory or time ran out.
    """

    store: Store
    passwords: tuple[str, ...]

    def book(self, sha256: str) -> RawBook | None:
        """Give what was read of a file; None where it has to be read."""
        held = self.store.get(Kept.BOOK, self._key(sha256))
        with suppress(ValueError, KeyError, TypeError, zlib.error):
            return book_of_bytes(held) if held else None
        return None

    def keep(self, sha256: str, book: RawBook) -> None:
        with suppress(ValueError, TypeError):
            self.store.put(Kept.BOOK, self._key(sha256), book_to_bytes(book))

    def _key(self, sha256: str) -> str:
        return content_of(program_digest(), self.passwords, sha256)
