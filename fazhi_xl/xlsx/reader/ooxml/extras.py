"""What a package holds beside cells: comments, properties, pictures, macros and other parts that are never opened.

None of it is needed to read the answers, so what is damaged or too large is unknown. A DTD is refused wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from lxml import etree

from fazhi_xl.xlsx.reader.gate import Package
from fazhi_xl.xlsx.reader.model import Bounds, Comment, Extra
from fazhi_xl.xlsx.reader.ooxml.markup import parse
from fazhi_xl.xlsx.reader.ooxml.outline import Relationship, SheetEntry, links_of
from fazhi_xl.xlsx.reader.ooxml.sheet import position
from fazhi_xl.xlsx.reader.ooxml.strings import decoded, rich_text

_PARTS: Mapping[Extra, re.Pattern[str]] = {
    Extra.MACROS: re.compile(r".*vbaproject\.bin|xl/(?:intl)?macrosheets/.*|basic/.*\.xml"),
    Extra.EXTERNAL_LINKS: re.compile(r"xl/externallinks/.*\.(?:xml|bin)"),
    Extra.CONNECTIONS: re.compile(r"xl/connections\.(?:xml|bin)|xl/querytables/.*"),
    Extra.OBJECTS: re.compile(r"xl/embeddings/.*"),
    Extra.CONTROLS: re.compile(r"xl/(?:activex|ctrlprops)/.*"),
    Extra.CELL_PICTURES: re.compile(r"xl/(?:cellimages\.xml|richdata/richvaluerel\.xml)"),
    Extra.REVISIONS: re.compile(r"xl/revisions/.*"),
}
_DRAWN: Mapping[Extra, re.Pattern[bytes]] = {
    Extra.PICTURES: re.compile(rb"<(?:[\w.-]+:)?pic[\s/>]"),
    Extra.TEXT_BOXES: re.compile(rb"<(?:[\w.-]+:)?txBody[\s/>]"),
}
_DRAWING = re.compile(r"xl/drawings/[^/]*\.xml")
_VALUE_KINDS = "xl/richData/rdrichvaluestructure.xml"
_LOCAL_PICTURE = b"_localImage"
_CELL_PICTURE = re.compile(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
_Cell = tuple[int, int]
_Said = tuple[str, str, str]  # the cell's reference, the author, the text
_MOST_PROPERTIES = 200
_MOST_SHOWN = 500  # characters of a comment or a property


def extras_of(package: Package, texts: Iterable[str]) -> frozenset[Extra]:
    """Name what the package holds, by its parts' names, its drawings and the cells' texts."""
    drawings = [package.peek(name) or b"" for name in package.names if _DRAWING.fullmatch(name)]
    drawn = {extra for extra, pattern in _DRAWN.items() if any(map(pattern.search, drawings))}
    found = named_extras(package.names) | drawn
    calls = [text for text in texts if "(" in text]
    return found | {Extra.CELL_PICTURES} if any(map(_CELL_PICTURE.match, calls)) else found


def has_pictures_in_cells(package: Package) -> bool:
    """Say whether a package has rich values that are pictures: others are errors, or data of services."""
    return _LOCAL_PICTURE in (package.peek(_VALUE_KINDS) or b"")


def named_extras(names: Iterable[str]) -> frozenset[Extra]:
    """Name what there is by the parts' names, which are in lower case."""
    known = list(names)
    return frozenset(extra for extra, pattern in _PARTS.items() if any(map(pattern.fullmatch, known)))


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
    links: list[Relationship] = []
    with suppress(etree.XMLSyntaxError):
        links = links_of(package, sheet.part)
    classic: list[_Said] = []
    threads: list[_Said] = []
    for link in links:
        if link.kind == "comments":
            authors = {str(no): item.text or "" for no, item in enumerate(_items(package, link.part, "{*}author"))}
            for item in _items(package, link.part, "{*}comment"):
                text = "".join(rich_text(each) for each in item.iterchildren("{*}text"))
                classic.append((item.get("ref", ""), authors.get(item.get("authorId", ""), ""), text))
        elif link.kind == "threadedComment":
            for item in _items(package, link.part, "{*}threadedComment"):
                text = "".join(decoded(each.text or "") for each in item.iterchildren("{*}text"))
                threads.append((item.get("ref", ""), "", text))
    found = {**_by_cell(sheet.name, classic), **_by_cell(sheet.name, threads)}
    return [comment for _, comment in sorted(found.items())]


def _by_cell(sheet: str, said: Iterable[_Said]) -> dict[_Cell, Comment]:
    """Join the remarks of each cell in the file's order."""
    made: dict[_Cell, Comment] = {}
    for reference, author, text in said:
        place, words = position(reference), text.strip()
        if place and words:
            joined = f"{made[place].text}；{words}" if place in made else words
            made[place] = Comment(
                sheet=sheet, row=place[0], column=place[1], text=joined[:_MOST_SHOWN], author=author[:_MOST_SHOWN]
            )
    return made


def _items(package: Package, part: str, tag: str) -> list[etree._Element]:
    try:
        return list(parse(package.peek(part) or b"<none/>").iter(tag))
    except etree.XMLSyntaxError:
        return []
