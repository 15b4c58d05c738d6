"""What is otherwise than it was sealed, unit by unit, and why: which decision, which return, which reading, which other unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER
from fazhi_xl.form.sheets.review.scores import REASON
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.votes import brief
from fazhi_xl.office.sealing.edition import Sealed
from fazhi_xl.office.sealing.grounds import CATALOGUE, FOLDER
from fazhi_xl.office.sealing.snapshot import Mark, UnitStanding, standings
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import Changed, Difference
from fazhi_xl.text.one_line import cut

_FIGURES = (
    Changed.TOTAL,
    Changed.RANK,
    Changed.GROUP_RANK,
    Changed.GRADE,
    Changed.BONUS,
    Changed.DEDUCTION,
    Changed.VETO,
)
_OF_OTHERS = frozenset({Changed.RANK, Changed.GROUP_RANK})
_NAMED, _LONGEST = 6, 60


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A round against an edition. `decisions` are all on record, `adopted` the reasons for which returns count that came after a sealing.

    `files` are the digests of the catalogue as it is now, by its files' names.
    """

    sealed: Sealed
    round_: Round
    decisions: tuple[Decision, ...]
    adopted: Mapping[str, str]
    files: Mapping[str, str]

    @cached_property
    def now(self) -> tuple[UnitStanding, ...]:
        return standings(self.round_)

    @cached_property
    def later(self) -> tuple[Decision, ...]:
        """The decisions that were recorded after the sealing."""
        return self.decisions[self.sealed.record.count :]

    def differences(self) -> tuple[Difference, ...]:
        """List all that differs, unit by unit in the notice's order, and then what is about the round."""
        before = {each.id: each for each in self.sealed.units}
        found: list[Difference] = []
        for unit in self.now:
            was = before.get(unit.id)
            found += self._of_unit(was, unit) if was else [_of_list(unit, now="在名单里")]
        ids = {each.id for each in self.now}
        found += [_of_list(each, before="在名单里") for each in self.sealed.units if each.id not in ids]
        return (*found, *self._of_round())

    # A unit

    def _of_unit(self, was: UnitStanding, unit: UnitStanding) -> Iterator[Difference]:
        marks = [*self._marks(was, unit)]
        returned = [*self._return(was, unit)]
        if self.round_.official:
            yield from self._figures(was, unit, [each.row for each in marks])
        yield from (*marks, *returned, *self._decided(unit))

    def _figures(self, was: UnitStanding, unit: UnitStanding, marks: list[str]) -> Iterator[Difference]:
        changed = [kind for kind in _FIGURES if was.figures.get(kind.value, "") != unit.figures[kind.value]]
        for kind in changed:
            yield Difference(
                kind=kind,
                unit=unit.unit,
                before=was.figures.get(kind.value, ""),
                now=unit.figures[kind.value],
                why=self._why_figure(unit.unit, kind, changed, marks),
            )

    def _why_figure(self, unit: str, kind: Changed, changed: list[Changed], marks: list[str]) -> str:
        own = [each for each in changed if each in {Changed.BONUS, Changed.DEDUCTION, Changed.VETO}]
        if kind in own:
            decided = [each for each in self._in_registers if each.unit == unit]
            return _decision(decided[-1]) if decided else self._because(())
        if kind is Changed.TOTAL:
            said = [f"得分点{_some(marks)}"] if marks else []
            return "、".join((*said, *(each.word for each in own))) + "变了" if said or own else self._because(())
        if Changed.TOTAL in changed or Changed.VETO in changed:
            return "本单位总分变了" if Changed.TOTAL in changed else "一票否决变了"
        return f"别的单位变了:{_some(self._moved)}" if kind in _OF_OTHERS and self._moved else self._because(())

    @cached_property
    def _moved(self) -> list[str]:
        """The units whose totals or vetoes differ."""
        before = {each.id: each.figures for each in self.sealed.units}
        keys = (Changed.TOTAL.value, Changed.VETO.value)
        return [
            u.unit for u in self.now if u.id in before and any(before[u.id].get(k, "") != u.figures[k] for k in keys)
        ]

    def _marks(self, was: UnitStanding, unit: UnitStanding) -> Iterator[Difference]:
        for key, mark in unit.marks.items():
            before = was.marks.get(key, Mark(code=mark.code, counted=""))
            if before.counted != mark.counted:
                yield self._mark(was, unit, before, mark)
        for key, mark in was.marks.items():
            if key not in unit.marks:
                yield self._mark(was, unit, mark, Mark(code=mark.code, counted=""))

    def _mark(self, was: UnitStanding, unit: UnitStanding, before: Mark, now: Mark) -> Difference:
        sub = self.round_.notice.sub_points.get(now.code)
        decided = [each for each in self.later if (each.unit, each.row) == (unit.unit, now.code)]
        return Difference(
            kind=Changed.SUB_POINT,
            unit=unit.unit,
            row=now.code,
            what=cut(sub.text, _LONGEST) if sub else "",
            before=before.counted,
            now=now.counted,
            why=_decision(decided[-1]) if decided else self._because((was, unit)),
        )

    def _return(self, was: UnitStanding, unit: UnitStanding) -> Iterator[Difference]:
        if was.sha256 != unit.sha256:
            why = f"定稿后采用:{reason}" if (reason := self.adopted.get(unit.sha256)) else "收到登记或回收里的文件变了"
            yield Difference(kind=Changed.RETURN, unit=unit.unit, before=was.file, now=unit.file, why=why)

    def _because(self, units: Iterable[UnitStanding]) -> str:
        """Say what may be the cause, where no decision on it is: another return, the catalogue, decisions on other rows."""
        pair = tuple(units)
        causes = (
            ("采用的报送变了", bool(pair) and len({each.sha256 for each in pair}) > 1),
            ("登记簿、加分或减分有新的决定", bool(self._in_registers)),
            ("口径变了", bool(self._readings)),
            ("工作目录改动过", bool(self._catalogue)),
        )
        return "、".join(said for said, holds in causes if holds) or "没有新的决定和报送,请查收到登记和程序版本"

    # Decisions

    @cached_property
    def _in_registers(self) -> list[Decision]:
        return [each for each in self.later if each.row not in self.round_.notice.sub_points]

    def _decided(self, unit: UnitStanding) -> Iterator[Difference]:
        yield from (self._decision(each) for each in self.later if each.unit == unit.unit)

    def _decision(self, each: Decision) -> Difference:
        before = self.decisions[each.replaces - 1] if each.replaces and each.replaces <= len(self.decisions) else None
        return Difference(
            kind=Changed.DECISION,
            unit=each.unit,
            row=each.row,
            before=f"第{before.no}号:{brief(before.values)}" if before else "",
            now=f"第{each.no}号:{brief(each.values) if each.values else '撤回'}",
            why=_decision(each),
        )

    # The round

    def _of_round(self) -> Iterator[Difference]:
        yield from (self._decision(each) for each in self.later if not each.unit)
        questions = {each.key: each for each in self.round_.notice.readings}
        for key, (before, now) in self._readings.items():
            what = cut(questions[key].question, _LONGEST) if key in questions else key
            yield Difference(
                kind=Changed.READING, row=key, what=what, before=before, now=now, why="工作目录的 readings.toml 改了"
            )
        if self._catalogue:
            yield Difference(
                kind=Changed.CATALOGUE,
                what=_some(self._catalogue),
                before="定稿时的",
                now="改动过",
                why="工作目录的文件改了",
            )

    @cached_property
    def _readings(self) -> dict[str, tuple[str, str]]:
        now = {each.key: each.chosen for each in self.round_.notice.readings}
        both = {key: (self.sealed.readings.get(key, ""), now.get(key, "")) for key in (*self.sealed.readings, *now)}
        return {key: pair for key, pair in both.items() if pair[0] != pair[1]}

    @cached_property
    def _catalogue(self) -> list[str]:
        """The files of the catalogue that are otherwise; readings.toml is told by its readings."""
        was = self.sealed.below(f"{FOLDER}/{CATALOGUE}")
        return sorted(
            name for name in {*was, *self.files} if was.get(name) != self.files.get(name) and name != "readings.toml"
        )


def _of_list(unit: UnitStanding, *, before: str = "不在名单里", now: str = "不在名单里") -> Difference:
    return Difference(kind=Changed.UNITS, unit=unit.unit, before=before, now=now, why="工作目录的单位名单变了")


def _decision(each: Decision) -> str:
    """Say which decision it is: 第12号决定,张三,2020-12-01,佐证材料不足。"""
    said = (f"第{each.no}号决定", *(each.values.text(column) for column in (REVIEWER, DAY, REASON, NOTE)))
    return cut(",".join(filter(None, said)), _LONGEST)


def _some(names: list[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}项" if len(names) > _NAMED else "")
