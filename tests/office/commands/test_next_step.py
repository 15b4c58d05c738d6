"""A collect ends with what comes next, as the round stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fazhi_xl.office.commands.next_step import next_step
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import Changed, Difference, SealedEdition
from fazhi_xl.rounds.status import Status
from fazhi_xl.rounds.undecided import OpenMatter, Undecided
from fazhi_xl.scoring.model import Basis
from tests.support.rounds import a_round, other_file

UNITS = ("法院", "团委")
SPACE = Workspace(Path("out"))
SEALED = SealedEdition(no=1, name="第一稿", by="张三", day="2020-12-01")
OPEN = (OpenMatter(kind=Undecided.SUB_POINT, unit="法院"),)
BOOK = Path("out/审核/审核表.xlsx")
UNREAD = (other_file("a.xlsx", Status.REJECTED),)


@pytest.mark.parametrize(
    ("round_", "said"),
    [
        (a_round(UNITS, ()), f"把收到的表放进 {Path('out/回收')},再收一次表。"),
        (
            replace(a_round(UNITS, UNREAD), open=OPEN),
            f"催没有报的2家(文字在排名表的“催报”里);读不出来的文件照“问题清单”办;在 {BOOK} 里定下没有定的1项;办好再收一次表。",
        ),
        (a_round((), UNREAD), f"读不出来的文件照“问题清单”办;在 {BOOK} 里核定;办好再收一次表。"),
        (
            replace(a_round((), UNREAD, basis=Basis.REVIEWED), unsealed=OPEN),
            f"读不出来的文件照“问题清单”办;在 {BOOK} 里定下没有定的1项;办好再收一次表。",
        ),
        (
            a_round(UNITS, UNREAD, basis=Basis.REVIEWED),
            "没有报的2家不再等的,核对排名表和反馈单,再定稿:collect.py --seal 第一稿 --by 姓名。",
        ),
        (
            replace(a_round((), UNREAD, basis=Basis.REVIEWED), sealed=SEALED),
            "发反馈单和通报;归档:collect.py --archive。",
        ),
        (
            replace(
                a_round((), UNREAD, basis=Basis.REVIEWED),
                sealed=replace(SEALED, differences=(Difference(kind=Changed.TOTAL),)),
            ),
            "看排名表的“与定稿的差异”;确实要改定的,另出一稿:collect.py --seal 名称 --by 姓名。",
        ),
    ],
    ids=["nothing came", "open", "only files", "open for sealing", "official", "sealed", "otherwise since"],
)
def test_what_comes_next(round_: Round, said: str) -> None:
    """Nothing came, something is open, nothing is, it is sealed, it is otherwise since: each has its step."""
    assert next_step(round_, SPACE) == f"下一步:{said}"


def test_what_goes_back_goes_first(tmp_path: Path) -> None:
    """What lies ready for the units is sent to them first."""
    space = Workspace(tmp_path)
    space.corrections.mkdir(parents=True)
    assert next_step(a_round(UNITS, UNREAD), space).startswith(
        f"下一步:把 {space.corrections} 里的文件发给单位改、答复;催"
    )


def test_a_report_alone() -> None:
    """Where nothing but report.json was written, it is said how the rest is had."""
    assert (
        next_step(a_round(UNITS, ()), SPACE, report_only=True) == "下一步:要排名表和审核表的,不写这个选项再收一次表。"
    )
