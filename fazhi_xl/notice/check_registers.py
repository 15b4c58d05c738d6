"""Checks that registers, limits and caps name sub-points, inputs, columns and situations that are there and fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from fazhi_xl.errors import Problem
from fazhi_xl.notice.choices import NUMBERS, GivenBy, KeptBy, Kind, Periods, Scope
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.registers import Feed, Register
from fazhi_xl.notice.rules import Input
from fazhi_xl.notice.shape import fitting, path_text
from fazhi_xl.notice.source import Source, TomlTable, item_no, tables

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
                yield _fault(at, "columns", nth, "key", message=f"“{column.key}”重复")
            if column.minimum > column.maximum:
                yield _fault(at, "columns", nth, "maximum", message="不能小于 minimum")
            seen.add(column.key)
            for other, value in column.required_with.items():
                yield from _condition(at, ("columns", nth, "required_with"), register, other, value)
        yield from _scope(at, register)
        if register.on_time:
            yield from _on_time(at, register)


def _scope(at: int, register: Register) -> Iterator[Problem]:
    if register.kept_by is KeptBy.OFFICE and register.periods:
        yield _fault(at, "periods", message="只有各单位填的登记(kept_by = “unit”)才按月、按季度分行")
    if register.periods and register.rows is not None and register.rows < _PERIODS[register.periods]:
        message = f"至少要有{_PERIODS[register.periods]}行,每个{register.periods.word}一行"
        yield _fault(at, "rows", message=message)
    if register.kept_by is KeptBy.UNIT and register.scope is not Scope.ENTRY:
        yield _fault(at, "scope", message="各单位填的登记一行是一件事,不写 scope")
    own = _OWN_COLUMNS[register.kept_by]
    for nth, column in enumerate(register.columns):
        if column.key in own:
            yield _fault(at, "columns", nth, "key", message=f"每张登记表自带“{column.key}”一栏,请不要写,或换一个名称")


_PERIODS = {Periods.MONTH: 12, Periods.QUARTER: 4}


def _on_time(at: int, register: Register) -> Iterator[Problem]:
    rule = register.on_time
    if rule is None:
        return
    kinds = {column.key: column.kind for column in register.columns}
    if kinds.get(rule.column) is not Kind.DATE:
        yield _fault(at, "on_time", "column", message=f"“{rule.column}”应为这张表里的日期(date)栏目")
    if rule.counted in kinds:
        yield _fault(at, "on_time", "counted", message=f"“{rule.counted}”已是一个栏目,请换一个")


def _condition(at: int, place: tuple[str | int, ...], register: Register, key: str, value: str) -> Iterator[Problem]:
    """Check that a column can hold a value."""
    column = next((each for each in register.columns if each.key == key), None)
    if column is None:
        yield _fault(at, *place, message=f"没有“{key}”这个栏目")
    elif column.kind is not Kind.CHOICE or value not in column.options:
        yield _fault(at, *place, message=f"“{key}”应为选择(choice),选项里要有“{value}”")


def feeds(source: Source) -> Iterator[Problem]:
    """Report feeds of what is not there or does not fit, and inputs that two of the units' registers feed."""
    subs, ids = _sub_points(source), _ids(source)
    fed: set[tuple[str, str]] = set()  # by the units' registers, or by a value: there can be one such source
    for at, register in _registers(source):
        for nth, feed in enumerate(register.feeds):
            place = ("feeds", nth)
            if feed.sub_point not in ids and not any(map(item_no, source.unread)):
                yield _fault(at, *place, "sub_point", message=f"没有标识(id,没写的即编号)为“{feed.sub_point}”的得分点")
            elif feed.sub_point in subs:
                yield from _fed(at, place, register, feed, subs[feed.sub_point])
            for key, value in feed.where.items():
                yield from _condition(at, (*place, "where"), register, key, value)
            yield from _quantity(at, place, register, feed)
            alone = register.kept_by is KeptBy.UNIT or feed.value is not None
            if alone and (feed.sub_point, feed.input) in fed:
                yield _fault(at, *place, "input", message=f"“{feed.input}”已由另一处登记供数")
            fed |= {(feed.sub_point, feed.input)} if alone else set()


def _fed(at: int, place: tuple[str | int, ...], register: Register, feed: Feed, sub: SubPoint) -> Iterator[Problem]:
    found = next((each for each in sub.inputs if each.key == feed.input), None)
    if found is None:
        yield _fault(at, *place, "input", message=f"得分点{sub.code}没有“{feed.input}”这个填报指标")
        return
    if register.kept_by is KeptBy.UNIT and found.given_by is not GivenBy.REGISTER:
        message = f"得分点{sub.code}的“{feed.input}”由登记得出,那里要写 given_by = “register”"
        yield _fault(at, *place, "input", message=message)
    if feed.value is not None and found.given_by is not GivenBy.OFFICE:
        message = f"得分点{sub.code}的“{feed.input}”由办公室给出,那里要写 given_by = “office”"
        yield _fault(at, *place, "input", message=message)
    yield from _fitting(at, place, register, feed, found)


