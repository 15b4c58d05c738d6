"""Reading XML of untrusted files: no document types, so no entities, and no more than is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat


class ForbiddenXmlError(Exception):
    """The XML declares a document type, by which small files grow large and others are read."""


@dataclass(slots=True, kw_only=True)
class Read:
    """What was read: how often each element stands there, by its name without prefix, attributes of the wanted ones, and their texts."""

    counts: dict[str, int] = field(default_factory=dict)
    attributes: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def read_xml(
    data: bytes,
    *,
    attributes: frozenset[str] = frozenset(),
    texts: frozenset[str] = frozenset(),
    lines: frozenset[str] = frozenset(),
) -> Read:
    """Read a part: attributes of some elements and texts of others, with a line's end after each of the `lines`.

    What stands between two of them is one text, however many runs an office program made of it. Raises ExpatError and ForbiddenXmlError.
    """
    read, parser, within = Read(), expat.ParserCreate(), [0]

    def begin(name: str, own: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        read.counts[plain] = read.counts.get(plain, 0) + 1
        if plain in attributes:
            read.attributes.append((plain, own))
        within[0] += plain in texts

    def end(name: str) -> None:
        plain = name.rpartition(":")[2]
        within[0] -= plain in texts
        if plain in lines:
            read.texts.append("\n")

    def said(text: str) -> None:
        if within[0]:
            read.texts.append(text)

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, said
    parser.StartDoctypeDeclHandler = _forbidden
    parser.Parse(data, True)  # noqa: FBT003 - expat's own
    return read


def _forbidden(*_: object) -> None:
    raise ForbiddenXmlError
