"""The workbook holds the whole catalogue: what is written from one, and taken back, is the same notice."""

from __future__ import annotations

import filecmp
from pathlib import Path
from shutil import copytree

import pytest

from fazhi_xl.notice.load import load, notice_of, source_problems
from fazhi_xl.notice.remarks import read_remarks
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.office.commands.check import check
from fazhi_xl.office.workspace.catalogue import TEMPLATES
from fazhi_xl.setup.book.from_rows import from_rows
from fazhi_xl.setup.book.to_rows import to_rows
from fazhi_xl.setup.open_source import open_source
from fazhi_xl.setup.workbooks import bring_back, check_workbook, write_workbook
from tests.support import catalogues
from tests.support.random_catalogues import random_catalogue

SHIPPED = tuple(sorted(path.parent for path in TEMPLATES.glob("*/notice.toml")))


def _same(source: Source) -> bool:
    taken = from_rows(to_rows(source))
    assert taken.faults == []
    return notice_of(taken.source, Path("x")) == notice_of(source, Path("x"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_rows_of_a_shipped_catalogue(folder: Path) -> None:
    """The rows of a catalogue in use make the same notice again."""
    assert _same(read_source(folder)[0])


def test_rows_of_every_part() -> None:
    """So do those of catalogues with every part, and with as little as there can be."""
    for made in (catalogues.minimal, catalogues.negative_list, catalogues.full, catalogues.long_worded):
        assert _same(Source(files=made())), made.__name__


def _otherwise(seeds: range) -> tuple[int, list[int]]:
    """Count the catalogues drawn by chance that are without faults, and name those whose rows make another notice."""
    sources = {seed: Source(files=random_catalogue(seed)) for seed in seeds}
    sound = {seed: source for seed, source in sources.items() if not source_problems(source)}
    return len(sound), [seed for seed, source in sound.items() if not _same(source)]


def test_rows_of_any_catalogue() -> None:
    """And those of catalogues drawn by chance, where these are without faults."""
    sound, otherwise = _otherwise(range(24))
    assert sound > 12
    assert otherwise == []


@pytest.mark.exhaustive
def test_rows_of_many_catalogues() -> None:
    """The same of many more."""
    sound, otherwise = _otherwise(range(60, 660))
    assert sound > 300
    assert otherwise == []


@pytest.mark.long
@pytest.mark.parametrize(
    "home", [SHIPPED[0], pytest.param(SHIPPED[2], marks=pytest.mark.exhaustive)], ids=lambda folder: folder.name
)
def test_files_stay(home: Path, tmp_path: Path) -> None:
    """A workbook that nobody touched changes no byte of its catalogue."""
    folder = Path(copytree(home, tmp_path / home.name))
    path = tmp_path / f"目录_{home.name}.xlsx"
    write_workbook(open_source(str(folder)), path)
    brought = bring_back(path, folder)
    assert brought.written is not None
    assert brought.written.changed == brought.written.gone == ()
    files = [each.relative_to(folder).as_posix() for each in folder.rglob("*.toml")]
    assert filecmp.cmpfiles(home, folder, files, shallow=False)[1:] == ([], [])


@pytest.mark.parametrize(
    "home",
    [
        pytest.param(home, marks=pytest.mark.long if home is SHIPPED[1] else pytest.mark.exhaustive, id=home.name)
        for home in SHIPPED
    ],
)
def test_another_folder(home: Path, tmp_path: Path) -> None:
    """A folder made from the workbook says the same, every comment included, and can be written back to at once."""
    path, folder = tmp_path / f"目录_{home.name}.xlsx", tmp_path / "另一个"
    write_workbook(open_source(str(home)), path)
    bring_back(path, folder)
    source = read_source(home)[0]
    assert notice_of(read_source(folder)[0], Path("x")) == notice_of(source, Path("x"))
    assert read_remarks(folder, source) == read_remarks(home, source)
    again = bring_back(path, folder)
    assert again.written is not None
    assert again.written.changed == ()


def test_a_note_beside_a_blank_cell(tmp_path: Path) -> None:
    """What is noted of a value that is blank stays with it, in a folder that did not say so before as well."""
    folder = Path(copytree(TEMPLATES / "zhonglou-2020", tmp_path / "a"))
    opened = open_source(str(folder))
    rows = to_rows(opened.source, opened.comments)
    (row,) = (row for row in rows["通知"] if row.mark and row.mark.id == "notice.toml:office_phone")
    assert (row.cells["填什么"], row.note) == (None, "通知没有印电话;填上后印在表册的填报说明里")
    taken = from_rows(rows)
    assert taken.files["notice.toml"]["office_phone"] == ""
    assert taken.notes["notice.toml", ("office_phone",)] == row.note


@pytest.mark.long
def test_nothing_odd_about_a_new_workbook(tmp_path: Path) -> None:
    """Its check says what the check of the folder says, and nothing of the workbook itself."""
    folder, path = catalogues.write(tmp_path / "社区", catalogues.full()), tmp_path / "目录_社区.xlsx"
    write_workbook(open_source(str(folder)), path)
    assert len(check_workbook(path).remarks) == len(check(load(folder)))