def _fitting(at: int, place: tuple[str | int, ...], register: Register, feed: Feed, fact: Input) -> Iterator[Problem]:
    """Check that what a feed gives is of the kind, and within the bounds, that the input takes."""
    if feed.value is None:
        if fact.kind not in NUMBERS:
            yield _fault(at, *place, "input", message=f"“{fact.key}”应为整数(whole),才能由登记计数")
        return
    column = next((each for each in register.columns if each.key == feed.value), None)
    if column is None:
        return
    if column.kind is not fact.kind and (column.kind, fact.kind) != (Kind.WHOLE, Kind.DECIMAL):
        message = f"“{feed.value}”是{column.kind.word},“{fact.key}”是{fact.kind.word},对不上"
        yield _fault(at, *place, "value", message=message)
    elif fact.kind in NUMBERS:
        if column.minimum < fact.minimum or column.maximum > fact.maximum:
            message = (
                f"“{feed.value}”能填{column.minimum}至{column.maximum},“{fact.key}”只能是{fact.minimum}至{fact.maximum}"
            )
            yield _fault(at, *place, "value", message=message)
        if column.kind is Kind.DECIMAL and column.places > _INPUT_PLACES:
            message = f"“{feed.value}”最多{_INPUT_PLACES}位小数(places),计分的数都是这样"
            yield _fault(at, *place, "value", message=message)


_INPUT_PLACES = 2  # of the numbers that rules count


def summaries(source: Source) -> Iterator[Problem]:
    """Report summaries of what no feed gives, broken ones, and those of registers that have no such line."""
    for at, register in _registers(source):
        if register.summary and register.kept_by is KeptBy.OFFICE:
            yield _fault(at, "summary", message="办公室的登记没有合计一行,不用写")
        given = {feed.input for feed in register.feeds}
        try:
            named = {name for _, name, *_ in Formatter().parse(register.summary) if name is not None}
        except ValueError:
            yield _fault(at, "summary", message="花括号没有成对,例如:共{次数}次")
            continue
        for name in sorted(named - given):
            yield _fault(at, "summary", message=f"花括号里的“{name}”不是这张登记供数的填报指标")


def _quantity(at: int, place: tuple[str | int, ...], register: Register, feed: Feed) -> Iterator[Problem]:
    kinds = {column.key: column.kind for column in register.columns}
    if feed.on_time and register.on_time is None:
        yield _fault(at, *place, "on_time", message="这张登记没有写按时的标准 on_time")
    lowest = {column.key: column.minimum for column in register.columns}
    if feed.sum is not None and lowest.get(feed.sum, 0) < 0:
        yield _fault(at, *place, "sum", message=f"“{feed.sum}”要合计,不能填负数,请把 minimum 改为0以上")
    if feed.sum is not None and kinds.get(feed.sum) is not Kind.WHOLE:
        yield _fault(at, *place, "sum", message=f"“{feed.sum}”应为这张表里的整数(whole)栏目")
    if feed.value is not None:
        if feed.value not in kinds:
            yield _fault(at, *place, "value", message=f"没有“{feed.value}”这个栏目")
        if register.scope is Scope.ENTRY:
            yield _fault(at, *place, "value", message="一行一件事的登记不能取值;请写 scope = “unit”或“round”")
    elif register.scope is not Scope.ENTRY:
        yield _fault(at, *place, message="一个单位一行或全评价一行的登记要写取哪一栏的值 value")


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
                    message = f"由登记供数,registers.toml 里没有一张{who}的登记(feeds)给“{fact.key}”"
                    yield Problem(
                        file=file, path=path_text("sub_points", at, "inputs", nth, "given_by"), message=message
                    )


def loss_caps(source: Source) -> Iterator[Problem]:
    """Report caps over sub-points that are not there or stand in two caps."""
    ids, seen = _ids(source), set[str]()
    for at, table in tables(source.table("notice.toml"), "loss_caps"):
        for nth, name in _names(table, "sub_points"):
            path = path_text("loss_caps", at, "sub_points", nth)
            if name not in ids and not any(map(item_no, source.unread)):
                yield Problem(file="notice.toml", path=path, message=f"没有标识(id,没写的即编号)为“{name}”的得分点")
            elif name in seen:
                yield Problem(file="notice.toml", path=path, message=f"“{name}”写了两次,一个得分点只能在一个限额里")
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
                yield Problem(file="adjustments.toml", path=path, message=f"没有“{name}”这个情形")
            elif name in seen:
                yield Problem(file="adjustments.toml", path=path, message=f"“{name}”写了两次,一个情形只能在一个限额里")
            seen.add(name)
        if len([known for known in of.values() if any(name in known for _, name in names)]) > 1:
            message = "加分情形和减分情形不能合用一个限额"
            yield Problem(file="adjustments.toml", path=path_text("limits", at, "of"), message=message)


def group_points(source: Source) -> Iterator[Problem]:
    """Report points of a ranking group that is not there."""
    groups = {str(each.get("code")) for _, each in tables(source.table("units.toml"), "ranking_groups")}
    for file in source.items:
        for at, sub in tables(source.table(file), "sub_points"):
            own = sub.get("points_by_group")
            for code in own if isinstance(own, dict) else ():
                if code not in groups and "units.toml" not in source.unread:
                    path = path_text("sub_points", at, "points_by_group", code)
                    yield Problem(file=file, path=path, message=f"没有“{code}”这个排名组")
