"""A word document as its parts: what the XML says, without a library for such documents in between."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return etree.fromstring(packed.read(name))


def every(found: etree._Element, tag: str) -> list[etree._Element]:
    return list(found.iter(f"{_WORD}{tag}"))


def value(found: etree._Element | None, name: str = "val") -> str | None:
    return None if found is None else found.get(f"{_WORD}{name}")


def text(found: etree._Element) -> str:
    return "".join(each.text or "" for each in every(found, "t"))


def paragraphs(data: bytes) -> list[str]:
    """Give the text of each paragraph, those of tables included."""
    return [text(each) for each in every(part(data), "p")]
