"""How a draft is told of, and how a suggestion is worded for whoever chooses a rule's kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fazhi_xl.notice.meanings import PARTS
from fazhi_xl.setup.book.asked import LOOKS, LOOKS_PLAIN
from fazhi_xl.setup.draft.marks import Draft
from fazhi_xl.setup.draft.suggest import Look

_FIELDS: Mapping[str, str] = MappingProxyType(
    {"each": "每件{}分", "at_least": "至少{}", "below": "不足的按比例", "side": ""}
)


def summary(made: Draft) -> str:
    """Say in one line what was read, and how much of it is doubtful."""
    items = [made.source.table(file) for file in made.source.items]
    subs = sum(len(item.get("sub_points", ())) for item in items)
    units = len(made.source.table("units.toml").get("units", ()))
    choices = sum(each.is_choice for each in made.marks)
    if not items:
        return (
            f"没有读到项目,一项计分也没有录入,通知里写有分值的段落列在“疑点”表里,要自己填;"
            f"读到{units}家单位,{len(made.marks)}处拿不准。"
        )
    left = f";另有{len(made.left)}处没有录入" if made.left else ""
    return (
        f"读到{len(items)}个项目、{subs}个得分点、{units}家单位,{len(made.marks) - choices}处拿不准{left};"
        f"{choices}条计分规则要由人来选种类,选好以前不能发放。"
    )


def suggested(look: Look) -> str:
    """Say what a sentence looks like, and by which words: 原文“扣0.25分”,像是“从分值里往下扣”(每件0.25分)."""
    fields = [words.format(look.fields[name]) for name, words in _FIELDS.items() if name in look.fields and words]
    more = f"({','.join(fields)})" if fields else ""
    words = LOOKS if look.said else LOOKS_PLAIN
    return words.format(said=look.said, kind=PARTS[look.kind], more=more)
