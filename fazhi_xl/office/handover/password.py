"""Which passwords a backup may have: who finds the file can try as many as a fast machine tries."""

from __future__ import annotations

import unicodedata

from fazhi_xl.errors import WrongUseError

LEAST, _DIFFERENT = 12, 5
_EXAMPLE = "例如几个不相干的词连起来,中间夹数字"


def as_typed(password: str) -> str:
    """Give a password in the one form in which every system writes it (NFC)."""
    return unicodedata.normalize("NFC", password)


def refuse_weak(password: str) -> None:
    """Raise WrongUseError where a password is short, or hardly more than one character repeated."""
    why = "备份里有密钥和全部材料,拿到文件的人可以用程序不停地试"
    if len(password) < LEAST:
        raise WrongUseError(f"密码只有{len(password)}个字,至少要{LEAST}个:{why}。{_EXAMPLE}。")
    if len(set(password)) < _DIFFERENT:
        raise WrongUseError(f"密码里只有{len(set(password))}种字,至少要{_DIFFERENT}种:{why}。{_EXAMPLE}。")
