"""The sheet on which a unit asks for reviews: what it shows, and how it is read when it comes back, whatever was done to it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from fazhi_xl.answers.located import Located
from fazhi_xl.findings import Code
from fazhi_xl.form.appeal_form import AppealRow, AppealSheet, appeal_form
from fazhi_xl.form.identity import appeal_number, find_form_number, form_number, read_appeal_number, read_form_number
from fazhi_xl.form.model import Form
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Unit
from fazhi_xl.office.returns.identify import IssuedNumbers
from fazhi_xl.office.returns.provenance import origins
from fazhi_xl.office.returns.requests import with_requests
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn
from fazhi_xl.reports.media.workbook import ReportBook, ReportSheet, Sentence
from fazhi_xl.rounds.appeals import Request
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.fill import fill
from fazhi_xl.xlsx.reader import read
from fazhi_xl.xlsx.writer.feedback import feedback_bytes
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.libreoffice import LibreOffice
from tests.support.campaign import EDITION, KEY, forms, the_notice
from tests.support.invented_requests import invented_request
from tests.support.reviews import Entry, located

UNIT = "信访局"
FIRST, SECOND = forms()[UNIT].shape.sub_points[:2]


def unit(short: str = UNIT) -> Unit:
    return the_notice().units_by_short[short]


def form(short: str = UNIT) -> Form:
    notice, own = the_notice(), unit(short)
    number = appeal_number(prefix=notice.about.form_prefix, unit_no=own.no, edition=EDITION, key=KEY)
    rows = tuple(
        AppealRow(sub_point=notice.sub_points[code].id, text=code, points="1.00", own="1.00", mark="0.50", written="材料不足")
        for code in forms()[short].shape.sub_points[:2]
    )  # fmt: skip
    sheet = AppealSheet(notice=notice, unit=own, number=number, rows=rows, today=date(2020, 12, 10))
    return appeal_form(sheet, KEY)


@cache
def drawn(short: str = UNIT) -> bytes:
    report = ReportSheet(name="反馈单", title="反馈单", blocks=(Sentence("总分62.91"),), widths=(40,))
    return feedback_bytes(ReportBook(title="反馈单", sheets=(report,), footer=""), form(short), the_notice().theme)


def filled(data: bytes, entries: dict[str, Entry]) -> bytes:
    found: Located = located(data)
    spots = {key: spot for key in entries if (spot := found.spot(key))}
    assert spots.keys() == entries.keys()
    return fill(data, [(spots[key].sheet, spots[key].cell, value) for key, value in entries.items()])


def typed(code: str = FIRST, **said: Entry) -> dict[str, Entry]:
    entries = {"申请复核": "申请", "理由": "签到表能证明", **said}
    return {f"复核申请.{the_notice().sub_points[code].id}.{column}": value for column, value in entries.items()}


def taken(data: bytes, path: str = "反馈单.xlsx") -> OpenedReturn | ClosedFile:
    issued = IssuedNumbers(
        units={each.no: each for each in the_notice().units},
        forms=forms(),
        origins=origins(the_notice(), None),
        prefix=the_notice().about.form_prefix,
        edition=EDITION,
        key=KEY,
    )
    arrival = Arrival(path=path, received=date(2020, 12, 10))
    (made,) = with_requests([OpenedReturn(arrival=arrival, book=read(data))], the_notice(), issued)
    return made


def asked(data: bytes, path: str = "反馈单.xlsx") -> Request:
    made = taken(data, path)
    assert isinstance(made, ClosedFile)
    assert (made.status, made.answers, made.unit) == (Status.IGNORED, None, UNIT)
    assert made.request
    return made.request


def test_its_number_is_no_forms_number() -> None:
    """The number names the unit as a form's does, and neither passes for the other."""
    number = form().number
    assert find_form_number(f"表号:{number}") == number
    assert read_appeal_number(number, KEY).genuine
    assert not read_form_number(number, KEY).genuine
    other = form_number(prefix=the_notice().about.form_prefix, unit_no=unit().no, edition=EDITION, key=KEY)
    assert not read_appeal_number(other, KEY).genuine


