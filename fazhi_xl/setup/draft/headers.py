"""The header of the table of items: which column holds what, by the words that notices head them with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from fazhi_xl.setup.draft.characters import squeezed
from fazhi_xl.text.papers import Table


class Column(StrEnum):
    """What a column of the table holds."""

    NO = "no"
    LEVEL = "level"  # an aspect, an item or what is asked: their order tells which
    ASPECT = "aspect"
    NAME = "name"
    REQUIREMENT = "requirement"
    POINTS = "points"
    BASIS = "basis"
    RESPONSIBLE = "responsible"
    EVIDENCE = "evidence"
    OTHER = "other"


_BODY = "部门|单位|主体|对象|地区|处室|科室|乡镇|街道"
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (column, re.compile(words))
    for column, words in (
        (Column.NO, r"序号?|编号|项次|序列|No\.?|NO\.?"),
        (Column.OTHER, r"备注|说明|自评.*|.*得分|.*来源|.*时间|.*时限|完成情况"),
        (Column.OTHER, r".*(?<!被)(?:考核|评分|计分|打分|审核|评审|提供|采集)(?:的)?(?:部门|单位|主体|方式|方法)"),
        (Column.POINTS, r".*(?:分值|分数|满分|标准分|基本分|基础分|权重|赋分|配分).*|分"),
        (Column.BASIS, r".*依据"),
        (Column.EVIDENCE, r".*(?:佐证|印证|证明|支撑|台账|备查|报送).*(?:材料|资料|目录)?|.*材料(?:要求|清单|目录)?"),
        (Column.RESPONSIBLE, rf".*(?:责任|牵头|承办|落实|承担|实施|配合|适用|参评|被考核|被评价|考核|评价|测评)(?:{_BODY}).*|部门|单位"),
        (Column.REQUIREMENT, r".*(?:标准|要求|细则|办法|计分|评分|扣分|要点|规则)(?:说明)?"),
        (Column.LEVEL, r".*(?:项目|指标|内容|类别|方面|板块|任务|事项|领域|分类|要素|维度)(?:名称)?"),
    )
)  # fmt: skip
_CERTAIN = frozenset({Column.POINTS, Column.RESPONSIBLE, Column.BASIS})
_LONG = 40  # characters: what is asked is written at length, what an item is called is not
_HEADER = 16  # characters of a header, at most
_DEEPEST = 3  # rows of a header


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns of a table, how they are headed, and how many of its rows say so."""

    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    first: int
    rows: int

    def of(self, column: Column) -> tuple[int, ...]:
        """Give the places of the columns that hold this."""
        return tuple(at for at, each in enumerate(self.columns) if each is column)

    @property
    def classes(self) -> tuple[tuple[int, str], ...]:
        """Give the columns of points of classes of units, with the classes' names: `分值` parted into one for each class."""
        points = self.of(Column.POINTS)
        signs = takewhile(lambda same: len(set(same)) == 1, zip(*(self.titles[at] for at in points), strict=False))
        common = "".join(each[0] for each in signs)
        named = tuple((at, self.titles[at].removeprefix(common).strip("()分")) for at in points)
        return named if len(points) > 1 and common and all(name for _, name in named) else ()

    @property
    def body(self) -> int:
        """The first row below the header."""
        return self.first + self.rows


def find_header(table: Table) -> Header | None:
    """Find the header of a table of items: it names what is asked, and points or who is responsible; None where there is none."""
    for first in range(min(len(table.rows), 6)):
        rows = _depth(table, first)
        titles = tuple(_titles(table, first, rows))
        named = tuple(map(_column, titles))
        if _is_header(named):
            return Header(columns=_ranked(named, table, first + rows), titles=titles, first=first, rows=rows)
    return None


def names_columns(titles: Sequence[str]) -> bool:
    """Tell whether titles, squeezed, can head a table of items."""
    return _is_header(tuple(map(_column, titles)))


def is_repeated(header: Header, table: Table, at: int) -> bool:
    """Tell whether a row says the header again."""
    texts = [squeezed(cell.text) for cell in table.rows[at]]
    return len(texts) == len(header.titles) and all(
        text == title or (text and title.startswith(text)) or (text and title.endswith(text))
        for text, title in zip(texts, header.titles, strict=True)
    )


def _depth(table: Table, first: int) -> int:
    """Count the rows of a header: it goes on below where a cell of it does, and another is parted."""
    depth = 1
    while depth < _DEEPEST and first + depth < len(table.rows):
        below = [cell.anchor[0] == first for cell in table.rows[first + depth]]
        if not any(below) or all(below):
            break
        depth += 1
    return depth


def _titles(table: Table, first: int, rows: int) -> Iterator[str]:
    for column in range(len(table.rows[first])):
        texts = (squeezed(table.rows[row][column].text) for row in range(first, first + rows))
        yield "".join(dict.fromkeys(texts))


def _column(title: str) -> Column:
    if not title or len(title) > _HEADER:
        return Column.OTHER
    bare = re.sub(r"[(\[].*[)\]]$", "", title) or title
    return next((column for column, words in _WORDS if words.fullmatch(bare)), Column.OTHER)


def _is_header(columns: Sequence[Column]) -> bool:
    asked = {Column.LEVEL, Column.REQUIREMENT}.intersection(columns)
    return len(columns) > 2 and bool(asked) and bool(_CERTAIN.intersection(columns)) and _known(columns) > 2


def _known(columns: Sequence[Column]) -> int:
    return sum(column is not Column.OTHER for column in columns)


def _ranked(named: Sequence[Column], table: Table, body: int) -> tuple[Column, ...]:
    """Tell the levels apart: first the aspect, then the item; one that is written at length is what is asked."""
    columns = list(named)
    levels = [at for at, column in enumerate(columns) if column is Column.LEVEL]
    if Column.REQUIREMENT not in columns:
        for at in [at for at in levels[1:] if _length(table, body, at) > _LONG] or levels[-1:]:
            columns[at] = Column.REQUIREMENT
            levels.remove(at)
    for at in levels[2:] + [at for at in levels[1:2] if _length(table, body, at) > _LONG]:
        columns[at] = Column.REQUIREMENT
    names = [at for at in levels if columns[at] is Column.LEVEL]
    for at, column in zip(names, (Column.ASPECT, Column.NAME) if len(names) > 1 else (Column.NAME,), strict=False):
        columns[at] = column
    return tuple(columns)


def _length(table: Table, body: int, column: int) -> int:
    """Give the usual length of a column's texts: of the middle one."""
    lengths = sorted(len(row[column].text) for row in table.rows[body:] if row[column].text)
    return lengths[len(lengths) // 2] if lengths else 0
