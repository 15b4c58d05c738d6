"""Normalises a cell into a value of its field's kind. Nowhere else does so, and every change is reported.

Text that cannot be read for certain stays text: the field's own check then asks for it. Text never becomes 0, and blank stays blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from fazhi_xl.answers.located import Found
from fazhi_xl.answers.written_days import END, SERIALS, day_number, written_day
from fazhi_xl.cells import CellKind
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.rules import NO, NOT_APPLICABLE, YES
from fazhi_xl.text.characters import public
from fazhi_xl.text.dates import day_of
from fazhi_xl.text.number_format import shown


class Normal(NamedTuple):
    """A value, and the text it is shown as where that differs from what was typed."""

    value: Value
    changed_to: str | None = None


_INVISIBLE = {"Cf", "Cc"}  # format and control characters
_KEPT = "\n\r\t"  # they part words, so they are not dropped
_VARIANTS = "\ufe0e\ufe0f"  # they choose between a sign and its picture
_PICTURES = "\U0001f000"  # from here on a symbol is a picture
_HALF_WIDTH = str.maketrans(
    {"　": " ", "\u00a0": " ", **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}}
)
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
_YES_WORDS = frozenset(
    {"√", "✓", "✔", "☑", "✅", "🗸", "🗹", "y", "yes", "v", "true", "1", "有", "已有", "已完成", "是的", "对", "对的"}
)
_NO_WORDS = frozenset({"×", "✕", "✖", "✗", "✘", "❌", "叉", "n", "no", "false", "没有", "未完成"})
_NONE_WORDS = frozenset({"无", "0"})  # no, unless they may also mean that nothing applies
_OUT_WORDS = frozenset({"无此项", "不适用", "n/a", "/", "—", "——"})
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("零一二三四五六七八九十")} | {"〇": "0", "两": "2"}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_AROUND = END + "'\"“”‘’()【】[]「」"
_APOSTROPHE = re.compile(r"\A(?:['＇](?=[^'＇]+$)|[‘’`](?=[0-9０-９]+[^‘’`]*$))\s*", re.DOTALL)
_SAFE = 15  # figures of a whole number
LARGEST = Decimal(10) ** _SAFE  # from here on a spreadsheet loses digits
_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
_DAY_NUMBER_0 = datetime.combine(day_of(0), time())
SINCE_1904 = 1462  # days that an old Mac's workbook counts less


def normalise(field: Field, found: Found, *, date1904: bool = False) -> Normal:
    """Read a cell by its field's kind."""
    seen = as_seen(field, found, date1904=date1904)
    cleaned = clean(_BOOLEANS[seen.text] if seen.kind is CellKind.BOOLEAN else seen.text)
    if cleaned == "":
        return Normal(None)
    if seen.kind is CellKind.TEXT:
        cleaned = _APOSTROPHE.sub("", cleaned)
    normal = _READERS[field.kind](field, seen, cleaned, date1904)
    kept = normal.changed_to or (cleaned if seen.kind is CellKind.TEXT else seen.text)
    return Normal(normal.value, None if kept == found.text else kept)


def as_seen(field: Field, found: Found, *, date1904: bool) -> Found:
    """Give a number in an input for words as the text that its format shows; as it is stored where that cannot be told."""
    seen = look(found, date1904=date1904) if field.kind in {Kind.TEXT, Kind.CHOICE} else None
    return found._replace(kind=CellKind.TEXT, text=seen, format="") if seen else found


def look(found: Found, *, date1904: bool) -> str | None:
    """Give what the format of a number or a day shows; None where there is none, or it cannot be told."""
    if not found.format:
        return None
    if found.kind is CellKind.DATE:  # as other formats than .xlsx are read
        with suppress(ValueError):
            passed = datetime.fromisoformat(found.text) - _DAY_NUMBER_0
            return shown(Decimal(passed.total_seconds()) / 86400, found.format)
        return None
    number = Decimal(found.text)
    return shown(number, found.format, date1904=date1904) if abs(number) < LARGEST else None


def clean(text: str) -> str:
    """Remove control and format characters, emoji and outer spaces, and use line feeds for all line ends.

    Private characters with a standard meaning become the standard ones, the others stay; so do emoji where there is nothing else.
    """
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip()
    return _cleaned_before(text) if len(text) <= _REMEMBERED else _cleaned(text)


def _cleaned(text: str) -> str:
    known = public(text)
    return _trimmed(known.translate(_CLEANING)) or _trimmed(known.translate(_VISIBLE))


