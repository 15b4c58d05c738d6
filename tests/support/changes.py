"""What happens to a round between two collects, by chance, and the same round collected by what was kept and from the beginning."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copytree, rmtree

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.commands.collect import CollectOrder, collect, standing
from fazhi_xl.office.commands.next_step import next_step
from fazhi_xl.office.commands.standing import Heard, Standing
from fazhi_xl.office.commands.summary import round_summary
from fazhi_xl.office.workspace.store import STORE
from fazhi_xl.xlsx.fill import fill
from tests.support.offices import FEW, NOW, Office, dated
from tests.support.progress import Silent
from tests.support.reviews import Entry, Reviewing, verdict
from tests.support.sealing import accept_all, sealed_as, writable
from tests.support.systems import seen

DAY = date(2020, 11, 10)
NOTHING = CollectOrder()


def tree(office: Office) -> dict[str, bytes]:
    """Give every file of a round but what is kept to spare work."""
    files = (path for path in office.root.rglob("*") if path.is_file() and not path.name.startswith(STORE))
    return {path.relative_to(office.root).as_posix(): path.read_bytes() for path in files}


def without_store(office: Office) -> None:
    for path in office.root.glob(f"{STORE}*"):
        path.unlink()


def told(office: Office, order: CollectOrder = NOTHING, *, now: datetime = NOW) -> tuple[list[str], bool]:
    """Collect, and give all that is said, with the round's folder as `.`, and whether attention is needed."""
    heard = Heard(to=Silent())
    round_ = collect(office.notice, office.space, order, heard, now=now)
    alone = order.report_only
    lines = [
        *heard.lines,
        *round_summary(round_, office.space, report_only=alone),
        next_step(round_, office.space, report_only=alone),
    ]
    return [seen(line, office.root, ".") for line in lines], round_.needs_attention


def as_before(office: Office, order: CollectOrder = NOTHING, *, now: datetime = NOW) -> Standing | None:
    return standing(office.notice, office.space, order, Silent(), now=now)


def collected_both_ways(office: Office, aside: Path, order: CollectOrder = NOTHING, *, now: datetime = NOW) -> bool:
    """Collect as the command does, and a copy from the beginning, and compare all files and words.

    Says whether nothing had to be done.
    """
    if aside.exists():
        writable(aside)
        rmtree(aside)
    twin = Office(office.notice, Path(copytree(office.root, aside)))
    without_store(twin)
    wanted = told(twin, order, now=now)
    kept = as_before(office, order, now=now)
    assert (_as_told(office, kept) if kept else told(office, order, now=now)) == wanted
    assert tree(office) == tree(twin)
    return kept is not None


def _as_told(office: Office, kept: Standing) -> tuple[list[str], bool]:
    return [seen(line, office.root, ".") for line in kept.lines], kept.attention


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happens, by its name."""

    name: str
    does: Callable[[Office, Random], None]


def _received(office: Office) -> list[Path]:
    return sorted(path for path in office.space.returns.rglob("*") if path.is_file())


def _comes(office: Office, dice: Random) -> None:
    unit, seed = dice.choice(FEW), dice.randrange(3)
    data = office.filled(unit, office.good(unit, seed)) if dice.random() < 0.8 else office.issued(unit)
    office.receive(f"{dice.randrange(6)}.xlsx", data, DAY + timedelta(days=dice.randrange(12)))


def _damaged(office: Office, dice: Random) -> None:
    data = office.filled(dice.choice(FEW))
    office.receive(f"{dice.randrange(6)}.xlsx", data[: dice.randrange(len(data))])


def _goes(office: Office, dice: Random) -> None:
    if came := _received(office):
        dice.choice(came).unlink()


def _is_touched(office: Office, dice: Random) -> None:
    if came := _received(office):
        dated(dice.choice(came), DAY + timedelta(days=dice.randrange(20)))


def _is_renamed(office: Office, dice: Random) -> None:
    if came := _received(office):
        path = dice.choice(came)
        path.replace(path.with_name(f"{dice.choice(FEW)}{dice.randrange(9)}.xlsx"))


def _is_reviewed(office: Office, dice: Random) -> None:
    review = Reviewing(office)
    if review.master.exists() and (rows := [row for no in (2, 4, 7) for row in review.rows(no)]):
        row = dice.choice(rows)
        review.enter(verdict(row, {"核定": dice.choice([0, 0.5, 1, 99, None, "?"])}))


_CORRECTIONS: tuple[tuple[str, Entry], ...] = (
    ("E4", date(2020, 11, 25)), ("F4", "不采用"), ("F4", "都无误"), ("E4", "早上"), ("E4", None)
)  # fmt: skip


def _is_corrected(office: Office, dice: Random) -> None:
    path = office.root / "收到登记.xlsx"
    if path.exists():
        cell, entry = dice.choice(_CORRECTIONS)
        path.write_bytes(fill(path.read_bytes(), [("收到登记", cell, entry)]))


def _more_time_is_granted(office: Office, dice: Random) -> None:
    path = office.root / "收到登记.xlsx"
    if path.exists():
        row = (
            dice.choice((*FEW, "法元", None)),
            dice.choice(("2020.11.25", "2020-11-28", "下周", None)),
            "张三",
            "停电",
        )
        entries = [("延期", f"{column}4", value) for column, value in zip("ABCD", row, strict=True)]
        path.write_bytes(fill(path.read_bytes(), entries))


def _sent_back(office: Office, dice: Random) -> None:
    if packs := sorted(office.space.corrections.glob("*.xlsx")):
        office.receive(f"{dice.randrange(6)}.xlsx", dice.choice(packs).read_bytes())


def _output_is_lost(office: Office, dice: Random) -> None:
    written = [path for path in office.space.results.rglob("*") if path.is_file()]
    if written:
        path = dice.choice(sorted(written))
        path.unlink() if dice.random() < 0.5 else path.write_bytes(b"x")


def _review_is_lost(office: Office, _: Random) -> None:
    Reviewing(office).master.unlink(missing_ok=True)


def _store_is_spoilt(office: Office, dice: Random) -> None:
    path = office.root / STORE
    if path.exists():
        data = bytearray(path.read_bytes())
        for _ in range(40):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(data if dice.random() < 0.7 else data[: dice.randrange(len(data))])


def _is_sealed(office: Office, dice: Random) -> None:
    accept_all(office)
    with suppress(WrongUseError):  # something is open, or nothing has changed
        sealed_as(office, f"稿{dice.randrange(9)}")


def _edition_is_touched(office: Office, dice: Random) -> None:
    if held := sorted(path for path in office.space.sealed.rglob("*") if path.is_file()):
        writable(office.space.sealed)
        path = dice.choice(held)
        path.unlink() if dice.random() < 0.5 else path.write_bytes(b"x")


CHANGES = (
    Change(name="nothing", does=lambda _, __: None),
    Change(name="a return comes, or comes again", does=_comes),
    Change(name="a damaged one comes", does=_damaged),
    Change(name="one goes", does=_goes),
    Change(name="one has another time", does=_is_touched),
    Change(name="one has another name", does=_is_renamed),
    Change(name="the office decides", does=_is_reviewed),
    Change(name="the office corrects the register", does=_is_corrected),
    Change(name="the office grants more time", does=_more_time_is_granted),
    Change(name="what was sent back comes back", does=_sent_back),
    Change(name="an output is lost", does=_output_is_lost),
    Change(name="the review book is lost", does=_review_is_lost),
    Change(name="the results are sealed", does=_is_sealed),
    Change(name="a sealed edition is touched", does=_edition_is_touched),
    Change(name="what is kept is spoilt", does=_store_is_spoilt),
)
