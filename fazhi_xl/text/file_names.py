"""Names of files and folders that every system takes, whatever people called them: what a usable name is, is said here alone.

A folder that was made on one system can so be copied to any other. What people call units, districts, editions, sections, letters and
files of evidence is either refused where it is `unfit` for a name, or written as its `safe_name`.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from hashlib import sha256
from itertools import count
from pathlib import PurePosixPath

from fazhi_xl.text.characters import readable
from fazhi_xl.text.one_line import one_line

LONGEST_NAME = 80  # characters, the ending included
LONGEST_PATH = 200  # characters below 上报; Windows takes some 260, those of the folder that it lies in included
_LONGEST_BYTES = 230  # of a name, of which most disks take 255; a number or 改动 may be added
_LONGEST_ENDING = 12
_DIGEST = 8
SIGNS = '\\/:*?"<>|'
"""What Windows takes in no name, besides what cannot be seen."""
# % is written otherwise in a manifest of BagIt (RFC 8493, 2.1.3), which sha256sum does not know; behind # a workbook's link names a place
# within the file.
_WIDE = str.maketrans({each: chr(ord(each) + 0xFEE0) for each in f"{SIGNS}%#"})
# Devices of Windows, whatever their endings are; superscript figures count as others do, and spaces before the dot do not.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)
_NOT_ON_WINDOWS = re.compile(rf"[{re.escape(SIGNS)}\x00-\x1f]|[ .]$")
_NO_NAME = "无名"


def is_taken_here(path: str) -> bool:
    """Say whether this system makes the very file of this path below a folder: Windows refuses some, and takes some for others."""
    return sys.platform != "win32" or windows_takes(path)


def windows_takes(path: str) -> bool:
    """Say whether Windows makes the very file of this path below a folder: a colon would name a stream of another file."""
    return not any(_NOT_ON_WINDOWS.search(part) or _RESERVED.match(part) for part in path.split("/"))


class Unfit(Enum):
    """Why a name is none for a file or a folder on some system."""

    EMPTY = auto()
    UNSEEN = auto()  # a character that nobody sees, or that controls
    SIGN = auto()
    EDGE = auto()  # hidden, a temporary file's, or not to be told from another
    RESERVED = auto()


def unfit(name: str) -> Unfit | None:
    """Say why no file or folder should be called so; None where one can be, on every system."""
    if not name.strip():
        return Unfit.EMPTY
    if not all(map(readable, name)):
        return Unfit.UNSEEN
    if set(name) & set(SIGNS):
        return Unfit.SIGN
    if name[0] in ".~ " or name[-1] in ". ":
        return Unfit.EDGE
    return Unfit.RESERVED if _RESERVED.match(name) else None


def safe_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Give a name that Windows, Linux and a Mac take alike.

    Characters that some system refuses stand there in their wide form, what cannot be seen becomes a space, and a name that is too long is
    cut, with the beginning of its SHA-256 in its place.
    """
    seen = one_line(unicodedata.normalize("NFC", name)).translate(_WIDE)
    plain = seen.rstrip(" .") or _NO_NAME
    # A dot in front hides a file on all systems but Windows.
    plain = f"_{plain}" if _RESERVED.match(plain) or plain.startswith((".", "~$")) else plain
    return plain if _fits(plain, longest) else _shortened(plain, name, longest)


def _fits(name: str, longest: int) -> bool:
    return len(name) <= longest and len(name.encode()) <= _LONGEST_BYTES


def _shortened(plain: str, original: str, longest: int) -> str:
    ending = _ending(plain)
    mark = f"~{sha256(original.encode(errors='surrogatepass')).hexdigest()[:_DIGEST]}{ending}"
    stem = plain.removesuffix(ending)[: longest - len(mark)]
    while not _fits(stem + mark, longest):
        stem = stem[:-1]
    return stem.rstrip(" .") + mark


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix
    return ending if len(ending) <= _LONGEST_ENDING else ""


def numbered(name: str, no: int) -> str:
    """Put a number behind a name, in front of its ending; the first has none."""
    return name if no == 1 else _with(name, f"({no})")


def set_aside(name: str, no: int = 1) -> str:
    """Give the name under which a file that somebody changed is kept."""
    return numbered(_with(name, "_改动"), no)


def _with(name: str, more: str) -> str:
    ending = _ending(name)
    return f"{name.removesuffix(ending)}{more}{ending}"


def folded(path: str) -> str:
    """Give a path as systems compare it that do not tell large letters from small ones."""
    return unicodedata.normalize("NFC", path).casefold()


@dataclass(frozen=True, slots=True)
class Names:
    """The names given out in each folder: no two that some system takes for one."""

    taken: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def within(self, folder: str, name: str) -> str:
        """Give the path of a file in a folder; of a name that is taken, with a number."""
        known = self.taken[folded(folder)]
        safe = safe_name(name, min(LONGEST_NAME, LONGEST_PATH - len(folder) - 1))
        chosen = next(each for no in count(1) if folded(each := numbered(safe, no)) not in known)
        known.add(folded(chosen))
        return f"{folder}/{chosen}"
