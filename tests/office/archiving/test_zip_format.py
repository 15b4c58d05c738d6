"""The archive of a package, held to what other programs make of zip archives."""

from __future__ import annotations

import io
import zipfile

import pytest

from fazhi_xl.office.archiving import zip_format
from fazhi_xl.office.archiving.zip_format import SizeError, StoredZip

MEMBERS = {"说明.txt": b"text", "重现/回收/表.xlsx": bytes(range(256)) * 3, "空": b""}


def written(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    made = StoredZip(file)
    for path, data in members.items():
        made.add(path, len(data), [data[:2], data[2:]])
    made.close()
    return file.getvalue()


@pytest.mark.parametrize("full", [0xFFFFFFFF, 700, 500, 3])
@pytest.mark.parametrize("many", [0xFFFF, 3])
def test_another_program_reads_it(full: int, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, bytes, kinds and a fixed time are there, also where sizes, places and their number do not fit into their fields."""
    monkeypatch.setattr(zip_format, "MANY", many)
    if full < 0xFFFFFFFF:
        monkeypatch.setattr(zip_format, "_beyond", lambda number: number >= full)
    archive = zipfile.ZipFile(io.BytesIO(written(MEMBERS)))
    assert {info.filename: archive.read(info) for info in archive.infolist()} == MEMBERS
    assert {(info.date_time, info.compress_type, info.external_attr >> 16) for info in archive.infolist()} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 0o100644)
    }
    assert archive.testzip() is None


def test_an_archive_of_nothing() -> None:
    """An archive without members is one that other programs open."""
    assert zipfile.ZipFile(io.BytesIO(written({}))).namelist() == []


def test_a_size_that_was_not_said() -> None:
    """A file that comes to another size than was said is refused: its header stands already."""
    with pytest.raises(SizeError):
        StoredZip(io.BytesIO()).add("表.xlsx", 3, [b"12"])
