"""All that a reader of a file can come upon: texts, names, headers and properties of workbooks and documents, and of what is packed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_PACKED = (".xlsx", ".xlsm", ".docx", ".zip")
_TECHNICAL = frozenset(
    {"Type", "Target", "TargetMode", "Id", "Ignorable", "uri", "ContentType", "PartName", "Extension"}
)


def texts_under(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every text of every file below a folder, with the path; the name of a file is one of them.

    Catalogues' copies are left out, and what is kept to spare work.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in {".toml", ".sqlite"}:
            place = str(path.relative_to(folder))
            yield place, path.name
            yield from ((place, text) for text in texts_of(path.name, path.read_bytes()))


def texts_of(name: str, data: bytes) -> Iterator[str]:
    """Give the texts of a file by its name: of a package those of its parts, what is damaged left out."""
    if name.endswith(_PACKED):
        yield from _packed(data)
    elif name.endswith((".xml", ".rels", ".vml")):
        for node in etree.fromstring(data).iter():
            values = (value for key, value in node.attrib.items() if etree.QName(key).localname not in _TECHNICAL)
            yield from filter(None, (node.text, *map(str, values)))
    elif not name.endswith((".bin", ".jpeg", ".png")):
        yield data.decode("utf-8", "replace")


def _packed(data: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                yield from texts_of(part, package.read(part))
