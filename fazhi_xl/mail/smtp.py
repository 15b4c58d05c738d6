"""Sends by SMTP, over one connection for a run.

A message is handed over by its last line: whatever fails before has not been sent; what has no answer after it may have been, and that is
told as such. A connection that ends in between, as servers do after so many messages, is made once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from fazhi_xl.mail.connection import silent
from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import Server
from fazhi_xl.mail.smtp_session import LostError, Receipt, Session

__all__ = ["Receipt", "Sender"]


class Sender:
    """A server that takes messages: connected when the first one is there, and left at the end of the block."""

    def __init__(self, server: Server, password: Callable[[], str]) -> None:
        self._server, self._password = server, password
        self._session: Session | None = None
        self._connections = 2  # that may still be made until a message has gone through

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._leave()

    def open(self) -> None:
        """Connect and log in, if that is not done. Raises MailError, and WrongUseError where there is no password."""
        with self._ending():
            self._opened()

    def send(self, sender: str, receivers: Sequence[str], data: bytes) -> Receipt:
        """Send a message. Raises MailError; UNSURE alone of its faults means that the message may have been sent."""
        with self._ending():
            session = self._opened()
            try:
                receipt = self._delivered(session, sender, receivers, data)
            except LostError:
                self._leave()
                receipt = self._delivered(self._opened(), sender, receivers, data)
        self._connections = 1
        return receipt

    def _opened(self) -> Session:
        if self._session is None:
            if not self._connections:
                raise LostError
            self._connections -= 1
            self._session = Session(self._server, self._password() if self._server.user else "")
        return self._session

    def _delivered(self, session: Session, sender: str, receivers: Sequence[str], data: bytes) -> Receipt:
        """Send a message, and have the connection ready for the next. Raises MailError and LostError."""
        try:
            return session.deliver(sender, receivers, data)
        except MailError as error:
            self._tidy(session, error.fault)
            raise

    def _tidy(self, session: Session, fault: Fault) -> None:
        """Keep a connection on which only a message failed."""
        if fault.ends or fault is Fault.UNSURE:
            self._leave()
            return
        try:
            session.reset()
        except (MailError, LostError):
            self._leave()

    @contextmanager
    def _ending(self) -> Iterator[None]:
        """Tell an end of the connection as a fault that ends the run."""
        try:
            yield
        except LostError as lost:
            self._leave()
            raise self._told(lost) from None

    def _told(self, lost: LostError) -> MailError:
        if lost.answer:
            return MailError(Fault.BUSY, host=self._server.host, detail=lost.answer)
        return silent(self._server) if lost.silent else MailError(Fault.LOST, host=self._server.host)

    def _leave(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None
