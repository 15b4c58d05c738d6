"""The detail of all districts as Parquet: the parts one after the other, in row groups, so that memory does not grow with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.rollup.sorting import Member
from fazhi_xl.rollup.tables import DISTRICT_COLUMNS, FORMAT, SUB_POINT_COLUMNS, UNIT_COLUMNS
from fazhi_xl.xlsx.writer.files import written_beside

UNITS, SUB_POINTS = "单位.parquet", "得分点.parquet"
_ROWS = 30_000  # of a row group, at least, before its last part is added


def write_detail(folder: Path, members: Iterable[Member]) -> None:
    """Write both files, whole or not at all. Raises WrongUseError where they cannot be written."""
    kept = tuple(members)
    _write(folder / UNITS, UNIT_COLUMNS, kept, lambda each: each.part.units())
    _write(folder / SUB_POINTS, SUB_POINT_COLUMNS, kept, lambda each: each.part.sub_points())


def _write(path: Path, columns: pa.Schema, members: Iterable[Member], table: Callable[[Member], pa.Table]) -> None:
    schema = pa.schema([*DISTRICT_COLUMNS, *columns], metadata={"fazhi_xl.format": FORMAT})
    with writing(path), written_beside(path) as made, _writer(made, schema) as writer:
        for group in _groups(_of_district(each, table(each)) for each in members):
            writer.write_table(group.cast(schema))


@contextmanager
def _writer(path: Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """Open a file whose rows are in the order of districts and units."""
    order = [pq.SortingColumn(schema.get_field_index(name)) for name in ("地区序号", "单位序号")]
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=True, sorting_columns=order) as writer:
        yield writer


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(each.num_rows for each in held) >= _ROWS:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _of_district(member: Member, table: pa.Table) -> pa.Table:
    """Say of each row which district it is of, and on what basis it stands."""
    own = (member.no, member.name, member.rank is not None, member.district.basis.value)
    for at, (field, value) in enumerate(zip(DISTRICT_COLUMNS, own, strict=True)):
        table = table.add_column(at, field, pa.repeat(pa.scalar(value, field.type), table.num_rows))
    return table
