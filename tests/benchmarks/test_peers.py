"""The programs that are measured do the same work: the same cells are written, the same inputs found."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.cell_range import MultiCellRange

from benchmarks.copies import sent_again
from benchmarks.evidence_files import send_evidence
from benchmarks.parts.build import EXCELJS_WRITER
from benchmarks.peers import reading, writing
from benchmarks.peers.building import build
from benchmarks.peers.collecting import answered_returns
from benchmarks.prepare import described, inputs_of
from benchmarks.setting import EXCELJS_FOLDER, exceljs_folder
from fazhi_xl.cells import RawCell
from fazhi_xl.evidence.work import inspected
from fazhi_xl.form.model import Form
from fazhi_xl.xlsx.reader import RawBook, read
from tests.support.campaign import forms, the_notice
from tests.support.offices import FIRST, Office

Cell = tuple[str, int, int, str]
"""Sheet, row and column from 0, and what stands there."""


def smallest() -> Form:
    return min(forms().values(), key=lambda form: len(form.shape.fields))


def written(library: str, folder: Path) -> Path:
    """Have a library write the smallest form twice; give the second."""
    books = folder / "books.json"
    books.write_text(json.dumps({"a.xlsx": described(smallest())}), "utf-8")
    writing.main(library, books, 2, folder / "out")
    assert len(list((folder / "out").iterdir())) == 2
    return folder / "out" / "1.xlsx"


def written_in_node(folder: Path) -> Path:
    """Have exceljs write the smallest form twice; give the second. Skips where the library is not installed yet."""
    library = (exceljs_folder() or folder) / "node_modules" / "exceljs"
    if not library.is_dir():
        pytest.skip(f"exceljs is not in the folder that {EXCELJS_FOLDER} names")
    books = folder / "books.json"
    books.write_text(json.dumps({"a.xlsx": described(smallest())}), "utf-8")
    node = shutil.which("node") or "node"
    subprocess.run([node, str(EXCELJS_WRITER), str(library), str(books), "2", str(folder / "out")], check=True)
    return folder / "out" / "1.xlsx"


def cells(book: RawBook, up: int = 0) -> set[Cell]:
    """Give the cells that hold no formula; `up` is how many rows stand above them."""
    return {(cell.sheet, cell.row - 1 - up, cell.column - 1, _text(cell)) for cell in book.cells if not cell.formula}


def _text(cell: RawCell) -> str:
    return f"{float(cell.text):g}" if cell.kind == "n" else cell.text


def asked() -> set[Cell]:
    """Give the values that the smallest form is described with."""
    return {
        (name, row, column, f"{value:g}" if isinstance(value, int | float) else value)
        for name, held, _ in described(smallest())
        for row, column, kind, value in held
        if kind == "value" and value != ""
    }


def filled(office: Office) -> set[str]:
    """Name the inputs that a unit fills in."""
    return {key for key, value in office.good(FIRST).items() if value not in {None, ""}}


def returned(office: Office, folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.write_bytes(office.filled(FIRST))
    return path


def inputs(office: Office) -> dict[str, Mapping[str, list[tuple[int, int]]]]:
    return {"a.xlsx": inputs_of(office.forms[FIRST])}


def validated(path: Path) -> int:
    """Count the cells that have a validation; a library may declare it for many at once, and twice for some."""
    with ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/")}
    return len({(name, cell) for name, part in parts.items() for cell in _validated(part)})


def _validated(part: str) -> Iterator[tuple[int, int]]:
    for areas in re.findall(r'<dataValidation [^>]*sqref="([^"]*)"', part):
        yield from (cell for area in MultiCellRange(areas).ranges for cell in area.cells)


class TestWriters:
    @pytest.mark.parametrize("library", ["xlsxwriter", "openpyxl", "exceljs"])
    def test_all_of_a_form(self, library: str, tmp_path: Path) -> None:
        """Each library writes the described values, formulas, validations and protection."""
        path = written_in_node(tmp_path) if library == "exceljs" else written(library, tmp_path)
        book = read(path.read_bytes())
        assert cells(book) == asked()
        formulas = [cell for _, held, _ in described(smallest()) for cell in held if cell[2] == "formula"]
        assert len([cell for cell in book.cells if cell.formula]) == len(formulas) > 0
        assert validated(path) == sum(len(inputs) for *_, inputs in described(smallest()))
        assert all(sheet.protected for sheet in book.sheets)

    def test_values_only(self, tmp_path: Path) -> None:
        """A library that writes records writes the described values below a row of its own."""
        pytest.importorskip("rustpy_xlsxwriter")
        book = read(written("rustpy", tmp_path).read_bytes())
        assert asked() <= cells(book, up=1)

    def test_ours(self, tmp_path: Path) -> None:
        """This project writes so many workbooks, each under a number of its own, with the described values in them."""
        form = smallest()
        build(the_notice(), [form], 3, tmp_path)
        books = [read((tmp_path / f"{no}.xlsx").read_bytes()) for no in range(3)]
        own = {cell for cell in asked() if form.number not in cell[3]}
        assert all(own <= cells(book) for book in books)
        assert len({frozenset(cell.text for cell in book.cells if form.number in cell.text) for book in books}) == 3


class TestReaders:
    @pytest.mark.parametrize("reader", [name for name in reading.READERS if name != "all-of-ours"])
    def test_inputs(self, reader: str, issued: Office, tmp_path: Path) -> None:
        """Every reader that gives cells finds all inputs of the returns that hold anything."""
        if reader == "fastexcel":
            pytest.importorskip("fastexcel")
        path = returned(issued, tmp_path)
        found = reading.found_inputs(reading.READERS[reader](tmp_path), [path], inputs(issued))
        assert found == (None if reader in {"unzip", "scan"} else len(filled(issued)))

    def test_with_all_checks(self, issued: Office, tmp_path: Path) -> None:
        """What is measured with all checks has read and answered the return, and found no fault in it."""
        (each,) = answered_returns(issued.notice, issued.root)([returned(issued, tmp_path)])
        assert each.answers.values.keys() == filled(issued)
        assert each.answers.findings == ()


def test_copies(tmp_path: Path) -> None:
    """Returns are sent again as often as is asked, each time with other bytes."""
    (tmp_path / "2020-11-10").mkdir()
    for name in "ab":
        with ZipFile(tmp_path / "2020-11-10" / f"{name}.xlsx", "w") as package:
            package.writestr("part", name)
    copies = sent_again(tmp_path, 5)
    assert len({path.read_bytes() for path in tmp_path.rglob("*.xlsx")}) == 7
    assert [path.name for path in copies] == ["a.xlsx", "b.xlsx", "a.xlsx", "b.xlsx", "a.xlsx"]


def test_evidence_is_sent(tmp_path: Path) -> None:
    """Evidence is as many files as are asked for, all different, of kinds that are opened without a fault."""
    send_evidence(tmp_path, ["甲", "乙"], 14)
    files = [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file() and path.suffix != ".zip"]
    for packed in sorted(tmp_path.rglob("*.zip")):
        with ZipFile(packed) as archive:
            files += [archive.read(name) for name in archive.namelist()]
    found = [inspected(BytesIO(data)) for data in files]
    assert len(set(files)) == 14
    assert {each["kind"] for each in found} == {"PDF", "图片", "OFD", "Word"}
    assert {each["fault"] for each in found} == {None}
