"""Gives the attachments of a mail, those of a mail inside it included, with the day of receipt and the sender."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import a2b_uu
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import count
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import MAIL_LIMIT, Arrival, Budget, sifted, too_large
from fazhi_xl.intake.headers import attachment_name, decoded_header, file_name, header_words, raw, sender, sent
from fazhi_xl.intake.signed import content
from fazhi_xl.rounds.day_basis import DayBasis

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):|^From \S|^[ \t]", re.MULTILINE)
_HEAD = 64 * 1024
_USUAL = frozenset({b"from", b"to", b"subject", b"date", b"received", b"mime-version", b"content-type", b"message-id"})
_CARRIED = frozenset({b"to", b"cc", b"received", b"message-id", b"return-path", b"delivered-to"})
_OLE, _TNEF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_LONG_HEADER = re.compile(rb"^content-[a-z-]+:(?:[^\n]|\n[ \t]){10000}", re.IGNORECASE | re.MULTILINE)
_ATTACHED_LIMIT, _NESTED_LIMIT, _PARTS_LIMIT, _LINES_LIMIT = (
    500,
    50,
    2000,
    600_000,
)  # the parser's work grows with depth times lines
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_BLOCKS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_UUENCODED = re.compile(rb"^begin [0-7]{3,4} ([^\n]{1,300})\n((?:[\x20-\x60]{0,62}\n)+?)end[ \t]*$", re.MULTILINE)
_UNNAMED = "附件"
# What clients call the pictures of a signature where they attach them; a scan is larger.
_SIGNATURE_PICTURE = re.compile(
    r"(?:image\d{3,4}|outlook-[^.]*|logo[^.]*|[^.]*(?:签名|二维码)[^.]*)\.(?:png|jpe?g|gif|bmp)", re.IGNORECASE
)
_SIGNATURE_LIMIT = 64 * 1024
_TEXT_LIMIT = 200_000
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f/\\]")  # what a subject has and a file's name cannot have
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_DISK = re.compile(
    r"超大附件|云附件|大附件|中转站|网盘|云盘|微云|ftn_handler|pan\.baidu|weiyun|bigattach|large-?attach", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attachment:
    """`path` is its name, after that of the mail inside the mail, which is `inside` then."""

    path: str
    inside: str = ""
    data: bytes = b""
    trouble: Finding | None = None


def mail_trouble(path: str, data: bytes) -> Finding | None:
    """Give the finding for a mail that only Outlook opens; None for any other file."""
    if data.startswith(_TNEF):
        return finding(Code.MAIL_UNOPENED, kind="winmail.dat(Outlook 打包的附件)")
    if data.startswith(_OLE) and (_OUTLOOK in data or path.lower().endswith(".msg")):
        return finding(Code.MAIL_UNOPENED, kind="Outlook 邮件(.msg)")
    return None


def nested_mail() -> Finding:
    """Give the finding for a mail nested too deep."""
    return finding(Code.MAIL_UNOPENED, kind="套在别的邮件里的邮件")


def is_mail(path: str, data: bytes) -> bool:
    """Recognise a mail by its headers; for a file named .eml any usual header is enough."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    head = head[: min((at for mark in (b"\n\n", b"\n\r\n") if (at := head.find(mark)) >= 0), default=len(head))]
    if not _FIELD.match(head):
        return False
    fields = {match[1].lower() for match in _FIELD.finditer(head) if match[1]}
    called = path.lower().endswith(".eml")
    return bool(fields & _USUAL) if called else b"from" in fields and bool(fields & _CARRIED)


def attached(arrival: Arrival, budget: Budget) -> Iterator[Arrival]:
    """Give a mail's attachments in its place, or the mail itself with what is wrong."""
    if arrival.size > MAIL_LIMIT:
        yield replace(arrival, trouble=too_large(arrival.size, MAIL_LIMIT))
        return
    try:
        mail = _parsed(arrival.data or b"")
        found = [] if mail is None else list(_attachments(mail, depth=1))
    except Exception as error:  # noqa: BLE001 - whatever a hostile mail raises, the other files are read
        yield replace(arrival, trouble=finding(Code.FILE_DAMAGED, detail=f"邮件读不出来,{type(error).__name__}"))
        return
    size = sum(len(each.data) for each in found)
    if mail is None or len(found) > _ATTACHED_LIMIT or not budget.take(len(found), size):
        yield replace(arrival, trouble=finding(Code.FILE_UNSAFE, detail="邮件里的部分太多"))
    else:
        yield from _posted(arrival, mail, found)
        if _is_linked(mail):
            yield replace(arrival, trouble=finding(Code.MAIL_LINK_BESIDE if found else Code.MAIL_LINK_ONLY))
        elif not found:
            yield replace(arrival, trouble=finding(Code.MAIL_WITHOUT_ATTACHMENT))


def _is_linked(mail: Message) -> bool:
    """Say whether a text of the mail has a link to a large attachment, which the mail does not hold."""
    bodies = (
        decoded_header(_bytes(part)[:_TEXT_LIMIT], str(part.get_param("charset", "utf-8")))
        for part in _leaves(mail)
        if part.get_content_maintype() == "text"
    )
    return any(_DISK.search(text) and _LINK.search(text) for text in bodies)


