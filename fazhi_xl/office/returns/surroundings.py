"""What a return holds beside its answers: remarks, looks and parts that may say otherwise than the cells do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass

from fazhi_xl.answers.locate import Found, Located
from fazhi_xl.answers.read import HIDDEN
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.model import Form, column_letters
from fazhi_xl.xlsx.reader import Comment, Extra, RawBook

_NAMED = 3  # cells in one message
_QUOTED = 30  # characters of a remark in a message
_Cell = tuple[str, str]  # sheet and address, as found

_OUTSIDE: Mapping[Extra, str] = {
    "external-links": "外部链接",
    "connections": "数据连接",
    "objects": "嵌入的对象",
    "controls": "控件",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A return as the rules see it.

    `inputs` are the form's filled inputs by sheet and address; `own` wrote the office's remarks; what stands on the `private`
    sheets is not quoted.
    """

    book: RawBook
    inputs: Mapping[_Cell, str]
    own: str
    private: frozenset[str]


Rule = Callable[[Case], Iterator[Finding]]


def beside(book: RawBook, located: Located | None, form: Form, own: str) -> Iterator[Finding]:
    """Give what stands beside the answers of a return; `own` is the author of the office's remarks."""
    found = located.cells if located else {}
    filled = ((key, found[key]) for key in form.shape.fields if key in found)
    inputs = {(each.sheet, each.cell): key for key, each in filled if _holds(each)}
    private = frozenset(form.shape.places[key].sheet for key, field in form.shape.fields.items() if field.private)
    case = Case(book=book, inputs=inputs, own=own, private=private)
    for rule in RULES:
        yield from rule(case)


def _holds(found: Found) -> bool:
    return bool(found.text) or found.formula


def _comments(case: Case) -> Iterator[Finding]:
    """Show the clerk what people say in remarks instead of cells; it is no answer, and the office's own remarks are not shown."""
    said = [each for each in case.book.comments if each.author != case.own and not each.text.startswith(f"{case.own}:")]
    if said:
        quoted = [_quoted(each, case.private) for each in said[:_NAMED]]
        first = said[0].sheet, _address(said[0].row, said[0].column)
        yield finding(Code.COMMENTS_LEFT, _place(case, first), value="、".join(quoted) + _more(said), count=len(said))


def _quoted(comment: Comment, private: frozenset[str]) -> str:
    text = HIDDEN if comment.sheet in private else f"“{_short(comment.text)}”"
    return f"{comment.sheet}!{_address(comment.row, comment.column)}{text}"


def _struck(case: Case) -> Iterator[Finding]:
    yield from _marked(case, Code.STRUCK_THROUGH, ((sheet, _address(*at)) for sheet, *at in case.book.struck))


def _disguised(case: Case) -> Iterator[Finding]:
    yield from _marked(case, Code.DISPLAY_DISGUISED, ((sheet, _address(*at)) for sheet, *at in case.book.disguised))


def _hidden(case: Case) -> Iterator[Finding]:
    rows = {(sheet.name, str(row)) for sheet in case.book.sheets for row in sheet.hidden_rows}
    columns = {(sheet.name, column_letters(column)) for sheet in case.book.sheets for column in sheet.hidden_columns}
    yield from _marked(
        case, Code.CELLS_HIDDEN, (at for at in case.inputs if _row(at) in rows or _column(at) in columns)
    )


def _row(at: _Cell) -> _Cell:
    return at[0], at[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _column(at: _Cell) -> _Cell:
    return at[0], at[1].rstrip("0123456789")


def _pictures(case: Case) -> Iterator[Finding]:
    if {"pictures", "cell-pictures"} & case.book.extras:
        yield finding(Code.PICTURES_PASTED)


def _text_boxes(case: Case) -> Iterator[Finding]:
    if "text-boxes" in case.book.extras:
        yield finding(Code.TEXT_BOXES_LEFT)


def _macros(case: Case) -> Iterator[Finding]:
    if "macros" in case.book.extras:
        yield finding(Code.MACROS_INSIDE)


def _outside(case: Case) -> Iterator[Finding]:
    kinds = [word for extra, word in _OUTSIDE.items() if extra in case.book.extras]
    if kinds:
        yield finding(Code.OUTSIDE_DATA, value="、".join(kinds))


def _shared(case: Case) -> Iterator[Finding]:
    if "revisions" in case.book.extras:
        yield finding(Code.SHARED_BOOK)


RULES: tuple[Rule, ...] = (
    _comments,
    _struck,
    _disguised,
    _hidden,
    _pictures,
    _text_boxes,
    _macros,
    _outside,
    _shared,
)


def _marked(case: Case, code: Code, cells: Iterable[_Cell]) -> Iterator[Finding]:
    """Say once of all the inputs among the cells what a message says, in the form's order."""
    marked = set(cells)
    touched = [at for at in case.inputs if at in marked]
    if touched:
        named = "、".join(f"{sheet}!{cell}" for sheet, cell in touched[:_NAMED]) + _more(touched)
        yield finding(code, _place(case, touched[0]), value=named, count=len(touched))


def _place(case: Case, at: _Cell) -> Place:
    return Place(sheet=at[0], cell=at[1], field=case.inputs.get(at))


def _more(listed: Sized) -> str:
    return "等" if len(listed) > _NAMED else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED] + "…"


def _address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
