"""What a notice leaves to the office is asked for before anything is issued."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.model import Notice

PHONE = '办公室的电话空着,填报说明的“咨询”没有电话。请在 notice.toml 里填上,例如 office_phone = "0519-12345678"'
DAY = (
    "修改期限空着,退回修改的表没有写什么时候交回。请在 notice.toml 的 [dates] 下面加一行,"
    "例如 corrections_due = 2020-11-27"
)


@pytest.mark.parametrize(
    ("phone", "due", "said"),
    [
        ("", None, [PHONE, DAY]),
        ("0519-88888888", None, [DAY]),
        ("", date(2020, 12, 1), [PHONE]),
        ("0519-88888888", date(2020, 12, 1), []),
    ],
)
def test_what_is_blank(notice: Notice, phone: str, due: date | None, said: list[str]) -> None:
    """The office's telephone and the day for corrections are asked for with the line to write, each where it is blank."""
    dates = notice.about.dates.model_copy(update={"corrections_due": due})
    about = notice.about.model_copy(update={"office_phone": phone, "dates": dates})
    assert [remark.text for remark in blanks(notice.model_copy(update={"about": about}))] == said
