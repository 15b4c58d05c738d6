"""What copies of a form that were filled in apart reply to the questions on the sheets in front of them, put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fazhi_xl.office.returns.open import open_all
from fazhi_xl.office.returns.replies import asked_in
from fazhi_xl.office.returns.sources import Sources, arrived
from fazhi_xl.office.returns.stages import OpenedReturn
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Nobody
from fazhi_xl.reports.merged_front import Asked, MergedReply
from fazhi_xl.rounds.replies import FRONT_SHEET, Answer, AskedRow, GivenReply, QuestionCode

Fronts = Mapping[str, Sequence[AskedRow]]
"""The questions in front of each file, by what it is called."""
_WORDED = frozenset({Answer.RIGHT, Answer.CHANGED})  # in whatever words, they say the same


def questions_of(space: Workspace, file: Path, path: str) -> tuple[AskedRow, ...]:
    """Give the questions on the sheet in front of a form: of an archive, of the file with this path within the returns."""
    sources = Sources(paths=(file,))
    found = [each for each in arrived(space, sources) if each.path == path]
    opened = open_all(found, sources, Nobody())
    return asked_in(cell for each in opened if isinstance(each, OpenedReturn) for cell in each.book.front)


def merged_replies(fronts: Fronts) -> tuple[MergedReply, ...]:
    """Give each question of the copies with the reply that those agree on who gave one."""
    rows: dict[QuestionCode, AskedRow] = {}
    for each in (each for asked in fronts.values() for each in asked):
        rows.setdefault(each.question, each)
    given = {question: _given(fronts, question) for question in rows}
    return tuple(
        MergedReply(
            asked=row, text=min(each.text for each in given[question].values()) if _agree(given[question]) else ""
        )
        for question, row in rows.items()
    )


def contradicting(fronts: Fronts) -> Iterator[Asked]:
    """Give the questions that copies reply to otherwise, with what each says, and where."""
    for each in merged_replies(fronts):
        given = _given(fronts, each.asked.question)
        if given and not _agree(given):
            said = ";".join(f"{name}({reply.sheet} {reply.cell}):{reply.text}" for name, reply in given.items())
            yield Asked(sheet=FRONT_SHEET, said=said, todo="答复不同,没有填入。请商量后在下面的“答复”里填好。")


def _given(fronts: Fronts, question: QuestionCode) -> Mapping[str, GivenReply]:
    replies = ((name, each.reply) for name, asked in fronts.items() for each in asked if each.question == question)
    return {name: reply for name, reply in replies if reply}


def _agree(given: Mapping[str, GivenReply]) -> bool:
    """Whether there is a reply, and no other says something else."""
    return len({each.answer if each.answer in _WORDED else each.text for each in given.values()}) == 1
