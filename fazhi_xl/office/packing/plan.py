"""What is packed, and under which name: the evidence of the returns that count by item, unit and sub-point. Nothing is read or written."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from fazhi_xl.form.manifest import file_stem
from fazhi_xl.form.model import Form
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.intake.arrival import Arrival
from fazhi_xl.notice.model import Item, Notice
from fazhi_xl.reports.packing_list import Entry, Lack
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.evidence import Came, Document
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.inspected import Inspected
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.file_names import Names, safe_name
from fazhi_xl.text.identity_numbers import identity_numbers, masked
from fazhi_xl.text.one_line import cut

PENDING = "待定"
_ITEM_ROOM, _UNIT_ROOM = 24, 30  # characters of a folder's name
UNLISTED, ASTRAY = "台账目录没有列出", "不在写明项目序号的文件夹里"
_OWN_TIME = frozenset(
    {DayBasis.FOLDER, DayBasis.FILE, DayBasis.CONFIRMED}
)  # whose moment is a file's own, which copying may change
_COUNTED = re.compile(
    r"(?<=\.[A-Za-z0-9]{3})#\d+$|(?<=\.[A-Za-z0-9]{4})#\d+$"
)  # how a second file of a path is told from the first
_OF_NOBODY = "不能确定是哪个单位的"
_NO_ITEM = "没有说明是哪个得分点的"
_OLDER = "后来又报了同名的一份,这一份没有放进来"
_SAME = "和另一份内容相同,只放了一份"
_LATE = "没有可以计分的表"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file that has to stand in 上报: its path there, and the file that came. `sha256` is blank where it was not reckoned before."""

    target: str
    arrival: Arrival

    @property
    def sha256(self) -> str:
        return self.arrival.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    entries: tuple[Entry, ...]
    wanted: tuple[Wanted, ...]
    lacks: tuple[Lack, ...]

    @property
    def pending(self) -> int:
        """Count the files of which somebody has to say whose they are, or for which item."""
        return sum(each.target.startswith(f"{PENDING}/") for each in self.wanted)


def planned(
    round_: Round, forms: Iterable[Form], arrivals: Iterable[Arrival], seen: Mapping[str, Inspected] | None = None
) -> Plan:
    """Say what goes where.

    `forms` are those issued: they say for which items each unit is asked for evidence. `seen` is what was found in the files that were
    opened, by their paths within the returns.
    """
    came = {each.path: each for each in arrivals}
    uses = _without_older(sorted(_uses(round_, came), key=lambda each: each.order(round_.notice)))
    wanted: dict[tuple[str, str], Wanted] = {}
    names = Names()
    placed = (_placed(round_.notice, each, wanted, names) for each in uses)
    entries = tuple(_with_seen(each, (seen or {}).get(each.place)) for each in placed)
    return Plan(entries=entries, wanted=tuple(wanted.values()), lacks=tuple(_lacks(round_, forms, entries)))


# What is used for what ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """A file that came, for one sub-point of one unit, as far as they are known; `older` ones have come again since."""

    arrival: Arrival
    item: Item | None
    sub_point: str
    unit: str | None
    document: Document | None = None
    folder: str = ""  # the sub-point or the item whose folder it lies in
    said: tuple[str, ...] = ()
    older: bool = False

    def order(self, notice: Notice) -> tuple[int, int, int, str]:
        """Sort by item, unit and sub-point, and what is of none last; then by the place."""
        codes = [each.code for each in self.item.sub_points] if self.item else []
        return (
            self.item.no if self.item else len(notice.items) + 1_000,
            notice.units_by_short[self.unit].no if self.unit else len(notice.units) + 1_000,
            codes.index(self.sub_point) if self.sub_point in codes else len(codes),
            self.arrival.path,
        )

    @property
    def tail(self) -> str:
        """The place below the item's folder, by which a file that came again is known; where there is none, the name."""
        item = str(self.item.no) if self.item else ""
        parts = PurePosixPath(self.arrival.path).parts
        inside = next((no for no in range(len(parts) - 1, 0, -1) if _is_number(parts[no - 1], item)), len(parts) - 1)
        return unicodedata.normalize("NFC", "/".join(parts[inside:]))

    @property
    def came(self) -> tuple[date, int]:
        """When it came: the later one counts, of one day by what mails and the office tell."""
        return self.arrival.received, 0 if self.arrival.basis in _OWN_TIME else self.arrival.moment


