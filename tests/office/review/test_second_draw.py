"""Drawing for second opinions: all that lost points, all that are worth many, and a share of the rest, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from fazhi_xl.cli.second import share_of
from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.office.review.decision_log import Decision
from fazhi_xl.office.review.effects import Decisions
from fazhi_xl.office.review.second.draw import Candidate, Lot, drawn
from fazhi_xl.office.review.second.drawn import Drawing, draw_anew, of_the_rest
from fazhi_xl.office.review.values import values_of
from fazhi_xl.rounds.second import Stratum
from tests.support.campaign import the_notice

UNITS = ("法院", "检察院", "科协", "税务局", "审计局", "教育局")
KEY, OTHER_KEY = bytes(32), b"\1" * 32
CODES = ("1.1", "6.1", "15.1", "15.4", "15.6")  # 15.4 is worth ten points


def a_lot(share: Fraction, seed: int, key: bytes = KEY) -> Lot:
    return Lot(share=share, seed=seed, key=key)


def decision(no: int, unit: str, code: str, score: str = "1", reviewer: str = "张三") -> Decision:
    return Decision(
        no=no, unit=unit, row=code, values=values_of({"核定": score, "审核人": reviewer}), book="审核表.xlsx", sha256="",
        basis="", seen=MappingProxyType({}), replaces=None, bulk=False, recorded="2020-12-01T09:00:00",
    )  # fmt: skip


def a_review(lost: tuple[str, str] = ("法院", "6.1")) -> tuple[Dossier, Decisions]:
    """Give units that scored themselves with 1 point everywhere, which the office gave all of them but one."""
    notice = the_notice()
    pairs = [(unit, code) for unit in UNITS for code in CODES]
    cases = tuple(
        Case(unit=notice.units_by_short[unit], sub=notice.sub_points[code], self_score=100) for unit, code in pairs
    )
    decided = {pair: decision(no, *pair, score="0.5" if pair == lost else "1") for no, pair in enumerate(pairs, 1)}
    return Dossier(notice=notice, cases=cases), Decisions(notice=notice, decisions=decided)


def names(found: tuple[Candidate, ...]) -> list[tuple[str, str]]:
    return [(each.case.unit.short, each.case.sub.code) for each in found]


def test_what_is_drawn() -> None:
    """Every lost point and every large sub-point, and of the rest the share, rounded up, spread over the sub-points."""
    found = drawn(*a_review(), a_lot(Fraction(1, 4), 7))
    assert Counter(each.stratum for each in found) == {Stratum.DEDUCTED: 1, Stratum.LARGE: 6, Stratum.REST: 6}
    assert ("法院", "6.1") in names(found)
    rest = Counter(each.case.sub.code for each in found if each.stratum is Stratum.REST)
    assert rest.keys() == {"1.1", "6.1", "15.1", "15.6"}
    assert max(rest.values()) == 2


def test_the_seed_decides() -> None:
    """The same seed gives the same rows in the same order, another seed others; so does another round's secret."""
    once, again = (drawn(*a_review(), a_lot(Fraction(1, 4), 7)) for _ in range(2))
    assert names(once) == names(again)
    assert names(once) != names(drawn(*a_review(), a_lot(Fraction(1, 4), 8)))
    assert names(once) != names(drawn(*a_review(), a_lot(Fraction(1, 4), 7, OTHER_KEY)))


@pytest.mark.parametrize(("share", "number"), [(Fraction(0), 0), (Fraction(1, 1000), 1), (Fraction(1), 23)])
def test_the_share(share: Fraction, number: int) -> None:
    """Nothing, one at least of a share however small, or all of the rest."""
    found = drawn(*a_review(), a_lot(share, 7))
    assert sum(each.stratum is Stratum.REST for each in found) == number
    assert len({each.ids for each in found}) == len(found)


def test_what_nobody_scored() -> None:
    """Undecided sub-points and decisions without a reviewer are not drawn."""
    dossier, decided = a_review()
    unsigned = {("法院", "6.1"): decision(1, "法院", "6.1", reviewer="")}
    assert drawn(dossier, replace(decided, decisions=unsigned), a_lot(Fraction(1), 7)) == ()