def test_what_comes_back() -> None:
    """Rows in which anything stands are read, with what was printed in them; the others say nothing."""
    request = asked(filled(drawn(), typed(新的材料="签到表2份")))
    (row,) = request.rows
    assert (row.sub_point, row.asked, row.reason, row.material, row.mark) == (
        the_notice().sub_points[FIRST].id, True, "签到表能证明", "签到表2份", "0.50",
    )  # fmt: skip
    assert row.proof == form().shape.given[f"复核申请.{row.sub_point}.凭据"]
    assert (request.unknown, request.others, row.wrong) == ((), "", ())
    assert asked(drawn()).rows == ()


def test_what_is_made_up() -> None:
    """A made-up request is one that can be read; on a sheet without rows nothing is asked."""
    made = invented_request(drawn(), Random(1))
    assert made
    (row,) = asked(made).rows
    assert (row.asked, bool(row.reason), row.wrong) == (True, True, ())
    bare = ReportBook(
        title="反馈单", sheets=(ReportSheet(name="反馈单", title="反馈单", blocks=(), widths=(40,)),), footer=""
    )
    assert invented_request(report_bytes(bare, the_notice().theme), Random(1)) is None


def test_half_and_wrong_rows() -> None:
    """A tick without a reason, a reason without a tick, another word than the one to choose, and a reason that is too long."""
    entries = {**typed(理由=None), **typed(SECOND, 申请复核=None)}
    assert [(row.asked, row.reason) for row in asked(filled(drawn(), entries)).rows] == [
        (True, ""),
        (False, "签到表能证明"),
    ]
    (row,) = asked(filled(drawn(), typed(申请复核="是"))).rows
    assert (row.asked, [found.code for found in row.wrong]) == (False, [Code.CHOICE_UNKNOWN])
    (row,) = asked(filled(drawn(), typed(理由="长" * 301))).rows
    assert [found.code for found in row.wrong] == [Code.TEXT_TOO_LONG]


def test_another_name_and_place() -> None:
    """The file may be called anything; where name or folder are another unit's the request is not believed."""
    data = filled(drawn(), typed())
    assert asked(data, "新建文件夹/1.xlsx").others == ""
    assert asked(data, "法院/反馈单.xlsx").others == "法院"
    assert asked(data, "法院反馈单.xlsx").others == "法院"


def test_pasted_into_the_form() -> None:
    """A form's own number beside it makes it no request: several workbooks in one are sent back as such."""
    number = forms()[UNIT].number
    data = fill(filled(drawn(), typed()), [("反馈单", "A1", f"表号:{number}")])
    assert isinstance(taken(data), OpenedReturn)


def test_without_its_number() -> None:
    """Where the number is gone nothing says whose request it is: it goes on as any workbook does."""
    made = located(drawn())
    place = made.rows[f"复核申请.{the_notice().sub_points[FIRST].id}"]
    assert place[0] == "复核申请"
    data = fill(filled(drawn(), typed()), [("复核申请", "A3", "填报单位:信访局")])
    assert isinstance(taken(data), OpenedReturn)


def test_a_row_of_nobody() -> None:
    """A row whose code was typed over, as of a sub-point that there is not, is named."""
    sheet, no = located(drawn()).rows[f"复核申请.{the_notice().sub_points[FIRST].id}"]
    data = fill(filled(drawn(), typed()), [(sheet, f"A{no}", "复核申请.99.9")])
    request = asked(data)
    assert (request.rows, request.unknown) == ((), ("复核申请.99.9",))


@pytest.mark.parametrize("ending", ["xls", "ods", "xlsx"])
def test_saved_by_another_client(ending: str, libreoffice: LibreOffice, tmp_path: Path) -> None:
    """What another program saved, in its own format too, is read alike."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(filled(drawn(), typed()))
    with libreoffice.open(path) as document:
        saved = document.save_as(tmp_path / f"b.{ending}", ending)  # type: ignore[arg-type] # one of its formats
    (row,) = asked(saved.read_bytes()).rows
    assert (row.asked, row.reason, row.mark) == (True, "签到表能证明", "0.50")
