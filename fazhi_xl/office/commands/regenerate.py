"""A round collected once more as it was when it was sealed, in a process whose clock is the office's of then.

`python -m fazhi_xl.office.commands.regenerate` takes an order as JSON from its standard input, and answers with a line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import IO, cast

from fazhi_xl.errors import FazhiError
from fazhi_xl.notice.load import load
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.folder import Json, Workspace
from fazhi_xl.office.workspace.progress import Nobody

_ROOT = Path(__file__).parents[3]
_MODULE = "fazhi_xl.office.commands.regenerate"


def regenerate(root: Path, again: Again, *, passwords: tuple[str, ...] = (), jobs: int = 1) -> str:
    """Collect the round in a folder, in a process of its own; gives why that could not be done, or nothing."""
    order = {"root": str(root), "again": asdict(again), "passwords": passwords, "jobs": jobs}
    with subprocess.Popen(  # noqa: S603 - our own module, run by our own interpreter
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={**os.environ, "TZ": clock_of(again)},
    ) as child:
        try:
            said, _ = child.communicate(json.dumps(order).encode())
        except BaseException:
            child.kill()
            raise
    with suppress(ValueError, KeyError):
        return str(json.loads(said)["failed"])
    return f"程序中断了(状态{child.returncode})"


def clock_of(again: Again) -> str:
    """Give the office's clock as every system takes it (POSIX, 8.3): its hours count to the west."""
    east = cast("timedelta", again.now.utcoffset())
    minutes = -int(east.total_seconds() // 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def collect_again(root: Path, again: Again, *, passwords: tuple[str, ...] = (), jobs: int = 1) -> None:
    """Collect the round in a folder, in this process. Raises FazhiError where that cannot be done."""
    order = CollectOrder(
        sources=Sources(paths=(root / again.returns,), passwords=passwords, jobs=jobs),
        previous=root / again.earlier if again.earlier else None,
    )
    collect(load(root / again.catalogue), Workspace(root), order, Nobody(), now=again.now)


def main() -> int:
    back = _own_output()
    held: Json = json.load(sys.stdin)
    again, passwords = Again.of(json.dumps(held["again"]).encode()), tuple(held["passwords"])
    failed = ""
    try:
        collect_again(Path(held["root"]), again, passwords=passwords, jobs=held["jobs"])
    except FazhiError as error:
        failed = str(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the one who asked says so
        failed = type(error).__name__
    back.write(json.dumps({"failed": failed}).encode())
    back.flush()
    return 0


def _own_output() -> IO[bytes]:
    """Give the standard output, and let nobody else write there."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


if __name__ == "__main__":
    sys.exit(main())
