"""Whose evidence a file is: by the unit's folder, the archive or mail that it came in, or the name that one unit alone lists.

A folder of a day, or any other that is no unit's, says nothing: what lies in it may be anybody's, whoever's form lies beside it.
A listed name alone tells little: it never stands against what a unit sent itself, nor in a place that may be somebody else's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fazhi_xl.answers.normalise import clean
from fazhi_xl.findings import Code, Severity, finding
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.intake.arrival import Arrival, in_system_folder, is_scan
from fazhi_xl.office.returns.item_folders import ItemFolders
from fazhi_xl.office.returns.stages import AnsweredReturn, ClosedFile
from fazhi_xl.rounds.evidence import EvidenceFile
from fazhi_xl.rounds.status import Status
from fazhi_xl.text.characters import folded_width

ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
# `2020-11-18`, `20201118`, `11月18日`, `第二批`: folders of the office's, in which anybody's files lie
_DAY = re.compile(r"[\d年月日号._ -]+|第[\d一二三四五六七八九十]+[批次]")
# A form that was printed, signed or stamped and scanned is no evidence.
_COPY = re.compile(r"(?:盖章|签章|签字|任务分解表)[^/]*$")
_ZIP = re.compile(r"\.zip(?:#\d+)?$", re.IGNORECASE)
_PARTED = re.compile(r"[、;,；，\n]+")
_EVIDENCE = frozenset({Code.EVIDENCE_FILE, Code.EVIDENCE_UNOPENED})
_LOOSE = frozenset(
    {
        Code.FILE_NOT_A_WORKBOOK,
        Code.FILE_UNRECOGNISED,
        Code.FORM_UNKNOWN,
        Code.ARCHIVE_UNOPENED,
        Code.ARCHIVE_IN_ARCHIVE,
        Code.ARCHIVE_TOO_MUCH,
        Code.FILE_TOO_LARGE,
    }
)
Returns = tuple[AnsweredReturn | ClosedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The evidence of a round. `by_name` are its files by their names as they are compared, with and without endings.

    A file has the names of the archives that it came in as well, with their endings: one that is listed came with all that is in it.
    """

    files: tuple[EvidenceFile, ...]
    by_name: Mapping[str, tuple[EvidenceFile, ...]]
    sent_by: frozenset[str]
    """The units of which evidence came in a place that is theirs for sure, in items' folders."""
    hollow: tuple[EvidenceFile, ...] = ()
    """Items' folders with nothing in them, as the file that each would hold."""

    def called(self, name: str, unit: str) -> tuple[EvidenceFile, ...]:
        """Give the files of a name that are a unit's, else those that nobody's place tells of."""
        found = self.by_name.get(compared(name), ())
        return tuple(each for each in found if each.unit == unit) or tuple(each for each in found if each.unit is None)

    def known(self, path: str) -> EvidenceFile | None:
        """Give a file in an item's folder, or one astray in a unit's place, with whose it is; None for any other."""
        return next(
            (
                each
                for each in self.by_name.get(compared(path), ())
                if each.path == path and (each.codes or each.astray)
            ),
            None,
        )

    def seen_by(self, look: Callable[[Sequence[EvidenceFile]], Sequence[EvidenceFile]]) -> Evidence:
        """Give the evidence with what was found in its files."""
        return _evidence(look(self.files), self.hollow)

    def in_item(self, item: str, unit: str) -> bool:
        """Say whether anything lies in an item's folder that is a unit's or may be."""
        return any(item in each.items and each.unit in {unit, None} for each in self.files)


def evidence_of(
    returns: Iterable[AnsweredReturn | ClosedFile], places: ItemFolders, hollow: Sequence[Arrival] = ()
) -> Evidence:
    """Find the evidence among a round's files, and whose each is; and whose the items' folders are that hold nothing."""
    every = tuple(returns)
    placed = list(_placed(every, places))
    files = tuple(_by_name(placed, listed_names(every), _Beside.of(every, places)))
    return _evidence(files, tuple(_hollow(every, places, hollow)))


def _evidence(files: Sequence[EvidenceFile], hollow: tuple[EvidenceFile, ...]) -> Evidence:
    by_name: defaultdict[str, list[EvidenceFile]] = defaultdict(list)
    for each in files:
        for name in dict.fromkeys((*names_of(each.path), *map(compared, each.archives))):
            by_name[name].append(each)
    return Evidence(
        files=tuple(files),
        hollow=hollow,
        by_name={name: tuple(found) for name, found in by_name.items()},
        sent_by=frozenset(each.unit for each in files if each.unit and each.placed and each.codes),
    )