def _parsed(data: bytes) -> Message | None:
    """Parse a mail; None where its parts are too many, too deep or too long to be parsed within seconds."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    many = lines > _LINES_LIMIT or data.count(b"\n--") > _PARTS_LIMIT or len(_NESTING.findall(data)) > _NESTED_LIMIT
    if many or _LONG_HEADER.search(data):
        return None
    return message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), policy=compat32)


def _posted(arrival: Arrival, mail: Message, found: list[_Attachment]) -> Iterator[Arrival]:
    """Date the attachments by the mail; without a date in the mail they keep the folder's or the file's."""
    moment, known = sent(mail), replace(arrival, sender=sender(mail), data=None)
    if moment is not None:
        known = replace(known, received=moment.date(), moment=int(moment.timestamp()) * 10**9, basis=DayBasis.MAIL)
        known = replace(known, time=moment.time())
    for each in found:
        inner = known.within(each.path, trouble=each.trouble, size=len(each.data))
        if each.inside:
            inner = replace(inner, packages=inner.packages | {str(PurePosixPath(arrival.path, each.inside))})
        if each.trouble:
            yield inner
        elif (
            len(found) > 1
            and _SIGNATURE_PICTURE.fullmatch(PurePosixPath(each.path).name)
            and len(each.data) <= _SIGNATURE_LIMIT
        ):
            yield replace(inner, litter=True)
        else:
            yield sifted(replace(inner, data=each.data))


def _attachments(mail: Message, depth: int) -> Iterator[_Attachment]:
    """Give a mail's attachments; those of forwarded mails down to `depth`, below which such a mail has a finding."""
    unnamed = count(1)
    for part in _leaves(mail):
        yield from _written_out(part)
        name, whole = attachment_name(part), part.get_content_type() == "message/rfc822"
        inner = _inner_mail(part, name)
        if inner is not None:
            subject = _UNPRINTED.sub("", header_words(raw(inner, "subject")))[:60].strip()
            path = name or f"{subject or f'邮件{next(unnamed)}'}.eml"
            if depth:
                yield from (
                    replace(each, path=f"{path}/{each.path}", inside=path) for each in _attachments(inner, depth - 1)
                )
            else:
                yield _Attachment(path=path, trouble=nested_mail())
        elif whole:
            trouble = finding(Code.FILE_DAMAGED, detail="邮件里的邮件读不出来")
            yield _Attachment(path=name or f"邮件{next(unnamed)}.eml", trouble=trouble)
        elif _is_attachment(part):
            yield _Attachment(path=name or f"{_UNNAMED}{next(unnamed)}", data=_bytes(part))


def _written_out(part: Message) -> Iterator[_Attachment]:
    """Give the files that stand in a text itself, as programs of old attached them (uuencode)."""
    if part.get_content_maintype() == "text" and b"\nend" in (text := _bytes(part)):
        for match in _UUENCODED.finditer(text.replace(b"\r\n", b"\n")):
            with suppress(ValueError):
                data = b"".join(map(a2b_uu, match[2].splitlines()))
                yield _Attachment(path=file_name(decoded_header(match[1])) or _UNNAMED, data=data)


def _leaves(part: Message, depth: int = 3) -> Iterator[Message]:
    """Give the parts that hold no others, except pictures embedded in the text."""
    if part.get_content_maintype() != "multipart":
        signed = _parsed(_signed(part)) if part.get_content_type() in _BLOCKS else None
        yield from [part] if signed is None or depth == 0 else _leaves(signed, depth - 1)
        return
    inner = part.get_payload()
    for each in inner if isinstance(inner, list) else ():
        if isinstance(each, Message):
            embedded = "content-id" in each or part.get_content_subtype() == "related"
            shown = embedded and each.get_content_disposition() != "attachment"
            if not (shown and each.get_content_maintype() == "image"):
                yield from _leaves(each, depth)


def _signed(part: Message) -> bytes:
    """Give the mail in a signed block; nothing where it is encrypted or damaged."""
    with suppress(ValueError):
        return content(_bytes(part)) or b""
    return b""


def _is_attachment(part: Message) -> bool:
    kind = part.get_content_type()
    if kind in _SIGNATURES or kind.startswith("message/"):
        return False
    named = bool(attachment_name(part)) or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() not in {"text", "multipart"}


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _inner_mail(part: Message, name: str) -> Message | None:
    """Read a mail that is attached as a mail or as a file; None where it is none, or cannot be read."""
    if part.get_content_type() != "message/rfc822":
        data = _bytes(part) if _is_attachment(part) else b""
        return _parsed(data) if is_mail(name, data) else None
    inner = part.get_payload(0) if part.is_multipart() else None
    if not isinstance(inner, Message) or raw(part, "content-transfer-encoding").strip().lower() != "base64":
        return inner if isinstance(inner, Message) else None
    with suppress(ValueError):  # some clients wrap a mail in base64, which RFC 2046 forbids
        return _parsed(b64decode(str(inner.get_payload())))
    return None
