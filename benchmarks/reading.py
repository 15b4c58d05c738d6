"""Times reading returns, file by file, beside other readers of the same files. Usage: python benchmarks/reading.py [RUNS].

The files are the returns of a rehearsal, and the same saved by LibreOffice where that is installed. Ours reads all that a collect needs
of a file: hash, structure, cells, formulas, protection, names, comments, looks. The others read values alone, and `unzip` inflates every
part and does no more. A file is read by all before the next, and their order is rotated from run to run. Given are CPU milliseconds a
file, of each file the fastest run, and how that compares with ours.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402 - the project is not installed; its folder comes first
import pandas as pd  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from fazhi_xl.xlsx.reader import RejectedError, read  # noqa: E402
from tests.clients.absent import ClientAbsentError  # noqa: E402
from tests.clients.libreoffice import LibreOffice  # noqa: E402
from tests.clients.office import find_programs  # noqa: E402

Files = Sequence[bytes]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        filled = _returns(Path(folder))
        saved = _saved(filled, Path(folder))
    first = _compared("as they were filled in", filled, runs)
    if saved:
        print(f"ratio, saved to filled in  {_compared('saved by LibreOffice', saved, runs) / first:7.2f}")


def _returns(folder: Path) -> Files:
    """Play a round, and give the workbooks that came back whole."""
    command = [sys.executable, str(ROOT / "collect.py"), "--rehearse", "--out", str(folder), "--quiet"]
    subprocess.run(command, check=False)  # 1 says that some return needs attention
    found = sorted((folder / "演练" / "回收").rglob("*.*"))
    return [data for path in found for data in _workbooks(path) if _is_whole(data)]


def _workbooks(path: Path) -> Iterator[bytes]:
    if path.suffix == ".xlsx":
        yield path.read_bytes()
    elif is_zipfile(path):
        with ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())


def _is_whole(data: bytes) -> bool:
    with suppress(RejectedError):
        return bool(read(data).cells)
    return False


def _saved(files: Files, folder: Path) -> Files:
    """Let LibreOffice open and save each file; none where it is not installed."""
    with suppress(ClientAbsentError), LibreOffice(find_programs()) as office:
        return [_resaved(office, data, folder) for data in files]
    return []


def _resaved(office: LibreOffice, data: bytes, folder: Path) -> bytes:
    path = folder / "a.xlsx"
    path.write_bytes(data)
    with office.open(path) as document:
        return document.save_as(folder / "b.xlsx").read_bytes()


def _ours(data: bytes) -> object:
    return hashlib.sha256(data), read(data)


def _calamine(data: bytes) -> object:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def _openpyxl(data: bytes) -> object:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def _pandas(data: bytes) -> object:
    return pd.read_excel(BytesIO(data), sheet_name=None, header=None, engine="openpyxl")


def _unzip(data: bytes) -> object:
    with ZipFile(BytesIO(data)) as archive:
        return [archive.read(each) for each in archive.infolist()]


_OURS = "this reader"
_READERS: Mapping[str, Callable[[bytes], object]] = {
    _OURS: _ours,
    "unzip": _unzip,
    "python-calamine": _calamine,
    "openpyxl, read-only": _openpyxl,
    "pandas with openpyxl": _pandas,
}


def _compared(what: str, files: Files, runs: int) -> float:
    """Print each reader's time; give ours."""
    best = {name: [float("inf")] * len(files) for name in _READERS}
    names = list(_READERS)
    for run in range(runs):
        turn = run % len(names)
        for no, data in enumerate(files):
            for name in names[turn:] + names[:turn]:
                best[name][no] = min(best[name][no], _timed(_READERS[name], data))
    print(f"{len(files)} returns, {what}")
    ours = sum(best[_OURS])
    for name, figures in best.items():
        print(f"{name:22} {1000 * sum(figures) / len(files):7.2f} ms, ours to it {ours / sum(figures):6.3f}")
    return ours


def _timed(reader: Callable[[bytes], object], data: bytes) -> float:
    begun = time.process_time()
    reader(data)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
