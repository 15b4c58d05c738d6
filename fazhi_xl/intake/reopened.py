"""All bytes of files that came, had again piece by piece: from disk, out of archives (with their passwords), mails and mailboxes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self

from fazhi_xl.intake.archives import is_locked, step_of
from fazhi_xl.intake.arrival import PACKAGE_LIMIT, Arrival, ChangedError
from fazhi_xl.intake.locked_members import LockedMembers
from fazhi_xl.intake.mailboxes import letters, unwrapped
from fazhi_xl.intake.mails import attachments_of
from fazhi_xl.intake.signed import signed_file
from fazhi_xl.intake.source import Kind, Source, Step
from fazhi_xl.limits import MB

_Steps = tuple[Step, ...]


class Reopened:
    """Opens files that came once more. What was opened on the way to the last one stays open: give files of one source together.

    In memory are a piece of the file, and what a mail or a mailbox on the way to it holds.
    """

    def __init__(self, passwords: Sequence[str] = ()) -> None:
        self._passwords = passwords
        self._file: Path | None = None
        self._held: dict[_Steps, _Archive | Sequence[bytes]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def pieces(self, arrival: Arrival) -> Iterator[bytes]:
        """Give a file's bytes, piece by piece.

        Raises ChangedError where it is no longer there as it was, OSError where it cannot be read.
        """
        if arrival.source is None:
            yield arrival.content()
            return
        self._turn_to(arrival.source.file)
        try:
            yield from self._pieces(arrival.source)
        except (OSError, ChangedError):
            raise
        except Exception as error:  # what a file that is another one now may set off
            raise ChangedError from error

    def _turn_to(self, file: Path) -> None:
        if file != self._file:
            self._open.close()
            self._held.clear()
            self._file = file

    def _pieces(self, source: Source) -> Iterator[bytes]:
        if not source.steps:
            with source.file.open("rb") as stream:
                yield from _read(stream, MB)
            return
        *above, last = source.steps
        if last.kind is Kind.MEMBER:
            yield from self._archive(tuple(above)).pieces(last.no)
        else:
            yield self._parts(tuple(above), last.kind)[last.no]

    def _archive(self, steps: _Steps) -> _Archive:
        if not isinstance(held := self._held.get(steps), _Archive):
            two = [self._open.enter_context(self._file_at(steps)) for _ in range(2)]
            held = self._held[steps] = _Archive(two[0], LockedMembers(two[1], self._passwords))
        return held

    def _file_at(self, steps: _Steps) -> IO[bytes]:
        if not steps and self._file:
            return self._file.open("rb")
        return io.BytesIO(self._whole(steps))

    def _parts(self, steps: _Steps, kind: Kind) -> Sequence[bytes]:
        """Give what a mail, a mailbox or a signed block holds."""
        held = self._held.get(steps)
        if held is None or isinstance(held, _Archive):
            held = self._held[steps] = _parted(unwrapped(self._whole(steps)), kind)
        return held

    def _whole(self, steps: _Steps) -> bytes:
        """Give all bytes of what holds others; one that is larger than any that was opened before is another one now."""
        whole = bytearray()
        for piece in self._pieces(Source(self._file, steps)) if self._file else ():
            whole += piece
            if len(whole) > PACKAGE_LIMIT:
                raise ChangedError
        return bytes(whole)


class _Archive:
    """An archive, whose members are found by where their headers begin: several may have one name."""

    def __init__(self, file: IO[bytes], locked: LockedMembers) -> None:
        self._archive, self._locked = zipfile.ZipFile(file), locked
        self._members = {info.header_offset: info for info in self._archive.infolist()}

    def pieces(self, header: int) -> Iterator[bytes]:
        info = self._members[header]
        stream = self._locked.open(info) if is_locked(info) else self._archive.open(info)
        if stream is None:  # its password was among those that the collect had
            raise ChangedError
        with stream:
            yield from _read(stream, step_of(info))


def _parted(data: bytes, kind: Kind) -> Sequence[bytes]:
    match kind:
        case Kind.LETTER:
            return letters(data)
        case Kind.SIGNED:
            return [signed_file(data) or b""]
        case _:
            return attachments_of(data)


def _read(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while piece := stream.read(size):
        yield piece
