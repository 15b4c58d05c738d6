"""The line below the tasks that is signed on paper."""

from __future__ import annotations

from fazhi_xl.form.identity import Draft
from fazhi_xl.form.sheets.common.context import Brief


def sign_off(brief: Brief) -> str:
    """Give the line that is signed on paper."""
    people, day = (
        ("填报人", "审核人", f"{brief.notice.about.words.leader}(签字)", "单位(盖章)"),
        "＿＿＿＿年＿＿月＿＿日",
    )
    if brief.draft > Draft.SECOND:
        signed = (_blank_line(each, 4) for each in people)
        return "  ".join((*signed, "填报日期:＿＿＿年＿月＿日", _blank_line("联系电话", 6)))
    dated, phone = ("填报日期", (_blank_line("联系电话", 12),)) if brief.draft > Draft.FIRST else ("日期", ())
    return "   ".join((*(_blank_line(each, 8) for each in people), f"{dated}:{day}", *phone))


def _blank_line(what: str, room: int) -> str:
    return f"{what}:{'＿' * room}"
