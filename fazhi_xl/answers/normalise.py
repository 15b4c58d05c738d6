"""Turns what stands in a cell into a value of the field's kind. This is done here, once, and every change is on record.

Text that cannot be read for certain stays text: the field's own check then asks for it. Text never becomes 0, and blank stays blank.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from fazhi_xl.answers.locate import Found
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Kind


@dataclass(frozen=True, slots=True)
class Normal:
    """A value, and the text it is shown as where that differs from what was typed."""

    value: Value
    changed_to: str | None = None


_INVISIBLE = {"Cf", "Cc"}
_KEPT = "\n\t"  # they part words, so they are not dropped
_HALF_WIDTH = str.maketrans({"　": " ", **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}})
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
_YES = frozenset({"√", "✓", "✔", "y", "yes", "true"})
_NO = frozenset({"×", "✗", "✘", "n", "no", "false"})
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIALS = range(20_000, 60_000)  # 1954 to 2064: no other number in a date's cell can be meant as a day


def normalise(field: Field, found: Found, *, date1904: bool = False) -> Normal:
    """Read a cell by its field's kind."""
    cleaned = clean(_BOOLEANS[found.text] if found.kind == "b" else found.text)
    if cleaned == "":
        return Normal(None)
    normal = _READERS[field.kind](field, found, cleaned, date1904)
    shown = normal.changed_to or (cleaned if found.kind == "s" else found.text)
    return Normal(normal.value, None if shown == found.text else shown)


def clean(text: str) -> str:
    """Drop what cannot be seen: control and format characters (line breaks and tabs stay), and spaces at both ends."""
    kept = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _INVISIBLE)
    return kept.strip()


def _number(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if found.kind == "n":
        return Normal(_exact(cleaned, field))
    plain = _plain_number(cleaned.translate(_HALF_WIDTH), field.measure)
    if found.kind != "s" or plain is None:
        return Normal(cleaned)
    return Normal(_exact(plain, field), plain)


def _plain_number(text: str, measure: str) -> str | None:
    """Read 5, 5次, 1,234 or １２; give None where there is any doubt."""
    bare = text.removesuffix(measure).strip()
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    return bare if _NUMBER.fullmatch(bare) else None


def _exact(text: str, field: Field) -> Value:
    """Give the number typed: a binary fraction's noise goes, further decimals stay for the check to see."""
    raw = Decimal(text)
    if abs(raw) >= Decimal(10) ** 15:
        return text
    kept = round(raw, field.places)
    exact = Fraction(kept if abs(kept - raw) < Decimal("1e-9") else raw)
    return int(exact) if exact.denominator == 1 else exact


def _date(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if found.kind == "n":
        return _numeric_date(cleaned, 1462 if date1904 else 0)
    if found.kind == "d":
        return _iso_date(cleaned)
    day = _written_date(cleaned.translate(_HALF_WIDTH))
    return Normal(day, str(day)) if day else Normal(cleaned)


def _iso_date(text: str) -> Normal:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return Normal(text)
    day = moment.date()
    return Normal(day, None if moment.time() == time() else str(day))


def _numeric_date(text: str, shift: int) -> Normal:
    """Read a day's number, with or without a time of day, or the eight digits of a date."""
    number = Decimal(text)
    whole = int(number)
    if whole + shift in _SERIALS:
        day = date(1899, 12, 30) + timedelta(days=whole + shift)
        return Normal(day, None if whole == number else str(day))
    written = _written_date(str(whole)) if whole == number else None
    return Normal(written, str(written)) if written else Normal(Fraction(number))


def _written_date(text: str) -> date | None:
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _choice(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if cleaned in field.options:
        return Normal(cleaned)
    folded = unicodedata.normalize("NFKC", cleaned)
    for option in field.options:
        if folded == unicodedata.normalize("NFKC", option) or _means(folded.lower(), option):
            return Normal(option, option)
    return Normal(cleaned)


def _means(word: str, option: str) -> bool:
    return (option == "是" and word in _YES) or (option == "否" and word in _NO)


def _text(field: Field, found: Found, cleaned: str, date1904: bool) -> Normal:  # noqa: ARG001, FBT001 - one signature
    if found.kind == "n" and cleaned.endswith(".0"):
        return Normal(cleaned[:-2])
    return Normal(cleaned)


_READERS = {Kind.CHOICE: _choice, Kind.WHOLE: _number, Kind.DECIMAL: _number, Kind.DATE: _date, Kind.TEXT: _text}
