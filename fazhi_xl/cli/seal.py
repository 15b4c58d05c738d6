"""collect.py --seal: the round is collected, and its results become a sealed edition.

What seals is imported when it is called: a plain collect loads none of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from fazhi_xl.cli.console import ATTENTION, DONE, Terminal
from fazhi_xl.office.commands.collect import CollectOrder, collected_whole
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.text.commands import Command

SEAL = "--seal"
Seal = Annotated[
    str | None,
    typer.Option(
        SEAL,
        metavar="名称",
        rich_help_panel="审核",
        help="收表,都定了就定稿:结果和依据原样存到 DIR/定稿,编号、只读,以后不再改动;要用 --by 写明由谁负责。",
    ),
]


def seal_round(  # noqa: PLR0913 - what is asked of a round
    space: Workspace,
    campaign: str | None,
    order: CollectOrder,
    terminal: Terminal,
    *,
    name: str,
    by: str,
    now: datetime,
) -> int:
    """Collect, say how the round stands, and seal; gives the exit status. Raises WrongUseError."""
    from fazhi_xl.office.sealing.naming import refuse_unfit, refuse_used  # noqa: PLC0415
    from fazhi_xl.office.sealing.seal import SealOrder, names_used, seal  # noqa: PLC0415

    refuse_unfit(name, by)
    refuse_used(name, names_used(space))
    whole = collected_whole(issued_campaign(space, campaign), space, order, terminal, now=now)
    for line in round_summary(whole.round_, space):
        terminal.say(line)
    wanted = SealOrder(
        name=name, by=by, round_=whole.round_, now=now, earlier=order.previous, sources=order.sources.paths
    )
    seal(space, wanted, terminal)
    terminal.say(f"下一步:发反馈单和通报;归档:{Command.ARCHIVE}。")
    return ATTENTION if whole.round_.needs_attention else DONE
