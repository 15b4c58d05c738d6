"""300 MB and a limited time are enough for whatever comes, in this process as in the one apart.

A usual core needs two seconds at most. A slow one, or one that others use too, gets many times as much, so that no outcome depends on
its speed; what grows faster than the file takes minutes and is stopped all the same.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.limits import SIZE_LIMIT
from fazhi_xl.xlsx.reader import RejectedError, read
from tests.xlsx.reader.crafted import (
    BOOK,
    BOOK_RELS,
    MAIN,
    PACKAGE,
    RELATIONS,
    SHEET,
    STRINGS,
    compound,
    workbook,
    worksheet,
    zipped,
)
from tests.xlsx.reader.filled import filled, locked
from tests.xlsx.reader.patience import PATIENT

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows limits neither memory nor processor time"),
    pytest.mark.long,
]
LAST = 1_048_576
TINY = "<c><v>1</v></c>"


def loose(text: str) -> str:
    """Add noise that does not compress, so that the ratio of a package tells nothing."""
    return f"{text}<!--{''.join(random.Random(1).choices('abcdefghijklmnop', k=len(text) // 150))}-->"


def rows(row: str, first: int = 1, last: int = LAST) -> str:
    return "".join([row.format(n) for n in range(first, last + 1)])


def sheet(content: str, after: str = "", strings: str = "") -> bytes:
    parts: dict[str, str | bytes | None] = {SHEET: loose(worksheet(content, after))}
    return workbook(parts | ({STRINGS: loose(f'<sst xmlns="{MAIN}">{strings}</sst>')} if strings else {}))


def styled(row: int, columns: int = 16384) -> str:
    return "".join(f'<c r="{letters(column)}{row}" s="7"/>' for column in range(2, columns + 1))


@cache
def letters(column: int) -> str:
    before, rest = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + rest)


def book(added: str) -> bytes:
    return workbook({"xl/workbook.xml": loose(BOOK.replace("</workbook>", f"{added}</workbook>"))})


def many_sheets(count: int) -> bytes:
    """Let one part be many sheets, each swollen."""
    listed = "".join(f'<sheet name="n{n}" sheetId="{n}" r:id="r1"/>' for n in range(count))
    part = loose(worksheet(rows('<row r="{0}"><c r="A{0}" s="3"/></row>')))
    return workbook({"xl/workbook.xml": BOOK.replace("</sheets>", f"{listed}</sheets>"), SHEET: part})


def linked(kind: str, part: str, content: str) -> bytes:
    links = BOOK_RELS.replace("</Rel", f'<Relationship Id="x" Type="{RELATIONS}/{kind}" Target="{part}"/></Rel')
    return workbook({"xl/_rels/workbook.xml.rels": links, f"xl/{part}": loose(content)})


def commented(count: int) -> bytes:
    listed = "".join(f'<comment ref="A{n}"><text><t>甲</t></text></comment>' for n in range(1, count))
    link = f'<Relationship Id="r1" Type="{RELATIONS}/comments" Target="../comments1.xml"/>'
    return workbook(
        {
            "xl/comments1.xml": loose(f'<comments xmlns="{MAIN}"><commentList>{listed}</commentList></comments>'),
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>',
        }
    )


def stored_corner() -> bytes:
    """Make a package that only the other reader can read, with a value in its last cell."""
    return workbook(
        {
            "xl/workbook.xml": BOOK.replace("<workbook", '<workbook a:b="1"'),
            SHEET: worksheet(f'<row r="1">{TINY}</row><row r="{LAST}"><c r="XFD{LAST}"><v>1</v></c></row>'),
        }
    )


def swollen_apart() -> bytes:
    part = loose(worksheet(rows(f'<row r="{{}}">{TINY * 60}</row>', last=10_000)))
    return workbook({"xl/workbook.xml": BOOK.replace("<workbook", '<workbook a:b="1"'), SHEET: part})


def columns(count: int) -> str:
    column = '<col min="1" max="64" hidden="1"/>'
    return loose(f'<worksheet xmlns="{MAIN}"><cols>{column * count}</cols></worksheet>')


HONEST: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a million formatted empty rows": (
        lambda: workbook({SHEET: worksheet(f'<row r="1">{TINY}</row>' + rows('<row r="{}" s="3" ht="15.75"/>', 2))}),
        "read 1 0",
    ),
    "four styled cells in each of a million rows": (
        lambda: workbook(
            {
                SHEET: worksheet(
                    rows('<row r="{0}"><c r="A{0}" s="3"/><c r="B{0}" s="3"/><c r="C{0}" s="3"/><c r="D{0}" s="3"/></row>')
                )
            }
        ),
        "read 0 0",
    ),
    "one value in the last corner": (
        lambda: workbook({SHEET: worksheet(f'<row r="{LAST}"><c r="XFD{LAST}"><v>1</v></c></row>')}),
        "read 0 1",
    ),
    "twenty rows styled to the last column": (
        lambda: sheet("".join(f'<row r="{n}">{"<c/>" * 16384}</row>' for n in range(1, 21))),
        "read 0 0",
    ),
    "hundreds of rows styled to the last column": (
        lambda: sheet("".join(f'<row r="{n}">{styled(n)}</row>' for n in range(1, 251))),
        "read 0 0",
    ),
    "thousands of rows styled far out, with a value in each": (
        lambda: sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c>{styled(n, 900)}</row>' for n in range(1, 4001))),
        "read 1000 3000",
    ),
    "a sheet full of text": (
        lambda: sheet(rows(f"<row r='{{}}'>{'<c t=`inlineStr`><is><t>甲乙丙丁</t></is></c>'.replace('`', chr(34)) * 60}</row>", last=999)),
        "read 59940 0",
    ),
}  # fmt: skip
HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a million cells in one row": (lambda: sheet(f"<row>{TINY * 1_000_000}</row>"), "file-unsafe"),
    "two million cells": (lambda: sheet(rows(f'<row r="{{}}">{TINY * 2000}</row>', last=999)), "file-unsafe"),
    "as many cells as are read": (lambda: sheet(rows(f'<row r="{{}}">{TINY * 124}</row>', last=999)), "read 63936 59940"),
    "rich strings crossed out": (
        lambda: sheet("", strings="<si><rPh/><t>a</t><strike/></si>" * 80_000),
        "read 0 0",
    ),
    "strings, and then rows to pass over": (
        lambda: sheet(
            rows('<row r="{0}"><c r="A{0}"><v>1</v></c></row>', 1001), strings="<si><rPh/><t>a</t><strike/></si>" * 80_000
        ),
        "read 0 100000",
    ),
    "one string of a million runs": (lambda: sheet("", strings=f"<si>{'<r><t>a</t></r>' * 1_000_000}</si>"), "file-unsafe"),
    "a million escapes": (lambda: sheet("", strings=f"<si><t>{'_x0041_' * 900_000}</t></si>"), "file-unsafe"),
    "rows that come again after the cut": (
        lambda: sheet('<row r="1001"/>' + '<row r="5000"/>' * 2_000_000),
        "file-damaged",
    ),
    "cells beside the cut that look like rows": (
        lambda: sheet('<row r="1001"/>' + '<row r="50000"><c r="1"/></row>' * 2_000_000),
        "file-damaged",
    ),
    "many merged areas": (
        lambda: sheet("", "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 350_000 + "</mergeCells>"),
        "read 0 0",
    ),
    "two hundred thousand columns": (lambda: workbook({SHEET: columns(200_000)}), "read 0 0"),
    "half a million columns": (lambda: workbook({SHEET: columns(450_000)}), "file-unsafe"),
    "a quarter of a million attributes": (
        lambda: sheet(f"<row {' '.join(f'a{n}=`1`' for n in range(250_000))}/>".replace("`", '"')),
        "read 0 0",
    ),
    "endless cells without a value": (lambda: sheet("<row>" + '<c r="A1" s="7"/>' * 10_000_000 + "</row>"), "file-unsafe"),
    "a million cells without address or value": (lambda: sheet("<row>" + '<c s="1"/>' * 1_000_000 + "</row>"), "file-unsafe"),
    "many array formulas": (
        lambda: sheet(rows(f'<row r="{{}}">{"<c><f t=`array` ref=`A1:XFD9`/><v>1</v></c>".replace("`", chr(34)) * 60}</row>', last=999)),
        "read 59940 0",
    ),
    "deeply nested": (lambda: workbook({SHEET: loose("<a>" * 450_000)}), "file-damaged"),
    "half a million names": (lambda: book(f"<definedNames>{'<definedName/>' * 250_000}</definedNames>"), "read 1 0"),
    "too many sheets": (
        lambda: workbook({"xl/workbook.xml": loose(BOOK.replace("</sheets>", '<sheet name="a" r:id="r1"/>' * 99_000 + "</sheets>"))}),
        "file-unsafe",
    ),
    "one part that is forty sheets": (lambda: many_sheets(39), "file-unsafe"),
    "a hundred thousand links": (
        lambda: workbook({"xl/_rels/workbook.xml.rels": loose(BOOK_RELS.replace("</Rel", "<Relationship/>" * 200_000 + "</Rel"))}),
        "read 1 0",
    ),
    "a swollen part of styles": (
        lambda: linked("styles", "styles.xml", f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 140_000}</cellXfs></styleSheet>'),
        "read 1 0",
    ),
    "a hundred thousand comments": (lambda: commented(100_000), "read 1 0"),
    "noise": (lambda: random.Random(1).randbytes(SIZE_LIMIT), "file-unrecognised"),
    "noise that begins as a package": (lambda: b"PK\x03\x04" + random.Random(1).randbytes(SIZE_LIMIT - 4), "file-damaged"),
    "noise that begins as an older file": (
        lambda: compound("Workbook") + random.Random(1).randbytes(SIZE_LIMIT - 5000),
        "file-damaged",
    ),
    "pictures of 19 MB": (lambda: workbook({"xl/media/a.png": random.Random(1).randbytes(19_000_000)}), "read 1 0"),
    "entries": (lambda: zipped(*((f"{n}", "") for n in range(2001))), "file-unsafe"),
    "the last corner for the other reader": (stored_corner, "file-reader-stopped"),
    "a swollen sheet for the other reader": (swollen_apart, "read 60000 0"),
    "an endless key derivation": (
        lambda: locked(filled(), "x").replace(b'spinCount="100000"', b'spinCount="9999999"'),
        "file-reader-stopped",
    ),
}  # fmt: skip


Outcome = Callable[[bytes, str], str]


@pytest.fixture(scope="module")
def outcome() -> Iterator[Outcome]:
    """Give what reads a file within the limits, in a process that has the reader loaded."""
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("bounded.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        there, back = process.stdin, process.stdout
        assert there
        assert back

        def read(data: bytes, expected: str) -> str:
            apart = 2 if expected == "file-reader-stopped" else PATIENT
            there.write(b"%d %d %d\n" % (PATIENT, apart, len(data)))
            there.write(data)
            there.flush()
            return back.readline().decode().strip()

        yield read
        there.close()


@pytest.mark.parametrize("name", HONEST)
def test_swollen_files_are_read(name: str, outcome: Outcome) -> None:
    """What honest clients leave behind is read within the limits."""
    make, expected = HONEST[name]

    assert outcome(make(), expected) == expected


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end(name: str, outcome: Outcome, times: int) -> None:
    """Whatever is made to exhaust time or memory is read or refused within the limits, and always in the same way."""
    make, expected = HOSTILE[name]
    data = make()

    assert [outcome(data, expected) for _ in range(times)] == [expected] * times


def test_no_memory_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory runs out the file is not called damaged: it may be read the next time."""

    def nothing_left(_: bytes) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(sys.modules["fazhi_xl.xlsx.reader.read"], "without_preamble", nothing_left)
    with pytest.raises(RejectedError) as refused:
        read(b"PK\x03\x04")
    assert refused.value.finding.code is Code.FILE_READER_STOPPED
