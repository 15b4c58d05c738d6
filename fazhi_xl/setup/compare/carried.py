"""What `--previous` would carry over from the old round to the new one, and what not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fazhi_xl.notice.choices import GivenBy
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.office.history.earlier_answers import asked_for, left_out
from fazhi_xl.office.history.matches import How, Match, catalogue_matches
from fazhi_xl.points import short


class Fate(StrEnum):
    """Whether the earlier answers stand beside the inputs; the values are what the office reads."""

    ALL = "带入"
    SOME = "部分带入"
    ASKED = "核对以后带入"
    NONE = "不带入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What becomes of the earlier answers to a sub-point: which inputs keep them, and what is left out, with the reason."""

    before: SubPoint
    now: SubPoint | None
    how: How
    fate: Fate
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def carried(old: Notice, new: Notice) -> Iterator[Carried]:
    """Tell it of each sub-point of the old catalogue, as forms of the new one will bear the answers."""
    for match in catalogue_matches(new, old):
        before = old.sub_points[match.before.code]
        if match.now is None:
            yield Carried(before=before, now=None, how=match.how, fate=Fate.NONE, left=("得分点取消了",))
        else:
            yield _carried(match, before, match.now)


def _carried(match: Match, before: SubPoint, now: SubPoint) -> Carried:
    then = {each.key: asked_for(each) for each in before.inputs if each.given_by is GivenBy.UNIT}
    own = [each for each in now.inputs if each.key in then or each.given_by is GivenBy.UNIT]
    why = {each.key: left_out(each, then.get(each.key)) for each in own}
    kept = [f"“{each.label}”" for each in own if why[each.key] is None]
    left = [f"“{each.label}”{reason.value}" for each in own if (reason := why[each.key])]
    left += [f"“{label}”本期没有了" for key, (label, *_) in then.items() if key not in why]
    if before.points == now.points:
        kept.insert(0, "得分")
    else:
        left.insert(0, f"得分不带入,分值由{short(before.points)}分改为{short(now.points)}分")
    if before.points == now.points and before.points_by_group != now.points_by_group:
        left.insert(0, "有的排名组分值变了,那些组的得分不带入")
    fate = Fate.NONE if not kept else Fate.ASKED if match.asked else Fate.SOME if left else Fate.ALL
    return Carried(before=before, now=now, how=match.how, fate=fate, kept=tuple(kept), left=tuple(left))
