"""The form number: campaign, unit, edition and a keyed check code that cannot be guessed."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from fazhi_xl.findings import Code
from fazhi_xl.findings.adjustable import IN_FORMS, Weight, Weights

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0, O, 1, I: it is read aloud and typed from paper
_LENGTH = 8
NUMBER_PROPERTY = "FormNumber"  # the document's property that holds the form number as well


_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])[A-Z0-9]{{2,10}}-\d{{2,3}}-(?:YL)?\d{{1,3}}-[{ALPHABET}]{{{_LENGTH}}}(?![A-Za-z0-9])"
)


class Draft(IntEnum):
    """How the program draws up its forms: what is locked, and which rows there are.

    A round keeps the draft that it was issued with, so that what its forms say is no change of them.
    """

    FIRST = 1  # documents were asked for what only the office records
    SECOND = 2  # the points stood left of the answers, and an item's basis in its own row
    THIRD = 3  # no code over their contents, and the form number above the notes to a table
    CURRENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which issue of a campaign's forms, and how they are drawn up; a rehearsal's editions are their own."""

    number: int
    rehearsal: bool = False
    draft: Draft = Draft.CURRENT
    switches: tuple[
        tuple[str, str], ...
    ] = ()  # what the office had made of findings that forms show: codes and weights

    @property
    def text(self) -> str:
        """The edition as form numbers have it: `1`, or `YL1` of a rehearsal."""
        return f"{'YL' if self.rehearsal else ''}{self.number}"

    @classmethod
    def parse(cls, text: str) -> Edition:
        """Read an edition from its text. Raises ValueError."""
        return cls(number=int(text.removeprefix("YL")), rehearsal=text.startswith("YL"))

    @classmethod
    def of_record(cls, held: Mapping[str, object]) -> Edition:
        """Read the edition of campaign.json; the first versions of the program did not say how they draw up forms.

        Raises KeyError, TypeError or ValueError where it is damaged.
        """
        version = held["version"]
        if not isinstance(version, str):
            raise TypeError(version)
        parsed = cls.parse(version)
        draft = Draft(int(str(held.get("draft", Draft.FIRST.value))))
        return replace(parsed, draft=draft).weighing(_recorded(held.get(SWITCHES, {})))

    def weighing(self, weights: Weights) -> Edition:
        """Give the edition as it is issued with what the office has made of findings: it keeps of that what its forms show."""
        shown = sorted((code.value, weight.value) for code, weight in weights.items() if code in IN_FORMS)
        return replace(self, switches=tuple(shown))

    @property
    def weights(self) -> Weights:
        """What its forms make of findings."""
        return {Code.of(code): Weight.of(weight) for code, weight in self.switches}


SWITCHES = "switches"
"""Where campaign.json has what an edition's forms make of findings."""


def _recorded(held: object) -> Weights:
    if not isinstance(held, Mapping):
        raise TypeError(held)
    return {Code.of(str(code)): Weight.of(str(weight)) for code, weight in held.items()}


def check_code(key: bytes, stem: str) -> str:
    """Give the 8-character code that only the office's key makes for this stem."""
    digest = hmac.new(key, stem.encode(), hashlib.sha256).digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:_LENGTH])


def round_id(key: bytes) -> str:
    """Give what tells rounds apart, and copies of one round from others: it says nothing of the key that it is made of."""
    return hmac.new(key, b"round", hashlib.sha256).hexdigest()[:16]


def form_number(*, prefix: str, unit_no: int, edition: Edition, key: bytes) -> str:
    """Make the number that stands on every sheet: `AB2031-17-1-K7QF4M2T`."""
    stem = f"{prefix}-{unit_no:02d}-{edition.text}"
    return f"{stem}-{check_code(key, stem)}"


_APPEAL = "复核"


def appeal_number(*, prefix: str, unit_no: int, edition: Edition, key: bytes) -> str:
    """Make the number of a unit's feedback sheet, on which it asks for reviews: it is no form's, for its check code is another one."""
    stem = f"{prefix}-{unit_no:02d}-{edition.text}"
    return f"{stem}-{check_code(key, stem + _APPEAL)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNumber:
    """What a form number found in a return says; `genuine` if its check code was made with the office's key."""

    prefix: str
    unit_no: int
    edition: str
    genuine: bool


def unit_line(unit_name: str, number: str) -> str:
    """Write the line under every sheet's title."""
    return f"{_UNIT_MARK}{unit_name}    表号:{number}"


def named_unit(text: str) -> str | None:
    """Give the unit's name in a line that `unit_line` wrote."""
    before, mark, after = text.partition(_UNIT_MARK)
    return after.partition("表号")[0].strip() if mark and not before.strip() else None


_UNIT_MARK = "填报单位:"


def find_form_number(text: str) -> str | None:
    """Find a form number in a cell's text."""
    found = _NUMBER.search(text)
    return found[0] if found else None


def read_form_number(text: str, key: bytes) -> FormNumber:
    """Take a form number apart and try its check code."""
    return _read(text, key, "")


def read_appeal_number(text: str, key: bytes) -> FormNumber:
    """Take the number of a feedback sheet apart and try its check code."""
    return _read(text, key, _APPEAL)


def _read(text: str, key: bytes, kind: str) -> FormNumber:
    prefix, unit_no, edition, code = text.split("-")
    stem = f"{prefix}-{unit_no}-{edition}"
    genuine = hmac.compare_digest(code, check_code(key, stem + kind))
    return FormNumber(prefix=prefix, unit_no=int(unit_no), edition=edition, genuine=genuine)
