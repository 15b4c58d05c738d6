"""Issuing a unit's form again with what can be read of a return: for one that was damaged, retyped or is of an older edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from fazhi_xl.answers.read import Answers
from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Topic
from fazhi_xl.form.expression import Value
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import alone
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import Corrections
from fazhi_xl.xlsx.writer.form import draw

FOLDER = "补发"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """The new file, how many answers it carries over, and the findings of those that could not be."""

    path: Path
    kept: int
    left: tuple[Finding, ...]


def rescue(notice: Notice, space: Workspace, file: Path, progress: Progress) -> Rescued:
    """Write a fresh form with the readable answers of one return. Raises WrongUseError where nobody's answers can be read."""
    examined = examine(notice, space, file, progress)
    result = examined.result
    if result.answers is None or result.unit is None:
        message = f"{file}:{result.findings[0].message}"
        raise WrongUseError(message)
    values = readable(result.answers)
    form = examined.forms[result.unit]
    target = space.root / FOLDER / file_name(notice, form.unit)
    space.make(target.parent)
    with alone(space):
        space.write(target, refilled(notice, form, values))
    left = tuple(each for each in result.findings if each.code.topic is Topic.UNREAD or each.code is Code.ROW_MISSING)
    return Rescued(path=target, kept=len(values), left=left)


def readable(answers: Answers) -> Mapping[str, Value]:
    """Drop what cannot stand in its cell; what is merely contradictory stays for the unit to see."""
    return {key: value for key, value in answers.values.items() if key not in left_out(answers)}


def left_out(answers: Answers) -> frozenset[str]:
    """Name the fields whose values cannot stand in their cells."""
    return frozenset(
        each.place.field for each in answers.findings if each.code.topic is Topic.UNREAD and each.place.field
    )


def refilled(
    notice: Notice,
    form: Form,
    values: Mapping[str, Value] = MappingProxyType({}),
    corrections: Corrections | None = None,
) -> bytes:
    """Draw a unit's form anew, with these answers and with what has to be corrected."""
    title = f"{notice.about.short_title}任务分解表"
    held = {**form.prior, **values}
    return draw(form.shape, notice.theme, title=title, values=held, corrections=corrections).fill(form.slots)
