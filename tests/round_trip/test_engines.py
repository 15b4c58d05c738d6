"""Every formula in every program: what a workbook comes to, recalculated anywhere, is what Python computes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import cycle, islice, product
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fazhi_xl.form.expression import Call, Ref, Value, serial
from fazhi_xl.form.meanings import MEANINGS, to_formula
from fazhi_xl.form.model import Form
from fazhi_xl.form.review_form import review_form
from fazhi_xl.form.sheets.review.dossier import LeftOpen
from fazhi_xl.form.sheets.review.registers import of_section
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.dossier import registers
from fazhi_xl.reports.ranking import total_columns
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.ranking import in_order
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.layout import Spot, spots
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.engines import Engine, Result, Results
from tests.form.sheets.review.test_progress import a_dossier
from tests.notice.campaigns import TEMPLATES
from tests.round_trip.fillings import FILLINGS
from tests.round_trip.switched import read_the_other_way
from tests.round_trip.test_live_ranking import CATALOGUES as RANKED
from tests.round_trip.test_live_ranking import SCALES, changed, scored_so
from tests.support.campaign import EDITION, KEY, covering, the_notice
from tests.support.catalogues import catalogue, full, minimal, negative_list
from tests.support.lists import listed
from tests.support.packages import Package
from tests.support.random_rounds import a_chance
from tests.support.scored_rounds import scored_round
from tests.support.thousandths import catalogue as with_three_places

Differences = dict[tuple[str, str], tuple[Result, Result]]
PRIOR = "5"  # an earlier round's answer, and score


def plain(value: Value) -> Result:
    """Give a formula's value as the programs do."""
    if isinstance(value, str):
        return value
    return "" if value is None else float(serial(value) if isinstance(value, date) else value)


def differences(shown: Results, expected: Results) -> Differences:
    """Give each formula in which a program and Python differ, with both results."""
    assert shown.keys() == expected.keys()
    return {at: (shown[at], value) for at, value in expected.items() if not _same(shown[at], value)}


def _same(one: Result, other: Result) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return abs(one - other) < 1e-9


# Forms ---------------------------------------------------------------------------------------------------------------

CATALOGUES: Mapping[str, Callable[[Path], Notice]] = {
    **{folder.name: lambda _, folder=folder: load(folder) for folder in sorted(TEMPLATES.iterdir())},  # type: ignore[misc] # a lambda's default
    "other readings": lambda _: read_the_other_way(the_notice()),
    "three places": lambda folder: with_three_places(folder / "weishu-2020", "down"),
    "lists": listed,
    "full": lambda folder: catalogue(folder, full()),
    "minimal": lambda folder: catalogue(folder, minimal()),
    "negative list": lambda folder: catalogue(folder, negative_list()),
}
ALIKE = {"zhonglou-2021", "minimal"}  # what is asked in them is asked in others
ONE_IN_FIVE = {"other readings", "zhonglou-2021"}  # of their shapes: the others have the same rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form filled in, and what its formulas come to."""

    about: tuple[str, str]
    workbook: bytes
    expected: Results


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], list[Filled]]:
    """Give a catalogue's forms, filled in once for all programs: shapes with every sub-point, each shape in the exhaustive run."""

    @cache
    def forms(name: str, times: int) -> list[Filled]:
        notice = CATALOGUES[name](tmp_path_factory.mktemp("catalogue"))
        made = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
        first = list({form.shape.name: form for form in made if form.shape.asks}.values())
        tried = first[::5] if name in ONE_IN_FIVE else first if times > 1 else list(covering(first))
        return [_filled(*turn) for turn in _turns(tried, times)]

    return forms


def _turns(forms: list[Form], times: int) -> Iterator[tuple[Form, str]]:
    """Let forms and ways to fill one in take turns, until each had one; in the exhaustive run each form is filled in every way."""
    if times > 1:
        yield from product(forms, FILLINGS)
    else:
        yield from islice(zip(cycle(forms), cycle(FILLINGS), strict=False), max(len(forms), len(FILLINGS)))


def _filled(form: Form, filling: str) -> Filled:
    places, values = form.shape.places, FILLINGS[filling](form.shape)
    cells = ((places[key].sheet, places[key].cell, entry(value)) for key, value in values.items())
    drawn = draw(form.shape, the_notice().theme, title="表").fill(form.slots)
    results = form.shape.results({**form.prior, **values})
    expected = {(places[key].sheet, places[key].cell): plain(value) for key, value in results.items()}
    return Filled(about=(form.shape.name, filling), workbook=fill(drawn, cells), expected=expected)


def entry(value: Value) -> str | float | date | None:
    return float(value) if isinstance(value, Fraction) else value


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.exhaustive if each in ALIKE else ()) for each in CATALOGUES]
)
def test_forms(engine: Engine, filled: Callable[[str, int], list[Filled]], name: str, times: int) -> None:
    """Every formula of every sub-point is what Python computes, blank, filled in by chance, full to the limits, or wrong everywhere."""
    for each in filled(name, times):
        assert differences(engine.results(each.workbook), each.expected) == {}, each.about


@pytest.fixture(scope="module")
def following() -> list[Filled]:
    """Fill in forms with an earlier round's answers beside the inputs."""
    notice, units = load(TEMPLATES / "zhonglou-2021"), ("信访局", "法院")
    blank = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    previous = {form.unit: dict.fromkeys(form.shape.fields, PRIOR) for form in blank if form.unit in units}
    made = unit_forms(notice, assign(notice), edition=EDITION, key=KEY, previous=previous)
    return [_filled(form, "by chance") for form in made if form.unit in units]


