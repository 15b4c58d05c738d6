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
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["fazhi_xl.xlsx.reading"]):
    from fazhi_xl.findings import Finding
    from fazhi_xl.xlsx.reading import RawBook, RejectedError, read
    from tests.xlsx.reading.seeds import seeds

_DEFAULTS = ("-max_total_time=60", "-max_len=200000", "-timeout=30", "-rss_limit_mb=1500")
_RARE = "workbook"  # a package whose workbook says nothing goes to a process of its own, which takes its time
_STOPPED = "file-reader-stopped"  # depends on the machine


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in seeds().items():
            (Path(folder) / name).write_bytes(data)
        chosen = sys.argv[1:] or list(_DEFAULTS)
        atheris.Setup([sys.argv[0], *chosen, folder], _try, custom_mutator=_mutate)
        atheris.Fuzz()


def _try(data: bytes) -> None:
    first, second = _outcome(data), _outcome(data)
    stopped = any(isinstance(each, Finding) and each.code == _STOPPED for each in (first, second))
    if first != second and not stopped:
        message = f"two answers: {first!r:.500} and {second!r:.500}"
        raise AssertionError(message)


def _outcome(data: bytes) -> RawBook | Finding:
    try:
        return read(data)
    except RejectedError as refusal:
        if refusal.__cause__ is not None and "内容读不出来" in refusal.finding.message:
            raise  # an error nobody thought of: refused all the same, but worth a look
        return refusal.finding


def _mutate(data: bytes, size: int, seed: int) -> bytes:
    dice = random.Random(seed)  # noqa: S311 - the fuzzer's own seed
    if dice.random() < 0.1:
        return bytes(atheris.Mutate(data, size))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - whatever is wrong with the package
        return bytes(atheris.Mutate(data, size))
    names = [name for name in parts if _RARE not in name or dice.random() < 0.1]
    if names:
        name = dice.choice(names)
        parts[name] = bytes(atheris.Mutate(parts[name], max(len(parts[name]) * 2, 64)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue() if made.tell() <= size else data


if __name__ == "__main__":
    main()
