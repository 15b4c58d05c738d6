"""The ranking workbook in a real client: every formula comes to what Python says, and goes on doing so when a score is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from fazhi_xl.notice.choices import AssessorRank, Conversion, EarlyBonus, Graver, Missing, NotApplicable, Rounding, Ties
from fazhi_xl.notice.model import GradeBand
from fazhi_xl.reports.ranking import data, total_columns
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.ranking import in_order, ranked
from fazhi_xl.scoring.score import unit_score
from fazhi_xl.xlsx.writer.layout import Spot, spots
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.libreoffice import Document, Input, LibreOffice, Reading
from tests.support.catalogues import Files, catalogue, full, minimal, negative_list
from tests.support.random_rounds import a_chance
from tests.support.scored_rounds import departments, scored_round

pytestmark = pytest.mark.libreoffice
SCALES: Mapping[str, Mapping[str, object]] = {
    "percent": {},
    "lost": {"percent": Conversion.HUNDRED_MINUS_LOST},
    "raw": {"percent": Conversion.RAW, "not_applicable": NotApplicable.OUT, "early_bonus": EarlyBonus.RECOGNISED},
    "index": {
        "index_coefficient": Decimal("1.037"),
        "ties": Ties.DENSE,
        "total_cap": 10_000,
        "graver": Graver.WITH_LIGHTER,
        "assessor": AssessorRank.APART,
    },
    "zero": {"missing": Missing.ZERO, "percent": Conversion.HUNDRED_MINUS_LOST},
    "thousandths": {"places": 3, "index_coefficient": Decimal("0.997")},
    "cut": {"places": 3, "rounding": Rounding.DOWN, "index_coefficient": Decimal("1.037")},
}


def written(done: Round, folder: Path) -> Path:
    path = folder / "排名汇总.xlsx"
    path.write_bytes(report_bytes(ranking_book(done), done.notice.theme))
    return path


def at(each: Reading) -> tuple[str, str]:
    return each.sheet, each.cell


def differing(before: Mapping[tuple[str, str], object], after: Mapping[tuple[str, str], object]) -> list[object]:
    return [(place, before[place], value) for place, value in after.items() if not _same(before[place], value)]


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return one == other


TELLING = {"index"}
"""It has most ways to count; the others are tried in the exhaustive run, and in other programs (test_engines)."""


@pytest.mark.parametrize(
    "scale",
    [pytest.param(name, marks=() if name in TELLING else (pytest.mark.exhaustive,)) for name in SCALES],
)
def test_every_formula(libreoffice: LibreOffice, tmp_path: Path, scale: str, rounds: int) -> None:
    """What the workbook shows before it is recalculated is what it shows after."""
    formulas = 0
    for seed in range(rounds // 2):
        done = a_chance(seed * 7 + len(scale), scoring=SCALES[scale], most=12).round
        with libreoffice.open(written(done, tmp_path)) as document:
            before = {at(each): each.content for each in document.formulas()}
            document.calculate_all()
            after = {at(each): each.content for each in document.formulas()}
        assert differing(before, after) == [], seed
        formulas += len(after)
    assert formulas > 500


_ALIKE = {"departments", "one unit"}  # what is asked of them is asked of others too
CATALOGUES: Mapping[str, Files] = {
    "minimal": minimal(3),
    "negative list": negative_list(8),
    "full": full(),
    "departments": departments(9),
    "departments, nothing returned is 0": departments(9, missing="zero"),
    "one unit": departments(2),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=(pytest.mark.exhaustive,) if name in _ALIKE else ()) for name in CATALOGUES],
)
def test_every_formula_of_other_catalogues(libreoffice: LibreOffice, tmp_path: Path, name: str, rounds: int) -> None:
    """So it is with vetoes, limits of what is lost together, values of the office, no bonus, no self-scores, and no items at all."""
    notice = catalogue(tmp_path / "catalogue", CATALOGUES[name])
    for seed in range(rounds // 2):
        done = scored_round(notice, seed)
        with libreoffice.open(written(done, tmp_path)) as document:
            before = {at(each): each.content for each in document.formulas()}
            document.calculate_all()
            after = {at(each): each.content for each in document.formulas()}
        assert differing(before, after) == [], seed
        assert after


def test_names_that_formulas_keep_for_themselves(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Grades and aspects may be called anything: quotes, brackets, and what looks like a reference."""
    notice = catalogue(tmp_path / "catalogue", full())
    grades = (GradeBand(name='好"[@总分]"', at_least=10), GradeBand(name="数据[计分]"))
    about = notice.about.model_copy(update={"grades": grades})
    items = tuple(item.model_copy(update={"aspect": f'[@{item.aspect}]"', "name": "序号]"}) for item in notice.items)
    done = scored_round(notice.model_copy(update={"about": about, "items": items}), 3)
    with libreoffice.open(written(done, tmp_path)) as document:
        before = {at(each): each.content for each in document.formulas()}
        document.calculate_all()
        after = {at(each): each.content for each in document.formulas()}
    assert differing(before, after) == []
    assert grades[0].name in after.values()


