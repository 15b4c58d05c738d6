"""Files that are let go when they are listed, and read again when they are opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.office.returns.open import open_all
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn
from tests.support.offices import dated
from tests.support.progress import Silent
from tests.xlsx.reader.filled import filled


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (Path.exists, None),
        (lambda path: path.write_bytes(b"x" * 9000), "file-changing"),
        (Path.unlink, "file-vanished"),
    ],
    ids=["as it was", "replaced", "taken away"],
)
def test_a_file_that_changes_after_it_was_listed(tmp_path: Path, meanwhile: object, code: str | None) -> None:
    """What is read is what was listed; a file that is replaced or taken away in between is named, and the others are read."""
    assert callable(meanwhile)
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(filled())
        dated(tmp_path / name, date(2020, 11, 18))
    found = list(arrivals([tmp_path]))
    meanwhile(tmp_path / "甲.xlsx")
    read = {each.arrival.path: each for each in open_all(found, Sources(), Silent())}

    assert isinstance(read["乙.xlsx"], OpenedReturn)
    one = read["甲.xlsx"]
    assert [each.code for each in one.findings] == [code] if isinstance(one, ClosedFile) else code is None
