"""The console's file: its parts, its button, its configuration, and what real programs say of it."""

from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import xlwings

from fazhi_xl.addin import layout
from fazhi_xl.addin.actions import ACTIONS
from fazhi_xl.addin.console import configuration, entered_in, make_console, vba_project
from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import Workspace
from tests.addin.engine import Engine
from tests.addin.vba import modules
from tests.clients.libreoffice import LibreOffice
from tests.clients.validator import Validator
from tests.looks.measure import faults
from tests.support.campaign import the_notice

pytestmark = pytest.mark.long

PROJECT = Path(__file__).parents[2]
XLWINGS = Path(xlwings.__file__).parent
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate one for all tests of its structure."""
    return make_console(
        the_notice(), "zhonglou-2020", Workspace(tmp_path_factory.mktemp("console") / "out"), this_year=2020
    )


@pytest.fixture(scope="module")
def parts(console: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(console) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


# The package ---------------------------------------------------------------------------------------------------------


def test_the_vba_project_is_the_packages_own(parts: dict[str, bytes]) -> None:
    """It is byte for byte that of the installed xlwings, standalone flavour, and nothing of it is kept in this project."""
    with zipfile.ZipFile(XLWINGS / "quickstart_standalone.xlsm") as package:
        assert parts["xl/vbaProject.bin"] == package.read("xl/vbaProject.bin")
    kept = [path for path in PROJECT.rglob("*.bin") if ".venv" not in path.parts and "node_modules" not in path.parts]
    assert kept == []


def test_the_vba_is_of_the_same_version(parts: dict[str, bytes]) -> None:
    """Xlwings and its VBA go together only in one version, and the button's macro is there under the file's name."""
    source = modules(parts["xl/vbaProject.bin"])
    assert f'XLWINGS_VERSION As String = "{xlwings.__version__}"' in source["xlwings"]
    assert "Sub SampleCall()" in source["Module1"]
    assert re.search(r'RunPython "import " & mymodule & ";\s?" & mymodule & "\.main\(\)"', source["Module1"])
    assert {"ThisWorkbook", "Sheet1", "Sheet2"} <= source.keys()


def test_only_its_own_workbook_is_asked(parts: dict[str, bytes]) -> None:
    """The VBA reads its configuration from the workbook that it stands in, never from one that happens to be in front."""
    assert "ActiveWorkbook" not in modules(parts["xl/vbaProject.bin"])["xlwings"]


def test_every_relationship_has_its_part(parts: dict[str, bytes]) -> None:
    """Every target of a relationship within the package is there."""
    missing = [
        target
        for name, data in parts.items()
        if name.endswith(".rels")
        for target in _targets(name, data)
        if target not in parts
    ]
    assert missing == []


def _targets(name: str, data: bytes) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    for each in ET.fromstring(data).iter(RELATIONS):  # noqa: S314 - our own file
        target = each.attrib["Target"]
        if each.attrib.get("TargetMode") != "External" and not target.startswith("#"):
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def test_every_part_has_its_type(parts: dict[str, bytes]) -> None:
    """The package says of each part what it is, and of the workbook that it has macros."""
    types = ET.fromstring(parts["[Content_Types].xml"])  # noqa: S314 - our own file
    defaults = {each.attrib["Extension"] for each in types.iter(f"{TYPES}Default")}
    named = {each.attrib["PartName"].lstrip("/"): each.attrib["ContentType"] for each in types.iter(f"{TYPES}Override")}
    untyped = [name for name in parts if name not in named and name.rpartition(".")[2] not in defaults]
    assert set(untyped) <= {"[Content_Types].xml"}
    assert named["xl/workbook.xml"] == "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def test_two_sheets_under_the_names_that_the_vba_knows(parts: dict[str, bytes]) -> None:
    """The project has the modules of two sheets: there are two sheets with these code names, and no third."""
    sheets = sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))
    codes = [re.search(rb'<sheetPr[^>]* codeName="(\w+)"', parts[name]) for name in sheets]
    assert [code[1] for code in codes if code] == [b"Sheet1", b"Sheet2"]
    assert len(sheets) == 2
    assert b'codeName="ThisWorkbook"' in parts["xl/workbook.xml"]
    assert re.findall(rb'<sheet name="([^"]+)"', parts["xl/workbook.xml"])[1] == b"xlwings.conf"


def test_the_button_is_bound(parts: dict[str, bytes]) -> None:
    """There is one button, and it runs the macro."""
    (drawing,) = (data for name, data in parts.items() if name.startswith("xl/drawings/vmlDrawing"))
    assert re.findall(rb"<x:FmlaMacro>([^<]+)</x:FmlaMacro>", drawing) == [b"[0]!SampleCall"]
    assert "运行".encode() in drawing


def test_no_python_and_no_links(parts: dict[str, bytes]) -> None:
    """No sheet holds code, nothing leads outside, and there is no other macro sheet, add-in part or ribbon."""
    text = b"".join(data for name, data in parts.items() if name.endswith((".xml", ".rels")))
    assert b'TargetMode="External"' not in text
    assert b'.py"' not in text
    assert not [name for name in parts if "customUI" in name or "externalLink" in name or "macrosheet" in name]


def test_the_same_again(console: Path) -> None:
    """The same console gives the same bytes, and the file is left alone."""
    before = console.stat().st_mtime_ns
    make_console(the_notice(), "zhonglou-2020", Workspace(console.parent), this_year=2020)
    assert console.stat().st_mtime_ns == before


# The configuration ---------------------------------------------------------------------------------------------------


def test_every_key_is_written(parts: dict[str, bytes], console: Path) -> None:
    """Every key that the VBA asks for stands there, so that none is looked for in a file beside the console or in the profile."""
    asked = set(re.findall(r'GetConfig\("([^"]+)"', "".join(modules(parts["xl/vbaProject.bin"]).values())))
    sheet = openpyxl.load_workbook(console)[layout.CONF_SHEET]
    held = {str(key.value): value.value for key, value in sheet.iter_rows(max_col=2)}
    assert asked <= held.keys()
    assert held == {key: value or None for key, value in configuration().items()}


def test_what_the_keys_say() -> None:
    """This Python, this project, nothing from the console's own folder, no licence, no server."""
    held = configuration()
    assert held["INTERPRETER_WIN"] == held["INTERPRETER_MAC"] == sys.executable
    assert Path(held["PYTHONPATH"]) == PROJECT
    assert held["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert held["LICENSE_KEY"] == ""
    truths = ("SHOW CONSOLE", "USE UDF SERVER", "DEBUG UDFS")  # blank, VBA could make no truth value of them
    assert [held[key] for key in truths] == ["False"] * 3
    assert held["TEMP DIR"] == "%TEMP%"  # blank, the log would lie in the root of the drive


def test_the_configuration_is_out_of_the_way(console: Path) -> None:
    """It is hidden and locked; the console itself is not locked, since code writes into it."""
    book = openpyxl.load_workbook(console)
    assert book[layout.CONF_SHEET].sheet_state == "hidden"
    assert book[layout.CONF_SHEET].protection.sheet
    assert not book[layout.SHEET].protection.sheet


# What the office sees ------------------------------------------------------------------------------------------------


def test_settings_and_actions(console: Path) -> None:
    """Every setting and table has its name, and the action is chosen from the list of all actions."""
    book = openpyxl.load_workbook(console)
    names = {layout.defined_name(name) for name in (layout.ACTION, *layout.SETTINGS, *layout.AREAS)}
    assert set(book.defined_names) == names
    rules = [rule for rule in book[layout.SHEET].data_validations.dataValidation if "C2" in rule.sqref]
    assert [rule.formula1 for rule in rules] == [f'"{",".join(ACTIONS)}"']


def test_tables(console: Path) -> None:
    """Each table's cells are as many as its columns and its room, under heads with its titles, in the frozen part."""
    book = openpyxl.load_workbook(console)
    sheet = book[layout.SHEET]
    for name in (layout.STATUS, layout.FINDINGS, layout.QUEUE):
        ((_, cells),) = book.defined_names[layout.defined_name(name)].destinations
        rows = sheet[cells]
        head = sheet.iter_rows(rows[0][0].row - 1, rows[0][0].row - 1, rows[0][0].column, rows[0][-1].column)
        assert tuple(cell.value for cell in next(head)) == layout.AREAS[name].titles
        assert len(rows) == layout.AREAS[name].room
        assert sheet.freeze_panes == f"A{rows[0][0].row}"


def test_looks(console: Path) -> None:
    """Its texts fit their cells, and nothing on it is small or pale; a path that somebody enters may be as long as it is."""
    assert [fault for fault in faults(console) if not fault.startswith("工作台!C")] == []


def test_what_the_queue_takes(console: Path) -> None:
    """The review queue's inputs are validated as the review book's are."""
    sheet = openpyxl.load_workbook(console)[layout.SHEET]
    rules = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation if rule.promptTitle}
    assert {name: rule.type for name, rule in rules.items()} == {
        "核定分": "decimal",
        "不涉及": "list",
        "扣分原因": "list",
        "说明": "textLength",
        "审核人": "textLength",
        "审核日期": "date",
    }
    assert rules["不涉及"].formula1 == '"核准,不核准"'
    assert rules["审核日期"].formula2 == "44561"  # 2021-12-31


