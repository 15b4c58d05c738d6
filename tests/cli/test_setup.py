"""build_workbooks.py for setting up a round: what each option says, where it says it, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from fazhi_xl.office.workspace.catalogue import DEFAULT, TEMPLATES, shadowing
from tests.cli.conftest import Run
from tests.support.catalogues import minimal, write
from tests.support.systems import devices, long_names, seen


class TestNewYear:
    def test_lines(self, build: Run, folder: Path) -> None:
        """What there is to look at is printed; what was done, and what comes next, is told beside it."""
        write(folder / "示例-2031", minimal())
        ended = build("--new-year", "示例-2031", "示例-2032", "2032")
        assert ended.status == 0
        assert ended.out.splitlines()[0] == "1处文字还写着去年的(没有改,逐处看):"
        assert ended.err.splitlines() == [
            "已把 示例-2031 推到2032年:示例-2032。日期、年度和表号开头(SQ2032)已改,标识已写上,确认过的口径改回没有确认;文字没有改。",
            "逐处改好以后,再用 --check 检查 示例-2032。",
        ]
        assert load(folder / "示例-2032").about.year == 2032

    def test_json(self, build: Run, folder: Path) -> None:
        """With --json the places are given by fields, and nothing else is said."""
        write(folder / "示例-2031", minimal())
        ended = build("--new-year", "示例-2031", "示例-2032", "2032", "--json")
        assert (ended.status, ended.err) == (0, "")
        assert ended.json["texts"] == [
            {
                "kind": "text",
                "file": "notice.toml",
                "path": "short_title",
                "text": "“示例县2031年社区服务考核”",
                "suggestion": "改成“示例县2032年社区服务考核”",
            }
        ]
        assert len(ended.json["decisions"]) == 5

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("甲", "乙"), "--new-year 后面要写去年的工作目录、新的文件夹、年度。"),
            (("甲", "乙", "--quiet"), "--new-year 后面要写去年的工作目录、新的文件夹、年度,写的却是 --quiet。"),
            (("甲", "乙", "2032", "--force"), "--new-year 只做新年度的工作目录,不能和 --force 一起用。"),
            (("甲", "乙", "明年"), "年度“明年”不对,应为四位数字,例如 2031。"),
            (("甲", "乙", "2032"), "没有找到工作目录“甲”。"),
        ],
    )
    def test_wrong_use(self, arguments: tuple[str, ...], said: str, build: Run, folder: Path) -> None:
        """What is missing or wrong is said, and nothing is written."""
        ended = build("--new-year", *arguments)
        assert (ended.status, ended.out) == (2, "")
        assert ended.err.startswith(said)
        assert list(folder.iterdir()) == []


_LONG = f"{'长' * 260}.xlsx"  # more than a name may have, counted in bytes or in characters


class TestPlaces:
    """Places that nothing can be read from or written to."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ("--import", "text.docx", "--to", "text.docx", "--force"),
                "text.docx 已经有了,是文本文件(CSV、TXT 等),不是工作簿,没有覆盖。请用 --to 写另一个名称。",
            ),
            (
                ("--import", "text.docx", "--to", "夹"),
                "夹 是文件夹。请写明目录工作簿的文件名,例如 夹/目录_草稿.xlsx。",
            ),
            pytest.param(
                ("--import", "text.docx", "--to", _LONG), f"{_LONG}:名称太长。请换一个短些的名称。", marks=long_names
            ),
            (("--import", "text.docx", "--to", "草稿.doc"), "目录工作簿要写成 .xlsx,写的是 草稿.doc。例如 草稿.xlsx。"),
            (("--import", "夹"), "“夹”是文件夹。请写明通知的文件(.docx、.xlsx 或 .pdf)。"),
            pytest.param(
                ("--import", "/dev/zero"),
                "“/dev/zero”不是磁盘上的文件,没有读取。请写明通知的文件(.docx、.xlsx 或 .pdf)。",
                marks=devices,
            ),
            (
                ("示例", "--catalogue", "--to", "夹"),
                "夹 是文件夹。请写明目录工作簿的文件名,例如 夹/目录_草稿.xlsx。",
            ),
            pytest.param(
                ("示例", "--catalogue", "--to", _LONG), f"{_LONG}:名称太长。请换一个短些的名称。", marks=long_names
            ),
            pytest.param(
                ("--diff", "示例", "示例", "--out", _LONG),
                f"{_LONG}:名称太长。请换一个短些的名称。",
                marks=long_names,
            ),
            pytest.param(
                ("--new-year", "示例", _LONG, "2032"), f"{_LONG}:名称太长。请换一个短些的名称。", marks=long_names
            ),
            pytest.param(
                ("--from-catalogue", "/dev/zero"),
                "/dev/zero 不是磁盘上的文件,没有读。请写明目录工作簿的文件。",
                marks=devices,
            ),
            (("--from-catalogue", "夹"), "夹 是文件夹。请写明目录工作簿的文件。"),
            (("没有.xlsx", "--check"), "没有“没有.xlsx”这个文件。请检查文件名和所在的文件夹。"),
            (
                ("通知.pdf", "--check"),
                "通知.pdf 是PDF 文件,不是目录工作簿。请检查是不是选错了文件。是通知的,先用 --import 读成目录草稿。",
            ),
            (
                ("通知.pdf",),
                "通知.pdf 是文件,不是工作目录。目录工作簿先用 --from-catalogue 写回,再写工作目录的名称;通知先用 --import。",
            ),
        ],
    )
    def test_refused(self, arguments: tuple[str, ...], said: str, build: Run, folder: Path) -> None:
        """Each is refused in one sentence that says what it is and what to write, and nothing is lost."""
        write(folder / "示例", minimal())
        (folder / "夹").mkdir()
        (folder / "text.docx").write_text("甲", "utf-8")
        (folder / "通知.pdf").write_bytes(b"%PDF-1.7")
        ended = build(*arguments)
        assert (ended.status, ended.err) == (2, f"{said}\n")
        assert sorted(path.name for path in folder.iterdir()) == ["text.docx", "夹", "示例", "通知.pdf"]
        assert (folder / "text.docx").read_text("utf-8") == "甲"


class TestShadowing:
    """A folder here that is called as one of the program's own catalogues."""

    @pytest.mark.parametrize(
        "arguments",
        [
            (DEFAULT, "--check"),
            (DEFAULT, "--catalogue"),
            ("--diff", DEFAULT, DEFAULT),
            ("--new-year", DEFAULT, "示例-2032", "2032"),
            ("--jobs", "1"),
        ],
    )
    def test_said(self, arguments: tuple[str, ...], build: Run, folder: Path) -> None:
        """Which of the two is read is said in one line, with how to name the other."""
        write(folder / DEFAULT, minimal())
        said = f"读的是这里的文件夹 {folder / DEFAULT},不是程序自带的同名目录。要读自带的,写 {TEMPLATES / DEFAULT}。"
        ended = build(*arguments)
        assert (ended.status, ended.err.splitlines()[0], ended.err.count("同名")) == (0, seen(said), 1)

    def test_one_is_there(self, folder: Path) -> None:
        """Where there is only one of the name, or the path says which, nothing is said."""
        write(folder / DEFAULT, minimal())
        write(folder / "示例-2031", minimal())
        named = ("示例-2031", f"./{DEFAULT}/", str(TEMPLATES / DEFAULT), "没有", ".")
        assert [shadowing(each) for each in named] == [""] * 5
