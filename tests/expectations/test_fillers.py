"""What those who fill in expect of their form, F1 to F21, each shown once on a small issued round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.form.expression import Value
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from tests.clients.libreoffice import LibreOffice
from tests.support.offices import FEW, FOURTH, Office, stored
from tests.support.packages import Package, spread
from tests.support.returns import read, right

MAIN, COVER, LEDGER = "任务分解表", "填报说明", "台账目录"
MEASURE, POINTS = 3, 4  # columns of the main sheet, from 0
CODED = (MAIN, LEDGER, "加分申报", "信息报送", "减分情形提供表", "联络员名单")
Packages = Mapping[str, Package]


@pytest.fixture
def packages(issued: Office) -> Packages:
    return {unit: Package(issued.path(unit)) for unit in FEW}


@pytest.fixture
def book(issued: Office) -> Workbook:
    return openpyxl.load_workbook(issued.path(FOURTH))


def inputs(book: Workbook) -> Iterator[tuple[str, Cell]]:
    """Give the cells that a client lets people type into, with their sheet."""
    for sheet in book:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell) for cell in row if isinstance(cell, Cell) and not cell.protection.locked)


def texts(book: Workbook, sheet: str) -> str:
    return "\n".join(str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None)


def by_code(book: Workbook, sheet: str = MAIN) -> dict[str, tuple[object, ...]]:
    return {str(row[0]): row for row in book[sheet].iter_rows(values_only=True)}


def test_f01_one_workbook_per_unit(issued: Office) -> None:
    """Each unit gets one file, named by its number in the notice, of less than a megabyte."""
    names = sorted(path.name for path in issued.space.issued.glob("*.xlsx") if MAIN in path.name)
    assert names == [
        "02_人大常委会机关_任务分解表_2020.xlsx",
        "04_政协机关_任务分解表_2020.xlsx",
        "07_检察院_任务分解表_2020.xlsx",
        "32_信访局_任务分解表_2020.xlsx",
    ]
    assert all(issued.path(unit).stat().st_size < 1_000_000 for unit in FEW)


def test_f02_only_own_sub_points(notice: Notice, book: Workbook) -> None:
    """The table holds the unit's sub-points and no others, word for word, with their points, and adds these up."""
    rows, own = by_code(book), assign(notice)[FOURTH]
    assert [code for code in rows if code in notice.sub_points] == list(own)
    for code in own:
        assert rows[code][1] == notice.sub_points[code].text
        assert Decimal(str(rows[code][POINTS])) * 100 == notice.sub_points[code].points
    assert Decimal(str(rows["合计"][POINTS])) * 100 == sum(notice.sub_points[code].points for code in own)


def test_f03_instructions_in_front(book: Workbook) -> None:
    """The first sheet says until when, how, what colours mean, what 不涉及 is, how to name and date evidence, and whom to ask."""
    assert book.sheetnames[0] == COVER
    said = texts(book, COVER)
    for word in (
        "报送期限",
        "2020年11月20日前",
        "怎样填",
        "不涉及",
        "台账资料",
        "以2020年为主",
        "文件夹",
        "咨询",
        "黄格",
        "灰格",
        "蓝格",
    ):
        assert word in said
    setup = book[COVER].page_setup
    assert (setup.paperSize, _fitted(book[COVER])) == (9, True)
    assert (setup.fitToWidth or 1, setup.fitToHeight if setup.fitToHeight is not None else 1) == (1, 1)


def _fitted(sheet: Worksheet) -> bool:
    held = sheet.sheet_properties.pageSetUpPr
    return bool(held and held.fitToPage)


def test_f04_colours_and_locks(book: Workbook) -> None:
    """What is light yellow is open, and all that is open is light yellow; a mark in the text says the same in black and white."""
    fills = {cell.fill.fgColor.rgb for _, cell in inputs(book)}
    assert len(fills) == 1
    (yellow,) = fills
    locked = [
        cell
        for sheet in CODED
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.protection.locked and cell.fill.fgColor.rgb == yellow
    ]
    assert locked == []
    assert "黄格\n由本单位填" in texts(book, COVER)


def test_f05_every_input_is_checked(issued: Office, book: Workbook) -> None:
    """Each input has exactly one validation, of its kind, with a message in Chinese that stops what does not fit."""
    covered: Counter[tuple[str, str]] = Counter()
    for sheet in book:
        for each in sheet.data_validations.dataValidation:
            assert each.errorStyle in {None, "stop"}
            assert re.search("[一-龥]", each.error or "")
            covered.update((sheet.title, cell) for cell in _cells(str(each.sqref)))
    assert covered == Counter((sheet, cell.coordinate) for sheet, cell in inputs(book))
    kinds = {cell: each.type for each in book[MAIN].data_validations.dataValidation for cell in _cells(str(each.sqref))}
    shape = issued.forms[FOURTH].shape
    expected = {Kind.CHOICE: {"list"}, Kind.WHOLE: {"whole"}, Kind.DECIMAL: {"decimal", "custom"}}
    for key, field in shape.fields.items():
        if shape.places[key].sheet == MAIN and field.kind in expected:
            assert kinds[shape.places[key].cell] in expected[field.kind], key


