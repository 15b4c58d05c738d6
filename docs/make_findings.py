"""Writes docs/findings.md anew from the table of findings: `uv run docs/make_findings.py`. A test holds it fresh."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the project is not installed; its folder comes first

from fazhi_xl.findings import Code, Severity, Topic
from fazhi_xl.findings.adjustable import Weight, allowed, held

TARGET = Path(__file__).with_name("findings.md")
_HEAD = """# 提示代码

收表时每个文件的提示都有一个代码,写在 `report.json` 和“问题清单”里。花括号里是随文件变化的内容。“类别”说明提示讲的是什么。
“问题清单”把同一份表里同样的问题合为一行,“谁处理”写明由单位还是由办公室处理;须改正的,退给单位的表和文字已经备在 `结果/退回/`。

“可调整”是办公室能不能用规则开关改它的程度或者不查(写法见 [catalogue.md](catalogue.md#switchestoml)):写“可”的都能,
另写明不能设成什么;写“否”的不能,括号里是为什么。附带内容、填报、得分点、清单四类能调整,其中计分要看它的、保护个人信息的除外;其余各类都不能。

"""
_MEANING = {
    Severity.FATAL: "整份文件不能用,不计入",
    Severity.ERROR: "单位须改正,其余内容暂按已填的计",
    Severity.CONFIRM: "单位或办公室须核实,不影响计分",
    Severity.NOTE: "记录在案,不用处理",
}
_TOPICS = {
    Topic.FILE: "文件能不能读、怎样读的",
    Topic.IDENTITY: "是哪个单位、哪一轮的表",
    Topic.FORM: "表与下发的不一致,列在“改动与异常”里",
    Topic.RETURN: "同一单位的几份文件计入哪一份,什么时候收到",
    Topic.SURROUNDINGS: "填报格以外的内容:批注、宏、隐藏行等",
    Topic.UNREAD: "单元格的内容读不成填报内容",
    Topic.VALUE: "没有填或填得可疑",
    Topic.NORMALISED: "读成的与填的写法不同,列在“规范化记录”里",
    Topic.SUB_POINT: "同一得分点的填报内容相互矛盾",
    Topic.LIST: "台账、加分、减分、报送情况等清单的一行",
    Topic.REVIEW: "审核表的一行",
}


def document() -> str:
    """Give the whole text of docs/findings.md: what severities and topics mean, and a row for each code of the table."""
    levels = [(f"{level.word}({level})", meaning) for level, meaning in _MEANING.items()]
    topics = [(topic.word, meaning) for topic, meaning in _TOPICS.items()]
    tables = (
        _table(("程度", "含义"), levels),
        _table(("类别", "讲的是什么"), topics),
        _table(_COLUMNS, map(_row, Code)),
    )
    return _HEAD + "\n".join(tables)


_COLUMNS = ("代码", "类别", "程度", "谁处理", "可调整", "提示", "办公室怎样做")


def _row(code: Code) -> tuple[str, ...]:
    return (
        f"`{code}`",
        code.topic.word,
        code.severity.word,
        code.actor or "—",
        _adjusted(code),
        code.text,
        code.office,
    )


def _adjusted(code: Code) -> str:
    """Say whether the office may weigh a finding otherwise, and what it may not make of it, or why it may not."""
    if why := held(code):
        return f"否({why})"
    never = "、".join(each.word for each in Weight if each not in allowed(code))
    return f"可(不能设为{never})" if never else "可"


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
