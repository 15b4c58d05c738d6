"""Faults 115, 116, 120 and 123: what mails and archives bring; names, days and places are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from random import Random

import pytest

from tests.faults.fault import Expected, Fault, assert_fault
from tests.faults.transport import ASTRAY, GOOD, OTHER, RAR, SEVEN_ZIP, TNEF, of, rejected
from tests.support.boxes import boxed, in_apple_wrapping, signed_der, signed_in_pieces, signed_mail, written_out
from tests.support.locking import locked_as_of_old, locked_by_aes, packed
from tests.support.mails import mail, part, raw_mail
from tests.support.offices import Office

DRAW = Random(14)
BESIDE = Expected(status="ignored", found=(("evidence-beside", None),), unit=None)
PACKED = {"{}.rar": RAR, "{}.7z": SEVEN_ZIP, "winmail.dat": TNEF}
NAMES = ("任务分解表", "表 (1)", "定稿", "新建文件夹", "附件2", "IMG_0001", "2020年表")


def name(ending: str = ".xlsx") -> str:
    return DRAW.choice(NAMES) + ending


def numbered() -> Iterator[Fault]:
    """Mails and archives that are called by a number: their attachments are no evidence."""
    for called, (pattern, data) in zip(DRAW.sample(range(1, 22), 3), PACKED.items(), strict=True):
        held, form = pattern.format(DRAW.choice(NAMES)), name()
        code = "mail-unopened" if pattern == "winmail.dat" else "archive-unopened"
        inner = {f"/{held}": rejected(code), f"/{form}": GOOD}

        def in_mail(one: bytes, _: bytes, held: str = held, data: bytes = data, form: str = form) -> bytes:
            return mail({held: data, form: one}).as_bytes()

        def in_zip(one: bytes, _: bytes, held: str = held, data: bytes = data, form: str = form) -> bytes:
            return packed({held: data, form: one})

        yield of(115, f"{called}.eml with {held}", f"{called}.eml", in_mail, inner)
        yield of(115, f"{called}.zip with {held}", f"{DRAW.choice(('来件', '2020-11-09'))}/{called}.zip", in_zip, inner)


def boxes() -> Iterator[Fault]:
    """Several mails in one file."""
    ways: Mapping[str, Callable[..., bytes]] = {
        "a mailbox": boxed,
        "a mailbox of Thunderbird": lambda *mails: boxed(*mails, line=b"From - Mon Nov  9 09:30:00 2020"),
        "a mailbox of Windows": lambda *mails: boxed(*mails, end=b"\r\n"),
        "mails one after another": lambda *mails: b"\n".join(mails),
    }
    for what, way in ways.items():
        first, second = name(), name()
        inner = {f"/第1封.eml/{first}": GOOD, f"/第2封.eml/{second}": OTHER}
        path = DRAW.choice(NAMES) + DRAW.choice((".eml", ".mbox", ""))
        yield of(116, what, path, partial(_written_so, way, first, second), inner)


def _written_so(way: Callable[..., bytes], first: str, second: str, one: bytes, other: bytes) -> bytes:
    return way(mail({first: one}).as_bytes(), mail({second: other}).as_bytes())


def wrapped() -> Iterator[Fault]:
    """Send a mail in a wrapping, in a signed block, with a form in its text."""
    form = name()
    inner = {f"/{form}": GOOD}

    def made(one: bytes) -> bytes:
        return mail({form: one}).as_bytes().replace(b"\n", b"\r\n")

    yield of(
        116, "a mail of Apple", f"{DRAW.randint(1, 99999)}.emlx", lambda one, _: in_apple_wrapping(made(one)), inner
    )
    yield of(123, "a signed mail", "信.eml", lambda one, _: signed_mail(signed_der(made(one))), inner)
    yield of(123, "a signed mail in pieces", "信.eml", lambda one, _: signed_mail(signed_in_pieces(made(one))), inner)
    yield of(123, "a form in the text", "信.eml", lambda one, _: written_out(form.encode("gb18030"), one), inner)


def linked() -> Iterator[Fault]:
    """Send a link to a large attachment beside another attachment."""
    for said in ("超大附件", "云附件", "中转站"):
        form, text = (
            name(),
            part(
                b"Content-Type: text/plain; charset=utf-8", f"{said} https://mail.example.com/{DRAW.random()}".encode()
            ),
        )

        def pack(one: bytes, _: bytes, form: str = form, text: bytes = text) -> bytes:
            return raw_mail(text, part(f'Content-Type: application/octet-stream; name="{form}"'.encode(), one))

        yield of(120, said, "信.eml", pack, {f"/{form}": GOOD, "": rejected("mail-link-beside")})


def archives() -> Iterator[Fault]:
    """Send archives that are large, locked, or begin with something else."""
    form = name()
    photo = b"\xff\xd8\xff\xe0" + DRAW.randbytes(3000)
    photographs = {f"照片/{no}.jpg": photo for no in range(600)}
    seen = {f"/{where}": BESIDE for where in photographs}
    before = {"a program that unpacks itself": b"MZ" + DRAW.randbytes(3000), "a mark of UTF-8": b"\xef\xbb\xbf"}
    yield of(
        123,
        "600 photographs",
        "包.zip",
        lambda one, _: packed({form: one, **photographs}),
        {f"/{form}": ASTRAY, **seen},
    )
    for what, stub in before.items():
        yield of(123, f"after {what}", "包.zip", partial(_after, stub, form), {f"/{form}": GOOD})
    for what, lock in {"AES": locked_by_aes, "the old way": locked_as_of_old}.items():
        locked = {f"/{form}": rejected("file-encrypted")}
        yield of(123, f"locked by {what}", "包.zip", partial(_locked, lock, form), locked)


def _after(stub: bytes, form: str, one: bytes, _: bytes) -> bytes:
    return stub + packed({form: one})


def _locked(lock: Callable[[Mapping[str, bytes]], bytes], form: str, one: bytes, _: bytes) -> bytes:
    return lock({form: one})


FAULTS = (*numbered(), *boxes(), *wrapped(), *linked(), *archives())


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each sets off exactly what is written beside it, and no return is lost."""
    assert_fault(office, fault, times)
