"""Letters go out once each: as drafts or by the server, recorded before and after, and one that fails costs only itself."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from email import message_from_bytes

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.mail.settings import MailSettings
from fazhi_xl.office.post.deliver import Delivery
from fazhi_xl.office.post.plan import Sort
from fazhi_xl.office.post.reach import Miss
from tests.clients.mail_server import PATIENCE, SHORT, Act, MailServer
from tests.office.post.conftest import ADDRESS, DRAFT, NOW, SMTP, Post, dispatch

COURT, BUREAU, OFFICE = dispatch("法院"), dispatch("民政局"), dispatch("信访局")
AGAIN = Delivery(smtp=True, again=True)


# Sending --------------------------------------------------------------------------------------------------------------


def test_each_is_sent_once(post: Post, mail_server: MailServer) -> None:
    """What was sent is not sent again, unless that is asked for; a new key is another message."""
    assert post.states(COURT, BUREAU) == ["sent", "sent"]
    assert post.states(COURT, BUREAU, OFFICE) == ["before", "before", "sent"]
    assert post.states(COURT, how=AGAIN) == ["sent"]
    assert post.states(replace(COURT, key="K2")) == ["sent"]
    assert [each.receivers for each in mail_server.letters] == [
        ("2-6cd5@example.com",),
        ("3-6c11@example.com",),
        ("3-4fe1@example.com",),
        ("2-6cd5@example.com",),
        ("2-6cd5@example.com",),
    ]


def test_what_the_server_gets(post: Post, mail_server: MailServer) -> None:
    """The server gets the message as it was made, from the office's address, with the time of the run and an identity of its own."""
    post.deliver(COURT)
    post.deliver(COURT, how=AGAIN)
    first, second = (message_from_bytes(each.data) for each in mail_server.letters)
    assert mail_server.letters[0].sender == ADDRESS
    assert first["Date"] == second["Date"] == "Sat, 21 Nov 2020 09:00:00 +0800"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Message-ID"].endswith("@example.gov.cn>")


def test_one_connection(post: Post, mail_server: MailServer) -> None:
    """A run has one connection, and none where nothing is to be sent."""
    post.deliver(COURT, BUREAU, OFFICE)
    assert mail_server.connections == 1
    post.deliver(COURT, BUREAU, OFFICE)
    assert mail_server.connections == 1


def test_the_record(post: Post) -> None:
    """The record says what was begun, with addresses, subject and digests, and what the server answered."""
    post.deliver(COURT)
    begun, sent = map(json.loads, post.record)
    assert begun == {
        "at": "2020-11-21T09:00:00+08:00",
        "event": "begun",
        "id": begun["id"],
        "sort": "form",
        "unit": "法院",
        "key": "K1",
        "to": ["2-6cd5@example.com"],
        "subject": "法院任务分解表",
        "attachments": [
            {"name": "法院.xlsx", "sha256": "bd2c5a28c5eff1931386908103f7b1107a8e3471b1de9b9b4309d3ceb6c326e4"}
        ],
        "sha256": begun["sha256"],
    }
    assert sent == {
        "at": "2020-11-21T09:00:00+08:00",
        "event": "sent",
        "id": begun["id"],
        "answer": "250 2.0.0 OK queued as 4711",
    }


def test_nothing_is_sent_by_a_run_that_only_tells(post: Post, mail_server: MailServer) -> None:
    """A dry run tells what would be done, writes nothing and asks no server."""
    post.deliver(COURT)
    mail_server.reset()
    before = sorted(post.space.root.rglob("*"))
    dry = Delivery(smtp=True, dry_run=True)
    assert post.states(COURT, BUREAU, replace(OFFICE, sort=Sort.REMINDER), how=dry) == [
        "before",
        "planned",
        "planned",
    ]
    assert (sorted(post.space.root.rglob("*")), mail_server.connections) == (before, 0)


def test_no_address(post: Post) -> None:
    """A unit without an address is told, and the others get theirs."""
    nobody = replace(BUREAU, letter=replace(BUREAU.letter, to=()))
    delivered = post.deliver(nobody, COURT)
    assert [each.state.value for each in delivered.done] == ["no_address", "sent"]
    assert list(delivered.lines) == [
        "任务分解表:已发送1封,没有地址1封",
        "  任务分解表没有地址:民政局。请在 联系人.xlsx 里填好它的邮箱,再运行一次。",
    ]
    assert not delivered.complete


