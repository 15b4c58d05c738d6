"""What the fault rows about mails, archives and litter start from: files packed from the good returns of two units."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.faults.fault import Expected, Fault
from tests.support.locking import packed
from tests.support.offices import FIRST, SECOND, Office

GOOD, OTHER = Expected(status="accepted"), Expected(status="accepted", unit=SECOND)
ASTRAY = Expected(status="accepted_with_notes", found=(("evidence-astray", None),))
NOTED = Expected(status="accepted_with_notes", found=(("file-converted", None),))
RAR = b"Rar!\x1a\x07\x00" + bytes(90)
SEVEN_ZIP = b"7z\xbc\xaf\x27\x1c" + bytes(90)
TNEF = b"\x78\x9f\x3e\x22" + bytes(90)
Pack = Callable[[bytes, bytes], bytes]
Files = Callable[[bytes, bytes], Mapping[str, bytes]]
Inner = Mapping[str, Expected]


def rejected(code: str) -> Expected:
    return Expected(status="rejected", found=((code, None),), unit=None)


def ignored(code: str) -> Expected:
    return Expected(status="ignored", found=((code, None),), unit=None)


def of(no: int, what: str, path: str, pack: Pack, inner: Inner, passwords: tuple[str, ...] = ()) -> Fault:
    """Make the fault of one file, packed from the good returns of two units; `inner` names what it holds within it."""
    expect = {f"{path}{where}": each for where, each in inner.items()}
    return files(no, what, lambda one, other: {path: pack(one, other)}, expect, passwords)


def files(no: int, what: str, made: Files, expect: Mapping[str, Expected], passwords: tuple[str, ...] = ()) -> Fault:
    """Make the fault of several files, of the good returns of two units."""

    def receive(office: Office) -> None:
        for path, data in made(office.filled(FIRST), office.filled(SECOND)).items():
            office.receive(path, data)

    return Fault(no=no, what=what, receive=receive, expect=expect, passwords=passwords)


def one_file(no: int, what: str, path: str, data: bytes, expected: Expected) -> Fault:
    """Make the fault of one file that holds no form."""
    return of(no, what, path, lambda *_: data, {"": expected})


def first(change: Callable[[bytes], bytes]) -> Pack:
    """Change the first unit's form, and leave the other out."""
    return lambda one, _: change(one)


def holding(
    *names: str, by: Callable[[Mapping[str, bytes]], bytes] = packed, then: Callable[[bytes], bytes] = bytes
) -> Pack:
    """Pack one form or both under these names, and change the archive."""
    return lambda *forms: then(by(dict(zip(names, forms, strict=False))))
