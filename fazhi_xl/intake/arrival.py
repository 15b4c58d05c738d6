"""One file that came back, and the limits for what is opened of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from fazhi_xl.errors import traced
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.postmark import Postmark
from fazhi_xl.intake.source import Source, Step
from fazhi_xl.limits import MB
from fazhi_xl.rounds.day_basis import DayBasis

PACKAGE_LIMIT = 256 * MB  # of one archive or mailbox as it lies there
MAIL_LIMIT = 32 * MB  # a mail takes nine times its size in memory, for 2 seconds
ENTRY_LIMIT = 2000
UNPACKED_LIMIT = 1024 * MB  # about ten seconds
KEPT_LIMIT = 200 * MB  # in memory, of what is unpacked
HEAD = 64 * 1024  # of a scan, a picture or a film, which are kept no further
_BEGINNING = 512  # bytes of a file in the folder, which is read again when it is opened
_SCANS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"ID3", b"\x00\x00\x01\xba")
_HOLLOW = "(空文件夹)"
_FILM = b"ftyp"  # of MP4, MOV and HEIC, after the length of the first box
# Names of lock files, temporary files and what systems note beside files. One that is nothing but an ending (`.xlsx`) is none: so is
# a file called whose Chinese name was lost on the way.
_LITTER = re.compile(
    r"~\$.*|~wr[a-z]\d{4}\..*|.*\.tmp|(?:eh)?thumbs\.db(?::.*)?|(?:desktop|folder|picasa)\.ini|autorun\.inf|icon\r"
    r"|.*zone\.identifier(:\$data)?|.*@synoeastream|.*@synoresource|table_of_contents|.*\.msf|\.(?![a-z]{2,4}x?$).+|\.~.*|\._.*|\.ds_store",
    re.IGNORECASE,
)
# Folders in which systems put away what was deleted, and notes of their own: nothing in them was sent.
_SYSTEM_FOLDER = re.compile(
    r"__macosx|@eadir|#recycle|@recycle|\.recycled?|\$recycle\.bin|recycler|\.trash(es|-\d+)?|\.appledouble|\.@__thumb|#snapshot"
    r"|@recently-snapshot|@tmp|system volume information|lost\+found|found\.\d{3}|_gsdata_"
    r"|\.(?:stversions|stfolder|sync|git|svn|thumbnails|dropbox(?:\.cache)?|tmp\.drive(?:down|up)load|synologyworkingdirectory)",
    re.IGNORECASE,
)
# A file that was deleted while a program had it open: what it holds was put away, as what lies in those folders.
_DELETED = re.compile(r"\.fuse_hidden[0-9a-f]+|\.nfs[0-9a-f]+", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"\..+\.icloud|.+\.(?:\w*download(?:ing)?|part|partial|filepart|tdl?|xltd|!ut|!qb|bc!|aria2)(?:\.cfg)?"
    r"|.+\.(?:xls[xmb]?|ett?|ods|zip|rar|7z|eml)\.tmp",
    re.IGNORECASE,
)
_APPLE_DOUBLE = b"\x00\x05\x16\x07"  # a file's resource fork and notes (RFC 1740), whatever it is called
_RAR, _SEVEN_ZIP, _TAR = b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"ustar"
_MAY_HOLD = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _RAR, _SEVEN_ZIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One file that came back. `path` is its name within the returns, and no other's.

    `moment` is the mail's or else the file's own time, by which those of one day are ordered; `time` is that of day on the office's
    clock, where a mail or the office tells it; `sender` the mail's address, `postmark` what the office's server knows of the mail.
    `packages` are the paths of the archives and mails that it came in.
    `size` are all its bytes, `data` those that are kept: none where it was not read, the beginning of a scan, a picture or a film, whose
    SHA-256 is then `fingerprint`, blank where it is too large. Of a file that lies at `place` only the very beginning is in memory:
    `content` gives the `read` bytes that were read of it; `source` says where all its bytes are had again, None where only those here
    are it, as those of a workbook put together of its parts. A `hollow` one is no file, and stands for what an
    empty folder would hold. `part_of` is the path of the file that speaks for it,
    as the first volume does for the others of an archive. `excluded` says that the office does not want it, `vouched` that it has
    made sure whose it is; `paper` is the code that it read off the stamped paper, blank where it entered none. Where `trouble` stands, it
    cannot be used, and `trace` is the traceback where the program itself failed.
    """

    path: str
    received: date
    moment: int = 0  # nanoseconds
    time: time | None = None
    basis: DayBasis = DayBasis.FILE
    sender: str = ""
    postmark: Postmark | None = None
    packages: frozenset[str] = frozenset()
    size: int = 0
    data: bytes | None = None
    fingerprint: str | None = None
    place: Path | None = None
    source: Source | None = None
    read: int = 0
    hollow: bool = False
    litter: bool = False
    part_of: str = ""
    excluded: bool = False
    vouched: bool = False
    paper: str = ""
    trouble: Finding | None = None
    trace: str = ""

    @property
    def above(self) -> tuple[str, ...]:
        """The paths of the folders, archives and mails that it lies in, the outermost first."""
        return tuple(str(each) for each in reversed(PurePosixPath(self.path).parents))[1:]

    def within(self, name: str, step: Step | None, **known: Any) -> Arrival:  # noqa: ANN401 - as `replace` takes them
        """Give a file in this archive or mail, its bytes still unread; the step leads to them, None where no single one does."""
        packages = self.packages | {str(PurePosixPath(self.path))}
        source = self.source.at(step) if self.source and step else None
        return replace(self, path=f"{self.path}/{name}", packages=packages, source=source, data=None, **known)

    def posted(self, postmark: Postmark | None) -> Arrival:
        """Date it by the office's mail server, where that is known and decides, on the office's clock."""
        if postmark is None or not postmark.decides:
            return replace(self, postmark=postmark)
        return replace(self.sent(postmark.received.astimezone(), DayBasis.SERVER), postmark=postmark)

    def sent(self, at: datetime, basis: DayBasis) -> Arrival:
        """Date it by a moment of local time."""
        moment = int(at.timestamp()) * 10**9
        return replace(self, received=at.date(), time=at.time(), moment=moment, basis=basis)

    @property
    def sha256(self) -> str:
        """Give the fingerprint; of a file that was not read there is none."""
        if self.fingerprint is not None:
            return self.fingerprint
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()

    def content(self) -> bytes:
        """Give the bytes that are kept; those that are not in memory are read again. Raises ChangedError, OSError where that fails."""
        if self.place is None:
            return self.data or b""
        with self.place.open("rb") as file:
            data = file.read(self.read + 1)[: self.read if self.read < self.size else None]
        same = self.read < self.size or hashlib.sha256(data).hexdigest() == self.fingerprint
        if not same or not data.startswith(self.data or b""):
            raise ChangedError
        return data

    def without_bytes(self) -> Arrival:
        """Keep no bytes of a file whose source tells where they are had again."""
        return self if self.source is None else replace(self, data=None, fingerprint=self.sha256)

    def let_go(self, place: Path) -> Arrival:
        """Keep no more than the beginning of a file that lies at a place."""
        if self.data is None or len(self.data) <= _BEGINNING:
            return self
        return replace(self, data=self.data[:_BEGINNING], fingerprint=self.sha256, place=place, read=len(self.data))


