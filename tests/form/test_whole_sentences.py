"""A whole rule in words: how its parts make up the points, and what each of them says."""

from __future__ import annotations

from fazhi_xl.form.sentences import of_parts, whole
from fazhi_xl.notice.model import SubPoint
from tests.support.catalogues import YES_NO, sub_point


def _sub_point(*keys: str) -> SubPoint:
    inputs = [{"key": key, "label": key, "kind": "choice", "options": YES_NO} for key in keys]
    parts = [{"kind": "yes", "input": key} for key in keys]
    return SubPoint.model_validate({"code": "1.1", **sub_point(2, *parts, inputs=inputs)})


def test_one_part() -> None:
    """A rule of one part is what the part says."""
    assert whole(_sub_point("公开")) == "公开填“是”得分"


def test_several_parts() -> None:
    """One of several says first how they share the points."""
    sub = _sub_point("公开", "报告")
    assert of_parts(sub) == ("公开填“是”得分", "报告填“是”得分")
    assert whole(sub) == "以下2条平均分配2分:公开填“是”得分;报告填“是”得分"
