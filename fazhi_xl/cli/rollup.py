"""collect.py --rollup: many districts' results to one ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_xl.addin.open_book import opened
from fazhi_xl.cli.console import ATTENTION, DONE, Terminal, show_json
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.comparable import catalogue_digest
from fazhi_xl.office.commands.district_tasks import Crew
from fazhi_xl.office.workspace.catalogue import open_campaign
from fazhi_xl.office.workspace.folder import Workspace, read_json
from fazhi_xl.text.commands import Command

if TYPE_CHECKING:
    from fazhi_xl.rollup.result import RollUp

FOLDER = Path("out") / "汇总"
_NAMED = 5  # districts of one reason that are named


def roll_up_districts(  # noqa: PLR0913 - one parameter per option
    paths: Sequence[Path],
    out: Path,
    terminal: Terminal,
    *,
    expected: Path | None,
    campaign: str | None,
    crew: Crew,
    as_json: bool,
    open_after: bool,
    now: datetime,
) -> int:
    """Bring districts together, say what came of it, and give the exit status. Raises WrongUseError for wrong use."""
    try:
        from fazhi_xl.rollup.roll_up import RollUpOrder, roll_up  # noqa: PLC0415 - only a roll-up loads what it needs
        from fazhi_xl.rollup.roll_up_json import RESULT_FILE  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise WrongUseError(f"没有装 {error.name},汇总不了。请先运行 ", Command.INSTALL_ROLL_UP, "。") from error
    catalogue = catalogue_digest(open_campaign(campaign)) if campaign else None
    order = RollUpOrder(paths=tuple(paths), expected=expected, catalogue=catalogue, crew=crew)
    space = Workspace(out)
    result = roll_up(space, order, terminal, now=now)
    if as_json:
        show_json(read_json(space.root / RESULT_FILE))
    for line in _summary(result, space):
        terminal.say(line)
    if open_after:
        from fazhi_xl.rollup.book.workbook import BOOK  # noqa: PLC0415

        terminal.say(opened(space.root / BOOK))
    return ATTENTION if result.needs_attention else DONE


def _summary(result: RollUp, space: Workspace) -> Iterator[str]:
    from fazhi_xl.rollup.book.districts import remarks  # noqa: PLC0415
    from fazhi_xl.rollup.book.front import finding  # noqa: PLC0415
    from fazhi_xl.rollup.book.workbook import BOOK  # noqa: PLC0415

    yield f"{result.mark}{finding(result)}"
    left = result.sorted.left_out
    for why in dict.fromkeys(each.why for each in left):
        own = [each for each in left if each.why is why]
        names = "、".join(each.name for each in own[:_NAMED]) + ("等" if len(own) > _NAMED else "")
        yield f"没有计入({why.word})的{len(own)}个:{names}。{own[0].then}"
    yield from remarks(result.sorted)
    yield f"汇总排名:{space.root / BOOK}"
    yield "下一步:没有计入的照上面写的办,再汇总一次。" if left else "下一步:打开汇总排名看一遍,再上报。"
