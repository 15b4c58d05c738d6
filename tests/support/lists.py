"""A small catalogue whose forms have lists: a register by quarters, and a bonus with levels, repeats and limits."""

from __future__ import annotations

from pathlib import Path

from fazhi_xl.notice.model import Notice
from tests.support.catalogues import Table, catalogue, item, minimal, sub_point

REGISTER_COLUMNS: list[Table] = [
    {"key": "报送日期", "kind": "date"},
    {"key": "题目", "kind": "text", "width": 40},
    {"key": "采用", "kind": "choice", "options": ["是", "否"]},
    {"key": "级别", "kind": "choice", "options": ["省级", "市级"], "required": False, "required_with": {"采用": "是"}},
    {"key": "件数", "kind": "whole", "minimum": 1, "maximum": 99, "measure": "件", "required": False},
    {
        "key": "比例",
        "title": "所占比例",
        "kind": "decimal",
        "maximum": 100,
        "places": 1,
        "measure": "%",
        "required": False,
    },
]
REGISTER_FEEDS: list[Table] = [
    {"sub_point": "1.1", "input": "按时", "on_time": True},
    {"sub_point": "1.1", "input": "省级", "on_time": True, "where": {"采用": "是", "级别": "省级"}},
    {"sub_point": "1.1", "input": "件数", "sum": "件数"},
    {"sub_point": "1.1", "input": "采用件数", "sum": "件数", "where": {"采用": "是"}},
    {"sub_point": "1.1", "input": "全部"},
]


SITUATIONS: list[Table] = [
    {
        "no": 1, "text": "受表彰的", "label": "表彰", "points": 1,
        "levels": [{"name": "国家级", "points": 3}, {"name": "省级", "points": 0.5}],
    },
    {"no": 2, "text": "被推广的", "label": "推广", "points": 0.125, "levels": [{"name": "省级", "points": 2}], "again": 2},
    {"no": 3, "text": "见义勇为的", "label": "义举", "points": 0.3, "again": 3},
    {"no": 4, "text": "化解积案的", "label": "积案", "points": 0.25},
]  # fmt: skip
LIMITS: list[Table] = [
    {"name": "荣誉类", "of": ["表彰", "推广"], "at_most": 4},
    {"name": "义举", "of": ["义举"], "at_most": 1},
]


def listed(folder: Path) -> Notice:
    """Give the catalogue, whose scores have three places."""
    facts = [
        {"key": feed["input"], "label": feed["input"], "kind": "whole", "given_by": "register"}
        for feed in REGISTER_FEEDS
    ]
    rule = {"kind": "tally", "terms": [{"input": fact["key"], "each": 0.125} for fact in facts]}
    register = {
        "name": "报告登记", "kept_by": "unit", "periods": "quarter", "rows": 6, "columns": REGISTER_COLUMNS, "feeds": REGISTER_FEEDS,
        "on_time": {"column": "报送日期", "day": 10, "months_after": 1}, "summary": "按时{按时}篇,共{件数}件。",
    }  # fmt: skip
    form = {"levels": ["国家级", "省级", "市级"], "recognition": True}
    return catalogue(
        folder,
        {
            **minimal(),
            "notice.toml": {**minimal()["notice.toml"], "scoring": {"full": 10, "places": 3, "bonus_cap": 5}},
            "items/01.toml": item(1, sub_point(10, rule, inputs=facts)),
            "registers.toml": {"registers": [register]},
            "adjustments.toml": {"bonus": SITUATIONS, "limits": LIMITS, "bonus_form": form},
        },
    )
