"""Returns that contradict themselves or each other are asked about, and never pass in silence."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.commands.reissue import reissue
from tests.support.offices import FIRST, ISSUED, SECOND, Office
from tests.support.progress import Silent

MAIN = "任务分解表"


def edited(workbook: bytes, cells: Mapping[str, Mapping[str, str | None]]) -> bytes:
    """Give the workbook with cells changed, locked or not: by sheet, then by address; None clears."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet, changes in cells.items():
        for cell, value in changes.items():
            book[sheet][cell] = value
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def test_another_units_number(office: Office) -> None:
    """A form into which another unit's genuine number was typed is refused, and takes nobody's place."""
    number, own = office.forms[SECOND].number, office.forms[FIRST].number
    book = openpyxl.load_workbook(io.BytesIO(office.filled(FIRST)))
    places = [(sheet.title, cell.coordinate, cell.value) for sheet in book for row in sheet for cell in row]
    typed: dict[str, dict[str, str | None]] = {}
    for sheet, cell, value in places:
        if isinstance(value, str) and own in value:
            typed.setdefault(sheet, {})[cell] = value.replace(own, number)
    office.receive("2020-11-18/冒.xlsx", edited(office.filled(FIRST), typed))
    office.receive("2020-11-10/真.xlsx", office.filled(SECOND))
    office.collect()
    assert office.codes("2020-11-18/冒.xlsx") == ["form-contradiction"]
    assert office.unit(SECOND)["file"] == "2020-11-10/真.xlsx"


def test_another_units_file_name(office: Office) -> None:
    """A form saved under another unit's file name counts for its form number, and is asked about."""
    office.receive(office.path(SECOND).name, office.filled(FIRST))
    office.collect()
    (doubt,) = office.file(office.path(SECOND).name)["findings"]
    assert (doubt["code"], doubt["severity"]) == ("file-name-differs", "confirm")
    assert office.unit(FIRST)["state"] == "returned"


def test_codes_typed_over(office: Office) -> None:
    """Where two row codes changed places and the names did not, the codes are believed and the rows asked about."""
    places = office.forms[FIRST].shape.places
    one, other = places["15.2.宪法.填报"], places["15.6.次数.填报"]
    swapped: dict[str, str | None] = {f"A{one.row}": "15.6.次数", f"A{other.row}": "15.2.宪法"}
    office.receive("换.xlsx", edited(office.filled(FIRST), {MAIN: swapped}))
    office.collect()
    doubt = next(each for each in office.file("换.xlsx")["findings"] if each["code"] == "codes-moved")
    assert (doubt["severity"], doubt["value"], doubt["sheet"], doubt["cell"]) == (
        "confirm", "15.2.宪法", MAIN, other.cell,
    )  # fmt: skip


def test_codes_wiped(office: Office) -> None:
    """Rows whose codes are gone are found by their names, and the record says so."""
    place = office.forms[FIRST].shape.places["15.6.次数.填报"]
    office.receive("无.xlsx", edited(office.filled(FIRST), {MAIN: {f"A{place.row}": None}}))
    office.collect()
    assert office.codes("无.xlsx") == ["found-by-name"]


def test_equal_times(office: Office) -> None:
    """Of different returns of one moment one has to count; which one is asked about."""
    for no in (1, 2):
        office.receive(f"{no}.xlsx", office.filled(FIRST, office.good(FIRST, no)))
    office.collect()
    assert "same-time" in office.codes("2.xlsx")


def test_far_fewer_answers(office: Office) -> None:
    """A later return with far fewer answers counts, and is asked about."""
    office.receive("2020-11-10/全.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/少.xlsx", office.filled(FIRST, {"15.6.次数.填报": 4}))
    office.collect()
    assert "fewer-answers" in office.codes("2020-11-18/少.xlsx")
    assert office.unit(FIRST)["file"] == "2020-11-18/少.xlsx"


def test_rows_that_an_older_edition_cannot_have(office: Office) -> None:
    """What was added after a form was sent out is asked for as new, and not as lost."""
    old = office.filled(FIRST)
    items = tuple(
        item.model_copy(
            update={
                "sub_points": tuple(
                    sub.model_copy(update={"inputs": (*sub.inputs, sub.inputs[0].model_copy(update={"key": "新增"}))})
                    if sub.code == "15.6"
                    else sub
                    for sub in item.sub_points
                )
            }
        )
        for item in office.notice.items
    )
    held = {name: getattr(office.notice, name) for name in type(office.notice).model_fields}
    newer = Office(type(office.notice)(**{**held, "items": items}), office.root)
    issue(newer.notice, newer.space, IssueOrder(force=True), Silent(), today=ISSUED)
    newer.receive("旧.xlsx", old)
    newer.collect()
    assert newer.codes("旧.xlsx") == ["form-edition", "row-newer"]
    assert newer.file("旧.xlsx")["findings"][1]["value"] == "15.6.新增"


@pytest.mark.parametrize("reference", ["$A$" + "9" * 6000, "$" + "A" * 9000 + "$1", "#REF!", "$A$²", "A1:B2", ""])
def test_odd_references(office: Office, reference: str) -> None:
    """A defined name that points at no single cell finds nothing, and stops nothing."""
    form = office.forms[FIRST]
    row = form.shape.places["15.6.次数.填报"].row
    book = openpyxl.load_workbook(io.BytesIO(edited(office.filled(FIRST), {MAIN: {f"A{row}": None}})))
    name = form.shape.fields["15.6.次数.填报"].name
    book.defined_names[name] = DefinedName(name, attr_text=f"'{MAIN}'!{reference}")
    odd = io.BytesIO()
    book.save(odd)
    office.receive("怪.xlsx", odd.getvalue())
    office.collect()
    assert office.codes("怪.xlsx")[0] == "row-missing"


def test_no_rescue_by_other_forms(office: Office) -> None:
    """Where the catalogue changed after the issue, no form is issued again that nobody was sent."""
    file, record = office.receive("好.xlsx", office.filled(FIRST)), office.record
    record["shapes"][record["units"][0]["shape"]]["inputs"][0]["label"] = "别的"
    office.space.write_json(office.space.campaign_file, record)
    with pytest.raises(WrongUseError, match="工作目录在发放之后改动过填报项"):
        reissue(office.notice, office.space, file, Silent())
