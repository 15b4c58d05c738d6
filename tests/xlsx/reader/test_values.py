from __future__ import annotations

from decimal import Decimal

import pytest

from fazhi_xl.xlsx.reader import Bounds, RejectedError, read
from tests.xlsx.reader.crafted import MAIN, SHEET, STRINGS, with_cell, with_rows, workbook, worksheet

RICH = "<r><rPr><b/></rPr><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r><rPh sb='0' eb='1'><t>jia</t></rPh>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>5</v></c>', ("n", "5", False)),
        ('<c r="A1" t="n"><v> 0.30000000000000004\n</v></c>', ("n", "0.30000000000000004", False)),
        ('<c r="A1"><v>1.1010519900307E+17</v></c>', ("n", "1.1010519900307E+17", False)),
        ('<c r="A1"><v>-.5</v></c>', ("n", "-.5", False)),
        ('<c r="A1"><v>nan</v></c>', ("s", "nan", False)),
        ('<c r="A1"><v>1e999999</v></c>', ("s", "1e999999", False)),
        ('<c r="A1"><v>５</v></c>', ("s", "５", False)),
        ('<c r="A1" t="b"><v>1</v></c>', ("b", "1", False)),
        ('<c r="A1" t="b"><v>false</v></c>', ("b", "0", False)),
        ('<c r="A1" t="b"><v>2</v></c>', ("s", "2", False)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', ("e", "#REF!", False)),
        ('<c r="A1" t="d"><v>2025-03-05T00:00:00</v></c>', ("d", "2025-03-05T00:00:00", False)),
        ('<c r="A1" t="d"><v>2025年</v></c>', ("s", "2025年", False)),
        ('<c r="A1" t="str"><v> 是\xa0</v></c>', ("s", " 是\xa0", False)),
        (
            '<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>',
            ("s", '=DISPIMG("ID_1",1)', True),
        ),
        ('<c r="A1" t="unheard-of"><v>甲</v></c>', ("s", "甲", False)),
        ('<c r="A1" t="inlineStr"><is><t>0103</t></is></c>', ("s", "0103", False)),
        (f'<c r="A1" t="inlineStr"><is>{RICH}</is></c>', ("s", "甲 乙", False)),
        ('<c r="A1" t="s"><v>0</v></c>', ("s", "甲 乙", False)),
        ('<c r="A1" t="s"><v>1</v></c>', ("s", "NA", False)),
        ('<c r="A1" t="s"><v>2</v></c>', ("s", "  ", False)),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', ("n", "2", True)),
        ('<c r="A1"><f>1+1</f><v></v></c>', ("s", "", True)),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', ("s", "", True)),
        ('<c r="A1"><f t="shared" si="0"/></c>', ("s", "", True)),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ("e", "#DIV/0!", True)),
        ('<c r="A1"><v>1<!-- 2 -->3</v></c>', ("n", "13", False)),
        ('<c r="A1" t="str"><v><![CDATA[<a>]]></v></c>', ("s", "<a>", False)),
    ],
)
def test_values_are_raw(cell: str, expected: tuple[str, str, bool]) -> None:
    """Each kind of cell gives its stored text unchanged; what is not of its kind is handed on as text."""
    book = read(with_cell(cell, strings=f"<si>{RICH}</si><si><t>NA</t></si><si><t>  </t></si>"))

    assert book.cells == (("表", 1, 1, *expected),)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="3"/>',
        '<c r="A1"><v/></c>',
        '<c r="A1"><v> </v></c>',
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="A1" t="inlineStr"><is><t/></is></c>',
        '<c r="A1"><extLst/></c>',
    ],
)
def test_blanks_are_left_out(cell: str) -> None:
    """A cell without content is not there, whatever its format."""
    assert read(with_cell(cell, strings="<si><t></t></si>")).cells == ()


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("第一行_x000D_\n第二行", "第一行\r\n第二行"),
        ("_x0041__x0042_", "AB"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_x00g1_ _X0041_", "_x00g1_ _X0041_"),
    ],
)
def test_escapes_are_undone(stored: str, meant: str) -> None:
    """Characters that XML cannot hold come back from `_xHHHH_`, and always as text that can be written."""
    book = read(
        with_rows(
            '<row><c t="s"><v>0</v></c>'
            f'<c t="str"><v>{stored}</v></c><c t="inlineStr"><is><t>{stored}</t></is></c></row>',
            strings=f"<si><t>{stored}</t></si>",
        )
    )

    assert [cell[4] for cell in book.cells] == [meant] * 3
    assert all(cell[4].encode() for cell in book.cells)


