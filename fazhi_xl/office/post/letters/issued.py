"""The letter that a unit's form goes with."""

from __future__ import annotations

from fazhi_xl.mail.message import Attachment, Outgoing
from fazhi_xl.office.post.letters.addressee import Addressee, deadlines, steps
from fazhi_xl.text.punctuation import titled


def form_letter(to: Addressee, form: Attachment) -> Outgoing:
    """Send the form that was issued: what it is, the days of the notice, how it is filled in, whom to ask."""
    about = to.occasion.notice.about
    number = to.form.number if to.form else ""
    opening = (
        f"按照{titled(about.title)}({about.number}),现将{to.occasion.form}(表号{number})发给你单位,"
        f"见附件“{form.name}”。请按通知的要求填报,报送至{about.office}。"
    )
    return to.outgoing("任务分解表", to.text((opening,), deadlines(to), steps(to)), (form,))
