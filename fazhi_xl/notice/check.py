"""Checks that the files of a catalogue agree with each other: one function per rule, each reports every fault with its place.

The checks read the raw tables and skip values of the wrong shape, which `shape` reports, so that one run shows all faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TypeGuard

from fazhi_xl.errors import Problem
from fazhi_xl.notice.assignment import EVERY_UNIT
from fazhi_xl.notice.changes import FILE as READINGS
from fazhi_xl.notice.changes import readings
from fazhi_xl.notice.check_names import (
    drop_down_lists,
    plain_names,
    readable_texts,
    repeated_ids,
    row_codes,
    sheet_names,
    text_lengths,
)
from fazhi_xl.notice.check_registers import (
    feeds,
    given_inputs,
    group_points,
    loss_caps,
    register_shapes,
    situation_limits,
    summaries,
)
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import Dates, SubPoint
from fazhi_xl.notice.parts import PART_CHECKS, repeated
from fazhi_xl.notice.shape import fitting, path_text
from fazhi_xl.notice.source import Source, TomlTable, item_no, tables
from fazhi_xl.notice.switches import rule_switches
from fazhi_xl.notice.theme import COLOURS
from fazhi_xl.text.file_names import folded
from fazhi_xl.text.saying import says_something


def _names(table: TomlTable, field: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a field, which holds one or a list of them, with their places."""
    value = table.get(field)
    for at, each in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(each, str):
            yield at, each


def _listed(table: TomlTable, field: str) -> Iterator[tuple[int, str]]:
    return _names(table, field) if isinstance(table.get(field), list) else iter(())


def _known(source: Source, file: str, section: str, field: str) -> set[str]:
    return {name for _, table in tables(source.table(file), section) for _, name in _names(table, field)}


def _repeated(source: Source, file: str, section: str, field: str) -> Iterator[Problem]:
    values = ((at, str(table[field])) for at, table in tables(source.table(file), section) if field in table)
    for path, message in repeated(section, field, values):
        yield Problem(file=file, path=path, message=message)


def unit_names(source: Source) -> Iterator[Problem]:
    """Report names (printed, short, alias, absorbed body) that two units share: a return could not be assigned to one of them."""
    yield from _shared(source, ("name", "short", "aliases", "absorbed"), Fault.NAME_TAKEN)


def unit_mails(source: Source) -> Iterator[Problem]:
    """Report mail addresses that two units share: a sender could not be assigned to one of them."""
    yield from _shared(source, ("mail",), Fault.MAIL_TAKEN)


def _shared(source: Source, fields: tuple[str, ...], taken: Fault) -> Iterator[Problem]:
    owners: dict[str, int] = {}
    for at, table in tables(source.table("units.toml"), "units"):
        for field in fields:
            for _, name in _names(table, field):
                if owners.setdefault(folded(name), at) != at:
                    message = taken(name=name, no=owners[folded(name)] + 1)
                    yield Problem(file="units.toml", path=path_text("units", at, field), message=message)


def unit_numbers(source: Source) -> Iterator[Problem]:
    """Report units out of the order of their numbers, 1, 2, 3 …."""
    for at, table in tables(source.table("units.toml"), "units"):
        if isinstance(table.get("no"), int) and table["no"] != at + 1:
            yield Problem(file="units.toml", path=path_text("units", at, "no"), message=Fault.NUMBER(no=at + 1))


def unit_ranking_groups(source: Source) -> Iterator[Problem]:
    """Report ranking groups that are listed twice, and those of units that are not listed."""
    yield from _repeated(source, "units.toml", "ranking_groups", "code")
    known = _known(source, "units.toml", "ranking_groups", "code")
    for at, table in tables(source.table("units.toml"), "units"):
        for _, name in _names(table, "ranking_group"):
            if name not in known:
                message = Fault.NO_RANKING_GROUP(name=name, known=known)
                yield Problem(file="units.toml", path=path_text("units", at, "ranking_group"), message=message)


