"""Opens members of a zip archive that has a password: both the old encryption and AES."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import IO

from pyzipper import AESZipFile

_LARGEST = 2 * 1024 * 1024  # bytes by which a password is tried: the old encryption takes a second for each 2 MB


class LockedMembers:
    """The locked members of one archive, all with the first of the office's passwords that opens any of them."""

    def __init__(self, data: bytes, passwords: Sequence[str]) -> None:
        self._data, self._passwords = data, passwords

    def open(self, info: zipfile.ZipInfo) -> IO[bytes] | None:
        """Open a member; None where no password fits. Raises what a damaged archive sets off."""
        password = self._password
        return None if password is None else self._archive.open(info.filename, pwd=password)

    @cached_property
    def _archive(self) -> AESZipFile:
        return AESZipFile(io.BytesIO(self._data))

    @cached_property
    def _password(self) -> bytes | None:
        """The first password by which the smallest locked member comes out whole, as Windows or as other programs write it."""
        locked = [info for info in self._archive.infolist() if info.flag_bits & 1 and not info.is_dir()]
        smallest = min(locked, key=lambda info: info.file_size)
        return next((each for each in self._written() if self._opens(smallest.filename, each)), None)

    def _written(self) -> Iterator[bytes]:
        for password in self._passwords:
            yield from dict.fromkeys(password.encode(encoding, "replace") for encoding in ("utf-8", "gb18030"))

    def _opens(self, name: str, password: bytes) -> bool:
        """Read it whole: the old encryption checks one byte before, and takes one wrong password of 256 for right."""
        try:
            with self._archive.open(name, pwd=password) as stream:
                if len(stream.read(_LARGEST)) == _LARGEST:
                    return True
        except Exception:  # noqa: BLE001 - a wrong password may set off anything
            return False
        return True
