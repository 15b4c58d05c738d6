"""An IMAP server that says what a test has it say, to one connection after the other."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedRWPair
from threading import Thread

from fazhi_xl.mail.settings import Security, Server

CLOSE, HANG = "close the connection", "say nothing more"
_GREETING = ("* OK ready",)
_ANSWERS: Mapping[str, Sequence[str]] = {
    "CAPABILITY": ("* CAPABILITY IMAP4rev1", "{tag} OK done"),
    "LOGIN": ("{tag} OK in",),
    "EXAMINE": ("* 1 EXISTS", "* OK [UIDVALIDITY 7] valid", "{tag} OK [READ-ONLY] open"),
    "UID SEARCH": ("* SEARCH 1", "{tag} OK done"),
    "LOGOUT": ("* BYE", "{tag} OK done"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """The server, and what it was told, a line each without the tag."""

    server: Server
    heard: list[str] = field(default_factory=list)


@contextmanager
def scripted(
    answers: Mapping[str, Sequence[str]] | None = None, *, greeting: Sequence[str] = _GREETING, patience: float = 0.2
) -> Iterator[Scripted]:
    """Answer each command with its lines, in which `{tag}` stands for the command's tag; a command without any is BAD."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        known = {**_ANSWERS, **(answers or {})}
        thread = Thread(target=_serve, args=(listening, known, greeting, heard), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        server = Server(host="127.0.0.1", port=port, security=Security.NONE, user="fzb", patience=patience)
        yield Scripted(server=server, heard=heard)
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def _serve(
    listening: socket.socket, answers: Mapping[str, Sequence[str]], greeting: Sequence[str], heard: list[str]
) -> None:
    while True:
        try:
            connection, _ = listening.accept()
            connection.settimeout(5)
        except OSError:
            return
        try:
            _talk(connection, answers, greeting, heard)
        except OSError:
            pass
        finally:
            connection.close()


def _talk(
    connection: socket.socket, answers: Mapping[str, Sequence[str]], greeting: Sequence[str], heard: list[str]
) -> None:
    with connection.makefile("rwb") as file:
        end = _say(file, greeting, "")
        while end != CLOSE and (line := file.readline().decode("utf-8", "replace")):
            tag, _, rest = line.strip().partition(" ")
            heard.append(rest)
            word = next((each for each in answers if rest.upper().startswith(each)), "")
            end = end or _say(file, answers.get(word, ("{tag} BAD what",)), tag)


def _say(file: BufferedRWPair, lines: Sequence[str], tag: str) -> str:
    """Say lines, and give the one that ends it all, if there is one."""
    for line in lines:
        if line in {CLOSE, HANG}:
            return line
        file.write(line.replace("{tag}", tag).encode() + b"\r\n")
        file.flush()
    return ""
