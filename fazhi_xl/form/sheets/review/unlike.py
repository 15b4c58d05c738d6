"""同数不同分: units that got less on a sub-point than one whose facts are the same or no better; each needs a reason or another score."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.model import Check, Field
from fazhi_xl.form.sheets.common.inputs import choice_input
from fazhi_xl.form.sheets.common.rows import filled, needed_because, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import UNIT
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.matters import MatterList

TEXT, SCORE, FACTS, OTHERS, OTHER_SCORE, OTHER_FACTS, REASON, HOW, KEPT = (
    "评分点", "本单位核定", "本单位事实", "对照单位", "对照核定", "对照事实", "已写的理由", "怎样不同", "处理",
)  # fmt: skip


class Kept(StrEnum):
    """Why the lower score stays; one that is changed leaves the list by itself."""

    AS_REASONED = "理由成立"
    AS_NOTED = "见说明"


def _ask(dossier: Dossier, matter: Matter) -> tuple[Field, ...]:
    code = matter.code
    kept = choice_input(
        code, KEPT, "处理", tuple(Kept), "分数不改的选:已写的理由站得住的选“理由成立”,另写理由的选“见说明”。"
    )
    note, *signature = parts.note_input(code), *parts.signature(dossier, code)
    asked = with_checks(kept, needed_where(kept, parts.filled_any((note, *signature))))
    row = (asked, with_checks(note, *_reasons(note)), *map(with_checks, signature))
    return tuple(parts.signed(row, filled(kept)))


def _reasons(note: Field) -> Iterator[Check]:
    """Ask for a reason where the reviewer says that it stands in the note, or that the one on record stands and there is none."""
    said, bare = Ref(f"{note.row}.{KEPT}"), x.blank(Ref(f"{note.row}.{REASON}"))
    yield needed_because(note, x.equal(said, Const(Kept.AS_NOTED)), f"处理选了“{Kept.AS_NOTED}”")
    empty = x.both(bare, x.equal(said, Const(Kept.AS_REASONED)))
    yield needed_because(note, empty, f"扣分时没有写理由,处理选了“{Kept.AS_REASONED}”")


UNLIKE = MatterList(
    head="同数",
    name="同数不同分",
    note=(
        "同一得分点上,填报的事实相同、或者样样不低于对照单位,核定分却较低的,一行一个单位。请对照着看:该一样的,在“审核”表里改核定分,改了这一行就没有了;"
        "不该一样的,在“处理”里选:扣分时写的理由站得住的选“理由成立”,否则选“见说明”并在说明里写明。"
        "每一行都处理了才能定稿;以后分数或事实又变了的,会重新列出来。"
    ),
    shown={
        UNIT: 11, TEXT: 26, SCORE: 7, FACTS: 26, REASON: 20, OTHERS: 16, OTHER_SCORE: 8, OTHER_FACTS: 26, HOW: 9,
    },
    titles={
        UNIT: "单位", TEXT: "得分点", SCORE: "核定分", FACTS: "填报事实", REASON: "扣分时写的理由", OTHERS: "对照单位",
        OTHER_SCORE: "对照核定分", OTHER_FACTS: "对照单位的事实", HOW: "怎样不同", KEPT: "处理",
    },
    answered=(KEPT,),
    ask=_ask,
    for_sealing=True,
    inputs={KEPT: 10},
)  # fmt: skip
