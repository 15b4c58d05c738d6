"""A mailbox is read without a trace, and each way in which a server fails is told as what it is."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.imap import Listed, opened
from fazhi_xl.mail.settings import Security, Server
from tests.clients.dovecot import PASSWORD, Dovecot
from tests.support.scripted_imap import CLOSE, HANG, scripted

AT = datetime(2020, 11, 17, 23, 30, 15, tzinfo=UTC)
LETTER = b"From: a@example.com\r\nSubject: =?utf-8?b?6KGo?=\r\n\r\nok\r\n"
LOCAL = "127.0.0.1"
pytestmark = pytest.mark.long


def read(server: Server, password: str = PASSWORD, folder: str = "INBOX") -> list[tuple[Listed, bytes | None]]:
    """Give all that a folder holds."""
    with opened(server, password, folder) as box:
        return list(box.letters(list(box.listed(box.uids()))))


def fault(server: Server, password: str = PASSWORD, folder: str = "INBOX") -> MailError:
    with pytest.raises(MailError) as raised:
        read(server, password, folder)
    return raised.value


class TestDovecot:
    """A real server."""

    @pytest.mark.parametrize("security", Security)
    def test_messages_come_as_they_are(self, mailbox_server: Dovecot, security: Security) -> None:
        """Bytes, server's time and size are the server's, and no message is marked as read, however the way is encrypted."""
        big = LETTER + b"x" * 3_000_000 + b"\r\n"
        for data in (LETTER, big, LETTER):
            mailbox_server.put(data, AT)
        found = read(mailbox_server.server(security))
        assert [(each.uid, each.received, each.size) for each, _ in found] == [
            (1, AT, len(LETTER)), (2, AT, len(big)), (3, AT, len(LETTER))
        ]  # fmt: skip
        assert [data for _, data in found] == [LETTER, big, LETTER]
        assert set(mailbox_server.flags().values()) == {""}

    def test_a_folder_with_a_chinese_name(self, mailbox_server: Dovecot) -> None:
        """A folder is opened by the name that people see."""
        mailbox_server.put(LETTER, AT, name="&U9FO9g-")
        assert [data for _, data in read(mailbox_server.server(), folder="发件")] == [LETTER]

    def test_no_such_folder(self, mailbox_server: Dovecot) -> None:
        """Where there is no such folder, those that there are are named."""
        mailbox_server.folder("&U9FO9g-")
        told = fault(mailbox_server.server(), folder="收件箱")
        assert (told.fault, str(told)) == (
            Fault.NO_FOLDER,
            "邮箱里没有文件夹“收件箱”,有的是:发件、INBOX。请把“收信文件夹”改成其中一个。",
        )

    def test_an_empty_folder(self, mailbox_server: Dovecot) -> None:
        """A folder may hold nothing."""
        mailbox_server.folder()
        assert read(mailbox_server.server()) == []

    def test_what_is_gone_meanwhile(self, mailbox_server: Dovecot) -> None:
        """A message that somebody removes between listing and reading is no message, and the others are read."""
        paths = [mailbox_server.put(LETTER, AT) for _ in range(3)]
        with opened(mailbox_server.server(), PASSWORD, "INBOX") as box:
            listed = list(box.listed(box.uids()))
            paths[1].unlink()
            assert [data for _, data in box.letters(listed)] == [LETTER, None, LETTER]
            assert box.head(1) == b"From: a@example.com\r\nSubject: =?utf-8?b?6KGo?=\r\n\r\n"
            assert box.head(2) == b""

    def test_a_wrong_password(self, mailbox_server: Dovecot) -> None:
        """A password that is not taken is told without being repeated."""
        told = fault(mailbox_server.server(), "geheim1")
        assert told.fault is Fault.PASSWORD
        assert "geheim1" not in str(told)
        assert "用户名“fzb@example.com”和密码。请核对" in str(told)

    def test_an_unknown_certificate(self, mailbox_server: Dovecot) -> None:
        """A server that nobody vouches for gets no password, by TLS and by STARTTLS."""
        for security in (Security.TLS, Security.STARTTLS):
            told = fault(replace(mailbox_server.server(security), authority=None))
            assert told.fault is Fault.CERTIFICATE
            assert str(told).startswith("服务器 localhost 的证书不可信(")

    def test_the_wrong_port(self, mailbox_server: Dovecot) -> None:
        """Where a port speaks no TLS nothing is logged in to."""
        told = fault(replace(mailbox_server.server(), port=mailbox_server.plain))
        assert told.fault is Fault.NO_TLS


def test_a_user_with_a_chinese_name(mailbox_server: Dovecot) -> None:
    """A name or password with other letters is given as the protocol's later part has it, and refused like any."""
    assert fault(mailbox_server.server(user="办公室@example.com")).fault is Fault.PASSWORD


