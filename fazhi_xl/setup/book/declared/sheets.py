"""Which sheets the workbook has, in their order; which field of a catalogue stands in which column, the modules beside this say."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.setup.book.declared.columns import Column
from fazhi_xl.setup.book.declared.of_adjustments import ADJUSTMENTS
from fazhi_xl.setup.book.declared.of_items import ITEM_TABLES
from fazhi_xl.setup.book.declared.of_readings import READINGS
from fazhi_xl.setup.book.declared.of_registers import REGISTERS
from fazhi_xl.setup.book.declared.of_rules import RULES
from fazhi_xl.setup.book.declared.of_the_rest import OTHERS
from fazhi_xl.setup.book.declared.of_units import UNITS
from fazhi_xl.setup.book.declared.table import Table

TABLES: tuple[Table, ...] = (
    *UNITS,
    *ITEM_TABLES,
    *RULES,
    *REGISTERS,
    *ADJUSTMENTS,
    *READINGS,
    *OTHERS,
)


def table_of(sheet: str) -> Table:
    """Give a table by its sheet's name."""
    return next(each for each in TABLES if each.sheet == sheet)


def every_column() -> Iterator[tuple[Table, Column]]:
    """Yield every column with its table."""
    yield from ((table, column) for table in TABLES for column in table.columns)
