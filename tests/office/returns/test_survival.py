"""Whatever is raised over one file, at whatever stage, is told of that file, and every other is collected."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import pytest

from fazhi_xl.findings.catalogue import FAILURES
from fazhi_xl.form.model import Form, Shape
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.office.returns.select import selected
from fazhi_xl.rounds.file import FileResult
from tests.support.mails import mail
from tests.support.offices import FIRST, FOURTH, SECOND, Office
from tests.support.spoiling import zipped

BAD = "坏"
STAGES = {
    "archive": "fazhi_xl.intake.returns_folder:members",
    "mail": "fazhi_xl.intake.returns_folder:attached",
    "opening": "fazhi_xl.office.returns.open:_why_ignored",
    "own files": "fazhi_xl.office.returns.own_files:_closed",
    "identity": "fazhi_xl.office.returns.identify:_identify",
    "sender": "fazhi_xl.office.returns.identify:origin_doubts",
    "cells": "fazhi_xl.office.returns.answer:_found",
    "answers": "fazhi_xl.office.returns.answer:read_answers",
    "examination": "fazhi_xl.office.returns.answer:examined",
    "choice": "fazhi_xl.office.returns.select:_decided",
    "evidence": "fazhi_xl.office.returns.evidence_owners:_may_be_evidence",
    "documents": "fazhi_xl.office.returns.checks.check:documents",
    "surroundings": "fazhi_xl.office.returns.checks.check:surrounding_findings",
    "lateness": "fazhi_xl.office.returns.lateness:_noted",
}


def is_about(bad: Office, given: object) -> bool:
    """Say whether a stage's argument is the bad file, or what was made of it."""
    match given:
        case Arrival() | FileResult():
            return BAD in given.path and not given.trace
        case Form():
            return given.unit == FIRST
        case Shape():
            return given is bad.forms[FIRST].shape
        case list():
            return any(is_about(bad, each) for each in given)
    arrival = getattr(given, "arrival", None)
    return arrival is not None and is_about(bad, arrival)


def explode(office: Office, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """Let a function of a stage raise where it is given the bad file."""
    name, _, function = stage.partition(":")
    module = importlib.import_module(name)
    real: Callable[..., Any] = getattr(module, function)

    def exploding(*given: object, **options: object) -> object:
        if any(is_about(office, each) for each in given):
            message = "炸了"
            raise ArithmeticError(message)
        return real(*given, **options)

    monkeypatch.setattr(module, function, exploding)
    forms = tuple(office.forms.values())
    monkeypatch.setattr("fazhi_xl.office.workspace.issued_round.forms_of", lambda *_: forms)


@pytest.mark.parametrize("stage", STAGES)
def test_stages(office: Office, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """The bad file is refused, with the log named in which the traceback stands; the others are accepted."""
    bad = f"{BAD}/表.xlsx"
    if stage in {"mail", "archive"}:
        letter = mail({"表.xlsx": office.filled(FIRST)}).as_bytes()
        bad = f"{BAD}.eml" if stage == "mail" else f"{BAD}.zip"
        office.receive(bad, letter if stage == "mail" else zipped({"表.xlsx": office.filled(FIRST)}))
    elif stage == "evidence":
        bad = f"{BAD}.pdf"
        office.receive(bad, b"%PDF-1.4")
    else:
        office.receive(bad, office.filled(FIRST))
    office.receive("好.xlsx", office.filled(SECOND))
    office.receive("1/好.xlsx", office.filled(FOURTH))
    explode(office, monkeypatch, STAGES[stage])
    office.collect()
    assert office.statuses() == {bad: "rejected", "好.xlsx": "accepted", "1/好.xlsx": "accepted"}
    (found,) = office.file(bad)["findings"]
    assert found["message"] == (
        "处理时出现意外错误,已跳过,其余文件照常处理(ArithmeticError;细节写在结果文件夹的“出错记录.log”里)。"
        "请把文件和这份记录交维护人员。"
    )
    log = (office.space.results / FAILURES).read_text("utf-8")
    assert log.startswith(f"{bad}\n")
    assert "ArithmeticError: 炸了" in log


def test_a_look_at_litter(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one of which only its content tells whether it is litter, where looking at that fails."""
    office.receive(".坏.xlsx", office.filled(FIRST))
    office.receive("好.xlsx", office.filled(SECOND))

    def exploding(_: bytes) -> NoReturn:
        raise ArithmeticError

    monkeypatch.setattr("fazhi_xl.office.returns.sources.sniff", exploding)
    office.collect()
    assert office.statuses() == {".坏.xlsx": "rejected", "好.xlsx": "accepted"}
    assert office.codes(".坏.xlsx") == ["file-failed"]


@pytest.mark.whole
def test_sending_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no form can be drawn to be sent back, the return says so, and the others get theirs; the log goes once it can."""
    for unit in (FIRST, SECOND):
        office.receive(f"{unit}.xlsx", office.filled(unit, {}))
    with monkeypatch.context() as patched:
        explode(office, patched, "fazhi_xl.office.outputs.corrections:refilled")
        office.collect()
    assert office.codes(f"{FIRST}.xlsx")[-1] == "letter-failed"
    assert "letter-failed" not in office.codes(f"{SECOND}.xlsx")
    packs = sorted(path.name for path in office.space.corrections.glob("*.xlsx"))
    assert [name[3:] for name in packs] == [f"{SECOND}_退回修改.xlsx"]
    log = office.space.results / FAILURES
    assert "ArithmeticError: 炸了" in log.read_text("utf-8")
    office.collect()
    assert "letter-failed" not in office.codes(f"{FIRST}.xlsx")
    assert len(list(office.space.corrections.glob("*.xlsx"))) == 2
    assert not log.exists()


def test_nobody_to_blame(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no file sets off by itself or with its unit's others ends the run: it would be the same the next time."""
    office.receive("好.xlsx", office.filled(SECOND))
    office.receive("又.xlsx", office.filled(FIRST))
    real = selected

    def only_together(returns: Sequence[object], *rest: object) -> object:
        if len(returns) > 1:
            raise ArithmeticError
        return real(returns, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("fazhi_xl.office.returns.pipeline.selected", only_together)
    with pytest.raises(ArithmeticError):
        office.collect()
