"""An earlier round's answers beside this round's inputs, and the question where a number is far from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.history.earlier_answers import earlier_answers
from tests.support.offices import FIRST, FOURTH, ISSUED, THIRD, Office
from tests.support.once import Once, Staged
from tests.support.packages import Package
from tests.support.progress import Silent

pytestmark = pytest.mark.long

Json = dict[str, Any]


@pytest.fixture
def earlier(staged: Staged) -> Office:
    """Give a round that two units have returned."""
    return staged("earlier", _return_two)


def _return_two(office: Office) -> None:
    office.receive(
        "甲.xlsx", office.filled(FOURTH, {**office.good(FOURTH), "8.1.信访.填报": 40, "8.1.按期办结.填报": 40})
    )
    office.receive("乙.xlsx", office.filled(THIRD))
    office.collect()


@pytest.fixture
def later(earlier: Office, once: Once, tmp_path: Path) -> Office:
    """Give this round's office, which issues with the earlier answers."""
    root = once("later", lambda root: _issue(Office(earlier.notice, root), earlier.root))
    return Office(earlier.notice, root).copied(tmp_path / "later")


def _issue(office: Office, previous: Path | None, *, force: bool = False) -> tuple[str, ...]:
    order = IssueOrder(previous=previous, force=force)
    return issue(office.notice, office.space, order, Silent(), today=ISSUED).unknown


def shown(office: Office, unit: str, row: str) -> str | None:
    """Give what stands in a row's cell of the earlier answer."""
    place = office.forms[unit].shape.places[f"{row}.上期"]
    return Package(office.path(unit)).sheets[place.sheet].cells[place.cell].text


def test_answers_stand_beside_the_inputs(earlier: Office, later: Office) -> None:
    """Each fact's last value and each sub-point's last self-score stand in a locked column of their own."""
    held = {each["code"]: each for each in earlier.unit(FOURTH)["sub_points"]}
    assert shown(later, FOURTH, "8.1.信访") == "40"
    assert shown(later, FOURTH, "8.1") == held["8.1"]["self"]
    assert shown(later, FOURTH, "15.4.学法") == held["15.4"]["inputs"]["15.4.学法.填报"]


def test_a_unit_without_answers_has_blanks(later: Office) -> None:
    """A unit that returned nothing last time has the same column, blank."""
    assert not shown(later, FIRST, "15.4.学法")


def test_nothing_is_filled_in(later: Office) -> None:
    """The earlier answers are shown and never put into an input."""
    part = Package(later.path(FOURTH)).sheets["任务分解表"]
    places = later.forms[FOURTH].shape
    cells = [part.cells[places.places[key].cell] for key in places.fields if places.places[key].sheet == "任务分解表"]
    assert [cell.text for cell in cells if cell.text] == []


SWINGS = [
    (40, False),
    (79, False),
    (80, True),  # twice as much
    (21, False),
    (20, True),  # half as much
    (0, True),
]


@pytest.mark.parametrize(("number", "asked"), SWINGS)
def test_a_large_swing_is_asked_about(later: Office, number: int, asked: bool) -> None:  # noqa: FBT001 - a column of the table
    """A number at least twice or at most half of the last one, and ten or more apart, is to be confirmed, in both places."""
    facts = {"8.1.信访.填报": number, "8.1.法定途径.填报": 0, "8.1.按期办结.填报": number}
    later.receive("表.xlsx", later.filled(FOURTH, {**later.good(FOURTH), **facts, "8.1.自评": 1}))
    later.collect()
    swings = [each for each in later.file("表.xlsx")["findings"] if each["code"] == "swing"]
    assert [each["field"] for each in swings] == (["8.1.信访.填报", "8.1.按期办结.填报"] if asked else [])
    if asked:
        assert swings[0]["message"] == f"8.1.信访 信访总量填的是{number},上期是40,相差很大。请核实本期的数。"
        assert swings[0]["severity"] == "confirm"
    form = later.forms[FOURTH]
    status = form.shape.evaluator({**form.prior, **facts}).field("8.1.信访.校验")
    assert status == ("请核实:与上期相差很大,请核实" if asked else "通过")


def test_small_numbers_may_double(later: Office) -> None:
    """Few cases more or less are no swing."""
    form = later.forms[FOURTH]
    prior = {**form.prior, "8.1.信访.上期": "4"}
    assert form.shape.evaluator({**prior, "8.1.信访.填报": 13}).field("8.1.信访.校验") == "通过"
    assert form.shape.evaluator({**prior, "8.1.信访.填报": 14}).field("8.1.信访.校验") != "通过"


