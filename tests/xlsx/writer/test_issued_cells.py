"""The cells of an issued workbook: inputs open, everything else locked, codes beside them, results already computed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest
from openpyxl.workbook import Workbook

from fazhi_xl.form.model import Form, Shape
from fazhi_xl.notice.choices import Kind
from tests.support.offices import Office, stored
from tests.support.packages import Package, Part, letters, place, spread

pytestmark = pytest.mark.long

Forms = Mapping[str, Form]
Packages = Mapping[str, Package]
CODED = ("任务分解表", "台账目录", "加分申报", "信息报送", "减分情形提供表", "联络员名单")


def each_sheet(one_of_each: Forms, packages: Packages) -> Iterator[tuple[Shape, str, Package, Part]]:
    for form in one_of_each.values():
        for name, part in packages[form.unit].sheets.items():
            yield form.shape, name, packages[form.unit], part


def inputs(shape: Shape, sheet: str) -> set[str]:
    return {shape.places[key].cell for key in shape.fields if shape.places[key].sheet == sheet}


def test_sheets_are_protected(packages: Packages) -> None:
    """Every sheet is protected without a password; columns and rows may still be resized, and cells be selected."""
    for package in packages.values():
        for part in package.sheets.values():
            expected = {"sheet": "1", "objects": "1", "scenarios": "1", "formatColumns": "0", "formatRows": "0"}
            assert part.one("sheetProtection") == expected


def test_sheets_stay_where_they_are(packages: Packages) -> None:
    """No sheet can be added, taken out, moved or renamed, without a password as well."""
    for package in packages.values():
        (protection,) = package.xml("xl/workbook.xml").findall("{*}workbookProtection")
        assert list(protection.attrib.items()) == [("lockStructure", "1")]


def test_inputs_are_open_and_the_rest_is_locked(one_of_each: Forms, packages: Packages) -> None:
    """The unlocked cells are the form's inputs, every one of them and no others."""
    for shape, name, package, part in each_sheet(one_of_each, packages):
        open_cells = {at for at, cell in part.cells.items() if package.formats[cell.style]["locked"] == "0"}
        assert open_cells == inputs(shape, name), name


def test_columns_and_rows_are_locked(one_of_each: Forms, packages: Packages) -> None:
    """No column, row or named style unlocks cells that are not drawn."""
    for _, name, package, part in each_sheet(one_of_each, packages):
        styles = {each.get("style") for each in part.every("col")} | {each.get("s") for each in part.every("row")}
        assert {package.formats[int(style)]["locked"] for style in styles if style} <= {"1"}, name


def test_inputs_are_light_yellow(office: Office, one_of_each: Forms, packages: Packages) -> None:
    """A cell is light yellow where it takes an answer, and only there (the colour legend shows it once)."""
    yellow = office.notice.theme.colours["input"].removeprefix("#")
    for shape, name, package, part in each_sheet(one_of_each, packages):
        found = {at for at, cell in part.cells.items() if package.formats[cell.style]["fill"] == yellow}
        legend = {at for at in found if part.cells[at].text == "黄格"}
        assert found - legend == inputs(shape, name), name
        assert len(legend) == (name == "填报说明")


