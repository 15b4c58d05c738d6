"""Sending by SMTP: encrypted as it is set or not at all, each failure told as what it is, and the password told to nobody else."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import Security, Server
from fazhi_xl.mail.smtp import Receipt, Sender
from tests.clients.mail_server import (
    HOST,
    PASSWORD,
    PATIENCE,
    SHORT,
    USER,
    Act,
    Doing,
    MailServer,
    puppet,
    server_context,
)

FROM, TO = "fzb@example.gov.cn", "fayuan@example.com"
DATA = b"Subject: x\r\n\r\n.\r\n..text\r\n"


def send(server: Server, *to: str, password: str = PASSWORD, data: bytes = DATA) -> Receipt:
    with Sender(server, lambda: password) as sender:
        return sender.send(FROM, to or (TO,), data)


def failure(server: Server, *to: str, password: str = PASSWORD, data: bytes = DATA) -> MailError:
    with pytest.raises(MailError) as raised:
        send(server, *to, password=password, data=data)
    assert PASSWORD not in str(raised.value)
    return raised.value


def at(port: int, security: Security = Security.NONE, *, user: str = "", patience: float = PATIENCE) -> Server:
    return Server(host=HOST, port=port, security=security, user=user, patience=patience)


# Encryption -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("security", list(Security))
def test_each_way(mail_server: MailServer, security: Security) -> None:
    """A message arrives byte for byte over each kind of connection, also lines of a full stop."""
    assert send(mail_server.server(security), TO, "zhang@example.com") == Receipt(answer="250 2.0.0 OK queued as 4711")
    (letter,) = mail_server.letters
    assert (letter.sender, letter.receivers, letter.data) == (FROM, (TO, "zhang@example.com"), DATA)


def test_nothing_of_this_computer_is_told(mail_server: MailServer) -> None:
    """The server is greeted by the connection's address, and not by the computer's name."""
    send(mail_server.server(Security.NONE))
    assert mail_server.commands[0] == "EHLO [127.0.0.1]"


def test_the_password_waits_for_the_encryption(mail_server: MailServer) -> None:
    """With STARTTLS the password is sent after the encryption, and what was offered before is asked for anew."""
    send(mail_server.server(Security.STARTTLS))
    verbs = [each.partition(" ")[0] for each in mail_server.commands]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"]


def test_no_starttls_no_login(mail_server: MailServer) -> None:
    """A server that does not offer STARTTLS is told nothing more: no password, no message."""
    server = replace(mail_server.server(Security.NONE), security=Security.STARTTLS)
    error = failure(server)
    assert (error.fault, str(error)) == (
        Fault.NO_TLS,
        f"服务器 localhost:{server.port} 不能按“STARTTLS”加密,没有登录,也没有发送密码。请核对加密方式和端口。",
    )
    assert mail_server.commands == ["EHLO [127.0.0.1]"]


def test_starttls_refused(mail_server: MailServer) -> None:
    """A server that offers STARTTLS and then refuses it gets no password either."""
    mail_server.script["STARTTLS"] = ["454 TLS not available"]
    assert failure(mail_server.server(Security.STARTTLS)).fault is Fault.NO_TLS
    assert [each.partition(" ")[0] for each in mail_server.commands] == ["EHLO", "STARTTLS"]


def test_no_tls_at_this_port(mail_server: MailServer) -> None:
    """A port that speaks without encryption is not taken for one that does."""
    server = replace(mail_server.server(Security.NONE), security=Security.TLS)
    assert failure(server).fault is Fault.NO_TLS
    assert mail_server.commands == []


@pytest.mark.parametrize(
    ("name", "dates", "trusted", "detail"),
    [
        ("mail.example.com", {}, True, "不是这个服务器的"),
        (HOST, {"not_after": datetime(2020, 1, 2, tzinfo=UTC)}, True, "已经过期,或者电脑的日期不对"),
        (HOST, {"not_before": datetime(2990, 1, 2, tzinfo=UTC)}, True, "还没有生效,请看一下电脑的日期"),
        (HOST, {}, False, "签发它的机构不受信任"),
    ],
)
def test_certificates(tmp_path: Path, name: str, dates: dict[str, datetime], detail: str, *, trusted: bool) -> None:
    """A certificate that is another server's, not of today, or of an authority that nobody trusts ends the run, with the reason."""
    own, other = trustme.CA(), trustme.CA()
    context = server_context(own, name, **dates)
    (own if trusted else other).cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with puppet(b"220 hello\r\n", tls=context) as port:
        error = failure(replace(at(port, Security.TLS), authority=tmp_path / "ca.pem"))
    assert (error.fault, str(error)) == (
        Fault.CERTIFICATE,
        f"服务器 localhost 的证书不可信({detail})。请核对服务器地址;单位内部的证书,请把它的证书文件填进“证书文件”。",
    )


