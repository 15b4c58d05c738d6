"""Offices with a round to try things on: issued from the 2020 notice, for all its units or a few, in a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.same import Same
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, issue
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.review.session import ReviewOrders
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.office.workspace.issued_round import issued_round, kept_earlier
from fazhi_xl.reports.report_json import file_report
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.fill import fill
from tests.support.packages import Package
from tests.support.progress import Silent

ISSUED = date(2020, 11, 1)
ON_TIME = date(2020, 11, 18)
NOW = datetime(2020, 11, 21, 9).astimezone()
FEW = ("人大常委会机关", "政协机关", "检察院", "信访局")
FIRST, SECOND, THIRD, FOURTH = FEW  # the first two share a shape
Json = dict[str, Any]


def few(notice: Notice, units: tuple[str, ...] = FEW) -> Notice:
    """Give the notice with these units only, the very same each time, so that what is made of it can be kept."""
    return _few(Same(notice), units)


@lru_cache(maxsize=16)
def _few(same: Same, units: tuple[str, ...]) -> Notice:
    notice = same.notice
    return notice.model_copy(update={"units": tuple(unit for unit in notice.units if unit.short in units)})


@dataclass(frozen=True)
class Office:
    """An office with one round: what it issues, receives and collects."""

    notice: Notice
    root: Path

    def copied(self, root: Path) -> Office:
        """Give an office that has done the same in another folder."""
        return Office(self.notice, Path(copytree(self.root, root, dirs_exist_ok=True)))

    @cached_property
    def space(self) -> Workspace:
        return Workspace(self.root)

    def issue(self, *units: str, force: bool = False, jobs: int = 1, drop: bool = False) -> IssuedFiles:
        order = IssueOrder(units=units, force=force, jobs=jobs, drop_answers=drop)
        return issue(self.notice, self.space, order, Silent(), today=ISSUED)

    def path(self, unit: str) -> Path:
        return self.space.issued / file_name(self.notice, unit)

    def issued(self, unit: str) -> bytes:
        return self.path(unit).read_bytes()

    @property
    def record(self) -> Json:
        """What campaign.json says."""
        held: Json = json.loads(self.space.campaign_file.read_text("utf-8"))
        return held

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        edition = Edition.of_record(self.space.issued_campaign())
        previous = json.dumps(kept_earlier(self.space, edition))
        return _forms(Same(self.notice), edition, self.space.key(), previous)

    def good(self, unit: str, seed: int = 1) -> dict[str, Value]:
        """Make up answers that nothing is wrong with."""
        return invented_answers.answers(self.notice, self.forms[unit].shape, Random(seed))

    def filled(self, unit: str, answers: Mapping[str, Value] | None = None) -> bytes:
        """Give the unit's workbook filled in; with good answers where none are given."""
        made = self.good(unit) if answers is None else answers
        places = self.forms[unit].shape.places
        cells = ((places[key].sheet, places[key].cell, _plain(value)) for key, value in made.items())
        return _filled(self.issued(unit), tuple(entry for entry in cells if entry[2] is not None))

    def receive(self, path: str, data: bytes, day: date = ON_TIME) -> Path:
        """Put a file into 回收, with its own time at noon of the day."""
        target = self.space.returns / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        dated(target, day)
        return target

    def collect(
        self,
        *returns: Path,
        jobs: int = 1,
        passwords: tuple[str, ...] = (),
        now: datetime = NOW,
        sections: tuple[str, ...] = (),
    ) -> Round:
        order = CollectOrder(
            sources=Sources(paths=returns, jobs=jobs, passwords=passwords), review=ReviewOrders(sections=sections)
        )
        return collect(self.notice, self.space, order, Silent(), now=now)

    def look(self, passwords: tuple[str, ...] = ()) -> list[Json]:
        """Read and check what is in 回收, as collecting does, and give what its report would say of each file."""
        came = read_returns(issued_round(self.notice, self.space), Sources(passwords=passwords), Silent())
        return [file_report(file) for file in came.files]

    @property
    def report(self) -> Json:
        held: Json = json.loads((self.space.results / REPORT_FILE).read_text("utf-8"))
        return held

    @property
    def ranking(self) -> Package:
        return Package(self.space.results / RANKING_FILE)

    def statuses(self) -> dict[str, str]:
        """Give each file's status, by its path, as the report has it."""
        return {file["path"]: file["status"] for file in self.report["files"]}

    def codes(self, path: str) -> list[str]:
        """Give the codes of the findings about a file, in the report's order."""
        return [each["code"] for each in self.file(path)["findings"]]

    def file(self, path: str) -> Json:
        found: Json = next(file for file in self.report["files"] if file["path"] == path)
        return found

    def unit(self, unit: str) -> Json:
        found: Json = next(each for each in self.report["units"] if each["unit"] == unit)
        return found


@lru_cache(maxsize=32)
def _forms(notice: Same, edition: Edition, key: bytes, previous: str) -> Mapping[str, Form]:
    made = unit_forms(notice.notice, assign(notice.notice), edition=edition, key=key, previous=json.loads(previous))
    return {form.unit: form for form in made}


@lru_cache(maxsize=64)
def _filled(issued: bytes, entries: tuple[tuple[str, str, Any], ...]) -> bytes:
    return fill(issued, entries)


def _plain(value: Value) -> str | int | float | date | None:
    return float(value) if isinstance(value, Fraction) else value


def stored(value: Value) -> str | bool | Fraction:
    """Give what a file stores of a formula's value."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, date):
        return Fraction(serial(value))
    return "" if value is None else Fraction(float(value))


def dated(path: Path, day: date, hour: int = 12) -> None:
    """Set a file's own time."""
    moment = datetime(day.year, day.month, day.day, hour).astimezone().timestamp()
    os.utime(path, (moment, moment))
