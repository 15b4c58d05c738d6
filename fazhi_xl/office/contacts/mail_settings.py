"""The rows of the sheet 邮箱设置 as settings: what cannot be read is told at its cell, and is as if it were blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_xl.disk import open_to_others
from fazhi_xl.mail.settings import MailSettings, Security, Server
from fazhi_xl.office.contacts.addresses import addresses_in
from fazhi_xl.office.contacts.declared import (
    ADDRESS,
    AUTHORITY,
    FOLDER,
    IMAP,
    NAME,
    NO_LOGIN,
    NOTE,
    PASSWORD_FILE,
    PATIENCE,
    SETTING,
    SETTINGS,
    SMTP,
    VALUE,
    VERIFIER,
    ServerSettings,
    Setting,
)
from fazhi_xl.office.contacts.hidden import PASSWORDS, names_password, shown
from fazhi_xl.office.contacts.people import text_of
from fazhi_xl.office.contacts.told import Told
from fazhi_xl.text.characters import folded_width
from fazhi_xl.xlsx.kept.find import plain
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet
from fazhi_xl.xlsx.kept.remarks import BookRemark

_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+")
_MOST_PORT, _MOST_SECONDS, _USUAL_SECONDS = 65535, 600, 30
_PATH = re.compile(r"[/\\]|\.[A-Za-z]{1,5}$")
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_MOST_CERTIFICATES = 4 << 20  # bytes; those of a whole system take a fourth of it
_WORDS = {
    "ssl": Security.TLS,
    "tls": Security.TLS,
    "ssl/tls": Security.TLS,
    "tls/ssl": Security.TLS,
    "smtps": Security.TLS,
    "imaps": Security.TLS,
    "starttls": Security.STARTTLS,
    "不加密": Security.NONE,
    "无": Security.NONE,
    "none": Security.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """The settings, the rows that they stand in by their keys, and what is told of them."""

    settings: MailSettings = field(default_factory=MailSettings)
    rows: dict[str, int] = field(default_factory=dict)
    remarks: tuple[BookRemark, ...] = ()


def mail_settings(sheet: ReadSheet, folder: Path) -> ReadSettings:
    """Read the rows of the sheet; files are found from the workbook's folder."""
    reading = _Reading(sheet=sheet, folder=folder)
    for line in sheet.lines:
        reading.take(line)
    settings = reading.settings()
    rows = {key: line.at for key, line in reading.lines.items()}
    return ReadSettings(settings=settings, rows=rows, remarks=tuple(reading.remarks))


