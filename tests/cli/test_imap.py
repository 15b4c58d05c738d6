"""--imap: what came into the office's mailbox is collected, with the server's time, and each doubt about a sender is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copy, copytree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from fazhi_xl.cli import build_command
from tests.cli.conftest import Run
from tests.clients.dovecot import HOST, PASSWORD, USER, Dovecot
from tests.support.mails import mail, named
from tests.support.offices import Office
from tests.support.once import Once

pytestmark = pytest.mark.long

OWN, OTHER = "总工会", "团委"
AT = datetime(2020, 11, 19, 14, 30, tzinfo=UTC)
SENT = "Thu, 19 Nov 2020 22:25:00 +0800"


def fill_in(path: Path, server: Dovecot) -> None:
    """Type the units' addresses and the mailbox into the workbook of contacts."""
    book = load_workbook(path)
    addresses = {OWN: "zgh@example.cn", OTHER: "tw@example.cn; room@example.cn"}
    for row in book["联系人"].iter_rows():
        if row[1].value in addresses:
            row[3].value = addresses[str(row[1].value)]
    own = server.server()
    settings = {
        "收信服务器": HOST, "收信端口": own.port, "收信加密方式": "SSL/TLS", "收信用户名": USER,
        "证书文件": str(own.authority), "验证者": "mx.example.cn",
    }  # fmt: skip
    for row in book["邮箱设置"].iter_rows():
        if row[0].value in settings:
            row[1].value = str(settings[str(row[0].value)])
    book.save(path)


@pytest.fixture(scope="session")
def mailed(once: Once, issued: Path) -> Path:
    """Issue the workbook of contacts once, blank."""

    def make(root: Path) -> None:
        copytree(issued, root)
        assert build_command.main(["--mail", "联系人.xlsx", "--out", str(root), "--quiet"]) == 0

    return once("contacts to be filled in", make) / "联系人.xlsx"


