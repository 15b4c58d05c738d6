"""Logs in at an SMTP server (RFC 4954). The library's own way takes no password beyond ASCII."""

from __future__ import annotations

import hmac
import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping

_ASKS = 334
_NONE = (538, "没有可用的登录方式".encode())


def log_in(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    """Log in by the first way that the server offers and that is known here, and give its answer; 538 where there is none."""
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    way = next((_WAYS[each] for each in _WAYS if each in offered), None)
    return way(smtp, user, password) if way else _NONE


def _plain(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    return smtp.docmd("AUTH PLAIN", _encoded(f"\0{user}\0{password}".encode()))


def _login(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    answer = smtp.docmd("AUTH LOGIN")
    for each in (user, password):
        if answer[0] != _ASKS:
            break
        answer = smtp.docmd(_encoded(each.encode()))
    return answer


def _challenged(smtp: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    """Prove that the password is known, without sending it (RFC 2195). Raises ValueError where the challenge is none."""
    code, challenge = smtp.docmd("AUTH CRAM-MD5")
    if code != _ASKS:
        return code, challenge
    proof = hmac.new(password.encode(), b64decode(challenge, validate=True), "md5").hexdigest()
    return smtp.docmd(_encoded(f"{user} {proof}".encode()))


def _encoded(data: bytes) -> str:
    return b64encode(data).decode()


_WAYS: Mapping[str, Callable[[smtplib.SMTP, str, str], tuple[int, bytes]]] = {
    "PLAIN": _plain,
    "LOGIN": _login,
    "CRAM-MD5": _challenged,
}
