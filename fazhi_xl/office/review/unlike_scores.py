"""Units that the office gave less on a sub-point than others whose facts are the same or no better: 同数不同分."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.sheets.review.common import NOTE
from fazhi_xl.form.sheets.review.dossier import Case, Dossier, Matter
from fazhi_xl.form.sheets.review.scores import REASON as WRITTEN
from fazhi_xl.form.sheets.review.unlike import (
    FACTS,
    HOW,
    OTHER_FACTS,
    OTHER_SCORE,
    OTHERS,
    REASON,
    SCORE,
    TEXT,
    UNLIKE,
)
from fazhi_xl.form.sheets.unit.tasks import fact_field
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.rules import inputs_of
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.points import Hundredths, show
from fazhi_xl.scoring.quantities import quantities

_NAMED = 3  # units that a row names
SAME, BETTER = "事实相同", "事实不低"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    """A sub-point of a unit with its score; `facts` are the unit's without its texts, `amounts` what the rule looks at in them.

    `apart` are the facts that the rule does not look at. It is `whole` unless one that has to be given is blank.
    """

    case: Case
    score: Hundredths
    facts: tuple[Value, ...]
    amounts: tuple[Fraction, ...] | None
    apart: tuple[Value, ...]
    whole: bool

    def is_like(self, other: _Scored) -> str:
        """Say how the facts stand to those of another unit: the same, or no worse in any; blank where neither is so.

        Of facts that nobody gave, nothing is known: they are like no others.
        """
        if not (self.whole and other.whole):
            return ""
        if self.facts == other.facts:
            return SAME
        if self.amounts is None or other.amounts is None or self.apart != other.apart:
            return ""
        return BETTER if all(own >= its for own, its in zip(self.amounts, other.amounts, strict=True)) else ""


def unlike_scores(dossier: Dossier, decided: Decisions) -> Iterator[Matter]:
    """List, in the order of the dossier, each unit and sub-point whose score by the office's own decision is less than another's.

    Compared are sub-points that are worth the same. A unit is held against those with the same facts; where none of them got more,
    against those with no better ones; of these against those that got most.
    """
    alike: defaultdict[tuple[object, ...], list[_Scored]] = defaultdict(list)
    for each in _scored(dossier, decided):
        sub = each.case.sub
        alike[sub.id, sub.points, sub.least, sub.ceiling].append(each)
    found = {low.case.code: _matter(low, over, decided) for own in alike.values() for low, over in _lower(own)}
    yield from (found[case.code] for case in dossier.cases if case.code in found)


def _scored(dossier: Dossier, decided: Decisions) -> Iterator[_Scored]:
    """Give the sub-points that the office scored itself, and no register for it."""
    cases = {(case.unit.short, case.sub.code): case for case in dossier.cases}
    for unit, answers in decided.answers.items():
        for score in decided.scores(unit, answers):
            case = cases.get((unit, score.code))
            if case and score.reviewed is not None and not decided.governing(unit, score.code, out=score.out):
                yield _of(case, score.reviewed, answers)


def _of(case: Case, score: Hundredths, answers: Answers) -> _Scored:
    evaluator, sub = answers.evaluator(), case.sub
    facts = {
        each.key: evaluator.field(fact_field(sub.code, each.key)) for each in sub.inputs if each.kind is not Kind.TEXT
    }
    looked_at = {key for part in sub.rule.parts for key in inputs_of(part)}
    return _Scored(
        case=case,
        score=score,
        facts=(case.out, *facts.values()),
        amounts=None if case.out else quantities(sub.rule, facts),
        apart=tuple(value for key, value in facts.items() if key not in looked_at),
        whole=all(facts.get(each.key, "") is not None for each in sub.inputs if each.required),
    )


def _lower(scored: Iterable[_Scored]) -> Iterator[tuple[_Scored, tuple[_Scored, ...]]]:
    """Give who got less than those that they are held against, with those; units with the same facts and score are compared once."""
    groups: defaultdict[tuple[object, ...], list[_Scored]] = defaultdict(list)
    for each in scored:
        groups[each.facts, each.score].append(each)
    for own in groups.values():
        if over := _held_against(own[0], groups.values()):
            yield from ((low, over) for low in own)


def _held_against(low: _Scored, groups: Iterable[list[_Scored]]) -> tuple[_Scored, ...]:
    """Give those who got most of the ones with the same facts, or else of those with no better ones."""
    higher = [each for each in groups if each[0].score > low.score]
    for how in (SAME, BETTER):
        if alike := [each for each in higher if low.is_like(each[0]) == how]:
            most = max(each[0].score for each in alike)
            return tuple(one for each in alike if each[0].score == most for one in each)
    return ()


def _matter(low: _Scored, over: tuple[_Scored, ...], decided: Decisions) -> Matter:
    """Make the row of a unit; another unit that joins those it is held against does not ask anew."""
    case, other, how = low.case, over[0], low.is_like(over[0])
    held = decided.decisions.get((case.unit.short, case.sub.code))
    written = (held.values.text(WRITTEN), held.values.text(NOTE)) if held else ()
    said = {
        TEXT: f"{case.sub.code} {case.sub.text}",
        SCORE: show(low.score),
        FACTS: case.facts,
        REASON: ";".join(filter(None, written)),
        OTHERS: _named([each.case.unit.short for each in over]),
        OTHER_SCORE: show(other.score),
        OTHER_FACTS: other.case.facts,
        HOW: how,
    }
    rests_on = [how, str(low.score), str(other.score), *map(_plain, (*low.facts, *other.facts))]
    return UNLIKE.matter(case.unit, case.sub.id, said, rests_on)


def _named(units: list[str]) -> str:
    more = f"等{len(units)}家" if len(units) > _NAMED else ""
    return "、".join(units[:_NAMED]) + more


def _plain(value: Value) -> str:
    return repr(value) if isinstance(value, bool) else str(value)