def test_a_certificate_that_signs_itself(tmp_path: Path) -> None:
    """A server that has only its own word for who it is is not believed."""
    own = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.cert_pem.write_to_path(str(tmp_path / "cert.pem"))
    own.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with puppet(b"220 hello\r\n", tls=context) as port:
        assert "(是服务器自己签发的)" in str(failure(at(port, Security.TLS)))


@pytest.mark.parametrize(
    ("content", "why"), [(None, "读不出来:没有这个文件或文件夹"), ("", "里面没有证书"), ("证书", "里面没有证书")]
)
def test_a_file_of_certificates(mail_server: MailServer, tmp_path: Path, content: str | None, why: str) -> None:
    """A file of certificates that is not there, or has none, is told before anything is said to the server."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content, "utf-8")
    error = failure(replace(mail_server.server(), authority=path))
    assert (error.fault, f"(证书文件 {path} {why})" in str(error)) == (Fault.CERTIFICATE, True)
    assert mail_server.commands == []


# The password ---------------------------------------------------------------------------------------------------------


def test_a_wrong_password(mail_server: MailServer) -> None:
    """A wrong password ends the run, and the line says what many servers want in its place."""
    error = failure(mail_server.server(Security.NONE), password="另一个")  # noqa: S106
    assert (error.fault, str(error)) == (
        Fault.PASSWORD,
        "服务器 localhost 不接受用户名“fzb”和密码。请核对;许多邮箱要用网页上另外生成的“授权码”,不是登录密码。",
    )


def test_no_login_without_a_user(mail_server: MailServer) -> None:
    """Where no user name is set, nobody logs in, and no password is asked for."""
    with Sender(mail_server.server(Security.NONE, user=""), lambda: pytest.fail("asked")) as sender:
        sender.send(FROM, (TO,), DATA)
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize("ways", ["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2 LOGIN PLAIN", "LOGIN CRAM-MD5"])
def test_ways_to_log_in(mail_server: MailServer, ways: str) -> None:
    """Each way that is known is gone, also with a password in Chinese."""
    mail_server.ways = ways
    assert send(mail_server.server(Security.NONE)).answer.startswith("250")


@pytest.mark.parametrize(
    ("ways", "answer", "fault", "words"),
    [
        ("", Act.GO_ON, Fault.NO_LOGIN, "没有可用的登录方式"),
        ("XOAUTH2", Act.GO_ON, Fault.NO_LOGIN, "没有可用的登录方式"),
        ("PLAIN", "550 User has no permission", Fault.NO_LOGIN, "550 User has no permission"),
        ("LOGIN", "504 not this way", Fault.NO_LOGIN, "504 not this way"),
        ("CRAM-MD5", "504 not this way", Fault.NO_LOGIN, "504 not this way"),
        ("PLAIN", "454 4.7.0 Temporary authentication failure", Fault.BUSY, "454 4.7.0 Temporary"),
        ("PLAIN", "535 Login fail. Authorization code needed", Fault.PASSWORD, "授权码"),
    ],
)
def test_logins_that_fail(mail_server: MailServer, ways: str, answer: Doing, fault: Fault, words: str) -> None:
    """A server that lets nobody log in, not in a way that is known, or not now, ends the run, and its words are told."""
    mail_server.ways = ways
    mail_server.script["AUTH"] = [answer]
    error = failure(mail_server.server(Security.NONE))
    assert (error.fault, error.fault.ends) == (fault, True)
    assert words in str(error)


def test_a_server_that_repeats_the_password(mail_server: MailServer) -> None:
    """A password in a server's answer is not told, in none of its forms."""
    mail_server.script["AUTH"] = [f"554 denied: {PASSWORD} AGZ6YgDlr4bnoIExMjM0 5a+G56CBMTIzNA=="]
    assert "(554 denied: *** *** ***)" in str(failure(mail_server.server(Security.NONE)))


