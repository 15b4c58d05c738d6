"""Several mails in one file, a mail in a wrapping, a signed block, files written out in the text: every attachment arrives."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.intake.signed import content
from tests.support.boxes import boxed, in_apple_wrapping, signed_der, signed_in_pieces, signed_mail, written_out
from tests.support.mails import mail, part, raw_mail

FORMS = {"甲.xlsx": b"a" * 3000, "乙.xlsx": b"b" * 10}
LATER = "Thu, 19 Nov 2020 09:30:00 +0800"


def opened(folder: Path, data: bytes, name: str) -> dict[str, Arrival]:
    (folder / name).write_bytes(data)
    return {each.path: each for each in arrivals([folder])}


def code(arrival: Arrival) -> str:
    return arrival.trouble.code if arrival.trouble else ""


def two() -> tuple[bytes, bytes]:
    return mail({"甲.xlsx": FORMS["甲.xlsx"]}).as_bytes(), mail({"乙.xlsx": FORMS["乙.xlsx"]}, date=LATER).as_bytes()


BOXES = {
    "mbox": lambda: boxed(*two()),
    "with the line ends of Windows": lambda: boxed(*two(), end=b"\r\n"),
    "of Thunderbird": lambda: boxed(*two(), line=b"From - Wed Nov 18 09:30:00 2020"),
    "one after another": lambda: b"\n".join(two()),
    "one after another, with received": lambda: b"\r\n".join(b"Received: from a\n" + each for each in two()),
}


@pytest.mark.parametrize("name", ["信.eml", "收件箱.mbox", "收件箱"])
@pytest.mark.parametrize("box", BOXES)
def test_mailboxes(tmp_path: Path, box: str, name: str) -> None:
    """The mails of a mailbox are all opened, each with its own day."""
    found = opened(tmp_path, BOXES[box](), name)
    assert {path: each.data for path, each in found.items()} == {
        f"{name}/第1封.eml/甲.xlsx": FORMS["甲.xlsx"],
        f"{name}/第2封.eml/乙.xlsx": FORMS["乙.xlsx"],
    }
    assert [each.received for each in found.values()] == [date(2020, 11, 18), date(2020, 11, 19)]
    assert {name, f"{name}/第1封.eml"} <= found[f"{name}/第1封.eml/甲.xlsx"].packages


def test_from_in_a_text(tmp_path: Path) -> None:
    """A text that has a line beginning with “From ” ends no mail."""
    first = b"From: a@b.c\nTo: d@e.f\nContent-Type: text/plain\n\nhello\n\nFrom here on it is 9:30 no more\n\n"
    assert len(opened(tmp_path, first + b"From the office\n", "信.eml")) == 1


def test_many(tmp_path: Path) -> None:
    """A mailbox may hold a hundred mails."""
    found = opened(tmp_path, boxed(*[mail({f"{no}.xlsx": b"x"}).as_bytes() for no in range(100)]), "全部.mbox")
    assert len(found) == 100


def test_of_apple(tmp_path: Path) -> None:
    """Apple writes a mail's length before it and notes of its own behind it."""
    found = opened(tmp_path, in_apple_wrapping(mail(FORMS).as_bytes()), "12345.emlx")
    assert {path: each.data for path, each in found.items()} == {
        f"12345.emlx/{name}": data for name, data in FORMS.items()
    }


@pytest.mark.parametrize("sign", [signed_der, signed_in_pieces])
@pytest.mark.parametrize("kind", [b"application/pkcs7-mime", b"application/x-pkcs7-mime"])
def test_signed_blocks(tmp_path: Path, sign: object, kind: bytes) -> None:
    """The attachments of a mail that is one signed block arrive; the signature is no attachment."""
    inner = mail(FORMS).as_bytes().replace(b"\n", b"\r\n")
    block = sign(inner)  # type: ignore[operator]
    found = opened(tmp_path, signed_mail(block, kind), "信.eml")
    assert {path: each.data for path, each in found.items()} == {f"信.eml/{name}": data for name, data in FORMS.items()}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"\x30\x80" * 50,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03",
    ],
)
def test_damaged_blocks(data: bytes) -> None:
    """A block that is damaged or encrypted gives no mail."""
    with suppress(ValueError):
        assert content(data) is None


def test_written_out(tmp_path: Path) -> None:
    """Programs of old write an attachment into the text; its name may be in the bytes of a Chinese Windows."""
    made = written_out("甲.xlsx".encode("gb18030"), FORMS["甲.xlsx"])
    assert {path: each.data for path, each in opened(tmp_path, made, "信.eml").items()} == {
        "信.eml/甲.xlsx": FORMS["甲.xlsx"]
    }


@pytest.mark.parametrize(
    "said",
    [
        "超大附件 https://mail.example.com/ftn_download?k=1",
        "从云附件下载:http://a.example/x",
        "中转站 www.example.com/s/1",
    ],
)
def test_a_link_beside(tmp_path: Path, said: str) -> None:
    """A link to a large attachment is told, though another file is attached: what it leads to did not come."""
    text = part(b"Content-Type: text/plain; charset=utf-8", said.encode())
    form = part(b'Content-Type: application/octet-stream; name="a.xlsx"', b"x")
    found = opened(tmp_path, raw_mail(text, form), "信.eml")
    assert {path: code(each) for path, each in found.items()} == {"信.eml/a.xlsx": "", "信.eml": "mail-link-beside"}
