"""What a person sees of a number under a spreadsheet's number format (ECMA-376 part 1, 18.8.30 and 18.8.31).

Only what every program shows alike is worked out: days and times, a fixed number of digits, words around a number, per cent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from fazhi_xl.text.dates import day_of

_MOST = 1000  # characters of one format; Excel takes 255
_TOKENS = re.compile(
    r'(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].?)|(?P<pad>[_*].?)|(?P<bracket>\[[^\]]*\]?)|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<general>General|G/通用格式)|(?P<science>E[+-])|(?P<moment>y+|m+|d+|h+|s+|a{3,}|e+|[bg]+)"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)|(?P<percent>%)|(?P<text>@)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERAL = {"quoted", "escaped", "other"}
_VALUE = {"digits", "general", "text"}
_COLOUR = re.compile(r"\[(?:[a-z]{3,8}|[黑蓝青绿洋红白黄]+色?|(?:color|颜色) ?[0-9]+)\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_NUMERALS = "〇一二三四五六七八九"
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ONE_DAY = 24 * 60 * 60  # seconds
_DAY_29_FEBRUARY_1900 = 60  # which never was, and is counted
_SINCE_1904 = 1462
# The built-in formats of days and times as Chinese programs show them (18.8.30, and its table for zh-cn).
BUILT_IN: Mapping[str, str] = {
    "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?", "13": "# ??/??", "48": "##0.0E+0",
    "14": "yyyy/m/d", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "yyyy/m/d h:mm", "30": "m-d-yy", "31": "yyyy年m月d日", "32": "h时mm分",
    "33": "h时mm分ss秒", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0",
    **dict.fromkeys(("27", "36", "50", "52", "57"), "yyyy年m月"), **dict.fromkeys(("28", "29", "51", "53", "54", "58"), "m月d日"),
    **dict.fromkeys(("34", "55"), "上午/下午h时mm分"), **dict.fromkeys(("35", "56"), "上午/下午h时mm分ss秒"),
}  # fmt: skip


class Token(NamedTuple):
    """A piece of a number format, and what it is."""

    kind: str
    text: str

    @property
    def literal(self) -> str:
        """What stands for itself."""
        return (
            self.text.strip('"')
            if self.kind == "quoted"
            else self.text.lstrip("\\!")
            if self.kind == "escaped"
            else self.text
        )


Section = tuple[Token, ...]


@lru_cache(maxsize=256)
def sections(code: str) -> tuple[Section, ...]:
    """Take a format apart: its sections for positive, negative and no numbers, and for text."""
    found: list[list[Token]] = [[]]
    for match in _TOKENS.finditer(code[:_MOST]):
        kind = str(match.lastgroup)
        if kind == "end":
            found.append([])
        elif kind != "pad" and not (kind == "bracket" and _COLOUR.fullmatch(match[0])):
            found[-1].append(Token(kind, match[0]))
    return tuple(map(tuple, found))


def shows_moment(code: str) -> bool:
    """Whether numbers are shown as days or times."""
    return any(token.kind in {"moment", "half"} for token in sections(code)[0])


def shows_day(code: str) -> bool:
    """Whether a day is shown whole or nothing of it: not a month alone."""
    letters = {token.text[0].lower() for token in sections(code)[0] if token.kind == "moment"}
    return "d" in letters or not letters & {"y", "e"}


def says_more(code: str) -> bool:
    """Whether a format may show something else than the number's own digits, with their decimals and thousands."""
    return bool(code) and any(_says_more(section) for section in sections(code)[:3])


def _says_more(section: Section) -> bool:
    kinds = [token.kind for token in section]
    words = "".join(token.literal for token in section if token.kind in _LITERAL)
    digits = [token.text for token in section if token.kind == "digits"]
    return (
        bool({"moment", "half", "percent", "science"} & set(kinds))
        or any(map(str.isalnum, words))
        or not _VALUE & set(kinds)
        or len(digits) > 1
        or any("00" in text.partition(".")[0] or text.endswith(",") for text in digits)
        or any(token.kind == "bracket" and not _LOCALE.fullmatch(token.text) for token in section)
    )


def shown(number: Decimal, code: str, *, date1904: bool = False) -> str | None:
    """Give what is seen of a number; None where programs differ, or where nothing is seen."""
    # Decimals have their own arithmetic errors: a number of thirty digits cannot be rounded to two places.
    with suppress(ValueError, ArithmeticError):
        return _shown(number, sections(code), date1904) or None
    return None


def _shown(number: Decimal, parts: Sequence[Section], date1904: bool) -> str:  # noqa: FBT001 - handed on
    """Work out what is seen. Raises ValueError where it cannot be told."""
    numeric = [part for part in parts[:3] if not any(token.kind == "text" for token in part)] or parts[:1]
    place = 1 if number < 0 and len(numeric) > 1 else 2 if number == 0 and len(numeric) > 2 else 0
    section = numeric[place]
    numerals = any(token.text.lower() == "[dbnum1]" for token in section)
    section = tuple(filter(None, map(_plain, section)))
    if any(token.kind in {"moment", "half"} for token in section):
        return "".join(_moments(section, _Moment.of(number, date1904=date1904), numerals=numerals))
    if numerals:
        raise ValueError(number)
    return ("-" if number < 0 and not place else "") + _number(abs(number), section)


def _plain(token: Token) -> Token | None:
    """Give a currency sign as what it is, and leave out what names a language. Raises ValueError for conditions and the like."""
    if token.kind == "science":
        raise ValueError(token)
    if token.kind != "bracket" or token.text.lower() == "[dbnum1]":
        return token if token.kind != "bracket" else None
    if not (match := _LOCALE.fullmatch(token.text)):
        raise ValueError(token)
    return Token("other", match[1]) if match[1] else None