def without_scans(returns: Returns, evidence: Evidence) -> Returns:
    """Close the scans, pictures and films that came in a place of a unit whose form came as well: they are no attempt at a form."""
    units = {each.unit for each in returns if isinstance(each, AnsweredReturn)}
    beside = {each.path: each.unit for each in evidence.files if each.placed and each.unit in units}
    return tuple(
        ClosedFile(
            arrival=each.arrival,
            status=Status.IGNORED,
            findings=(finding(Code.EVIDENCE_BESIDE, value=beside[each.arrival.path]),),
        )
        if isinstance(each, ClosedFile) and each.arrival.path in beside and _is_scan(each)
        else each
        for each in returns
    )


def _is_scan(each: ClosedFile) -> bool:
    codes = {found.code for found in each.findings}
    return codes == {Code.FILE_NOT_A_WORKBOOK} and is_scan(each.arrival.data or b"")


def _placed(every: Returns, places: ItemFolders) -> Iterator[EvidenceFile]:
    owners = _Owners.of(every, places)
    forms = {compared(PurePosixPath(each.arrival.path).stem) for each in every if each.unit}
    for each in every:
        if isinstance(each, ClosedFile) and _may_be_evidence(each):
            unit, arrival = owners.of_arrival(each.arrival), each.arrival
            yield EvidenceFile(
                path=arrival.path,
                codes=places.codes_of(arrival),
                unit=unit,
                placed=unit is not None,
                archives=tuple(place for place in arrival.above if place in arrival.packages and _ZIP.search(place)),
                copy=compared(PurePosixPath(arrival.path).stem) in forms or bool(_COPY.search(arrival.path)),
                sha256=arrival.sha256,
            )


def _hollow(every: Returns, places: ItemFolders, hollow: Sequence[Arrival]) -> Iterator[EvidenceFile]:
    """Give the items' folders in which nothing lies, or nothing but what systems leave there."""
    owners = _Owners.of(every, places)
    held = {place for each in every if not each.arrival.litter for place in each.arrival.above}
    left = (each.arrival for each in every if each.arrival.litter and not in_system_folder(each.arrival.path))
    known: set[str] = set()
    for each in (*(each for each in hollow if not in_system_folder(each.path)), *left):
        for place in each.above:
            code = places.code_at(place, each)
            if code and place not in held and place not in known:
                known.add(place)
                yield EvidenceFile(path=place, codes=(code,), unit=owners.of_arrival(each))
                break


def _may_be_evidence(each: ClosedFile) -> bool:
    """Take what lies in items' folders, and beside the forms what is no workbook or nobody's form."""
    if each.unit or each.arrival.excluded:
        return False
    codes = {found.code for found in each.findings if found.severity is Severity.FATAL}
    loose = each.status is Status.REJECTED and bool(codes) and codes <= _LOOSE
    return loose or any(found.code in _EVIDENCE for found in each.findings)


# By its place ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owners:
    """The units whose forms lie in each folder, archive or mail, and those that forms and the catalogue know by a sender."""

    places: ItemFolders
    forms: Mapping[str, frozenset[str]]
    senders: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, every: Returns, places: ItemFolders) -> _Owners:
        forms: defaultdict[str, set[str]] = defaultdict(set)
        senders: defaultdict[str, set[str]] = defaultdict(set)
        for address, units in places.known.mails.items():
            senders[address].update(units)
        for each in every:
            if each.unit:
                for place in each.arrival.above:
                    forms[place].add(each.unit)
                senders[each.arrival.sender].add(each.unit)
        senders.pop("", None)
        return cls(places=places, forms=_frozen(forms), senders=_frozen(senders))

    def of_arrival(self, arrival: Arrival) -> str | None:
        """Give the unit by the nearest folder that is a unit's, or archive or mail with one unit's forms; else by the sender."""
        around = self.places.around(arrival)
        for place in reversed(around):
            units = self._units_of(place, package=place in arrival.packages)
            if units is not None:
                return _only(units)
        posted = self.senders.get(arrival.sender, frozenset())
        below = (self.places.known.called(PurePosixPath(place).name) for place in arrival.above[len(around) :])
        return _only(posted) or next(filter(None, below), None)

    def _units_of(self, place: str, *, package: bool) -> frozenset[str] | None:
        """Say whose a folder, archive or mail is: nobody's where its name and its forms differ, None where it says nothing."""
        name, forms = PurePosixPath(place).name, self.forms.get(place, frozenset())
        named = self.places.known.folder_of(name)
        if named:
            return frozenset({named}) if not forms or named in forms else frozenset()
        return forms if forms and package else None