def _is_number(folder: str, number: str) -> bool:
    rest = folder.lstrip("第0").removeprefix(number)
    return bool(number) and rest != folder.lstrip("第0") and not rest[:1].isdigit()


def _uses(round_: Round, came: Mapping[str, Arrival]) -> Iterator[_Use]:
    files = {each.path: each for each in round_.files}
    matched: set[str] = set()
    for unit in round_.notice.units:
        file = round_.file_of(unit.short)
        for document in file.documents if file else ():
            for path in document.paths:
                if path in came:
                    matched.add(path)
                    yield _listed(round_, unit.short, document, files[path], came[path])
    for each in round_.files:
        if each.evidence and each.path not in matched and each.path in came:
            yield _unlisted(round_, each, came[each.path])


def _listed(round_: Round, unit: str, document: Document, file: FileResult, arrival: Arrival) -> _Use:
    item = round_.notice.item_at(document.sub_point) or round_.notice.item_at(_folder_of(file))
    shared = document.came is Came.SHARED
    said = (
        f"{unit}列了同名的文件,请核实是不是它的" if shared else "",
        "" if item else _NO_ITEM,
        "原来不在该项的文件夹里" if document.misplaced and not shared and _folder_of(file) else "",
    )
    return _Use(
        arrival=arrival,
        item=item,
        sub_point=document.sub_point if "." in document.sub_point else "",
        unit=None if shared else unit,
        document=document,
        folder=_folder_of(file),
        said=tuple(filter(None, said)),
    )


def _unlisted(round_: Round, file: FileResult, arrival: Arrival) -> _Use:
    held = file.evidence
    code, unit = _folder_of(file), held.unit if held else None
    late = unit is not None and round_.file_of(unit) is None
    return _Use(
        arrival=arrival,
        item=round_.notice.item_at(code),
        sub_point=code if code in round_.notice.sub_points else "",
        unit=unit,
        folder=code,
        said=(UNLISTED if code else ASTRAY, *([_LATE] if late else ()), *(() if unit else [_OF_NOBODY])),
    )


def _folder_of(file: FileResult) -> str:
    return file.evidence.codes[-1] if file.evidence and file.evidence.codes else ""


def _without_older(uses: Iterable[_Use]) -> Iterator[_Use]:
    """Mark what a unit sent again later under the same name, for the same item, with other bytes: the latest counts, as of returns."""
    every = tuple(uses)
    latest: dict[object, _Use] = {}
    for each in every:
        known = latest.get(key := _again(each))
        if known is None or each.came > known.came:
            latest[key] = each
    for each in every:
        last = latest[_again(each)]
        other = not each.arrival.sha256 or last.arrival.sha256 != each.arrival.sha256
        older = each.unit is not None and last.came > each.came and other
        yield replace(each, older=True, said=(*each.said, _OLDER)) if older else each


def _again(use: _Use) -> object:
    return use.unit, use.item.no if use.item else None, use.folder, use.tail


# Where it stands ------------------------------------------------------------------------------------------------------


