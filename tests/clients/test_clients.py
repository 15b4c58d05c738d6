"""The drivers themselves, on a small form with what the issued workbooks are made of."""

import os
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.clients import pdf
from tests.clients.absent import REQUIRE, skip_or_fail
from tests.clients.libreoffice import Document, Input, LibreOffice, LibreOfficeError, LibreOfficeLostError
from tests.clients.validator import Fault, Validator

SHEET = "填报表"
FORMULAS = {
    "C2": '=IF(B2="是",1,0)',
    "C3": "=ROUND(B3/3,2)",
    "C4": "=EDATE(B4,3)",
    "C5": "=SUM(B3,B5)",
    "C6": "=SUMPRODUCT((B3:B5>2)*1)",
    "C7": '=IF(B2="","未填","已填")',
    "C8": "=1/B5",
}


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """B2 takes 是 or 否, B3 0 to 10, B4 a date, B5 anything; all else is locked, and 词表 is hidden."""
    path = tmp_path_factory.mktemp("form") / "任务分解表.xlsx"
    with Workbook(path) as book:
        _fill_in(book, book.add_worksheet(SHEET))
        lists = book.add_worksheet("词表")
        lists.write_column("A1", ["是", "否"])
        lists.hide()
        book.define_name("f_15_4_次数", f"={SHEET}!$B$3")
    return path


def _fill_in(book: Workbook, sheet: Worksheet) -> None:
    sheet.write_column("A1", ["编号", "15.1", "15.2", "15.3", "15.4"])
    sheet.write_row("B1", ["填报内容", "测算分"])
    sheet.write_blank("B4", None, book.add_format({"locked": False, "num_format": "yyyy-mm-dd"}))
    for cell in ("B2", "B3", "B5"):
        sheet.write_blank(cell, None, book.add_format({"locked": False}))
    for cell, formula in FORMULAS.items():
        sheet.write_formula(cell, formula, None, "")
    sheet.data_validation("B2", {"validate": "list", "source": ["是", "否"], "error_message": "请选择是或否"})
    sheet.data_validation("B3", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10})
    sheet.set_paper(9)
    sheet.protect()


@pytest.fixture
def document(libreoffice: LibreOffice, form: Path) -> Iterator[Document]:
    with libreoffice.open(form) as opened:
        yield opened


ANSWERS = (
    Input(sheet=SHEET, cell="B2", kind="text", value="是"),
    Input(sheet=SHEET, cell="f_15_4_次数", kind="number", value=Decimal("2.5")),
    Input(sheet=SHEET, cell="B4", kind="date", value=date(2020, 11, 30)),
    Input(sheet=SHEET, cell="B5", kind="number", value=4),
)
RESULTS = {"C2": 1.0, "C3": 0.83, "C4": 44255.0, "C5": 6.5, "C6": 3.0, "C7": "已填", "C8": 0.25}


def test_answers_are_set_and_recalculated(document: Document) -> None:
    """What is set, by address or by name, is what the formulas count with."""
    document.set_inputs(ANSWERS)
    document.calculate_all()
    assert {found.cell: found.content for found in document.formulas()} == RESULTS
    assert [found.content for found in document.read([(SHEET, "B2"), (SHEET, "B4")])] == ["是", 44165.0]


def test_a_reading_tells_what_stands_in_a_cell(document: Document) -> None:
    """Empty, number, text and formula are told apart, what a cell shows from what it holds, and errors have codes."""
    document.set_inputs(ANSWERS[2:])
    document.calculate_all()
    locked, date_cell, blank, text_result = document.read((SHEET, cell) for cell in ("A2", "B4", "B2", "C7"))
    assert (locked.kind, locked.text, locked.formula) == ("text", "15.1", "")
    assert (date_cell.kind, date_cell.value, date_cell.string) == ("value", 44165.0, "2020-11-30")
    assert (blank.kind, blank.content) == ("empty", None)
    assert (text_result.kind, text_result.result, text_result.content) == ("formula", "text", "未填")


def test_an_error_has_its_code(document: Document) -> None:
    """A formula that fails is an error and no number."""
    document.calculate_all()
    (failed,) = document.read([(SHEET, "C8")])
    assert (failed.result, failed.error, failed.content) == ("error", 532, "#DIV/0!")


def test_blank_takes_an_answer_back(document: Document) -> None:
    """A cell that is blanked is empty, not 0 and not an empty text."""
    document.set_inputs([*ANSWERS, Input(sheet=SHEET, cell="B5", kind="blank")])
    assert document.read([(SHEET, "B5")])[0].kind == "empty"


