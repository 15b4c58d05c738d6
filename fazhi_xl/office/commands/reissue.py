"""Issuing a unit's form again with what can be read of a return: for one that was damaged, retyped or is of an older edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Topic
from fazhi_xl.form.manifest import file_name
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.outputs.refill import readable, refilled
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress

FOLDER = "补发"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue:
    """The new file, how many answers it carries over, and the findings of those that could not be."""

    path: Path
    kept: int
    left: tuple[Finding, ...]


def reissue(notice: Notice, space: Workspace, file: Path, progress: Progress) -> Reissue:
    """Write a fresh form with the readable answers of one return. Raises WrongUseError where no unit's answers can be read."""
    examined = examine(notice, space, file, progress)
    result = examined.result
    if result.answers is None or result.unit is None:
        message = f"{file}:{result.findings[0].message}"
        raise WrongUseError(message)
    values = readable(result.answers)
    form = examined.forms[result.unit]
    target = space.root / FOLDER / file_name(notice, form.unit)
    space.make(target.parent)
    with locked(space):
        space.write(target, refilled(notice, form, values))
    left = tuple(each for each in result.findings if each.code.topic is Topic.UNREAD or each.code is Code.ROW_MISSING)
    return Reissue(path=target, kept=len(values), left=left)
