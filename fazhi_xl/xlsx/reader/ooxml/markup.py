"""XML of a returned file: no DTD, no entities, no network, no huge nodes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.model import rejected

WHOLE = 4 * MB  # parts up to this size become one tree, which is faster; larger ones are read element by element
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)


def parse(data: bytes) -> etree._Element:
    """Parse a small part. Raises RejectedError for a DTD, XMLSyntaxError for broken XML."""
    refuse_doctype(data)
    root = etree.fromstring(data, _PARSER)
    _refuse_dtd(root)
    return root


def elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """Give the elements of the tags (`{*}row`) in their order, each until the next one. Raises like `parse`."""
    if len(data) <= WHOLE:
        yield from parse(data).iter(*tags)
        return
    refuse_doctype(data)
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in events:
        yield element
        element.clear()
    if events.root is not None:
        _refuse_dtd(events.root)


def refuse_doctype(data: bytes) -> None:
    """Refuse a DTD before anything is parsed. Raises RejectedError."""
    if any(word in data for word in _DOCTYPES):
        raise rejected(Code.FILE_UNSAFE, detail="内部含有 DTD 声明")


def local(element: etree._Element) -> str:
    """Give an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def truth(text: str | None) -> bool:
    """Read an XML boolean as the clients write it (`1`, `true`, `on`)."""
    return text in {"1", "true", "on"}


def _refuse_dtd(root: etree._Element) -> None:
    """Refuse a DTD that was written in an encoding other than those searched for."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise rejected(Code.FILE_UNSAFE, detail="内部含有 DTD 声明")
