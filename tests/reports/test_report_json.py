"""report.json: the contract with other programs."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from fazhi_xl.findings import Severity
from fazhi_xl.reports.report_json import report
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from fazhi_xl.scoring.model import Basis
from tests.support.rounds import a_round, blank_file, other_file, returned_file

FILE_KEYS = ["path", "sha256", "unit", "status", "findings"]
FINDING_KEYS = ["code", "severity", "sheet", "cell", "field", "value", "message"]
UNIT_KEYS = [
    "id", "no", "kind", "unit", "state", "file", "full_marks", "awarded", "auto", "self", "reviewed", "percent", "bonus", "deduction",
    "total", "rank", "group", "group_rank", "compared", "extended", "sub_points",
]  # fmt: skip
SUB_POINT_KEYS = ["id", "code", "points", "auto", "self", "reviewed", "full", "counted", "inputs"]
HEAD = [
    "campaign", "year", "generated", "basis", "files", "units", "review", "open", "unsealed", "counts", "edition", "rehearsal", "official",
    "round",
    "notice",
]  # fmt: skip
FIGURES = ("full_marks", "awarded", "auto", "self", "reviewed", "percent", "bonus", "deduction", "total")


def a_mixed_round(basis: Basis = Basis.SELF) -> Round:
    """Make a round of five units: right, wrong, blank, missing, and one that replaced its first return."""
    files = [
        returned_file("信访局"),
        returned_file("财政局", {"14.1.自评": 3, "14.2.自评": None}),
        blank_file("法院"),
        returned_file("工信局", {"5.1.公示制度.填报": "不涉及", "5.1.自评": None, "5.1.说明": "没有职权"}),
        other_file("工信局(旧).xlsx", Status.SUPERSEDED, "工信局"),
        other_file("说明.pdf", Status.REJECTED),
    ]
    return a_round(["信访局", "财政局", "法院", "工信局", "科协"], files, basis=basis)


def read_back(done: Round) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(report(done), ensure_ascii=False))
    return read


def unit(name: str, done: Round | None = None) -> dict[str, Any]:
    return next(each for each in read_back(done or a_mixed_round())["units"] if each["unit"] == name)


def test_its_keys() -> None:
    """The report has the keys that the contract names, in its order, and no others."""
    made = read_back(a_mixed_round())
    assert list(made) == HEAD
    assert {tuple(each) for each in made["files"]} == {tuple(FILE_KEYS)}
    assert {tuple(each) for file in made["files"] for each in file["findings"]} == {tuple(FINDING_KEYS)}
    assert {tuple(each) for each in made["units"]} == {tuple(UNIT_KEYS)}
    assert {tuple(each) for one in made["units"] for each in one["sub_points"]} == {tuple(SUB_POINT_KEYS)}


def test_it_is_the_same_twice() -> None:
    """The same round gives the same report."""
    assert report(a_mixed_round()) == report(a_mixed_round())


@pytest.mark.parametrize(
    ("basis", "mark", "campaign"),
    [(Basis.SELF, "", "zhonglou-2020"), (Basis.REVIEWED, "【演练数据】", "zhonglou-2020【演练数据】")],
)
def test_its_head(basis: Basis, mark: str, campaign: str) -> None:
    """The head names the campaign, the time in ISO form, and what the ranking counts."""
    made = read_back(a_round([], [], basis=basis, mark=mark))
    assert [made[key] for key in ("campaign", "generated", "basis")] == [
        campaign,
        "2020-11-21T09:30:00+00:00",
        basis.value,
    ]
    assert basis.value in {"自评", "核定"}


def test_scores_are_decimal_strings() -> None:
    """Every score is text with two places, never a binary fraction; what there is not is null."""
    for each in read_back(a_mixed_round())["units"]:
        figures = [each[key] for key in FIGURES]
        figures += [sub[key] for sub in each["sub_points"] for key in ("points", "auto", "self", "reviewed")]
        assert [f for f in figures if f is not None and not re.fullmatch(r"-?\d+\.\d\d", f)] == []


def test_a_right_unit() -> None:
    """A unit's figures, its ranks, and its answers by field."""
    found = unit("信访局")
    assert {key: found[key] for key in UNIT_KEYS[:-1]} == {
        "id": "信访局",
        "no": 32,
        "kind": "行政机关",
        "unit": "信访局",
        "state": "returned",
        "file": "信访局.xlsx",
        "full_marks": "25.50",
        "awarded": "19.50",
        "auto": "19.50",
        "self": "19.50",
        "reviewed": None,
        "percent": "76.47",
        "bonus": "0.00",
        "deduction": "0.00",
        "total": "76.47",
        "rank": 3,
        "group": "B",
        "group_rank": 1,
        "compared": True,
        "extended": None,
    }
    assert [each["code"] for each in found["sub_points"]] == [
        "8.1",
        "8.2",
        "15.1",
        "15.2",
        "15.4",
        "15.6",
        "20.5",
        "20.6",
        "20.7",
    ]
    assert found["sub_points"][0] == {
        "id": "8.1",
        "code": "8.1",
        "points": "1.00",
        "auto": "1.00",
        "self": "1.00",
        "reviewed": None,
        "full": "1.00",
        "counted": "1.00",
        "inputs": {
            "8.1.自评": "1",
            "8.1.说明": None,
            "8.1.信访.填报": "5",
            "8.1.法定途径.填报": "5",
            "8.1.按期办结.填报": "5",
        },
    }


