"""Which of several lists of a thing a row is in: an item of a rule, an entry of the contacts' form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from fazhi_xl.notice.rules import Part, Plain
from fazhi_xl.setup.book.declared.table import Level

_MODELS: Mapping[str, type[Plain]] = MappingProxyType(
    {get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(Part)[0])}
)


def lists_of(level: Level, node: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the lists that a thing can have: a rule's part those of its kind; all where there is no kind that is known."""
    model = _MODELS.get(str(node.get("kind")))
    return tuple(each for each in level.variants or () if model is None or each in model.model_fields)


def list_of(level: Level, said: object, node: Mapping[str, Any]) -> str | None:
    """Name the list that a row is in: by its word, or where that is blank the only one that there can be. None where neither says."""
    if not level.variants:
        return level.path
    there = lists_of(level, node)
    return (
        next(iter(there), None)
        if said is None and len(there) == 1
        else next((each for each in there if each == said), None)
    )
