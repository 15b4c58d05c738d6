"""A workbook as read comes back equal from what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.xlsx.reader import Comment, Extra, RawBook, RawSheet
from fazhi_xl.xlsx.reader.kept import book_of_bytes, book_to_bytes
from fazhi_xl.xlsx.reader.model import SheetState

TEXT = st.text(max_size=8)
NUMBER = st.integers(min_value=1, max_value=70)
PLACE = st.tuples(TEXT, NUMBER, NUMBER)
OF_SHEET: Mapping[str, SearchStrategy[Any]] = {
    "name": TEXT,
    "state": st.sampled_from(SheetState),
    "protected": st.booleans(),
    "merges": st.lists(TEXT, max_size=3).map(tuple),
    "cut": st.booleans(),
    "hidden_rows": st.frozensets(NUMBER),
    "hidden_columns": st.frozensets(NUMBER),
    "filtered": st.booleans(),
}
OF_COMMENT: Mapping[str, SearchStrategy[Any]] = {
    "sheet": TEXT,
    "row": NUMBER,
    "column": NUMBER,
    "text": TEXT,
    "author": TEXT,
}
CELL = st.builds(RawCell, TEXT, NUMBER, NUMBER, st.sampled_from(CellKind), TEXT, st.booleans())
OF_BOOK: Mapping[str, SearchStrategy[Any]] = {
    "kind": TEXT,
    "sheets": st.lists(st.builds(RawSheet, **OF_SHEET), max_size=3).map(tuple),
    "cells": st.lists(CELL, max_size=4).map(tuple),
    "names": st.dictionaries(TEXT, TEXT, max_size=3),
    "date1904": st.booleans(),
    "outside": st.integers(min_value=0, max_value=9),
    "client": TEXT,
    "formulas_known": st.booleans(),
    "properties": st.dictionaries(TEXT, TEXT, max_size=3),
    "comments": st.lists(st.builds(Comment, **OF_COMMENT), max_size=2).map(tuple),
    "struck": st.frozensets(PLACE, max_size=3),
    "disguised": st.frozensets(PLACE, max_size=3),
    "formats": st.dictionaries(PLACE, TEXT, max_size=3),
    "extras": st.frozensets(st.sampled_from(Extra)),
    "sent_back": st.booleans(),
    "front": st.lists(CELL, max_size=3).map(tuple),
}


@pytest.mark.parametrize(("made", "parts"), [(RawBook, OF_BOOK), (RawSheet, OF_SHEET), (Comment, OF_COMMENT)])
def test_every_part_is_tried(made: Any, parts: Mapping[str, object]) -> None:  # noqa: ANN401 - a class
    """A part that is added to a workbook has to be kept too."""
    assert {each.name for each in fields(made)} == parts.keys()


@given(st.builds(RawBook, **OF_BOOK))
def test_comes_back(book: RawBook) -> None:
    """Every part of it comes back as it was, of the same type, texts that no encoding has included."""
    odd = replace(book, client=f"{book.client}\ud800")
    again = book_of_bytes(book_to_bytes(odd))
    assert again == odd
    assert all(type(cell) is RawCell and type(cell.kind) is CellKind for cell in again.cells)
    assert list(again.names) == list(book.names)
    assert {type(getattr(again, each.name)) for each in fields(RawBook)} == {str, tuple, dict, bool, int, frozenset}
