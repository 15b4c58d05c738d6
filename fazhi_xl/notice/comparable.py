"""What of a notice has to be the same before results of two districts can be compared: what is scored, and how."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal

from fazhi_xl.notice.model import Item, Notice, Scoring, SubPoint
from fazhi_xl.points import show

Record = dict[str, object]
_POINTS = ("full", "bonus_cap", "deduction_cap", "total_cap")


def catalogue_digest(notice: Notice) -> str:
    """Digest the year, the items and the sub-points with their points, facts and rules.

    What a district words in its own way (names, texts, departments, units, days, looks) is not in it.
    """
    caps = [[list(cap.sub_points), str(cap.at_most)] for cap in notice.about.loss_caps]
    held = [notice.about.year, [_item(item) for item in notice.items], caps]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, default=str).encode()).hexdigest()


def _item(item: Item) -> list[object]:
    own = [item.id, item.no, item.aspect, item.name, str(item.points)]
    return [*own, [_sub_point(sub) for sub in item.sub_points]]


def _sub_point(sub: SubPoint) -> list[object]:
    marks = {group: str(points) for group, points in sorted(sub.points_by_group.items())}
    bounds = [str(sub.points), marks, str(sub.least), str(sub.most)]
    facts = [[each.key, each.kind.value] for each in sub.inputs]
    return [sub.id, sub.code, bounds, facts, sub.rule.model_dump(mode="python")]


def scoring_record(scoring: Scoring) -> Record:
    """Give the figures by which units are scored, for JSON: points as decimal strings."""
    points = {name: None if (held := getattr(scoring, name)) is None else show(held) for name in _POINTS}
    return {**scoring.model_dump(mode="json", exclude=set(_POINTS)), **points}


def scoring_of_record(record: Mapping[str, object]) -> Scoring:
    """Read what `scoring_record` gave. Raises ValueError, pydantic's or from wrong decimals, where it is damaged."""
    points = {name: None if record[name] is None else Decimal(str(record[name])) for name in _POINTS if name in record}
    return Scoring.model_validate({**record, **points})
