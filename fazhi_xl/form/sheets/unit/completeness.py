"""The completeness panel: counts, from the status columns of all sheets, what is blank, wrong or to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import TO_CONFIRM, TO_FILL, WRONG
from fazhi_xl.form.expression import Const, Ref, Span
from fazhi_xl.form.model import Computed, Content, Field, Label, Row, Sheet, SheetColumn
from fazhi_xl.form.sheets.common.context import Brief
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
)
STATUS = tasks.STATUS
TOTAL = "检查.合计"
READY, NOT_READY = "可以报送", "暂不能报送"
_BAR = 20
_COUNTS: Mapping[str, str] = {OPEN: TO_FILL, FAULTY: WRONG, DOUBTFUL: TO_CONFIRM}


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletenessLine:
    """A stretch of one sheet's result column under one name, with the column of the inputs that it judges.

    In the rows where `scored` holds points, it judges the input of column `score`.
    """

    sheet: str
    name: str
    results: tuple[str, ...]
    scored: tuple[str, ...]
    fact: int
    score: int


def panel_rows(brief: Brief, sheets: Iterable[Sheet]) -> Iterator[Row]:
    """Give the panel's rows: the whole first, then a line for each item and each other sheet; none where nothing is judged."""
    sheets = tuple(sheets)
    lines = tuple(line for line in _lines(brief, sheets) if line.results)
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
        results = tuple(f"{row.code}.{STATUS}" for row in sheet.rows if isinstance(row.cells.get(STATUS), Computed))
        if sheet.name == tasks.NAME:
            yield from (_item_line(sheet, item, results) for item in brief.items)
        else:
            cells = (cell for row in sheet.rows for cell in row.cells.items())
            filled = {column for column, content in cells if isinstance(content, Field)}
            first = next((no for no, column in enumerate(sheet.columns, 1) if column.code in filled), 1)
            yield CompletenessLine(sheet=sheet.name, name="", results=results, scored=results, fact=first, score=first)


def _item_line(sheet: Sheet, item: Item, results: tuple[str, ...]) -> CompletenessLine:
    own = tuple(result for result in results if result.split(".")[0] == str(item.no))
    columns = [column.code for column in sheet.columns]
    return CompletenessLine(
        sheet=sheet.name,
        name=f"{item.no} {item.name}",
        results=own,
        scored=tuple(f"{result.removesuffix(STATUS)}{tasks.POINTS}" for result in own),
        fact=columns.index(tasks.FACT) + 1,
        score=columns.index(tasks.SELF if tasks.SELF in columns else tasks.REMARK) + 1,
    )


def _line(code: str, line: CompletenessLine) -> Row:
    counts = {
        column: Computed(x.call("count_beginning", Span(line.results), Const(beginning)), "computed_whole")
        for column, beginning in _COUNTS.items()
    }
    to_do = x.add(Ref(f"{code}.{OPEN}"), Ref(f"{code}.{FAULTY}"))
    first = x.call(
        "go_to_first",
        Const(f"#'{line.sheet}'!"),
        Span(line.results),
        Const(TO_FILL),
        Const(WRONG),
        Const(TO_CONFIRM),
        Span(line.scored),
        Const(line.fact),
        Const(line.score),
        x.when(x.equal(to_do, x.ZERO), Const("前往核实"), Const("前往")),
    )
    cells: dict[str, Content] = {
        TOPIC: Label(line.sheet, "text"),
        BODY: Label(line.name, "text"),
        **counts,
        GO: Computed(x.when(x.equal(x.add(to_do, Ref(f"{code}.{DOUBTFUL}")), x.ZERO), Const("无待填"), first), "link"),
    }
    return Row(code=code, cells=cells, height=18)


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
