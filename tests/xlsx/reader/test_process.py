from __future__ import annotations

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.bounded.patience import ChildLimits
from fazhi_xl.bounded.task import ChildTask
from fazhi_xl.xlsx.reader import Bounds, RejectedError, read
from fazhi_xl.xlsx.reader.foreign.calamine_values import TooManyCellsError, read_foreign, typed
from fazhi_xl.xlsx.reader.foreign.decrypt import NoPasswordFitsError, decrypted
from fazhi_xl.xlsx.reader.foreign.parent import open_apart, read_apart
from tests.xlsx.reader.crafted import BOOK, compound, with_rows, workbook
from tests.xlsx.reader.filled import CELLS, filled, locked

pytestmark = pytest.mark.long

CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="65536"><c r="IV65536"><v>1</v></c></row>'


def test_addresses_do_not_shift() -> None:
    """Empty rows and columns at the beginning are counted, and no text is taken for a number or a blank."""
    assert read_foreign(filled(), Bounds()).cells == CELLS


def test_one_column_does_not_shift() -> None:
    """Blank rows count where a sheet has a single column."""
    book = read_foreign(
        with_rows('<row r="3"><c r="A3"><v>3</v></c></row><row r="7"><c r="A7"><v>7</v></c></row>'), Bounds()
    )

    assert [cell[1:5:3] for cell in book.cells] == [(3, "3"), (7, "7")]


def test_bounds_of_foreign_formats() -> None:
    """Rows beyond the bound are not read, columns beyond it are counted, and too many cells are refused."""
    assert read_foreign(filled(), Bounds(rows=3)).cells == ()
    assert read_foreign(filled(), Bounds(columns=4)).outside == 6
    with pytest.raises(TooManyCellsError):
        read_foreign(filled(), Bounds(cells=2))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("甲", ("s", "甲")),
        ("", ("s", "")),
        (True, ("b", "1")),
        (5, ("n", "5")),
        (0.1, ("n", "0.1")),
        (float("inf"), ("s", "inf")),
        (datetime(2025, 3, 5), ("d", "2025-03-05")),  # noqa: DTZ001 - spreadsheets know no zones
        (datetime(2025, 3, 5, 6, 7), ("d", "2025-03-05T06:07:00")),  # noqa: DTZ001 - spreadsheets know no zones
        (time(12), ("n", "0.5")),
        (timedelta(days=2, hours=6), ("n", "2.25")),
    ],
)
def test_values_of_foreign_formats(value: object, expected: tuple[str, str]) -> None:
    """Values come back as the kinds and texts of a package; times are parts of a day, as they are stored."""
    assert typed(value) == expected


def test_times_keep_their_look() -> None:
    """A time of day is told as one, so that a remark that is a time is read as it was seen; it crosses the pipe."""
    assert read_foreign(filled(), Bounds()).formats == (("任务分解表", 4, 11, "h:mm"),)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"] = time(6), timedelta(hours=30)
    out = BytesIO()
    book.save(out)
    assert read_apart(out.getvalue(), "xlsx", Bounds()).formats == {("Sheet", 1, 1): "h:mm", ("Sheet", 2, 1): "[h]:mm"}


@pytest.mark.parametrize(
    "changed",
    [
        {"xl/workbook.xml": BOOK.replace("<sheets>", "<a:sheets>").replace("</sheets>", "</a:sheets>")},
        {"xl/workbook.xml": BOOK.replace("<workbook", '<workbook a:b="1"')},
    ],
)
def test_damaged_outlines_are_read_apart(changed: dict[str, str | bytes | None]) -> None:
    """Where the workbook's own part is not well-formed, the other reader still gets the values, without formulas."""
    book = read(workbook(changed))

    assert [cell[4] for cell in book.cells] == ["1"]
    assert (book.kind, book.formulas_known) == ("xlsx", False)