def _frozen(units: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {key: frozenset(found) for key, found in units.items()}


def _only(units: frozenset[str]) -> str | None:
    return next(iter(units)) if len(units) == 1 else None


# By its name ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    """Where nothing but a name may tell whose a file is: the folders around each, and the units of the forms in and below each folder.

    The unit of a file that was refused, and may be anybody's form, is None.
    """

    around: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, frozenset[str | None]]
    below: Mapping[str, frozenset[str | None]]

    @classmethod
    def of(cls, every: Returns, places: ItemFolders) -> _Beside:
        forms: defaultdict[str, set[str | None]] = defaultdict(set)
        below: defaultdict[str, set[str | None]] = defaultdict(set)
        for each in every:
            if each.unit or _may_be_a_form(each, places):
                forms[str(PurePosixPath(each.arrival.path).parent)].add(each.unit)
                for place in each.arrival.above:
                    below[place].add(each.unit)
        return cls(
            around={each.arrival.path: places.around(each.arrival) for each in every},
            forms={place: frozenset(units) for place, units in forms.items()},
            below={place: frozenset(units) for place, units in below.items()},
        )

    def allows(self, path: str, unit: str) -> bool:
        """Say whether a file may be a unit's by its name: no form of others alone is beside it, and none in a folder that is no day's.

        In such a folder the unit's form has to lie.
        """
        around = self.around[path]
        named = [place for place in around if not _DAY.fullmatch(folded_width(PurePosixPath(place).name).strip())]
        if named:
            return all(self.below.get(place, frozenset()) == frozenset({unit}) for place in named)
        forms = self.forms.get(around[-1] if around else ".", frozenset())
        return not forms or (unit in forms and None not in forms)


def _may_be_a_form(each: AnsweredReturn | ClosedFile, places: ItemFolders) -> bool:
    if not isinstance(each, ClosedFile) or each.status is not Status.REJECTED or each.arrival.excluded:
        return False
    return not _may_be_evidence(each) and not places.hold(each.arrival)


def _by_name(
    placed: Sequence[EvidenceFile], listed: Mapping[str, frozenset[str]], beside: _Beside
) -> Iterator[EvidenceFile]:
    """Take a file for the one unit that lists its name, in whatever form of it, where nothing speaks against it.

    What the unit sent itself under the name does, and so does a file of the name in another place: then it stays nobody's.
    """
    own = {(each.unit, name) for each in placed if each.unit for name in names_of(each.path)}
    units = {each.path: _lister(each, listed, beside) for each in placed if not each.unit}
    sent: defaultdict[tuple[str | None, str], set[tuple[str, ...]]] = defaultdict(set)
    for each in placed:
        if unit := units.get(each.path):
            sent[unit, compared(each.path)].add(beside.around[each.path])
    for each in placed:
        unit = units.get(each.path)
        names = {(unit, name) for name in names_of(each.path)}
        alone = not names & own and len(sent[unit, compared(each.path)]) == 1
        yield replace(each, unit=unit) if unit and alone else each


def _lister(each: EvidenceFile, listed: Mapping[str, frozenset[str]], beside: _Beside) -> str | None:
    unit = _only(frozenset[str]().union(*(listed.get(name, frozenset()) for name in names_of(each.path))))
    return unit if unit and beside.allows(each.path, unit) else None


def listed_names(every: Returns) -> Mapping[str, frozenset[str]]:
    """Give the units that list a name, in any of their forms, by the name as it is compared."""
    units: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        if each.unit and each.answers:
            for key, value in each.answers.values.items():
                row, _, column = key.rpartition(".")
                if column == ledger.FILE and ledger.is_row(row) and isinstance(value, str):
                    for name in names_in(value):
                        units[compared(name)].add(each.unit)
    return _frozen(units)


def names_in(listed: str) -> list[str]:
    """Split a list of files; a name may contain the separators, so it is split only where each part has a file's ending."""
    parts = [part.strip() for part in _PARTED.split(listed) if part.strip()]
    return parts if all(map(ENDING.search, parts)) else [listed.strip()]


def compared(name: str) -> str:
    """Give a file's name as it is compared: without folders, spaces, brackets for titles, case, width, and what cells are read without."""
    last = clean(PurePosixPath(folded_width(name).replace("\\", "/")).name)
    return re.sub(r"[\s《》“”\"]", "", last).lower()


def names_of(path: str) -> tuple[str, ...]:
    """Give the names by which a file is compared: with its ending, and without."""
    name = compared(path)
    return tuple(dict.fromkeys((name, ENDING.sub("", name))))