@pytest.mark.parametrize("value", ["是", True, None])
def test_a_value_must_be_of_its_kind(value: str | bool | None) -> None:  # noqa: FBT001 -- a bool is what is refused
    """An input whose value does not suit its kind is a mistake in the test that made it."""
    with pytest.raises(ValueError, match="is no number"):
        Input(sheet=SHEET, cell="B3", kind="number", value=value).content()


def test_sheets_are_listed_with_hidden_ones(document: Document) -> None:
    assert document.sheets() == [SHEET, "词表"]


@pytest.mark.parametrize(
    ("cell", "text", "shown"),
    [
        ("B2", "是", "是"),
        ("B2", "其他", ""),
        ("B3", "7", "7"),
        ("B3", "11", ""),
        ("B3", "5分", ""),
        ("B4", "2020年11月30日", "2020-11-30"),
        ("A2", "15.9", "15.1"),
        ("C7", "已填", "未填"),
    ],
)
def test_typing_is_bound_by_the_form(document: Document, cell: str, text: str, shown: str) -> None:
    """A locked cell and a value that the validation forbids stay as they were; dates are read as in China."""
    typed = document.type_into(SHEET, cell, text)
    assert typed.after.string == shown
    assert typed.changed == (typed.before.string != shown)


def test_deleting_is_bound_by_the_form(document: Document) -> None:
    """Delete empties an input and leaves a locked cell alone."""
    document.type_into(SHEET, "B5", "说明")
    assert document.type_into(SHEET, "B5", "").after.kind == "empty"
    assert not document.type_into(SHEET, "A2", "").changed


def test_a_hidden_sheet_cannot_be_typed_into(document: Document) -> None:
    assert not document.type_into("词表", "A1", "不涉及").changed


def test_a_key_that_moves_the_cursor_is_no_text(document: Document) -> None:
    with pytest.raises(ValueError, match="no single key"):
        document.type_into(SHEET, "B5", "甲\n乙")


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_a_copy_in_each_format_comes_back(
    document: Document, libreoffice: LibreOffice, tmp_path: Path, suffix: str
) -> None:
    """Saved in any of the three formats and opened again, the answers and results are the same."""
    document.set_inputs(ANSWERS)
    document.calculate_all()
    with libreoffice.open(document.save_as(tmp_path / f"回收.{suffix}")) as saved:
        assert {found.cell: found.content for found in saved.formulas()} == RESULTS


def test_another_reader_sees_the_saved_results(document: Document, tmp_path: Path) -> None:
    """A saved workbook carries its results, for readers that do not calculate."""
    document.set_inputs(ANSWERS)
    document.calculate_all()
    sheet = load_workbook(document.save_as(tmp_path / "回收.xlsx"), data_only=True)[SHEET]
    assert [sheet[cell].value for cell in ("B2", "B3", "C2", "C3", "C5")] == ["是", 2.5, 1, 0.83, 6.5]


def test_pages_are_exported(document: Document, tmp_path: Path) -> None:
    """A PDF shows the visible sheet on the paper that the workbook asks for."""
    document.set_inputs(ANSWERS)
    made = document.export_pdf(tmp_path / "任务分解表.pdf")
    assert pdf.page_count(made) == 1
    assert pdf.page_sizes(made) == [(595, 842)]
    assert "填报内容" in pdf.pages_text(made)[0]
    assert [page.read_bytes()[:4] for page in pdf.render(made, tmp_path)] == [b"\x89PNG"]


@pytest.mark.parametrize(("sheet", "cell"), [("没有这张表", "A1"), (SHEET, "没有这个名称")])
def test_a_wrong_place_is_refused(document: Document, sheet: str, cell: str) -> None:
    """A place that the workbook lacks is named in the error, and the document stays usable."""
    with pytest.raises(LibreOfficeError, match=f"{sheet}!{cell}"):
        document.read([(sheet, cell)])
    with pytest.raises(LibreOfficeError, match=f"{sheet}!{cell}"):
        document.set_inputs([Input(sheet=sheet, cell=cell, kind="blank")])
    assert document.read([(SHEET, "A1")])[0].text == "编号"


