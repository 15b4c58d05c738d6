"""The Open XML SDK validator finds nothing wrong with the files that we write, for Excel 2010 and Microsoft 365."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fazhi_xl.form.model import Form
from fazhi_xl.office.commands.reissue import reissue
from fazhi_xl.reports.media.workbook import Column, Marked, Piece, ReportBook, ReportSheet, Stroke, Table
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.validator import Validator
from tests.support.campaign import covering
from tests.support.offices import Office
from tests.support.progress import Silent


def test_issued_workbooks(office: Office, one_of_each: Mapping[str, Form], validator: Validator, times: int) -> None:
    """Workbooks with every sub-point, or of each shape, are clean for the older version, one in three for the newer, which knows more."""
    tried = one_of_each.values() if times > 1 else covering(one_of_each.values())
    files = [office.path(form.unit) for form in tried]
    assert list(map(str, validator.faults(files, ["Office2010"]))) == []
    assert list(map(str, validator.faults(files[::3], ["Microsoft365"]))) == []


def test_filled_workbooks(office: Office, validator: Validator, tmp_path: Path) -> None:
    """A workbook that a program filled in is clean, of the smallest shape and of the largest."""
    files = [tmp_path / f"{unit}.xlsx" for unit in ("总工会", "司法局")]
    for file in files:
        file.write_bytes(office.filled(file.stem))
    assert list(map(str, validator.faults(files))) == []


def test_rescued_workbook(office: Office, validator: Validator) -> None:
    """A form issued again with a return's answers is clean."""
    returned = office.receive("损坏.xlsx", office.filled("总工会"))
    done = reissue(office.notice, office.space, returned, Silent())
    returned.unlink()
    assert list(map(str, validator.faults([done.path]))) == []


def test_odd_reports(office: Office, validator: Validator, tmp_path: Path) -> None:
    """A report with odd texts and the longest one, and one without rows, are clean."""
    odd = ("=1+1", "http://a.cn", "\x01", "\ufffe", "表情😀", "甲" * 40_000)
    columns = (Column(title="列", width=10),)
    marked = tuple((Marked((Piece(f"{text} "), Piece(text, Stroke.GONE), Piece("新", Stroke.NEW))),) for text in odd)
    for name, rows in (("怪", tuple((text,) for text in odd)), ("有记号", marked), ("空", ())):
        sheet = ReportSheet(name="表", title="标题", blocks=(Table(columns=columns, rows=rows),), filtered=True)
        book = ReportBook(title="书", sheets=(sheet,), footer="页脚")
        (tmp_path / f"{name}.xlsx").write_bytes(report_bytes(book, office.notice.theme))
    assert list(map(str, validator.faults(sorted(tmp_path.iterdir())))) == []


def test_ranking_workbook(office: Office, validator: Validator, tmp_path: Path) -> None:
    """The ranking workbook is clean before any return and with some."""
    for name, returns in (("零", ()), ("几份", ("总工会", "法院", "教育局"))):
        for unit in returns:
            office.receive(f"{unit}.xlsx", office.filled(unit))
        office.collect()
        (tmp_path / f"{name}.xlsx").write_bytes((office.space.results / "排名汇总.xlsx").read_bytes())
    assert list(map(str, validator.faults(sorted(tmp_path.iterdir())))) == []


def test_review_book(office: Office, validator: Validator) -> None:
    """The review book is clean before any return and with some."""
    faults: list[str] = []
    for returns in ((), ("总工会", "法院", "教育局")):
        for unit in returns:
            office.receive(f"{unit}.xlsx", office.filled(unit))
        office.collect()
        faults += map(str, validator.faults([office.space.review / "审核表.xlsx"]))
    assert faults == []
