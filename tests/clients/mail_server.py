"""A mail server on this machine, for tests: takes mail over TLS, STARTTLS or neither, and misbehaves where a test says so."""

from __future__ import annotations

import asyncio
import hmac
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from fazhi_xl.mail.settings import Security, Server

HOST = "localhost"
USER, PASSWORD = "fzb", "密码1234"
_WAYS = {"PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2"}
PATIENCE, SHORT = 20.0, 0.1  # seconds; the second where a server says nothing


class Act(Enum):
    """What the server does in the place of an answer."""

    DROP = "ends the connection"
    HANG = "says nothing more"
    GO_ON = "answers as it should"


@dataclass(frozen=True)
class Letter:
    """What the server took."""

    sender: str
    receivers: tuple[str, ...]
    data: bytes


Doing = str | Act


@dataclass
class MailServer:
    """The server's ports and certificates, what it took, and what it is to do otherwise than it should.

    `script` has for a command what is done at each of its next uses, `.` being the end of a message, and `refuses` answers by address.
    """

    authority: Path
    ports: dict[Security, int] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    script: defaultdict[str, list[Doing]] = field(default_factory=lambda: defaultdict(list))
    refuses: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    knows_chinese: bool = False
    ways: str = "LOGIN PLAIN"  # to log in
    limit: int = 1_000_000

    def reset(self) -> None:
        """Forget everything."""
        self.letters.clear()
        self.commands.clear()
        self.script.clear()
        self.refuses.clear()
        self.connections, self.knows_chinese, self.ways, self.limit = 0, False, "LOGIN PLAIN", 1_000_000

    def server(
        self, security: Security = Security.TLS, *, user: str = USER, patience: float = PATIENCE, host: str = HOST
    ) -> Server:
        """Give the settings by which it is reached."""
        return Server(
            host=host,
            port=self.ports[security],
            security=security,
            user=user,
            authority=self.authority,
            patience=patience,
        )

    def next(self, command: str) -> Doing:
        """Say what to do at a command."""
        planned = self.script[command]
        return planned.pop(0) if planned else Act.GO_ON


class _Handler:
    """Keeps what comes."""

    def __init__(self, owner: MailServer) -> None:
        self._owner = owner

    async def handle_RCPT(self, *told: Any) -> str:  # noqa: N802, ANN401 - named by the library
        envelope: Envelope = told[2]
        address = str(told[3])
        if address in self._owner.refuses:
            return self._owner.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def auth_CRAM__MD5(self, server: SMTP, _: Sequence[str]) -> AuthResult:  # noqa: N802 - as above
        challenge = "<1896.697170952@localhost>"
        given = await server.challenge_auth(challenge)
        proof = hmac.new(PASSWORD.encode(), challenge.encode(), "md5").hexdigest()
        return AuthResult(success=given == f"{USER} {proof}".encode())

    async def auth_XOAUTH2(self, *_: object) -> AuthResult:  # noqa: N802 - as above
        return AuthResult(success=False, handled=False)

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        doing = self._owner.next(".")
        if isinstance(doing, str):
            return doing
        self._owner.letters.append(
            Letter(str(envelope.mail_from), tuple(map(str, envelope.rcpt_tos)), bytes(envelope.original_content or b""))
        )
        await _act(server, doing)
        return "250 2.0.0 OK queued as 4711"


async def _act(server: SMTP, doing: Act) -> None:
    if doing is Act.DROP and isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
        await asyncio.sleep(60)  # until the library hears of it and ends the task
    elif doing is Act.HANG:
        await asyncio.sleep(60)  # until the client leaves


class _Scripted(SMTP):
    """The library's server, each command of which may do something else."""

    def __init__(self, owner: MailServer, *, starttls: ssl.SSLContext | None) -> None:
        super().__init__(
            _Handler(owner),
            data_size_limit=owner.limit,
            enable_SMTPUTF8=owner.knows_chinese,
            hostname=HOST,
            ident="test",
            tls_context=starttls,
            auth_require_tls=starttls is not None,
            authenticator=_checked,
            auth_exclude_mechanism=_WAYS - set(owner.ways.split()),
        )
        self._owner = owner
        self._smtp_methods = {name: self._scripted(name, do) for name, do in self._smtp_methods.items()}
        owner.connections += 1

    def _scripted(self, name: str, usual: Callable[[str], Coroutine[Any, Any, None]]) -> Callable[..., Any]:
        async def doing(argument: str) -> None:
            if name != "QUIT":  # which comes when nobody waits for an answer
                self._owner.commands.append(f"{name} {argument or ''}".strip())
            planned = self._owner.next(name)
            if isinstance(planned, str):
                self._writer.write(f"{planned}\r\n".encode())
            else:
                await _act(self, planned)
                await usual(argument)

        return doing


def _checked(*told: object) -> AuthResult:
    given = told[4]
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """Run the server in a thread of its own; `folder` takes its authority's certificate."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    owner = MailServer(authority=folder / "authority.pem")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers = [
        asyncio.run_coroutine_threadsafe(_listening(owner, kind, server_context(authority)), loop).result()
        for kind in Security
    ]
    try:
        yield owner
    finally:
        asyncio.run_coroutine_threadsafe(_ended(servers), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _listening(owner: MailServer, kind: Security, context: ssl.SSLContext) -> asyncio.Server:
    starttls = context if kind is Security.STARTTLS else None
    tls = context if kind is Security.TLS else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Scripted(owner, starttls=starttls), "127.0.0.1", 0, ssl=tls)
    owner.ports[kind] = server.sockets[0].getsockname()[1]
    return server


async def _ended(servers: Sequence[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def server_context(authority: trustme.CA, name: str = HOST, **dates: Any) -> ssl.SSLContext:  # noqa: ANN401 - the library's
    """Give what a server shows that has a certificate of an authority for a name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name, **dates).configure_cert(context)
    return context


# A server that says what it is told -------------------------------------------------------------------------------------


@contextmanager
def puppet(*lines: bytes, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """Run a server that says a line at the beginning and one after each that it hears, then nothing; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_play, args=(listening, lines, tls), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _play(listening: socket.socket, lines: Sequence[bytes], tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        connection, _ = listening.accept()
        with connection, tls.wrap_socket(connection, server_side=True) if tls else connection as talking:
            heard = talking.makefile("rb")
            for line in lines:
                talking.sendall(line)
                if not heard.readline():
                    break
            else:
                while heard.readline():
                    pass
            heard.close()
