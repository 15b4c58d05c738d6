"""How a suggestion is worded for whoever chooses a rule's kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fazhi_xl.setup.draft.suggest import Look

_LIKE: Mapping[str, str] = MappingProxyType(
    {
        "yes": "做到就得分",
        "count": "次数达到规定",
        "count_zero": "没有发生才得分",
        "rate": "比率达到规定",
        "ratio": "按人数等基数折算后达到规定",
        "fall": "比上年下降",
        "months": "满规定的月数",
        "days": "满规定的天数",
        "bands": "按档次得分",
        "tally": "每件加分",
        "deduct": "每件扣分",
        "balance": "基本分上加减",
    }
)
_FIELDS: Mapping[str, str] = MappingProxyType(
    {"each": "每件{}分", "at_least": "至少{}", "below": "不足的按比例", "side": ""}
)


def suggested(look: Look) -> str:
    """Say what a sentence looks like, and by which words: 原文“扣0.25分”,像是“每件扣分”(每件0.25分)."""
    fields = [words.format(look.fields[name]) for name, words in _FIELDS.items() if name in look.fields and words]
    more = f"({','.join(fields)})" if fields else ""
    said = f"原文“{look.said}”," if look.said else "原文没有数量、比率,"
    return f"{said}像是“{_LIKE[look.kind]}”{more}"