def test_a_console_of_a_later_year(tmp_path: Path) -> None:
    """Where the review goes on longer, the year of the console's making is one in which one may decide."""
    path = make_console(the_notice(), "zhonglou-2020", Workspace(tmp_path), this_year=2031)
    rules = openpyxl.load_workbook(path)[layout.SHEET].data_validations.dataValidation
    assert [rule.formula2 for rule in rules if rule.promptTitle == "审核日期"] == ["48213"]  # 2031-12-31


# Again, and in the way -----------------------------------------------------------------------------------------------


def test_generated_again_it_keeps_the_settings(console: Path, tmp_path: Path, excel: Engine) -> None:
    """What the office entered stays when the console is generated anew, by whatever program it was saved."""
    space = Workspace(tmp_path / "out")
    space.make()
    path = space.root / layout.FILE
    book = excel.open(_copied(console, path))
    for name, value in {layout.UNITS: "团委", layout.ACTION: "排名", layout.OUT: "D:\\别处"}.items():
        book.names[layout.defined_name(name)].refers_to_range.value = f"'{value}"
    book.impl.save()
    make_console(the_notice(), "zhonglou-2020", space, this_year=2020)
    assert entered_in(path) == {
        layout.ACTION: "排名",
        layout.CAMPAIGN: "zhonglou-2020",
        layout.OUT: "D:\\别处",
        layout.UNITS: "团委",
    }


