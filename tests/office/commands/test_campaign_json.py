"""campaign.json is enough to fill in a workbook: what stands here knows the file, openpyxl, and nothing of the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.offices import FEW, FOURTH, Office

Json = dict[str, Any]
KEYS = {"campaign", "version", "draft", "issued", "units", "sub_points", "situations", "shapes"}
UNIT_KEYS = {"id", "unit", "no", "group", "shape", "form_number", "file"}
INPUT_KEYS = {
    "id", "sheet", "row", "column", "cell", "name", "label", "sub_point", "kind", "minimum", "maximum", "options", "measure",
    "required",
}  # fmt: skip

BOUNDS: Mapping[str, set[type[object]]] = {
    "choice": {type(None)},
    "text": {type(None)},
    "date": {str},
    "whole": {int},
    "decimal": {int, float},
}


class TestContract:
    def test_keys(self, office: Office) -> None:
        """The record has exactly the keys that other programs rely on."""
        record = office.record
        assert record.keys() == KEYS
        assert {key for unit in record["units"] for key in unit} == UNIT_KEYS
        assert {key for shape in record["shapes"].values() for key in shape} == {"inputs"}
        for shape in record["shapes"].values():
            assert all(each.keys() == INPUT_KEYS for each in shape["inputs"])

    def test_round(self, office: Office) -> None:
        """It says which campaign was issued, in which edition, and when."""
        record = office.record
        assert (record["campaign"], record["version"], record["issued"]) == ("zhonglou-2020", "1", "2020-11-01")

    def test_units(self, office: Office) -> None:
        """Every unit's file is there and its shape is described."""
        record = office.record
        assert [unit["unit"] for unit in record["units"]] == list(FEW)
        for unit in record["units"]:
            assert (office.space.issued / unit["file"]).is_file()
            assert unit["shape"] in record["shapes"]
            assert unit["file"].startswith(f"{unit['no']:02d}_{unit['unit']}_")

    def test_kinds(self, office: Office) -> None:
        """Each input is of one of five kinds, with the bounds or options that its kind has."""
        for each in (each for shape in office.record["shapes"].values() for each in shape["inputs"]):
            assert {type(each["minimum"]), type(each["maximum"])} <= BOUNDS[each["kind"]], each
            assert bool(each["options"]) == (each["kind"] == "choice"), each
            assert isinstance(each["required"], bool)

    def test_places(self, office: Office) -> None:
        """Sheet, cell and defined name of an input point at the same open cell of the workbook."""
        for unit in office.record["units"]:
            book = openpyxl.load_workbook(office.space.issued / unit["file"])
            for each in office.record["shapes"][unit["shape"]]["inputs"]:
                (place,) = book.defined_names[each["name"]].destinations
                assert (place[0], place[1].replace("$", "")) == (each["sheet"], each["cell"])
                assert not book[each["sheet"]][each["cell"]].protection.locked

    def test_codes(self, office: Office) -> None:
        """Row and column code of an input stand in the workbook, in its row and column."""
        unit = office.record["units"][0]
        book = openpyxl.load_workbook(office.space.issued / unit["file"])
        for each in office.record["shapes"][unit["shape"]]["inputs"]:
            cell = book[each["sheet"]][each["cell"]]
            assert cell.parent.cell(cell.row, 1).value == each["row"]
            assert cell.parent.cell(1, cell.column).value == each["column"]


def answer(each: Json, no: int) -> str | int | float | date:
    """Think up an entry from what the record says of an input."""
    match each["kind"]:
        case "choice":
            return str(each["options"][no % len(each["options"])])
        case "whole":
            return int(each["minimum"]) + no % 7
        case "decimal":
            return min(float(each["minimum"]) + 0.25, float(each["maximum"]))
        case "date":
            return date.fromisoformat(each["maximum"])
    return f"=第{no}处"


def fill(issued: Path, entries: Mapping[tuple[str, str], str | float | date]) -> bytes:
    """Enter the answers as a user of openpyxl would."""
    book = openpyxl.load_workbook(issued)
    for (sheet, cell), value in entries.items():
        book[sheet][cell] = value
        if isinstance(value, str):
            book[sheet][cell].data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("by", ["cell", pytest.param("name", marks=pytest.mark.long)])
def test_another_program(office: Office, by: str) -> None:
    """What another program enters into every input, found by its cell or its name, is read back exactly."""
    record: Json = office.record
    unit = next(unit for unit in record["units"] if unit["unit"] == FOURTH)
    issued = office.space.issued / unit["file"]
    names = openpyxl.load_workbook(issued).defined_names
    entered: dict[str, str | float | date] = {}
    places: dict[tuple[str, str], str | float | date] = {}
    for no, each in enumerate(record["shapes"][unit["shape"]]["inputs"]):
        value = answer(each, no)
        entered[f"{each['row']}.{each['column']}"] = value
        ((sheet, cell),) = names[each["name"]].destinations
        places[(each["sheet"], each["cell"]) if by == "cell" else (sheet, cell.replace("$", ""))] = value
    office.receive("别的程序.xlsx", fill(issued, places))
    done = office.collect()
    answers = done.files[0].answers
    assert answers is not None
    assert {key: _as_entered(value) for key, value in answers.values.items()} == entered


def _as_entered(value: Any) -> Any:  # noqa: ANN401 - what a cell holds
    """Give a number as a spreadsheet holds it."""
    return value if isinstance(value, str | date) else float(value)
