"""The questions that a return leaves: what its unit, or the office in its place, has to say before a ranking is official."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.answers.read import Answers, value_text
from fazhi_xl.findings import Actor, Finding, Severity
from fazhi_xl.form.input_ids import input_ids, row_ids
from fazhi_xl.form.sheets.unit import bonus, deductions
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.rounds.replies import QuestionCode

_CLAIMS = frozenset({*bonus.codes(), *deductions.codes()})
_DIGITS = 8  # hexadecimal digits of a digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A finding that its unit has to confirm, with the code that it is known by as long as what it rests on is the same."""

    finding: Finding
    code: QuestionCode
    subject: str = (
        ""  # the id of the sub-point that it is about, or the name of the list; blank where it is about the whole form
    )
    private: bool = False  # what stands in the input is not told to others
    claim: str = ""  # the row's code, where the office recognises or refuses the row itself


def is_question(found: Finding) -> bool:
    """Say whether a finding on a return is one: answered or not."""
    return found.severity is Severity.CONFIRM and found.actor is Actor.UNIT


def questions(notice: Notice, unit: Unit, answers: Answers, findings: tuple[Finding, ...]) -> tuple[Question, ...]:
    """Give the questions among a return's findings, each once.

    A question rests on what stands in its input and on what its text says, but for the name of the input: so it is the same after
    inputs were numbered or called otherwise, and another one once the value has changed.
    """
    asked = [each for each in findings if is_question(each)]
    if not asked:
        return ()
    ids = _Ids.of(notice, answers)
    made = (ids.question(unit, each) for each in asked)
    return tuple({each.code.text: each for each in made}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ids:
    """The ids of a return's inputs and rows."""

    notice: Notice
    answers: Answers
    inputs: dict[str, str]
    rows: dict[str, str]

    @classmethod
    def of(cls, notice: Notice, answers: Answers) -> _Ids:
        shape = answers.shape
        return cls(
            notice=notice, answers=answers, inputs=dict(input_ids(notice, shape)), rows=dict(row_ids(notice, shape))
        )

    def question(self, unit: Unit, each: Finding) -> Question:
        """Make the question of a finding."""
        named = each.place.field or ""
        about = self.inputs.get(named) or self.rows.get(named, "")
        code = QuestionCode(
            unit=unit.no, code=each.code.value, about=about, digest=_digest([unit.id, about, *self._rests_on(each)])
        )
        field = self.answers.shape.fields.get(named)
        private = field is not None and field.private
        row = field.row if field else named
        return Question(
            finding=each,
            code=code,
            subject=self._subject(named),
            private=private,
            claim=row if row in _CLAIMS else "",
        )

    def _rests_on(self, each: Finding) -> Iterator[object]:
        """Give what the question is asked of: the finding's code, what it says, and what stands in its input."""
        yield each.code.value
        yield each.value
        yield sorted(each.apart_from_subject)
        yield value_text(self.answers.values.get(each.place.field or ""))

    def _subject(self, named: str) -> str:
        fields = self.answers.shape.fields.values()
        field = next((each for each in fields if named in {each.key, each.row}), None)
        if field is None:
            return ""
        code = field.sub_point
        return self.notice.sub_points[code].id if code in self.notice.sub_points else field.row.partition(".")[0]


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
