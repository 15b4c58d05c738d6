"""Notices in PDF: ruled tables over pages, lines that wrap, scans, and a machine without pdfplumber."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_xl.errors import FazhiError
from fazhi_xl.office.outputs.pdf import find_office
from fazhi_xl.setup.draft.draft import draft
from fazhi_xl.setup.draft.marks import Draft
from fazhi_xl.text.commands import Command
from tests.clients.absent import skip_or_fail
from tests.support.campaign import the_notice
from tests.support.draft_difference import difference, items_of, told, units_of
from tests.support.notices import notice_docx
from tests.support.pdfs import Page, pdf, ruled

_COLUMNS = (40, 60, 200, 40, 100)
_FRONT = Page(
    texts=[
        (80, 60, "关于做好2031年度考核工作的通知"),
        (80, 80, "示办〔2031〕7号"),
        (80, 100, "考核对象名单"),
        (80, 120, "市教育局、市公安局、市退役军人事务局、市行政审批"),
        (80, 134, "局、市市场监管局"),
    ]
)
_FIRST = Page(
    texts=[
        (80, 66, "序号"), (120, 66, "项目"), (180, 66, "考核要求"), (380, 66, "分值"), (420, 66, "责任单位"),
        (80, 86, "1"), (120, 86, "学习培训"), (180, 86, "每年举办培训不少于4次(2"), (180, 100, "分)。做好记录(1.5分)。"),
        (380, 86, "3.5"), (420, 86, "市教育局"), (420, 100, "市行政审批"), (420, 114, "局"),
        (80, 136, "2"), (120, 136, "公开"), (180, 136, "办结率达95%(1分)。公开"), (380, 136, "3"), (420, 136, "市公安局"),
    ],
    rules=ruled(78, 64, _COLUMNS, (20, 50, 20)),
)  # fmt: skip
_SECOND = Page(
    texts=[
        (80, 66, "序号"), (120, 66, "项目"), (180, 66, "考核要求"), (380, 66, "分值"), (420, 66, "责任单位"),
        (180, 86, "结果(2分)。"), (420, 86, "市公安局"),
        (80, 106, "3"), (120, 106, "管理"), (180, 106, "健全制度(1分)。"), (380, 106, "1"), (420, 106, "市退役军人"), (420, 120, "事务局"),
    ],
    rules=ruled(78, 64, _COLUMNS, (20, 20, 40)),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a notice of three pages, with a row that a page's end parts."""
    made = tmp_path / "通知.pdf"
    made.write_bytes(pdf(_FRONT, _FIRST, _SECOND))
    return made


def _check(read: Draft) -> None:
    items = items_of(read)
    assert [(each["name"], each["points"]) for each in items] == [("学习培训", 3.5), ("公开", 3), ("管理", 1)]
    assert [[each["text"] for each in item["sub_points"]] for item in items] == [
        ["每年举办培训不少于4次(2分)。", "做好记录(1.5分)。"], ["办结率达95%(1分)。", "公开结果(2分)。"], ["健全制度(1分)。"],
    ]  # fmt: skip
    assert [each["responsible"] for each in items] == [["市教育局", "市行政审批局"], ["市公安局"], ["市退役军人事务局"]]
    assert [each["name"] for each in units_of(read)] == [
        "市教育局", "市公安局", "市退役军人事务局", "市行政审批局", "市市场监管局",
    ]  # fmt: skip
    assert read.source.table("notice.toml")["number"] == "示办〔2031〕7号"


def test_ruled_tables(path: Path) -> None:
    """Repeated headers are left out, a row that goes on over the page is one, names that a line's end broke are whole."""
    read = draft(path)
    _check(read)
    assert {each.where for each in read.marks if each.is_choice} == {"第2页第2行", "第2页第3行", "第3页第3行"}
    assert not any("表格线" in each.doubt for each in read.marks)


def test_without_pdfplumber(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Poppler gives the words; every item is then to be looked at."""
    if shutil.which("pdftotext") is None:
        skip_or_fail("pdftotext is not installed (on Debian: poppler-utils)")
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    read = draft(path)
    _check(read)
    assert sum("PDF 的表格线没有读(没有安装 pdfplumber)" in each.doubt for each in read.marks) == 3


def test_without_any_reader(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is said, or what to save the notice as."""
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(FazhiError) as refused:
        draft(path)
    assert str(refused.value) == (
        f"“通知.pdf”是 PDF,这台电脑上没有读 PDF 的程序。请运行 {Command.INSTALL_PDF} 后再导入,或者用 WPS、Word 打开,另存为 .docx 再导入。"
    )
    assert Command.INSTALL_PDF in refused.value.parts


def test_a_scan(tmp_path: Path) -> None:
    """There is no text in it."""
    (tmp_path / "扫描.pdf").write_bytes(pdf(Page(), Page()))
    with pytest.raises(FazhiError, match=r"“扫描\.pdf”里没有文字,像是扫描件,读不出来。请先用文字识别软件转成 \.docx"):
        draft(tmp_path / "扫描.pdf")


@pytest.mark.libreoffice
def test_2020(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 2020 notice as LibreOffice prints it, by pdfplumber and by poppler: two spaces within sentences are the setting's."""
    office = find_office()
    if office is None or not (office.resolve().parent / "libswlo.so").exists():
        skip_or_fail("LibreOffice Writer is not installed")
    (tmp_path / "通知.docx").write_bytes(notice_docx())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(office),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "通知.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for module in ("none", "pdfplumber"):
        monkeypatch.setitem(sys.modules, module, None)
        read = draft(tmp_path / "通知.pdf")
        items = items_of(read)
        assert (len(items), sum(len(each["sub_points"]) for each in items), len(units_of(read))) == (21, 63, 45)
        found = difference(read, the_notice())
        print(told(found))  # noqa: T201 - for whoever runs this with -s
        assert {about: len(lines) for about, lines in found.items()} == {
            "units": 0, "items": 2, "points": 0, "texts": 2, "responsible": 3,
        }  # fmt: skip
