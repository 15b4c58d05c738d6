"""Colours the cells that a check found: by a condition that is always true, so that what people coloured shows again once it is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from fazhi_xl.xlsx.kept.look import Look

_OURS = 'N("检查")=0'
"""The condition, by which the marks of an earlier check are known."""


def mark(worksheet: Worksheet, cells: Mapping[str, str], look: Look) -> None:
    """Take the marks of an earlier check away, and put these: a role of the theme by cell."""
    _unmark(worksheet)
    by_role: defaultdict[str, list[str]] = defaultdict(list)
    for cell, role in cells.items():
        by_role[role].append(cell)
    for role, found in by_role.items():
        looks = DifferentialStyle(fill=look.fill(role))
        rule = Rule("expression", formula=[_OURS], dxf=looks, stopIfTrue=True)
        worksheet.conditional_formatting.add(" ".join(sorted(found)), rule)


def _unmark(worksheet: Worksheet) -> None:
    kept = ConditionalFormattingList()
    for area in worksheet.conditional_formatting:
        for rule in area.rules:
            if _OURS not in rule.formula:
                kept.add(str(area.sqref), rule)
    worksheet.conditional_formatting = kept
