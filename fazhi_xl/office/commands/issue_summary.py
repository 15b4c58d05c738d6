"""The closing lines of an issue: what was issued, and what was taken over from an earlier round."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.office.commands.issue import IssuedFiles
from fazhi_xl.office.history.matches import How
from fazhi_xl.office.outputs.previous_matches import FILE as MATCHES
from fazhi_xl.office.outputs.previous_matches import told
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command

_NAMED = 6


def issue_summary(built: IssuedFiles, space: Workspace) -> Iterator[str]:
    if built.files:
        yield f"已生成{len(built.files)}份任务分解表:{space.issued}"
    if built.unasked:
        yield f"{_few(built.unasked)}没有要填的内容,没有给它们生成表,收表时也不等它们的表。"
    if built.earlier:
        yield from told(built.earlier)
        if any(not each.taken for each in built.earlier.to_confirm):
            yield f"“{How.LIKE}”的没有带入。核对后确是同一得分点的,加 {Command.MATCHES} accept 和 {Command.FORCE} 重新生成。"
        yield f"对应关系:{space.archive / MATCHES}"
    for blank in built.blanks:
        yield f"提醒:{blank.text}"
    if built.blanks:
        yield f"用目录工作簿的,填在它的“通知”表里,再写回。填好后加 {Command.FORCE} 重新生成;不填也可以用。"
    if built.unknown:
        yield f"上期的这些单位不在本期名单里,没有带入:{'、'.join(built.unknown)}。"


def _few(units: tuple[str, ...]) -> str:
    return "、".join(units[:_NAMED]) + (f"等{len(units)}家单位" if len(units) > _NAMED else "")
