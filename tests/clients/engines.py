"""Programs that recalculate a workbook: LibreOffice, Gnumeric, IronCalc, formualizer and HyperFormula.

Each gives what every formula cell comes to, from a copy without the results that the workbook was stored with. Numbers are
floats, a truth value 1 or 0, a day its number, nothing the empty text, an error its name (`#VALUE!`).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.clients.absent import ClientAbsentError
from tests.clients.libreoffice import LibreOffice
from tests.clients.office import find_programs
from tests.support.edits import with_parts
from tests.support.packages import Cell, Package, place

Result = float | str
Results = Mapping[tuple[str, str], Result]

PATH_VARIABLE = "FAZHI_HYPERFORMULA"
PROJECT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("hyperformula_worker.cjs")
SECONDS = 120.0
_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A", "Name": "#NAME?", "Num": "#NUM!", "Ref": "#REF!", "Value": "#VALUE!"}
_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")


class EngineError(Exception):
    """The program gave no results; the message holds what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A program that recalculates; `find` raises ClientAbsentError where it is not here, `close` ends what was started."""

    name: str
    find: Callable[[], object]
    calculate: Callable[[bytes], Results]
    close: Callable[[], None] = lambda: None

    def results(self, workbook: bytes) -> Results:
        """Give what every formula comes to, by sheet and address."""
        return self.calculate(_forgetful(workbook))


@lru_cache(maxsize=128)  # the programs are given the same workbooks in their turn
def _forgetful(workbook: bytes) -> bytes:
    """Take out the results that formulas were stored with."""
    parts = Package(workbook).parts.items()
    sheets = {name: _RESULT.sub(rb"\1", data) for name, data in parts if name.startswith("xl/worksheets/sheet")}
    return with_parts(workbook, sheets)


@lru_cache(maxsize=128)
def formula_cells(workbook: bytes) -> tuple[tuple[str, str], ...]:
    """Name every formula cell by its sheet and address."""
    sheets = Package(workbook).sheets.items()
    return tuple((name, at) for name, sheet in sheets for at, cell in sheet.cells.items() if cell.formula is not None)


def _plain(value: object) -> Result:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return float(value)  # type: ignore[arg-type] # a number, or the engine has a kind of value that we do not know


# Gnumeric ------------------------------------------------------------------------------------------------------------


@cache
def find_gnumeric() -> Path:
    """Find its converter; raises ClientAbsentError."""
    found = shutil.which("ssconvert")
    if found is None:
        raise ClientAbsentError("Gnumeric is not installed (on Debian: gnumeric)")
    return Path(found)


def _gnumeric(workbook: bytes) -> Results:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.xlsx"), Path(folder, "made.xlsx")
        given.write_bytes(workbook)
        command: list[str | Path] = [find_gnumeric(), "--recalc", "--export-type=Gnumeric_Excel:xlsx2", given, made]
        run(command, home=folder)
        sheets = Package(made).sheets
    cells = ((name, at, sheets[name].cells[at]) for name, at in formula_cells(workbook))
    return {(name, at): _stored(cell.kind, cell.text) for name, at, cell in cells}


def _stored(kind: str, text: str | None) -> Result:
    return float(text) if kind in {"n", "b"} and text else text or ""


def run(command: Sequence[str | Path], given: bytes = b"", home: str = "/") -> bytes:
    """Give what a program writes; raises EngineError with its last words where it fails."""
    env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": home}
    ended = subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False, env=env)
    if ended.returncode:
        raise EngineError(f"{command[0]}: {ended.stderr.decode(errors='replace')[-2000:]}")
    return ended.stdout


# IronCalc, formualizer -----------------------------------------------------------------------------------------------


def _module(name: str) -> Any:  # noqa: ANN401 - a package that is not always here
    try:
        return import_module(name)
    except ImportError:
        raise ClientAbsentError(f"{name} is not installed (uv sync --group engines)") from None


def _ironcalc(workbook: bytes) -> Results:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "given.xlsx")
        given.write_bytes(workbook)
        model = _module("ironcalc").load_from_xlsx(str(given))
    model.evaluate()
    sheets = {each["name"]: no for no, each in enumerate(model.get_worksheets_properties())}
    return {
        (name, at): _plain(model.get_cell_value(sheets[name], *_row_column(at))) for name, at in formula_cells(workbook)
    }


def _formualizer(workbook: bytes) -> Results:
    book = _module("formualizer").load_workbook_bytes(workbook)
    book.evaluate_all()
    return {(name, at): _told(book.get_value(name, *_row_column(at))) for name, at in formula_cells(workbook)}


def _told(value: object) -> Result:
    return _ERRORS.get(value["kind"], str(value)) if isinstance(value, dict) else _plain(value)


def _row_column(at: str) -> tuple[int, int]:
    column, row = place(at)
    return row, column


# HyperFormula --------------------------------------------------------------------------------------------------------


@cache
def find_hyperformula() -> tuple[Path, Path]:
    """Find node and the package's folder, by FAZHI_HYPERFORMULA or in node_modules; raises ClientAbsentError."""
    node, wanted = shutil.which("node"), os.environ.get(PATH_VARIABLE)
    package = Path(wanted) if wanted else PROJECT / "node_modules" / "hyperformula"
    if node is None or not package.is_dir():
        raise ClientAbsentError(f"node or HyperFormula is not here: {package} (npm: hyperformula)")
    return Path(node), package.resolve()


