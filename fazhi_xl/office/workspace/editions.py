"""Editions issued before the current one: where their units, sub-points and rows stand in today's catalogue.

A form or a review book of such an edition bears the numbers of its day. It is read by what they stood for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings.adjustable import Weights
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.input_ids import row_ids
from fazhi_xl.form.model import Shape
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.notice.model import Notice, Unit
from fazhi_xl.office.workspace.folder import Json, Workspace, read_json
from fazhi_xl.office.workspace.identities import (
    RecordedSubPoint,
    RecordedUnit,
    recorded_sub_points,
    recorded_units,
    sub_points_now,
    unit_now,
)

GONE = "旧"
"""Begins the code of a row that has no counterpart today, so that it is no row of today's."""
_CODED = re.compile(r"(?P<code>\d+\.\d+)(?P<rest>(?:\..*)?)", re.DOTALL)
_REVIEWED = re.compile(r"(?P<no>\d{2,3})/(?P<row>.+)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class EarlierEdition:
    """An edition as its record has it, and the catalogue of today. `rows` are the ids of a form's rows, by the unit's number then."""

    text: str
    issued: str  # the day, in ISO form
    notice: Notice
    units: tuple[RecordedUnit, ...]
    sub_points: Mapping[str, RecordedSubPoint]
    situations: Mapping[str, str] = field(default_factory=dict)  # their ids by their labels
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    weights: Weights = field(default_factory=dict)  # what the office had made of findings then

    @classmethod
    def of_record(cls, notice: Notice, held: Json, texts: Mapping[str, str] | None = None) -> EarlierEdition:
        """Read campaign.json as an edition left it; `texts` are those of sub-points that are known elsewhere, by code.

        Raises KeyError, TypeError and the like where it is damaged.
        """
        rows = {name: dict(_recorded_rows(shape["inputs"])) for name, shape in held["shapes"].items()}
        return cls(
            text=str(held["version"]),
            issued=str(held["issued"]),
            notice=notice,
            units=recorded_units(held),
            sub_points=recorded_sub_points(held, texts),
            situations={each["label"]: each["id"] for each in held.get("situations", ())},
            rows={int(unit["no"]): rows[unit["shape"]] for unit in held["units"]},
            weights=Edition.of_record(held).weights,
        )

    @cached_property
    def codes(self) -> Mapping[str, str | None]:
        """Today's code of each sub-point by its code then; None where it is gone or nobody can tell which it is."""
        found = sub_points_now(self.notice, self.sub_points)
        return {code: sub.code if sub else None for code, sub in found.items()}

    def lost(self, unit_no: int) -> tuple[str, ...]:
        """Give the codes then of the sub-points that a unit was asked for, by its number then, and that are not known today."""
        asked = {found["code"]: None for row in self.rows.get(unit_no, {}) if (found := _CODED.fullmatch(row))}
        return tuple(code for code in asked if code in self.codes and self.codes[code] is None)

    @cached_property
    def unit_by_number(self) -> Mapping[int, Unit | None]:
        """Today's unit by the number it had; None where it is gone."""
        return {each.no: unit_now(self.notice, each) for each in self.units}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Today's short names by those that units had, of those that are called otherwise now."""
        found = ((each.short, self.unit_by_number[each.no]) for each in self.units)
        return {short: unit.short for short, unit in found if unit and unit.short != short}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Today's labels of situations by those that they had, of those that are labelled otherwise now."""
        now = self.notice.situation_labels
        return {label: now[key] for label, key in self.situations.items() if now.get(key, label) != label}

    def row(self, code: str) -> str:
        """Give today's code of a sub-point's row, `15.4` or `15.4.次数`; any other row keeps its code."""
        found = _CODED.fullmatch(code)
        if found is None or found["code"] not in self.codes:
            return code
        now = self.codes[found["code"]]
        return f"{now}{found['rest']}" if now else f"{GONE}{code}"

    def rows_of(self, shape: Shape, unit_no: int) -> Mapping[str, str]:
        """Give today's row codes by those of a unit's form then, as far as they differ; `unit_no` is the number that the unit had."""
        now = {name: row for row, name in row_ids(self.notice, shape).items()}
        moved = {row: self._row_now(row, name, now) for row, name in self.rows.get(unit_no, {}).items()}
        return {row: code for row, code in moved.items() if row != code}

    def _row_now(self, row: str, name: str, now: Mapping[str, str]) -> str:
        """Rows of the list of documents follow the sub-points that they are for."""
        if not ledger.is_row(row):
            return self.row(row) if _CODED.fullmatch(row) else now.get(name, row)
        old = next((each for each in self.sub_points.values() if ledger.row_id(each.id) == name), None)
        if old is None:
            return now.get(name, f"{GONE}{row}")
        code = self.codes[old.code]
        return now.get(ledger.row_id(self.notice.sub_points[code].id), f"{GONE}{row}") if code else f"{GONE}{row}"

    def answers(self, before: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """Give values by unit and field code, of facts and scores, under today's names; those of what is gone are left out."""
        units = {each.short: unit.short for each in self.units if (unit := self.unit_by_number[each.no])}
        moved = {
            units.get(name, name): {self._field(key): said for key, said in own.items()} for name, own in before.items()
        }
        return {name: {k: v for k, v in own.items() if not k.startswith(GONE)} for name, own in moved.items()}

    def _field(self, key: str) -> str:
        row, _, column = key.rpartition(".")
        return f"{self.row(row)}.{column}"

    def reviewed_row(self, code: str) -> str:
        """Give today's code of a row on a unit in a review book, `06/15.4`; any other row keeps its code."""
        found = _REVIEWED.fullmatch(code)
        if found is None or int(found["no"]) not in self.unit_by_number:
            return code
        unit = self.unit_by_number[int(found["no"])]
        row = self.row(found["row"])
        return f"{unit.no:02d}/{row}" if unit and not row.startswith(GONE) else f"{GONE}{code}"

    def said(self, text: str) -> str:
        """Give what a cell says today: a sub-point that a list names by its code, a unit or a situation by its name then."""
        code = ledger.sub_point_in(text)
        if text == ledger.written(code) and code in self.codes:
            return ledger.written(self.codes[code] or f"{GONE}{code}")
        return self.names.get(text) or self.labels.get(text, text)


def _recorded_rows(inputs: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """Give the ids of a shape's rows by their codes; where the record has none, those that the form of its day implies.

    There the list of documents began with a row for each sub-point, in their order, and went on with rows that name theirs.
    """
    every = tuple(inputs)
    named = {each["row"]: each["id"].removesuffix(f".{each['column']}") for each in every if "id" in each}
    spare = dict.fromkeys(each["row"] for each in every if each["column"] == ledger.FOR)
    subs = iter(dict.fromkeys(each["sub_point"] for each in every if each["sub_point"]))
    extra = {row: f"+{no:02d}" for no, row in enumerate(spare, 1)}
    for row in dict.fromkeys(each["row"] for each in every):
        if row in named:
            yield row, named[row]
        else:
            yield row, ledger.row_id(extra.get(row) or next(subs, row)) if ledger.is_row(row) else row


def earlier_editions(notice: Notice, space: Workspace, current: str) -> Mapping[str, EarlierEdition]:
    """Read the records of the editions before the current one, by their texts; a record that is damaged is as good as none."""
    found = (_read(notice, path) for path in sorted(space.archive.glob("campaign-*.json")))
    return {each.text: each for each in found if each and each.text != current}


def _read(notice: Notice, path: Path) -> EarlierEdition | None:
    try:
        texts = path.with_name(texts_file(path.stem.partition("-")[2]))
        return EarlierEdition.of_record(notice, read_json(path), read_json(texts) if texts.exists() else None)
    except (WrongUseError, KeyError, TypeError, ValueError, AttributeError):
        return None


def texts_file(edition: str) -> str:
    """Name the file with the texts of an edition's sub-points, where its record, of an earlier version, has none."""
    return f"得分点-{edition}.json"
