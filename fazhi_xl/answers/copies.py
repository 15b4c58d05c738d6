"""Duplicated sheets of a return: the one that was filled in counts; where both were, and differently, the unit is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from fazhi_xl.answers.located import Located
from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.model import Shape

_Filled = Mapping[str, tuple[CellKind, str]]


def settled(located: Located, shape: Shape) -> tuple[Located, tuple[Finding, ...]]:
    """Choose one of each sheet's copies, and report the others.

    The copy that was filled in counts; where both were, and differently, the original counts and the unit is asked. `copies` of
    the result still holds all of them, and `passed` names those that do not count.
    """
    findings: list[Finding] = []
    for name, copy in located.copies.items():
        located, told = _settle(located, name, copy, shape)
        findings.append(told)
    return located, tuple(findings)


def _settle(located: Located, name: str, copy: Located, shape: Shape) -> tuple[Located, Finding]:
    ((original, _),) = Counter(located.rows[row][0] for row in copy.rows if row in located.rows).most_common(1)
    keys = [key for key, field in shape.fields.items() if field.row in copy.rows]
    ours, theirs = _filled(located, keys), _filled(copy, keys)
    if theirs and not ours:
        others = {key: found for key, found in located.cells.items() if found.sheet != original}
        cells, rows = {**others, **copy.cells}, {**located.rows, **copy.rows}
        chosen = replace(located, cells=cells, rows=rows, passed=located.passed | {original})
        return chosen, _passed(original, name)
    apart = [key for key in keys if ours.get(key) != theirs.get(key)]
    kept = replace(located, passed=located.passed | {name})
    if not theirs or not apart:
        return kept, _passed(name, original)
    first = copy.spot(apart[0])
    place = Place(sheet=name, cell=first.cell if first else None, field=apart[0])
    return kept, finding(Code.SHEET_COPIED, place, value=name, of=original, count=len(apart))


def _filled(located: Located, keys: list[str]) -> _Filled:
    cells = ((key, located.cells.get(key)) for key in keys)
    return {key: (found.kind, found.text) for key, found in cells if found and (found.text.strip() or found.formula)}


def _passed(name: str, kept: str) -> Finding:
    return finding(Code.SHEET_PASSED_OVER, Place(sheet=name), value=name, kept=kept)
