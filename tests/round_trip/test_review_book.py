"""The review book in a real client: formulas equal Python, and what is entered there is what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Shape
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.dossier import counting_returns, dossier_of, registers
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.model import Basis
from tests.clients.libreoffice import Input, LibreOffice
from tests.support.offices import FEW, Office, few, stored
from tests.support.reviews import Reviewing

pytestmark = pytest.mark.libreoffice
DAY = date(2020, 12, 1)
SETTLED = "02/20.7"  # by the office's register
WRONG: Mapping[str, Value] = {
    "02/15.1.核定": Fraction(3, 2),
    "02/15.2.核定": 0,
    "02/15.4.核定": "满分",
    "02/15.6.审核人": "张三",
    "04/15.1.原因": "不好",
    "04/15.2.查证情况": "看过",
    "交办登记.001.单位": "区法院",
    "减分登记.001.情形": "④负责人违法违纪",
}


@pytest.fixture
def office(tmp_path: Path, notice: Notice) -> Office:
    made = Office(few(notice, FEW[:2]), tmp_path)
    made.issue()
    for unit in FEW[:2]:
        made.receive(f"{unit}.xlsx", made.filled(unit))
    return made


def the_shape(office: Office, done: Round) -> Shape:
    """Give the review book that stands in 审核 as a value."""
    dossier = dossier_of(office.notice, counting_returns(office.notice, done.files), "")
    return review_shape(replace(dossier, registers=registers(office.notice, {})))


def typed(shape: Shape, values: Mapping[str, Value]) -> list[Input]:
    return [_input(shape, key, value) for key, value in values.items()]


def _input(shape: Shape, key: str, value: Value) -> Input:
    place = shape.places[key]
    if isinstance(value, date):
        return Input(sheet=place.sheet, cell=place.cell, kind="date", value=value)
    if isinstance(value, str):
        return Input(sheet=place.sheet, cell=place.cell, kind="text", value=value)
    return Input(sheet=place.sheet, cell=place.cell, kind="number", value=float(value or 0))


def right(shape: Shape, done: Round) -> dict[str, Value]:
    """Review every sub-point at its self-score, recognise what is claimed, and enter one matter into a register that settles another."""
    entries: dict[str, Value] = {}
    for row, _, column in (key.rpartition(".") for key in shape.fields):
        if column == "核定" and row != SETTLED:
            entries[f"{row}.核定"] = shape.given[f"{row}.自评"]
        elif column == "认定" and "/" in row:
            entries[f"{row}.认定"] = "认可"
        else:
            continue
        entries |= {f"{row}.审核人": "张三", f"{row}.审核日期": DAY}
    task: dict[str, Value] = {
        "单位": done.units[0].unit,
        "事项": "=1+1",
        "日期": DAY,
        "审核人": "张三",
        "审核日期": DAY,
    }
    return entries | {f"交办登记.001.{column}": value for column, value in task.items()}


def test_every_formula_equals_python(office: Office, libreoffice: LibreOffice) -> None:
    """Blank, right or wrong, every row's result is in the client what Python computes."""
    done = office.collect()
    shape = the_shape(office, done)
    for values in ({}, right(shape, done), WRONG):
        with libreoffice.open(Reviewing(office).master) as document:
            document.set_inputs(typed(shape, values))
            document.calculate_all()
            shown = {(found.sheet, found.cell): found.content for found in document.formulas()}
        results = shape.results(values)
        expected = {(shape.places[key].sheet, shape.places[key].cell): stored(value) for key, value in results.items()}
        assert {at: "" if text is None else text for at, text in shown.items()} == expected
        told = [text for key, text in results.items() if key.endswith(".校验")]
        assert sum(bool(text) for text in told) == (8 if values is WRONG else 12 if values else 0)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_is_entered_there_is_decided(office: Office, libreoffice: LibreOffice, tmp_path: Path, kind: str) -> None:
    """A book filled in and saved by the client, in any of its formats, is read as it was filled in."""
    done = office.collect()
    review, shape = Reviewing(office), the_shape(office, done)
    with libreoffice.open(review.master) as document:
        document.set_inputs(typed(shape, right(shape, done)))
        document.calculate_all()
        saved = document.save_as(tmp_path / f"saved.{kind}", kind)  # type: ignore[arg-type] # one of its formats
    (review.folder / f"张三.{kind}").write_bytes(saved.read_bytes())
    after = office.collect()
    assert [found.code for _, found in after.review if found.severity in {"fatal", "error"}] == []
    assert after.basis is Basis.REVIEWED
    assert {sub.code: sub.reviewed for sub in after.units[0].sub_points}["20.7"] == 400
    assert [sub.reviewed for sub in after.units[1].sub_points] == [sub.self_score for sub in after.units[1].sub_points]
    assert review.cells["交办登记.001.事项"] == "=1+1"
    again = office.collect()
    assert {found.code for _, found in again.review} == {"text-like-formula", "review-register-claim"}
    assert len(review.record) == 12


def test_progress_follows_what_is_typed(office: Office, libreoffice: LibreOffice) -> None:
    """Counts, attention and links change as a reviewer types; a link leads to the first row that is still undecided."""
    done = office.collect()
    shape = the_shape(office, done)
    first = next(key for key in shape.fields if key.endswith(".核定"))
    row = first.removesuffix(".核定")
    entered: dict[str, Value] = {"核定": 0, "说明": "没有材料", "审核人": "张三", "审核日期": DAY}
    keys = ["进度.合计.类别", "进度.01.未定", "进度.01.去处", "进度.02.未定", f"{row}.关注", f"{row}.未定"]
    places = [(shape.places[key].sheet, shape.places[key].cell) for key in keys]
    with libreoffice.open(Reviewing(office).master) as document:
        before = [each.content for each in document.read(places)]
        document.set_inputs(typed(shape, {f"{row}.{column}": value for column, value in entered.items()}))
        document.calculate_all()
        after = [each.content for each in document.read(places)]
        link = document.read([places[2]])[0].formula
        document.set_formula(*places[4], f"={link[link.index('(ROW(') : link.rindex(';')]}")
        document.calculate_all()
        (target,) = document.read([places[4]])
    assert before == ["还没有定的12项", 12, "第一个未定的", "—", "未核定", 1]
    assert after == ["还没有定的11项", 11, "第一个未定的", "—", "", 0]
    assert target.content == shape.places[first].row + 1


def test_the_filter_of_one_view(office: Office) -> None:
    """The rows of 审核, those of the claims, are filtered by their heads, which protection lets reviewers use."""
    office.collect()
    book = load_workbook(Reviewing(office).master)
    for name in ("审核", "加分认定"):
        sheet = book[name]
        assert sheet.auto_filter.ref
        assert sheet.protection.autoFilter is False  # not forbidden
