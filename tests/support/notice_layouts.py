"""Catalogues laid out as the notices that they could have been made from, in other layouts than the 2020 notice has; see `notices`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from fazhi_xl.docx.read import read_paper
from fazhi_xl.notice.model import Item, Notice, SubPoint
from fazhi_xl.points import Hundredths, in_points
from fazhi_xl.setup.draft.draft import draft_of
from fazhi_xl.setup.draft.marks import Draft
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.punctuation import official
from tests.support.notices import as_docx

_CHINESE = "一二三四五六七八九十"


@cache
def drafted(text: str) -> Draft:
    return draft_of(read_paper(as_docx(text)), "通知.docx")


def in_sections(notice: Notice) -> str:
    """Lay it out with one table per section, under a heading; a row for each sub-point with its own points, items merged.

    Units stand in a table with classes, punctuation is full width, and the situations are numbered lines.
    """
    return official("\n".join(_sections(notice)))


def _sections(notice: Notice) -> Iterator[str]:
    yield from _front(notice)
    yield from _situations(notice)
    yield from _signed(notice)
    yield "附件1"
    yield notice.about.words.list
    yield "<table>"
    yield "序号 | 乡镇(街道) | 类别"
    names = {group.code: group.name for group in notice.ranking_groups}
    before = ""
    for unit in notice.units:
        yield f"{unit.no} | {unit.name} | {'↑' if unit.ranking_group == before else names[unit.ranking_group]}"
        before = unit.ranking_group
    yield "</table>"
    yield "附件2"
    yield f"{notice.about.short_title}评分细则"
    for nth, aspect in enumerate(notice.aspects):
        items = [item for item in notice.items if item.aspect == aspect]
        yield f"{_CHINESE[nth]}、{aspect}({_points(sum((item.points for item in items), start=0))}分)"
        yield "<table>"
        yield "考核项目 | 考核内容和评分标准 | 分值 | 考核对象 | 印证材料"
        for item in items:
            yield from _rows(item)
        yield "</table>"


def _rows(item: Item) -> Iterator[str]:
    for nth, sub in enumerate(item.sub_points):
        name = "↑" if nth else f"{item.no}.{item.name}({_points(item.points)}分)"
        who = "、".join(sub.answered_by or item.responsible)
        yield f"{name} | {sub.text} | {_points(sub.points)} | {who} | {sub.evidence}"


def with_classes(notice: Notice) -> str:
    """Lay it out with a header over two rows, the points of two classes side by side, aspects and items merged, a row for each sub-point.

    Units are numbered lines under a heading for each class; the deductions are a numbered list in an annex.
    """
    return "\n".join(_classes(notice))


def _classes(notice: Notice) -> Iterator[str]:
    yield from _front(notice)
    yield from _signed(notice)
    yield "附件1"
    yield f"{notice.about.short_title.split('度')[1]}{notice.about.words.list}"
    for nth, group in enumerate(notice.ranking_groups):
        units = [unit for unit in notice.units if unit.ranking_group == group.code]
        yield f"{_CHINESE[nth]}、{group.name}({len(units)}家)"
        yield from (f"{at}.{unit.name}" for at, unit in enumerate(units, start=1))
    yield "附件2"
    yield f"{notice.about.short_title}指标"
    yield "<table>"
    first, second = (group.name for group in notice.ranking_groups)
    yield "序号 | 一级指标 | 二级指标 | 评分标准 | 分值 | ← | 依据 | 责任单位"
    yield f"↑ | ↑ | ↑ | ↑ | {first} | {second} | ↑ | ↑"
    before = ""
    for item in notice.items:
        for nth, sub in enumerate(item.sub_points):
            own = [str(item.no), "↑" if item.aspect == before else item.aspect, item.name] if not nth else ["↑"] * 3
            ends = [item.basis, "、".join(item.responsible)] if not nth else ["↑"] * 2
            yield " | ".join([*own, sub.text, *_two(item, sub), *ends])
            before = item.aspect
    yield f"合计 |  |  |  | {' | '.join(_points(group.full or 0) for group in notice.ranking_groups)} |  | "
    yield "</table>"
    yield "附件3"
    yield "负面清单"
    yield from (f"{each.no}.{each.text}" for each in notice.deductions)
    yield notice.about.texts.deduction_clause


def _two(item: Item, sub: SubPoint) -> tuple[str, str]:
    """Give a sub-point's points for both classes; a class that is not asked has a dash."""
    who = item.responsible[0]
    first, second = _points(sub.points), _points(sub.points_by_group.get("B", sub.points))
    return ("—" if who.startswith("综合") else first), ("—" if who.startswith("行政") else second)


def _front(notice: Notice) -> Iterator[str]:
    about = notice.about
    yield about.title
    yield about.number
    yield "各有关单位:"
    yield f"现就{about.short_title}有关事项通知如下:"
    yield "一、考核时间"
    start, end = about.dates.period
    yield f"考核时间为{chinese_date(start)}至{chinese_date(end)}。"
    yield "二、计分方法"
    yield about.texts.scoring_clause
    yield "三、工作步骤"
    yield from about.texts.steps
    yield about.texts.contact_clause or "请认真组织实施。"


def _situations(notice: Notice) -> Iterator[str]:
    for nth, (title, situations, clause) in enumerate(
        (
            ("加分情形", notice.bonus, notice.about.texts.bonus_clause),
            ("减分情形", notice.deductions, notice.about.texts.deduction_clause),
        )
    ):
        yield f"({_CHINESE[nth]}){title}。" + "".join(f"{each.no}.{each.text};" for each in situations)
        yield clause
    yield "(三)一票否决情形。" + "".join(f"{each.no}.{each.text};" for each in notice.vetoes)


def _signed(notice: Notice) -> Iterator[str]:
    yield notice.about.issuer
    yield chinese_date(notice.about.dates.issued)


def _points(points: Hundredths) -> str:
    return f"{in_points(points).normalize():f}"
