"""What 排名总表 and its columns are called, in formulas too."""

from __future__ import annotations

TABLE = "排名总表"
NUMBER, RANK, GROUP_RANK, FULL, REFUND, AWARDED, PERCENT, BONUS_POINTS, DEDUCTION, TOTAL, GRADE = (
    "序号", "名次", "组内名次", "应得分", "超限补回", "得分", "折算分", "加分", "减分", "总分", "等次",
)  # fmt: skip
GROUP, MOVED, NOTE, BASE, TIE = "分组", "名次变化", "备注", "基准分", "并列"
