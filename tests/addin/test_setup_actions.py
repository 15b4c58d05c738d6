"""The console's actions that set up a round: one workbook, written, checked, brought back and compared."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

import pytest
from openpyxl import Workbook, load_workbook

from fazhi_xl.addin import layout
from fazhi_xl.notice.load import load
from fazhi_xl.setup.compare.book import FILE
from tests.addin.fake_host import FakeHost
from tests.support import catalogues
from tests.support.notices import as_docx

pytestmark = pytest.mark.long

FINDINGS = layout.FINDINGS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return catalogues.write(tmp_path / "甲县", catalogues.minimal())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have the console write a workbook."""
    root = tmp_path_factory.mktemp("office")
    folder = catalogues.write(root / "甲县", catalogues.minimal())
    host = FakeHost(settings={layout.OUT: str(root), layout.CAMPAIGN: str(folder)})
    host.press("写目录工作簿")
    book = root / "目录_甲县.xlsx"
    assert (host.failed, host.told, host.opened) == ([], [f"已写好目录工作簿:{book}"], [book])
    return book


@pytest.fixture
def host(folder: Path, tmp_path: Path) -> FakeHost:
    return FakeHost(settings={layout.OUT: str(tmp_path / "out"), layout.CAMPAIGN: str(folder)})


@pytest.fixture
def book(host: FakeHost, written: Path) -> Path:
    """Have the workbook that was written of the folder, beside the round's files."""
    out = Path(host.settings[layout.OUT])
    out.mkdir()
    return Path(copy(written, out))


def change(book: Path, sheet: str, cell: str, value: str) -> None:
    """Change a cell, as somebody does who saves and closes the workbook then."""
    opened: Workbook = load_workbook(book)
    opened[sheet][cell] = value
    opened.save(book)


