"""内容校验码 of a return: computed here over its cells as its formulas saw them, and as the file stores it.

The cells count as they are stored, not as they are understood: a number that was typed as a text is a text to a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from unicodedata import normalize

from fazhi_xl.answers.located import Found, Located
from fazhi_xl.answers.normalise import SINCE_1904
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.compiled import Evaluator, Formulas
from fazhi_xl.form.expression import EPOCH, Value
from fazhi_xl.form.identity import ALPHABET
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit.content_code import FRONT, LETTERS, SEAL_FIELD, SUMS, bare_formulas

_BASIC = 0xFFFF  # beyond it programs count a character as one or as two
_ZERO = datetime.combine(EPOCH, datetime.min.time())
_DAY = 86_400  # seconds
_ALIKE = str.maketrans({"O": "Q", "0": "Q", "1": "L", "I": "L"})


class Unlike(StrEnum):
    """Why programs do not agree on the code of a return: what stands in one of its inputs."""

    ERROR = "错误值"
    TRUTH = "TRUE、FALSE 这样的逻辑值"
    RARE = "生僻字或表情符号"
    BREAK = "从别的程序带来的换行"
    NO_RESULT = "没有算出结果的公式"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentCode:
    """The code over a return's inputs: six letters or `未填`; `stored` is what the file has, blank where it has none.

    Where programs do not agree on it, `unlike` says why, and `code` is what the file has.
    """

    code: str
    stored: str = ""
    unlike: Unlike | None = None

    @property
    def certain(self) -> bool:
        """Whether what stands on paper has to be the same."""
        return self.unlike is None


def content_code(
    shape: Shape, located: Located, *, date1904: bool = False
) -> tuple[ContentCode | None, tuple[Finding, ...]]:
    """Give the code of a located return, and what is to be said of it; None where its form has none.

    With `date1904` days count from 1904 in the file.
    """
    if FRONT not in shape.formulas:
        return None, ()
    cells = {key: located.cells[key] for key in shape.fields.keys() & located.cells.keys()}
    stored, unlike = _stored(located), next(_unlike(cells.values()), None)
    if unlike:
        return ContentCode(code=stored, stored=stored, unlike=unlike), ()
    values = {key: _seen(found, date1904=date1904) for key, found in cells.items()}
    usual = shape.evaluator(values)
    code = str(usual.field(FRONT))
    if stored == code or not is_code(stored):
        return ContentCode(code=code, stored=stored), ()
    bare = _bare(shape, values)
    if stored == bare.field(FRONT):
        return ContentCode(code=stored, stored=stored), ()
    return ContentCode(code=code, stored=stored), tuple(_stale(located, (usual, bare), stored, code))


def _stale(located: Located, computed: Iterable[Evaluator], stored: str, code: str) -> Iterator[Finding]:
    """Report a stored code that is another than that of the contents, of a file in which a program has computed numbers of rows.

    A program that never calculates keeps what was issued, which says nothing.
    """
    at = located.cells[SEAL_FIELD]
    sums = {key: found for key, found in located.cells.items() if key.endswith(f".{SUMS.code}") and found.formula}
    numbers = {key: _number(found.text) for key, found in sums.items() if found.kind is CellKind.NUMBER}
    if at.formula and any(number and number == each.field(key) for each in computed for key, number in numbers.items()):
        place = Place(sheet=at.sheet, cell=at.cell, field=SEAL_FIELD)
        yield finding(Code.CONTENT_CODE_STALE, place, value=stored, right=code)


def is_code(text: str) -> bool:
    """Say whether a text is a code."""
    return len(text) == LETTERS and set(text) <= set(ALPHABET)


def same_code(one: str, other: str) -> bool:
    """Compare codes as they are read off paper: case, blanks and hyphens, and letters that look alike, make no difference."""
    return _plain(one) == _plain(other)


def read_code(text: str) -> str | None:
    """Give a code as it was typed off paper, in capital letters; None where it is none."""
    typed = _capitals(text)
    return typed if len(typed) == LETTERS and typed.isascii() and typed.isalnum() else None


def _plain(code: str) -> str:
    return _capitals(code).translate(_ALIKE)


def _capitals(text: str) -> str:
    return "".join(normalize("NFKC", text).upper().replace("-", "").split())


def _stored(located: Located) -> str:
    found = located.cells.get(SEAL_FIELD)
    return found.text.strip() if found and found.kind is CellKind.TEXT else ""


def _unlike(cells: Iterable[Found]) -> Iterator[Unlike]:
    for found in cells:
        text = found.text
        if found.kind is CellKind.ERROR:
            yield Unlike.ERROR
        elif found.kind is CellKind.BOOLEAN:
            yield Unlike.TRUTH
        elif found.kind is CellKind.TEXT:
            if found.formula and not text:
                yield Unlike.NO_RESULT
            if not text.isascii() and max(map(ord, text)) > _BASIC:
                yield Unlike.RARE
            if "\r" in text or "_x000D_" in text:
                yield Unlike.BREAK


def _seen(found: Found, *, date1904: bool) -> Value:
    """Give a cell as formulas see it."""
    if found.kind is CellKind.NUMBER:
        return _number(found.text)
    if found.kind is CellKind.DATE:
        with suppress(ValueError):
            return _serial(datetime.fromisoformat(found.text)) - (SINCE_1904 if date1904 else 0)
    return found.text or None


def _number(text: str) -> Value:
    if text.isdecimal():
        return int(text)
    try:
        exact = Fraction(Decimal(text))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return int(exact) if exact.denominator == 1 else exact


def _serial(moment: datetime) -> int | Fraction:
    passed = moment - _ZERO
    return passed.days + Fraction(passed.seconds, _DAY) if passed.seconds else passed.days


# In a program without code points -------------------------------------------------------------------------------------


def _bare(shape: Shape, values: Mapping[str, Value]) -> Evaluator:
    return Evaluator({**dict.fromkeys(shape.fields), **shape.given, **values}, _bare_formulas(shape))


@lru_cache(maxsize=64)
def _bare_formulas(shape: Shape) -> Formulas:
    return Formulas(bare_formulas(shape.formulas))
