"""What is told of an earlier round's units and sub-points, and of what was taken over; `matches_book` writes it down."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.office.history.earlier_answers import Earlier
from fazhi_xl.office.history.matches import How
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.office.workspace.own_books import MATCHES_FILE

FILE = MATCHES_FILE


def matches_json(earlier: Earlier) -> Json:
    """Give what was taken for what, for other programs."""
    return {
        "units": [
            {"before": each.before, "unit": each.now and each.now.short, "how": each.how.value}
            for each in earlier.units
        ],
        "sub_points": [
            {
                "before": each.before.code,
                "code": each.now and each.now.code,
                "how": each.how.value,
                "taken": each.taken,
            }
            for each in earlier.matches
        ],
    }


def told(earlier: Earlier, *, most: int = 20) -> Iterator[str]:
    """Say what was matched, and how: how many of each kind, and in lines of their own those that are not plain."""
    counts = {how: sum(each.how is how for each in earlier.matches) for how in How}
    yield "上期得分点的对应:" + "、".join(f"{how}{count}个" for how, count in counts.items() if count) + "。"
    renamed = [each for each in earlier.units if each.now and each.now.short != each.before]
    lines = [f"上期{each.before} → 本期{each.now.short}({each.how})" for each in renamed if each.now]
    lines += [each.text for each in earlier.matches if each.how in {How.LIKE, How.NONE}]
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  另有{len(lines) - most}条,见“{FILE}”。"
