"""复审表: sub-points that a second reviewer scores without knowing whose they are or what the first reviewer gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.model import Content, Field, Label, Points, Row, Shape
from fazhi_xl.form.sheets.common.inputs import choice_input
from fazhi_xl.form.sheets.common.rows import filled, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import OPEN
from fazhi_xl.form.sheets.review.dossier import Case, Dossier
from fazhi_xl.form.sheets.review.lists import Draft, list_sheet
from fazhi_xl.form.sheets.review.scores import (
    AUTO,
    EVIDENCE,
    FACTS,
    MATERIALS,
    POINTS,
    REASON,
    SCORE,
    SELF,
    lower_needs_reason,
    score_input,
)

NAME = "复审"
WHO, WHAT = "代号", "评分点"
_WIDTHS: dict[str, float] = {
    WHO: 9, WHAT: 34, POINTS: 6, FACTS: 38, AUTO: 7, SELF: 7, EVIDENCE: 8, MATERIALS: 28, SCORE: 8, REASON: 14,
}  # fmt: skip
_TITLES = {
    WHO: "单位代号", WHAT: "得分点", POINTS: "分值", FACTS: "填报事实", AUTO: "测算分", SELF: "自评分", EVIDENCE: "佐证(份)",
    MATERIALS: "收到的材料", SCORE: "复审分", REASON: "扣分原因", parts.REVIEWER: "复审人", parts.DAY: "复审日期",
}  # fmt: skip
_NOTE = (
    "由没有审过这些得分点的人独立打分:不看初审的分,单位只有代号,顺序打乱。逐行填复审分,填复审人和复审日期;低于测算分的,选扣分原因或写说明。"
    "看材料要按编号向办公室调取。填好后保存、关闭,放回“审核/复审”文件夹,由办公室再收一次表。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindRow:
    """A row of the book: its code, the unit's code name, and the case as the second reviewer may see it."""

    code: str
    alias: str
    case: Case
    basis: str = ""


def blind_shape(dossier: Dossier, rows: Iterable[BlindRow]) -> Shape:
    """Give the one sheet of the book."""
    every = tuple(rows)
    held = replace(dossier, basis={each.code: each.basis for each in every}, decided={}, unexplained={}, excused={})
    draft = Draft(
        name=NAME, title=NAME, widths=_WIDTHS, titles=_TITLES, note=_NOTE, counted=True, filtered=True, tight=True
    )
    sheet = list_sheet(held, draft, (_row(held, each) for each in every))
    return Shape(name=NAME, sub_points=(), sheets=(sheet,), decimals=dossier.notice.about.scoring.places)


def _row(dossier: Dossier, row: BlindRow) -> Row:
    case = row.case
    cells: dict[str, Content] = {
        WHO: Label(row.alias, "measure"),
        WHAT: Label(f"{case.sub.code} {case.sub.text}"),
        POINTS: Points(case.sub.points),
        FACTS: Label(case.facts, "hint"),
        AUTO: Label("", "measure") if case.auto is None else Points(case.auto, "figure"),
        SELF: Label("", "measure") if case.self_score is None else Points(case.self_score, "figure"),
        EVIDENCE: Label(str(case.evidence), "measure"),
        MATERIALS: Label(case.materials, "hint"),
        OPEN: parts.undecided(row.code, SCORE),
    }
    return parts.row(
        dossier,
        row.code,
        cells,
        partial(_fields, dossier, row),
        (NAME, case.sub.id, case.sub.points, case.auto is None),
    )


def _fields(dossier: Dossier, row: BlindRow) -> tuple[Field, ...]:
    code, reasons = row.code, dossier.notice.about.review.reasons
    score = score_input(dossier.notice, code, row.case.sub, "复审分")
    reason = choice_input(code, REASON, "扣分原因", reasons, "复审分低于测算分的必选。")
    signed_by, signed_on = parts.signature(dossier, code)
    signature = (
        replace(signed_by, label=_TITLES[parts.REVIEWER], prompt="填复审人姓名。"),
        replace(signed_on, label=_TITLES[parts.DAY], prompt="填复审的日期。"),
    )
    note = parts.note_input(code)
    asked = with_checks(score, needed_where(score, parts.filled_any((reason, *signature))))
    lower = () if row.case.auto is None else (lower_needs_reason(code, AUTO),)
    every = (asked, with_checks(reason, *lower), *map(with_checks, (note, *signature)))
    return tuple(parts.signed(every, filled(score)))
