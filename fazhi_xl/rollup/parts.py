"""A district's share of the detail, kept as one file for each report, so that a report that has not changed is not read again.

A part is known by the digests of the report and of the program. It is made again where it is damaged, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pydantic import ValidationError

from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.rollup.district import District, district_of
from fazhi_xl.rollup.records import NoticeRecord, Report
from fazhi_xl.rollup.tables import SUB_POINT_COLUMNS, UNIT_COLUMNS, sub_point_table, unit_table
from fazhi_xl.text.packing import made_alike
from fazhi_xl.xlsx.writer.files import replace_file

PARTS = ".部分"
_DISTRICT, _NOTICE, _UNITS, _SUB_POINTS = "district.json", "notice.json", "units.arrow", "sub_points.arrow"
_FAULTS = (zipfile.BadZipFile, KeyError, EOFError, OSError, ValidationError, ValueError, pa.ArrowInvalid, RuntimeError)


@dataclass(frozen=True, slots=True)
class Part:
    """The file of a part."""

    path: Path

    @classmethod
    def of(cls, folder: Path, digest: str, program: str) -> Part:
        """Give the part of a report, by its digest and the program's."""
        return cls(folder / f"{hashlib.sha256(f'{digest} {program}'.encode()).hexdigest()[:40]}.zip")

    def write(self, report: Report) -> District:
        """Keep a report, and sum it up. Raises WrongUseError where it cannot be written."""
        district = district_of(report)
        held = {
            _DISTRICT: district.model_dump_json().encode(),
            _NOTICE: report.notice.model_dump_json().encode(),
            _UNITS: _stream(unit_table(report)),
            _SUB_POINTS: _stream(sub_point_table(report)),
        }
        with writing(self.path):
            replace_file(self.path, _packed(held))
        return district

    def district(self) -> District | None:
        """Sum up what is kept; None where there is nothing, or all of it is not whole."""
        try:
            with zipfile.ZipFile(self.path) as held:
                if held.testzip() is None:
                    return District.model_validate_json(held.read(_DISTRICT))
        except _FAULTS:
            pass
        return None

    def notice(self) -> NoticeRecord:
        """Give what the report says of its notice."""
        with zipfile.ZipFile(self.path) as held:
            return NoticeRecord.model_validate_json(held.read(_NOTICE))

    def units(self) -> pa.Table:
        return self._table(_UNITS, UNIT_COLUMNS)

    def sub_points(self) -> pa.Table:
        return self._table(_SUB_POINTS, SUB_POINT_COLUMNS)

    def _table(self, name: str, columns: pa.Schema) -> pa.Table:
        with zipfile.ZipFile(self.path) as held, pa.ipc.open_stream(held.read(name)) as stream:
            return stream.read_all().cast(columns)


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def _packed(held: dict[str, bytes]) -> bytes:
    """Pack parts of a file, each with the check sum that damage is known by; the same parts give the same bytes."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        for name, data in held.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    made_alike(memory)
    return memory.getvalue()
