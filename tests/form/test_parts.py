"""A form has the sheets of the parts that its notice has, and speaks of no other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from fazhi_xl.form.model import Field, Form, Label, Points, Sheet
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.unit import completeness, contacts, index, ledger
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.choices import Kind
from fazhi_xl.notice.model import Notice
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, catalogue, full, item, minimal, negative_list, sub_point


def forms(notice: Notice) -> Mapping[str, Form]:
    made = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    return {form.unit: form for form in made}


def sheets(form: Form) -> list[str]:
    return [sheet.name for sheet in form.shape.sheets]


def texts(form: Form) -> str:
    return "\n".join(content.text for _, _, content in form.shape.cells() if isinstance(content, Label))


def with_parts(*files: str) -> Files:
    """Give the minimal catalogue with some files of the full one."""
    return minimal() | {file: table for file, table in full().items() if file in files}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


class TestSheets:
    def test_no_part_at_all(self, folder: Path) -> None:
        """A notice of one item alone asks for its facts, and for no list of anything."""
        form = forms(catalogue(folder, minimal()))["01社区"]
        assert sheets(form) == ["填报说明", "任务分解表"]
        assert [word for word in ("台账", "文件夹", "加分", "减分", "不涉及", "登记") if word in texts(form)] == []
        assert "先填任务分解表" not in texts(form)
        assert "填黄格:先填数据,再对照测算分填自评分,需要时写情况说明。" in texts(form)

    def test_who_is_responsible(self, folder: Path) -> None:
        """All units are named as the notice calls them, a group by its name; a basis is printed where there is one."""
        files = minimal()
        files["items/01.toml"]["responsible"] = ["@全部", "@北片"]
        files["groups.toml"] = {"groups": [{"name": "北片", "members": [{"unit": "01社区"}]}]}
        told = texts(forms(catalogue(folder, files))["01社区"])
        assert "责任部门:全部参评单位、北片。以下得分点由01社区、02社区填报" in told
        assert "依据:" not in told

    def test_index_and_contacts(self, folder: Path) -> None:
        """The sheets of the index and the contacts are called as the notice calls them."""
        form = forms(catalogue(folder, with_parts("index.toml", "contacts.toml")))["02社区"]
        assert sheets(form) == ["填报说明", "任务分解表", "社区指标", "联络表"]

    def test_evidence(self, folder: Path) -> None:
        """Documents are listed, and folders named, where the notice says what it wants of them."""
        files = minimal()
        files["notice.toml"]["texts"] = {"evidence": ["材料转成电子档。"]}
        files["items/01.toml"]["sub_points"][0]["evidence"] = "走访记录"
        form = forms(catalogue(folder, files))["01社区"]
        assert sheets(form) == ["填报说明", "任务分解表", "台账目录"]
        assert "按评价项目序号命名:1。" in texts(form)
        assert "本表和台账资料一并报送" in texts(form)

    def test_nothing_to_fill_in(self, folder: Path) -> None:
        """A list of deductions alone asks its units nothing: their forms have no input."""
        made = forms(catalogue(folder, negative_list()))
        assert [form.shape.asks for form in made.values()] == [False] * 3
        assert "填报进度" not in texts(made["01社区"])

    def test_who_holds_facts_of_deductions(self, folder: Path) -> None:
        """A unit that provides deductions has that sheet, and the others none."""
        files = negative_list()
        files["adjustments.toml"]["deductions"][0]["provided_by"] = ["02社区"]
        made = forms(catalogue(folder, files))
        assert [sheets(form) for form in made.values()] == [["填报说明"], ["填报说明", "减分情形提供表"], ["填报说明"]]
        assert "掌握其他单位减分情形的填减分情形提供表。" in texts(made["02社区"])
        shape = made["02社区"].shape
        progress = [shape.blank_results[f"{row}.{completeness.NO}"] for row in (completeness.DONE, completeness.BAR)]
        assert progress == ["没有必须填的", ""]

    def test_contacts_alone(self, folder: Path) -> None:
        """A list of contact persons is asked for even where nothing else is."""
        form = forms(catalogue(folder, negative_list() | {"contacts.toml": full()["contacts.toml"]}))["03社区"]
        assert sheets(form) == ["填报说明", "联络表"]
        assert (form.shape.asks, "打印" in texts(form), "顺序" in texts(form)) == (True, False, False)


class TestPoints:
    def test_group_with_other_points(self, folder: Path) -> None:
        """A ranking group that is asked for other points has forms of its own."""
        files = minimal(4)
        files["units.toml"] = full(4)["units.toml"]
        files["items/01.toml"] = item(1, sub_point(10, points_by_group={"乙": 6}))
        made = forms(catalogue(folder, files))
        held = [content for form in made.values() for _, key, content in form.shape.coded if key == "1.1.分值"]
        assert held == [Points(points, "sub_points") for points in (1000, 600, 1000, 600)]
        assert made["01社区"].shape is made["03社区"].shape


class TestSelfScore:
    def test_evidence_without_self_scores(self, folder: Path) -> None:
        """Where units do not score themselves, evidence is asked for what is computed."""
        files = minimal()
        files["notice.toml"]["texts"] = {"evidence": ["材料转成电子档。"]}
        files["items/01.toml"]["sub_points"][0]["evidence"] = "走访记录"
        files["notice.toml"]["scoring"]["self_score"] = False
        shape = forms(catalogue(folder, files))["01社区"].shape
        title = next(field for field in shape.fields.values() if field.column == ledger.TITLE)
        asked = [shape.evaluator({"1.1.次数.填报": count}).value(title.checks[-1].when) for count in (4, 1, None)]
        assert asked == [True, False, False]
        assert "自评" not in texts(forms(catalogue(folder, files))["01社区"]).partition("得分点和填报指标")[0]


class TestContacts:
    def test_columns_and_signing_in_any_number(self, folder: Path) -> None:
        """Each column after the role is asked of each role; the sign-off takes as many rows as it needs."""
        files = minimal()
        files["contacts.toml"] = {
            "title": "名册",
            "columns": ["岗位", "姓名", "手机", "校验", "备注 "],
            "rows": ["书记", "书记", "经办人"],
            "sign_off": ["填表人", "填报单位", "审核人", "日期"],
        }
        shape = forms(catalogue(folder, files))["01社区"].shape
        asked = [key for key, field in shape.fields.items() if field.private]
        people = [
            f"联络.{row}.{column}"
            for row in ("书记", "书记2", "经办人")
            for column in ("姓名", "手机", "校验2", "备注 ")
        ]
        assert asked == [*people, "联络.填表人.姓名", "联络.审核人.姓名", "联络.审核人.校验2"]
        assert sheet_named(shape.sheets, "联系人").columns[3].width == 25

    def test_widths(self, folder: Path) -> None:
        """A catalogue may say how wide the columns are."""
        files = minimal()
        files["contacts.toml"] = {**full()["contacts.toml"], "widths": [10, 20, 30]}
        shape = forms(catalogue(folder, files))["01社区"].shape
        assert [column.width for column in sheet_named(shape.sheets, "联络表").columns] == [17, 10, 20, 30, 22, 5, 5]

    @pytest.mark.parametrize(
        ("names", "codes"),
        [
            (["姓名", "姓名", "姓名"], ("姓名", "姓名2", "姓名3")),
            (["a b", "a-b"], ("a b", "a-b2")),
            (["编号"], ("编号2",)),
            (["A", "a"], ("A", "a2")),
        ],
    )
    def test_codes_differ(self, names: list[str], codes: tuple[str, ...]) -> None:
        """Names that would give one code, or one defined name, are told apart."""
        assert contacts.distinct(names, ("编号",)) == codes

    def test_mobile(self) -> None:
        """A private column that names mobile phones holds one number for each person."""
        made = [field("手机号码", private=True), field("手机号码", private=False), field("电话", private=True)]
        assert list(map(contacts.is_mobile, made)) == [True, False, False]


def field(column: str, *, private: bool) -> Field:
    return Field(row="联络.书记", column=column, label=column, kind=Kind.TEXT, private=private)


def sheet_named(made: tuple[Sheet, ...], name: str) -> Sheet:
    return next(each for each in made if each.name == name)


@pytest.mark.parametrize("module", [index, contacts])
def test_absent_parts_have_no_sheet(folder: Path, module: object) -> None:
    """No sheet can be made of a part that the notice does not have."""
    brief = Brief(notice=catalogue(folder, minimal()), sub_points=())
    with pytest.raises(ValueError, match=r"^$"):
        module.sheet(brief)  # type: ignore[attr-defined]
    assert completeness.panel(brief, ()) is None
