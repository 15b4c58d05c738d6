"""What was found when a unit's evidence was opened, against its ledger: a few files are told one by one, many of a kind together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi_xl.findings import NOWHERE, Code, Finding, Place, finding
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.office.returns.evidence_owners import Evidence, compared
from fazhi_xl.office.returns.stages import AnsweredReturn
from fazhi_xl.rounds.evidence import Came, Document, EvidenceFile
from fazhi_xl.rounds.inspected import Fault
from fazhi_xl.text.identity_numbers import identity_numbers, without_identity_numbers

_FEW = 3  # findings of one kind that are told one by one
_FAULTS = {
    Fault.ENCRYPTED: Code.EVIDENCE_LOCKED,
    Fault.DAMAGED: Code.EVIDENCE_DAMAGED,
    Fault.STOPPED: Code.EVIDENCE_STOPPED,
    Fault.EMPTY: Code.EVIDENCE_BLANK,
    Fault.SMALL: Code.EVIDENCE_SMALL,
}
_Told = tuple[Place, str]
"""Where in the return something is told, and what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsEvidence:
    """A unit's return with its evidence: `listed` is what its ledger names, `files` are those and what lies in items' folders.

    What else lies beside a form, a stamped copy for instance, is no evidence.
    """

    back: AnsweredReturn
    listed: tuple[Document, ...]
    files: tuple[EvidenceFile, ...]
    hollow: tuple[EvidenceFile, ...]
    items: frozenset[str]

    @classmethod
    def of(cls, each: AnsweredReturn, listed: tuple[Document, ...], came: Evidence) -> UnitsEvidence:
        """Bring together what is a unit's."""
        named = {path for document in listed for path in document.paths}
        return cls(
            back=each,
            listed=listed,
            files=tuple(file for file in came.files if file.unit == each.unit and (file.codes or file.path in named)),
            hollow=tuple(folder for folder in came.hollow if folder.unit == each.unit),
            items=_items(each.form.shape),
        )

    @property
    def rows(self) -> Mapping[str, Document]:
        """The document that names a file, by the file's path."""
        return {path: document for document in reversed(self.listed) for path in document.paths}

    def place(self, row: str, column: str) -> Place:
        """Give where a cell of the ledger stands in the return."""
        key = f"{row}.{column}"
        found = self.back.located.cells.get(key)
        return Place(sheet=found.sheet, cell=found.cell, field=key) if found else Place(field=key)


@lru_cache(maxsize=64)
def _items(shape: Shape) -> frozenset[str]:
    """Give the numbers of the items that a form asks for."""
    return frozenset(field.sub_point.partition(".")[0] for field in shape.fields.values() if field.sub_point)


def opened_doubts(own: UnitsEvidence) -> Iterator[Finding]:
    """Report what is wrong with a unit's files, and what is with its folders."""
    rows = own.rows
    for fault, code in _FAULTS.items():
        bad = [each for each in own.files if each.seen and each.seen.fault is fault]
        yield from _told(code, [_of_file(own, rows, each, each.seen.detail if each.seen else "") for each in bad])
    private = [each for each in own.files if (each.seen and each.seen.numbers) or identity_numbers(each.path)]
    yield from _told(Code.EVIDENCE_NUMBER, [_of_file(own, rows, each) for each in private])
    yield from _told(Code.EVIDENCE_PAGES, list(_pages(own)))
    yield from _folders(own, rows)
    yield from _told(Code.EVIDENCE_TWICE, list(_twice(own)))


def _of_file(own: UnitsEvidence, rows: Mapping[str, Document], each: EvidenceFile, detail: str = "") -> _Told:
    listed = rows.get(each.path)
    place = own.place(listed.row, ledger.FILE) if listed else NOWHERE
    return place, shown(each.path) + (f"({detail})" if detail else "")


def shown(path: str) -> str:
    """Give a file's path as it is printed."""
    return without_identity_numbers(path)


def _told(code: Code, found: Sequence[_Told]) -> Iterator[Finding]:
    """Tell a few one by one, and more of them together, with the first ones' names."""
    if len(found) <= _FEW:
        yield from (finding(code, place, value=text) for place, text in found)
    else:
        first = next((place for place, _ in found if place is not NOWHERE), NOWHERE)
        yield finding(code, first, value=some([text for _, text in found]))


def some(names: Sequence[str]) -> str:
    """Name the first few, and say how many there are."""
    more = f"等{len(names)}处" if len(names) > _FEW else ""
    return "、".join(names[:_FEW]) + more


