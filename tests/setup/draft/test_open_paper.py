"""Files of every kind: read, or refused in plain words that say what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.cells import CellKind, RawCell
from fazhi_xl.errors import FazhiError
from fazhi_xl.setup.draft import open_paper as opening
from fazhi_xl.setup.draft.draft import draft
from tests.support.binary import compound
from tests.support.campaign import the_notice
from tests.support.draft_difference import difference
from tests.support.notices import as_docx, as_xlsx, notice_docx, notice_text
from tests.support.opendocument import ods


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(FazhiError) as refused:
        draft(path)
    return str(refused.value)


class TestWorkbook:
    """A notice in a workbook is read like a document."""

    def test_2020(self, tmp_path: Path) -> None:
        """A sheet for the text, one for each table, with merged cells."""
        read = draft(_file(tmp_path, "通知.xlsx", as_xlsx(notice_text())))
        assert [len(lines) for lines in difference(read, the_notice()).values()] == [0, 0, 0, 0, 3]
        assert {each.where for each in read.marks if each.file == "items/09.toml" and each.path == "points"} == {
            "工作表“表1”第10行"
        }

    def test_everything_on_one_sheet(self, tmp_path: Path) -> None:
        read = draft(_file(tmp_path, "通知.xlsx", as_xlsx(notice_text(), one_sheet=True)))
        assert [len(lines) for lines in difference(read, the_notice()).values()] == [0, 0, 0, 0, 3]

    def test_hidden_sheets_are_named(self, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(notice_text())))
        book.worksheets[2].sheet_state = "hidden"
        book.save(tmp_path / "通知.xlsx")
        assert draft(tmp_path / "通知.xlsx").left == ("隐藏的工作表“表2”",)


def test_a_document(tmp_path: Path) -> None:
    assert len(draft(_file(tmp_path, "通知.docx", notice_docx())).source.items) == 21


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"", "“空.docx”是空的(0字节)。请重新复制或下载,打开确认能看到内容。"),
        (
            "通知.txt",
            "关于考核的通知".encode(),
            "“通知.txt”是文本文件(CSV、TXT 等),不是 .docx、.xlsx 或 .pdf,没有读取。",
        ),
        ("扫描.jpg", b"\xff\xd8\xff\xe0", "“扫描.jpg”是图片,里面没有文字。请先用文字识别软件转成 .docx"),
        ("半截.docx", notice_docx()[:9000], "“半截.docx”不完整或已损坏,打不开。请用 Word 或 WPS 打开,“另存为”.docx"),
        ("坏.pdf", b"%PDF-1.7\nnothing", "“坏.pdf”不完整或已损坏,读不出来。请用 Word 或 WPS 打开,“另存为”.docx"),
        (
            "别的.docx",
            as_docx("关于放假的通知\n各单位:\n照常放假。"),
            "“别的.docx”里没有读到项目表,也没有读到单位名单。",
        ),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert _refusal(_file(tmp_path, name, data)).startswith(said)


def test_old_formats_are_to_be_saved_anew(tmp_path: Path) -> None:
    """.doc and .wps are compound files, .ofd is a package of its own."""
    assert _refusal(_file(tmp_path, "通知.wps", compound({"WordDocument": b"x" * 5000}))) == (
        "“通知.wps”是旧版 Word、WPS 文字这一类的文件(.doc、.wps、.odt),读不出来。"
        "请用 Word 或 WPS 打开,“另存为”.docx(表格另存为 .xlsx)再导入。"
    )
    ofd = io.BytesIO()
    with zipfile.ZipFile(ofd, "w") as package:
        package.writestr("OFD.xml", "<ofd/>")
    assert _refusal(_file(tmp_path, "通知.ofd", ofd.getvalue())).startswith(
        "“通知.ofd”是 OFD 版式文件,读不出来。请用阅读器转换为 .docx"
    )


def test_formats_without_merged_cells_are_to_be_saved_anew(tmp_path: Path) -> None:
    """Of an OpenDocument the reader does not know which cells are merged."""
    data = ods(["正文"], [RawCell("正文", 1, 1, CellKind.TEXT, "关于考核的通知", False)])  # noqa: FBT003 - a cell in short
    assert _refusal(_file(tmp_path, "通知.ods", data)).startswith(
        "“通知.ods”里合并的单元格读不出来。请用 Word 或 WPS 打开"
    )


def test_an_encrypted_document_is_to_be_opened_first(tmp_path: Path) -> None:
    data = compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x" * 5000})
    assert _refusal(_file(tmp_path, "通知.docx", data)) == "“通知.docx”设了打开密码。请取消打开密码后另存,再导入。"


def test_a_hostile_package_is_not_inflated(tmp_path: Path) -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b" " * 50_000_000)
    assert "压缩比超过" in _refusal(_file(tmp_path, "通知.docx", memory.getvalue()))


def test_a_part_that_is_missing_is_damage(tmp_path: Path) -> None:
    """Whatever the library raises becomes one line."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(notice_docx())) as whole, zipfile.ZipFile(memory, "w") as package:
        for part in whole.infolist():
            if part.filename != "word/document.xml":
                package.writestr(part, whole.read(part))
    assert "不完整或已损坏" in _refusal(_file(tmp_path, "通知.docx", memory.getvalue()))


def test_no_file(tmp_path: Path) -> None:
    assert "没有找到文件" in _refusal(tmp_path / "没有.docx")
    assert "是文件夹" in _refusal(tmp_path)


def test_a_book_is_no_notice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More text than any notice has is not taken apart."""
    monkeypatch.setattr(opening, "_LONGEST", 5000)
    assert "不像一份通知" in _refusal(_file(tmp_path, "通知.docx", notice_docx()))
