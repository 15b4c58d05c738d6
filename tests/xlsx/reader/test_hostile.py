from __future__ import annotations

import random
import struct
from collections.abc import Callable

import pytest

from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read
from fazhi_xl.xlsx.reader.ooxml import markup, read_book, row_limit
from tests.xlsx.reader.crafted import (
    BOOK,
    MAIN,
    SHEET,
    STRINGS,
    TYPES,
    with_cell,
    with_rows,
    workbook,
    worksheet,
    zipped,
)


def noise(seed: int) -> random.Random:
    return random.Random(seed)


LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LOL}]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>'
LAUGHING = worksheet('<row><c t="str"><v>&l9;</v></c></row>')
HIDDEN_DOCTYPE = b'<?xml version="1.0" encoding="UTF-7"?><+ACE-DOCTYPE x []>' + worksheet("").encode()
AFTER = '<sheetProtection sheet="1"/><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(RejectedError) as refusal:
        read(data)
    return refusal.value.finding.code, refusal.value.finding.message


@pytest.mark.parametrize(
    "data",
    [
        workbook({SHEET: LAUGHS + LAUGHING}),
        workbook({SHEET: OUTSIDE + LAUGHING}),
        workbook({SHEET: "<!DOCTYPE worksheet>" + LAUGHING.replace("&l9;", "")}),
        workbook({SHEET: (LAUGHS + LAUGHING).encode("utf-16")}),
        workbook({STRINGS: f'{LAUGHS}<sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'}),
        workbook({SHEET: HIDDEN_DOCTYPE}),
        workbook({"xl/workbook.xml": "<!DOCTYPE workbook>" + BOOK}),
    ],
)
def test_no_dtd_is_legitimate(data: bytes) -> None:
    """A file that declares a DTD is refused, in whatever part and encoding, and no entity is ever expanded."""
    code, message = refused(data)

    assert code == "file-unsafe"
    assert "DTD" in message


def test_a_cell_in_the_last_corner() -> None:
    """One stray cell in XFD1048576, which stops other readers, is counted."""
    book = read(with_rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))

    assert (book.cells, book.outside) == ((), 1)


def swollen(row: str, last: str = "") -> bytes:
    """Make a sheet of 300,000 rows after three real ones."""
    real = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))
    return with_rows(real + "".join(row.format(n) for n in range(4, 300_000)) + last, AFTER)


@pytest.mark.parametrize(
    ("make", "outside"),
    [
        (lambda: swollen('<row r="{0}" s="3" customFormat="1"/>'), 0),
        (lambda: swollen('<row r="{0}"><c r="A{0}" s="3"/><c r="B{0}" s="3"/></row>'), 0),
        (
            lambda: swollen(
                '<row r="{0}"><c r="A{0}" s="3"/></row>', '<row r="300000"><c r="A300000"><v>1</v></c></row>'
            ),
            1,
        ),
        (lambda: swollen('<row r="{0}" ht="15"/>', "".join(noise(1).choices(" \n\t", k=5_000_000))), 0),
    ],
    ids=("styled", "cells", "late", "blank"),
)
@pytest.mark.long
def test_a_swollen_sheet_is_read(make: Callable[[], bytes], outside: int) -> None:
    """Hundreds of thousands of formatted empty rows hide neither the real ones nor what stands after them."""
    book = read(make())

    assert [cell[4] for cell in book.cells] == ["1", "2", "3"]
    assert (book.outside, book.sheets[0].protected, book.sheets[0].merges) == (outside, True, ("A1:B1",))
    assert not book.sheets[0].cut


