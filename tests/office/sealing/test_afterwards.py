"""After a sealing collects leave the edition alone, say what differs, and take no later return without a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.standing import Standing
from fazhi_xl.office.review.chain import held_by, linked
from fazhi_xl.office.review.records import COPIES, DECISIONS
from fazhi_xl.office.sealing.editions import read_editions
from fazhi_xl.office.sealing.records import record_faults
from fazhi_xl.rounds.sealed import Changed
from tests.support.changes import as_before, collected_both_ways
from tests.support.offices import FIRST, SECOND, THIRD, Office
from tests.support.reviews import Reviewing, verdict
from tests.support.sealing import LATER, accept_all, edition, enter_receipt, files, said, sealed_as, told, writable

pytestmark = pytest.mark.long

LATE = f"补/{SECOND}.xlsx"
SHEET = "与定稿的差异"


def later_return(office: Office, unit: str = SECOND, path: str = LATE) -> None:
    office.receive(path, office.filled(unit, office.good(unit, 5)), LATER)


def rows(office: Office) -> list[tuple[str, ...]]:
    """Give the rows of the sheet 与定稿的差异, below its heads."""
    cells = office.ranking.sheets[SHEET].cells
    last = max(int("".join(filter(str.isdigit, cell))) for cell in cells)
    every = [
        tuple((cells[f"{c}{no}"].text or "") if f"{c}{no}" in cells else "" for c in "ABCDEFG")
        for no in range(1, last + 1)
    ]
    head = next(no for no, row in enumerate(every) if row[0] == "单位")
    return every[head + 1 :]


def page(office: Office) -> list[str]:
    return [cell.text or "" for cell in office.ranking.sheets["一页纸"].cells.values()]


def test_nothing_has_changed(sealed: Office, tmp_path: Path) -> None:
    """A collect after a sealing says that the results are those of the edition, and touches nothing of it."""
    before = files(sealed.space.sealed)
    assert "与第1号定稿一致(“第一稿”,2020-11-21)。" in said(sealed)
    assert "与第1号定稿一致(“第一稿”,2020-11-21)。" in page(sealed)
    assert SHEET not in sealed.ranking.sheets
    assert {key: sealed.report["sealed"][key] for key in ("no", "name", "by", "day", "same", "differences")} == {
        "no": 1, "name": "第一稿", "by": "张三", "day": "2020-11-21", "same": True, "differences": [],
    }  # fmt: skip
    assert files(sealed.space.sealed) == before
    assert collected_both_ways(sealed, tmp_path / "aside")
    assert isinstance(as_before(sealed), Standing)


def test_a_later_decision(sealed: Office, tmp_path: Path) -> None:
    """What the office decides afterwards counts, and is listed with what it changes, who decided it and why."""
    Reviewing(sealed).enter(verdict("02/15.1", {"核定": 0, "原因": "没有佐证材料"}, who="李四"))
    line = next(line for line in said(sealed) if line.startswith("与第1号定稿"))
    assert line == "与第1号定稿(“第一稿”,2020-11-21)比:有5处不同,见“与定稿的差异”。"
    assert line in page(sealed)
    assert [(row[0], row[1], row[2], row[4], row[5], row[6]) for row in rows(sealed)] == [
        (FIRST, "总分", "—", "65.18", "62.14", "得分点15.1变了"),
        (FIRST, "名次", "—", "1", "2", "本单位总分变了"),
        (FIRST, "组内名次", "—", "1", "2", "本单位总分变了"),
        (FIRST, "得分点", "15.1", "0.67", "0.00", "第13号决定,李四,2020-12-01,没有佐证材料"),
        (FIRST, "审核决定", "15.1", "第1号:核定0.67", "第13号:核定0,原因没有佐证材料", "第13号决定,李四,2020-12-01,没有佐证材料"),
    ]  # fmt: skip
    collected_both_ways(sealed, tmp_path / "aside")


def test_a_later_return_waits(sealed: Office) -> None:
    """A return that came after a sealing does not count: it is told, listed in the register, and the results stay the same."""
    later_return(sealed)
    assert (
        f"  定稿以后才收到、没有计入的1份,第一份是 {LATE}:第1号定稿(2020-11-21)以后才收到,没有计入。"
        "要采用的,在收到登记的“处理”选“定稿后采用”,在“原因”写明为什么,再收一次表。"
    ) in said(sealed)
    assert (sealed.statuses()[LATE], sealed.codes(LATE)) == ("ignored", ["after-sealing"])
    assert sealed.report["sealed"]["same"]
    enter_receipt(sealed, LATE, 处理="定稿后采用")
    lines = said(sealed)
    assert any(line.endswith("“处理”选了“定稿后采用”,“原因”空着,请写明为什么采用,没有采用。") for line in lines)
    enter_receipt(sealed, LATE, 处理="定稿后采用", 原因="——")
    assert any(line.endswith("“原因”只有标点,请写明为什么采用,没有采用。") for line in said(sealed))
    assert sealed.statuses()[LATE] == "ignored"


def test_a_later_return_with_a_reason(sealed: Office, tmp_path: Path) -> None:
    """With the office's reason a later return counts, and is told as a difference with that reason."""
    later_return(sealed)
    sealed.collect()
    enter_receipt(sealed, LATE, 处理="定稿后采用", 原因="领导小组同意补正")
    done = sealed.collect()
    assert sealed.codes(LATE)[0] == "taken-after-sealing"
    assert done.sealed
    assert [(each.kind, each.before, each.now, each.why) for each in done.sealed.differences] == [
        (Changed.RETURN, f"{SECOND}.xlsx", LATE, "定稿后采用:领导小组同意补正")
    ]
    collected_both_ways(sealed, tmp_path / "aside")