class TestChangedScores:
    """The office tries another score in 数据: all that rests on it follows, as if it had been decided so."""

    @pytest.fixture(params=[Basis.SELF, Basis.REVIEWED])
    def done(self, request: pytest.FixtureRequest) -> Round:
        rounds = (a_chance(seed, most=12).round for seed in range(200))
        return next(each for each in rounds if each.basis is request.param and len(each.returned) >= 5)

    def test_totals_and_ranks_follow(self, libreoffice: LibreOffice, tmp_path: Path, done: Round) -> None:
        """Totals, ranks, grades and the rest equal those of a round that was scored so from the start."""
        dice = Random(7)
        changes = {
            (unit.unit, score.code): dice.randint(0, int(score.points))
            for unit in done.returned
            for score in dice.sample(unit.sub_points, 3)
        }
        then = scored_so(done, changes)
        with_total = [unit for unit in in_order(done.units) if unit.total is not None]
        places = {unit.unit: no for no, unit in enumerate(with_total)}
        with libreoffice.open(written(done, tmp_path)) as document:
            document.set_inputs(changed(done, changes))
            document.calculate_all()
            shown = _standing(document, spots(ranking_book(done))[total_columns.TABLE], places)
            notes = [each.text for each in document.formulas() if "一致" in each.formula]
        assert shown == {unit.unit: (unit.total, unit.rank, unit.group_rank) for unit in then if unit.total is not None}
        assert [unit.total for unit in then] != [unit.total for unit in done.units]
        assert len(notes) == 2
        assert all(note.startswith("注意:“数据”或“加减分明细”已被改动") for note in notes)


def scored_so(done: Round, changes: Mapping[tuple[str, str], int]) -> tuple[UnitScore, ...]:
    """Score the round with other scores of the kind that counts."""
    name = "self_score" if done.basis is Basis.SELF else "reviewed"
    scoring = done.notice.about.scoring
    made = [
        unit
        if unit.total is None
        else unit_score(
            unit.unit,
            unit.group,
            [
                replace(score, **{name: changes.get((unit.unit, score.code), getattr(score, name))})
                for score in unit.sub_points
            ],
            bonus=unit.bonus or 0,
            deduction=unit.deduction or 0,
            scoring=scoring,
            basis=done.basis,
        )
        for unit in done.units
    ]
    return ranked(made, scoring.ties, done.notice.apart)


def changed(done: Round, changes: Mapping[tuple[str, str], int]) -> list[Input]:
    spot = spots(ranking_book(done))[data.TABLE]
    keys = [(unit.unit, score.code) for unit in done.returned for score in unit.sub_points]
    column = spot.columns[data.counted_column(done)]
    return [
        Input(
            sheet=spot.sheet,
            cell=xl_rowcol_to_cell(spot.first + keys.index(key), column),
            kind="number",
            value=Decimal(points) / 100,
        )
        for key, points in changes.items()
    ]


def _standing(document: Document, spot: Spot, places: Mapping[str, int]) -> dict[str, tuple[int | None, ...]]:
    """Read each unit's total in hundredths, rank and rank in its group."""
    columns = [spot.columns[name] for name in (total_columns.TOTAL, total_columns.RANK, total_columns.GROUP_RANK)]
    cells = [(spot.sheet, xl_rowcol_to_cell(spot.first + row, c)) for row in places.values() for c in columns]
    read = [each.content for each in document.read(cells)]
    kept = [None if isinstance(value, str) or value is None else value for value in read]
    return {unit: _whole(kept[no * 3 : no * 3 + 3]) for no, unit in enumerate(places)}


def _whole(read: list[float | None]) -> tuple[int | None, ...]:
    return tuple(None if value is None else round(value * by) for value, by in zip(read, (100, 1, 1), strict=True))
