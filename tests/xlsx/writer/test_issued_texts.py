"""The words of 任务分解表 are the catalogue's, and every unit sees its own items and no others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from fazhi_xl.form.model import Form
from fazhi_xl.notice.assignment import assign, provided
from fazhi_xl.notice.model import Notice
from tests.support.packages import Package, place

Packages = Mapping[str, Package]


class Table:
    """任务分解表 by row code and column code, as another program would read it."""

    def __init__(self, package: Package, sheet: str = "任务分解表") -> None:
        cells = package.sheets[sheet].cells
        columns = {place(at)[0]: cell.text for at, cell in cells.items() if place(at)[1] == 1}
        rows = {place(at)[1]: cell.text for at, cell in cells.items() if place(at)[0] == 1}
        self._texts = {
            (rows.get(place(at)[1]), columns[place(at)[0]]): cell.text or "" for at, cell in cells.items() if cell.text
        }
        self.rows = tuple(code for code in rows.values() if code)
        self._below = {
            (rows.get(place(at)[1] - 1), columns[place(at)[0]]): cell.text or ""
            for at, cell in cells.items()
            if cell.text
        }

    def __call__(self, row: str, column: str) -> str:
        return self._texts.get((row, column), "")

    def below(self, row: str, column: str) -> str:
        """Give the text below a cell."""
        return self._below.get((row, column), "")


@pytest.fixture(scope="module")
def tables(packages: Packages) -> Mapping[str, Table]:
    return {unit: Table(package) for unit, package in packages.items()}


Tables = Mapping[str, Table]


@pytest.mark.long
def test_own_sub_points(notice: Notice, tables: Tables) -> None:
    """A unit's table has the sub-points that it answers, in the notice's order."""
    for unit, codes in assign(notice).items():
        assert [row for row in tables[unit].rows if row in notice.sub_points] == list(codes), unit


@pytest.mark.long
def test_sub_points(notice: Notice, tables: Tables) -> None:
    """Each sub-point stands there word for word, with its points."""
    for unit, codes in assign(notice).items():
        for code in codes:
            sub = notice.sub_points[code]
            assert tables[unit](code, "项目") == sub.text
            assert Decimal(tables[unit](code, "分值")) * 100 == sub.points


def test_items(notice: Notice, tables: Tables) -> None:
    """Above the sub-points stand their item's name and points, and below these its aspect, basis and responsible departments."""
    for unit, codes in assign(notice).items():
        for item in {notice.item_of[code].no: notice.item_of[code] for code in codes}.values():
            row = str(item.no)
            assert tables[unit](row, "项目") == item.name
            assert tables[unit](row, "说明").startswith(f"{item.points / 100:g}分;")
            basis = f"{item.aspect}。依据:{item.basis}。责任部门:{'、'.join(item.responsible)}。"
            assert tables[unit].below(row, "项目").startswith(basis)


def test_share_of_an_item(notice: Notice, tables: Tables) -> None:
    """The item's row says how many sub-points and points of the item are the unit's."""
    for unit, codes in assign(notice).items():
        for item in {notice.item_of[code].no: notice.item_of[code] for code in codes}.values():
            mine = [notice.sub_points[code] for code in codes if notice.item_of[code] is item]
            share = f";本单位{len(mine)}个得分点、{sum(sub.points for sub in mine) / 100:g}分"
            assert tables[unit](str(item.no), "说明").endswith(share)


def test_facts(notice: Notice, tables: Tables) -> None:
    """Below a sub-point stand its facts with the catalogue's labels and measures."""
    for unit, codes in assign(notice).items():
        for code in codes:
            for fact in notice.sub_points[code].inputs:
                row = f"{code}.{fact.key}"
                assert (tables[unit](row, "项目"), tables[unit](row, "单位")) == (fact.label, fact.measure), row


def test_total(notice: Notice, tables: Tables) -> None:
    """The last row adds up the unit's points: its applicable full marks."""
    for unit, codes in assign(notice).items():
        assert Decimal(tables[unit]("合计", "分值")) * 100 == sum(notice.sub_points[code].points for code in codes)


