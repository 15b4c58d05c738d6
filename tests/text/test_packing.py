"""What is written as a zip archive has the same bytes on every system."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fazhi_xl.docx.write import document_bytes
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.media.document import Document, Paragraph
from fazhi_xl.reports.media.workbook import Column, ReportBook, ReportSheet, Sentence, Table
from fazhi_xl.xlsx.kept.opened import opened, saved
from fazhi_xl.xlsx.kept.package import by_schema
from fazhi_xl.xlsx.writer.long_table import write_long_table
from fazhi_xl.xlsx.writer.report import report_bytes

SHEET = ReportSheet(name="表", title="标题", blocks=(Sentence("一"),), widths=(9,))
LONG = ReportSheet(name="表", title="标题", blocks=(Table(columns=(Column(title="甲", width=9),), rows=()),))


@contextmanager
def windows() -> Iterator[None]:
    """Make archives as on Windows: `zipfile` asks for the system's name, and every file there may be written by all."""
    mask = os.umask(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        try:
            yield
        finally:
            os.umask(mask)


def document(notice: Notice, _: Path) -> bytes:
    return document_bytes(Document(title="题", blocks=(Paragraph("正文"),)), notice.theme)


def report(notice: Notice, _: Path) -> bytes:
    return report_bytes(ReportBook(title="书", sheets=(SHEET,), footer=""), notice.theme)


def kept(notice: Notice, folder: Path) -> bytes:
    return by_schema(saved(opened(report(notice, folder))))


def long_table(notice: Notice, folder: Path) -> bytes:
    write_long_table(folder / "长表.xlsx", LONG, [("一",)], "", notice.theme)
    return (folder / "长表.xlsx").read_bytes()


@pytest.mark.parametrize("make", [document, report, kept, long_table])
def test_systems(make: Callable[[Notice, Path], bytes], notice: Notice, tmp_path: Path) -> None:
    """Windows gives the very bytes that Linux gives, though archives say where they were made and who may read their files."""
    here = make(notice, tmp_path)
    with windows():
        assert make(notice, tmp_path) == here
