"""Collecting a round with its evidence: each file is opened once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evidence_files import send_evidence
from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, script, spent
from benchmarks.parts.round import played
from benchmarks.setting import Part, Setting, Table

_FEW, _MANY = 500, 5_000


@dataclass(kw_only=True)
class _Round:
    """A round with so many files of evidence, which is brought into the state that a collect is to find."""

    setting: Setting
    files: int
    collected: bool = False

    @property
    def space(self) -> Path:
        return self.setting.place / "evidence"

    @property
    def units(self) -> list[str]:
        return [each["unit"] for each in json.loads((self.space / "campaign.json").read_text("utf-8"))["units"]]

    def from_the_beginning(self) -> None:
        played(self.setting, self.space.name)
        send_evidence(self.space / "回收", self.units, self.files)
        self.collected = True  # by what is measured now

    def with_one_more(self) -> None:
        if not self.collected:
            self.from_the_beginning()
            spent(self.command)
        (self.space / "回收" / self.units[0] / "又一份.txt").write_bytes(str(id(self)).encode())
        self.collected = False

    @property
    def command(self) -> tuple[str, ...]:
        return script("collect.py", "--out", self.space, "--report-only", "--quiet")

    @property
    def peers(self) -> tuple[Peer, ...]:
        return (
            Peer(name="every file opened", command=self.command, before=self.from_the_beginning),
            Peer(name="one more file", command=self.command, before=self.with_one_more),
        )


def _figures(setting: Setting) -> Iterator[Figure]:
    sizes = [_FEW, _MANY] if setting.full else [_FEW]
    yield from compared("evidence", lambda size: _Round(setting=setting, files=size).peers, sizes, setting.patience)


EVIDENCE = Part(
    tables={
        "evidence": Table(
            title="Collecting with evidence",
            about="The whole command with `--report-only`, over the returns of all 45 units and so many files: scans, texts, "
            "photographs, OFDs, documents.",
        )
    },
    figures=_figures,
)
"""Half of the files lie in folders, half in an archive for each unit."""