def _pages(own: UnitsEvidence) -> Iterator[_Told]:
    """Compare the pages that a row states with those of all its files, where each was found and counted."""
    rows: defaultdict[str, list[Document]] = defaultdict(list)
    for document in own.listed:
        rows[document.row].append(document)
    for row, documents in rows.items():
        stated, total = documents[0].pages, documents[0].of_row
        if stated is not None and total is not None and total != stated:
            names = "、".join(shown(each.name) for each in documents)
            yield own.place(row, ledger.PAGES), f"{names}:填{stated}页,数出{total}页"


def _folders(own: UnitsEvidence, rows: Mapping[str, Document]) -> Iterator[Finding]:
    """Report files that no row names, folders of items that the unit does not have, and folders with nothing in them."""
    placed = [each for each in own.files if each.codes and each.placed]
    strange = [each for each in placed if not each.items & own.items]
    if strange and not own.back.older:
        numbers = "、".join(sorted(frozenset[str]().union(*(each.items for each in strange)), key=int))
        named = some([shown(each.path) for each in strange])
        yield finding(Code.EVIDENCE_ITEM_STRANGE, value=named, number=numbers, count=len(strange))
    unlisted = _once(each for each in placed if each.path not in rows and each.items & own.items)
    if unlisted and any(document.name for document in own.listed):
        yield finding(Code.EVIDENCE_UNLISTED, value=some([shown(each.path) for each in unlisted]), count=len(unlisted))
    empty = [each for each in own.hollow if each.items & own.items and not _is_missed(own, each)]
    if empty:
        yield finding(Code.EVIDENCE_FOLDER_HOLLOW, value=some([shown(each.path) for each in empty]))


def _once(files: Iterable[EvidenceFile]) -> list[EvidenceFile]:
    """Give the files, of those of one name and content that came again the first."""
    by_name = ((compared(each.path), each.sha256 or each.path, each) for each in files)
    return list({(name, digest): each for name, digest, each in reversed(tuple(by_name))}.values())[::-1]


def _is_missed(own: UnitsEvidence, folder: EvidenceFile) -> bool:
    """Say whether it is told already that what belongs in an empty folder did not come, with a file's name or the item's."""
    filled = frozenset[str]().union(*(each.items for each in own.files))
    return any(
        document.came is Came.MISSING or (document.came is Came.UNNAMED and not folder.items & filled)
        for document in own.listed
        if folder.codes[-1] in {document.sub_point, document.sub_point.partition(".")[0]}
    )


def _twice(own: UnitsEvidence) -> Iterator[_Told]:
    """Give each file that lies in the folders of several items, of which not every one has a row that lists it."""
    rows = own.rows
    told = {(path, document.sub_point.partition(".")[0]) for document in own.listed for path in document.paths}
    for same in _alike(each for each in own.files if each.codes):
        meant = all(any((each.path, item) in told for item in each.items) for each in same)
        if not meant and not frozenset[str].intersection(*(each.items for each in same)):
            listed = next((each for each in same if each.path in rows), same[0])
            yield _of_file(own, rows, listed)[0], "和".join(shown(each.path) for each in same)


def _alike(files: Iterable[EvidenceFile]) -> Iterator[list[EvidenceFile]]:
    """Give the files that are one and the same, where there are several; those of no content are not."""
    by_digest: defaultdict[str, list[EvidenceFile]] = defaultdict(list)
    for each in files:
        if each.sha256 and not (each.seen and each.seen.fault is Fault.EMPTY):
            by_digest[each.sha256].append(each)
    yield from (same for same in by_digest.values() if len(same) > 1)


def shared_evidence(came: Evidence, units: Sequence[str]) -> Mapping[str, tuple[Finding, ...]]:
    """Give what several units sent alike, told once: with the first of them whose return counts, of the `units` in their order."""
    order = {unit: no for no, unit in enumerate(units)}
    groups: defaultdict[tuple[str, ...], list[list[EvidenceFile]]] = defaultdict(list)
    for same in _alike(each for each in came.files if each.unit and each.codes):
        of = {each.unit or "" for each in same}
        if len(of) > 1:
            groups[tuple(sorted(of, key=lambda unit: order.get(unit, len(order))))].append(same)
    told: defaultdict[str, list[Finding]] = defaultdict(list)
    for of_units, files in groups.items():
        places = [f"{each.unit}的{shown(each.path)}" for same in files for each in same]
        told[of_units[0]].append(
            finding(Code.EVIDENCE_SHARED, value=some(places), named="、".join(of_units), count=len(files))
        )
    return {unit: tuple(found) for unit, found in told.items()}
