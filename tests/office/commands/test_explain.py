"""`--explain` tells the way of a figure from the return's cell to the rank, every step of it true."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.explain import explanations
from fazhi_xl.office.review.decision_log import record_file
from fazhi_xl.rounds.round import Round
from fazhi_xl.scoring.score import zeroed
from fazhi_xl.text.dates import chinese_moment
from tests.support.offices import FIRST, FOURTH, SECOND, THIRD, Office
from tests.support.reviews import Reviewing, verdict
from tests.support.systems import clocks


@pytest.fixture(scope="module")
def office(issued: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = issued.copied(tmp_path_factory.mktemp("说明"))
    for unit in (FIRST, SECOND, FOURTH):
        made.receive(f"2020-11-18/{unit}.xlsx", made.filled(unit))
    return made


@pytest.fixture(scope="module")
def done(office: Office) -> Round:
    """Collect, decide a sub-point, and decide it otherwise."""
    office.collect()
    review = Reviewing(office)
    for score, reason in ((8, "佐证材料不足"), (6, "现场查证不符")):
        review.enter(verdict("02/15.4", {"核定": score, "原因": reason}))
        done = office.collect()
    return done


def lines(done: Round, office: Office, asked: str) -> list[str]:
    return list(explanations(done, office.space, [asked]))


def test_a_decided_sub_point(done: Round, office: Office) -> None:
    """File, cells, computed and own score, the decision and what it replaced, what counts, and the way to total and rank."""
    found = lines(done, office, f"{FIRST}/15.4")
    unit = next(each for each in done.units if each.unit == FIRST)
    file = done.file_of(FIRST)
    assert file is not None
    assert found[1] == f"{FIRST} 15.4 {done.notice.sub_points['15.4'].text}"
    assert found[2] == f"来自:2020-11-18/{FIRST}.xlsx(收到日期2020-11-18,依据文件夹;SHA-256 {file.sha256[:12]}…)"
    assert sum(line.startswith("填报:任务分解表!C") for line in found) == 5
    assert any(line.startswith("自评分:任务分解表!G") for line in found)
    assert "审核:第2号决定(2020-12-01 张三,审核表.xlsx,替代第1号决定):核定6.00分,现场查证不符。" in found
    assert "全部定下以前,审核和登记的结果不计入。" in found
    assert (
        f"名次:预排名(按自评,含未报送1家)第{unit.rank}名(共3家);承担共性任务的单位第{unit.group_rank}名(共2家)。"
        in found
    )
    assert [line for line in found if line.startswith("  第")] == [
        f"  第{no}号 {chinese_moment(done.generated.astimezone())} 审核表.xlsx:核定{score},原因{why},审核人张三,审核日期2020-12-01"
        for no, score, why in ((1, "8", "佐证材料不足"), (2, "6", "现场查证不符"))
    ]


def test_another_name(done: Round, office: Office) -> None:
    """A unit may be called by any of its names."""
    assert lines(done, office, "区人大/15.4") == lines(done, office, f"{FIRST}/15.4")


def test_an_open_sub_point(done: Round, office: Office) -> None:
    """Where nobody has decided it says so."""
    assert "审核:还没有决定。" in lines(done, office, f"{SECOND}/15.6")


def test_what_the_row_does_not_hold(done: Round, office: Office) -> None:
    """What the form takes from another sheet, or the office keeps, has no cell in the row, and is no blank."""
    found = lines(done, office, f"{FIRST}/20.7")
    assert any(line.startswith("填报:(表中取自别处或由办公室登记) ") for line in found)


def test_a_unit(done: Round, office: Office) -> None:
    """A unit alone gives the way from its points to its rank; the figures of the lines add up."""
    unit = next(each for each in done.units if each.unit == SECOND)
    assert unit.total is not None
    found = lines(done, office, SECOND)
    assert found[:2] == ["", SECOND]
    assert len(found) == 8
    assert found[6].endswith(f"={unit.total / 100:.2f}")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("税务局/15.4", "--explain 里的“税务局”不是监测评价对象。"),
        (f"{FIRST}/99", f"{FIRST}没有“99”这个得分点。它的得分点:15.1、15.2、15.4、15.6、20.6、20.7。例如:{FIRST}/15.1"),
        (THIRD, f"{THIRD}没有可以计分的表,没有数可以说明。请换一个单位,或者收到它的表以后再来。"),
        ("", "--explain 里的“”不是监测评价对象。请写单位简称,“全部”指所有单位。例如:人大常委会机关/15.1"),
    ],
)
def test_what_is_not_there(done: Round, office: Office, asked: str, said: str) -> None:
    """A unit or sub-point that is not there is wrong use, and what there is is named."""
    with pytest.raises(WrongUseError) as error:
        lines(done, office, asked)
    assert str(error.value).startswith(said)


def test_a_unit_that_counts_with_0(done: Round, office: Office) -> None:
    """Of a unit that is ranked with 0 as it returned nothing there is no figure but that."""
    scoring = done.notice.about.scoring
    units = tuple(zeroed(each, 0, scoring) if each.unit == THIRD else each for each in done.units)
    with pytest.raises(WrongUseError) as error:
        lines(replace(done, units=units), office, THIRD)
    assert str(error.value) == f"{THIRD}没有报送,按口径计0分,总分0.00分,没有别的数可以说明。请换一个单位。"


def test_every_sub_point_of_a_unit(done: Round, office: Office) -> None:
    """`单位/全部` explains each sub-point, and the unit's total once, at the end."""
    found = lines(done, office, f"{FIRST}/全部")
    unit = next(each for each in done.units if each.unit == FIRST)
    heads = [line for line in found if line.startswith(f"{FIRST} ")]
    assert [head.split(" ")[1] for head in heads] == [each.code for each in unit.sub_points]
    assert sum(line.startswith("名次:") for line in found) == 1
    assert found[-len(lines(done, office, FIRST)) :] == lines(done, office, FIRST)
    assert sum(line == "审核记录:" for line in found) == 1


def test_every_unit(done: Round, office: Office) -> None:
    """全部 explains every unit that has a score, `全部/得分点` those that have the sub-point."""
    assert [line for line in lines(done, office, "全部") if line in {FIRST, SECOND, THIRD, FOURTH}] == [
        FIRST,
        SECOND,
        FOURTH,
    ]
    heads = [line for line in lines(done, office, "全部/8.1") if " 8.1 " in line]
    assert [head.split(" ")[0] for head in heads] == [FOURTH]


@clocks
def test_when_a_decision_was_recorded(
    done: Round, office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The record's stamps are told by the clock of the office's machine; one that nothing reads stays as it is."""
    record = office.copied(tmp_path / "out").space
    path = record_file(record)
    first, second = path.read_text("utf-8").splitlines()
    stamps = ("2020-11-27T09:00:02+00:00", "那天")
    held = [{**json.loads(line), "recorded": at} for line, at in zip((first, second), stamps, strict=True)]
    lines_ = [json.dumps({key: each[key] for key in each.keys() - {"previous"}}) for each in held]
    path.write_text("\n".join(lines_) + "\n", "utf-8")
    remove_own(record.archive / "审核记录")
    with monkeypatch.context() as clock:
        clock.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        found = list(explanations(done, record, [f"{FIRST}/15.4"]))
    time.tzset()
    told = [line.partition(" 审核表.xlsx")[0] for line in found if line.startswith("  第")]
    assert told == ["  第1号 2020年11月27日 17:00", "  第2号 那天"]
