"""What is kept to spare work: found again as it was, never taken for what it is not, and never needed."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.store import STORE, Kept, Store, stored
from tests.support.progress import Silent

SECRET = bytes(32)
KIND = Kept.STANDING


@dataclass
class Heard(Silent):
    said: list[str] = field(default_factory=list)

    def say(self, *parts: str) -> None:
        self.said.append("".join(parts))


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "out")
    made.make()
    made.key()
    return made


def kept(space: Workspace, key: str = "a") -> bytes | None:
    """Give what another run finds under a key."""
    with stored(space, Silent()) as store:
        return store.get(KIND, key)


def keep(space: Workspace, value: bytes = b"1", key: str = "a") -> list[str]:
    """Keep a value, and give what is said."""
    heard = Heard()
    with stored(space, heard) as store:
        store.put(KIND, key, value)
    return heard.said


def test_found_again(space: Workspace) -> None:
    """What one run keeps the next one finds, and under another key nothing."""
    assert (kept(space), keep(space)) == (None, [])
    assert (kept(space), kept(space, "b")) == (b"1", None)
    keep(space, b"2")
    assert kept(space) == b"2"


def test_nothing_kept_no_file(space: Workspace) -> None:
    """A run that keeps nothing makes no file."""
    kept(space)
    assert not (space.root / STORE).exists()


def test_kept_though_the_run_fails(space: Workspace) -> None:
    """What a run has found before it ends with an error is kept."""
    with pytest.raises(KeyError):
        _fail(space)
    assert kept(space) == b"1"


def _fail(space: Workspace) -> None:
    with stored(space, Silent()) as store:
        store.put(KIND, "a", b"1")
        raise KeyError


@pytest.mark.parametrize(
    "spoilt",
    [b"", b"no database", b"SQLite format 3\x00" + bytes(200), b"\xff" * 8192],
    ids=["empty", "text", "head", "noise"],
)
def test_damaged(space: Workspace, spoilt: bytes) -> None:
    """A file that is damaged holds nothing, and is made anew without a word."""
    (space.root / STORE).write_bytes(spoilt)
    assert kept(space) is None
    assert (keep(space), kept(space)) == ([], b"1")


def test_half_of_it(space: Workspace) -> None:
    """So is one of which the end is missing."""
    for no in range(200):
        keep(space, bytes(500), str(no))
    path = space.root / STORE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    kept(space, "7")
    assert (keep(space), kept(space)) == ([], b"1")


def test_of_another_version(space: Workspace) -> None:
    """A file of another version is of no use, and no hindrance."""
    with closing(sqlite3.connect(space.root / STORE)) as base, base:
        base.execute("CREATE TABLE kept_1 (name TEXT)")
    assert kept(space) is None
    assert (keep(space), kept(space)) == ([], b"1")


def test_tampered_with(space: Workspace) -> None:
    """A value that is not as it was kept, or stands under another key, is not taken."""
    keep(space)
    keep(space, b"3", "c")
    with closing(sqlite3.connect(space.root / STORE)) as base, base:
        base.execute("UPDATE kept_1 SET value = ? WHERE key = 'a'", (b"2",))
        base.execute("UPDATE kept_1 SET key = 'd' WHERE key = 'c'")
    assert (kept(space), kept(space, "d")) == (None, None)


def test_of_another_round(space: Workspace) -> None:
    """What another round's folder kept is not taken: its secret is another."""
    keep(space)
    space.key_file.unlink()
    space.key()
    assert kept(space) is None


def test_cannot_be_written(space: Workspace) -> None:
    """Where the file cannot be written, the run goes on, and says so in one line."""
    (space.root / STORE).mkdir()
    assert kept(space) is None
    path = space.root / STORE
    assert keep(space) == [f"{path} 写不进去,下次要慢一些,结果不受影响。这个文件可以删去,下次会重新生成。"]


def test_held_by_another_program(space: Workspace) -> None:
    """A file that another program holds is let go of: what is kept is of no worth to wait for."""
    keep(space)
    with closing(sqlite3.connect(space.root / STORE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert kept(space) is None
        keep(space, b"2")
    # Windows removes no file that somebody has open.
    assert kept(space) in ({b"1"} if sys.platform == "win32" else {b"2", None})


def test_a_killed_run(space: Workspace) -> None:
    """A run that was killed leaves what was kept before it."""
    keep(space)
    killed = Store(space.root / STORE, space.key())
    killed.put(KIND, "a", b"2")
    assert kept(space) == b"1"
    killed._shut()  # noqa: SLF001 - as the system does


def test_old_ones_are_dropped(space: Workspace) -> None:
    """What was of no use in ten runs is dropped; what is asked for stays."""
    for key in ("asked for", "forgotten"):
        keep(space, key=key)
    for no in range(10):
        kept(space, "asked for")
        keep(space, key=str(no))
        with stored(space, Silent()) as store:
            store.get(KIND, "asked for")
            store.put(KIND, "new", b"1")
    assert (kept(space, "asked for"), kept(space, "forgotten")) == (b"1", None)
