"""Lists the files that came back: those of the given folders, and what zip archives and mails hold. Nothing is changed or extracted."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain, count
from operator import itemgetter
from pathlib import Path, PurePosixPath

from fazhi_xl.findings import Code, finding
from fazhi_xl.intake.archives import ZIP, archive_of, members
from fazhi_xl.intake.arrival import (
    HEAD,
    PACKAGE_LIMIT,
    Arrival,
    Budget,
    failed,
    hollow_in,
    in_system_folder,
    is_litter,
    is_scan,
    sifted,
    too_large,
)
from fazhi_xl.intake.mailboxes import letters, unwrapped
from fazhi_xl.intake.mails import attached, is_mail, mail_trouble, nested_mail
from fazhi_xl.intake.postmark import NO_POSTMARKS, Postmarks
from fazhi_xl.intake.signed import signed_file
from fazhi_xl.intake.source import Kind, Source, Step
from fazhi_xl.intake.unpacked import PARTS_LIMIT, put_together, unpacked_books
from fazhi_xl.intake.volumes import told_once, volume_trouble
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.text.system_errors import system_error

_DATED = re.compile(r"(20\d\d)(?:(\d\d)(\d\d)|[-._年](\d{1,2})[-._月](\d{1,2}))(?!\d)")
_UNDATED = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?|(\d{1,2})-(\d{1,2})$")  # `11月19日`, `11-19`
_UNKNOWN_DAY = date(1970, 1, 1)
_YEARS = range(1970, 2100)
_ODD = re.compile("[\ud800-\udfff]")  # how Python writes the bytes of a name that is no UTF-8
_NO_PARTS: Mapping[str, Path] = {}
_TRIES, _PAUSE = 3, 0.1  # seconds


class _ChangingError(OSError):
    """The file changed while it was read, at every attempt."""


def arrivals(
    returns: Sequence[Path], *, passwords: Sequence[str] = (), postmarks: Postmarks = NO_POSTMARKS
) -> Iterator[Arrival]:
    """Give every file in the folders (or the files named themselves), in the order of their names, each once; then the empty folders.

    The day of receipt is that of the mail, as its server knows it or its sender says it, else the date that a folder's name begins with
    (`2031-11-18`), else the file's own. Where several places are given, a file's path begins with its place. Links to folders are named
    and not followed. Archives are opened with the passwords where they have one.
    """
    opening = _Opening(passwords=passwords, postmarks=postmarks)
    came = chain.from_iterable(_arrived(place, opening) for place in _found(returns))
    return told_once(_distinct(chain(came, _hollow(returns))))


def _hollow(returns: Sequence[Path]) -> Iterator[Arrival]:
    """Give what the empty folders would hold, each once."""
    known: set[Path] = set()
    for place in filter(Path.is_dir, returns):
        for base, folders, files in sorted(os.walk(place)):
            path = Path(base)
            if not folders and not files and path != place and path.absolute() not in known:
                known.add(path.absolute())
                name = path if len(returns) > 1 else path.relative_to(place)
                yield Arrival(path=hollow_in(_words(name)), received=_UNKNOWN_DAY, hollow=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A file: where it is, its name within the returns, and the folders it lies in, the outermost first.

    Of a workbook that somebody unpacked, `path` is the folder, and `parts` are its files by their names in the workbook.
    """

    path: Path
    name: str
    folders: Sequence[str]
    parts: Mapping[str, Path] = field(default_factory=dict)


def _found(returns: Sequence[Path]) -> Iterator[_Place]:
    known: set[Path] = set()
    for place in returns:
        base = place if place.is_dir() else place.parent
        for path, inner, parts in _listed(base, _files(place) if place.is_dir() else [place]):
            if path.absolute() not in known:
                known.add(path.absolute())
                name = _words(path.with_name(inner.rpartition("/")[2])) if len(returns) > 1 else inner
                folders = (base.absolute().name, *inner.split("/")[:-1])
                yield _Place(path=path, name=name, folders=folders, parts=parts)


def _listed(base: Path, files: Sequence[Path]) -> Iterator[tuple[Path, str, Mapping[str, Path]]]:
    """Give the files in order with their names within the folder; the parts of an unpacked workbook as one."""
    names = {path.relative_to(base).as_posix(): path for path in files}
    books = unpacked_books(names)
    whole = {name: path for name, path in names.items() if not any(name in book for book in books)}
    joined = (({decoded(book.part(each)): names[each] for each in names if each in book}, book) for book in books)
    yield from sorted(
        [
            *((path, _words(Path(name)), _NO_PARTS) for name, path in whole.items()),
            *((base / book.root, _words(Path(book.name)), parts) for parts, book in joined),
        ],
        key=itemgetter(0),
    )


