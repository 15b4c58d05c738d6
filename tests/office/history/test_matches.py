"""An earlier round of a catalogue that was numbered otherwise: every answer stands beside its own sub-point, or nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, issue
from fazhi_xl.office.commands.issue_summary import issue_summary
from fazhi_xl.office.history.earlier_answers import earlier_answers
from fazhi_xl.office.history.earlier_ranks import earlier_round
from fazhi_xl.office.history.matches import How
from fazhi_xl.office.workspace.catalogue import keep_copy
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.reports.ranking.comparison import comparison_sheets
from tests.notice.campaigns import CAMPAIGN
from tests.support.offices import FOURTH, ISSUED, NOW, THIRD, Json, Office
from tests.support.once import Once, Staged
from tests.support.packages import Package
from tests.support.progress import Silent
from tests.support.renumbering import renamed, renumbered

pytestmark = pytest.mark.long


@pytest.fixture
def earlier(staged: Staged) -> Office:
    """Give a round that two units have returned, with the catalogue that the commands keep."""
    return staged("earlier, with its catalogue", _return_two)


def _return_two(office: Office) -> None:
    for unit in (THIRD, FOURTH):
        office.receive(f"{unit}.xlsx", office.filled(unit))
    office.collect()
    keep_copy(office.space, CAMPAIGN)


def forget(office: Office, *, texts: bool) -> None:
    """Let the round be one of a version without ids; `texts` says whether the catalogue of its day is still there."""
    for path, lists in ((office.space.campaign_file, ("units",)), (office.space.results / "report.json", ("units",))):
        held = json.loads(path.read_text("utf-8"))
        held.pop("sub_points", None)
        every = [each for name in lists for each in held[name]]
        every += [sub for unit in held["units"] for sub in unit.get("sub_points", ())]
        every += [each for shape in held.get("shapes", {}).values() for each in shape["inputs"]]
        for each in every:
            del each["id"]
        path.write_text(json.dumps(held), encoding="utf-8")
    if not texts:
        (office.space.archive / "目录" / "zhonglou-2020" / "notice.toml").unlink()


def issued(notice: Notice, root: Path, previous: Office, *, accept: bool = False) -> tuple[Office, IssuedFiles]:
    office = Office(notice, root)
    order = IssueOrder(previous=previous.root, confirm=lambda _: accept)
    return office, issue(notice, office.space, order, Silent(), today=ISSUED)


def beside(office: Office, unit: str) -> dict[str, str]:
    """Give what stands under 上期填报, by the id of the row: the sub-point's id in place of its code."""
    form, part = office.forms[unit], Package(office.path(unit)).sheets["任务分解表"]
    ids = {code: sub.id for code, sub in office.notice.sub_points.items()}
    found: dict[str, str] = {}
    for key in (key for key in form.shape.places if key.endswith(".上期")):
        cell = part.cells.get(form.shape.places[key].cell)
        code = next((code for code in form.shape.sub_points if key == f"{code}.上期" or key.startswith(f"{code}.")), "")
        if cell and cell.text:
            found[ids[code] + key.removeprefix(code)] = cell.text
    return found


@pytest.fixture
def as_it_was(earlier: Office, once: Once) -> Mapping[str, str]:
    """Give what stands beside the inputs where nothing was numbered anew."""

    def issue_again(root: Path) -> None:
        later, _ = issued(earlier.notice, root / "out", earlier)
        (root / "上期.json").write_text(json.dumps(beside(later, FOURTH)), "utf-8")

    told = once("beside the inputs as it was", issue_again) / "上期.json"
    made: dict[str, str] = json.loads(told.read_text("utf-8"))
    assert len(made) > 25
    return made


@pytest.mark.parametrize("old", ["with ids", "with its catalogue", "with nothing"])
def test_after_an_item_was_taken_out(earlier: Office, tmp_path: Path, as_it_was: Mapping[str, str], old: str) -> None:
    """Where today's catalogue names the old numbers as ids, every answer that is left stands where it belongs."""
    if old != "with ids":
        forget(earlier, texts=old == "with its catalogue")
    later, built = issued(renumbered(earlier.notice, 7), tmp_path / "later", earlier)
    assert beside(later, FOURTH) == as_it_was
    assert built.earlier is not None
    assert {each.how for each in built.earlier.matches if each.before.code.startswith(("8.", "15."))} == {How.ID}


def by_old_code(found: Mapping[str, str]) -> dict[str, str]:
    """Name the rows of a catalogue without item 7 and without ids by the codes of before."""
    return {
        f"{int(no) + (int(no) >= 7)}.{rest}": said
        for key, said in found.items()
        for no, _, rest in (key.partition("."),)
    }


