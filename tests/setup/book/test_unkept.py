"""What an update cannot keep is not lost: a copy of the workbook stays, and it is said what is in it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import check_workbook, write_workbook
from fazhi_xl.xlsx.kept.package import unkept
from tests.support import catalogues


def _with_part(path: Path, name: str, data: bytes) -> None:
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        package.writestr(name, data)


def test_a_picture(tmp_path: Path) -> None:
    """A picture makes a copy, once, and a remark."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.minimal()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    _with_part(path, "xl/media/image1.png", b"picture")
    before = path.read_bytes()
    remarks = check_workbook(path).remarks
    assert [each.what for each in remarks if "留不住" in each.what] == ["工作簿里有图片、图形和图表,程序更新时留不住"]
    assert (tmp_path / "目录_社区_原件.xlsx").read_bytes() == before
    assert not any("留不住" in each.what for each in check_workbook(path).remarks)
    assert len(list(tmp_path.glob("*_原件*"))) == 1


def test_a_page_without_a_picture(tmp_path: Path) -> None:
    """A page of drawings that holds none is no picture: LibreOffice saves one where a cell has a comment."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.minimal()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    _with_part(path, "xl/drawings/drawing1.xml", b'<xdr:wsDr xmlns:xdr="x"></xdr:wsDr>')
    assert unkept(path.read_bytes()) == ()
    _with_part(path, "xl/drawings/drawing2.xml", b"<xdr:wsDr><xdr:twoCellAnchor/></xdr:wsDr>")
    assert unkept(path.read_bytes()) == ("图片、图形和图表",)


def test_macros(tmp_path: Path) -> None:
    """A workbook that may have macros stays one: under another kind Excel would not open it."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.minimal()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = path.with_suffix(".xlsm")
    with ZipFile(path) as old, ZipFile(macros, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
    check_workbook(macros)
    with ZipFile(macros) as package:
        assert b"macroEnabled" in package.read("[Content_Types].xml")


def test_another_kind(tmp_path: Path) -> None:
    """A new workbook is of the one kind that is written."""
    folder = catalogues.write(tmp_path / "社区", catalogues.minimal())
    with pytest.raises(WrongUseError, match=r"目录_社区\.xlsx"):
        write_workbook(open_source(str(folder)), tmp_path / "目录_社区.xls")