@pytest.mark.parametrize(
    "changed",
    [
        {"xl/workbook.xml": "<"},
        {"xl/_rels/workbook.xml.rels": "<"},
        {"xl/_rels/workbook.xml.rels": None},
        {"xl/worksheets/sheet1.xml": None},
    ],
)
def test_hopeless_outlines_are_damage(changed: dict[str, str | bytes | None]) -> None:
    """Where nobody finds the sheets, the file is damaged."""
    with pytest.raises(RejectedError) as refusal:
        read(workbook(changed))

    assert refusal.value.finding.code == "file-damaged"


@pytest.mark.parametrize("limits", [ChildLimits(), ChildLimits(wall=0)])
def test_the_child_is_stopped(limits: ChildLimits) -> None:
    """A child that needs more memory or time than it may have is stopped, and the file refused."""
    with pytest.raises(RejectedError) as refusal:
        read_apart(with_rows(CORNERS), "xlsx", Bounds(), limits=limits)

    assert refusal.value.finding.code == "file-reader-stopped"


def test_orders_cross_the_pipe() -> None:
    """The child gets the order that was sent, on one line, whatever the passwords hold."""
    order = ChildTask(module="module", memory=1, cpu=2, data={"passwords": ["密\n码", '"']})

    assert order.to_line().count(b"\n") == 1
    assert ChildTask.from_line(order.to_line()) == order


def test_an_older_sheet_may_reach_far_down() -> None:
    """A stray cell in the last row of an .xls is within what the child may have, where it is not in the last column too."""
    data = with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="65536"><c r="Z65536"><v>1</v></c></row>')

    assert [cell[4] for cell in read_apart(data, "xlsx", Bounds()).cells] == ["1"]


def test_an_aborting_reader_takes_only_its_child() -> None:
    """The cell in the last corner aborts calamine, and with it the child alone."""
    data = with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')

    with pytest.raises(RejectedError) as refusal:
        read_apart(data, "xlsx", Bounds())

    assert refusal.value.finding.code == "file-reader-stopped"


def test_processor_time_is_limited() -> None:
    """A file that asks for endless key derivation is stopped by its share of processor time."""
    data = locked(filled(), "x").replace(b'spinCount="100000"', b'spinCount="999999"')
    assert b'spinCount="999999"' in data

    with pytest.raises(RejectedError) as refusal:
        open_apart(data, [str(number) for number in range(50)], ChildLimits(cpu=1))

    assert refusal.value.finding.code == "file-reader-stopped"


@pytest.mark.parametrize("passwords", [["对的"], ["错的", "对的"]])
def test_a_known_password_opens(passwords: list[str]) -> None:
    """A file with an opening password is read when one of the given ones fits."""
    book = read(locked(filled(), "对的"), passwords=passwords)

    assert book == read(filled())


def test_write_protection_needs_no_password() -> None:
    """A workbook that Excel encrypted only against writing opens by itself."""
    data = filled()

    assert decrypted(locked(data, "VelvetSweatshop"), []) == data


@pytest.mark.parametrize("passwords", [[], ["错的"]])
def test_an_unknown_password_is_asked_for(passwords: list[str]) -> None:
    """A file that no given password opens is refused with the request to take the password off."""
    with pytest.raises(RejectedError) as refusal:
        read(locked(filled(), "对的"), passwords=passwords)

    assert refusal.value.finding.code == "file-encrypted"


def test_no_password_fits() -> None:
    """Opening says so where no password fits."""
    with pytest.raises(NoPasswordFitsError):
        decrypted(locked(filled(), "对的"), ["错的"])


@pytest.mark.parametrize("data", [compound("Workbook"), compound("EncryptionInfo", "EncryptedPackage")])
def test_hollow_compound_files_are_damage(data: bytes) -> None:
    """A compound file with the right names and nothing in them is damaged."""
    with pytest.raises(RejectedError) as refusal:
        read(data)

    assert refusal.value.finding.code in {"file-damaged", "file-encrypted"}


def test_more_passwords_than_one_process_tries() -> None:
    """However many passwords the office has, each gets the file's time, and the one that fits opens."""
    data = filled()

    assert open_apart(locked(data, "对的"), [*(f"错{number}" for number in range(7)), "对的"]) == data
