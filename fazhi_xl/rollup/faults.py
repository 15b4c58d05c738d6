"""What is wrong in a report.json and where, in the words of the office: never the keys and types that programs call it by."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from fazhi_xl.text.one_line import cut, one_line

_SHOWN = 60  # characters of what is quoted
_WORDS: Mapping[str, str] = {
    "campaign": "评价代号", "year": "年度", "generated": "生成时间", "basis": "排名口径", "official": "是否核定完",
    "rehearsal": "是否演练", "edition": "目录版次", "round": "轮次编号", "notice": "目录", "units": "单位", "counts": "单位数",
    "title": "名称", "district": "地区名称", "catalogue": "目录校验码", "scoring": "计分规则", "words": "用语", "groups": "分组",
    "items": "项目", "sub_points": "得分点", "id": "编号", "no": "序号", "name": "名称", "aspect": "方面", "code": "代号",
    "item": "项目", "text": "内容", "kind": "类别", "unit": "名称", "state": "状态", "full_marks": "应得分", "awarded": "得分",
    "auto": "测算分", "self": "自评分", "own": "自评分", "reviewed": "核定分", "percent": "折算分", "bonus": "加分",
    "deduction": "减分", "total": "总分", "rank": "名次", "group": "分组", "group_rank": "组内名次", "compared": "是否计入平均",
    "refund": "返还分", "vetoes": "一票否决事项", "points": "分值", "full": "应得分", "counted": "计入得分",
    "missing": "未报送数", "returned": "未核定完数", "vetoed": "一票否决数", "aspects": "方面",
}  # fmt: skip
_COUNTED: Mapping[str, str] = {
    "units": "单位总数",
    "reviewed": "已核定数",
}  # what the same keys are among the numbers of units
_WRONG: Mapping[str, str] = {
    "missing": "没有写",
    "too_long": "太多,不是一个地区的结果",
    "string_too_long": "太长",
    "string_too_short": "是空的",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "greater_than": "应大于0",
    "bool_type": "应为是(true)或否(false)",
    "bool_parsing": "应为是(true)或否(false)",
    "enum": "不是收表会写的值",
    "string_pattern_mismatch": "写法不对",
}
_CUT_OFF = "内容不完整(可能只写了一半,或复制时断了)"


def without_mark(data: bytes) -> bytes:
    """Take away the mark that some editors put before UTF-8 text."""
    return data.removeprefix(codecs.BOM_UTF8)


def held_in(data: bytes) -> tuple[Any, str]:
    """Give what a file that is no report holds, or say why it holds nothing that can be read."""
    try:
        return json.loads(data.decode()), ""
    except UnicodeDecodeError:
        return None, "文字编码不是 UTF-8(可能用别的软件另存过,或不是这个文件)"
    except (ValueError, RecursionError):
        return None, _CUT_OFF


def fault_text(fault: ErrorDetails, held: object) -> str:
    """Say what is wrong in a report that holds all this, where, and what stands there."""
    value = fault["input"]
    quoted = isinstance(value, str | int | float) and value != ""
    now = f",现在是“{cut(one_line(_written(value)), _SHOWN)}”" if quoted else ""
    return f"{place_text(fault['loc'], held)}{_wrong(fault)}{now}"


def _wrong(fault: ErrorDetails) -> str:
    own = fault.get("ctx", {}).get("error")  # what this program itself says is in Chinese
    return str(own) if own else _WRONG.get(fault["type"], "写法不对")


def _written(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def place_text(steps: Iterable[int | str], held: object) -> str:
    """Name a place: a unit by its name and a sub-point by its code, for example 单位“甲”的总分."""
    return "的".join(_named(tuple(steps), held)) or "整个文件"


def _named(steps: tuple[int | str, ...], held: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    key = ""
    for at, step in enumerate(steps):
        held = _inside(held, step)
        if isinstance(step, int):
            yield _member(key, step, held)
            continue
        words = {**_WORDS, **_COUNTED} if key == "counts" else _WORDS
        key = step
        if at + 1 == len(steps) or not isinstance(steps[at + 1], int):
            yield words.get(step, "一处")


def _member(key: str, at: int, held: object) -> str:
    name = next(
        (held[own] for own in ("unit", "code") if isinstance(held, dict) and isinstance(held.get(own), str)), ""
    )
    shown = f"“{cut(one_line(name), _SHOWN)}”" if name else f"第{at + 1}个"
    return f"{_WORDS.get(key, '一处')}{shown}" if name else f"{shown}{_WORDS.get(key, '一处')}"


def _inside(held: Any, step: int | str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return held[step]
    except (LookupError, TypeError):
        return None
