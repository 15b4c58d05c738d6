"""Workbooks in the binary formats, put together record by record: .xlsb ([MS-XLSB]), and the container of .xls and .et ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from fazhi_xl.cells import CellKind, CellPlace, RawCell
from tests.support.spoiling import zipped

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ERRORS = {"#DIV/0!": 7, "#N/A": 42}
_SECTOR, _FREE, _END, _TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsb(sheets: Iterable[str], cells: Iterable[RawCell], *, short: bool = False, cut: int = 0) -> bytes:
    """Make a binary workbook; numbers, errors and texts are kept, everything else becomes text.

    With `short`, a cell beside another has no column number of its own, as some libraries write them; `cut` bytes are missing at
    the end of each record of a cell.
    """
    names, held = list(sheets), list(cells)
    numbers = range(1, len(names) + 1)
    links = (_link(f"rId{number}", "worksheet", f"worksheets/sheet{number}.bin") for number in numbers)
    listed = (
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in zip(numbers, names, strict=True)
    )
    return zipped(
        {
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _links([_link("rId1", "officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": _record(131) + _record(143) + b"".join(listed) + _record(144) + _record(132),
            "xl/_rels/workbook.bin.rels": _links(links),
            **{
                f"xl/worksheets/sheet{number}.bin": _sheet([cell for cell in held if cell.sheet == name], short, cut)
                for number, name in zip(numbers, names, strict=True)
            },
        }
    )


def _sheet(cells: list[RawCell], short: bool, cut: int) -> bytes:  # noqa: FBT001 - a detail of `xlsb`
    last = max((cell.row for cell in cells), default=1), max((cell.column for cell in cells), default=1)
    dimension = _record(148, struct.pack("<IIII", 0, last[0] - 1, 0, last[1] - 1))
    return _record(129) + dimension + _record(145) + b"".join(_rows(cells, short, cut)) + _record(146) + _record(130)


def _rows(cells: list[RawCell], short: bool, cut: int) -> Iterator[bytes]:  # noqa: FBT001 - a detail of `xlsb`
    for row, own in groupby(sorted(cells, key=lambda cell: cell.place), key=lambda cell: cell.row):
        yield _record(0, struct.pack("<I", row - 1).ljust(17, b"\x00"))
        last = 0
        for cell in own:
            beside, last = short and cell.column == last + 1, cell.column
            place = struct.pack("<I", 0) if beside else struct.pack("<II", cell.column - 1, 0)
            number, value = _value(cell)
            content = place + value
            yield _record(number + 11 * beside, content[: len(content) - cut])


def _value(cell: RawCell) -> tuple[int, bytes]:
    if cell.kind is CellKind.ERROR:
        return 3, bytes([_ERRORS[cell.text]])
    return (5, struct.pack("<d", float(cell.text))) if cell.kind is CellKind.NUMBER else (6, _wide(cell.text))


def _record(number: int, content: bytes = b"") -> bytes:
    return bytes(_small(number)) + bytes(_small(len(content))) + content


def _small(number: int) -> Iterator[int]:
    """Write a number in groups of seven bits, the lowest first."""
    while number > 127:
        yield number & 127 | 128
        number >>= 7
    yield number


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def _links(links: Iterable[str]) -> bytes:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'.encode()


def xls(
    sheets: Iterable[str],
    cells: Iterable[RawCell],
    *,
    formats: Mapping[CellPlace, str] | None = None,
    from_1904: int = 0,
) -> bytes:
    """Make a workbook of the years 1997 to 2003 ([MS-XLS]); numbers, errors and texts are kept, `formats` are those of cells."""
    names, held = list(sheets), list(cells)
    codes = list(dict.fromkeys((formats or {}).values()))
    looks = {place: codes.index(code) + 1 for place, code in (formats or {}).items()}
    numbers = range(164, 164 + len(codes))
    head = _beginning(5) + _older(0x22, struct.pack("<H", from_1904))
    head += b"".join(
        _older(0x041E, struct.pack("<H", no) + _text(code)) for no, code in zip(numbers, codes, strict=True)
    )
    head += b"".join(_older(0xE0, struct.pack("<HH", 0, no).ljust(20, b"\x00")) for no in (0, *numbers))
    parts = [
        _beginning(16) + _older_cells([cell for cell in held if cell.sheet == name], looks) + _older(0x0A)
        for name in names
    ]
    place = len(head) + sum(len(_listed(0, name)) for name in names) + len(_older(0x0A))
    for name, part in zip(names, parts, strict=True):
        head += _listed(place, name)
        place += len(part)
    return compound({"Workbook": head + _older(0x0A) + b"".join(parts)})


def _older_cells(cells: list[RawCell], looks: Mapping[CellPlace, int]) -> bytes:
    made = b""
    for cell in sorted(cells, key=lambda each: each.place):
        at = struct.pack("<HHH", cell.row - 1, cell.column - 1, looks.get(cell.place, 0))
        if cell.kind is CellKind.ERROR:
            made += _older(0x0205, at + bytes([_ERRORS[cell.text], 1]))
        elif cell.kind is CellKind.NUMBER:
            made += _older(0x0203, at + struct.pack("<d", float(cell.text)))
        else:
            made += _older(0x0204, at + _text(cell.text))
    return made


def _beginning(kind: int) -> bytes:
    return _older(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _listed(place: int, name: str) -> bytes:
    return _older(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + name.encode("utf-16-le"))


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def _older(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Make an OLE compound file with these streams, each padded to the size from which it has sectors of its own."""
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    sizes = {name: -(-len(data) // _SECTOR) for name, data in padded.items()}
    folders = -(-(len(padded) + 1) // 4)
    tables = 1
    while tables * 128 < tables + folders + sum(sizes.values()):
        tables += 1
    chains = [_TABLE] * tables + _chain(tables, folders)
    entries = [_entry("Root Entry", 5, child=1)]
    for place, (name, data) in enumerate(padded.items(), start=1):
        right = place + 1 if place < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=len(chains), size=len(data)))
        chains += _chain(len(chains), sizes[name])
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff")
    content = b"".join(data.ljust(sizes[name] * _SECTOR, b"\x00") for name, data in padded.items())
    return _header(tables) + table + b"".join(entries).ljust(folders * _SECTOR, b"\x00") + content


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _header(tables: int) -> bytes:
    header = bytearray(_SECTOR)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, tables, tables, 0)
    struct.pack_into("<IIIII", header, 56, 4096, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, *range(tables), *[_FREE] * (109 - tables))
    return bytes(header)


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    entry = struct.pack("<64sHBBIII", encoded, len(encoded), kind, 1, _FREE, right, child).ljust(116, b"\x00")
    return entry + struct.pack("<III", start, size, 0)
