"""A roll-up that breaks off: whole files stay, and the next one goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow.parquet import read_table

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.rollup import detail, questions, read, roll_up
from fazhi_xl.rollup.book import units
from fazhi_xl.rollup.parts import PARTS
from tests.rollup.conftest import Roll
from tests.support.districts import districts


def files_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "汇总").rglob("*") if path.is_file()}


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("call", ["os.fsync", "xlsxwriter.worksheet.Worksheet._write_single_row"])
def test_a_full_disk_leaves_what_was_there(
    call: str, tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fills while detail or units are written, it is said, what stood there stays whole, and nothing unfinished is left."""
    monkeypatch.setattr(units, "IN_BOOK", 1)
    districts(tmp_path / "各区", small, "甲区")
    roll()
    before = files_of(tmp_path)
    districts(tmp_path / "各区", small, "乙区")
    monkeypatch.setattr(call, full)
    with pytest.raises(WrongUseError, match="磁盘满了"):
        roll()
    after = files_of(tmp_path)
    assert {path: after[path] for path in before if path.suffix != ".parquet"} == {
        path: data for path, data in before.items() if path.suffix != ".parquet"
    }
    assert [path for path in after if path.name.startswith(".") and path.name != ".lock"] == []


def test_what_was_read_is_not_read_again(
    tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted while it reads, the next run reads only the districts that are left."""
    districts(tmp_path / "各区", small, "甲区", "乙区", "丙区")
    real, asked = read._report, []  # noqa: SLF001 - what reading a report is counted by

    def counted(stop: int) -> Callable[[bytes], object]:
        def once(data: bytes) -> object:
            asked.append(data)
            if len(asked) == stop:
                raise KeyboardInterrupt
            return real(data)

        return once

    monkeypatch.setattr(read, "_report", counted(3))
    with pytest.raises(KeyboardInterrupt):
        roll()
    asked.clear()
    monkeypatch.setattr(read, "_report", counted(0))
    assert len(roll().ranked) == 3
    assert len(asked) == 1


def test_killed_before_any_file_is_put_in_place(
    tmp_path: Path, small: Notice, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off before each file in turn, what is there is whole; the next run makes the rest, and clears away what was left."""
    districts(tmp_path / "各区", small, "甲区", "乙区")
    real, done, ended = Path.replace, 0, False
    while not ended:
        left = iter(range(done))

        def replace(path: Path, target: Path, *, left: object = left) -> Path:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            return real(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace)
            try:
                roll()
                ended = True
            except KeyboardInterrupt:
                done += 1
        whole(tmp_path / "汇总")
    scratch = tmp_path / "汇总" / roll_up.SCRATCH
    scratch.mkdir()
    (scratch / "tmp123").write_bytes(b"left")
    roll()
    assert not scratch.exists()
    assert done >= 3


def whole(root: Path) -> None:
    """Open every file that is there."""
    for path in root.rglob("*.xlsx"):
        load_workbook(path)
    for path in root.rglob("*.parquet"):
        read_table(path)


def test_on_two_processes(tmp_path: Path, small: Notice, roll: Roll) -> None:
    """Districts read by several processes come to the same."""
    districts(tmp_path / "各区", small, "甲区", "乙区", "丙区")
    one = roll().ranked
    for part in (tmp_path / "汇总" / roll_up.DETAIL / PARTS).iterdir():
        part.unlink()
    assert roll(crew=Crew(jobs=2)).ranked == one


def test_a_detail_that_cannot_be_asked(tmp_path: Path) -> None:
    """Where the detail cannot be asked, it is said what may be the matter and what to do, in no program's words."""
    for file in (detail.UNITS, detail.SUB_POINTS):
        (tmp_path / file).write_bytes(b"PAR1")
    with pytest.raises(WrongUseError) as raised, questions.asked(tmp_path, tmp_path):
        pass
    assert str(raised.value) == (
        f"{tmp_path} 里的明细查询不了,可能是磁盘满了,或文件正被别的程序改动。请检查磁盘空间,再汇总一次。"
    )
