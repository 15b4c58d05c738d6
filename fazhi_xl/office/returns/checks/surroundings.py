"""What stands beside the answers of a return and may contradict them: remarks, formats, hidden rows, pictures, macros."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase, digits

from fazhi_xl.findings import HIDDEN, Code, Finding, Place, finding
from fazhi_xl.form.model import Shape, column_letters
from fazhi_xl.notice.choices import Kind
from fazhi_xl.office.returns.stages import AnsweredReturn, holds
from fazhi_xl.text.one_line import cut, one_line
from fazhi_xl.xlsx.reader import Comment, Extra, RawBook

_NAMED = 3  # cells in one message
_QUOTED = 30  # characters of a remark in a message
_Cell = tuple[str, str]  # sheet and address, as found

_OUTSIDE = (Extra.EXTERNAL_LINKS, Extra.CONNECTIONS, Extra.OBJECTS, Extra.CONTROLS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnView:
    """A return as the rules see it.

    `inputs` are the form's filled inputs by sheet and address, `wording` those for words, read as they are shown. `author` wrote
    the office's own remarks; what stands on the `private` sheets is not quoted.
    """

    book: RawBook
    inputs: Mapping[_Cell, str]
    wording: frozenset[_Cell]
    author: str
    private: frozenset[str]


Rule = Callable[[ReturnView], Iterator[Finding]]


def surrounding_findings(each: AnsweredReturn, author: str) -> Iterator[Finding]:
    """Give what stands beside the answers of a return; `author` is the one of the office's own remarks."""
    fields, found = each.form.shape.fields, each.located.cells
    inputs = {(found[key].sheet, found[key].cell): key for key in fields if key in found and holds(found[key])}
    view = ReturnView(
        book=each.book,
        inputs=inputs,
        wording=frozenset(at for at, key in inputs.items() if fields[key].kind in {Kind.TEXT, Kind.CHOICE}),
        author=author,
        private=_private_sheets(each.form.shape),
    )
    for rule in RULES:
        yield from rule(view)


@lru_cache(maxsize=64)
def _private_sheets(shape: Shape) -> frozenset[str]:
    return frozenset(shape.places[key].sheet for key, field in shape.fields.items() if field.private)


def comments(view: ReturnView) -> Iterator[Finding]:
    """Report the remarks in a return, which are no answers; those that the office wrote are left out."""
    said = [
        each
        for each in view.book.comments
        if each.author != view.author and not each.text.startswith(f"{view.author}:")
    ]
    if said:
        quoted = [_quoted(each, view.private) for each in said[:_NAMED]]
        first = said[0].sheet, _address(said[0].row, said[0].column)
        yield finding(Code.COMMENTS_LEFT, _place(view, first), value="、".join(quoted) + _more(said), count=len(said))


def _quoted(comment: Comment, private: frozenset[str]) -> str:
    text = HIDDEN if comment.sheet in private else f"“{cut(one_line(comment.text), _QUOTED)}”"
    return f"{comment.sheet}!{_address(comment.row, comment.column)}{text}"


def struck_through(view: ReturnView) -> Iterator[Finding]:
    yield from _marked(view, Code.STRUCK_THROUGH, ((sheet, _address(*at)) for sheet, *at in view.book.struck))


def disguised_cells(view: ReturnView) -> Iterator[Finding]:
    cells = {(sheet, _address(*at)) for sheet, *at in view.book.disguised}
    yield from _marked(view, Code.DISPLAY_DISGUISED, cells - view.wording)


def hidden_cells(view: ReturnView) -> Iterator[Finding]:
    rows = {(sheet.name, str(row)) for sheet in view.book.sheets for row in sheet.hidden_rows}
    columns = {(sheet.name, column_letters(column)) for sheet in view.book.sheets for column in sheet.hidden_columns}
    cells = (
        (sheet, cell)
        for sheet, cell in view.inputs
        if (sheet, cell.lstrip(ascii_uppercase)) in rows or (sheet, cell.rstrip(digits)) in columns
    )
    yield from _marked(view, Code.CELLS_HIDDEN, cells)


def pictures(view: ReturnView) -> Iterator[Finding]:
    if {Extra.PICTURES, Extra.CELL_PICTURES} & view.book.extras:
        yield finding(Code.PICTURES_PASTED)


def text_boxes(view: ReturnView) -> Iterator[Finding]:
    if Extra.TEXT_BOXES in view.book.extras:
        yield finding(Code.TEXT_BOXES_LEFT)


def macros(view: ReturnView) -> Iterator[Finding]:
    if Extra.MACROS in view.book.extras:
        yield finding(Code.MACROS_INSIDE)


def outside_data(view: ReturnView) -> Iterator[Finding]:
    kinds = [extra.word for extra in _OUTSIDE if extra in view.book.extras]
    if kinds:
        yield finding(Code.OUTSIDE_DATA, value="、".join(kinds))


def shared_book(view: ReturnView) -> Iterator[Finding]:
    if Extra.REVISIONS in view.book.extras:
        yield finding(Code.SHARED_BOOK)


RULES: tuple[Rule, ...] = (
    comments,
    struck_through,
    disguised_cells,
    hidden_cells,
    pictures,
    text_boxes,
    macros,
    outside_data,
    shared_book,
)


def _marked(view: ReturnView, code: Code, cells: Iterable[_Cell]) -> Iterator[Finding]:
    """Give one finding for all the inputs among the cells, in the form's order."""
    marked = set(cells)
    touched = [at for at in view.inputs if at in marked]
    if touched:
        named = "、".join(f"{sheet}!{cell}" for sheet, cell in touched[:_NAMED]) + _more(touched)
        yield finding(code, _place(view, touched[0]), value=named, count=len(touched))


def _place(view: ReturnView, at: _Cell) -> Place:
    return Place(sheet=at[0], cell=at[1], field=view.inputs.get(at))


def _more(listed: Sized) -> str:
    return "等" if len(listed) > _NAMED else ""


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
