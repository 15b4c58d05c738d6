"""Writes docs/findings.md anew from the table of findings: `uv run docs/make_findings.py`. A test holds it fresh."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the project is not installed; its folder comes first

from fazhi_xl.findings import Code, Severity
from fazhi_xl.rounds.status import SEVERITY_WORDS

TARGET = Path(__file__).with_name("findings.md")
_HEAD = """# 提示代码

收表时每个文件的提示都有一个代码,写在 `report.json` 和“问题清单”里。花括号里是随文件变化的内容。
“问题清单”把同一份表里同样的问题合为一行,“谁处理”写明由单位还是由办公室处理;须改正的,退给单位的表和文字已经备在 `结果/退回/`。

"""
_MEANING = {
    Severity.FATAL: "整份文件不能用,不计入",
    Severity.ERROR: "单位须改正,其余内容暂按已填的计",
    Severity.CONFIRM: "单位或办公室须核实,不影响计分",
    Severity.NOTE: "记录在案,不用处理",
}


def document() -> str:
    """Give the whole text of docs/findings.md: what the severities mean, and a row for each code of the table."""
    levels = [(f"{SEVERITY_WORDS[level]}({level})", meaning) for level, meaning in _MEANING.items()]
    codes = [(f"`{code}`", SEVERITY_WORDS[code.severity], code.text, code.office) for code in Code]
    return f"{_HEAD}{_table(('程度', '含义'), levels)}\n{_table(('代码', '程度', '提示', '办公室怎样做'), codes)}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (" | ".join(row) for row in (head, *rows))
    first, *rest = (f"| {line} |\n" for line in lines)
    return "".join((first, "|" + "---|" * len(head) + "\n", *rest))


def main() -> int:
    """Write the document."""
    TARGET.write_text(document(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
