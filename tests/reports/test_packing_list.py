"""目录.xlsx tells what goes up, and lacks; citizens' identity numbers in names stand nowhere whole, and links lead where they did."""

from __future__ import annotations

from fazhi_xl.reports.media.workbook import Link, Table
from fazhi_xl.reports.packing_list import Entry, Lack, packing_book
from tests.support.rounds import a_round

NUMBER = "11010519491231002X"


def test_identity_numbers() -> None:
    """The name of the material, the file's and its place are printed without the number; the link still leads to the file."""
    name = f"{NUMBER}.pdf"
    entry = Entry(
        item=None, sub_point="", unit="信访局", place=f"信访局/8/{name}", title=f"证书{NUMBER}", file=f"待定/{name}"
    )
    lack = Lack(unit="信访局", said="没有收到", title=f"证书{NUMBER}", name=name)
    listed, lacking = (
        block.rows[0]
        for sheet in packing_book(a_round(["信访局"], []), [entry], [lack]).sheets
        for block in sheet.blocks
        if isinstance(block, Table)
    )
    assert [listed[5], *listed[7:9]] == [
        "证书1101************2X",
        "1101************2X.pdf",
        "信访局/8/1101************2X.pdf",
    ]
    assert isinstance(listed[6], Link)
    assert (listed[6].text, listed[6].file) == ("1101************…", f"待定/{name}")
    assert lacking[5:7] == ("证书1101************2X", "1101************2X.pdf")
