"""What earlier collects read of files with the same bytes, so that they need not be read again."""

from __future__ import annotations

import zlib
from contextlib import suppress
from dataclasses import dataclass

from fazhi_xl.office.workspace.program import program_digest
from fazhi_xl.office.workspace.recorded_folder import content_of
from fazhi_xl.office.workspace.store import Entry, Kept, Store
from fazhi_xl.xlsx.reader import RawBook
from fazhi_xl.xlsx.reader.kept import book_of_bytes, book_to_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBefore:
    """Workbooks as read, by the SHA-256 of their files: with the same passwords the same program reads the same.

    Refusals are not kept: some pass, as where memory or time ran out.
    """

    store: Store
    passwords: tuple[str, ...]

    def held(self, sha256: str) -> bytes | None:
        """Give what is kept of a file; None where there is nothing."""
        return self.store.get(Kept.BOOK, _key(sha256, self.passwords))


def book_entry(sha256: str, book: RawBook, passwords: tuple[str, ...]) -> Entry | None:
    """Write what is to be kept of a workbook; None where it cannot be."""
    with suppress(ValueError, TypeError):
        return Kept.BOOK, _key(sha256, passwords), book_to_bytes(book)
    return None


def book_of(held: bytes | None) -> RawBook | None:
    """Read what was kept of a workbook; None where there is nothing, or it is damaged."""
    with suppress(ValueError, KeyError, TypeError, zlib.error):
        return book_of_bytes(held) if held else None
    return None


def _key(sha256: str, passwords: tuple[str, ...]) -> str:
    return content_of(program_digest(), passwords, sha256)
