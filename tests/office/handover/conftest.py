"""A round's folder in miniature: just enough to be one, with all kinds of files that may lie in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fazhi_xl.office.commands.backup import BackedUp, BackupOrder, backup
from fazhi_xl.office.commands.restore import Restored, RestoreOrder, restore
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.progress import Heard

PASSWORD = "correct horse 12"  # noqa: S105 - a test's own
NOW = datetime(2020, 11, 21, 9, 30, tzinfo=UTC)
CAMPAIGN = "某区-2020"
FILES = {
    "campaign.json": json.dumps({"campaign": CAMPAIGN, "version": "1", "units": [], "shapes": {}}).encode(),
    "campaign.key": b"ab" * 32 + b"\n",
    "回收/2020-11-18/表.xlsx": b"x" * 5000,
    "回收/2020-11-18/~$表.xlsx": b"left by a unit",
    "结果/排名汇总.xlsx": b"",
    "审核/决定.jsonl": b"{}\n",
    "定稿/01_第一稿/定稿.json": b"{}",
    f"存档/目录/{CAMPAIGN}/notice.toml": b"# as issued\n",
}
LEFT = (
    ".lock",
    ".cache.sqlite",
    ".排名汇总.xlsx.abcd1234.tmp",
    "结果/~$排名汇总.xlsx",
    "结果/.~lock.通报.docx#",
    "演练/campaign.json",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round's folder beside its catalogue, and where its backups go."""

    space: Workspace
    catalogue: Path
    target: Path

    @property
    def order(self) -> BackupOrder:
        return BackupOrder(target=self.target, password=PASSWORD, now=NOW)

    def backup(self, **changes: object) -> BackedUp:
        return backup(self.space, replace(self.order, **changes), Heard())  # type: ignore[arg-type]

    def restore(self, out: Path, password: str = PASSWORD) -> Restored:
        return restore(Workspace(out), RestoreOrder(place=self.target, password=password, now=NOW), Heard())


@pytest.fixture(scope="session")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give a backup of such a round, made once."""
    made = made_in(tmp_path_factory.mktemp("backed up"))
    made.backup()
    return made.target.read_bytes()


@pytest.fixture
def made(tmp_path: Path) -> Round:
    return made_in(tmp_path)


def made_in(tmp_path: Path) -> Round:
    root, catalogue = tmp_path / "区里" / "out", tmp_path / "区里" / CAMPAIGN
    for name, data in {**FILES, **dict.fromkeys(LEFT, b"left")}.items():
        write(root / name, data)
    write(catalogue / "notice.toml", b"# in use\n")
    write(catalogue / "items" / "01.toml", b"# item\n")
    write(catalogue / "私人.txt", b"of nobody else's business")
    write(root / "存档" / "目录" / f"{CAMPAIGN}.来源.txt", f"{catalogue}\n../{CAMPAIGN}\n".encode())
    (root / "发放").mkdir()
    (root / "定稿/01_第一稿/定稿.json").chmod(0o444)
    os.utime(root / "回收/2020-11-18/表.xlsx", ns=(0, 1_605_672_000_123_456_700))
    os.utime(root / "发放", ns=(0, 1_605_000_000_000_000_100))
    (root / "定稿/01_第一稿").chmod(0o555)
    target = tmp_path / "U盘" / "备份.zip"
    target.parent.mkdir()
    return Round(space=Workspace(root), catalogue=catalogue, target=target)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def tree(root: Path) -> dict[str, tuple[object, ...]]:
    """Give all files and folders by their paths: contents, times, rights."""
    return {path.relative_to(root).as_posix(): _facts(path) for path in sorted(root.rglob("*"))}


def _facts(path: Path) -> tuple[object, ...]:
    facts = path.stat()
    return (path.read_bytes() if path.is_file() else None, facts.st_mtime_ns, facts.st_mode)