class ChangedError(Exception):
    """A file is no longer what it was when it was listed."""


def too_large(size: int, limit: int) -> Finding:
    """Give the finding for a file of more bytes than are read of its kind."""
    return finding(Code.FILE_TOO_LARGE, size=f"{size / MB:.1f}", limit=limit // MB)


def failure(error: Exception) -> tuple[Finding, str]:
    """Give the finding for a file on which the program itself failed, and the traceback for the log."""
    return finding(Code.FILE_FAILED, detail=type(error).__name__), traced(error)


def failed(arrival: Arrival, error: Exception) -> Arrival:
    """Refuse a file on which the program itself failed."""
    trouble, trace = failure(error)
    return replace(arrival, litter=False, trouble=trouble, trace=trace)


class Budget:
    """How many files and bytes may still be unpacked of one file; archives and mails inside it share them."""

    def __init__(self) -> None:
        self.files = ENTRY_LIMIT
        self.size = UNPACKED_LIMIT
        self.kept = KEPT_LIMIT

    def take(self, files: int, size: int) -> bool:
        """Use up a share; False where not enough is left."""
        enough = files <= self.files and size <= self.size
        if enough:
            self.files -= files
            self.size -= size
        return enough

    def keep(self, size: int) -> bool:
        """Use up a share of what may be kept in memory; False where not enough is left."""
        enough = size <= self.kept
        self.kept -= size if enough else 0
        return enough


def hollow_in(folder: str) -> str:
    """Name what an empty folder would hold."""
    return f"{folder.rstrip('/')}/{_HOLLOW}"


def is_scan(data: bytes) -> bool:
    """Say whether a file is a PDF, a picture, a sound or a film by its first bytes: it can hold no form."""
    return data.startswith(_SCANS) or data[4:8] == _FILM


def is_archive_of_others(data: bytes) -> bool:
    """Say whether a file is a RAR, 7z or TAR archive: a zip that shows in it is one of several files that it holds."""
    return data.startswith((_RAR, _SEVEN_ZIP)) or data[257:262] == _TAR


def may_hold(data: bytes) -> bool:
    """Say whether a file may be a workbook or an archive by its first bytes, whatever it is called."""
    return data.startswith(_MAY_HOLD)


def is_unfinished(path: str) -> bool:
    """Say whether a name is that of a download under way, or of what a cloud drive shows in a file's place."""
    return bool(_UNFINISHED.fullmatch(PurePosixPath(path).name))


def is_litter(path: str) -> bool:
    """Say whether a name is that of a lock file, a temporary file or a system's note. What holds a workbook is none all the same."""
    return bool(_LITTER.fullmatch(PurePosixPath(path).name)) or in_system_folder(path)


def in_system_folder(path: str) -> bool:
    """Say whether a file lies where a system keeps what was deleted, or notes of its own: whatever it holds was not sent."""
    *folders, name = PurePosixPath(path).parts
    return any(map(_SYSTEM_FOLDER.fullmatch, folders)) or bool(_DELETED.fullmatch(name))


def sifted(arrival: Arrival) -> Arrival:
    """Mark a file that was read as litter by its name and its beginning, or as not downloaded yet.

    What may be a workbook or an archive by its first bytes keeps them, whatever it is called: who opens it decides.
    """
    data = arrival.data or b""
    if in_system_folder(arrival.path) or data.startswith(_APPLE_DOUBLE):
        return replace(arrival, litter=True, data=None)
    if is_unfinished(arrival.path) and not may_hold(data):
        return replace(arrival, trouble=finding(Code.FILE_NOT_DOWNLOADED), data=None)
    return as_litter(arrival) if is_litter(arrival.path) else arrival


def as_litter(arrival: Arrival) -> Arrival:
    """Mark a file as litter by its name; the bytes are kept where they may be more than that."""
    return replace(arrival, litter=True, data=arrival.data if may_hold(arrival.data or b"") else None)
