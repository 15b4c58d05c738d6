"""The issued workbook on paper and under a clerk's hands, in a real client: pages, long entries, links, typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.form.model import Field, Form
from fazhi_xl.form.sheets.unit import completeness
from fazhi_xl.notice.choices import Kind
from tests.clients.libreoffice import Document, Input, LibreOffice
from tests.clients.pdf import page_sizes, pages_text
from tests.support.campaign import EDITION, the_notice
from tests.support.offices import Office

pytestmark = pytest.mark.libreoffice
UNITS = ("司法局", "法院", "团委")
MAIN = "任务分解表"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made = Office(the_notice(), tmp_path_factory.mktemp("pages") / "out")
    made.issue(*UNITS)
    return made


@pytest.fixture(params=UNITS)
def opened(request: pytest.FixtureRequest, office: Office, libreoffice: LibreOffice) -> Iterator[tuple[Form, Document]]:
    with libreoffice.open(office.path(request.param)) as document:
        yield office.forms[request.param], document


@pytest.fixture(scope="module", params=UNITS)
def printed(
    request: pytest.FixtureRequest, office: Office, libreoffice: LibreOffice, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Form, Path]:
    with libreoffice.open(office.path(request.param)) as document:
        return office.forms[request.param], document.export_pdf(tmp_path_factory.mktemp("printed") / "form.pdf")


def test_pages(printed: tuple[Form, Path]) -> None:
    """Every page is A4 across and bears form number, page number and sheet; the instructions take one page."""
    form, pdf = printed
    pages = pages_text(pdf)
    assert set(page_sizes(pdf)) == {(842, 595)}
    for number, text in enumerate(pages, 1):
        assert form.number in text
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(pages)}\s*页", text), number
    assert [number for number, text in enumerate(pages) if f"{form.unit} 填报说明" in text] == [0]
    assert f"{EDITION.number}" in form.number


def test_main_sheet_on_paper(printed: tuple[Form, Path]) -> None:
    """The headings stand on each page of the main sheet; its last one has the line to sign with the code, and the total is not far."""
    form, pdf = printed
    pages = [text for text in pages_text(pdf) if f"{form.unit} {MAIN}" in text]
    heads = ("得分点和填报指标", "填报内容", "测算分", "自评分", "情况说明", "都通过才能报送")
    assert all(word in text for text in pages for word in heads)
    assert all(word in pages[-1] for word in ("内容校验码", "填报人", "审核人", "分管领导(签字)", "单位(盖章)"))
    assert any("合计" in text for text in pages[-2:])


@pytest.mark.exhaustive
def test_nothing_is_clipped_as_issued(opened: tuple[Form, Document]) -> None:
    """No row of a blank form is lower than its texts."""
    assert opened[1].clipped() == []


def test_nothing_is_clipped_at_the_longest_entries(opened: tuple[Form, Document]) -> None:
    """Rows grow with the longest texts allowed, and have room for what the results then say."""
    form, document = opened
    document.set_inputs(_longest(form, key, field) for key, field in form.shape.fields.items())
    document.calculate_all()
    assert document.clipped() == []


def test_nothing_is_clipped_in_a_form_of_errors(opened: tuple[Form, Document]) -> None:
    """Where every input is wrong, each result tells so in full."""
    form, document = opened
    places = (form.shape.places[key] for key in form.shape.fields)
    document.set_inputs(Input(sheet=at.sheet, cell=at.cell, kind="text", value="约五") for at in places)
    document.calculate_all()
    assert document.clipped() == []


def _longest(form: Form, key: str, field: Field) -> Input:
    place = form.shape.places[key]
    if field.kind is Kind.TEXT:
        return Input(sheet=place.sheet, cell=place.cell, kind="text", value="满" * field.length)
    if field.kind is Kind.CHOICE:
        return Input(sheet=place.sheet, cell=place.cell, kind="text", value=max(field.options, key=len))
    if field.kind is Kind.DATE:
        return Input(sheet=place.sheet, cell=place.cell, kind="date", value=date(2020, 12, 31))
    return Input(sheet=place.sheet, cell=place.cell, kind="number", value=99_999.99)


BARE: dict[str, int] = {
    "6.1.自评": 2,
    "6.2.自评": 2,
}  # with no document for either: both rows of the ledger are to be confirmed
LINKS: list[tuple[str, dict[str, int], str]] = [
    ("检查.01", {}, "任务分解表!G7"),  # the self-score of 6.1
    ("检查.01", {"6.1.自评": 2}, "任务分解表!C8"),  # its first fact
    ("检查.01", {"6.1.自评": 2, "6.1.应出庭.填报": 5}, "任务分解表!C9"),
    ("检查.02", {}, "任务分解表!G18"),
    ("台账目录", BARE, "台账目录!B6"),
    ("台账目录", {"6.2.自评": 2}, "台账目录!B7"),
    (
        "台账目录",
        {**BARE, "台账.004.页数": 3},
        "台账目录!B9",
    ),  # what is open comes first, though it stands further down
    ("台账目录", {**BARE, "台账.004.页数": 0}, "台账目录!B9"),
]


@pytest.mark.parametrize(("line", "values", "cell"), LINKS)
def test_links_lead_to_the_first_open_input(
    office: Office, libreoffice: LibreOffice, line: str, values: dict[str, int], cell: str
) -> None:
    """Each line of the panel leads to the first input that is open or wrong, else to the first to be confirmed.

    The client computes the same place.
    """
    form = office.forms["法院"]
    places = form.shape.places
    sheets = {str(said): key.rpartition(".")[0] for key, said in form.shape.given.items() if key.startswith("检查.")}
    line = sheets.get(line, line)
    link, spare = places[f"{line}.{completeness.GO}"], places[f"{line}.{completeness.BODY}"]
    with libreoffice.open(office.path("法院")) as document:
        document.set_inputs(
            Input(sheet=places[key].sheet, cell=places[key].cell, kind="number", value=value)
            for key, value in values.items()
        )
        document.set_formula(spare.sheet, spare.cell, _target(document, link.sheet, link.cell))
        (shown,) = document.read([(spare.sheet, spare.cell)])
    sheet, _, at = cell.partition("!")
    assert shown.content == f"#'{sheet}'!{at}"


def _target(document: Document, sheet: str, cell: str) -> str:
    """Take what a link leads to out of its formula."""
    (reading,) = document.read([(sheet, cell)])
    (target,) = re.findall(r"HYPERLINK\((.*);IF\(", reading.formula)
    return f"={target}"


def test_entering_respects_protection(office: Office, libreoffice: LibreOffice) -> None:
    """Through the client's own input line an input of each kind on each sheet takes an entry, and nothing that is locked does."""
    form = office.forms["团委"]
    kinds = {(form.shape.places[key].sheet, field.kind): key for key, field in form.shape.fields.items()}
    locked = [(place.sheet, place.cell) for place, key, _ in form.shape.coded if key not in form.shape.fields]
    with libreoffice.open(office.path("团委")) as document:
        for key in kinds.values():
            place = form.shape.places[key]
            assert document.enter(place.sheet, place.cell, "7").changed, key
        for sheet, cell in locked[:: max(1, len(locked) // 30)]:
            assert not document.enter(sheet, cell, "7").changed, (sheet, cell)
