"""A whole round played with invented answers: issued, filled in as units would, faults included, collected and ranked.

It writes only into its own folder, and everything in it is marked as rehearsal data. The faults are planned, so the rehearsal
checks itself: what the collector says of each file must be what was planned.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import partial
from pathlib import Path, PurePosixPath
from random import Random

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import check_values
from fazhi_xl.errors import FazhiError
from fazhi_xl.findings.adjustable import Weight, Weights
from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.switches import weights
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.returns.checks.switched import weighed
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.archive import remove
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import forms_of
from fazhi_xl.office.workspace.lock import LOCK, locked
from fazhi_xl.office.workspace.processes import spread
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status, status_of
from fazhi_xl.text.commands import Command
from fazhi_xl.text.notepad import notepad
from fazhi_xl.xlsx.fill import fill

README = "演练数据说明.txt"
_MARK = "这里的一切都是演练数据:单位名称是真的,填报内容全部由程序编造,不能作为任何结果使用。\n"


class RehearsalError(FazhiError):
    """A file was judged otherwise than the rehearsal planned."""


class Role(StrEnum):
    """What a unit does with its form."""

    GOOD = "good"
    LATE = "late"
    BLANK = "blank"
    WRONG = "wrong"
    TWICE = "twice"
    CORRECTED = "corrected"
    DAMAGED = "damaged"
    ZIPPED = "zipped"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A unit of the rehearsal, with its role; `early` is the day of the first of two returns."""

    form: Form
    role: Role
    seed: int
    early: date


_ROLES: Mapping[Role, int] = {
    Role.LATE: 4, Role.WRONG: 3, Role.BLANK: 1, Role.TWICE: 1, Role.CORRECTED: 2, Role.DAMAGED: 1, Role.ZIPPED: 2, Role.SILENT: 2,
}  # fmt: skip
"""How many units play each where there are enough of them; the others play a good one."""
_ACCEPTED = frozenset({Status.ACCEPTED, Status.ACCEPTED_WITH_NOTES})


def rehearse(notice: Notice, space: Workspace, progress: Progress, *, jobs: int, seed: int, now: datetime) -> Round:
    """Play the round. Raises RehearsalError where a file was judged otherwise than planned."""
    _clear(space)
    order = IssueOrder(rehearsal=True, force=True, jobs=jobs)
    built = issue(notice, space, order, progress, today=now.date())
    early = notice.about.dates.ledger_due - timedelta(days=20)
    players = _cast(forms_of(notice, space, built.edition), early, Random(seed))  # noqa: S311 - a play, not a secret
    expected: dict[str, frozenset[Status]] = {}
    playing = spread(partial(_play, notice=notice, space=space), players, jobs)
    for files in progress.track(playing, "填写演练数据", len(players)):
        for path, data, status in files:
            receive(space, path, data)
            expected |= status
    round_ = collect(notice, space, CollectOrder(sources=Sources(jobs=jobs)), progress, now=now)
    _compare(round_, expected)
    return round_


def receive(space: Workspace, path: str, data: bytes) -> None:
    """Put a file among the returns, in the folder of the day it came."""
    target = space.returns / path
    space.make(target.parent)
    space.write(target, data)
    dated(target)


def dated(target: Path) -> None:
    """Let a file's own time be the day of its folder, so that every rehearsal finds the same."""
    moment = datetime.fromisoformat(target.parent.name).timestamp()
    os.utime(target, (moment, moment))


def _clear(space: Workspace) -> None:
    """Empty the folder. Raises RehearsalError where it holds anything that no rehearsal made."""
    if space.root.is_dir() and (there := [path for path in space.root.iterdir() if path.name != LOCK]):
        held = space.campaign()
        if not (space.root / README).exists() or (held and not Edition.parse(held["version"]).rehearsal):
            message = f"{space.root} 里有不是演练留下的文件,没有改动。请换一个输出位置("
            raise RehearsalError(message, Command.OUT, ")。")
        with locked(space, "演练"):
            for path in there:
                remove(path)
    space.make()
    space.write(space.root / README, notepad(_MARK))
    space.make(space.returns)


def _cast(forms: Iterable[Form], early: date, random: Random) -> list[Player]:
    """Give each unit that has a form its role; with a form that demands nothing, nothing can be wrong."""
    cast = [form for form in forms if form.shape.asks]
    shuffled = [form for form in random.sample(cast, len(cast)) if form.shape.demands]
    given = {form.unit: role for form, role in zip(shuffled, roles_of(len(shuffled)), strict=False)}
    return [
        Player(form=form, role=given.get(form.unit, Role.GOOD), seed=random.randrange(2**32), early=early)
        for form in cast
    ]


