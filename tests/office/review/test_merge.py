"""What books say against each other is told apart by its data, whatever the texts look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.findings import Code
from fazhi_xl.office.review.decision_log import DecisionLog
from fazhi_xl.office.review.merge import MergeResult, merge, named
from fazhi_xl.office.review.statements import ReviewBook, Statement
from fazhi_xl.office.review.values import values_of
from fazhi_xl.office.review.votes import MASTER, Mark, Vote, mark_of, resolves

KEY = ("法院", "6.1")
NOW = "2020-12-01T08:00:00"
Texts = Mapping[str, str]

# Names and texts that begin, end or hold each other, with the signs that texts of a contradiction are made of.
NAMES = ["1.xlsx", "11.xlsx", f"甲{MASTER}", f"{MASTER}:核定1.xlsx", "甲.xlsx", "甲.xlsx;乙.xlsx", "乙.xlsx"]
SCORES = ["0", "0.1", "0.15", "1", "1.5", "1.55", "10", "2"]
TEXTS = ["不足", "不足,见附件", "核定1", f"{MASTER}:核定1", "1;2", "),暂不采用", "附件"]
values = st.fixed_dictionaries(
    {"核定": st.sampled_from(SCORES)},
    optional={
        "原因": st.sampled_from(TEXTS),
        "说明": st.sampled_from(TEXTS),
        "审核人": st.sampled_from(["张三", "张", "李四"]),
    },
)


def vote(name: str, said: Texts) -> Vote:
    return Vote(book=name, values=values_of(said))


def book(name: str, said: Texts, mark: Mark | None = None, doubts: str = "") -> ReviewBook:
    own = Statement(
        key=KEY, values=values_of(said), book=name, sha256="", basis="", seen={},
        base=mark.base if mark else None, resolves=resolves(vote(name, said), mark or Mark(), doubts),
    )  # fmt: skip
    return ReviewBook(name=name, data=b"", sha256="", statements=(own,))


def recorded(made: MergeResult) -> list[tuple[str, Texts]]:
    return [(each.book, each.values.texts) for each in made.added]


def contradicts(said: Mapping[str, Texts]) -> bool:
    gists = [vote(name, each).gist for name, each in said.items()]
    return any(gist != gists[0] for gist in gists)


def test_a_score_with_which_another_begins() -> None:
    """The master said 1.5 and another book 2; set to 1 after that was shown, the master resolves it."""
    others = [book("甲.xlsx", {"核定": "2"})]
    first = merge(DecisionLog(), [*others, book(MASTER, {"核定": "1.5"})], NOW)
    assert (first.added, first.contested) == ((), frozenset({KEY}))
    mark = Mark(digest=vote(MASTER, {"核定": "1.5"}).digest)
    again = merge(DecisionLog(), [*others, book(MASTER, {"核定": "1.5"}, mark)], NOW)
    assert (again.added, again.contested) == ((), frozenset({KEY}))
    last = merge(DecisionLog(), [*others, book(MASTER, {"核定": "1"}, mark)], NOW)
    assert (recorded(last), last.contested, last.findings) == ([(MASTER, {"核定": "1"})], frozenset(), ())


def test_a_row_that_was_never_filled_in_takes_nothing_back() -> None:
    """A blank row of a book that did not show the decision says nothing of it, be it the first of the record."""
    record = DecisionLog(merge(DecisionLog(), [book("甲.xlsx", {"核定": "2"})], NOW).added)
    assert merge(record, [book("甲.xlsx", {"核定": "2"}), book("乙.xlsx", {})], NOW) == MergeResult(
        added=(), findings=(), contested=frozenset()
    )


def test_a_book_changes_the_decision_that_it_showed_however_many_there_are() -> None:
    """Decisions are known by their numbers, small and large."""
    (first,) = merge(DecisionLog(), [book("甲.xlsx", {"核定": "2"})], NOW).added
    record = DecisionLog(
        tuple(replace(first, no=no, row=KEY[1] if no == 1000 else f"15.{no}") for no in range(1, 1001))
    )
    made = merge(record, [book("乙.xlsx", {"核定": "1"}, Mark(base=int("1000")))], NOW)
    assert (recorded(made), made.contested) == ([("乙.xlsx", {"核定": "1"})], frozenset())


def test_a_score_that_is_signed_anew() -> None:
    """The master keeps its score, and a new day or name beside it says that this is the office's word."""
    own = {"核定": "0.5", "审核人": "张三", "审核日期": "2020-12-01"}
    mark = Mark(digest=vote(MASTER, own).digest)
    others = [book("甲.xlsx", {"核定": "1"})]
    assert merge(DecisionLog(), [*others, book(MASTER, own, mark)], NOW).contested == {KEY}
    signed = {**own, "审核日期": "2020-12-02"}
    made = merge(DecisionLog(), [*others, book(MASTER, signed, mark)], NOW)
    assert (recorded(made), made.contested) == ([(MASTER, signed)], frozenset())


