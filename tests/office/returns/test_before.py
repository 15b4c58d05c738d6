"""What earlier collects read and found in returns with the same bytes is not looked for again, and nothing comes out otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib import import_module

import pytest

from fazhi_xl.findings import Code
from fazhi_xl.office.returns import read_before
from fazhi_xl.office.returns.answered_before import packed, unpacked
from fazhi_xl.office.returns.pipeline import read_returns
from fazhi_xl.office.returns.sources import Sources
from fazhi_xl.office.workspace.issued_round import IssuedRound, issued_round
from fazhi_xl.office.workspace.store import Store, stored
from fazhi_xl.rounds.file import FileResult
from tests.support.offices import FIRST, ON_TIME, SECOND, THIRD, Office
from tests.support.progress import Silent
from tests.support.spoiling import edited


@pytest.fixture
def came(office: Office) -> IssuedRound:
    """Give a round with returns that are right, wrong, blank, moved about, sent twice, damaged and none at all."""
    whole = office.filled(FIRST)
    answers = office.good(SECOND)
    office.receive("对.xlsx", whole)
    office.receive("又.xlsx", whole, ON_TIME + timedelta(days=1))
    office.receive("错.xlsx", office.filled(SECOND, {**answers, **dict.fromkeys(list(answers)[:9], "约三次")}))
    office.receive("改.xlsx", edited(office.filled(SECOND), lambda book: book.worksheets[1].insert_rows(4, 3)))
    office.receive("空.xlsx", office.issued(THIRD))
    office.receive("坏.xlsx", whole[:4000])
    office.receive("图.pdf", b"%PDF-1.4")
    return issued_round(office.notice, office.space)


def read(came: IssuedRound, store: Store | None = None, passwords: tuple[str, ...] = ()) -> tuple[FileResult, ...]:
    return read_returns(came, Sources(passwords=passwords), Silent(), store).files


@pytest.fixture
def known(came: IssuedRound) -> Iterator[Store]:
    """Give a store of a run before this one."""
    with stored(came.space, Silent()) as store:
        read(came, store)
    with stored(came.space, Silent()) as store:
        yield store


def test_the_same_comes_out(came: IssuedRound, known: Store) -> None:
    """Answers, cells, findings and statuses are those of files that are read and looked through."""
    assert read(came, known) == read(came)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of what is done: `read` for a file, `found` for forms that are looked through."""
    steps: list[str] = []

    def noted(name: str, step: str) -> None:
        module, _, function = name.rpartition(".")
        real: Callable[..., object] = getattr(import_module(module), function)

        def with_note(*given: object, **more: object) -> object:
            steps.append(step)
            return real(*given, **more)

        monkeypatch.setattr(name, with_note)

    noted("fazhi_xl.office.returns.open.read", "read")
    noted("fazhi_xl.office.returns.answer.locate", "found")
    return steps


def test_nothing_is_done_again(came: IssuedRound, known: Store, done: list[str]) -> None:
    """Only the two that were refused are read again, as some refusals pass; nothing is looked through."""
    read(came, known)
    assert done == ["read", "read"]


def test_what_it_depends_on(came: IssuedRound, known: Store, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """With other passwords, or by another program, all is done again; for forms that are made otherwise all are looked through."""
    other = replace(came, notice=came.notice.model_copy(update={"campaign": "另一轮"}))
    read(other, known)
    assert sorted(done) == [*["found"] * 5, "read", "read"]
    done.clear()
    read(came, known, ("123",))
    assert sorted(done) == [*["found"] * 5, *["read"] * 7]
    done.clear()
    monkeypatch.setattr(read_before, "program_digest", lambda: "another")
    read(came, known)
    assert sorted(done) == [*["found"] * 5, *["read"] * 7]


def test_another_file_by_the_same_name(came: IssuedRound, known: Store, office: Office) -> None:
    """A file is known by its bytes, whatever it is called."""
    office.receive("对.xlsx", office.filled(FIRST, office.good(FIRST, 7)))
    office.receive("新.xlsx", office.filled(FIRST))
    assert read(came, known) == read(came)


@pytest.mark.parametrize("value", ["1", 1, True, False, None, Fraction(1, 3), date(2020, 2, 29), "[1]", ""])
def test_values_come_back(value: object) -> None:
    """Every value that a cell or a finding may have comes back equal, and of its own type."""
    again = unpacked(json.loads(json.dumps(packed(value))))
    assert (again, type(again)) == (value, type(value))


@pytest.mark.parametrize("value", [0.5, datetime(2020, 1, 1), object(), Code.FILE_EMPTY, ("a",)])  # noqa: DTZ001
def test_values_of_other_kinds(value: object) -> None:
    """Any other value is not kept, rather than to come back as something else."""
    with pytest.raises(TypeError):
        packed(value)
