"""What `--diff --json` prints: every change with its fields, for other programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.setup.compare.differences import Change, Load
from fazhi_xl.setup.compare.summary import lines
from fazhi_xl.setup.compare.told import Told


def diff_json(told: Told, path: Path) -> Json:
    """Give the comparison as JSON holds it; `changes` is empty where nothing differs."""
    found = told.differences
    return {
        "path": str(path),
        "old": told.old_name,
        "new": told.new_name,
        "said": list(lines(told)),
        "changes": list(map(_change, found.changes)),
        "loads": list(map(_load, found.loads)),
        "carried": [
            {
                "before": each.before.code,
                "now": each.now.code if each.now else None,
                "fate": each.fate.name.lower(),
                "kept": list(each.kept),
                "left": list(each.left),
            }
            for each in told.carried
        ],
        "affected": [asdict(each) for each in told.affected],
    }


def _change(each: Change) -> Json:
    return {
        "part": each.part.name.lower(),
        "what": each.what.name.lower(),
        "before": each.before or None,
        "after": each.after or None,
        "within": each.within or None,
        "fields": [
            {"field": field.field, "title": field.title, "before": field.before, "after": field.after}
            for field in each.fields
        ],
    }


def _load(each: Load) -> Json:
    return {
        "unit": each.new.short if each.new else each.old.short if each.old else None,
        "before": each.many_before,
        "now": each.many_now,
        "gained": [*each.fresh, *each.gained],
        "lost": [*each.dropped, *each.lost],
    }
