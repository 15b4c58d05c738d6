"""Whole rounds by chance over a catalogue of any kind: what units entered, what the office registered and decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

from fazhi_xl.answers.read import Answers
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.status import Status
from tests.support.catalogues import Files
from tests.support.random_rules import some_facts

Raw = dict[str, Any]
Row = dict[str, str]


@dataclass(kw_only=True)
class Entered:
    """What one unit entered: facts by sub-point and input, and its own scores."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: dict[str, Fraction | None] = field(default_factory=dict)
    decided: dict[str, Fraction | str] = field(default_factory=dict)  # a score, 核准 or 不核准


@dataclass(kw_only=True)
class AnyRound:
    """A round: the units that returned something, and the office's registers by name: rows of an entry's unit, of units, of the round."""

    files: Files
    notice: Notice
    forms: tuple[Form, ...]
    units: dict[str, Entered | None]  # None returned nothing
    rows: dict[str, list[tuple[str, Row]]]

    @property
    def subs(self) -> dict[str, Raw]:
        items = (table for name, table in self.files.items() if name.startswith("items/"))
        return {sub["code"]: sub for each in items for sub in each["sub_points"]}

    def raw(self, unit: str, code: str) -> Raw:
        """Give the sub-point as the unit's class is asked for it."""
        sub = self.subs[code]
        group = next(each["ranking_group"] for each in self.files["units.toml"]["units"] if each["short"] == unit)
        points = sub.get("points_by_group", {}).get(group, sub["points"])
        return {**sub, "points": points}

    @property
    def returns(self) -> tuple[FileResult, ...]:
        held = ((form, self.units[form.unit]) for form in self.forms)
        return tuple(_file(form, entered) for form, entered in held if entered)

    @property
    def decisions(self) -> Decisions:
        made = [self._decision(*each) for each in self._said()]
        answers = {file.unit: file.answers for file in self.returns if file.unit and file.answers}
        return Decisions(notice=self.notice, decisions={each.key: each for each in made}, answers=answers)

    def _said(self) -> Iterator[tuple[str, str, Row]]:
        for unit, entered in self.units.items():
            for code, said in entered.decided.items() if entered else ():
                yield unit, code, {"不涉及": said} if isinstance(said, str) else {"核定": f"{float(said):.3f}"}
        scopes = {each["name"]: each.get("scope", "entry") for each in registers(self.files, "office")}
        for name, rows in self.rows.items():
            for no, (unit, row) in enumerate(rows, 1):
                if scopes[name] == "unit":
                    yield unit, name, row
                else:
                    yield "", f"{name}.{no:03d}", {**({"单位": unit} if unit else {}), **row}

    def _decision(self, unit: str, row: str, said: Row) -> Decision:
        typed = values_of(said, readers_of(self.notice)(row))
        return Decision(
            no=1, unit=unit, row=row, values=typed, book="审核表.xlsx", sha256="", basis="", seen={}, replaces=None, bulk=False,
            recorded="2031-02-01T09:00:00",
        )  # fmt: skip


def registers(files: Files, kept_by: str) -> list[Raw]:
    return [each for each in files.get("registers.toml", {}).get("registers", ()) if each["kept_by"] == kept_by]


def a_round(dice: Random, files: Files, notice: Notice, forms: tuple[Form, ...]) -> AnyRound:
    """Play a round: some units return nothing, some facts are at the edges, and the office has decided all, some or nothing."""
    made = AnyRound(files=files, notice=notice, forms=forms, units={}, rows=_rows(dice, files, [f.unit for f in forms]))
    share = dice.choice((0.0, 0.5, 1.0, 1.0))
    for form in forms:
        made.units[form.unit] = None if dice.random() < 0.15 else _entered(dice, made, form, share)
    return made


def _entered(dice: Random, made: AnyRound, form: Form, share: float) -> Entered:
    entered, places = Entered(), made.notice.about.scoring.places
    for code in form.shape.sub_points:
        raw = made.raw(form.unit, code)
        asked = {each["key"] for each in raw["inputs"] if each.get("given_by", "unit") == "unit"}
        facts = some_facts(dice, raw, made.notice.about.year)
        entered.facts[code] = {key: value for key, value in facts.items() if key in asked}
        low, high = (
            int(Fraction(str(raw.get(key, each))) * 10**places) for key, each in (("least", 0), ("most", raw["points"]))
        )
        entered.own[code] = dice.choice(
            (None, Fraction(high, 10**places), Fraction(dice.randint(low, high), 10**places))
        )
        if dice.random() < share or share == 1.0:
            score = Fraction(dice.choice((low, high, dice.randint(low, high))), 10**places)
            entered.decided[code] = dice.choice(("核准", "不核准")) if dice.random() < 0.2 else score
    return entered


def _rows(dice: Random, files: Files, units: list[str]) -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = {}
    for each in registers(files, "office"):
        match each.get("scope", "entry"):
            case "unit":
                named = [unit for unit in units if dice.random() < 0.8]
            case "round":
                named = [""] if dice.random() < 0.8 else []
            case _:
                named = [dice.choice(units) for _ in range(dice.choice((0, 1, 4)))]
        found[each["name"]] = [(unit, _row(dice, each)) for unit in named]
    return found


def _row(dice: Random, register: Raw) -> Row:
    made: Row = {}
    for column in register["columns"]:
        match column["kind"]:
            case "choice":
                made[column["key"]] = dice.choice(column["options"])
            case "whole":
                made[column["key"]] = str(dice.randint(0, column.get("maximum", 50)))
            case "date":
                made[column["key"]] = date(2030, dice.randint(1, 12), 5).isoformat()
            case _:
                made[column["key"]] = "一件事"
    return made


def _file(form: Form, entered: Entered) -> FileResult:
    values: dict[str, Value] = {
        f"{code}.{key}.填报": value for code, facts in entered.facts.items() for key, value in facts.items()
    }
    values |= {f"{code}.自评": score for code, score in entered.own.items()}
    kept: Mapping[str, Value] = {
        key: value for key, value in values.items() if value is not None and key in form.shape.fields
    }
    return FileResult(
        path=f"{form.unit}.xlsx",
        sha256="0" * 64,
        received=date(2031, 1, 5),
        unit=form.unit,
        status=Status.ACCEPTED,
        answers=Answers(shape=form.shape, values=kept, findings=()),
    )