def test_settings_that_are_not_filled_in(post: Post) -> None:
    """Nothing is sent without a server or the office's own address; drafts need neither."""
    post.settings = MailSettings()
    with pytest.raises(WrongUseError, match="还没有填发信服务器"):
        post.deliver(COURT)
    assert post.states(COURT, how=DRAFT) == ["drafted"]


def test_no_password(post: Post, monkeypatch: pytest.MonkeyPatch, mail_server: MailServer) -> None:
    """Without a password nothing is begun, and it is said how to give one."""
    monkeypatch.delenv("FAZHI_SMTP_PASSWORD")
    delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["failed", "left"]
    assert "FAZHI_MAIL_PASSWORD" in delivered.stopped[0]
    assert (mail_server.connections, post.record) == (0, [])


def test_no_encryption_is_said(post: Post) -> None:
    """Each run over a connection that is not encrypted says so."""
    post.deliver(COURT)
    post.deliver(BUREAU)
    said = "和发信服务器 localhost 的连接不加密(“邮箱设置”里是这样填的),信和密码在路上可能被别人看到。"
    assert post.said == [said, said]


# What goes wrong ------------------------------------------------------------------------------------------------------


def test_one_that_fails(post: Post, mail_server: MailServer) -> None:
    """A message that the server does not take costs only itself, and is sent by the next run."""
    mail_server.script["."] = ["554 5.7.1 looks like spam"]
    delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["failed", "sent"]
    assert (
        delivered.done[0].answer
        == "服务器不收这封信(服务器说:554 5.7.1 looks like spam)。请看服务器说的原因;看不明白的,问邮件系统的管理员。"
    )
    assert (delivered.stopped, mail_server.connections) == ((), 1)
    assert post.states(COURT, BUREAU) == ["sent", "before"]


def test_an_address_that_is_refused(post: Post, mail_server: MailServer) -> None:
    """Of several addresses those that the server takes get the message, and the one that it refuses is told."""
    mail_server.refuses["old@example.com"] = "550 5.1.1 no such user"
    delivered = post.deliver(dispatch("法院", "new@example.com", "old@example.com"))
    assert mail_server.letters[0].receivers == ("new@example.com",)
    assert delivered.done[0].missed == {"old@example.com": Miss(said="550 5.1.1 no such user")}
    assert list(delivered.lines) == [
        "任务分解表:已发送1封",
        (
            "  任务分解表发给法院,没有送到“old@example.com”(服务器说:550 5.1.1 no such user)。"
            "请核对这个地址,在 联系人.xlsx 里改正,再运行一次,只补发给它。"
        ),
    ]
    assert not delivered.complete


OLD, NEW = "old@example.com", "new@example.com"
BOTH = dispatch("法院", NEW, OLD)


def test_an_address_that_is_refused_for_now(post: Post, mail_server: MailServer) -> None:
    """An address that is refused for now is told, and the next run sends the letter there alone; nobody else gets it twice."""
    mail_server.refuses[OLD] = "452 4.2.2 mailbox full"
    told = "  任务分解表发给法院,“old@example.com”暂时没有收(服务器说:452 4.2.2 mailbox full),下次再发给它。"
    assert list(post.deliver(BOTH).lines) == ["任务分解表:已发送1封", told]
    assert list(post.deliver(BOTH, how=DRAFT).lines) == ["任务分解表:以前发过1封", told]
    assert post.states(BOTH) == ["failed"]
    mail_server.reset()
    assert post.states(BOTH) == ["sent"]
    assert post.states(BOTH) == ["before"]
    assert [each.receivers for each in mail_server.letters] == [(OLD,)]


def test_an_address_that_is_refused_for_good(post: Post, mail_server: MailServer) -> None:
    """It stays told as open until it is changed: then the letter goes to the new address alone."""
    mail_server.refuses[OLD] = "550 5.1.1 no such user"
    post.deliver(BOTH)
    delivered = post.deliver(BOTH)
    assert [each.state.value for each in delivered.done] == ["before"]
    assert delivered.done[0].missed == {OLD: Miss(said="550 5.1.1 no such user")}
    assert not delivered.complete
    mail_server.reset()
    changed = dispatch("法院", NEW, "right@example.com")
    assert post.states(changed) == ["sent"]
    assert post.states(changed) == ["before"]
    assert [each.receivers for each in mail_server.letters] == [("right@example.com",)]


def test_an_address_more(post: Post, mail_server: MailServer) -> None:
    """An address that is added where all others were reached gets nothing that was sent before."""
    post.deliver(dispatch("法院", NEW))
    assert post.states(BOTH) == ["before"]
    assert len(mail_server.letters) == 1


