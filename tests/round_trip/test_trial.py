"""The trial of a catalogue's rules in every program: what its sheet comes to is what Python computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit.tasks import auto_field, fact_field
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.setup.book.trial import NAME
from fazhi_xl.xlsx.fill import fill
from tests.clients.engines import Engine, Result
from tests.clients.libreoffice import LibreOffice
from tests.clients.validator import Validator
from tests.notice.campaigns import TEMPLATES
from tests.round_trip.fillings import FILLINGS
from tests.round_trip.test_engines import Filled, differences, entry, plain
from tests.support.catalogues import catalogue
from tests.support.edits import with_parts
from tests.support.packages import Package
from tests.support.random_rules import every_kind, some_facts
from tests.support.rule_oracle import score_by_hand
from tests.support.thousandths import catalogue as with_three_places
from tests.support.trials import blank, opened, place, saved, shape_of, type_into

CATALOGUES: Mapping[str, Callable[[Path], Notice]] = {
    **{folder.name: lambda _, folder=folder: load(folder) for folder in sorted(TEMPLATES.iterdir())},  # type: ignore[misc] # a lambda's default
    "three places": lambda folder: with_three_places(folder / "weishu-2020", "down"),
}
RANDOM = every_kind("trial", 6)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], tuple[Filled, ...]]:
    """Give the trials of catalogues, each filled in so many ways, once for all programs."""

    @cache
    def trials(ways: int) -> tuple[Filled, ...]:
        return tuple(_trials(tmp_path_factory.mktemp("catalogues"), ways))

    return trials


def _trials(folder: Path, ways: int) -> Iterator[Filled]:
    turns = cycle(FILLINGS.items())
    for name, of in CATALOGUES.items():
        notice = of(folder)
        shape, drawn = shape_of(notice), blank(notice)
        for filling, values in islice(turns, ways):
            yield _filled(shape, drawn, (name, filling), values(shape))
    notice = catalogue(folder / "random", RANDOM)
    for no in range(ways):
        yield _filled(shape_of(notice), blank(notice), ("random", str(no)), _facts(str(no)))


def _filled(shape: Shape, drawn: bytes, about: tuple[str, str], values: Mapping[str, Value]) -> Filled:
    cells = ((NAME, shape.places[key].cell, entry(value)) for key, value in values.items())
    results = shape.results(values).items()
    expected = {(NAME, shape.places[key].cell): plain(value) for key, value in results}
    return Filled(about=about, workbook=fill(_untyped(drawn), cells), expected=expected)


def _untyped(drawn: bytes) -> bytes:
    """Leave out what the library says of blank cells, that they are numbers, and blank results: one program takes either for a 0."""
    sheets = ((name, part) for name, part in Package(drawn).parts.items() if "sheets/" in name)
    parts = {name: part.replace(b' t="n"></c>', b"></c>").replace(b"<v></v>", b"") for name, part in sheets}
    return with_parts(drawn, parts)


def _facts(seed: str) -> dict[str, Value]:
    raws = [sub for name, table in RANDOM.items() if name.startswith("items/") for sub in table["sub_points"]]
    return {
        fact_field(raw["code"], key): value
        for raw in raws
        for key, value in some_facts(Random(f"{seed}{raw['code']}"), raw).items()
    }


def test_every_formula(engine: Engine, filled: Callable[[int], tuple[Filled, ...]]) -> None:
    """Blank, by chance, up to the limits and wrong everywhere: each score and each word is what Python computes."""
    for each in filled(2):
        assert differences(engine.results(each.workbook), each.expected) == {}, each.about


@pytest.mark.libreoffice
def test_in_a_client(libreoffice: LibreOffice, filled: Callable[[int], tuple[Filled, ...]], tmp_path: Path) -> None:
    """So it is in LibreOffice, and no text is cut off there."""
    path = tmp_path / "trial.xlsx"
    for each in filled(1):
        path.write_bytes(each.workbook)
        with libreoffice.open(path) as document:
            document.calculate_all()
            shown = {(cell.sheet, cell.cell): _blank(cell.content) for cell in document.formulas()}
            assert differences(shown, each.expected) == {}, each.about
            clipped = document.clipped() if each.about[0] == "wanglan-bumen-2023" else []
            assert clipped == []


@pytest.mark.libreoffice
def test_saved_by_a_client(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """What was typed stays where the workbook was saved by another program in between."""
    notice, book = load(TEMPLATES / "chengchuan-xiangzhen-2023"), Workbook()
    shape, path = shape_of(notice), tmp_path / "trial.xlsx"
    place(book, notice)
    type_into(book, shape, FILLINGS["by chance"](shape))
    path.write_bytes(saved(book))
    typed = {cell: book[NAME][cell].value for cell in (shape.places[key].cell for key in shape.fields)}
    with libreoffice.open(path) as document:
        again = opened(document.save_as(tmp_path / "saved.xlsx").read_bytes())
    assert place(again, notice).gone == ()
    assert {cell: again[NAME][cell].value for cell in typed} == typed


def _blank(content: Result | None) -> Result:
    return "" if content is None else content


def test_by_hand(tmp_path: Path) -> None:
    """The scores that stand in the sheet for facts by chance are those that the words of the format give."""
    shape = shape_of(catalogue(tmp_path, RANDOM))
    raws = [sub for name, table in RANDOM.items() if name.startswith("items/") for sub in table["sub_points"]]
    for no in range(3):
        evaluator = shape.evaluator(_facts(str(no)))
        for raw in raws:
            facts = some_facts(Random(f"{no}{raw['code']}"), raw)
            assert evaluator.field(auto_field(raw["code"])) == score_by_hand(raw, facts, places=3), (raw, facts)


def test_it_opens_without_repair(validator: Validator, tmp_path: Path) -> None:
    """The sheet is one that Excel opens as it is, with facts in it."""
    book, notice = Workbook(), load(TEMPLATES / "wanglan-bumen-2023")
    place(book, notice)
    type_into(book, shape_of(notice), FILLINGS["by chance"](shape_of(notice)))
    place(book, notice)
    path = tmp_path / "trial.xlsx"
    path.write_bytes(saved(book))
    faults = map(str, validator.faults([path]))
    assert [
        fault for fault in faults if "/x:fonts[1]/" not in fault
    ] == []  # the library's own order of what a font has
