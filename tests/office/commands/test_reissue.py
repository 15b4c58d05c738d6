"""A unit whose form was spoilt gets a fresh one, with whatever could be read of its answers already in it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.expression import Value
from fazhi_xl.notice.choices import Kind
from fazhi_xl.office.commands.reissue import Reissue, reissue
from tests.support.offices import FIRST, SECOND, Office, stored
from tests.support.packages import Package
from tests.support.progress import Silent


def rescued(office: Office, data: bytes, name: str = "损坏.xlsx") -> Reissue:
    return reissue(office.notice, office.space, office.receive(name, data), Silent())


def read_back(office: Office, path: Path) -> Mapping[str, Value]:
    done = office.collect(path)
    assert done.files[0].answers is not None
    return done.files[0].answers.values


def test_everything_readable(office: Office) -> None:
    """All answers of a sound return stand in the fresh form, which is the unit's own and locked."""
    done = rescued(office, office.filled(FIRST))
    assert done.path == office.root / "补发" / office.path(FIRST).name
    assert (done.kept, done.left) == (len(office.good(FIRST)), ())
    assert read_back(office, done.path) == office.good(FIRST)
    assert all(part.one("sheetProtection") for part in Package(done.path).sheets.values())


def test_true_results(office: Office) -> None:
    """Every formula of the fresh form already shows what it comes to with the answers."""
    done = rescued(office, office.filled(FIRST))
    shape, sheets = office.forms[FIRST].shape, Package(done.path).sheets
    results = shape.evaluator(office.good(FIRST))
    for key in shape.formulas:
        place = shape.places[key]
        assert _kept(sheets[place.sheet].cells[place.cell].result) == _kept(stored(results.field(key))), key


def _kept(value: object) -> object:
    """Round a figure to what a file keeps of it."""
    return round(value, 9) if isinstance(value, Fraction) else value


def test_what_cannot_stand_in_its_cell(office: Office) -> None:
    """A text in a number's cell is left out and named; what is merely contradictory is carried over."""
    fields = office.forms[FIRST].shape.fields
    spoilt = next(key for key in office.good(FIRST) if fields[key].kind is Kind.WHOLE)
    done = rescued(office, office.filled(FIRST, office.good(FIRST) | {spoilt: "约5次"}))
    assert (done.kept, [each.place.field for each in done.left]) == (len(office.good(FIRST)) - 1, [spoilt])
    assert spoilt not in read_back(office, done.path)


def test_texts_stay_texts(office: Office) -> None:
    """A text that looks like a formula is carried over as text."""
    fields = office.forms[FIRST].shape.fields
    remark = next(key for key, field in fields.items() if field.column == "说明")
    done = rescued(office, office.filled(FIRST, office.good(FIRST) | {remark: '=HYPERLINK("http://a.cn")'}))
    assert read_back(office, done.path)[remark] == '=HYPERLINK("http://a.cn")'


def test_lost_sheet(office: Office) -> None:
    """What stood on a sheet that was deleted is gone; the rest is carried over."""
    book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
    del book["台账目录"]
    out = BytesIO()
    book.save(out)
    done = rescued(office, out.getvalue())
    kept = read_back(office, done.path)
    assert kept == {key: value for key, value in office.good(FIRST).items() if not key.startswith("台账")}


def test_blank_return(office: Office) -> None:
    """A blank return gives the form as it was issued."""
    done = rescued(office, office.issued(FIRST))
    assert done.kept == 0
    assert done.path.read_bytes() == office.issued(FIRST)


@pytest.mark.parametrize(("data", "said"), [(b"%PDF-1.4", "PDF"), (b"", "0字节")])
def test_unreadable(office: Office, data: bytes, said: str) -> None:
    """A file that says nothing ends with what is wrong with it, and nothing is made."""
    with pytest.raises(WrongUseError, match=said):
        rescued(office, data)
    assert not (office.root / "补发").exists()


def test_no_file(office: Office) -> None:
    """A file that is not there, or a folder, is named."""
    for place, said in (
        (office.root / "没有.xlsx", "没有找到文件"),
        (office.space.returns, "是文件夹。请写明里面的一份收回的表。"),
    ):
        with pytest.raises(WrongUseError, match=said):
            reissue(office.notice, office.space, place, Silent())


def test_nothing_issued(empty: Office, office: Office) -> None:
    """Before anything was issued there is nothing to issue again."""
    with pytest.raises(WrongUseError, match=r"没有 campaign\.json"):
        reissue(empty.notice, Office(empty.notice, empty.root / "别处").space, office.path(SECOND), Silent())