def test_no_password_without_encryption_to_far_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without encryption a password goes to this machine and its own network only."""
    with puppet(b"220 hello\r\n", b"250-far\r\n250 AUTH PLAIN\r\n") as port:
        monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("203.0.114.7", 25))
        error = failure(at(port, user=USER))
    assert (error.fault, str(error)) == (
        Fault.PLAIN,
        "服务器 localhost(203.0.114.7)不在本机或内网,又设为不加密,没有登录,也没有发送密码。请把加密方式改为“SSL/TLS”或“STARTTLS”。",
    )


# The server -----------------------------------------------------------------------------------------------------------


def test_an_unknown_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that no server has is told as such."""
    monkeypatch.setattr(socket, "getaddrinfo", _no_such_name)
    error = failure(Server(host="mail.invalid", port=25, patience=PATIENCE))
    assert str(error) == "找不到服务器“mail.invalid”。请核对服务器地址,并看网络是否接通。"
    monkeypatch.undo()
    assert failure(Server(host="邮件服务器..cn", port=25)).fault is Fault.UNKNOWN_HOST


def _no_such_name(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def test_nobody_at_the_port() -> None:
    """A port that nobody listens at is told with host and port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = failure(at(port))
    assert str(error) == (
        f"连不上服务器 localhost:{port}(对方没有开这个端口)。请核对地址和端口,并看网络、防火墙是否放行。"
    )


@pytest.mark.parametrize("security", [Security.TLS, Security.NONE])
def test_a_server_that_says_nothing(security: Security) -> None:
    """A server that takes the connection and says nothing is left after the time that is set."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        error = failure(at(port, security, patience=SHORT))
    assert str(error) == (f"服务器 localhost:{port} 接通了,0.1秒没有应答。请核对端口和加密方式,过一会儿再运行一次。")


@pytest.mark.parametrize("command", ["EHLO", "AUTH", "MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs(mail_server: MailServer, command: str) -> None:
    """A server that says nothing more at some step is asked once more, and then left; nothing was sent."""
    mail_server.script[command] = [Act.HANG, Act.HANG]
    assert failure(mail_server.server(Security.NONE, patience=SHORT)).fault is Fault.SILENT
    assert mail_server.letters == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_ends(mail_server: MailServer, command: str) -> None:
    """A connection that ends before a message was handed over is made again, once."""
    mail_server.script[command] = [Act.DROP]
    assert send(mail_server.server(Security.NONE)).answer.startswith("250")
    assert (len(mail_server.letters), mail_server.connections) == (1, 2)
    mail_server.script[command] = [Act.DROP, Act.DROP]
    assert failure(mail_server.server(Security.NONE)).fault is Fault.LOST


@pytest.mark.parametrize("command", ["EHLO", "AUTH"])
def test_a_connection_that_ends_at_the_beginning(mail_server: MailServer, command: str) -> None:
    """A connection that ends before anything could be sent ends the run."""
    mail_server.script[command] = [Act.DROP]
    assert failure(mail_server.server(Security.NONE)).fault is Fault.LOST


@pytest.mark.parametrize(
    ("lines", "fault", "words"),
    [
        ([b"421 4.3.2 try again later\r\n"], Fault.BUSY, "421 4.3.2 try again later"),
        ([b"554 no service here\r\n"], Fault.BUSY, "554 no service here"),
        ([b"SSH-2.0-OpenSSH\r\n"], Fault.UNKNOWN, "服务器说:2.0-OpenSSH"),
        ([b"220 " + b"x" * 9000 + b"\r\n"], Fault.UNKNOWN, "一行太长,或者不合规范"),
        ([b"220 hi\r\n", b"250-a\r\n250 AUTH CRAM-MD5\r\n", b"334 %%%\r\n"], Fault.UNKNOWN, "一行太长,或者不合规范"),
        ([b"220 hi\r\n", b"250-and so on\r\n" * 5000], Fault.UNKNOWN, "一行太长,或者不合规范"),
        ([b"220 hi\r\n", b"502 what?\r\n", b"504 what?\r\n"], Fault.BUSY, "504 what?"),
        ([b"220 hi\r\n", b"250 hi\r\n"], Fault.NO_LOGIN, "没有可用的登录方式"),
        (["220 您好\r\n".encode("gbk"), "421 暂停服务\x1b[31m\r\n".encode("gbk")], Fault.BUSY, "服务器说:421 暂停服务 [31m)"),
    ],
)  # fmt: skip
def test_odd_answers(lines: Sequence[bytes], fault: Fault, words: str) -> None:
    """What is no answer, too long an answer, or one that sends everybody away ends the run; its words are told in one line."""
    with puppet(*lines) as port:
        error = failure(at(port, user=USER))
    assert error.fault is fault
    assert words in str(error)
    assert str(error).isprintable()


# A message ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "answer", "fault"),
    [
        ("MAIL", "450 4.2.1 slow down", Fault.NOT_NOW),
        ("MAIL", "452 4.3.1 no space", Fault.NOT_NOW),
        ("MAIL", "552 5.3.4 too large", Fault.TOO_LARGE),
        ("MAIL", "552 5.2.2 quota exceeded", Fault.FULL),
        ("MAIL", "553 not your address", Fault.SENDER),
        ("MAIL", "550 5.7.1 not allowed", Fault.SENDER),
        ("MAIL", "550 5.4.5 Daily user sending quota exceeded", Fault.LIMIT),
        ("MAIL", "550 daily limit", Fault.LIMIT),
        ("MAIL", "554 发信频率超过限制", Fault.LIMIT),
        ("RCPT", "550 too many messages per hour", Fault.LIMIT),
        ("MAIL", "530 5.7.0 authentication required", Fault.NO_LOGIN),
        ("RCPT", "450 4.2.1 mailbox busy", Fault.NOT_NOW),
        ("RCPT", "451 4.7.1 greylisted", Fault.NOT_NOW),
        ("RCPT", "452 4.2.2 mailbox full", Fault.FULL),
        ("RCPT", "552 5.2.2 mailbox full", Fault.FULL),
        ("RCPT", "550 5.1.1 no such user", Fault.ADDRESS),
        ("RCPT", "554 5.7.1 relay access denied", Fault.ADDRESS),
        ("DATA", "451 4.3.0 local error", Fault.NOT_NOW),
        ("DATA", "554 5.5.1 no valid recipients", Fault.REFUSED),
        (".", "450 4.7.1 try later", Fault.NOT_NOW),
        (".", "451 4.3.0 local error", Fault.NOT_NOW),
        (".", "421 4.7.0 too many messages", Fault.NOT_NOW),
        (".", "452 4.3.1 no space", Fault.NOT_NOW),
        (".", "552 5.3.4 too large", Fault.TOO_LARGE),
        (".", "554 5.7.1 spam", Fault.REFUSED),
    ],
)
def test_refusals(mail_server: MailServer, command: str, answer: str, fault: Fault) -> None:
    """Each refusal is told as what it is, with the server's words; where only the message failed, the next one is sent."""
    mail_server.script[command] = [answer]
    with Sender(mail_server.server(Security.NONE), lambda: PASSWORD) as sender:
        with pytest.raises(MailError) as raised:
            sender.send(FROM, (TO,), DATA)
        assert raised.value.fault is fault
        assert answer in str(raised.value)
        sender.send(FROM, (TO,), DATA)
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_closes(mail_server: MailServer, command: str) -> None:
    """A server that closes the connection, as some do after so many messages, is connected to once more."""
    mail_server.script[command] = ["421 4.7.0 too many messages in this connection"]
    assert send(mail_server.server(Security.NONE)).answer.startswith("250")
    mail_server.script[command] = ["421 closing", "421 4.3.2 shutting down"]
    error = failure(mail_server.server(Security.NONE))
    assert (error.fault, "421 4.3.2 shutting down" in str(error)) == (Fault.BUSY, True)


def test_a_refusal_and_an_end(mail_server: MailServer) -> None:
    """A server that refuses a message and then leaves is connected to again for the next."""
    mail_server.script["RCPT"], mail_server.script["RSET"] = ["550 no such user"], [Act.DROP]
    with Sender(mail_server.server(Security.NONE), lambda: PASSWORD) as sender:
        with pytest.raises(MailError, match="no such user"):
            sender.send(FROM, (TO,), DATA)
        sender.send(FROM, (TO,), DATA)
    assert (len(mail_server.letters), mail_server.connections) == (1, 2)


def test_many_messages_by_few(mail_server: MailServer) -> None:
    """A server that closes after each message takes all of them: each that goes through earns another connection."""
    closing: list[Doing] = ["421 one is enough", Act.GO_ON]
    mail_server.script["MAIL"] = [Act.GO_ON, *closing * 4]
    with Sender(mail_server.server(Security.NONE), lambda: PASSWORD) as sender:
        for _ in range(5):
            sender.send(FROM, (TO,), DATA)
    assert (len(mail_server.letters), mail_server.connections) == (5, 5)


def test_some_addresses_are_refused(mail_server: MailServer) -> None:
    """The message goes to the addresses that are taken, and what is said of the others is given."""
    mail_server.refuses = {"old@example.com": "550 5.1.1 no such user", "full@example.com": "452 4.2.2 mailbox full"}
    receipt = send(mail_server.server(Security.NONE), "old@example.com", TO, "full@example.com")
    assert receipt.refused == mail_server.refuses
    assert mail_server.letters[0].receivers == (TO,)


def test_all_addresses_are_refused(mail_server: MailServer) -> None:
    """Where no address is taken, the one that is wrong for good is told."""
    mail_server.refuses = {"full@example.com": "452 4.2.2 mailbox full", "old@example.com": "550 5.1.1 no such user"}
    error = failure(mail_server.server(Security.NONE), "full@example.com", "old@example.com")
    assert str(error) == "没有送到“old@example.com”(服务器说:550 5.1.1 no such user)。请核对这个地址。"
    assert mail_server.letters == []


def test_a_message_that_is_too_large(mail_server: MailServer) -> None:
    """A message over the size that the server names is not begun."""
    mail_server.limit = 100_000
    error = failure(mail_server.server(Security.NONE), data=b"x" * 98 + b"\r\n" + DATA * 5000)
    assert str(error) == "这封信太大,服务器不收(服务器说:最大100KB,这封信126KB)。请用别的办法送给这一家。"
    assert not any(each.startswith("MAIL") for each in mail_server.commands)


def test_a_large_message(mail_server: MailServer) -> None:
    """A message of many pieces arrives whole, with every line that begins with a full stop."""
    data = b"".join(b"." * (no % 3) + b"%d\r\n" % no for no in range(30_000))
    send(mail_server.server(Security.NONE), data=data)
    assert mail_server.letters[0].data == data


def test_an_address_in_chinese(mail_server: MailServer) -> None:
    """An address in Chinese goes to a server that knows such ones; one that does not is not asked, and a domain is for all of them."""
    error = failure(mail_server.server(Security.NONE), "张三@例子.中国")
    assert (error.fault, str(error)) == (
        Fault.ADDRESS,
        "没有送到“张三@xn--fsqu00a.xn--fiqs8s”(服务器说:还没有问它,它不认带汉字的邮箱地址)。请核对这个地址。",
    )
    mail_server.knows_chinese = True
    send(mail_server.server(Security.NONE), "张三@例子.中国")
    send(mail_server.server(Security.NONE), "li@例子.中国")
    assert [each.receivers for each in mail_server.letters] == [
        ("张三@xn--fsqu00a.xn--fiqs8s",),
        ("li@xn--fsqu00a.xn--fiqs8s",),
    ]


@pytest.mark.parametrize(
    "address", ["", "张三", "a b@example.com", "a@b.cn>\r\nRCPT TO:<c@d.cn", "<a@b.cn>", "a@b@c.cn", "@b.cn"]
)
def test_what_is_no_address(mail_server: MailServer, address: str) -> None:
    """What is no address is told, and never reaches the server."""
    assert failure(mail_server.server(Security.NONE), address).fault is Fault.ADDRESS
    assert not any(each.startswith(("MAIL", "RCPT")) for each in mail_server.commands)


@contextmanager
def _breaking(monkeypatch: pytest.MonkeyPatch, at_piece: int) -> Iterator[None]:
    """Let the connection break at a piece of a message's text, counted from the first."""
    real, counted = socket.socket.sendall, [0]

    def sendall(own: socket.socket, data: bytes) -> None:
        counted[0] += len(data) > 1000
        if counted[0] == at_piece and len(data) > 1000:
            raise ConnectionResetError
        real(own, data)

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "sendall", sendall)
        yield


def test_a_connection_that_breaks_within_a_message(mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message of which only a part was transferred has not been sent: it is sent once more, over another connection."""
    with _breaking(monkeypatch, 2):
        send(mail_server.server(Security.NONE), data=DATA * 5000)
    assert (len(mail_server.letters), mail_server.connections) == (1, 2)
