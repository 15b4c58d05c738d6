"""What of a round that is out the new catalogue would touch, if its forms were issued again: answers returned, and decisions made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.sheets.review.registers import SITUATION, UNIT
from fazhi_xl.form.sheets.unit.tasks import fact_field, self_field
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import Input
from fazhi_xl.office.history.gone_inputs import gone_inputs
from fazhi_xl.office.history.held_returns import AtStake, HeldReturn, at_stake
from fazhi_xl.office.history.matches import catalogue_unit_matches
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.workspace.editions import EarlierEdition
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.points import in_points, short
from fazhi_xl.setup.compare.fields import FieldChange, changed_fields
from fazhi_xl.text.commands import Command


class Touched(StrEnum):
    """What is touched; the values are what the office reads."""

    ANSWER = "填报"
    DECISION = "审核决定"


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """An answer or a decision that the new catalogue touches: what it is, why, and what happens to it.

    `place` is the code of its sub-point, or its sheet, `source` the file or the book that it came from.
    """

    touched: Touched
    unit: str
    place: str
    label: str
    value: str
    cause: str
    effect: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOut:
    """A round as it stands: the catalogue it was issued from, its record, the returns that count, and the decisions in force.

    `texts` are those of sub-points that a record of an earlier version left out.
    """

    notice: Notice
    record: Json
    returns: tuple[HeldReturn, ...] = ()
    decisions: tuple[Decision, ...] = ()
    texts: Mapping[str, str] | None = None


def affected(out: RoundOut, new: Notice) -> tuple[Affected, ...]:
    """Tell what the new catalogue touches of a round, answers first, each by its unit in the record's order."""
    found = _Touching(out, new)
    return (*found.gone(), *found.changed(), *found.self_scores(), *found.decided())


_DROPPED = f"不再收,不再计分;原来的表留在存档里。重新发放时要加 {Command.CONFIRM}"
_STAYS = "仍留在审核记录里"
_AGAIN = "收表时会请单位改正"
_WATCHED = frozenset({"kind", "options", "minimum", "maximum", "earliest", "latest", "measure"})


