"""Where the link beside a sub-point leads: to what came for it, as far as a workbook's link can."""

from __future__ import annotations

import pytest

from fazhi_xl.office.review.dossier import common


@pytest.mark.parametrize(
    ("places", "leads"),
    [
        ([], ""),
        (["../回收/人大/15/a.pdf"], "../回收/人大/15/a.pdf"),
        (["../回收/人大/15/a.pdf", "../回收/人大/15/b.pdf"], "../回收/人大/15/"),
        (["../回收/人大/15/1#楼.pdf"], "../回收/人大/15/"),
        (["../回收/3#/15/a.pdf", "../回收/3#/15/b.pdf"], "../回收/"),
    ],
)
def test_common(places: list[str], leads: str) -> None:
    """It leads to the one file, else to the folder of all; to a folder above a name with #, behind which a link names a cell."""
    assert common(places) == leads
