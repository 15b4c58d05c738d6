"""What came as evidence stands beside the score that it is for."""

from __future__ import annotations

import openpyxl

from tests.office.returns.test_opened_evidence import FORM, form
from tests.support.evidence import pdf, picture
from tests.support.offices import FIRST, Office


def test_beside_the_score(office: Office) -> None:
    """The review book says in a sub-point's row what came for it, and leads to where it lies."""
    office.receive(FORM, form(office, _001=("甲.pdf", 3)))
    office.receive(f"{FIRST}/15/甲.pdf", pdf())
    office.receive(f"{FIRST}/15/15.1/乙.jpg", picture((320, 240)))
    office.collect()

    sheet = openpyxl.load_workbook(office.space.review / "审核表.xlsx")["审核"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert cells == [
        f'=HYPERLINK("../回收/{FIRST}/15/","2份:甲.pdf(1页;填3页,数出1页)、乙.jpg(1页;台账目录没有列出;太小,看不清(320×240))")'
    ]
    office.receive(f"{FIRST}/15/甲.pdf", pdf(["0 0 1 1 re f"] * 3))
    (office.space.returns / FIRST / "15" / "15.1" / "乙.jpg").unlink()
    office.collect()
    sheet = openpyxl.load_workbook(office.space.review / "审核表.xlsx")["审核"]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert cells == [f'=HYPERLINK("../回收/{FIRST}/15/甲.pdf","1份:甲.pdf(3页)")']


def test_in_the_folder_of_an_item(office: Office) -> None:
    """What lies in an item's folder, unlisted, stands at each of the item's sub-points; the reviewer says for which it is."""
    office.receive(FORM, form(office))
    office.receive(f"{FIRST}/15/甲.pdf", pdf())
    office.collect()

    sheet = openpyxl.load_workbook(office.space.review / "审核表.xlsx")["审核"]
    cells = {str(row[0].value): cell.value for row in sheet.iter_rows() for cell in row if "甲.pdf" in str(cell.value)}
    assert list(cells) == ["02/15.1", "02/15.2", "02/15.4", "02/15.6"]
    assert set(cells.values()) == {
        f'=HYPERLINK("../回收/{FIRST}/15/甲.pdf","本项文件夹里没有列进台账目录的1份:甲.pdf(1页)")'
    }