class _Touching:
    """Compares a round with a new catalogue, in which sub-points are found as collecting finds them: what only reads alike is gone."""

    def __init__(self, out: RoundOut, new: Notice) -> None:
        self.out, self.old, self.new = out, out.notice, new
        self.edition = EarlierEdition.of_record(new, out.record, out.texts)
        self.units = {each.before: each.now for each in catalogue_unit_matches(new, self.old)}
        self.assigned = assign(new)

    # Answers

    def gone(self) -> Iterator[Affected]:
        forms = unit_forms(self.new, self.assigned, edition=Edition(number=1, rehearsal=False), key=b"")
        lost = gone_inputs(self.new, forms, self.out.record, self.out.texts)
        for each in at_stake(lost, self.out.returns):
            yield Affected(
                touched=Touched.ANSWER,
                unit=each.input.unit,
                place=each.input.sub_point or each.input.sheet,
                label=each.input.label,
                value=each.value,
                cause=self._why_gone(each),
                effect=_DROPPED,
                source=each.path,
            )

    def _why_gone(self, each: AtStake) -> str:
        unit, code = self.units.get(each.input.unit), each.input.sub_point
        if unit is None:
            return "单位不在新目录里"
        return self._why_no_sub_point(unit.short, code) if code else "新的表里没有这一栏"

    def _why_no_sub_point(self, unit: str, code: str) -> str:
        now = self.edition.codes.get(code)
        if now is None:
            return "得分点取消了,或者看不出是新目录的哪一个"
        return "填报项取消了" if now in self.assigned[unit] else "得分点不再由这个单位填"

    def _asked(self) -> Iterator[tuple[HeldReturn, str, SubPoint, SubPoint]]:
        """Give each return with its unit's sub-points then and now, as far as it is asked for them still."""
        for each in self.out.returns:
            unit = self.units.get(each.unit)
            then = self.old.sub_points_of(each.unit) if each.unit in self.old.units_by_short else {}
            for code, old in then.items() if unit else ():
                now = self.edition.codes.get(code)
                if unit and now and now in self.assigned[unit.short]:
                    yield each, unit.short, old, self.new.sub_points_of(unit.short)[now]

    def changed(self) -> Iterator[Affected]:
        """Tell of answers whose input is asked for in another way."""
        for held, _, old, new in self._asked():
            now = {each.key: each for each in new.inputs}
            for before in old.inputs:
                value, after = held.said.get(fact_field(old.code, before.key)), now.get(before.key)
                fields = _watched(before, after) if value and after else ()
                if value and after and fields:
                    yield Affected(
                        touched=Touched.ANSWER,
                        unit=held.unit,
                        place=old.code,
                        label=before.label,
                        value=value,
                        cause="、".join(f"{each.title}由“{each.before}”改为“{each.after}”" for each in fields),
                        effect=_still(after, value, self.new),
                        source=held.path,
                    )

    def self_scores(self) -> Iterator[Affected]:
        """Tell of self-scores above what there is to earn now."""
        for held, _, old, new in self._asked():
            value = held.said.get(self_field(old.code))
            if value and _number(value) is not None and (_number(value) or 0) > in_points(new.ceiling):
                yield Affected(
                    touched=Touched.ANSWER,
                    unit=held.unit,
                    place=old.code,
                    label="自评分",
                    value=value,
                    cause=_points(old, new),
                    effect=f"超过新的最高分,{_AGAIN}",
                    source=held.path,
                )

    # Decisions

    def decided(self) -> Iterator[Affected]:
        for each in self.out.decisions:
            told = self._of_sub_point(each) if each.row in self.old.sub_points else self._of_register(each)
            if told:
                yield Affected(
                    touched=Touched.DECISION,
                    unit=each.unit or each.values.text(UNIT),
                    place=each.row,
                    label=f"第{each.no}号决定",
                    value=",".join(f"{column}{said}" for column, said in each.values.texts.items()),
                    cause=told[0],
                    effect=told[1],
                    source=each.source,
                )

    def _of_sub_point(self, each: Decision) -> tuple[str, str] | None:
        unit = self.units.get(each.unit)
        if unit is None:
            return "单位不在新目录里", f"不再计分,{_STAYS}"
        now = self.edition.codes.get(each.row)
        if now is None or now not in self.assigned[unit.short]:
            return self._why_no_sub_point(unit.short, each.row), f"不再计分,{_STAYS}"
        return self._of_same(each, self.old.sub_points_of(each.unit)[each.row], self.new.sub_points_of(unit.short)[now])

    def _of_same(self, each: Decision, old: SubPoint, new: SubPoint) -> tuple[str, str] | None:
        score = each.values.score
        if score is not None and score > in_points(new.ceiling):
            return _points(old, new), f"按新的最高分{short(new.ceiling)}分计,请复核"
        causes = [_points(old, new)] if old.points != new.points else []
        causes += ["计分规则改了"] if old.rule != new.rule else []
        causes += ["填报指标增减了"] if {i.key for i in old.inputs} != {i.key for i in new.inputs} else []
        return ("、".join(causes), "决定仍然有效;数据因此变了的,收表时标“审核后数据有变”,请复核") if causes else None

    def _of_register(self, each: Decision) -> tuple[str, str] | None:
        situation = each.values.text(SITUATION) or each.seen.get(SITUATION, "")
        if situation in self._gone_situations:
            return f"“{situation}”这个情形取消了", f"不再加分或减分,{_STAYS}"
        if each.row.rpartition(".")[0] in self._gone_registers:
            return "这个登记取消了", f"不再计入,{_STAYS}"
        name = each.unit or each.values.text(UNIT)
        if name in self.units and self.units[name] is None:
            return "单位不在新目录里", f"不再计入,{_STAYS}"
        return None

    @property
    def _gone_situations(self) -> frozenset[str]:
        kept = self.new.situation_labels
        return frozenset(label for key, label in self.old.situation_labels.items() if key not in kept)

    @property
    def _gone_registers(self) -> frozenset[str]:
        return _codes(self.old.registers) - _codes(self.new.registers)


def _codes(registers: Iterable[Register]) -> frozenset[str]:
    return frozenset(each.code for each in registers)


def _watched(before: Input, after: Input | None) -> tuple[FieldChange, ...]:
    return tuple(each for each in changed_fields(before, after) if each.field in _WATCHED) if after else ()


def _points(old: SubPoint, new: SubPoint) -> str:
    return f"分值由{short(old.points)}分改为{short(new.points)}分"


def _still(now: Input, value: str, notice: Notice) -> str:
    """Say what a collect makes of an answer by the new input."""
    if now.kind is Kind.TEXT:
        return "照旧"
    return "仍然可以这样填,照旧" if _fits(now, value, notice) else f"新的表里不能这样填,{_AGAIN}"


def _fits(now: Input, value: str, notice: Notice) -> bool:
    if now.kind is Kind.CHOICE:
        return value in now.options
    if now.kind is Kind.DATE:
        first, last = now.earliest or notice.about.dates.period_start, now.latest or notice.about.dates.period_end
        with suppress(ValueError):
            return first <= date.fromisoformat(value) <= last
        return False
    number = _number(value)
    whole = now.kind is not Kind.WHOLE or number == number.to_integral_value() if number is not None else False
    return number is not None and whole and now.minimum <= number <= now.maximum


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
