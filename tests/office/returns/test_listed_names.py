"""Which of a unit's files a listed name means, where several are called so."""

from __future__ import annotations

import pytest

from fazhi_xl.office.returns.checks.evidence import nearest
from fazhi_xl.office.returns.evidence_owners import compared
from fazhi_xl.office.returns.item_folders import item_folders
from fazhi_xl.rounds.evidence import EvidenceFile
from tests.support.arrivals import arrived
from tests.support.campaign import the_notice


def test_emoji() -> None:
    """A name is compared without the emoji that are left out where a cell is read."""
    assert compared("15/表情\U0001f600.pdf") == compared("表情.PDF")


@pytest.mark.parametrize(
    ("name", "code", "paths", "meant"),
    [
        ("总结.pdf", "15.1", ["15.1/总结.pdf", "15.2/总结.pdf"], ["15.1/总结.pdf"]),
        ("15.2/总结.pdf", "15.1", ["15.1/总结.pdf", "15.2/总结.pdf"], ["15.2/总结.pdf"]),
        ("15.2\\总结", "15.2", ["15.1/总结.pdf", "15.2/总结.pdf"], ["15.2/总结.pdf"]),
        ("15.2/总结.pdf", "15.2", ["15.1/总结.pdf"], []),
        ("15.2/总结.pdf", "15.2", ["15/总结.pdf"], ["15/总结.pdf"]),
        ("总结.pdf", "15.2", ["15.1/总结.pdf"], ["15.1/总结.pdf"]),
        ("总结.pdf", "15.2", ["15/总结.pdf", "15.1/总结.pdf", "20/总结.pdf"], ["15/总结.pdf"]),
        ("a/照片.jpg", "15.1", ["15/a/照片.jpg", "15/b/照片.jpg", "15/c/照片.jpg"], ["15/a/照片.jpg"]),
        ("照片.jpg", "15.1", ["15/a/照片.jpg", "15/b/照片.jpg"], ["15/a/照片.jpg", "15/b/照片.jpg"]),
        ("Case.pdf", "15.1", ["15/case.pdf", "15/Case.pdf", "15/CASE.PDF"], ["15/Case.pdf"]),
        ("Case", "15.1", ["15/case.pdf", "15/Case.pdf"], ["15/Case.pdf"]),
        ("case.PDF", "15.1", ["15/Case.pdf"], ["15/Case.pdf"]),
        ("a/表情.pdf", "15.1", ["15/b/表情.pdf", "15/a/表情\U0001f600.pdf"], ["15/a/表情\U0001f600.pdf"]),
        ("15.1/总结.pdf", "15.1", ["2020-11-18/15.1/总结.pdf", "2020-11-20/15.1/总结.pdf"],
         ["2020-11-18/15.1/总结.pdf", "2020-11-20/15.1/总结.pdf"]),
    ],
)  # fmt: skip
def test_nearest(name: str, code: str, paths: list[str], meant: list[str]) -> None:
    """The listed path goes before the sub-point's folder, that before the item's, and the exact name before one that is alike."""
    places = item_folders(the_notice())
    files = [EvidenceFile(path=path, codes=places.codes_of(arrived(path))) for path in paths]
    assert [each.path for each in nearest(name, code, files)] == meant
