"""Gives the attachments of a mail, those of a mail inside it included, with the day of receipt and the sender."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import a2b_uu
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import count
from pathlib import PurePosixPath

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.arrival import MAIL_LIMIT, Arrival, Budget, as_litter, may_hold, sifted, too_large
from fazhi_xl.intake.bounces import automatic, bounce, is_reading_receipt
from fazhi_xl.intake.headers import attachment_name, decoded_header, file_name, header_words, raw, sender, sent
from fazhi_xl.intake.mailboxes import letters
from fazhi_xl.intake.postmark import Postmark, claimed
from fazhi_xl.intake.signed import content
from fazhi_xl.intake.source import Kind, Step
from fazhi_xl.rounds.day_basis import DayBasis

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):|^>?From \S|^[ \t]", re.MULTILINE)
_HEAD = 64 * 1024
_USUAL = frozenset({b"from", b"to", b"subject", b"date", b"received", b"mime-version", b"content-type", b"message-id"})
_CARRIED = frozenset({b"to", b"cc", b"received", b"message-id", b"return-path", b"delivered-to"})
_OLE, _TNEF = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
# What mail programs keep whole mailboxes in ([MS-PST] 2.2.2.6, the CLSID of .dbx), and a mail with rights ([MS-OXORMMS] 2.1).
_MAILBOXES = {b"!BDN": "Outlook 的邮箱文件(.pst、.ost)", b"\xcf\xad\x12\xfe": "Outlook Express 的邮箱文件(.dbx)"}
_RIGHTS = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_LONG_HEADER = re.compile(rb"^content-[a-z-]+:(?:[^\n]|\n[ \t]){10000}", re.IGNORECASE | re.MULTILINE)
_ATTACHED_LIMIT, _NESTED_LIMIT, _PARTS_LIMIT, _LINES_LIMIT = (
    500,
    50,
    2000,
    600_000,
)  # the parser's work grows with depth times lines
_SIGNATURES = frozenset(
    {
        "application/pgp-signature",
        "application/pgp-encrypted",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    }
)  # the second only says that the part after it is encrypted (RFC 3156)
_BLOCKS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_UUENCODED = re.compile(rb"^begin [0-7]{3,4} ([^\n]{1,300})\n((?:[\x20-\x60]{0,62}\n)+?)end[ \t]*$", re.MULTILINE)
_WRITTEN_BASE64 = re.compile(
    rb"^begin-base64 [0-7]{3,4} ([^\n]{1,300})\n((?:[A-Za-z0-9+/=]{1,80}\n)+?)====[ \t]*$", re.MULTILINE
)
_FILE_WITHIN = re.compile(
    rb"^(?:UEsDB|0M8R4KGx|UmFyIRoH|N3q8ryc)", re.MULTILINE
)  # how archives and workbooks begin in base64
_UNNAMED, _MANY = "附件", "部分太多,或套得太深"
# What clients attach by themselves: the pictures of a signature, the rest of the text, cards, invitations and signatures. A scan is larger.
_BY_ITSELF = re.compile(
    r"(?:image\d{3,4}|outlook-[^.]*|logo[^.]*|catch[^.]*|att\d{5}|[0-9a-f]{8}@[0-9a-f]{8}\.[0-9a-f]{8}|[^.]*(?:签名|二维码)[^.]*)"
    r"\.(?:png|jpe?g|gif|bmp)|att\d{5}\.(?:html?|txt)|.*\.(?:vcf|ics|p7s)|(?:openpgp_)?signature(?:\.asc)?",
    re.IGNORECASE,
)
_SIGNATURE_LIMIT = 64 * 1024
_TEXT_LIMIT = 200_000
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f/\\]")  # what a subject has and a file's name cannot have
# What says that a file lies elsewhere: an attachment's word with any link, a disk's word with a whole address (people write of disks, and
# their own site stands below), or the address of one that is known.
_ELSEWHERE = re.compile(
    r"(?=.*(?:https?://|www\.))(?=.*(?:超大附件|云附件|大附件|中转站))|(?=.*https?://)(?=.*(?:网盘|云盘|微云|快传))"
    r"|.*(?:ftn_handler|/ftn/|ftnexs_download|big-?attach|large-?attach|huge-?attach|filecabinet|pan\.baidu|weiyun|pan\.quark|123pan|alipan"
    r"|aliyundrive|cloud\.189|lanzou|jianguoyun|cowtransfer|wenshushu|1drv\.ms|-my\.sharepoint|wetransfer|drive\.(?:google|weixin)"
    r"|kdocs\.cn|docs\.qq\.com)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attachment:
    """`path` is its name, after that of the mail inside the mail (or of the mailbox, and the mail in it), which is `inside` then."""

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
    if data.startswith(_RIGHTS):
        return finding(Code.FILE_SEALED, kind="设了权限的 Outlook 邮件(message.rpmsg)")
    kept = next((kind for magic, kind in _MAILBOXES.items() if data.startswith(magic)), None)
    return finding(Code.MAIL_UNOPENED, kind=kept) if kept else None


def _too_much(detail: str) -> Finding:
    return finding(Code.ARCHIVE_TOO_MUCH, kind="邮件", detail=detail)


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


def attached(arrival: Arrival, budget: Budget, postmark: Postmark | None = None) -> Iterator[Arrival]:
    """Give a mail's attachments in its place, or the mail itself with what is wrong, by what its server knows of it."""
    arrival = replace(arrival.posted(postmark), sender=_sender(arrival.data or b""))
    if arrival.size > MAIL_LIMIT:
        yield replace(arrival, trouble=too_large(arrival.size, MAIL_LIMIT))
        return
    try:
        mail = _parsed(arrival.data or b"")
        returned = None if mail is None else bounce(mail) or (automatic(mail) if is_reading_receipt(mail) else None)
        found = [] if mail is None or returned else list(_attachments(mail, depth=1))
    except Exception as error:  # noqa: BLE001 - whatever a hostile mail raises, the other files are read
        yield replace(arrival, trouble=finding(Code.FILE_DAMAGED, detail=f"邮件读不出来,{type(error).__name__}"))
        return
    if returned:
        yield replace(arrival, trouble=returned)
        return
    size = sum(len(each.data) for each in found)
    if mail is None or len(found) > _ATTACHED_LIMIT or not budget.take(len(found), size):
        yield replace(arrival, trouble=_too_much(f"有{len(found)}个附件" if found else _MANY))
    else:
        yield from _posted(arrival, mail, found)
        if _is_linked(mail):
            yield replace(arrival, trouble=finding(Code.MAIL_LINK_BESIDE if found else Code.MAIL_LINK_ONLY))
        elif not found:
            torn = _FILE_WITHIN.search(arrival.data or b"")
            trouble = (
                finding(Code.MAIL_UNOPENED, kind="格式不完整的邮件")
                if torn
                else automatic(mail) or finding(Code.MAIL_WITHOUT_ATTACHMENT)
            )
            yield replace(arrival, trouble=trouble)


