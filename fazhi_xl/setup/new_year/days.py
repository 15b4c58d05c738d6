"""The days of a catalogue, so many years later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any


def later(day: date, years: int) -> date:
    """Give the same day so many years later; for 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def days_of(node: object) -> Iterator[date]:
    """Yield every day in a table."""
    if isinstance(node, date):
        yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for each in inner:
        yield from days_of(each)


def with_days_later(node: Any, years: int) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Give a table with every day so many years later."""
    if isinstance(node, date):
        return later(node, years)
    if isinstance(node, dict):
        return {key: with_days_later(value, years) for key, value in node.items()}
    return [with_days_later(each, years) for each in node] if isinstance(node, list) else node
