"""Checks that registers, limits and caps name sub-points, inputs, columns and situations that are there and fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from fazhi_xl.errors import Problem
from fazhi_xl.notice.choices import NUMBERS, GivenBy, KeptBy, Kind, Periods, Scope
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.registers import Feed, Register, RegisterColumn
from fazhi_xl.notice.rules import Input
from fazhi_xl.notice.shape import fitting, path_text
from fazhi_xl.notice.source import Source, TomlTable, item_no, tables
from fazhi_xl.text.said import Said

_FILE = "registers.toml"


def _registers(source: Source) -> Iterator[tuple[int, Register]]:
    """Give the registers of the right shape, with their positions."""
    for at, table in tables(source.table(_FILE), "registers"):
        if register := fitting(Register, table):
            yield at, register


def _sub_points(source: Source) -> Mapping[str, SubPoint]:
    """Give the sub-points of the right shape, by id."""
    every = (sub for file in source.items for _, sub in tables(source.table(file), "sub_points"))
    return {sub.id: sub for table in every if (sub := fitting(SubPoint, table))}


def _ids(source: Source) -> set[str]:
    every = (sub for file in source.items for _, sub in tables(source.table(file), "sub_points"))
    return {str(sub.get("id") or sub.get("code")) for sub in every}


def _fault(at: int, *place: str | int, message: str) -> Problem:
    return Problem(file=_FILE, path=path_text("registers", at, *place), message=message)


# The columns that every register's sheet has besides its own, by who keeps it.
_OWN_COLUMNS = {
    KeptBy.UNIT: frozenset({"编号", "校验", "校验码", *(each.word for each in Periods)}),
    KeptBy.OFFICE: frozenset({"编号", "单位", "说明", "审核人", "审核日期", "校验", "数据", "决定"}),
}


def register_shapes(source: Source) -> Iterator[Problem]:
    """Report registers whose parts contradict: columns twice, periods of an office's, scopes of a unit's, dates that are none."""
    for at, register in _registers(source):
        seen: set[str] = set()
        for nth, column in enumerate(register.columns):
            if column.key in seen:
                yield _fault(at, "columns", nth, "key", message=Fault.REPEATED(value=column.key))
            if column.minimum > column.maximum:
                message = Fault.MAXIMUM_BELOW(least=column.minimum)
                yield _fault(at, "columns", nth, "maximum", message=message)
            seen.add(column.key)
            for other, value in column.required_with.items():
                yield from _condition(at, ("columns", nth, "required_with"), register, other, value)
        yield from _scope(at, register)
        if register.on_time:
            yield from _on_time(at, register)


def _scope(at: int, register: Register) -> Iterator[Problem]:
    if register.kept_by is KeptBy.OFFICE and register.periods:
        yield _fault(at, "periods", message=Fault.ONLY_UNITS_PERIODS())
    if register.periods and register.rows is not None and register.rows < _PERIODS[register.periods]:
        message = Fault.PERIOD_ROWS(rows=_PERIODS[register.periods], period=register.periods.word)
        yield _fault(at, "rows", message=message)
    if register.kept_by is KeptBy.UNIT and register.scope is not Scope.ENTRY:
        yield _fault(at, "scope", message=Fault.UNITS_SCOPE())
    own = _OWN_COLUMNS[register.kept_by]
    for nth, column in enumerate(register.columns):
        if column.key in own:
            yield _fault(at, "columns", nth, "key", message=Fault.OWN_COLUMN(name=column.key))


_PERIODS = {Periods.MONTH: 12, Periods.QUARTER: 4}


def _on_time(at: int, register: Register) -> Iterator[Problem]:
    rule = register.on_time
    if rule is None:
        return
    kinds = {column.key: column.kind for column in register.columns}
    if kinds.get(rule.column) is not Kind.DATE:
        days = [key for key, kind in kinds.items() if kind is Kind.DATE]
        yield _fault(at, "on_time", "column", message=Fault.ON_TIME_COLUMN(name=rule.column, known=days))
    if rule.counted in kinds:
        yield _fault(at, "on_time", "counted", message=Fault.COUNTED_COLUMN(name=rule.counted))


def _condition(at: int, place: tuple[str | int, ...], register: Register, key: str, value: str) -> Iterator[Problem]:
    """Check that a column can hold a value."""
    column = next((each for each in register.columns if each.key == key), None)
    if column is None:
        known = [each.key for each in register.columns]
        yield _fault(at, *place, message=Fault.NO_COLUMN(name=key, known=known))
    elif column.kind is not Kind.CHOICE or value not in column.options:
        yield _fault(at, *place, message=Fault.CONDITION(key=key, value=value))


def feeds(source: Source) -> Iterator[Problem]:
    """Report feeds of what is not there or does not fit, and inputs that two of the units' registers feed."""
    subs, ids = _sub_points(source), _ids(source)
    fed: set[tuple[str, str]] = set()  # by the units' registers, or by a value: there can be one such source
    for at, register in _registers(source):
        for nth, feed in enumerate(register.feeds):
            place = ("feeds", nth)
            if feed.sub_point not in ids and not any(map(item_no, source.unread)):
                message = Fault.NO_SUB_POINT(name=feed.sub_point, known=sorted(ids))
                yield _fault(at, *place, "sub_point", message=message)
            elif feed.sub_point in subs:
                yield from _fed(at, place, register, feed, subs[feed.sub_point])
            for key, value in feed.where.items():
                yield from _condition(at, (*place, "where"), register, key, value)
            yield from _quantity(at, place, register, feed)
            alone = register.kept_by is KeptBy.UNIT or feed.value is not None
            if alone and (feed.sub_point, feed.input) in fed:
                yield _fault(at, *place, "input", message=Fault.FED_TWICE(name=feed.input))
            fed |= {(feed.sub_point, feed.input)} if alone else set()


