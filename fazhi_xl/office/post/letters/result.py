"""Letters about an official result: a unit's feedback sheet, and the bulletin for all."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_xl.form.appeal_form import NAME as APPEALS
from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.office.post.letters.addressee import Addressee
from fazhi_xl.text.dates import chinese_date


def feedback_letter(to: Addressee, sheet: Attachment) -> Outgoing:
    """Send a unit its own feedback sheet."""
    about = to.occasion.notice.about
    due = about.feedback.supplement_due
    by = f"于{chinese_date(due)}前" if due and due >= to.occasion.day else ""
    supplied = "补正材料或者核实数据" if about.texts.evidence else "核实数据"
    told = (
        f"{about.short_title}的结果已经核定,现将你单位的反馈单发给你单位,见附件“{sheet.name}”。"
        f"请逐条核对;反馈单上请{supplied}的,{by}报{about.office};有不同意见的,{_objecting(to)}。"
    )
    own = "反馈单只写你单位自己的结果,请不要转发给其他单位。"
    return to.outgoing("反馈单", to.text((told, own)), (sheet,))


def _objecting(to: Addressee) -> str:
    """Say how a unit asks for a review, while it may."""
    due = to.occasion.notice.about.dates.appeals_due
    if due and due < to.occasion.day:
        return "也请一并说明"
    by = f"于{chinese_date(due)}前" if due else ""
    return f"在反馈单的“{APPEALS}”表里选上、写明理由,{by}把反馈单发回"


def bulletin_letter(to: Addressee, documents: Iterable[Attachment]) -> Outgoing:
    """Send the bulletin, the same to every unit."""
    about, attached = to.occasion.notice.about, tuple(documents)
    names = "、".join(f"“{each.name}”" for each in attached)
    opening = f"现将{about.short_title}情况的通报发给你单位,见附件{names}。请对照通报的要求抓好落实。"
    return to.outgoing("情况通报", to.text((opening,)), attached, about_form=False)
