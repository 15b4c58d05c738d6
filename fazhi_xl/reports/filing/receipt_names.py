"""What 收到登记.xlsx is called, the columns of its sheets, and what the office may choose there."""

from __future__ import annotations

REGISTER_FILE = "收到登记.xlsx"
FILES, UNIT, RECEIVED, BASIS, DAY, ACTION, REASON, SHA256 = (
    "文件", "单位", "收到日期", "依据", "更正日期", "处理", "原因", "SHA-256",
)  # fmt: skip
CONTENT, PAPER = "电子表校验码", "纸质校验码"
"""The code over the contents of a form: the file's, and what the office reads off the stamped paper."""
EXTENSIONS = "延期"
"""The register's second sheet, and its columns; the program writes the last."""
UNTIL, APPROVED_BY, WHY, RESULT = "延期至", "批准人", "理由", "结果"
NOT_USED, DAY_RIGHT, ALL_RIGHT, AFTER_ALL = ACTIONS = ("不采用", "日期无误", "核对无误", "定稿后采用")