@dataclass(kw_only=True)
class _Reading:
    sheet: ReadSheet
    folder: Path
    lines: dict[str, ReadLine] = field(default_factory=dict)
    remarks: list[BookRemark] = field(default_factory=list)

    def tell(self, told: Told, at: int, column: str = VALUE, **words: object) -> None:
        self.remarks.append(told.at(self.sheet.name, self.sheet.cell(column, at), **words))

    # Rows ---------------------------------------------------------------------------------------------------------------

    def take(self, line: ReadLine) -> None:
        """Take a row for a setting, known by what is seen, else by its hidden key."""
        said = text_of(line.cells.get(SETTING))
        setting = _TITLED.get(plain(said)) or (_KEYED.get(line.key) if not PASSWORDS.search(said) else None)
        if names_password(text_of(line.cells.get(NOTE))):
            self.tell(Told.PASSWORD_HERE, line.at, NOTE)
        if setting is None:
            self._unknown(line, said)

        elif setting.key in self.lines:
            self.tell(Told.SETTING_TWICE, line.at, SETTING, title=setting.title, first=self.lines[setting.key].at)
        else:
            self.lines[setting.key] = line
            if _is_password(setting, line):
                self.tell(Told.PASSWORD_HERE, line.at)

    def _unknown(self, line: ReadLine, said: str) -> None:
        value = line.cells.get(VALUE)
        if value is None:
            return
        if names_password(text_of(value)) or PASSWORDS.search(said):
            self.tell(Told.PASSWORD_HERE, line.at)
        else:
            self.tell(Told.UNKNOWN_SETTING, line.at, SETTING, said=shown(said))

    def said(self, setting: Setting) -> str:
        """Give what a setting's cell says, in characters of the usual width."""
        line = self.lines.get(setting.key)
        if line is None or _is_password(setting, line):
            return ""
        return folded_width(text_of(line.cells.get(VALUE))).strip()

    def at(self, setting: Setting) -> int:
        line = self.lines.get(setting.key)
        return line.at if line else 0

    # Values -------------------------------------------------------------------------------------------------------------

    def settings(self) -> MailSettings:
        address = self._address()
        authority = self._authority()
        patience = self._patience()
        smtp, imap = (self._server(each, address, authority, patience) for each in (SMTP, IMAP))
        if smtp and not self.said(ADDRESS):
            self.tell(Told.NO_OWN_ADDRESS, self.at(ADDRESS), title=ADDRESS.title)
        return MailSettings(
            address=address,
            name=self.said(NAME),
            smtp=smtp,
            imap=imap,
            folder=self.said(FOLDER) or MailSettings().folder,
            verifier=self.said(VERIFIER),
            password_file=self._password_file(),
        )

    def _address(self) -> str:
        read = addresses_in(self.said(ADDRESS))
        if read.wrong or len(read.found) > 1:
            why = read.wrong[0].why if read.wrong else "有几个地址"
            self.tell(Told.OWN_ADDRESS, self.at(ADDRESS), title=ADDRESS.title, why=why)
        return read.found[0] if read.found else ""

    def _server(self, own: ServerSettings, address: str, authority: Path | None, patience: float) -> Server | None:
        security = self._security(own)
        port = self._port(own, security)
        host = self._host(own)
        if not host:
            return None
        self._doubts(own, port, security)
        user = self.said(own.user) or address
        return Server(
            host=host,
            port=port,
            security=security,
            user="" if user == NO_LOGIN else user,
            authority=authority,
            patience=patience,
        )

    def _host(self, own: ServerSettings) -> str:
        said = self.said(own.host)
        if said and not _HOST.fullmatch(said):
            self.tell(Told.HOST, self.at(own.host), title=own.host.title, said=shown(said))
            return ""
        filled = next((each for each in own.every if self.said(each)), None)
        if filled and not said:
            self.tell(Told.NO_HOST, self.at(own.host), title=filled.title, host=own.host.title)
        return said.lower()

    def _port(self, own: ServerSettings, security: Security) -> int:
        return self._whole(Told.PORT, own.port, _MOST_PORT, own.usual[security])

    def _patience(self) -> float:
        return float(self._whole(Told.SECONDS, PATIENCE, _MOST_SECONDS, _USUAL_SECONDS))

    def _whole(self, told: Told, setting: Setting, most: int, usual: int) -> int:
        said = self.said(setting)
        if said.isdecimal() and 0 < int(said) <= most:
            return int(said)
        if said:
            self.tell(told, self.at(setting), title=setting.title, said=shown(said), usual=usual)
        return usual

    def _security(self, own: ServerSettings) -> Security:
        said = self.said(own.security)
        known = _WORDS.get("".join(said.lower().split()))
        if said and known is None:
            usual = Security.TLS.word
            title = own.security.title
            self.tell(Told.SECURITY, self.at(own.security), title=title, said=shown(said), usual=usual)
        return known or self._by_port(own)

    def _by_port(self, own: ServerSettings) -> Security:
        """Take the encryption that goes with the port where none is chosen; never none."""
        usual = Security.STARTTLS
        return usual if self.said(own.port) == str(own.usual[usual]) else Security.TLS

    def _doubts(self, own: ServerSettings, port: int, security: Security) -> None:
        """Ask about ports that do not go with the encryption or the kind of server, and about none."""
        usual = next((each for each, of in own.usual.items() if of == port), None)
        if security is Security.NONE:
            title, best = own.security.title, Security.TLS.word
            self.tell(Told.UNENCRYPTED, self.at(own.security), title=title, usual=best)
        elif port in own.other:
            self.tell(Told.PORT_OF_OTHERS, self.at(own.port), port=port, what=own.what, usual=own.usual[security])
        elif usual and usual is not security:
            self.tell(Told.PORT_MIXED, self.at(own.port), port=port, usual=usual.word, said=security.word)

    # Files --------------------------------------------------------------------------------------------------------------

    def _file(self, setting: Setting) -> Path | None:
        """Find a file that is named; None where none is. That of a password may not be there: who needs it says so then."""
        said = self.said(setting)
        if not said:
            return None
        path: Path | None = None
        try:
            path = self.folder / Path(said.strip("\"'")).expanduser()
            if path.is_file():
                return path
        except (OSError, RuntimeError, ValueError):  # of what can be no path
            path = None
        typed = setting is PASSWORD_FILE and (names_password(said) or not _PATH.search(said))
        self.tell(Told.PASSWORD_HERE if typed else Told.NO_FILE, self.at(setting), title=setting.title)
        return None if typed or setting is not PASSWORD_FILE else path

    def _authority(self) -> Path | None:
        path = self._file(AUTHORITY)
        if path and not _is_certificate(path):
            self.tell(Told.NOT_CERTIFICATE, self.at(AUTHORITY), title=AUTHORITY.title)
            return None
        return path

    def _password_file(self) -> Path | None:
        path = self._file(PASSWORD_FILE)
        if path and path.is_file() and open_to_others(path.stat()):
            self.tell(Told.OPEN_TO_OTHERS, self.at(PASSWORD_FILE))
        return path


def _is_password(setting: Setting, line: ReadLine) -> bool:
    """Say whether a password stands as a setting's value; the name of a file may tell what is in it."""
    return setting not in {AUTHORITY, PASSWORD_FILE} and names_password(text_of(line.cells.get(VALUE)))


def _is_certificate(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _CERTIFICATE in file.read(_MOST_CERTIFICATES)
    except OSError:
        return False


def _titles() -> Iterator[tuple[str, Setting]]:
    yield from ((plain(each.title), each) for each in SETTINGS)


_TITLED = dict(_titles())
_KEYED = {each.key: each for each in SETTINGS}