def test_numbers_are_decimal() -> None:
    """The text of a number is one that Decimal takes."""
    texts = ["5", "-0.5", "1E-3", "1.", "+7", "12345678901234567890"]
    cells = "".join(f"<c><v>{text}</v></c>" for text in texts)

    assert [Decimal(cell[4]) for cell in read(with_cell(cells)).cells] == [Decimal(text) for text in texts]


def test_long_texts_are_cut() -> None:
    """A text over the bound keeps one character more, which shows that it was too long."""
    book = read(
        with_cell('<c t="s"><v>0</v></c><c t="str"><v>12345678</v></c>', strings="<si><t>甲乙丙丁戊己</t></si>"),
        bounds=Bounds(text=4),
    )

    assert [cell[4] for cell in book.cells] == ["甲乙丙丁戊", "12345"]


def test_long_numbers_are_not_cut() -> None:
    """A number keeps all of its digits, since another number would be a lie."""
    assert read(with_cell("<c><v>12345678</v></c>"), bounds=Bounds(text=4)).cells[0][4] == "12345678"


def test_array_formulas_cover_their_range() -> None:
    """Each cell of an array formula holds a formula, though only the first one says so."""
    book = read(
        with_rows(
            '<row><c r="A1"><f t="array" ref="A1:B2">X1:Y2</f><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>'
            '<row><c r="A2"><v>4</v></c></row>'
            '<row><c r="A3"><v>5</v></c><c r="B3"><f t="array" ref="B3">1</f></c></row>'
        )
    )

    assert [cell[4] for cell in book.cells if cell[5]] == ["1", "2", "4", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_phonetic_guides_are_no_text(encoding: str) -> None:
    """How a name is pronounced is not part of it, in whatever encoding."""
    strings = f'\ufeff<sst xmlns="{MAIN}"><si>{RICH}</si></sst>'.encode(encoding)
    sheet = worksheet('<row><c t="s"><v>0</v></c></row>')

    assert read(workbook({SHEET: sheet, STRINGS: strings})).cells[0][4] == "甲 乙"


@pytest.mark.parametrize("index", ["3", "-1", "x", "1.0"])
def test_missing_strings_are_damage(index: str) -> None:
    """A text that is not in the file is not a blank."""
    with pytest.raises(RejectedError) as refusal:
        read(with_cell(f'<c t="s"><v>{index}</v></c>', strings="<si><t>甲</t></si>"))

    assert refusal.value.finding.code == "file-damaged"
    assert "“表”中的文字缺失" in refusal.value.finding.message


def test_one_address_has_one_cell() -> None:
    """Two cells at one address are damage: nobody can say which one was meant."""
    with pytest.raises(RejectedError) as refusal:
        read(with_cell('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'))

    assert refusal.value.finding.code == "file-damaged"


def test_bounds() -> None:
    """Cells beyond the rows and columns are counted if they have content, and not read."""
    book = read(
        with_rows(
            '<row r="2"><c r="B2"><v>1</v></c><c r="C2"><v>2</v></c><c r="D2"/></row>'
            '<row r="3"><c r="A3"><v>3</v></c><c r="B3"/></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
        ),
        bounds=Bounds(rows=2, columns=2),
    )

    assert book.cells == (("表", 2, 2, "n", "1", False),)
    assert book.outside == 3


@pytest.mark.parametrize(
    ("row", "places"),
    [
        ("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>", [(1, 1), (2, 2)]),
        (
            '<row r="4"><c><v>1</v></c><c r="E4"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>',
            [(4, 1), (4, 5), (4, 6), (5, 1)],
        ),
        ('<row r="0"><c r="?"><v>1</v></c></row>', [(1, 1)]),
        ('<row r="2"><c r="aa2"><v>1</v></c></row><row r="1"><c r="$A$1"><v>2</v></c></row>', [(2, 27), (1, 1)]),
    ],
)
def test_places_may_be_implied(row: str, places: list[tuple[int, int]]) -> None:
    """A row or a cell that does not say where it is follows the one before it."""
    assert [cell[1:3] for cell in read(with_rows(row)).cells] == places
