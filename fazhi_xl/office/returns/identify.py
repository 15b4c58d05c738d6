"""Whose form a return is: by the form number that stands in its cells, and its check code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fazhi_xl.cells import CellKind
from fazhi_xl.findings import Code, Finding, finding
from fazhi_xl.findings.adjustable import Weights
from fazhi_xl.form.identity import NUMBER_PROPERTY, Edition, FormNumber, find_form_number, named_unit, read_form_number
from fazhi_xl.form.model import CODE_COLUMN, Form
from fazhi_xl.notice.model import Switch, Unit
from fazhi_xl.notice.switches import switched_off
from fazhi_xl.office.returns.provenance import Origins, origin_doubts, origins
from fazhi_xl.office.returns.stages import ClosedFile, IdentifiedReturn, OpenedReturn, refused
from fazhi_xl.office.workspace.editions import EarlierEdition
from fazhi_xl.office.workspace.issued_round import IssuedRound
from fazhi_xl.rounds.contacts import Contacts
from fazhi_xl.text.characters import folded_width
from fazhi_xl.xlsx.reader import RawBook

_LONGEST = 60  # characters of a property in a message
_SHOWN = 5  # form numbers in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedNumbers:
    """What form numbers are recognised by: the units that have a form, by number, their forms by short name, prefix, edition and key."""

    units: Mapping[int, Unit]
    forms: Mapping[str, Form]
    origins: Origins
    prefix: str
    edition: Edition
    key: bytes
    earlier: Mapping[str, EarlierEdition] = field(default_factory=dict)
    alike: frozenset[str] = (
        frozenset()
    )  # the earlier editions whose forms differ from these in nothing but what the checks say
    switches: tuple[Switch, ...] = ()

    def says(self, edition: str) -> Weights:
        """Give what the office had made of findings when an edition was issued."""
        return self.earlier[edition].weights if edition in self.earlier else self.edition.weights

    def unit_of(self, claim: FormNumber) -> Unit | None:
        """Give the unit that has a form under a number: in an earlier edition the number may have been another unit's."""
        edition = self.earlier.get(claim.edition)
        own = edition.unit_by_number.get(claim.unit_no) if edition else None
        number = own.no if own else None if edition and claim.unit_no in edition.unit_by_number else claim.unit_no
        return self.units.get(number) if number is not None else None


def issued_numbers(issued: IssuedRound, contacts: Contacts | None = None) -> IssuedNumbers:
    notice, forms = issued.notice, issued.form_of
    return IssuedNumbers(
        units={unit.no: unit for unit in notice.units if unit.short in forms},
        forms=forms,
        origins=origins(notice, contacts),
        prefix=notice.about.form_prefix,
        edition=issued.edition,
        key=issued.space.key(),
        earlier=issued.earlier,
        alike=issued.alike,
        switches=notice.switches,
    )


def identified(
    returns: Iterable[OpenedReturn | ClosedFile], issued: IssuedNumbers
) -> list[IdentifiedReturn | ClosedFile]:
    """Give each workbook its unit's form, or close it with a finding that says why it belongs to no unit."""
    return [_identify(each, issued) if isinstance(each, OpenedReturn) else each for each in returns]


def _identify(each: OpenedReturn, issued: IssuedNumbers) -> IdentifiedReturn | ClosedFile:
    texts = texts_above(each.book)
    numbers = form_numbers(texts)
    if len(numbers) != 1:
        more = f"等{len(numbers)}个" if len(numbers) > _SHOWN else ""
        mixed = finding(Code.FORM_MIXED, value="、".join(numbers[:_SHOWN]) + more)
        return refused(each.arrival, mixed if numbers else _without_number(texts, issued))
    claim = read_form_number(numbers[0], issued.key)
    unit = issued.unit_of(claim)
    of_this_round = claim.prefix == issued.prefix and claim.edition.startswith("YL") == issued.edition.rehearsal
    if unit is None or not of_this_round:
        return refused(each.arrival, _foreign(claim, numbers[0], issued))
    if not claim.genuine:
        return refused(each.arrival, finding(Code.FORM_FORGED, value=numbers[0]))
    contradiction = _contradiction(each.book, texts, claim, numbers[0], unit, issued)
    if contradiction:
        return refused(each.arrival, contradiction)
    form, doubts = issued.forms[unit.short], tuple(_doubts(each, claim, unit, issued))
    edition = None if claim.edition in issued.alike else issued.earlier.get(claim.edition)
    rows = edition.rows_of(form.shape, claim.unit_no) if edition else {}
    return IdentifiedReturn(
        arrival=each.arrival,
        book=each.book,
        form=form,
        findings=doubts,
        edition=edition,
        rows_then=rows,
        says=issued.says(claim.edition),
        off=switched_off(issued.switches, each.arrival.received),
    )