@pytest.mark.libreoffice
def test_what_is_no_workbook_is_refused(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """A damaged file is an error at once, not a dialog that nobody answers."""
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(LibreOfficeError, match=r"^open: "):
        libreoffice.open(damaged)


def test_a_closed_document_is_closed(libreoffice: LibreOffice, form: Path) -> None:
    with libreoffice.open(form) as document:
        pass
    with pytest.raises(LibreOfficeError, match="closed"):
        document.sheets()


@pytest.fixture
def doomed() -> Iterator[LibreOffice]:
    """Start an office of one's own, to be ill-treated."""
    with LibreOffice() as office:
        yield office


@pytest.mark.libreoffice
@pytest.mark.parametrize("death", ["SIGKILL", "SIGSEGV"])  # by names, which Windows lacks
def test_a_dead_office_is_replaced(doomed: LibreOffice, form: Path, death: str) -> None:
    """When the office dies, its document says so, and the next one opens in a new office."""
    with doomed.open(form) as lost:
        _signal(doomed, signal.Signals[death])
        with pytest.raises(LibreOfficeLostError, match="calculate_all: the office is gone"):
            lost.calculate_all()
    with doomed.open(form) as document:
        assert document.sheets() == [SHEET, "词表"]


@pytest.mark.libreoffice
def test_a_hanging_office_is_killed(doomed: LibreOffice, form: Path) -> None:
    """An office that does not answer within the time limit is killed and not waited for at the end."""
    with doomed.open(form) as document:
        _signal(doomed, signal.SIGSTOP)
        doomed.wait_at_most(0.5)
        with pytest.raises(LibreOfficeLostError, match=r"calculate_all: no answer within 0\.5 s"):
            document.calculate_all()


def _signal(office: LibreOffice, kind: signal.Signals) -> None:
    """Send a signal and wait until the office has ended or stopped: it may answer for a moment after one that it handles."""
    assert office.pid is not None
    os.kill(office.pid, kind)
    end = time.monotonic() + 60
    while os.waitid(os.P_PID, office.pid, os.WEXITED | os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
        assert time.monotonic() < end, f"{kind.name} changed nothing"
        time.sleep(0.01)


@pytest.mark.libreoffice
def test_nothing_stays_behind(form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the end neither the office nor its profile is left, whatever was still open."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with LibreOffice() as office:
        office.open(form).set_inputs(ANSWERS)
        pid = office.pid
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


Edit = Callable[[bytes], bytes]


def _damaged(source: Path, target: Path, edit: Edit) -> Path:
    """Copy a workbook with its first sheet edited."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content) if name == "xl/worksheets/sheet1.xml" else content)
    return target


def test_the_validator_accepts_a_sound_workbook(validator: Validator, form: Path) -> None:
    assert validator.faults([form]) == []


@pytest.mark.parametrize(
    ("edit", "description"),
    [
        (lambda sheet: sheet.replace(b"<sheetData>", b"<sheetDatum/><sheetData>"), "sheetDatum"),
        (lambda sheet: sheet.replace(b'<row r="2"', b'<row r="zwei"'), "zwei"),
        (lambda sheet: sheet.replace(b"</sheetData>", b""), ""),
    ],
    ids=["unknown element", "row number", "not well-formed"],
)
def test_the_validator_refuses_a_damaged_one(
    validator: Validator, form: Path, tmp_path: Path, edit: Edit, description: str
) -> None:
    """Both versions object to the damaged file only, and name what they object to."""
    damaged = _damaged(form, tmp_path / "damaged.xlsx", edit)
    faults = validator.faults([form, damaged])
    assert {(fault.file, fault.version) for fault in faults} == {(damaged, "Office2010"), (damaged, "Microsoft365")}
    assert all(description in str(fault) for fault in faults)


def test_the_validator_names_the_part(validator: Validator, form: Path, tmp_path: Path) -> None:
    damaged = _damaged(form, tmp_path / "damaged.xlsx", lambda sheet: sheet.replace(b'r="2"', b'r="zwei"', 1))
    (fault,) = validator.faults([damaged], ["Office2010"])
    assert isinstance(fault, Fault)
    assert (fault.part, fault.xpath) == ("/xl/worksheets/sheet1.xml", "/x:worksheet[1]/x:sheetData[1]/x:row[2]")


def test_an_absent_client_skips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception, match="no office"):
        skip_or_fail("no office")


def test_an_absent_client_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE, "1")
    with pytest.raises(pytest.fail.Exception, match=rf"no office \({REQUIRE} is set\)"):
        skip_or_fail("no office")
