"""Issued workbooks in a real client: every formula equals Python, and every input comes back."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from _pytest.mark import ParameterSet

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Code, Finding
from fazhi_xl.form.expression import Value, serial
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import REHEARSAL_MARK
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder
from fazhi_xl.office.commands.issue import issue as issue_forms
from fazhi_xl.office.commands.rehearse import rehearse
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import forms_of
from fazhi_xl.rounds.round import Round
from tests.clients.libreoffice import Document, Input, LibreOffice
from tests.round_trip.random_answers import as_inputs, random_values
from tests.round_trip.switched import read_the_other_way
from tests.support.lists import listed
from tests.support.progress import Silent
from tests.support.thousandths import catalogue

pytestmark = pytest.mark.libreoffice
FEW = 2  # rounds, of the normal run
NOW = datetime(2020, 11, 21, 9).astimezone()
PANEL_COUNT = re.compile(r"检查\.\d+\.(待填|有误)")


@dataclass(frozen=True)
class Issue:
    """An issued round, with one form of each shape by the shape's name."""

    notice: Notice
    space: Workspace
    forms: Mapping[str, Form]

    def path(self, form: Form) -> Path:
        return self.space.issued / file_name(self.notice, form.unit)


def _issue(notice: Notice, folder: Path, previous: Path | None = None) -> Issue:
    space, first = Workspace(folder), dict[str, Form]()
    issue_forms(notice, space, IssueOrder(previous=previous), Silent(), today=date(2020, 11, 1))
    for form in forms_of(notice, space, Edition(number=1)):
        first.setdefault(form.shape.name, form)
    return Issue(notice, space, first)


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Issue:
    return _issue(notice, tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="module")
