"""The completeness panel: counts, from the status columns of all sheets, what is blank, wrong or to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import NOTHING_OPEN
from fazhi_xl.form.expression import EMPTY, Const, Expr, Ref, Span
from fazhi_xl.form.model import (
    MARK_COLUMN,
    Computed,
    Content,
    Field,
    Label,
    Row,
    Sheet,
    SheetColumn,
    Stretch,
    characters,
    column_letters,
)
from fazhi_xl.form.sheets.common.context import Brief
from fazhi_xl.form.sheets.common.counts import first_place
from fazhi_xl.form.sheets.common.marks import Mark
from fazhi_xl.form.sheets.unit import tasks
from fazhi_xl.notice.model import Item

NO, BODY, OPEN, FAULTY, DOUBTFUL, GO = "序号", "内容", "待填", "有误", "核实", "去处"
COLUMNS = (
    SheetColumn(code=NO, width=characters(40)),
    SheetColumn(code=BODY, width=characters(348), title="工作表和项目", head="open_head_text"),
    SheetColumn(code=OPEN, width=characters(54), head="open_head_figure"),
    SheetColumn(code=FAULTY, width=characters(54), title="错误", head="open_head_figure"),
    SheetColumn(code=DOUBTFUL, width=characters(58), title="请核实", head="open_head_figure"),
    SheetColumn(code=GO, width=characters(62), title="前往", head="open_head"),
)
TOTAL, DONE, STATE, BAR = "检查.合计", "检查.进度", "检查.状态", "检查.进度条"
READY, NOT_READY = "可以报送", "暂不能报送"
LINE = 18.25  # points of a line's row
_BAR = 20
_COUNTS: Mapping[str, Mark] = {OPEN: Mark.TO_FILL, FAULTY: Mark.WRONG, DOUBTFUL: Mark.TO_CONFIRM}
_COUNT_STYLES: Mapping[str, str] = {OPEN: "count_open", FAULTY: "count_wrong", DOUBTFUL: "count_doubtful"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the form is, as formulas: in numbers, whether it may be sent, and as a bar."""

    done: Expr
    state: Expr
    bar: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessLine:
    """A stretch of one sheet's column of marks under one name and number, with the number of the column that they judge.

    In the rows where `scored` holds points, that is `score`.
    """

    sheet: str
    no: str
    name: str
    marks: Span
    scored: Span
    fact: int
    score: int


def panel(brief: Brief, sheets: Iterable[Sheet]) -> tuple[tuple[Row, ...], Progress] | None:
    """Give the panel, a line for each item and other sheet and their sums, and how far the form is; none where nothing is judged."""
    sheets = tuple(sheets)
    lines = tuple(line for line in _lines(brief, sheets) if line.marks.fields)
    if not lines:
        return None
    codes = [f"检查.{no:02d}" for no in range(1, len(lines) + 1)]
    contents = (row.cells.values() for sheet in sheets for row in sheet.rows)
    required = sum(any(isinstance(each, Field) and each.required for each in cells) for cells in contents)
    head = Row(cells={each.code: Label(each.title or each.code, each.head) for each in COLUMNS}, height=LINE)
    made = (_line(code, line) for code, line in zip(codes, lines, strict=True))
    return (head, *made, _total(codes)), _progress(required)


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
            yield CompletenessLine(
                sheet=sheet.name, no="", name=sheet.name, marks=own, scored=own, fact=first, score=first
            )


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
        no=str(item.no),
        name=item.name,
        marks=_column(own, MARK_COLUMN),
        scored=_column(own, tasks.POINTS),
        fact=columns.index(tasks.FACT) + 1,
        score=columns.index(tasks.SELF if tasks.SELF in columns else tasks.REMARK) + 1,
    )


def _line(code: str, line: CompletenessLine) -> Row:
    counts = {
        column: Computed(x.call("count_where", line.marks, Const(int(mark))), _COUNT_STYLES[column])
        for column, mark in _COUNTS.items()
    }
    to_do, doubtful = x.add(Ref(f"{code}.{OPEN}"), Ref(f"{code}.{FAULTY}")), Ref(f"{code}.{DOUBTFUL}")
    said = x.when(x.equal(to_do, x.ZERO), Const("核实"), Const("前往"))
    place = Ref(f"{code}.{MARK_COLUMN}")
    go = x.call("go_to_place", _input_column(line, place), Ref(line.marks.fields[0]), place, said)
    cells: dict[str, Content] = {
        NO: Label(line.no, "open_no"),
        BODY: Label(line.name, "open_item" if line.no else "open_sheet"),
        **counts,
        GO: Computed(x.when(x.equal(x.add(to_do, doubtful), x.ZERO), Const(NOTHING_OPEN), go), "open_link"),
        MARK_COLUMN: Computed(_first(code, line), "unseen"),
    }
    return Row(code=code, cells=cells, height=LINE)


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


def _total(codes: list[str]) -> Row:
    sums = {column: x.call("sum", Span(tuple(f"{code}.{column}" for code in codes))) for column in _COUNTS}
    cells: dict[str, Content] = {
        NO: Label("合计", "total_word"),
        **{column: Computed(total, "total_count") for column, total in sums.items()},
        GO: Label("", "total"),
    }
    return Row(code=TOTAL, cells=cells, height=20, stretched={NO: Stretch(BODY)})


def _progress(required: int) -> Progress:
    open_, faulty, doubtful = (Ref(f"{TOTAL}.{column}") for column in _COUNTS)
    filled = x.call("maximum", x.ZERO, x.subtract(Const(required), x.add(open_, faulty)))
    full = x.call("floor", x.divide(x.multiply(Const(_BAR), filled), Const(max(required, 1))))
    bar = x.join(x.call("repeat", Const("■"), full), x.call("repeat", Const("□"), x.subtract(Const(_BAR), full)))
    some, wrong = x.join(open_, Const("处待填")), x.join(faulty, Const("处错误"))
    to_do = x.first_of(
        ((x.equal(faulty, x.ZERO), some), (x.equal(open_, x.ZERO), wrong)), x.join(some, Const("、"), wrong)
    )
    asked = x.when(x.less(x.ZERO, doubtful), x.join(Const(";请核实"), doubtful, Const("处")), EMPTY)
    return Progress(
        done=x.join(Const("已填"), filled, Const(f"处,共{required}处")) if required else Const("没有必须填的"),
        state=x.when(
            x.equal(x.add(open_, faulty), x.ZERO),
            x.join(Const(f"没有待填和错误,{READY}"), asked),
            x.join(Const("还有"), to_do, Const(f",{NOT_READY}"), asked),
        ),
        bar=bar if required else EMPTY,
    )
