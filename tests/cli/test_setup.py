"""build_workbooks.py for setting up a round: what each option says, where it says it, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.notice.load import load
from tests.cli.conftest import Run
from tests.support.catalogues import minimal, write


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