# Servers that fail ----------------------------------------------------------------------------------------------------

Answers = Mapping[str, Sequence[str]]
LIST = ('* LIST () "/" INBOX', '* LIST () "/" "&U9FO9g-"', "{tag} OK done")
IMPOSSIBLE_DAY = '* 1 FETCH (UID 1 INTERNALDATE "41-Nov-2020 01:00:00 +0800" RFC822.SIZE 3)'


@pytest.mark.parametrize(
    ("answers", "kind", "said"),
    [
        ({"CAPABILITY": (HANG,)}, Fault.SILENT, "秒没有应答"),
        ({"LOGIN": (HANG,)}, Fault.SILENT, "秒没有应答"),
        ({"LOGIN": (CLOSE,)}, Fault.LOST, "连接断了"),
        ({"LOGIN": ("{tag} NO [AUTHENTICATIONFAILED] no",)}, Fault.PASSWORD, "“fzb”"),
        ({"LOGIN": ("{tag} NO [UNAVAILABLE] later",)}, Fault.NOT_READY, "later"),
        ({"CAPABILITY": ("* CAPABILITY IMAP4rev1 LOGINDISABLED", "{tag} OK done")}, Fault.NO_LOGIN, "LOGINDISABLED"),
        ({"LOGIN": ("* BYE too many", CLOSE)}, Fault.LOST, "连接断了"),
        ({"EXAMINE": ("{tag} NO geheim1 not here",), "LIST": LIST}, Fault.NO_LOGIN, "*** not here"),
        ({"EXAMINE": ("{tag} NO Unsafe Login.",)}, Fault.NO_LOGIN, "Unsafe Login."),
        ({"EXAMINE": ("gibberish",)}, Fault.UNKNOWN, "gibberish"),
        ({"EXAMINE": ("* OK [UIDVALIDITY x] valid", "{tag} OK done")}, Fault.UNKNOWN, "看不懂"),
        ({"UID SEARCH": ("* SEARCH one two", "{tag} OK done")}, Fault.UNKNOWN, "看不懂"),
        ({"UID SEARCH": ("* 1 FETCH (BODY[] {99999999999}", "x")}, Fault.UNKNOWN, "99999999999"),
        ({"UID SEARCH": ("{tag} NO [SERVERBUG] internal",)}, Fault.UNKNOWN, "internal"),
        ({"UID FETCH": (CLOSE,)}, Fault.LOST, "连接断了"),
        ({"UID FETCH": ("* BYE going down", CLOSE)}, Fault.LOST, "连接断了"),
        ({"UID FETCH": (IMPOSSIBLE_DAY, "{tag} OK done")}, Fault.UNKNOWN, "看不懂"),
    ],
)  # fmt: skip
def test_a_server_that_fails(answers: Answers, kind: Fault, said: str) -> None:
    """Whatever a server answers, or does not, is one line that says what happened."""
    with scripted(answers) as made:
        told = fault(made.server, "geheim1")
    assert told.fault is kind
    assert said in str(told)
    assert "geheim1" not in str(told)


@pytest.mark.parametrize(
    ("greeting", "kind"),
    [
        ((HANG,), Fault.SILENT), ((CLOSE,), Fault.UNREACHABLE), (("220 mail ESMTP",), Fault.UNKNOWN),
        (("* BYE too many connections",), Fault.UNKNOWN), (("\x00\x01",), Fault.UNKNOWN),
    ],
)  # fmt: skip
def test_a_server_that_greets_oddly(greeting: Sequence[str], kind: Fault) -> None:
    """A server that says nothing at first, or something else than a mailbox does, is told as that."""
    with scripted(greeting=greeting) as made:
        assert fault(made.server).fault is kind