def test_a_bloated_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the end of a swollen sheet is out of reach, its cells are read, and it says that it was cut."""
    monkeypatch.setattr(row_limit, "_TAIL", 100_000)
    data = with_rows(
        '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(f'<row r="{n}" ht="15"/>' for n in range(2, 200_000)),
        AFTER + "".join(f'<x a="{n}"/>' for n in range(100_000)),
    )
    book = read(data)

    assert [cell[4] for cell in book.cells] == ["1"]
    assert (book.sheets[0].cut, book.sheets[0].protected) == (True, False)


@pytest.mark.parametrize("name", ["worksheet", "x:worksheet"])
@pytest.mark.parametrize("size", [7, 64, 100_000])
@pytest.mark.parametrize("budget", [0, 10_000])
def test_the_cut(name: str, size: int, budget: int) -> None:
    """A sheet is cut after its last row at any border of its pieces, and the cut part is whole XML."""
    prefix = name.removesuffix("worksheet")
    rows = "".join(
        f'<{prefix}row r="{n}"><{prefix}c><{prefix}v>{n}</{prefix}v></{prefix}c></{prefix}row>' for n in range(1, 30)
    )
    part = f"<{name}><{prefix}sheetData>{rows}</{prefix}sheetData><{prefix}end/></{name}>".encode()
    pieces = (part[place : place + size] for place in range(0, len(part), size))
    made = row_limit.cut_rows(pieces, 3, budget)

    assert made.data.count(b"row r=") == 3
    assert made.data.endswith(f"</{prefix}sheetData>{f'<{prefix}end/>' if made.complete else ''}</{name}>".encode())
    if budget:
        assert (made.outside, made.complete) == (26, True)


def test_a_sheet_with_few_rows_is_kept() -> None:
    """A large sheet without later rows is kept whole; only white space that nobody typed is left out."""
    pieces = [
        b"<worksheet><sheetData>",
        b" " * 100_000,
        b" " * 100_000 + b'<row r="1"/></sheetData></work',
        b"sheet>\n",
    ]
    made = row_limit.cut_rows(iter(pieces), 3, 1000)

    assert b"".join(made.data.split()) == b'<worksheet><sheetData><rowr="1"/></sheetData></worksheet>'
    assert len(made.data) < 110_000
    assert made.complete


def test_an_unfinished_sheet_is_closed() -> None:
    """A sheet that ends within its later rows says that its end is missing."""
    part = b"<worksheet><sheetData>" + b"<row/>" * 5 + b"<ro"
    made = row_limit.cut_rows(iter([part]), 2, 1000)

    assert made.data == b"<worksheet><sheetData><row/><row/></sheetData></worksheet>"
    assert not made.complete


@pytest.mark.parametrize(
    "rows", [b'<row r="2"/><row r="1"/>', b'<row r="1"/><row r="1"/>', b"<row/>" * 5 + b'<row r="3"/>']
)
def test_large_sheets_have_their_rows_in_order(rows: bytes) -> None:
    """A row that comes again, before or after the cut, would be lost or repeated; the sheet is refused."""
    part = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"

    with pytest.raises(RejectedError) as refusal:
        row_limit.cut_rows(iter([part]), 4, 1000)

    assert "次序" in refusal.value.finding.message


@pytest.mark.parametrize(
    ("chunks", "words"),
    [
        ([b"<sheetData>", b"x" * 5_000_000], "工作表内容异常"),
        ([b'<sheetData><row r="1">'] + [b"<c/>" * 300_000] * 30, "工作表过大"),
    ],
)
def test_what_cannot_be_cut_is_refused(chunks: list[bytes], words: str) -> None:
    """A sheet that is large before its last row, or in one single text, is no form."""
    with pytest.raises(RejectedError) as refusal:
        row_limit.cut_rows(iter(chunks), 1000, 1000)

    assert refusal.value.finding.code == "file-unsafe"
    assert words in refusal.value.finding.message


def test_large_parts_are_read_element_by_element(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part too large for one tree gives the same, and is refused for the same reasons."""
    data = with_rows(
        '<row><c t="s"><v>1</v></c><c><v>2</v></c></row>', AFTER, strings="<si><t>甲</t></si><si><t>乙</t></si>"
    )
    whole = read(data)
    monkeypatch.setattr(markup, "WHOLE", 0)

    assert read(data) == whole
    assert "DTD" in refused(workbook({SHEET: HIDDEN_DOCTYPE}))[1]
    assert refused(workbook({SHEET: worksheet("<row>")}))[0] == "file-damaged"


