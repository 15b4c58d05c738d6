"""XlsxWriter's workbook and sheet, as books are written with them: less is looked at again, and the parts are handed over as they are.

What is written is what XlsxWriter writes, to the byte, save where a class says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import lru_cache
from io import StringIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellRichStringTuple,
    CellStringTuple,
    Worksheet,
)

from fazhi_xl.form.model import column_letters
from fazhi_xl.xlsx.writer.styles import Turn

Constant = float | int | str | bool
_LONG_NAME = 100  # characters that a name may have, however they are counted
_LONGEST = 32_767 // 2  # characters of a text that cannot be more than a cell takes, however they are counted
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def sure(result: Any) -> None:  # noqa: ANN401 - XlsxWriter's methods give 0, a negative number, or None
    """Raise ValueError where XlsxWriter refused a cell or a validation, which it would only drop."""
    if isinstance(result, int) and result < 0:
        message = f"XlsxWriter refused with {result}"
        raise ValueError(message)


class DrawnSheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """Takes formulas as they are: ours use no function newer than Excel 2010, and the search for such takes most of the time.

    The rows in `growing` (from 0) have a height that clients adapt to what is written into them. `turns` are those that its rules
    colour by, in their order. A sheet that is a copy is `written_by` what it is a copy of; of one to be copied what was `written` is kept.
    """

    written_by: Callable[[], str] | None = None
    to_be_copied = False
    written = ""

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()
        self.turns: list[Turn] = []
        self.dim_rowmax: int
        self.dim_colmax: int

    def put(self, row: int, column: int, value: Constant | None, look: Format) -> None:
        """Write a constant, or a blank for None, into a row whose height is set, or one below such a row."""
        self._reach(row, column)
        cells = self.table[row]
        if value is None:
            cells[column] = CellBlankTuple(look)
        elif not isinstance(value, str):
            cells[column] = CellNumberTuple(value, look)
        elif len(value) <= _LONGEST:
            cells[column] = CellStringTuple(self.str_table._get_shared_string_index(value), look)  # noqa: SLF001
        else:
            sure(self.write_string(row, column, value, look))

    def put_formula(self, row: int, column: int, formula: str, look: Format, result: Constant) -> None:
        """Write a formula, without its equals sign, into a row whose height is set, or one below such a row."""
        self._reach(row, column)
        self.table[row][column] = CellFormulaTuple(formula, look, result)

    def _reach(self, row: int, column: int) -> None:
        self.dim_rowmax, self.dim_colmax = max(self.dim_rowmax, row), max(self.dim_colmax, column)

    def _assemble_xml_file(self) -> None:
        if self.written_by:
            self.fh.write(self.written_by())
            return
        super()._assemble_xml_file()
        if self.to_be_copied:
            self.written = self.fh.getvalue()

    def _write_row(self, row: int, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - the library's own parameters
        self._grows = row in self.growing
        super()._write_row(row, *rest, **more)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]] = []) -> None:  # noqa: B006 - the library's
        kept = [each for each in attributes if not (tag == "row" and self._grows and each[0] == "customHeight")]
        super()._xml_start_tag_unencoded(tag, kept)

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")

    def _write_rows(self) -> None:
        if self.comments:
            super()._write_rows()
            return
        spans = self._spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info = self.table.get(row), self.row_info.get(row)
            if cells:
                self._write_row(row, spans[row // 16], info)
                self._write_cells(row, cells)
                self.fh.write("</row>")
            elif info:
                self._write_empty_row(row, spans.get(row // 16), info)

    def _spans(self) -> Mapping[int, str]:
        """Give from which to which column there are cells, by every 16 rows, as rows say it."""
        found: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = found.get(row // 16, (self.dim_colmax, 0))
                found[row // 16] = min(first, *cells), max(last, *cells)
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()}

    def _write_cells(self, row: int, cells: Mapping[int, Any]) -> None:
        write, no = self.fh.write, row + 1
        for column in sorted(cells):
            cell = cells[column]
            written = _WRITTEN.get(type(cell))
            if written and cell.format:
                write(written(f'<c r="{column_letters(column + 1)}{no}" s="{cell.format._get_xf_index()}"', cell))  # noqa: SLF001
            else:
                self._write_cell(row, column, cell)


class RowByRowSheet(DrawnSheet):
    """A sheet of a book that holds no rows: each has to go through the library, which writes it out when the next one comes."""

    def put(self, row: int, column: int, value: Constant | None, look: Format) -> None:
        """Write a constant, or a blank for None, into the last row or a later one."""
        sure(
            self.write_string(row, column, value, look)
            if isinstance(value, str)
            else self.write(row, column, value, look)
        )

    def put_formula(self, row: int, column: int, formula: str, look: Format, result: Constant) -> None:
        """Write a formula, without its equals sign, into the last row or a later one."""
        sure(self.write_formula(row, column, formula, look, result))


def _formula(start: str, cell: Any) -> str:  # noqa: ANN401 - XlsxWriter has no types
    result, kind = cell.value, ""
    if isinstance(result, bool):
        result, kind = int(result), ' t="b"'
    elif isinstance(result, str) and result:
        result, kind = _escaped(result), ' t="e"' if result in _ERRORS else ' t="str"'
    return f"{start}{kind}><f>{_escaped(cell.formula)}</f><v>{result}</v></c>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text(start: str, cell: Any) -> str:  # noqa: ANN401
    return f'{start} t="s"><v>{cell.string}</v></c>'


_WRITTEN: Mapping[type, Callable[[str, Any], str]] = {
    CellBlankTuple: lambda start, _: f"{start}/>",
    CellNumberTuple: lambda start, cell: f"{start}><v>{cell.number:.16G}</v></c>",
    CellStringTuple: _text,
    CellRichStringTuple: _text,
    CellFormulaTuple: _formula,
}


class DrawnBook(xlsxwriter.Workbook):  # type: ignore[misc] # XlsxWriter has no types
    """Protects the order and the names of its sheets where they are `fixed`, without a password, as the sheets are."""

    fixed = False

    def _write_book_views(self) -> None:
        if self.fixed:  # the standard has this part before the views; the library cannot write it
            self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])
        super()._write_book_views()

    def unused_format(self, properties: dict[str, object]) -> Format:
        """Make a format that no book has yet."""
        look = Format({**self.default_format_properties, **properties})
        look._get_format_key()  # noqa: SLF001 - is kept with it
        return look

    def own_format(self, look: Format) -> Format:
        """Add a format that no book has yet to this one; making another of its properties would take most of the time."""
        own = copy(look)
        own.xf_format_indices, own.dxf_format_indices = self.xf_format_indices, self.dxf_format_indices
        self.formats.append(own)
        return own

    def text_number(self, text: str) -> int:
        """Give the number of a text in the book's list, once for each cell that has it."""
        return int(self.str_table._get_shared_string_index(text))  # noqa: SLF001

    def look_number(self, look: Format) -> int:
        """Give the number of a cell's format."""
        return int(look._get_xf_index())  # noqa: SLF001

    def turn_number(self, look: Format) -> int:
        """Give the number of what a cell changes to."""
        return int(look._get_dxf_index())  # noqa: SLF001

    def name_cell(self, name: str, cell: str) -> None:
        """Name a cell for the whole book; a name of which the library could refuse something it looks through."""
        if name.isidentifier() and name.startswith("f_") and len(name) < _LONG_NAME:
            self.defined_names.append([name, -1, cell, False])
        else:
            sure(self.define_name(name, cell))

    def _write_defined_name(self, named: list[Any]) -> None:
        name, sheet, cell, _ = named
        if sheet == -1:
            self.fh.write(f'<definedName name="{name}">{_escaped(cell)}</definedName>')
        else:
            super()._write_defined_name(named)

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Finish the book and give the parts of its package, in their order, by their names."""
        handed = _HandedOver()
        self._get_packager = lambda: handed
        self.close()
        for held, name, _ in handed.made:
            data = held.getvalue()
            yield name, data.encode() if isinstance(data, str) else data


class _HandedOver(Packager):  # type: ignore[misc]
    """Keeps what it packs apart: nothing has to be compressed to be read again."""

    def _create_package(self) -> list[Any]:
        self.made = super()._create_package()
        return []

    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _Strings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001
            strings._assemble_xml_file()  # noqa: SLF001


class _Strings(SharedStrings):  # type: ignore[misc]
    def _write_si(self, string: str) -> None:
        self.fh.write(_item(string))


@lru_cache(maxsize=4_096)
def _item(string: str) -> str:
    """Write a text as a book's list of texts has it; most of a form's stand in all forms."""
    strings, written = SharedStrings(), StringIO()
    strings._set_filehandle(written)  # noqa: SLF001
    strings._write_si(string)  # noqa: SLF001
    return written.getvalue()
