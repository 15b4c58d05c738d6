"""复审裁定: where a second opinion is too far from the first, somebody says which score counts, and why."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.common.rows import filled, needed_because, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import DAY, NOTE, REVIEWER, UNIT
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.matters import MatterList, Said, about
from fazhi_xl.form.sheets.review.scores import SCORE, score_input

WHAT, FACTS, FIRST, FIRST_BY, FIRST_WHY, SECOND, SECOND_BY, SECOND_WHY = (
    "评分点", "填报的事实", "初审分", "初审人", "初审理由", "复审分", "复审人", "复审理由",
)  # fmt: skip


def _ask(dossier: Dossier, matter: Matter) -> tuple[Field, ...]:
    sub = dossier.notice.sub_points_by_id[about(matter.row)]
    own = dossier.notice.sub_points_of(matter.unit.short).get(sub.code, sub)
    score = score_input(dossier.notice, matter.code, own, "裁定分")
    note, *signature = parts.note_input(matter.code), *parts.signature(dossier, matter.code)
    asked = with_checks(score, needed_where(score, parts.filled_any((note, *signature))))
    told = with_checks(note, needed_because(note, filled(score), "填了裁定分"))
    return tuple(parts.signed((asked, told, *map(with_checks, signature)), filled(score)))


def _ruling(said: Mapping[str, Said]) -> Mapping[str, Said]:
    """Give the score that counts, with who said so and why."""
    return {column: said[column] for column in (SCORE, NOTE, REVIEWER, DAY) if column in said}


ADJUDICATION = MatterList(
    head="裁定",
    name="复审裁定",
    note=(
        "初审分和复审分相差超过允许范围的,一行一个。由初审人、复审人以外的人裁定:对照两边的理由,填裁定分、说明、审核人和审核日期;裁定分就是这一得分点的核定分,"
        "初审的决定照样留在记录里。每一行都裁定了才能定稿。"
    ),
    shown={
        UNIT: 11, WHAT: 28, FACTS: 24, FIRST: 7, FIRST_BY: 10, FIRST_WHY: 22, SECOND: 7, SECOND_BY: 10, SECOND_WHY: 22,
    },
    titles={
        UNIT: "单位", WHAT: "得分点", FACTS: "填报事实", FIRST: "初审分", FIRST_BY: "初审人", FIRST_WHY: "初审的理由",
        SECOND: "复审分", SECOND_BY: "复审人", SECOND_WHY: "复审的理由", SCORE: "裁定分",
    },
    answered=(SCORE,),
    ask=_ask,
    for_sealing=True,
    inputs={SCORE: 8},
    ruling=_ruling,
)  # fmt: skip
