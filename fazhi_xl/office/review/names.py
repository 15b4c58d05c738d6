"""What the record of decisions calls units and sub-points, and what today's catalogue calls them.

Each line names them by their ids too. A line that a version without ids wrote is read by the numbers of the edition that was out
on its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from fazhi_xl.form.sheets.review.registers import SITUATION, UNIT
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.review.votes import Vote
from fazhi_xl.office.workspace.editions import GONE, EarlierEdition, earlier_editions
from fazhi_xl.office.workspace.folder import Workspace

_NAMING = frozenset({UNIT, SITUATION})  # columns that name a thing of the catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Today's catalogue, the edition that is out with its first day, and the editions before it, by their texts."""

    notice: Notice
    edition: str
    issued: str
    earlier: Mapping[str, EarlierEdition] = field(default_factory=dict)

    def named(self, decision: Decision) -> Decision:
        """Add the ids and the edition to a new decision."""
        unit = self.notice.units_by_short.get(decision.unit)
        sub = self.notice.sub_points.get(decision.row)
        return replace(
            decision,
            edition=self.edition,
            unit_id=unit.id if unit else "",
            sub_point_id=sub.id if sub else "",
        )

    def today(self, decision: Decision) -> Decision:
        """Give a recorded decision under today's names.

        Where its sub-point is gone, or nobody can tell which it is, its row is one that there is not.
        """
        if decision.edition and decision.edition not in {self.edition, *self.earlier}:
            return self._by_ids(decision)
        editions = (decision.edition,) if decision.edition else self._out_on(decision.recorded[:10])
        found = [_under(self.earlier.get(each), decision) for each in editions]
        same = all(each.key == found[0].key for each in found)
        return found[0] if same else replace(decision, row=f"{GONE}{decision.row}")

    def _by_ids(self, decision: Decision) -> Decision:
        """Go by the line's ids alone, since the record of its edition is lost."""
        unit = next((each for each in self.notice.units if each.id == decision.unit_id), None)
        sub = self.notice.sub_points_by_id.get(decision.sub_point_id)
        lost = decision.sub_point_id and sub is None
        row = f"{GONE}{decision.row}" if lost else sub.code if sub else decision.row
        return replace(decision, unit=unit.short if unit else decision.unit, row=row)

    def _out_on(self, day: str) -> tuple[str, ...]:
        """Give the edition that was out on a day, as ISO writes it; two where one took the place of the other on that day."""
        before = sorted(self.earlier.values(), key=lambda each: (len(each.text), each.text))
        first = [*((each.text, each.issued) for each in before), (self.edition, self.issued)]
        until = [*(issued for _, issued in first[1:]), ""]
        out = [
            text for (text, start), end in zip(first, until, strict=True) if start <= day and (not end or day <= end)
        ]
        return tuple(out) or (first[0][0],)


def names_of(notice: Notice, space: Workspace) -> Names:
    """Read what was issued. Raises WrongUseError where nothing was."""
    held = space.issued_campaign()
    edition = str(held["version"])
    return Names(
        notice=notice,
        edition=edition,
        issued=str(held["issued"]),
        earlier=earlier_editions(notice, space, edition),
    )


def _under(edition: EarlierEdition | None, decision: Decision) -> Decision:
    if edition is None:
        return decision
    unit = _unit(edition, decision)
    values = _renamed(edition, decision.values)
    over = tuple(
        each if isinstance(each, str) else Vote(book=each.book, values=_renamed(edition, each.values))
        for each in decision.over
    )
    seen = {column: edition.said(text) if column in _NAMING else text for column, text in decision.seen.items()}
    name = unit.short if unit else decision.unit
    return replace(decision, unit=name, row=edition.row(decision.row), values=values, over=over, seen=seen)


def _unit(edition: EarlierEdition, decision: Decision) -> Unit | None:
    found = (edition.unit_by_number[each.no] for each in edition.units if each.short == decision.unit)
    return next(found, None)


def _renamed(edition: EarlierEdition, values: Values) -> Values:
    """Name the unit and the situation of a register's row as they are called today."""
    return Values(
        {column: edition.said(values.text(column)) if column in _NAMING else said for column, said in values.items()}
    )