def group_members(source: Source) -> Iterator[Problem]:
    """Report groups with the same name, and members that are unknown or listed twice."""
    yield from _repeated(source, "groups.toml", "groups", "name")
    units = _known(source, "units.toml", "units", "short")
    for at, group in tables(source.table("groups.toml"), "groups"):
        members = [(nth, name) for nth, member in tables(group, "members") for _, name in _names(member, "unit")]
        for path, message in repeated("members", "unit", members):
            yield Problem(file="groups.toml", path=f"groups[{at}].{path}", message=message)
        for nth, name in members:
            if name not in units and "units.toml" not in source.unread:
                path, message = path_text("groups", at, "members", nth, "unit"), Fault.NO_UNIT(name=name, known=units)
                yield Problem(file="groups.toml", path=path, message=message)


def department_members(source: Source) -> Iterator[Problem]:
    """Report members of a department that are neither a unit's short name nor `@` with a group's name."""
    units = _known(source, "units.toml", "units", "short")
    groups = {EVERY_UNIT, *(f"@{name}" for name in _known(source, "groups.toml", "groups", "name"))}
    for department, at, name in _stands_for(source):
        grouped = name.startswith("@")
        home, known, unknown = (
            ("groups.toml", groups, Fault.NO_GROUP) if grouped else ("units.toml", units, Fault.NO_UNIT)
        )
        if name not in known and home not in source.unread:
            path, message = path_text("departments", department, at), unknown(name=name, known=known)
            yield Problem(file="departments.toml", path=path, message=message)


def _stands_for(source: Source) -> Iterator[tuple[str, int, str]]:
    table = source.table("departments.toml").get("departments")
    if isinstance(table, dict):
        yield from ((department, at, name) for department in table for at, name in _listed(table, department))


def answering_departments(source: Source) -> Iterator[Problem]:
    """Report departments that an item, a sub-point or a deduction names and that are no department, unit or group."""
    named = source.table("departments.toml").get("departments", {})
    if not isinstance(named, dict):
        return
    units = _known(source, "units.toml", "units", "short")
    groups = {f"@{name}" for name in _known(source, "groups.toml", "groups", "name")}
    known = {*named, *units, *groups, EVERY_UNIT}
    for file, path, name in _answering(source):
        if name not in known and not source.unread & {"units.toml", "groups.toml"}:
            yield Problem(file=file, path=path, message=Fault.NO_DEPARTMENT(name=name, known=known))


def _answering(source: Source) -> Iterator[tuple[str, str, str]]:
    for nth, situation in tables(source.table("adjustments.toml"), "deductions"):
        named = _listed(situation, "provided_by")
        yield from (("adjustments.toml", path_text("deductions", nth, "provided_by", at), name) for at, name in named)
    for file in source.items:
        item = source.table(file)
        yield from ((file, path_text("responsible", at), name) for at, name in _listed(item, "responsible"))
        for nth, sub in tables(item, "sub_points"):
            named = _listed(sub, "answered_by")
            yield from ((file, path_text("sub_points", nth, "answered_by", at), name) for at, name in named)


def item_numbers(source: Source) -> Iterator[Problem]:
    """Report items whose number is not the one in the file's name."""
    for file in source.items:
        no = source.table(file).get("no")
        if isinstance(no, int) and no != item_no(file):
            yield Problem(file=file, path="no", message=Fault.ITEM_NUMBER(no=item_no(file)))


def sub_point_codes(source: Source) -> Iterator[Problem]:
    """Report sub-points that are not coded by their item's number and 1, 2, 3 …."""
    for file in source.items:
        for at, sub in tables(source.table(file), "sub_points"):
            expected = f"{item_no(file)}.{at + 1}"
            if isinstance(sub.get("code"), str) and sub["code"] != expected:
                path, message = path_text("sub_points", at, "code"), Fault.CODE(code=expected)
                yield Problem(file=file, path=path, message=message)


