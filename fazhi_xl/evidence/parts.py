"""The parts of a document that is a zip, each read within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from zipfile import ZipFile

from fazhi_xl.evidence.opened import CannotOpenError
from fazhi_xl.limits import MB
from fazhi_xl.rounds.inspected import Fault

_PART = 32 * MB  # of one part that is read
_ALL = 128 * MB  # of all that are checked: a picture in a document is little smaller than it is packed
_STEP = MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An archive whose parts are read by name."""

    archive: ZipFile
    kind: str = "zip"

    def read(self, name: str) -> bytes:
        """Read a part, however large it says that it is. Raises CannotOpenError, KeyError and what zipfile raises."""
        with self.archive.open(name) as part:
            data = part.read(_PART + 1)
        if len(data) > _PART:
            raise CannotOpenError(self.kind, Fault.STOPPED, f"内部文件超过{_PART // MB}MB")
        return data

    def check(self) -> None:
        """Unpack every part, whose checksums tell what is damaged, and keep nothing. Raises CannotOpenError and what zipfile raises."""
        left = _ALL
        for info in self.archive.infolist():
            with self.archive.open(info) as part:
                while chunk := part.read(_STEP):
                    left -= len(chunk)
                    if left < 0:
                        raise CannotOpenError(self.kind, Fault.STOPPED, f"解开后超过{_ALL // MB}MB")