def _fed(at: int, place: tuple[str | int, ...], register: Register, feed: Feed, sub: SubPoint) -> Iterator[Problem]:
    found = next((each for each in sub.inputs if each.key == feed.input), None)
    if found is None:
        known = [each.key for each in sub.inputs]
        yield _fault(at, *place, "input", message=Fault.NO_INPUT_OF(code=sub.code, name=feed.input, known=known))
        return
    if register.kept_by is KeptBy.UNIT and found.given_by is not GivenBy.REGISTER:
        message = Fault.GIVEN_BY_REGISTER(code=sub.code, name=feed.input)
        yield _fault(at, *place, "input", message=message)
    if feed.value is not None and found.given_by is not GivenBy.OFFICE:
        message = Fault.GIVEN_BY_OFFICE(code=sub.code, name=feed.input)
        yield _fault(at, *place, "input", message=message)
    yield from _fitting(at, place, register, feed, found)


def _fitting(at: int, place: tuple[str | int, ...], register: Register, feed: Feed, fact: Input) -> Iterator[Problem]:
    """Check that what a feed gives is of the kind, and within the bounds, that the input takes."""
    if feed.value is None:
        if fact.kind not in NUMBERS:
            yield _fault(at, *place, "input", message=Fault.NOT_COUNTABLE(name=fact.key))
        return
    column = next((each for each in register.columns if each.key == feed.value), None)
    if column is None:
        return
    if column.kind is not fact.kind and (column.kind, fact.kind) != (Kind.WHOLE, Kind.DECIMAL):
        message = Fault.KINDS_DIFFER(column=feed.value, kind=column.kind.word, name=fact.key, other=fact.kind.word)
        yield _fault(at, *place, "value", message=message)
    elif fact.kind in NUMBERS:
        if column.minimum < fact.minimum or column.maximum > fact.maximum:
            yield _fault(at, *place, "value", message=_bounds_differ(column, fact))
        if column.kind is Kind.DECIMAL and column.places > _INPUT_PLACES:
            message = Fault.COLUMN_PLACES(name=feed.value, places=_INPUT_PLACES)
            yield _fault(at, *place, "value", message=message)


def _bounds_differ(column: RegisterColumn, fact: Input) -> Said:
    return Fault.BOUNDS_DIFFER(
        column=column.key,
        least=column.minimum,
        most=column.maximum,
        name=fact.key,
        low=fact.minimum,
        high=fact.maximum,
    )


_INPUT_PLACES = 2  # of the numbers that rules count


def summaries(source: Source) -> Iterator[Problem]:
    """Report summaries of what no feed gives, broken ones, and those of registers that have no such line."""
    for at, register in _registers(source):
        if register.summary and register.kept_by is KeptBy.OFFICE:
            yield _fault(at, "summary", message=Fault.OFFICE_SUMMARY())
        given = {feed.input for feed in register.feeds}
        try:
            named = {name for _, name, *_ in Formatter().parse(register.summary) if name is not None}
        except ValueError:
            yield _fault(at, "summary", message=Fault.BRACES())
            continue
        for name in sorted(named - given):
            yield _fault(at, "summary", message=Fault.SUMMARY_NAME(name=name, known=sorted(given)))


