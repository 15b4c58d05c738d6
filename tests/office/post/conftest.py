"""An office that delivers letters, and the server that takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.mail.settings import MailSettings, Security
from fazhi_xl.office.post.deliver import Delivery, deliver
from fazhi_xl.office.post.outcome import Delivered
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.workspace.folder import Workspace
from tests.clients.mail_server import PASSWORD, MailServer
from tests.support.progress import Heard

ADDRESS = "fzb@example.gov.cn"
NOW = datetime(2020, 11, 21, 9, tzinfo=timezone(timedelta(hours=8)))
DRAFT, SMTP = Delivery(), Delivery(smtp=True)


def dispatch(unit: str, *to: str, sort: Sort = Sort.FORM, key: str = "K1", body: str = "见附件。") -> Dispatch:
    """Give a message to a unit, at an address of its own where none is given."""
    message = Outgoing(
        to=to or (f"{len(unit)}-{ord(unit[0]):x}@example.com",),
        subject=f"{unit}任务分解表",
        body=body,
        attachments=(Attachment(name=f"{unit}.xlsx", data=unit.encode()),),
    )
    return Dispatch(sort=sort, unit=unit, key=key, letter=message)


@dataclass
class Post:
    """An office's workspace, its settings, and what was said."""

    space: Workspace
    settings: MailSettings
    said: list[str] = field(default_factory=list)

    def deliver(self, *dispatches: Dispatch, how: Delivery = SMTP, now: datetime = NOW) -> Delivered:
        heard = Heard()
        delivered = deliver(self.space, dispatches, how, self.settings, heard, now)
        self.said.extend(heard.lines)
        return delivered

    def states(self, *dispatches: Dispatch, how: Delivery = SMTP) -> list[str]:
        """Deliver, and give the states."""
        return [each.state.value for each in self.deliver(*dispatches, how=how).done]

    @property
    def record(self) -> Sequence[str]:
        """The record's lines."""
        path = self.space.mail / "发信登记.jsonl"
        return path.read_text("utf-8").splitlines() if path.exists() else ()


@pytest.fixture
def post(tmp_path: Path, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> Post:
    """Give an office that sends without encryption, on this machine, which takes least time."""
    monkeypatch.setenv("FAZHI_SMTP_PASSWORD", PASSWORD)
    (tmp_path / "out").mkdir()
    server = mail_server.server(Security.NONE)
    return Post(Workspace(tmp_path / "out"), MailSettings(address=ADDRESS, name="区委依法治区办", smtp=server))
