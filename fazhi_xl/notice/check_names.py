"""Checks of names and lists against what Excel and file systems take: sheets, files, formulas, drop-down lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fazhi_xl.errors import Problem
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source, TomlTable, tables
from fazhi_xl.text.file_names import SIGNS
from fazhi_xl.text.said import At

_FORBIDDEN = re.compile(rf"[\[\]{re.escape(SIGNS)}\x00-\x1f]")
_FORMULA = ("=", "+", "-", "@")  # what a cell that begins so is taken for
_LIST_LENGTH = 255  # characters of a drop-down list, the commas between the options included
_SHEET_LENGTH = 31
_NAME_LENGTH = 40  # of what stands in file names and in heads of columns

# Names that stand in file names, sheets, formulas or heads of columns: file, section, field.
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("units.toml", "units", "short"),
    ("units.toml", "ranking_groups", "code"),
    ("units.toml", "ranking_groups", "name"),
    ("notice.toml", "grades", "name"),
    ("adjustments.toml", "bonus", "label"),
    ("adjustments.toml", "deductions", "label"),
    ("adjustments.toml", "vetoes", "label"),
    ("adjustments.toml", "limits", "name"),
    ("registers.toml", "registers", "name"),
)
# The sheets that every form or review book may have.
OWN_SHEETS = frozenset(
    {"任务分解表", "台账目录", "加分申报", "减分情形提供表", "填报说明", "审核", "加分认定", "减分登记", "否决登记"}
)
_OWN_CODES = frozenset(
    {"台账", "加分", "减分", "减分单位", "减分登记", "否决登记", "联络", "检查", "合计", "限额"}
)  # what row codes begin with


def plain_names(source: Source) -> Iterator[Problem]:
    """Report names with characters that a sheet, a file or a formula cannot take, and overlong ones."""
    for file, section, field in _NAMES:
        for at, table in tables(source.table(file), section):
            yield from _plain(file, path_text(section, at, field), table.get(field))
    for file in source.items:
        yield from _plain(file, "aspect", source.table(file).get("aspect"))


def _plain(file: str, path: str, name: object) -> Iterator[Problem]:
    if not isinstance(name, str):
        return
    if found := _FORBIDDEN.search(name):
        message = Fault.FORBIDDEN(name=name, found=found[0], signs='[ ] / \\ ? * : " < > |')
        yield Problem(file=file, path=path, message=message)
    if len(name) > _NAME_LENGTH:
        yield Problem(file=file, path=path, message=Fault.TOO_LONG(most=_NAME_LENGTH, length=len(name)))
    if name != name.strip():
        yield Problem(file=file, path=path, message=Fault.SPACES_AROUND(name=name, stripped=name.strip()))


_LENGTHS = {"title": 200, "number": 60, "short_title": 60, "district": 40, "issuer": 100, "office": 60}
_UNIT_LENGTH = 100


def text_lengths(source: Source) -> Iterator[Problem]:
    """Report what stands in titles, footers and single cells and is too long for them."""
    about = source.table("notice.toml")
    named = [("notice.toml", field, about.get(field), most) for field, most in _LENGTHS.items()]
    for at, unit in tables(source.table("units.toml"), "units"):
        named.append(("units.toml", path_text("units", at, "name"), unit.get("name"), _UNIT_LENGTH))
    for file, path, text, most in named:
        if isinstance(text, str) and len(text) > most:
            yield Problem(file=file, path=path, message=Fault.TOO_LONG(most=most, length=len(text)))


_SUSPECT = re.compile(r"""\\[xu]|(['"])\s+\1""")  # what the text of a table shows where one of its texts needs a look
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def readable_texts(source: Source) -> Iterator[Problem]:
    """Report texts with characters that no workbook can hold, and those of nothing but spaces."""
    suspect = ((file, table) for file, table in source.files.items() if _SUSPECT.search(str(table)))
    for file, table in suspect:
        for place, text in _texts(table):
            if found := _UNPRINTABLE.search(text):
                message = Fault.UNPRINTABLE(code=f"{ord(found[0]):04X}")
                yield Problem(file=file, path=path_text(*place), message=message)
            elif text and not text.strip():
                yield Problem(file=file, path=path_text(*place), message=Fault.ONLY_SPACES())


def _texts(node: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, str):
        yield place, node
    for key, value in node.items() if isinstance(node, dict) else enumerate(node if isinstance(node, list) else ()):
        yield from _texts(value, (*place, key))


def sheet_names(source: Source) -> Iterator[Problem]:
    """Report sheets that are called alike, or otherwise than Excel takes."""
    taken = {name.lower() for name in OWN_SHEETS}
    for file, path, name in _sheets(source):
        if name.lower() in taken:
            yield Problem(file=file, path=path, message=Fault.SHEET_TAKEN(name=name))
        if len(name) > _SHEET_LENGTH:
            message = Fault.SHEET_TOO_LONG(most=_SHEET_LENGTH, length=len(name))
            yield Problem(file=file, path=path, message=message)
        if file != "registers.toml":
            yield from _plain(file, path, name)
        taken.add(name.lower())


def _sheets(source: Source) -> Iterator[tuple[str, str, str]]:
    for at, table in tables(source.table("registers.toml"), "registers"):
        if isinstance(table.get("name"), str):
            yield "registers.toml", path_text("registers", at, "name"), table["name"]
    for file, usual in (("index.toml", "参考指标"), ("contacts.toml", "联系人")):
        if file in source.files and isinstance(name := source.table(file).get("sheet", usual), str):
            yield file, "sheet", name


def row_codes(source: Source) -> Iterator[Problem]:
    """Report registers whose rows would be coded like another's, or like a sheet's of every form."""
    taken = set(_OWN_CODES)
    for at, table in tables(source.table("registers.toml"), "registers"):
        code = str(table.get("prefix") or table.get("name"))
        field = "prefix" if table.get("prefix") else "name"
        if code in taken or code.isdecimal():
            path, message = path_text("registers", at, field), Fault.ROW_CODE(name=code)
            yield Problem(file="registers.toml", path=path, message=message)
        taken.add(code)


def drop_down_lists(source: Source) -> Iterator[Problem]:
    """Report lists that a cell's drop-down cannot hold: over 255 characters together, or with a comma in an option."""
    for file, path, options in _lists(source):
        words = [word for _, word in options]
        if len(",".join(words)) > _LIST_LENGTH:
            message = Fault.LIST_TOO_LONG(most=_LIST_LENGTH, length=len(",".join(words)))
            yield Problem(file=file, path=path, message=message)
        for own, word in options:
            if "," in word or word != word.strip() or "\n" in word:
                yield Problem(file=file, path=own, message=Fault.OPTION_COMMA(name=word))
            if word[:1] in _FORMULA or any(unicodedata.category(letter) == "Cf" for letter in word):
                yield Problem(file=file, path=own, message=Fault.OPTION_BEGINS(name=word))
        lower = [word.lower() for word in words]
        if len(set(lower)) < len(set(words)):
            yield Problem(file=file, path=path, message=Fault.OPTION_CASE())


_Options = list[tuple[str, str]]
"""The options of one drop-down, each with its place."""


def _lists(source: Source) -> Iterator[tuple[str, str, _Options]]:
    for file in source.items:
        for at, sub in tables(source.table(file), "sub_points"):
            for nth, fact in tables(sub, "inputs"):
                yield file, *_listed(fact, "options", ("sub_points", at, "inputs", nth))
    for at, register in tables(source.table("registers.toml"), "registers"):
        for nth, column in tables(register, "columns"):
            yield "registers.toml", *_listed(column, "options", ("registers", at, "columns", nth))
    review = source.table("notice.toml").get("review")
    yield "notice.toml", *_listed(review if isinstance(review, dict) else {}, "reasons", ("review",))
    yield from _situation_lists(source.table("adjustments.toml"))


def _situation_lists(table: TomlTable) -> Iterator[tuple[str, str, _Options]]:
    form = table.get("bonus_form")
    _, own = _listed(form if isinstance(form, dict) else {}, "levels", ("bonus_form",))
    for section in ("bonus", "deductions", "vetoes"):
        every = list(tables(table, section))
        labels = [(path_text(section, at, "label"), each.get("label")) for at, each in every]
        yield "adjustments.toml", section, [(path, label) for path, label in labels if isinstance(label, str)]
        levels = {word: path for path, word in reversed(own)} if section == "bonus" else {}
        for at, each in every:
            for nth, level in tables(each, "levels"):
                if isinstance(name := level.get("name"), str):
                    levels.setdefault(name, path_text(section, at, "levels", nth, "name"))
        yield "adjustments.toml", section, [(path, word) for word, path in levels.items()]


def _listed(table: Mapping[str, Any], field: str, place: tuple[str | int, ...]) -> tuple[str, _Options]:
    """Give the place of a list, and its texts; they stand in one cell of the workbook, and on one line or two of a file."""
    value, path = table.get(field), path_text(*place, field)
    return path, [(path, each) for each in value if isinstance(each, str)] if isinstance(value, list) else []


def repeated_ids(source: Source) -> Iterator[Problem]:
    """Report units, items and sub-points with another's id: what is decided of one would be taken for the other's."""
    items = ((file, (), source.table(file), "no") for file in source.items)
    yield from _repeated(items)
    subs = (
        (file, ("sub_points", at), sub, "code")
        for file in source.items
        for at, sub in tables(source.table(file), "sub_points")
    )
    yield from _repeated(subs)
    units = (("units.toml", ("units", at), unit, "short") for at, unit in tables(source.table("units.toml"), "units"))
    yield from _repeated(units)


def _repeated(things: Iterable[tuple[str, tuple[str | int, ...], TomlTable, str]]) -> Iterator[Problem]:
    """Compare ids, and what stands for one where none is written; two that are not written are reported elsewhere."""
    seen: dict[str, tuple[At, bool]] = {}
    for file, place, table, usual in things:
        written = bool(table.get("id"))
        name, path = str(table.get("id") or table.get(usual)), path_text(*place, "id" if written else usual)
        held, own = seen.setdefault(name, (At(file, path), written))
        if held != At(file, path) and (own or written):
            yield Problem(file=file, path=path, message=Fault.ID_TAKEN(name=name, held=held))