def test_a_second_drawing() -> None:
    """It has what was not drawn before, and what was decided anew since; the same again draws nothing."""
    dossier, decided = a_review()
    lot = a_lot(Fraction(0), 7)
    first = draw_anew(lot, drawn(dossier, decided, lot), (), "2020-12-02T09:00:00")
    assert first is not None
    assert (first.no, first.book, len(first.rows)) == (1, "复审/复审表_第01批.xlsx", 7)
    assert draw_anew(lot, drawn(dossier, decided, lot), (first,), "") is None
    changed = replace(decided, decisions={**decided.decisions, ("法院", "6.1"): decision(99, "法院", "6.1", "0.4")})
    second = draw_anew(lot, drawn(dossier, changed, lot), (first,), "")
    assert second is not None
    assert [(row.code, row.decision) for row in second.rows] == [("复审02.001", 99)]


def test_what_was_drawn_of_the_rest() -> None:
    """It counts for the share, whatever the seed and the secret were that it was drawn with: the same share again draws nothing."""
    dossier, decided = a_review()
    lot = a_lot(Fraction(1, 4), 7, OTHER_KEY)
    first = draw_anew(lot, drawn(dossier, decided, lot), (), "")
    assert first is not None
    known = of_the_rest((first,))
    assert len(known) == 6
    again = a_lot(Fraction(1, 4), 8)
    assert draw_anew(again, drawn(dossier, decided, again, known), (first,), "") is None
    more = a_lot(Fraction(1, 2), 8)
    added = draw_anew(more, drawn(dossier, decided, more, known), (first,), "")
    assert added is not None
    assert [row.stratum for row in added.rows] == ["rest"] * 6


def test_its_number() -> None:
    """It is none under which second opinions are on record, though the drawing itself is gone."""
    dossier, decided = a_review()
    lot = a_lot(Fraction(0), 7)
    made = draw_anew(lot, drawn(dossier, decided, lot), (), "", 3)
    assert made is not None
    assert made.no == 4


def test_code_names_are_the_rounds_secret() -> None:
    """The seed alone does not say which unit has which code name."""
    dossier, decided = a_review()
    made = [
        draw_anew(lot, drawn(dossier, decided, lot), (), "")
        for lot in (a_lot(Fraction(1), 7, key) for key in (KEY, OTHER_KEY))
    ]
    one, other = ({row.unit_id: row.alias for row in each.rows} for each in made if each)
    assert one.keys() == other.keys()
    assert one != other


def test_code_names() -> None:
    """A unit has one code name in a book, which says nothing of its number, and rows are numbered in the order of chance."""
    dossier, decided = a_review()
    lot = a_lot(Fraction(1), 7)
    made = draw_anew(lot, drawn(dossier, decided, lot), (), "")
    assert made is not None
    aliases = {row.unit_id: row.alias for row in made.rows}
    assert sorted(aliases.values()) == [f"单位{no:02d}" for no in range(1, 7)]
    assert list(aliases) != sorted(aliases, key=lambda unit: aliases[unit])
    assert all(aliases[row.unit_id] == row.alias for row in made.rows)
    assert [row.code for row in made.rows] == [f"复审01.{no:03d}" for no in range(1, 31)]
    assert isinstance(made, Drawing)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("10%", Fraction(1, 10)),
        (" 2.5 % ", Fraction(1, 40)),
        ("0%", Fraction(0)),
        ("100%", Fraction(1)),
        ("10\uff05", Fraction(1, 10)),
    ],
)
def test_a_share(text: str, share: Fraction) -> None:
    """A share is written in per cent, whatever the sign's width."""
    assert share_of(text) == share


@pytest.mark.parametrize("text", ["", "10", "0.1", "101%", "-5%", "十%", "10%%", "1e1%"])
def test_no_share(text: str) -> None:
    """Anything else is refused with an example."""
    with pytest.raises(WrongUseError, match="例如 --second 10%"):
        share_of(text)
