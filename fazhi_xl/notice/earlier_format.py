"""Catalogues of format 1, read as format 2: rounds that were issued from one stay collectable.

Format 1 took one notice for granted: what it left to the code is written out here as the data that format 2 asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from fazhi_xl.errors import Problem
from fazhi_xl.notice.model import FORMAT
from fazhi_xl.notice.source import Source, TomlTable, tables

_WORDS = {
    "assessment": "监测评价",
    "unit": "监测评价对象",
    "list": "附件1",
    "leader": "分管领导",
    "grade": "参考等次",
    "item": "监测项目",
    "aspects": "五方面",
}
_GRADE_NOTE = "参考等次供工作参考,同一等次内按附件1顺序排列,不分先后;未报送的不列等次。"
_BONUS_FORM = {
    "authority": "表彰或推广机关",
    "authority_hint": "填省部级以上机关的全称。",
    "levels": ["国家级", "省部级"],
    "recognition": True,
    "recognition_hint": "在监测评价系统里报送后,上级是否认可;还不知道的留空。以上级认可为准,选“没有认可”的不计分。",
}
_SHEETS: dict[str, TomlTable] = {
    "index.toml": {"sheet": "法治环境指数"},
    "contacts.toml": {
        "sheet": "联络员名单",
        "widths": [18, 22, 34, 22, 22],
        "hint": "人员有调整的才填写,没有调整的留空。",
    },
}
_CREATED = date(2020, 1, 1)  # what the properties of every file said
_GIVEN_BY = {"on_time_reports": "register", "adopted_reports": "register"}


_HALLMARKS = (("dates", "report_day"), ("scoring", "bonus_each"), ("texts", "report_clause"))


def format_problems(source: Source) -> Iterator[Problem]:
    """Report a catalogue that names no format and has nothing that one of format 1 had to have."""
    about = source.table("notice.toml")
    had = [key for section, key in _HALLMARKS if isinstance(about.get(section), dict) and key in about[section]]
    if about and "format" not in about and not had:
        message = f"缺少此项;按现在的写法,通知开头要写 format = {FORMAT}"
        yield Problem(file="notice.toml", path="format", message=message)


def upgraded(source: Source) -> Source:
    """Give a source of format 1 as one of format 2, and any other as it is."""
    if "notice.toml" not in source.files or "format" in source.table("notice.toml"):
        return source
    if any(format_problems(source)):
        about = {**source.table("notice.toml"), "format": FORMAT}
        return replace(source, files={**source.files, "notice.toml": about})
    files = {file: _renewed(deepcopy(table)) for file, table in source.files.items()}
    given = list(_given(source))
    registers = [*_reports(source, given), *_incidents(given), *_adopted_reports(source, given)]
    about = files["notice.toml"]
    _amend_about(about)
    _amend_adjustments(files.get("adjustments.toml", {}), source.table("notice.toml"))
    files["theme.toml"] = {"created": _CREATED, **files.get("theme.toml", {})}
    for file, more in _SHEETS.items():
        if file in files:
            files[file] = {**more, **files[file]}
    return replace(source, files={**files, **({"registers.toml": {"registers": registers}} if registers else {})})


def _amend_about(about: TomlTable) -> None:
    about["format"] = FORMAT
    about.setdefault("words", dict(_WORDS))
    for section, gone in (("dates", "report_day"), ("scoring", "bonus_each"), ("texts", "report_clause")):
        if isinstance(about.get(section), dict):
            about[section].pop(gone, None)
    if isinstance(about.get("texts"), dict):
        about["texts"].setdefault("grade_note", _GRADE_NOTE)


def _amend_adjustments(adjustments: TomlTable, about: TomlTable) -> None:
    """Give each bonus situation the points that counted, and name what its sheet says."""
    adjustments.setdefault("bonus_form", deepcopy(_BONUS_FORM))
    scoring = about.get("scoring")
    if isinstance(scoring, dict) and "bonus_each" in scoring:
        for _, situation in tables(adjustments, "bonus"):
            situation["points"] = scoring["bonus_each"]


def _renewed(node: Any) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Write rules, situations and inputs anew, wherever they stand: in items, in changes of readings."""
    if isinstance(node, list):
        return [_renewed(each) for each in node]
    if not isinstance(node, dict):
        return node
    table = {key: _renewed(value) for key, value in node.items()}
    if table.get("kind") == "deduct" and "terms" not in table:
        table["terms"] = [{key: table.pop(key) for key in ("input", "each") if key in table}]
    if isinstance(table.get("given_by"), str):
        table["given_by"] = _GIVEN_BY.get(table["given_by"], table["given_by"])
    if {"lighter", "graver", "graver_points"} <= table.keys():
        named = (("lighter", table.get("points")), ("graver", table.pop("graver_points")))
        table["levels"] = [{"name": table.pop(key), "points": points} for key, points in named]
    return table