@pytest.mark.parametrize("there", ["nothing", "the same", "another round"])
def test_generated_where_the_round_was_moved_to(console: Path, tmp_path: Path, excel: Engine, there: str) -> None:
    """Where a round was moved or copied, its console has its paths as they are now; that of another round stays."""
    was, space = tmp_path / "旧" / "out", Workspace(tmp_path / "新" / "out")
    for root, key in ((was, b"1" if there == "the same" else b"2"), (space.root, b"1")):
        root.mkdir(parents=True)
        if there != "nothing" or root == space.root:
            (root / "campaign.json").write_bytes(b"{}")
            (root / "campaign.key").write_bytes(key)
    path = space.root / layout.FILE
    book = excel.open(_copied(console, path))
    for name, value in {
        layout.OUT: str(was),
        layout.RETURNS: str(was / "回收"),
        layout.PREVIOUS: str(tmp_path),
    }.items():
        book.names[layout.defined_name(name)].refers_to_range.value = f"'{value}"
    book.impl.save()
    make_console(the_notice(), "zhonglou-2020", space, this_year=2020)
    held, root = entered_in(path), was if there == "another round" else space.root
    assert (held[layout.OUT], held[layout.RETURNS]) == (str(root), str(root / "回收"))
    assert held[layout.PREVIOUS] == str(tmp_path)


def _copied(source: Path, target: Path) -> Path:
    target.write_bytes(source.read_bytes())
    return target


@pytest.mark.parametrize("data", [b"", b"rubbish", b"PK\x03\x04rubbish"])
def test_generated_over_rubbish(tmp_path: Path, data: bytes) -> None:
    """A console that cannot be read is replaced by a good one."""
    space = Workspace(tmp_path)
    (tmp_path / layout.FILE).write_bytes(data)
    path = make_console(the_notice(), "zhonglou-2020", space, this_year=2020)
    assert entered_in(path)[layout.OUT] == str(tmp_path)


@pytest.mark.parametrize("mark", ["~$fazhi_xl.xlsm", ".~fazhi_xl.xlsm", ".~lock.fazhi_xl.xlsm#"])
def test_one_that_is_open_is_left_alone(tmp_path: Path, mark: str) -> None:
    """While a program has the console open it is not generated anew."""
    path = make_console(the_notice(), "zhonglou-2020", Workspace(tmp_path), this_year=2020)
    (tmp_path / mark).write_bytes(b"")
    before = path.read_bytes()
    with pytest.raises(WrongUseError, match=r"fazhi_xl\.xlsm 正打开着,没有重新生成。"):
        make_console(the_notice(), "other", Workspace(tmp_path), this_year=2020)
    assert path.read_bytes() == before


def test_without_xlwings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where xlwings is not installed it is said what to run, and nothing is written."""
    monkeypatch.setitem(sys.modules, "xlwings", None)
    with pytest.raises(WrongUseError, match=r"没有装 xlwings.*uv run --extra excel build_workbooks\.py --console"):
        vba_project()
    with pytest.raises(WrongUseError):
        make_console(the_notice(), "zhonglou-2020", Workspace(tmp_path / "out"), this_year=2020)
    assert not (tmp_path / "out").exists()


# Real programs -------------------------------------------------------------------------------------------------------


def test_validator(validator: Validator, console: Path) -> None:
    """The Open XML SDK finds nothing that Excel would repair."""
    assert validator.faults([console]) == []


def test_libreoffice(libreoffice: LibreOffice, console: Path) -> None:
    """LibreOffice opens it, and sees the button and the macro that it is bound to."""
    with libreoffice.open(console) as document:
        assert document.sheets() == [layout.SHEET, layout.CONF_SHEET]
        ((sheet, caption, script),) = document.buttons()
    assert (sheet, caption) == (layout.SHEET, "运行")
    assert "Module1.SampleCall" in script
