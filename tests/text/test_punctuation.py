"""Official papers print full-width punctuation, but within numbers."""

from __future__ import annotations

import pytest

from fazhi_xl.text.punctuation import official, titled


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("第1项,共2项;(一)如下:", "第1项，共2项；（一）如下："),
        ("1,000元,9:30开会", "1,000元，9:30开会"),
        ("80.88分", "80.88分"),
        ("", ""),
    ],
)
def test_official(text: str, printed: str) -> None:
    """Commas, colons, semicolons and brackets are as wide as a character; a number's own stay as they are."""
    assert official(text) == printed


def test_titled() -> None:
    """A document's name stands in title marks, one within it in single ones."""
    assert titled("关于印发《评价办法》的通知") == "《关于印发〈评价办法〉的通知》"
