"""What a return has beside its answers: sheets renamed and added, cells merged, values beside the inputs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, reduce

from fazhi_xl.answers import locked_texts, stored_results
from fazhi_xl.answers.located import Located
from fazhi_xl.answers.normalise import clean
from fazhi_xl.answers.read import Answers, about
from fazhi_xl.answers.repeats import repeats
from fazhi_xl.cells import CellPlace, RawCell
from fazhi_xl.findings import Code, Finding, Place, finding
from fazhi_xl.form.model import Address, Form, Label, Shape, Slot
from fazhi_xl.text.one_line import cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A return as it was read: its sheets with their merged areas, defined names, and cells.

    `formulas_known` is False where the format shows neither formulas nor names; a form that was `sent_back` for correction was issued
    with the results of its answers of then.
    """

    merges: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    cells: Sequence[RawCell]
    formulas_known: bool = True
    sent_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A value where the form has neither an input nor anything of its own."""

    at: Address
    text: str


def examined(form: Form, answers: Answers, located: Located, layout: Layout, *, older: bool = False) -> Answers:
    """Add to a return's answers the findings about the form around them; locked texts of an older edition are not compared."""
    strays = () if older else tuple(_strays(form, located, layout))
    causes = tuple(_explained(form.shape, answers.findings, located, layout, strays))
    explained = tuple(each for each, _ in causes)
    left = [stray for stray in strays if all(stray is not used for _, used in causes)]
    own = () if older else (*locked_texts.changed_texts(form, located), *_stray_values(form.shape, left))
    overwritten = locked_texts.overwritten_formulas(form, located) if layout.formulas_known and not older else ()
    scores = () if older else _false_scores(form, answers, located, layout)
    around = (*_sheets(form.shape, located, layout), *overwritten, *scores, *own)
    return replace(answers, findings=(*explained, *repeats(form.shape, answers.values, located), *around))


def _false_scores(form: Form, answers: Answers, located: Located, layout: Layout) -> Iterator[Finding]:
    if layout.formulas_known or not layout.sent_back:
        yield from stored_results.false_scores(form.shape, answers, located, of_then=layout.sent_back)


# Sheets -----------------------------------------------------------------------------------------------------


def _sheets(shape: Shape, located: Located, layout: Layout) -> Iterator[Finding]:
    used = _used(shape, located)
    for now, issued in used.items():
        if now != issued and issued not in located.passed:
            yield finding(Code.SHEET_RENAMED, Place(sheet=now), value=now, issued=issued)
    known = {sheet.name for sheet in shape.sheets} | used.keys() | located.passed
    named = {found.sheet for key, found in located.cells.items() if key in shape.fields}
    extra = [name for name in layout.merges if name not in known | named]
    if extra:
        yield finding(Code.SHEETS_EXTRA, value=_listed(extra), count=len(extra))
    if layout.formulas_known and used and layout.names.isdisjoint(field.name for field in shape.fields.values()):
        yield finding(Code.NAMES_MISSING)


def _used(shape: Shape, located: Located) -> dict[str, str]:
    """Give the issued sheet of each sheet that carries the form's rows."""
    rows = located.rows
    counted = Counter((rows[row][0], sheet) for row, sheet in _sheet_of_row(shape).items() if row in rows)
    most = dict(pair for pair, _ in reversed(counted.most_common()))
    return {now: most[now] for now, _ in counted}


@lru_cache(maxsize=64)
def _sheet_of_row(shape: Shape) -> Mapping[str, str]:
    return {row.code: sheet.name for sheet in shape.sheets if sheet.coded for row in sheet.rows if row.code}


_MOST, _QUOTED = 5, 20  # names in one message, and characters of a cell


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST]) + ("等" if len(names) > _MOST else "")


# Values beside the inputs -----------------------------------------------------------------------------------


def _strays(form: Form, located: Located, layout: Layout) -> Iterator[Stray]:
    """Give what stands on the form's sheets where nothing was issued; repeated rows are left out, as they are reported as such."""
    used, texts = _used(form.shape, located), _own_texts(form.shape)
    cells = [cell for cell in _unexpected(form.shape, located, layout) if cell.sheet in used and cell.text not in texts]
    columns = {(sheet, column): code for (sheet, code), column in located.columns.items()}
    cells = [cell for cell in cells if columns.get((cell.sheet, cell.column)) != clean(cell.text)]
    return _strays_among(cells, form, located, layout) if cells else iter(())


def _strays_among(cells: Iterable[RawCell], form: Form, located: Located, layout: Layout) -> Iterator[Stray]:
    issued = form.shape.contents
    slots = (locked_texts.issued_text(form, each) for each in _slots(form.shape))
    own = _labels(form.shape) | _telling(slots)  # a row that lost its code still has its texts
    rows = {at: code for code, at in located.rows.items()}
    columns = {(sheet, column): code for (sheet, code), column in located.columns.items()}
    twice = frozenset(located.repeated)
    again = {(cell.sheet, cell.row) for cell in layout.cells if cell.text.strip() in twice} if twice else ()
    taken = {(found.sheet, found.cell) for key, found in located.cells.items() if key in form.shape.fields}
    for cell in cells:
        sheet, row, column = cell.place
        code = columns.get((sheet, column), "")
        content = issued.get(f"{rows.get((sheet, row), '')}.{code}")
        if content is not None and getattr(content, "text", None) != "":
            continue
        stray = Stray(at=Address(sheet, row, column), text=clean(cell.text))
        head = stray.text == code or locked_texts.folded(cell.text) in own
        if not head and (sheet, row) not in again and (sheet, stray.at.cell) not in taken:
            yield stray


