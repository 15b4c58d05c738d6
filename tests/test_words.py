"""No word of the 2020 notice stands in code: what a notice calls things is in its catalogue."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "fazhi_xl"
WORDS = re.compile(
    "法治环境指数|信息报送|综合信息|简报|监测|附件[0-9一二三四]|第20项|五方面|省部级|参考等次|分管领导|钟楼"
)


def test_no_words_of_one_notice() -> None:
    """Not in texts for people, and not in comments either."""
    found = [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if WORDS.search(line)
    ]
    assert found == []
