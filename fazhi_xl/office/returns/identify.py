"""Whose form a return is: by the form number that stands in its cells, and its check code."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.form.identity import NUMBER_PROPERTY, Claim, Edition, named_unit, read_form_number
from fazhi_xl.form.model import CODE_COLUMN, Form, find_form_number
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.returns.open import Return
from fazhi_xl.office.returns.provenance import Origins, origin_doubts, origins
from fazhi_xl.rounds.status import Status
from fazhi_xl.xlsx.reader import RawBook

_LONGEST = 60  # characters of a property in a message
_SHOWN = 5  # form numbers in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was issued: the units that have a form, by number, and what their form numbers begin and end with."""

    units: Mapping[int, Unit]
    origins: Origins
    prefix: str
    edition: Edition
    key: bytes


def register(notice: Notice, forms: Iterable[Form], edition: Edition, key: bytes) -> Register:
    issued = {form.unit for form in forms}
    units = {unit.no: unit for unit in notice.units if unit.short in issued}
    return Register(units=units, origins=origins(notice), prefix=notice.about.form_prefix, edition=edition, key=key)


def identified(returns: Iterable[Return], issued: Register) -> list[Return]:
    """Give each readable return its unit, or the finding that says why it is nobody's."""
    return [_identify(each, issued) if each.open else each for each in returns]


def _identify(each: Return, issued: Register) -> Return:
    numbers = _form_numbers(each.book)
    if len(numbers) != 1:
        return _refused(each, _mixed(numbers) if numbers else _without_number(each, issued))
    claim = read_form_number(numbers[0], issued.key)
    unit = issued.units.get(claim.unit_no)
    if unit is None or not _of_this_round(claim, issued):
        return _refused(each, _foreign(claim, numbers[0], issued))
    if not claim.genuine:
        return _refused(each, finding(Code.FORM_FORGED, value=numbers[0]))
    contradiction = _contradiction(each.book, numbers[0], unit, issued)
    if contradiction:
        return _refused(each, contradiction)
    return replace(each, unit=unit.short, findings=tuple(_doubts(each, claim, unit, issued)))


def _mixed(numbers: list[str]) -> Finding:
    more = f"等{len(numbers)}个" if len(numbers) > _SHOWN else ""
    return finding(Code.FORM_MIXED, value="、".join(numbers[:_SHOWN]) + more)


def _without_number(each: Return, issued: Register) -> Finding:
    """Say whose form it seems to be by the line above its tables; without a number it is nobody's."""
    named = {name for text in _texts(each.book) if (name := named_unit(text))}
    owners = {owner for name in named if (owner := issued.origins.names.get(unicodedata.normalize("NFKC", name)))}
    return finding(Code.FORM_NUMBER_GONE, value=owners.pop()) if len(owners) == 1 else finding(Code.FORM_UNKNOWN)


def _of_this_round(claim: Claim, issued: Register) -> bool:
    return claim.prefix == issued.prefix and claim.edition.startswith("YL") == issued.edition.rehearsal


def _foreign(claim: Claim, number: str, issued: Register) -> Finding:
    """Tell another round of this office from what is none of its."""
    other = claim.prefix != issued.prefix and _letters(claim.prefix) == _letters(issued.prefix)
    return finding(Code.FORM_OTHER_ROUND if other else Code.FORM_FOREIGN, value=number, current=issued.prefix)


def _letters(prefix: str) -> str:
    """Give what the rounds of one office share."""
    return prefix.rstrip("0123456789") or prefix


def _contradiction(book: RawBook | None, number: str, unit: Unit, issued: Register) -> Finding | None:
    """Say if a sheet's heading, or the document's properties, are another unit's."""
    named = {name for text in _texts(book) if (name := named_unit(text))}
    if named - {unit.name}:
        return finding(Code.FORM_CONTRADICTION, value=number, unit=unit.name, named="、".join(sorted(named)))
    other = _property_unit(book, issued)
    if other and other is not unit:
        return finding(Code.PROPERTY_OTHER_UNIT, value=_property(book), unit=unit.name, named=other.name)
    return None


def _doubts(each: Return, claim: Claim, unit: Unit, issued: Register) -> Iterator[Finding]:
    if claim.edition != issued.edition.text:
        yield finding(Code.FORM_EDITION, value=claim.edition, current=issued.edition.text)
    yield from origin_doubts(each.arrival, unit, issued.origins)
    stated = _property(each.book)
    if (
        stated and _property_unit(each.book, issued) is not unit
    ):  # the unit's own, of another edition, is no doubt of whose it is
        yield finding(Code.PROPERTY_DIFFERS, value=stated, number=_form_numbers(each.book)[0])


def _property(book: RawBook | None) -> str:
    """Give the form number of the document's properties, which pasted cells do not bring along."""
    return book.properties.get(NUMBER_PROPERTY, "")[:_LONGEST] if book else ""


def _property_unit(book: RawBook | None, issued: Register) -> Unit | None:
    """Give the unit whose form number stands in the properties, where its check code is genuine."""
    number = find_form_number(_property(book))
    claim = read_form_number(number, issued.key) if number else None
    return issued.units.get(claim.unit_no) if claim and claim.genuine and claim.prefix == issued.prefix else None


def _refused(each: Return, why: Finding) -> Return:
    return replace(each, findings=(why,), status=Status.REJECTED)


def _form_numbers(book: RawBook | None) -> list[str]:
    return list(dict.fromkeys(number for text in _texts(book) if (number := find_form_number(text))))


def _texts(book: RawBook | None) -> Iterator[str]:
    """Give the texts above the tables: within them a unit may write what it likes."""
    cells = [cell for cell in book.cells if cell.kind is CellKind.TEXT] if book else []
    marked: defaultdict[str, set[int]] = defaultdict(set)
    for cell in cells:
        if cell.text.strip() == CODE_COLUMN:
            marked[cell.sheet].add(cell.row)
    heads = {sheet: sorted(rows)[1] for sheet, rows in marked.items() if len(rows) > 1}  # the first heads the codes
    yield from (cell.text for cell in cells if cell.row < heads.get(cell.sheet, cell.row + 1))