def test_unsure_of_one_address(post: Post, mail_server: MailServer) -> None:
    """Where the second attempt at an address has no answer, that is told, and it is not made again by itself."""
    mail_server.refuses[OLD] = "452 4.2.2 mailbox full"
    post.deliver(BOTH)
    mail_server.reset()
    mail_server.script["."] = [Act.DROP]
    assert post.states(BOTH) == ["unsure"]
    assert post.states(BOTH) == ["unsure"]
    assert post.states(BOTH, how=AGAIN) == ["sent"]
    assert [each.receivers for each in mail_server.letters] == [(OLD,), (NEW, OLD)]


def test_what_programs_are_told(post: Post, mail_server: MailServer) -> None:
    """Programs get of each message its sort, unit, key and state, the answer, refused addresses and the draft, and why the run stopped."""
    mail_server.script["MAIL"] = ["421 closing", "421 closing"]
    draft = str(post.space.mail / "待发" / "任务分解表" / "法院.eml")
    message = {"sort": "form", "unit": "法院", "key": "K1", "refused": {}, "later": [], "returned": []}
    assert post.deliver(COURT, how=DRAFT).as_json == {
        "messages": [{**message, "state": "drafted", "answer": "", "draft": draft}],
        "stopped": "",
    }
    said = "服务器 localhost 现在不收信,请过一会儿再运行一次(服务器说:421 closing)。"
    assert post.deliver(COURT).as_json == {
        "messages": [{**message, "state": "failed", "answer": said, "draft": None}],
        "stopped": said,
    }


def test_the_run_ends(post: Post, mail_server: MailServer) -> None:
    """Where nothing more can be done with the server, the rest is left for the next run, in one line."""
    mail_server.script["MAIL"] = [Act.GO_ON, "550 5.7.1 sender not allowed"]
    delivered = post.deliver(COURT, BUREAU, OFFICE)
    assert [each.state.value for each in delivered.done] == ["sent", "failed", "left"]
    assert list(delivered.lines) == [
        "任务分解表:已发送1封,没有发出1封,没有轮到1封",
        (
            "任务分解表发到民政局时停下了:"
            "服务器不收从“fzb@example.gov.cn”发出的信(服务器说:550 5.7.1 sender not allowed)。请核对发件地址,一般要和登录的用户名相同。"
        ),
        "其余1封没有轮到,再运行一次,接着发。",
    ]
    assert post.states(COURT, BUREAU, OFFICE) == ["before", "sent", "sent"]


def test_a_lost_connection_is_made_again(post: Post, mail_server: MailServer) -> None:
    """A connection that ends between two messages is made again, and nothing is sent twice."""
    mail_server.script["MAIL"] = [Act.GO_ON, Act.DROP]
    assert post.states(COURT, BUREAU, OFFICE) == ["sent", "sent", "sent"]
    assert (len(mail_server.letters), mail_server.connections) == (3, 2)


def test_a_connection_that_is_lost_for_good(post: Post, mail_server: MailServer) -> None:
    """A connection that ends again at once ends the run; what was done stays done, and the next run goes on."""
    mail_server.script["MAIL"] = [Act.GO_ON, Act.DROP, Act.DROP]
    delivered = post.deliver(COURT, BUREAU, OFFICE)
    assert [each.state.value for each in delivered.done] == ["sent", "failed", "left"]
    assert delivered.stopped == ("和服务器 localhost 的连接断了。做完的都记下了,请再运行一次,接着做。",)
    assert post.states(COURT, BUREAU, OFFICE) == ["before", "sent", "sent"]
    assert len(mail_server.letters) == 3


def test_no_answer_to_a_message(post: Post, mail_server: MailServer) -> None:
    """A message that was handed over and has no answer may have been sent: it is told, and not sent again unless that is asked for."""
    mail_server.script["."] = [Act.DROP]
    delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["unsure", "sent"]
    assert delivered.unsure == (delivered.done[0].unit,)
    assert delivered.done[0].answer == (
        "信已经交给服务器 localhost,没有等到回答,不知道发出没有。请问一下收件人收到没有;没有收到的,要再发一次。"
    )
    assert post.states(COURT) == ["unsure"]
    assert post.states(COURT, how=AGAIN) == ["sent"]
    assert post.states(COURT) == ["before"]


