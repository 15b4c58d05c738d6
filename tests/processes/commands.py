"""The commands as processes that can be killed, held up, or run as somebody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path

PROJECT = Path(__file__).parents[2]
_LEFT_OUT = ("PYTHON", "COV")


def environment() -> dict[str, str]:
    usual = {key: value for key, value in os.environ.items() if not key.startswith(_LEFT_OUT)}
    return usual | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def command(script: str, *arguments: str | Path) -> list[str]:
    return [sys.executable, str(PROJECT / script), *map(str, arguments)]


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(script, *arguments),
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@contextmanager
def started(script: str, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command in a session of its own; whatever is left of it at the end is killed."""
    process = subprocess.Popen(
        command(script, *arguments),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".") and path.suffix == ".tmp"]


def broken(folder: Path) -> list[Path]:
    """Give every finished file of a workspace that is not whole: read to its end, by what it is."""
    return [
        path for path in folder.rglob("*") if path.is_file() and path not in unfinished(folder) and not _whole(path)
    ]


def _whole(path: Path) -> bool:
    data = path.read_bytes()
    if path.parent.name == "存档":
        return sha256(data).hexdigest() == path.stem
    if path.suffix == ".json":
        return bool(json.loads(data))
    if path.suffix == ".txt":
        return data.endswith("日\r\n".encode())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.testzip() is None
    return True
