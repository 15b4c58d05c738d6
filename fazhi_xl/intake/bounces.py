"""Recognises what mail servers send back about a mail that did not arrive (RFC 3464), and the older ways to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
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
_SAID = 120
_UNTOLD = "(退信里没有写明)"
_DELAYED = "delayed"


def bounce(mail: Message) -> Finding | None:
    """Give the finding for a mail that says that another did not arrive, with the addresses; None for any other mail."""
    if _is_report(mail):
        fields = list(_recipients(mail))
        failed = [each for each in fields if raw(each, "action").strip().lower() != _DELAYED]
        if fields and not failed:
            return _bounced([_address(each) for each in fields], "还在试,暂时没有送到")
        return _bounced([_address(each) for each in failed], _reason(failed[0]) if failed else "")
    named = raw(mail, "x-failed-recipients")
    if named or (_SENDERS.fullmatch(sender(mail)) and _SUBJECTS.search(header_words(raw(mail, "subject")))):
        return _bounced([each.strip() for each in named.split(",") if each.strip()], "")
    return None


def _is_report(mail: Message) -> bool:
    kind = str(mail.get_param("report-type", "")).lower()
    return mail.get_content_type() == "multipart/report" and kind == "delivery-status"


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
    value = "、".join(dict.fromkeys(addresses)) or _UNTOLD
    return finding(Code.MAIL_BOUNCED, value=value, detail=reason or "没有写原因")
