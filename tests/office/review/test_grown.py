"""What units say and what is drawn stays on record: a line that was changed, left out or lost stops the run, and the way back is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.review import grown
from fazhi_xl.office.review.grown import add_grown, read_grown, refuse_changed
from fazhi_xl.office.review.records import APPEALS, DRAWINGS, GROWN, REPLIES, Record
from fazhi_xl.office.review.vanished import restore_records
from fazhi_xl.office.workspace.folder import Json, Workspace
from tests.support.progress import Silent
from tests.support.systems import seen

Change = Callable[[list[bytes]], list[bytes]]


def line(no: int) -> Json:
    """Give a line with what is told of it, whatever the record."""
    return {"no": no, "file": f"{no}.xlsx", "received": f"2020-12-0{no}", "drawn": f"2020-12-0{no}T09:00:00+08:00"}


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Give a workspace with three lines in each record, of two runs."""
    made = Workspace(tmp_path)
    for record in GROWN:
        add_grown(made, record, [line(1), line(2)])
        add_grown(made, record, [line(3)])
    return made


def rewrite(space: Workspace, record: Record, change: Change) -> None:
    path = record.file(space)
    path.write_bytes(b"".join(each + b"\n" for each in change(path.read_bytes().splitlines())))


def refused(space: Workspace) -> list[str]:
    with pytest.raises(WrongUseError) as error:
        refuse_changed(space)
    return seen(str(error.value), space.root).splitlines()


def numbers(space: Workspace, record: Record) -> list[int]:
    return [json.loads(each)["no"] for each in read_grown(space, record)]


@pytest.mark.parametrize("record", GROWN, ids=lambda each: each.word)
def test_a_chain(space: Workspace, record: Record) -> None:
    """Each line holds the digest of the one before, and what stands there is read again, with other line ends too."""
    first, second, third = read_grown(space, record)
    links = [json.loads(each)["previous"] for each in (first, second, third)]
    assert links == ["", sha256(first).hexdigest(), sha256(second).hexdigest()]
    record.file(space).write_bytes(b"\xef\xbb\xbf" + b"\r\n".join((first, second, third)))
    add_grown(space, record, [line(4)])
    assert numbers(space, record) == [1, 2, 3, 4]


TOLD = {
    REPLIES: "“3.xlsx”里的一条,2020-12-03",
    APPEALS: "第3号:“3.xlsx”里的一条,2020-12-03",
    DRAWINGS: "第3批,2020-12-03",
}
HARM = {
    REPLIES: "没有收表:答复少了或变了,就说不准哪些问题答复过。",
    APPEALS: "没有收表:申请少了或变了,复核就和单位申请的对不上。",
    DRAWINGS: "没有收表:抽样少了或变了,就不知道复审表的各行是谁的。",
}


@pytest.mark.parametrize("record", GROWN, ids=lambda each: each.word)
def test_a_lost_record(space: Workspace, record: Record) -> None:
    """A record that is gone stops the run: its file, how far it went, what comes of it, and the copies are named."""
    before = f"上次记到3{record.counted}(最后一{record.counted[0]}是{TOLD[record]})"
    record.file(space).unlink()
    told = refused(space)
    said = f"{before},现在一{record.counted[0]}也没有,{HARM[record]}"
    assert told[0] == f"out/审核/{record.path} 不见了。{said}"
    assert told[1].startswith("请从备份恢复这个文件")
    assert f"out/存档/审核记录/{record.folder} 里最近的:{record.word}-00003条-2020-12-03-" in told[2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda x: x[:2], "只有2条答复,上次记到3条答复"),
        (lambda x: [x[0], x[1].replace(b"2.xlsx", b"9.xlsx"), x[2]], "改动了第2行(“2.xlsx”里的一条,2020-12-02)"),
        (lambda x: [x[0], x[2]], "少了第2行(“2.xlsx”里的一条,2020-12-02)"),
        (lambda x: [x[0], x[2], x[1]], "挪动了第2行(“2.xlsx”里的一条,2020-12-02)"),
    ],
    ids=["an older one came back", "a line was edited", "a line is missing", "two lines were swapped"],
)
def test_a_record_that_is_not_what_was_written(space: Workspace, change: Change, said: str) -> None:
    """A record that does not begin with what was written stops the run, and the line is named."""
    rewrite(space, REPLIES, change)
    assert refused(space)[0].startswith(f"out/审核/答复.jsonl {said}")