def test_swollen_sheets_share_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large sheets are cut before they are parsed, and those after the budget's end lose only what follows the rows."""
    monkeypatch.setattr(read_book, "WHOLE", 100)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 10))
    book = read(with_rows(rows, AFTER), bounds=Bounds(rows=2))

    assert [cell[4] for cell in book.cells] == ["1", "2"]
    assert (book.outside, book.sheets[0].protected, book.sheets[0].cut) == (7, True, False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: workbook({SHEET: worksheet("") + " " * 100_000_000}),
        lambda: workbook({STRINGS: f'<sst xmlns="{MAIN}"><si><t>{"a" * 50_000_000}</t></si></sst>'}),
        lambda: workbook({"xl/other.bin": b"".join(noise(n).randbytes(40) + bytes(2000) for n in range(17_000))}),
        lambda: zipped(("[Content_Types].xml", TYPES), ("xl/workbook.xml", BOOK), ("XL/WORKBOOK.XML", BOOK)),
        lambda: zipped(*((f"xl/workbook.xml{n or ''}", "") for n in range(2001))),
        lambda: with_cell("<c><v>1</v></c>" * 3_300_000),
    ],
)  # fmt: skip
def test_bombs_are_refused(make: Callable[[], bytes]) -> None:
    """A small file that would fill the memory is refused before it does."""
    assert refused(make())[0] == "file-unsafe"


def test_too_many_cells_are_refused() -> None:
    """More cells than any form has are refused while they are being read."""
    with pytest.raises(RejectedError) as refusal:
        read(with_cell("<c><v>1</v></c>" * 4), bounds=Bounds(cells=3))

    assert "单元格过多" in refusal.value.finding.message


def test_too_many_strings_are_not_kept() -> None:
    """Shared strings beyond the bound are not read; a cell that needs one shows that the file is no form."""
    data = with_cell('<c t="s"><v>1</v></c>', strings="<si><t>甲</t></si><si><t>乙</t></si>")

    with pytest.raises(RejectedError):
        read(data, bounds=Bounds(strings=1))


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "file-empty", "0字节"),
        (bytes(SIZE_LIMIT + 1), "file-too-large", "文件有20.0MB,超过20MB"),
        (b"%PDF-1.7", "file-not-a-workbook", "这是PDF 文件,"),
        (zipped(("a.xlsx", workbook())), "file-not-a-workbook", "ZIP 压缩包"),
        (workbook()[:-40], "file-damaged", "压缩结构不完整"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "file-damaged", "不完整的旧版 Office 文件"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str, words: str) -> None:
    """Each refusal is one finding whose message says what the file is and what to do."""
    found, message = refused(data)

    assert found == code
    assert words in message


def test_wrong_checksums_are_damage() -> None:
    """A part whose content changed on its way is damaged, and no error of a library escapes."""
    data = bytearray(workbook())
    place = data.index(b"PK\x01\x02", data.index(b"xl/workbook.xml", data.index(b"PK\x01\x02")) - 60)
    struct.pack_into("<I", data, place + 16, 1)

    assert refused(bytes(data))[0] == "file-damaged"


def test_a_directory_that_points_before_the_file_is_damage() -> None:
    """A directory that claims to stand later than it does would have parts before the file's first byte."""
    data = bytearray(workbook())
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 16, struct.unpack_from("<I", data, end + 16)[0] + 5000)

    assert refused(bytes(data)) == (
        "file-damaged",
        "文件不完整或已损坏,打不开(压缩结构不完整)。请用 WPS 或 Excel 打开原表,另存为 .xlsx 后重新发送。",
    )


def test_a_part_without_a_name_is_passed_over() -> None:
    """An entry of the directory that has no name holds nothing, and hides nothing."""
    data = bytearray(workbook({"x": ""}))
    entry = data.rindex(b"PK\x01\x02")
    struct.pack_into("<HH", data, entry + 28, 0, 1)  # the name's only letter becomes an extra field

    assert [cell[4] for cell in read(bytes(data)).cells] == ["1"]


def outcome(data: bytes) -> str:
    try:
        read(data)
    except RejectedError as refusal:
        return refusal.finding.severity
    return "read"


@pytest.mark.parametrize("seed", range(60))
def test_noise_never_escapes(seed: int) -> None:
    """A file with changed bytes is read or refused, and nothing else."""
    dice = noise(seed)
    data = bytearray(with_rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', AFTER, strings="<si><t>甲</t></si>"))
    for _ in range(dice.randrange(1, 6)):
        data[dice.randrange(4, len(data))] = dice.randrange(256)

    assert outcome(bytes(data)) in {"read", "fatal"}
