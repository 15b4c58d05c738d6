"""Whose form a return is: by the form number that stands in its cells, and its check code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi_xl.findings import Finding, finding
from fazhi_xl.form.identity import Claim, Edition, named_unit, read_form_number
from fazhi_xl.form.manifest import file_stem
from fazhi_xl.form.model import Form, find_form_number
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.returns import Return
from fazhi_xl.reports.round import Status
from fazhi_xl.xlsx.reading import RawBook

_SHOWN = 5  # form numbers in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What was issued: the units that have a form, by number, and what their form numbers begin and end with."""

    units: Mapping[int, Unit]
    files: Mapping[str, str]  # the units' short names by what their files' names begin with
    prefix: str
    edition: Edition
    key: bytes


def register(notice: Notice, forms: Iterable[Form], edition: Edition, key: bytes) -> Register:
    issued = {form.unit for form in forms}
    units = {unit.no: unit for unit in notice.units if unit.short in issued}
    files = {file_stem(unit): unit.short for unit in units.values()}
    return Register(units=units, files=files, prefix=notice.about.form_prefix, edition=edition, key=key)


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
    named = {name for text in _texts(each.book) if (name := named_unit(text))}
    if named - {unit.name}:
        return _refused(
            each, finding("form-contradiction", value=numbers[0], unit=unit.name, named="、".join(sorted(named)))
        )
    return replace(each, unit=unit.short, findings=tuple(_doubts(each, claim, unit, issued)))


def _doubts(each: Return, claim: Claim, unit: Unit, issued: Register) -> Iterator[Finding]:
    if claim.edition != issued.edition.text:
        yield finding("form-edition", value=claim.edition, current=issued.edition.text)
    name = PurePosixPath(each.arrival.path).name
    others = [short for stem, short in issued.files.items() if stem in name and short != unit.short]
    if others and file_stem(unit) not in name:
        yield finding("file-name-differs", value=name, unit=unit.short, named=others[0])


def _refused(each: Return, why: Finding) -> Return:
    return replace(each, findings=(why,), status=Status.REJECTED)


def _form_numbers(book: RawBook | None) -> list[str]:
    return list(dict.fromkeys(number for text in _texts(book) if (number := find_form_number(text))))


def _texts(book: RawBook | None) -> Iterator[str]:
    yield from (text for _, _, _, kind, text, _ in book.cells if kind == "s") if book else ()
