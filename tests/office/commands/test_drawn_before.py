"""The review book and the forms that are sent back are drawn again only where what they say has changed, or they are gone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.support.changes import DAY, collected_both_ways, told
from tests.support.offices import FIRST, SECOND, THIRD, Office, dated
from tests.support.once import Staged
from tests.support.reviews import Reviewing, verdict

BOOK, PACK = "book", "pack"
DRAWERS = {BOOK: "fazhi_xl.office.review.write_books.draw", PACK: "fazhi_xl.office.outputs.refill.draw"}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of what is drawn."""
    made: list[str] = []

    def noted(what: str, name: str) -> None:
        module, _, function = name.rpartition(".")
        real: Callable[..., object] = getattr(import_module(module), function)

        def with_note(*given: object, **more: object) -> object:
            made.append(what)
            return real(*given, **more)

        monkeypatch.setattr(name, with_note)

    for what, name in DRAWERS.items():
        noted(what, name)
    return made


@pytest.fixture
def sent_back(staged: Staged, drawn: list[str]) -> Office:
    """Give an office that has collected a return that is right and two that are sent back."""

    def send_back(office: Office) -> None:
        office.receive("对.xlsx", office.filled(FIRST))
        for unit in (SECOND, THIRD):
            office.receive(f"{unit}.xlsx", office.issued(unit))
        told(office)
        assert sorted(drawn) == [BOOK, PACK, PACK]

    office = staged("sent back, as drawn", send_back)
    drawn.clear()
    return office


def pack(office: Office) -> Path:
    return min(office.space.corrections.glob("*.xlsx"))


def test_what_says_the_same(sent_back: Office, drawn: list[str]) -> None:
    """A return with another time changes neither."""
    dated(sent_back.space.returns / "对.xlsx", DAY)
    told(sent_back)
    assert drawn == []


def test_what_says_something_else(sent_back: Office, drawn: list[str]) -> None:
    """Another answer stands in the review book, and another day of receipt in the letter of that unit alone.

    Its form is drawn for the day that it bore before, too, to see whether anything but the day is new.
    """
    sent_back.receive("对.xlsx", sent_back.filled(FIRST, sent_back.good(FIRST, 5)))
    dated(sent_back.space.returns / f"{SECOND}.xlsx", DAY)
    told(sent_back)
    assert sorted(drawn) == [BOOK, PACK, PACK]


def test_a_decision(sent_back: Office, drawn: list[str]) -> None:
    """A decision is drawn into the review book once."""
    review = Reviewing(sent_back)
    review.enter(verdict(review.rows(2)[0], {"核定": 0}))
    told(sent_back)
    assert drawn == [BOOK]
    told(sent_back)
    assert drawn == [BOOK]


def test_what_is_gone(sent_back: Office, drawn: list[str], tmp_path: Path) -> None:
    """What is gone, or is not what was drawn, is drawn again as it was; what the office wrote into a form to be sent stays there."""
    Reviewing(sent_back).master.unlink()
    pack(sent_back).unlink()
    collected_both_ways(sent_back, tmp_path / "aside")
    drawn.clear()
    pack(sent_back).write_bytes(b"the office's own")
    told(sent_back)
    assert (drawn, pack(sent_back).read_bytes()) == ([], b"the office's own")
