"""Decisions that were recorded and are gone stop the run; they are had back from the copies that are kept."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.review import decision_log, kept_records
from fazhi_xl.office.review.kept_records import remember
from fazhi_xl.office.review.records import REPLIES
from fazhi_xl.rounds.round import Round
from tests.office.conftest import collect_two
from tests.support.offices import FIRST, NOW, SECOND, Office
from tests.support.once import Staged
from tests.support.progress import Silent
from tests.support.reviews import Entry, Reviewing, verdict
from tests.support.systems import seen

pytestmark = pytest.mark.long

ROWS = ("02/15.1", "02/15.2", "02/15.4")


class Said(Silent):
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, *parts: str) -> None:
        self.lines.append("".join(parts))


def zero(*rows: str) -> dict[str, Entry]:
    every = (verdict(row, {"核定": 0, "原因": "没有佐证材料"}) for row in rows)
    return {key: value for each in every for key, value in each.items()}


@pytest.fixture
def review(staged: Staged) -> Reviewing:
    """Give a review with three decisions in its record, taken in two runs."""
    return Reviewing(staged("three decisions", _decide_three))


def _decide_three(office: Office) -> None:
    collect_two(office)
    for rows in (ROWS[:2], ROWS[2:]):
        Reviewing(office).enter(zero(*rows))
        office.collect()


def path(review: Reviewing) -> Path:
    return review.folder / "决定.jsonl"


def kept(review: Reviewing) -> list[str]:
    return sorted(each.name for each in (review.office.space.archive / "审核记录").iterdir())


def refused(review: Reviewing) -> str:
    """Give what the office is told; nothing is written meanwhile."""
    before = {each: each.read_bytes() for each in review.office.root.rglob("*") if each.is_file()}
    with pytest.raises(WrongUseError) as error:
        review.office.collect()
    assert {each: each.read_bytes() for each in review.office.root.rglob("*") if each.is_file()} == before
    return seen(str(error.value), review.office.root)


def restored(review: Reviewing) -> tuple[Round, list[str]]:
    office, said = review.office, Said()
    done = collect(office.notice, office.space, CollectOrder(restore=True), said, now=NOW)
    return done, [seen(line, office.root) for line in said.lines]


BEFORE = "上次记到3条决定(最后一条是第3号:人大常委会机关15.4,张三,2020-11-21)"
AFTER = ",没有收表:决定少了或变了,名次就不再是审核的结果。"
COPIES = "决定-00003条-2020-11-21-{0}.jsonl(3条,2020-11-21)、决定-00002条-2020-11-21-{1}.jsonl(2条,2020-11-21)"


def the_way_back(review: Reviewing) -> str:
    digests = [name[-14:-6] for name in reversed(kept(review)) if name.startswith("决定-")]
    return (
        "\n请从备份恢复这个文件(整个“审核”文件夹不见了的,恢复整个文件夹);审核的决定都在里面。"
        "\n没有备份的,运行 collect.py --restore-review,用存档的记录恢复,现有的文件会另存。"
        f"out/存档/审核记录 里最近的:{COPIES.format(*digests)}。"
    )


# What is gone is told ------------------------------------------------------------------------------------------------


def test_a_lost_folder_stops_the_run(review: Reviewing) -> None:
    """Where 审核 is gone nothing is collected: how many decisions there were, the last of them, and the copies are named."""
    rmtree(review.folder)
    assert refused(review) == f"out/审核/决定.jsonl 不见了。{BEFORE},现在一条也没有{AFTER}" + the_way_back(review)


def test_every_record_that_is_gone_is_named(review: Reviewing) -> None:
    """Where more than one record is gone, the others are named at the end of what is said of the first."""
    space = review.office.space
    remember(space, REPLIES, b'{"file":"a.xlsx","received":"2020-11-21"}\n')
    rmtree(review.folder)
    assert refused(review).splitlines()[-1] == "一样丢失或被改动的还有:out/审核/决定.jsonl。请一起恢复。"


def test_a_renamed_folder_is_found(review: Reviewing) -> None:
    """A folder that was renamed while the office worked on it is named."""
    review.folder.rename(review.folder.with_name("审核1"))
    assert refused(review).splitlines()[1:] == [
        "out/审核1/决定.jsonl 里就是这份记录:把它改回 审核/决定.jsonl 的名称和位置,再收一次表。"
    ]


def _lose_the_last(lines: list[str]) -> list[str]:
    return lines[:-1]


def _lose_the_middle(lines: list[str]) -> list[str]:
    return [lines[0], lines[2]]


def _repeat(lines: list[str]) -> list[str]:
    return [lines[0], *lines]


def _edit(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"核定": "0"', '"核定": "0.5"'), lines[2]]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_lose_the_last, f"out/审核/决定.jsonl 只有2条决定,{BEFORE},像是同步盘或备份带回了旧的一份{AFTER}"),
        (_lose_the_middle, f"out/审核/决定.jsonl 少了第2行(第2号:人大常委会机关15.2,张三,2020-11-21)。{BEFORE}{AFTER}"),
        (_repeat, f"out/审核/决定.jsonl 改动了第2行(第2号:人大常委会机关15.2,张三,2020-11-21)。{BEFORE}{AFTER}"),
        (_edit, f"out/审核/决定.jsonl 改动了第2行(第2号:人大常委会机关15.2,张三,2020-11-21)。{BEFORE}{AFTER}"),
        (lambda _: [], f"out/审核/决定.jsonl 是空的。{BEFORE},现在一条也没有{AFTER}"),
    ],
    ids=["an older one came back", "a line is missing", "a line twice", "a line was edited", "emptied"],
)
def test_a_record_that_is_not_what_was_recorded(
    review: Reviewing, change: Callable[[list[str]], list[str]], said: str
) -> None:
    """A record that does not begin with what was recorded stops the run, and the line is named."""
    lines = path(review).read_text("utf-8").splitlines()
    path(review).write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")
    assert refused(review).splitlines()[0] == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_lose_the_middle, "第2行应是第2号决定,写的是第3号:中间少了、多了或重了行,没有收表。"),
        (_repeat, "第2行应是第2号决定,写的是第1号:中间少了、多了或重了行,没有收表。"),
    ],
)
def test_numbers_with_a_gap(review: Reviewing, change: Callable[[list[str]], list[str]], said: str) -> None:
    """In a workspace that remembers nothing a gap in the decisions' numbers tells that one is missing."""
    lines = path(review).read_text("utf-8").splitlines()
    path(review).write_text("".join(f"{line}\n" for line in change(lines)), "utf-8")
    review.forget()
    told = refused(review).splitlines()
    assert told[0] == f"out/审核/决定.jsonl {said}"
    assert told[-1] == "确实找不回的,把 out/审核/决定.jsonl 移到别处再收表,审核表里还有的决定会重新记录。"


