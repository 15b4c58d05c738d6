"""The ranking workbook: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from fazhi_xl.reports.filing.findings import changes_sheet, normalised_sheet, problems_sheet
from fazhi_xl.reports.filing.returns import reminders_sheet, returns_sheet, uncounted_sheet
from fazhi_xl.reports.filing.review_progress import review_sheets
from fazhi_xl.reports.filing.second_opinions import second_sheets
from fazhi_xl.reports.filing.versions import SHEET as DIFFERENCES
from fazhi_xl.reports.filing.versions import difference_sheet
from fazhi_xl.reports.media.privacy import sheet_without_phones
from fazhi_xl.reports.media.titles import as_of, grouped, sheet_name, state, title, veto_words
from fazhi_xl.reports.media.workbook import Meta, ReportBook, ReportSheet, Sentence
from fazhi_xl.reports.ranking import rates
from fazhi_xl.reports.ranking.adjustments import adjustments_sheet
from fazhi_xl.reports.ranking.appeals import appeal_sheets
from fazhi_xl.reports.ranking.comparison import comparison_sheets
from fazhi_xl.reports.ranking.data import scores_sheet
from fazhi_xl.reports.ranking.gaps import gaps_sheets
from fazhi_xl.reports.ranking.groups import groups_sheet
from fazhi_xl.reports.ranking.losses import losses_sheet
from fazhi_xl.reports.ranking.matrix import by_item_sheet, matrix_sheets
from fazhi_xl.reports.ranking.overview import SHEET as FRONT
from fazhi_xl.reports.ranking.overview import front_sheet
from fazhi_xl.reports.ranking.readings import readings_sheet, sensitivity_sheets
from fazhi_xl.reports.ranking.sealed_differences import sealed_sheets
from fazhi_xl.reports.ranking.total_columns import TABLE
from fazhi_xl.reports.ranking.totals import totals_sheet
from fazhi_xl.rounds.round import Round


def ranking_book(round_: Round) -> ReportBook:
    """Make the sheets for leadership, those of scores, and those of what came back, what was found in it, and by what it was scored."""
    standing = (_before_any(round_, _with_vetoes(round_, sheet)) for sheet in _standing(round_))
    every = (_with_state(round_, sheet) for sheet in (*standing, *_filing(round_), *_grounds(round_)))
    named = _named_apart(map(sheet_without_phones, every))
    return ReportBook(
        title=f"{round_.mark}{round_.notice.about.short_title}{state(round_)}",
        sheets=tuple(_without_empty(tuple(named))),
        footer=f"{round_.mark}{state(round_)} {round_.generated:%Y-%m-%d %H:%M} 目录第{round_.version}版",
        decimals=round_.notice.about.scoring.places,
    )


def _with_state(round_: Round, sheet: ReportSheet) -> ReportSheet:
    """Say in the line under the title how far the figures are; the front page says it in its own way."""
    return sheet if sheet.name == FRONT else replace(sheet, meta=Meta(f"{round_.mark}{state(round_)}", as_of(round_)))


def _before_any(round_: Round, sheet: ReportSheet) -> ReportSheet:
    """Say on a sheet of scores that there are none yet."""
    if round_.scored or sheet.bare or sheet.name == FRONT or not sheet.empty:
        return sheet
    return replace(sheet, blocks=(Sentence("还没有收到可以计分的表。"), *sheet.blocks))


def _without_empty(sheets: tuple[ReportSheet, ...]) -> Iterator[ReportSheet]:
    """Hide the sheets whose lists are empty, so that they take no page, and name them where the ranks stand."""
    empty = [sheet.name for sheet in sheets if sheet.name not in {FRONT, TABLE} and sheet.empty]
    said = f"没有内容而隐藏的表:{'、'.join(empty)}(在表名上按右键,选“取消隐藏”就能看到)。"
    for sheet in sheets:
        if sheet.name == TABLE and empty:
            yield replace(sheet, blocks=(*sheet.blocks, Sentence(said)))
        else:
            yield replace(sheet, hidden=sheet.name in empty)


def _named_apart(sheets: Iterable[ReportSheet]) -> Iterator[ReportSheet]:
    """Give the sheets; one that would be called as another before it, by the catalogue's own words, is numbered."""
    taken: set[str] = set()
    for sheet in sheets:
        name = next(name for no in count(1) if (name := sheet_name(sheet.name, no)).lower() not in taken)
        taken.add(name.lower())
        yield replace(sheet, name=name)


def _standing(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheets on how the units stand, each where the notice has what it is about."""
    notice = round_.notice
    yield front_sheet(round_)
    yield totals_sheet(round_)
    if grouped(notice):
        yield groups_sheet(round_)
    if len(notice.aspects) > 1:
        yield rates.aspects_sheet(round_)
    if notice.items:
        yield rates.items_sheet(round_)
        yield rates.worst_sheet(round_)
        yield by_item_sheet(round_)
        yield from matrix_sheets(round_)
        yield losses_sheet(round_)
        if round_.official:
            yield from gaps_sheets(round_)
    if notice.bonus or notice.deductions:
        yield adjustments_sheet(round_)
    if notice.readings:
        yield from sensitivity_sheets(round_)
    yield from comparison_sheets(round_)
    yield from sealed_sheets(round_)


def _with_vetoes(round_: Round, sheet: ReportSheet) -> ReportSheet:
    """Name the units that a veto takes out of the ranking above what they stand in; the front page does so in its sentences."""
    said = () if sheet.name == FRONT or sheet.bare else tuple(Sentence(text, "wrong") for text in veto_words(round_))
    return replace(sheet, blocks=(*said, *sheet.blocks))


def _filing(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheets on what came back and on the review, where something has to come back or came."""
    came = bool(round_.due or round_.files)
    if came:
        yield returns_sheet(round_)
        yield uncounted_sheet(round_)
        yield reminders_sheet(round_)
    yield from review_sheets(round_)
    yield from second_sheets(round_)
    yield from appeal_sheets(round_)
    if came:
        yield from (problems_sheet(round_), normalised_sheet(round_), changes_sheet(round_))
        yield difference_sheet(round_, title(round_, DIFFERENCES))


def _grounds(round_: Round) -> Iterator[ReportSheet]:
    if round_.notice.readings or round_.notice.switches:
        yield readings_sheet(round_)
    if round_.notice.items:
        yield scores_sheet(round_)
