"""Faults 61 and 90 to 102: whose form it is, which of several counts, and the evidence that comes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition, form_number
from tests.faults.fault import PATH, Expected, Fault, Found, assert_fault, spoilt
from tests.support.campaign import shape_of
from tests.support.evidence import pdf
from tests.support.offices import FIRST, SECOND, Office, dated

Answers = dict[str, Value]
FACT = "15.6.次数.填报"
SUPERSEDED = Expected(status="superseded", found=(("superseded-file", None),))
EVIDENCE = Expected(status="ignored", found=(("evidence-file", None),), unit=None)
GOOD = Expected(status="accepted")


def at(code: str, key: str) -> Found:
    """Give a finding at the cell of an input."""
    return code, shape_of(FIRST).places[key].cell


def noted(*found: Found) -> Expected:
    return Expected(status="accepted_with_notes", found=found)


def retyped(change: Callable[[str], str]) -> Callable[[bytes], bytes]:
    """Change every text of a workbook, as somebody does who has unlocked it."""

    def spoil(good: bytes) -> bytes:
        book = openpyxl.load_workbook(BytesIO(good))
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "s" and cell.value:
                        cell.value = change(str(cell.value))
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return spoil


def two(
    first: Callable[[Office], Answers],
    second: Callable[[Office], Answers],
    names: tuple[str, str] = ("2020-11-12/表.xlsx", "2020-11-18/表.xlsx"),
) -> Callable[[Office], None]:
    """Receive two returns of one unit, the second in the afternoon."""

    def receive(office: Office) -> None:
        for name, answers, hour in zip(names, (first, second), (9, 15), strict=True):
            dated(office.receive(name, office.filled(FIRST, answers(office))), date(2020, 11, 18), hour)

    return receive


def good(office: Office) -> Answers:
    return office.good(FIRST)


def with_fact(value: Value) -> Callable[[Office], Answers]:
    return lambda office: {**good(office), FACT: value}


def only(office: Office) -> Answers:
    return {FACT: good(office)[FACT]}


def all_but(office: Office) -> Answers:
    return {key: value for key, value in good(office).items() if key != FACT}


def at_one_moment(office: Office) -> None:
    for no in (1, 2):
        office.receive(f"{no}.xlsx", office.filled(FIRST, {**good(office), FACT: 400 + no}))


def same_bytes(office: Office) -> None:
    for name in ("表.xlsx", "表(1).xlsx"):
        office.receive(name, office.filled(FIRST))


def in_anothers_book(office: Office) -> None:
    own, other = office.forms[FIRST], office.forms[SECOND]
    office.receive(PATH, retyped(lambda text: text.replace(own.number, other.number))(office.filled(FIRST)))


def under(path: str) -> Callable[[Office], None]:
    def receive(office: Office) -> None:
        office.receive(path, office.filled(FIRST))

    return receive


def another_edition(office: Office) -> None:
    own = office.forms[FIRST].number
    other = form_number(prefix="ZL2020", unit_no=2, edition=Edition(number=2), key=office.space.key())
    office.receive(PATH, retyped(lambda text: text.replace(own, other))(office.filled(FIRST)))


def unfilled(office: Office) -> None:
    office.receive(PATH, office.issued(FIRST))


def unfilled_beside_filled(office: Office) -> None:
    office.receive("2020-11-12/表.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/空.xlsx", office.issued(FIRST))


def partly(office: Office) -> None:
    office.receive(PATH, office.filled(FIRST, all_but(office)))


def two_numbers(office: Office) -> None:
    book = openpyxl.load_workbook(BytesIO(office.filled(FIRST)))
    book["联络员名单"]["A3"] = f"表号:{office.forms[SECOND].number}"
    out = BytesIO()
    book.save(out)
    office.receive(PATH, out.getvalue())


def listing(name: str, *beside: str) -> Callable[[Office], None]:
    """Receive a form whose ledger names one file, and evidence beside it."""

    def receive(office: Office) -> None:
        answers = {key: value for key, value in good(office).items() if not key.endswith((".文件名", ".页数"))}
        office.receive(f"{FIRST}/表.xlsx", office.filled(FIRST, {**answers, LISTED: name}))
        for no, path in enumerate(beside, 1):
            office.receive(f"{FIRST}/{path}", pdf([f"0 0 {no} 9 re f"]))

    return receive


LISTED = "台账.001.文件名"
UNLISTED: Found = ("evidence-unlisted", None)
_FORM = f"{FIRST}/表.xlsx"


def elsewhere(no: int, name: str) -> Fault:
    return Fault(no=no, what=name, receive=listing(name), expect={_FORM: noted(at("evidence-elsewhere", LISTED))})


FAULTS: tuple[Fault, ...] = (
    Fault(
        no=61,
        what="two halves of one form",
        receive=two(only, all_but),
        expect={
            "2020-11-12/表.xlsx": SUPERSEDED,
            "2020-11-18/表.xlsx": Expected(status="needs_correction", found=(("two-halves", None), at("value-missing", FACT))),
        },
    ),
    Fault(
        no=90,
        what="a correction",
        receive=two(with_fact(400), with_fact(500)),
        expect={"2020-11-12/表.xlsx": SUPERSEDED, "2020-11-18/表.xlsx": GOOD},
    ),
    Fault(
        no=90,
        what="a correction under a name with (1), of one day",
        receive=two(with_fact(400), with_fact(500), ("表.xlsx", "表(1).xlsx")),
        expect={"表.xlsx": SUPERSEDED, "表(1).xlsx": GOOD},
    ),
    Fault(
        no=90,
        what="two returns of one moment",
        receive=at_one_moment,
        expect={"1.xlsx": SUPERSEDED, "2.xlsx": noted(("same-time", None))},
    ),
    Fault(
        no=91,
        what="equal files",
        receive=same_bytes,
        expect={"表(1).xlsx": GOOD, "表.xlsx": Expected(status="duplicate", found=(("duplicate-file", None),))},
    ),
    Fault(
        no=91,
        what="equal answers",
        receive=two(with_fact(5), with_fact(" 5 ")),
        expect={
            "2020-11-12/表.xlsx": GOOD,
            "2020-11-18/表.xlsx": Expected(status="duplicate", found=(("duplicate-answers", None),)),
        },
    ),
    Fault(
        no=92,
        what="another unit's number typed in",
        receive=in_anothers_book,
        expect={PATH: Expected(status="rejected", found=(("form-contradiction", None),), unit=None)},
    ),
    Fault(
        no=92,
        what="another unit's file name",
        receive=under("04_政协机关_任务分解表_2020.xlsx"),
        expect={"04_政协机关_任务分解表_2020.xlsx": noted(("file-name-differs", None))},
    ),
    Fault(
        no=92,
        what="another unit's folder",
        receive=under("04_政协机关/表.xlsx"),
        expect={"04_政协机关/表.xlsx": noted(("folder-differs", None))},
    ),
    spoilt(93, "last year's form", retyped(lambda text: text.replace("ZL2020-", "ZL2019-")), "rejected", ("form-other-round", None)),
    spoilt(93, "another office's form", retyped(lambda text: text.replace("ZL2020-", "TN2020-")), "rejected", ("form-foreign", None)),
    Fault(no=93, what="another edition", receive=another_edition, expect={PATH: noted(("form-edition", None))}),
    Fault(
        no=94,
        what="nothing filled in",
        receive=unfilled,
        expect={PATH: Expected(status="needs_correction", found=(("form-unfilled", None),))},
    ),
    Fault(
        no=94,
        what="nothing filled in, after a return that was",
        receive=unfilled_beside_filled,
        expect={
            "2020-11-12/表.xlsx": GOOD,
            "2020-11-18/空.xlsx": Expected(status="needs_correction", found=(("form-unfilled", None),)),
        },
    ),
    Fault(
        no=96,
        what="partly filled in",
        receive=partly,
        expect={PATH: Expected(status="needs_correction", found=(at("value-missing", FACT),))},
    ),
    spoilt(97, "the number is gone", retyped(lambda text: text.partition("表号")[0]), "rejected", ("form-number-gone", None)),
    spoilt(97, "number and unit are gone", retyped(lambda text: "" if "表号" in text else text), "rejected", ("form-unknown", None)),
    Fault(
        no=98,
        what="two forms put together",
        receive=two_numbers,
        expect={PATH: Expected(status="rejected", found=(("form-mixed", None),), unit=None)},
    ),
    Fault(no=99, what="an alias", receive=under("区人大常委会/表.xlsx"), expect={"区人大常委会/表.xlsx": GOOD}),
    Fault(
        no=101,
        what="listed and not there",
        receive=listing("15/总结.pdf", "15/通知.pdf", "20/简报.pdf"),
        expect={
            _FORM: noted(at("evidence-not-there", LISTED), UNLISTED),
            f"{FIRST}/15/通知.pdf": EVIDENCE,
            f"{FIRST}/20/简报.pdf": EVIDENCE,
        },
    ),
    Fault(
        no=101,
        what="listed and there",
        receive=listing("15/总结.pdf", "15.普法/总结.PDF", "20/简报.pdf"),
        expect={_FORM: noted(UNLISTED), f"{FIRST}/15.普法/总结.PDF": EVIDENCE, f"{FIRST}/20/简报.pdf": EVIDENCE},
    ),
    Fault(
        no=101,
        what="a private character in the file's name",
        receive=listing("15/䶮桥村总结.pdf", "15.普法/\ue863桥村总结.pdf", "20/简报.pdf"),
        expect={_FORM: noted(UNLISTED), f"{FIRST}/15.普法/\ue863桥村总结.pdf": EVIDENCE, f"{FIRST}/20/简报.pdf": EVIDENCE},
    ),
    elsewhere(101, "见附件3"),
    elsewhere(101, "详见系统"),
    elsewhere(101, "D:\\台账\\总结.pdf"),
    elsewhere(102, "https://pan.baidu.com/s/1abc"),
    elsewhere(102, "file:///D:/台账/总结.pdf"),
)  # fmt: skip

UNTESTED: Mapping[int, str] = {
    95: "the form has no sample rows",
    100: "no input asks for a total: totals are locked formulas that are never read, and one typed over is fault 38",
}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)
