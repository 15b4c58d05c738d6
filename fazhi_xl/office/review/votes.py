"""Contradictions between books as data: votes, and the mark in a row of the master that shows a contradiction."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fazhi_xl.findings import Code
from fazhi_xl.form.review_form import TITLE
from fazhi_xl.form.sheets.review.common import DAY, REVIEWER
from fazhi_xl.form.sheets.review.registers import VERDICT
from fazhi_xl.form.sheets.review.scores import OUT, REASON, SCORE
from fazhi_xl.office.review.values import Values
from fazhi_xl.text.commands import Command

MASTER = f"{TITLE}.xlsx"
BULK = Command.ACCEPT_SELF.value  # stands in the record where a book's name does
_INCIDENTAL = frozenset({REVIEWER, DAY})  # two who say the same do not contradict each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one book says in one row."""

    book: str
    values: Values

    @property
    def gist(self) -> Mapping[str, str]:
        """The values without reviewer and day: two that differ only in these agree."""
        return {column: said for column, said in sorted(self.values.texts.items()) if column not in _INCIDENTAL}

    @property
    def digest(self) -> str:
        """The first eight hexadecimal digits of the SHA-256 of all values; the book's name is not part of it.

        Reviewer and day count here: who signs a row anew that showed a contradiction confirms what it says.
        """
        texts = json.dumps(dict(sorted(self.values.texts.items())), ensure_ascii=False)
        return hashlib.sha256(texts.encode()).hexdigest()[:8]

    @property
    def text(self) -> str:
        """The vote as earlier versions recorded it."""
        return f"{self.book}:{brief(self.values)}"

    @property
    def told(self) -> str:
        """The vote as findings print it."""
        return f"{source_name(self.book)}:{brief(self.values)}"

    def is_in(self, others: Iterable[Vote | str]) -> bool:
        """Say whether the vote is among those; a text is a vote that an earlier version recorded."""
        return any(
            self.text == other if isinstance(other, str) else (self.book, self.gist) == (other.book, other.gist)
            for other in others
        )


def source_name(book: str) -> str:
    """Name the book of a decision, or what it was taken by in place of one."""
    return "按自评核定" if book == BULK else book


def brief(values: Values) -> str:
    """Sum up values in a few words: score, 不涉及, verdict and reason, else everything; 清空 for none."""
    texts = values.texts
    chosen = [f"{column}{texts[column]}" for column in (SCORE, OUT, VERDICT, REASON) if column in texts]
    return ",".join(chosen or texts.values()) or "清空"


# The mark of a contradiction -----------------------------------------------------------------------------------------

_MARK = re.compile(r"(?P<base>[0-9]{0,9})(?:!(?P<digest>[0-9a-f]{8}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The content of a row's cell 决定: the number of the decision it shows, and if it shows a contradiction, a digest.

    The digest is of the row's own values when the book was written. It is printed as `12`, `12!3f9a0c11` or `!3f9a0c11`.
    """

    base: int | None = None
    digest: str = ""

    @property
    def text(self) -> str:
        number = "" if self.base is None else str(self.base)
        return f"{number}!{self.digest}" if self.digest else number


def mark_of(text: str) -> Mark:
    """Read a mark; any other text is an empty one."""
    found = _MARK.fullmatch(text)
    if found is None:
        return Mark()
    return Mark(base=int(found["base"]) if found["base"] else None, digest=found["digest"] or "")


def resolves(said: Vote, mark: Mark, doubts: str) -> bool:
    """Say whether a row was edited after it showed a contradiction. `doubts` is the text of its cell 待核."""
    if mark.digest:
        return said.digest != mark.digest
    told = re.match(rf"{re.escape(_TOLD)}(?:.*;)?{re.escape(said.text)}(?:;|\),)", doubts, re.DOTALL)
    return doubts.startswith(_TOLD) and told is None


# Books of versions without marks show a contradiction in the cell 待核 only: this text, then the votes separated by `;`.
_TOLD = Code.REVIEW_CONFLICT.text.removeprefix("{row}:").partition("{value}")[0]
