"""What a server answers, as it may be quoted: in one line, short, and without the password."""

from __future__ import annotations

from base64 import b64encode

from fazhi_xl.text.one_line import cut, one_line

_ROOM = 200
_HIDDEN = "***"


def secrets_of(user: str, password: str) -> tuple[str, ...]:
    """Give every form in which a password passes to a server, the longest first."""
    plain = f"\0{user}\0{password}"
    encoded = [b64encode(each.encode()).decode() for each in (plain, password)]
    return tuple(each for each in (*encoded, password) if each)


def quoted(answer: bytes | str, secrets: tuple[str, ...] = ()) -> str:
    """Give an answer as it may be shown and kept."""
    text = answer if isinstance(answer, str) else _decoded(answer)
    for secret in secrets:
        text = text.replace(secret, _HIDDEN)
    return cut(one_line(text), _ROOM) or "没有说明"


def _decoded(answer: bytes) -> str:
    try:
        return answer.decode()
    except UnicodeDecodeError:
        return answer.decode("gb18030", "replace")
