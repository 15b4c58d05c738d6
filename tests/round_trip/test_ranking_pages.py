"""The ranking workbook on paper: how many pages its sheets take, and that nothing on them is too small or cut off."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fazhi_xl.reports.feedback.peers import Peers
from fazhi_xl.reports.feedback.result import UnitResult
from fazhi_xl.reports.feedback.sheet import feedback_book
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.ranking.workbook import ranking_book
from fazhi_xl.rounds.round import Round
from fazhi_xl.xlsx.writer.report import report_bytes
from tests.clients.libreoffice import LibreOffice
from tests.clients.pdf import pages_text
from tests.expectations.test_leaders import early, official
from tests.looks.measure import faults
from tests.support.campaign import forms
from tests.support.rounds import a_round, returned_file

FRONT = "一页纸"  # is measured with the other pages of that kind


def everyone() -> Round:
    """Give a round in which all units have returned their forms."""
    return a_round(forms(), map(returned_file, forms()))


def written(done: Round, folder: Path) -> Path:
    path = folder / "排名汇总.xlsx"
    path.write_bytes(report_bytes(ranking_book(done), done.notice.theme))
    return path


@pytest.mark.parametrize("of", [early, official])
def test_nothing_is_too_small_or_cut_off(of: object, tmp_path: Path) -> None:
    """On every sheet texts keep off borders, fit their cells, and print at 8 points and more."""
    assert callable(of)
    assert [fault for fault in faults(written(of(), tmp_path)) if not fault.startswith(FRONT)] == []


@pytest.mark.libreoffice
def test_a_district_takes_few_pages(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """With 45 units the totals take two pages at most, the aspects and each matrix one, and hidden sheets none."""
    with libreoffice.open(written(everyone(), tmp_path)) as document:
        pages = pages_text(document.export_pdf(tmp_path / "book.pdf"))
    names = [each.name for each in ranking_book(everyone()).sheets]
    count = Counter(
        next(name for name in sorted(names, key=len, reverse=True) if _ends_with(text, name)) for text in pages
    )
    assert count["排名总表"] <= 2
    assert [count[name] for name in ("五方面得分率", "得分矩阵", "得分矩阵(续)", "21项得分率")] == [1, 1, 1, 1]
    assert not count["催报"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", ["司法局", "科协"])
def test_feedback_takes_one_page(libreoffice: LibreOffice, tmp_path: Path, name: str) -> None:
    """What the largest and the smallest unit are told first takes one page; the details follow on theirs."""
    done = everyone()
    score = next(each for each in done.scored if each.unit == name)
    unit = next(each for each in done.notice.units if each.short == name)
    others, peers, day = OtherUnits.of(done.notice), Peers.of(done), date(2020, 12, 8)
    result = UnitResult(round_=done, unit=unit, score=score, others=others, day=day, peers=peers)
    path = tmp_path / "反馈单.xlsx"
    path.write_bytes(report_bytes(feedback_book(result), done.notice.theme))
    with libreoffice.open(path) as document:
        pages = pages_text(document.export_pdf(tmp_path / "book.pdf"))
    assert [_ends_with(text, "反馈单") for text in pages] == [True, *([False] * (len(pages) - 1))]


def _ends_with(text: str, name: str) -> bool:
    """Say whether a page's foot names this sheet."""
    foot = text.strip().replace("\n", " ")[-80:]
    return re.search(rf"{re.escape(name)}(\s*第\s*\d+\s*页\s*共\s*\d+\s*页)?\s*$", foot) is not None