def test_a_changed_line_without_any_memory(space: Workspace) -> None:
    """Where nothing is remembered the chain alone tells that a line was changed."""
    rewrite(space, APPEALS, lambda x: [x[0].replace(b"1.xlsx", b"9.xlsx"), *x[1:]])
    remove_own(space.archive)
    assert refused(space)[0] == (
        "out/审核/复核申请.jsonl 第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上,没有收表。"
    )


def test_a_lost_record_without_any_memory(tmp_path: Path) -> None:
    """Where nothing is remembered, a report with requests, and blind books of which marks are on record, show that one is gone."""
    space = Workspace(tmp_path)
    space.make(space.results, space.review / "复审")
    report = space.results / "report.json"
    report.write_text('{"appeals": [{}]}', "utf-8")
    assert refused(space)[0] == (
        "out/审核/复核申请.jsonl 不见了,没有收表:out/结果/report.json 里有受理了的复核申请,没有这份记录,会按现在的得分另行判断。"
    )
    assert refused(space)[-1].endswith("确实要重新登记的,把 out/结果/report.json 移到别处,再收一次表。")
    report.unlink()
    (space.review / "复审" / "复审表_第01批.xlsx").write_bytes(b"")
    refuse_changed(space)
    (space.review / "决定.jsonl").write_text('{"no": 1, "unit": "法院", "row": "二审.6.1.01"}\n', "utf-8")
    assert refused(space)[0] == (
        "out/审核/复审/抽样.jsonl 不见了,没有收表:out/审核/复审 里的复审表填过,没有这份记录,不知道各行是谁的。"
    )
    (space.review / "复审").rename(tmp_path / "别处")
    refuse_changed(space)


def test_a_folder_that_was_renamed(space: Workspace) -> None:
    """Where the folder of the drawings was renamed, or 审核 whole, the record is found and named."""
    (space.review / "复审").rename(space.review / "复审1")
    assert refused(space)[1] == (
        "out/审核/复审1/抽样.jsonl 里就是这份记录:把它改回 审核/复审/抽样.jsonl 的名称和位置,再收一次表。"
    )
    space.review.rename(space.root / "审核1")
    assert refused(space)[1].startswith("out/审核1/答复.jsonl 里就是这份记录")


def test_records_of_earlier_versions(space: Workspace) -> None:
    """Lines without a link, of which nothing is remembered, are read, and what is added after them is linked to the last."""
    remove_own(space.archive)
    DRAWINGS.file(space).write_bytes(b'{"no": 1}\n{"no": 2}\n')
    add_grown(space, DRAWINGS)
    add_grown(space, DRAWINGS, [line(3)])
    lines = read_grown(space, DRAWINGS)
    assert [json.loads(each).get("previous") for each in lines] == [None, None, sha256(b'{"no": 2}').hexdigest()]
    rewrite(space, DRAWINGS, lambda x: x[1:])
    assert refused(space)[0].startswith("out/审核/复审/抽样.jsonl 少了第1行(读不出来)。")


def test_killed_between_a_record_and_its_memory(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was killed after a line, or within one, accuses nobody; the next remembers what is whole."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as moment:
        moment.setattr(grown, "remember", killed)
        with pytest.raises(KeyboardInterrupt):
            add_grown(space, REPLIES, [line(4)])
    whole = REPLIES.file(space).read_bytes()
    REPLIES.file(space).write_bytes(whole + whole.splitlines()[0][:20])
    refuse_changed(space)
    add_grown(space, REPLIES)
    rewrite(space, REPLIES, lambda x: x[:3])
    assert refused(space)[0].startswith("out/审核/答复.jsonl 只有3条答复,上次记到4条答复")


def test_records_are_put_back(space: Workspace) -> None:
    """Each record that is not as it was left is had back from its copy, and what stood there is kept."""
    before = {record: record.file(space).read_bytes() for record in GROWN}
    REPLIES.file(space).unlink()
    rewrite(space, APPEALS, lambda x: [x[0], x[2]])
    assert not restore_records(space, Silent())
    assert {record: record.file(space).read_bytes() for record in GROWN} == before
    assert [each.name[:5] for each in APPEALS.kept(space).glob("换下的*")] == ["换下的复核"]
