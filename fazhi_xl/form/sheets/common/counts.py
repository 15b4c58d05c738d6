"""Counts, sums and searches by numbers, and by the words of the catalogue; nothing that was typed is a condition."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span

Pairs = Sequence[tuple[Span, str]]
"""Columns with the word that each has to hold."""


def count_where(pairs: Pairs) -> Expr:
    """Give the number of rows in which every column holds its word."""
    if _plain(pairs):
        return x.call("count_where", *_criteria(pairs))
    return x.add(*(x.when(holds, x.ONE, x.ZERO) for holds in _conditions(pairs)))


def sum_where(amounts: Span, pairs: Pairs) -> Expr:
    """Give the sum of the amounts in those rows; with no column at all, in every row."""
    if not pairs:
        return x.call("sum", amounts)
    if _plain(pairs):
        return x.call("sum_where", amounts, *_criteria(pairs))
    each = zip(map(Ref, amounts.fields), _conditions(pairs), strict=True)
    return x.add(*(x.when(x.both(holds, x.is_number(amount)), amount, x.ZERO) for amount, holds in each))


def _plain(pairs: Pairs) -> bool:
    return all(is_plain(word) for _, word in pairs)


def first_place(number: int, column: Span) -> Expr:
    """Give the place, from 1, of the first cell that holds a number, which one of them does."""
    # One program fails where it has a single cell to search.
    return x.call("place_of", Const(number), column) if len(column.fields) > 1 else x.ONE


_PATTERNS = "*?~"
_CIRCLED = "\u2460", "\u24ff"  # ① and what follows


def is_plain(word: str) -> bool:
    """Tell whether every program takes a condition for this very word, and not for a comparison, a pattern, a number or a day."""
    first = word[:1]
    if any(sign in word for sign in _PATTERNS) or not (first.isalpha() or _CIRCLED[0] <= first <= _CIRCLED[1]):
        return False
    return not first.isascii() or not (any(map(str.isdigit, word)) or word.lower() in {"true", "false"})


def _criteria(pairs: Pairs) -> tuple[Expr, ...]:
    return tuple(part for column, word in pairs for part in (column, Const(word)))


def _conditions(pairs: Pairs) -> tuple[Expr, ...]:
    """Give for each row the condition that its cells hold the words, where COUNTIFS might read one as something else."""
    rows = zip(*(column.fields for column, _ in pairs), strict=True)
    words = [Const(word) for _, word in pairs]
    return tuple(x.both(*(x.equal(Ref(cell), word) for cell, word in zip(row, words, strict=True))) for row in rows)
