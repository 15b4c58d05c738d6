"""Texts of a review book that say nothing: a dash where a reason or a name is asked for is as good as a blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import Answers
from fazhi_xl.form.model import Shape
from fazhi_xl.notice.choices import Kind
from fazhi_xl.text.saying import says_something


def without_bare(
    located: Located, shape: Shape, read: Callable[[Located], Answers], on_record: Callable[[str, str], str]
) -> Located:
    """Blank the texts that say nothing in rows that lack something without them; elsewhere, and where one is on record, they stay.

    `on_record` gives what is on record of a row in a column; earlier versions took a dash for a reason.
    """
    texts = {key: each for key, each in shape.fields.items() if each.kind is Kind.TEXT}
    bare = [
        key
        for key, each in texts.items()
        if (found := located.cells.get(key))
        and found.text.strip()
        and not says_something(found.text)
        and on_record(each.row, each.column) != found.text.strip()
    ]
    if not bare:
        return located
    lacking = {shape.fields[key].row for key in read(_blanked(located, bare)).wrong if key in shape.fields}
    return _blanked(located, [key for key in bare if shape.fields[key].row in lacking])


def _blanked(located: Located, keys: list[str]) -> Located:
    blank = {key: located.cells[key]._replace(text="") for key in keys}
    return replace(located, cells={**located.cells, **blank})
