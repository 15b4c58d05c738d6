"""What books of the office are called, and their first sheets: for who writes them, and for who finds them among the returns."""

from __future__ import annotations

CONSOLE_FILE, CONSOLE_SHEET = "fazhi_xl.xlsm", "工作台"
MATCHES_FILE, MATCHES_SHEET = "上期对应.xlsx", "得分点"
