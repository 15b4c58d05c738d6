"""Whatever the server does, and wherever a run is killed: no letter goes out twice, and what is said of each is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.office.post.register import Entry, Record
from tests.clients.mail_server import Act, Doing, MailServer
from tests.office.post.conftest import Post, dispatch

UNITS = ("法院", "检察院", "司法局", "民政局", "信访局")
DISPATCHES = tuple(dispatch(unit, f"{no}@example.com") for no, unit in enumerate(UNITS))
COMMANDS = ("EHLO", "AUTH", "MAIL", "RCPT", "DATA", ".")
ANSWERS = ("421 closing", "450 later", "452 4.2.2 full", "550 no", "552 too large", "554 spam", "rubbish")


class KilledError(BaseException):
    """The program is killed."""


def misbehaving(chance: Random) -> list[Doing]:
    """Say what a server does at the next uses of a command."""
    return [chance.choice((Act.GO_ON, Act.GO_ON, Act.GO_ON, Act.DROP, chance.choice(ANSWERS))) for _ in range(6)]


def killed_at(chance: Random, patch: pytest.MonkeyPatch) -> None:
    """Kill the program before or after a line of the record is written, or within it."""
    real, counted, at = Record.add, [0], chance.randrange(1, 7)

    def add(own: Record, *entries: Entry) -> None:
        counted[0] += 1
        if counted[0] == at and chance.random() < 0.5:
            raise KilledError
        real(own, *entries)
        if counted[0] == at:
            raise KilledError

    patch.setattr(Record, "add", add)


def torn(chance: Random, path: Path) -> None:
    """Leave a part of the last line, as a run does that is killed while it writes."""
    lines = path.read_bytes().splitlines(keepends=True)
    if lines and chance.random() < 0.5:
        path.write_bytes(b"".join(lines) + lines[0][: chance.randrange(1, 60)])


def sent(mail_server: MailServer) -> Counter[str]:
    """Count how often each unit's letter went out."""
    counted = Counter(letter.receivers[0] for letter in mail_server.letters)
    return Counter({unit: counted[f"{no}@example.com"] for no, unit in enumerate(UNITS)})


@pytest.mark.parametrize("killed", [False, True])
def test_no_letter_goes_out_twice(post: Post, mail_server: MailServer, rounds: int, *, killed: bool) -> None:
    """Each letter goes out once at most; what is called sent is, what is called not sent is not, and a quiet run does the rest."""
    often = 0.1 if killed else 0.4
    for seed in range(2 * rounds):
        chance = Random(f"{seed} {killed}")
        mail_server.reset()
        own = Post(type(post.space)(post.space.root / str(seed)), post.settings)
        own.space.root.mkdir()
        for _ in range(3):
            mail_server.script.update({command: misbehaving(chance) for command in COMMANDS if chance.random() < often})
            with pytest.MonkeyPatch.context() as patch:
                if killed:
                    killed_at(chance, patch)
                told = one_run(own)
            hold_true(told, sent(mail_server))
            if killed and (own.space.mail / "发信登记.jsonl").exists():
                torn(chance, own.space.mail / "发信登记.jsonl")
        mail_server.script.clear()
        told = one_run(own)
        hold_true(told, sent(mail_server))
        assert set(told.values()) <= {"sent", "before", "unsure"}


def one_run(post: Post) -> dict[str, str]:
    """Deliver all, and give what is said of each; nothing of a run that was killed."""
    try:
        return {each.unit: each.state.value for each in post.deliver(*DISPATCHES).done}
    except KilledError:
        return {}


def hold_true(told: dict[str, str], sent: Counter[str]) -> None:
    assert max(sent.values()) <= 1
    for unit, state in told.items():
        assert sent[unit] in {"sent": {1}, "before": {1}, "failed": {0}, "left": {0}, "unsure": {0, 1}}[state], (
            unit,
            state,
        )