def sub_point_rules(source: Source) -> Iterator[Problem]:
    """Report sub-points whose inputs and rule do not agree (`parts`)."""
    for file in source.items:
        for at, table in tables(source.table(file), "sub_points"):
            if sub := fitting(SubPoint, table):
                for path, message in (fault for check in PART_CHECKS for fault in check(sub)):
                    yield Problem(file=file, path=f"sub_points[{at}].{path}", message=message)


EVERY_SECTION = "全部"


def review_sections(source: Source) -> Iterator[Problem]:
    """Report sections with the same name, and items that belong to no section, to two, or do not exist."""
    review = source.table("notice.toml").get("review")
    sections = list(tables(review, "sections")) if isinstance(review, dict) else []
    names = [(at, str(section["name"])) for at, section in sections if "name" in section]
    listed = {(at, nth): name for at, section in sections for nth, name in _item_ids(section)}
    known = {item_id(source, file): item_no(file) for file in (*source.items, *source.unread) if item_no(file)}
    left = [name for name in known if name not in listed.values()]
    for path, message in (*repeated("sections", "name", names, folded), *_reserved(names), *_misplaced(listed, known)):
        yield Problem(file="notice.toml", path=f"review.{path}", message=message)
    if sections and left:
        message = Fault.SECTION_LEFT(items="、".join(left))
        yield Problem(file="notice.toml", path="review.sections", message=message)


def item_id(source: Source, file: str) -> str:
    """Give the id of the item in a file: its number where it has none."""
    return str(source.table(file).get("id") or item_no(file))


def _item_ids(section: TomlTable) -> Iterator[tuple[int, str]]:
    listed = section.get("items")
    for nth, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, int | str):
            yield nth, str(name)