def switched(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Issue:
    """Issue the same sub-points with every rule read the other way."""
    return _issue(read_the_other_way(notice), tmp_path_factory.mktemp("switched"))


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Issue:
    """Issue a round with the answers of an earlier one beside its inputs."""
    folder = tmp_path_factory.mktemp("earlier")
    done = rehearse(notice, Workspace(folder), Silent(), jobs=1, seed=1, now=NOW)
    assert done.returned
    report = Workspace(folder).results / "report.json"  # a rehearsal itself is no earlier round
    report.write_text(report.read_text("utf-8").replace(REHEARSAL_MARK, ""), "utf-8")
    return _issue(notice, tmp_path_factory.mktemp("following"), folder)


def _shapes() -> list[str]:
    return [f"S{number:02d}" for number in range(1, 22)]


COVERING = ("S01", "S03", "S06", "S07", "S08", "S10", "S13", "S19")
"""Shapes that have every sub-point between them; the others are tried in the exhaustive run."""


def _cases(every: Iterable[str], telling: Container[str]) -> list[ParameterSet]:
    return [pytest.param(each, marks=() if each in telling else (pytest.mark.exhaustive,)) for each in every]


def test_every_shape_is_tried(issue: Issue) -> None:
    """The shapes named here are all there are, and those of every run have every sub-point."""
    assert sorted(issue.forms) == _shapes()
    tried = {code for name in COVERING for code in issue.forms[name].shape.sub_points}
    assert tried == {code for form in issue.forms.values() for code in form.shape.sub_points}


@pytest.mark.parametrize("shape", _cases(_shapes(), COVERING))
def test_every_formula_equals_python(shape: str, issue: Issue, libreoffice: LibreOffice, rounds: int) -> None:
    """Recalculated by the client, every formula of the workbook shows what Python computes, whatever is entered."""
    _assert_formulas_equal(issue, shape, libreoffice, rounds)


@pytest.mark.parametrize("shape", _cases(["S01", "S02", "S05", "S08", "S11"], COVERING))
def test_every_formula_equals_python_under_other_readings(
    shape: str, switched: Issue, libreoffice: LibreOffice, rounds: int
) -> None:
    """The same holds where every threshold, combination and empty denominator is read the other way."""
    _assert_formulas_equal(switched, shape, libreoffice, rounds)


@pytest.mark.parametrize("shape", _cases(["S01", "S05", "S13"], ()))  # its round takes long; the engines try the same
def test_every_formula_equals_python_beside_earlier_answers(
    shape: str, following: Issue, libreoffice: LibreOffice, rounds: int
) -> None:
    """The same holds where an earlier round's answers are compared with."""
    assert following.forms[shape].prior
    _assert_formulas_equal(following, shape, libreoffice, rounds)


@pytest.mark.parametrize("rounding", _cases(["half_up", "down"], {"down"}))
def test_every_formula_equals_python_with_three_places(
    rounding: str, libreoffice: LibreOffice, tmp_path: Path, rounds: int
) -> None:
    """The same holds where scores have a third place, rounded or cut."""
    issue = _issue(catalogue(tmp_path / "weishu-2020", rounding), tmp_path / "out")
    for shape in issue.forms:
        _assert_formulas_equal(issue, shape, libreoffice, rounds)


def test_every_formula_equals_python_with_registers_and_limits(
    libreoffice: LibreOffice, tmp_path: Path, rounds: int
) -> None:
    """The same holds for registers by quarters, of which columns are summed, and for a bonus with levels, repeats and limits."""
    issue = _issue(listed(tmp_path / "lists"), tmp_path / "out")
    for shape in issue.forms:
        _assert_formulas_equal(issue, shape, libreoffice, 3 * rounds)


def _assert_formulas_equal(issue: Issue, shape: str, libreoffice: LibreOffice, rounds: int) -> None:
    form = issue.forms[shape]
    with libreoffice.open(issue.path(form)) as document:
        document.calculate_all()
        assert _differences(document, form, {}) == {}
        for seed in range(rounds):
            values = random_values(form.shape, Random(f"{shape}{seed}"))
            document.set_inputs([*_cleared(form), *as_inputs(form, values)])
            document.calculate_all()
            assert _differences(document, form, values) == {}, f"seed {seed}"


def _cleared(form: Form) -> list[Input]:
    places = (form.shape.places[key] for key in form.shape.fields)
    return [Input(sheet=place.sheet, cell=place.cell, kind="blank") for place in places]


def _differences(document: Document, form: Form, values: Mapping[str, Value]) -> dict[str, tuple[object, object]]:
    """Give each formula where the client and Python differ, with both results."""
    evaluator = form.shape.evaluator({**form.prior, **values})
    keys = {(place.sheet, place.cell): key for key, place in form.shape.places.items() if key in form.shape.formulas}
    shown = {keys[reading.sheet, reading.cell]: reading.content for reading in document.formulas()}
    assert shown.keys() == form.shape.formulas.keys()
    expected = {key: _plain(evaluator.field(key)) for key in shown}
    return {key: (shown[key], expected[key]) for key in shown if not _equal(shown[key], expected[key])}


def _plain(value: Value) -> float | str:
    if isinstance(value, date):
        return float(serial(value))
    return float(value) if isinstance(value, int | Fraction) else value or ""


def _equal(shown: float | str | None, expected: float | str) -> bool:
    if isinstance(shown, float | int) and isinstance(expected, float):
        return abs(shown - expected) < 1e-9
    return (shown or "") == expected


@pytest.mark.usefixtures("report_only", "no_review")
@pytest.mark.parametrize("suffix", _cases(["xlsx", "ods", "xls"], {"xlsx"}))
def test_every_input_comes_back(
    suffix: str, issue: Issue, libreoffice: LibreOffice, tmp_path: Path, rounds: int
) -> None:
    """What is entered in the client and saved in any of its formats is what the collector reads.

    Shapes that have every sub-point between them as .xlsx, and in the other formats one in five; all in the exhaustive run. And the
    rows that the panel counts as open are those in which the collector finds errors.
    """
    entered: dict[str, Mapping[str, Value]] = {}
    open_rows: dict[str, float] = {}
    tried = issue.forms if rounds > FEW else COVERING if suffix == "xlsx" else list(issue.forms)[::5]
    for name in tried:
        form = issue.forms[name]
        entered[form.unit] = random_values(form.shape, Random(f"{suffix}{name}"), spoilt=0)
        with libreoffice.open(issue.path(form)) as document:
            document.set_inputs(as_inputs(form, entered[form.unit]))
            document.calculate_all()
            open_rows[form.unit] = _open_rows(document, form)
            document.save_as(tmp_path / f"{form.unit}.{suffix}")
    done = collect(issue.notice, issue.space, CollectOrder(sources=Sources(paths=(tmp_path,))), Silent(), now=NOW)
    for unit, values in entered.items():
        assert _answers(done, unit).values == values, unit
        assert (
            len({_row(each) for each in _answers(done, unit).findings if each.severity == "error"}) == open_rows[unit]
        )


@pytest.mark.usefixtures("report_only", "no_review")
@pytest.mark.parametrize("suffix", _cases(["xlsx", "ods", "xls"], {"ods"}))
def test_what_a_client_calculates_is_no_false_score(
    suffix: str, issue: Issue, libreoffice: LibreOffice, tmp_path: Path, rounds: int
) -> None:
    """Whatever is entered, right or wrong, no score that the client calculated and stored is told as a false one."""
    shapes = list(issue.forms.items()) if rounds > FEW else list(issue.forms.items())[::5]
    for name, form in shapes:
        values = random_values(form.shape, Random(f"stored {suffix}{name}"))
        with libreoffice.open(issue.path(form)) as document:
            document.set_inputs(as_inputs(form, values))
            document.calculate_all()
            document.save_as(tmp_path / f"{form.unit}.{suffix}")
    done = collect(issue.notice, issue.space, CollectOrder(sources=Sources(paths=(tmp_path,))), Silent(), now=NOW)
    assert len(done.files) == len(shapes)
    for _, form in shapes:
        told = [each.message for each in _answers(done, form.unit).findings if each.code is Code.SCORES_STORED]
        assert told == [], form.unit


def _open_rows(document: Document, form: Form) -> float:
    """Add up what the completeness panel shows as still to be filled in or wrong."""
    places = [place for key, place in form.shape.places.items() if PANEL_COUNT.fullmatch(key)]
    return sum(reading.value for reading in document.read([(place.sheet, place.cell) for place in places]))


def _row(found: Finding) -> str:
    return (found.place.field or "").rpartition(".")[0]


def _answers(done: Round, unit: str) -> Answers:
    file = done.file_of(unit)
    assert file is not None, [(f.path, [x.message for x in f.findings]) for f in done.files]
    assert file.answers is not None
    return file.answers


def test_typing_respects_the_form(issue: Issue, libreoffice: LibreOffice) -> None:
    """Typed key by key, a locked cell stays, a value out of bounds is refused, and a right one is taken."""
    form = issue.forms["S01"]
    whole = next(field for field in form.shape.fields.values() if field.kind is Kind.WHOLE)
    choice = next(field for field in form.shape.fields.values() if field.kind is Kind.CHOICE)
    typed = ((whole, "3次", False), (whole, "7", True), (choice, "其他", False), (choice, "是", True))
    with libreoffice.open(issue.path(form)) as document:
        for field, text, taken in typed:
            place = form.shape.places[field.key]
            assert document.type_into(place.sheet, place.cell, text).changed is taken, (field.key, text)
        locked = form.shape.places["1.1.测算"]
        assert not document.type_into(locked.sheet, locked.cell, "9").changed
