"""The rules by which a request for a review is taken or refused; whoever is refused is told which rule, with the notice's clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.appeal_form import proof_of
from fazhi_xl.form.sheets.review.appeals import APPEALS, RULING
from fazhi_xl.form.sheets.review.dossier import Matter
from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.appeals.record import Line
from fazhi_xl.office.ranking.what_if import WhatIf
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.points import Hundredths, show
from fazhi_xl.rounds.appeals import AskedRow
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.rates import counted
from fazhi_xl.scoring.model import Basis, SubPointScore
from fazhi_xl.scoring.score import applicable_full_marks
from fazhi_xl.text.one_line import cut, one_line
from fazhi_xl.text.saying import says_something

_SAID = 40  # characters of a reason in a message


def matter_of(notice: Notice, line: Line, said: Mapping[str, str]) -> Matter | None:
    """Give the row of a request; None where the unit or the sub-point is gone. It is another one in other words."""
    unit, sub = unit_of(notice, line), sub_point_of(notice, line)
    rests_on = [line.mark, *line.words]
    return APPEALS.matter(unit, sub.id, said, rests_on) if unit and sub else None


def unit_of(notice: Notice, line: Line) -> Unit | None:
    return next((each for each in notice.units if each.id == line.unit_id), None)


def sub_point_of(notice: Notice, line: Line) -> SubPoint | None:
    """Give the sub-point as the unit is asked for it."""
    unit, known = unit_of(notice, line), notice.sub_points_by_id.get(line.sub_point_id)
    return notice.sub_points_of(unit.short).get(known.code) if unit and known else None


def ruling_on(notice: Notice, line: Line, in_force: Mapping[tuple[str, str], Decision]) -> Decision | None:
    """Give what the office ruled on a request; None while nobody has."""
    matter = matter_of(notice, line, {})
    held = in_force.get((matter.unit.short, matter.row)) if matter else None
    return held if held and held.values.text(RULING) else None


def lost_by(what: WhatIf, unit: str, code: str) -> tuple[SubPointScore, Hundredths] | None:
    """Give the score that a unit has on a sub-point and what it lost there; None where nothing is decided on it."""
    score = what.score(unit, code)
    if score is None or not score.decided:
        return None
    full = applicable_full_marks((score,), what.decided.notice.about.scoring)
    return score, full - counted(score, Basis.REVIEWED)


@dataclass(slots=True, kw_only=True)
class Judge:
    """Goes through the sheets that came back, in the order in which they came; `lines` grows by what is taken."""

    notice: Notice
    what: WhatIf
    in_force: Mapping[tuple[str, str], Decision]
    key: bytes
    recorded: str
    lines: list[Line]
    added: list[Line] = field(default_factory=list)

    def judged(self, file: FileResult) -> tuple[Finding, ...]:
        """Take what a sheet asks for, and give what is said of it."""
        return tuple(self._judged(file))

    def _judged(self, file: FileResult) -> Iterator[Finding]:
        request = file.request
        if request is None:
            return
        if request.others:
            yield self._refused(Code.APPEAL_OF_ANOTHER, unit=request.unit, named=request.others)
            return
        if not (request.rows or request.unknown):
            yield finding(Code.APPEAL_NONE)
            return
        unit = self.notice.units_by_short[request.unit]
        if self._is_late(file) and file.basis.presumed:
            yield finding(Code.APPEAL_PRESUMED_LATE, value=str(file.received), due=self._due)
        for code in request.unknown:
            yield self._refused(Code.APPEAL_ROW_UNKNOWN, value=code)
        for row in request.rows:
            yield from self._row(file, unit, row)

    @property
    def _due(self) -> str:
        return str(self.notice.about.dates.appeals_due)

    def _is_late(self, file: FileResult) -> bool:
        due = self.notice.about.dates.appeals_due
        return due is not None and file.received > due

    def _refused(self, code: Code, place: Place = Place(), **words: object) -> Finding:  # noqa: B008 - it never changes
        clause = self.notice.about.texts.appeal_clause
        return finding(code, place, clause=f"(依据:{clause.rstrip('。')})" if clause else "", **words)  # type: ignore[arg-type]

    def _row(self, file: FileResult, unit: Unit, row: AskedRow) -> Iterator[Finding]:
        known = self.notice.sub_points_by_id[row.sub_point]
        sub = self.notice.sub_points_of(unit.short).get(known.code)
        if sub is None or self.what.score(unit.short, sub.code) is None:
            yield self._refused(Code.APPEAL_ROW_UNKNOWN, row.place, value=known.code)
            return
        named = f"得分点{sub.code}"
        if told := self._half(row, named):
            yield told
            return
        before = [line for line in self.lines if line.key == (unit.id, sub.id)]
        same = next((line for line in before if line.words == (row.reason, row.material)), None)
        if same and same.sha256 != file.sha256:
            yield self._refused(Code.APPEAL_REPEATED, row.place, value=same.file, row=named)
        elif same:
            yield from self._taken(same, before[: before.index(same)], row, unit, named)
        elif not says_something(row.reason):
            yield self._refused(Code.APPEAL_NO_REASON, row.place, row=named)
        elif told := self._barred(file, unit, sub, before, row.place):
            yield told
        else:
            line = self._line(file, unit, sub, row)
            self.lines.append(line)
            self.added.append(line)
            yield from self._taken(line, before, row, unit, named)

    def _half(self, row: AskedRow, named: str) -> Finding | None:
        """Give the finding on a row that is filled in by half, or wrongly."""
        if row.wrong:
            detail = row.wrong[0].cause
            return self._refused(Code.APPEAL_UNREAD, row.place, row=named, detail=detail)
        if not row.asked:
            return self._refused(Code.APPEAL_NOT_TICKED, row.place, row=named)
        return None

    def _barred(
        self, file: FileResult, unit: Unit, sub: SubPoint, before: Iterable[Line], place: Place
    ) -> Finding | None:
        """Give the finding on a request that comes too late, again after it was decided, or where nothing is lost."""
        named = f"得分点{sub.code}"
        if self._is_late(file) and not file.basis.presumed:
            return self._refused(Code.APPEAL_LATE, place, value=str(file.received), row=named, due=self._due)
        for line in before:
            if ruling := ruling_on(self.notice, line, self.in_force):
                return self._refused(Code.APPEAL_DECIDED, place, row=named, ruled=ruling.values.text(RULING))
        found = lost_by(self.what, unit.short, sub.code)
        return None if found and found[1] > 0 else self._refused(Code.APPEAL_NOT_LOST, place, row=named)

    def _line(self, file: FileResult, unit: Unit, sub: SubPoint, row: AskedRow) -> Line:
        found = lost_by(self.what, unit.short, sub.code)
        mark = counted(found[0], Basis.REVIEWED) if found else 0
        return Line(
            no=len(self.lines) + 1,
            unit_id=unit.id,
            sub_point_id=sub.id,
            mark=show(mark),
            reason=row.reason,
            material=row.material,
            file=file.path,
            sha256=file.sha256,
            received=file.received.isoformat(),
            recorded=self.recorded,
        )

    def _taken(self, line: Line, before: Iterable[Line], row: AskedRow, unit: Unit, named: str) -> Iterator[Finding]:
        """Say that a request is taken, and what else is to be said of the sheet's own mark."""
        earlier = list(before)
        if earlier:
            said = cut(one_line(earlier[-1].reason), _SAID)
            yield finding(Code.APPEAL_AMENDED, row.place, value=said, row=named)
        else:
            yield finding(Code.APPEAL_TAKEN, row.place, row=named)
        if row.mark != line.mark:
            printed = row.proof == proof_of(unit, line.sub_point_id, row.mark, self.key)
            code = Code.APPEAL_MARK_CHANGED if printed else Code.APPEAL_MARK_ALTERED
            yield finding(code, row.place, value=row.mark, row=named, mark=line.mark)
