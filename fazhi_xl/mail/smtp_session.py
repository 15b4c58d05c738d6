"""A connection to an SMTP server (RFC 5321): opened, encrypted and logged in, and what it answers to a message."""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from fazhi_xl.mail.addresses import wire
from fazhi_xl.mail.answers import quoted, secrets_of
from fazhi_xl.mail.connection import connected, context, encrypted, no_tls, refuse_open_password
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.login import log_in
from fazhi_xl.mail.settings import Security, Server

_FINAL = 4  # times the patience until a message that was handed over is answered: it is looked through first
_FULL, _LARGE = (b"4.2.2", b"5.2.2"), (b"5.3.4", b"5.2.3", b"4.3.4")  # RFC 3463
_LIMITED = re.compile(
    r"limit|quota|exceed|frequen|too many|too fast|\brate\b|限制|限额|频率|频繁|上限|超过|太多|太快", re.IGNORECASE
)
"""What servers say that refuse whoever has sent too much; there is no code for it that all of them use."""
_OFTEN = re.compile(
    r"daily|per (?:day|hour|minute)|sending limit|frequen|too many (?:mail|message)|每天|每日|当日|频率|频繁",
    re.IGNORECASE,
)
"""The same, where it may also be about a receiver's mailbox."""
_CLOSING, _LINES, _PIECE, _KILOBYTE, _MEGABYTE = 421, 1000, 64 * 1024, 1000, 1_000_000
_Answer = tuple[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the server said of a message that it took, and of each address that it did not take it for: of `later` only for now."""

    answer: str
    refused: Mapping[str, str] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


class LostError(Exception):
    """The connection has ended before a message was handed over; `silent` where the server just does not answer."""

    def __init__(self, *, silent: bool = False, answer: str = "") -> None:
        super().__init__(answer)
        self.silent, self.answer = silent, answer


class _Client(smtplib.SMTP):
    """The library's client, which would read an answer that has no end for ever."""

    def getreply(self) -> _Answer:
        """Read an answer. Raises ValueError where it has more lines than any."""
        if self.sock is not None:
            self.file = self.file or _Lines(self.sock.makefile("rb"))
            self.file.left = _LINES
        return super().getreply()


class _Lines:
    """The lines of a connection, of which so many are `left` to be read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.left = file, _LINES
        self.close = file.close

    def readline(self, size: int) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise ValueError(_LINES)  # the library takes its own errors for those of the connection
        return self._file.readline(size)


class Session:
    """A connection that is logged in. Each step raises MailError, or LostError where the connection has ended."""

    def __init__(self, server: Server, password: str) -> None:
        self._server = server
        self._secrets = secrets_of(server.user, password)
        self._trusted = None if server.security is Security.NONE else context(server)
        self._connection = self._opened()
        self._smtp = _Client(local_hostname=_literal(self._connection), timeout=server.patience)
        self._smtp.sock = self._connection
        try:
            self._begin()
            if server.user:
                self._log_in(password)
        except BaseException:
            self.close()
            raise

    def deliver(self, sender: str, receivers: Sequence[str], data: bytes) -> Receipt:
        """Send a message. UNSURE alone of its faults means that it may have been sent."""
        envelope = {each: self._wire(each, Fault.ADDRESS) for each in receivers}
        self._mail(self._wire(sender, Fault.SENDER), tuple(envelope.values()), data)
        refused = dict(self._refused(envelope))
        if len(refused) == len(envelope):
            raise self._to_nobody(refused)
        self._expect(354, self._ask(lambda: self._smtp.docmd("DATA")))
        answer = self._expect(250, self._hand_over(data))
        return Receipt(
            answer=self._said(answer),
            refused={each: self._said(said) for each, said in refused.items()},
            later=frozenset(each for each, said in refused.items() if said[0] < 500 or self._kind(said) is Fault.LIMIT),
        )

    def reset(self) -> None:
        """Have the server forget a message that it did not take."""
        self._expect(250, self._ask(self._smtp.rset))

    def close(self) -> None:
        """End the connection, whatever state it is in; the server is told, if that can be done."""
        with suppress(OSError):
            self._smtp.send("QUIT\r\n")
        self._smtp.close()
        self._connection.close()

    # Beginning --------------------------------------------------------------------------------------------------------

    def _opened(self) -> socket.socket:
        plain = connected(self._server)
        return self._encrypted(plain) if self._server.security is Security.TLS else plain

    def _encrypted(self, plain: socket.socket) -> socket.socket:
        return encrypted(plain, self._server, self._trusted) if self._trusted else plain

    def _begin(self) -> None:
        self._expect(220, self._ask(self._smtp.getreply), Fault.BUSY)
        self._greet()
        if self._server.security is Security.STARTTLS:
            self._encrypt()
            self._greet()

    def _greet(self) -> None:
        if self._ask(self._smtp.ehlo)[0] != 250:
            self._expect(250, self._ask(self._smtp.helo), Fault.BUSY)

    def _encrypt(self) -> None:
        """Encrypt a connection that began without: nothing goes on where that cannot be done."""
        smtp = self._smtp
        if not smtp.has_extn("starttls") or self._ask(lambda: smtp.docmd("STARTTLS"))[0] != 220:
            raise no_tls(self._server)
        smtp.sock = self._connection = self._encrypted(self._connection)
        smtp.file = None  # what came before the encryption is not read any more, and nothing that it said is believed
        smtp.ehlo_resp, smtp.helo_resp, smtp.esmtp_features, smtp.does_esmtp = None, None, {}, False

    def _log_in(self, password: str) -> None:
        """Log in; 503 says that this was done before. Raises MailError."""
        refuse_open_password(self._connection, self._server)
        code, said = self._ask(lambda: log_in(self._smtp, self._server.user, password))
        if code == 535:
            raise MailError(Fault.PASSWORD, host=self._server.host, user=self._server.user)
        if code not in {235, 503}:
            raise self._fault(Fault.BUSY if 400 <= code < 500 else Fault.NO_LOGIN, (code, said))

    # A message --------------------------------------------------------------------------------------------------------

    def _wire(self, address: str, fault: Fault) -> str:
        try:
            return wire(address)
        except ValueError:
            raise MailError(fault, address=address, detail="还没有问它,这不是邮箱地址") from None

    def _mail(self, sender: str, receivers: Sequence[str], data: bytes) -> None:
        """Name the sender, and what the server has to know of the message beforehand. Raises MailError and LostError."""
        options = [*self._size(data), *self._foreign((sender, *receivers))]
        code, said = self._ask(lambda: self._smtp.docmd("MAIL", " ".join((f"FROM:<{sender}>", *options))))
        if code != 250:
            kind = Fault.NO_LOGIN if code == 530 else self._kind((code, said), _LIMITED)
            raise self._fault(Fault.SENDER if kind is Fault.REFUSED else kind, (code, said), address=sender)

    def _size(self, data: bytes) -> Iterator[str]:
        """Tell the size where the server wants to know it (RFC 1870). Raises MailError where it is too large."""
        if not self._smtp.has_extn("size"):
            return
        most = self._smtp.esmtp_features["size"]
        if most.isdecimal() and 0 < int(most) < len(data):
            raise MailError(Fault.TOO_LARGE, detail=f"最大{_size(int(most))},这封信{_size(len(data))}")
        yield f"SIZE={len(data)}"

    def _foreign(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Say that addresses are not ASCII (RFC 6531). Raises MailError where the server knows no such ones."""
        address = next((each for each in addresses if not each.isascii()), "")
        if address and not self._smtp.has_extn("smtputf8"):
            raise MailError(Fault.ADDRESS, address=address, detail="还没有问它,它不认带汉字的邮箱地址")
        self._smtp.command_encoding = "utf-8" if address else "ascii"
        return ("BODY=8BITMIME", "SMTPUTF8") if address else ()

    def _refused(self, envelope: Mapping[str, str]) -> Iterator[tuple[str, _Answer]]:
        for address, receiver in envelope.items():
            answer = self._ask(lambda to=receiver: self._smtp.docmd("RCPT", f"TO:<{to}>"))  # type: ignore[misc]
            if answer[0] not in {250, 251, 252}:
                yield address, answer

    def _to_nobody(self, refused: Mapping[str, _Answer]) -> MailError:
        """Say why nobody gets the message: by the first address that is refused for good, else by the first."""
        address = next((each for each, answer in refused.items() if answer[0] >= 500), next(iter(refused)))
        kind = self._kind(refused[address])
        return self._fault(Fault.ADDRESS if kind is Fault.REFUSED else kind, refused[address], address=address)

    def _hand_over(self, data: bytes) -> _Answer:
        """Transfer a message, and then its last line, which alone makes it sent. Raises LostError before that, and UNSURE after it."""
        lines = _dotted(data)
        with self._until_lost():
            for at in range(0, len(lines), _PIECE):
                self._smtp.send(lines[at : at + _PIECE])
        try:
            self._connection.settimeout(self._server.patience * _FINAL)
            self._smtp.send(b".\r\n")
            answer = self._smtp.getreply()
            self._connection.settimeout(self._server.patience)
        except (OSError, ValueError) as error:  # the library's own are of the system's, too
            raise MailError(Fault.UNSURE, host=self._server.host) from error
        return answer

    # Answers ----------------------------------------------------------------------------------------------------------

    def _ask(self, ask: Callable[[], _Answer]) -> _Answer:
        with self._until_lost():
            answer = ask()
        if answer[0] == _CLOSING:
            raise LostError(answer=self._said(answer))
        return answer

    @contextmanager
    def _until_lost(self) -> Iterator[None]:
        """Raise LostError where the connection ends, and MailError where what comes is no answer."""
        try:
            yield
        except (OSError, ValueError) as error:
            raise self._lost(error) from error

    def _lost(self, error: Exception) -> Exception:
        """Say what an error of the connection is; the library's own are of the system's, too."""
        ended = isinstance(error, smtplib.SMTPServerDisconnected)
        if isinstance(error, smtplib.SMTPException | ValueError) and not ended:
            return MailError(Fault.UNKNOWN, host=self._server.host, detail="一行太长,或者不合规范")
        return LostError(silent=any(isinstance(each, TimeoutError) for each in (error, error.__context__)))

    def _expect(self, code: int, answer: _Answer, fault: Fault | None = None) -> _Answer:
        """Give an answer that has this code. Raises MailError for another: of this fault, or of what it is about."""
        if answer[0] != code:
            raise self._fault(fault if fault and answer[0] >= 400 else self._kind(answer), answer)
        return answer

    @staticmethod
    def _kind(answer: _Answer, limited: re.Pattern[str] = _OFTEN) -> Fault:
        """Say what a refusal is about, by its code and its detail (RFC 5321, section 4.2.3; RFC 3463), a limit by its words."""
        code, said = answer
        if said.startswith(_FULL):
            return Fault.FULL
        if code == 552 or said.startswith(_LARGE):
            return Fault.TOO_LARGE
        if 400 <= code < 500:
            return Fault.NOT_NOW
        if code >= 500:
            return Fault.LIMIT if limited.search(quoted(said)) else Fault.REFUSED
        return Fault.UNKNOWN

    def _fault(self, fault: Fault, answer: _Answer, **words: object) -> MailError:
        return MailError(fault, host=self._server.host, detail=self._said(answer), **words)

    def _said(self, answer: _Answer) -> str:
        code, said = answer
        return f"{code} {quoted(said, self._secrets)}" if code > 0 else quoted(said, self._secrets)


def _literal(connection: socket.socket) -> str:
    """Give the address by which this computer introduces itself: its name is nobody's business, and may be no ASCII."""
    host = str(connection.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{host}]" if ":" in host else f"[{host}]"


def _dotted(data: bytes) -> bytes:
    """Give lines as they are transferred: those that begin with a full stop have another before it (RFC 5321, section 4.5.2)."""
    lines = data if data.endswith(b"\r\n") else data + b"\r\n"
    return (b"." if lines.startswith(b".") else b"") + lines.replace(b"\r\n.", b"\r\n..")


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f}MB" if size >= _MEGABYTE else f"{-(-size // _KILOBYTE)}KB"
