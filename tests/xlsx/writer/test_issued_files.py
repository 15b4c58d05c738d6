"""What is issued: 45 small plain files that say whose they are, the same bytes whenever they are made again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.offices import Office
from tests.support.packages import Package, Part

KB = 1024
SHEETS = ["填报说明", "任务分解表", "台账目录", "加分申报", "信息报送", "法治环境指数", "联络员名单"]
NAMES = (
    "01_区委办", "02_人大常委会机关", "03_政府办", "04_政协机关", "05_纪委监委", "06_法院", "07_检察院", "08_组织部",
    "09_宣传部", "10_统战部", "11_政法委", "12_发改局", "13_教育局", "14_科技局", "15_工信局", "16_民政局",
    "17_司法局", "18_财政局", "19_人社局", "20_住建局", "21_城管局", "22_农业农村局", "23_商务局", "24_文体旅局",
    "25_卫健局", "26_退役军人事务局", "27_应急管理局", "28_审计局", "29_行政审批局", "30_市场监管局", "31_统计局",
    "32_信访局", "33_地方金融监管局", "34_总工会", "35_团委", "36_妇联", "37_科协", "38_残联", "39_红十字会",
    "40_公安分局", "41_交警大队", "42_生态环境局", "43_自然资源分局", "44_税务局", "45_消防大队",
)  # fmt: skip


def test_names(office: Office) -> None:
    """There are 45 files, each named by its unit's number in Annex 1, the unit and the year."""
    assert sorted(path.name for path in office.space.issued.iterdir()) == [
        f"{name}_任务分解表_2020.xlsx" for name in NAMES
    ]


def test_sizes(office: Office) -> None:
    """No file is larger than 120 KB."""
    assert {
        path.name: path.stat().st_size for path in office.space.issued.iterdir() if path.stat().st_size > 120 * KB
    } == {}


def test_parts(packages: Mapping[str, Package]) -> None:
    """No file has macros, links to other files, connections, drawings, comments or embedded things."""
    plain = re.compile(
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/_rels/workbook\.xml\.rels"
        r"|xl/(workbook|styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d\.xml"
    )
    odd = {(unit, part) for unit, package in packages.items() for part in package.parts if not plain.fullmatch(part)}
    assert odd == set()


def test_no_links(packages: Mapping[str, Package]) -> None:
    """Nothing refers to the outside: no external relation, no hyperlink, no web address in a formula."""
    for package in packages.values():
        assert not any(b'TargetMode="External"' in data for data in package.parts.values())
        assert not any(part.every("hyperlink") for part in package.sheets.values())


def test_sheets(packages: Mapping[str, Package]) -> None:
    """Every workbook has the seven sheets, in this order; those that provide deductions have one more."""
    for unit, package in packages.items():
        assert [name for name in package.sheets if name != "减分情形提供表"] == SHEETS, unit


def test_filled_slots(packages: Mapping[str, Package]) -> None:
    """No slot is left without its unit's own text."""
    assert not any(b"[[" in data or b"]]" in data for package in packages.values() for data in package.parts.values())


def test_form_number_on_every_sheet(office: Office, packages: Mapping[str, Package]) -> None:
    """The form number and the unit's name stand in a visible row of every sheet, and no other unit's number does."""
    for unit, package in packages.items():
        form = office.forms[unit]
        for name, part in package.sheets.items():
            row = next(row for row, text in _column_a(part) if text == form.slots["unit_line"])
            assert form.number in form.slots["unit_line"], name
            assert not any(each.get("hidden") for each in part.every("row") if each.get("r") == str(row))
        numbers = {number for text in package.strings for number in re.findall(r"ZL2020-\d\d-\S+", text)}
        assert numbers == {form.number}


def _column_a(part: Part) -> list[tuple[int, str | None]]:
    return [(int(cell[1:]), each.text) for cell, each in part.cells.items() if re.fullmatch(r"A\d+", cell)]


def test_form_number_in_every_footer(office: Office, packages: Mapping[str, Package]) -> None:
    """Every printed page says form number, page, unit and sheet, within Excel's 255 characters."""
    for unit, package in packages.items():
        for name, part in package.sheets.items():
            footer = part.text("oddFooter")
            assert footer == f"&L&9表号:{office.forms[unit].number}&C&9第&P页 共&N页&R&9{unit} {name}"
            assert len(footer) <= 255


def test_form_number_as_property(office: Office, packages: Mapping[str, Package]) -> None:
    """The file's own properties carry the form number too, for a second opinion."""
    for unit, package in packages.items():
        assert office.forms[unit].number in package.parts["docProps/custom.xml"].decode()


def test_form_numbers(office: Office) -> None:
    """Each unit has a number of its own: campaign, number in Annex 1, edition, eight characters of check code."""
    numbers = [form.number for form in office.forms.values()]
    assert len(set(numbers)) == 45
    code = "[A-HJ-NP-Z2-9]{8}"
    assert all(re.fullmatch(rf"ZL2020-{no:02d}-1-{code}", number) for no, number in enumerate(numbers, 1))


def test_title_and_date(packages: Mapping[str, Package]) -> None:
    """The properties name the notice's year of evaluation, and a fixed date: the same input gives the same bytes."""
    for package in packages.values():
        core = package.parts["docProps/core.xml"].decode()
        assert "任务分解表" in core
        assert ">2020-01-01T00:00:00Z<" in core
        assert package.stamps == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.long
def test_same_bytes(office: Office, tmp_path: Path) -> None:
    """With the same key a round made again, in two processes, gives the same bytes."""
    again = Office(office.notice, tmp_path)
    shutil.copy(office.space.key_file, tmp_path)
    again.issue(jobs=2)
    assert _bytes(again) == _bytes(office)


def _bytes(office: Office) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in office.space.issued.iterdir()}


def test_other_key(office: Office, tmp_path: Path) -> None:
    """Another key gives other check codes, so nobody without the key can make a form number."""
    other = Office(office.notice, tmp_path)
    other.issue("法院")
    assert other.forms["法院"].number != office.forms["法院"].number


def test_one_shape(office: Office, packages: Mapping[str, Package]) -> None:
    """Workbooks of one shape differ in their slots and in nothing else."""
    alike = [form for form in office.forms.values() if form.shape is office.forms["总工会"].shape]
    assert len(alike) > 3
    texts = {text for form in alike for text in form.slots.values()}
    assert len({_neutral(packages[form.unit], texts) for form in alike}) == 1


def _neutral(package: Package, slots: set[str]) -> tuple[tuple[str, str], ...]:
    """Give the parts with the slots' texts taken out, the longest first; items name some of the units too."""
    texts = sorted(slots, key=len, reverse=True)
    return tuple((name, _without(data.decode(), texts)) for name, data in package.parts.items())


def _without(text: str, words: list[str]) -> str:
    for word in words:
        text = text.replace(word, "·")
    return text
