"""What a unit's return earns under another reading of the notice: what the reading changes is read and scored anew, nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.answers.located import Located
from fazhi_xl.answers.read import Answers, read_answers
from fazhi_xl.findings import Code
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.common.context import Made
from fazhi_xl.form.unit_form import part_shape
from fazhi_xl.notice.choices import GivenBy, Kind
from fazhi_xl.notice.model import Notice, SubPoint
from fazhi_xl.notice.registers import Register


def affected(notice: Notice, instead: Notice) -> frozenset[str]:
    """Name the sub-points, by the other catalogue's codes, whose scores do not follow from those under this one."""
    if _scale(notice) != _scale(instead):
        return frozenset(instead.sub_points)
    return frozenset(_changed(notice, instead))


def _scale(notice: Notice) -> tuple[object, ...]:
    """Give what every score of a form rests on."""
    scoring = notice.about.scoring
    return scoring.kept, scoring.self_score, notice.office_values


def _changed(notice: Notice, instead: Notice) -> Iterator[str]:
    moved, fed = notice.about.dates != instead.about.dates, set(_fed_otherwise(notice, instead))
    for code, sub in instead.sub_points.items():
        if sub != notice.sub_points.get(code) or sub.id in fed or (moved and _dated(sub)):
            yield code


def _fed_otherwise(notice: Notice, instead: Notice) -> Iterator[str]:
    """Name the sub-points, by their ids, of the registers that only one of the catalogues has."""
    for here, there in ((notice.registers, instead.registers), (instead.registers, notice.registers)):
        apart: Iterable[Register] = (each for each in here if each not in there)
        yield from (feed.sub_point for each in apart for feed in each.feeds)


def _dated(sub: SubPoint) -> bool:
    """Say whether the notice's days bear on a sub-point: by the days that it asks for, or those of a register's rows."""
    return any(fact.kind is Kind.DATE or fact.given_by is not GivenBy.UNIT for fact in sub.inputs)


def claims_count_otherwise(notice: Notice, instead: Notice) -> bool:
    """Say whether what units claim as bonus comes to something else."""
    return _bonus(notice) != _bonus(instead)


def _bonus(notice: Notice) -> tuple[object, ...]:
    about = notice.about
    return notice.bonus, notice.limits, notice.bonus_form, about.scoring.bonus_cap, about.scoring.kept, about.dates


class Rereader:
    """Reads returns again by the forms of another catalogue; units that are asked the same share a part of a form."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._shapes: dict[object, Shape] = {}
        self._made: Made = {}

    def read(self, answers: Answers, sub_points: Iterable[SubPoint], *, claims: bool = False) -> Answers:
        """Read a return's cells by the part of the form that asks these sub-points, and with `claims` for bonus matters.

        What the return has no cell for is blank.
        """
        shape = self._shape(tuple(sub_points), claims=claims)
        old_mac = any(each.code is Code.OLD_MAC_DATES for each in answers.findings)
        return read_answers(shape, Located(cells=answers.cells), prior=answers.prior, date1904=old_mac)

    def _shape(self, sub_points: tuple[SubPoint, ...], *, claims: bool) -> Shape:
        alike = tuple((sub.code, sub.points) for sub in sub_points), claims
        if alike not in self._shapes:
            self._shapes[alike] = part_shape(self._notice, sub_points, claims=claims, made=self._made)
        return self._shapes[alike]
