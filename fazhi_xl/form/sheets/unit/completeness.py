"""The completeness panel: counts, from the status columns of all sheets, what is blank, wrong or to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.form import expression as x
from fazhi_xl.form.expression import Const, Expr, Ref, Span
from fazhi_xl.form.model import MARK_COLUMN, Computed, Content, Field, Label, Row, Sheet, SheetColumn, column_letters
from fazhi_xl.form.sheets.common import marks
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.common.counts import first_place
from fazhi_xl.form.sheets.common.marks import Mark
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.model import Item

TOPIC, BODY, OPEN, FAULTY, DOUBTFUL, GO = "事项", "内容", "待填", "有误", "核实", "去处"
COLUMNS = (
    SheetColumn(code=TOPIC, width=22),
    SheetColumn(code=BODY, width=66),
    SheetColumn(code=OPEN, width=10),
    SheetColumn(code=FAULTY, width=10),
    SheetColumn(code=DOUBTFUL, width=10),
    SheetColumn(code=GO, width=16),
    replace(marks.COLUMN, title=""),
)
TOTAL = "检查.合计"
READY, NOT_READY = "可以报送", "暂不能报送"
_BAR = 20
_COUNTS: Mapping[str, Mark] = {OPEN: Mark.TO_FILL, FAULTY: Mark.WRONG, DOUBTFUL: Mark.TO_CONFIRM}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessLine:
    """A stretch of one sheet's column of marks under one name, with the number of the column that they judge.

    In the rows where `scored` holds points, that is `score`.
    """

    sheet: str
    name: str
    marks: Span
    scored: Span
    fact: int
    score: int


def panel_rows(brief: Brief, sheets: Iterable[Sheet]) -> Iterator[Row]:
    """Give the panel's rows: the whole first, then a line for each item and each other sheet; none where nothing is judged."""
    sheets = tuple(sheets)
    lines = tuple(line for line in _lines(brief, sheets) if line.marks.fields)
    if not lines:
        return
    codes = [f"检查.{no:02d}" for no in range(1, len(lines) + 1)]
    contents = (row.cells.values() for sheet in sheets for row in sheet.rows)
    required = sum(any(isinstance(each, Field) and each.required for each in cells) for cells in contents)
    yield _total(codes, required)
    titles = {TOPIC: "工作表", BODY: "项目", OPEN: "待填", FAULTY: "有误", DOUBTFUL: "请核实", GO: "点击前往"}
    yield Row(cells={code: Label(title, "head") for code, title in titles.items()}, height=20)
    yield from (_line(code, line) for code, line in zip(codes, lines, strict=True))


def _lines(brief: Brief, sheets: tuple[Sheet, ...]) -> Iterator[CompletenessLine]:
    for sheet in sheets:
        rows = tuple(row for row in sheet.rows if row.code and MARK_COLUMN in row.cells)
        if sheet.name == tasks.NAME:
            yield from (_item_line(sheet, item, rows) for item in brief.items)
        else:
            cells = (cell for row in sheet.rows for cell in row.cells.items())
            filled = {column for column, content in cells if isinstance(content, Field)}
            first = next((no for no, column in enumerate(sheet.columns, 1) if column.code in filled), 1)
            own = _column(_judged(rows), MARK_COLUMN)
            yield CompletenessLine(sheet=sheet.name, name="", marks=own, scored=own, fact=first, score=first)


def _column(rows: Iterable[str], column: str) -> Span:
    return Span(tuple(f"{row}.{column}" for row in rows))


def _judged(rows: Iterable[Row]) -> tuple[str, ...]:
    """Name the rows, which stand under each other, if any of them is judged."""
    rows = tuple(rows)
    judged = any(isinstance(row.cells[MARK_COLUMN], Computed) for row in rows)
    return tuple(row.code for row in rows) if judged else ()


def _item_line(sheet: Sheet, item: Item, rows: tuple[Row, ...]) -> CompletenessLine:
    own = _judged(row for row in rows if row.code.split(".")[0] == str(item.no))
    columns = [column.code for column in sheet.columns]
    return CompletenessLine(
        sheet=sheet.name,
        name=f"{item.no} {item.name}",
        marks=_column(own, MARK_COLUMN),
        scored=_column(own, tasks.POINTS),
        fact=columns.index(tasks.FACT) + 1,
        score=columns.index(tasks.SELF if tasks.SELF in columns else tasks.REMARK) + 1,
    )


def _line(code: str, line: CompletenessLine) -> Row:
    counts = {
        column: Computed(x.call("count_where", line.marks, Const(int(mark))), "computed_whole")
        for column, mark in _COUNTS.items()
    }
    to_do, doubtful = x.add(Ref(f"{code}.{OPEN}"), Ref(f"{code}.{FAULTY}")), Ref(f"{code}.{DOUBTFUL}")
    said = x.when(x.equal(to_do, x.ZERO), Const("前往核实"), Const("前往"))
    place = Ref(f"{code}.{MARK_COLUMN}")
    go = x.call("go_to_place", _input_column(line, place), Ref(line.marks.fields[0]), place, said)
    cells: dict[str, Content] = {
        TOPIC: Label(line.sheet, "text"),
        BODY: Label(line.name, "text"),
        **counts,
        GO: Computed(x.when(x.equal(x.add(to_do, doubtful), x.ZERO), Const("无待填"), go), "link"),
        MARK_COLUMN: Computed(_first(code, line), "unseen"),
    }
    return Row(code=code, cells=cells, height=18)


def _first(code: str, line: CompletenessLine) -> Expr:
    """Give the place in the stretch of the first row that is open or wrong, else of the first to be confirmed; 0 without any."""
    places = {column: first_place(mark, line.marks) for column, mark in _COUNTS.items()}
    some = {column: x.less(x.ZERO, Ref(f"{code}.{column}")) for column in _COUNTS}
    cases = (
        (x.both(some[OPEN], some[FAULTY]), x.call("minimum", places[OPEN], places[FAULTY])),
        *((some[column], place) for column, place in places.items()),
    )
    return x.first_of(cases, x.ZERO)


def _input_column(line: CompletenessLine, place: Ref) -> Expr:
    """Give the sheet and the column that the mark at a place judges, as an address begins."""
    fact, score = (Const(f"#'{line.sheet}'!{column_letters(each)}") for each in (line.fact, line.score))
    return fact if fact == score else x.when(x.is_number(x.call("at_place", line.scored, place)), score, fact)


def _total(codes: list[str], required: int) -> Row:
    open_, faulty, doubtful = (x.call("sum", Span(tuple(f"{code}.{column}" for code in codes))) for column in _COUNTS)
    left = x.subtract(Const(required), x.add(open_, faulty))
    filled = x.call(
        "floor", x.divide(x.multiply(Const(_BAR), x.call("maximum", x.ZERO, left)), Const(max(required, 1)))
    )
    bar = x.join(x.call("repeat", Const("■"), filled), x.call("repeat", Const("□"), x.subtract(Const(_BAR), filled)))
    said = x.join(
        Const("  还有"), open_, Const("处未填 · "), faulty, Const("处有误 · "), doubtful, Const("处请核实 · ")
    )
    verdict = x.when(x.equal(x.add(open_, faulty), x.ZERO), Const(READY), Const(NOT_READY))
    cells: dict[str, Content] = {TOPIC: Label("填报进度", "head"), BODY: Computed(x.join(bar, said, verdict), "total")}
    return Row(code=TOTAL, cells=cells, merged=True, height=26)
