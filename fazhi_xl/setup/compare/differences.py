"""What differs between two catalogues, as values: a change for each thing, and who has to fill in what."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from fazhi_xl.notice.model import Item, Notice, SubPoint, Unit
from fazhi_xl.office.history.matches import How
from fazhi_xl.setup.compare.fields import FieldChange


class What(StrEnum):
    """What became of a thing; the values are what the office reads."""

    NEW = "新增"
    GONE = "取消"
    MERGED = "并入"
    RENAMED = "改名"
    MOVED = "移动"
    NUMBERED = "编号变动"
    CHANGED = "改动"


class Part(StrEnum):
    """The part of a catalogue that a thing belongs to; the values are what the office reads."""

    UNIT = "单位"
    RANKING_GROUP = "排名组"
    ITEM = "项目"
    SUB_POINT = "得分点"
    INPUT = "填报指标"
    RULE = "计分规则"
    DEPARTMENT = "责任部门"
    GROUP = "组"
    BONUS = "加分情形"
    DEDUCTION = "减分情形"
    LIMIT = "加减分限额"
    VETO = "一票否决情形"
    BONUS_FORM = "加分申报表"
    REGISTER = "登记"
    READING = "口径"
    SWITCH = "规则开关"
    INDEX = "参考指标"
    CONTACTS = "联系人名单"
    ABOUT = "通知"
    THEME = "版式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A thing that differs. `before` and `after` are what it is called, blank where there is none; `fields` are those that differ.

    `within` is what it belongs to, as it is called now or was called last: an input's sub-point.
    """

    part: Part
    what: What
    before: str = ""
    after: str = ""
    within: str = ""
    fields: tuple[FieldChange, ...] = ()
    said: str = ""  # what a thing says that is new or gone

    @property
    def name(self) -> str:
        return self.after or self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange(Change):
    """A change of a unit, with the unit itself."""

    old: Unit | None = None
    new: Unit | None = None
    how: How = How.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class SubPointChange(Change):
    """A change of a sub-point, with the sub-point itself and its item; `how` says by what it is known to be the same."""

    old: SubPoint | None = None
    new: SubPoint | None = None
    old_item: Item | None = None
    new_item: Item | None = None
    how: How = How.NONE

    @property
    def doubtful(self) -> bool:
        """Whether it is for the office to say that it is the same sub-point."""
        return self.how is How.LIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange(Change):
    """A rule that differs, or reads otherwise to the unit; `said_before` and `said_after` are the sentences that it reads."""

    said_before: str
    said_after: str

    @property
    def only_reads_otherwise(self) -> bool:
        """Whether the rule is the same, and what it refers to is called otherwise or has other points."""
        return not self.fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a unit has to fill in, where that differs: codes of sub-points, those lost by their codes then.

    `fresh` and `dropped` are gained and lost since the sub-points themselves are new and gone.
    """

    old: Unit | None
    new: Unit | None
    many_before: int
    many_now: int
    fresh: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What differs between the old catalogue and the new one, part by part in the order of the catalogue's files."""

    old: Notice
    new: Notice
    units: tuple[UnitChange, ...] = ()
    sub_points: tuple[SubPointChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    others: tuple[Change, ...] = ()
    loads: tuple[Load, ...] = field(default=())

    @property
    def changes(self) -> tuple[Change, ...]:
        """All that is different in the catalogue itself: nothing that only follows from it."""
        own = (each for each in self.rules if not each.only_reads_otherwise)
        return (*self.units, *self.sub_points, *own, *self.others)

    def of(self, *parts: Part) -> tuple[Change, ...]:
        return tuple(each for each in self.changes if each.part in parts)