@given(
    said=st.dictionaries(st.sampled_from(NAMES), values, min_size=2, max_size=4).filter(contradicts),
    shown=values | st.just({}),
    master=values,
)
def test_the_master_resolves_what_it_has_shown_and_nothing_else(
    said: dict[str, Texts], shown: Texts, master: Texts
) -> None:
    """Unmarked, the master is one of those that contradict; marked, it decides once it is signed anew or says something else."""
    others = [book(name, each) for name, each in said.items()]
    assert merge(DecisionLog(), [*others, book(MASTER, master)], NOW).contested == {KEY}

    before, after = (vote(MASTER, each) for each in (shown, master))
    done = merge(DecisionLog(), [*others, book(MASTER, master, Mark(digest=before.digest))], NOW)
    assert recorded(done) == ([(MASTER, master)] if before.values.texts != after.values.texts else [])
    if done.added:
        record = DecisionLog(done.added)
        assert merge(record, [*others, book(MASTER, master, Mark(base=1))], NOW) == MergeResult(
            added=(), findings=(), contested=frozenset()
        )


@given(
    said=st.dictionaries(st.sampled_from(NAMES), values, min_size=2, max_size=4).filter(contradicts),
    master=values,
    name=st.sampled_from(NAMES),
    changed=values,
)
def test_a_settled_book_is_ignored_until_it_changes(
    said: dict[str, Texts], master: Texts, name: str, changed: Texts
) -> None:
    """A vote that was settled is known again by its book and its values, and any other is heard."""
    mark = Mark(digest="0" * 8)
    done = merge(DecisionLog(), [*(book(each, own) for each, own in said.items()), book(MASTER, master, mark)], NOW)
    record = DecisionLog(done.added)
    new = vote(name, changed)
    now = merge(record, [book(name, changed)], NOW)
    known = name in said and vote(name, said[name]).gist == new.gist
    agrees = new.gist == vote(MASTER, master).gist
    assert (now.contested == {KEY}) == (not known and not agrees)


@given(book=st.sampled_from(NAMES), said=values, other=st.sampled_from(NAMES), more=values)
def test_votes_are_told_apart(book: str, said: Texts, other: str, more: Texts) -> None:
    """Two votes are the same where book and gist are; the digest is that of all values, without the book."""
    one, two = vote(book, said), vote(other, more)
    assert one.is_in([two]) == ((book, one.gist) == (other, two.gist))
    assert (one.digest == two.digest) == (one.values.texts == two.values.texts)
    assert one.is_in([one.text])


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("", Mark()),
        ("12", Mark(base=12)),
        ("12!3f9a0c11", Mark(base=12, digest="3f9a0c11")),
        ("!3f9a0c11", Mark(digest="3f9a0c11")),
    ],
)
def test_marks(text: str, mark: Mark) -> None:
    """What a row knows of the record is printed and read back."""
    assert (mark_of(text), mark.text) == (mark, text)


@pytest.mark.parametrize("text", ["12!", "!", "12!3F9A0C11", "1234567890", "-1", "1.5", "十", "12!3f9a0c111"])
def test_what_is_no_mark(text: str) -> None:
    """A cell that somebody changed says nothing."""
    assert mark_of(text) == Mark()