def test_an_official_round_without_any_memory(review: Reviewing) -> None:
    """A report by the office's scores is evidence by itself that there were decisions."""
    office = review.office
    held = {**office.report, "basis": "核定"}
    (office.space.results / "report.json").write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    rmtree(review.folder)
    review.forget()
    told = refused(review)
    assert told.startswith(
        "out/审核/决定.jsonl 不见了,没有收表:out/结果/report.json 是按审核决定排的名次,没有这份记录会变回预排名。"
    )
    assert told.endswith("确实要从头审核的,把 out/结果/report.json 移到别处,再收一次表。")


def test_nothing_is_lost_where_nothing_was_decided(collected: Office) -> None:
    """A workspace without decisions is collected again, also without its folder 审核."""
    rmtree(collected.space.review)
    collected.collect()
    assert not (collected.space.archive / "审核记录").exists()


# What is remembered --------------------------------------------------------------------------------------------------


def test_each_recording_is_kept(review: Reviewing) -> None:
    """After each recording there is a copy of the record, byte for byte and read-only; the latest has the highest number."""
    names = kept(review)
    assert [name[:9] for name in names] == ["决定-00002条", "决定-00003条", "记录.jsonl"]
    copy = review.office.space.archive / "审核记录" / names[1]
    assert copy.read_bytes() == path(review).read_bytes()
    assert not copy.stat().st_mode & stat.S_IWRITE


