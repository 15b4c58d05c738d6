"""Whole rounds over catalogues by chance, computed once more from their plain files and the plain entries, in fractions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from pathlib import Path
from random import Random
from typing import Any

import pytest

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.form.sheets.review.adjudication import ADJUDICATION
from fazhi_xl.form.sheets.review.appeals import APPEALS
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.matters import MatterList
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.office.ranking.what_if import WhatIf
from fazhi_xl.office.review.decision_log import Decision, DecisionLog
from fazhi_xl.office.review.merge import MergeResult
from fazhi_xl.office.review.rulings import with_consequences
from fazhi_xl.office.review.values import readers_of, values_of
from fazhi_xl.scoring.model import Basis, UnitScore
from tests.support.any_rounds import AnyRound, Entered, a_round, registers
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, catalogue
from tests.support.random_catalogues import random_catalogue
from tests.support.rule_oracle import score_by_hand
from tests.support.standings import standing

Raw = dict[str, Any]
Figures = tuple[Fraction, Fraction, Fraction]  # points that apply, points given back, total


@dataclass(kw_only=True)
class Stand:
    """How a sub-point of a unit stands: what is computed and what the office says, None where nothing is."""

    points: Fraction
    computed: Fraction | None
    own: Fraction | None
    reviewed: Fraction | None
    out: bool
    approved: bool | None
    waiting: bool = False
    by_office: bool = False
    contradicted: bool = False

    @property
    def settled(self) -> bool:
        return self.reviewed is not None or self.approved is True


class Oracle:
    """A round by the words of the format."""

    def __init__(self, made: AnyRound) -> None:
        self.made, self.about = made, made.files["notice.toml"]
        self.scoring: Raw = self.about["scoring"]
        self.places, self.down = self.scoring.get("places", 2), self.scoring.get("rounding") == "down"
        filled = {file.unit for file in made.returns if file.answers and file.answers.values}
        self.stands = {
            unit: self._stands(unit, entered) for unit, entered in made.units.items() if entered and unit in filled
        }

    @property
    def official(self) -> bool:
        came = [stands for stands in self.stands.values() if stands]
        return bool(came) and all(each.settled and not each.contradicted for own in came for each in own.values())

    def _stands(self, unit: str, entered: Entered) -> dict[str, Stand]:
        return {code: self._stand(unit, entered, code) for code in entered.facts}

    def _stand(self, unit: str, entered: Entered, code: str) -> Stand:
        raw = self.made.raw(unit, code)
        given, valued = self._given(unit, raw)
        waiting = not valued <= given.keys()
        facts = {**dict.fromkeys((each["key"] for each in raw["inputs"]), 0), **entered.facts[code]}
        computed, out = self._scored(raw, facts)
        stand = Stand(
            points=Fraction(raw["points"]),
            computed=None if valued else computed,
            own=None if valued else entered.own[code] if self.scoring.get("self_score", True) else computed,
            reviewed=None,
            out=False if valued else out,
            approved=None,
            waiting=waiting,
            by_office=bool(valued),
        )
        if given and not waiting:
            score, fed_out = self._scored(raw, {**facts, **given})
            if not (fed_out and stand.out):
                stand.reviewed, stand.approved = (None, True) if fed_out else (score, None)
                stand.contradicted = not valued and _contradicts(entered.decided.get(code), stand)
                return stand
        said = None if valued and waiting else entered.decided.get(code)
        if isinstance(said, str):
            stand.approved = said == "核准"
            stand.reviewed = None if stand.approved else Fraction(0)
        elif said is not None:
            stand.reviewed = said
        return stand

    def _scored(self, raw: Raw, facts: Raw) -> tuple[Fraction, bool]:
        score = score_by_hand(raw, facts, places=self.places, down=self.down)
        return score, score_applies_nowhere(raw, facts)

    def _given(self, unit: str, raw: Raw) -> tuple[dict[str, Fraction], set[str]]:
        """Give what the office's registers say of the unit's facts, and the facts whose values only the office knows."""
        given: dict[str, Fraction] = {}
        valued: set[str] = set()
        for register in registers(self.made.files, "office"):
            scope = register.get("scope", "entry")
            rows = [row for named, row in self.made.rows[register["name"]] if scope == "round" or named == unit]
            for feed in (each for each in register["feeds"] if each["sub_point"] == raw["code"]):
                matching = [row for row in rows if all(row[key] == said for key, said in feed.get("where", {}).items())]
                if "value" in feed:
                    valued.add(feed["input"])
                    given |= {feed["input"]: Fraction(matching[0][feed["value"]])} if matching else {}
                elif rows:
                    counted = (
                        sum((Fraction(row[feed["sum"]]) for row in matching), Fraction(0))
                        if "sum" in feed
                        else Fraction(len(matching))
                    )
                    given[feed["input"]] = counted
        return given, valued

    def figures(self, unit: str) -> Figures:
        stands, official = self.stands[unit], self.official
        drop = self.scoring.get("not_applicable") == "out"

        def approved(stand: Stand) -> bool | None:
            return stand.approved if official or stand.by_office else None

        def counts(stand: Stand) -> bool:
            gone = (stand.out and drop) if approved(stand) is None else approved(stand)
            return not (gone or (stand.by_office and not stand.settled))

        def won(stand: Stand) -> Fraction:
            if approved(stand):
                return Fraction(0)
            said = stand.reviewed if official or stand.by_office else stand.own
            return said or Fraction(0)

        full = sum((each.points for each in stands.values() if counts(each)), Fraction(0))
        awarded = sum((won(each) for each in stands.values()), Fraction(0))
        back = Fraction(0)
        for cap in self.about.get("loss_caps", ()):
            own = [stands[code] for code in cap["sub_points"] if code in stands]
            lost = sum(
                (max(Fraction(0), (each.points if counts(each) else 0) - won(each)) for each in own), Fraction(0)
            )
            back += max(Fraction(0), lost - Fraction(cap["at_most"]))
        return full, back, self._total(full, awarded + back)

    def _total(self, full: Fraction, awarded: Fraction) -> Fraction:
        marks = Fraction(self.scoring["full"])
        match self.scoring.get("percent", "percent"):
            case "raw":
                return self._kept(awarded)
            case "hundred_minus_lost":
                return self._kept(marks - (full - awarded))
        return self._kept(marks * awarded / full) if full else Fraction(0)

    def _kept(self, value: Fraction) -> Fraction:
        exact = abs(value) * 10**self.places
        away = Fraction(floor(exact if self.down else exact + Fraction(1, 2)), 10**self.places)
        return away if value >= 0 else -away


def _contradicts(said: Fraction | str | None, stand: Stand) -> bool:
    """Say whether the reviewer decided otherwise than the register, which counts."""
    if isinstance(said, str):
        return said == "核准" and not stand.approved
    return said is not None and said != stand.reviewed


def score_applies_nowhere(raw: Raw, facts: Raw) -> bool:
    """Say whether no part of a rule applies: with full points for each, what earns nothing either way does not."""
    parts = raw["rule"]["parts"]
    return all(_out(part, facts) for part in parts)


def _out(part: Raw, facts: Raw) -> bool:
    if part["kind"] in {"yes", "grade"}:
        return bool(facts[part["input"]] == "不涉及")
    due = sum(facts[key] or 0 for key in part.get("due", ())) if part["kind"] in {"rate", "bands"} else None
    return due == 0 and bool(part.get("due")) and part.get("no_case") == "not_applicable"


def shown(unit: UnitScore) -> Figures | None:
    if unit.total is None:
        return None
    full, back, total = (Fraction(value) / 100 for value in (unit.full_marks, unit.refund, unit.total))
    return full, back, total


def place(own: Figures, rivals: Iterable[Figures]) -> int:
    return 1 + sum(each[2] > own[2] for each in rivals)


def played(files: Files, folder: Path, seed: int, rounds: int) -> Iterable[AnyRound]:
    notice = catalogue(folder, files)
    forms = tuple(unit_forms(notice, assign(notice), edition=EDITION, key=KEY))
    for no in range(rounds):
        yield a_round(Random(f"{seed}.{no}"), files, notice, forms)


def reviewed(made: AnyRound, oracle: Oracle) -> Iterator[tuple[str, str, Stand]]:
    """Give the sub-points of units whose score is what a reviewer said."""
    for unit, stands in oracle.stands.items():
        entered = made.units[unit]
        for code, stand in stands.items():
            said = entered.decided.get(code) if entered else None
            if isinstance(said, Fraction) and said == stand.reviewed:
                yield unit, code, stand


def granted(made: AnyRound, oracle: Oracle) -> bool:
    """Grant the first unit that lost points the full ones; say whether there was any.

    What is shown before anyone decides, and how the units stand after the ruling, are what the format's words give.
    """
    lost = (
        (unit, code, each.points) for unit, code, each in reviewed(made, oracle) if (each.reviewed or 0) < each.points
    )
    for unit, code, points in lost:
        answers = {
            file.unit: file.answers for file in made.returns if file.unit and file.answers and file.answers.values
        }
        before = WhatIf(forms=made.forms, decided=made.decisions, came=answers).with_score(unit, code, points * 100)
        said = {"复核决定": "改分", "新核定": f"{float(points):.3f}", "说明": "新材料能证明"}
        expected = rule(made, APPEALS, unit, code, said, points)
        agree(before, expected)
        return True
    return False


def adjudicated(made: AnyRound, oracle: Oracle) -> bool:
    """Let somebody rule on a second opinion that was far from the first; say whether there was a score to rule on.

    The score that is ruled counts, lower or higher than both.
    """
    for unit, code, stand in reviewed(made, oracle):
        points = Fraction(0) if stand.reviewed else stand.points
        said = {"核定": f"{float(points):.3f}", "说明": "补看了材料", "审核人": "王主任"}
        rule(made, ADJUDICATION, unit, code, said, points)
        return True
    return False


def rule(
    made: AnyRound, rows: MatterList, unit: str, code: str, said: Mapping[str, str], points: Fraction
) -> dict[str, Figures]:
    """Enter a ruling, and hold how the units stand to the words of the format; gives their figures, and leaves the round ruled."""
    record = DecisionLog(tuple(replace(each, no=no) for no, each in enumerate(made.decisions.decisions.values(), 1)))
    ruling = ruling_on(made, rows, unit, code, said)
    merged = MergeResult(added=(ruling,), findings=(), contested=frozenset())
    added = with_consequences(record, merged, Dossier(notice=made.notice)).added
    assert [each.row for each in added] == [ruling.row, code]
    after = replace(made.decisions, decisions=DecisionLog((*record.decisions, *added)).in_force)
    entered = made.units[unit]
    assert entered
    entered.decided[code] = points
    oracle = Oracle(made)
    expected = {each: oracle.figures(each) for each in oracle.stands}
    agree(standing(made.notice, made.forms, made.returns, after).units, expected)
    return expected


def agree(units: Iterable[UnitScore], expected: Mapping[str, Figures]) -> None:
    for each in units:
        own = expected.get(each.unit)
        assert (shown(each), each.rank) == (own, own and place(own, expected.values())), each.unit


def ruling_on(made: AnyRound, rows: MatterList, unit: str, code: str, said: Mapping[str, str]) -> Decision:
    """Give what the office enters in a row of one of the lists on which it rules."""
    matter = rows.matter(made.notice.units_by_short[unit], made.notice.sub_points[code].id, {})
    return Decision(
        no=0, unit=unit, row=matter.row, values=values_of(said, readers_of(made.notice)(matter.row)), book="审核表.xlsx", sha256="",
        basis="", seen={}, replaces=None, bulk=False, recorded="2031-02-01T09:00:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("catalogues", "rounds"),
    [
        pytest.param(6, 20, id="few"),
        pytest.param(100, 40, id="many", marks=pytest.mark.exhaustive),
    ],
)
def test_every_figure(catalogues: int, rounds: int, tmp_path: Path) -> None:
    """Basis, points, what is given back, totals and ranks are what the format's words give, round by round."""
    came, seed = 0, 0
    seen: set[object] = set()
    asked_once: set[int] = set()
    while came < catalogues:
        seed += 1
        files = random_catalogue(seed)
        if not any(name.startswith("items/") for name in files):
            continue
        try:
            games = list(played(files, tmp_path / str(seed), seed, rounds))
        except BrokenCatalogueError:
            continue
        came += 1
        for made in games:
            oracle = Oracle(made)
            stand = standing(made.notice, made.forms, made.returns, made.decisions)
            basis, units = stand.basis, stand.units
            assert (basis is Basis.REVIEWED) is oracle.official, seed
            expected = {unit: oracle.figures(unit) for unit in oracle.stands}
            for unit in units:
                own = expected.get(unit.unit)
                assert shown(unit) == own, (seed, unit.unit)
                assert unit.rank == (own and place(own, expected.values())), (seed, unit.unit)
            if oracle.official and seed not in asked_once and granted(made, oracle) and adjudicated(made, Oracle(made)):
                asked_once.add(seed)
            seen.add((basis, len(expected) > 1, any(back for _, back, _ in expected.values())))
    assert len(seen) >= 5  # rounds of every sort came up
    assert len(asked_once) > catalogues // 2
