"""A workbook under way refuses what XlsxWriter would only warn about."""

from __future__ import annotations

import io
import warnings

import openpyxl
import pytest

from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.writer.book import BookWriter, strictly, sure
from tests.support.packages import Package


def test_done(notice: Notice) -> None:
    """What XlsxWriter did is no error, and stands in the book."""
    book = BookWriter(notice.theme, title="书")
    sheet = book.sheet("表", tab="band")
    sure(sheet.set_row(0, 30))
    sure(sheet.write_string(0, 0, "甲"))
    written = openpyxl.load_workbook(io.BytesIO(book.close()))["表"]
    assert (written["A1"].value, written.row_dimensions[1].height) == ("甲", 30)


@pytest.mark.parametrize("result", [-1, -2, -3])
def test_refused(result: int) -> None:
    """What it refused is one, with its number."""
    with pytest.raises(ValueError, match=f"XlsxWriter refused with {result}"):
        sure(result)


def test_too_long_a_text(notice: Notice) -> None:
    """A text that no cell can hold is refused and not dropped."""
    sheet = BookWriter(notice.theme, title="书").sheet("表", tab="band")
    with pytest.raises(ValueError, match="refused with -2"):
        sure(sheet.write_string(0, 0, "甲" * 32_768))


def test_too_long_a_list(notice: Notice) -> None:
    """A list of options that Excel cannot hold is an error too, though XlsxWriter only warns."""
    sheet = BookWriter(notice.theme, title="书").sheet("表", tab="band")
    with strictly(), pytest.raises(UserWarning, match="255"):
        sheet.data_validation(0, 0, 0, 0, {"validate": "list", "source": ["甲" * 300]})


def test_warnings_are_as_before() -> None:
    """Only our own writing is that strict."""
    before = list(warnings.filters)
    with strictly():
        pass
    assert list(warnings.filters) == before


def test_formats_are_shared(notice: Notice) -> None:
    """Cells of one style share one format."""
    book = BookWriter(notice.theme, title="书")
    assert book.style("text") is book.style("text") is not book.style("text", bold=True)


@pytest.mark.parametrize(("landscape", "orientation"), [(True, "landscape"), (False, "portrait")])
def test_paper(notice: Notice, landscape: bool, orientation: str) -> None:  # noqa: FBT001 - a case of the table
    """A sheet prints on A4, across unless asked otherwise."""
    book = BookWriter(notice.theme, title="书")
    book.sheet("表", tab="band", landscape=landscape)
    setup = Package(book.close()).sheets["表"].one("pageSetup")
    assert (setup["paperSize"], setup.get("orientation")) == ("9", orientation)
