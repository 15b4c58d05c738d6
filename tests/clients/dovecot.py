"""A real mail server on this machine alone, Dovecot, with a folder of its own: messages are put straight into the mailbox."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

from fazhi_xl.mail.settings import Security, Server
from tests.clients.absent import ClientAbsentError

USER, PASSWORD = "fzb@example.com", "口令 it's 9"
HOST = "localhost"
_WAIT = 15.0  # seconds, on a slow machine
_CONFIG = """
protocols = imap
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/server.pem
ssl_key = <{root}/server.key
auth_failure_delay = 0
disable_plaintext_auth = {closed}
mail_location = maildir:{root}/mail/%u
mail_uid = {mail}
mail_gid = {mail_group}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
maildir_stat_dirs = yes
mail_fsync = never
namespace inbox {{
  inbox = yes
}}
passdb {{
  driver = passwd-file
  args = scheme=plain {root}/users
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={root}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service auth {{
  user = {me}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


def find_dovecot() -> Path:
    """Give the program. Raises ClientAbsentError."""
    found = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if not found or not Path("/usr/lib/dovecot/imap").exists():
        message = "Dovecot is not here (Debian: dovecot-imapd)"
        raise ClientAbsentError(message)
    return Path(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    """A server that runs: how it is reached, and where its mailboxes lie."""

    root: Path
    tls: int
    plain: int
    authority: Path
    numbers: Iterator[int] = field(default_factory=count)

    def server(self, security: Security = Security.TLS, user: str = USER) -> Server:
        port = self.tls if security is Security.TLS else self.plain
        return Server(host=HOST, port=port, security=security, user=user, authority=self.authority, patience=_WAIT)

    def folder(self, name: str = "INBOX", user: str = USER) -> Path:
        """Give where a folder's messages lie, and make it; `name` as the protocol writes it."""
        at = self.root / "mail" / user / ("" if name == "INBOX" else f".{name}")
        for part in ("", "cur", "new", "tmp"):
            (at / part).mkdir(parents=True, exist_ok=True)
            if os.getuid() == 0:
                shutil.chown(at / part, *_reader())
        return at

    def put(self, data: bytes, received: datetime, *, name: str = "INBOX", user: str = USER) -> Path:
        """Put a message, which nobody has read, into a folder, as taken in at that moment."""
        path = self.folder(name, user) / "cur" / f"{next(self.numbers):06d}.M{os.getpid()}.host,S={len(data)}:2,"
        path.write_bytes(data)
        os.utime(path, (received.timestamp(), received.timestamp()))
        return path

    def flags(self, name: str = "INBOX", user: str = USER) -> dict[str, str]:
        """Give each message's flags, as its file's name tells them."""
        cur = self.folder(name, user) / "cur"
        return {path.name.partition(",")[0]: path.name.rpartition(",")[2] for path in cur.iterdir()}

    def renumber(self, user: str = USER) -> None:
        """Have the server number a mailbox's messages anew, as when it is restored from a backup."""
        at = self.folder(user=user)
        for left in at.glob("dovecot*"):
            left.unlink()
        numbers = at / "dovecot-uidlist"
        numbers.write_text(f"3 V99 N8 G{'0123' * 8}\n")
        if os.getuid() == 0:
            shutil.chown(numbers, *_reader())

    def emptied(self, user: str = USER) -> Dovecot:
        """Remove a user's mailboxes, as if nobody had ever written."""
        shutil.rmtree(self.root / "mail" / user, ignore_errors=True)
        return self


@contextmanager
def dovecot(*, closed: bool = False) -> Iterator[Dovecot]:
    """Start a server, and stop it; `closed` says that it lets nobody log in without encryption."""
    with TemporaryDirectory(prefix="dovecot") as folder:
        root = Path(folder)
        root.chmod(0o755)  # its processes are of several users
        yield from _running(root, closed=closed)


def _running(root: Path, *, closed: bool) -> Iterator[Dovecot]:
    program = find_dovecot()
    authority, made = root / "authority.pem", trustme.CA()
    made.cert_pem.write_to_path(str(authority))
    certificate = made.issue_cert(HOST, "127.0.0.1")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(root / "server.pem"))
    certificate.private_key_pem.write_to_path(str(root / "server.key"))
    (root / "users").write_text(f"{USER}:{PASSWORD}\nother@example.com:{PASSWORD}\n", "utf-8")
    plain, tls = _free_ports(2)
    config = root / "dovecot.conf"
    config.write_text(
        _CONFIG.format(root=root, plain=plain, tls=tls, closed="yes" if closed else "no", **_people()), "utf-8"
    )
    server = subprocess.Popen([program, "-F", "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _answers(plain, server, root)
        yield Dovecot(root=root, tls=tls, plain=plain, authority=authority)
    finally:
        server.terminate()
        server.communicate(timeout=_WAIT)


def _people() -> dict[str, str]:
    """Name who runs the server: where root starts it, its own users, and nobody reads the mail; else the one user there is."""
    import grp  # noqa: PLC0415 - Windows has neither
    import pwd  # noqa: PLC0415

    me, (user, group_of_user) = pwd.getpwuid(os.getuid()), _reader()
    internal, login = ("dovecot", "dovenull") if os.getuid() == 0 else (me.pw_name, me.pw_name)
    group = grp.getgrgid(pwd.getpwnam(internal).pw_gid).gr_name
    mail = {"mail": str(user), "mail_group": str(group_of_user)}
    return {"me": me.pw_name, "internal": internal, "login": login, "group": group, **mail}


def _reader() -> tuple[int, int]:
    """Give who reads the mailboxes, and of which group: the server lets root read none."""
    import pwd  # noqa: PLC0415 - Windows has none

    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    return who.pw_uid, who.pw_gid


def _free_ports(number: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _answers(port: int, server: subprocess.Popen[bytes], root: Path) -> None:
    """Wait until the server listens."""
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    log = root / "dovecot.log"
    raise RuntimeError(log.read_text("utf-8", "replace") if log.exists() else "dovecot did not start")