def _given(source: Source) -> Iterator[tuple[str, str, str]]:
    """Name the inputs that no unit enters: sub-point, key, and who gives it."""
    for file in source.items:
        for _, sub in tables(source.table(file), "sub_points"):
            for _, fact in tables(sub, "inputs"):
                if fact.get("given_by", "unit") != "unit":
                    yield str(sub.get("code")), str(fact.get("key")), str(fact["given_by"])


def _clause(source: Source) -> str:
    texts = source.table("notice.toml").get("texts")
    return str(texts.get("report_clause", "")) if isinstance(texts, dict) else ""


def _report_day(source: Source) -> int:
    dates = source.table("notice.toml").get("dates")
    day = dates.get("report_day") if isinstance(dates, dict) else None
    return day if isinstance(day, int) else 15


def _feeds(given: list[tuple[str, str, str]]) -> list[TomlTable]:
    conditions: dict[str, TomlTable] = {
        "on_time_reports": {"on_time": True},
        "adopted_reports": {"where": {"录用": "已录用"}},
    }
    return [{"sub_point": sub, "input": key, **deepcopy(conditions[by])} for sub, key, by in given if by in conditions]


def _on_time(source: Source) -> TomlTable:
    return {"column": "报送日期", "day": _report_day(source)}


def _reports(source: Source, given: list[tuple[str, str, str]]) -> Iterator[TomlTable]:
    """Give the sheet of monthly reports, which every form had."""
    office, day = str(source.table("notice.toml").get("office")), _report_day(source)
    feeds = _feeds(given)
    numbers = {feed["input"]: ("按时报送" if "on_time" in feed else "录用") for feed in feeds}
    said = ",".join(f"{word}{{{key}}}篇" for key, word in numbers.items())
    yield {
        "name": "信息报送",
        "kept_by": "unit",
        "prefix": "信息",
        "title": "综合信息报送情况",
        "note": _clause(source),
        "foot": f"每月{day}日前(含当日)报送的计为“按时”。同一月份有第二篇的,填在“补充”行。",
        "summary": f"{said}。得分见任务分解表。" if said else "",
        "rows": 24,
        "periods": "month",
        "columns": [
            {"key": "标题", "title": "信息标题", "kind": "text", "width": 52, "hint": "填报送的综合信息的标题。"},
            {"key": "报送日期", "kind": "date", "width": 14, "hint": f"填向{office}报送的日期。"},
            {
                "key": "录用", "title": "录用情况", "kind": "choice", "width": 11, "options": ["已录用", "未录用"], "required": False,
                "hint": "被简报采用的选“已录用”,并填期号。",
            },
            {
                "key": "期号", "title": "简报期号", "kind": "text", "width": 18, "length": 60, "required": False,
                "required_with": {"录用": "已录用"}, "hint": "例如:第15期。",
            },
        ],
        "on_time": _on_time(source),
        "feeds": feeds,
    }  # fmt: skip


def _incidents(given: list[tuple[str, str, str]]) -> Iterator[TomlTable]:
    """Give the register of tasks that a unit did not do, one row each time."""
    yield {
        "name": "交办登记",
        "kept_by": "office",
        "note": "登记不配合完成日常交办工作的,一次一行。登记了的单位,这一得分点按次数扣分,不再看核定分。",
        "rows": 30,
        "columns": [
            {"key": "事项", "kind": "text", "width": 48, "hint": "交办了什么,怎样不配合。"},
            {"key": "日期", "kind": "date", "width": 12, "hint": "不配合发生的日期。"},
        ],
        "feeds": [{"sub_point": sub, "input": key} for sub, key, by in given if by == "office"],
    }


def _adopted_reports(source: Source, given: list[tuple[str, str, str]]) -> Iterator[TomlTable]:
    """Give the office's own register of reports, which counts before the units'."""
    yield {
        "name": "信息采用",
        "kept_by": "office",
        "note": f"登记收到和被采用的综合信息,一篇一行。登记了的单位,这一得分点按登记计分,不再看核定分。{_clause(source)}",
        "rows": 60,
        "columns": [
            {"key": "标题", "title": "信息标题", "kind": "text", "width": 44, "hint": "综合信息的标题。"},
            {"key": "报送日期", "kind": "date", "width": 12, "hint": "收到的日期。"},
            {
                "key": "录用", "title": "采用情况", "kind": "choice", "width": 10, "options": ["已录用", "未录用"], "required": False,
                "hint": "被简报录用的选“已录用”。",
            },
            {
                "key": "期号", "title": "简报期号", "kind": "text", "width": 16, "length": 60, "required": False, "hint": "例如:第15期。",
            },
        ],
        "on_time": _on_time(source),
        "feeds": _feeds(given),
    }  # fmt: skip
