"""A workbook that somebody unpacked is one file, whatever lies beside its parts."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.intake.unpacked import PARTS_LIMIT, plain, put_together, unpacked_books
from fazhi_xl.limits import MB

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "_rels/.rels": b"<x/>",
    "xl/workbook.xml": b"<x/>",
    "xl/media/image1.png": b"\x89PNG" * 30_000,
}


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names that come twice
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def under(folder: str) -> list[tuple[str, bytes]]:
    return [(f"{folder}{name}", data) for name, data in PARTS.items()]


def arrived(folder: Path, data: bytes) -> dict[str, Arrival]:
    (folder / "包.zip").write_bytes(data)
    return {each.path: each for each in arrivals([folder])}


@pytest.mark.parametrize(
    ("names", "books"),
    [
        (["[Content_Types].xml", "xl/workbook.xml"], ["表.xlsx"]),
        (["a/[Content_Types].xml", "a/xl/workbook.bin", "a/b.pdf"], ["a.xlsx"]),
        (["A/[CONTENT_TYPES].XML", "a/XL/Workbook.xml"], ["A.xlsx"]),
        (["表.xlsx/[Content_Types].xml", "表.xlsx/xl/workbook.xml"], ["表.xlsx"]),
        (["a\\[Content_Types].xml", "a\\xl\\workbook.xml"], ["a.xlsx"]),
        (["a/mimetype", "a/content.xml"], ["a.ods"]),
        (["a/[Content_Types].xml", "a/word/document.xml", "b/mimetype", "b/content.xml"], ["a.docx", "b.ods"]),
        (["a/[Content_Types].xml", "b/xl/workbook.xml"], []),
        (["a/x[Content_Types].xml", "a/xl/workbook.xml"], []),
        (["mimetype", "a/content.xml"], []),
    ],
)
def test_what_is_an_unpacked_workbook(names: list[str], books: list[str]) -> None:
    """The list of contents and the workbook's own part in one folder make one, named as the folder."""
    assert [book.name for book in unpacked_books(names)] == books


def test_parts_come_together(tmp_path: Path) -> None:
    """The workbook has all its parts byte for byte, pictures whole; what else lies there stays a file of its own."""
    found = arrived(tmp_path, packed(*under("资料/表/"), ("资料/表/1.pdf", b"%PDF-1.7"), ("说明.txt", b"x")))

    assert list(found) == ["包.zip/资料/表.xlsx", "包.zip/资料/表/1.pdf", "包.zip/说明.txt"]
    with ZipFile(io.BytesIO(found["包.zip/资料/表.xlsx"].data or b"")) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == PARTS


def test_the_same_bytes_always() -> None:
    """Parts make the same file in whatever order they come."""
    assert put_together(PARTS) == put_together(dict(reversed(PARTS.items())))


@pytest.mark.parametrize(
    ("name", "expected"), [("./a", "a"), ("/a", "a"), (".//./a\\b", "a/b"), (".rels", ".rels"), ("..a/b", "..a/b")]
)
def test_names_from_the_root(name: str, expected: str) -> None:
    """A name is the same with and without a slash or a dot before it."""
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(*under("a/"), ("a/XL/workbook.xml", b"<other/>")), "file-unsafe"),
        (packed(*under("a/"), ("a/xl/big.bin", bytes(PARTS_LIMIT))), "file-too-large"),
    ],
)
def test_parts_that_cannot_be_trusted(tmp_path: Path, data: bytes, code: str) -> None:
    """Parts that come twice, or are too many bytes, are one finding about the workbook."""
    found = arrived(tmp_path, data)
    assert [each.trouble and each.trouble.code for each in found.values()] == [code]


def test_a_folder_that_is_too_large(tmp_path: Path) -> None:
    """Of a folder with too large parts it is said how large they are."""
    for name, data in PARTS.items():
        path = tmp_path / "表" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with (tmp_path / "表/xl/big.bin").open("wb") as file:
        file.truncate(PARTS_LIMIT + MB)
    (found,) = arrivals([tmp_path])

    assert (found.path, found.trouble and found.trouble.code, found.data) == ("表.xlsx", "file-too-large", None)
