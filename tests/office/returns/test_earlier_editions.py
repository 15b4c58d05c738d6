"""Forms of an edition before the current one, after an item was taken out: they are read by what their numbers stood for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_xl.cells import CellKind
from fazhi_xl.errors import WouldDropAnswersError
from fazhi_xl.notice.model import Item
from fazhi_xl.office.workspace.catalogue import keep_copy
from tests.notice.campaigns import CAMPAIGN
from tests.support.edits import with_cells
from tests.support.offices import FOURTH, THIRD, Json, Office
from tests.support.renumbering import remade, renamed, renumbered
from tests.support.returns import Typed

pytestmark = pytest.mark.long


def reissued(office: Office, *, without: int = 7) -> Office:
    """Give the office after it issued again without an item: what was 8.1 is 7.1 now, and has its id still."""
    made = Office(renumbered(office.notice, without), office.root)
    made.issue(force=True, drop=True)
    assert made.record["version"] == "2"
    return made


def by_id(office: Office, unit: str) -> dict[str, Json]:
    return {each["id"]: each for each in office.unit(unit)["sub_points"]}


def plain(each: Json) -> Json:
    """Give what was read of a sub-point, without its code."""
    values = {key.removeprefix(each["code"]): value for key, value in each["inputs"].items()}
    return {**each, "code": "", "inputs": values}


def forget_ids(office: Office, record: Path | None = None) -> None:
    """Let the first edition's record be one that was written before records had ids."""
    path = record or office.space.archive / "campaign-1.json"
    held = json.loads(path.read_text("utf-8"))
    del held["sub_points"], held["situations"]
    for each in (*held["units"], *(each for shape in held["shapes"].values() for each in shape["inputs"])):
        del each["id"]
    path.write_text(json.dumps(held), encoding="utf-8")


@pytest.fixture
def filled(office: Office) -> Office:
    """Give the office with a form of the first edition, filled in and collected."""
    office.receive("表.xlsx", office.filled(FOURTH))
    office.collect()
    return office


@pytest.mark.parametrize("ids", [True, False], ids=["with ids", "before there were ids"])
def test_answers_stay_with_their_sub_points(filled: Office, *, ids: bool) -> None:
    """Every answer to a sub-point that is left is the one to that sub-point, whatever its number is now, evidence included."""
    before, evidence = by_id(filled, FOURTH), filled.codes("表.xlsx")
    later = reissued(filled)
    if not ids:
        forget_ids(later)
    later.collect()
    after = by_id(later, FOURTH)
    assert {key: plain(each) for key, each in after.items()} == {key: plain(each) for key, each in before.items()}
    assert (after["8.1"]["code"], after["15.4"]["code"]) == ("7.1", "14.4")
    assert later.codes("表.xlsx") == ["form-edition", *evidence]


def test_a_label_that_changed(filled: Office) -> None:
    """Where a version without ids issued the first edition, the catalogue of that day tells the sub-points apart.

    The answer to a question that has another label now is read, and nobody is asked.
    """
    keep_copy(filled.space, CAMPAIGN)
    forget_ids(filled, filled.space.campaign_file)
    items = [relabelled(item) if item.no == 8 else item for item in filled.notice.items]
    later = Office(remade(filled.notice, items=items), filled.root)
    later.issue(force=True)
    later.collect()
    assert by_id(later, FOURTH)["8.1"]["inputs"]["8.1.信访.填报"] is not None
    assert "form-renumbered" not in later.codes("表.xlsx")


def relabelled(item: Item) -> Item:
    """Give the item with other labels throughout."""
    subs = [
        sub.model_copy(update={"inputs": tuple(f.model_copy(update={"label": f"{f.label}(全年)"}) for f in sub.inputs)})
        for sub in item.sub_points
    ]
    return item.model_copy(update={"sub_points": tuple(subs)})


def test_a_sub_point_that_is_gone(filled: Office) -> None:
    """The answers to a sub-point that was taken out are nobody's: the one that has its number now does not get them."""
    before = by_id(filled, FOURTH)
    later = reissued(filled, without=8)
    later.collect()
    after = by_id(later, FOURTH)
    assert after.keys() == before.keys() - {"8.1", "8.2"}
    told = next(each for each in later.file("表.xlsx")["findings"] if each["code"] == "form-renumbered")
    assert told["value"] == "8.1、8.2"
    assert {key: plain(each) for key, each in after.items()} == {key: plain(before[key]) for key in after}


def test_names_stand_for_lost_codes(office: Office) -> None:
    """Where the codes of an old form are lost its defined names are as old, and are read as such."""
    data, places = office.filled(FOURTH), office.forms[FOURTH].shape.places
    office.receive("表.xlsx", data)
    office.collect()
    before = by_id(office, FOURTH)
    later = reissued(office)
    wiped = [key for key in places if key.startswith(("8.1.", "15.4.")) and key.endswith(".编号")]
    later.receive(
        "表.xlsx", with_cells(data, {("任务分解表", places[key].cell): Typed(CellKind.TEXT, "") for key in wiped})
    )
    later.collect()
    assert "found-by-name" in later.codes("表.xlsx")
    assert {k: plain(each) for k, each in by_id(later, FOURTH).items()} == {
        k: plain(each) for k, each in before.items()
    }


def test_a_number_without_anything_else(filled: Office) -> None:
    """Where numbers were moved and no id was given, an answer whose text now stands under another number is not taken over."""
    later = Office(renumbered(filled.notice, without=7, keep=False), filled.root)
    with pytest.raises(WouldDropAnswersError):
        later.issue(force=True)
    later.issue(force=True, drop=True)
    later.collect()
    found = by_id(later, FOURTH)
    assert {each["self"] for code, each in found.items() if code not in {"20.6", "20.7"}} == {None}


def test_units_go_by_their_ids(office: Office) -> None:
    """A unit that is called otherwise now, and has another number, has the form that it was issued under its old name."""
    office.receive("表.xlsx", office.filled(THIRD))
    office.collect()
    before = by_id(office, THIRD)
    later = Office(renamed(office.notice, THIRD, "检察局", no=3), office.root)
    later.issue(force=True)
    later.collect()
    assert later.file("表.xlsx")["unit"] == "检察局"
    assert {k: plain(each) for k, each in by_id(later, "检察局").items()} == {k: plain(e) for k, e in before.items()}