def test_without_encryption_nothing_is_said() -> None:
    """Where encryption is asked for and not to be had, no password leaves this machine."""
    with scripted() as made:
        assert fault(replace(made.server, security=Security.STARTTLS)).fault is Fault.NO_TLS
        assert not [line for line in made.heard if "LOGIN" in line]


def test_a_hanging_handshake() -> None:
    """A server that takes the connection and never begins with TLS is told as silent."""
    with scripted(greeting=(HANG,)) as made:
        assert fault(replace(made.server, security=Security.TLS)).fault is Fault.SILENT


def test_nobody_there() -> None:
    """A port that nobody listens at, and a host that nobody knows."""
    with socket.create_server((LOCAL, 0)) as free:
        port = free.getsockname()[1]
    told = fault(Server(host=LOCAL, port=port))
    assert (told.fault, str(told)) == (
        Fault.UNREACHABLE,
        f"连不上服务器 {LOCAL}:{port}(对方没有开这个端口)。请核对地址和端口,并看网络、防火墙是否放行。",
    )
    for host in ("mail.invalid", "邮件" * 40, "a..b"):
        assert fault(Server(host=host, port=993)).fault is Fault.UNKNOWN_HOST


def test_an_authority_that_is_none() -> None:
    """A file of certificates that is missing, or holds none, is told by its name."""
    with scripted(greeting=(HANG,)) as made:
        for name, why in (("missing.pem", "读不出来:没有这个文件或文件夹"), ("README.md", "里面没有证书")):
            own = replace(made.server, security=Security.TLS, authority=Path(name))
            told = fault(own)
            assert told.fault is Fault.CERTIFICATE
            assert f"证书文件 {name} {why}" in str(told)


def test_a_server_that_wants_to_know_who_asks() -> None:
    """The program's name is told before a folder is opened, where the server asks for it; some refuse every other."""
    answers = {
        "CAPABILITY": ("* CAPABILITY IMAP4rev1 ID", "{tag} OK done"),
        "ID": ('* ID ("name" "server")', "{tag} OK done"),
        "UID SEARCH": ("* SEARCH", "{tag} OK done"),
    }
    with scripted(answers) as made:
        assert read(made.server, "geheim1") == []
    told = [line.partition(" ")[0] for line in made.heard]
    assert told.index("LOGIN") < told.index("ID") < told.index("EXAMINE")


def test_numbers_after_the_message_and_changed_flags() -> None:
    """A server may tell a message's number after the message, and of other messages in between."""
    answers = {
        "UID FETCH 1 (UID INTERNALDATE": (
            "* 2 FETCH (FLAGS (\\Seen))",
            '* 1 FETCH (INTERNALDATE " 7-nov-2020 01:02:03 -0130" RFC822.SIZE 5 UID 1)',
            "{tag} OK done",
        ),
        "UID FETCH 1 (UID BODY": ("* 1 FETCH (BODY[] {5}", "hello UID 1)", "* 2 FETCH (FLAGS ())", "{tag} OK done"),
    }
    with scripted(answers) as made:
        ((listed, data),) = read(made.server, "geheim1")
    west = timezone(-timedelta(hours=1, minutes=30))
    assert (listed.received, data) == (datetime(2020, 11, 7, 1, 2, 3, tzinfo=west), b"hello")


def test_a_server_that_gives_single_messages_alone() -> None:
    """Where several at once are refused, each is asked for by itself; what is refused even so is no message."""
    answers = {
        "UID SEARCH": ("* SEARCH 1 2", "{tag} OK done"),
        "UID FETCH 1,2 (UID INTERNALDATE": (
            '* 1 FETCH (UID 1 INTERNALDATE "07-Nov-2020 01:02:03 +0800" RFC822.SIZE 5)',
            '* 2 FETCH (UID 2 INTERNALDATE "07-Nov-2020 01:02:03 +0800" RFC822.SIZE 5)',
            "{tag} OK done",
        ),
        "UID FETCH 1,2 (UID BODY": ("{tag} NO some are broken",),
        "UID FETCH 1 (UID BODY": ("* 1 FETCH (UID 1 BODY[] {5}", "hello)", "{tag} OK done"),
        "UID FETCH 2 (UID BODY": ("{tag} NO broken",),
    }
    with scripted(answers) as made:
        assert [data for _, data in read(made.server, "geheim1")] == [b"hello", None]
