"""Sub-points by chance, as a catalogue's file has them, of every rule kind with every option; and facts for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from tests.support.catalogues import Files, item, minimal

Raw = dict[str, Any]
YEAR = 2031  # of the small catalogues
SHARED = ("yes", "count", "count_zero", "rate", "ratio", "fall", "grade", "months", "days")
IN_POINTS = ("tally", "deduct", "balance", "bands")
KINDS = (*SHARED, *IN_POINTS)
_EACH = ("0.01", "0.125", "0.2", "0.25", "0.3", "0.5", "1", "1.5", "3", "0.001", "9")
_POINTS = ("0.25", "0.5", "1", "2", "3", "5", "10", "33.33")
_HUGE = 99_999


def every_kind(seed: str, count: int) -> Files:
    """Make a catalogue with an item for each kind, of so many sub-points each, which keeps scores to three places."""
    items = {}
    for no, kind in enumerate(KINDS, 1):
        dice = Random(f"{seed}{kind}")
        subs = [a_sub_point(dice, f"{no}.{at}", kind=kind) for at in range(1, count + 1)]
        items[f"items/{no:02d}.toml"] = item(no, *subs)
    made = minimal() | items
    full = sum(Decimal(each["points"]) for each in items.values())
    made["notice.toml"]["scoring"] = {"full": full, "places": 3}
    return made


def a_sub_point(dice: Random, code: str = "1.1", *, kind: str | None = None) -> Raw:
    """Make a sub-point whose first part is of the kind, or of any."""
    return _Maker(dice, code).sub_point(kind or dice.choice(KINDS))


@dataclass
class _Maker:
    dice: Random
    code: str
    inputs: list[Raw] = field(default_factory=list)
    points: Decimal = Decimal(1)
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(1)

    def sub_point(self, kind: str) -> Raw:
        dice = self.dice
        self.points = self.most = Decimal(dice.choice(_POINTS))
        alone = kind in IN_POINTS and dice.random() < 0.6
        raw: Raw = {"code": self.code, "text": "一句。", "points": self.points}
        if alone and dice.random() < 0.6:
            raw |= self._other_bounds(kind)
        kinds = [kind] if alone else [kind, *dice.choices(KINDS, k=dice.choice((0, 1, 1, 2, 3)))]
        parts = [self.part(each) for each in kinds]
        combine = dice.choice(("each", "each", "all")) if len(parts) > 1 else "each"
        if combine == "each" and len(parts) > 1 and dice.random() < 0.5:
            parts = [{**part, "weight": dice.randint(1, 5)} for part in parts]
        return {**raw, "inputs": self.inputs, "rule": {"combine": combine, "parts": parts}}

    def _other_bounds(self, kind: str) -> Raw:
        """Let the score go below 0, or above the points, or only below 0, or only above it."""
        dice, own = self.dice, self.points
        choices = [
            (-own, own, own),
            (Decimal(0), own * 2, own),
            (Decimal(0), own, Decimal(0)),
            (-own, 2 * own, Decimal(0)),
        ]
        if kind in {"balance", "bands", "deduct"}:
            choices.append((-own, Decimal(0), Decimal(0)))
        if kind == "deduct":  # begins at the points, so nothing is above them
            choices = [choices[0], (-2 * own, own, own), choices[-1]]
        self.least, self.most, self.points = dice.choice(choices)
        return {"points": self.points, "least": self.least, "most": self.most}

    def part(self, kind: str) -> Raw:
        makers: Mapping[str, Callable[[], Raw]] = {
            "yes": lambda: {"input": self._choice(("是", "否"))},
            "count": lambda: {"input": self._whole(), "at_least": self._target(), "below": self._below()},
            "count_zero": lambda: {"input": self._whole()},
            "rate": self._rate,
            "ratio": self._ratio,
            "fall": self._fall,
            "grade": self._grade,
            "months": lambda: self._stretch((1, 2, 6)),
            "days": lambda: self._stretch((1, 30, 60)),
            "tally": lambda: {"terms": self._terms(), **self._cap()},
            "deduct": lambda: {"terms": self._terms(), **self._cap()},
            "balance": self._balance,
            "bands": self._bands,
        }
        return {"kind": kind, **makers[kind]()}

    def _key(self, **more: object) -> str:
        key = f"甲{len(self.inputs) + 1}"
        measure = self.dice.choice(("次", "篇", "起", ""))
        self.inputs.append({"key": key, "label": f"事实{len(self.inputs) + 1}号", "measure": measure, **more})
        return key

    def _whole(self, **more: object) -> str:
        return self._key(kind="whole", required=self.dice.random() < 0.8, **more)

    def _decimal(self, **more: object) -> str:
        return self._key(kind="decimal", **more)

    def _choice(self, options: tuple[str, ...]) -> str:
        out = ("不涉及",) if self.dice.random() < 0.5 else ()
        return self._key(kind="choice", options=[*options, *out])

    def _target(self) -> int:
        return self.dice.choice((1, 2, 4, 12))

    def _below(self) -> str:
        return self.dice.choice(("zero", "linear"))

    def _no_case(self) -> str:
        return self.dice.choice(("met", "zero", "not_applicable"))

    def _keys(self) -> list[str]:
        return [self._whole() for _ in range(self.dice.choice((1, 1, 2)))]

    def _rate(self) -> Raw:
        named = {"done": self._keys(), "due": self._keys()}
        at_least = self.dice.choice((100, 95, 60, 1))
        return {**named, "at_least": at_least, "below": self._below(), "no_case": self._no_case()}

    def _ratio(self) -> Raw:
        amount = self._whole() if self.dice.random() < 0.5 else self._decimal()
        base = self._decimal(minimum=Decimal("0.01"))
        return {"amount": amount, "base": base, "at_least": self._target(), "below": self._below()}

    def _fall(self) -> Raw:
        equal = self.dice.choice(({}, {"or_equal": True}))
        if self.dice.random() < 0.5:
            return {"this_year": self._whole(), "last_year": self._whole(), **equal}
        bases = {"this_year_of": self._whole(), "last_year_of": self._whole()}
        own = {year: self._whole(not_more_than=bases[f"{year}_of"]) for year in ("this_year", "last_year")}
        return {**own, **bases, **equal}

    def _grade(self) -> Raw:
        return {
            "input": self._choice(("优", "良", "差")),
            "shares": {"优": 100, "良": self.dice.choice((33, 50, 80)), "差": 0},
        }

    def _stretch(self, lengths: tuple[int, ...]) -> Raw:
        start = self._key(kind="date")
        return {
            "start": start,
            "end": self._key(kind="date", not_before=start),
            "at_least": self.dice.choice(lengths),
        }

    def _amount(self) -> Decimal:
        return Decimal(self.dice.choice(_EACH))

    def _cap(self) -> Raw:
        return (
            {"cap": self.dice.choice((Decimal("0.125"), Decimal("0.5"), Decimal(1), Decimal("2.5")))}
            if self.dice.random() < 0.4
            else {}
        )

    def _terms(self) -> list[Raw]:
        return [self._term() for _ in range(self.dice.choice((1, 1, 2, 3)))]

    def _term(self) -> Raw:
        own = {"each": self._amount(), **self._cap()}
        if self.dice.random() < 0.4:
            step = self.dice.choice(("full", "begun", "exact"))
            side = self.dice.choice(("below", "above"))
            return {"done": self._keys(), "due": self._keys(), **self._reference(), "side": side, "step": step, **own}
        more = self.dice.choice(({}, {}, {"target": self._target()}, {"again": self.dice.choice((2, 3))}))
        return {"input": self._whole(), **more, **own}

    def _reference(self) -> Raw:
        match self.dice.choice(("number", "input", "last")):
            case "number":
                return {"reference": Decimal(self.dice.choice(("95", "0", "100", "12.5", "33.33")))}
            case "input":
                make = self.dice.choice((self._whole, self._decimal))
                key = make()
                self.inputs[-1] |= {"required": True, "maximum": Decimal(100)}
                return {"reference_input": key}
        return {"last_done": self._keys(), "last_due": self._keys()}

    def _balance(self) -> Raw:
        sides = self.dice.choice((("plus",), ("minus",), ("plus", "minus")))
        start = self.dice.choice((Decimal(0), self.most, self.least))
        return {"start": start, **{side: self._terms() for side in sides}}

    def _bands(self) -> Raw:
        dice = self.dice
        span = self.most - self.least
        points = sorted({self.least + span * dice.randint(0, 20) / 20 for _ in range(3)}, reverse=True)
        points = [each.quantize(Decimal("0.001")) for each in points]
        bound = dice.choice(("at_least", "at_most"))
        asked: tuple[Any, ...] = (0, 1, 50, 95, Decimal("97.5"), 100)
        bounds = sorted(dice.sample(asked, len(points)), reverse=bound == "at_least")
        bands = [{bound: at, "points": each} for at, each in zip(bounds, points, strict=True)]
        otherwise = dice.choice((Decimal(0), self.least))
        if dice.random() < 0.5:
            make = dice.choice((self._whole, self._decimal))
            return {"input": make(), "bands": bands, "otherwise": otherwise}
        rate = {"done": self._keys(), "due": self._keys()}
        return {**rate, "bands": bands, "otherwise": otherwise, "no_case": self._no_case()}


def some_facts(dice: Random, raw: Raw, year: int = YEAR) -> dict[str, Any]:
    """Give facts that the inputs take: blank where they may be, zero, at the bounds of the rule, huge, and any."""
    facts: dict[str, Any] = {each["key"]: _fact(dice, each, year) for each in raw["inputs"]}
    for part in raw["rule"]["parts"]:
        for rate in _rates(part):
            if dice.random() < 0.6:
                facts |= _near(dice, rate, facts)
    for each in raw["inputs"]:
        key = each["key"]
        if "not_before" in each:
            facts[key] = max(facts[key], facts[each["not_before"]])
        if "not_more_than" in each:
            facts[key] = min(facts[key] or 0, facts[each["not_more_than"]] or 0)
    return facts


def _fact(dice: Random, asked: Raw, year: int) -> object:
    kind, highest = asked["kind"], int(asked.get("maximum", _HUGE))
    if kind == "choice":
        return dice.choice(asked["options"])
    if kind == "date":
        return date(year, 1, 1) + timedelta(days=dice.choice((0, 30, 31, 58, 59, 89, 90, 364, dice.randint(0, 364))))
    if kind == "decimal":
        lowest = Fraction(str(asked.get("minimum", 0)))
        edges = (Fraction(1), Fraction(50), Fraction("97.49"), Fraction("97.5"))
        some = (lowest, *edges, Fraction(dice.randint(1, 9_999), 100), Fraction(highest))
        return dice.choice([each for each in some if lowest <= each <= highest])
    counts = (*(each for each in (0, 1, 2, 3, 4, 5, 11, 12, 13, dice.randint(0, 200)) if each <= highest), highest)
    return dice.choice((*counts, *(() if asked.get("required", True) else (None,))))


def _rates(part: Raw) -> Iterator[Raw]:
    """Give what compares a rate with a bound: the part itself, or terms of it."""
    sides = (part, *part.get("terms", ()), *part.get("plus", ()), *part.get("minus", ()))
    yield from (each for each in sides if "done" in each)


def _near(dice: Random, rate: Raw, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a rate close to its bound: on it, whole percentage points from it, or a case more or less."""
    due = dice.choice((1, 3, 7, 20, 100, 200, 1_000, 25_000, _HUGE))
    bound = rate.get("at_least", rate.get("reference", dice.choice((95, 98, 50))))
    if "reference_input" in rate:
        bound = facts[rate["reference_input"]] or 0
    points = Fraction(str(bound)) + dice.choice((0, -1, 1, -2, 5))
    done = min(_HUGE, max(0, int(points * due / 100) + dice.choice((0, 0, 1, -1))))
    return {**dict.fromkeys((*rate["done"], *rate["due"]), 0), rate["done"][0]: done, rate["due"][0]: due}