def _unexpected(shape: Shape, located: Located, layout: Layout) -> Iterable[RawCell]:
    """Give the cells that do not plainly stand where something was issued: all of them where rows or columns have moved."""
    at_home = _at_home(shape)
    if at_home.rows.items() <= located.rows.items() and at_home.columns.items() <= located.columns.items():
        return (cell for cell in layout.cells if cell[:3] not in at_home.places)
    return layout.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class _AtHome:
    """Where rows and columns are issued, by their codes, and the places at which anything may stand."""

    rows: Mapping[str, tuple[str, int]]
    columns: Mapping[tuple[str, str], int]
    places: frozenset[CellPlace]


@lru_cache(maxsize=64)
def _at_home(shape: Shape) -> _AtHome:
    sheets = {sheet.name for sheet in shape.sheets if sheet.coded}
    held = [(at, *key.rpartition(".")[::2], content) for at, key, content in shape.coded if at.sheet in sheets]
    return _AtHome(
        rows={row: (at.sheet, at.row) for at, row, _, each in held if getattr(each, "text", None) == row},
        columns={(at.sheet, column): at.column for at, _, column, _ in held},
        places=frozenset((at.sheet, at.row, at.column) for at, _, _, each in held if getattr(each, "text", None) != ""),
    )


@lru_cache(maxsize=64)
def _slots(shape: Shape) -> tuple[Slot, ...]:
    return tuple(content for _, _, content in shape.cells() if isinstance(content, Slot))


@lru_cache(maxsize=64)
def _own_texts(shape: Shape) -> frozenset[str]:
    """Give the texts of the form's own labels that are no values, as they are issued."""
    texts = {content.text for _, _, content in shape.cells() if isinstance(content, Label)}
    return frozenset(text for text in texts if locked_texts.folded(text) in _labels(shape))


@lru_cache(maxsize=64)
def _labels(shape: Shape) -> frozenset[str]:
    return _telling({content.text for _, _, content in shape.cells() if isinstance(content, Label)})


def _telling(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text for text in map(locked_texts.folded, texts) if locked_texts.exact_number(text) is None)


def _stray_values(shape: Shape, strays: Iterable[Stray]) -> Iterator[Finding]:
    by_sheet: defaultdict[str, list[Stray]] = defaultdict(list)
    for stray in strays:
        by_sheet[stray.at.sheet].append(stray)
    private = {shape.places[key].sheet for key, field in shape.fields.items() if field.private}
    for sheet, found in by_sheet.items():
        told = [each.at.cell if sheet in private else f"{each.at.cell}“{cut(each.text, _QUOTED)}”" for each in found]
        place = Place(sheet=sheet, cell=found[0].at.cell)
        yield finding(Code.STRAY_VALUES, place, value=_listed(told), sheet=sheet, count=len(found))


# What explains a blank --------------------------------------------------------------------------------------


def _explained(
    shape: Shape, findings: Iterable[Finding], located: Located, layout: Layout, strays: Sequence[Stray]
) -> Iterator[tuple[Finding, Stray | None]]:
    """Replace the finding about a blank input by its likely cause: the cell was merged away, or a value stands beside it."""
    for each in findings:
        spot = located.spot(each.place.field or "")
        if each.code not in {Code.VALUE_MISSING, Code.ENTRY_INCOMPLETE} or spot is None:
            yield each, None
        elif merged := _merged(shape, each, spot, layout):
            yield merged, None
        elif near := [stray for stray in strays if _near(stray.at, spot)]:
            stray = min(near, key=lambda other: abs(other.at.column - spot.column))
            field = shape.fields[str(each.place.field)]
            words = {"beside": stray.at.cell, "cell": spot.cell}
            yield about(field, Code.VALUE_BESIDE, each.place, stray.text, **words), stray
        else:
            yield each, None


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")  # such as `B2:C9`


def _merged(shape: Shape, blank: Finding, spot: Address, layout: Layout) -> Finding | None:
    for reference in layout.merges.get(spot.sheet, ()):
        if corners := _AREA.fullmatch(reference):
            left, right = column_number(corners[1]), column_number(corners[3])
            top, bottom = int(corners[2]), int(corners[4])
            inside = left <= spot.column <= right and top <= spot.row <= bottom
            if inside and (spot.column, spot.row) != (left, top):
                field = shape.fields[str(blank.place.field)]
                return about(field, Code.INPUT_MERGED, blank.place, reference, cell=spot.cell)
    return None


def _near(stray: Address, spot: Address) -> bool:
    """Say whether a value stands in the input's row, or right above or under it."""
    under = stray.column == spot.column and abs(stray.row - spot.row) == 1
    return stray.sheet == spot.sheet and (stray.row == spot.row or under)


def column_number(letters: str) -> int:
    return reduce(lambda number, letter: number * 26 + ord(letter) - 64, letters, 0)
