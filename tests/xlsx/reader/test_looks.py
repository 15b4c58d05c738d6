"""What is seen of numbers in .xls and .ods is read beside what calamine gives, where it is more than their digits."""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader import read
from fazhi_xl.xlsx.reader.foreign.looks import error_signs, telling_formats
from fazhi_xl.xlsx.reader.model import WHOLE_FORM, Bounds
from tests.support.binary import compound, xls, xlsb
from tests.support.opendocument import ods
from tests.support.spoiling import parts, with_parts

NUMBER, DAY, TEXT = CellKind.NUMBER, CellKind.DATE, CellKind.TEXT
SEVEN, HALF = RawCell("表", 2, 1, NUMBER, "7", formula=False), RawCell("表", 3, 2, NUMBER, "0.5", formula=False)
FIFTH = RawCell("表", 4, 3, DAY, "2020-11-05", formula=False)
WORDS, MONTH = '"苏政发"000', 'yyyy"年"m"月"'


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def older(version: int, cells: bytes) -> bytes:
    """Make the stream of a workbook with one sheet and a second look, which is per cent."""
    beginning = record(0x0809, struct.pack("<HH", version, 5))
    looks = record(0xE0, struct.pack("<HH", 0, 0)) + record(0xE0, struct.pack("<HH", 0, 9))
    name = b"\x02\x00ab"
    place = len(beginning + looks + record(0x85, bytes(6) + name) + record(0x0A))
    head = beginning + looks + record(0x85, struct.pack("<IH", place, 0) + name) + record(0x0A)
    return compound({"Workbook": head + beginning + cells + record(0x0A) + record(0x0203, bytes(14))})


@pytest.mark.parametrize(
    ("kind", "content", "places"),
    [
        (0x0203, struct.pack("<HHHd", 1, 2, 1, 0.5), [(2, 3)]),  # NUMBER
        (0x027E, struct.pack("<HHHI", 1, 2, 1, 0), [(2, 3)]),  # RK
        (0x06, struct.pack("<HHHd", 1, 2, 1, 0.5).ljust(22, b"\x00"), [(2, 3)]),  # FORMULA
        (0xBD, struct.pack("<HHHIHIHIH", 1, 2, 1, 0, 0, 0, 1, 0, 4), [(2, 3), (2, 5)]),  # MULRK
        (0x0203, struct.pack("<HHHd", 1, 2, 0, 0.5), []),  # the general format
        (0x0203, struct.pack("<HHHd", 1, 2, 9, 0.5), []),  # one that is not there
        (0x0203, struct.pack("<HHHd", 1, 64, 1, 0.5), []),  # beyond the form
        (0x0203, struct.pack("<HHHd", 1000, 2, 1, 0.5), []),
        (0x0203, b"\x00", []),  # cut
    ],
)
def test_each_record_of_a_number(kind: int, content: bytes, places: list[tuple[int, int]]) -> None:
    """Every record of a number states its format; what cannot be read says nothing."""
    assert telling_formats(older(0x0600, record(kind, content)), WHOLE_FORM) == tuple(
        ("ab", *at, "0%") for at in places
    )


def test_what_has_no_such_formats() -> None:
    """Older editions, other streams, other packages and damaged files have none, and raise nothing."""
    cell = record(0x0203, struct.pack("<HHHd", 1, 2, 1, 0.5))
    content = ods(["表"], [HALF], shown={HALF.place: "50%"})
    others = (
        older(0x0500, cell),
        compound({"Book": b""}),
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        xlsb(["表"], [HALF]),
        with_parts(content, {"content.xml": parts(content)["content.xml"][:-30]}),
        b"PK\x03\x04",
    )
    assert [telling_formats(data, WHOLE_FORM) for data in others if data] == [()] * len(others)
    assert telling_formats(content, WHOLE_FORM) == (("表", 3, 2, "0%"),)
    assert telling_formats(content, Bounds(rows=2)) == telling_formats(content, Bounds(sheets=0)) == ()
    assert telling_formats(xls(["表"], [HALF], formats={HALF.place: "0%"}), Bounds(sheets=0)) == ()


def test_formats_of_older_workbooks() -> None:
    """Own and built-in formats of an .xls are told as those of an .xlsx are."""
    formats = {SEVEN.place: WORDS, HALF.place: "0%", FIFTH.place: MONTH}
    cells = [SEVEN, HALF, FIFTH._replace(kind=NUMBER, text="44140"), RawCell("表", 1, 1, TEXT, "编号", formula=False)]
    book = read(xls(["表"], cells, formats=formats))
    assert (book.formats, book.disguised) == (formats, frozenset({HALF.place}))
    assert [cell for cell in book.cells if cell.kind is not TEXT] == [SEVEN, HALF, FIFTH]


