"""What is told of an earlier round's answers is what becomes of them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.history.earlier_answers import earlier_answers
from fazhi_xl.office.history.matches import How
from fazhi_xl.setup.compare.carried import Carried, Fate, carried
from tests.notice.campaigns import CAMPAIGN
from tests.support.catalogues import Files, Table, catalogue, item, minimal, next_year, sub_point
from tests.support.offices import Office
from tests.support.once import Once

_INPUTS: list[Table] = [
    {"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"},
    {"key": "建制", "label": "建立制度", "kind": "choice", "options": ["是", "否"]},
    {"key": "网址", "label": "公布网址", "kind": "text"},
    {"key": "停办", "label": "停办事项", "kind": "whole"},
]


def _before() -> Files:
    texts = ["组织走访", "按时报送", "开展培训", "办理信访"]
    subs = [{**sub_point(2, inputs=deepcopy(_INPUTS)), "id": text, "text": f"{text}(2分)"} for text in texts]
    return minimal() | {"items/01.toml": item(1, *subs)}


def _after() -> Files:
    """Give the next year: the first asks otherwise, the second is gone, the third moved up and costs more, the last has no id."""
    files = _before()
    first, _, third, last = files["items/01.toml"]["sub_points"]
    first["inputs"][0]["measure"] = "人次"
    first["inputs"][3] = {"key": "另办", "label": "另办事项", "kind": "whole"}
    third["points"], last["id"] = 3, "信访"
    for at, sub in enumerate((first, third, last), 1):
        sub["code"] = f"1.{at}"
    files["items/01.toml"]["sub_points"] = [first, third, last]
    files["items/01.toml"]["points"] = 7
    next_year(files)
    return files


@pytest.fixture(scope="module")
def years(once: Once, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Notice]:
    """Give a round of which a unit has returned everything, and the catalogue of the next year."""

    def play(root: Path) -> None:
        office = Office(catalogue(root / "目录" / "今年", _before()), root / "out")
        office.issue()
        office.receive("一.xlsx", office.filled("01社区"))
        office.collect()

    root, folder = once("carried", play), tmp_path_factory.mktemp("next")
    return Office(catalogue(folder / "今年", _before()), root / "out"), catalogue(folder / "明年", _after())


@pytest.fixture(scope="module")
def told(years: tuple[Office, Notice]) -> dict[str, Carried]:
    return {each.before.code: each for each in carried(years[0].notice, years[1])}


def test_each_with_its_reason(told: dict[str, Carried]) -> None:
    """Of each sub-point it is said which answers are carried over, and why the others are not."""
    assert [(each.fate, each.now and each.now.code) for each in told.values()] == [
        (Fate.SOME, "1.1"), (Fate.NONE, None), (Fate.SOME, "1.2"), (Fate.ASKED, "1.3"),
    ]  # fmt: skip
    assert told["1.1"].kept == ("得分", "“建立制度”")
    assert told["1.1"].left == (
        "“走访次数”名称、类型或单位和上期的不同",
        "“公布网址”日期和文字不带入",
        "“另办事项”上期没有这个填报指标",
        "“停办事项”本期没有了",
    )
    assert told["1.2"].left == ("得分点取消了",)
    assert told["1.3"].left == ("得分不带入,分值由2分改为3分", "“公布网址”日期和文字不带入")
    assert told["1.4"].how is How.LIKE


def test_as_it_is_carried_over(years: tuple[Office, Notice], told: dict[str, Carried]) -> None:
    """The forms of the next round bear exactly what was told; what only reads alike after it is confirmed."""
    office, new = years
    found = earlier_answers(new, office.root).with_confirmed()
    borne: dict[str, set[str]] = {}
    for key in found.answers["01社区"]:
        code, *rest = key.removeprefix("1.").split(".")
        sub = new.sub_points[f"1.{code}"]
        borne.setdefault(sub.code, set()).add("得分" if len(rest) == 1 else f"“{sub.input(rest[0]).label}”")
    assert borne == {each.now.code: set(each.kept) for each in told.values() if each.now}


def test_the_next_years_notice(notice: Notice) -> None:
    """Of 2020's sub-points all but those of the item that is gone are carried over, 6.1 without its score."""
    found = {each.before.code: each for each in carried(notice, load(CAMPAIGN.with_name("zhonglou-2021")))}
    assert {code for code, each in found.items() if each.fate is Fate.NONE} == {"9.1", "9.2"}
    assert found["6.1"].left == ("得分不带入,分值由2分改为6分",)
    assert found["10.1"].now is not None
    assert found["10.1"].now.code == "9.1"