def _quantity(at: int, place: tuple[str | int, ...], register: Register, feed: Feed) -> Iterator[Problem]:
    kinds = {column.key: column.kind for column in register.columns}
    if feed.on_time and register.on_time is None:
        yield _fault(at, *place, "on_time", message=Fault.NO_ON_TIME())
    lowest = {column.key: column.minimum for column in register.columns}
    if feed.sum is not None and lowest.get(feed.sum, 0) < 0:
        yield _fault(at, *place, "sum", message=Fault.SUM_NEGATIVE(name=feed.sum))
    if feed.sum is not None and kinds.get(feed.sum) is not Kind.WHOLE:
        wholes = [key for key, kind in kinds.items() if kind is Kind.WHOLE]
        yield _fault(at, *place, "sum", message=Fault.SUM_COLUMN(name=feed.sum, known=wholes))
    if feed.value is not None:
        if feed.value not in kinds:
            yield _fault(at, *place, "value", message=Fault.NO_COLUMN(name=feed.value, known=list(kinds)))
        if register.scope is Scope.ENTRY:
            yield _fault(at, *place, "value", message=Fault.VALUE_OF_ENTRIES())
    elif register.scope is not Scope.ENTRY:
        yield _fault(at, *place, message=Fault.VALUE_MISSING())


def given_inputs(source: Source) -> Iterator[Problem]:
    """Report inputs that no unit enters and that no register feeds."""
    every = list(_registers(source))
    if _FILE in source.unread or len(every) < len(list(tables(source.table(_FILE), "registers"))):
        return
    fed = {(register.kept_by, feed.sub_point, feed.input) for _, register in every for feed in register.feeds}
    keepers = {GivenBy.OFFICE: (KeptBy.OFFICE, "办公室"), GivenBy.REGISTER: (KeptBy.UNIT, "各单位")}
    for file in source.items:
        for at, table in tables(source.table(file), "sub_points"):
            sub = fitting(SubPoint, table)
            for nth, fact in enumerate(sub.inputs if sub else ()):
                kept_by, who = keepers.get(fact.given_by, (None, ""))
                sub_point = str(table.get("id") or table.get("code"))
                if kept_by and (kept_by, sub_point, fact.key) not in fed:
                    message = Fault.NOT_FED(who=who, name=fact.key, code=table.get("code"))
                    path = path_text("sub_points", at, "inputs", nth, "given_by")
                    yield Problem(file=file, path=path, message=message)


def loss_caps(source: Source) -> Iterator[Problem]:
    """Report caps over sub-points that are not there or stand in two caps."""
    ids, seen = _ids(source), set[str]()
    for at, table in tables(source.table("notice.toml"), "loss_caps"):
        for nth, name in _names(table, "sub_points"):
            path = path_text("loss_caps", at, "sub_points", nth)
            if name not in ids and not any(map(item_no, source.unread)):
                message = Fault.NO_SUB_POINT(name=name, known=sorted(ids))
                yield Problem(file="notice.toml", path=path, message=message)
            elif name in seen:
                yield Problem(file="notice.toml", path=path, message=Fault.TWO_CAPS(name=name))
            seen.add(name)


def _names(table: TomlTable, field: str) -> Iterator[tuple[int, str]]:
    listed = table.get(field)
    for nth, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, str):
            yield nth, name


def situation_limits(source: Source) -> Iterator[Problem]:
    """Report limits over situations that are not there, of bonus and deductions mixed, or that stand in two limits."""
    table = source.table("adjustments.toml")
    of = {
        section: {str(each.get("id") or each.get("label")) for _, each in tables(table, section)}
        for section in ("bonus", "deductions")
    }
    seen: set[str] = set()
    for at, limit in tables(table, "limits"):
        names = list(_names(limit, "of"))
        for nth, name in names:
            path = path_text("limits", at, "of", nth)
            if not any(name in known for known in of.values()):
                message = Fault.NO_SITUATION(name=name, known=sorted(set().union(*of.values())))
                yield Problem(file="adjustments.toml", path=path, message=message)
            elif name in seen:
                yield Problem(file="adjustments.toml", path=path, message=Fault.TWO_LIMITS(name=name))
            seen.add(name)
        if len([known for known in of.values() if any(name in known for _, name in names)]) > 1:
            path = path_text("limits", at, "of")
            yield Problem(file="adjustments.toml", path=path, message=Fault.MIXED_LIMIT())


def group_points(source: Source) -> Iterator[Problem]:
    """Report points of a ranking group that is not there."""
    groups = {str(each.get("code")) for _, each in tables(source.table("units.toml"), "ranking_groups")}
    for file in source.items:
        for at, sub in tables(source.table(file), "sub_points"):
            own = sub.get("points_by_group")
            for code in own if isinstance(own, dict) else ():
                if code not in groups and "units.toml" not in source.unread:
                    path = path_text("sub_points", at, "points_by_group", code)
                    yield Problem(file=file, path=path, message=Fault.NO_RANKING_GROUP(name=code, known=groups))
