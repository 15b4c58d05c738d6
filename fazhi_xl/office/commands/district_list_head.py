"""What of a list of districts is no district: titles, the row that heads the columns, and running numbers (序号).

The head is looked for in the first rows; what stands above it is a title. Without a head a row is a title only where that is certain:
where the running numbers begin with 1 below it, or where it alone is worded as one (…名单). Titles are given, for they have to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fazhi_xl.text.characters import folded_width

Row = tuple[int, tuple[str, ...]]  # the number of the row from 1, and its cells

_WITHIN = 6  # rows that are filled, of which one may be the head
_NUMBERS = frozenset({"序号", "编号", "序", "no", "no."})
_OTHERS = frozenset(
    {
        *(
            "目录",
            "工作目录",
            "备注",
            "说明",
            "类别",
            "类型",
            "代码",
            "区划代码",
            "行政区划代码",
            "联系人",
            "电话",
            "联系电话",
        ),
        *(
            "省",
            "省份",
            "市",
            "市州",
            "市(州)",
            "州市",
            "地市",
            "地级市",
            "设区市",
            "所属市",
            "所在市",
            "责任单位",
            "上级单位",
        ),
    }
)
_DISTRICTS = frozenset(
    {
        *(
            "地区",
            "地区名",
            "地区名称",
            "区县",
            "区县名",
            "区县名称",
            "县区",
            "县区名称",
            "区(县)",
            "县(区)",
            "县市区",
            "市县区",
        ),
        *(
            "县(市、区)",
            "县(市、区)名称",
            "县(市,区)",
            "区(县、市)",
            "区(市、县)",
            "辖区",
            "行政区",
            "行政区划",
            "district",
        ),
    }
)
_NAMES = frozenset({"名称", "单位", "单位名称", "name"})
_NUMBER = re.compile(r"\(?(?:0*(?P<digits>\d+)(?:\.0+)?|(?P<words>[一二三四五六七八九十百]+))\)?[.、]?")
_TITLE = re.compile(r"附件\d*(?:[-—]\d+)?:?|.*(?:名单|一览|一览表|清单|名录|列表|汇总表|统计表|通讯录)(?:\(.*\))?")


def parted(rows: Iterable[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Give the titles as they are, and the rows of districts from the column of the name on; blank rows are in neither."""
    filled = [(no, cells) for no, cells in rows if any(map(str.strip, cells))]
    first = filled[:_WITHIN]
    head = max(range(len(first)), key=lambda at: _headed(first[at][1]), default=0)
    if first and _headed(first[head][1]) and not any(_number(cells[0]) for _, cells in first[: head + 1]):
        column = _name_column(first[head][1])
        return tuple(filled[:head]), _named([(no, cells[column:] or ("",)) for no, cells in filled[head + 1 :]])
    titles = _titles(filled)
    return tuple(filled[:titles]), _named(filled[titles:])


def _folded(cell: str) -> str:
    return "".join(folded_width(cell).split()).casefold()


# The head ------------------------------------------------------------------------------------------------------------


def _headed(cells: Sequence[str]) -> int:
    """Count the columns that a row heads; 0 where it is no head.

    A single such word, behind another text, is what kind of district a row has (甲县,区县), so it heads nothing.
    """
    folded = [each for cell in cells if (each := _folded(cell))]
    if folded[0] not in _NUMBERS and not (_DISTRICTS | _NAMES).intersection(folded):
        return 0
    heads = sum(each in _NUMBERS | _OTHERS | _DISTRICTS | _NAMES for each in folded)
    return heads if heads > 1 or folded[0] in _NUMBERS | _DISTRICTS | _NAMES else 0


def _name_column(cells: Sequence[str]) -> int:
    """Give the column headed as the districts', or else as names, or else the one beside the numbers."""
    folded = [_folded(each) for each in cells]
    ways = ((_DISTRICTS, 0), (_NAMES, 0), (_NUMBERS, 1))
    return next(at + beside for heads, beside in ways for at, each in enumerate(folded) if each in heads)


# Without a head ------------------------------------------------------------------------------------------------------


def _titles(rows: Sequence[Row]) -> int:
    """Count the first rows that are certainly titles."""
    begins = next((at for at, (_, cells) in enumerate(rows[:_WITHIN]) if _number(cells[0])), 0)
    if begins and _number(rows[begins][1][0]) in {"1", "一"} and _numbered(rows[begins:]):
        return begins
    return next((at for at, (_, cells) in enumerate(rows) if not _worded(cells)), len(rows))


def _worded(cells: Sequence[str]) -> bool:
    words = [folded for each in cells if (folded := _folded(each))]
    return len(words) == 1 and bool(_TITLE.fullmatch(words[0]))


# Running numbers -----------------------------------------------------------------------------------------------------


def _named(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Leave out a first column of numbers; a row that has a name there keeps it."""
    if not _numbered(rows):
        return tuple(rows)
    return tuple((no, cells[1:] if not cells[0].strip() or _number(cells[0]) else cells) for no, cells in rows)


def _numbered(rows: Sequence[Row]) -> bool:
    """Whether most rows have a number, and beside it what is none."""
    pairs = [(*cells, "", "")[:2] for _, cells in rows]
    return 2 * sum(bool(_number(one) and _folded(two) and not _number(two)) for one, two in pairs) > len(rows)


def _number(cell: str) -> str:
    """Give a running number without its marks; blank for what is none."""
    found = _NUMBER.fullmatch(_folded(cell))
    return (found["digits"] or found["words"]) if found else ""