def _without_number(texts: Sequence[str], issued: IssuedNumbers) -> Finding:
    """Give the finding for a workbook without a form number, with the unit where the lines above its tables name one only."""
    named = {name for text in texts if (name := named_unit(text))}
    owners = {owner for name in named if (owner := issued.origins.names.get(folded_width(name)))}
    return finding(Code.FORM_NUMBER_GONE, value=owners.pop()) if len(owners) == 1 else finding(Code.FORM_UNKNOWN)


def _foreign(claim: FormNumber, number: str, issued: IssuedNumbers) -> Finding:
    """Distinguish a form of another round of this office from a form of another office."""
    other = claim.prefix != issued.prefix and _letters(claim.prefix) == _letters(issued.prefix)
    return finding(Code.FORM_OTHER_ROUND if other else Code.FORM_FOREIGN, value=number, current=issued.prefix)


def _letters(prefix: str) -> str:
    """Give a prefix without its final digits, which the rounds of one office share."""
    return prefix.rstrip("0123456789") or prefix


def _contradiction(
    book: RawBook, texts: Sequence[str], claim: FormNumber, number: str, unit: Unit, issued: IssuedNumbers
) -> Finding | None:
    """Give the finding where a sheet's heading or the document's properties name another unit.

    A form of an earlier edition may bear a name that the unit had then.
    """
    named = {name for text in texts if (name := named_unit(text))}
    if named - {unit.name, *(unit.names if claim.edition in issued.earlier else ())}:
        return finding(Code.FORM_CONTRADICTION, value=number, unit=unit.name, named="、".join(sorted(named)))
    other = _property_unit(book, issued)
    if other and other is not unit:
        return finding(Code.PROPERTY_OTHER_UNIT, value=_property(book), unit=unit.name, named=other.name)
    return None


def _doubts(each: OpenedReturn, claim: FormNumber, unit: Unit, issued: IssuedNumbers) -> Iterator[Finding]:
    if claim.edition != issued.edition.text and claim.edition not in issued.alike:
        yield finding(Code.FORM_EDITION, value=claim.edition, current=issued.edition.text)
        edition = issued.earlier.get(claim.edition)
        if edition and (lost := edition.lost(claim.unit_no)):
            yield finding(Code.FORM_RENUMBERED, value="、".join(lost), number=claim.edition)
    if each.arrival.vouched:
        return
    yield from origin_doubts(each.arrival, unit, issued.origins)
    stated = _property(each.book)
    # The unit's own number, of another edition, is no doubt of whose form it is.
    if stated and _property_unit(each.book, issued) is not unit:
        yield finding(Code.PROPERTY_DIFFERS, value=stated, number=form_numbers(texts_above(each.book))[0])


def _property(book: RawBook) -> str:
    """Give the form number of the document's properties, which pasted cells do not bring along."""
    return book.properties.get(NUMBER_PROPERTY, "")[:_LONGEST]


def _property_unit(book: RawBook, issued: IssuedNumbers) -> Unit | None:
    """Give the unit whose form number stands in the properties, where its check code is genuine."""
    number = find_form_number(_property(book))
    claim = read_form_number(number, issued.key) if number else None
    return issued.unit_of(claim) if claim and claim.genuine and claim.prefix == issued.prefix else None


def form_numbers(texts: Iterable[str]) -> list[str]:
    """Give the form numbers in texts, each once."""
    return list(dict.fromkeys(number for text in texts if (number := find_form_number(text))))


def texts_above(book: RawBook) -> Sequence[str]:
    """Give the texts above the tables: within them a unit may write what it likes."""
    cells = [(sheet, row, text) for sheet, row, _, kind, text, _ in book.cells if kind is CellKind.TEXT]
    marked: defaultdict[str, set[int]] = defaultdict(set)
    for sheet, row, text in cells:
        if CODE_COLUMN in text and text.strip() == CODE_COLUMN:
            marked[sheet].add(row)
    heads = {sheet: sorted(rows)[1] for sheet, rows in marked.items() if len(rows) > 1}  # the first heads the codes
    return [text for sheet, row, text in cells if sheet not in heads or row < heads[sheet]]
