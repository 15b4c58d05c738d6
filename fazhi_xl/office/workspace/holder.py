"""Who uses a workspace: the computer, the user, what is done and since when, as the lock's own file says it to others."""

from __future__ import annotations

import getpass
import json
import os
import secrets
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

_MOST = 60  # characters of each thing said: the file lies on a shared drive
_UNKNOWN = "不知道名称的电脑"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One use of a workspace; `run` tells it from any other, `since` is a minute by that computer's own clock."""

    host: str
    user: str
    doing: str
    since: str
    run: str

    @classmethod
    def here(cls, doing: str) -> Holder:
        """Describe a use that begins now on this computer."""
        return cls(
            host=_computer(),
            user=_user(),
            doing=doing,
            since=datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M"),
            run=secrets.token_hex(8),
        )

    @classmethod
    def of(cls, data: bytes) -> Holder | None:
        """Read what another use left in the file; None where nobody uses it, or an earlier version does."""
        with suppress(ValueError, TypeError, KeyError):
            held = json.loads(data)
            return cls(**{name: _legible(held[name]) for name in cls.__slots__})
        return None

    @property
    def data(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @property
    def told(self) -> str:
        """Who it is, in words."""
        who = f"电脑 {self.host}" if self.host else _UNKNOWN
        doing = f"正在{self.doing}," if self.doing else ""
        return who + (f" 上的 {self.user}" if self.user else "") + f"({doing}{self.since} 开始)"


def _legible(said: object) -> str:
    """Give what may be shown of a text that anybody may have written. Raises TypeError."""
    if not isinstance(said, str):
        raise TypeError(said)
    return "".join(each for each in said if each.isprintable())[:_MOST]


def _computer() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")  # what asks Windows itself may take long
    return os.uname().nodename


def _user() -> str:
    with suppress(Exception):  # whatever a system raises that knows no user
        return getpass.getuser()
    return ""
