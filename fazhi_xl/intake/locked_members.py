"""Opens members of a zip archive that has a password: both the old encryption and AES."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pyzipper import AESZipFile

_TRIES = 500
_LARGEST = 2 * 1024 * 1024  # bytes by which a password is tried: the old encryption takes a second for each 2 MB


class LockedMembers:
    """The locked members of one archive, all with the first of the office's passwords that opens the smallest; another's with its own."""

    def __init__(self, file: IO[bytes], passwords: Sequence[str]) -> None:
        self._file, self._passwords = file, passwords
        self._tries = _TRIES

    def open(self, info: zipfile.ZipInfo) -> IO[bytes] | None:
        """Open a member; None where no password fits. Raises what a damaged archive sets off."""
        own = self._by_place[info.header_offset]  # several may have one name
        return (self._password and self._opened(own, self._password)) or self._opened_by_another(own)

    def _opened(self, info: zipfile.ZipInfo, password: bytes) -> IO[bytes] | None:
        try:
            stream: IO[bytes] = self._archive.open(info, pwd=password)
        except NotImplementedError:
            raise
        except RuntimeError:  # so pyzipper says that a password is wrong
            return None
        return stream

    def _opened_by_another(self, info: zipfile.ZipInfo) -> IO[bytes] | None:
        """Try the other passwords too, some hundred times in one archive: each try takes a thousandth of a second or more."""
        for password in self._written():
            if password != self._password and self._tries:
                self._tries -= 1
                if self._opens(info, password):
                    return self._opened(info, password)
        return None

    @cached_property
    def _by_place(self) -> Mapping[int, zipfile.ZipInfo]:
        return {info.header_offset: info for info in self._archive.infolist()}

    @cached_property
    def _archive(self) -> AESZipFile:
        from pyzipper import AESZipFile  # noqa: PLC0415 - loads ciphers that only a locked archive needs

        return AESZipFile(self._file)

    @cached_property
    def _password(self) -> bytes | None:
        """The first password by which the smallest locked member comes out whole, as Windows or as other programs write it."""
        locked = [info for info in self._archive.infolist() if info.flag_bits & 1 and not info.is_dir()]
        smallest = min(locked, key=lambda info: info.file_size)
        return next((each for each in self._written() if self._opens(smallest, each)), None)

    def _written(self) -> Iterator[bytes]:
        for password in self._passwords:
            yield from dict.fromkeys(password.encode(encoding, "replace") for encoding in ("utf-8", "gb18030"))

    def _opens(self, info: zipfile.ZipInfo, password: bytes) -> bool:
        """Read it whole: the old encryption checks one byte before, and takes one wrong password of 256 for right."""
        try:
            with self._archive.open(info, pwd=password) as stream:
                if len(stream.read(_LARGEST)) == _LARGEST:
                    return True
        except Exception:  # noqa: BLE001 - a wrong password may set off anything
            return False
        return True
