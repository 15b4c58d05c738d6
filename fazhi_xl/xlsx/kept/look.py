"""How a kept workbook looks when it is first drawn; afterwards it looks as its people made it."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.notice.theme import Theme
from fazhi_xl.xlsx.kept.model import Head, Use

TITLE_ROW, SAYS_ROW, HEAD_ROW = 1, 2, 3
_A4, _A3 = 9, 8
_A4_WIDTH = 220  # characters, beyond which print on this paper would be too small to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Fonts, fills and lines, by the theme of the catalogue."""

    theme: Theme

    def colour(self, role: str) -> str:
        """Give a colour as openpyxl takes it."""
        return "FF" + self.theme.colours[role].removeprefix("#")

    def fill(self, role: str) -> PatternFill:
        return PatternFill("solid", start_color=self.colour(role), end_color=self.colour(role))

    def font(self, name: str, size: float, ink: str = "ink", *, bold: bool = False, link: bool = False) -> Font:
        return Font(name=name, size=size, bold=bold, color=self.colour(ink), underline="single" if link else None)

    def text(self, *, ink: str = "ink", link: bool = False) -> Font:
        return self.font(self.theme.text_font, 10.5, "title" if link else ink, link=link)

    def title(self, cell: Cell) -> None:
        cell.font = self.font(self.theme.title_font, 16, "title")
        cell.alignment = Alignment(vertical="center")

    def says(self, cell: Cell) -> None:
        cell.font = self.font(self.theme.text_font, 10.5, "muted")
        cell.alignment = Alignment(vertical="center")

    def head(self, cell: Cell, head: Head) -> None:
        cell.font = self.font(self.theme.head_font, 10.5, "title")
        cell.fill = self.fill("computed" if head.use is Use.COMPUTED else "head")
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        rule = Side(style="medium", color=self.colour("title"))
        cell.border = Border(top=rule, bottom=Side(style="thin", color=self.colour("title")))

    def body(self, cell: Cell, head: Head) -> None:
        """Dress a cell of a table that nobody has dressed yet."""
        cell.font = self.text(ink="muted" if head.use is Use.COMPUTED else "ink")
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
        cell.border = Border(bottom=Side(style="hair", color=self.colour("line")))
        if head.use is Use.COMPUTED:
            cell.fill = self.fill("computed")
        if head.text:
            cell.number_format = "@"
        cell.protection = Protection(locked=False)

    def page(self, worksheet: Worksheet, *, head_row: int, tab: str = "", fixed: int = 0) -> None:
        """Set up how a sheet is shown and printed."""
        worksheet.sheet_view.showGridLines = False
        worksheet.page_setup.orientation = "landscape"
        wide = sum(each.width or 0 for each in worksheet.column_dimensions.values() if not each.hidden) > _A4_WIDTH
        worksheet.page_setup.paperSize = _A3 if wide else _A4
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        worksheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&A  第 &P 页,共 &N 页"))
        worksheet.print_options.horizontalCentered = True
        margins = worksheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.footer = 0.6, 0.8, 0.4
        if head_row:
            worksheet.print_title_rows = f"{head_row}:{head_row}"
            worksheet.freeze_panes = f"{get_column_letter(fixed + 1)}{head_row + 1}"
        if tab:
            worksheet.sheet_properties.tabColor = self.colour(tab)
