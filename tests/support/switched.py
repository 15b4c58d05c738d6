"""A round whose catalogue is switched to another reading: issued again with --force, the same returns and decisions collected."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

from fazhi_xl.answers.read import value_text
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.choices import KeptBy, Kind, Scope
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.registers import Register
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.commands.rehearse import rehearse
from fazhi_xl.office.ranking.alternatives import ScoredRound
from fazhi_xl.office.ranking.score_units import score_units
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.review.session import Review, ReviewContext, ReviewOrders, review_round
from fazhi_xl.office.review.undecided import undecided
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.points import show
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.scoring.model import UnitScore
from tests.support.progress import Silent

Told = dict[str, tuple[str | None, int | None]]
"""Total and rank of each unit that has a total."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """A round in a folder of its own, with the folder of its catalogue."""

    catalogue: Path
    space: Workspace
    now: datetime

    @property
    def notice(self) -> Notice:
        return load(self.catalogue)

    def copied(self, root: Path) -> Played:
        """Give the same round, with its catalogue, in another folder."""
        catalogue = Path(copytree(self.catalogue, root / self.catalogue.name))
        return Played(catalogue=catalogue, space=Workspace(Path(copytree(self.space.root, root / "out"))), now=self.now)

    def switch(self, reading: str, option: str) -> None:
        """Choose another option, and issue again."""
        path = self.catalogue / "readings.toml"
        before = path.read_text("utf-8")
        pattern = rf'(?ms)(^key = "{re.escape(reading)}"$.*?^chosen = )"[^"]*"'
        after, found = re.subn(pattern, lambda said: f'{said[1]}"{option}"', before, count=1)
        assert found
        path.write_text(after, "utf-8")
        order = IssueOrder(force=True, rehearsal=True)
        issue(self.notice, self.space, order, Silent(), today=self.now.date())

    def scored(self) -> ScoredRound:
        """Collect, as far as the scores."""
        files, review = self._reviewed()
        forms, decided = review.context.forms, review.decided
        standing = score_units(
            self.notice, forms, files, decided, undecided=any(not each.for_sealing for each in review.open)
        )
        return ScoredRound(forms=forms, files=files, decided=decided, standing=standing)

    def _reviewed(self) -> tuple[tuple[FileResult, ...], Review]:
        issued = issued_round(self.notice, self.space)
        files = tuple(read_returns(issued, Sources(), Silent()).files)
        context = ReviewContext(
            notice=issued.notice, space=self.space, forms=issued.forms, edition=issued.edition, now=self.now
        )
        return files, review_round(context, files, ReviewOrders())

    def record(self, entries: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        """Add decisions to the record, by unit and row."""
        path = self.space.review / DECISIONS.path
        held = path.read_text("utf-8").splitlines() if path.exists() else []
        plain: dict[str, Any] = {
            "book": "审核表.xlsx",
            "sha256": "",
            "basis": "",
            "seen": {},
            "replaces": None,
            "bulk": False,
        }
        ids = {each.short: each.id for each in self.notice.units}
        subs = self.notice.sub_points
        for no, ((unit, row), values) in enumerate(entries.items(), len(held) + 1):
            line: dict[str, Any] = {"no": no, "unit": unit, "row": row, "values": dict(values), **plain}
            line |= {"seen": dict(_SEEN.get((unit, row), {})), "recorded": self.now.isoformat(timespec="seconds")}
            line |= {"unit_id": ids.get(unit, ""), "sub_point_id": subs[row].id if row in subs else ""}
            held.append(json.dumps(line, ensure_ascii=False))
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in held), "utf-8")

    def decide(self, seed: int) -> None:
        """Decide everything: registers first, of which scores follow, then claims, what is provided of others, and every score."""
        dice = Random(seed)
        files, _ = self._reviewed()
        self.record(dict(_register_rows(dice, self.notice, [file.unit for file in files if file.counts and file.unit])))
        self.record(dict(_verdicts(dice, files)))
        self.settle(dice)

    def settle(self, dice: Random | None = None) -> None:
        """Decide the scores that are still open: by chance, or, as nothing was answered, with 0."""
        _, review = self._reviewed()
        entries: dict[tuple[str, str], Mapping[str, str]] = {}
        for case in undecided(review.dossier, review.decided):
            if case.out and dice and dice.random() < 0.5:
                entries[case.unit.short, case.sub.code] = {"不涉及": "核准", **_SIGNED}
                continue
            least, most = int(case.sub.least), int(case.sub.ceiling)
            score = dice.choice((most, most, dice.randint(least, most))) if dice else max(0, least)
            entries[case.unit.short, case.sub.code] = {"核定": show(score), "原因": "其他(写明)", **_SIGNED}
        self.record(entries)


_SIGNED = {"审核人": "张三", "审核日期": "2024-02-01"}
_SEEN: dict[tuple[str, str], Mapping[str, str]] = {}


def _register_rows(dice: Random, notice: Notice, units: list[str]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    for register in notice.registers_of(KeptBy.OFFICE):
        match register.scope:
            case Scope.UNIT:
                yield from (((unit, register.code), _row(dice, notice, register)) for unit in units)
            case Scope.ROUND:
                yield ("", f"{register.code}.001"), _row(dice, notice, register)
            case _:
                for no in range(1, 5):
                    row = {"单位": dice.choice(units), **_row(dice, notice, register)}
                    yield ("", f"{register.code}.{no:03d}"), row


def _row(dice: Random, notice: Notice, register: Register) -> dict[str, str]:
    made = dict(_SIGNED)
    for column in register.columns:
        match column.kind:
            case Kind.CHOICE:
                made[column.key] = dice.choice(column.options)
            case Kind.DATE:
                made[column.key] = notice.about.dates.period_start.replace(day=dice.randint(1, 28)).isoformat()
            case Kind.TEXT:
                made[column.key] = "一件事"
            case _:
                made[column.key] = str(dice.randint(0, 40))
    return made


def _verdicts(dice: Random, files: tuple[FileResult, ...]) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    for file in files:
        for row in bonus.codes() if file.counts and file.answers else ():
            if file.answers and file.unit and file.answers.values.get(f"{row}.{bonus.MATTER}"):
                yield (file.unit, row), {"认定": dice.choice(("认可", "认可", "不认可")), **_SIGNED}
        for row in deductions.codes() if file.counts and file.answers else ():
            values = file.answers.values if file.answers else {}
            if file.unit and values.get(f"{row}.{deductions.MATTER}"):
                columns = {
                    key.removeprefix(f"{row}."): value_text(said) or ""
                    for key, said in values.items()
                    if key.startswith(f"{row}.")
                }
                _SEEN[file.unit, row] = columns
                yield (file.unit, row), {"认定": dice.choice(("减分", "减分", "不减分")), **_SIGNED}


def played(root: Path, catalogue: Path, now: datetime, *, official: int | None = None) -> Played:
    """Play a rehearsal of a catalogue; with a seed in `official`, everything is decided."""
    made = Played(catalogue=Path(copytree(catalogue, root / catalogue.name)), space=Workspace(root / "out"), now=now)
    rehearse(made.notice, made.space, Silent(), jobs=1, seed=5, now=now)
    if official is not None:
        made.decide(official)
    return made


def after_switch(round_: Played, root: Path, reading: str, option: str, *, official: bool) -> Told:
    """Switch a reading in a copy of the round, and collect; where the round was official, what is asked anew is decided with 0."""
    then = round_.copied(root)
    then.switch(reading, option)
    if official:
        then.settle()
    return told(then.scored().standing.units)


def told(units: tuple[UnitScore, ...]) -> Told:
    return {unit.unit: (None if unit.total is None else show(unit.total), unit.rank) for unit in units}