def catalogue(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*.toml")}


def test_written(host: FakeHost, book: Path) -> None:
    """The workbook is written beside the round's files, or where the setting says, and opened."""
    other = book.with_name("给王科长.xlsx")
    host.settings[layout.BOOK] = str(other)
    host.press("写目录工作簿")
    assert (host.opened, other.exists()) == ([other], True)


def test_checked(host: FakeHost, book: Path) -> None:
    """What is wrong is listed with its sheet and cell, stands in the workbook, and that is opened again."""
    change(book, "单位", "E4", "没有的组")
    host.press("检查目录工作簿")
    assert host.told[-1].startswith("目录有1处要改,改好以前不能发放。")
    row = host.rows(FINDINGS)[0]
    assert (row["程度"], row["工作表"], row["单元格"]) == ("要改", "单位", "E4")
    assert "“排名组”" in str(row["问题和怎样改"])
    assert host.opened == [book]
    assert load_workbook(book)["检查"]["D4"].value == "E4"


def test_brought_back(host: FakeHost, book: Path, folder: Path) -> None:
    """A workbook with a fault changes no file; one without is brought back into the campaign's folder."""
    before = catalogue(folder)
    change(book, "单位", "E4", "没有的组")
    host.press("写回工作目录")
    assert host.told[-1].startswith("目录有1处要改")
    assert catalogue(folder) == before
    change(book, "单位", "E4", load(folder).units[0].ranking_group)
    change(book, "单位", "B4", "第一社区服务站")
    host.press("写回工作目录")
    assert host.told[-1].endswith(f"已写回 {folder}:1个文件有改动。")
    assert load(folder).units[0].name == "第一社区服务站"
    assert host.opened == [book] * 2


@pytest.mark.parametrize(("agreed", "said"), [(False, "没有写,原来的都没有动。"), (True, "已写好目录工作簿:{}")])
def test_changes_in_the_workbook(host: FakeHost, book: Path, *, agreed: bool, said: str) -> None:
    """A workbook with changes that are not in the catalogue yet is written over only where the office says so."""
    change(book, "单位", "B4", "第一社区服务站")
    before = book.read_bytes()
    host.answers = [agreed]
    host.press("写目录工作簿")
    assert host.asked == [f"{book} 改过,还没有写回工作目录,没有覆盖。确实要盖掉吗?"]
    assert (host.failed, host.told[-1]) == ([], said.format(book))
    assert (book.read_bytes() == before) is not agreed
    assert host.opened == [book]


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("agreed", [False, True])
def test_changes_in_the_catalogue(host: FakeHost, folder: Path, *, agreed: bool) -> None:
    """Nor is a folder that was changed after the workbook was written."""
    notice = folder / "notice.toml"
    notice.write_text(notice.read_text("utf-8").replace("社区服务考核", "社区考核"), "utf-8")
    before = catalogue(folder)
    host.answers = [agreed]
    host.press("写回工作目录")
    assert host.asked[0].startswith(f"{folder} 在 目录_甲县.xlsx 写出以后改过,写回会盖掉那些改动,没有写。")
    assert (catalogue(folder) == before) is not agreed
    assert (host.told[-1] == "没有写,原来的都没有动。") is not agreed


def test_next_year(host: FakeHost, folder: Path, tmp_path: Path) -> None:
    """Next year's catalogue comes as a workbook, is compared with last year's before and after it has a folder, and issued."""
    new = tmp_path / "2032"
    host.settings |= {layout.PREVIOUS: str(folder), layout.CAMPAIGN: str(new)}
    host.press("准备下一年")
    book = tmp_path / "out" / "目录_2032.xlsx"
    assert (host.failed, host.opened) == ([], [book])
    assert host.told[0].startswith(f"已把 甲县 推到2032年:{book}。")
    assert host.told[0].endswith(",列在“校验结果”和工作簿的“新年度”表里。")
    rows = host.rows(FINDINGS)
    assert {row["程度"] for row in rows} <= {"文字", "备注", "重新定"}
    assert any("2031" in str(row["问题和怎样改"]) for row in rows)
    host.press("与上年比较")
    assert (host.failed, host.opened[-1]) == ([], tmp_path / "out" / FILE)
    assert host.told[-1].endswith(f"\n差异表:{tmp_path / 'out' / FILE}")
    assert not new.exists()
    host.press("写回工作目录")
    assert load(new).about.year == 2032
    host.press("与上年比较")
    assert host.failed == []
    host.press("准备下一年")
    assert host.failed == [f"{book} 已经有了,不覆盖。请换一个名称,或者先把它移走。"]


def test_a_draft(host: FakeHost, tmp_path: Path) -> None:
    """A notice becomes a draft in a workbook; one that is there is written over only where the office says so."""
    paper = tmp_path / "通知.docx"
    paper.write_bytes(as_docx(NOTICE))
    host.settings |= {layout.CHECKED: str(paper), layout.CAMPAIGN: str(tmp_path / "新县")}
    host.press("从通知起草")
    book = tmp_path / "out" / "目录_新县.xlsx"
    assert (host.failed, host.opened) == ([], [book])
    assert host.told[0].startswith("读到1个项目、2个得分点")
    assert host.told[0].endswith("疑点列在工作簿的“疑点”表里。")
    host.answers = [False]
    host.press("从通知起草")
    assert host.asked == [f"{book} 已经有了,没有覆盖。确实要盖掉吗?"]
    assert host.told[-1] == "没有写,原来的都没有动。"


NOTICE = """关于开展2031年度社区考核的通知
附件
<table>
序号 | 项目 | 内容 | 分值 | 责任单位
1 | 学习 | 每年组织学习(2分)。每月检查一次(1分)。 | 3 | 各社区
</table>"""


@pytest.mark.parametrize(
    ("action", "settings", "said"),
    [
        (
            "写回工作目录",
            {layout.CAMPAIGN: "zhonglou-2020"},
            "“工作目录”写的是“zhonglou-2020”。请写这台电脑上的完整路径",
        ),
        ("准备下一年", {layout.CAMPAIGN: "zhonglou-2020"}, "“工作目录”写的是“zhonglou-2020”。请写这台电脑上的完整路径"),
        ("准备下一年", {layout.CAMPAIGN: ""}, "“工作目录”空着。请写新的工作目录的完整路径,没有的会新建。"),
        ("准备下一年", {}, "“上一轮文件夹”空着。请写上一轮的输出文件夹,或者上年的工作目录。"),
        ("准备下一年", {layout.PREVIOUS: "没有的"}, "没有找到工作目录“没有的”。"),
        ("与上年比较", {}, "“上一轮文件夹”空着。"),
        ("从通知起草", {}, "“要读的文件”空着。请写通知的完整路径,例如 D:\\年度考核\\通知.docx。"),
        ("检查目录工作簿", {}, "没有 {out}/目录_甲县.xlsx。请先“写目录工作簿”,或者在“目录工作簿”里写明它在哪里。"),
        ("检查目录工作簿", {layout.BOOK: "a.xlsx"}, "“目录工作簿”写的是“a.xlsx”。请写这台电脑上的完整路径"),
    ],
)
def test_what_is_not_there(host: FakeHost, action: str, settings: dict[str, str], said: str) -> None:
    """A setting that is blank or wrong is told with what to write, and nothing is written or opened."""
    host.settings |= settings
    host.press(action)
    (failed,) = host.failed
    assert failed.startswith(said.format(out=host.settings[layout.OUT]))
    assert host.opened == []


@pytest.mark.parametrize("action", ["写目录工作簿", "检查目录工作簿", "写回工作目录"])
def test_a_workbook_that_stays_open(host: FakeHost, book: Path, folder: Path, action: str) -> None:
    """While the workbook is open and the office keeps it, neither it nor the folder is written; it is saved where it is closed."""
    before = book.read_bytes(), catalogue(folder)
    host.held = frozenset({book})
    host.press(action)
    assert host.failed == [f"{book} 正打开着,没有写。请存盘、关闭后再来。"]
    assert (book.read_bytes(), catalogue(folder)) == before
    assert host.saved == [book]


def test_a_comparison_that_stays_open(host: FakeHost, folder: Path) -> None:
    """Nor is the comparison; it is nobody's work, and closed without being saved."""
    path = Path(host.settings[layout.OUT]) / FILE
    host.settings[layout.PREVIOUS] = str(folder)
    host.held = frozenset({path})
    host.press("与上年比较")
    assert host.failed == [f"{path} 正打开着,没有写。请存盘、关闭后再来。"]
    assert host.saved == []


def test_no_word_of_the_terminal(host: FakeHost, book: Path, folder: Path) -> None:
    """What another step has to be taken before is called as the console calls it."""
    change(book, "单位", "E4", "没有的组")
    host.settings |= {layout.PREVIOUS: str(book), layout.CAMPAIGN: str(folder.with_name("2032"))}
    host.press("准备下一年")
    assert host.failed == [f"{book} 里还有错误,没有做。先用 “检查目录工作簿” 检查,改好了再来。"]
