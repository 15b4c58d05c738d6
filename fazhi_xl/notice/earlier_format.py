"""Catalogues of format 1, read as format 2: rounds that were issued from one stay collectable.

Format 1 took one notice for granted: what it left to the code stands in format_1.toml,
as the data that format 2 asks for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from fazhi_xl.errors import Problem
from fazhi_xl.notice.model import FORMAT
from fazhi_xl.notice.shape_faults import ShapeFault
from fazhi_xl.notice.source import Source, TomlTable, tables

_LEFT_OUT: TomlTable = tomllib.loads(Path(__file__).with_name("format_1.toml").read_text("utf-8"))
"""What format 1 left to the code."""
READINGS, _AVAILABLE = "readings.toml", "available"
_HALLMARKS = (("dates", "report_day"), ("scoring", "bonus_each"), ("texts", "report_clause"))


def format_problems(source: Source) -> Iterator[Problem]:
    """Report a catalogue that names no format and has nothing that one of format 1 had to have."""
    about = source.table("notice.toml")
    had = [key for section, key in _HALLMARKS if isinstance(about.get(section), dict) and key in about[section]]
    if about and "format" not in about and not had:
        yield Problem(file="notice.toml", path="format", message=ShapeFault.FORMAT(format=FORMAT))


def upgraded(source: Source) -> Source:
    """Give a source as this version reads it: of format 2, and without the options that earlier versions named and refused."""
    return _without_refused_options(_of_format_2(source))


def _without_refused_options(source: Source) -> Source:
    """Leave out `available`: what could not be chosen is no option, and the others need not say that they are."""
    held = source.table(READINGS)
    if not any(
        _AVAILABLE in option for _, reading in tables(held, "readings") for _, option in tables(reading, "options")
    ):
        return source
    kept = deepcopy(held)
    for _, reading in tables(kept, "readings"):
        if isinstance(reading.get("options"), list):
            reading["options"] = [option for option in reading["options"] if not _refused(option)]
    return replace(source, files={**source.files, READINGS: kept})


def _refused(option: Any) -> bool:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    return isinstance(option, dict) and option.pop(_AVAILABLE, True) is False


def _of_format_2(source: Source) -> Source:
    if "notice.toml" not in source.files or "format" in source.table("notice.toml"):
        return source
    if any(format_problems(source)):
        about = {**source.table("notice.toml"), "format": FORMAT}
        return replace(source, files={**source.files, "notice.toml": about})
    files = {file: _renewed(deepcopy(table)) for file, table in source.files.items()}
    given = tuple(_given(source))
    registers = [_register(source, each, given) for each in _LEFT_OUT["registers"]]
    about = files["notice.toml"]
    _amend_about(about)
    _amend_adjustments(files.get("adjustments.toml", {}), source.table("notice.toml"))
    files.setdefault("theme.toml", {})
    for file, more in _LEFT_OUT["sheets"].items():
        if file in files:
            files[file] = {**deepcopy(more), **files[file]}
    return replace(source, files={**files, "registers.toml": {"registers": registers}})


def _amend_about(about: TomlTable) -> None:
    about["format"] = FORMAT
    about.setdefault("words", dict(_LEFT_OUT["words"]))
    for section, gone in (("dates", "report_day"), ("scoring", "bonus_each"), ("texts", "report_clause")):
        if isinstance(about.get(section), dict):
            about[section].pop(gone, None)
    if isinstance(about.get("texts"), dict):
        about["texts"].setdefault("grade_note", _LEFT_OUT["grade_note"])


def _amend_adjustments(adjustments: TomlTable, about: TomlTable) -> None:
    """Give each bonus situation the points that counted, and name what its sheet says."""
    adjustments.setdefault("bonus_form", deepcopy(_LEFT_OUT["bonus_form"]))
    scoring = about.get("scoring")
    if isinstance(scoring, dict) and "bonus_each" in scoring:
        for _, situation in tables(adjustments, "bonus"):
            situation["points"] = scoring["bonus_each"]


def _renewed(node: Any) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Write rules, situations and inputs anew, wherever they stand: in items, in changes of readings."""
    if isinstance(node, list):
        return [_renewed(each) for each in node]
    if not isinstance(node, dict):
        return node
    table = {key: _renewed(value) for key, value in node.items()}
    if table.get("kind") == "deduct" and "terms" not in table:
        table["terms"] = [{key: table.pop(key) for key in ("input", "each") if key in table}]
    if isinstance(table.get("given_by"), str):
        known = _LEFT_OUT["given_by"].get(table["given_by"], {"now": table["given_by"]})
        table["given_by"] = known["now"]
    if {"lighter", "graver", "graver_points"} <= table.keys():
        named = (("lighter", table.get("points")), ("graver", table.pop("graver_points")))
        table["levels"] = [{"name": table.pop(key), "points": points} for key, points in named]
    return table


_Given = tuple[str, str, str]
"""An input that no unit enters: its sub-point, its key, and who gives it."""


def _given(source: Source) -> Iterator[_Given]:
    for file in source.items:
        for _, sub in tables(source.table(file), "sub_points"):
            for _, fact in tables(sub, "inputs"):
                if fact.get("given_by", "unit") != "unit":
                    yield str(sub.get("code")), str(fact.get("key")), str(fact["given_by"])


def _register(source: Source, left_out: TomlTable, given: Iterable[_Given]) -> TomlTable:
    """Write out a register that every round had, with the catalogue's own texts and what it feeds."""
    register = deepcopy(left_out)
    kinds = {by: _LEFT_OUT["given_by"][by] for by in register.pop("fed_by")}
    fed = [each for each in given if each[2] in kinds]
    register["feeds"] = [{"sub_point": sub, "input": key, **deepcopy(kinds[by]["feed"])} for sub, key, by in fed]
    numbers = {key: kinds[by]["said"].replace("{input}", f"{{{key}}}") for _, key, by in fed}
    register["summary"] = register.get("summary", "").replace("{numbers}", ",".join(numbers.values())) if fed else ""
    about = source.table("notice.toml")
    day = _inside(about, "dates", "report_day", _REPORT_DAY)
    if "on_time" in register:
        register["on_time"]["day"] = day
    own = {"{clause}": _inside(about, "texts", "report_clause", ""), "{day}": str(day), "{office}": about.get("office")}
    return {key: _filled(value, own) for key, value in register.items()}


_REPORT_DAY = 15  # where the catalogue's own cannot be read


def _inside(about: TomlTable, section: str, key: str, usual: Any) -> Any:  # noqa: ANN401 - a value of a parsed TOML file
    table = about.get(section)
    found = table.get(key) if isinstance(table, dict) else None
    return found if isinstance(found, type(usual)) else usual


def _filled(node: Any, own: Mapping[str, object]) -> Any:  # noqa: ANN401 - a node of a parsed TOML file can be anything
    """Put the catalogue's own texts into the places kept for them."""
    if isinstance(node, list):
        return [_filled(each, own) for each in node]
    if isinstance(node, dict):
        return {key: _filled(value, own) for key, value in node.items()}
    if isinstance(node, str):
        for place, text in own.items():
            node = node.replace(place, str(text))
    return node
