"""Moves last year's catalogue to the next year: its days, its year, the beginning of its form numbers.

Ids are written out where the catalogue gives none, so that next year's forms know what last year's answers were to, and each
reading that was confirmed is open again. No text is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fazhi_xl.errors import BrokenCatalogueError, WrongUseError
from fazhi_xl.notice.earlier_format import upgraded
from fazhi_xl.notice.load import source_problems
from fazhi_xl.notice.patterns import FORM_PREFIX
from fazhi_xl.notice.places import located
from fazhi_xl.notice.source import Source, TomlTable, item_no
from fazhi_xl.setup.book.check import examine
from fazhi_xl.setup.new_year.days import with_days_later
from fazhi_xl.setup.new_year.decisions import decisions
from fazhi_xl.setup.new_year.remark import Kind, Remark
from fazhi_xl.setup.new_year.words import move_of, named_years
from fazhi_xl.setup.open_source import OpenedSource
from fazhi_xl.text.commands import Command

_LONGEST = 20  # years from one catalogue to the next; more is a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class NewYear:
    """A catalogue moved to another year, and what the office has to look at in it, in the order of the files."""

    source: Source
    remarks: tuple[Remark, ...]

    def of(self, kind: Kind) -> tuple[Remark, ...]:
        """Give the remarks of a kind."""
        return tuple(each for each in self.remarks if each.kind is kind)


def new_year(old: OpenedSource, year: int) -> NewYear:
    """Move a catalogue to a year. Raises BrokenCatalogueError where it has faults, WrongUseError where it cannot be moved there."""
    source = _sound(old)
    before = source.table("notice.toml")["year"]
    if not before < year <= before + _LONGEST:
        message = f"新的年度{year}不对:{old.name} 是{before}年的,新的年度要比它晚,例如{before + 1}。"
        raise WrongUseError(message)
    moved = _moved(source, year - before)
    remarks = (*named_years(moved, old.comments, move_of(source, before, year)), *decisions(source, moved))
    return NewYear(source=moved, remarks=remarks)


def _sound(old: OpenedSource) -> Source:
    """Give the tables as this version writes them, without any fault."""
    if old.book is not None and examine(old.book, old.folder).wrong:
        raise WrongUseError(f"{old.book.path} 里还有错误,没有做。先用 ", Command.CHECK, " 检查,改好了再来。")
    faults = source_problems(old.readable)
    if faults:
        raise BrokenCatalogueError(tuple(located(fault, old.folder, old.source) for fault in faults))
    return upgraded(old.source)


def _moved(source: Source, years: int) -> Source:
    files = {file: _with_ids(file, with_days_later(table, years)) for file, table in source.files.items()}
    about = files["notice.toml"]
    now = about["year"] + years
    files["notice.toml"] = {**about, "year": now, "form_prefix": _prefix(about["form_prefix"], about["year"], now)}
    if "readings.toml" in files:
        files["readings.toml"] = _open_again(files["readings.toml"])
    return replace(source, files=files)


def _prefix(prefix: str, before: int, now: int) -> str:
    """Write the new year in the form numbers' beginning, with as many figures. Raises WrongUseError where it has no year."""
    for old, new in ((str(before), str(now)), (f"{before % 100:02d}", f"{now % 100:02d}")):
        if re.search(rf"(?<!\d){old}(?!\d)", prefix):
            return re.sub(rf"(?<!\d){old}(?!\d)", new, prefix)
    example = next(each for each in (f"{prefix}{before}", f"{prefix[:6]}{before}") if re.fullmatch(FORM_PREFIX, each))
    message = (
        f"表号开头“{prefix}”里没有年度{before},推不出新的。去年的目录不要改:先把它复制一份,在复制的里面把表号开头"
        f"(notice.toml 的 form_prefix)写成带年度的,例如“{example}”,再用复制的这一份来做。"
    )
    raise WrongUseError(message)


_ID_OF: Mapping[str, Mapping[str, str]] = {
    "units.toml": {"units": "short"},
    "adjustments.toml": {"bonus": "label", "deductions": "label", "vetoes": "label"},
}
_ID_OF_ITEM, _IDS_IN_ITEM = "no", {"sub_points": "code"}


def _with_ids(file: str, table: TomlTable) -> TomlTable:
    """Write out the ids for which something else stands."""
    lists = _IDS_IN_ITEM if item_no(file) else _ID_OF.get(file, {})
    made = {key: list(_each_with_id(value, lists[key])) if key in lists else value for key, value in table.items()}
    return _with_id(made, _ID_OF_ITEM) if item_no(file) else made


def _each_with_id(tables: list[TomlTable], field: str) -> Iterator[TomlTable]:
    yield from (_with_id(table, field) for table in tables)


def _with_id(table: TomlTable, field: str) -> TomlTable:
    if table.get("id"):
        return table
    return {"id": str(table[field]), **{key: value for key, value in table.items() if key != "id"}}


def _open_again(table: TomlTable) -> TomlTable:
    opened = [{**each, "confirmed": False} if each.get("confirmed") else each for each in table["readings"]]
    return {**table, "readings": opened}