def _files(folder: Path) -> list[Path]:
    """List the files, the links to folders, and the folders that cannot be opened."""
    closed: list[Path] = []
    found = (
        Path(base, name)
        for base, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
        for name in (*files, *(each for each in folders if Path(base, each).is_symlink()))
    )
    return sorted([*found, *closed])


def _words(path: Path) -> str:
    """Decode a path; names that came over from a system with another encoding are taken for GB 18030."""
    return "/".join(map(decoded, path.as_posix().split("/")))


def decoded(name: str) -> str:
    """Give a name of a file or folder as people read it, whatever system it came over from."""
    if not _ODD.search(name):
        return name
    try:  # not os.fsencode: what was named on Linux is read on Windows, too
        return name.encode(errors="surrogateescape").decode("gb18030", errors="replace")
    except UnicodeEncodeError:  # half a pair, which only Windows has in names
        return _ODD.sub("�", name)


def _distinct(found: Iterable[Arrival]) -> Iterator[Arrival]:
    """Add a number to the paths of files with the same name, as an archive may hold."""
    known: set[str] = set()
    for each in found:
        again = (f"{each.path}#{number}" for number in count(2))
        path = next(path for path in chain([each.path], again) if path not in known)
        known.add(path)
        yield replace(each, path=path)


def _arrived(place: _Place, opening: _Opening) -> Iterator[Arrival]:
    facts: os.stat_result | None = None
    for look in (place.path.lstat, place.path.stat):  # of a link that leads nowhere, the link's own
        with suppress(OSError):
            facts = look()
    received, basis = _received(place.folders, facts)
    arrival = Arrival(
        path=place.name,
        received=received,
        basis=basis,
        moment=facts.st_mtime_ns if facts else 0,
        source=None if place.parts else Source(place.path),
    )
    if in_system_folder(place.name):
        yield replace(arrival, litter=True)
        return
    try:
        data, size = _assembled(place.parts) if place.parts else _read(place.path, facts)
    except OSError as error:
        yield _unread(arrival, error)
    except Exception as error:  # noqa: BLE001 - whatever reading it sets off, the other files are read
        yield failed(arrival, error)
    else:
        for each in _survived(replace(arrival, data=data, size=size), opening):
            own = each.path == place.name and not place.parts and data.startswith(each.data or b"")
            yield each.let_go(place.path) if own else each


def _unread(arrival: Arrival, error: OSError) -> Arrival:
    """Say why a file could not be read; of a lock file others are kept out, and it is none the less known."""
    if is_litter(arrival.path):
        return replace(arrival, litter=True)
    match error:
        case FileNotFoundError():
            trouble = finding(Code.FILE_VANISHED)
        case _ChangingError():
            trouble = finding(Code.FILE_CHANGING)
        case _:
            trouble = finding(Code.FILE_UNREADABLE, detail=system_error(error))
    return replace(arrival, trouble=trouble)


def _assembled(parts: Mapping[str, Path]) -> tuple[bytes, int]:
    """Put an unpacked workbook together; of one that is too large give no bytes, and the size of its parts. Raises OSError."""
    size = sum(path.stat().st_size for path in parts.values())
    if size > PARTS_LIMIT:
        return b"", size
    data = put_together({name: path.read_bytes() for name, path in parts.items()})
    return data, len(data)


def _read(path: Path, facts: os.stat_result | None) -> tuple[bytes, int]:
    """Read a file, at most one byte more than its limit, and give its whole size; where it changes meanwhile, it is read again.

    Raises OSError.
    """
    if facts and not stat.S_ISREG(facts.st_mode):
        raise OSError(0, "是文件夹、链接或设备,不是文件")
    for again in range(_TRIES):
        time.sleep(_PAUSE if again else 0)
        before = _identity(path)
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
            if len(data) > SIZE_LIMIT and (data.startswith(ZIP) or is_mail(path.name, data)):
                data += file.read(PACKAGE_LIMIT - SIZE_LIMIT)
        if _identity(path) == before:
            return data, before[1]
    raise _ChangingError


def _identity(path: Path) -> tuple[int, int, int]:
    facts = path.stat()
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _written_day(folder: str, own: date) -> date | None:
    """Read the day that a folder's name begins with; one without a year is the last such day before the file's own time."""
    if match := _DATED.match(folder):
        return _day(*map(int, filter(None, match.groups())))
    if match := _UNDATED.match(folder):
        month, day = map(int, filter(None, match.groups()))
        this = _day(own.year, month, day)
        return this if this is None or this <= own else _day(own.year - 1, month, day)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _own_day(facts: os.stat_result) -> date:
    """Give the day of a file's own time; a clock that was never set, or a disk that has lost it, tells none."""
    with suppress(ValueError, OverflowError, OSError):
        own = datetime.fromtimestamp(facts.st_mtime).astimezone().date()
        return own if own.year in _YEARS else _UNKNOWN_DAY
    return _UNKNOWN_DAY