def _reserved(names: list[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    for at, name in names:
        if name == EVERY_SECTION:
            yield f"sections[{at}].name", Fault.SECTION_RESERVED(name=EVERY_SECTION)


def _misplaced(listed: dict[tuple[int, int], str], known: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    owners: dict[str, int] = {}
    for (at, nth), name in listed.items():
        if name not in known:
            yield f"sections[{at}].items[{nth}]", Fault.NO_ITEM(name=name, known=known)
        elif name in owners:
            yield f"sections[{at}].items[{nth}]", Fault.SECTION_TWICE(name=name, no=owners[name] + 1)
        owners.setdefault(name, at)


def situations(source: Source) -> Iterator[Problem]:
    """Report situations and vetoes that share a number, a label or an id, and levels of one situation with the same name."""
    for section in ("bonus", "deductions", "vetoes"):
        for field in ("no", "label", "id"):
            yield from _repeated(source, "adjustments.toml", section, field)
        for at, table in tables(source.table("adjustments.toml"), section):
            named = ((nth, name) for nth, level in tables(table, "levels") for _, name in _names(level, "name"))
            for path, message in repeated("levels", "name", named):
                yield Problem(file="adjustments.toml", path=f"{section}[{at}].{path}", message=message)


def grade_bands(source: Source) -> Iterator[Problem]:
    """Report grades with the same name, and bounds that do not decrease to a last grade without one."""
    yield from _repeated(source, "notice.toml", "grades", "name")
    bands = [band.get("at_least") for _, band in tables(source.table("notice.toml"), "grades")]
    for at, bound in enumerate(bands):
        if (bound is None) != (at == len(bands) - 1):
            yield Problem(file="notice.toml", path=path_text("grades", at), message=Fault.LAST_GRADE())
    for at, (upper, lower) in enumerate(pairwise(bands), 1):
        if _finite(upper) and _finite(lower) and lower >= upper:
            path = path_text("grades", at, "at_least")
            yield Problem(file="notice.toml", path=path, message=Fault.GRADE_ORDER(upper=upper))


def _finite(bound: object) -> TypeGuard[int | Decimal]:
    return isinstance(bound, int | Decimal) and Decimal(bound).is_finite()


def material_reasons(source: Source) -> Iterator[Problem]:
    """Report reasons of the feedback that are not among the review's reasons."""
    about = source.table("notice.toml")
    review, feedback = about.get("review"), about.get("feedback")
    if isinstance(review, dict) and isinstance(feedback, dict):
        known = {name for _, name in _listed(review, "reasons")}
        for at, name in _listed(feedback, "material_reasons"):
            if name not in known:
                path = path_text("feedback", "material_reasons", at)
                yield Problem(file="notice.toml", path=path, message=Fault.NO_REASON(name=name, known=known))


def indicator_numbers(source: Source) -> Iterator[Problem]:
    """Report indicators of the index that are not numbered 1, 2, 3 … through all projects."""
    expected = 0
    for at, project in tables(source.table("index.toml"), "projects"):
        for nth, indicator in tables(project, "indicators"):
            expected += 1
            if isinstance(indicator.get("no"), int) and indicator["no"] != expected:
                path = path_text("projects", at, "indicators", nth, "no")
                yield Problem(file="index.toml", path=path, message=Fault.NUMBER(no=expected))


def theme_colours(source: Source) -> Iterator[Problem]:
    """Report colours for what no file has."""
    colours = source.table("theme.toml").get("colours")
    for name in colours if isinstance(colours, dict) else ():
        if name not in COLOURS:
            message = Fault.NO_COLOUR(name=name, known=tuple(COLOURS))
            yield Problem(file="theme.toml", path=path_text("colours", name), message=message)


def reading_choices(source: Source) -> Iterator[Problem]:
    """Report choices that are no option of their reading, keys used twice, and a dash for the reason."""
    yield from _repeated(source, READINGS, "readings", "key")
    for at, reading in readings(source):
        keys = [option.key for option in reading.options]
        for path, message in repeated("options", "key", enumerate(keys)):
            yield Problem(file=READINGS, path=f"readings[{at}].{path}", message=message)
        path = path_text("readings", at, "chosen")
        if reading.chosen not in keys:
            message = Fault.NO_OPTION(name=reading.chosen, keys="、".join(keys), known=keys)
            yield Problem(file=READINGS, path=path, message=message)
        if reading.reason.strip() and not says_something(reading.reason):
            message = Fault.SAYS_NOTHING(text=reading.reason, what="为什么这样定")
            yield Problem(file=READINGS, path=path_text("readings", at, "reason"), message=message)


def year(source: Source) -> Iterator[Problem]:
    """Report a period that ends before it begins, and a year or a form number's prefix that is of another year."""
    about = source.table("notice.toml")
    table, no = about.get("dates"), about.get("year")
    dates = fitting(Dates, table) if isinstance(table, dict) else None
    if dates:
        start, end = dates.period
        if isinstance(no, int) and start.year < no - 1:
            message = Fault.EARLY_START(start=start, year=no)
            yield Problem(file="notice.toml", path="dates.period_start", message=message)
        if end < start:
            message = Fault.PERIOD_ENDS_FIRST(start=start, end=end)
            yield Problem(file="notice.toml", path="dates.period_end", message=message)
        if isinstance(no, int) and no not in {start.year, end.year}:
            message = Fault.YEAR(year=no, start=start, end=end, start_year=start.year)
            yield Problem(file="notice.toml", path="year", message=message)
    years = re.findall(r"(?:19|20)\d\d", str(about.get("form_prefix", "")))
    if isinstance(no, int) and years and str(no) not in years:
        message = Fault.PREFIX_YEAR(found=years[0], year=no)
        yield Problem(file="notice.toml", path="form_prefix", message=message)


CHECKS: tuple[Callable[[Source], Iterator[Problem]], ...] = (
    unit_names,
    unit_mails,
    unit_numbers,
    unit_ranking_groups,
    group_members,
    department_members,
    answering_departments,
    item_numbers,
    sub_point_codes,
    sub_point_rules,
    review_sections,
    situations,
    grade_bands,
    material_reasons,
    indicator_numbers,
    theme_colours,
    reading_choices,
    rule_switches,
    year,
    plain_names,
    readable_texts,
    text_lengths,
    sheet_names,
    row_codes,
    drop_down_lists,
    repeated_ids,
    register_shapes,
    feeds,
    summaries,
    given_inputs,
    loss_caps,
    situation_limits,
    group_points,
)
