"""Fuzzes the reader of returned files, guided by coverage: `uv run --group fuzz python benchmarks/fuzz_reader.py`.

Whatever the bytes are, `read` gives a book or raises RejectedError, within its limits, and gives the same answer twice. Arguments
go to libFuzzer; without any it runs for 60 seconds. A file that breaks the property is kept as crash-… in the working folder.

A change within a package would mostly break its compression, so most changes are made to one part, and the package is made anew.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["fazhi_xl.xlsx.reader"]):
    from fazhi_xl.findings import Finding
    from fazhi_xl.xlsx.reader import FileKind, RawBook, RejectedError, read, sniff
    from fazhi_xl.xlsx.reader.gate import admit, open_archive
    from fazhi_xl.xlsx.reader.ooxml.outline import MetadataError, read_outline
    from tests.xlsx.reader.seeds import seeds

from fazhi_xl.office.commands.issue import IssueOrder, issue  # noqa: E402 - after what is instrumented
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign  # noqa: E402 - after what is instrumented
from fazhi_xl.office.workspace.folder import Workspace  # noqa: E402 - after what is instrumented
from tests.support.progress import Silent  # noqa: E402 - after what is instrumented

_DEFAULTS = ("-max_total_time=60", "-max_len=200000", "-timeout=30", "-rss_limit_mb=1500")
_ONE_IN = 50  # of the files that go to a process of their own are tried
_STOPPED = "file-reader-stopped"  # depends on the machine


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {**seeds(), "issued": _issued()}.items():
            (Path(folder) / name).write_bytes(data)
        chosen = sys.argv[1:] or list(_DEFAULTS)
        atheris.Setup([sys.argv[0], *chosen, folder], _try, custom_mutator=_mutate, custom_crossover=_cross)
        atheris.Fuzz()


def _issued() -> bytes:
    """Issue one unit's workbook."""
    notice = open_campaign(DEFAULT)
    with tempfile.TemporaryDirectory() as folder:
        space = Workspace(Path(folder))
        issue(notice, space, IssueOrder(units=(notice.units[0].short,)), Silent(), today=date(2020, 11, 1))
        return next(space.issued.glob("*.xlsx")).read_bytes()


def _try(data: bytes) -> None:
    if _goes_apart(data) and zlib.crc32(data) % _ONE_IN:
        return
    first, second = _outcome(data), _outcome(data)
    stopped = any(isinstance(each, Finding) and each.code == _STOPPED for each in (first, second))
    if first != second and not stopped:
        message = f"two answers: {first!r:.500} and {second!r:.500}"
        raise AssertionError(message)


def _goes_apart(data: bytes) -> bool:
    """Tell whether the file is read in a process of its own, which is slow and shows the fuzzer nothing."""
    kind = sniff(data)
    try:
        if kind in {FileKind.XLSX, FileKind.XLSM}:
            read_outline(admit(open_archive(data)))
    except MetadataError:
        return True
    except RejectedError:
        return False
    return kind in {FileKind.XLS, FileKind.XLSB, FileKind.ODS, FileKind.ENCRYPTED}


def _outcome(data: bytes) -> RawBook | Finding:
    try:
        return read(data)
    except RejectedError as refusal:
        if refusal.__cause__ is not None and "内容读不出来" in refusal.finding.message:
            raise  # an error nobody thought of: refused all the same, but worth a look
        return refusal.finding


def _mutate(data: bytes, size: int, seed: int) -> bytes:
    dice = random.Random(seed)  # noqa: S311 - the fuzzer's own seed
    held = _parts(data)
    names = list(held)
    if not names or dice.random() < 0.05:
        return bytes(atheris.Mutate(data, size))
    name = dice.choice(names)
    held[name] = bytes(atheris.Mutate(held[name], max(len(held[name]) * 2, 64)))
    return _packed(held, data, size)


def _cross(data: bytes, other: bytes, size: int, seed: int) -> bytes:
    """Take one part from another package."""
    dice = random.Random(seed)  # noqa: S311 - the fuzzer's own seed
    held, more = _parts(data), _parts(other)
    if not held or not more:
        return data
    name = dice.choice(list(more))
    return _packed({**held, name: more[name]}, data, size)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - whatever is wrong with the package
        return {}


def _packed(held: Mapping[str, bytes], before: bytes, size: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return made.getvalue() if made.tell() <= size else before


if __name__ == "__main__":
    main()