TOLD = "几本审核表的决定不一致({}),暂不采用。请商定后在“审核表.xlsx”里改定,或把几本改成一致。"


@pytest.mark.parametrize(
    ("votes", "settled"),
    [
        ("甲.xlsx:核定2;审核表.xlsx:核定1.5", True),
        ("甲.xlsx:核定2;审核表.xlsx:核定1", False),
        ("审核表.xlsx:核定1;甲.xlsx:核定2", False),
        ("甲审核表.xlsx:核定1;甲.xlsx:核定2", True),
    ],
)
def test_what_earlier_versions_wrote(votes: str, settled: bool) -> None:  # noqa: FBT001 - a table
    """Without a mark the master resolves what the cell 待核 tells, unless its vote is, whole, among those told."""
    said = vote(MASTER, {"核定": "1"})
    assert resolves(said, Mark(), TOLD.format(votes) + "另有待核") == settled
    assert not resolves(said, Mark(), "请核实")


def decided(said: Texts) -> DecisionLog:
    """Give the record after the master decided so."""
    return DecisionLog(merge(DecisionLog(), [book(MASTER, said)], NOW).added)


def test_a_row_that_shows_a_decision_says_nothing_new() -> None:
    """A copy that repeats the decision it shows is silent; one that changes it is heard, knowing what it changes."""
    record, other = decided({"核定": "1"}), {"核定": "2", "审核人": "李四"}
    assert merge(record, [book("甲.xlsx", {"核定": "1"}, Mark(base=1))], NOW).added == ()
    done = merge(record, [book("甲.xlsx", other, Mark(base=1))], NOW)
    assert [(each.no, each.replaces, each.book, each.values.texts) for each in done.added] == [(2, 1, "甲.xlsx", other)]
    assert done.findings == ()
    assert merge(record, [book("甲.xlsx", other)], NOW).contested == {KEY}


def test_what_was_taken_from_a_book_is_not_heard_again() -> None:
    """A copy keeps saying what was taken from it, also after the decision was changed elsewhere."""
    first = decided({"核定": "1"})
    second = merge(first, [book("甲.xlsx", {"核定": "2"}, Mark(base=1))], NOW)
    record = DecisionLog((*first.decisions, *second.added))
    assert merge(record, [book(MASTER, {"核定": "1"}), book("甲.xlsx", {"核定": "2"}, Mark(base=1))], NOW).added == ()


def test_a_row_that_was_cleared() -> None:
    """A cleared row withdraws the decision it showed, and a finding says which; without one there is nothing to withdraw."""
    done = merge(decided({"核定": "1"}), [book(MASTER, {}, Mark(base=1))], NOW)
    assert [(name, found.code, found.key, found.value) for name, found in done.findings] == [
        (MASTER, Code.REVIEW_WITHDRAWN, KEY, "核定1")
    ]
    assert [(each.replaces, each.values.texts, each.over) for each in done.added] == [(1, {}, ())]
    assert merge(DecisionLog(), [book(MASTER, {})], NOW).added == ()


def test_a_contradiction_is_told() -> None:
    """The finding names the row, every vote and what stays in force."""
    record = decided({"核定": "1"})
    ((name, found),) = merge(record, [book("甲.xlsx", {"核定": "2"}), book("乙.xlsx", {"核定": "0"})], NOW).findings
    assert (name, found.code, found.key) == ("乙.xlsx", Code.REVIEW_CONFLICT, KEY)
    assert found.value == "审核表.xlsx:核定1;甲.xlsx:核定2;乙.xlsx:核定0"
    assert "仍按先前的决定(核定1)" in found.message


@pytest.mark.parametrize(("key", "name"), [(KEY, "法院6.1"), (("", "交办登记.001"), "交办登记.001")])
def test_names_of_rows(key: tuple[str, str], name: str) -> None:
    """A row is named by its unit and sub-point; one of a register by its code."""
    assert named(key) == name
