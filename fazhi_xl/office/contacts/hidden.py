"""What looks like a password in 联系人.xlsx: told at its cell, and repeated nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi_xl.text.characters import folded_width
from fazhi_xl.text.one_line import cut, one_line

PASSWORDS = re.compile(r"密码|口令|授权码|password|passwd|pwd|passcode", re.IGNORECASE)
"""What passwords are called."""
_SAID = re.compile(rf"(?:{PASSWORDS.pattern})\s*(?:是|为|[:=])?\s*[!-~]{{6,}}", re.IGNORECASE)
_BARE = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[!-\-0-?A-~]{8,64}|[a-z]{16}")
"""Letters with digits, without what parts an address, a host or a path; or as codes for mail programs are made."""
_SHOWN, _HIDDEN = 40, "(像是密码,不显示)"


def names_password(text: str, addresses: Iterable[str] = ()) -> bool:
    """Say whether a text calls a part of it a password; addresses that stand in it are none."""
    rest = folded_width(text).lower()
    for address in addresses:
        rest = rest.replace(address, " ")
    return bool(_SAID.search(rest))


def shown(text: str) -> str:
    """Give what a cell says as it may be quoted: short, and never what may be a password."""
    plain = folded_width(one_line(text)).strip()
    return _HIDDEN if names_password(plain) or _BARE.fullmatch(plain) else cut(one_line(text), _SHOWN)