@pytest.mark.parametrize(
    ("cell", "seen", "code"),
    [
        (SEVEN, "苏政发007", '"苏政发"000""'),
        (SEVEN, "第7号", '"第"0"号"'),
        (SEVEN._replace(text="1234"), "1,234件", '""#,##0"件"'),
        (SEVEN._replace(text="8.5"), "8.50万元", '""0.00"万元"'),
        (SEVEN._replace(text="1"), "是", '"是"'),
        (SEVEN._replace(text="12000"), "1.2万元", '"1.2万元"'),  # not the stored number
        (SEVEN, "苏政发〔2020〕7号", '"苏政发〔2020〕7号"'),
        (SEVEN, '7"', None),
        (SEVEN, "007", '""000""'),
        (SEVEN, "7", None),
        (SEVEN, "7.00", None),
        (SEVEN, "-7", None),
        (SEVEN, "", None),  # hidden: no text is stored
        (HALF, "50%", "0%"),
        (HALF, "50.0%", "0.0%"),
        (FIFTH, "2020年11月", MONTH),
        (FIFTH, "2020/11/5", '"2020/11/5"'),
        (SEVEN._replace(kind=TEXT, text="7号"), "7号", None),
    ],
)
def test_what_opendocument_shows(cell: RawCell, seen: str, code: str | None) -> None:
    """The text that is stored beside a number becomes the format that shows it; the number's own digits need none."""
    book = read(ods(["表"], [cell], shown={cell.place: seen}))
    assert book.formats == ({cell.place: code} if code else {})
    assert book.cells == (cell,)


def test_repeated_cells_of_opendocument() -> None:
    """Cells that are stored once for several places, beside others and under notes, have their looks in each."""
    made = ods(["表"], [HALF], shown={HALF.place: "50%"})
    content = parts(made)["content.xml"].decode()
    note = "<office:annotation><text:p>核实</text:p></office:annotation>"
    content = content.replace(
        "<table:table-row><table:table-cell ", '<table:table-row table:number-rows-repeated="2"><table:table-cell '
    )
    content = content.replace("<text:p>50%", f"{note}<text:p>50%").replace(
        'office:value="0.5"', 'office:value="0.5" table:number-columns-repeated="2"'
    )
    found = telling_formats(with_parts(made, {"content.xml": content.encode()}), WHOLE_FORM)
    assert [each[1:3] for each in found] == [(3, 2), (3, 3), (4, 2), (4, 3)]


ERRORS = (
    RawCell("表", 2, 3, CellKind.ERROR, "#DIV/0!", formula=False),
    RawCell("表", 2, 4, CellKind.ERROR, "#N/A", formula=False),
)


@pytest.mark.parametrize("make", [xls, ods, xlsb, partial(xlsb, short=True)], ids=["xls", "ods", "xlsb", "short"])
def test_errors(make: Callable[[list[str], list[RawCell]], bytes]) -> None:
    """A cell with an error is none that is blank, in whatever format it stands."""
    assert sorted(read(make(["表"], [SEVEN, *ERRORS, HALF])).cells) == [SEVEN, *ERRORS, HALF]


def test_results_that_are_errors() -> None:
    """An error that a formula of an .xls comes to is told, and neither a truth nor another result."""
    place = struct.pack("<HHH", 1, 2, 0)
    results = {b"\x02\x00\x0f\x00\x00\x00\xff\xff": "#VALUE!", b"\x02\x00\x63\x00\x00\x00\xff\xff": "#VALUE!"}
    for result, sign in results.items():
        assert error_signs(older(0x0600, record(0x06, place + result + bytes(8))), WHOLE_FORM) == (("ab", 2, 3, sign),)
    others = (
        record(0x06, place + b"\x01\x00\x01\x00\x00\x00\xff\xff" + bytes(8)),
        record(0x06, place + struct.pack("<d", 0.5) + bytes(8)),
        record(0x0205, place + b"\x01\x00"),
        record(0x0205, struct.pack("<HHH", 1, 64, 0) + b"\x07\x01"),
        record(0x0205, b"\x00"),
    )
    assert [error_signs(older(0x0600, each), WHOLE_FORM) for each in others] == [()] * len(others)


def test_errors_as_programs_show_them() -> None:
    """An error that only one program knows is a wrong value; a text that looks like one and is no formula stays a text."""
    made = ods(["表"], [ERRORS[0]], shown={ERRORS[0].place: "Err:502"})
    assert [cell.text for cell in read(made).cells] == ["#VALUE!"]
    assert error_signs(ods(["表"], [SEVEN._replace(kind=TEXT, text="#号")]), WHOLE_FORM) == ()
    content = parts(made)["content.xml"].replace(b' calcext:value-type="error"', b"").replace(b"Err:502", b"#REF!")
    assert error_signs(with_parts(made, {"content.xml": content}), WHOLE_FORM) == (("表", 2, 3, "#REF!"),)
