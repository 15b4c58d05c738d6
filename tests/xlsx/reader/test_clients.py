"""Older formats, as LibreOffice really writes them."""

import subprocess
from pathlib import Path
from typing import Literal

import pytest

from fazhi_xl.xlsx.reader import RejectedError, read
from tests.clients.libreoffice import LibreOffice
from tests.clients.office import find_programs
from tests.xlsx.reader.filled import CELLS, filled

SAVE = Path(__file__).parent / "save_as.py"
FILTERS = {"xls": "MS Excel 97", "ods": "calc8"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.xlsx"
    path.write_bytes(filled())
    return path


def locked_by(source: Path, kind: str, password: str) -> bytes:
    """Let an office of its own save the workbook with a password, which the shared one cannot."""
    programs = find_programs()
    target = source.with_suffix(f".{kind}")
    profile = source.with_name("profile").as_uri()
    command = [
        programs.python,
        SAVE,
        programs.soffice.with_name("soffice"),
        profile,
        source,
        target,
        FILTERS[kind],
        password,
    ]
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=120)
    return target.read_bytes()


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_formats_are_read(kind: Literal["xls", "ods"], source: Path, libreoffice: LibreOffice) -> None:
    """Values, states and addresses of .xls and .ods are those of the same workbook as .xlsx."""
    with libreoffice.open(source) as document:
        book = read(document.save_as(source.with_suffix(f".{kind}"), kind).read_bytes())

    assert (book.kind, book.formulas_known) == (kind, False)
    assert [cell for cell in book.cells if cell[2] != 9] == list(
        CELLS
    )  # column I holds a formula, which the office computes
    assert [sheet.name for sheet in book.sheets] == ["任务分解表", "空", "藏"]
    assert [sheet.state for sheet in book.sheets] == ["visible", "visible", "hidden"]


@pytest.mark.libreoffice
def test_a_password_of_an_older_file_opens(source: Path) -> None:
    """An .xls with an opening password is read with a password that fits, and refused without one."""
    data = locked_by(source, "xls", "对的")

    assert read(data, passwords=["错的", "对的"]).cells[0] == CELLS[0]
    with pytest.raises(RejectedError) as refusal:
        read(data, passwords=["错的"])
    assert refusal.value.finding.code == "file-encrypted"


@pytest.mark.libreoffice
def test_a_locked_opendocument_is_refused(source: Path) -> None:
    """An .ods with a password is called that, and not damaged."""
    with pytest.raises(RejectedError) as refusal:
        read(locked_by(source, "ods", "对的"))

    assert refusal.value.finding.code == "file-encrypted"
