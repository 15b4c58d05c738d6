"""The bundle's pages hold together without the rest of the project."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

from tools.bundling.documents import FIRST, pages, read_me


class Page(HTMLParser):
    """What a page links to, and what can be linked to on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.names.add(told.get("id") or "")
        self.targets += [unquote(target) for key in ("href", "src") if (target := told.get(key))]


held = cache(pages)


@cache
def read() -> dict[str, Page]:
    return {name: Page(data.decode()) for name, data in held().items() if name.endswith(".html")}


def test_every_link_leads_somewhere() -> None:
    """Each link leads to a page, a heading or a picture of the bundle."""
    broken = []
    for name, page in read().items():
        for target in page.targets:
            where, _, part = target.partition("#")
            there = where or name
            if not re.match("https?:", target) and (there not in held() or (part and part not in read()[there].names)):
                broken.append((name, target))
    assert broken == []


def test_every_chinese_page_is_there() -> None:
    """The first page leads to all of them."""
    assert read().keys() - {FIRST} <= set(read()[FIRST].targets)
    assert {"offline.html", "catalogue.html", "review.html", "findings.html"} <= read().keys()


def test_commands_are_those_of_the_bundle() -> None:
    """A page names the two commands as they are typed there, and nothing of a clone."""
    texts = {name: held()[name].decode() for name in read()}
    found = {
        name: re.findall(
            r"(?:build_workbooks|collect)\.py|uv run(?! tools/| docs/| pytest| --extra excel xlwings)", text
        )
        for name, text in texts.items()
    }
    assert {name: each for name, each in found.items() if each} == {}


def test_the_first_page() -> None:
    """The steps of a round are those of the README, where what has a starter is clicked."""
    text = held()[FIRST].decode()
    assert "双击“0 演练”" in text
    assert "双击“2 发放”。45 份工作簿在" in text
    assert "双击“3 收表”。" in text
    assert "运行 双击" not in text
    assert "--campaign" not in text
    assert '<a href="review.html">审核</a>' in text
    assert "目录/zhonglou-2020/readings.toml" in text
    assert "<code>fazhi-collect --pack</code>" in text


def test_read_me() -> None:
    """What is read first opens in the editor of its system, and says what is double-clicked."""
    assert read_me(["3.12"], windows=True).startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in read_me(["3.12"], windows=True)
    text = read_me(["3.12"], windows=False).decode()
    assert "双击“安装.sh”" in text
    assert "“3 收表.sh”" in text
    assert "\r" not in text
    assert "Python(3.12 都行)" in text
