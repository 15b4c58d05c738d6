"""The records in 审核/ that only grow, a line of JSON each: what each is called, and what is said of it where it was changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.form.sheets.review.common import REVIEWER
from fazhi_xl.office.workspace.folder import Json, Workspace

COPIES = "审核记录"
"""The folder of 存档/ that keeps how far each was written, and copies."""

SECOND = "二审"
"""Begins the rows under which second opinions are recorded, behind the unit: `二审.6.1.01`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record. `path` is within 审核/, `folder` that within 存档/审核记录, blank for the folder itself.

    `counted` follows a number of lines, `holds` says what is in it, `harm` what comes of lines that are gone, `anew` what becomes of a
    record that nobody has any more, and `told` says in words what a line holds, its day last.
    """

    path: str
    folder: str
    counted: str
    holds: str
    harm: str
    anew: str
    told: Callable[[Json], str]

    @property
    def word(self) -> str:
        return Path(self.path).stem

    def file(self, space: Workspace) -> Path:
        return space.review / self.path

    def kept(self, space: Workspace) -> Path:
        """Give the folder of its copies."""
        return space.archive / COPIES / self.folder


def _decision(held: Json) -> str:
    who, when = held["values"].get(REVIEWER, ""), str(held["recorded"])[:10]
    return ",".join(filter(None, (f"第{held['no']}号:{held['unit']}{held['row']}", who, when)))


def _reply(held: Json) -> str:
    return f"“{held['file']}”里的一条,{held['received']}"


def _appeal(held: Json) -> str:
    return f"第{held['no']}号:“{held['file']}”里的一条,{held['received']}"


def _drawing(held: Json) -> str:
    return f"第{held['no']}批,{str(held['drawn'])[:10]}"


DECISIONS = Record(
    path="决定.jsonl",
    folder="",
    counted="条决定",
    holds="审核的决定",
    harm="决定少了或变了,名次就不再是审核的结果",
    anew="审核表里还有的决定会重新记录",
    told=_decision,
)
REPLIES = Record(
    path="答复.jsonl",
    folder="答复",
    counted="条答复",
    holds="单位的答复",
    harm="答复少了或变了,就说不准哪些问题答复过",
    anew="来件还在的答复会重新登记",
    told=_reply,
)
APPEALS = Record(
    path="复核申请.jsonl",
    folder="复核申请",
    counted="条申请",
    holds="单位的复核申请",
    harm="申请少了或变了,复核就和单位申请的对不上",
    anew="来件还在的申请会按现在的得分重新登记",
    told=_appeal,
)
DRAWINGS = Record(
    path="复审/抽样.jsonl",
    folder="抽样",
    counted="批抽样",
    holds="抽了哪些得分点、复审表的各行是谁的",
    harm="抽样少了或变了,就不知道复审表的各行是谁的",
    anew="这以前的复审不再计入,要复审的重新抽",
    told=_drawing,
)
GROWN = (REPLIES, APPEALS, DRAWINGS)
"""Those beside the decisions, which are written by `grown`."""
RECORDS = (DECISIONS, *GROWN)
