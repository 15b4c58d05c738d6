"""Copies of one form that were filled in apart, put together: nothing is lost, and the order makes no difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import permutations

from fazhi_xl.answers.halves import Said, Together, Unread, put_together
from fazhi_xl.form.expression import Value
from tests.support.campaign import forms

SHAPE = forms()["信访局"].shape
COUNT, SELF, REMARK = "15.6.次数.填报", "15.6.自评", "15.6.说明"


VAGUE = {"加分.01.日期": Unread("去年底")}


def together(*copies: Mapping[str, Said]) -> Together:
    """Put copies together in every order, the same."""
    made = [put_together(SHAPE, each) for each in permutations(copies)]
    assert all(each == made[0] for each in made)
    return made[0]


def claim(no: int, matter: str, **more: Value) -> dict[str, Value]:
    return {f"加分.{no:02d}.{column}": value for column, value in {"事项": matter, **more}.items()}


def test_one_input_each() -> None:
    """What only one says is taken, and what they say alike; what they say differently is a conflict, and blank."""
    found = together({COUNT: 5, SELF: 1}, {SELF: 1, REMARK: "开展"}, {})
    assert found == Together(values={COUNT: 5, SELF: 1, REMARK: "开展"})
    assert together({COUNT: 5, SELF: 1}, {COUNT: 6, SELF: 1}) == Together(values={SELF: 1}, conflicts=(COUNT,))
    assert together({COUNT: 0}, {COUNT: "0"}).conflicts == (COUNT,)


def test_blank_copies() -> None:
    """Blank copies give a blank form, and identical ones what each of them says."""
    assert together({}, {}) == Together(values={})
    assert together({COUNT: 5}, {COUNT: 5}, {COUNT: 5}) == Together(values={COUNT: 5})


def test_rows_of_a_list() -> None:
    """Entries in the same row of two copies both stand, the second in the next blank row; the same entry stands once."""
    both = together({**claim(1, "甲"), **claim(2, "乙")}, {**claim(1, "丙"), **claim(3, "甲")})
    assert both == Together(values={**claim(1, "丙"), **claim(2, "乙"), **claim(3, "甲")})
    more = together({**claim(1, "甲"), **claim(2, "乙")}, {**claim(1, "丙"), **claim(2, "乙")})
    assert sorted(str(value) for value in more.values.values()) == ["丙", "乙", "甲"]
    assert (more.conflicts, more.left) == ((), ())


def test_an_entry_that_one_filled_in_further() -> None:
    """An entry of which another copy has more columns is the same one."""
    further = claim(1, "甲", 日期=date(2020, 9, 1))
    assert together(claim(1, "甲"), further) == Together(values=further)


def test_an_entry_that_stands_twice() -> None:
    """What one copy has twice stands twice."""
    assert together({**claim(1, "甲"), **claim(2, "甲")}, claim(1, "甲")).values == {**claim(1, "甲"), **claim(2, "甲")}


def test_more_entries_than_rows() -> None:
    """Entries for which a list has no row are told, none is lost, and nothing else is pushed out."""
    one = {key: value for no in range(1, 13) for key, value in claim(no, f"甲{no}").items()}
    other = {key: value for no in range(1, 3) for key, value in claim(no, f"乙{no}").items()}
    found = together(one, other)
    said = [*found.values.values(), *(value for _, entry in found.left for _, value in entry)]
    assert sorted(map(str, said)) == sorted(map(str, [*one.values(), *other.values()]))
    assert [row for row, _ in found.left] == ["加分.01", "加分.02"]


def test_rows_that_stand_for_something() -> None:
    """A month's row, or a sub-point's, is no other's: two entries there are conflicts, input by input."""
    month = "信息.01.标题"
    assert together({month: "甲"}, {month: "乙"}) == Together(values={}, conflicts=(month,))


def test_what_cannot_be_read() -> None:
    """What cannot be read leaves its input blank and is told, and contradicts whatever another copy says there."""
    vague = Unread("约30")
    assert together({COUNT: vague, SELF: 1}, {}) == Together(values={SELF: 1}, unread=((COUNT, COUNT),))
    assert together({COUNT: vague}, {COUNT: vague}).unread == ((COUNT, COUNT),)
    assert together({COUNT: vague}, {COUNT: 13}) == Together(values={}, conflicts=(COUNT,))
    assert together({COUNT: Unread("13")}, {COUNT: 13}).conflicts == (COUNT,)


def test_an_entry_that_cannot_be_read_whole() -> None:
    """What cannot be read of an entry moves with it, and is told where the entry is now, with where it stood."""
    found = together({**claim(1, "甲"), **VAGUE}, claim(1, "乙", 机关="县委"))
    assert found.values == {**claim(1, "乙", 机关="县委"), **claim(2, "甲")}
    assert found.unread == (("加分.02.日期", "加分.01.日期"),)
    known = together({**claim(1, "甲"), **VAGUE}, claim(1, "甲"))
    assert (known.values, known.unread) == (claim(1, "甲"), (("加分.01.日期", "加分.01.日期"),))
