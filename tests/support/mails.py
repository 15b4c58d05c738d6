"""Mails as clients write them, byte for byte where that matters."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from email.message import EmailMessage
from zlib import crc32

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SENT = "Wed, 18 Nov 2020 09:30:00 +0800"
_BOUNDARY = "=_part"


def mail(
    attachments: Mapping[str, bytes], *, date: str | None = SENT, sender: str = "张三 <zhang@example.com>"
) -> EmailMessage:
    """Write a mail with a text, as Python's own library does."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "fzb@example.com", "报送任务分解表"
    if date is not None:
        made["Date"] = date
    made.set_content("您好,任务分解表见附件。")
    for name, data in attachments.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attachments:
        made.set_boundary(f"=_{crc32(repr(attachments).encode()):08x}")  # drawn by chance otherwise
    return made


def part(headers: bytes, data: bytes) -> bytes:
    """Write one part with its headers as given, its bytes in base64."""
    return headers + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64encode(data)


def raw_mail(*parts: bytes, headers: bytes = b"Date: " + SENT.encode()) -> bytes:
    """Put a mail together from raw parts."""
    boundary = _BOUNDARY.encode()
    head = (
        b"From: zhang@example.com\r\nTo: fzb@example.com\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n' + headers
    )
    body = b"".join(b"\r\n--" + boundary + b"\r\n" + each for each in parts)
    return head + b"\r\n" + body + b"\r\n--" + boundary + b"--\r\n"


def named(disposition: bytes, data: bytes = b"x") -> bytes:
    """Give a mail whose one attachment has this Content-Disposition."""
    headers = b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; " + disposition
    return raw_mail(b"Content-Type: text/plain\r\n\r\nhello", part(headers, data))
