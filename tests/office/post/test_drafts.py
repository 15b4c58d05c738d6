"""Drafts for the office's own mail program: the same each time, one file for each, and none that was changed is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from fazhi_xl.office.post.deliver import Delivery
from fazhi_xl.office.post.plan import Sort
from tests.clients.mail_server import MailServer
from tests.office.post.conftest import DRAFT, Post, dispatch

COURT, BUREAU = dispatch("法院"), dispatch("民政局")


def draft_of(post: Post, unit: str, sort: Sort = Sort.FORM) -> Path:
    return post.space.mail / "待发" / sort.word / f"{unit}.eml"


def test_where_drafts_lie(post: Post) -> None:
    """A draft lies in the folder of its sort under its unit's name, opens for sending, and is told."""
    delivered = post.deliver(COURT, replace(BUREAU, sort=Sort.REMINDER), how=DRAFT)
    assert [each.draft for each in delivered.done] == [draft_of(post, "法院"), draft_of(post, "民政局", Sort.REMINDER)]
    assert list(delivered.lines) == ["任务分解表:写好草稿1封", "催报:写好草稿1封"]
    found = message_from_bytes(draft_of(post, "法院").read_bytes())
    assert (found["X-Unsent"], found["To"]) == ("1", "2-6cd5@example.com")


def test_the_same_again(post: Post) -> None:
    """Written again the same drafts are the same files, recorded once."""
    post.deliver(COURT, BUREAU, how=DRAFT)
    before = (draft_of(post, "法院").read_bytes(), draft_of(post, "法院").stat().st_mtime_ns)
    assert post.states(COURT, BUREAU, how=DRAFT) == ["drafted", "drafted"]
    assert (draft_of(post, "法院").read_bytes(), draft_of(post, "法院").stat().st_mtime_ns) == before
    assert [json.loads(line)["unit"] for line in post.record] == ["法院", "民政局"]


def test_several_to_one_unit(post: Post) -> None:
    """A unit's second draft of a sort has a number, and a unit's name that no file can have is written otherwise."""
    post.deliver(COURT, replace(COURT, key="K2"), dispatch("党政/群团"), how=DRAFT)
    names = sorted(path.name for path in (post.space.mail / "待发" / "任务分解表").iterdir())
    assert names == ["党政／群团.eml", "法院(2).eml", "法院.eml"]


def test_a_draft_that_was_changed(post: Post) -> None:
    """A draft that somebody has changed is written anew, and theirs is kept in 存档."""
    post.deliver(COURT, how=DRAFT)
    ours = draft_of(post, "法院").read_bytes()
    draft_of(post, "法院").write_bytes(b"Subject: mine\r\n\r\n")
    post.deliver(COURT, how=DRAFT)
    assert draft_of(post, "法院").read_bytes() == ours
    assert [path.read_bytes() for path in (post.space.archive / "改过的草稿").iterdir()] == [b"Subject: mine\r\n\r\n"]


def test_a_draft_of_another_day(post: Post) -> None:
    """A draft that nobody has changed gives way to the newer one."""
    post.deliver(COURT, how=DRAFT)
    post.deliver(dispatch("法院", key="K2", body="改过的文字。"), how=DRAFT)
    assert not post.space.archive.exists()
    assert [json.loads(line)["key"] for line in post.record] == ["K1", "K2"]


def test_a_changed_draft_stays_when_its_message_is_sent(post: Post) -> None:
    """A draft that somebody has changed stays where its message is sent: it says something else."""
    post.deliver(COURT, how=DRAFT)
    draft_of(post, "法院").write_bytes(b"Subject: mine\r\n\r\n")
    assert post.states(COURT) == ["sent"]
    assert draft_of(post, "法院").exists()


def test_a_draft_that_cannot_be_written(post: Post) -> None:
    """A draft that cannot be written costs only itself."""
    draft_of(post, "法院").mkdir(parents=True)
    delivered = post.deliver(COURT, BUREAU, how=DRAFT)
    assert [each.state.value for each in delivered.done] == ["failed", "drafted"]
    assert str(draft_of(post, "法院")) in delivered.done[0].answer


def test_no_drafts_of_a_run_that_only_tells(post: Post) -> None:
    """A dry run writes no draft and no record."""
    assert post.states(COURT, how=Delivery(dry_run=True)) == ["planned"]
    assert list(post.space.root.iterdir()) == []


def test_drafts_that_wait(post: Post, mail_server: MailServer) -> None:
    """A draft stays where its letter is held for the office or failed; that of a letter that went out is taken away, and it is said why."""
    reminders = [dispatch(unit, sort=Sort.REMINDER) for unit in ("法院", "民政局", "信访局")]
    post.deliver(*reminders, how=DRAFT)
    sent, failing, held = (replace(each, key="K2") for each in reminders)
    failing = replace(failing, letter=replace(failing.letter, to=("nobody@example.com",)))
    mail_server.refuses["nobody@example.com"] = "550 5.1.1 no such user"
    post.deliver(sent, failing, how=Delivery(smtp=True, whole=frozenset({Sort.REMINDER}), waiting=(held,)))
    assert sorted(path.stem for path in (post.space.mail / "待发" / "催报").iterdir()) == ["信访局", "民政局"]
    assert post.said[-1] == "信已经发出,撤下1封以前写的催报草稿:法院。"


def test_drafts_that_are_out_of_date(post: Post) -> None:
    """Where all reminders that are due are written, the others are taken away, or told where somebody has changed them."""
    court, bureau, office = (dispatch(unit, sort=Sort.REMINDER) for unit in ("法院", "民政局", "信访局"))
    post.deliver(court, bureau, office, COURT, how=DRAFT)
    draft_of(post, "信访局", Sort.REMINDER).write_bytes(b"Subject: mine\r\n\r\n")
    post.deliver(court, how=Delivery(whole=frozenset({Sort.REMINDER})))
    folder = post.space.mail / "待发" / "催报"
    assert sorted(path.stem for path in folder.iterdir()) == ["信访局", "法院"]
    assert draft_of(post, "法院").exists()
    assert post.said == [
        "撤下1封不用再发的催报草稿:民政局。",
        f"{folder} 里有1封草稿不用再发,因为有人改过,没有动它:信访局。",
    ]