def test_forms_beside_earlier_answers(engine: Engine, following: list[Filled]) -> None:
    """So it is where an earlier round's answers are compared with."""
    for each in following:
        assert differences(engine.results(each.workbook), each.expected) == {}, each.about


DIGESTED: tuple[Value, ...] = (
    None, 0, 5, -2, Fraction(5, 2), Fraction("0.30000000000000004"), date(2020, 11, 24), 99_999_999, "", "是", "√", "不涉及",
    "第6.1项", "2020年12月31日", "ＡＢ１２", "尾空 ", " 首空", "\u3000", "两\n行", "〔2020〕12号、附件①②③", "甲" * 300, "=1+1", "*", "0103",
)  # fmt: skip


def test_digests(engine: Engine) -> None:
    """What a cell holds is the same number in every program: numbers, days, marks, full width, blanks at the ends, line breaks."""
    digests = [op for op in MEANINGS if "digest" in op]
    book, expected = io.BytesIO(), {}
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        sheet = made.add_worksheet("甲")
        for row, value in enumerate(DIGESTED):
            _put(sheet, row, value)
            for column, op in enumerate(digests, 1):
                formula = to_formula(Call(op, (Ref("甲"),)), lambda _, row=row: f"A{row + 1}")  # type: ignore[misc] # a lambda's default
                sheet.write_formula(row, column, f"={formula}", None, 0)
                expected["甲", xl_rowcol_to_cell(row, column)] = plain(MEANINGS[op].value([value]))
    assert differences(engine.results(book.getvalue()), expected) == {}


def _put(sheet: Worksheet, row: int, value: Value) -> None:
    if isinstance(value, str):
        sheet.write_string(row, 0, value)
    elif value is not None:
        sheet.write_number(row, 0, float(plain(value)))


# Review books --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def books() -> list[Filled]:
    """Fill in a review book that several sections share, and one of a section."""
    notice = the_notice()
    left = LeftOpen(word="几本审核表不一致", sheet="审核", code="06/15.1")
    shared = replace(a_dossier(), registers=registers(notice, {}), left=(left,))
    dossiers = (shared, of_section(shared, notice.about.review.sections[0]))
    forms = (review_form(dossier, edition=EDITION, key=KEY) for dossier in dossiers)
    return [_filled(form, filling) for form in forms for filling in FILLINGS]


def test_review_books(engine: Engine, books: list[Filled]) -> None:
    """Every formula of a review book, what is open on each sheet and for each section included, is what Python computes."""
    for each in books:
        assert differences(engine.results(each.workbook), each.expected) == {}, each.about


# Rankings ------------------------------------------------------------------------------------------------------------


def _stored(workbook: bytes) -> Results:
    """Give the results that a workbook was written with."""
    sheets = Package(workbook).sheets.items()
    cells = ((name, at, cell) for name, sheet in sheets for at, cell in sheet.cells.items())
    return {(name, at): plain(cell.result) for name, at, cell in cells if cell.formula is not None}


def _ranking(done: Round) -> bytes:
    return report_bytes(ranking_book(done), done.notice.theme)


@pytest.fixture(scope="module")
def ranking(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Give a ranking workbook, written once for all programs: on each scale, and of each small catalogue."""

    @cache
    def book(name: str) -> bytes:
        if name in SCALES:
            return _ranking(a_chance(len(name), scoring=SCALES[name], most=12).round)
        return _ranking(scored_round(catalogue(tmp_path_factory.mktemp("catalogue"), RANKED[name]), 1))

    return book


SOME = {"percent", "index", "cut", "zero", "full", "departments", "negative list", "one unit"}


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[] if each in SOME else pytest.mark.exhaustive) for each in (*SCALES, *RANKED)]
)
def test_rankings(engine: Engine, ranking: Callable[[str], bytes], name: str) -> None:
    """Every formula of a ranking workbook comes to the result that it was written with, on every scale and with whatever parts."""
    assert differences(engine.results(ranking(name)), _stored(ranking(name))) == {}


@pytest.mark.parametrize("scale", ["percent", "index"])
def test_ranks_follow_changed_scores(engine: Engine, scale: str) -> None:
    """With other scores in 数据 every total and every rank, ties included, is that of a round that was scored so from the start."""
    rounds = (a_chance(seed, scoring=SCALES[scale], most=12).round for seed in range(200))
    done = next(each for each in rounds if len(each.returned) >= 6)
    scores = {(unit.unit, score.code): 0 for unit in done.returned for score in unit.sub_points}
    entries = [(each.sheet, each.cell, 0) for each in changed(done, scores)]
    shown = engine.results(fill(_ranking(done), entries))
    spot = spots(ranking_book(done))[total_columns.TABLE]
    for row, unit in enumerate((unit for unit in in_order(done.units) if unit.total is not None), spot.first):
        then = next(each for each in scored_so(done, scores) if each.unit == unit.unit)
        named = {
            total_columns.TOTAL: then.total,
            total_columns.RANK: then.rank,
            total_columns.GROUP_RANK: then.group_rank,
        }
        cells = {
            xl_rowcol_to_cell(row, spot.columns[name]): value for name, value in named.items() if value is not None
        }
        found = {at: shown[spot.sheet, at] for at in cells}
        cents = {at: value / 100 if at in _totals(spot) else value for at, value in cells.items()}
        assert found == pytest.approx({at: float(value) for at, value in cents.items()}), unit.unit


def _totals(spot: Spot) -> set[str]:
    return {xl_rowcol_to_cell(row, spot.columns[total_columns.TOTAL]) for row in range(spot.first, spot.last + 1)}
