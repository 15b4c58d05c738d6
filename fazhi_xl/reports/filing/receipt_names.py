"""What 收到登记.xlsx is called, its columns, and what the office may choose there."""

from __future__ import annotations

REGISTER_FILE = "收到登记.xlsx"
FILES, UNIT, RECEIVED, BASIS, DAY, ACTION, SHA256 = (
    "文件", "单位", "收到日期", "依据", "更正日期", "处理", "SHA-256",
)  # fmt: skip
NOT_USED, DAY_RIGHT, ALL_RIGHT = ACTIONS = ("不采用", "日期无误", "核对无误")