def _cells(areas: str) -> Iterator[str]:
    return (cell for area in areas.split() for cell in spread(area))


def test_f06_no_rate_is_asked(book: Workbook) -> None:
    """No input takes a percentage: rates are asked as two counts."""
    assert [(sheet, cell.coordinate) for sheet, cell in inputs(book) if "%" in cell.number_format] == []
    rows = by_code(book)
    assert [rows[code][MEASURE] for code in ("8.1.信访", "8.1.按期办结")] == ["件", "件"]


def test_f07_completeness_is_seen(book: Workbook) -> None:
    """Every row that asks says 通过, 待填 or 错误 beside it, and the first sheet counts what is open, with a link to it."""
    open_rows = {cell.row for sheet, cell in inputs(book) if sheet == MAIN}
    assert all(str(book[MAIN].cell(row, 9).value).startswith("=IF(") for row in open_rows)
    (head,) = (no for no, row in enumerate(book[COVER].iter_rows(values_only=True), 1) if row[0] == "序号")
    assert [cell.value for cell in book[COVER][head]][:6] == ["序号", "工作表和项目", "待填", "错误", "请核实", "前往"]
    shown = [str(row[5]) for row in book[COVER].iter_rows(min_row=head + 1, max_row=head + 8, values_only=True)]
    assert all("HYPERLINK(" in link for link in shown)


def test_f08_units_of_measure(issued: Office, book: Workbook) -> None:
    """Beside each number stands its unit of measure, and a number typed with it is read all the same."""
    shape, rows = issued.forms[FOURTH].shape, by_code(book)
    asked = [key for key, field in shape.fields.items() if key.endswith(".填报") and field.kind is Kind.WHOLE]
    assert asked
    assert all(rows[shape.fields[key].row][MEASURE] == shape.fields[key].measure != "" for key in asked)
    answers = read(shape, right(shape, {"15.6.次数.填报": "5次"}))
    assert answers.values["15.6.次数.填报"] == 5
    assert [each.code for each in answers.findings] == ["value-normalised"]


def test_f09_room_for_remarks(issued: Office, book: Workbook) -> None:
    """A remark may have 200 characters or more; its cell wraps."""
    shape = issued.forms[FOURTH].shape
    remarks = [key for key in shape.fields if key.endswith(".说明") and shape.places[key].sheet == MAIN]
    assert remarks
    assert {shape.fields[key].length >= 200 for key in remarks} == {True}
    assert all(book[MAIN][shape.places[key].cell].alignment.wrap_text for key in remarks)


def test_f10_a_row_of_evidence_for_each_sub_point(notice: Notice, book: Workbook) -> None:
    """The list of documents names each sub-point that the unit has to prove, once at least."""
    assert [cell.value for cell in book[LEDGER][5]][:8] == [
        "编号", "得分点", "建议提供的材料", "材料名称", "材料类型", "形成日期", "电子文件名", "页数",
    ]  # fmt: skip
    named = {str(row[1]) for row in by_code(book, LEDGER).values()}
    proved = {code for code in assign(notice)[FOURTH] if code not in {"20.6", "20.7"}}  # the office's own registers
    assert {f"第{code}项" for code in proved} <= named


def test_f11_bonus_and_no_deduction(book: Workbook) -> None:
    """Ten bonus matters can be claimed; of a deduction of its own a unit is asked nothing."""
    assert len([code for code in by_code(book, "加分申报") if re.fullmatch(r"加分\.\d+", code)]) >= 10
    asked = [sheet for sheet, cell in inputs(book) if "减分" in str(book[sheet].cell(5, cell.column).value)]
    assert set(asked) <= {"减分情形提供表"}


def test_f12_months_make_the_score(issued: Office, book: Workbook) -> None:
    """Twelve months of reports give 0.5 for each in time and 2 for each taken up, 4 at the most."""
    months = {str(row[1]) for row in by_code(book, "信息报送").values()}
    assert {f"{month}月" for month in range(1, 13)} <= months
    shape = issued.forms[FOURTH].shape
    for count, taken in ((0, 0), (1, 0), (3, 1), (8, 0), (12, 3)):
        values: dict[str, Value] = {}
        for no in range(1, count + 1):
            values[f"信息.{no:02d}.标题"] = f"第{no}篇"
            values[f"信息.{no:02d}.录用"] = "已录用" if no <= taken else "未录用"
            values[f"信息.{no:02d}.报送日期"] = date(2020, no, 5)
        evaluator = shape.evaluator(values)
        assert evaluator.field("20.6.测算") == min(Fraction(4), Fraction(count, 2) + 2 * taken)