def _received(folders: Sequence[str], facts: os.stat_result | None) -> tuple[date, DayBasis]:
    """Give the day of the innermost folder that begins with one, else the file's own."""
    own = _own_day(facts) if facts else _UNKNOWN_DAY
    written = next(filter(None, (_written_day(each, own) for each in reversed(folders))), None)
    return (written, DayBasis.FOLDER) if written else (own, DayBasis.FILE)


def _survived(arrival: Arrival, opening: _Opening) -> Iterator[Arrival]:
    """Open a file; where the program itself fails over it, what was found until then stays, and the file is told."""
    try:
        yield from replace(opening, budget=Budget()).each_opened([sifted(arrival)])
    except Exception as error:  # noqa: BLE001 - whatever an archive or a mail sets off, the other files are read
        yield failed(arrival, error)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """How far a file of the folder is opened, and what was opened on the way to one that it holds."""

    budget: Budget = field(default_factory=Budget)
    passwords: Sequence[str] = ()
    postmarks: Postmarks = field(default_factory=dict)
    packed: bool = False
    posted: bool = False
    boxed: bool = False
    signed: bool = False

    def opened(self, arrival: Arrival) -> Iterator[Arrival]:
        """Replace an archive, a mailbox or a mail by what it holds, also an archive in a mail or a mail in an archive."""
        data = unwrapped(arrival.data or b"")
        archive, mail, signed = archive_of(data), is_mail(arrival.path, data), not self.signed and signed_file(data)
        box = letters(data) if mail and not (self.boxed or self.posted) else []
        if archive and not self.packed:
            yield from replace(self, packed=True).each_opened(members(arrival, archive, self.budget, self.passwords))
        elif box:
            yield from _told_of_box(arrival, list(replace(self, boxed=True).each_opened(_unboxed(arrival, box))))
        elif signed:
            name = PurePosixPath(arrival.path).stem
            yield from replace(self, signed=True).each_opened(
                [replace(arrival.within(name, Step(Kind.SIGNED), size=len(signed)), data=signed)]
            )
        elif mail and not self.posted:
            postmark = self.postmarks.get(hashlib.sha256(arrival.data or b"").hexdigest()) if self.postmarks else None
            mails = attached(replace(arrival, data=data), self.budget, postmark)
            yield from replace(self, posted=True).each_opened(mails)
        else:
            deep = finding(Code.ARCHIVE_IN_ARCHIVE) if archive else nested_mail() if mail else None
            trouble = None if arrival.litter else mail_trouble(arrival.path, data) or volume_trouble(data)
            yield _leaf(replace(arrival, trouble=deep or trouble))

    def each_opened(self, inner: Iterable[Arrival]) -> Iterator[Arrival]:
        for each in inner:
            yield from [each] if each.trouble or each.hollow or (each.litter and not each.data) else self.opened(each)


def _unboxed(arrival: Arrival, box: Iterable[bytes]) -> Iterator[Arrival]:
    """Give the mails of a mailbox, by their number in it."""
    for no, letter in enumerate(box, 1):
        yield replace(arrival.within(f"第{no}封.eml", Step(Kind.LETTER, no - 1), size=len(letter)), data=letter)


def _told_of_box(arrival: Arrival, found: Sequence[Arrival]) -> Iterator[Arrival]:
    """Let the mailbox say how many of its mails have no attachment, where several have none."""
    silent = {each.path for each in found if each.trouble and each.trouble.code is Code.MAIL_WITHOUT_ATTACHMENT}
    if len(silent) > 1:
        yield replace(arrival, trouble=finding(Code.MAILS_WITHOUT_ATTACHMENT, count=len(silent)))
    yield from (each for each in found if len(silent) == 1 or each.path not in silent)


def _leaf(arrival: Arrival) -> Arrival:
    """Keep of a scan, a picture or a film the beginning; say of anything else that is too large to be a form how large it is."""
    data = arrival.data or b""
    if is_scan(data) and arrival.fingerprint is None:
        whole = len(data) == arrival.size <= SIZE_LIMIT
        return replace(arrival, data=data[:HEAD], fingerprint=arrival.sha256 if whole else "")
    if arrival.size > SIZE_LIMIT and not is_scan(data) and not arrival.trouble:
        limit = PACKAGE_LIMIT if arrival.size > PACKAGE_LIMIT and data.startswith(ZIP) else SIZE_LIMIT
        return replace(arrival, trouble=too_large(arrival.size, limit), data=None)
    return arrival
