"""Neither side is overwritten with what the other does not know yet: the catalogue's folder, and its workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.errors import WrongUseError
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import bring_back, write_workbook
from tests.support import catalogues


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """Give a catalogue's folder and the workbook that was written from it."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.minimal()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    return folder, path


def _entered(path: Path, sheet: str, head: str, value: str) -> None:
    book = load_workbook(path)
    rows = book[sheet]
    column = next(cell.column for cell in rows[3] if cell.value == head)
    rows.cell(4, column).value = value
    book.save(path)


@pytest.mark.parametrize(("sheet", "head"), [("单位", "名称"), ("单位", "备注")])
def test_news_in_the_workbook(both: tuple[Path, Path], sheet: str, head: str) -> None:
    """What was typed or noted in the workbook and not brought back stays there."""
    folder, path = both
    _entered(path, sheet, head, "新写的")
    before = path.read_bytes()
    with pytest.raises(WrongUseError, match="还没有写回工作目录"):
        write_workbook(open_source(str(folder)), path)
    assert path.read_bytes() == before
    bring_back(path, folder)
    assert "新写的" in (folder / "units.toml").read_text("utf-8")
    write_workbook(open_source(str(folder)), path)  # both say the same now


def test_news_in_the_folder(both: tuple[Path, Path]) -> None:
    """What was changed in the folder after the workbook was written stays there, unless the office says so."""
    folder, path = both
    units = folder / "units.toml"
    units.write_text(units.read_text("utf-8").replace("01社区", "改过的社区"), "utf-8")
    _entered(path, "单位", "备注", "新写的")
    with pytest.raises(WrongUseError, match="写出以后改过"):
        bring_back(path, folder)
    assert "改过的社区" in units.read_text("utf-8")
    bring_back(path, folder, force=True)
    assert "改过的社区" not in units.read_text("utf-8")


def test_nothing_new(both: tuple[Path, Path]) -> None:
    """Where nothing was changed, either way may be gone as often as one likes."""
    folder, path = both
    for _ in range(2):
        brought = bring_back(path, folder)
        assert brought.written is not None
        assert brought.written.changed == ()
        write_workbook(open_source(str(folder)), path)
