"""审核情况 and 未定清单: how far the office's review has come, what to look at in its books, and all that keeps a ranking from official."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fazhi_xl.reports.filing.findings import told_of
from fazhi_xl.reports.media.titles import title
from fazhi_xl.reports.media.workbook import Block, Cell, Column, Link, ReportSheet, Sentence, Table
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.undecided import OpenMatter, by_kind
from fazhi_xl.scoring.model import Basis, UnitScore
from fazhi_xl.scoring.score import preliminary

SHEET, OPEN = "审核情况", "未定清单"
_REVIEW = "../审核/"  # from the folder of the results
REVIEW_BOOK = f"{_REVIEW}审核表.xlsx"
_FEW = 3  # open rows that stand for those of a kind


def begun(round_: Round) -> bool:
    """Say whether the office has decided anything, or has something to look at."""
    return bool(round_.review) or any(score.decided for unit in round_.reviewed for score in unit.sub_points)


def progress(round_: Round) -> str:
    """Say how much of what was returned has been reviewed."""
    asked = [unit for unit in round_.reviewed if unit.sub_points]
    scores = [score for unit in asked for score in unit.sub_points]
    units = sum(unit.reviewed is not None for unit in asked)
    points = sum(score.decided for score in scores)
    said = f"已核定{points}个得分点(共{len(scores)}个),得分点全部核定的有{units}家(共{len(asked)}家)。"
    return said if round_.official else f"{said}全部定下以前按{round_.basis.value}预排,核定分和认定不计入名次。"


def undecided_words(round_: Round) -> Iterator[str]:
    """Say in one sentence how many rows of which kinds keep the ranking from being official, where any do."""
    if round_.open:
        kinds = "、".join(f"{kind.word}{len(own)}项" for kind, own in by_kind(round_.open).items())
        yield f"还没有定的{len(round_.open)}项,全部定下才是正式排名:{kinds}。"


# The sheet -----------------------------------------------------------------------------------------------------------

_FOUND_COLUMNS = (
    Column(title="审核表", width=22),
    Column(title="程度", width=14, style="centre"),
    Column(title="工作表", width=14),
    Column(title="编号", width=18),
    Column(title="问题和怎样改", width=70),
)
_KIND_COLUMNS = (
    Column(title="类别", width=22),
    Column(title="项数", width=14, style="whole"),
    Column(title="在哪里定", width=14),
    Column(title="单位数", width=18, style="whole"),
    Column(title="例如", width=70),
)
_OPEN_COLUMNS = (
    Column(title="类别", width=18),
    Column(title="单位", width=20),
    Column(title="工作表", width=12),
    Column(title="编号", width=16),
    Column(title="内容", width=72),
)


def review_sheets(round_: Round) -> Iterator[ReportSheet]:
    """Give the sheets once there is a review: something is decided, or open, or to be looked at."""
    waiting = (*round_.open, *round_.unsealed)
    if not (begun(round_) or (waiting and round_.scored)):
        return
    found = Table(
        columns=_FOUND_COLUMNS,
        rows=tuple(
            (book, each.severity.word, each.place.sheet, each.place.field, told_of(round_, each))
            for book, each in round_.review
        ),
        title="审核表里的问题",
    )
    # Without items there are only registers to review.
    told = (Sentence(progress(round_)),) if round_.notice.items else ()
    undecided = (Sentence(text, "wrong") for text in undecided_words(round_))
    units = (_units(round_),) if round_.notice.items else ()
    blocks: tuple[Block, ...] = (
        *told,
        *undecided,
        *((_kinds("还没有定的", round_.open),) if round_.open else ()),
        *((_kinds("定稿以前还要办的", round_.unsealed),) if round_.unsealed else ()),
        *((found,) if round_.review else ()),
        *units,
    )
    yield ReportSheet(name=SHEET, title=title(round_, SHEET), blocks=blocks)
    if waiting:
        yield _open_sheet(round_, waiting)


def _kinds(what: str, matters: Sequence[OpenMatter]) -> Table:
    return Table(title=f"{what}({len(matters)}项)", columns=_KIND_COLUMNS, rows=tuple(_kind_rows(matters)))


def _kind_rows(matters: Iterable[OpenMatter]) -> Iterator[tuple[Cell, ...]]:
    """Give a row for each kind and each sheet of the review book on which rows of it are decided."""
    for kind, place, own in kinds_by_sheet(matters):
        named = "、".join(f"{each.code}({each.unit})" if each.unit else each.code for each in own[:_FEW])
        more = f"等{len(own)}项" if len(own) > _FEW else ""
        units = len({each.unit for each in own if each.unit})
        yield kind, len(own), place, units, f"{named}{more}" or None


def kinds_by_sheet(matters: Iterable[OpenMatter]) -> Iterator[tuple[str, Link, tuple[OpenMatter, ...]]]:
    """Give the open rows by kind and by the sheet on which they are decided, with what leads to that sheet."""
    for kind, own in by_kind(matters).items():
        for book, name in dict.fromkeys((each.book, each.sheet) for each in own):
            at = tuple(each for each in own if (each.book, each.sheet) == (book, name))
            yield kind.word, _leading(name, name, book), at


def row_link(each: OpenMatter, *, named: bool = False) -> Link:
    """Lead from the code of an open row to its sheet of the review book; the rows may move, the code stays."""
    unit = f" {each.unit}" if named and each.unit else ""
    return _leading((each.code or each.sheet) + unit, each.sheet, each.book)


def _leading(text: str, sheet: str, book: str) -> Link:
    return Link(text=text, file=f"{_REVIEW}{book}" if book else REVIEW_BOOK, sheet=sheet, cell="A1")


def _open_sheet(round_: Round, waiting: Iterable[OpenMatter]) -> ReportSheet:
    rows = tuple(
        (each.kind.word, each.unit or None, each.sheet, row_link(each), _about(each) or None) for each in waiting
    )
    said = Sentence(f"共{len(rows)}项,{_needed(round_)};点编号打开审核表,在编号相同的那一行定。")
    table = Table(columns=_OPEN_COLUMNS, rows=rows)
    return ReportSheet(name=OPEN, title=title(round_, OPEN), blocks=(said, table), filtered=True, held=2)


def _needed(round_: Round) -> str:
    """Say what has to be settled for what."""
    if not round_.unsealed:
        return "全部定下才是正式排名"
    sealing = f"{len(round_.unsealed)}项办完才能定稿"
    return f"其中{len(round_.open)}项全部定下才是正式排名,{sealing}" if round_.open else sealing


def _about(each: OpenMatter) -> str:
    """Say what an open row is about, and who told of it: 司法局提供:拒不履行生效裁判."""
    return ":".join(filter(None, (f"{each.source}提供" if each.source else "", each.what)))


# By unit -------------------------------------------------------------------------------------------------------------


def _units(round_: Round) -> Table:
    """Give how far each unit's review has come; with its scores only once they count."""
    first = preliminary(round_.notice.about.scoring)
    more = (
        (Column(title=f"{first.value}分", width=18, style="figure"), Column(title="核定分", width=18, style="figure"))
        if round_.official
        else (Column(title="还没有定的", width=18, style="whole"), Column(title="是哪些", width=70))
    )
    columns = (
        Column(title="单位", width=22),
        Column(title="得分点", width=14, style="whole"),
        Column(title="已核定", width=14, style="whole"),
        *more,
    )
    open_: defaultdict[str, list[OpenMatter]] = defaultdict(list)
    for each in round_.open:
        open_[each.unit].append(each)
    rows = tuple(
        _unit(round_, unit, open_[unit.unit], first)
        for unit in round_.reviewed
        if unit.total is not None and not unit.zeroed
    )
    return Table(title="各单位", columns=columns, rows=rows)


def _unit(round_: Round, unit: UnitScore, own: Sequence[OpenMatter], first: Basis) -> tuple[Cell, ...]:
    scores = (unit.self_score if first is Basis.SELF else unit.auto, unit.reviewed)
    more = scores if round_.official else (len(own), _counted(own) or None)
    return (unit.unit, len(unit.sub_points), sum(score.decided for score in unit.sub_points), *more)


def _counted(matters: Iterable[OpenMatter]) -> str:
    return "、".join(f"{kind.word}{len(own)}项" for kind, own in by_kind(matters).items())
