"""Options of readings that are not chosen are looked at too: after a unit is renamed, their changes still have the old name."""

from __future__ import annotations

from fazhi_xl.notice.lint_options import unsound
from fazhi_xl.notice.load import source_problems
from fazhi_xl.notice.source import Source
from tests.support import catalogues


def _with_option(answered_by: str) -> Source:
    options = [
        {"key": "全部", "text": "全部"},
        {"key": "一个", "text": "一个", "changes": {"sub_points.1.1": {"answered_by": [answered_by]}}},
    ]
    reading = {"key": "谁填", "question": "谁来填?", "chosen": "全部", "reason": "照旧", "options": options}
    return Source(files={**catalogues.full(), "readings.toml": {"readings": [reading]}})


def test_an_option_that_names_nobody() -> None:
    """The catalogue can be issued; the option that could not be chosen is named, with what would be wrong."""
    source = _with_option("改了名的社区")
    assert source_problems(source) == ()
    (remark,) = unsound(source)
    assert (remark.code, remark.path) == ("option-fault", "readings[0].options[1].key")
    assert remark.text.startswith("选项“一个”现在不能采用,采用以后有错:items/01.toml: sub_points[0].answered_by[0]")


def test_an_option_that_holds() -> None:
    """One that could be chosen is not."""
    assert list(unsound(_with_option("01社区"))) == []
