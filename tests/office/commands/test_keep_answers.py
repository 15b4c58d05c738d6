"""Inputs under which returns hold answers go only where that is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from shutil import rmtree

import pytest

from fazhi_xl.errors import WouldDropAnswersError
from fazhi_xl.form.expression import Value
from fazhi_xl.office.commands import keep_answers
from fazhi_xl.office.commands.issue import IssuedFiles, IssueOrder, issue
from fazhi_xl.office.workspace.catalogue import keep_copy
from tests.support.catalogues import Files, catalogue, item, minimal, sub_point
from tests.support.offices import ISSUED, Office
from tests.support.once import Once
from tests.support.progress import Silent

FIRST, SECOND = "01社区", "02社区"
_ASKED = [
    {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"},
    {"key": "人数", "label": "走访人数", "kind": "whole", "measure": "人"},
]
FILES: Files = minimal() | {
    "items/01.toml": item(1, {**sub_point(5, inputs=_ASKED), "id": "走访"}, {**sub_point(5), "id": "培训"}),
}


def answers(office: Office, unit: str, **more: Value) -> bytes:
    """Fill a form in; inputs are named by their rows."""
    return office.filled(unit, office.good(unit) | {f"{row}.填报": value for row, value in more.items()})


@pytest.fixture
def office(once: Once, tmp_path: Path) -> Office:
    """Give an office whose first unit has returned its form."""

    def play(root: Path) -> None:
        made = Office(catalogue(root / "目录" / "走访", FILES), root / "out")
        made.issue()
        keep_copy(made.space, made.notice.folder)
        made.receive("一.xlsx", answers(made, FIRST, **{"1.1.人数": 31, "1.1.次数": 7, "1.2.次数": 5}))

    root = once("keep answers", play)
    return Office(catalogue(tmp_path / "目录" / "走访", FILES), root / "out").copied(tmp_path / "out")


def changed(office: Office, change: Callable[[Files], object], *, drop: bool = False) -> IssuedFiles:
    """Issue again from the catalogue with a change."""
    files = deepcopy(FILES)
    change(files)
    notice = catalogue(office.notice.folder, files)
    order = IssueOrder(force=True, drop_answers=drop)
    return issue(notice, office.space, order, Silent(), today=ISSUED)


def without_input(files: Files) -> None:
    del files["items/01.toml"]["sub_points"][0]["inputs"][1]


def without_sub_point(files: Files) -> None:
    files["items/01.toml"] = item(1, {**sub_point(5), "id": "培训"})


def without_unit(files: Files) -> None:
    files["units.toml"]["units"] = [{**files["units.toml"]["units"][1], "no": 1}]


def everything(office: Office) -> dict[str, bytes]:
    kept = (path for path in office.root.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path): path.read_bytes() for path in kept}


def test_refused_with_the_list(office: Office) -> None:
    """It is said whose answers would go, which, and how to go on; nothing has changed."""
    before = everything(office)
    with pytest.raises(WouldDropAnswersError) as refused:
        changed(office, without_input)
    assert str(refused.value) == (
        "按现在的目录重新发放,会去掉1家单位已经填了的1处填报项,没有改动。\n"
        "  01社区 1.1 “走访人数”:填了“31”(一.xlsx)\n"
        "不该去掉的,把目录改回来再发放;只是换了编号的,在目录里给得分点写上标识(id):它原来的编号。"
        "确实要去掉的,加 --confirm 再运行一次;原来的填报和决定都留着,只是不再计分。"
    )
    assert everything(office) == before


def test_confirmed(office: Office) -> None:
    """Then the forms are issued without them, and the rest of what was returned still counts."""
    made = changed(office, without_input, drop=True)
    assert made.edition.number == 2
    again = Office(catalogue(office.notice.folder, _with(without_input)), office.root)
    again.collect()
    said = {key: value for sub in again.unit(FIRST)["sub_points"] for key, value in sub["inputs"].items()}
    assert (said["1.1.次数.填报"], "1.1.人数.填报" in said) == ("7", False)


def _with(change: Callable[[Files], object]) -> Files:
    files = deepcopy(FILES)
    change(files)
    return files


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(without_sub_point, {"走访次数", "走访人数", "自评分"}, id="a sub-point"),
        pytest.param(without_unit, {"走访次数", "走访人数", "自评分"}, id="a unit"),
    ],
)
def test_all_that_goes_with_a_thing(office: Office, change: Callable[[Files], object], expected: set[str]) -> None:
    """With a sub-point go its facts and its self-score, with a unit all that it has filled in."""
    with pytest.raises(WouldDropAnswersError) as refused:
        changed(office, change)
    lines = str(refused.value).splitlines()[1:-1]
    assert all(line.startswith(f"  {FIRST} ") for line in lines)
    assert expected <= {line.partition("“")[2].partition("”")[0] for line in lines}


def test_the_list_of_documents(once: Once, tmp_path: Path) -> None:
    """Its rows go with their sub-points, without being told one by one; where the whole list goes they are told."""
    asked = minimal() | {
        "items/01.toml": item(1, *({**sub_point(5, evidence="登记本"), "id": name} for name in ("走访", "培训")))
    }
    asked["notice.toml"]["texts"] = {"evidence": ["材料按项目序号命名文件夹。"]}

    def play(root: Path) -> None:
        made = Office(catalogue(root / "目录" / "台账", asked), root / "out")
        made.issue()
        keep_copy(made.space, made.notice.folder)
        made.receive("一.xlsx", made.filled(FIRST))

    root = once("keep documents", play)
    made = Office(catalogue(tmp_path / "目录" / "台账", asked), root / "out").copied(tmp_path / "out")
    told = {name: _told(made, asked, change) for name, change in _LISTS.items()}
    assert "台账目录" not in told["a sub-point"]
    assert "01社区 “台账目录”表 “材料名称”" in told["the list"]


def _less(files: Files) -> None:
    files["items/01.toml"]["sub_points"].pop()
    files["items/01.toml"]["points"] = 5


_LISTS: dict[str, Callable[[Files], object]] = {
    "a sub-point": _less,
    "the list": lambda files: files["notice.toml"].pop("texts"),
}


def _told(office: Office, before: Files, change: Callable[[Files], object]) -> str:
    files = deepcopy(before)
    change(files)
    notice = catalogue(office.notice.folder, files)
    with pytest.raises(WouldDropAnswersError) as refused:
        issue(notice, office.space, IssueOrder(force=True), Silent(), today=ISSUED)
    return str(refused.value)


def test_a_unit_that_has_not_returned(office: Office) -> None:
    """Where nothing was filled in nothing is lost."""
    assert changed(office, lambda files: files["units.toml"]["units"].pop()).edition.number == 2


def test_blank_answers(office: Office) -> None:
    """A blank is no answer."""
    good = office.good(FIRST) | {"1.1.人数.填报": None, "1.1.次数.填报": 7}
    office.receive("一.xlsx", office.filled(FIRST, {key: value for key, value in good.items() if value is not None}))
    assert changed(office, without_input).edition.number == 2


def test_nothing_is_read_where_no_input_goes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other bounds, other numbers, more inputs: nobody looks into the returns."""

    def other(files: Files) -> None:
        files["items/01.toml"]["sub_points"][0]["inputs"][1]["maximum"] = 40
        files["items/01.toml"] = item(1, {**sub_point(1), "id": "新的"}, *files["items/01.toml"]["sub_points"])
        for at, sub in enumerate(files["items/01.toml"]["sub_points"], 1):
            sub["code"] = f"1.{at}"

    monkeypatch.setattr(keep_answers, "held_returns", None)
    assert changed(office, other).edition.number == 2


def test_the_last_report_where_the_catalogue_is_lost(office: Office) -> None:
    """Without the catalogue of the issue the last report tells what was filled in; without that too, nobody knows, and it says so."""
    office.collect()
    rmtree(office.space.archive / "目录")
    with pytest.raises(WouldDropAnswersError, match=r"“走访人数”:填了“31”\(一\.xlsx\)"):
        changed(office, without_input)
    (office.space.results / "report.json").unlink()
    with pytest.raises(WouldDropAnswersError, match=r"例如01社区 1\.1 “走访人数”。收回的表里这些地方填了什么读不出来"):
        changed(office, without_input)
    assert changed(office, without_input, drop=True).edition.number == 2
