"""The record of decisions is a chain: a line that was changed, left out, put in or moved is named by its number."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from fazhi_xl.disk import remove_own
from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.chain import Lines, link_of, linked, odd_line
from fazhi_xl.office.review.decision_log import Decision, DecisionLog, add_to_record, read_record, record_file
from fazhi_xl.office.review.kept_records import latest, lines_of
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.office.review.vanished import restore_record
from fazhi_xl.office.workspace.folder import Workspace
from tests.support.progress import Silent
from tests.support.systems import seen


def digest(line: bytes) -> str:
    return sha256(line).hexdigest()


def chain(*values: int, after: Lines = ()) -> Lines:
    return tuple(linked(after, ({"no": value} for value in values)))


def with_values(line: bytes, **changes: object) -> bytes:
    return json.dumps({**json.loads(line), **changes}).encode()


def test_each_line_holds_the_digest_of_the_line_before() -> None:
    """The first line of a record holds a blank, each other one the SHA-256 of the bytes of the line before, without its end."""
    first, second, third = chain(1, 2, 3)
    links = [json.loads(line)["previous"] for line in (first, second, third)]
    assert links == ["", digest(first), digest(second)]
    assert (link_of(()), link_of((first, second))) == ("", digest(second))


def test_lines_of_earlier_versions_stand_before() -> None:
    """A record that an earlier version began is sound, and the first line after it holds the digest of its last line."""
    old = (b'{"no": 1}', b'{"no": 2}')
    more = chain(3, 4, after=old)
    assert json.loads(more[0])["previous"] == digest(old[-1])
    assert (odd_line(old), odd_line((*old, *more)), odd_line(())) == ("", "", "")


ODD = [
    (lambda *x: (x[0], with_values(x[1], no=9), x[2], x[3]),
     "第2行改动过,或者它和第3行之间少了行:第3行记着的校验值和第2行对不上"),
    (lambda *x: (x[0], x[2], x[3]), "第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上"),
    (lambda *x: (x[1], x[2], x[3]), "第1行接的是另一行,它前面少了行,或者第1行改动过"),
    (lambda *x: (x[0], x[1], with_values(x[1], no=7, previous="1" * 64), x[2], x[3]),
     "第2行改动过,或者它和第3行之间少了行:第3行记着的校验值和第2行对不上"),
    (lambda *x: (x[0], x[1], with_values(x[1], no=7, previous=digest(x[1])), x[2], x[3]), "第3行是后来加进去的:第4行不接在后面"),
    (lambda *x: (x[0], x[1], *chain(7, 8, after=(x[1],)), x[2], x[3]), "第3行到第4行是后来加进去的:第5行不接在后面"),
    (lambda *x: (x[0], x[1], b'{"no": 7}', x[2], x[3]),
     "第3行没有接着第2行的校验值,是后来加进去的,或者改动过"),
    (lambda *x: (x[0], x[2], x[1], x[3]), "第2行和后面的行换了位置"),
    (lambda *x: (b'{"no": 1}', x[1], x[2], x[3]),
     "第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上"),
    (lambda *x: (b"{", x[1], x[2], x[3]),
     "第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), ODD)
def test_a_line_that_does_not_fit(change: Callable[..., Lines], said: str) -> None:
    """The first line that does not fit is named, with what became of it as far as the digests tell."""
    assert odd_line(change(*chain(1, 2, 3, 4))) == said


# On disk -------------------------------------------------------------------------------------------------------------


def decision(notice: Notice, no: int) -> Decision:
    said = {"核定": "1", "审核人": "张三", "审核日期": "2020-12-01"}
    return Decision(
        no=no, unit="区委办", row=f"15.{no}", values=values_of(said, readers_of(notice)(f"15.{no}")), book="审核表.xlsx", sha256="",
        basis="", seen={}, replaces=None, bulk=False, recorded="2020-12-01T09:00:00+08:00",
    )  # fmt: skip


@pytest.fixture
def space(notice: Notice, tmp_path: Path) -> Workspace:
    """Give a workspace with three decisions in its record, of two runs."""
    made, record = Workspace(tmp_path), DecisionLog()
    for more in ((1, 2), (3,)):
        record = add_to_record(made, record, (decision(notice, no) for no in more))
    return made


def rewritten(space: Workspace, change: Callable[[list[bytes]], list[bytes]], *, forget: bool = True) -> None:
    path = record_file(space)
    path.write_bytes(b"".join(line + b"\n" for line in change(path.read_bytes().splitlines())))
    if forget:
        remove_own(space.archive / "审核记录")


def read(space: Workspace, notice: Notice) -> DecisionLog:
    return read_record(space, notice, lambda each: each)


def test_the_record_is_written_as_a_chain(space: Workspace, notice: Notice) -> None:
    """Decisions of several runs are one chain, which is read again, also with other line ends."""
    lines = record_file(space).read_bytes().splitlines()
    assert [json.loads(line)["previous"] for line in lines] == ["", *map(digest, lines[:-1])]
    assert len(read(space, notice).decisions) == 3
    record_file(space).write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(lines))
    add_to_record(space, read(space, notice), [decision(notice, 4)])
    assert not odd_line(lines_of(record_file(space).read_bytes()))
    assert len(read(space, notice).decisions) == 4


def test_a_changed_line_is_told_without_any_memory(space: Workspace, notice: Notice) -> None:
    """Where nothing is remembered the chain alone tells that a line was changed, and where the record is had back."""
    rewritten(space, lambda lines: [lines[0].replace(b'"1"', b'"2"'), *lines[1:]])
    with pytest.raises(WrongUseError) as error:
        read(space, notice)
    assert seen(str(error.value), space.root).splitlines()[0] == (
        "out/审核/决定.jsonl 第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上,没有收表。"
    )
    assert "请从备份恢复这个文件" in str(error.value)


def test_a_record_of_an_earlier_version_goes_on(space: Workspace, notice: Notice) -> None:
    """Lines without a link are read, and what is recorded after them is linked to the last."""

    def unlinked(line: bytes) -> bytes:
        return json.dumps({key: value for key, value in json.loads(line).items() if key != "previous"}).encode()

    rewritten(space, lambda lines: list(map(unlinked, lines)))
    record = read(space, notice)
    add_to_record(space, record, [decision(notice, 4)])
    lines = lines_of(record_file(space).read_bytes())
    assert [json.loads(line).get("previous") for line in lines] == [None, None, None, digest(lines[2])]
    assert len(read(space, notice).decisions) == 4


def test_a_record_out_of_the_chain_is_put_back(space: Workspace, notice: Notice) -> None:
    """A record whose line beyond what is remembered does not fit the chain is not sound: the copy replaces it."""
    copy = latest(space, DECISIONS)
    whole = record_file(space).read_bytes()
    fourth = with_values(whole.splitlines()[2], no=4, previous="0" * 64)
    rewritten(space, lambda lines: [*lines, fourth], forget=False)
    with pytest.raises(WrongUseError, match=r"第3行改动过,或者它和第4行之间少了行"):
        read(space, notice)
    assert restore_record(space, DECISIONS, Silent())
    assert copy
    assert record_file(space).read_bytes() == whole == copy.path.read_bytes()


def test_a_copy_out_of_the_chain_is_not_whole(space: Workspace) -> None:
    """A copy that fits its name and not the chain is passed over."""
    copy = latest(space, DECISIONS)
    assert copy
    lines = [copy.lines[0].replace(b'"1"', b'"2"'), *copy.lines[1:]]
    data = b"".join(line + b"\n" for line in lines)
    forged = copy.path.with_name(f"决定-00003条-2020-12-31-{digest(data)[:8]}.jsonl")
    forged.write_bytes(data)
    assert latest(space, DECISIONS) == copy