def test_sign_off(packages: Packages) -> None:
    """The table ends with the line to be signed and stamped."""
    for package in packages.values():
        last = [cell.text for cell in package.sheets["任务分解表"].cells.values() if cell.text][-1]
        assert last is not None
        assert all(
            word in last for word in ("填报人", "审核人", "分管领导(签字)", "单位(盖章)", "填报日期", "联系电话")
        )


def test_ledger_names_the_sub_points(notice: Notice, packages: Packages) -> None:
    """The ledger has a row for each sub-point that the unit proves, with the evidence that the catalogue names."""
    for unit, codes in assign(notice).items():
        table = Table(packages[unit], "台账目录")
        for no, code in enumerate((each for each in codes if each != "20.7"), 1):
            row = f"台账.{no:03d}"
            assert (table(row, "得分点"), table(row, "建议")) == (f"第{code}项", notice.sub_points[code].evidence)


def test_contacts(notice: Notice, packages: Packages) -> None:
    """联络员名单 has the columns and rows of the notice's annex."""
    assert notice.contacts
    for package in packages.values():
        texts = {cell.text for cell in package.sheets["联络员名单"].cells.values()}
        assert {*notice.contacts.columns, *notice.contacts.rows, notice.contacts.title} <= texts


def test_index(notice: Notice, packages: Packages) -> None:
    """法治环境指数 has every indicator word for word."""
    assert notice.index
    indicators = {indicator.text for project in notice.index.projects for indicator in project.indicators}
    for package in packages.values():
        assert indicators <= {cell.text for cell in package.sheets["法治环境指数"].cells.values()}


def test_deductions_are_asked_of_those_who_hold_the_facts(notice: Notice, packages: Packages) -> None:
    """减分情形提供表 stands in the workbooks of the units that hold such facts, and no other sheet speaks of deductions."""
    holders = {unit.short for unit in notice.units if provided(notice, unit.short)}
    assert holders == {
        "人大常委会机关", "纪委监委", "法院", "检察院", "组织部", "司法局", "应急管理局", "审计局", "信访局", "公安分局", "生态环境局",
    }  # fmt: skip
    for unit, package in packages.items():
        speaking = {
            name for name, part in package.sheets.items() if any("减分" in (c.text or "") for c in part.cells.values())
        }
        assert speaking == ({"减分情形提供表", "填报说明"} if unit in holders else set()), unit


def test_nobody_names_itself_in_deductions(notice: Notice, packages: Packages) -> None:
    """The units to choose from are all others."""
    for unit in (unit.short for unit in notice.units if provided(notice, unit.short)):
        table = Table(packages[unit], "减分情形提供表")
        named = [table(row, "单位") for row in table.rows if row.startswith("减分单位.")]
        assert named == [each.short for each in notice.units if each.short != unit]


def test_situations_to_choose_from(notice: Notice, one_of_each: Mapping[str, Form]) -> None:
    """A unit may choose the situations whose facts it holds; the degree is asked where one of them has two."""
    for form in one_of_each.values():
        held = provided(notice, form.unit)
        if held:
            assert form.shape.fields["减分.01.情形"].options == tuple(each.label for each in held)
            assert ("减分.01.程度" in form.shape.fields) == any(each.levels for each in held)


def test_no_rehearsal_mark(packages: Packages) -> None:
    """A real form bears no mark of a rehearsal."""
    for package in packages.values():
        assert not [text for text in package.strings if "演练" in text]


def test_no_personal_data(packages: Packages, one_of_each: Mapping[str, Form]) -> None:
    """No number long enough for a telephone or an identity card is shipped."""
    for form in one_of_each.values():
        for text in packages[form.unit].strings:
            longest = max(
                (len(digits) for digits in "".join(c if c.isdigit() else " " for c in text).split()), default=0
            )
            assert longest < 7, text