def test_a_decimal_before(later: Office) -> None:
    """An earlier number with decimals is compared exactly."""
    form = later.forms[FOURTH]
    told = [
        form.shape.evaluator({"15.1.经费.上期": "12.50", "15.1.经费.填报": Fraction(cents, 100)}).field(
            "15.1.经费.校验"
        )
        for cents in (2499, 2500)
    ]
    assert told == ["通过", "请核实:与上期相差很大,请核实"]


def test_issued_again_without(later: Office) -> None:
    """A form that is issued again bears the same answers, and is the same file."""
    before = later.issued(FOURTH)
    _issue(later, None, force=True)
    assert later.issued(FOURTH) == before


def test_answers_added_later_make_a_new_edition(earlier: Office, tmp_path: Path) -> None:
    """Forms that were issued without the column stay readable: those with it are another edition."""
    plain = Office(earlier.notice, tmp_path / "plain")
    _issue(plain, None)
    old = plain.filled(FOURTH)
    _issue(plain, earlier.root, force=True)
    assert plain.record["version"] == "2"
    plain = Office(earlier.notice, plain.root)
    plain.receive("旧.xlsx", old)
    plain.collect()
    assert [(each["code"], each["severity"]) for each in plain.file("旧.xlsx")["findings"]][:1] == [
        ("form-edition", "note")
    ]
    assert plain.unit(FOURTH)["state"] == "returned"


def _damaged(folder: Path, change: Callable[[Json], None], file: str = "结果/report.json") -> Path:
    held = json.loads((folder / file).read_text("utf-8"))
    change(held)
    (folder / file).write_text(json.dumps(held), encoding="utf-8")
    return folder


def test_what_asks_otherwise_is_not_taken_over(earlier: Office) -> None:
    """An input with another label, kind or measure is another question; a score of other points is another score."""

    def relabel(held: Json) -> None:
        for shape in held["shapes"].values():
            for each in shape["inputs"]:
                if each["row"] == "8.1.信访":
                    each["label"] = "信访件数"

    answers = earlier_answers(earlier.notice, _damaged(earlier.root, relabel, "campaign.json")).answers[FOURTH]
    assert "8.1.信访.填报" not in answers
    assert answers["8.1.按期办结.填报"] == "40"

    def reweigh(held: Json) -> None:
        for unit in held["units"]:
            for each in unit["sub_points"]:
                each["points"] = "3.00"

    answers = earlier_answers(earlier.notice, _damaged(earlier.root, reweigh)).answers[FOURTH]
    assert not [key for key in answers if key.endswith(".自评")]


def test_what_was_wrong_is_not_taken_over(earlier: Office) -> None:
    """An answer that was no answer is not shown: 约5, an option that is none, nothing."""

    def spoil(held: Json) -> None:
        for unit in held["units"]:
            for each in unit["sub_points"]:
                each["inputs"].update({"8.1.信访.填报": "约5", "8.1.按期办结.填报": None, "15.4.学法.填报": "差不多"})
                each["inputs"]["8.2.本年集体访.填报"] = "NaN"

    answers = earlier_answers(earlier.notice, _damaged(earlier.root, spoil)).answers[FOURTH]
    assert not {"8.1.信访.填报", "8.1.按期办结.填报", "15.4.学法.填报", "8.2.本年集体访.填报"} & answers.keys()


def test_units_that_are_gone_are_named(earlier: Office, tmp_path: Path) -> None:
    """A unit that this round does not know is told; one that is known by another name is found."""

    def rename(held: Json) -> None:
        names = iter(("粮食局", "区信访局"))
        for unit in held["units"]:
            del unit["id"]  # as earlier versions wrote it
            if unit["sub_points"]:
                unit["unit"] = next(names)

    found = earlier_answers(earlier.notice, _damaged(earlier.root, rename))
    assert (found.unknown, set(found.answers)) == (("粮食局",), {FOURTH})
    assert _issue(Office(earlier.notice, tmp_path / "next"), earlier.root) == ("粮食局",)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("结果/report.json", None, r"里没有 结果/report\.json。请指明上一轮的输出文件夹"),
        ("campaign.json", None, r"里没有 campaign\.json"),
        ("结果/report.json", "{", r"report\.json 的内容不对,请从备份恢复"),
        ("结果/report.json", "[]", r"report\.json 的内容不对,请从备份恢复"),
        ("结果/report.json", "{}", r"内容不全\(KeyError\)。请在上一轮重新收表后再用"),
        ("campaign.json", '{"shapes": 5}', r"内容不全\(AttributeError\)"),
    ],
)
def test_an_earlier_round_that_cannot_be_read(earlier: Office, file: str, text: str | None, message: str) -> None:
    """What is missing or damaged is said in one line, before anything is written."""
    if text is None:
        (earlier.root / file).unlink()
    else:
        (earlier.root / file).write_text(text, encoding="utf-8")
    with pytest.raises(WrongUseError, match=message):
        earlier_answers(earlier.notice, earlier.root)
