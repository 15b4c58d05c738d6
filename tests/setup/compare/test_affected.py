"""What of a round that is out a new catalogue touches, and that it happens as it is told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.issue import IssueOrder, issue
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.session import Acceptance, ReviewOrders
from fazhi_xl.office.review.values import Values
from fazhi_xl.office.workspace.catalogue import keep_copy
from fazhi_xl.setup.compare.affected import Affected, RoundOut, Touched, affected
from fazhi_xl.setup.compare.diff import Side, comparison
from fazhi_xl.setup.compare.summary import brief
from fazhi_xl.setup.compare.told import Reach, Told
from tests.support.catalogues import Files, Table, catalogue, item, minimal, negative_list, next_year, sub_point
from tests.support.offices import ISSUED, NOW, Office
from tests.support.once import Once
from tests.support.progress import Silent

FIRST, SECOND = "01社区", "02社区"
_ASKED: list[Table] = [
    {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"},
    {"key": "等次", "label": "验收等次", "kind": "choice", "options": ["好", "中", "差"]},
]
FILES: Files = minimal() | {
    "items/01.toml": item(
        1, {**sub_point(5, inputs=_ASKED), "id": "走访"}, {**sub_point(5), "id": "培训"}, responsible=[FIRST, SECOND]
    ),
}
_ANSWERS: dict[str, Value] = {
    "1.1.次数.填报": 7,
    "1.1.等次.填报": "中",
    "1.1.自评": 5,
    "1.2.次数.填报": 9,
    "1.2.自评": 4,
}


@pytest.fixture
def office(once: Once, tmp_path: Path) -> Office:
    """Give an office whose first unit has returned its form and was reviewed."""

    def play(root: Path) -> None:
        made = Office(catalogue(root / "目录" / "走访", FILES), root / "out")
        made.issue()
        keep_copy(made.space, made.notice.folder)
        assert set(_ANSWERS) <= set(made.forms[FIRST].shape.fields)
        made.receive("一.xlsx", made.filled(FIRST, made.good(FIRST) | _ANSWERS))
        accept = Acceptance(units=(FIRST,), reviewer="张三")
        order = CollectOrder(review=ReviewOrders(accept=accept))
        collect(made.notice, made.space, order, Silent(), now=NOW)

    root = once("affected", play)
    return Office(catalogue(tmp_path / "目录" / "走访", FILES), root / "out").copied(tmp_path / "out")


def told(office: Office, change: Callable[[Files], object]) -> Told:
    files = deepcopy(FILES)
    change(files)
    old = Side(notice=office.notice, place=office.root, named="out", space=office.space)
    new = catalogue(office.root.parent / "新" / "走访", files)
    return comparison(old, Side(notice=new, place=new.folder, named="新"), Silent())


def rows(found: Told, touched: Touched) -> list[tuple[str, ...]]:
    return [(each.place, each.label, each.value, each.cause, each.effect) for each in _of(found, touched)]


def _of(found: Told, touched: Touched) -> list[Affected]:
    assert all(each.unit == FIRST for each in found.affected)
    return [each for each in found.affected if each.touched is touched]


def subs(files: Files) -> list[Table]:
    found: list[Table] = files["items/01.toml"]["sub_points"]
    return found


_DROPPED = "不再收,不再计分;原来的表留在存档里。重新发放时要加 --confirm"


def test_an_input_that_goes(office: Office) -> None:
    """What was filled in there is named with its file, and the decision on the sub-point is to be looked at again."""
    found = told(office, lambda files: files["items/01.toml"]["sub_points"][0]["inputs"].pop())
    assert rows(found, Touched.ANSWER) == [("1.1", "验收等次", "中", "填报项取消了", _DROPPED)]
    assert [each.source for each in _of(found, Touched.ANSWER)] == ["一.xlsx"]
    assert list(brief(found)) == [
        "共有1处变化,涉及填报指标。",
        "收到1份计分的表;1处填报、1处审核决定受影响。按新目录重新发放时,已经收到的表和审核决定会怎样,列在“影响”里。",
    ]
    ((place, _, value, cause, effect),) = rows(found, Touched.DECISION)
    assert (place, cause) == ("1.1", "填报指标增减了")
    assert value.startswith("核定5,审核人张三")
    assert effect == "决定仍然有效;数据因此变了的,收表时标“审核后数据有变”,请复核"


def test_other_bounds_and_options(office: Office) -> None:
    """Of an input that takes other values it is said whether what was filled in may still stand there."""

    def other(files: Files) -> None:
        first = files["items/01.toml"]["sub_points"][0]["inputs"]
        first[0] |= {"maximum": 6}
        first[1] |= {"options": ["好", "中", "差", "没有"]}

    assert rows(told(office, other), Touched.ANSWER) == [
        ("1.1", "走访次数", "7", "上限由“99999”改为“6”", "新的表里不能这样填,收表时会请单位改正"),
        ("1.1", "验收等次", "中", "选项由“好、中、差”改为“好、中、差、没有”", "仍然可以这样填,照旧"),
    ]


def test_fewer_points(office: Office) -> None:
    """A self-score and a decision above what there is to earn are named."""

    def cheaper(files: Files) -> None:
        files["items/01.toml"]["sub_points"][0]["points"] = 3
        files["items/01.toml"]["points"] = 8

    found = told(office, cheaper)
    assert rows(found, Touched.ANSWER) == [
        ("1.1", "自评分", "5", "分值由5分改为3分", "超过新的最高分,收表时会请单位改正")
    ]
    ((_, _, _, cause, effect),) = rows(found, Touched.DECISION)
    assert (cause, effect) == ("分值由5分改为3分", "按新的最高分3分计,请复核")


def test_a_sub_point_that_goes(office: Office) -> None:
    """With it go all answers, and the decision stays on record; what only has another number is not touched."""

    def shorter(files: Files) -> None:
        files["items/01.toml"]["sub_points"] = [{**subs(files)[1], "code": "1.1"}]
        files["items/01.toml"]["points"] = 5

    found = told(office, shorter)
    assert {each.place for each in found.affected} == {"1.1"}
    assert {each.label for each in _of(found, Touched.ANSWER)} >= {"走访次数", "验收等次", "自评分"}
    ((_, _, _, cause, effect),) = rows(found, Touched.DECISION)
    assert (cause, effect) == ("得分点取消了,或者看不出是新目录的哪一个", "不再计分,仍留在审核记录里")


def test_a_unit_that_no_longer_answers(office: Office) -> None:
    """Where another department is responsible the answers go with the duty."""
    found = told(office, lambda files: files["items/01.toml"].update(responsible=[SECOND]))
    assert {each.cause for each in found.affected} == {"得分点不再由这个单位填"}
    assert [each.place for each in _of(found, Touched.DECISION)] == ["1.1", "1.2"]


def test_nothing_is_touched(office: Office) -> None:
    """Another date, a new input: what was returned and decided stays as it is, and it is said so."""

    def later(files: Files) -> None:
        files["notice.toml"]["short_title"] = "另一个简称"

    found = told(office, later)
    assert (found.affected, found.reach, found.returned) == ((), Reach.SAME_YEAR, 1)


def test_another_year(office: Office) -> None:
    """The catalogue of the next year touches nothing of this round, whatever is gone in it; how much it takes over is told."""

    def following(files: Files) -> None:
        next_year(files)
        files["items/01.toml"]["sub_points"][0]["inputs"].pop()

    found = told(office, following)
    assert (found.affected, found.reach) == ((), Reach.OTHER_YEAR)
    assert found.carries == 4  # two counts and two scores


@pytest.mark.long
def test_it_happens_as_it_is_told(office: Office, tmp_path: Path) -> None:
    """Issued and collected again, the round has the faults that were told, and keeps the decisions that were to stay."""

    def other(files: Files) -> None:
        first = files["items/01.toml"]["sub_points"][0]
        first["inputs"][0] |= {"maximum": 6}
        files["items/01.toml"]["sub_points"] = [first]
        files["items/01.toml"]["points"] = 5

    found = told(office, other)
    files = deepcopy(FILES)
    other(files)
    new: Notice = catalogue(tmp_path / "再发" / "走访", files)
    issue(new, office.space, IssueOrder(force=True, drop_answers=True), Silent(), today=ISSUED)
    again = Office(new, office.root)
    again.collect()
    wrong = [each for each in again.file("一.xlsx")["findings"] if each["severity"] == "error"]
    told_wrong = [each.label for each in found.affected if each.effect.endswith("收表时会请单位改正")]
    assert ([each["field"] for each in wrong], told_wrong) == (["1.1.次数.填报"], ["走访次数"])
    assert [each.place for each in _of(found, Touched.DECISION)] == ["1.2"]
    (sub,) = again.unit(FIRST)["sub_points"]
    assert (sub["code"], sub["reviewed"]) == ("1.1", "5.00")


# Decisions in the registers ------------------------------------------------------------------------------------------


def registered(row: str, **said: str) -> Decision:
    return Decision(
        no=1, unit="", row=row, values=Values(dict(said)), book="审核表.xlsx", sha256="", basis="", seen={}, replaces=None,
        bulk=False, recorded="2031-12-01T09:00:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(len, [], id="nothing"),
        pytest.param(
            lambda files: files["adjustments.toml"]["deductions"].pop(),
            [("减分登记.002", "“责任事故”这个情形取消了", "不再加分或减分,仍留在审核记录里")],
            id="a situation",
        ),
        pytest.param(
            lambda files: files["units.toml"]["units"].pop(),
            [("减分登记.002", "单位不在新目录里", "不再计入,仍留在审核记录里")],
            id="a unit",
        ),
    ],
)
def test_registers(tmp_path: Path, change: Callable[[Files], object], expected: list[tuple[str, str, str]]) -> None:
    """What is registered of a situation or a unit that is gone counts no more, and stays on record."""
    files = negative_list(2)
    old = Office(catalogue(tmp_path / "旧" / "清单", files), tmp_path / "out")
    old.issue()
    after = deepcopy(files)
    change(after)
    decisions = (
        registered("减分登记.001", 单位=FIRST, 情形="通报批评"),
        registered("减分登记.002", 单位=SECOND, 情形="责任事故"),
    )
    out = RoundOut(notice=old.notice, record=old.record, decisions=decisions)
    found = affected(out, catalogue(tmp_path / "新" / "清单", after))
    assert [(each.place, each.cause, each.effect) for each in found] == expected
