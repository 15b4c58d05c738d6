"""Where returns come from, and the passwords that open them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.returns.sources import passwords_in


def test_passwords(tmp_path: Path) -> None:
    """A list of passwords is a text, one in a line; what is no text is told as that."""
    path = tmp_path / "密码.txt"
    path.write_text(" 甲1 \n\n乙2\n", "utf-8")
    assert (passwords_in(path), passwords_in(None)) == (("甲1", "乙2"), ())
    path.write_bytes(b"PK\x03\x04\xff\xff\xff")
    with pytest.raises(WrongUseError, match="不是文本文件,没有读。请用记事本把打开密码写成文本,一行一个。"):
        passwords_in(path)