def test_inputs_are_blank(one_of_each: Forms, packages: Packages) -> None:
    """No input is prefilled, and none holds a formula."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        filled = {at for at in inputs(shape, name) if part.cells[at].stored or part.cells[at].formula}
        assert filled == set(), name


def test_inputs_have_plain_formats(one_of_each: Forms, packages: Packages) -> None:
    """Numbers show as typed and never as percent; dates show as dates, texts are kept as text."""
    formats = {
        Kind.WHOLE: {"0"},
        Kind.DECIMAL: {"0", "0.00"},
        Kind.CHOICE: {"0"},
        Kind.DATE: {"yyyy-m-d"},
        Kind.TEXT: {"@"},
    }
    for shape, name, package, part in each_sheet(one_of_each, packages):
        for key, field in shape.fields.items():
            if shape.places[key].sheet == name:
                style = part.cells[shape.places[key].cell].style
                assert package.formats[style]["number"] in formats[field.kind], key


def test_no_percent_format(packages: Packages) -> None:
    """No cell of any workbook is formatted as percent: 95, 0.95 and 95% must not be mixed up."""
    for package in packages.values():
        assert not [each for each in package.formats if "%" in each["number"] or each["number"] in {"9", "10"}]


def test_inputs_are_not_merged(one_of_each: Forms, packages: Packages) -> None:
    """Merged cells are titles, texts and hints, never inputs; in sheets with inputs each lies within a row."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        merged = {cell for area in part.merges for cell in area}
        assert merged.isdisjoint(inputs(shape, name)), name
        assert all(len({place(cell)[1] for cell in area}) == 1 for area in part.merges if name in CODED)


def test_column_codes(one_of_each: Forms, packages: Packages) -> None:
    """Row 1 of a sheet with inputs holds the column codes, hidden and locked."""
    for shape, name, package, part in each_sheet(one_of_each, packages):
        sheet = next(each for each in shape.sheets if each.name == name)
        first = part.every("row")[0]
        assert (first.get("r"), first.get("hidden") == "1") == ("1", name in CODED)
        if name in CODED:
            codes = [part.cells[f"{letters(no)}1"] for no in range(1, len(sheet.columns) + 1)]
            assert [cell.text for cell in codes] == [column.code for column in sheet.columns]
            assert {package.formats[cell.style]["locked"] for cell in codes} == {"1"}


def test_hidden_rows(one_of_each: Forms, packages: Packages) -> None:
    """Hidden are the column codes, the names that a list is drawn from, and the column of numbers that make up the code; no sheet is."""
    for shape, name, package, part in each_sheet(one_of_each, packages):
        sheet = next(each for each in shape.sheets if each.name == name)
        named = [str(no) for no, row in enumerate(sheet.rows, 2) if row.code.startswith("减分单位.")]
        hidden = [row.get("r") for row in part.every("row") if row.get("hidden")]
        assert hidden == (["1", *named] if name in CODED else [])
        columns = [column.get("min") for column in part.every("col") if column.get("hidden")]
        assert columns == ([str(len(sheet.columns))] if name in CODED else [])
        assert b' state="' not in package.parts["xl/workbook.xml"]


def test_row_codes(one_of_each: Forms, packages: Packages) -> None:
    """Column A holds each input's row code, under the visible heading 编号, and no row code twice."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        codes = {place(at)[1]: cell.text or "" for at, cell in part.cells.items() if place(at)[0] == 1}
        for key, field in shape.fields.items():
            if shape.places[key].sheet == name:
                assert codes[shape.places[key].row] == field.row
        if name in CODED:
            assert list(codes.values()).count("编号") == 2  # in the hidden row and in the heading
            own = [code for row, code in codes.items() if code in {f.row for f in shape.fields.values()}]
            assert len(own) == len(set(own))


def test_defined_names(one_of_each: Forms, packages: Packages) -> None:
    """Every input has a defined name of its own for the whole workbook, which points to its cell."""
    for form in one_of_each.values():
        shape, found = form.shape, packages[form.unit].names
        own = [(name, target) for name, target in found if not name.startswith("_xlnm.")]
        assert len({name.casefold() for name, _ in own}) == len(own)
        assert dict(own) == {
            field.name: f"'{(at := shape.places[key]).sheet}'!${letters(at.column)}${at.row}"
            for key, field in shape.fields.items()
        }


def test_defined_names_of_every_unit(office: Office, packages: Packages) -> None:
    """The names are the same in every workbook of a shape."""
    by_shape = {(form.shape.name, packages[unit].names) for unit, form in office.forms.items()}
    assert len(by_shape) == len({name for name, _ in by_shape})


def test_defined_names_with_openpyxl(one_of_each: Forms, books: Mapping[str, Workbook]) -> None:
    """Another library finds each input by its name, and there an unlocked cell."""
    for name, book in books.items():
        for field in one_of_each[name].shape.fields.values():
            ((sheet, cell),) = book.defined_names[field.name].destinations
            assert book[sheet][cell].protection.locked is False, field.key


def test_every_formula_has_its_result(one_of_each: Forms, packages: Packages) -> None:
    """Beside each formula stands what it comes to in the blank form, as Python computes it."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        cells = {
            shape.places[key].cell: value
            for key, value in shape.blank_results.items()
            if shape.places[key].sheet == name
        }
        assert {at for at, cell in part.cells.items() if cell.formula} == cells.keys()
        for at, value in cells.items():
            assert part.cells[at].result == stored(value), (name, at)


