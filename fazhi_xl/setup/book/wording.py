"""Words a fault or a remark for the workbook: sheets and columns by their names there, and a second sentence on how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, get_args

from fazhi_xl.errors import Problem
from fazhi_xl.notice.choices import KINDS_OF_CHOICES
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.meanings import PARTS, choice_meaning
from fazhi_xl.notice.model import Item
from fazhi_xl.notice.places import place_of
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.shape import MODELS
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.setup.book.cells import as_text, unpaired
from fazhi_xl.setup.book.changed import PLACE, TARGET
from fazhi_xl.setup.book.declared.columns import Column, Form
from fazhi_xl.setup.book.declared.fields import KEY as FIELDS_KEY
from fazhi_xl.setup.book.declared.fields import SHEET as FIELDS
from fazhi_xl.setup.book.declared.fields import VALUE, column_of, fields, head_of
from fazhi_xl.setup.book.declared.sheets import TABLES
from fazhi_xl.setup.book.declared.table import CHANGES, ITEMS, Table
from fazhi_xl.setup.book.open_book import OpenedBook
from fazhi_xl.setup.book.taken import Spot
from fazhi_xl.setup.book.walk import Place
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.said import Said, Sheet, said_in, saying_of

_EXAMPLE = 16  # characters of an example out of another row


def worded(said: Problem | LintRemark, book: OpenedBook) -> tuple[str, str]:
    """Give what is wrong, and how to mend it."""
    names = BookNames(book)
    message = said.text if isinstance(said, LintRemark) else _message(said, book)
    told = said_in(message, names)
    mend = message.mend(names, how(said.file, said.path, book)) if isinstance(message, Said) else ""
    head = "" if isinstance(said, LintRemark) else _head(said, book)
    return (f"{head}:{told}" if head else told).replace("\n", "↵"), mend.replace("\n", "↵")


def spot_of(said: Problem | LintRemark, book: OpenedBook) -> Spot:
    """Find the cell to look at: of a reading's change, that of what it names where that is not there."""
    spot = book.spot(said.file, said.path)
    saying = saying_of(said.message) if isinstance(said, Problem) else None
    if spot.sheet == CHANGES and saying:
        return replace(spot, head=_NAMING.get(saying, spot.head))
    return spot


_NAMING = {Fault.NO_TARGET.value: TARGET, Fault.NO_KEY.value: PLACE, ShapeFault.EXTRA.value: PLACE}
"""The columns in which a change names what it changes."""


def _message(problem: Problem, book: OpenedBook) -> str:
    """Give a problem's message; what lacks rows of another sheet is told so, for it has no cell that could be blank."""
    message, column = problem.message, _column(problem.file, problem.path)
    if isinstance(message, Said) and message.saying in _NAMING and spot_of(problem, book).sheet == CHANGES:
        return _of_change(message, book, spot_of(problem, book))
    if not isinstance(message, Said) or message.saying not in _LACKING:
        return _of_line(problem, book, column) or message
    if column:
        spot = book.spot(problem.file, problem.path)
        own = next((each for each in fields() if each.column is column), None)
        return ShapeFault.NO_FIELD(name=own.name, group=own.section.title) if own and not spot.head else message
    place = place_of(problem.path)
    found = next((table for step in reversed(place) for table in _tables_of(problem.file, step)), None)
    if found is None:
        return message
    what = next(TITLES[step] for step in reversed(place) if isinstance(step, str))
    level, sheet = found.levels[0], Sheet(found.key, found.file)
    word = (level.variants or {}).get(str(place[-1]))
    if word:
        return ShapeFault.NO_MEMBERS(what=what, sheet=sheet, which=level.which, word=word)
    return ShapeFault.NO_ROWS(what=what, sheet=sheet)


def _of_line(problem: Problem, book: OpenedBook, column: Column | None) -> Said | None:
    """Name the line of a cell that does not say a value by a name; None where it is another fault."""
    form = _PAIRED.get(column.form()) if column else None
    held = _at(book.taken.source.files.get(problem.file), place_of(problem.path))
    no, line = unpaired(held) if form and isinstance(held, str) else (0, "")
    if not form or not no:
        return None
    found = _ALMOST.fullmatch(line)
    example = f"{found[1]}={found[2]}" if found else f"{form.partition('=')[0]}=3"
    return ShapeFault.UNPAIRED(no=no, line=cut(line, _EXAMPLE), form=form, example=example)


_PAIRED: Mapping[Form, str] = MappingProxyType(
    {Form.PAIRS: "名称=内容", Form.POINTS: "名称=数", Form.LEVELS: "名称=分值"}
)
_ALMOST = re.compile(r"(.*?\S)[\s::,,、]+(\S+)")


def _of_change(message: Said, book: OpenedBook, spot: Spot) -> str:
    """Name what a change names as its row does."""
    sheet = book.read.sheets.get(spot.sheet)
    cells = next((line.cells for line in (sheet.lines if sheet else ()) if line.at == spot.at), {})
    target, key = (as_text(cells.get(head)) for head in (TARGET, PLACE))
    if message.saying == Fault.NO_TARGET.value:
        return Fault.NO_TARGET(target=target)
    return Fault.NO_KEY(target=target, key=key)


_LACKING = frozenset({ShapeFault.MISSING.value, ShapeFault.TOO_FEW.value})


