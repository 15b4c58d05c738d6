"""Writes a feedback sheet with its form behind it, on which the unit asks for reviews."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.form.model import Form
from fazhi_xl.notice.theme import Theme
from fazhi_xl.reports.media.workbook import ReportBook
from fazhi_xl.xlsx.writer.book import BookWriter
from fazhi_xl.xlsx.writer.drawn import DrawnSheet
from fazhi_xl.xlsx.writer.form import Filling, draw
from fazhi_xl.xlsx.writer.layout import spots
from fazhi_xl.xlsx.writer.report import draw_sheet


@dataclass(frozen=True, slots=True)
class _Report:
    """The sheets of a report, as they stand in front of a form."""

    report: ReportBook

    def front(self, book: BookWriter) -> None:
        tables = spots(self.report)
        for sheet in self.report.sheets:
            draw_sheet(book, sheet, self.report.footer, tables)

    def beside(self, drawn: DrawnSheet, filling: Filling) -> None:
        """Draw nothing on the form."""


def feedback_bytes(report: ReportBook, form: Form, theme: Theme) -> bytes:
    """Draw the report, and the form behind it. The same values give the same bytes."""
    return draw(form.shape, theme, title=report.title, marks=_Report(report)).fill(form.slots)
