"""发信登记.xlsx: a row for each draft and each message, with what the server said, as the record has it."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.clients.mail_server import MailServer
from tests.looks.measure import SheetLook
from tests.office.post.conftest import DRAFT, Post, dispatch

COURT, BUREAU = dispatch("法院", "new@example.com", "old@example.com"), dispatch("民政局")
DIGEST = "bd2c5a28c5eff1931386908103f7b1107a8e3471b1de9b9b4309d3ceb6c326e4"


def test_the_rows(post: Post, mail_server: MailServer) -> None:
    """Each row says when, to whom, what with which attachments, how it went and what the server answered."""
    mail_server.refuses["old@example.com"] = "550 5.1.1 no such user"
    mail_server.script["."] = ["250 OK", "554 5.7.1 spam"]
    post.deliver(COURT, how=DRAFT)
    post.deliver(COURT, BUREAU)
    sheet = load_workbook(post.space.mail / "发信登记.xlsx")["发信登记"]
    head, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert head == (
        "时间", "单位", "种类", "收件人", "主题", "附件", "附件的 SHA-256", "怎样", "结果", "服务器的回答",
    )  # fmt: skip
    begun = (
        "2020-11-21 09:00",
        "法院",
        "任务分解表",
        "new@example.com\nold@example.com",
        "法院任务分解表",
        "法院.xlsx",
    )
    assert rows[0] == (*begun, DIGEST, "草稿", "写好草稿", "—")
    assert rows[1] == (*begun, DIGEST, "发送", "已发送", "250 OK\n没有送到old@example.com:550 5.1.1 no such user")
    assert rows[2][7:] == (
        "发送",
        "没有发出",
        "服务器不收这封信(服务器说:554 5.7.1 spam)。请看服务器说的原因;看不明白的,问邮件系统的管理员。",
    )
    assert list(SheetLook(sheet).faults()) == []


def test_a_book_that_is_open(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the book cannot be written, that is said, and what was sent is recorded all the same."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("fazhi_xl.office.workspace.folder.replace_file", refuse)
    assert post.states(BUREAU) == ["sent"]
    assert post.said[-1].endswith("请先关闭。发信的记录不受影响,下次会重新写好这份登记。")
    assert len(post.record) == 2