@pytest.fixture
def reading(office: Office, mailed: Path, mailbox_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Give an office that reads a mailbox."""
    copy(mailed, office.space.contacts_file)
    fill_in(office.space.contacts_file, mailbox_server)
    monkeypatch.setenv("FAZHI_IMAP_PASSWORD", PASSWORD)
    return office


def by(sender: str, subject: str, attachments: dict[str, bytes], *, date: str = SENT, result: str = "") -> bytes:
    made: EmailMessage = mail(attachments, date=date, sender=sender)
    made.replace_header("Subject", subject)
    if result:
        made["Authentication-Results"] = f"mx.example.cn; {result}"
    return made.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def zipped(name: str, data: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr(name, data)
    return made.getvalue()


BOUNCE = (
    b"From: MAILER-DAEMON@example.cn\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
    b"Final-Recipient: rfc822; gone@example.cn\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)


def found(office: Office) -> dict[str, tuple[str, list[str]]]:
    """Give each file's status and findings of origin and mail, by the subject of its mail and its own name."""
    told = {}
    for file in office.report["files"]:
        letter, _, name = str(file["path"]).removeprefix("邮件/").partition("/")[2].partition(".eml")
        codes = [each["code"] for each in file["findings"] if each["code"].startswith(("sender", "mail"))]
        told[f"{letter.rsplit(' ', 2)[0]}{name}"] = (file["status"], codes)
    return told


def registered(office: Office) -> dict[bytes, tuple[str, str]]:
    """Give the day of receipt and what it rests on of each form that the units could have sent."""
    rows = load_workbook(office.root / "收到登记.xlsx").worksheets[0].iter_rows(values_only=True)
    told = {row[-1]: (str(row[2]), str(row[3])) for row in rows}
    return {data: told.get(sha256(data).hexdigest(), ("", "")) for data in map(office.filled, (OWN, OTHER))}


def test_good_and_bad_mails(reading: Office, mailbox_server: Dovecot, collect: Run) -> None:
    """Forms count for their units with the server's time; unknown, unverified and other senders, clocks and bounces are told."""
    form, other = reading.filled(OWN), reading.filled(OTHER)
    letters = {
        "好的": by("zgh@example.cn", "好的", {f"{OWN}.xlsx": form}, result="spf=pass; dmarc=pass"),
        "别家的": by("zgh@example.cn", "别家的", {"表.xlsx": other}),
        "没有附件": by("tw@example.cn", "没有附件", {}),
        "不认识的": by("who@example.cn", "不认识的", {"表.xlsx": reading.filled(OWN, reading.good(OWN, 2))}),
        "冒用的": by("tw@example.cn", "冒用的", {"表.xlsx": reading.filled(OTHER, reading.good(OTHER, 3))}, result="spf=fail"),
        "时钟": by(
            "tw@example.cn", "时钟", {"表.xlsx": reading.filled(OTHER, reading.good(OTHER, 4))},
            date="Mon, 16 Nov 2020 08:00:00 +0800",
        ),
        "压缩": by("room@example.cn", "压缩", {"材料.zip": zipped("6/照片.pdf", b"%PDF-1.4")}),
        "退信": BOUNCE,
        "乱码": named(b"filename=" + "附件表.bin".encode("gb18030"), b"x"),
    }  # fmt: skip
    for no, data in enumerate(letters.values()):
        mailbox_server.put(data, AT + timedelta(minutes=no))
    ended = collect("--imap")
    assert ended.status == 1, ended.err
    assert f"从邮箱收到{len(letters)}封新邮件" in ended.err
    files = found(reading)
    assert files[f"好的/{OWN}.xlsx"][1] == []
    assert files["别家的/表.xlsx"][1] == ["sender-differs"]
    assert files["没有附件"] == ("rejected", ["mail-without-attachment"])
    assert files["不认识的/表.xlsx"][1] == ["sender-unknown"]
    assert files["冒用的/表.xlsx"][1] == ["sender-unverified"]
    assert files["时钟/表.xlsx"][1] == ["mail-times-differ"]
    assert files["Undelivered"] == ("ignored", ["mail-bounced"])
    assert registered(reading)[form] == (f"{AT.astimezone():%Y-%m-%d}", "邮件服务器")
    assert set(mailbox_server.flags().values()) == {""}
    again = collect("--imap", "--report-only")
    assert again.err.startswith("邮箱里没有新邮件。\n")


def test_what_is_known_of_mails_is_part_of_what_is_seen(reading: Office, mailbox_server: Dovecot, collect: Run) -> None:
    """A change of the contacts or of the record makes the next collect look again; without one, nothing is done."""
    mailbox_server.put(by("zgh@example.cn", "表", {"表.xlsx": reading.filled(OWN)}), AT)
    assert collect("--imap", "--report-only").status in {0, 1}
    assert "没有任何变化" in collect("--report-only").err
    record = reading.space.mail / "收信登记.jsonl"
    record.write_text(record.read_text("utf-8").replace("2020-11-19T", "2020-11-16T"), "utf-8")
    said = collect("--report-only").err
    assert "没有任何变化" not in said
    (file,) = reading.report["files"]
    assert "mail-times-differ" in {each["code"] for each in file["findings"]}
    assert "没有任何变化" in collect("--report-only").err
    path = reading.space.contacts_file
    book = load_workbook(path)
    for row in book["联系人"].iter_rows():
        if row[1].value == OWN:
            row[3].value = "new@example.cn"
    book.save(path)
    assert "没有任何变化" not in collect("--report-only").err
    (file,) = reading.report["files"]
    assert "sender-unknown" in {each["code"] for each in file["findings"]}


def test_a_mailbox_that_cannot_be_read(reading: Office, monkeypatch: pytest.MonkeyPatch, collect: Run) -> None:
    """A mailbox that cannot be read ends the command in one line, and nothing is collected; without contacts it is said what to do."""
    monkeypatch.setenv("FAZHI_IMAP_PASSWORD", "falsch")
    ended = collect("--imap")
    assert ended.status == 2
    assert ended.err.splitlines()[-1].startswith(f"服务器 {HOST} 不接受用户名“{USER}”和密码。")
    assert "falsch" not in ended.err
    assert not (reading.space.results / "report.json").exists()
    reading.space.contacts_file.unlink()
    assert "不知道邮箱在哪里" in collect("--imap").err


def test_a_file_of_the_password_that_is_not_there(
    reading: Office, monkeypatch: pytest.MonkeyPatch, collect: Run
) -> None:
    """A file of the password that is not there is told as such, with its cell; so is a server that cannot be read."""
    monkeypatch.delenv("FAZHI_IMAP_PASSWORD")
    set_to(reading.space.contacts_file, 密码文件="nofile.txt")
    first, last = collect("--imap").err.splitlines()[-2:]
    assert first.startswith("联系人.xlsx 要改 “邮箱设置”B")
    assert "“密码文件”里写的文件找不到" in first
    assert last == "密码文件 out/nofile.txt 读不出来:没有这个文件或文件夹。请核对“邮箱设置”的“密码文件”。"
    set_to(reading.space.contacts_file, 密码文件=None, 收信服务器="https://imap.example.cn/")
    first, last = collect("--imap").err.splitlines()[-2:]
    assert "“收信服务器”应是服务器的名称,写的是“https://imap.example.cn/”" in first
    assert last.startswith("“邮箱设置”里没有填收信服务器")


def set_to(path: Path, **settings: str | None) -> None:
    book = load_workbook(path)
    for row in book["邮箱设置"].iter_rows():
        if row[0].value in settings:
            row[1].value = settings[str(row[0].value)]
    book.save(path)


def test_what_goes_with_it(collect: Run) -> None:
    """Mail is received into the round's own folder, so no other is named."""
    assert "--imap 把邮件收进 DIR/回收,从那里收表,不能和 RETURNS 一起用。" in collect("别处", "--imap").err
    assert "不能和 --imap 一起用" in collect("--districts", "全省", "--imap").err
