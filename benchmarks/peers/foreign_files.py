"""Fills a folder with what lies in real ones and is no return: `python -m benchmarks.peers.foreign_files FOLDER COUNT`.

Scans, Word documents, pictures, workbooks of other kinds (.xls, .xlsx), archives and odd files, each another one.
"""

from __future__ import annotations

import random
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl

_KB = 1024


def main(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    kinds = _kinds()
    dice = random.Random(1)  # noqa: S311 - no secret
    for no in range(count):
        ending, data = dice.choices(kinds, (30, 20, 15, 10, 10, 10, 5))[0]
        # Each is another file: the same twice would be read once.
        (folder / f"{no:05}{ending}").write_bytes(data + (b"\n%d" % no if ending in {".pdf", ".jpg", ".txt"} else b""))


def _kinds() -> list[tuple[str, bytes]]:
    noise = random.Random(2).randbytes  # noqa: S311 - no secret
    return [
        (".pdf", b"%PDF-1.7\n" + noise(400 * _KB)),
        (".docx", _packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": noise(120 * _KB)})),
        (".jpg", b"\xff\xd8\xff\xe0" + noise(300 * _KB)),
        (".xlsx", _workbook()),
        (".xls", bytes.fromhex("d0cf11e0a1b11ae1") + noise(150 * _KB)),
        (".zip", _packed({"说明.txt": b"a" * _KB, "图.png": b"\x89PNG\r\n\x1a\n" + noise(200 * _KB)})),
        (".txt", b"abc" * 50),
    ]


def _packed(parts: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _workbook() -> bytes:
    book, made = openpyxl.Workbook(), BytesIO()
    for row in range(40):
        book.worksheets[0].append([f"{row}.{column}" for column in range(8)])
    book.save(made)
    return made.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