def test_only_the_latest_copies_stay(review: Reviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many copies the older ones go."""
    monkeypatch.setattr(kept_records, "KEPT", 1)
    review.office.collect()
    assert [name[:9] for name in kept(review)] == ["决定-00003条", "记录.jsonl"]


def test_a_record_of_an_earlier_version_is_taken_over(review: Reviewing) -> None:
    """A workspace that remembers nothing yet is collected as before, and is remembered from then on."""
    review.forget()
    review.office.collect()
    rmtree(review.folder)
    assert BEFORE in refused(review)


def test_killed_between_the_record_and_its_memory(review: Reviewing, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that goes on beyond what is remembered is sound: the next run remembers it."""
    review.enter(zero("02/15.6"))
    with monkeypatch.context() as moment:
        moment.setattr(decision_log, "remember", _killed)
        with pytest.raises(KeyboardInterrupt):
            review.office.collect()
    assert len(review.record) == 4
    assert not any("00004" in name for name in kept(review))
    review.office.collect()
    assert any(name.startswith("决定-00004条") for name in kept(review))


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_workspace_that_was_copied(review: Reviewing, tmp_path: Path) -> None:
    """In another folder, with other line ends even, the same record is the same."""
    other = Reviewing(Office(review.office.notice, Path(copytree(review.office.root, tmp_path / "另一台电脑"))))
    path(other).write_bytes(path(other).read_bytes().replace(b"\n", b"\r\n"))
    other.enter(zero("02/15.6"))
    other.office.collect()
    assert [each["no"] for each in other.record] == [1, 2, 3, 4]


# It is had back ------------------------------------------------------------------------------------------------------


def test_the_record_is_put_back(review: Reviewing) -> None:
    """The latest copy is put back, and the round is as it was, the review book too."""
    before, cells, units = path(review).read_bytes(), review.cells, review.office.report["units"]
    rmtree(review.folder)
    _, said = restored(review)
    name = next(name for name in kept(review) if name.startswith("决定-00003条"))
    assert said[0] == (
        f"已恢复 out/审核/决定.jsonl:3条决定,最后一条是第3号:人大常委会机关15.4,张三,2020-11-21(取自 {name})。"
    )
    assert (path(review).read_bytes(), review.cells, review.office.report["units"]) == (before, cells, units)
    review.office.collect()


def test_what_stands_there_is_kept_under_another_name(review: Reviewing) -> None:
    """A record that is replaced is kept, whatever it was."""
    path(review).write_bytes(b"{\n")
    _, said = restored(review)
    kept_as = next(name for name in kept(review) if name.startswith("换下的决定-"))
    assert said[0] == f"原来的 决定.jsonl 已另存为 out/存档/审核记录/{kept_as}。"
    assert (review.office.space.archive / "审核记录" / kept_as).read_bytes() == b"{\n"
    assert len(review.record) == 3


def test_a_sound_record_is_left_alone(review: Reviewing) -> None:
    """Where nothing is missing nothing is put back."""
    before = path(review).read_bytes()
    _, said = restored(review)
    assert said[0] == "out/审核/决定.jsonl 是完整的(3条决定),没有恢复。"
    assert path(review).read_bytes() == before


def test_a_damaged_copy_is_passed_over(review: Reviewing) -> None:
    """A copy that is no longer what was copied is neither offered nor put back."""
    latest = next(name for name in kept(review) if name.startswith("决定-00003条"))
    copy = review.office.space.archive / "审核记录" / latest
    copy.chmod(0o644)
    copy.write_bytes(b"{}\n{}\n{}\n")
    rmtree(review.folder)
    assert latest not in refused(review)
    restored(review)
    assert len(review.record) == 2
    review.office.collect()


def test_nothing_to_put_back(review: Reviewing) -> None:
    """Without any copy it is refused, and said what else can be done."""
    rmtree(review.folder)
    review.forget()
    with pytest.raises(WrongUseError, match="审核记录 里没有可用的审核记录,没有恢复。\n请从备份恢复"):
        restored(review)


def test_decisions_out_of_the_books(review: Reviewing) -> None:
    """Where all copies are lost, the decisions that still stand in the review book are recorded anew, as it is said."""
    path(review).unlink()
    review.forget()
    review.office.collect()
    assert review.decided(FIRST, "15.1") == ["0"]
    assert [each["no"] for each in review.record] == [1, 2, 3]
    assert SECOND not in {each["unit"] for each in review.record}
