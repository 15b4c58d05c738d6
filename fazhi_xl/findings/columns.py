"""The columns of the table of findings that have a fixed set of values."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs, in the order of the office's four levels (强制, 准强制, 核实, 提示)."""

    FATAL = "fatal"  # the file cannot be used
    ERROR = "error"  # the unit has to correct it
    CONFIRM = "confirm"  # the unit or the office has to say that it is right
    NOTE = "note"  # for the record


class Actor(StrEnum):
    """Who has to act on a finding, in the words of the reports."""

    UNIT = "单位"  # corrects or confirms
    OFFICE = "办公室"  # asks, compares or decides
    NOBODY = ""


class Topic(StrEnum):
    """What a finding is about. The reports list some topics on sheets of their own."""

    FILE = "file"  # whether and how the file could be read
    IDENTITY = "identity"  # which unit's form it is, and of which round
    FORM = "form"  # the form is no longer as it was issued: 改动与异常
    RETURN = "return"  # which of a unit's files counts, and when it came
    SURROUNDINGS = "surroundings"  # what lies beside the cells
    UNREAD = "unread"  # the cell holds nothing an answer could be
    VALUE = "value"  # an answer that is missing or doubtful
    NORMALISED = "normalised"  # the value was read otherwise than it was typed: 规范化记录
    SUB_POINT = "sub_point"  # the answers of one sub-point contradict each other
    LIST = "list"  # a row of a list: evidence, bonus, deductions, reports
    REVIEW = "review"  # a row of a review book
