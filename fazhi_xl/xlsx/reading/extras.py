"""What a package holds beside cells: comments, properties, pictures, macros and other parts that are never opened.

None of it is needed to read the answers, so what is damaged or too large is unknown. A DTD is refused wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lxml import etree

from fazhi_xl.xlsx.reading.gate import Package
from fazhi_xl.xlsx.reading.markup import parse
from fazhi_xl.xlsx.reading.model import Bounds, Comment, Extra
from fazhi_xl.xlsx.reading.outline import SheetEntry, links_of
from fazhi_xl.xlsx.reading.sheet import position
from fazhi_xl.xlsx.reading.strings import decoded, rich_text

_PARTS: Mapping[Extra, re.Pattern[str]] = {
    "macros": re.compile(r".*vbaproject\.bin|xl/(?:intl)?macrosheets/.*|basic/.*\.xml"),
    "external-links": re.compile(r"xl/externallinks/.*\.(?:xml|bin)"),
    "connections": re.compile(r"xl/connections\.(?:xml|bin)|xl/querytables/.*"),
    "objects": re.compile(r"xl/embeddings/.*"),
    "controls": re.compile(r"xl/(?:activex|ctrlprops)/.*"),
    "cell-pictures": re.compile(r"xl/(?:cellimages\.xml|richdata/richvaluerel\.xml)"),
    "revisions": re.compile(r"xl/revisions/.*"),
}
_PICTURE = re.compile(rb"<(?:[\w.-]+:)?pic[\s>]")
_TEXT_BOX = re.compile(rb"<(?:[\w.-]+:)?txBody[\s>]")
_DRAWING = re.compile(r"xl/drawings/[^/]*\.xml")
_CELL_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_MOST_PROPERTIES = 200
_MOST_SHOWN = 500  # characters of a comment or a property


def extras_of(package: Package, texts: Iterable[str]) -> frozenset[Extra]:
    """Name what the package holds, by its parts' names, its drawings and the cells' texts."""
    found = named_extras(package.names) | _drawn(package)
    return found | {"cell-pictures"} if any(map(_CELL_PICTURE.match, texts)) else found


def named_extras(names: Iterable[str]) -> frozenset[Extra]:
    """Name what there is by the parts' names, which are in lower case."""
    known = list(names)
    return frozenset(extra for extra, pattern in _PARTS.items() if any(map(pattern.fullmatch, known)))


def _drawn(package: Package) -> frozenset[Extra]:
    drawings = [package.peek(name) or b"" for name in package.names if _DRAWING.fullmatch(name)]
    kinds: tuple[tuple[Extra, re.Pattern[bytes]], ...] = (("pictures", _PICTURE), ("text-boxes", _TEXT_BOX))
    return frozenset(extra for extra, pattern in kinds if any(map(pattern.search, drawings)))


def properties_of(package: Package) -> Mapping[str, str]:
    """Read the document's custom properties; a later one of the same name does not count."""
    items = _items(package, "docProps/custom.xml", "{*}property")[:_MOST_PROPERTIES]
    texts = [(item.get("name", ""), "".join(map(str, item.itertext()))) for item in reversed(items)]
    return {name[:_MOST_SHOWN]: text.strip()[:_MOST_SHOWN] for name, text in texts}


def comments_of(package: Package, sheets: Iterable[SheetEntry], bounds: Bounds) -> tuple[Comment, ...]:
    """Read the remarks of the sheets, by sheet and cell; where a cell has a thread, its classic copy is left out."""
    if not any("comments" in name for name in package.names):
        return ()
    found = [comment for sheet in sheets for comment in _of_sheet(package, sheet)]
    return tuple(found[: bounds.comments])


def _of_sheet(package: Package, sheet: SheetEntry) -> list[Comment]:
    links = _links(package, sheet.part)
    classic = [item for part in links("comments") for item in _items(package, part, "{*}comment")]
    threaded = [item for part in links("threadedComment") for item in _items(package, part, "{*}threadedComment")]
    made = {**_by_cell(classic, _classic_text), **_by_cell(threaded, _threaded_text)}
    return [
        Comment(sheet=sheet.name, row=row, column=column, text=text) for (row, column), text in sorted(made.items())
    ]


def _by_cell(items: Iterable[etree._Element], text: Callable[[etree._Element], str]) -> Mapping[tuple[int, int], str]:
    """Join what is said at one cell, in the file's order."""
    said: dict[tuple[int, int], list[str]] = {}
    for item in items:
        place, words = position(item.get("ref", "")), text(item).strip()
        if place and words:
            said.setdefault(place, []).append(words)
    return {place: "；".join(words)[:_MOST_SHOWN] for place, words in said.items()}


def _classic_text(item: etree._Element) -> str:
    return "".join(rich_text(text) for text in item.iterchildren("{*}text"))


def _threaded_text(item: etree._Element) -> str:
    return "".join(decoded(text.text or "") for text in item.iterchildren("{*}text"))


def _links(package: Package, part: str) -> Callable[[str], Iterator[str]]:
    try:
        links = links_of(package, part)
    except etree.XMLSyntaxError:
        links = []
    return lambda kind: (link.part for link in links if link.kind == kind)


def _items(package: Package, part: str, tag: str) -> list[etree._Element]:
    try:
        return list(parse(package.peek(part) or b"<none/>").iter(tag))
    except etree.XMLSyntaxError:
        return []