def test_a_score_that_cannot_stand_is_null() -> None:
    """A wrong self-score and a blank one are null, and their inputs still tell what was typed."""
    subs = {each["code"]: each for each in unit("财政局")["sub_points"]}
    assert [subs[code]["self"] for code in ("14.1", "14.2")] == [None, None]
    assert [subs[code]["inputs"][f"{code}.自评"] for code in ("14.1", "14.2")] == ["3", None]


@pytest.mark.parametrize(("name", "file"), [("科协", None), ("法院", "法院.xlsx")])
def test_a_missing_unit(name: str, file: str | None) -> None:
    """A unit that returned nothing has no rank and no zeros, a blank return's file is still named."""
    found = unit(name)
    assert (found["state"], found["file"], found["sub_points"]) == ("missing", file, [])
    assert [found[key] for key in (*FIGURES[1:], "rank", "group_rank")] == [None] * 10
    assert found["full_marks"] is not None


def test_a_reviewed_unit() -> None:
    """On the office's basis the state says so, and what has no reviewed score is null."""
    found = unit("信访局", a_mixed_round(Basis.REVIEWED))
    assert (found["state"], found["reviewed"], found["percent"]) == ("reviewed", "0.00", "0.00")
    assert {each["reviewed"] for each in found["sub_points"]} == {None}


def test_files() -> None:
    """Every file is there with its status, what counts and what does not."""
    made = read_back(a_mixed_round())
    assert [(each["path"], each["unit"], each["status"]) for each in made["files"]] == [
        ("信访局.xlsx", "信访局", "accepted"),
        ("财政局.xlsx", "财政局", "needs_correction"),
        ("法院.xlsx", "法院", "needs_correction"),
        ("工信局.xlsx", "工信局", "accepted"),
        ("工信局(旧).xlsx", "工信局", "superseded"),
        ("说明.pdf", None, "rejected"),
    ]
    assert made["files"][1]["findings"][0] == {
        "code": "number-wrong",
        "severity": "error",
        "sheet": "任务分解表",
        "cell": unit_cell("财政局", "14.1.自评"),
        "field": "14.1.自评",
        "value": "3",
        "message": "14.1 自评分填的是“3”。应填0至2的数,最多2位小数,不带单位,例如2。",
    }


def unit_cell(name: str, field: str) -> str:
    file = a_mixed_round().file_of(name)
    assert file is not None
    assert file.answers is not None
    return file.answers.shape.places[field].cell


def test_counts() -> None:
    """Units are counted by state and files by status, zeros included."""
    assert read_back(a_mixed_round())["counts"] == {
        "units": 5,
        "missing": 2,
        "returned": 3,
        "reviewed": 0,
        "vetoed": 0,
        "files": 6,
        "accepted": 2,
        "accepted_with_notes": 0,
        "needs_correction": 2,
        "superseded": 1,
        "duplicate": 0,
        "rejected": 1,
        "ignored": 0,
    }


def test_the_words_are_those_of_the_contract() -> None:
    """Statuses and severities are the ones that other programs know."""
    assert [status.value for status in Status] == [
        "accepted", "accepted_with_notes", "needs_correction", "superseded", "duplicate", "rejected", "ignored",
    ]  # fmt: skip
    assert [severity.value for severity in Severity] == ["fatal", "error", "confirm", "note"]
