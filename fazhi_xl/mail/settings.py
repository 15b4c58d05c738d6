"""How the office's mail is reached: its address, and the servers. The password is no setting: it is asked for where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.text.worded import Worded


class Security(Worded):
    """How the connection to a server is encrypted."""

    TLS = "tls", "SSL/TLS"  # from the first byte
    STARTTLS = "starttls", "STARTTLS"  # after the greeting; refused where the server does not offer it
    NONE = "none", "不加密"  # only within the office's own network, and said each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server. `authority` is a file of certificates that are trusted beside the system's, of a network with its own."""

    host: str
    port: int
    security: Security = Security.TLS
    user: str = ""  # no login without it
    authority: Path | None = None
    patience: float = 30.0  # seconds to wait for each answer


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The office's address and name as senders, the server that takes its mail, and the one that keeps what comes.

    `folder` is the mailbox's folder that is read, `verifier` the name by which the own server signs its Authentication-Results: those of
    others may be forged. `password_file` is read where the environment has no password.
    """

    address: str = ""
    name: str = ""
    smtp: Server | None = None
    imap: Server | None = None
    folder: str = "INBOX"
    verifier: str = ""
    password_file: Path | None = None
