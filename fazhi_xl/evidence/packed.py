"""A document that is a zip: one of an office program (Office Open XML, OpenDocument), or an OFD, which has a module of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from fazhi_xl.evidence.ofd import opened_ofd
from fazhi_xl.evidence.opened import TEXT_LIMIT, CannotOpenError, Opened
from fazhi_xl.evidence.parts import Parts
from fazhi_xl.evidence.xml import read_xml
from fazhi_xl.rounds.inspected import Fault

_LOCKED = 0x1
_PARTS = 200  # with text, of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """A format: the part that must be there, the parts with text, and elements that hold it, end a line or stand for something seen."""

    kind: str
    main: str
    parts: re.Pattern[str]
    texts: frozenset[str]
    lines: frozenset[str]
    seen: frozenset[str]


_FORMATS = (
    _Format(
        kind="Word",
        main="word/document.xml",
        parts=re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml"),
        texts=frozenset({"t"}),
        lines=frozenset({"p", "br", "cr", "tab"}),
        seen=frozenset({"drawing", "pict", "object", "tbl"}),
    ),
    _Format(
        kind="Excel",
        main="xl/workbook.xml",
        parts=re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml"),
        texts=frozenset({"t", "v"}),
        lines=frozenset({"si", "c"}),
        seen=frozenset({"drawing", "c"}),
    ),
    _Format(
        kind="PowerPoint",
        main="ppt/presentation.xml",
        parts=re.compile(r"ppt/slides/[^/]+\.xml"),
        texts=frozenset({"t"}),
        lines=frozenset({"p", "br"}),
        seen=frozenset({"pic", "graphicFrame", "sp"}),
    ),
    _Format(
        kind="OpenDocument",
        main="content.xml",
        parts=re.compile(r"content\.xml"),
        texts=frozenset({"p", "h"}),
        lines=frozenset({"p", "h", "line-break", "tab"}),
        seen=frozenset({"image", "object", "frame"}),
    ),
)
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")


def opened_packed(file: BinaryIO) -> Opened:
    """Open a document that is a zip; an ordinary archive has no kind.

    Raises CannotOpenError, and what the readers of its parts raise.
    """
    with ZipFile(file) as archive:
        names = {info.filename.lower(): info for info in archive.infolist()}
        if "ofd.xml" in names:
            return opened_ofd(archive)
        if "encryption.xml" in names or any(info.flag_bits & _LOCKED for info in names.values()):
            raise CannotOpenError("zip", Fault.ENCRYPTED)
        found = next((each for each in _FORMATS if each.main in names), None)
        return _opened(found, Parts(archive=archive), names) if found else Opened(kind="")


def _opened(each: _Format, parts: Parts, names: dict[str, ZipInfo]) -> Opened:
    wanted = [info.filename for name, info in names.items() if each.parts.fullmatch(info.filename) or name == each.main]
    texts: list[str] = []
    seen = size = 0
    for name in wanted[:_PARTS]:
        read = read_xml(parts.read(name), texts=each.texts, lines=each.lines)
        seen += sum(read.counts.get(element, 0) for element in each.seen)
        text = "".join(read.texts)
        size += len(text)
        if size <= TEXT_LIMIT:
            texts.append(text)
    parts.check()
    slides = sum(bool(_SLIDE.fullmatch(name)) for name in names) if each.kind == "PowerPoint" else None
    said = "\n".join(texts)
    return Opened(kind=each.kind, pages=slides, empty=not (seen or said.strip()), text=said)
