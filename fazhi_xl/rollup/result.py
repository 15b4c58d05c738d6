"""What many districts come to: the districts sorted, and the answers to what is asked of their detail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from fazhi_xl.points import Hundredths, round_half_up
from fazhi_xl.rollup import questions
from fazhi_xl.rollup.questions import Questions, hundredths
from fazhi_xl.rollup.records import NoticeRecord
from fazhi_xl.rollup.sorting import Member, Sorted
from fazhi_xl.rounds import rates as stats
from fazhi_xl.scoring.model import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What a sub-point costs the ranked districts and their units; of those only to which its points apply."""

    no: int
    code: str
    item: str
    text: str
    districts: int
    losing: int
    units: int
    losing_units: int
    full: Hundredths
    points: Hundredths


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The units of one kind, one of a district as a rule: how many there are, and their totals."""

    no: int
    name: str
    count: int
    districts: int
    mean: Hundredths
    highest: Hundredths
    lowest: Hundredths
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """The result. `aspects` are each ranked district's rates by its number, in the notice's order, in hundredths of a per cent.

    `notice` is None where no district could be read.
    """

    generated: datetime
    sorted: Sorted
    notice: NoticeRecord | None
    expected: int = 0
    aspects: Mapping[int, tuple[int | None, ...]]
    overall: tuple[int | None, ...]
    losses: tuple[Lost, ...] = ()
    kinds: tuple[Kind, ...] = ()
    units: int = 0

    @property
    def ranked(self) -> tuple[Member, ...]:
        return self.sorted.ranked

    @property
    def rehearsal(self) -> bool:
        """Say whether all that was brought together is a rehearsal's."""
        return bool(self.sorted.read) and all(each.district.rehearsal for each in self.sorted.read)

    @property
    def mark(self) -> str:
        return "【演练数据】" if self.rehearsal else ""

    @property
    def by_rate(self) -> bool:
        """Say whether districts are ranked by rates, and not by totals."""
        return any(each.figures.mean_rate is not None for each in self.sorted.read)

    @property
    def places(self) -> int:
        """How many places points have."""
        return int(str(self.notice.scoring.get("places", 2))) if self.notice else 2

    @property
    def mean_rate(self) -> int | None:
        """The mean of the ranked districts' rates, each of the same weight; in hundredths of a per cent."""
        rates = [each.figures.mean_rate for each in self.ranked if each.figures.mean_rate is not None]
        return round_half_up(Fraction(sum(rates), len(rates))) if rates else None

    @property
    def mean_total(self) -> Hundredths | None:
        """The mean of the ranked districts' mean totals, each of the same weight; rounded half up to the second place."""
        totals = [each.figures.mean_total for each in self.ranked if each.figures.mean_total is not None]
        return round_half_up(Fraction(sum(totals)) / len(totals)) if totals else None

    @property
    def needs_attention(self) -> bool:
        """Say whether a district is not ranked; the command then ends with status 1."""
        return bool(self.sorted.left_out)

    @property
    def official(self) -> bool:
        return bool(self.ranked) and all(each.district.basis is Basis.REVIEWED for each in self.ranked)


def rolled_up(found: Sorted, base: Questions, *, expected: int, generated: datetime) -> RollUp:
    """Ask the detail all that the workbook says."""
    notice = found.read[0].part.notice() if found.read else None
    count = len(notice.aspects) if notice else 0
    aspects, overall = _aspects(base, count)
    return RollUp(
        generated=generated,
        sorted=found,
        notice=notice,
        expected=expected,
        aspects=aspects,
        overall=overall,
        losses=_losses(base, notice) if notice else (),
        kinds=_kinds(base),
        units=base.count("单位"),
    )


def _aspects(base: Questions, count: int) -> tuple[Mapping[int, tuple[int | None, ...]], tuple[int | None, ...]]:
    """Give the rates of each district by aspect, and those over all districts: exact sums, each rounded once."""
    sums: dict[int, list[tuple[Hundredths, Hundredths]]] = {}
    for district, aspect, full, counted in base.rows(questions.ASPECTS):
        own = sums.setdefault(int(str(district)), [(0, 0)] * count)
        own[int(str(aspect)) - 1] = hundredths(counted), hundredths(full)
    overall = [tuple(map(sum, zip(*pairs, strict=True))) for pairs in zip(*sums.values(), strict=True)]
    rates = {no: tuple(stats.rate(*pair) for pair in pairs) for no, pairs in sums.items()}
    return rates, tuple(stats.rate(counted, full) for counted, full in overall)


def _losses(base: Questions, notice: NoticeRecord) -> tuple[Lost, ...]:
    return tuple(
        Lost(
            no=int(str(no)),
            code=str(code),
            item=str(item),
            text=notice.sub_points[int(str(no)) - 1].text,
            districts=int(str(districts)),
            losing=int(str(losing)),
            units=int(str(units)),
            losing_units=int(str(losing_units)),
            full=hundredths(full),
            points=hundredths(points),
        )
        for no, code, item, districts, losing, units, losing_units, full, points in base.rows(questions.LOSSES)
    )


def _kinds(base: Questions) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            no=int(str(no)),
            name=str(name),
            count=int(str(count)),
            districts=int(str(districts)),
            mean=round_half_up(Fraction(hundredths(total)) / int(str(count))),
            highest=hundredths(highest),
            lowest=hundredths(lowest),
            first=str(first),
            last=str(last),
        )
        for no, _, name, count, districts, total, highest, lowest, first, last in base.rows(questions.KINDS)
    )
