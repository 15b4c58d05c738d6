"""Who fills in what: the sub-points that each unit gains and loses."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Unit
from fazhi_xl.setup.compare.differences import Load
from fazhi_xl.setup.compare.pairs import Pairs


def loads(pairs: Pairs) -> Iterator[Load]:
    """Give each unit whose sub-points differ, the old ones in their order, then those that are new."""
    before, now = assign(pairs.old), assign(pairs.new)
    for each in pairs.units:
        old, new = each.before, None if each.merged else each.now
        load = _load(pairs, (old, before[old.short] if old else ()), (new, now[new.short] if new else ()))
        if load.fresh or load.gained or load.dropped or load.lost:
            yield load


def _load(pairs: Pairs, old: tuple[Unit | None, tuple[str, ...]], new: tuple[Unit | None, tuple[str, ...]]) -> Load:
    known = {now: then for then, now in pairs.codes.items()}
    kept = {pairs.codes.get(code) for code in old[1]}
    gained = [code for code in new[1] if code not in kept]
    lost = [code for code in old[1] if pairs.codes.get(code) not in new[1]]
    return Load(
        old=old[0],
        new=new[0],
        many_before=len(old[1]),
        many_now=len(new[1]),
        fresh=tuple(code for code in gained if code not in known),
        gained=tuple(code for code in gained if code in known),
        dropped=tuple(code for code in lost if code not in pairs.codes),
        lost=tuple(code for code in lost if code in pairs.codes),
    )
