"""What is imported and where to: the program's own books are told, a new workbook covers none, and goes by its file's name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fazhi_xl.cli.build_command import main
from fazhi_xl.errors import FazhiError
from fazhi_xl.setup.book.open_book import open_book
from fazhi_xl.setup.draft.draft import draft
from fazhi_xl.setup.draft.draft_book import import_notice
from fazhi_xl.setup.draft.open_paper import open_paper
from tests.support.notices import as_docx, notice_docx


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.docx"
    path.write_bytes(notice_docx("small"))
    return path


@pytest.mark.parametrize(
    ("sheets", "text", "said"),
    [
        (("填报说明", "任务分解表"), "表号 SQ2024-01-1-4UCQW5YH", "是程序做的发给单位填的表,不是通知"),
        (("进度", "审核"), "SQ2024-00-YL1-S8XQLBZD", "是程序做的审核表,不是通知"),
        (("一页纸", "排名总表"), "排名", "是程序做的排名汇总,不是通知"),
        (("通知", "排名组", "单位", "项目", "得分点", "计分规则"), "名称", "是目录工作簿,不是通知,没有读。检查它用 --check"),
    ],
)  # fmt: skip
def test_own_books(tmp_path: Path, sheets: tuple[str, ...], text: str, said: str) -> None:
    """Also where another program saved them, which keeps no properties."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheets[0]
    book.worksheets[0]["B2"] = text
    for sheet in sheets[1:]:
        book.create_sheet(sheet)
    book.save(tmp_path / "表.xlsx")
    with pytest.raises(FazhiError, match=said):
        open_paper(tmp_path / "表.xlsx")


def test_a_draft_goes_by_its_files_name(notice: Path, tmp_path: Path) -> None:
    import_notice(notice, tmp_path / "目录_草稿.xlsx")
    renamed = (tmp_path / "目录_草稿.xlsx").rename(tmp_path / "目录_某区.xlsx")
    assert open_book(renamed).name == "某区"


@pytest.mark.parametrize("name", ["目录.docx", "目录.toml", "目录"])
def test_other_endings_are_refused(notice: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--import", str(notice), "--to", str(tmp_path / name)]) == 2
    assert "目录工作簿要写成 .xlsx" in capsys.readouterr().err


def test_two_imports_at_once(notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second covers nothing, also where nothing was there when it began."""
    path = tmp_path / "目录_草稿.xlsx"

    def slowly(file: Path) -> object:
        made = draft(file)
        if not path.exists():
            path.write_bytes(b"first")
        return made

    monkeypatch.setattr("fazhi_xl.setup.draft.draft_book.draft", slowly)
    with pytest.raises(FazhiError, match="已经有了,没有覆盖"):
        import_notice(notice, path)
    assert path.read_bytes() == b"first"


def test_what_fails_leaves_no_file(notice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that was taken is free again."""
    path = tmp_path / "目录_草稿.xlsx"

    def full(path: Path, target: Path) -> None:
        raise OSError(28, str((path, target)))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FazhiError):
        import_notice(notice, path)
    assert not path.exists()


def test_where_it_cannot_be_written(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The option that names the place is --to."""
    assert main(["--import", str(notice), "--to", "/proc/目录_草稿.xlsx"]) == 2
    assert "(--to)" in capsys.readouterr().err


def test_without_items(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary and the status say that nothing is scored."""
    (tmp_path / "办法.docx").write_bytes(as_docx("一、考核对象\n甲村、乙村、丙村。\n二、内容\n每周巡查得4分。"))
    assert main(["--import", str(tmp_path / "办法.docx"), "--to", str(tmp_path / "目录_草稿.xlsx")]) == 1
    assert "没有读到项目,一项计分也没有录入" in capsys.readouterr().err
    book = openpyxl.load_workbook(tmp_path / "目录_草稿.xlsx")
    assert "写有分值的有第4段" in str([cell.value for cell in book["疑点"][4]])
    assert open_book(tmp_path / "目录_草稿.xlsx").loose == {}


def test_a_file_that_may_not_be_read(
    notice: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told as such, and the option is not blamed."""

    def forbidden(path: Path) -> bytes:
        raise PermissionError(str(path))

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert main(["--import", str(notice)]) == 2
    assert "请检查是否有权限、是否被别的程序占用" in capsys.readouterr().err
