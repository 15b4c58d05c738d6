"""Where the campaigns' folders are."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
CAMPAIGN = TEMPLATES / "zhonglou-2020"
SHIPPED = tuple(sorted(path.parent.name for path in TEMPLATES.glob("*/notice.toml")))