def roles_of(units: int) -> list[Role]:
    """Give the roles that are no good ones: of few units every other one, as many different ones as there can be."""
    every = [role for role, count in _ROLES.items() for _ in range(count)]
    if units >= len(every) + 2:
        return every
    turns = range(max(_ROLES.values()))
    return [role for turn in turns for role, count in _ROLES.items() if turn < count][: units // 2]


_File = tuple[str, bytes, dict[str, frozenset[Status]]]


def _play(player: Player, notice: Notice, space: Workspace) -> list[_File]:
    """Give what a unit sends: path within the returns, bytes, and how each file should be judged."""
    random = Random(player.seed)  # noqa: S311 - a play, not a secret
    made = invented_answers.answers(notice, player.form.shape, random)
    name = file_name(notice, player.form.unit)
    issued = (space.issued / name).read_bytes()
    due = notice.about.dates.ledger_due
    off = random.randint(2, 9) if player.role is Role.LATE else -random.randint(0, 9)
    path = f"{due + timedelta(days=off)}/{name}"
    if player.role is Role.SILENT:
        return []
    if player.role is Role.DAMAGED:
        whole = filled(player.form, issued, made)
        return [(path, whole[: min(20_000, len(whole) // 2)], {path: frozenset({Status.REJECTED})})]
    if player.role is Role.BLANK:
        return [(path, issued, {path: frozenset({Status.NEEDS_CORRECTION})})]
    if player.role is Role.WRONG:
        spoilt = filled(player.form, issued, made | invented_answers.wrong(player.form.shape, made, random))
        return [(path, spoilt, {path: frozenset({Status.NEEDS_CORRECTION})})]
    judged = _judged(player.form, made, weights(notice.switches, due + timedelta(days=off)))
    return list(_sound(player, path, filled(player.form, issued, made), issued, judged))


def _judged(form: Form, made: Mapping[str, Value], made_of: Weights) -> frozenset[Status]:
    """Say how what was made up is judged: as accepted, unless a notice asks for what cannot be."""
    values = {key: value for key, value in made.items() if value not in {None, ""}}
    off = frozenset(code for code, weight in made_of.items() if weight is Weight.OFF)
    told = weighed(check_values(form.shape, values, Located(), off=off), made_of, {}, form.shape).told
    return frozenset({Status.NEEDS_CORRECTION}) if status_of(told) is Status.NEEDS_CORRECTION else _ACCEPTED


def _sound(player: Player, path: str, filled: bytes, issued: bytes, judged: frozenset[Status]) -> Iterator[_File]:
    name = PurePosixPath(path).name
    if player.role is Role.ZIPPED:
        archive = path.replace(".xlsx", ".zip")
        yield archive, _zipped(name, filled), {f"{archive}/{name}": judged}
        return
    yield path, filled, {path: judged}
    if player.role is Role.TWICE:
        again = path.replace(".xlsx", " (1).xlsx")
        yield again, filled, {path: judged | {Status.DUPLICATE}, again: judged | {Status.DUPLICATE}}
    if player.role is Role.CORRECTED:
        early = f"{player.early}/{name}"
        yield early, issued, {early: frozenset({Status.SUPERSEDED}), path: judged}


def filled(form: Form, issued: bytes, made: Mapping[str, Value]) -> bytes:
    """Fill in a form as it was issued."""
    cells = ((form.shape.places[key], value) for key, value in made.items() if value not in {None, ""})
    return fill(issued, [(at.sheet, at.cell, float(v) if isinstance(v, Fraction) else v) for at, v in cells])


def _zipped(name: str, data: bytes) -> bytes:
    """Pack a file as old programs do: the name in GBK, without the flag that says so."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return memory.getvalue()


def _compare(round_: Round, expected: Mapping[str, frozenset[Status]]) -> None:
    found = {file.path: file.status for file in round_.files}
    odd = [f"{path}:{found.get(path)}" for path, planned in expected.items() if found.get(path) not in planned]
    if odd or found.keys() != expected.keys():
        differing = ";".join(odd or sorted(found.keys() ^ expected.keys()))
        message = f"演练没有按预定走完:{differing}。请把这一行和演练的文件夹交维护人员。"
        raise RehearsalError(message)
