"""A connection to an IMAP server: opened, encrypted and logged in, each failure told as what it is.

Needs the extra `mail`; whoever imports this module says so where it is missing.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4

from imap_tools import BaseMailBox, ImapToolsError

from fazhi_xl.limits import MB
from fazhi_xl.mail.connection import connected, context, encrypted, no_tls, refuse_open_password, silent, untrusted
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import Security, Server
from fazhi_xl.text.one_line import cut

_LITERAL_LIMIT = 256 * MB  # a server that announces more is not believed
_SAID = 200  # characters of a server's answer that are told
_NONSENSE = (IMAP4.error, ImapToolsError, ValueError, LookupError, TypeError)
_LATER = re.compile(
    r"\[(?:UNAVAILABLE|SERVERBUG|INUSE|LIMIT|OVERQUOTA)\]", re.IGNORECASE
)  # RFC 5530: not for the password
_NAME = '("name" "fazhi-xl" "vendor" "fazhi-xl")'


class Client(IMAP4):
    """The standard library's client, on a connection of our own; the end of the connection is an OSError."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.trusted = None if server.security is Security.NONE else context(server)
        super().__init__(server.host, server.port, server.patience)

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002 - the library gives the same
        plain = connected(self.server)
        if self.trusted is None or self.server.security is Security.STARTTLS:
            return plain
        return encrypted(plain, self.server, self.trusted)

    def read(self, size: int) -> bytes:
        """Read as many bytes. Raises IMAP4.error where they are more than any message has."""
        if size > _LITERAL_LIMIT:
            message = f"{{{size}}}"
            raise IMAP4.error(message)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line. Raises ConnectionResetError where there is none any more."""
        line = super().readline()
        if not line.endswith(b"\n"):
            raise ConnectionResetError
        return line

    def encrypt(self) -> None:
        """Encrypt a connection that began without, before anything else is said. Raises MailError."""
        if "STARTTLS" not in self.capabilities:
            raise no_tls(self.server)
        try:
            self.starttls(self.trusted)
        except ssl.SSLCertVerificationError as error:
            raise untrusted(self.server, error) from error
        except TimeoutError:
            raise
        except (OSError, *_NONSENSE) as error:
            raise no_tls(self.server) from error


class Mailbox(BaseMailBox):
    """A logged in connection; `close` ends it, whatever state it is in."""

    client: Client

    def __init__(self, server: Server) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> Client:
        return Client(self._server)

    def close(self) -> None:
        """End the connection without waiting for the server."""
        with suppress(OSError, *_NONSENSE):
            self.client.send(b"Z LOGOUT\r\n")
        with suppress(OSError):
            self.client.shutdown()


@contextmanager
def logged_in(server: Server, password: str) -> Iterator[Mailbox]:
    """Connect, encrypt, log in, and say who asks, as some servers want. Raises MailError."""
    with told(server, password):
        box = _greeted(server)
    try:
        with told(server, password, box.client):
            _log_in(box, server, password)
        yield box
    finally:
        box.close()


def _greeted(server: Server) -> Mailbox:
    try:
        box = Mailbox(server)
    except ConnectionError as error:
        raise MailError(Fault.UNREACHABLE, host=server.host, port=server.port, detail="接通后马上断开了") from error
    if server.security is Security.STARTTLS:
        try:
            box.client.encrypt()
        except BaseException:
            box.close()
            raise
    return box


def _log_in(box: Mailbox, server: Server, password: str) -> None:
    client = box.client
    plain = "AUTH=PLAIN" in client.capabilities
    closed = "LOGINDISABLED" in client.capabilities
    if closed and not plain:
        raise MailError(Fault.NO_LOGIN, host=server.host, detail="LOGINDISABLED")
    if not server.user or client.state == "AUTH":
        return
    refuse_open_password(client.sock, server)
    try:
        if plain and (closed or not f"{server.user}{password}".isascii()):
            box.login_utf8(server.user, password, initial_folder=None)
        else:
            box.login(server.user, password, initial_folder=None)
    except IMAP4.abort:
        raise
    except (ImapToolsError, IMAP4.error, UnicodeEncodeError) as error:
        answer = said(error, password)
        if _LATER.search(answer):
            raise MailError(Fault.NOT_READY, host=server.host, detail=answer) from None
        raise MailError(Fault.PASSWORD, host=server.host, user=server.user) from None
    _introduce(client)


def _introduce(client: Client) -> None:
    """Say what program asks (RFC 2971): some servers let no other read a mailbox. What they answer is of no use."""
    with suppress(*_NONSENSE):
        _, said = client.capability()
        client.capabilities = tuple(b" ".join(said).decode("ascii", "replace").upper().split())
    if "ID" in client.capabilities:
        with suppress(IMAP4.error):
            client.xatom("ID", _NAME)


@contextmanager
def told(server: Server, password: str, client: Client | None = None) -> Iterator[None]:
    """Turn whatever goes wrong with a server into a MailError; a password that it repeats is not told."""
    at = {"host": server.host, "port": server.port}
    try:
        yield
    except MailError:
        raise
    except TimeoutError as error:
        raise silent(server) from error
    except OSError as error:
        raise MailError(Fault.LOST, **at) from error
    except _NONSENSE as error:
        if client and "BYE" in client.untagged_responses:
            raise MailError(Fault.LOST, **at) from None
        raise MailError(Fault.UNKNOWN, **at, detail=said(error, password)) from None


def said(error: Exception, password: str = "") -> str:
    """Give what a server answered on one line, without the password."""
    result = getattr(error, "command_result", None)
    what = result[1] if result else error.args
    texts = (each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in what or ())
    line = " ".join(" ".join(texts).split())
    return cut(line.replace(password, "***") if password else line, _SAID)