def attachments_of(data: bytes) -> list[bytes]:
    """Give the bytes of a mail's attachments, in the order in which `attached` gives them; none of one that cannot be parsed."""
    mail = _parsed(data)
    return [] if mail is None else [each.data for each in _attachments(mail, depth=1)]


def _sender(data: bytes) -> str:
    """Give the address that a mail's headers name; blank where they are not in the beginning, or unreadable."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    try:
        return sender(message_from_bytes(re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0], policy=compat32))
    except Exception:  # noqa: BLE001 - whatever a hostile header raises, the mail is opened all the same
        return ""


def _is_linked(mail: Message) -> bool:
    """Say whether a text of the mail has a link to a large attachment, which the mail does not hold."""
    bodies = (
        decoded_header(_bytes(part)[:_TEXT_LIMIT], str(part.get_param("charset", "utf-8")))
        for part in _leaves(mail)
        if part.get_content_maintype() == "text"
    )
    return any(map(_ELSEWHERE.match, bodies))


def _parsed(data: bytes) -> Message | None:
    """Parse a mail; None where its parts are too many, too deep or too long to be parsed within seconds."""
    lines = max(data.count(b"\n"), data.count(b"\r"))
    many = lines > _LINES_LIMIT or data.count(b"\n--") > _PARTS_LIMIT or len(_NESTING.findall(data)) > _NESTED_LIMIT
    if many or _LONG_HEADER.search(data):
        return None
    mail = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    quoted = mail.startswith(b">From ")  # the line before a mail in a mailbox, which a program took for text
    return message_from_bytes(mail.partition(b"\n")[2] if quoted else mail, policy=compat32)


def _posted(arrival: Arrival, mail: Message, found: list[_Attachment]) -> Iterator[Arrival]:
    """Date the attachments by the mail; without a date in the mail they keep the folder's or the file's."""
    moment, known = sent(mail), replace(arrival, sender=sender(mail), data=None)
    if arrival.postmark:
        known = replace(known, postmark=replace(arrival.postmark, claimed=claimed(mail)))
    if moment is not None and known.basis is not DayBasis.SERVER:
        known = known.sent(moment, DayBasis.MAIL)
    elif known.postmark:
        known = known.sent(known.postmark.received.astimezone(), DayBasis.SERVER)
    for no, each in enumerate(found):
        inner = known.within(each.path, Step(Kind.ATTACHMENT, no), trouble=each.trouble, size=len(each.data))
        if each.inside:
            around = (each.inside, *map(str, PurePosixPath(each.inside).parents))
            inner = replace(
                inner, packages=inner.packages | {str(PurePosixPath(arrival.path, name)) for name in around}
            )
        if each.trouble:
            yield inner
        elif len(found) > 1 and _is_by_itself(each):
            yield as_litter(replace(inner, data=each.data))
        else:
            yield sifted(replace(inner, data=each.data))


def _is_by_itself(each: _Attachment) -> bool:
    """Say whether it is called and no larger than what the client attached by itself, beside what the sender did."""
    return len(each.data) <= _SIGNATURE_LIMIT and bool(_BY_ITSELF.fullmatch(PurePosixPath(each.path).name))


def _attachments(mail: Message, depth: int) -> Iterator[_Attachment]:
    """Give a mail's attachments; those of forwarded mails down to `depth`, below which such a mail has a finding."""
    unnamed = count(1)
    for part in _leaves(mail):
        yield from _written_out(part)
        name, whole = attachment_name(part), part.get_content_type() == "message/rfc822"
        box = letters(_bytes(part)) if _is_attachment(part) and is_mail(name, _bytes(part)) else []
        inner = None if box else _inner_mail(part, name)
        if box:
            yield from _letters_of(box, name or f"{_UNNAMED}{next(unnamed)}", depth)
        elif inner is not None:
            subject = _UNPRINTED.sub("", header_words(raw(inner, "subject")))[:60].strip()
            yield from _attachments_inside(inner, name or f"{subject or f'邮件{next(unnamed)}'}.eml", depth)
        elif whole:
            trouble = finding(Code.FILE_DAMAGED, detail="邮件里的邮件读不出来")
            yield _Attachment(path=name or f"邮件{next(unnamed)}.eml", trouble=trouble)
        elif part.get_content_type() == "message/partial":
            yield _Attachment(
                path=name or f"邮件{next(unnamed)}.eml",
                trouble=finding(Code.MAIL_UNOPENED, kind="分成几封的邮件中的一封"),
            )
        elif _is_attachment(part):
            yield _attachment(part, name or f"{_UNNAMED}{next(unnamed)}")


