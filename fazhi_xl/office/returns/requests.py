"""Feedback sheets that units sent back to ask for reviews: recognised by their number, and read row by row. None is ever a return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.answers.copies import settled
from fazhi_xl.answers.locate import locate
from fazhi_xl.answers.located import Located, fill_in
from fazhi_xl.answers.read import Answers, read_answers, value_text
from fazhi_xl.findings import Code, Finding, Place, Severity
from fazhi_xl.form.appeal_form import ASKED, ASKS, MARK, MATERIAL, PROOF, REASON, reading_shape, row_of, sub_point_of
from fazhi_xl.form.identity import named_unit, read_appeal_number
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.returns.identify import IssuedNumbers, form_numbers, texts_above
from fazhi_xl.office.returns.provenance import origin_doubts
from fazhi_xl.office.returns.stages import ClosedFile, OpenedReturn
from fazhi_xl.rounds.appeals import AskedRow, Request
from fazhi_xl.rounds.status import Status

_OF_ANOTHER = frozenset({Code.FILE_NAME_DIFFERS, Code.FOLDER_DIFFERS, Code.SENDER_DIFFERS})
_INCOMPLETE = frozenset({Code.ENTRY_INCOMPLETE, Code.FORM_UNFILLED})  # said in words of their own
_LONGEST = 60  # characters of a locked text that was typed over, in a message


def with_requests(
    returns: Iterable[OpenedReturn | ClosedFile], notice: Notice, issued: IssuedNumbers
) -> list[OpenedReturn | ClosedFile]:
    """Close the feedback sheets of this round, each with what it asks for."""
    return [_closed(each, notice, issued) if isinstance(each, OpenedReturn) else each for each in returns]


def _closed(each: OpenedReturn, notice: Notice, issued: IssuedNumbers) -> OpenedReturn | ClosedFile:
    unit = _unit(each, issued)
    if unit is None:
        return each
    doubts = () if each.arrival.vouched else tuple(origin_doubts(each.arrival, unit, issued.origins))
    rows, unknown = _rows(each, notice)
    request = Request(unit=unit.short, others=_others(each, unit, doubts), rows=rows, unknown=unknown)
    return ClosedFile(arrival=each.arrival, status=Status.IGNORED, findings=doubts, unit=unit.short, request=request)


def _unit(each: OpenedReturn, issued: IssuedNumbers) -> Unit | None:
    """Give whose feedback sheet a workbook is; None where it is none, or several workbooks were put together."""
    numbers = form_numbers(texts_above(each.book))
    claims = [read_appeal_number(number, issued.key) for number in numbers]
    if len(claims) != 1 or not claims[0].genuine or claims[0].prefix != issued.prefix:
        return None
    same = claims[0].edition.startswith("YL") == issued.edition.rehearsal
    return issued.unit_of(claims[0]) if same else None


def _others(each: OpenedReturn, unit: Unit, doubts: Iterable[Finding]) -> str:
    """Name the unit that the sheet's heading names, or the file, its folder or its sender points to, where it is another one."""
    if each.arrival.vouched:
        return ""
    headed = (name for text in texts_above(each.book) if (name := named_unit(text)))
    strange = [name for name in headed if name not in {unit.name, *unit.names}]
    pointed = (str(found.words["named"]) for found in doubts if found.code in _OF_ANOTHER)
    return next(iter([*strange, *pointed]), "")


# Its rows ------------------------------------------------------------------------------------------------------------


def _rows(each: OpenedReturn, notice: Notice) -> tuple[tuple[AskedRow, ...], tuple[str, ...]]:
    """Give the rows that are filled in, and the codes of those about no sub-point that there is."""
    located = locate(each.book.cells)
    named = {code: sub for code in located.rows if (sub := sub_point_of(code))}
    known = [sub for sub in named.values() if sub in notice.sub_points_by_id]
    shape = reading_shape(notice, known)
    located, _ = settled(located, shape)
    answers = read_answers(shape, fill_in(located, shape, {}), date1904=each.book.date1904, formats=each.book.formats)
    rows = (_row(located, answers, sub) for sub in known)
    strange = tuple(code for code, sub in named.items() if sub not in notice.sub_points_by_id and _typed(located, code))
    return tuple(row for row in rows if row), strange


def _row(located: Located, answers: Answers, sub_point: str) -> AskedRow | None:
    """Read a row; None where nothing was entered."""
    code = row_of(sub_point)
    if not _typed(located, code):
        return None
    said = {column: value_text(answers.values.get(f"{code}.{column}")) or "" for column in (ASKED, REASON, MATERIAL)}
    found = located.cells.get(f"{code}.{REASON}") or located.cells.get(f"{code}.{ASKED}")
    return AskedRow(
        sub_point=sub_point,
        asked=said[ASKED] == ASKS,
        reason=said[REASON],
        material=said[MATERIAL],
        mark=_text(located, f"{code}.{MARK}"),
        proof=_text(located, f"{code}.{PROOF}"),
        place=Place(sheet=found.sheet, cell=found.cell, field=f"{code}.{REASON}") if found else Place(field=code),
        wrong=tuple(_wrong(answers, code)),
    )


def _wrong(answers: Answers, row: str) -> Iterator[Finding]:
    for found in answers.findings:
        own = (found.place.field or "").startswith(f"{row}.")
        if own and found.severity is Severity.ERROR and found.code not in _INCOMPLETE:
            yield found


def _typed(located: Located, row: str) -> bool:
    return any(_text(located, f"{row}.{column}") for column in (ASKED, REASON, MATERIAL))


def _text(located: Located, key: str) -> str:
    found = located.cells.get(key)
    return found.text.strip()[:_LONGEST] if found else ""