def test_f13_contacts_are_the_annex(book: Workbook) -> None:
    """The list of contacts has the columns and persons of the notice's annex, and is shipped empty."""
    assert [cell.value for cell in book["联络员名单"][5]][1:6] == ["人员", "姓名", "职务", "办公室电话", "手机号码"]
    people = [row[1] for row in by_code(book, "联络员名单").values()]
    assert people[-3:] == ["分管领导", "联络员", "填报人"]
    assert "如有调整" in texts(book, "联络员名单")
    assert [cell.value for sheet, cell in inputs(book) if sheet == "联络员名单" and cell.value is not None] == []


def test_f14_sign_off(book: Workbook) -> None:
    """The printed table ends with the line that is signed and stamped."""
    last = [cell.value for row in book[MAIN].iter_rows() for cell in row if cell.value is not None][-1]
    for word in ("填报人", "审核人", "分管领导(签字)", "单位(盖章)", "填报日期", "联系电话"):
        assert word in str(last)


def test_f15_pages(book: Workbook, packages: Packages) -> None:
    """Every sheet prints on A4 across, one page wide, centred, its headings repeated and its pages numbered."""
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth or 1) == 1
        assert sheet.print_options.horizontalCentered
        assert "第&P页 共&N页" in packages[FOURTH].sheets[sheet.title].text("oddFooter")
    assert all(book[sheet].page_setup.fitToHeight == 0 and book[sheet].print_title_rows for sheet in CODED)


def test_f16_fonts(packages: Packages) -> None:
    """Titles, headings, sentences and tables are in the fonts of official papers that every Windows has; figures in Arial."""
    package = packages[FOURTH]
    used = {cell.style for part in package.sheets.values() for cell in part.cells.values()}
    assert {package.formats[style]["font"] for style in used} == {"方正小标宋简体", "黑体", "仿宋", "宋体", "Arial"}


def test_f17_protection(issued: Office, book: Workbook) -> None:
    """The inputs alone are open; cells may be selected and columns widened, and sheets stay; headings stay in sight."""
    places = issued.forms[FOURTH].shape.places
    fields = [(places[key].sheet, places[key].cell) for key in issued.forms[FOURTH].shape.fields]
    assert sorted((sheet, cell.coordinate) for sheet, cell in inputs(book)) == sorted(fields)
    assert book.security.lockStructure
    for sheet in book:
        assert sheet.protection.sheet
        assert not sheet.protection.formatColumns  # False: not forbidden
        assert not sheet.protection.selectLockedCells
        assert not sheet.protection.selectUnlockedCells
    assert all(book[sheet].freeze_panes for sheet in CODED)


def test_f18_where_everything_is(issued: Office, book: Workbook, packages: Packages) -> None:
    """The file says which form it is, and each input has a name that leads to it."""
    form = issued.forms[FOURTH]
    assert form.number in packages[FOURTH].parts["docProps/custom.xml"].decode()
    for field in form.shape.fields.values():
        ((sheet, cell),) = book.defined_names[field.name].destinations
        assert (sheet, cell.replace("$", "")) == (form.shape.places[field.key].sheet, form.shape.places[field.key].cell)


def test_f19_no_macros_and_no_links(packages: Packages) -> None:
    """No form holds a macro, a link to another file, or a control."""
    for package in packages.values():
        assert [
            name for name in package.parts if re.search("vba|externalLink|activeX|ctrlProps|embeddings", name)
        ] == []
        assert not any(
            b'TargetMode="External"' in data for name, data in package.parts.items() if name.endswith(".rels")
        )


def test_f19_opens_in_a_client(issued: Office, libreoffice: LibreOffice) -> None:
    """LibreOffice opens the form with all its sheets."""
    with libreoffice.open(issued.path(FOURTH)) as document:
        assert document.sheets()[0] == COVER
        assert set(CODED) <= set(document.sheets())


def test_f20_results_are_there_already(issued: Office, packages: Packages) -> None:
    """Beside each formula stands its result, for who opens the form without calculating."""
    shape, package = issued.forms[FOURTH].shape, packages[FOURTH]
    assert shape.formulas
    for key in shape.formulas:
        cell = package.sheets[shape.places[key].sheet].cells[shape.places[key].cell]
        assert cell.formula
        assert cell.result == stored(shape.blank_results[key]), key


def test_f21_no_personal_data(book: Workbook, packages: Packages) -> None:
    """No number as long as a telephone's or an identity card's is shipped, and no identity number is asked."""
    for package in packages.values():
        assert [text for text in package.strings if re.search(r"[0-9]{7}|身份证", text)] == []
    assert [cell.value for _, cell in inputs(book) if cell.value is not None] == []