class _HyperFormula:
    """Node with the package, which takes a workbook a line: it starts with the first one, and ends when its input does."""

    def __init__(self) -> None:
        self._node: subprocess.Popen[bytes] | None = None

    def calculate(self, workbook: bytes) -> Results:
        book = Package(workbook)
        told = self._asked({name: list(_rows(name, book)) for name in book.sheets})
        places = ((name, at, place(at)) for name, at in formula_cells(workbook))
        return {(name, at): _calculated(told[name][row - 1][column - 1]) for name, at, (column, row) in places}

    def close(self) -> None:
        if self._node is not None:
            self._node.communicate()
        self._node = None

    def _asked(self, sheets: object) -> dict[str, list[list[object]]]:
        if self._node is None:
            node, package = find_hyperformula()
            self._node = subprocess.Popen([node, WORKER, package], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._node.stdin is None or self._node.stdout is None:
            raise AssertionError("asked for above")
        self._node.stdin.write(json.dumps(sheets).encode() + b"\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        if not line:
            raise EngineError(f"HyperFormula ended with status {self._node.wait()}")
        told: dict[str, list[list[object]]] = json.loads(line)
        return told


def _calculated(value: object) -> Result:
    return str(value["error"]) if isinstance(value, dict) else _plain(value)


def _rows(name: str, book: Package) -> Iterator[list[float | str | bool | None]]:
    """Give a sheet row by row as HyperFormula takes it; an apostrophe keeps text from being read as a number or a day."""
    cells = {place(at): cell for at, cell in book.sheets[name].cells.items()}
    last_column, last_row = (max((at[axis] for at in cells), default=0) for axis in (0, 1))
    for row in range(1, last_row + 1):
        yield [_content(cells[column, row]) if (column, row) in cells else None for column in range(1, last_column + 1)]


def _content(cell: Cell) -> float | str | bool | None:
    if cell.formula is not None:
        return f"={cell.formula.replace('_xlfn.', '')}"  # as files write functions that are newer than they are
    if not cell.text:
        return None
    return float(cell.text) if cell.kind == "n" else cell.text == "1" if cell.kind == "b" else f"'{cell.text}"


# LibreOffice ---------------------------------------------------------------------------------------------------------


def in_libreoffice(office: Callable[[], LibreOffice]) -> Engine:
    """Take LibreOffice for an engine; `office` gives the one that a session of tests shares."""

    def calculate(workbook: bytes) -> Results:
        with tempfile.TemporaryDirectory() as folder:
            given = Path(folder, "given.xlsx")
            given.write_bytes(workbook)
            with office().open(given) as document:
                document.calculate_all()
                return {(each.sheet, each.cell): _plain(each.content) for each in document.formulas()}

    return Engine(name="libreoffice", find=find_programs, calculate=calculate)


_NODE = _HyperFormula()
OTHERS = (
    Engine(name="gnumeric", find=find_gnumeric, calculate=_gnumeric),
    Engine(name="ironcalc", find=partial(_module, "ironcalc"), calculate=_ironcalc),
    Engine(name="formualizer", find=partial(_module, "formualizer"), calculate=_formualizer),
    Engine(name="hyperformula", find=find_hyperformula, calculate=_NODE.calculate, close=_NODE.close),
)
"""The engines besides LibreOffice."""