def test_no_answer_in_time(post: Post, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that the server does not answer within its time is no less unsure."""
    monkeypatch.setattr("fazhi_xl.mail.smtp_session._FINAL", SHORT / PATIENCE)
    mail_server.script["."] = [Act.HANG]
    assert post.states(COURT) == ["unsure"]


def test_killed_before_the_answer(post: Post, mail_server: MailServer) -> None:
    """A message that was begun by a run that was killed is told, and not sent again unless that is asked for."""
    post.deliver(COURT)
    path = post.space.mail / "发信登记.jsonl"
    path.write_text(post.record[0] + "\n", "utf-8")
    mail_server.reset()
    delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["unsure", "sent"]
    assert delivered.done[0].answer == (
        "上次发到一半停了,不知道发出没有。请问一下收件单位收到没有;没有收到的,要再发一次。"
    )
    assert post.states(COURT, how=AGAIN) == ["sent"]


# The record -----------------------------------------------------------------------------------------------------------


def test_a_line_that_was_not_finished(post: Post, mail_server: MailServer) -> None:
    """What a run left of a line when it was killed says nothing: it is taken away, and the rest stands."""
    post.deliver(COURT)
    path = post.space.mail / "发信登记.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert post.states(COURT, BUREAU) == ["before", "sent"]
    assert path.read_bytes().startswith(whole)
    assert [json.loads(line)["event"] for line in post.record] == ["begun", "sent", "begun", "sent"]
    assert len(mail_server.letters) == 2


def test_a_damaged_line(post: Post, mail_server: MailServer) -> None:
    """With a damaged line nothing is sent, since nobody knows what was."""
    post.deliver(COURT, BUREAU)
    path = post.space.mail / "发信登记.jsonl"
    path.write_text("\n".join(("{", *post.record[1:])) + "\n", "utf-8")
    with pytest.raises(WrongUseError, match="第1行读不出来"):
        post.deliver(OFFICE)
    assert len(mail_server.letters) == 2


def test_a_record_that_is_gone(post: Post) -> None:
    """Where the record is gone and its book is there, nothing is sent: all of it would be sent again."""
    post.deliver(COURT)
    (post.space.mail / "发信登记.jsonl").unlink()
    with pytest.raises(WrongUseError, match="不见了,看不出哪些信已经发过,没有发信"):
        post.deliver(COURT)


def test_what_cannot_be_recorded_is_not_sent(
    post: Post, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the intent cannot be written to the disk, the message is not sent, and nothing after it."""
    full(monkeypatch, after=0)
    delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["failed", "left"]
    assert "磁盘满了" in "".join(delivered.stopped)
    assert (mail_server.letters, post.record) == ([], [])


def test_an_answer_that_cannot_be_recorded(
    post: Post, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the answer cannot be written, the run ends and says what was sent; the next one takes it as unsure."""
    with monkeypatch.context() as patch:
        full(patch, after=1)
        delivered = post.deliver(COURT, BUREAU)
    assert [each.state.value for each in delivered.done] == ["sent", "left"]
    assert "".join(delivered.stopped).startswith("法院 任务分解表已发送,没有能记下来。")
    assert len(mail_server.letters) == 1
    assert post.states(COURT, BUREAU) == ["unsure", "sent"]


def full(patch: pytest.MonkeyPatch, after: int) -> None:
    """Let the disk be full after so many lines."""
    real, counted = os.fsync, [0]

    def fsync(file: int) -> None:
        counted[0] += 1
        if counted[0] > after:
            raise OSError(28, "No space left on device")
        real(file)

    patch.setattr("fazhi_xl.office.workspace.appended.os.fsync", fsync)


def test_the_run_uses_the_time_given(post: Post) -> None:
    """A run of the same time with the same letters writes the same record."""
    post.deliver(COURT, now=NOW)
    first = post.record
    (post.space.mail / "发信登记.jsonl").unlink()
    (post.space.mail / "发信登记.xlsx").unlink()
    post.deliver(COURT, now=NOW)
    assert post.record == first


def test_both_ways_in_turn(post: Post, mail_server: MailServer) -> None:
    """What was sent is not drafted, a draft does not count as sent, and once its message is sent it is taken away."""
    draft = post.space.mail / "待发" / "任务分解表" / "法院.eml"
    assert post.states(COURT, how=DRAFT) == ["drafted"]
    assert draft.exists()
    assert post.states(COURT, how=SMTP) == ["sent"]
    assert not draft.exists()
    assert post.states(COURT, how=DRAFT) == ["before"]
    assert len(mail_server.letters) == 1