# Days and times -----------------------------------------------------------------------------------------------------


class _Moment(NamedTuple):
    """A day as spreadsheets count it, with that of 29 February 1900, and a time."""

    day: tuple[int, int, int]
    weekday: int
    seconds: int

    @classmethod
    def of(cls, number: Decimal, *, date1904: bool) -> _Moment:
        """Count a moment. Raises ValueError for a negative number, and OverflowError for one beyond all days."""
        if number < 0:
            raise ValueError(number)
        total = int((number * _ONE_DAY).to_integral_value(ROUND_HALF_UP))
        count, seconds = total // _ONE_DAY + (_SINCE_1904 if date1904 else 0), total % _ONE_DAY
        counted = day_of(count) + timedelta(days=count < _DAY_29_FEBRUARY_1900)
        never = {0: (1900, 1, 0), _DAY_29_FEBRUARY_1900: (1900, 2, 29)}
        return cls(never.get(count, (counted.year, counted.month, counted.day)), day_of(count).weekday(), seconds)


def _moments(section: Section, at: _Moment, *, numerals: bool) -> Iterator[str]:
    half = any(token.kind == "half" for token in section)
    places = [token.text[0].lower() for token in section if token.kind == "moment"]
    place = -1
    for token in section:
        if token.kind == "half":
            one, other = token.text.split("/")
            yield other if at.seconds >= _ONE_DAY // 2 else one
        elif token.kind == "moment":
            place += 1
            minutes = places[place] == "m" and (
                "h" in places[max(place - 1, 0) : place] or places[place + 1 : place + 2] == ["s"]
            )
            told = _PARTS["n" if minutes else places[place]](at, len(token.text), half)
            yield _in_numerals(told, each_figure=places[place] in "ye") if numerals else told
        elif token.kind in _LITERAL:
            yield token.literal
        else:
            raise ValueError(token)


def _padded(number: int, length: int) -> str:
    return f"{number:02d}" if length > 1 else str(number)


def _month(at: _Moment, length: int, half: bool) -> str:  # noqa: ARG001, FBT001 - one signature
    name = _MONTHS[at.day[1] - 1]
    return {3: name[:3], 4: name, 5: name[0]}.get(length) or _padded(at.day[1], length)


def _day(at: _Moment, length: int, half: bool) -> str:  # noqa: ARG001, FBT001 - one signature
    name = _DAYS[at.weekday]
    return _padded(at.day[2], length) if length < 3 else name[:3] if length == 3 else name


def _hour(at: _Moment, length: int, half: bool) -> str:  # noqa: FBT001 - one signature
    hour = at.seconds // 3600
    return _padded((hour + 11) % 12 + 1 if half else hour, length)


def _unknown(at: _Moment, length: int, half: bool) -> str:  # noqa: ARG001, FBT001 - one signature
    raise ValueError(length)


_PARTS: Mapping[str, Callable[[_Moment, int, bool], str]] = {
    "y": lambda at, length, _: str(at.day[0]) if length > 2 else f"{at.day[0] % 100:02d}",
    "e": lambda at, _, __: str(at.day[0]),
    "m": _month,
    "d": _day,
    "h": _hour,
    "n": lambda at, length, _: _padded(at.seconds // 60 % 60, length),
    "s": lambda at, length, _: _padded(at.seconds % 60, length),
    "a": lambda at, length, _: ("星期" if length > 3 else "") + _WEEKDAYS[at.weekday],
    "b": _unknown,
    "g": _unknown,
}


def _in_numerals(text: str, *, each_figure: bool) -> str:
    """Write a number of at most two figures as it is spoken, a year figure by figure."""
    if each_figure or not text.isdecimal():
        return "".join(_NUMERALS[int(each)] if each.isdecimal() else each for each in text)
    tens, ones = divmod(int(text), 10)
    return (
        (_NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones] if ones or not tens else "")
    )


# Numbers ------------------------------------------------------------------------------------------------------------


def _number(number: Decimal, section: Section) -> str:
    groups = [token.text for token in section if token.kind == "digits"]
    whole = "".join(groups).partition(".")[0]
    places = sum(len(text.partition(".")[2]) for text in groups)
    if (
        (groups and not whole)
        or any(text.endswith(",") or ("." in text and text is not groups[-1]) for text in groups)
        or ("," in whole and len(groups) > 1)
        or Token("other", "/") in section  # a fraction
    ):
        raise ValueError(section)
    scaled = number * 100 ** sum(token.kind == "percent" for token in section)
    digits, _, decimals = f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".partition(".")
    figures = _figures(digits, whole)
    return "".join(_piece(token, figures, decimals, scaled) for token in section)


def _figures(digits: str, whole: str) -> Iterator[str]:
    """Deal the figures out to the places of the format; the first place takes those that are too many."""
    slots = whole.replace(",", "")
    needed = len(slots) - slots.index("0") if "0" in slots else 0
    plain = ("" if digits == "0" else digits).rjust(needed, "0")
    if "," in whole:
        plain = f"{int(plain or 0):,}" if plain else plain
        yield plain
        return
    spare = max(len(plain) - len(slots), 0)
    yield from [plain[: spare + 1], *plain[spare + 1 :]] if spare else [*[""] * (len(slots) - len(plain)), *plain]


def _piece(token: Token, figures: Iterator[str], decimals: str, number: Decimal) -> str:
    if token.kind in _LITERAL or token.kind == "percent":
        return token.literal
    if token.kind != "digits":
        return f"{number.normalize():f}"
    whole, point, places = token.text.partition(".")
    slots = 1 if "," in whole else len(whole)
    kept = decimals.rstrip("0").ljust(len(places.rstrip("#?")), "0") if point else ""
    return "".join(next(figures, "") for _ in range(slots)) + (point + kept if point else "")
