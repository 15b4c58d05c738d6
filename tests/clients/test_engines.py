"""The programs that recalculate, on a small workbook: each gives the same for numbers, texts, days, blanks and errors."""

from __future__ import annotations

from io import BytesIO

import pytest
from xlsxwriter import Workbook

from tests.clients import engines
from tests.clients.absent import ClientAbsentError
from tests.clients.engines import Engine, Result

SHEET, OTHER = "填报 表", "词表"
INPUTS = {"A1": "是", "A2": 2.5, "A3": "0103", "A4": "2020-11-30", "A5": "=1+1", "A7": 44165, "A8": "<3"}
FORMULAS: dict[str, tuple[str, Result]] = {
    "C1": ('=IF(A1="是",1,0)', 1.0),
    "C2": ("=ROUND(A2/3,2)", 0.83),
    "C3": ("=LEN(A3)", 4.0),
    "C4": ("=ISNUMBER(A4)", 0.0),
    "C5": ("=A5", "=1+1"),
    "C6": ('=IF(A6="","未填","已填")', "未填"),
    "C7": ("=EDATE(A7,3)", 44255.0),
    "C8": ("=1/A6", "#DIV/0!"),
    "C9": (f"=SUM('{OTHER}'!A1:A3)&A8", "6<3"),
    "C10": ('=IF(A1="是","","无")', ""),
    "C11": ("=C2*2", 1.66),
}


def workbook() -> bytes:
    """Write the inputs, and formulas that carry a wrong result."""
    made = BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet, other = book.add_worksheet(SHEET), book.add_worksheet(OTHER)
        for cell, value in INPUTS.items():
            (sheet.write_string if isinstance(value, str) else sheet.write_number)(cell, value)
        for cell, (formula, _) in FORMULAS.items():
            sheet.write_formula(cell, formula, None, "旧")
        other.write_column("A1", [1, 2, 3])
    return made.getvalue()


def test_every_formula_is_calculated(engine: Engine) -> None:
    """What a formula was stored with counts for nothing, and text stays text whatever it looks like."""
    assert engine.results(workbook()) == {(SHEET, at): pytest.approx(value) for at, (_, value) in FORMULAS.items()}


def test_what_is_no_workbook_is_refused() -> None:
    """A program that fails says so; it gives no results."""
    with pytest.raises(engines.EngineError, match="no such program"):
        engines.run(["sh", "-c", "echo no such program >&2; exit 3"])


@pytest.mark.parametrize("missing", ["FAZHI_HYPERFORMULA", "PATH"])
def test_an_absent_program_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a program is looked for in vain, the reason says what it was."""
    monkeypatch.setenv(missing, "/nowhere")
    engines.find_hyperformula.cache_clear()
    with pytest.raises(ClientAbsentError, match="HyperFormula is not here"):
        engines.find_hyperformula()
    engines.find_hyperformula.cache_clear()
