"""The ranking workbook: the answer first, then what it rests on."""

from __future__ import annotations

from fazhi_xl.reports.filing.findings import changes_sheet, normalised_sheet, problems_sheet
from fazhi_xl.reports.filing.returns import reminders_sheet, returns_sheet
from fazhi_xl.reports.filing.review_progress import review_sheets
from fazhi_xl.reports.filing.versions import SHEET as DIFFERENCES
from fazhi_xl.reports.filing.versions import difference_sheet
from fazhi_xl.reports.media.privacy import sheet_without_phones
from fazhi_xl.reports.media.titles import state, title
from fazhi_xl.reports.media.workbook import ReportBook
from fazhi_xl.reports.ranking import rates
from fazhi_xl.reports.ranking.adjustments import adjustments_sheet
from fazhi_xl.reports.ranking.comparison import comparison_sheets
from fazhi_xl.reports.ranking.data import scores_sheet
from fazhi_xl.reports.ranking.gaps import gaps_sheet
from fazhi_xl.reports.ranking.losses import losses_sheet
from fazhi_xl.reports.ranking.overview import front_sheet
from fazhi_xl.reports.ranking.readings import readings_sheet, sensitivity_sheet
from fazhi_xl.reports.ranking.totals import chart_sheet, groups_sheet, totals_sheet
from fazhi_xl.rounds.round import Round


def ranking_book(round_: Round) -> ReportBook:
    """Make the sheets for leadership, those of scores, and those of what came back, what was found in it, and by what it was scored."""
    first = (front_sheet, totals_sheet, chart_sheet, groups_sheet)
    by_item = (rates.aspects_sheet, rates.items_sheet, rates.by_item_sheet, rates.matrix_sheet)
    by_unit = (losses_sheet, gaps_sheet, adjustments_sheet, sensitivity_sheet)
    sheets = (
        *(make(round_) for make in (*first, *by_item, *by_unit)),
        *comparison_sheets(round_),
        *(returns_sheet(round_), reminders_sheet(round_), *review_sheets(round_)),
        *(problems_sheet(round_), normalised_sheet(round_), changes_sheet(round_)),
        *(difference_sheet(round_, title(round_, DIFFERENCES)), readings_sheet(round_), scores_sheet(round_)),
    )
    return ReportBook(
        title=f"{round_.mark}{round_.notice.about.short_title}{state(round_)}",
        sheets=tuple(map(sheet_without_phones, sheets)),
        footer=f"{round_.mark}{state(round_)} {round_.generated:%Y-%m-%d %H:%M} 目录第{round_.version}版",
        decimals=round_.notice.about.scoring.places,
    )
