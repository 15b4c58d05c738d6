"""What books say against each other, as data: votes, and the mark by which the master knows that a contradiction was shown in it."""

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

MASTER = f"{TITLE}.xlsx"
_INCIDENTAL = frozenset({REVIEWER, DAY})  # two who say the same do not contradict each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What a book says in a row, by column."""

    book: str
    values: Values

    @property
    def gist(self) -> Mapping[str, str]:
        """What is said, apart from who signed it and when."""
        return {column: said for column, said in sorted(self.values.texts.items()) if column not in _INCIDENTAL}

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits for the gist, whichever book says it."""
        return hashlib.sha256(json.dumps(self.gist, ensure_ascii=False).encode()).hexdigest()[:8]

    @property
    def text(self) -> str:
        """The vote as a contradiction is told, and as the record of earlier versions names it."""
        return f"{self.book}:{brief(self.values)}"

    def is_in(self, others: Iterable[Vote | str]) -> bool:
        """Tell whether the vote is one of those; earlier versions recorded votes as their texts."""
        return any(
            self.text == other if isinstance(other, str) else (self.book, self.gist) == (other.book, other.gist)
            for other in others
        )


def brief(values: Values) -> str:
    """Say in a few words what was decided."""
    texts = values.texts
    chosen = [f"{column}{texts[column]}" for column in (SCORE, OUT, VERDICT, REASON) if column in texts]
    return ",".join(chosen or texts.values()) or "清空"


# The mark of a contradiction -----------------------------------------------------------------------------------------

_MARK = re.compile(r"(?P<base>[0-9]{0,9})(?:!(?P<digest>[0-9a-f]{8}))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a row knows of the record: the number of the decision that it shows, and where it shows a contradiction, a digest.

    The digest is that of what the row itself said then. It is printed as `12`, `12!3f9a0c11` or `!3f9a0c11`.
    """

    base: int | None = None
    digest: str = ""

    @property
    def text(self) -> str:
        number = "" if self.base is None else str(self.base)
        return f"{number}!{self.digest}" if self.digest else number


def mark_of(text: str) -> Mark:
    """Read a mark; what is none says nothing."""
    found = _MARK.fullmatch(text)
    if found is None:
        return Mark()
    return Mark(base=int(found["base"]) if found["base"] else None, digest=found["digest"] or "")


def resolves(said: Vote, mark: Mark, doubts: str) -> bool:
    """Tell whether a row was edited after a contradiction was shown in it; `doubts` is what the row's cell 待核 says."""
    if mark.digest:
        return said.digest != mark.digest
    return doubts.startswith(_TOLD) and not _names(doubts, said)


# Books that versions before the mark wrote tell a contradiction in the cell 待核 alone: `_TOLD`, then the votes with `;` between.
_TOLD = Code.REVIEW_CONFLICT.text.removeprefix("{row}:").partition("{value}")[0]


def _names(doubts: str, said: Vote) -> bool:
    """Tell whether the vote is one of those that the cell tells."""
    return re.match(rf"{re.escape(_TOLD)}(?:.*;)?{re.escape(said.text)}(?:;|\),)", doubts, re.DOTALL) is not None
