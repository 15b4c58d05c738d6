"""The requests of a round: what came is judged and kept, and what is kept stands in the review book, with what would move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.findings.catalogue import REFUSED_APPEALS
from fazhi_xl.form.sheets.review.appeals import (
    APPEALS,
    CAME,
    GRANTED,
    MARK,
    MATERIAL,
    NOW,
    OTHERS,
    RULING,
    TEXT,
    WHY,
    WRITTEN,
    Ruling,
)
from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.dossier import Matter
from fazhi_xl.form.sheets.review.matters import basis
from fazhi_xl.form.sheets.review.scores import REASON
from fazhi_xl.notice.model import Notice, SubPoint, Unit
from fazhi_xl.office.appeals.judge import Judge, lost_by, matter_of, ruling_on, sub_point_of, unit_of
from fazhi_xl.office.appeals.record import Line, add_appeals, read_appeals
from fazhi_xl.office.appeals.told import shown_moves
from fazhi_xl.office.ranking.score_units import answers_in
from fazhi_xl.office.ranking.what_if import WhatIf
from fazhi_xl.office.review.session import Review, ReviewContext
from fazhi_xl.points import Hundredths
from fazhi_xl.rounds.appeals import Appeal, Appeals
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.rates import counted
from fazhi_xl.scoring.model import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class WithAppeals:
    """The review with its requests, the files with what is said of those, and the requests as reports take them."""

    review: Review
    files: tuple[FileResult, ...]
    appeals: Appeals


def with_appeals(
    context: ReviewContext, review: Review, files: Iterable[FileResult], set_aside: Collection[str] = ()
) -> WithAppeals:
    """Judge the feedback sheets that came back, keep what is taken, and add it to the review. Raises WrongUseError.

    `set_aside` are the SHA-256 of all files that the office does not use, those included that are not there now.
    """
    every, kept = tuple(files), read_appeals(context.space)
    if not (kept or any(file.request for file in every)):
        return WithAppeals(review=review, files=every, appeals=Appeals())
    what = WhatIf(forms=tuple(context.forms), decided=review.decided, came=answers_in(every))
    judge = Judge(
        notice=context.notice,
        what=what,
        in_force=review.record.in_force,
        key=context.space.key(),
        recorded=context.stamp,
        lines=list(kept),
    )
    order = sorted((file for file in every if file.request), key=_came)
    said = {file.path: judge.judged(file) for file in order}
    add_appeals(context.space, judge.added)
    told = tuple(replace(file, findings=(*file.findings, *said.get(file.path, ()))) for file in every)
    aside = frozenset({*set_aside, *(file.sha256 for file in every if not file.request)})
    held = _Held(review=review, what=what, lines=tuple(judge.lines), aside=aside)
    refused = sum(found.code in REFUSED_APPEALS for own in said.values() for found in own)
    return WithAppeals(
        review=held.reviewed(), files=told, appeals=Appeals(taken=tuple(held.appeals()), refused=refused)
    )


def _came(file: FileResult) -> tuple[object, ...]:
    return file.received, file.time is None, file.time and file.time.isoformat(), file.path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The requests on record; those of files that the office set `aside` are left out while nobody has decided them."""

    review: Review
    what: WhatIf
    lines: tuple[Line, ...]
    aside: frozenset[str]

    @property
    def _notice(self) -> Notice:
        return self.review.context.notice

    def _standing(self) -> Iterator[tuple[Line, Unit, SubPoint]]:
        """Give of each sub-point the request that was decided, else the last one, in the order of the first."""
        found: dict[tuple[str, str], Line] = {}
        for line in self.lines:
            before = found.get(line.key)
            decided = ruling_on(self._notice, line, self.review.record.in_force)
            if decided or (line.sha256 not in self.aside and not (before and self._is_decided(before))):
                found[line.key] = line
        for line in found.values():
            unit, sub = unit_of(self._notice, line), sub_point_of(self._notice, line)
            if unit and sub:
                yield line, unit, sub

    def _is_decided(self, line: Line) -> bool:
        return ruling_on(self._notice, line, self.review.record.in_force) is not None

    def reviewed(self) -> Review:
        """Give the review with a row for each request."""
        found = tuple(self._matters())
        dossier = self.review.dossier
        rests_on = {each.code: basis(each) for each in found}
        more = {APPEALS.head: found} if found else {}
        return replace(
            self.review,
            dossier=replace(dossier, matters={**dossier.matters, **more}, basis={**dossier.basis, **rests_on}),
        )

    def _matters(self) -> Iterator[Matter]:
        for line, unit, sub in self._standing():
            made = matter_of(self._notice, line, self._said(line, unit, sub))
            if made:
                yield made

    def _said(self, line: Line, unit: Unit, sub: SubPoint) -> Mapping[str, str]:
        """Give what a row shows; what would move is kept as it was shown to who decided."""
        own = {
            TEXT: f"{sub.code} {sub.text}",
            MARK: line.mark,
            WRITTEN: self._written(unit, sub),
            WHY: line.reason,
            MATERIAL: line.material,
            CAME: line.received,
        }
        ruling = ruling_on(self._notice, line, self.review.record.in_force)
        if ruling:
            return {**own, **{column: ruling.seen.get(column, "") for column in (WRITTEN, NOW, GRANTED, OTHERS)}}
        shown = shown_moves(self.what, unit, sub)
        return {**own, NOW: shown.now, GRANTED: shown.granted, OTHERS: shown.others}

    def _written(self, unit: Unit, sub: SubPoint) -> str:
        held = self.review.record.in_force.get((unit.short, sub.code))
        return ";".join(filter(None, (held.values.text(REASON), held.values.text(NOTE)))) if held else ""

    def appeals(self) -> Iterator[Appeal]:
        for line, unit, sub in self._standing():
            ruling = ruling_on(self._notice, line, self.review.record.in_force)
            values = ruling.values if ruling else None
            yield Appeal(
                no=line.no,
                unit=unit.short,
                code=sub.code,
                text=sub.text,
                mark=line.points,
                reason=line.reason,
                material=line.material,
                received=line.day,
                file=line.file,
                ruling=values.text(RULING) if values else "",
                now=self._now(unit, sub, values.text(RULING) if values else ""),
                note=values.text(NOTE) if values else "",
                reviewer=values.text(REVIEWER) if values else "",
                day=values.text(DAY) if values else "",
            )

    def _now(self, unit: Unit, sub: SubPoint, ruling: str) -> Hundredths | None:
        found = lost_by(self.what, unit.short, sub.code)
        return counted(found[0], Basis.REVIEWED) if found and ruling != Ruling.APPROVED else None