def _placed(notice: Notice, use: _Use, wanted: dict[tuple[str, str], Wanted], names: Names) -> Entry:
    folder, said, document = _folder(notice, use), use.said, use.document
    key = (folder, use.arrival.sha256 or use.arrival.path)
    if not use.older and key not in wanted:
        target = names.within(folder, _called(use))
        wanted[key] = Wanted(target=target, arrival=use.arrival)
    elif not use.older and wanted[key].arrival.path != use.arrival.path:
        said = (*said, _SAME)
    return Entry(
        item=use.item,
        sub_point=use.sub_point,
        unit=use.unit,
        place=use.arrival.path,
        title=document.title if document else "",
        file="" if use.older else wanted[key].target,
        listed=document.pages if document else None,
        sha256=use.arrival.sha256,
        size=use.arrival.size,
        said=said,
    )


def _with_seen(entry: Entry, seen: Inspected | None) -> Entry:
    """Say what was found in a file, and whether its name tells a citizen's number."""
    named = Inspected(numbers=tuple(map(masked, identity_numbers(entry.place))))
    doubts = tuple(filter(None, dict.fromkeys(each.doubt for each in (seen, named) if each)))
    private = bool(named.numbers or (seen and seen.numbers))
    return replace(entry, counted=seen.pages if seen else None, said=(*entry.said, *doubts), private=private)


def _called(use: _Use) -> str:
    """Put the sub-point in front of a file's name, so that the folder is in their order; one that begins with it stays."""
    name = _COUNTED.sub("", PurePosixPath(use.arrival.path).name)
    rest = name.removeprefix(use.sub_point)
    begins = rest != name and not rest[:1].isdigit()
    return name if begins or not use.sub_point else f"{use.sub_point}_{name}"


def _folder(notice: Notice, use: _Use) -> str:
    item = _item_folder(use.item) if use.item else ""
    unit = _unit_folder(notice, use.unit) if use.unit else ""
    return "/".join(filter(None, ("" if item and unit else PENDING, item, unit)))


def _item_folder(item: Item) -> str:
    return safe_name(f"{item.no:02d}_{cut(item.name, _ITEM_ROOM, mark='')}")


def _unit_folder(notice: Notice, unit: str) -> str:
    return safe_name(file_stem(notice.units_by_short[unit]).rstrip("_"), _UNIT_ROOM)


# What there is nothing of ---------------------------------------------------------------------------------------------


def _lacks(round_: Round, forms: Iterable[Form], entries: Iterable[Entry]) -> Iterator[Lack]:
    """Name what is listed and did not come, and the items and units of which nothing is packed."""
    packed: defaultdict[str, set[int]] = defaultdict(set)
    for each in entries:
        if each.unit and each.item and each.file:
            packed[each.unit].add(each.item.no)
    asked = {form.unit: _asked(round_.notice, form) for form in forms}
    for unit in (each.short for each in round_.notice.units):
        items, file = asked.get(unit, {}), round_.file_of(unit)
        if items and not packed[unit]:
            yield Lack(unit=unit, said="一份材料也没有" if file else f"一份材料也没有({_LATE})")
            continue
        lost = [each for each in file.documents if _is_lost(round_.notice, each, packed[unit])] if file else []
        for document in lost:
            yield Lack(
                unit=unit,
                item=round_.notice.item_at(document.sub_point),
                sub_point=document.sub_point,
                title=document.title,
                name=document.name,
                said=document.came.word,
            )
        told = {item.no for each in lost if (item := round_.notice.item_at(each.sub_point))}
        for no, item in items.items():
            if no not in packed[unit] | told:
                yield Lack(unit=unit, item=item, said="这一项一份材料也没有")


def _is_lost(notice: Notice, document: Document, packed: Container[int]) -> bool:
    """Say whether nothing came of a document; one whose file is not named may be among what came for its item."""
    item = notice.item_at(document.sub_point)
    among = document.came is Came.UNNAMED and item is not None and item.no in packed
    return not document.paths and not among


def _asked(notice: Notice, form: Form) -> dict[int, Item]:
    """Give the items for which a form asks for evidence, by their numbers."""
    found = (notice.item_at(code) for code in ledger.prefilled(form.shape).values())
    return {item.no: item for item in sorted(filter(None, found), key=lambda each: each.no)}