def _attachments_inside(mail: Message, path: str, depth: int) -> Iterator[_Attachment]:
    """Give what a mail inside a mail holds; below `depth` it is told and not opened."""
    if depth:
        yield from (replace(each, path=f"{path}/{each.path}", inside=path) for each in _attachments(mail, depth - 1))
    else:
        yield _Attachment(path=path, trouble=nested_mail())


def _letters_of(box: Iterable[bytes], path: str, depth: int) -> Iterator[_Attachment]:
    """Give what the mails of an attached mailbox hold, each by its number in it."""
    for no, letter in enumerate(box, 1):
        mail, inside = _parsed(letter), f"{path}/第{no}封.eml"
        if mail is None:
            yield _Attachment(path=inside, trouble=_too_much(_MANY))
        else:
            yield from _attachments_inside(mail, inside, depth)


def _attachment(part: Message, name: str) -> _Attachment:
    """Give an attachment; one that Apple has left on the server has its length noted and no bytes."""
    data = _bytes(part)
    left = not data and "x-apple-content-length" in part
    return _Attachment(path=name, data=data, trouble=finding(Code.FILE_NOT_DOWNLOADED) if left else None)


def _written_out(part: Message) -> Iterator[_Attachment]:
    """Give the files that stand in a text itself, as programs of old attached them (uuencode, and its form in base64)."""
    if part.get_content_maintype() != "text" or b"begin" not in (text := _bytes(part)):
        return
    for pattern, decoded in ((_UUENCODED, _decoded_lines), (_WRITTEN_BASE64, b64decode)):
        for match in pattern.finditer(text.replace(b"\r\n", b"\n")):
            with suppress(ValueError):
                yield _Attachment(path=file_name(decoded_header(match[1])) or _UNNAMED, data=decoded(match[2]))


def _decoded_lines(lines: bytes) -> bytes:
    """Decode uuencoded lines. Raises ValueError where one is none."""
    return b"".join(map(a2b_uu, lines.splitlines()))


def _leaves(part: Message, depth: int = 3) -> Iterator[Message]:
    """Give the parts that hold no others, except pictures embedded in the text."""
    if part.get_content_maintype() != "multipart":
        signed = _signed(part) if depth else b""
        mail = _parsed(signed) if signed else None
        yield from [part] if mail is None else _leaves(mail, depth - 1)
        return
    inner = part.get_payload()
    for each in inner if isinstance(inner, list) else ():
        if isinstance(each, Message):
            embedded = "content-id" in each or part.get_content_subtype() == "related"
            shown = (
                embedded and each.get_content_disposition() != "attachment" and each.get_content_maintype() == "image"
            )
            if not shown or may_hold(_bytes(each)):
                yield from _leaves(each, depth)


def _signed(part: Message) -> bytes:
    """Give the mail in a signed block; nothing where it is none, encrypted or damaged."""
    if part.get_content_type() in _BLOCKS or attachment_name(part).lower().endswith(".p7m"):
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
