"""What a unit says to the questions that it was asked about its return: beside each, on the sheet in front of its form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from fazhi_xl.text.worded import Worded

FRONT_SHEET = "需修改事项"
REPLY_COLUMN, VALUE_COLUMN = "答复", "填的是"
NO_REPLY = "不用答复,改好即可"  # what stands there beside what has to be corrected
SHORTEST = 6  # letters and digits of an explanation
_FEWEST = 3  # letters of it that differ, apart from digits: a number, or one sign again and again, explains nothing
LONGEST = 300  # characters that are kept of one
_CODE = re.compile(r"(\d{2,4})/核实:([a-z-]+):([^:]*):([0-9a-f]{8})")


class Answer(Worded):
    """What a reply comes to."""

    RIGHT = "right", "无误"
    CHANGED = "changed", "已改"
    SAID = "said", "说明"
    SHORT = "short", "太短"


OFFERED = (Answer.RIGHT.word, Answer.CHANGED.word)
"""What may be chosen; everything else is typed."""
_WORDS = {
    Answer.RIGHT: (
        "无误 核实无误 核对无误 经核实无误 确认无误 已核实 已核实无误 没有误 没错 没有错 无错误 没有错误 没问题 没有问题 无问题"
        " 正确 属实 情况属实 对 对的 是 是的 √ ✓ ✔ ☑ ok okay yes y"
    ),
    Answer.CHANGED: "已改 已改正 已更正 已修改 已经改 已经改正 改了 改好 改好了 已改好 已纠正 已补 已补充 已补送 已处理",
}
_READ = {word: answer for answer, words in _WORDS.items() for word in words.split()}


def answer_of(text: str) -> Answer:
    """Say what a reply comes to, however it was typed: in letters of either width, with marks and blanks around; 无误? is a question."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(char for char in plain if char.isalnum() or char in "√✓✔☑")
    if bare in _READ and "?" not in plain:
        return _READ[bare]
    long = sum(map(str.isalnum, bare)) >= SHORTEST and len(set(filter(str.isalpha, bare))) >= _FEWEST
    return Answer.SAID if long else Answer.SHORT


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCode:
    """What a question is known by: the unit's number, the finding's code, the input's id, and a digest of what it rests on.

    The `about` of a question on no input is blank.
    """

    unit: int
    code: str
    about: str
    digest: str

    @property
    def text(self) -> str:
        return f"{self.unit:02d}/核实:{self.code}:{self.about}:{self.digest}"

    @classmethod
    def of(cls, text: str) -> QuestionCode | None:
        """Read one as a sheet has it; None for any other text."""
        found = _CODE.fullmatch(text.strip()) if "/核实:" in text else None
        return cls(unit=int(found[1]), code=found[2], about=found[3], digest=found[4]) if found else None


UNCODED = QuestionCode(unit=0, code="", about="", digest="")
"""The code of a question that nobody can tell any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReply:
    """What stands beside a question in a return: its sheet and cell, the text, and what the row says was entered then.

    Where the row has lost its code, that is `UNCODED`. One that is `aside` stands in a cell of the row that is not the one for it.
    """

    question: QuestionCode
    sheet: str
    cell: str
    text: str
    value: str = ""
    aside: bool = False

    @property
    def answer(self) -> Answer:
        return answer_of(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A question as a sheet in front of a form has it: what its row says, by the columns' heads, and the reply, where there is one."""

    question: QuestionCode
    said: Mapping[str, str]
    reply: GivenReply | None = None
