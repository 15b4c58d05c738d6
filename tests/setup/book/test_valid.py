"""Excel opens the catalogue's workbook, new, checked and updated: by the schema's own validator."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import check_workbook, write_workbook
from tests.clients.validator import Validator
from tests.support import catalogues


@pytest.mark.validator
def test_valid(validator: Validator, tmp_path: Path) -> None:
    """So it does after people added a column of their own, and after a check that found faults."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.full()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    assert validator.faults([path]) == []
    book = load_workbook(path)
    units = book["单位"]
    units.cell(3, units.max_column + 1).value = "联系过"
    units["B4"] = None
    units["A9"] = 12
    book.save(path)
    assert check_workbook(path).wrong > 1
    assert validator.faults([path]) == []
    write_workbook(open_source(str(folder)), path, force=True)
    assert validator.faults([path]) == []
