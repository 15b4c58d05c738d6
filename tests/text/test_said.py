"""One message, worded for the files of a catalogue and for its workbook."""

from __future__ import annotations

import pickle
from copy import deepcopy

import pytest

from fazhi_xl.text.said import At, Field, Message, Said, Saying, gaps, said_in


class Told(Message):
    """Messages as a check declares them."""

    BOUND = Saying("“{name}”要写大于0的 {field:Input.minimum},不能除以0", mend="在{sheet:inputs}里填,例如 {example}。")
    FILE = Saying("请先写进 {sheet:departments=departments.toml}", mend="{how}")
    WAY = Saying("{field:Scoring.full=scoring.full} 和 {field:Scoring.places} 只写一个")
    UNKNOWN = Saying("没有“{name}”", mend="{nearest}填简称。")
    BOTH = Saying('写 kind = "all"', book="选{choice:Combine.ALL}或{part:yes}")
    WITHIN = Saying("改后 {place}:{inner}", book="采用以后,{place}:{inner}")


class Book:
    """A workbook's names."""

    def field(self, model: str, field: str) -> str:
        return f"{model}的{field}栏"

    def sheet(self, key: str) -> str:
        return f"{key}页"

    def choice(self, kind: str, choice: str) -> str:
        return f"{kind}的{choice}"

    def part(self, kind: str) -> str:
        return f"{kind}类"

    def place(self, file: str, path: str) -> str:
        return f"{file}里{path}"


BOOK = Book()


def test_of_the_files() -> None:
    """As a text, a message names fields and files as the files write them, and is a text like any other."""
    assert Told.BOUND(name="人口", example=3) == "“人口”要写大于0的 minimum,不能除以0"
    assert str(Told.FILE()) == "请先写进 departments.toml"
    assert str(Told.WAY()) == "scoring.full 和 places 只写一个"
    assert str(Told.WITHIN(place=At("a.toml", "b[0]"), inner=Told.FILE())) == (
        "改后 a.toml 的 b[0]:请先写进 departments.toml"
    )


def test_of_the_workbook() -> None:
    """For a workbook, the names are its own, and the blanks that set off Latin letters are gone; so within another message."""
    assert Told.BOUND(name="人口", example=3).named(BOOK) == "“人口”要写大于0的“Input的minimum栏”,不能除以0"
    assert Told.WAY().named(BOOK) == "“Scoring的full栏”和“Scoring的places栏”只写一个"
    assert Told.BOTH().named(BOOK) == "选“Combine的ALL”或“yes类”"
    within = Told.WITHIN(place=At("a.toml", "b[0]"), inner=Told.FILE())
    assert within.named(BOOK) == "采用以后,a.toml里b[0]:请先写进“departments页”表"
    assert said_in("别处的话", BOOK) == "别处的话"


def test_mending() -> None:
    """How to mend it is said with the values, with what a cell takes, and with the likest of the known names."""
    assert Told.BOUND(name="人口", example=3).mend(BOOK, "") == "在“inputs页”表里填,例如 3。"
    assert Told.FILE().mend(BOOK, "填文字。") == "填文字。"
    assert Told.UNKNOWN(name="农业局", known={"农业农村局"}).mend(BOOK, "") == "是不是“农业农村局”?填简称。"
    assert Told.UNKNOWN(name="农业局", known=["审计"]).mend(BOOK, "") == "现有:审计。填简称。"
    assert Told.UNKNOWN(name="x", known=list("甲乙丙丁戊己庚辛壬")).mend(BOOK, "") == (
        "现有9个,例如甲、乙、丙。填简称。"
    )
    assert Told.UNKNOWN(name="审计局、甲", known=["审计局"]).mend(BOOK, "") == (
        "一行写一个,在格子里按“Alt+回车”换行。填简称。"
    )
    assert Told.UNKNOWN(name="x", known=()).mend(BOOK, "") == "现在一个也没有。填简称。"


def test_what_people_write_is_no_template() -> None:
    """Braces in a name stay what they are."""
    hostile = "{field:Input.minimum}{0}{{"
    assert Told.UNKNOWN(name=hostile, known=()) == f"没有“{hostile}”"
    assert Told.UNKNOWN(name=hostile, known=()).named(BOOK) == f"没有“{hostile}”"


def test_a_missing_value() -> None:
    """A message without one of its values is a mistake of the program, and fails where it is made."""
    with pytest.raises(KeyError):
        Told.UNKNOWN()


def test_gaps() -> None:
    """The gaps of a template are its values, without the marks for names."""
    assert gaps(Told.BOUND.value.told) == {"name"}
    assert gaps(Told.UNKNOWN.value.mend) == frozenset()


def test_copies() -> None:
    """A message comes whole out of a copy and another process."""
    made = Told.UNKNOWN(name="农业局", known={"农业农村局"}, field=Field("A", "b"))
    for copy in (deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert isinstance(copy, Said)
        assert (copy, copy.saying, dict(copy.values)) == (made, made.saying, dict(made.values))
