"""What comes next once a round is collected, in one line: the office is not left with a list of files."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.office.review.write_books import BOOK
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import DIFFERENCES
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.commands import Command


def next_step(round_: Round, space: Workspace, *, report_only: bool = False) -> str:
    """Say what the office does next. With `report_only` nothing but report.json was written."""
    if report_only:
        return "下一步:要排名表和审核表的,不写这个选项再收一次表。"
    if round_.due and not round_.files:
        return f"下一步:把收到的表放进 {space.returns},再收一次表。"
    if round_.official and not round_.unsealed:
        return f"下一步:{_settled(round_)}。"
    steps = [*_of_units(round_, space), *_of_office(round_, space)]
    return f"下一步:{';'.join(steps)};办好再收一次表。"


def _of_units(round_: Round, space: Workspace) -> Iterator[str]:
    """Say what is asked of units."""
    if space.corrections.is_dir():
        yield f"把 {space.corrections} 里的文件发给单位改、答复"
    if round_.missing:
        yield f"催没有报的{len(round_.missing)}家(文字在排名表的“催报”里)"


def _of_office(round_: Round, space: Workspace) -> Iterator[str]:
    """Say what the office has to look at and to decide itself."""
    if any(file.status is Status.REJECTED for file in round_.files):
        yield "读不出来的文件照“问题清单”办"
    matters = round_.open or round_.unsealed
    yield f"在 {space.review / BOOK} 里" + (f"定下没有定的{len(matters)}项" if matters else "核定")


def _settled(round_: Round) -> str:
    """Say what is done with an official ranking of which nothing is open."""
    waiting = f"没有报的{len(round_.missing)}家不再等的," if round_.missing else ""
    if round_.sealed is None:
        return f"{waiting}核对排名表和反馈单,再定稿:{Command.SEAL} 第一稿 {Command.BY} 姓名"
    if round_.sealed.same:
        return f"发反馈单和通报;归档:{Command.ARCHIVE}"
    return f"看排名表的“{DIFFERENCES}”;确实要改定的,另出一稿:{Command.SEAL} 名称 {Command.BY} 姓名"
