"""Days and moments as official documents write them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from fazhi_xl.text.dates import chinese_moment


def test_a_moment() -> None:
    """A moment is told by the clock that it carries, without seconds or the name of a zone."""
    moment = datetime.fromisoformat("2020-11-27T09:00:02+00:00").astimezone(timezone(timedelta(hours=8)))
    assert chinese_moment(moment) == "2020年11月27日 17:00"