def _tables_of(file: str, step: str | int) -> Iterator[Table]:
    """Yield the tables whose rows are what stands under a name of a file."""
    home = ITEMS if file.startswith(f"{ITEMS}/") else file
    for table in (each for each in TABLES if each.file == home):
        if any(step in {*level.path.split("."), *(level.variants or ())} for level in table.levels):
            yield table


def _head(problem: Problem, book: OpenedBook) -> str:
    """Name the column, or the row of the sheet of single values, that a fault is in."""
    head = spot_of(problem, book).head
    if head == VALUE and (column := _column(problem.file, problem.path)):
        return f"“{column.head}”"
    return f"“{head}”" if head else ""


@dataclass(frozen=True, slots=True)
class BookNames:
    """The names of a workbook (see `text.said.Names`)."""

    book: OpenedBook

    def field(self, model: str, field: str) -> str:
        """Give the head of a field's column; that of the first table which has it."""
        return head_of(model, field)

    def sheet(self, key: str) -> str:
        """Give the sheet's name as the workbook has it now."""
        usual = FIELDS if key == FIELDS_KEY else next(table.sheet for table in TABLES if table.key == key)
        there = self.book.read.sheets.get(usual)
        return there.name if there else usual

    def choice(self, kind: str, choice: str) -> str:
        """Give the word that the drop-down has for a choice."""
        return choice_meaning(next(each for each in KINDS_OF_CHOICES if each.__name__ == kind)[choice])

    def part(self, kind: str) -> str:
        """Give the word that the drop-down has for a kind of rule."""
        return PARTS.get(kind, kind)

    def place(self, file: str, path: str) -> str:
        """Name the sheet and the cell of a place."""
        sheet, cell = self.book.cell(self.book.spot(file, path))
        return f"“{sheet}”表的{cell}" if cell else f"“{sheet}”表"


# How a value is filled in -----------------------------------------------------------------------------------------------


def how(file: str, path: str, book: OpenedBook) -> str:
    """Say how the cell of a place is filled in, with an example: one out of another row where there is one."""
    column = _column(file, path)
    if column is None:
        return _HOW[Form.TEXT].format(head="内容", purpose="", example="")
    example = next(_examples(file, place_of(path), book.taken.source.files), None)
    usual = next(iter(column.words.values()), "") if column.form() is Form.CHOICE else _EXAMPLES.get(column.form(), "")
    shown = _shown(example, column.form()) or usual
    purpose = f"({column.purpose})" if column.purpose and not shown else ""
    return _HOW[column.form()].format(head=column.head, purpose=purpose, example=f",例如{shown}" if shown else "")


_HOW: Mapping[Form, str] = MappingProxyType(
    {
        **dict.fromkeys((Form.TEXT, Form.VALUE), "写{head}{purpose}{example}。"),
        Form.WHOLE: "填整数,不带单位{example}。",
        Form.NUMBER: "填数字,不带单位{example}。",
        Form.DAY: "写全年月日{example}。",
        Form.SWITCH: "从下拉里选“是”或“否”。",
        Form.CHOICE: "从下拉里选一个{example}。",
        **dict.fromkeys((Form.LINES, Form.NUMBERS), "一行写一个,按“Alt+回车”换行{example}。"),
        **dict.fromkeys((Form.PAIRS, Form.POINTS, Form.LEVELS), "一行写一个,名称和数中间用“=”{example}。"),
    }
)
_EXAMPLES: Mapping[Form, str] = MappingProxyType(
    {Form.WHOLE: " 3", Form.NUMBER: " 0.5", Form.DAY: " 2031-11-20", Form.NUMBERS: " 16", Form.POINTS: "“全部=100”"}
)


def _shown(example: object, form: Form) -> str:
    """Show a value of another row where it makes an example."""
    if form in {Form.TEXT, Form.LINES}:
        first = example[0] if isinstance(example, list) and example else example
        return f"“{cut(first, _EXAMPLE)}”" if isinstance(first, str) and first else ""
    return ""


def _examples(file: str, place: Place, files: Mapping[str, Any]) -> Iterator[object]:
    """Yield what stands at the same field in the other rows of a list, the nearest list first."""
    for at in range(len(place) - 1, -1, -1):
        if isinstance(place[at], int):
            held = _at(files.get(file), place[:at])
            others = enumerate(held if isinstance(held, list) else ())
            found = (_at(each, place[at + 1 :]) for no, each in others if no != place[at])
            yield from (each for each in found if each is not None and each != "")


def _at(node: Any, place: Place) -> Any:  # noqa: ANN401 - a node of a catalogue's tables can be of any kind
    for step in place:
        if isinstance(node, dict):
            node = node.get(str(step))
        else:
            node = node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None
    return node


def _column(file: str, path: str) -> Column | None:
    """Find the column of a place; none where it is a whole row or table."""
    found = _field(file, place_of(path))
    return column_of(found[0].__name__, found[1]) if found else None


def _field(file: str, place: Place) -> tuple[type[Plain], str] | None:
    """Find the model's field that a place is in."""
    annotation: Any = MODELS.get(file, Item)
    found = None
    for step in (each for each in place if isinstance(each, str)):
        having = [model for model in _models(annotation) if step in model.model_fields]
        if having:
            found = having[0], step
            annotation = having[0].model_fields[step].annotation
    return found


def _models(annotation: Any) -> Iterator[type[Plain]]:  # noqa: ANN401 - any annotation of a field
    if isinstance(annotation, type) and issubclass(annotation, Plain):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
