"""Days and moments as official documents write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from fazhi_xl.text.dates import blanked, chinese_moment, gone_by


def test_a_moment() -> None:
    """A moment is told by the clock that it carries, without seconds or the name of a zone."""
    moment = datetime.fromisoformat("2020-11-27T09:00:02+00:00").astimezone(timezone(timedelta(hours=8)))
    assert chinese_moment(moment) == "2020年11月27日 17:00"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("请于2031年11月20日前发回(通知的报送期限:2031年1月1日)。", ()),
        ("请于2031年11月19日前发回。", ("2031年11月19日",)),
        ("请于2031年2月30日以前改好发回。", ("2031年2月30日",)),
        ("2031年1月1日前报某某办;2031年1月2日前完成整改。", ("2031年1月1日",)),
        ("____年__月__日前发回", ()),
    ],
)
def test_gone_by(text: str, gone: tuple[str, ...]) -> None:
    """Days count by which something is to be sent, and only those before today, or that do not exist; each can be blanked."""
    assert gone_by(text, date(2031, 11, 20)) == gone
    assert gone_by(blanked(text, gone), date(2031, 11, 20)) == ()
