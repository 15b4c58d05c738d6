"""Counting by the catalogue's words: what was typed is no condition, and no word of the catalogue is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form.compiled import Evaluator
from fazhi_xl.form.expression import Span, Value
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.sheets.common.counts import count_where, first_place, is_plain, sum_where

ROWS = range(4)
KINDS, PLACES, AMOUNTS = (Span(tuple(f"{row}.{column}" for row in ROWS)) for column in ("类", "地", "数"))


@pytest.mark.parametrize("word", ["按时", "已录用", "①表彰奖励", "第6.1项", "A级", "Yes"])
def test_plain_words(word: str) -> None:
    """Such a word is itself wherever a condition is taken."""
    assert is_plain(word)


@pytest.mark.parametrize(
    "word", ["", "<3", ">=5次", "=是", "是*", "是?", "是~", "3", "50%", "E5", "true", "2020年", "-"]
)
def test_words_that_may_be_something_else(word: str) -> None:
    """Comparisons, patterns, and what may be a number, a day or a truth value are no words for a condition."""
    assert not is_plain(word)


def test_formulas() -> None:
    """Plain words go into COUNTIFS and SUMIFS; others are compared row by row."""

    def written(field: str) -> str:
        row, column = field.split(".")
        return {"类": "A", "地": "B", "数": "C"}[column] + str(int(row) + 1)

    assert to_formula(count_where([(KINDS, "按时"), (PLACES, "是")]), written) == 'COUNTIFS(A1:A4,"按时",B1:B4,"是")'
    assert to_formula(sum_where(AMOUNTS, [(KINDS, "按时")]), written) == 'SUMIFS(C1:C4,A1:A4,"按时")'
    assert to_formula(sum_where(AMOUNTS, []), written) == "SUM(C1:C4)"
    assert to_formula(first_place(2, KINDS), written) == "MATCH(2,A1:A4,0)"
    assert to_formula(first_place(2, Span(KINDS.fields[:1])), written) == "1"
    two = Span(KINDS.fields[:2])
    assert to_formula(count_where([(two, "<3")]), written) == '(IF((A1="<3"),1,0)+IF((A2="<3"),1,0))'
    assert to_formula(sum_where(Span(AMOUNTS.fields[:1]), [(Span(two.fields[:1]), "*")]), written) == (
        'IF(AND((A1="*"),ISNUMBER(C1)),C1,0)'
    )


WORDS = st.sampled_from(["是", "<3", "*", "按时"])
CELLS = st.dictionaries(st.sampled_from([*KINDS.fields, *PLACES.fields]), WORDS)
NUMBERS = st.dictionaries(st.sampled_from(AMOUNTS.fields), st.sampled_from([1, 2, "三"]))


@given(WORDS, WORDS, CELLS, NUMBERS)
def test_both_ways_count_alike(kind: str, place: str, cells: dict[str, str], numbers: dict[str, Value]) -> None:
    """However it is written, a row counts where every column holds its word, and what is no number adds nothing."""
    held = [row for row in ROWS if (cells.get(f"{row}.类"), cells.get(f"{row}.地")) == (kind, place)]
    pairs, evaluator = [(KINDS, kind), (PLACES, place)], Evaluator({**cells, **numbers})
    amounts = [numbers.get(f"{row}.数") for row in held]
    assert evaluator.value(count_where(pairs)) == len(held)
    assert evaluator.value(sum_where(AMOUNTS, pairs)) == sum(each for each in amounts if isinstance(each, int))
