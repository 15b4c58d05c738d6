"""Characters of the private-use areas that have a standard meaning, and what is left of them for people to see.

Sources: GB 18030-2000 annexes and GB 18030-2005/2022, which gave characters of GBK that stood in the private-use area their places
in Unicode; Microsoft's symbol fonts, whose signs Word stores from U+F020 to U+F0FF, and Excel as letters
in a font.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_RADICALS = (  # GB 18030 FE50 to FEA0, without FE7F: once U+E815 to U+E864
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_RANGES = (
    (0xE815, _RADICALS),
    (0xE78D, "︐︒︑︓︔︕︖︗︘︙"),  # punctuation of vertical lines, A6D9 to A6F3
    (0xE7C7, "ḿǹ"),  # letters of Pinyin, A8BC and A8BF
    (0xE7E7, "〾⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻"),  # A989 to A995
    (0xE76C, "€"),  # A2E3
    (0xE5E5, "\u3000"),  # A3A0
)
# The marks that people put into a cell out of a symbol font; what Word's own box shows as chosen is ☒, so it is not taken for a no.
_WINGDINGS = {0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xA8: "□"}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒"}
_MARKS = {0xF000 + code: mark for code, mark in (_WINGDINGS | _WINGDINGS_2).items()}
_SYMBOL_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "□"},
    "marlett": {0x61: "✓", 0x62: "✓"},
}
_PUBLIC = {first + no: each for first, characters in _RANGES for no, each in enumerate(characters)} | _MARKS
_LOST = "\ufffd"  # what a program puts where it could not read a character


def public(text: str) -> str:
    """Give the standard characters for those of the private-use area that have one; all others stay."""
    return text.translate(_PUBLIC)


def is_symbolic(font: str) -> bool:
    """Whether a font shows signs in the place of letters."""
    return font.lower() in _SYMBOL_FONTS


def in_font(text: str, font: str) -> str:
    """Give the marks that letters are shown as in a symbol font (ü is ✓ in Wingdings); in any other the text itself."""
    return text.translate(_SYMBOL_FONTS.get(font.lower(), {}))


def unreadable(text: str) -> tuple[str, ...]:
    """Name the characters that another computer cannot show, each once (`U+E123`): private ones and lost ones."""
    if text.isprintable() and _LOST not in text:  # private characters are not printable
        return ()
    found = dict.fromkeys(each for each in text if each == _LOST or unicodedata.category(each) == "Co")
    return tuple(f"U+{ord(each):04X}" for each in found)


def visible(text: str) -> str:
    """Write what cannot be shown as its number, for quoting: `张〔U+E123〕`."""
    return "".join(f"〔{name}〕" if (name := next(iter(unreadable(each)), "")) else each for each in text)


@lru_cache(maxsize=1 << 14)
def readable(character: str) -> bool:
    """Say whether a character can stand in a line of a report: also a private one, and one that is newer than this program.

    Left out are control and format characters, what parts lines, and the codes that are no characters.
    """
    code = ord(character)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nothing and unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def folded_width(text: str) -> str:
    """Fold the forms that mean the same character (NFKC), private ones with a standard meaning as well; for comparing names."""
    return unicodedata.normalize("NFKC", public(text))
