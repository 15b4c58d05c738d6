"""Leaves a round as today's version does, for tests/data/rounds: `uv run python -m tests.earlier_versions.make_round 2026-11-29`.

Three units of the rollover to 2021 under another name, issued with the answers of a round of 2020, returned, and reviewed in part.
Made anew only while no version that made it is out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from os import chdir
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from fazhi_xl.cli import build_command, collect_command
from fazhi_xl.notice.load import load
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import Office
from tests.support.reviews import Entry, Reviewing

ROUNDS = Path(__file__).parents[1] / "data" / "rounds"
NAME = "wujin-2021"
BEFORE, UNITS = ("政协机关", "信访局", "消防大队"), ("政协机关", "信访局", "消防救援大队")
LEFT_OUT = ("发放", "结果", ".lock")
ROWS: Mapping[str, Mapping[str, Entry]] = {
    "32/14.1": {"核定": 0.5, "原因": "佐证材料不足"},
    "32/14.4": {"核定": 8, "原因": "佐证材料不足"},
    "32/19.6": {"核定": 3.5, "原因": "佐证材料不足"},
    "45/14.4": {"核定": 10},
    "交办登记.001": {"单位": "政协机关", "事项": "未按要求报送督察整改材料", "日期": date(2021, 9, 3)},
    "减分登记.001": {
        "单位": "消防救援大队", "情形": "⑥督察通报", "事项": "督察通报第3号", "文号": "督察通报第3号", "认定": "减分",
    },
}  # fmt: skip


def play(folder: Path, out: Path, units: tuple[str, ...], *options: str) -> Office:
    """Issue the units' forms, receive them filled in, and collect."""
    named = [option for unit in units for option in ("--unit", unit)]
    build_command.main([str(folder), *named, "--out", str(out), "--quiet", *options])
    notice = load(folder)
    office, day = Office(notice, out), date(notice.about.year, 11, 18)
    for seed, unit in enumerate(units, 3):
        office.receive(f"{day}/{office.path(unit).name}", office.filled(unit, office.good(unit, seed)), day)
    collect_command.main(["--out", str(out), "--quiet", *options])
    return office


def entries() -> Iterator[tuple[str, Entry]]:
    for row, columns in ROWS.items():
        signed = {**columns, "审核人": "张三", "审核日期": date(2022, 1, 12)}
        yield from ((f"{row}.{column}", value) for column, value in signed.items())


def make(root: Path, target: Path) -> None:
    """Play the round in a folder, and pack it."""
    catalogue = copytree(CAMPAIGN.with_name("zhonglou-2021"), root / NAME, ignore=ignore_patterns("README.md"))
    about = (catalogue / "notice.toml").read_text("utf-8").replace('"ZL2021"', '"WJ2021"')
    (catalogue / "notice.toml").write_text(about, "utf-8")
    play(CAMPAIGN, root / "old", BEFORE)
    office = play(catalogue, root / "new", UNITS, "--previous", str(root / "old"))
    Reviewing(office).enter(dict(entries()))
    collect_command.main(["--out", str(office.root), "--quiet"])
    (office.space.archive / "目录" / f"{NAME}.来源.txt").write_text(f"D:/法治/{NAME}\n", "utf-8")
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for path in sorted(each for each in office.root.rglob("*") if each.is_file()):
            name = path.relative_to(office.root)
            if name.parts[0] not in LEFT_OUT and not (name.parts[0] == "存档" and len(path.stem) == 64):
                packed.write(path, name)


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        chdir(folder)
        make(Path(folder), ROUNDS / f"{sys.argv[1]}.zip")
