"""What a catalogue may choose from: the words as its files write them, and the Chinese that forms and reports print for each."""

from __future__ import annotations

from enum import StrEnum

from fazhi_xl.findings.adjustable import Weight
from fazhi_xl.text.worded import Worded

# Of an input --------------------------------------------------------------------------------------------------


class Kind(Worded):
    """What an input takes; campaign.json and the form use the same words."""

    CHOICE = "choice", "选择"
    WHOLE = "whole", "整数"
    DECIMAL = "decimal", "小数"
    DATE = "date", "日期"
    TEXT = "text", "文字"


NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL})


class GivenBy(StrEnum):
    """Who enters a fact: the unit, a formula over a register that the unit keeps, or the office by a register of its own."""

    UNIT = "unit"
    REGISTER = "register"
    OFFICE = "office"


# Of a register ------------------------------------------------------------------------------------------------


class KeptBy(StrEnum):
    """Who enters a register's rows: each unit in its form, or the office in the review book."""

    UNIT = "unit"
    OFFICE = "office"


class Periods(Worded):
    """What the first rows of a unit's register stand for; further rows have no period."""

    MONTH = "month", "月份"
    QUARTER = "quarter", "季度"


class Scope(StrEnum):
    """What a row of an office's register is: an event of a unit, a unit, or the whole round."""

    ENTRY = "entry"
    UNIT = "unit"
    ROUND = "round"


# Of a scoring rule --------------------------------------------------------------------------------------------


class Below(Worded):
    """What is earned below a threshold."""

    ZERO = "zero", "不足的不得分"
    LINEAR = "linear", "不足的按比例得分"


class NoCase(Worded):
    """What a rate means where nothing was due."""

    MET = "met", "按做到计"
    NOT_APPLICABLE = "not_applicable", "按不涉及计"
    ZERO = "zero", "不得分"


class Side(Worded):
    """On which side of its reference a rate costs or earns points."""

    BELOW = "below", "低于"
    ABOVE = "above", "高于"


class Step(Worded):
    """How a distance in percentage points counts: whole ones, begun ones as whole, or as it is."""

    FULL = "full", "每满1个百分点"
    BEGUN = "begun", "每1个百分点(不足1个的按1个计)"
    EXACT = "exact", "每1个百分点(按比例计)"


class Combine(StrEnum):
    """How parts make up the points: each a share by its weight, or all of them or nothing."""

    EACH = "each"
    ALL = "all"


# Of the total and the ranks -----------------------------------------------------------------------------------


class NotApplicable(StrEnum):
    """How a claimed 不涉及 counts before the office has decided: as 0 of full marks, or taken out of them."""

    ZERO_UNTIL_APPROVED = "zero_until_approved"
    OUT = "out"


class Conversion(Worded):
    """How a unit's points become its percent score (折算分)."""

    PERCENT = "percent", "总分=折算分+加分-减分;折算分=100×得分÷应得分。"
    HUNDRED_MINUS_LOST = "hundred_minus_lost", "总分=折算分+加分-减分;折算分=100-(应得分-得分)。"
    RAW = "raw", "总分=得分+加分-减分,不折算。"


class Ties(Worded):
    """Which rank follows a tie: 1, 2, 2, 4 or 1, 2, 2, 3."""

    SKIPPING = "skipping", "总分相同的名次并列,其后的名次顺延"
    DENSE = "dense", "总分相同的名次并列,其后的名次不空"


class Rounding(Worded):
    """What happens to a score beyond the places that a catalogue keeps: rounded to the nearest, halves up, or cut off."""

    HALF_UP = "half_up", "四舍五入"
    DOWN = "down", "直接舍去"


class AssessorRank(StrEnum):
    """Whether the assessing unit is ranked with the others or scored apart."""

    RANKED = "ranked"
    APART = "apart"


class Graver(StrEnum):
    """Whether the graver form of a deduction counts alone or beside the lighter one."""

    ALONE = "alone"
    WITH_LIGHTER = "with_lighter"


class EarlyBonus(Worded):
    """Which bonus matters count before everything is decided."""

    CLAIMED = "claimed", "全部核定以前按申报计"
    RECOGNISED = "recognised", "只计认可的"


class Missing(StrEnum):
    """How a unit stands that returned nothing: without a total and a rank, or with 0 points among the others."""

    UNRANKED = "unranked"
    ZERO = "zero"


class MailTime(StrEnum):
    """By whose clock a mail came in that was read out of the office's mailbox."""

    SERVER = "server"
    SENDER = "sender"


class Confidence(StrEnum):
    """How sure it is that a unit belongs to a group which the notice only names."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


KINDS_OF_CHOICES: tuple[type[StrEnum], ...] = (
    *(Kind, GivenBy, KeptBy, Periods, Scope, Below, NoCase, Side, Step, Combine, NotApplicable, Conversion, Ties),
    *(Rounding, AssessorRank, Graver, EarlyBonus, Missing, MailTime, Confidence, Weight),
)
