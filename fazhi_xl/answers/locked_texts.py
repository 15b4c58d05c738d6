"""Locked content as it came back, against what was issued. The issued value is what counts, always."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.normalise import clean
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.model import CODE_COLUMN, Computed, Field, Form, Given, Label, Points, Shape, Slot
from fazhi_xl.points import in_points
from fazhi_xl.text.one_line import whole_start

_Locked = Label | Slot | Points | Given
_BLANK = "(空白)"
_SHOWN, _BEFORE = 40, 8  # characters of a long text, and how many of them before the first difference


def changed_texts(form: Form, located: Located) -> Iterator[Finding]:
    """Report labels, points and given figures that differ from what was issued; missing cells are reported as missing rows or columns."""
    for key, content, same_for_all in _locked(form.shape):
        found = located.cells.get(key)
        if found and found.text == same_for_all:
            continue
        issued, spot = issued_text(form, content), located.spot(key)
        if not issued or spot is None:
            continue
        now = clean(found.text) if found else ""
        if not same(issued, now):
            # Two long texts are cut to where they begin to differ.
            differs_at = next((at for at, pair in enumerate(zip(issued, now, strict=False)) if pair[0] != pair[1]), 0)
            start = whole_start(now, max(0, differs_at - _BEFORE)) if max(len(issued), len(now)) > _SHOWN else 0
            old, new = (_excerpt(text, start, differs_at) for text in (issued, now))
            place = Place(sheet=spot.sheet, cell=spot.cell, field=key)
            yield finding(Code.LOCKED_CHANGED, place, value=new or _BLANK, issued=old, label=key.rpartition(".")[0])


@lru_cache(maxsize=64)
def _locked(shape: Shape) -> tuple[tuple[str, _Locked, str | None], ...]:
    """Give the locked cells, with the text that each has in every unit's form, None where that is to be compared otherwise."""
    locked = ((key, content) for _, key, content in shape.coded if not isinstance(content, Field | Computed))
    every = ((key, content, _same_for_all(content)) for key, content in locked if not key.endswith(f".{CODE_COLUMN}"))
    return tuple(each for each in every if each[2] != "")


def _same_for_all(content: _Locked) -> str | None:
    if isinstance(content, Slot):
        return None
    text = _text_for_all(content)
    return text if clean(text) == text else None


def _excerpt(text: str, start: int, differs_at: int) -> str:
    """Cut out what stands around a difference, which is shown in any case."""
    end = max(whole_start(text, start + _SHOWN), differs_at + 1)
    return ("…" if start else "") + text[start:end] + ("…" if text[end:] else "")


def overwritten_formulas(form: Form, located: Located) -> Iterator[Finding]:
    """Report once how many computed cells hold no formula any more; their values are computed here in any case."""
    held = located.cells
    without = [key for key in form.shape.formulas if key not in held or not held[key].formula]
    gone = [spot for key in without if (spot := located.spot(key))]
    if gone:
        yield finding(Code.FORMULA_OVERWRITTEN, Place(sheet=gone[0].sheet, cell=gone[0].cell), count=len(gone))


def issued_text(form: Form, content: _Locked) -> str:
    """Give what a locked cell was issued with."""
    if isinstance(content, Slot):
        return form.slots.get(content.name) or form.prior.get(content.name, "")
    return _text_for_all(content)


def _text_for_all(content: Label | Points | Given) -> str:
    if isinstance(content, Label):
        return content.text
    return str(in_points(content.hundredths) if isinstance(content, Points) else content.value)


def same(issued: str, now: str) -> bool:
    """Compare as clients leave it: width, spaces and line ends do not count, nor does how a number is written."""
    if issued == now:
        return True
    one, other = folded(issued), folded(now)
    return one == other or (exact_number(one) is not None and exact_number(one) == exact_number(other))


def folded(text: str) -> str:
    """Leave out what is no difference between texts: width, spaces, characters that do not show."""
    return _folded_before(text) if len(text) <= _REMEMBERED else _folded(text)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


_REMEMBERED = 200  # characters
_folded_before = lru_cache(maxsize=1 << 13)(_folded)


def exact_number(text: str) -> Decimal | None:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    return exact if exact.is_finite() else None
