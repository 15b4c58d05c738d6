"""collect.py --pack: the round is collected, and its evidence packed for the system above.

What packs is imported when it is called: a plain collect loads none of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from fazhi_xl.cli.console import ATTENTION, DONE, Terminal
from fazhi_xl.office.commands.collect import CollectOrder, collected_whole
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import seen_by_path

if TYPE_CHECKING:
    from fazhi_xl.office.packing.pack import PackOrder


def pack_round(
    space: Workspace, campaign: str | None, order: CollectOrder, terminal: Terminal, *, now: datetime
) -> int:
    """Collect, say how the round stands, and pack; gives the exit status. Raises WrongUseError."""
    from fazhi_xl.office.packing.pack import pack  # noqa: PLC0415

    wanted = _collected(space, campaign, order, terminal, now=now)
    attention = pack(space, wanted, terminal)
    return ATTENTION if attention or wanted.round_.needs_attention else DONE


def _collected(
    space: Workspace, campaign: str | None, order: CollectOrder, terminal: Terminal, *, now: datetime
) -> PackOrder:
    """Collect; of the files that came no more is kept than where their bytes are had again."""
    from fazhi_xl.office.packing.pack import PackOrder  # noqa: PLC0415

    whole = collected_whole(issued_campaign(space, campaign), space, order, terminal, now=now)
    for line in round_summary(whole.round_, space):
        terminal.say(line)
    return PackOrder(
        round_=whole.round_,
        forms=whole.forms,
        arrivals=tuple(each.without_bytes() for each in whole.arrivals),
        seen=seen_by_path(whole.round_.files),
        passwords=order.sources.passwords,
    )
