"""Shows the memory and the time that a collect takes over thousands of files that are no returns of the round.

Usage: python benchmarks/foreign_files.py [FILES]. The folder holds what lies in real ones: scans, Word documents, pictures, workbooks of
other kinds (.xls, .ods, .xlsx), archives and odd files. Given are, for few files and for many, wall seconds and the peak memory of the
largest process, and what a file adds to it.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
_FEW = 100
_KB = 1024


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 5793
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_collected(Path(folder) / str(count), count) for count in (_FEW, files))
    for count, (seconds, memory) in ((_FEW, few), (files, many)):
        print(f"{count:6} files {seconds:7.1f} s, peak {memory / _KB:6.0f} MB")
    print(f"a file adds   {(many[1] - few[1]) / (files - _FEW):7.1f} KB")


def _collected(place: Path, count: int) -> tuple[float, int]:
    """Issue a round, fill its folder with so many files, and collect it; give wall seconds and peak memory in KB."""
    _run("build_workbooks.py", "--out", str(place), "--quiet")
    _fill(place / "回收", count)
    return _run("collect.py", "--out", str(place), "--quiet")


def _fill(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
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


def _run(script: str, *arguments: str) -> tuple[float, int]:
    begun = time.perf_counter()
    quiet = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
    process = os.posix_spawn(
        sys.executable, [sys.executable, str(ROOT / script), *arguments], os.environ, file_actions=actions
    )
    _, status, usage = os.wait4(process, 0)
    os.close(quiet)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        message = f"failed: {script}"
        raise RuntimeError(message)
    return time.perf_counter() - begun, usage.ru_maxrss


if __name__ == "__main__":
    main()