_REMEMBERED = 200  # characters; what a form says itself is in every return
_cleaned_before = lru_cache(maxsize=1 << 13)(_cleaned)


def _trimmed(text: str) -> str:
    return re.sub("\r\n?", "\n", text.replace("_x000D_", "\r")).strip()


class _Cleaning(dict[int, int | None]):
    """A table for `str.translate` that classifies a character when it is first met: most texts use the same few."""

    def __init__(self, *, pictures: bool) -> None:
        super().__init__()
        self._pictures = pictures

    def __missing__(self, code: int) -> int | None:
        character, category = chr(code), unicodedata.category(chr(code))
        picture = not self._pictures and character >= _PICTURES and category in {"So", "Sk"}
        dropped = picture or category in _INVISIBLE or character in _VARIANTS
        self[code] = None if dropped and character not in _KEPT else code
        return self[code]


_CLEANING, _VISIBLE = _Cleaning(pictures=False), _Cleaning(pictures=True)


def half_width(text: str) -> str:
    """Fold the full-width forms of digits, letters and signs; nothing else, as ½ or ² would become other numbers."""
    return text.translate(_HALF_WIDTH)


def _number(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if found.kind is CellKind.NUMBER:
        return Normal(int(cleaned) if cleaned.isdecimal() and len(cleaned) <= _SAFE else _exact(cleaned, field))
    # 5, 5次, 5次。, 1,234, １２ and 两次 are read; where there is any doubt, the text stays.
    bare = half_width(cleaned).rstrip(END).removesuffix(field.measure).strip()
    plain = _NUMERALS.get(bare, bare)
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if found.kind is not CellKind.TEXT or not _NUMBER.fullmatch(plain):
        return Normal(cleaned)
    return Normal(_exact(plain, field), plain)


def _exact(text: str, field: Field) -> Value:
    """Give the number typed: a binary fraction's noise goes, further decimals stay for the check to see."""
    raw = Decimal(text)
    if abs(raw) >= LARGEST:
        return text
    kept = round(raw, field.places)
    exact = Fraction(kept if abs(kept - raw) < Decimal("1e-9") else raw)
    return int(exact) if exact.denominator == 1 else exact


def _figures(text: str) -> str:
    """Write a number without format as programs show it: 15 digits, so without the noise of binary fractions, and no exponent."""
    number = _SHOWN.create_decimal(text)
    return f"{number.normalize():f}" if number.adjusted() >= -_SHOWN.prec and abs(number) < LARGEST else text


def _date(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if found.kind is CellKind.NUMBER:
        # A day's number, with or without a time of day, or the eight digits of a date.
        number, shift = Decimal(cleaned), SINCE_1904 if date1904 else 0
        whole = int(number)
        if whole + shift in SERIALS:
            counted = day_of(whole + shift)
            return Normal(counted, None if whole == number else str(counted))
        written = written_day(str(whole)) if whole == number else None
        return Normal(written.day, str(written.day)) if written else Normal(Fraction(number))
    if found.kind is CellKind.DATE:
        with suppress(ValueError):
            moment = datetime.fromisoformat(cleaned)
            return Normal(moment.date(), None if moment.time() == time() else str(moment.date()))
        return Normal(cleaned)
    text = half_width(cleaned)
    written = written_day(text)
    day = written.day if written else None if date1904 else day_number(text)
    return Normal(day, str(day)) if day else Normal(cleaned)


def _choice(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if cleaned in field.options:
        return Normal(cleaned)
    word = _word(cleaned)
    # 无 and 0 may mean 否 or 不涉及 where both can be chosen.
    noes = _NO_WORDS if NOT_APPLICABLE in field.options else _NO_WORDS | _NONE_WORDS
    synonyms = {YES: _YES_WORDS, NO: noes, NOT_APPLICABLE: _OUT_WORDS}
    alike = [option for option in field.options if word == _word(option)]
    meant = next(iter(alike or [option for option in field.options if word in synonyms.get(option, ())]), None)
    return Normal(meant, meant) if meant else Normal(cleaned)


def _word(text: str) -> str:
    """Fold a chosen word for comparison: width, case, spaces, brackets and quotation marks around it and a full stop do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).removesuffix(".0").strip(_AROUND)


_READERS: Mapping[Kind, Callable[[Field, Found, str, bool], Normal]] = {
    Kind.CHOICE: _choice,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
    Kind.DATE: _date,
    Kind.TEXT: lambda _, found, text, __: Normal(_figures(text) if found.kind is CellKind.NUMBER else text),
}
