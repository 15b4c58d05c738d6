"""Times collecting again: what has not changed is not read again. Usage: python benchmarks/again.py [RETURNS].

A rehearsal's returns are collected from the beginning, then with nothing changed, then with one more return, of which there are
RETURNS, 45 where it is not said: the rehearsal's own, and copies of them with other bytes and other days, as units send their forms again.
Given are CPU seconds of whole processes, and how they compare with those from the beginning.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

ROOT = Path(__file__).resolve().parents[1]
STORE, RETURNS = ".cache.sqlite", "回收"


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 45
    with tempfile.TemporaryDirectory() as folder:
        _run("--rehearse", "--out", folder)
        space = Path(folder) / "演练"
        for path, data in islice(_copies(space / RETURNS), max(0, wanted - 45)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for written in ("结果", "审核"):
            shutil.rmtree(space / written)
        (space / STORE).unlink()
        first = _told(f"{wanted} returns from the beginning", space)
        _told("nothing has changed", space, first)
        path, data = next(_copies(space / RETURNS, -1))
        path.parent.mkdir()
        path.write_bytes(data)
        _told("one more return", space, first)


def _copies(returns: Path, first: int = 1) -> Iterator[tuple[Path, bytes]]:
    """Give the returns again and again, each time a year later and with another remark at the end of the file."""
    whole = [path for path in sorted(returns.rglob("*.xlsx")) if _is_whole(path)]
    for no in count(first):
        for path in whole:
            day = date(1990, 1, 1) + timedelta(days=no)
            yield returns / str(day) / path.name, _remarked(path, no)


def _is_whole(path: Path) -> bool:
    try:
        with ZipFile(path):
            return True
    except (OSError, BadZipFile):
        return False


def _remarked(path: Path, no: int) -> bytes:
    with tempfile.NamedTemporaryFile() as file:
        file.write(path.read_bytes())
        with ZipFile(file, "a") as package:
            package.comment = str(no).encode()
        return Path(file.name).read_bytes()


def _told(what: str, space: Path, first: float | None = None) -> float:
    """Time a collect on one processor, and print that."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run("--out", str(space), "--jobs", "1")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(f"{what:<36}{took:8.2f} s" + (f"{took / first:8.3f}" if first else ""))
    return took


def _run(*order: str) -> None:
    command = [sys.executable, str(ROOT / "collect.py"), *order, "--quiet"]
    if subprocess.run(command, check=False).returncode not in {0, 1}:  # 1 says that some return needs attention
        message = f"failed: {command}"
        raise RuntimeError(message)


if __name__ == "__main__":
    main()
