"""What rows of review books consist of, made once for all books of a catalogue that a process reads and writes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

from fazhi_xl.form.compiled import Shared
from fazhi_xl.form.formula_text import FormulaTexts
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.same import Same

_Made = TypeVar("_Made")
_MOST = 100_000  # formulas kept; the book of a whole district has some thousand


class MadeOnce:
    """Makes each thing once; in `shared` is what was compiled of its formulas, and in `texts` how they are written."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Any] = {}
        self.shared, self.texts = Shared(), FormulaTexts()

    def of(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Make what a key stands for, or reuse it: the key identifies all that it depends on besides the catalogue and the year."""
        if key not in self._made:
            if len(self.shared.built) >= _MOST:
                self._made, self.shared, self.texts = {}, Shared(), FormulaTexts()
            self._made[key] = make()
        return self._made[key]  # type: ignore[no-any-return] # a key stands for things of one kind


def made_once(notice: Notice, this_year: int) -> MadeOnce:
    """Give what is kept of the rows of a catalogue, in whose books one may decide until the end of a year."""
    return _of(Same(notice), this_year)


@lru_cache(maxsize=4)
def _of(_: Same, __: int) -> MadeOnce:
    return MadeOnce()
