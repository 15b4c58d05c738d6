"""Whose form a return is: by the form number that stands in its cells, and its check code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.findings import Finding, finding
from fazhi_xl.form.identity import Edition, read_form_number
from fazhi_xl.form.model import Form, find_form_number
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.returns import Return
from fazhi_xl.reports.round import Status
from fazhi_xl.xlsx.reading import RawBook

_SHOWN = 5  # form numbers in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was issued: the units that have a form, by number, and what their form numbers begin and end with."""

    units: Mapping[int, str]
    prefix: str
    edition: Edition
    key: bytes


def register(notice: Notice, forms: Iterable[Form], edition: Edition, key: bytes) -> Register:
    issued = {form.unit for form in forms}
    units = {unit.no: unit.short for unit in notice.units if unit.short in issued}
    return Register(units=units, prefix=notice.about.form_prefix, edition=edition, key=key)


def identified(returns: Iterable[Return], issued: Register) -> list[Return]:
    """Give each readable return its unit, or the finding that says why it is nobody's."""
    return [_identify(each, issued) if each.open else each for each in returns]


def _identify(each: Return, issued: Register) -> Return:
    numbers = _form_numbers(each.book)
    if not numbers:
        return _refused(each, finding("form-unknown"))
    if len(numbers) > 1:
        more = f"等{len(numbers)}个" if len(numbers) > _SHOWN else ""
        return _refused(each, finding("form-mixed", value="、".join(numbers[:_SHOWN]) + more))
    claim = read_form_number(numbers[0], issued.key)
    unit = issued.units.get(claim.unit_no)
    if claim.prefix != issued.prefix or unit is None or claim.edition.startswith("YL") != issued.edition.rehearsal:
        return _refused(each, finding("form-foreign", value=numbers[0]))
    if not claim.genuine:
        return _refused(each, finding("form-forged", value=numbers[0]))
    if claim.edition == issued.edition.text:
        return replace(each, unit=unit)
    older = finding("form-edition", value=claim.edition, current=issued.edition.text)
    return replace(each, unit=unit, findings=(older,))


def _refused(each: Return, why: Finding) -> Return:
    return replace(each, findings=(why,), status=Status.REJECTED)


def _form_numbers(book: RawBook | None) -> list[str]:
    texts = (text for _, _, _, kind, text, _ in book.cells if kind == "s") if book else ()
    return list(dict.fromkeys(number for text in texts if (number := find_form_number(text))))