@pytest.mark.parametrize("old", ["with ids", "with its catalogue", "with nothing"])
def test_numbers_without_ids(earlier: Office, tmp_path: Path, as_it_was: Mapping[str, str], old: str) -> None:
    """Where the rest was numbered anew and no id says so, what only reads alike is left blank until it is confirmed.

    Today last year's score of another sub-point stood there.
    """
    if old != "with ids":
        forget(earlier, texts=old == "with its catalogue")
    anew = renumbered(earlier.notice, 7, keep=False)
    later, built = issued(anew, tmp_path / "later", earlier)
    assert built.earlier is not None
    assert beside(later, FOURTH) == {}
    assert {each.before.code: each.now.code for each in built.earlier.to_confirm if each.now}["8.1"] == "7.1"
    assert "“只是文字相同或相近”的没有带入" in "\n".join(issue_summary(built, later.space))
    sure, _ = issued(anew, tmp_path / "sure", earlier, accept=True)
    told = by_old_code(beside(sure, FOURTH))
    assert told == {key: said for key, said in as_it_was.items() if key in told}
    assert len(told) >= len(as_it_was) - 3  # where all is lost, what asks nothing is not known again


def test_same_numbers(earlier: Office, tmp_path: Path, as_it_was: Mapping[str, str]) -> None:
    """A round of a version without ids and a catalogue that kept its numbers: all is known by number and text, nobody is asked."""
    forget(earlier, texts=True)
    later, built = issued(earlier.notice, tmp_path / "later", earlier)
    assert beside(later, FOURTH) == as_it_was
    assert built.earlier is not None
    assert {each.how for each in built.earlier.matches} == {How.SAME}


def test_a_table_says_what_was_matched(earlier: Office, tmp_path: Path) -> None:
    """The table beside the record names every sub-point of before, what it was taken for, and how that is known."""
    later, built = issued(renumbered(earlier.notice, 8), tmp_path / "later", earlier)
    book = openpyxl.load_workbook(later.space.archive / "上期对应.xlsx")
    rows = {str(row[0]): row[1:] for row in book["得分点"].iter_rows(values_only=True)}
    assert (rows["8.1"][1], rows["8.1"][3]) == ("—", "本期没有对应的")
    assert (rows["15.4"][1], rows["15.4"][3:5]) == ("14.4", ("标识(id)相同", "带入"))
    assert [row[0] for row in book["单位"].iter_rows(min_row=3, values_only=True)][-4:] == [
        unit.short for unit in earlier.notice.units
    ]
    said = list(issue_summary(built, later.space))
    assert any(line.startswith("  上期8.1 → 本期(没有) ") for line in said)


def test_a_unit_that_is_called_otherwise(earlier: Office, tmp_path: Path, as_it_was: Mapping[str, str]) -> None:
    """A unit goes by its id: its answers stand in the form of its new name, and 与上次比较 says what it was called."""
    notice = renamed(earlier.notice, FOURTH, "信访中心")
    later, built = issued(notice, tmp_path / "later", earlier)
    assert beside(later, "信访中心") == as_it_was
    assert any("上期信访局 → 本期信访中心(标识(id)相同)" in line for line in issue_summary(built, later.space))
    later.receive("表.xlsx", later.filled("信访中心"))
    round_ = collect(notice, later.space, CollectOrder(previous=earlier.root), Silent(), now=NOW)
    (sheet,) = comparison_sheets(round_)
    table = sheet.blocks[-1]
    notes = {row[1]: row[-1] for row in getattr(table, "rows", ())}
    assert notes["信访中心"] == "上次名为“信访局”"


def test_a_rehearsal_is_no_earlier_round(earlier: Office, tmp_path: Path) -> None:
    """A rehearsal's folder is refused for a real round, issuing and collecting, and taken for a rehearsal."""
    path = earlier.space.results / "report.json"
    held: Json = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**held, "campaign": "zhonglou-2020【演练数据】"}), encoding="utf-8")
    for read in (earlier_answers, earlier_round):
        with pytest.raises(WrongUseError, match="是演练的结果,里面的数都是编造的,不能作为正式一轮的上期"):
            read(earlier.notice, earlier.root)
        assert read(earlier.notice, earlier.root, rehearsal=True).units
    with pytest.raises(WrongUseError, match="演练"):
        issued(earlier.notice, tmp_path / "later", earlier)
    assert not Workspace(tmp_path / "later").campaign_file.exists()
    other = earlier.copied(tmp_path / "other")
    with pytest.raises(WrongUseError, match="演练"):
        collect(other.notice, other.space, CollectOrder(previous=earlier.root), Silent(), now=NOW)


def test_earlier_answers_follow_a_renumbering(earlier: Office, tmp_path: Path, as_it_was: Mapping[str, str]) -> None:
    """Where a round that bears earlier answers is issued again without an item, they stay beside their sub-points."""
    later, _ = issued(earlier.notice, tmp_path / "later", earlier)
    again = Office(renumbered(earlier.notice, 7), Path(copytree(later.root, tmp_path / "again")))
    again.issue(force=True)
    assert again.record["version"] == "2"
    assert beside(again, FOURTH) == as_it_was
