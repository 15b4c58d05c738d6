"""Which findings an office may weigh otherwise, or switch off, and why not the others: a rule by topic, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fazhi_xl.findings.catalogue import Code
from fazhi_xl.findings.columns import Actor, Severity, Topic
from fazhi_xl.text.worded import Worded


class Weight(Worded):
    """What an office may make of a finding: one of the severities of what is read, or nothing that is told."""

    ERROR = "error", "须改正"
    CONFIRM = "confirm", "请核实"
    NOTE = "note", "提示"
    OFF = "off", "不查"

    @property
    def severity(self) -> Severity | None:
        """The severity that it is; None of what is switched off."""
        return None if self is Weight.OFF else Severity.of(self.value)


Weights = Mapping[Code, Weight]
"""What an office has made of findings, of those alone that it has decided on."""
NO_WEIGHTS: Weights = MappingProxyType({})

_HARD: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.FILE: "文件能不能读",
        Topic.IDENTITY: "防止张冠李戴",
        Topic.FORM: "防止改表",
        Topic.RETURN: "以哪一份为准、什么时候收到",
        Topic.UNREAD: "读不出的不能计分",
        Topic.NORMALISED: "怎样读的要留记录",
        Topic.REVIEW: "决定不能丢",
    }
)
"""The topics of which nothing may be changed, each with what it guards."""
_COUNTS, _PRIVATE = "计分要看它", "保护个人信息"
_HELD: Mapping[Code, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                # The computed score waits for what these ask for, or the form counts nothing where they hold.
                *(Code.VALUE_MISSING, Code.VALUE_BESIDE, Code.MORE_THAN, Code.BEFORE_START, Code.SCORE_THOUGH_OUT),
                *(Code.ENTRY_INCOMPLETE, Code.MATTER_REPEATED, Code.DEDUCTION_REPEATED),
                *(Code.DEGREE_ELSEWHERE, Code.LEVEL_OF_ANOTHER),
            ),
            _COUNTS,
        ),
        Code.EVIDENCE_NUMBER: _PRIVATE,
    }
)


def finding_name(code: str) -> str:
    """Give what a finding is called, by its code as files write it; the code itself where it is none that is chosen."""
    return next((name for each, name in NAMES.items() if each.value == code), code)


def held(code: Code) -> str:
    """Say why a finding may not be weighed otherwise; blank where it may."""
    return _HARD.get(code.topic) or _HELD.get(code, "")


def allowed(code: Code) -> tuple[Weight, ...]:
    """Give what an office may make of a finding: what the office acts on itself is no error of a unit."""
    if held(code):
        return ()
    return tuple(each for each in Weight if not (each is Weight.ERROR and code.actor is Actor.OFFICE))


def usual(code: Code) -> Weight:
    """Give what an adjustable finding is where nothing was decided."""
    return Weight.of(code.severity.value)


NAMES: Mapping[Code, str] = MappingProxyType(
    {
        Code.COMMENTS_LEFT: "有批注",
        Code.STRUCK_THROUGH: "填报内容画了删除线",
        Code.DISPLAY_DISGUISED: "数字格式隐藏或缩放了数值",
        Code.CELLS_HIDDEN: "填报内容在隐藏的行列里",
        Code.PICTURES_PASTED: "表里贴了图片",
        Code.TEXT_BOXES_LEFT: "表里有文本框或图形",
        Code.MACROS_INSIDE: "文件带有宏",
        Code.OUTSIDE_DATA: "文件带有外部数据",
        Code.SHARED_BOOK: "文件开启了共享或修订",
        Code.NUMBER_LIKE_DATE: "数量像是误输的日期",
        Code.NUMBER_SHOWN_AS: "数量显示成日期或时间",
        Code.PERCENT_OR_SHARE: "分不清是百分数还是比例",
        Code.NUMBER_UNDER_FORMAT: "文字栏里存的是数",
        Code.LABEL_AS_TEXT: "填的与栏目名称一样",
        Code.TEXT_WITH_ERROR: "文字里有公式出错的字样",
        Code.CHARACTER_UNREADABLE: "有显示不出来的字",
        Code.TEXT_LIKE_FORMULA: "文字以等号开头",
        Code.COUNT_RUN: "连续几格依次加一",
        Code.PHONE_REPEATED: "电话与别人的相同",
        Code.SWING: "与上期相差很大",
        Code.REASON_FOR_MORE: "自评高于测算没有写理由",
        Code.REASON_FOR_OUT: "选了不涉及没有写理由",
        Code.EVIDENCE_OTHER_YEAR: "材料日期不在年度内",
        Code.EVIDENCE_MISSING: "填了自评分没有列材料",
        Code.EVIDENCE_ELSEWHERE: "电子文件名不是文件夹里的文件",
        Code.EVIDENCE_NOT_THERE: "列出的材料没有找到",
        Code.EVIDENCE_MISPLACED: "材料放在别的项目的文件夹",
        Code.EVIDENCE_FOLDER_EMPTY: "列了材料的项目没有文件夹",
        Code.EVIDENCE_LOCKED: "材料设了打开密码",
        Code.EVIDENCE_DAMAGED: "材料打不开",
        Code.EVIDENCE_BLANK: "材料是空白的",
        Code.EVIDENCE_SMALL: "图片太小看不清",
        Code.EVIDENCE_STOPPED: "材料太大没有自动打开",
        Code.EVIDENCE_PAGES: "页数与填的不一样",
        Code.EVIDENCE_UNLISTED: "有材料没有列入目录",
        Code.EVIDENCE_ASTRAY: "看不出是哪一项的材料",
        Code.EVIDENCE_ITEM_STRANGE: "有不是本单位任务的文件夹",
        Code.EVIDENCE_FOLDER_HOLLOW: "材料文件夹是空的",
        Code.EVIDENCE_TWICE: "同一材料放在几项里",
        Code.EVIDENCE_SHARED: "几个单位报送同样的材料",
        Code.MONTH_WRONG: "日期不在这一行的月份或季度",
    }
)
"""What the findings are called where one is chosen."""
ADJUSTABLE: tuple[Code, ...] = tuple(code for code in Code if not held(code))
IN_FORMS: frozenset[Code] = frozenset(code for code in ADJUSTABLE if code.short)
"""Those that forms show beside the cell, so that what a form says depends on what was decided when it was issued."""
