"""The workbook part of a package: its sheets and their parts, defined names, date system, and the client that saved it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from fazhi_xl.findings import Code
from fazhi_xl.limits import MB
from fazhi_xl.xlsx.reader.gate import Package
from fazhi_xl.xlsx.reader.model import SheetState, rejected
from fazhi_xl.xlsx.reader.ooxml.markup import local, parse, truth
from fazhi_xl.xlsx.reader.ooxml.regular import is_usual, once

_MOST = 4 * MB  # of a part that says where things are; real ones have some kilobytes
_MOST_LINKS = 5000
_NAMES = (b"<definedNames>", b"</definedNames>")
_MOST_SHEETS = 1000
_WPS_SAVED = (2012, 7, 2, 9, 52, 14)  # WPS dates every part so


class MetadataError(Exception):
    """The package does not say where its sheets are; another reader may still find them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEntry:
    """A sheet as the workbook lists it, with its part."""

    name: str
    state: SheetState
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What the workbook part says; `strings` and `styles` are parts, None where there is none."""

    sheets: tuple[SheetEntry, ...]
    strings: str | None
    styles: str | None
    names: Mapping[str, str]
    date1904: bool
    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relationship of a part: `kind` is the last word of its type, `part` the target within the package."""

    id: str
    kind: str
    part: str


def read_outline(package: Package) -> Outline:
    """Read the workbook's part and its relationships. Raises RejectedError for a DTD, MetadataError otherwise."""
    try:
        named = [link.part for link in links_of(package, "") if link.kind == "officeDocument"]
        main = named[0] if named and named[0] in package else "xl/workbook.xml"
        stated = _workbook(package.read(main, _MOST))
        links = links_of(package, main)
        strings = (_named("sharedStrings", links), "xl/sharedStrings.xml")
        return Outline(
            sheets=_sheets(stated, {link.id: link.part for link in links}, package),
            strings=next((part for part in strings if part and part in package), None),
            styles=_named("styles", links),
            names=stated.names,
            date1904=stated.date1904,
            client=_client(package, main, stated),
        )
    except (etree.XMLSyntaxError, KeyError) as error:
        raise MetadataError from error


class _Stated(NamedTuple):
    """What the workbook's part says: its sheets by name, state and link; names; days since 1904; program and build that saved it."""

    sheets: tuple[tuple[str, str, str], ...]
    names: Mapping[str, str]
    date1904: bool
    program: str | None
    build: str | None


@once
def _workbook(data: bytes) -> _Stated:
    """Read the workbook's part. Raises XMLSyntaxError."""
    root, names = _with_names(data)
    version = next(root.iterchildren("{*}fileVersion"), None)
    return _Stated(
        sheets=tuple(map(_sheet, islice(root.iterfind("{*}sheets/{*}sheet"), _MOST_SHEETS + 1))),
        names=names,
        date1904=any(truth(part.get("date1904")) for part in root.iterchildren("{*}workbookPr")),
        program=None if version is None else version.get("appName"),
        build=None if version is None else version.get("rupBuild"),
    )


def _sheet(item: etree._Element) -> tuple[str, str, str]:
    link = next((str(value) for key, value in item.attrib.items() if str(key).endswith("}id")), "")
    return item.get("name", ""), item.get("state", "visible").lower(), link


def _with_names(data: bytes) -> tuple[etree._Element, Mapping[str, str]]:
    """Read the workbook's part, and its names; these are most of it, and often those of the workbook before. Raises XMLSyntaxError."""
    start, end = data.find(_NAMES[0]), data.find(_NAMES[1]) + len(_NAMES[1])
    if 0 < start < end and is_usual(data):
        with suppress(etree.XMLSyntaxError):
            names, root = _names(data[start:end]), parse(data[:start] + b"<definedNames/>" + data[end:])
            if [each.getparent() for each in root.iter("{*}definedNames")] == [root]:
                return root, names
    root = parse(data)
    return root, _global(root.iterfind("{*}definedNames/{*}definedName"))


@once
def _names(data: bytes) -> Mapping[str, str]:
    return _global(parse(data).iterchildren("{*}definedName"))


def _global(items: Iterable[etree._Element]) -> Mapping[str, str]:
    """Give the names that are not those of one sheet."""
    return {item.get("name", ""): item.text or "" for item in items if item.get("localSheetId") is None}


def links_of(package: Package, part: str) -> list[Relationship]:
    """Read a part's relationships to other parts. Raises XMLSyntaxError."""
    folder, base = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    stated = _links(package.read(name, _MOST)) if name in package else ()
    paths = [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for _, _, target in stated]
    return [
        Relationship(id=identity, kind=kind, part=path if path in package else unquote(path))
        for (identity, kind, _), path in zip(stated, paths, strict=True)
    ]


@once
def _links(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Give identity, kind and target of the links within the package."""
    items = (item for item in parse(data) if item.get("TargetMode") != "External")
    return tuple(
        (item.get("Id", ""), item.get("Type", "").rpartition("/")[2], item.get("Target", "").replace("\\", "/"))
        for item in islice(items, _MOST_LINKS)
    )


_STATES = {known.lower(): known for known in SheetState}


def _sheets(stated: _Stated, parts: Mapping[str, str], package: Package) -> tuple[SheetEntry, ...]:
    entries = [
        SheetEntry(name=name, state=_STATES.get(state, SheetState.VISIBLE), part=parts[link])
        for name, state, link in stated.sheets
    ]
    if len(entries) > _MOST_SHEETS:
        raise rejected(Code.FILE_UNSAFE, detail=f"工作表超过{_MOST_SHEETS}张")
    names = {entry.name.lower() for entry in entries}
    if not entries or len(names) < len(entries) or any(entry.part not in package for entry in entries):
        raise MetadataError
    if len({entry.part for entry in entries}) < len(entries):
        raise rejected(Code.FILE_UNSAFE, detail="几张工作表是同一个内部文件")
    return tuple(entries)


def _named(kind: str, links: list[Relationship]) -> str | None:
    return next((link.part for link in links if link.kind == kind), None)


def _client(package: Package, main: str, stated: _Stated) -> str:
    """Guess the client that saved the file last; app.xml alone would name an earlier one."""
    if package.info(main).date_time == _WPS_SAVED or stated.build == "9302":
        return "WPS"
    if stated.program == "Calc":
        return "LibreOffice"
    with suppress(KeyError, etree.XMLSyntaxError):
        return _application(package.peek("docProps/app.xml") or b"<none/>")
    return ""


@once
def _application(data: bytes) -> str:
    stated = [item.text or "" for item in parse(data) if local(item) == "Application"]
    return stated[0][:60] if stated else ""
