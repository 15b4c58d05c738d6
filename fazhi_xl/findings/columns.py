"""The columns of the table of findings that have a fixed set of values."""

from __future__ import annotations

from enum import StrEnum

from fazhi_xl.text.worded import Worded


class Severity(Worded):
    """How much a finding weighs, in the order of the office's four levels (强制, 准强制, 核实, 提示)."""

    FATAL = "fatal", "不能读取"  # the file cannot be used
    ERROR = "error", "须改正"  # the unit has to correct it
    CONFIRM = "confirm", "请核实"  # the unit or the office has to say that it is right
    NOTE = "note", "提示"  # for the record


class Actor(StrEnum):
    """Who has to act on a finding, in the words of the reports."""

    UNIT = "单位"  # corrects or confirms
    OFFICE = "办公室"  # asks, compares or decides
    NOBODY = ""


class Topic(Worded):
    """What a finding is about, with the word for it in docs/findings.md. The reports list some topics on sheets of their own."""

    FILE = "file", "文件"  # whether and how the file could be read
    IDENTITY = "identity", "归属"  # which unit's form it is, and of which round
    FORM = "form", "改动"  # the form is no longer as it was issued: 改动与异常
    RETURN = "return", "报送"  # which of a unit's files counts, and when it came
    SURROUNDINGS = "surroundings", "附带内容"  # what lies beside the cells
    UNREAD = "unread", "读不出"  # the cell holds nothing an answer could be
    VALUE = "value", "填报"  # an answer that is missing or doubtful
    NORMALISED = "normalised", "规范化"  # the value was read otherwise than it was typed: 规范化记录
    SUB_POINT = "sub_point", "得分点"  # the answers of one sub-point contradict each other
    LIST = "list", "清单"  # a row of a list: evidence, bonus, deductions, reports
    REVIEW = "review", "审核表"  # a row of a review book
