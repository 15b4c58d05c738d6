"""进度: what is still open on each sheet of a review book and for each section, counted as reviewers type, with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import Computed, Content, Field, Given, Label, Row, Sheet, SheetColumn, column_letters
from fazhi_xl.form.sheets.common.counts import first_place
from fazhi_xl.form.sheets.review import scores
from fazhi_xl.form.sheets.review.arising import FOR_SEALING
from fazhi_xl.form.sheets.review.common import OPEN, OWNED, review_heading
from fazhi_xl.form.sheets.review.dossier import Dossier, LeftOpen

NAME = "进度"
WHAT, ALL, DONE, LEFT, WHO, GO = "类别", "共", "已定", "未定", "审核人", "去处"
COLUMNS = (
    SheetColumn(code=WHAT, width=26),
    SheetColumn(code=ALL, width=10),
    SheetColumn(code=DONE, width=10),
    SheetColumn(code=LEFT, width=10),
    SheetColumn(code=WHO, width=40),
    SheetColumn(code=GO, width=26),
)
TOTAL = "进度.合计"
_NAMED = 8  # reviewers that a cell names
_NOTE = (
    "“未定”随各表的填写变化。点类别打开那张表,点最右边去第一个没有定的。"
    "全部定下,没有“收表时另有”的,保存、关闭,再收一次表,就是正式排名。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """Rows of one sheet that say by a `mark` in a column that they are undecided; only `every` many of them can, or all."""

    name: str
    sheet: str
    rows: tuple[str, ...]
    column: str  # in letters, of what is to be filled in first
    who: str
    marks: str = OPEN
    mark: int = 1
    every: int | None = None


def sheet(dossier: Dossier, sheets: Iterable[Sheet]) -> Sheet:
    """Draw up the sheet over the other sheets of the book."""
    drawn = tuple(sheets)
    own = {row.code for each in drawn for row in each.rows if row.code}
    lines = [_line(dossier, each) for each in drawn if each.name not in FOR_SEALING]
    later = [_line(dossier, each) for each in drawn if each.name in FOR_SEALING]
    left = _by_word(each for each in dossier.left if each.code in own or not dossier.section)
    sections = list(_sections(dossier, lines))
    rows = [
        *review_heading(dossier, COLUMNS, NAME, _NOTE),
        _total(len(lines), sum(map(len, left))),
        *_table("工作表", (_row(f"进度.{no:02d}", line) for no, line in enumerate(lines, 1))),
        *(
            _table("各科室的得分点", (_row(f"科室.{no:02d}", line) for no, line in enumerate(sections, 1)))
            if sections
            else ()
        ),
        *(
            _table("定稿以前还要办的", (_row(f"定稿.{no:02d}", line) for no, line in enumerate(later, 1)))
            if later
            else ()
        ),
        *(
            _table("收表时另有", (_left(f"另有.{no:02d}", each, own) for no, each in enumerate(left, 1)))
            if left
            else ()
        ),
    ]
    return Sheet(name=NAME, columns=COLUMNS, rows=tuple(rows), tab="title", coded=False, one_page=True)


def _line(dossier: Dossier, of: Sheet) -> _Line:
    rows = tuple(row.code for row in of.rows if row.code and OPEN in row.cells)
    filled = {column for row in of.rows for column, content in row.cells.items() if isinstance(content, Field)}
    first = next((no for no, column in enumerate(of.columns, 1) if column.code in filled), 1)
    who = _names(dossier, (row.code for row in of.rows))
    return _Line(name=of.name, sheet=of.name, rows=rows, column=column_letters(first), who=who)


def _sections(dossier: Dossier, lines: Iterable[_Line]) -> Iterator[_Line]:
    """Give a line for each section of a book that several share: its rows have a mark of their own."""
    whole = next((line for line in lines if line.sheet == scores.NAME and line.rows), None)
    if dossier.section or whole is None:
        return
    for no, section in enumerate(dossier.notice.about.review.sections, 1):
        own = [case.code for case in dossier.cases if dossier.section_of(case.sub) == section.name]
        yield _Line(
            name=section.name,
            sheet=whole.sheet,
            rows=whole.rows,
            column=whole.column,
            who=_names(dossier, own),
            marks=OWNED,
            mark=no,
            every=len(own),
        )


def _names(dossier: Dossier, codes: Iterable[str]) -> str:
    """Name those who have decided so far, in the order of the rows."""
    names = list(dict.fromkeys(name for code in codes if (name := dossier.reviewers.get(code))))
    more = f"等{len(names)}人" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _table(title: str, lines: Iterable[Row]) -> Iterator[Row]:
    titles = {WHAT: title, ALL: ALL, DONE: DONE, LEFT: LEFT, WHO: "审核人(到上次收表)", GO: "第一个未定的"}
    yield Row(cells={code: Label(said, "head") for code, said in titles.items()}, height=24)
    yield from lines


def _row(code: str, line: _Line) -> Row:
    left = Ref(f"{code}.{LEFT}")
    cells: dict[str, Content] = {WHAT: Computed(_open(line), "link"), WHO: Label(line.who), GO: Label("—", "measure")}
    counts: dict[str, Content] = dict.fromkeys((ALL, DONE, LEFT), Label("—", "measure"))
    if line.rows:
        every, open_ = _counts(line)
        cells[GO] = Computed(x.when(x.equal(left, x.ZERO), Const("已定完"), _first_open(line)), "link")
        counts = {
            ALL: Computed(every, "computed_whole"),
            DONE: Computed(x.subtract(Ref(f"{code}.{ALL}"), left), "computed_whole"),
            LEFT: Computed(open_, "computed_whole"),
        }
    return Row(code=code, cells={**cells, **counts}, height=22)


def _counts(line: _Line) -> tuple[Expr, Expr]:
    """Give how many rows there are, and how many of them are undecided."""
    return Const(len(line.rows) if line.every is None else line.every), x.call(
        "count_where", _marks(line), Const(line.mark)
    )


def _first_open(line: _Line) -> Expr:
    """Link to the first undecided row."""
    at, first = Const(f"#'{line.sheet}'!{line.column}"), Ref(_marks(line).fields[0])
    return x.call("go_to_place", at, first, first_place(line.mark, _marks(line)), Const("第一个未定的"))


def _marks(line: _Line) -> Span:
    return Span(tuple(f"{code}.{line.marks}" for code in line.rows))


def _open(line: _Line) -> Expr:
    return x.call("go_to", Const(f"#'{line.sheet}'!A1"), Const(line.name))


def _by_word(left: Iterable[LeftOpen]) -> list[tuple[LeftOpen, ...]]:
    """Give what is left of each kind, in the order in which the kinds come."""
    kinds: dict[str, list[LeftOpen]] = {}
    for each in left:
        kinds.setdefault(each.word, []).append(each)
    return [tuple(every) for every in kinds.values()]


def _left(code: str, every: tuple[LeftOpen, ...], own: Iterable[str]) -> Row:
    """Give a line for what no cell of the book can count: it is as it was when the returns were collected."""
    each = every[0]
    spot = Label(each.code or "—", "measure")
    cells: dict[str, Content] = {
        WHAT: Computed(x.call("go_to", Const(f"#'{each.sheet}'!A1"), Const(each.word)), "link"),
        ALL: Label("—", "measure"),
        DONE: Label("—", "measure"),
        LEFT: Given(len(every), "whole"),
        WHO: Label(""),
        GO: spot,
    }
    if each.code in own:
        to = x.call("go_to_row", Const(f"#'{each.sheet}'!A"), Ref(f"{each.code}.编号"), Const(each.code))
        cells[GO] = Computed(to, "link")
    return Row(code=code, cells=cells, height=22)


def _total(lines: int, more: int) -> Row:
    """Say how much is undecided on all sheets together."""
    live = x.call("sum", Span(tuple(f"进度.{no:02d}.{LEFT}" for no in range(1, lines + 1))))
    said = x.join(Const("还没有定的"), x.add(live, Const(more)), Const("项"))
    return Row(code=TOTAL, cells={WHAT: Computed(said, "total")}, merged=True, height=26)
