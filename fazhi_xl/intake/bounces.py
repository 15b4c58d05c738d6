"""Recognises what programs send by themselves: reports on a mail that did not arrive (RFC 3464), the older ways to say so, and replies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.intake.headers import header_words, raw, sender
from fazhi_xl.text.one_line import cut, one_line

_SENDERS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)(?:@.*)?", re.IGNORECASE)
_SUBJECTS = re.compile(
    r"undeliver|delivery (?:status|failure|has failed)|returned mail|failure notice|mail delivery failed"
    r"|退信|投递失败|发送失败|未送达|无法送达",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,200}[A-Za-z0-9]")
_ANSWERED = ("x-autoreply", "x-autorespond", "x-auto-reply")
AND = "、"  # between the addresses of a finding
_SAID = 120
_UNTOLD = "(退信里没有写明)"
_DELAYED = "delayed"


def bounce(mail: Message) -> Finding | None:
    """Give the finding for a mail that says that another did not arrive, with the addresses; None for any other mail."""
    if _is_report(mail):
        fields = list(_recipients(mail))
        failed = [each for each in fields if raw(each, "action").strip().lower() != _DELAYED]
        if fields and not failed:
            return _told(Code.MAIL_DELAYED, [_address(each) for each in fields], _reason(fields[0]))
        return _bounced([_address(each) for each in failed], _reason(failed[0]) if failed else "")
    named = raw(mail, "x-failed-recipients")
    if named or (_SENDERS.fullmatch(sender(mail)) and _SUBJECTS.search(header_words(raw(mail, "subject")))):
        return _bounced([each.strip() for each in named.split(",") if each.strip()], "")
    return None


def _is_report(mail: Message) -> bool:
    return _reports(mail, "delivery-status")


def _reports(mail: Message, on: str) -> bool:
    kind = str(mail.get_param("report-type", "")).lower()
    return mail.get_content_type() == "multipart/report" and kind == on


def is_reading_receipt(mail: Message) -> bool:
    """Say whether a mail says that another was read (RFC 8098); what it brings back is no return."""
    return _reports(mail, "disposition-notification")


def automatic(mail: Message) -> Finding | None:
    """Give the finding for a mail that says that another was read, or that a program answered (RFC 3834); None for any other."""
    if is_reading_receipt(mail):
        return finding(Code.MAIL_AUTOMATIC, kind="已读回执")
    answered = raw(mail, "auto-submitted").strip().lower().startswith("auto-") or any(map(mail.get, _ANSWERED))
    return finding(Code.MAIL_AUTOMATIC, kind="自动回复") if answered else None


def addresses_within(data: bytes) -> frozenset[str]:
    """Give the addresses that stand in the texts of a mail and of what it brings back, in lower case."""
    found: set[str] = set()
    for part in message_from_bytes(data, policy=compat32).walk():
        said = part.get_payload(decode=True) if part.get_content_maintype() == "text" else b""
        text = said.decode("latin-1") if isinstance(said, bytes) else ""  # an address has no other characters
        found.update(each.lower() for each in _ADDRESS.findall(f"{raw(part, 'to')} {raw(part, 'cc')} {text}"))
    return frozenset(found)


def _recipients(mail: Message) -> Iterator[Message]:
    """Give the fields of each recipient that a report tells of."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else ():
                if isinstance(block, Message) and ("final-recipient" in block or "original-recipient" in block):
                    yield block


def _address(fields: Message) -> str:
    told = raw(fields, "final-recipient") or raw(fields, "original-recipient")
    address = told.partition(";")[2].strip() or told.strip()
    return parseaddr(address)[1] or address


def _reason(fields: Message) -> str:
    told = header_words(raw(fields, "diagnostic-code")).partition(";")[2] or raw(fields, "status")
    return cut(one_line(told), _SAID)


def _bounced(addresses: list[str], reason: str) -> Finding:
    return _told(Code.MAIL_BOUNCED, addresses, reason)


def _told(code: Code, addresses: list[str], reason: str) -> Finding:
    value = AND.join(dict.fromkeys(addresses)) or _UNTOLD
    return finding(code, value=value, unit="", detail=reason or "没有写原因")
