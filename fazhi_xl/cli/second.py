"""collect.py --second: the round is collected, and sub-points are drawn for a second opinion.

What draws is imported when it is called: a plain collect loads none of it.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from fazhi_xl.cli.console import ATTENTION, DONE, Terminal
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder, collected
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.workspace.catalogue import issued_campaign
from fazhi_xl.office.workspace.folder import Workspace

_SHARE = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,4})?)\s*[%\uff05]", re.ASCII)


def share_of(text: str) -> Fraction:
    """Read a share as `10%`. Raises WrongUseError for anything else, and for more than the whole."""
    found = _SHARE.fullmatch(text.strip())
    share = Fraction(Decimal(found["number"])) / 100 if found else None
    if share is None or share > 1:
        raise WrongUseError(f"--second 后面的“{text}”不是一个比例。请写0%到100%之间的百分数,例如 --second 10%。")
    return share


def second_round(
    space: Workspace,
    campaign: str | None,
    order: CollectOrder,
    terminal: Terminal,
    *,
    draw: tuple[str, int],
    now: datetime,
) -> int:
    """Collect, say how the round stands, and draw a share with a seed; gives the exit status. Raises WrongUseError."""
    from fazhi_xl.office.commands.second import draw_second  # noqa: PLC0415
    from fazhi_xl.office.review.second.draw import Lot  # noqa: PLC0415

    share, seed = draw
    lot = Lot(share=share_of(share), seed=seed, key=space.key())
    round_, review = collected(issued_campaign(space, campaign), space, order, terminal, now=now)
    for line in (*round_summary(round_, space), *draw_second(space, review, lot, now=now)):
        terminal.say(line)
    return ATTENTION if round_.needs_attention else DONE
