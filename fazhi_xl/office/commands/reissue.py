"""Issuing a unit's form again with what can be read of a return: for one that was damaged, retyped or is of an older edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, Finding, Topic
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.examine import examine
from fazhi_xl.office.commands.merged_replies import merged_replies, questions_of
from fazhi_xl.office.outputs.refill import readable, refilled
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.handed_over import refuse_handed_over
from fazhi_xl.office.workspace.lock import locked
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.reports.corrections import Corrections
from fazhi_xl.reports.merged_front import MergedReply, merged_front
from fazhi_xl.rounds.replies import FRONT_SHEET

FOLDER = "补发"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue:
    """The new file, how many answers and replies it carries over, and the findings of those answers that could not be."""

    path: Path
    kept: int
    replies: int
    left: tuple[Finding, ...]


def reissue(notice: Notice, space: Workspace, file: Path, progress: Progress) -> Reissue:
    """Write a fresh form with the readable answers of one return. Raises WrongUseError where no unit's answers can be read."""
    refuse_handed_over(space)
    examined = examine(notice, space, file, progress)
    result = examined.result
    if result.answers is None or result.unit is None:
        message = f"{file}:{result.findings[0].message}"
        raise WrongUseError(message)
    values = readable(result.answers)
    form = examined.forms[result.unit]
    replies = merged_replies({file.name: questions_of(space, file, result.path)})
    target = space.root / FOLDER / file_name(notice, form.unit)
    space.make(target.parent)
    with locked(space, "补发", progress):
        space.write(target, refilled(notice, form, values, _front(notice, form, file, replies)))
    left = tuple(each for each in result.findings if each.code.topic is Topic.UNREAD or each.code is Code.ROW_MISSING)
    given = sum(bool(each.text) for each in replies)
    return Reissue(path=target, kept=len(values), replies=given, left=left)


def _front(notice: Notice, form: Form, file: Path, replies: Sequence[MergedReply]) -> Corrections | None:
    """Make the sheet in front of what was asked and replied in front of the return; None where nothing was."""
    if not replies:
        return None
    said = (
        f"由{file.name}补发,读得出的内容已经填在后面的表里。",
        f"原来“{FRONT_SHEET}”里的问题和答复在下面;本页不要删,和表一起发回。",
    )
    front = merged_front(notice, form, said, (), replies)
    return Corrections(front=front, footer=f"表号:{form.number}", marks=(), author=notice.about.office)
