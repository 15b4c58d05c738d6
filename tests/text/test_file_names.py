"""Names that every system takes: reserved ones, characters, lengths, and names that differ in case alone."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pytest

from fazhi_xl.text.file_names import (
    Names,
    Unfit,
    folded,
    is_taken_here,
    numbered,
    safe_name,
    set_aside,
    unfit,
    windows_takes,
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("总结.pdf", "总结.pdf"),
        ("CON", "_CON"), ("con.pdf", "_con.pdf"), ("NUL.tar.gz", "_NUL.tar.gz"), ("com1.txt", "_com1.txt"), ("LPT9", "_LPT9"),
        ("COM10.txt", "COM10.txt"), ("console.pdf", "console.pdf"), ("aux ", "_aux"), ("COM¹.txt", "_COM¹.txt"),
        ("con .txt", "_con .txt"), ("con x.txt", "con x.txt"),
        ("总结. .", "总结"), ("总结.pdf ", "总结.pdf"), (" 总结.pdf", "总结.pdf"), ("...", "无名"), ("", "无名"), ("\u200b", "无名"),
        ('a<b>c:d"e|f?g*h.pdf', "a＜b＞c：d＂e｜f？g＊h.pdf"), ("a/b\\c.pdf", "a／b＼c.pdf"),
        ("完成率95%.pdf", "完成率95％.pdf"), ("a#2.pdf", "a＃2.pdf"),
        ("a\x07b\nc\u202edpf.exe", "a b c dpf.exe"), ("\ufeff总结.pdf", "总结.pdf"),
        (".隐藏", "_.隐藏"), ("~$总结.docx", "_~$总结.docx"), ("e\u0301.pdf", "\u00e9.pdf"),
    ],
)  # fmt: skip
def test_safe_names(name: str, safe: str) -> None:
    """What some system refuses, hides or takes for a device is written so that all take it alike; and what is safe stays."""
    assert safe_name(name) == safe
    assert safe_name(safe) == safe


UNFIT: Mapping[Unfit, tuple[str, ...]] = {
    Unfit.EMPTY: ("", " ", "\u3000"),
    Unfit.UNSEEN: ("甲\u200b县", "甲\n县", "甲\x00", "甲\u202e县"),
    Unfit.SIGN: ("甲/乙", "甲\\乙", "C:", "*", "甲?", '"甲"', "<甲>", "甲|乙"),
    Unfit.EDGE: (".甲", "~$甲", "甲.", "甲 ", " 甲", "..", "甲县. "),
    Unfit.RESERVED: ("CON", "nul", "Aux.xlsx", "COM1", "lpt³", "prn .x", "conin$"),
}


@pytest.mark.parametrize(("why", "name"), [(why, name) for why, names in UNFIT.items() for name in names])
def test_unfit(why: Unfit, name: str) -> None:
    """A name that some system refuses, hides, cuts or takes for a device is known as unfit, and what is made of it is not."""
    assert unfit(name) is why
    assert unfit(safe_name(name)) is None


@pytest.mark.parametrize(
    ("path", "takes"),
    [
        ("回收/表.xlsx", True), ("回收/.藏.xlsx", True), ("回收/~表.xlsx", True), ("回收/a:b.xlsx", False), ("回收/表./x", False),
        ("回收/con.txt", False), ("回收 /x", False), ("回收/a\\b", False), ("回收/问?", False),
    ],
)  # fmt: skip
def test_what_windows_takes(monkeypatch: pytest.MonkeyPatch, path: str, takes: bool) -> None:  # noqa: FBT001 - a case
    """Of a path that Windows would refuse, cut or take for a device or for a stream of another file, that is known."""
    assert windows_takes(path) is takes
    for system in ("win32", "linux"):
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", system)
            assert is_taken_here(path) is (takes or system == "linux")


@pytest.mark.parametrize("name", ["甲县", "COM10", "console", "甲 县", "甲.乙", "法治办(2)", "#1", "95%", "é", "con x"])
def test_fit(name: str) -> None:
    """A name that all systems take is fit."""
    assert unfit(name) is None


@pytest.mark.parametrize(
    "name", ["长" * 77 + ".pdf", "长" * 300 + ".pdf", "𠂇" * 79, "a" * 99 + "." + "b" * 99, "长" * 90]
)
def test_long_names(name: str) -> None:
    """A name of more than 80 characters, or of more bytes than a disk takes, is cut; its digest and its ending stay."""
    safe = safe_name(name)
    assert len(safe) <= 80
    assert len(safe.encode()) <= 230
    assert "~" in safe
    assert safe.endswith(".pdf") == name.endswith(".pdf")
    assert safe != safe_name(name.replace("长", "常").replace("𠂇", "𠂉").replace("b", "c"))


def test_a_name_that_just_fits() -> None:
    """One of 80 characters stays as it is."""
    assert safe_name("a" * 76 + ".pdf") == "a" * 76 + ".pdf"


def test_names_that_collide() -> None:
    """In one folder no two names are the same to a system that does not tell large letters from small; in two folders they may be."""
    names = Names()
    given = [names.within("甲", name) for name in ("A.pdf", "a.PDF", "a(2).pdf", "A.pdf", "长" * 90, "长" * 90)]
    assert given[:4] == ["甲/A.pdf", "甲/a(2).PDF", "甲/a(2)(2).pdf", "甲/A(3).pdf"]
    assert len({folded(each) for each in given}) == 6
    assert names.within("乙", "A.pdf") == "乙/A.pdf"


def test_paths_have_an_end() -> None:
    """A path below the folder takes at most 200 characters, whatever folders it lies in."""
    folder = "项" * 80 + "/" + "位" * 80
    assert len(Names().within(folder, "名" * 100 + ".pdf")) == 200


def test_names_set_aside() -> None:
    """What people changed is kept beside the file, under its name and ending."""
    assert [set_aside("总结.pdf"), set_aside("总结.pdf", 2), numbered("a", 3)] == [
        "总结_改动.pdf",
        "总结_改动(2).pdf",
        "a(3)",
    ]