def test_formulas_begin_plainly(packages: Packages) -> None:
    """No formula carries an equals sign of its own, is an array or is shared between cells."""
    for package in packages.values():
        for part in package.sheets.values():
            assert not [each for each in part.every("f") if each.attrib or (each.text or "=").startswith(("=", "{"))]


def test_no_error_is_shown(books: Mapping[str, Workbook]) -> None:
    """No cell of a blank workbook shows an error."""
    for book in books.values():
        for sheet in book:
            assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]


@pytest.mark.parametrize("unit", ["司法局", "总工会"])
def test_blank_form_asks(packages: Packages, unit: str) -> None:
    """A blank form already says what is to be filled in, and no list row complains."""
    shown = Counter(
        (cell.stored or "")[:2]
        for name, part in packages[unit].sheets.items()
        if name in CODED
        for cell in part.cells.values()
        if cell.formula and cell.kind == "str" and cell.stored
    )
    assert set(shown) <= {"待填", "按时", "内容", "未填"}, (
        shown
    )  # 按时 heads the count of reports, 内容 the code over the contents
    assert shown["待填"] > 5


def test_no_text_begins_with_an_option(one_of_each: Forms, packages: Packages) -> None:
    """No locked text in a column with choices begins with an option, which a client would complete to the text."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        for column, options in _options(shape, name).items():
            texts = [
                c.text or "" for at, c in part.cells.items() if place(at)[0] == column and at not in inputs(shape, name)
            ]
            odd = [text for text in texts if text.startswith(tuple(options)) and text not in options]
            assert odd == [], (name, column)


def _options(shape: Shape, sheet: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for key, field in shape.fields.items():
        if shape.places[key].sheet == sheet and field.options:
            found.setdefault(shape.places[key].column, set()).update(field.options)
    return found


def test_no_option_begins_another(one_of_each: Forms) -> None:
    """No option of a list is the beginning of another of its options."""
    for form in one_of_each.values():
        for key, field in form.shape.fields.items():
            pairs = [(a, b) for a in field.options for b in field.options if a != b and b.startswith(a)]
            assert pairs == [] or key.startswith("台账"), key  # 第1.1项 and 第1.10项 differ at their last character
            assert all(not b.startswith(a) for a, b in pairs), key


def test_wrong_rows_are_coloured(one_of_each: Forms, packages: Packages) -> None:
    """In each sheet with inputs one rule colours all of them, and nothing else, where the row's result begins with 错误."""
    for shape, name, _, part in each_sheet(one_of_each, packages):
        rules = [
            (rule.findtext("{*}formula"), each.get("sqref", ""))
            for each in part.every("conditionalFormatting")
            for rule in each.iterfind("{*}cfRule")
            if rule.get("type") == "expression"
        ]
        if name in CODED:
            ((formula, areas),) = rules
            assert re.fullmatch(r'LEFT\(INDEX\(\$([A-Z])\$1:\$\1\$\d+,ROW\(\)\),3\)="错误:"', str(formula))
            assert sorted(at for area in areas.split() for at in spread(area)) == sorted(inputs(shape, name))
        else:
            assert rules == []
