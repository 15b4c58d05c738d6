"""Rulings: rows of lists that arise by which a sub-point's own score changes, as a request for a review that is granted.

A ruling is recorded in its own row, and right behind it a decision on the sub-point that follows from it: whatever looks at scores sees
that one. A ruling that is taken back restores what was decided on the sub-point before, unless somebody decided since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from fazhi_xl.findings import Code, Finding, Key, Place, finding
from fazhi_xl.form.review_form import shown
from fazhi_xl.form.sheets.review.arising import list_of
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.form.sheets.review.matters import Said, about
from fazhi_xl.form.sheets.review.scores import OUT, REASON, SCORE
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.merge import MergeResult, named
from fazhi_xl.office.review.statements import seen_now
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.review.votes import brief

_ANEW = frozenset({SCORE, OUT})  # of the decision before, no ruling leaves these as they were
_LOSS = frozenset({REASON})  # nor why points were lost, where none are any more


def with_consequences(record: DecisionLog, merged: MergeResult, dossier: Dossier) -> MergeResult:
    """Add behind each new ruling the decision on its sub-point, and number all anew.

    Rulings come last: one that changes a score that was entered in the same run is told, and is what counts.
    """
    old, told = len(record.decisions), list(merged.findings)
    log = _numbered(record, [each for each in merged.added if not _rules(each)])
    for each in filter(_rules, merged.added):
        ruling = _Ruling(log=log, decision=each, dossier=dossier)
        told.extend((each.book, fault) for fault in ruling.findings(old))
        log = _numbered(log, [each, *ruling.consequences()])
    return replace(merged, added=log.decisions[old:], findings=tuple(told))


def before_rulings(log: DecisionLog, decision: Decision | None, key: Key) -> Decision | None:
    """Give the decision on a sub-point before a row of a list ruled on it, by the row's key; the same one where it did not."""
    while decision and (ruling := log.ruling_of(decision)) and ruling.key == key:
        decision = log.decisions[decision.replaces - 1] if decision.replaces else None
    return decision


def _numbered(log: DecisionLog, more: list[Decision]) -> DecisionLog:
    numbers = enumerate(more, len(log.decisions) + 1)
    return DecisionLog((*log.decisions, *(replace(each, no=no) for no, each in numbers)))


def _rules(decision: Decision) -> bool:
    drawn = list_of(decision.row)
    return drawn is not None and drawn.ruling is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    """A ruling that is to be recorded behind the decisions of the log."""

    log: DecisionLog
    decision: Decision
    dossier: Dossier

    @property
    def no(self) -> int:
        return len(self.log.decisions) + 1

    @property
    def _key(self) -> Key | None:
        """The unit and sub-point that it is about; None where the catalogue no longer has that."""
        sub = self.dossier.notice.sub_points_by_id.get(about(self.decision.row))
        return (self.decision.unit, sub.code) if sub else None

    @property
    def _held(self) -> Decision | None:
        return self.log.current.get(self._key) if self._key else None

    @property
    def _said(self) -> Mapping[str, Said]:
        """What the ruling says of the sub-point; nothing where it leaves that as it is, or is taken back."""
        drawn = list_of(self.decision.row)
        return drawn.ruling(self.decision.values) if drawn and drawn.ruling and self.decision.values else {}

    @property
    def _is_in_force(self) -> bool:
        """Whether the sub-point is as this row ruled before."""
        before = self.log.ruling_of(self._held)
        return before is not None and before.key == self.decision.key

    def consequences(self) -> Iterator[Decision]:
        """Give the decision on the sub-point; none where it says just that already, or the ruling leaves it as it is."""
        key, held, made = self._key, self._held, self._changed() if self._said else self._restored()
        if key and made and made.values != (held.values if held else Values()):
            yield replace(made, unit=key[0], row=key[1], replaces=held.no if held else None)

    def _changed(self) -> Decision:
        """Give what the ruling says, beside it what was found before, and the data of this run."""
        held, said, case = self._held, self._said, self._case
        dropped = _ANEW | _LOSS if case and _is_full(said.get(SCORE), case) else _ANEW
        kept = {column: each for column, each in (held.values if held else {}).items() if column not in dropped}
        made = self._with(Values({**kept, **said}), held)
        if case is None:
            return made
        return replace(made, basis=self.dossier.basis[case.code], seen=_seen(self.dossier, case))

    @property
    def _case(self) -> Case | None:
        return next((case for case in self.dossier.cases if (case.unit.short, case.sub.code) == self._key), None)

    def _restored(self) -> Decision | None:
        """Give what was decided before this row ruled on the sub-point; None where the sub-point is not as it ruled."""
        if not self._is_in_force:
            return None
        was = before_rulings(self.log, self._held, self.decision.key)
        return replace(
            self._with(was.values if was else Values(), was), follows=was.follows or self.no if was else self.no
        )

    def _with(self, values: Values, like: Decision | None) -> Decision:
        """Give a decision of the ruling's book that rests on the data of another one; votes overruled before stay so."""
        basis, seen = (like.basis, like.seen) if like else ("", {})
        over = self._held.over if self._held else ()
        return replace(self.decision, values=values, basis=basis, seen=seen, over=over, follows=self.no)

    def findings(self, old: int) -> Iterator[Finding]:
        """Tell of a score entered in the same run, behind the first `old` decisions, and of one entered since what is taken back."""
        key, held, drawn = self._key, self._held, list_of(self.decision.row)
        if not (key and held and drawn):
            return
        place, words = Place(unit=key[0], field=key[1]), {"row": named(key), "sheet": drawn.name}
        if self._said:
            values = self._changed().values
            if held.no > old and held.values != values:
                yield finding(Code.REVIEW_RULED, place, value=brief(held.values), ruled=brief(values), **words)
        elif not self._is_in_force and self._ruled_once(key):
            yield finding(Code.REVIEW_DECIDED_SINCE, place, value=brief(held.values), **words)

    def _ruled_once(self, key: Key) -> bool:
        """Say whether the ruling that this one replaces changed the sub-point."""
        before = self.log.current.get(self.decision.key)
        return before is not None and any(each.follows == before.no and each.key == key for each in self.log.decisions)


def _is_full(score: Said | None, case: Case) -> bool:
    return isinstance(score, Decimal) and score * 100 >= case.sub.points


def _seen(dossier: Dossier, case: Case) -> Mapping[str, str]:
    only = Dossier(notice=dossier.notice, cases=(case,))
    return seen_now(shown(only)[case.code])