def test_the_same_file_again(sealed: Office) -> None:
    """A return that was there by the sealing counts under whatever name it comes again."""
    data = (sealed.space.returns / f"{SECOND}.xlsx").read_bytes()
    sealed.receive(f"再发/{SECOND}(1).xlsx", data, LATER)
    sealed.collect()
    assert sealed.codes(f"再发/{SECOND}(1).xlsx") == ["duplicate-file"]


def test_a_unit_that_had_returned_nothing(sealed: Office) -> None:
    """The first return of a unit waits for a reason as any other; with one the ranking is open until it is reviewed."""
    later_return(sealed, THIRD, f"{THIRD}.xlsx")
    assert sealed.collect().official
    enter_receipt(sealed, f"{THIRD}.xlsx", 处理="定稿后采用", 原因="邮件误入垃圾箱,领导小组同意")
    done = sealed.collect()
    assert not done.official
    assert done.sealed
    assert (done.sealed.open, {each.kind for each in done.sealed.differences}) == (
        True,
        {Changed.RETURN, Changed.SUB_POINT},
    )
    assert "现在不是正式排名,总分、名次和等次没有比" in done.sealed.told


def test_a_further_edition(sealed: Office) -> None:
    """A further edition is numbered on, says what changed against the one before, and leaves that alone."""
    before = files(edition(sealed))
    later_return(sealed)
    sealed.collect()
    enter_receipt(sealed, LATE, 处理="定稿后采用", 原因="领导小组同意补正")
    later_return(sealed, FIRST, "又一份.xlsx")
    sealed_as(sealed, "第二稿")
    about = told(sealed, "02_第二稿")
    assert (about["no"], about["previous"]["no"], about["previous"]["name"]) == (2, 1, "第一稿")
    assert [(each["kind"], each["unit"], each["why"]) for each in about["changes"]] == [
        ("return", SECOND, "定稿后采用:领导小组同意补正")
    ]
    assert {each["path"]: each["admitted"] for each in about["returns"]}["又一份.xlsx"] is False
    text = (edition(sealed, "02_第二稿") / "定稿说明.txt").read_text("utf-8-sig")
    assert "与第1号定稿“第一稿”相比,有1处变化:" in text
    assert f"  {SECOND} 采用的报送:原来{SECOND}.xlsx,现在{LATE}(定稿后采用:领导小组同意补正)" in text
    assert files(edition(sealed)) == before
    done = sealed.collect()
    assert done.sealed
    assert (done.sealed.no, done.sealed.same) == (2, True)
    assert sealed.codes("又一份.xlsx") == ["after-sealing"]


def test_an_edition_that_was_changed(sealed: Office, tmp_path: Path) -> None:
    """What is not as it was sealed is told at each collect, and the command then ends as where something needs attention."""
    writable(edition(sealed))
    report = edition(sealed) / "结果" / "report.json"
    report.write_bytes(report.read_bytes() + b" ")
    for _ in range(2):
        assert (
            "out/定稿/01_第一稿 里改动过的文件:结果/report.json。程序没有动它。定稿以后文件只看,不要改;请从备份恢复。"
        ) in said(sealed)
    assert sealed.collect().needs_attention
    collected_both_ways(sealed, tmp_path / "aside")


def test_the_record_goes_on_from_what_was_sealed(sealed: Office) -> None:
    """The first decision after a sealing is linked to the last line that the edition names."""
    Reviewing(sealed).enter(verdict("02/15.1", {"核定": 0, "原因": "没有佐证材料"}))
    accept_all(sealed)
    assert Reviewing(sealed).record[12]["previous"] == told(sealed)["decisions"]["last"]
    kept = (edition(sealed) / "依据" / "审核" / DECISIONS.path).read_bytes()
    assert (sealed.space.review / DECISIONS.path).read_bytes().startswith(kept)


def test_a_sealed_decision_that_was_rewritten(sealed: Office) -> None:
    """Where the record is rewritten whole, its chain and the copies too, the edition tells which line, and nothing more is sealed."""
    path = sealed.space.review / DECISIONS.path
    first, *rest = map(held_by, path.read_bytes().splitlines())
    first["values"]["审核人"] = "赵六"
    path.write_bytes(b"".join(line + b"\n" for line in linked((), (first, *rest))))
    remove_own(sealed.space.archive / COPIES)
    line = (
        "out/审核/决定.jsonl 里第1号定稿时就有的12条决定,第1行(定稿时是第1号:人大常委会机关15.1,张三,2020-11-21)不见了或改动过。"
        "请查清是谁改的。out/定稿/01_第一稿/依据/审核/决定.jsonl 是定稿时的那一份:把 out/审核/决定.jsonl 和 out/存档/审核记录 移到别处,"
        "放回那一份,再收一次表。在这以前不能另出一稿。"
    )
    assert line in said(sealed)
    assert line in said(sealed)
    with pytest.raises(WrongUseError, match="在这以前不能另出一稿"):
        sealed_as(sealed, "第二稿")
    remove_own(sealed.space.archive / COPIES)
    path.write_bytes((edition(sealed) / "依据" / "审核" / DECISIONS.path).read_bytes())
    assert line not in said(sealed)
    path.unlink()  # over which the run stops, with a way back of its own
    assert list(record_faults(sealed.space, read_editions(sealed.space).sealed)) == []
